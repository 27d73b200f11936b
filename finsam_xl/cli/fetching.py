"""The command ``hämta``: figures from files of others into a workbook."""

from __future__ import annotations

from pathlib import Path

import click

from finsam_xl.actions import fetching
from finsam_xl.actions.fetching import ACCEPTED, FETCHED
from finsam_xl.cli import printing
from finsam_xl.cli.nearest import did_you_mean, fold
from finsam_xl.cli.options import FILE, JSON, OUT, PATH, dry, opened
from finsam_xl.cli.outcome import carry_out, told_of
from finsam_xl.cli.progress import Progress
from finsam_xl.cli.swedish import Command
from finsam_xl.errors import InputError
from finsam_xl.workbook import read_ledger

_REFUSED = 2
"""The exit code where the workbook has to be mended first."""


@click.command("hämta", cls=Command, english="fetch")
@FILE
@click.option(
    "--fran",
    "source",
    metavar="BOKFÖRING",
    type=PATH,
    required=True,
    help="Bokföringens fil: SIE, eller en huvudbok som text eller Excel.",
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
    codes: tuple[str, ...],
    out: Path | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Hämta utfallet ur bokföringen till kolumnen för perioden.

    Vilka konton som hör till en rad står i kolumnerna Konto och Projekt till vänster om beloppen.
    """
    accept = tuple(map(_known, codes))
    with Progress() as progress, opened(file, progress, None if dry_run else out or file) as book:
        progress("Läser bokföringen")
        result = book.fetch(read_ledger(source, book.now), until, accept)
        if not as_json:
            # Whose books they are is seen before anything else.
            first = [finding for finding in result.findings if finding.code == FETCHED]
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
