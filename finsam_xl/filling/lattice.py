"""A table of any kind as rows and columns of figures, with what a run has written so far.

What follows from what in a table of shares or counts is asked of the lattice, one way and
the other: its columns along its rows, or its rows along its columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.filling.cells import Cells
from finsam_xl.filling.doubts import Blank, Verdict
from finsam_xl.filling.unknown import Unknown
from finsam_xl.labels import normalise
from finsam_xl.model import Ref
from finsam_xl.model_budget import decimals
from finsam_xl.reading.cells import Holds, holds
from finsam_xl.reading.figures import figure
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid
from finsam_xl.sheets.tables import Row, Table
from finsam_xl.words import scenarios, totals

Place = tuple[int, int]
_SHARES = frozenset({
    "percent", "share", "fulfilment", "index", "accepted_share", "women_share", "weight",
})  # fmt: skip
_TOTALS = ("total", "result")
_NO_FIGURES = frozenset({"label", "group", "code", "entity", "area", "unit", "standing"})
_MOST_COLUMNS = 40
_WHOLE = 100


class Entry(NamedTuple):
    """A row or a column: its number on the sheet, its name, field, role, section and parent.

    ``sections``: the section a row stands in, by its row; ``parent``: the row it is inside.
    """

    number: int
    text: str
    field: str = ""
    role: str = "line"
    section: int = 0
    parent: int = 0
    year: int = 0

    @property
    def is_total(self) -> bool:
        """Whether it is of all that stand beside it."""
        return self.role in _TOTALS

    @property
    def says_change(self) -> bool:
        """Whether its name says that its figures are changes from year to year."""
        return scenarios.says_change(self.text)

    @property
    def says_share(self) -> bool:
        """Whether its name or field says that its figures are parts of a whole."""
        return self.field in _SHARES or scenarios.says_share(self.text)


class Lattice:
    """The figures of one table. ``is_turned``: its rows are asked along its columns."""

    def __init__(
        self,
        grid: Grid,
        table: Table,
        written: dict[Place, Fraction | None],
        *,
        is_turned: bool = False,
    ) -> None:
        self.sheet: SheetGrid = grid.sheet(table.sheet)
        self.table, self.is_turned = table, is_turned
        self.rows, self.columns = tuple(_rows(table)), tuple(_columns(self.sheet, table))
        self.entries, self.places = (
            (self.rows, self.columns) if is_turned else (self.columns, self.rows)
        )
        # A blank line of amounts is not budgeted, and no secret.
        rows = [one for one in self.rows if table.budget is None or one.is_total]
        filled = ((table.sheet, r.number, c.number) for r in rows for c in self.columns)
        self.cells = Cells(self.sheet, Unknown(grid, filled), written)
        self._printed: dict[int, list[tuple[int, Fraction]]] = {}
        self._percent: dict[int, bool] = {}
        self._part: dict[int, bool] = {}
        self._values: dict[Place, Fraction | None] = {}

    def at(self, entry: int, place: int) -> Place:
        """The cell of an entry in a place."""
        one, other = self.entries[entry].number, self.places[place].number
        return (one, other) if self.is_turned else (other, one)

    def cell(self, entry: int, place: int) -> Cell:
        """What stands there, on the sheet."""
        return self.sheet.cell(*self.at(entry, place))

    def value(self, entry: int, place: int) -> Fraction | None:
        """The figure there as it is shown, or as the run has written it; ``None`` if unknown."""
        if (entry, place) not in self._values:
            found = self.cells.value(self.at(entry, place))
            shown = None if found is None else found * self.whole(entry, place)
            self._values[entry, place] = shown
        return self._values[entry, place]

    def whole(self, entry: int, place: int) -> int:
        """What one is shown as in a cell: 100 where it shows per cent."""
        return _WHOLE if self.is_per_cent(entry, place) else 1

    def is_per_cent(self, entry: int, place: int) -> bool:
        """Whether a cell shows per cent, or takes over a format that does."""
        cell = self.cell(entry, place)
        return cell.percent or (cell.is_blank and self.percent_cells(entry))

    def take(
        self,
        entry: int,
        place: int,
        what: str,
        verdict: Verdict,
        *,
        kind: Blank = "sum",
        rounded: Fraction | None = None,
    ) -> None:
        """Write a figure, given as it is shown, or a formula; else keep why not."""
        whole = self.whole(entry, place)
        near = sorted(range(len(self.places)), key=lambda n: abs(n - place))[1:]
        alike = [n for n in near if self.places[n].is_total is self.places[place].is_total]
        others = [n for n in range(len(self.entries)) if n != entry]
        amount = None if verdict.amount is None else Fraction(verdict.amount) / whole
        self.cells.take(
            self.at(entry, place),
            kind,
            what,
            verdict._replace(amount=amount),
            rounded=None if rounded is None else rounded / whole,
            like=(self.at(entry, n) for n in near),
            beside=[
                [self.at(entry, n) for n in alike],
                [self.at(n, place) for n in others if self.is_part(n) is self.is_part(entry)],
                [self.at(n, place) for n in others],
            ],
        )
        self._values.clear()

    def ref(self, place: Place) -> Ref:
        """A cell as the workbook has it."""
        return self.cells.ref(place)

    def is_open(self, entry: int, place: int) -> bool:
        """Whether nothing stands there and nothing has been written."""
        return self.cells.is_open(self.at(entry, place))

    def printed(self, entry: int) -> list[tuple[int, Fraction]]:
        """The figures of an entry that people have typed, by place."""
        if entry not in self._printed:
            found = ((n, self._typed(entry, n)) for n in range(len(self.places)))
            self._printed[entry] = [(n, value) for n, value in found if value is not None]
        return self._printed[entry]

    def _typed(self, entry: int, place: int) -> Fraction | None:
        return (
            None
            if self.cells.means_nothing(self.at(entry, place))
            else figure(self.cell(entry, place))
        )

    def percent_cells(self, entry: int) -> bool:
        """Whether the figures of an entry are shown in per cent."""
        if entry not in self._percent:
            cells = [self.cell(entry, n) for n in range(len(self.places))]
            filled = [cell for cell in cells if figure(cell) is not None] or cells
            self._percent[entry] = 2 * sum(cell.percent for cell in filled) > len(filled)
        return self._percent[entry]

    def is_part(self, entry: int) -> bool:
        """Whether the figures of an entry are parts of a whole, or per cent."""
        if entry not in self._part:
            self._part[entry] = self.entries[entry].says_share or self.percent_cells(entry)
        return self._part[entry]

    def places_of(self, entry: int) -> int | None:
        """With how many decimals the figures of an entry are typed; ``None`` without any."""
        return max((decimals(value) for _, value in self.printed(entry)), default=None)

    def amounts(self) -> Iterator[int]:
        """The entries whose figures are no shares."""
        for n, one in enumerate(self.entries):
            is_filled = any(self.value(n, at) is not None for at in range(len(self.places)))
            if is_filled and not self.is_part(n) and not one.says_change:
                yield n

    def total_of(self, place: int) -> int | None:
        """The place that is the whole of a place: its section's sum, or the only one there is.

        A result is what is left, and neither a whole nor a part of one.
        """
        here = self.places[place]
        if here.is_total:
            return place if here.role == "total" else None
        sums = [n for n, one in enumerate(self.places) if one.role == "total"]
        own = [n for n in sums if self.places[n].section == here.section]
        after = [n for n in own if n > place]
        if after:
            return after[0]
        return sums[0] if len(sums) == 1 and len(own) == 1 else None

    def lines_of(self, total: int) -> list[int]:
        """The lines that a total is the whole of."""
        return [
            n
            for n, one in enumerate(self.places)
            if one.role == "line" and not one.parent and self.total_of(n) == total
        ]


def _rows(table: Table) -> Iterator[Entry]:
    """The rows of a table; one that is blank in all columns is what its name says."""
    known = {normalise(row.label) for row in table.rows if row.role in ("line", "subline")}
    section = last = 0
    for row in table.rows:
        role = _role(row, known)
        if role == "note" and row.row > last + 1:
            continue
        # Right below the last row a name without figures may be a row that is blank.
        role, last = "line" if role == "note" else role, row.row
        if role == "section":
            section = row.row
        parent = row.parent or 0
        inside = role == "subline" or (row.level > 1 and parent != section)
        yield Entry(row.row, row.label, "", role, section, parent if inside else 0)


def _role(row: Row, known: set[str]) -> str:
    if row.role != "section":
        return row.role
    if totals.begins_as_sum(row.label) or totals.is_everyone(row.label):
        return "total" if totals.begins_as_sum(row.label) else "section"
    return "line" if normalise(row.label) in known else "section"


def _columns(sheet: SheetGrid, table: Table) -> Iterator[Entry]:
    """The table's columns of figures, and those right beside them under headings of their own."""
    rows = [row.row for row in table.rows]
    known = {column.number: column for column in table.columns}
    first = min((c.number for c in table.columns if c.field not in _NO_FIGURES), default=0)
    number = first
    while first and number < first + _MOST_COLUMNS:
        column = known.get(number)
        heading = column.header if column else sheet.cell(table.header_row, number).text
        if not heading and number > max(known):
            return
        is_named = column is not None and column.field in _NO_FIGURES
        if not is_named and _may_hold(sheet, rows, number):
            year = column.period.year if column and column.period else 0
            role = "total" if totals.is_sum(heading) else "line"
            yield Entry(number, heading, column.field if column else "", role, year=year)
        number += 1


def _may_hold(sheet: SheetGrid, rows: Sequence[int], column: int) -> bool:
    """Whether a column holds figures, or nothing yet."""
    kinds = [holds(sheet.cell(row, column)) for row in rows]
    return kinds.count(Holds.TEXT) <= kinds.count(Holds.FIGURE)
