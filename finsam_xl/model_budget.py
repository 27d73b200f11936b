"""The records of budgets, outcomes, plans and statements: rows of amounts by period and scenario.

Amounts are exact and in the table's own unit and sign, whole ones as ``int``, which
add up ten times as fast as a ``Fraction``; ``None`` is a blank cell, which is "not
budgeted" and not zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from finsam_xl.address import a1
from finsam_xl.labels import normalise
from finsam_xl.model import Ref
from finsam_xl.periods import Period
from finsam_xl.words.parties import Party
from finsam_xl.words.units import KRONOR

Known = int | Fraction
Amount = Known | None
STATED = ("budget", "budget_to_date", "outcome", "outcome_to_date", "forecast", "plan")
"""The scenarios of columns whose amounts people state."""
POSITIVE_COSTS, SIGNED = "positive-costs", "signed"


class BudgetColumn(NamedTuple):
    """A column of amounts: its number, heading, period and scenario (see INTERFACE's words)."""

    number: int
    header: str
    period: Period | None
    scenario: str

    @property
    def is_stated(self) -> bool:
        """Whether its amounts are stated by people: not a deviation, share or sum of columns."""
        return self.scenario in STATED


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

    def is_unknown(self, column: int) -> bool:
        """Whether there is an amount in a column that nobody knows."""
        return self.amounts[column] is None and column in self.unreadable


class Sum(NamedTuple):
    """How a total, result or equity row follows from others: (row index, factor) pairs."""

    target: int
    parts: tuple[tuple[int, int], ...]
    how: str


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

    def column(self, *scenarios: str) -> int | None:
        """The index of the first column of one of the scenarios, tried in their order."""
        for scenario in scenarios:
            for index, column in enumerate(self.columns):
                if column.scenario == scenario:
                    return index
        return None

    def place(self, row: int, column: int) -> Ref:
        """The cell of an amount, by the indices of its row and column."""
        return Ref(self.sheet, a1(self.rows[row].row, self.columns[column].number))

    def label_place(self, row: int) -> Ref:
        """The cell of a row's label."""
        return Ref(self.sheet, a1(self.rows[row].row, self.label_column))

    def compared(self, column: int) -> tuple[int, int] | None:
        """The outcome and the budget that a deviation is between: of one period, or ``None``.

        What its heading names, else an outcome before a forecast; of several years its own,
        else those that stand nearest on its left.
        """
        heading = self.columns[column]
        words = normalise(heading.header)
        pairs = [
            (outcome, base)
            for outcome in range(len(self.columns))
            for base in range(len(self.columns))
            if self.are_compared(outcome, base)
            and not ("prognos" in words and self.columns[outcome].scenario != "forecast")
            and not ("utfall" in words and self.columns[outcome].scenario == "forecast")
        ]
        own = [
            pair
            for pair in pairs
            if heading.period is None or self.columns[pair[1]].period == heading.period
        ]
        pairs = own or pairs
        left = [pair for pair in pairs if max(pair) < column]
        years = {self.columns[base].period for _, base in pairs}
        if len(years) > 1 and left:
            nearest = max(max(pair) for pair in left)
            pairs = [pair for pair in left if max(pair) == nearest]
        pairs.sort(key=lambda pair: self.columns[pair[0]].scenario == "forecast")
        return pairs[0] if pairs else None

    def are_compared(self, outcome: int, base: int) -> bool:
        """Whether two columns are an outcome, or a forecast, and a budget of the same time."""
        one, other = self.columns[outcome], self.columns[base]
        if other.scenario == "budget":
            return one.scenario in ("outcome", "forecast") and one.period == other.period
        is_part = (one.scenario, other.scenario) == ("outcome_to_date", "budget_to_date")
        return is_part and one.period == other.period

    def calculated(self, target: Sum, column: int) -> Amount:
        """What a sum should be in a column; ``None`` if all parts are blank or one is unknown."""
        return self.summed(target, column)[0]

    def summed(self, target: Sum, column: int) -> tuple[Amount, int]:
        """What a sum should be in a column, and of how many rounded figures it is made.

        A result needs amounts on both sides, a closing equity both its parts.
        """
        parts = target.parts
        if self.columns[column].scenario == "deviation":
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

    def _has_both_sides(self, target: Sum, column: int) -> bool:
        """Whether income and costs both have amounts: one side alone is no result."""
        sides: dict[bool, bool] = {}
        for row, _ in target.parts:
            line = self.rows[row]
            if line.role == "total":
                known = line.amounts[column] is not None
                sides[line.is_income] = sides.get(line.is_income, False) or known
        return all(sides.values())


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

    ``ref`` is the cell of its name; ``is_unknown``: the fee is there, but nobody knows it.
    """

    name: str
    kind: Party
    key: Fraction | None
    stated: Fraction | None
    ref: Ref
    is_unknown: bool = False

    @property
    def is_municipal(self) -> bool:
        """Whether it shares the municipalities' quarter with others."""
        return self.kind is Party.MUNICIPALITIES


class FeesTable(NamedTuple):
    """Member fees of one year: the pool in ``unit``, and who pays."""

    year: int | None
    unit: str
    pool: Fraction | None
    parties: tuple[FeeParty, ...]
