"""The command ``hämta``: figures from files of others into a workbook."""

from __future__ import annotations

from pathlib import Path

import click

from finsam_xl.actions import fetching, population
from finsam_xl.actions.fetching import ACCEPTED as OF_LEDGERS
from finsam_xl.actions.fetching import FETCHED
from finsam_xl.cli import printing
from finsam_xl.cli.nearest import did_you_mean, fold
from finsam_xl.cli.options import FILE, JSON, OUT, PATH, dry, opened
from finsam_xl.cli.outcome import carry_out, told_of
from finsam_xl.cli.progress import Progress
from finsam_xl.cli.swedish import Command
from finsam_xl.errors import InputError
from finsam_xl.scb.cube import Cube
from finsam_xl.workbook import read_source

ACCEPTED = (*OF_LEDGERS, population.TYPED)
"""The codes that may be accepted, whatever is fetched."""
_FIRST = (FETCHED, population.FETCHED)

_REFUSED = 2
"""The exit code where the workbook has to be mended first."""


@click.command(cls=Command)
@FILE
@click.option(
    "--fran",
    "source",
    metavar="KÄLLA",
    type=PATH,
    required=True,
    help="Bokföringens fil: SIE, eller en huvudbok som text eller Excel. Eller en sparad tabell "
    "från SCB: Excel, csv, px eller json-stat2.",
)
@click.option(
    "--till",
    "until",
    default="",
    metavar="PERIOD",
    help="Vilken kolumn som ska fyllas: T1, T2 eller T3. Annars den som slutar när bokföringen "
    "gör det.",
)
@click.option(
    "--ar",
    "year",
    default="",
    metavar="ÅR",
    help="Vilket av tabellens år från SCB, där rubriken inte säger det.",
)
@click.option(
    "--accept",
    "codes",
    metavar="KOD",
    multiple=True,
    help=f"Godkänn: {', '.join(ACCEPTED)}.",
)
@OUT
@dry("hämtas")
@JSON
@click.pass_context
def fetch(
    context: click.Context,
    file: Path,
    source: Path,
    until: str,
    year: str,
    codes: tuple[str, ...],
    out: Path | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Hämta utfallet ur bokföringen, eller nyckeln ur SCB:s befolkning.

    Vilka konton som hör till en rad står i kolumnerna Konto och Projekt till vänster om beloppen.
    Ur en tabell från SCB fylls kolumnen vars rubrik räknar invånare, eller helårsekvivalenter.
    """
    accept = tuple(map(_known, codes))
    with Progress() as progress, opened(file, progress, None if dry_run else out or file) as book:
        progress(f"Läser {source.name}")
        held = read_source(source, book.now)
        if isinstance(held, Cube):
            result = book.fetch_population(held, year, accept)
        else:
            result = book.fetch(held, until, accept)
        if not as_json:
            # What it is that was fetched is seen before anything else.
            first = [finding for finding in result.findings if finding.code in _FIRST]
            progress.make_way()
            for finding in first:
                printing.tell(finding.message)
            printing.say("")
            rest = tuple(finding for finding in result.findings if finding not in first)
            result = result._replace(findings=rest)
        is_refused = fetching.is_refused(result.plan)
        if is_refused and not as_json:
            told_of(book, result, every=True)
            printing.say("Inget är hämtat.")
        else:
            is_dry = dry_run or is_refused
            carry_out(book, result, progress, out, dry_run=is_dry, every=True, as_json=as_json)
    if is_refused:
        context.exit(_REFUSED)


def _known(code: str) -> str:
    if fold(code) in ACCEPTED:
        return fold(code)
    near = did_you_mean(code, ACCEPTED) or f"Koder som kan godkännas: {', '.join(ACCEPTED)}."
    raise InputError(f"”{code}” är inget som kan godkännas.", remedy=near)
