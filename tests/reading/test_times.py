"""What headings say of time: one grammar for years, parts of years and days."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from finsam_xl.labels import normalise
from finsam_xl.reading.dates import dated
from finsam_xl.reading.times import Said, time_of
from support.properties import given

PARTS: dict[str, tuple[tuple[int, ...], int | None, int | None]] = {
    "Utfall jan-apr": ((), 1, 4),
    "Utfall jan–aug 2026": ((2026,), 1, 8),
    "januari till augusti": ((), 1, 8),
    "januari t.o.m. augusti 2024": ((2024,), 1, 8),
    "1 jan - 31 aug 2024": ((2024,), 1, 8),
    "1/1-31/8": ((), 1, 8),
    "2024-01-01 - 2024-12-31": ((2024,), 1, 12),
    "Per 19-08-31": ((2019,), 1, 8),
    "31/12 2024": ((2024,), 1, 12),
    "31.8.2024": ((2024,), 1, 8),
    "31 augusti": ((), 1, 8),
    "240831": ((2024,), 1, 8),
    "20240831": ((2024,), 1, 8),
    "202408": ((2024,), 8, 8),
    "2024:08": ((2024,), 8, 8),
    "202401-202408": ((2024,), 1, 8),
    "nov–dec 2024": ((2024,), 11, 12),
    "aug -24": ((2024,), 8, 8),
    "jan 24": ((2024,), 1, 1),
    "jan24": ((2024,), 1, 1),
    "K1": ((), 1, 3),
    "Kv 2": ((), 4, 6),
    "kv3 2025": ((2025,), 7, 9),
    "kvartal 4": ((), 10, 12),
    "Första kvartalet": ((), 1, 3),
    "1:a kvartalet 2024": ((2024,), 1, 3),
    "Kv 1-3 2024": ((2024,), 1, 9),
    "K1–K2": ((), 1, 6),
    "T2": ((), 5, 8),
    "tertial 2 2026": ((2026,), 5, 8),
    "T1-T2": ((), 1, 8),
    "andra tertialet": ((), 5, 8),
    "första halvåret": ((), 1, 6),
    "Halvår 2 2025": ((2025,), 7, 12),
    "H1": ((), 1, 6),
    "8 mån": ((), 1, 8),
    "(12 mån)": ((), 1, 12),
    "Jan-Apr (4 mån)": ((), 1, 4),
    "Jan-Apr 2025": ((2025,), 1, 4),
    "first quarter 2025": ((2025,), 1, 3),
    # No parts of years.
    "2025-2027": ((2025, 2027), None, None),
    "25-27": ((2025, 2027), None, None),
    "23/24": ((2023, 2024), None, None),
    "2023/24": ((2023, 2024), None, None),
    "Befolkning 16–64 år": ((), None, None),
    "20-64 år 2024": ((2024,), None, None),
    "Prognos 2": ((), None, None),
    "Konto 3010": ((), None, None),
    "Belopp 2 048": ((), None, None),
    "§ 14": ((), None, None),
    "Team 5": ((), None, None),
}


def said(text: str) -> Said:
    return time_of(normalise(text.replace(":0", "-0")))


@pytest.mark.parametrize("text", PARTS)
def test_years_and_months(text: str) -> None:
    """The years, and the first and last month."""
    time = said(text)
    assert (time.years, time.first, time.last) == PARTS[text]


@pytest.mark.parametrize(
    ("text", "years"),
    [("Budg. 25", (2025,)), ("Bokslut '24", (2024,)), ("Budget -26", (2026,)), ("Plan 5", ()),
     ("Budget 125", ()), ("Befolkning 16-64 år", ())],
)  # fmt: skip
def test_years_of_two_figures(text: str, years: tuple[int, ...]) -> None:
    """They may be years; whether they are is for the table to say."""
    assert said(text).short == years


@pytest.mark.parametrize(
    "text", ["t.o.m. T2", "tom aug", "t o m augusti", "ack aug", "Ackumulerat", "till och med maj",
             "Actual YTD"],
)  # fmt: skip
def test_so_far(text: str) -> None:
    """However it is written."""
    assert said(text).to_date


def test_the_rest_of_the_year() -> None:
    """Whole years, parts nobody names, last year, New Year's Day."""
    assert all(said(text).whole for text in ("Helår 2024", "hela året", "årsbudget", "full year"))
    assert all(said(text).part for text in ("Periodbudget", "Perioden", "Delårsutfall", "hittills"))
    assert [said(t).shift for t in ("föregående år", "fg år", "i fjol", "nästa år", "i år")] == [
        -1, -1, -1, 1, None,
    ]  # fmt: skip
    assert said("2024-01-01").years == (2023,)
    assert said("utfall mån").one_month


def test_turned_days() -> None:
    """Figures that could be either are read as the day that ends a month."""
    assert [(day.year, day.month, day.day) for day in dated("31-12-24")] == [(2024, 12, 31)]
    assert [(day.year, day.month, day.day) for day in dated("24-12-31")] == [(2024, 12, 31)]


_MONTHS = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]


@given(st.integers(0, 11), st.integers(0, 11), st.sampled_from(["-", "–", " - ", " till ", " t.o.m. "]),
       st.integers(2000, 2099), st.sampled_from(["{0} {1}", "{1} {0}", "Utfall {0} {1}", "{0}, {1}"]))  # fmt: skip
def test_ranges_of_months(first: int, more: int, dash: str, year: int, form: str) -> None:
    """Two months, whatever stands between them and wherever the year stands."""
    last = min(11, first + more)
    time = said(form.format(f"{_MONTHS[first]}{dash}{_MONTHS[last]}", year))
    assert (time.years, time.first, time.last) == ((year,), first + 1, last + 1)


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    """Whatever is in a cell says something or nothing."""
    time = time_of(normalise(text))
    assert time.last is None or 1 <= (time.first or 0) <= time.last <= 12


_WORDS = st.sampled_from(
    ["jan", "aug", "-", "/", "31", "1", "24", "2024", "t2", "kv", "3", "mån", "t.o.m.", "per", "år",
     "första", "halvåret", "202408", "31/8", "24-08-31", "00-00-00", "99", "§", "%", "ack", "2608"]
)  # fmt: skip


@given(st.lists(_WORDS, max_size=7).map(" ".join))
def test_no_mixture_raises(text: str) -> None:
    """Nor any mixture of what headings are made of."""
    time = time_of(normalise(text))
    assert time.last is None or 1 <= (time.first or 0) <= time.last <= 12
    assert all(1999 <= year < 2100 for year in (*time.years, *time.short))
    assert time.until is None or time.until > min(time.years)
