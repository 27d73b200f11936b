"""What headings of columns mean: every form of period and scenario that the documents use."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import strategies as st

from finsam_xl.periods import Period
from finsam_xl.sheets.period_headings import STATED, Meaning, meaning
from support.properties import given

_2019, _T2 = Period(2019), Period(2019, 2)
MEANINGS: dict[str, Meaning | None] = {
    # The forms of the documents.
    "Budget 2019": Meaning(_2019, "budget"),
    "Prognos 2019": Meaning(_2019, "forecast"),
    "Utfall 2021": Meaning(Period(2021), "outcome"),
    "Utfall t.o.m. T2": Meaning(None, "outcome_to_date"),
    "2020": Meaning(Period(2020), "bare"),
    "Plan 2026": Meaning(Period(2026), "plan"),
    "2005-2016 Utfall": Meaning(Period(2005, until=2016), "outcome"),
    "2005-2019 Summa": Meaning(Period(2005, until=2019), "other"),
    "Avvikelse utfall-budget": Meaning(None, "deviation"),
    "Avvikelse prognos-budget": Meaning(None, "deviation"),
    "Avvikelse %": Meaning(None, "percent"),
    "Per 19-08-31": Meaning(_T2, "outcome_to_date"),
    # The same in other offices' words.
    "2019 Budget": Meaning(_2019, "budget"),
    "BUDGET 2019": Meaning(_2019, "budget"),
    "Budget\n2019": Meaning(_2019, "budget"),
    "Budget 2019, tkr": Meaning(_2019, "budget"),
    "Budget 2019 (tkr)": Meaning(_2019, "budget"),
    "Budget år 2019": Meaning(_2019, "budget"),
    "Budget för 2019": Meaning(_2019, "budget"),
    "Budget\u00a02019": Meaning(_2019, "budget"),
    "Budget": Meaning(None, "budget"),
    "Helårsprognos 2019": Meaning(_2019, "forecast"),
    "Prognos helår 2019": Meaning(_2019, "forecast"),
    "Bokslut 2019": Meaning(_2019, "outcome"),
    "Redovisat 2019": Meaning(_2019, "outcome"),
    "Utfall T2 2019": Meaning(_T2, "outcome"),
    "Utfall t.o.m. T2 2019": Meaning(_T2, "outcome_to_date"),
    "Utfall tom T2 2019": Meaning(_T2, "outcome_to_date"),
    "Utfall t o m T2 2019": Meaning(_T2, "outcome_to_date"),
    "Ack. utfall 2019": Meaning(_2019, "outcome_to_date"),
    "Utfall ack T1 2019": Meaning(Period(2019, 1), "outcome_to_date"),
    "Ackumulerat utfall T2 2019": Meaning(_T2, "outcome_to_date"),
    "Utfall per 2019-08-31": Meaning(_T2, "outcome_to_date"),
    "Per 2019-04-30": Meaning(Period(2019, 1), "outcome_to_date"),
    "Per 2019-12-31": Meaning(_2019, "outcome_to_date"),
    "Differens": Meaning(None, "deviation"),
    "Avvikelse 2019": Meaning(_2019, "deviation"),
    "Avvikelse i procent": Meaning(None, "percent"),
    "%": Meaning(None, "percent"),
    "Procent": Meaning(None, "percent"),
    "Förbrukat %": Meaning(None, "percent"),
    "År 2020": Meaning(Period(2020), "bare"),
    "2019–2021": Meaning(Period(2019, until=2021), "bare"),
    "Utfall/Bokslut 2019": Meaning(_2019, "outcome"),
    "Totalt 2005-2019": Meaning(Period(2005, until=2019), "other"),
    # No headings of amounts.
    "": None,
    "Kommentar": None,
    "Lokalhyra": None,
    "Budgetansvarig": None,
    "Planering": None,
    "Person": None,
    "Operativ plan för samverkan": None,
    "Verksamhetsplan": None,
    "Summa intäkter": None,
    "Möte 2019": None,
    "Beslut 2019-11-22 § 14": None,
    "Budget 2019 antogs av styrelsen i november och gäller": None,
}  # fmt: skip


@pytest.mark.parametrize("text", MEANINGS)
def test_what_a_heading_means(text: str) -> None:
    """Period and scenario, or nothing for a text that heads no amounts."""
    assert meaning(text) == MEANINGS[text]


@pytest.mark.parametrize("month", range(1, 13))
def test_a_date_is_the_part_of_the_year_it_ends(month: int) -> None:
    """Ends of tertials are those tertials; every other day is only its year."""
    said = meaning(f"Per 2019-{month:02}-28")
    assert said is not None
    assert said.period == {4: Period(2019, 1), 8: Period(2019, 2)}.get(month, Period(2019))


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    """Whatever is in a cell has a meaning or none."""
    said = meaning(text)
    assert said is None or said.scenario in (*STATED, "deviation", "percent", "other")


_WORDS = st.sampled_from(
    ["Budget", "utfall", "PLAN", "t.o.m.", "T2", "per", "19-08-31", "2019", "2005-2016", "99-99-99",
     "2019-00-00", "%", "Avvikelse", "Summa", "-", "/", "\n", "ack", "T4", "20199", "2099", "2100",
     "2016-2005", "00-13-45", "tertial 3", "år", "\u00ad", "\u2212"]
)  # fmt: skip


@given(st.lists(_WORDS, max_size=6).map(" ".join))
def test_no_mixture_of_heading_words_raises(text: str) -> None:
    """Nor any mixture of the words, years, dates and marks that headings are made of."""
    said = meaning(text)
    period = Period.find(text)
    for one in (period, said.period if said else None):
        if one is not None:
            assert 2000 <= one.year < 2100
            assert one.tertial in (None, 1, 2, 3)
            assert one.last_day >= date(2000, 1, 1)
            assert str(one)
            assert 4 <= one.months <= 12
            assert one.until is None or one.until > one.year


@given(st.text(max_size=60))
def test_no_text_makes_a_period_raise(text: str) -> None:
    """A period is found or not."""
    period = Period.find(text)
    assert period is None or 2000 <= period.year < 2100


@given(
    st.integers(2000, 2099),
    st.sampled_from(["Budget", "Prognos", "Utfall", "Plan"]),
    st.sampled_from(["{0} {1}", "{1} {0}", "{0}\n{1}", " {0}  {1} ", "{0} {1}, tkr"]),
    st.sampled_from([str.upper, str.lower, str.title]),
)
def test_order_case_and_breaks_do_not_matter(year: int, word: str, form: str, case: object) -> None:
    """A year and a scenario mean the same however they are set."""
    assert callable(case)
    assert meaning(case(form.format(word, year))) == meaning(f"{word} {year}")


@given(st.integers(2000, 2098), st.integers(1, 99), st.sampled_from(["-", "–", " - ", " – ", "—"]))
def test_a_span_of_years_is_found(first: int, more: int, dash: str) -> None:
    """Two years with any dash between them are the span."""
    last = min(first + more, 2099)
    assert Period.find(f"Utfall {first}{dash}{last}") == Period(first, until=last)


@given(st.integers(2001, 2099), st.integers(1, 99))
def test_years_in_falling_order_are_no_span(first: int, less: int) -> None:
    """A span does not end before it begins."""
    last = max(first - less, 2000)
    assert Period.find(f"{first}-{last}") is None
