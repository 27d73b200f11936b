"""Cash flow by the indirect method: from the year's result to the change in cash.

Result + adjustments for what moves no cash, − more receivables, + more debts, + investing
and financing = the year's cash flow; cash at the end is cash at the start and that flow.
Amounts in one unit; receivables and debts as positive balances, flows signed so that
money in is positive. A blank is not 0: what it is part of is not known.
Source: Samordningsförbundet Umeåregionen, årsredovisning 2021, kassaflödesanalys and
balansräkning. Its line for the current operations leaves the result out; here that is
:attr:`CashFlow.working_capital`.

>>> flow = cash_flow(
...     -209941, receivables=Balances(1237172, 82796), debts=Balances(4730377, 4740173)
... )
>>> int(flow.working_capital), int(flow.year)
(1164172, 954231)
>>> closing_cash(5502738, flow.year)
Fraction(6456969, 1)
>>> unexplained(Balances(5502738, 6456970), flow.year)
Fraction(1, 1)
"""

from __future__ import annotations

from fractions import Fraction

from finsam_xl.calc.blanks import known_sum
from finsam_xl.money import Exact
from finsam_xl.records import NamedTuple


class Balances(NamedTuple):
    """One post of the balance sheet at the start and at the end of the year."""

    opening: Exact | None
    closing: Exact | None

    @property
    def change(self) -> Fraction | None:
        """Closing − opening; ``None`` without both."""
        if self.opening is None or self.closing is None:
            return None
        return Fraction(self.closing) - Fraction(self.opening)


class CashFlow(NamedTuple):
    """The lines of the statement, money in positive; ``None`` for what is not known."""

    before_working_capital: Fraction | None
    receivables: Fraction | None
    debts: Fraction | None
    investing: Fraction | None
    financing: Fraction | None

    @property
    def working_capital(self) -> Fraction | None:
        """What changed receivables and debts gave."""
        return known_sum(self.receivables, self.debts)

    @property
    def operating(self) -> Fraction | None:
        """Kassaflöde från den löpande verksamheten, the result included."""
        return known_sum(self.before_working_capital, self.working_capital)

    @property
    def year(self) -> Fraction | None:
        """Årets kassaflöde."""
        return known_sum(self.operating, self.investing, self.financing)


def cash_flow(
    result: Exact | None,
    *,
    receivables: Balances,
    debts: Balances,
    adjustments: Exact | None = 0,
    investing: Exact | None = 0,
    financing: Exact | None = 0,
) -> CashFlow:
    """The statement; ``adjustments``: costs (+) and incomes (−) that moved no cash."""
    tied = receivables.change
    return CashFlow(
        before_working_capital=known_sum(result, adjustments),
        receivables=None if tied is None else -tied,
        debts=debts.change,
        investing=known_sum(investing),
        financing=known_sum(financing),
    )


def closing_cash(opening: Exact | None, flow: Exact | None) -> Fraction | None:
    """Cash at the end: cash at the start + the year's flow."""
    return known_sum(opening, flow)


def unexplained(cash: Balances, flow: Exact | None) -> Fraction | None:
    """By how much cash changed more (+) or less (−) than the flow says; 0 when they agree."""
    change = cash.change
    return None if change is None or flow is None else change - Fraction(flow)
