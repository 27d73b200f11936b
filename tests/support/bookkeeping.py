"""Books of an invented association, and a follow-up whose rows say which accounts they take."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from finsam_xl.actions import fetching, log
from finsam_xl.address import position
from finsam_xl.ledgers import reading
from finsam_xl.ledgers.record import Ledger
from finsam_xl.plan import Plan
from finsam_xl.reading.as_changed import with_values
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid
from support.typed_sheets import TODAY, grid

FOLDER = Path(__file__).parent / "ledgers"
"""The books of Samordningsförbundet Påhittat in six variants, with the right sums in FACIT.tsv."""
SHEET = "Uppföljning"
_HEADINGS = ["Konto", "Projekt", None, "Budget 2025", "Utfall t.o.m. T1", "Utfall t.o.m. T2"]
FOLLOW_UP: list[list[Any]] = [
    ["Samordningsförbundet Påhittat, uppföljning 2025, kr"],
    [],
    [*_HEADINGS, "Utfall 2025"],
    [None, None, "Intäkter"],
    ["3511", None, "Försäkringskassan", 5690000],
    ["3512", None, "Region", 2845000],
    ["3513", None, "Kommuner", 2845000],
    ["3*, -3511-3513, 84", None, "Övriga intäkter"],
    [None, None, "Summa intäkter", 11380000],
    [None, None, "Kostnader"],
    ["5010, 5610", "P10", "Löner kansli", 950000],
    ["5110", None, "Arvoden", 150000],
    [6010, None, "Lokalhyra", 85000],
    ["6-7, -6010", None, "Övriga kostnader", 300000],
    [None, "P41VÄN", "Vännäs", 420000],
    [None, "P42NOR", "Nordmaling", 400000],
    [None, "P50UNG", "Ungdomstorget", 3060000],
    ["4-7", "P90HFE", "HFE"],
    [None, None, "Summa kostnader", 5365000],
    [None, None, "Resultat", 6015000],
]
"""Rows 5 to 18 take accounts; columns E, F and G are to be fetched."""


def ledger(name: str) -> Ledger:
    """One of the variants."""
    return reading.read((FOLDER / name).read_bytes(), name)


def sie(*lines: str, until: str = "20250430", kind: int = 4) -> Ledger:
    """A ledger of a few lines, under the usual head."""
    head = [
        "#FLAGGA 0", '#PROGRAM "Prov" 1', "#FORMAT PC8", f"#SIETYP {kind}",
        '#FNAMN "Samordningsförbundet Påhittat"', "#RAR 0 20250101 20251231", f"#OMFATTN {until}",
        *(f'#OBJEKT 6 "{code}" ""' for code in ("P10", "P41VÄN", "P42NOR", "P50UNG", "P90HFE")),
    ]  # fmt: skip
    return reading.read("\r\n".join([*head, *lines]).encode("cp437"), "prov.se")


def voucher(day: str, *rows: str) -> list[str]:
    """A voucher of a day with rows of ``account {objects} amount``."""
    return [f'#VER A 1 {day} "text"', "{", *(f"  #TRANS {row}" for row in rows), "}"]


def follow_up(rows: Sequence[Sequence[Any]] = FOLLOW_UP) -> Grid:
    """The follow-up, typed."""
    return grid((SHEET, [list(row) for row in rows]))


def in_notepad(data: bytes) -> str:
    """What an editor shows of a file in code page 437: it takes it for Windows-1252."""
    undefined = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
    return "".join(chr(b) if b in undefined else bytes([b]).decode("cp1252") for b in data)


def office(folder: Path) -> Path:
    """The follow-up as a file, with a column of deviations and formulas for its sums of income."""
    path = folder / "uppfoljning.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    for row, values in enumerate(FOLLOW_UP, 1):
        for place, value in enumerate(values, 1):
            sheet.cell(row, place, value)
    for letter in "DEFG":
        sheet[f"{letter}9"] = f"=SUM({letter}5:{letter}8)"
    sheet["H3"] = "Avvikelse mot budget"
    book.save(path)
    return path


def fetch(
    book: Grid, books: Ledger, until: str = "", *accept: str, run: str = "a", today: date = TODAY
) -> Plan:
    """The plan of fetching."""
    return fetching.fetch(book, books, fetching.Asked(today, run, until, accept))


def written(book: Grid, plan: Plan, action: str = fetching.ACTION) -> Grid:
    """The workbook with a plan in it, its sheets and its log."""
    about = log.About(datetime_of(TODAY), "", action, "")
    logged = log.logged(book, plan, about)
    values: dict[str, dict[tuple[int, int], Any]] = {}
    for edit in logged.edits:
        values.setdefault(edit.sheet, {})[position(edit.cell)] = edit.new
    changed = with_values(book, values)
    made = [*logged.sheets, *([logged.log] if logged.log else [])]
    owners = {one.owner for one in made} | set(logged.removed)
    kept = [sheet for sheet in changed.sheets if sheet.owner not in owners or not sheet.owner]
    return Grid((*kept, *map(as_sheet, made)), f"after {plan.run}")


def datetime_of(day: date) -> Any:
    """The beginning of a day."""
    from datetime import datetime

    return datetime(day.year, day.month, day.day)  # noqa: DTZ001


def as_sheet(plan: SheetPlan) -> SheetGrid:
    """A sheet as it is read once a host has drawn it."""
    cells = {(one.row, one.column): Cell(one.value) for one in plan.cells if one.value is not None}
    return SheetGrid(plan.name, lambda: cells, owner=plan.owner)


def column(plan: Plan, letter: str) -> dict[int, Any]:
    """What a plan writes in a column, by row."""
    cells = {edit.cell: edit.new for edit in plan.edits}
    return {position(c)[0]: new for c, new in cells.items() if c.rstrip("0123456789") == letter}
