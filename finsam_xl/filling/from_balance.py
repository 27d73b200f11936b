"""What other tables say of a year's balance sheet: soliditet, equity and cash at its end.

A blank one is that of the only balance sheet of the year, if that balances, and if it is what
the other years of the row say where there is a balance sheet to tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.calc.equity import equity_ratio
from finsam_xl.calc.totals import explained_by_rounding
from finsam_xl.filling.cells import Cells
from finsam_xl.filling.doubts import Doubt, Verdict
from finsam_xl.filling.quantities import (
    ASSETS,
    EQUITY_AND_DEBTS,
    LIQUID,
    OWN_EQUITY,
    SOLIDITY,
    Quantity,
    first_row,
    is_it,
)
from finsam_xl.findings.reasons import Reason
from finsam_xl.model_budget import Amount, Budget, decimals
from finsam_xl.money import exact, round_half_away
from finsam_xl.periods import Period
from finsam_xl.reading.kinds import AmountKind
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.words import scenarios
from finsam_xl.words.units import Unit, converted

_READ = (SOLIDITY, OWN_EQUITY, LIQUID)
_THEMSELVES = (AmountKind.BALANCE, AmountKind.CASH_FLOW, AmountKind.BALANSKRAV, AmountKind.NOTE)
_WHOLE = 100
_IN_MILLIONS = 3


class _Row(NamedTuple):
    """A row that says something of the balance sheet, and its figures by column."""

    at: int
    quantity: Quantity
    given: dict[int, Fraction]


def fill(cells: Cells, budget: Budget, balances: Sequence[Budget]) -> None:
    """The blank cells of one table, as the run has left it."""
    for row in _rows(budget, balances) if budget.kind not in _THEMSELVES else ():
        scale = _scale(cells.sheet, budget, row)
        for column, amount in row.given.items():
            line, at = budget.rows[row.at], budget.at(row.at, column)
            if not cells.is_open(at) or line.amounts[column] is not None:
                continue
            what = f"{line.label}, {budget.columns[column].header}"
            doubt = _doubt(budget, row, scale)
            value = exact(round_half_away(amount * (scale or 1), _digits(budget, row)))
            if row.quantity is SOLIDITY and cells.sheet.cell(*at).percent:
                value /= _WHOLE
            like = (budget.at(row.at, n) for n, one in enumerate(line.amounts) if one is not None)
            verdict = Verdict(None if doubt else value, doubt)
            cells.take(at, "sum", f"{what} (ur balansräkningen)", verdict, like=like)


def _rows(budget: Budget, balances: Sequence[Budget]) -> Iterator[_Row]:
    for index, line in enumerate(budget.rows):
        quantity = next((one for one in _READ if is_it(one, line.label)), None)
        if quantity is None or line.role in ("equity_open", "subline"):
            continue
        given = {
            n: amount
            for n, column in enumerate(budget.columns)
            if column.scenario == "outcome" and column.period is not None
            if (amount := _given(quantity, balances, column.period, budget.unit)) is not None
        }
        if given:
            yield _Row(index, quantity, given)


def _given(
    quantity: Quantity, balances: Sequence[Budget], period: Period, unit: str
) -> Fraction | None:
    """What the only balance sheet of a year says, in a unit; soliditet as a part of one."""
    if period != Period(period.year):
        return None
    places = [
        (one, n)
        for one in balances
        for n, column in enumerate(one.columns)
        if column.is_stated and column.period == period
    ]
    if len(places) != 1:
        return None
    balance, column = places[0]
    assets, equity, whole, cash = (
        _amount(balance, one, column) for one in (ASSETS, OWN_EQUITY, EQUITY_AND_DEBTS, LIQUID)
    )
    if assets is None or whole is None or abs(assets) != abs(whole):
        return None
    sign = -1 if whole * assets < 0 else 1
    if quantity is SOLIDITY:
        return equity_ratio(None if equity is None else sign * equity, assets)
    amount = cash if quantity is LIQUID else None if equity is None else sign * equity
    return None if amount is None else converted(amount, balance.unit, unit)


def _amount(balance: Budget, quantity: Quantity, column: int) -> Amount:
    index, _ = first_row(balance.rows, quantity, lambda row: row.amounts[column])
    return None if index is None else balance.rows[index].amounts[column]


def _printed(budget: Budget, row: _Row) -> list[tuple[int, Fraction]]:
    amounts = budget.rows[row.at].amounts
    return [(n, Fraction(a)) for n, a in enumerate(amounts) if a is not None and n in row.given]


def _scale(sheet: SheetGrid, budget: Budget, row: _Row) -> int | None:
    """What soliditet of one is written as; ``None`` where nothing tells."""
    if row.quantity is not SOLIDITY:
        return 1
    line = budget.rows[row.at]
    cells = [sheet.cell(line.row, budget.columns[n].number) for n in row.given]
    if any(cell.percent for cell in cells) or scenarios.says_per_cent(line.label):
        return _WHOLE
    known = [abs(Fraction(amount)) for amount in line.amounts if amount]
    if not known:
        return None
    return 1 if all(amount <= 1 for amount in known) else _WHOLE


def _digits(budget: Budget, row: _Row) -> int:
    """The decimals of the row's other figures; of kronor and per cent none, unless they have."""
    known = [decimals(a) for a in budget.rows[row.at].amounts if a is not None]
    is_in_millions = budget.unit == Unit.MKR and row.quantity is not SOLIDITY
    return max(known, default=_IN_MILLIONS if is_in_millions else 0)


def _doubt(budget: Budget, row: _Row, scale: int | None) -> Doubt | None:
    if scale is None:
        return Doubt(Reason.RATIO_UNSURE)
    step = Fraction(1, 10 ** _digits(budget, row))
    for column, stated in _printed(budget, row):
        if not explained_by_rounding(stated - scale * row.given[column], 2, step):
            return Doubt(Reason.DOES_NOT_HOLD, budget.place(row.at, column).cell)
    return None
