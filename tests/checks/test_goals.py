"""Goals and outcomes of indicators: counts per area, gaps in numbers, women and men."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest

from finsam_xl.model import AreaScore, Count, Indicator, Judgement, Outcome, Ref, UnitIndex
from support.counts import codes, found, table

GOALS = ["goal", "number", "indicators"]
INDEX = ["area", "goals", "indicators", "maximum", "achieved"]


def _goals(*rows: tuple[str, str, int | None]) -> list[tuple[str, str, str | None]]:
    index = table("impact_index", INDEX, [("Nytta", 2, 5, 30, 15)], title="Torget", sheet="Index")
    return codes(table("goals", GOALS, [("", "1 Nytta", None), *rows]), index)


def test_goals_and_indicators_of_an_area() -> None:
    assert _goals(("Arbete", "1.1", 2), ("Studier", "1.2", 3)) == []
    assert _goals(("Arbete", "1.1", 2), ("Studier", "1.2", 2)) == [
        ("warning", "mal-antal-avviker", "C4")
    ]
    assert _goals(("Arbete", "1.1", 2), ("Studier", "1.2", 4)) == [
        ("info", "mal-antal-avviker", "C4")
    ]
    assert _goals(("Arbete", "1.1", 5)) == [("warning", "mal-antal-avviker", "A4")]
    assert _goals(("Arbete", "1.1", 2), ("Studier", "1.2", None)) == []


def test_a_gap_in_the_numbers() -> None:
    goals = table("goals", GOALS, [("A", "1.1", 1), ("B", "1.2", 1), ("C", "1.4", 1)])
    (one,) = found(goals)
    assert (one.severity, one.code, one.cell, one.calculated) == (
        "info",
        "nummer-lucka",
        "A5",
        "1.3",
    )


@pytest.mark.parametrize(
    "numbers",
    [
        ("1.1", "1.2", "2.1", "2.2"),
        ("1.1", "1.4"),
        ("1", "2", "4"),
        ("1.1", "1.2", "1.20211231"),
        ("P41", "P44", "P47"),
        ("1.1", "1.2", "1." + "9" * 6000),
    ],
)
def test_no_gap(numbers: Sequence[str]) -> None:
    assert codes(table("goals", GOALS, [("A", number, 1) for number in numbers])) == []


def _indicator(number: str, name: str, outcome: Outcome, group: str = "Deltagare") -> Indicator:
    fields = ("number", "total_number", "women_number", "men_number", "total_base")
    places = {
        field: Ref("Social budget", f"{'ABCDE'[at]}{number[-1]}") for at, field in enumerate(fields)
    }
    return Indicator(
        number, name, "1 Nytta", "1.1", group, None, 1, outcome, None, "", "", "", places
    )


def _count(number: int, base: int | None = None) -> Count:
    return Count(Fraction(number), None if base is None else Fraction(base))


def _said(*indicators: Indicator) -> list[tuple[str, str, str | None]]:
    score = AreaScore("Totalt", 1, 1, 1, 1)
    judged = tuple(Judgement(one, reached=True, calculated=True) for one in indicators)
    unit = UnitIndex("Förbundet", True, (score,), score, judged)
    return [(f.severity, f.code, f.cell) for f in found(units=(unit,))]


def test_women_and_men_of_the_same_row() -> None:
    right = Outcome(_count(30, 40), _count(20, 25), _count(10, 15))
    assert _said(_indicator("1.1.1", "Nöjd", right)) == []
    wrong = Outcome(_count(31, 40), _count(20, 25), _count(10, 14))
    assert _said(_indicator("1.1.1", "Nöjd", wrong)) == [
        ("warning", "kon-summa-avviker", "B1"),
        ("warning", "kon-summa-avviker", "E1"),
    ]
    assert _said(_indicator("1.1.1", "Nöjd", right._replace(men=None))) == []


@pytest.mark.parametrize(
    ("total", "group", "name", "is_wrong"),
    [
        (29, "Deltagare", "Fått stöd för arbete", True),
        (30, "Deltagare", "Fått stöd för arbete", False),
        (31, "Deltagare", "Fått stöd för arbete", False),
        (10, "Deltagare", "Fått stöd för arbete", False),
        (29, "Personal", "Fått stöd för arbete", False),
        (29, "Deltagare", "Inte fått stöd", False),
        (29, "Deltagare", "Trivs", False),
    ],
)
def test_women_and_men_are_no_more_than_all_in_the_same_question(
    total: int, group: str, name: str, is_wrong: bool
) -> None:
    both = _indicator(
        "1.1.1", "Könsskillnad: fått stöd", Outcome(women=_count(20, 25), men=_count(10, 15))
    )
    whole = _indicator("1.1.2", name, Outcome(_count(total, 41)), group)
    expected = [("warning", "kon-fler-an-alla", "B2")] if is_wrong else []
    assert _said(both, whole) == expected


def test_a_gap_in_the_indicators() -> None:
    sound = Outcome(_count(1, 2))
    numbers = ("1.1.1", "1.1.2", "1.1.4")
    assert _said(*(_indicator(number, "A", sound) for number in numbers)) == [
        ("info", "nummer-lucka", "A4")
    ]
