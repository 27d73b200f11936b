"""Every figure of a workbook's tables as one tidy row, exact, with the cell it was read from.

Of tables of amounts what they were read as; of all other tables every cell under a heading
that is known to be of figures. What was not understood has no row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum, unique

from finsam_xl import actions
from finsam_xl.address import real_place
from finsam_xl.export.units import PER_CENT, unit_of_amount, unit_of_figure
from finsam_xl.model import Ref
from finsam_xl.model_budget import Budget, BudgetColumn, BudgetRow, Known, signed
from finsam_xl.money import as_written, exact
from finsam_xl.periods import Period
from finsam_xl.reading import run_log
from finsam_xl.reading.counts import TEXTS
from finsam_xl.reading.followed import followed
from finsam_xl.reading.settings import association
from finsam_xl.records import NamedTuple
from finsam_xl.sheets import values
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid
from finsam_xl.sheets.tables import Column, Row, Table
from finsam_xl.words.units import KRONOR

_WORDS = TEXTS - {"limit"} | {
    "label", "about", "other", "group", "entity", "standing", "party", "code", "name", "note",
    "basis", "weight_status", "order",
}  # fmt: skip
"""Fields of texts, also where a text looks like a figure."""
_FIGURES_OF = {"equivalents": frozenset({"goal", "stated"})}
"""Fields that are figures in one kind of table, and texts in others."""
_HAVE_SIDES = ("budget", "tertial", "plan", "outcome", "income_statement")
_ON_A_SIDE = ("line", "subline", "total")
_WITH_AREAS = ("social_budget", "goals")
_MOST_DECIMALS = 40
_EXACT = 2**53
"""Whole numbers below this are floats of their own."""
_WHOLE_KRONOR = {unit: int(kronor) for unit, kronor in KRONOR.items()}
Place = tuple[int, int]
Line = tuple[str | float | None, ...]
"""Texts and numbers by the columns of a tidy table."""


@unique
class Source(StrEnum):
    """Where a figure comes from: a person, the workbook's own formula, or a run of ours."""

    TYPED = "typed"
    FORMULA = "formula"
    OURS = "ours"


class Figure(NamedTuple):
    """A figure, with the fields of ``columns.FIGURES`` but the file's; ``value`` is exact.

    ``value`` in ``unit``, ``value_kr`` in kronor for what is an amount and ``None`` for all else;
    ``result_kr``: an amount of income or costs as it counts in the result, costs below nought
    whatever sign the table gives them.
    """

    association: str
    sheet: str
    table: str
    range: str
    kind: str
    row: str
    role: str
    code: str
    section: str
    parent: str
    side: str
    column: str
    field: str
    period: str
    scenario: str
    version: str
    unit: str
    value: Known
    value_kr: Known | None
    result_kr: Known | None
    shown: str
    cell: str
    source: str

    @property
    def exact(self) -> str:
        """The value as decimal text where the nearest float is another number, else ''."""
        if isinstance(self.value, int) and -_EXACT < self.value < _EXACT:
            return ""
        nearest = _nearest(self.value)
        is_same = nearest is not None and exact(nearest) == self.value
        return "" if is_same else decimal_text(self.value)

    def line(self, file: str) -> Line:
        """The figure as a line of a file's table, in the order of ``columns.FIGURES``."""
        kronor, result = map(_nearest, (self.value_kr, self.result_kr))
        numbers = (_nearest(self.value), kronor, result, self.exact)
        said = map(str, self[1:_VALUE])
        return (self.association, file, *said, *numbers, self.shown, self.cell, str(self.source))


_VALUE = Figure._fields.index("value")


def _nearest(value: Known | None) -> float | None:
    """The nearest float; ``None`` for nothing, and where there is none so large."""
    try:
        return None if value is None else float(value)
    except OverflowError:
        return None


def decimal_text(value: Known) -> str:
    """An exact number as text: with all its decimals, or as a fraction where they never end.

    >>> from fractions import Fraction
    >>> decimal_text(Fraction(-12345678901234567891, 100)), decimal_text(Fraction(1, 3))
    ('-123456789012345678.91', '1/3')
    """
    top, bottom = value.as_integer_ratio()
    places = next((n for n in range(_MOST_DECIMALS) if 10**n % bottom == 0), None)
    if places is None:
        return f"{top}/{bottom}"
    digits = str(abs(top) * (10**places // bottom)).zfill(places + 1)
    whole, part = (digits[:-places], digits[-places:]) if places else (digits, "")
    return ("-" if top < 0 else "") + whole + (f".{part}" if part else "")


def figures(grid: Grid) -> Iterator[Figure]:
    """The figures of all tables, in the order of sheets, tables, rows and columns."""
    read = followed(grid)
    tables = actions.tables(grid)
    name = association(read, tables)
    ours = run_log.ours(read)
    for table in tables:
        one = _Table(name, table, read.sheet(table.sheet), ours.get(table.real_sheet, {}))
        yield from one.amounts(table.budget) if table.budget is not None else one.counted()


class _Label(NamedTuple):
    """What is said of a row."""

    row: str
    role: str
    code: str
    section: str
    parent: str
    side: str


class _Head(NamedTuple):
    """What is said of a column."""

    column: str
    field: str
    period: str
    scenario: str
    version: str

    @classmethod
    def of(cls, table: Table, column: Column | BudgetColumn, fields: Mapping[int, str]) -> _Head:
        """A column of a table; ``fields``: what columns hold, where they do not say it."""
        own = column.field if isinstance(column, Column) else "amount"
        return cls(
            column.header,
            str(fields.get(column.number, own)),
            str(column.period or table.period or ""),
            str(column.scenario),
            str(column.version),
        )


class _Table:
    """One table, with what all its figures have in common."""

    def __init__(
        self, name: str, table: Table, sheet: SheetGrid, ours: Mapping[Place, object]
    ) -> None:
        self.name, self.table, self.sheet, self._ours = name, table, sheet, ours
        self._range, self._real, self._kind = table.range, table.real_sheet, str(table.kind)
        self._rows = {row.row: row for row in table.rows}

    def amounts(self, budget: Budget) -> Iterator[Figure]:
        """The figures of a table of amounts, as it was read."""
        fields = {column.number: str(column.field) for column in self.table.columns}
        added = _added(budget)
        heads = [_Head.of(self.table, column, fields) for column in budget.columns]
        for number, row in enumerate(budget.rows):
            parent = "" if row.parent is None else budget.rows[row.parent].label
            label = _Label(row.label, row.role, row.code, row.section, parent, _side(budget, row))
            for column, head, amount in zip(budget.columns, heads, row.amounts, strict=True):
                if amount is None:
                    continue
                at = row.row, column.number
                cell = self.sheet.cell(*at)
                unit = unit_of_amount(budget, row, column, is_added=number in added)
                one = self._figure(
                    at, amount, PER_CENT if cell.percent else unit, cell, label, head
                )
                is_flow = label.side and not column.is_compared
                result = signed(budget, row, one.value_kr) if is_flow else None
                yield one if result is None else one._replace(result_kr=result)

    def counted(self) -> Iterator[Figure]:
        """The figures of any other table: what stands under its known headings."""
        area, words = "", _WORDS - _FIGURES_OF.get(self.table.kind, frozenset())
        for row in self.table.rows:
            if row.role == "line" and self.table.kind in _WITH_AREAS:
                area = self._text(row, "area") or area
            section, parent = self._above(row)
            for column in self.table.columns:
                if column.field not in words:
                    yield from self._counted(row, column, section or area, parent)

    def _counted(self, row: Row, column: Column, section: str, parent: str) -> Iterator[Figure]:
        at = row.row, column.number
        cell = self.sheet.cell(*at)
        if cell.is_blank:
            return
        reading = values.read(cell, Ref.at(self.table.sheet, *at), column.header)
        if reading.number is None or reading.bad or cell.dated:
            return
        number = reading.number
        unit = PER_CENT if number.percent else number.unit
        unit = unit or unit_of_figure(self.table, row, column, self._text(row, "unit"))
        when = column.period or Period.find(self._text(row, "when")) or self.table.period
        code = row.code or self._text(row, "number")
        label = _Label(row.label, row.role, code, section, parent, "")
        head = _Head.of(self.table, column, {})._replace(period=str(when or ""))
        yield self._figure(at, number.value, str(unit), cell, label, head)

    def _figure(
        self, at: Place, value: Known, unit: str, cell: Cell, label: _Label, head: _Head
    ) -> Figure:
        kronor = _WHOLE_KRONOR.get(unit)
        return Figure(
            self.name,
            self._real,
            self.table.title,
            self._range,
            self._kind,
            *label,
            *head,
            str(unit),
            value,
            None if kronor is None else value * kronor,
            None,
            _shown(cell, value),
            Ref.at(self.table.sheet, *at).cell,
            self._source(at, cell),
        )

    def _source(self, at: Place, cell: Cell) -> Source:
        if cell.formula is not None:
            return Source.FORMULA
        return Source.OURS if real_place(self.table.sheet, *at) in self._ours else Source.TYPED

    def _above(self, row: Row) -> tuple[str, str]:
        """The heading that a row stands under, and the line that it is inside, '' for none."""
        above = self._rows.get(row.parent or 0, row)
        if above.row == row.row or row.role == "section":
            return "", ""
        if above.role == "section":
            return above.label, ""
        return self._above(above)[0], above.label if row.role == "subline" else ""

    def _text(self, row: Row, field: str) -> str:
        cell = self.table.cell(self.sheet, row.row, field)
        return "" if cell is None or cell.value is None else str(cell.value).strip()


def _side(budget: Budget, row: BudgetRow) -> str:
    """On which side of the result a row stands, '' where the table has no sides."""
    if budget.kind not in _HAVE_SIDES or row.role not in _ON_A_SIDE:
        return ""
    return "income" if row.is_income else "cost"


def _shown(cell: Cell, value: Known) -> str:
    """The figure as people read it: a text as it stands, a number in Swedish."""
    if isinstance(cell.value, str):
        return cell.value.strip()
    return as_written(value) + (f" {PER_CENT}" if cell.percent else "")


def _added(budget: Budget) -> frozenset[int]:
    """The rows that sums are made of or give, by their indices."""
    parts = (n for one in budget.sums for n, _ in one.parts)
    return frozenset((*parts, *(one.target for one in budget.sums)))
