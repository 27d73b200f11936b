"""Commands that connect a workbook or make another of it: buttons, next year, a frozen copy."""

from __future__ import annotations

from pathlib import Path

import click

from finsam_xl.actions.wiring import Platform
from finsam_xl.cli import office, printing
from finsam_xl.cli.options import FILE, JSON, OUT, PATH, OneOf, dry, now, printed
from finsam_xl.cli.progress import Progress
from finsam_xl.cli.swedish import Command

_PLATFORMS = OneOf("Programmet", [platform.value for platform in Platform], {"bada": "both"})
_KEPT, _TAKEN_OUT = "behall", "ta-bort"


@click.command(cls=Command)
@FILE
@OUT
@click.option(
    "--for",
    "platform",
    type=_PLATFORMS,
    metavar="PROGRAM",
    help="Var knapparna ska fungera: excel (makron), lite (xlwings Lite) eller both. Annars excel.",
)
@click.option(
    "--funktioner/--utan-funktioner",
    "functions",
    default=None,
    help="Skriv Finsams funktioner i resultatceller där de ger det som står, eller det som skulle "
    "fyllas i; aldrig över en formel eller text. Annars som boken var.",
)
@dry("läggas till")
@JSON
def wire(
    file: Path,
    out: Path | None,
    platform: str | None,
    functions: bool | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Lägg in knappar, menyflik och bladet Start i en bok. Allt annat är orört."""
    from finsam_xl import wiring
    from finsam_xl.cli import wired

    chosen = Platform(platform) if platform else None
    asks = not platform and wired.may_ask(dry_run=dry_run, as_json=as_json)
    when = now()
    with Progress() as progress:
        if asks and functions is None:
            with wiring.wire(file, when, chosen, out, progress, functions=True) as change:
                count = len(change.functions)
            progress.make_way()
            functions = wired.wants_functions(count)
        opened = wiring.wire(file, when, chosen, out, progress, functions=functions)
        wired.carry_out(opened, progress, dry_run=dry_run, asks=asks, as_json=as_json)


@click.command(cls=Command)
@FILE
@OUT
@dry("tas bort")
@JSON
def unwire(file: Path, out: Path | None, dry_run: bool, as_json: bool) -> None:
    """Ta bort allt som koppla lade till. Det som är ditt står kvar."""
    from finsam_xl import wiring
    from finsam_xl.cli import wired

    with Progress() as progress:
        change = wiring.unwire(file, now(), out, progress)
        wired.carry_out(change, progress, dry_run=dry_run, asks=False, as_json=as_json)


@click.command(cls=Command)
@FILE
@click.option("--out", metavar="FIL", type=PATH, required=True, help="Den nya boken.")
@click.option("--ar", "year", metavar="ÅR", type=int, help="Årets år, om boken har flera.")
@dry("göras")
@JSON
def new_year(file: Path, out: Path, year: int | None, dry_run: bool, as_json: bool) -> None:
    """Gör nästa års bok av årets, som lämnas orörd."""
    from finsam_xl import new_year as coming
    from finsam_xl.cli import rolled

    with Progress() as progress:
        found = coming.new_year(file, out, now(), year, progress)
        rolled.carry_out(found, progress, dry_run=dry_run, as_json=as_json)


@click.command(cls=Command)
@FILE
@click.option("--out", required=True, metavar="FIL", type=PATH, help="Kopian, som .xlsx.")
@printed("Skriv ut kopians rapportblad hit som PDF.")
@click.option(
    "--namn",
    "names",
    metavar="VAD",
    type=OneOf("Valet", [_TAKEN_OUT, _KEPT]),
    help="Namn i egenskaper och kommentarer, och skrivare: ta-bort (annars) eller behall.",
)
@dry("göras")
@JSON
def freeze(
    file: Path, out: Path, pdf: Path | None, names: str | None, dry_run: bool, as_json: bool
) -> None:
    """Gör en kopia för utskick, utan kod och våra funktioner.

    Funktionernas värden står kvar, och boken själv rörs inte.
    """
    from finsam_xl import freezing
    from finsam_xl.cli import wired

    asks = names is None and wired.may_ask(dry_run=dry_run, as_json=as_json)
    keeps = names == _KEPT
    with Progress() as progress:
        change = freezing.freeze(file, now(), out, pdf=pdf, names=keeps, progress=progress)
        wired.carry_out(change, progress, dry_run=dry_run, asks=asks, as_json=as_json)
    if pdf is not None and not dry_run and not as_json:
        printing.say(f"PDF: {pdf}")


@click.command(cls=Command)
@click.argument("what", metavar="installera|avinstallera", type=OneOf("Valet", [*office.ACTIONS]))
@click.option("--profil", "profile", metavar="MAPP", type=PATH, help="En annan profil än din.")
@click.option("--till", "target", metavar="FIL", type=PATH, help="Skriv bara tilläggets fil hit.")
def libreoffice(what: str, profile: Path | None, target: Path | None) -> None:
    """Lägg in Finsam i LibreOffice Calc, eller ta bort det."""
    office.ACTIONS[what](profile, target)
