"""Which columns of a table hold the figures of a year, and what each holds a year later.

A column whose heading moves on by a year takes over the figures of the column that had its
new year and is of the same thing. Where there is none, or several may be meant, it is blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_xl.model_budget import BudgetColumn
from finsam_xl.periods import Period
from finsam_xl.reading.headings import COMPARED, heading_of
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.sheets.tables import Column, Table
from finsam_xl.words.fee_columns import FeeColumn
from finsam_xl.words.measures import IndexColumn, Measure

_NAMES = frozenset({
    "label", "group", "party", "unit", "code", "number", "area", "goal", "name", "rule",
    "weight_status", "basis", "note", "what", "where", "when", "platform", "municipality",
    "entity", "class", "line", "responsible", "audience", "questions", "order", "indicator",
})  # fmt: skip
"""What names rows, or tells of them."""
_SETTINGS: frozenset[str] = frozenset({
    Measure.LIMIT, Measure.UPPER, Measure.WEIGHT, IndexColumn.IDEAL, IndexColumn.INDICATORS,
    IndexColumn.GOALS, FeeColumn.KEY, FeeColumn.FIXED, FeeColumn.PART,
})  # fmt: skip
"""What is set until further notice: targets and their weights, and what fees are split by."""
_RESULTS = {("weights", "weight")}
"""Those of them that in a kind of table are results of the year."""
_WORDED = frozenset({
    "judged", "points", "outcome", "judgement", "standing", "total_number", "total_base",
    "women_number", "women_base", "men_number", "men_base", "total_share", "women_share",
    "men_share",
})  # fmt: skip
"""What may be told in a word: all that is typed there is of the year."""
_SHARED = ("amount", "count", "other")
"""The fields that several columns have, each of its own thing."""
_UNDERSTOOD = COMPARED | {"supplement", "rate", "sum"}
_SEVERAL = 2
LEAST = 0.6
"""How surely a column must be read for its figures to be moved or taken out."""


class Take(NamedTuple):
    """A column of figures of a year, and the column whose figures it takes over, if any."""

    column: Column
    source: Column | None = None

    @property
    def is_worded(self) -> bool:
        """Whether texts in it are figures of the year as well."""
        return self.column.field in _WORDED


def is_setting(table: Table, column: Column) -> bool:
    """Whether figures of a column are set until further notice."""
    if (table.kind, column.field) in _RESULTS:
        return False
    if table.kind == "fees" and column.field == "share":
        # Without a key it is the shares that are agreed on.
        return not any(other.field == "key" for other in table.columns)
    return column.field in _SETTINGS or column.scenario == "key"


def is_agreed(table: Table, sheet: SheetGrid, row: int, column: Column) -> bool:
    """Whether a share of fees is one that they are split by: nothing on its row gives it."""
    if table.kind != "fees" or column.field != "share":
        return False
    key = table.cell(sheet, row, "key")
    return key is None or key.is_blank


def is_kept(table: Table, column: Column) -> bool:
    """Whether what stands in a column holds in the new year too."""
    is_name = column.field in _NAMES or heading_of((column.header,)).sense == "code"
    return is_name or is_setting(table, column)


def is_understood(table: Table, column: Column) -> bool:
    """Whether it is known what the figures of a column are."""
    if not is_known(table, column):
        return False
    if table.budget is None or column.scenario != "other":
        return column.field != "other"
    heading = heading_of((column.header,))
    own = _budget_column(table, column)
    return heading.sense in _UNDERSTOOD or heading.is_sum or (own is not None and bool(own.of))


def is_known(table: Table, column: Column) -> bool:
    """Whether a column is read surely enough, or is of several headed by years and nothing else.

    Whatever the figures below bare years are, they are of them; one alone may be an amount.
    """
    if column.sure >= LEAST:
        return True
    return _is_bare_year(column) and sum(map(_is_bare_year, table.columns)) >= _SEVERAL


def _is_bare_year(column: Column) -> bool:
    heading = heading_of((column.header,))
    is_year = column.period is not None and column.period.is_whole_year
    return is_year and heading.is_bare and bool(heading.time.years) and not heading.time.rest


def _budget_column(table: Table, column: Column) -> BudgetColumn | None:
    columns: Sequence[BudgetColumn] = table.budget.columns if table.budget is not None else ()
    return next((one for one in columns if one.number == column.number), None)


def takes(table: Table) -> Iterator[Take]:
    """The columns of figures of a year, with what each takes over."""
    own = [c for c in table.columns if not is_kept(table, c) and is_understood(table, c)]
    for column in own:
        yield Take(column, _source(table, column, own))


def period_of(table: Table, column: Column) -> Period | None:
    """The time a column is of: its own, or its table's."""
    return column.period or table.period


def later(period: Period) -> Period:
    """The same time a year later."""
    until = None if period.until is None else period.until + 1
    return period._replace(year=period.year + 1, until=until)


def _source(table: Table, column: Column, among: Sequence[Column]) -> Column | None:
    period = period_of(table, column)
    if period is None:
        return None
    meaning = (column.field, column.scenario, column.version)
    found = [
        other
        for other in among
        if (other.field, other.scenario, other.version) == meaning
        and period_of(table, other) == later(period)
        and _same_thing(column, other)
    ]
    return found[0] if len(found) == 1 else None


def _same_thing(one: Column, other: Column) -> bool:
    """Whether two headings say the same but for time and scenario."""
    if one.field not in _SHARED:
        return True
    return _names(one) == _names(other)


def _names(column: Column) -> tuple[object, ...]:
    heading = heading_of((column.header,))
    is_sum = heading.is_sum and not heading.sense
    said = frozenset(heading.unknown), frozenset(heading.letters), heading.named[1:]
    return (*said, heading.unit, is_sum)
