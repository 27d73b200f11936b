"""The sentences that stand first in the reports, in each case they have."""

from __future__ import annotations

from fractions import Fraction

import pytest

from finsam_xl.report import answers
from finsam_xl.report.answers import Ending, Result


@pytest.mark.parametrize(
    ("result", "is_over", "told"),
    [
        (
            Result(-844, -2350, 1506), False,
            "Prognosen är 1 506 tkr bättre än budget: underskottet blir 844 i stället för 2 350.",
        ),
        (
            Result(300, 420, -120), False,
            "Prognosen är 120 tkr sämre än budget: överskottet blir 300 i stället för 420.",
        ),
        (
            Result(40, -60, 100), True,
            ("Utfallet är 100 tkr bättre än budget: det blev ett överskott på 40 i stället för "
            "ett underskott på 60."),
        ),
        (
            Result(0, 15, -15), False,
            ("Prognosen är 15 tkr sämre än budget: det blir ett resultat i balans i stället för "
            "ett överskott på 15."),
        ),
        (
            Result(-75, -75, 0), False,
            "Prognosen är som budget: det blir ett underskott på 75 tkr.",
        ),
        (Result(-75, None, None), False, "Enligt prognosen blir ett underskott på 75 tkr."),
        (Result(None, -75, None), False, "Prognosen för årets resultat är inte känd."),
        (Result(None, -75, None), True, ""),
        # What is shown decides, and not what is hidden by rounding.
        (
            Result(Fraction("-74.6"), Fraction("-75.4"), Fraction("0.4")), False,
            "Prognosen är som budget: det blir ett underskott på 75 tkr.",
        ),
    ],
)  # fmt: skip
def test_how_a_year_goes(result: Result, is_over: bool, told: str) -> None:
    assert answers.outlook(result, "tkr", is_over=is_over).replace("\u00a0", " ") == told


@pytest.mark.parametrize(
    ("years", "told"),
    [
        (
            [Ending(2024, 1665, Fraction("-914.6")), Ending(2025, 700, Fraction("50.4"))],
            "Eget kapital är över taket enligt trappan 2024 med 915 tkr; 2025 slutar med 700 tkr.",
        ),
        (
            [Ending(2023, 2096, -1346), Ending(2024, 1665, -915), Ending(2025, 1346, -596)],
            (
                "Eget kapital är över taket enligt trappan alla år, mest 2023 med 1 346 tkr; 2025 "
                "slutar med 1 346 tkr, 596 över."
            ),
        ),
        (
            [Ending(2024, 500, 250), Ending(2025, 400, 350)],
            "Eget kapital ryms under taket enligt trappan alla år; 2025 slutar med 400 tkr.",
        ),
        (
            [Ending(2024, 100, 650), Ending(2025, -40, 790)],
            "Eget kapital räcker inte 2025: 2025 slutar med −40 tkr.",
        ),
        (
            [Ending(2024, 100, None), Ending(2025, 90, 660)],
            (
                "Eget kapital ryms under taket enligt trappan 2025; taket 2024 är inte känt; 2025 "
                "slutar med 90 tkr."
            ),
        ),
        ([Ending(2024, 100, None)], "Eget kapital: 2024 slutar med 100 tkr."),
        ([Ending(2024, None, None)], ""),
    ],
)
def test_where_equity_goes(years: list[Ending], told: str) -> None:
    assert answers.equity(years, "tkr").replace("\u00a0", " ") == told


def test_a_plan_without_equity_says_so() -> None:
    told = answers.planned([(2025, 80), (2026, None), (2027, -1301)], "tkr")
    assert told.replace("\u00a0", " ") == (
        "Enligt planen blir det ett överskott på 80 tkr 2025 och ett underskott på 1 301 tkr 2027. "
        "Eget kapital är inte känt."
    )
    assert answers.planned([(2025, 0)], "tkr").startswith(
        "Enligt planen blir det ett resultat i balans 2025. "
    )
    assert answers.planned([(2025, None)], "tkr") == "Eget kapital är inte känt."


def test_the_budget_year_is_told_of_first() -> None:
    years = [Ending(2023, 2096, -1346), Ending(2024, 1665, -915), Ending(2025, 1346, -596)]
    assert answers.equity(years, "tkr", lead=2024).replace("\u00a0", " ") == (
        "Eget kapital är över taket enligt trappan alla år, 2024 med 915 tkr; 2025 slutar med "
        "1 346 tkr, 596 över."
    )


def test_who_pays() -> None:
    parts = [("staten", 5690000), ("regionen", 2845000), ("kommunerna", 2845002)]
    assert answers.fees(parts, "kr", 2).replace("\u00a0", " ") == (
        "Medlemmarna betalar 11 380 002 kr: staten 5 690 000, regionen 2 845 000 och kommunerna "
        "2 845 002. Det är 2 kr mer än potten."
    )
    assert answers.fees(parts, "kr", 0, 2021).startswith("År 2021 betalar medlemmarna 11")
    assert "potten" not in answers.fees(parts, "kr", 0)
    assert answers.fees([("staten", None), *parts[1:]], "kr", 0) == ""


def test_how_it_went() -> None:
    assert answers.people(319, 247, 77).replace("\u00a0", " ") == (
        "319 avslutade, 247 av dem (77 %) till en positiv lösning och 77 till arbete."
    )
    assert answers.people(0, 0, 0) == answers.people(319, None, 5) == ""
    assert answers.year_in_all(None, 5, "tkr") == ""


def test_who_came_and_who_remains() -> None:
    assert answers.flow(139, 124, 125, 125) == "139 nya och 124 avslutade under året; 125 är kvar."
    assert answers.flow(139, 124, 124, 125).endswith("124 är kvar. ▼ Det borde vara 125.")
    assert answers.flow(139, 124, 124, None).endswith("124 är kvar.")


@pytest.mark.parametrize(
    ("value", "units", "told"),
    [
        (64, (3, 7), "Index är 64, under målet 70; 3 av 7 når det. Mest förloras i Nytta."),
        (82, (0, 0), "Index är 82, över målet 70. Mest förloras i Nytta."),
        (Fraction("69.6"), (0, 0), "Index är 70, precis målet. Mest förloras i Nytta."),
        (None, (0, 0), "Inget är mätt, så det finns inget index."),
    ],
)
def test_the_index(value: Fraction | int | None, units: tuple[int, int], told: str) -> None:
    assert answers.index(value, 70, units, "Nytta") == told


def test_where_to_begin() -> None:
    assert answers.control(1, 3, 2, "Budget!B2") == "1 fel och 3 varningar: börja med Budget!B2."
    assert answers.control(0, 1, 0, "Budget!B2") == "1 varning: börja med Budget!B2."
    none = "Inget fel och ingen varning, men 2 upplysningar."
    assert answers.control(0, 0, 2, "Budget!B2") == none
