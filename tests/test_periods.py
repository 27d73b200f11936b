"""Years and tertials as titles and headings write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import strategies as st

from finsam_xl.periods import Period
from support.properties import given

FOUND: dict[str, Period | None] = {
    "Social budget 2021": Period(2021),
    "Social budget 2021 – Samordningsteamet Bjurholm": Period(2021),
    "Utfall t.o.m. T2 2019": Period(2019, 2),
    "T1 2019": Period(2019, 1),
    "2019 t3": Period(2019, 3),
    "2019-T2": Period(2019, 2),
    "2005-2016 Utfall": Period(2005, until=2016),
    "Per 19-08-31": Period(2019, 2),
    "1 januari – 30 april 2019, 2020": None,
    "Budget 2021, antagen 2020-11-20": None,
    "2021 och igen 2021": Period(2021),
    "Impactindex": None,
    "": None,
    "Konto 120215": None,
    "Rum 2021a": Period(2021),
    "19 april": None,
    "2021-03-31": Period(2021),
}


@pytest.mark.parametrize("text", FOUND)
def test_period_of_a_text(text: str) -> None:
    """One period or none; never one of several."""
    assert Period.find(text) == FOUND[text]


def test_last_day_decides_the_rules() -> None:
    """A tertial ends in April, August or December, a year in December."""
    assert Period(2021).last_day == date(2021, 12, 31)
    assert [Period(2021, t).last_day for t in (1, 2, 3)] == [
        date(2021, 4, 30), date(2021, 8, 31), date(2021, 12, 31),
    ]  # fmt: skip


@given(st.integers(2000, 2099), st.sampled_from([None, 1, 2, 3]))
def test_text_form_is_found_again(year: int, tertial: int | None) -> None:
    """What is written in an output is understood in an input."""
    period = Period(year, tertial)
    assert Period.find(str(period)) == period
    assert period.last_day.year == year
