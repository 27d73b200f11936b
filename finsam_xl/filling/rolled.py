"""A table a year on: last year's figures where it has a column for them, the rest blank.

Formulas stay. What is no figure of the year, or was not understood, is left and told.
"""

from __future__ import annotations

from collections.abc import Iterator

from finsam_xl.filling.places import is_hidden
from finsam_xl.filling.rolled_columns import Take, is_agreed, takes
from finsam_xl.labels import one_line
from finsam_xl.model import Ref
from finsam_xl.model_budget import Budget
from finsam_xl.periods import Period, is_year
from finsam_xl.plan import CellEdit, Expectation
from finsam_xl.reading.figures import figure
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Cell, CellError, SheetGrid, Value, is_number
from finsam_xl.sheets.tables import Row, Table
from finsam_xl.words.ceiling import Step, step_of

MOVED, EMPTIED, CARRIED = "Flyttas", "Töms", "Förs vidare"
_UNREAD = "unread"
_HEADING = ("section", "blank", _UNREAD)
_SILENT = (*_HEADING, "note")
_OF_THE_YEAR = frozenset({Step.FEES, Step.CEILING, Step.LOWER, Step.UPPER, Step.EQUITY, Step.ROOM,
                          Step.BESIDE})  # fmt: skip


class Rolled(NamedTuple):
    """What becomes of a table's figures.

    ``expected``: what formulas that stay should show in a column that takes over figures;
    ``formulas``: those in columns that are emptied; ``left``: figures that nobody understands;
    ``unknown``: formulas that should have given last year's and whose values nobody knows;
    ``doubted``: figures on rows that are not understood, which go with their column all the same:
    left, they would stand under another year.
    """

    edits: tuple[CellEdit, ...]
    expected: tuple[Expectation, ...]
    formulas: tuple[Ref, ...]
    left: tuple[Ref, ...]
    unknown: tuple[Ref, ...]
    doubted: tuple[Ref, ...]


def rolled(sheet: SheetGrid, table: Table) -> Rolled:
    """A table's figures a year on; ``sheet``: as the table is read."""
    rolling = _Rolling(sheet, table)
    rows = {row.row: row for row in table.rows}
    for take in takes(table):
        for number in range(min(rows, default=0), max(rows, default=-1) + 1):
            rolling.cell(take, rows.get(number, Row(number, _UNREAD, "")))
    return Rolled(
        tuple(rolling.edits),
        tuple(rolling.expected),
        tuple(rolling.formulas),
        tuple(rolling.left),
        tuple(rolling.unknown),
        tuple(rolling.doubted),
    )


class _Rolling:
    def __init__(self, sheet: SheetGrid, table: Table) -> None:
        self.sheet, self.table = sheet, table
        self.edits: list[CellEdit] = []
        self.expected: list[Expectation] = []
        self.formulas: list[Ref] = []
        self.left: list[Ref] = []
        self.unknown: list[Ref] = []
        self.doubted: list[Ref] = []
        self.openings = dict(_openings(table.budget)) if table.budget is not None else {}

    def cell(self, take: Take, row: Row) -> None:
        """What becomes of one cell."""
        place = row.row, take.column.number
        cell = self.sheet.cell(*place)
        ref = Ref.at(self.table.sheet, *place)
        if is_hidden(self.sheet, *place) or self._is_setting(take, row):
            return
        new, what = self._new(take, row)
        if cell.formula is not None:
            self._formula(take, ref, new)
        elif cell.value == new and type(cell.value) is type(new):
            return
        elif row.role in _HEADING and _may_be_year(cell):
            self.left.append(ref)
        elif (row.role in _SILENT and figure(cell) is None) or not _may_go(take, cell):
            self.left += [ref] if cell.value is not None else []
        else:
            self.doubted += [ref] if row.role in _SILENT else []
            source = take.source
            like = "" if source is None else Ref.at(self.table.sheet, row.row, source.number).cell
            self.edits.append(CellEdit.typed(ref, cell, new, what, like))

    def _is_setting(self, take: Take, row: Row) -> bool:
        """Whether a cell is of a rule or an agreement and not of the year."""
        if is_agreed(self.table, self.sheet, row.row, take.column):
            return True
        if self.table.kind != "ceiling":
            return False
        return (step_of(row.label) or step_of(take.column.header)) not in _OF_THE_YEAR

    def _new(self, take: Take, row: Row) -> tuple[Value, str]:
        """What a cell is to hold, and which way that is."""
        if take.source is not None:
            cell = self.sheet.cell(row.row, take.source.number)
            value = cell.value if figure(cell) is not None or take.is_worded else None
            if cell.is_unknown or isinstance(cell.value, CellError):
                value = None
                self.unknown.append(Ref.at(self.table.sheet, row.row, take.source.number))
            return value, EMPTIED if value is None else MOVED
        opening = self.openings.get((row.row, take.column.number))
        if opening is not None:
            value = self.sheet.cell(*opening).value
            if is_number(value):
                return value, CARRIED
        return None, EMPTIED

    def _formula(self, take: Take, ref: Ref, new: Value) -> None:
        if take.source is None:
            self.formulas.append(ref)
        elif is_number(new):
            header = one_line(take.source.header)
            self.expected.append(Expectation(ref.sheet, ref.cell, new, f"under ”{header}”"))


def _may_be_year(cell: Cell) -> bool:
    """Whether a cell may say over again which year its column is of."""
    return type(cell.value) is int and is_year(cell.value)


def _may_go(take: Take, cell: Cell) -> bool:
    """Whether what is typed in a cell is a figure of the year."""
    return cell.is_blank or take.is_worded or figure(cell) is not None


def _openings(budget: Budget) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Openings of whole years, each with the closing of this year's outcome that it goes on from.

    A forecast or a budget closes with what may come: nothing goes on from it by itself.
    """
    outcomes: dict[Period | None, list[int]] = {}
    for number, column in enumerate(budget.columns):
        if column.scenario == "outcome" and column.period and column.period.is_whole_year:
            outcomes.setdefault(column.period, []).append(number)
    for number, column in enumerate(budget.columns):
        of = outcomes.get(column.period, [])
        if not column.is_stated or len(of) != 1:
            continue
        opening = None
        for row, line in enumerate(budget.rows):
            if line.role == "equity_open":
                opening = row
            elif line.role == "equity_close" and opening is not None:
                yield budget.at(opening, number), budget.at(row, of[0])
                opening = None
