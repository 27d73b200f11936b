"""The command ``exportera``: every figure of some workbooks as one tidy table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from finsam_xl.chosen import meant
from finsam_xl.cli import lines, printing
from finsam_xl.cli.options import JSON, PATH, now
from finsam_xl.cli.progress import Progress
from finsam_xl.cli.swedish import Command
from finsam_xl.money import swedish

if TYPE_CHECKING:
    from finsam_xl.exporting import ReadFiles


_DATES = (
    "Excel gör datum av perioder som 2024-05 när det öppnar en .csv; skriv till .xlsx om de "
    "behövs som de står. För program: lägg till --data."
)


@click.command(cls=Command)
@click.argument("files", metavar="FIL…", nargs=-1, required=True, type=PATH)
@click.option(
    "--till",
    "target",
    metavar="FIL",
    type=PATH,
    required=True,
    help="Skriv hit: .csv, .xlsx eller .parquet.",
)
@click.option(
    "--data",
    "is_data",
    is_flag=True,
    help="Skriv för program: engelska kolumnnamn, kommatecken och decimalpunkt.",
)
@JSON
def export(files: tuple[Path, ...], target: Path, is_data: bool, as_json: bool) -> None:
    """Skriv alla siffror ur arbetsböcker som en tabell.

    Varje siffra blir en rad, med förbund, tabell, rad, period och cell. En mapp står för
    arbetsböckerna i den. Arbetsböckerna ändras inte. En .csv öppnas rätt i svenska Excel; med
    --data läses den av program.
    """
    from finsam_xl.exporting import export_files

    given = meant(files)
    with Progress() as progress:
        read = export_files(given.files, target, now=now(), is_data=is_data, progress=progress)
    if as_json:
        failed = [{"file": name, "why": str(error)} for name, error in read.failed]
        unread = [{"file": name, "blocks": left} for name, left in read.unread]
        printing.as_json({"rows": len(read.lines), "failed": failed, "unread": unread})
        return
    printing.out(_told(read, len(given.files), target, is_data=is_data))


def _told(read: ReadFiles, given: int, target: Path, *, is_data: bool) -> Iterator[str]:
    """What is in the file, and what is not."""
    count = given - len(read.failed)
    books = "1 arbetsbok" if count == 1 else f"{count} arbetsböcker"
    figures = "1 siffra" if len(read.lines) == 1 else f"{swedish(len(read.lines))} siffror"
    said = [f"{target.name}: {figures} ur {books}."]
    said += [f"✖ {name} är inte med: {error}" for name, error in read.failed]
    if read.unread:
        left = sum(blocks for _, blocks in read.unread)
        block = "1 block med siffror" if left == 1 else f"{left} block med siffror"
        name = read.unread[0][0]
        said.append(
            f"{block} känns inte igen och är inte med. Skriv finsam-xl tabeller {name} för att se "
            "varför."
        )
    if target.suffix.lower() == ".csv" and not is_data:
        said.append(_DATES)
    for text in said:
        yield from map(printing.visible, lines.wrapped(text, rest="  ", width=lines.width()))
