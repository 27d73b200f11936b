"""Deviation: favourable is positive in both sign conventions."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import pytest
from hypothesis import strategies as st

from finsam_xl.calc.deviation import deviation, deviation_percent, share_used
from finsam_xl.errors import InputError
from finsam_xl.money import round_half_away
from support.properties import given


class Case(NamedTuple):
    """Outcome, budget, the table's sign, whether it is income, and the deviation."""

    outcome: int | None
    budget: int | None
    sign: str
    is_income: bool
    deviation: int | None


CASES = {
    "2019: costs 12 610 of 14 040, positive": Case(12610, 14040, "positive-costs", False, 1430),
    "the same costs, signed": Case(-12610, -14040, "signed", False, 1430),
    "2019: income 11 577 of 11 540": Case(11577, 11540, "positive-costs", True, 37),
    "the same income, signed": Case(11577, 11540, "signed", True, 37),
    "2019: kanslipersonal 1 500 of 1 400, too much": Case(
        1500, 1400, "positive-costs", False, -100),
    "2019: result −1 033 against −2 501": Case(-1033, -2501, "positive-costs", True, 1468),
    "2021: result −204 against −1 146, signed": Case(-204, -1146, "signed", True, 942),
    "2021: equity 1 800 against 894": Case(1800, 894, "signed", True, 906),
    "nothing spent of a reserve of 200": Case(0, 200, "positive-costs", False, 200),
    "spent without budget: 0 is a budget": Case(50, 0, "positive-costs", False, -50),
    "HFE is net budgeted: a blank budget is not 0": Case(
        358, None, "positive-costs", False, None),
    "outcome still blank": Case(None, 400, "signed", True, None),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_worked_deviation(case: str) -> None:
    """In the table's own unit."""
    asked = CASES[case]
    found = deviation(asked.outcome, asked.budget, asked.sign, asked.is_income)
    assert found == asked.deviation


PERCENT: dict[str, tuple[int | None, int | None, str | None]] = {
    "1 430 of 14 040 is 10,2 %": (1430, 14040, "10.2"),
    "of a signed budget its size counts": (1430, -14040, "10.2"),
    "unfavourable stays negative": (-100, -1400, "-7.1"),
    "budget 0 has no per cent": (-50, 0, None),
    "no budget": (None, None, None),
    "no deviation": (None, 400, None),
    "on budget": (0, 400, "0"),
}


@pytest.mark.parametrize("case", PERCENT)
def test_deviation_in_per_cent(case: str) -> None:
    """Of the budget's size, in per cent."""
    difference, budget, expected = PERCENT[case]
    found = deviation_percent(difference, budget)
    assert (found is None) == (expected is None)
    if found is not None and expected is not None:
        assert round_half_away(found, 1) == round_half_away(Fraction(expected), 1)


@pytest.mark.parametrize(
    ("outcome", "budget", "expected"),
    [(7020, 14040, Fraction(1, 2)), (-7020, -14040, Fraction(1, 2)), (0, 200, 0), (50, 0, None),
     (None, 200, None), (50, None, None)],
    ids=["half", "half, signed", "nothing", "budget 0", "outcome blank", "budget blank"],
)  # fmt: skip
def test_share_used(outcome: int | None, budget: int | None, expected: Fraction | None) -> None:
    """A part of one."""
    assert share_used(outcome, budget) == expected


def test_unknown_sign_is_refused() -> None:
    """Not recognised is not a convention, even where a side is blank."""
    with pytest.raises(InputError, match="signed, positive-costs"):
        deviation(None, 1, "negative", is_income=True)


amounts = st.fractions(-20_000, 20_000, max_denominator=100)
signs = st.sampled_from(["signed", "positive-costs"])


@given(amounts, amounts)
def test_conventions_mirror_each_other_for_costs(outcome: Fraction, budget: Fraction) -> None:
    """The same figures mean the opposite; the same costs, written either way, the same."""
    positive = deviation(outcome, budget, "positive-costs", is_income=False)
    assert positive is not None
    assert deviation(outcome, budget, "signed", is_income=False) == -positive
    assert deviation(-outcome, -budget, "signed", is_income=False) == positive


@given(amounts, amounts)
def test_conventions_agree_for_income(outcome: Fraction, budget: Fraction) -> None:
    """Income is positive in both."""
    assert deviation(outcome, budget, "signed", is_income=True) == deviation(
        outcome, budget, "positive-costs", is_income=True
    )


@given(amounts, amounts, signs, st.booleans())
def test_swapped_sides_swap_the_sign(
    outcome: Fraction, budget: Fraction, sign: str, is_income: bool
) -> None:
    """And an outcome on budget deviates by nothing."""
    found = deviation(outcome, budget, sign, is_income)
    assert found is not None
    assert deviation(budget, outcome, sign, is_income) == -found
    assert deviation(budget, budget, sign, is_income) == 0


@given(amounts, amounts, amounts, amounts)
def test_deviation_of_the_result_is_the_sum_of_its_parts(
    income: Fraction, cost: Fraction, income_budget: Fraction, cost_budget: Fraction
) -> None:
    """Under positive costs: income's and costs' deviations make the result's."""
    parts = (
        deviation(income, income_budget, "positive-costs", is_income=True),
        deviation(cost, cost_budget, "positive-costs", is_income=False),
    )
    result = deviation(income - cost, income_budget - cost_budget, "positive-costs", is_income=True)
    assert sum(part for part in parts if part is not None) == result


@given(amounts, amounts.filter(bool))
def test_used_share_and_deviation_tell_one_story(outcome: Fraction, budget: Fraction) -> None:
    """For income within a positive budget, what is not used is the deviation."""
    share = share_used(outcome, abs(budget))
    percent = deviation_percent(deviation(outcome, abs(budget), "signed", is_income=True), budget)
    assert share is not None
    assert percent == 100 * (share - 1)
