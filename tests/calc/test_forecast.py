"""Forecasts by named methods: worked figures and what must always hold."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import strategies as st

from finsam_xl.calc.forecast import (
    ToDate,
    by_method,
    last_year_pattern,
    remaining_budget,
    remaining_period_budget,
    straight_line,
)
from finsam_xl.errors import InputError
from finsam_xl.money import Exact
from finsam_xl.words.methods import Method
from support.properties import given

NAMES = ["straight_line", "remaining_budget", "last_year_pattern"]


def forecasts(
    outcome: Exact | None,
    months: int | None,
    budget: Exact | None = None,
    last_year: tuple[Exact | None, Exact | None] = (None, None),
) -> dict[str, Fraction | None]:
    """Every method's forecast by its name."""
    found = (
        straight_line(outcome, months),
        remaining_budget(outcome, budget, months),
        last_year_pattern(outcome, *last_year),
    )
    return dict(zip(NAMES, found, strict=True))


def test_fees_of_2019_go_on_as_they_went() -> None:
    """Umeå's 1 572 by the end of August is 2 358 in a year by every method that fits."""
    found = forecasts(1572, 8, 2358, (1600, 2400))
    assert found == dict.fromkeys(NAMES, Fraction(2358))


def test_methods_differ_where_the_year_is_uneven() -> None:
    """800 spent by August of a budget of 1 500; last year 600 of 1 000 by then."""
    found = forecasts(800, 8, 1500, (600, 1000))
    assert found == {
        "straight_line": 1200,
        "remaining_budget": 1300,
        "last_year_pattern": Fraction(4000, 3),
    }


BLANKS: dict[str, dict[str, Fraction | None]] = {
    "no outcome": forecasts(None, 8, 1500, (6, 9)),
    "no months and no last year": forecasts(800, None, 1500),
    "last year's same period was 0": {
        "last_year_pattern": last_year_pattern(800, 0, 1000),
    },
    "last year's total is blank": {
        "last_year_pattern": last_year_pattern(800, 600, None),
    },
    "no budget": {"remaining_budget": remaining_budget(800, None, 8)},
}


@pytest.mark.parametrize("case", BLANKS)
def test_blank_in_blank_out(case: str) -> None:
    """What is missing is not 0."""
    assert set(BLANKS[case].values()) == {None}


def test_net_budgeted_project_has_no_budget_forecast() -> None:
    """A blank budget leaves the other methods alone; an outcome of 0 is a figure."""
    found = forecasts(0, 4)
    assert found == {**dict.fromkeys(NAMES), "straight_line": Fraction(0)}


@pytest.mark.parametrize("months", [0, 13, -4])
def test_months_outside_the_year_are_refused(months: int) -> None:
    """Said with what to write instead."""
    with pytest.raises(InputError, match=str(months)) as raised:
        straight_line(800, months)
    assert "1–12" in raised.value.remedy
    with pytest.raises(InputError):
        remaining_budget(800, 1500, months)


amounts = st.fractions(-20_000, 20_000, max_denominator=100)
months_of_year = st.integers(1, 12)


@given(amounts, amounts)
def test_whole_year_is_its_own_forecast(outcome: Fraction, budget: Fraction) -> None:
    """After twelve months nothing remains to be guessed."""
    assert straight_line(outcome, 12) == outcome
    assert remaining_budget(outcome, budget, 12) == outcome


@given(amounts, months_of_year)
def test_year_on_budget_ends_on_budget(budget: Fraction, months: int) -> None:
    """An outcome exactly at pace gives the budget, straight on and with the budget's rest."""
    outcome = budget * months / 12
    assert straight_line(outcome, months) == budget
    assert remaining_budget(outcome, budget, months) == budget


@given(amounts, months_of_year, amounts)
def test_even_last_year_is_a_straight_line(outcome: Fraction, months: int, total: Fraction) -> None:
    """If last year ran evenly its pattern says what the straight line says."""
    if total:
        assert last_year_pattern(outcome, total * months / 12, total) == straight_line(
            outcome, months
        )


@given(amounts, months_of_year, amounts, amounts.filter(bool), amounts)
def test_forecasts_keep_the_sign_of_the_table(
    outcome: Fraction, months: int, budget: Fraction, same: Fraction, total: Fraction
) -> None:
    """The same table with costs as negatives gives the same forecasts as negatives."""
    one = forecasts(outcome, months, budget, (same, total))
    other = forecasts(-outcome, months, -budget, (-same, -total))
    for name in NAMES:
        value, mirrored = one[name], other[name]
        assert value is not None
        assert mirrored == -value


@given(amounts, amounts, months_of_year)
def test_lines_forecast_to_their_sum(one: Fraction, other: Fraction, months: int) -> None:
    """Forecasting two lines straight on and adding them is forecasting their sum."""
    parts = [straight_line(amount, months) for amount in (one, other)]
    assert sum(part for part in parts if part is not None) == straight_line(one + other, months)


def test_a_budget_spread_unevenly_over_the_year() -> None:
    """800 by August where 900 of 1 500 were budgeted: 600 are left of the budget, 1 400 in all."""
    assert remaining_period_budget(800, 1500, 900) == 1400
    assert remaining_budget(800, 1500, 8) == 1300


LINES = st.lists(st.tuples(*[st.integers(-5000, 5000)] * 3), min_size=1, max_size=8)
LINEAR = [Method.STRAIGHT_LINE, Method.REMAINING_BUDGET, Method.REMAINING_PERIOD_BUDGET]


@pytest.mark.parametrize("method", LINEAR)
@given(LINES, st.integers(1, 12))
def test_the_total_is_forecast_as_the_sum_of_its_lines(
    method: Method, lines: list[tuple[int, int, int]], months: int
) -> None:
    """By every method that is linear; last year's pattern is not."""

    def forecast(outcome: int, budget: int, to_date: int) -> Fraction:
        found = by_method(method, ToDate(outcome, months, budget, to_date))
        assert found is not None
        return found

    outcome, budget, to_date = (sum(column) for column in zip(*lines, strict=True))
    assert forecast(outcome, budget, to_date) == sum(forecast(*line) for line in lines)


@pytest.mark.parametrize("method", Method)
def test_a_method_without_what_it_needs_tells_nothing(method: Method) -> None:
    assert by_method(method, ToDate(months=8)) is None
    assert by_method(method, ToDate(outcome=800)) is None


def test_each_method_by_its_name() -> None:
    known = ToDate(800, 8, 1500, 900, 600, 1000)
    assert [by_method(method, known) for method in Method] == [
        1200, 1300, 1400, Fraction(4000, 3),
    ]  # fmt: skip
