"""What *Start* says of a workbook that is wired, and which tables get buttons beside them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from finsam_xl import actions
from finsam_xl.address import on_sheet, real_name
from finsam_xl.labels import capital
from finsam_xl.records import NamedTuple
from finsam_xl.report.start_sheet import Line, Story
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table, association
from finsam_xl.words.meanings import kind_name

_MOST_PLACES = 8
_ABOUT = (
    "Boken är din egen; det som är tillagt är det här bladet, knapparna och koden bakom dem. "
    "Tabellerna som känns igen räknas om, granskas och rapporteras med knapparna."
)
_NOTHING = (
    "Ingen tabell i boken känns igen ännu. Knapparna gör inget förrän någon gör det: kör "
    "finsam-xl tables på filen för att se varför."
)
_FOOT = "finsam-xl koppla-ur tar bort allt som lades till."


class Platform(StrEnum):
    """Where the buttons are to work."""

    EXCEL = "excel"
    LITE = "lite"
    BOTH = "both"


class Fitting(NamedTuple):
    """What is said of the workbook, and by sheet the table that may have buttons beside it."""

    story: Story
    tables: Mapping[str, tuple[int, int, int, int]]


def fitting(grid: Grid, name: str) -> Fitting:
    """What fits a workbook; ``name``: what its file is called, without what it ends on."""
    found: dict[str, list[Table]] = {}
    for table in actions.tables(grid):
        found.setdefault(real_name(table.sheet), []).append(table)
    titles = association(table for tables in found.values() for table in tables)
    places = tuple(_place(sheet, tables) for sheet, tables in found.items())
    left = len(places) - _MOST_PLACES
    if left > 1:
        places = (*places[:_MOST_PLACES], Line("", f"Och {left} blad till med tabeller."))
    about = _ABOUT if found else _NOTHING
    tables = {sheet: min(table.area for table in held) for sheet, held in found.items()}
    return Fitting(Story(name, titles, about, places, _FOOT), tables)


def _place(sheet: str, tables: list[Table]) -> Line:
    kinds = dict.fromkeys(kind_name(table.kind) for table in tables)
    text = ", ".join(kinds)
    return Line(sheet, f"{capital(text)}.", on_sheet(sheet, "A1"))
