"""Years and tertials as titles and headings write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import strategies as st

from finsam_xl.periods import Period, joined
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


def test_parts_of_a_year_have_one_form_each() -> None:
    """Months that make a tertial or a year are that; others are quarters, months, ranges."""
    written = {
        (1, 12): "2024", (1, 4): "2024-T1", (1, 8): "2024-T2", (1, 3): "2024-Q1",
        (10, 12): "2024-Q4", (5, 5): "2024-05", (5, 8): "2024-05..2024-08",
        (1, 10): "2024-01..2024-10", (2, 4): "2024-02..2024-04", (1, 6): "2024-01..2024-06",
    }  # fmt: skip
    assert {span: str(Period.of(2024, *span)) for span in written} == written
    assert Period.of(2024, 1, 8) == Period(2024, 2)
    with pytest.raises(ValueError, match="13"):
        Period.of(2024, 1, 13)


def test_what_a_part_covers() -> None:
    """Its days and months, and what lies within it."""
    part = Period.of(2024, 2, 2)
    assert (part.first_day, part.last_day, part.months) == (date(2024, 2, 1), date(2024, 2, 29), 1)
    assert Period(2024).holds(part)
    assert not part.holds(Period(2024))
    assert Period(2020, until=2024).holds(Period(2024, 2))
    assert (Period(2024).is_whole_year, Period(2024, 2).is_whole_year) == (True, False)
    assert (Period(2024, 2).is_part, Period(2024).is_part, part.is_part) == (True, False, True)
    assert not Period(2020, until=2024).is_whole_year


@pytest.mark.parametrize(
    "text", ["2024-Q5", "2024-13", "2024-08..2024-01", "2024-01..2025-01", "2024..2020", "24", ""]
)
def test_other_texts_are_no_periods(text: str) -> None:
    """What cannot be is not guessed at."""
    assert Period.parse(text) is None


_PERIODS = st.one_of(
    st.tuples(st.integers(2000, 2099), st.sampled_from([None, 1, 2, 3])).map(
        lambda told: Period(*told)
    ),
    st.builds(
        lambda year, span: Period.of(year, *sorted(span)),
        st.integers(2000, 2099), st.tuples(st.integers(1, 12), st.integers(1, 12)),
    ),
    st.builds(lambda year, more: Period(year, until=year + more), st.integers(2000, 2050),
              st.integers(1, 40)),
)  # fmt: skip


@given(_PERIODS)
def test_every_period_is_read_back(period: Period) -> None:
    """The text form says everything, and no other period has it."""
    assert Period.parse(str(period)) == period
    assert Period.find(str(period)) == period
    assert period.first_day <= period.last_day


@given(st.integers(2000, 2099), st.lists(st.integers(1, 12), min_size=1, max_size=5, unique=True))
def test_parts_that_follow_make_one(year: int, cuts: list[int]) -> None:
    """A year cut anywhere is whole again when its parts are joined, in any order."""
    ends = sorted({*cuts, 12})
    parts = [Period.of(year, last + 1, end) for last, end in zip([0, *ends], ends, strict=False)]
    assert joined(parts[::-1]) == Period(year)
    if len(parts) > 2:
        assert joined([parts[0], *parts[2:]]) is None


@given(st.integers(2000, 2099), st.sampled_from([None, 1, 2, 3]))
def test_text_form_is_found_again(year: int, tertial: int | None) -> None:
    """What is written in an output is understood in an input."""
    period = Period(year, tertial)
    assert Period.find(str(period)) == period
    assert period.last_day.year == year
