"""What a column of outcomes is to hold by a ledger: each row's figure, and each sum of them.

Every cell is rounded by itself and sums are of the exact figures. What a person has typed, and
every formula, stays; what they should be by the ledger is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import Enum, auto
from fractions import Fraction

from finsam_xl.address import real_place
from finsam_xl.filling.amounts import in_order
from finsam_xl.ledgers.record import ORE
from finsam_xl.model_budget import SIGNED, Budget, BudgetRow, Known, decimals
from finsam_xl.money import exact, known, round_half_away
from finsam_xl.reading.figures import figure
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.words.units import KRONOR

_ASSETS = "1"
_OUTCOMES = ("outcome", "outcome_to_date")
Place = tuple[int, int]


class Holds(Enum):
    """Whose the figure in a cell is."""

    BLANK = auto()
    OURS = auto()
    TYPED = auto()
    FORMULA = auto()


class Value(NamedTuple):
    """What a cell is to hold: the row's index, the figure as written and exact, what is there.

    ``stands``: the figure that is there; ``is_sum``: whether it adds up other rows.
    """

    row: int
    figure: Known
    exact: Known
    holds: Holds
    stands: Fraction | None
    is_sum: bool = False

    @property
    def differs(self) -> bool:
        """Whether what is there is another figure, with the decimals it is written with."""
        if self.stands is None:
            return self.holds is not Holds.BLANK
        return exact(round_half_away(self.exact, decimals(self.stands))) != self.stands


class Amounts:
    """One column of a table while it is filled.

    ``ours``: cells of the workbook's sheet whose figures are of a run; ``takes_typed``:
    figures that a person has typed give way.
    """

    def __init__(
        self,
        sheet: SheetGrid,
        budget: Budget,
        column: int,
        ours: frozenset[Place],
        *,
        takes_typed: bool = False,
    ) -> None:
        self.sheet, self.budget, self.column, self.ours = sheet, budget, column, ours
        self.takes_typed = takes_typed
        self.decimals = _decimals(budget, column)

    def values(
        self, ore: Mapping[int, int], balances: Mapping[int, str], unknown: Collection[int] = ()
    ) -> list[Value]:
        """Every row and sum that follows from the ledger.

        ``ore``: by the row's index, as in bookkeeping; ``balances``: the rows that show a balance
        account, with one of their accounts; ``unknown``: rows whose figure nobody knows, so that
        no sum is made of them.
        """
        rows = list(self.budget.rows)
        for index in unknown:
            if rows[index].amounts[self.column] is None:
                unreadable = rows[index].unreadable | {self.column}
                rows[index] = rows[index]._replace(unreadable=unreadable)
        found: list[Value] = []
        for index, amount in ore.items():
            value = self._value(index, self._shown(rows[index], amount, balances.get(index, "")))
            found.append(value)
            rows[index] = rows[index].with_amount(self.column, self._counted(value))
        return [*found, *self._sums(rows)]

    def _sums(self, rows: list[BudgetRow]) -> Iterator[Value]:
        """The sums of exact figures, each before those that it is a part of."""
        known_so_far = self.budget._replace(rows=rows)
        for one in in_order(self.budget.sums):
            index = one.target
            rows[index] = rows[index].with_amount(self.column, None)
            amount = known_so_far.calculated(one, self.column)
            if amount is None:
                rows[index] = self.budget.rows[index]
                continue
            value = self._value(index, amount)._replace(is_sum=True)
            rows[index] = rows[index].with_amount(self.column, self._counted(value))
            yield value

    def _counted(self, value: Value) -> Known:
        """What counts in sums: a person's figure where it stays, else the exact one."""
        is_hers = value.holds is Holds.TYPED and value.differs and not self.takes_typed
        return known(value.stands) if is_hers and value.stands is not None else value.exact

    def _shown(self, row: BudgetRow, ore: int, account: str) -> Known:
        """An amount of the ledger in the table's unit and sign."""
        if account:
            is_kept = account.startswith(_ASSETS)
        else:
            is_kept = not (row.is_income or self.budget.sign == SIGNED)
        kronor = Fraction(ore if is_kept else -ore, ORE)
        return known(kronor / KRONOR.get(self.budget.unit, Fraction(1)))

    def _value(self, index: int, amount: Known) -> Value:
        at = self.budget.at(index, self.column)
        cell = self.sheet.cell(*at)
        stands = figure(cell)
        holds = Holds.TYPED
        if cell.formula is not None:
            holds = Holds.FORMULA
        elif cell.value in (None, ""):
            holds = Holds.BLANK
        elif real_place(self.budget.sheet, *at) in self.ours:
            holds = Holds.OURS
        written = known(Fraction(round_half_away(amount, self.decimals)))
        return Value(index, written, amount, holds, stands)


def _decimals(budget: Budget, column: int) -> int:
    """With how many decimals figures are written: as other outcomes, else as all that is stated."""
    outcomes = [n for n, c in enumerate(budget.columns) if c.scenario in _OUTCOMES]
    stated = [n for n, c in enumerate(budget.columns) if c.is_stated]
    for columns in ([column], outcomes, stated):
        found = _written(budget.rows, columns)
        if found:
            return sorted(found)[len(found) // 2]
    return 0


def _written(rows: Sequence[BudgetRow], columns: Sequence[int]) -> list[int]:
    amounts = (row.amounts[n] for row in rows for n in columns)
    return [decimals(amount) for amount in amounts if amount]
