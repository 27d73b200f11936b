"""Cases of findings about what runs write, what is taken back, and what is not to be changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from finsam_xl import actions
from finsam_xl.actions import check, finsam, gates, log
from finsam_xl.address import position
from finsam_xl.hosts.ooxml import changes
from finsam_xl.model import Finding
from finsam_xl.plan import CellEdit, Plan, merge
from finsam_xl.reading.as_changed import with_values
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.sheets.grid import Cell, CellError, Grid, SheetGrid, Value
from support.finding_cases import Case, Done, one
from support.finsam_sheets import FOLLOW_UP
from support.typed_sheets import TODAY, F, grid

_ABOUT = log.About(datetime(2026, 11, 25), "", "recompute", "")  # noqa: DTZ001
_WRONG = [*FOLLOW_UP[:5], ["Summa kostnader", 500, 555, -55]]
_FUNCTION = [
    ["Tkr", "Utfall 2024", "Budget 2024", "Avvikelse"],
    ["Hyra", 120, 140, F("FINSAM_AVVIKELSE(B2,C2)", 20)],
]


def _sheet(plan: SheetPlan) -> SheetGrid:
    cells = {(one.row, one.column): Cell(one.value) for one in plan.cells}
    return SheetGrid(plan.name, lambda: cells, owner=plan.owner)


def _run(rows: list[list[Any]] = FOLLOW_UP, *accept: str) -> Grid:
    """A workbook as a run leaves it, with its log."""
    book = grid(("Blad", rows))
    plan = log.logged(book, actions.recompute(book, today=TODAY, run="a", accept=accept), _ABOUT)
    assert plan.log is not None
    written = with_values(book, {"Blad": {position(e.cell): e.new for e in plan.edits}})
    return Grid((*written.sheets, _sheet(plan.log)))


def _typed(book: Grid, cell: str, value: Value) -> Grid:
    return Grid(with_values(book, {"Blad": {position(cell): value}}).sheets)


def _again(cell: str, value: Value) -> Iterable[Finding]:
    """What the next run says where she has typed since; the sum was hers, and was accepted."""
    book = _typed(_run(_WRONG, "summa-avviker"), cell, value)
    return actions.recompute(book, today=TODAY, run="b").findings


def _checked(cell: str, value: Value) -> Iterable[Finding]:
    book = check.Book("", _typed(_run(), cell, value))
    return check.check([book], today=TODAY).findings


def _undone(cell: str, value: Value) -> Iterable[Finding]:
    return log.undo(_typed(_run(), cell, value), name="b").findings


def _report(owners: tuple[str, ...]) -> Iterable[Finding]:
    """What is said when a report is taken back that was there before, or was not."""
    book = grid(("Blad", FOLLOW_UP))
    made = SheetPlan("Rapport Budget", "budget", (), ())
    before = Grid((*book.sheets, *(SheetGrid(made.name, dict, owner=one) for one in owners)))
    plan = log.logged(before, Plan(sheets=(made,), run="a"), _ABOUT)
    assert plan.log is not None
    after = Grid((*book.sheets, _sheet(made), _sheet(plan.log)))
    return log.undo(after, name="b").findings


def _set(closed: str) -> Grid:
    """A workbook with a sheet Finsam on which a day is said to be the last that is closed."""
    book = grid(("Blad", FOLLOW_UP))
    sheet = _sheet(finsam.plan(book, TODAY, "a").sheets[0])
    rows = {row: dict(cells) for row, cells in sheet.rows()}
    name = "Stängt till och med"
    row = next(n for n, cells in rows.items() if name in {one.value for one in cells.values()})
    columns = {str(c.value): n for cells in rows.values() for n, c in cells.items()}
    return Grid((*book.sheets, sheet.with_values({(row, columns["Ändra"]): closed})))


def _of_seals(*seals: gates.Seal) -> Iterable[Finding]:
    opened = gates.Gates("bok.xlsx", seals, False, lambda _: False, lambda *_: False, {})
    plan = Plan(edits=(CellEdit("Blad", "B2", None, 1, "Summa"),))
    return [one.finding for one in gates.hindrances(opened, plan, logs=False)]


def _accepting(code: str, total: Any = 555) -> Iterable[Finding]:
    book = grid(("Blad", [*_WRONG[:5], ["Summa kostnader", 500, total, -55]]))
    return actions.recompute(book, today=TODAY, run="a", accept=(code,)).findings


def _merged(other: int) -> Iterable[Finding]:
    edit = CellEdit("Blad", "B2", None, 1, "Summa")
    return merge([Plan(edits=(edit,)), Plan(edits=(edit._replace(new=other),))]).findings


def _asked(words: str) -> Iterable[Finding]:
    """What is said where the index can be told of, and the fees perhaps not."""
    index = [
        ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Antal", "Av", "Uppnått", "Poäng"],
        ["1", "Nöjda", "Andel minst", 50, 2, 30, 40, "Ja", 2],
    ]
    fees = [
        [words],
        ["Kommunernas pott, kr", 90000],
        ["Kommun", "Invånare 16–64", "Avgift 2026, kr"],
        ["Ekby kommun", 2000, 60000],
        ["Norrby kommun", 1000, 30000],
    ]
    book = grid(("Social budget", index), ("Avgifter", fees))
    return actions.what_if(book, today=TODAY, run="a").findings


CASES: dict[str, Case | Done] = {
    "andrat-sedan": Done(lambda: _undone("B4", 100), lambda: _undone("C6", 999), at="C6"),
    "fraga-obesvarad": Done(
        lambda: _asked("Medlemsavgifter"), lambda: _asked("Grundavgift lika för alla"), at=None
    ),
    "funktion-obunden": one(
        _FUNCTION, {"D2": F("FINSAM_AVVIKELSE(B2,C2)", CellError("#NAME?"))}, at="D2"
    ),
    "godtas-inte": Done(
        lambda: _accepting("summa-avviker"),
        lambda: _accepting("summa-avviker", F("C4+C5+45", 555)),
        at="C6",
    ),
    "kod-utan-fynd": Done(
        lambda: _accepting("summa-avviker"), lambda: _accepting("kvar-avviker"), at=None
    ),
    "levande-skiljer": one(_FUNCTION, {"D2": F("FINSAM_AVVIKELSE(B2,C2)", 25)}, at="D2"),
    "period-stangd": Done(
        lambda: actions.recompute(_set("2025"), today=TODAY, run="b").findings,
        lambda: actions.recompute(_set("2026"), today=TODAY, run="b").findings,
        at="C6",
    ),
    "raknas-i-excel": Done(tuple, lambda: [changes._left_to_excel((("Blad", 2, 2),))], at="B2"),
    "rapport-kvar": Done(lambda: _report(()), lambda: _report(("budget",)), at=None),
    "rattelse-foljs-inte": Done(
        lambda: finsam.plan(_set("2026"), TODAY, "b").findings,
        lambda: finsam.plan(_set("i våras"), TODAY, "b").findings,
        at=None,
    ),
    "siffra-foljer-inte": Done(lambda: _again("C4", 80), lambda: _again("C4", None), at="C6"),
    "siffra-inaktuell": Done(lambda: _checked("C4", 90), lambda: _checked("C4", 190), at="C6"),
    "skyddad": Done(_of_seals, lambda: _of_seals(gates.Seal.FINAL), at=None),
    "tva-varden": Done(lambda: _merged(1), lambda: _merged(2), at="B2"),
}
