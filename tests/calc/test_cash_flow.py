"""Cash flow: the statements of 2021 and 2020, and what must always hold."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import strategies as st

from finsam_xl.calc.cash_flow import Balances, CashFlow, cash_flow, closing_cash, unexplained
from support.properties import given

YEAR_2021 = cash_flow(
    -209941, receivables=Balances(1237172, 82796), debts=Balances(4730377, 4740173)
)


def test_statement_of_2021() -> None:
    """Every printed line, from the two balance sheets and the result."""
    assert YEAR_2021.before_working_capital == -209941
    assert YEAR_2021.receivables == 1154376
    assert YEAR_2021.debts == 9796
    assert YEAR_2021.working_capital == 1164172
    assert YEAR_2021.operating == YEAR_2021.year == 954231


def test_cash_of_2021_misses_by_one_krona() -> None:
    """5 502 738 + 954 231 is one less than the printed 6 456 970: rounding, and said."""
    assert closing_cash(5502738, YEAR_2021.year) == 6456969
    assert unexplained(Balances(5502738, 6456970), YEAR_2021.year) == 1


def test_statement_of_2020() -> None:
    """16 827 − 112 299 − 559 788 = −655 260, exactly the change in cash."""
    flow = cash_flow(
        16827,
        receivables=Balances(1237172 - 112299, 1237172),
        debts=Balances(4730377 + 559788, 4730377),
    )
    assert flow.working_capital == -672087
    assert flow.year == -655260
    assert closing_cash(6157998, flow.year) == 5502738
    assert unexplained(Balances(6157998, 5502738), flow.year) == 0


def test_all_parts_reach_the_year() -> None:
    """Adjustments, investing and financing are added."""
    still = Balances(0, 0)
    flow = cash_flow(
        100, receivables=still, debts=still, adjustments=30, investing=-50, financing=7
    )
    assert [flow.before_working_capital, flow.operating, flow.year] == [130, 130, 87]


BLANKS: dict[str, CashFlow] = {
    "result": cash_flow(None, receivables=Balances(0, 1), debts=Balances(0, 1)),
    "receivables": cash_flow(5, receivables=Balances(None, 1), debts=Balances(0, 1)),
    "debts": cash_flow(5, receivables=Balances(0, 1), debts=Balances(0, None)),
    "investing": cash_flow(5, receivables=Balances(0, 1), debts=Balances(0, 1), investing=None),
}


@pytest.mark.parametrize("case", BLANKS)
def test_blank_is_not_zero(case: str) -> None:
    """What a blank is part of is not known; what it is not part of is."""
    flow = BLANKS[case]
    assert flow.year is None
    assert (flow.operating is None) == (case != "investing")
    assert (flow.working_capital is None) == (case in {"receivables", "debts"})


def test_no_answer_without_both_sides() -> None:
    """Neither closing cash nor what is unexplained."""
    assert closing_cash(None, 5) is None
    assert unexplained(Balances(1, None), 5) is None
    assert unexplained(Balances(1, 2), None) is None


amounts = st.fractions(-10_000, 10_000, max_denominator=100)


@given(amounts, amounts, amounts, amounts, amounts, amounts)
def test_balance_sheet_that_balances_explains_its_cash(
    cash: Fraction,
    result: Fraction,
    received: Fraction,
    owed: Fraction,
    more: Fraction,
    less: Fraction,
) -> None:
    """If cash + receivables = equity + debts at both ends, the flow is the change in cash."""
    equity = cash + received - owed
    closing = (equity + result) + (owed + less) - (received + more)
    flow = cash_flow(
        result, receivables=Balances(received, received + more), debts=Balances(owed, owed + less)
    )
    assert unexplained(Balances(cash, closing), flow.year) == 0
    assert closing_cash(cash, flow.year) == closing
