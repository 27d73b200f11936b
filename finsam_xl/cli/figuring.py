"""Commands that read figures and write them: tables, results, reports, and taking back."""

from __future__ import annotations

from pathlib import Path

import click

from finsam_xl.actions import REPORTS
from finsam_xl.cli import lines, printing, shapes
from finsam_xl.cli.nearest import fold
from finsam_xl.cli.options import (
    FILE,
    JSON,
    METHOD,
    METHODS,
    OUT,
    PATH,
    REPORT,
    UNTIL,
    dry,
    opened,
    printed,
)
from finsam_xl.cli.outcome import MOST_TOLD, carry_out, told_of
from finsam_xl.cli.progress import Progress
from finsam_xl.cli.swedish import Command
from finsam_xl.errors import InputError
from finsam_xl.words.methods import method_of


@click.command(cls=Command)
@FILE
@click.option("--skriv", "writes", is_flag=True, help="Skriv det på bladet Finsam, att rätta där.")
@OUT
@JSON
def tables(file: Path, writes: bool, out: Path | None, as_json: bool) -> None:
    """Visa hur tabellerna lästes, varför, och vad som är osäkert."""
    if writes or out is not None:
        with Progress() as progress, opened(file, progress, out or file) as book:
            carry_out(book, book.what_was_read(), progress, out, as_json=as_json)
        return
    with Progress() as progress, opened(file, progress) as book:
        found, unread = book.tables(), book.unread()
    if as_json:
        printing.as_json(
            {
                "tables": [shapes.of_table(table) for table in found],
                "unread": [one._asdict() for one in unread],
            }
        )
    else:
        from finsam_xl.cli import readings

        readings.tables(found, unread)


@click.command(cls=Command)
@FILE
@OUT
@dry("ändras")
@click.option(
    "--report",
    "reports",
    metavar="RAPPORT",
    multiple=True,
    type=REPORT,
    help=f"Lägg till en rapport: {', '.join(REPORTS)}.",
)
@click.option(
    "--accept",
    "codes",
    metavar="KOD",
    multiple=True,
    help="Ersätt skrivna tal som fått fynd med den koden, där det går att räkna ut dem.",
)
@click.option(
    "--formler",
    "formulas",
    is_flag=True,
    help="Skriv summor, skillnader och kvoter som formler även där bladet har tal.",
)
@click.option(
    "--prognos",
    "method",
    metavar="METOD",
    type=METHOD,
    help=f"Fyll en tom prognos med metoden: {', '.join(METHODS)}.",
)
@JSON
def recompute(
    file: Path,
    out: Path | None,
    dry_run: bool,
    reports: tuple[str, ...],
    codes: tuple[str, ...],
    formulas: bool,
    method: str | None,
    as_json: bool,
) -> None:
    """Räkna om allt som känns igen och skriv det i arbetsboken."""
    writes = None if dry_run else out or file
    accept = tuple(map(fold, codes))
    with Progress() as progress, opened(file, progress, writes) as book:
        result = book.recompute(
            tuple(dict.fromkeys(reports)), accept, formulas=formulas, method=method_of(method or "")
        )
        carry_out(
            book,
            result,
            progress,
            out,
            dry_run=dry_run,
            every=dry_run,
            # What became of what was accepted is asked for.
            most=len(result.findings) if accept else MOST_TOLD,
            as_json=as_json,
        )


@click.command(cls=Command)
@FILE
@click.option(
    "--kind",
    metavar="RAPPORT",
    type=REPORT,
    help=f"Vilken rapport: {', '.join(REPORTS)}.",
)
@click.option("--alla", "every", is_flag=True, help="Alla rapporter som boken har tabeller för.")
@UNTIL
@OUT
@printed("Skriv även som PDF; flera rapportblad blir en fil med innehållssida.")
@JSON
def report(
    file: Path,
    kind: str | None,
    every: bool,
    until: str | None,
    out: Path | None,
    pdf: Path | None,
    as_json: bool,
) -> None:
    """Lägg till eller ersätt ett rapportblad, eller alla."""
    if (kind is None) is not every:
        raise InputError(
            "--kind och --alla går inte ihop." if every else "--kind eller --alla saknas.",
            remedy="Skriv --kind RAPPORT för en rapport, --alla för alla som boken har tabeller "
            "för.",
        )
    with Progress() as progress, opened(file, progress, out or file) as book:
        result = book.reports(until or "") if kind is None else book.report(kind, until or "")
        if pdf is not None:
            progress("Skapar PDF")
        carry_out(book, result, progress, out, pdf, as_json=as_json)


@click.command(cls=Command)
@FILE
@click.option("--run", default="", metavar="KÖRNING", help="Vilken körning; annars den senaste.")
@click.option(
    "--resten",
    "rest",
    is_flag=True,
    help="Ångra resten även om några celler har ändrats efter körningen.",
)
@OUT
@dry("ändras")
@JSON
def undo(file: Path, run: str, rest: bool, out: Path | None, dry_run: bool, as_json: bool) -> None:
    """Ta tillbaka en körning: värden, formler, format och blad."""
    writes = None if dry_run else out or file
    with Progress() as progress, opened(file, progress, writes) as book:
        result = book.undo(run, rest=rest)
        asks = result.plan.asks
        if asks and not as_json:
            told_of(book, result, every=True)
            printing.say(
                f"Inget är ångrat av körningen {asks}: celler har ändrats sedan dess. "
                "Ångra resten med --resten."
            )
            return
        is_dry = dry_run or bool(asks)
        saved = carry_out(book, result, progress, out, dry_run=is_dry, every=True, as_json=as_json)
    if saved is not None and not as_json:
        printing.say(f"Körningen {result.plan.undoes} är ångrad.")


@click.command(cls=Command)
@FILE
@click.option("--run", default="", metavar="KÖRNING", help="Visa alla celler i den körningen.")
@click.option("--cell", default="", metavar="CELL", help="Visa vad som skrivits i cellen: Blad!B7.")
@JSON
def log(file: Path, run: str, cell: str, as_json: bool) -> None:
    """Visa vad körningar har skrivit i arbetsboken, vem och när."""
    from finsam_xl.cli import logs

    with Progress() as progress, opened(file, progress) as book:
        found = book.log()
        of_cell = book.log_of(cell) if cell else ()
    if as_json:
        printing.as_json(logs.as_json(found, run, of_cell if cell else None))
    elif cell:
        logs.told_of_cell(found, of_cell, cell)
    else:
        logs.told(found, file.name, run)


@click.command(cls=Command)
@click.argument("folder", metavar="[MAPP]", required=False, type=PATH)
def demo(folder: Path | None) -> None:
    """Lägg exempelböcker i en ny mapp, med en rundtur att prova själv.

    Böckerna från riktiga förbund räknas om och får sina rapporter.
    """
    from finsam_xl.cli.demo import PAGE, TOUR, copy_to, run

    files = copy_to(folder)
    for file in files:
        run(file)
    printing.say(
        "\nFynden står på bladet Rapport Kontroll, och visas med: finsam-xl kontrollera FIL"
    )
    page = lines.whole(str(files[0].resolve().parent / TOUR / PAGE))
    printing.tell(f"Prova själv, på tio minuter: läs {page}")
