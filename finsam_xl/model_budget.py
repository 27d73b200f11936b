"""The records of budgets, outcomes, plans and statements: rows of amounts by period and scenario.

Amounts are exact and in the table's own unit and sign, whole ones as ``int``, which
add up ten times as fast as a ``Fraction``; ``None`` is a blank cell, which is "not
budgeted" and not zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum, unique
from fractions import Fraction

from finsam_xl.model import Ref
from finsam_xl.periods import Period
from finsam_xl.records import NamedTuple
from finsam_xl.words.fee_columns import counts_people
from finsam_xl.words.parties import Party
from finsam_xl.words.units import KRONOR

Known = int | Fraction
Amount = Known | None
STATED = ("budget", "budget_to_date", "outcome", "outcome_to_date", "forecast", "plan")
"""The scenarios of columns whose amounts people state."""
_BASES = ("budget", "budget_to_date", "plan")
_PAIR = 2
_MOST_STEPS = 6
_LEAST_PERCENT, _MOST_PERCENT = 50, 150
"""What keys add up to at the least and at the most that are parts of a hundred."""
"""Decimals beyond these are a float's, not a person's."""
POSITIVE_COSTS, SIGNED = "positive-costs", "signed"


_LIKELY = 0.6


class BudgetColumn(NamedTuple):
    """A column of amounts: its number, heading, period and scenario (see INTERFACE's words).

    ``version``: which budget it is, '' for the only one; ``of``: the columns, by index and
    factor, that it is calculated from where its figures or formulas show it, and ``how``;
    ``names``: the names in its heading; ``alternative``: which of several ways to budget the
    same year it is, as its heading calls it, '' for the only one.
    """

    number: int
    header: str
    period: Period | None
    scenario: str
    version: str = ""
    of: tuple[tuple[int, int], ...] = ()
    how: str = ""
    sure: float = 1.0
    names: frozenset[str] = frozenset()
    alternative: str = ""

    @property
    def is_known(self) -> bool:
        """Whether it is read surely enough for its figures to be held against others."""
        return self.sure >= _LIKELY

    @property
    def is_stated(self) -> bool:
        """Whether its amounts are stated by people: not a deviation, share or sum of columns."""
        return self.scenario in STATED

    @property
    def is_compared(self) -> bool:
        """Whether its figures are differences or ratios of two columns beside it."""
        return self.scenario in ("deviation", "percent") or self.how == "difference"

    @property
    def is_ratio(self) -> bool:
        """Whether its figures are parts, keys or so much of each: they have no sum."""
        return self.scenario in ("percent", "share", "key") or self.how in ("quotient", "change")


class BudgetRow(NamedTuple):
    """A row: role, label as shown without dash and code, code, section, and its amounts.

    ``level`` is 1 for lines and 2 for lines inside another; ``parent`` is the index of
    that other; ``is_income`` tells on which side of the result it stands; ``amounts``
    are in the order of the table's columns.
    """

    row: int
    role: str
    label: str
    code: str
    section: str
    level: int
    parent: int | None
    is_income: bool
    amounts: tuple[Amount, ...]
    unreadable: frozenset[int] = frozenset()
    """Columns whose cell holds something that is no amount: not blank, and not known."""
    read_as: str = ""
    """What was read in place of the label, by a person's words."""
    is_said: bool = False
    """Whether a person says what the row is."""

    @property
    def meant(self) -> str:
        """The words that tell what the row is: a person's, else its label."""
        return self.read_as or self.label

    @property
    def gains(self) -> bool:
        """Whether more is better: of income and results."""
        return self.is_income or self.role not in ("line", "subline", "total")

    def with_amount(self, column: int, amount: Amount) -> BudgetRow:
        """The row with another amount in a column."""
        amounts = list(self.amounts)
        amounts[column] = amount
        return self._replace(amounts=tuple(amounts))

    def is_unknown(self, column: int) -> bool:
        """Whether there is an amount in a column that nobody knows."""
        return self.amounts[column] is None and column in self.unreadable


class Sum(NamedTuple):
    """How a total, result or equity row follows from others: (row index, factor) pairs."""

    target: int
    parts: tuple[tuple[int, int], ...]
    how: str


class Naming(NamedTuple):
    """The names by which a table tells which thing it is of: its title's, and its sheet's."""

    title: frozenset[str] = frozenset()
    sheet: frozenset[str] = frozenset()

    def is_other(self, other: Naming) -> bool:
        """Whether two tables name different things: each has a name that the other has not."""
        mine, theirs = self._beside(other)
        return bool(mine - theirs) and bool(theirs - mine)

    def may_be_other(self, other: Naming) -> bool:
        """Whether one of two tables has the other's names and more: a part of it, perhaps."""
        mine, theirs = self._beside(other)
        return bool(mine and theirs) and (mine < theirs or theirs < mine)

    def _beside(self, other: Naming) -> tuple[frozenset[str], frozenset[str]]:
        is_titled = self.title and other.title
        return (self.title, other.title) if is_titled else (self.sheet, other.sheet)


class Budget(NamedTuple):
    """A recognised table of amounts, read, with how its sums follow from its lines."""

    sheet: str
    kind: str
    title: str
    unit: str
    sign: str
    columns: tuple[BudgetColumn, ...]
    rows: Sequence[BudgetRow]
    sums: tuple[Sum, ...]
    label_column: int
    is_sign_said: bool = False
    """Whether a person says how costs are written."""
    naming: Naming = Naming()

    def named(self, row: int, column: int) -> str:
        """A cell as it is told of: its row's name and its column's heading."""
        return ", ".join(filter(None, (self.rows[row].label, self.columns[column].header)))

    def column(self, *scenarios: str) -> int | None:
        """The index of the first column of one of the scenarios, tried in their order."""
        for scenario in scenarios:
            for index, column in enumerate(self.columns):
                if column.scenario == scenario:
                    return index
        return None

    @property
    def plain_lines(self) -> list[int]:
        """The lines that add up no others, by their indices."""
        summed = {one.target for one in self.sums}
        return [n for n, row in enumerate(self.rows) if row.role == "line" and n not in summed]

    def place(self, row: int, column: int) -> Ref:
        """The cell of an amount, by the indices of its row and column."""
        return Ref.at(self.sheet, self.rows[row].row, self.columns[column].number)

    def at(self, row: int, column: int) -> tuple[int, int]:
        """The same cell by row and column of the sheet as it is read."""
        return self.rows[row].row, self.columns[column].number

    def label_place(self, row: int) -> Ref:
        """The cell of a row's label."""
        return Ref.at(self.sheet, self.rows[row].row, self.label_column)

    def compared(self, column: int) -> tuple[int, int] | None:
        """The outcome and the budget that a deviation, remainder or per cent is between.

        ``None`` where the column was not read as a comparison of two.
        """
        heading = self.columns[column]
        if len(heading.of) != _PAIR or heading.how == "sum":
            return None
        (one, _), (other, _) = heading.of
        is_base = [self.columns[n].scenario in _BASES for n in (one, other)]
        return (other, one) if is_base == [True, False] else (one, other)

    def step(self, column: int) -> Fraction:
        """What most figures of a column are rounded to, in the table's unit: 1 for whole ones."""
        known = sorted(decimals(a) for row in self.rows if (a := row.amounts[column]))
        return Fraction(1, 10 ** known[len(known) // 2]) if known else Fraction(1)

    def calculated(self, target: Sum, column: int) -> Amount:
        """What a sum should be in a column; ``None`` if all parts are blank or one is unknown."""
        return self.summed(target, column)[0]

    def summed(self, target: Sum, column: int) -> tuple[Amount, int]:
        """What a sum should be in a column, and of how many rounded figures it is made.

        A result needs amounts on both sides, a closing equity both its parts; a total that is
        not filled in is unknown where its own lines are.
        """
        parts = target.parts
        if any(self._is_left_open(row, column) for row, _ in parts):
            return None, 0
        heading = self.columns[column]
        if heading.scenario == "deviation" or heading.how == "favourable":
            # Favourable is positive on both sides, so deviations are added as they are.
            parts = tuple((row, 1) for row, _ in parts)
        found = addends(self.rows, parts, column)
        if not found:
            return None, 0
        if target.how == "result" and not self._has_both_sides(target, column):
            return None, len(found)
        if target.how == "equity" and len(found) < len(target.parts):
            return None, len(found)
        return sum(found), len(found)

    def _is_left_open(self, row: int, column: int) -> bool:
        """Whether a total is blank though its lines have amounts, or nobody knows its lines."""
        if self.rows[row].role != "total" or self.rows[row].amounts[column] is not None:
            return False
        own = [one.parts for one in self.sums if one.target == row]
        if own:
            return any(self.rows[n].amounts[column] is not None for n, _ in own[0])
        return any(amount is not None for amount in self.rows[row].amounts)

    def _has_both_sides(self, target: Sum, column: int) -> bool:
        """Whether income and costs both have amounts: one side alone is no result."""
        sides: dict[bool, bool] = {}
        for row, _ in target.parts:
            line = self.rows[row]
            if line.role == "total":
                known = line.amounts[column] is not None
                sides[line.is_income] = sides.get(line.is_income, False) or known
        return all(sides.values())


def decimals(amount: Known) -> int:
    """How many decimals a figure is written with."""
    bottom = amount.denominator
    if bottom == 1:
        return 0
    return next((n for n in range(_MOST_STEPS) if 10**n % bottom == 0), _MOST_STEPS)


def addends(
    rows: Sequence[BudgetRow], parts: Sequence[tuple[int, int]], column: int
) -> list[Known] | None:
    """What a sum adds up in a column, blanks left out; ``None`` if one of them is unknown."""
    found: list[Known] = []
    for number, factor in parts:
        row = rows[number]
        amount = row.amounts[column]
        if amount is not None:
            found.append(amount if factor == 1 else factor * amount)
        elif row.is_unknown(column):
            return None
    return found


def in_kronor(amount: Known, unit: str) -> Fraction:
    """An amount in kronor, whatever unit its table has."""
    return amount * KRONOR.get(unit, Fraction(1))


def signed(budget: Budget, row: BudgetRow, amount: Amount) -> Amount:
    """An amount seen from the result: income plus, cost minus, whatever the table's sign."""
    if amount is None or budget.sign == SIGNED or row.is_income:
        return amount
    return -amount


def total(amounts: Sequence[Amount]) -> Amount:
    """The sum of what is not blank; ``None`` when all is."""
    found = [amount for amount in amounts if amount is not None]
    return sum(found) if found else None


class FeeParty(NamedTuple):
    """A party that pays: its kind, its key (municipalities only), and its stated fee.

    ``ref`` is the cell of its name and ``fee_ref`` that of its fee, where it has one;
    ``is_unknown``: the fee is there, but nobody knows it. ``before``: what it paid the year before,
    where the same table tells.
    """

    name: str
    kind: Party
    key: Fraction | None
    stated: Fraction | None
    ref: Ref
    is_unknown: bool = False
    fee_ref: Ref | None = None
    before: Fraction | None = None

    @property
    def fee_place(self) -> Ref:
        """Where a finding about the fee stands."""
        return self.fee_ref or self.ref

    @property
    def is_municipal(self) -> bool:
        """Whether it shares the municipalities' quarter with others."""
        return self.kind is Party.MUNICIPALITIES


@unique
class Scope(StrEnum):
    """Whose an amount is that fees are a split of."""

    EVERYONE = "everyone"
    MUNICIPALITIES = "municipalities"
    UNKNOWN = ""


class FeesTable(NamedTuple):
    """Member fees of one year: the pool in ``unit``, and who pays.

    ``scope``: whether the pool is everyone's or the municipalities' alone; ``key_header``: the
    heading of what the municipalities' part is split by, '' where there is none; ``pool_ref``: the
    cell that the pool was read in, ``None`` where it follows from the fees.
    """

    year: int | None
    unit: str
    pool: Fraction | None
    parties: tuple[FeeParty, ...]
    scope: Scope = Scope.EVERYONE
    key_header: str = ""
    pool_ref: Ref | None = None

    @property
    def are_keys_percent(self) -> bool:
        """Whether the keys are parts of a hundred, so that they should add up to that.

        Counts of people are not, be they ever so few; but nobody counts people by parts.
        """
        keys = [party.key for party in self.parties if party.is_municipal]
        known = [key for key in keys if key is not None]
        is_whole = bool(known) and len(known) == len(keys) and all(key <= 100 for key in known)
        is_near = is_whole and _LEAST_PERCENT < sum(known) < _MOST_PERCENT
        are_whole = all(key.denominator == 1 for key in known)
        return is_near and not (are_whole and counts_people(self.key_header))
