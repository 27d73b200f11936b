"""What each function answers, against the calculations themselves and the documents' figures."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from finsam_xl import policy
from finsam_xl.calc import (
    balanskrav,
    cost_split,
    deviation,
    equity,
    fees,
    forecast,
    gender,
    graded_index,
    impact_index,
    shares,
    target_rules,
    wilson,
)
from finsam_xl.model import Count, Outcome, RuleKind, TargetRule
from support.cells import call, same

DAY = date(2021, 12, 31)
VALUE, NA, DIV0 = "#VÄRDEFEL!", "#SAKNAS!", "#DIVISION/0!"
AMOUNTS = [
    (12610, 14040),
    (11577, 11540),
    (0, 5),
    (33.5, 0),
    (None, 3),
    (3, None),
]


@pytest.mark.parametrize(("outcome", "budget"), AMOUNTS)
def test_deviations_are_the_calculations(outcome: Any, budget: Any) -> None:
    exact = [None if v is None else Fraction(str(v)) for v in (outcome, budget)]
    for word, sign, income in (
        (None, "positive-costs", False),
        ("kostnad", "positive-costs", False),
        ("intäkt", "positive-costs", True),
        ("resultat", "positive-costs", True),
        ("med tecken", "signed", False),
    ):
        more = deviation.deviation(exact[0], exact[1], sign, income)
        assert same(call("FINSAM_AVVIKELSE", outcome, budget, word).value, more)
        percent = deviation.deviation_percent(more, exact[1])
        assert same(call("FINSAM_AVVIKELSE_PROCENT", outcome, budget, word).value, percent)


def test_shares_and_ratios() -> None:
    for name in ("FINSAM_ANDEL", "FINSAM_SOLIDITET"):
        assert str(call(name, 5, 0).value) == DIV0
        assert call(name, None, 0).value is None
        assert call(name, 0, 5).value == 0
    assert same(call("FINSAM_ANDEL", 247, 319).value, shares.share(247, 319))
    assert same(call("FINSAM_SOLIDITET", 1800, 6540).value, equity.equity_ratio(1800, 6540))


@pytest.mark.parametrize(
    ("word", "name"), [(None, "largest_remainder"), ("var för sig", "half_up")]
)
def test_fees_are_the_calculations(word: str | None, name: str) -> None:
    keys = [82.93, 5.13, 3.98, 3.74, 2.93, 1.29]
    found = fees.fees([Fraction(str(key)) for key in keys], 2845000, name)
    expected = tuple((share.fee,) for share in found)
    assert same(call("FINSAM_AVGIFT", [[key] for key in keys], 2845000, word).value, expected)
    texts = [[f"{key} %".replace(".", ",")] for key in keys]
    assert same(call("FINSAM_AVGIFT", texts, 2845000, word).value, expected)


def test_fees_without_a_pot_or_a_key() -> None:
    assert same(call("FINSAM_AVGIFT", [[1], [2]], None).value, ((None,), (None,)))
    for keys in ([[1], [None]], [[1], [-1]], [[0], [0]], [["x"], [1]]):
        assert str(call("FINSAM_AVGIFT", keys, 100).value) == VALUE


@pytest.mark.parametrize("word", ["stat", "region", "kommuner"])
def test_financing_is_the_calculation(word: str) -> None:
    party = {"stat": "state", "region": "region", "kommuner": "municipalities"}[word]
    expected = fees.financing(11450, party, policy.membership_fees(DAY))
    assert same(call("FINSAM_FINANSIERING", 11450, word).value, expected)
    assert call("FINSAM_FINANSIERING", None, word).value is None


def test_forecasts_by_name() -> None:
    assert same(call("FINSAM_PROGNOS", 800, 8).value, forecast.straight_line(800, 8))
    assert call("FINSAM_PROGNOS", 800, 8, 1500).value == 1200
    assert call("FINSAM_PROGNOS", 800, 8, 1500, "rak").value == 1200
    assert call("FINSAM_PROGNOS", 800, 8, 1500, "Återstående budget").value == 1300
    assert call("FINSAM_PROGNOS", 800, 8, None, "återstående budget").value is None
    pattern = call("FINSAM_PROGNOS", 800, 8, None, "förra årets mönster", 600, 1000).value
    assert same(pattern, forecast.last_year_pattern(800, 600, 1000))
    assert call("FINSAM_PROGNOS", 800, None).value is None
    for months in (0, 13, 7.5, -1, "åtta"):
        assert str(call("FINSAM_PROGNOS", 800, months).value) == VALUE


@pytest.mark.parametrize("amount", [0, 3752, 7000, 11380, 15000])
def test_ceiling_is_the_calculation(amount: int) -> None:
    expected = equity.ceiling(amount, policy.equity(DAY))
    assert same(call("FINSAM_TRAPPA", amount).value, expected)
    assert same(call("FINSAM_TRAPPA", amount, DAY).value, expected)


def test_no_ceiling_is_guessed() -> None:
    for amount in (15000.5, 15001, 900_000):
        answer = call("FINSAM_TRAPPA", amount)
        assert str(answer.value) == NA
        assert answer.reasons == ("regel saknas – fyll i",)
    assert str(call("FINSAM_TRAPPA", -1).value) == VALUE
    assert call("FINSAM_TRAPPA", None).value is None


def test_balanskrav_is_the_calculation() -> None:
    posts = [100, 40, 0, 0, 5, 0, 10, None]
    expected = balanskrav.balanskravsresultat(posts)
    assert same(call("FINSAM_BALANSKRAV", [posts]).value, expected)
    assert same(call("FINSAM_BALANSKRAV", [[post] for post in posts]).value, expected)
    for wrong in (posts[:7], [None, *posts[1:]], [100, -40, *posts[2:]], 100):
        answer = call("FINSAM_BALANSKRAV", [wrong] if isinstance(wrong, list) else wrong)
        assert str(answer.value) == VALUE


def test_cost_of_each_class() -> None:
    amounts = [57, 1488, None, 85]
    classes = ["Administration", "Administration 30 %; Struktur 70 %", "Struktur", None]
    ranges = [[a] for a in amounts], [[c] for c in classes]
    for name in ("Administration", "struktur"):
        expected = cost_split.class_cost(amounts, classes, name)
        assert same(call("FINSAM_KOSTNADSSLAG", *ranges, name).value, expected)
    spilled = call("FINSAM_KOSTNADSSLAG", *ranges, [["Administration", "Struktur"]]).value
    assert same(spilled, ((503.4, 1041.6),))
    assert "Struktur" in call("FINSAM_KOSTNADSSLAG", *ranges, "Annat").reasons[0]
    assert str(call("FINSAM_KOSTNADSSLAG", *ranges, None).value) == VALUE
    assert str(call("FINSAM_KOSTNADSSLAG", ranges[0], 7, "Struktur").value) == VALUE


RULES = [
    (("Andel minst", "80 %", 247, 319), TargetRule(RuleKind.SHARE_AT_LEAST, Fraction(80)),
     Outcome(Count(Fraction(247), Fraction(319)))),
    (("Andel minst", 0.8, 256, 319), TargetRule(RuleKind.SHARE_AT_LEAST, Fraction(80)),
     Outcome(Count(Fraction(256), Fraction(319)))),
    (("Andel högst", 20, 3, 12), TargetRule(RuleKind.SHARE_AT_MOST, Fraction(20)),
     Outcome(Count(Fraction(3), Fraction(12)))),
    (("Alla", None, 12, 12), TargetRule(RuleKind.EVERYONE),
     Outcome(Count(Fraction(12), Fraction(12)))),
    (("Antal minst", 2, 2, None), TargetRule(RuleKind.COUNT_AT_LEAST, Fraction(2)),
     Outcome(Count(Fraction(2)))),
    (("Lägre än föregående år", None, 90, 91), TargetRule(RuleKind.LOWER_THAN_LAST_YEAR),
     Outcome(Count(Fraction(90), Fraction(91)))),
    (("Medelvärde minst", 3, 3.2, None), TargetRule(RuleKind.MEAN_AT_LEAST, Fraction(3)),
     Outcome(Count(Fraction("3.2")))),
    (("Könsskillnad högst", 20, 24, 26, 13, 16),
     TargetRule(RuleKind.GENDER_GAP_AT_MOST, Fraction(20)),
     Outcome(women=Count(Fraction(24), Fraction(26)), men=Count(Fraction(13), Fraction(16)))),
    (("Jämn könsfördelning", "40–60 %", 4, None, 6, None),
     TargetRule(RuleKind.GENDER_BALANCE, Fraction(40), Fraction(60)),
     Outcome(women=Count(Fraction(4)), men=Count(Fraction(6)))),
    (("Jämn könsfördelning", "40–60 %", 81, 88),
     TargetRule(RuleKind.GENDER_BALANCE, Fraction(40), Fraction(60)),
     Outcome(women=Count(Fraction(81)), men=Count(Fraction(7)))),
]  # fmt: skip


@pytest.mark.parametrize(("raws", "rule", "outcome"), RULES, ids=lambda part: str(part)[:30])
def test_targets_are_the_calculations(raws: Any, rule: TargetRule, outcome: Outcome) -> None:
    assert call("FINSAM_UPPNATT", *raws).value is target_rules.reached(rule, outcome)


@pytest.mark.parametrize(
    ("raws", "answer"),
    [
        (("Andel minst", "80 %", "80 %", None), True),
        (("Andel minst", "80 %", 0.79, None), False),
        (("Redovisad", None, "redovisad", None), True),
        (("Redovisad", None, True, None), True),
        (("Redovisad", None, "nej", None), False),
        (("Lägre än föregående år", None, "minskat", None), True),
        (("≥ 80 %", None, 8, 10), True),
        (("Andel minst", "80 %", None, None), NA),
        (("Andel minst", "80 %", "Ej mätt", None), NA),
        (("Andel minst", "80 %", "#SAKNAS!", 10), NA),
        (("Andel minst", "80 %", 0, 0), NA),
        ((None, None, None, None), None),
        ((None, "80 %", 5, 10), VALUE),
        (("Bra nog", "80 %", 5, 10), VALUE),
        (("Andel minst", None, 5, 10), VALUE),
        (("Andel minst", "180 %", 5, 10), VALUE),
        (("Andel minst", "80 %", 11, 10), VALUE),
        (("Andel minst", "80 %", 11, None), VALUE),
        (("Andel minst", "80 %", 5, -10), VALUE),
        (("Antal minst", 2, -1, None), VALUE),
        (("Könsskillnad högst", 20, "50 %", None), VALUE),
        (("Könsskillnad högst", 20, 27, 26, 13, 16), VALUE),
    ],
)
def test_targets_as_people_write_them(raws: Any, answer: Any) -> None:
    value = call("FINSAM_UPPNATT", *raws).value
    assert value is answer or str(value) == answer


def test_targets_down_a_social_budget_feed_the_index() -> None:
    rules = [["Andel minst"], ["Andel minst"], ["Redovisad"], ["Andel minst"]]
    limits = [["80 %"], [0.8], [None], [0.8]]
    reached = call(
        "FINSAM_UPPNATT", rules, limits, [[247], [9], ["ja"], [None]], [[319], [10], [None], [None]]
    )
    assert same(reached.value, ((False,), (True,), (True,), (NA,)))
    expected = impact_index.index([10, 8, 4, 5], [False, True, True, None])
    assert same(call("FINSAM_IMPACTINDEX", [[10], [8], [4], [5]], reached.value).value, expected)


def test_the_index_of_nothing_and_of_rows_without_weight() -> None:
    assert str(call("FINSAM_IMPACTINDEX", [[10], [8]], [[None], [None]]).value) == NA
    assert call("FINSAM_IMPACTINDEX", [[10], [None]], [[True], [None]]).value == 100
    for weights, reached in (
        ([[10], [None]], [[True], [False]]),
        ([[-1]], [[True]]),
        (5, [[1], [1]]),
    ):
        assert str(call("FINSAM_IMPACTINDEX", weights, reached).value) == VALUE
    assert call("FINSAM_IMPACTINDEX", 5, True).value == 100


def test_graded_index_is_the_calculation() -> None:
    share = TargetRule(RuleKind.SHARE_AT_LEAST, Fraction(80))
    most = TargetRule(RuleKind.SHARE_AT_MOST, Fraction(20))
    degrees = [graded_index.degree_of(share, 77), graded_index.degree_of(most, 23), None]
    expected = graded_index.graded_index([10, 6, 4], degrees)
    weights, rules = [[10], [6], [4]], [["Andel minst"], ["Andel högst"], ["Andel minst"]]
    limits = [["80 %"], [0.2], ["80 %"]]
    for outcomes in (
        [["77 %"], [0.23], [None]],
        [[0.77], ["23 %"], ["Ej mätt"]],
        [[77], [23], [None]],
    ):
        assert same(call("FINSAM_GRADERAT_INDEX", weights, outcomes, limits, rules).value, expected)
    assert str(call("FINSAM_GRADERAT_INDEX", weights, [[None]] * 3, limits, rules).value) == NA
    for wrong in ([[None], [6], [4]], [[-1], [6], [4]], 5):
        answer = call("FINSAM_GRADERAT_INDEX", wrong, [[77], [23], [1]], limits, rules)
        assert str(answer.value) == VALUE
    whole = call("FINSAM_GRADERAT_INDEX", [[5], [5]], [["redovisad"], [False]], None, "Redovisad")
    assert whole.value == 50


def test_a_gap_is_in_points_unless_its_limit_is_of_one() -> None:
    alone = call("FINSAM_GRADERAT_INDEX", 10, 60, [[20], [30]], "Könsskillnad högst")
    assert alone.reasons == (
        "Gränser och regler är fler än utfallen. Markera lika många rader av alla.",
    )
    points = call("FINSAM_GRADERAT_INDEX", 10, 60, 20, "Könsskillnad högst").value
    assert points == 50
    assert call("FINSAM_GRADERAT_INDEX", 10, 0.6, 0.2, "Könsskillnad högst").value == 50


@pytest.mark.parametrize(
    ("raws", "colour"),
    [
        ((70,), "grön"), ((69.5,), "grön"), ((69.4,), "orange"), ((65,), "orange"), ((64.4,), "röd"),
        (("64 %",), "röd"), ((None,), None), ((50, 50), "grön"), ((50, 60, 45), "orange"),
        (("#SAKNAS!",), NA), (("bra",), VALUE),
    ],
)  # fmt: skip
def test_colours(raws: Any, colour: Any) -> None:
    value = call("FINSAM_FARG", *raws).value
    assert value is colour or str(value) == colour


def test_women_and_men_are_the_calculations() -> None:
    assert call("FINSAM_JAMN", 4, 6).value is gender.is_balanced(4, 6, limit=40)
    assert call("FINSAM_JAMN", 81, 7).value is False
    assert call("FINSAM_JAMN", 3, 7, 0.3).value is True
    assert call("FINSAM_JAMN", None, 7).value is None
    assert str(call("FINSAM_JAMN", 0, 0).value) == NA
    assert str(call("FINSAM_JAMN", -1, 3).value) == VALUE
    expected = gender.gap_points(24, 26, 13, 16)
    assert same(call("FINSAM_KONSGAP", 24, 26, 13, 16).value, expected)
    assert call("FINSAM_KONSGAP", 24, None, 13, 16).value is None
    assert str(call("FINSAM_KONSGAP", 0, 0, 13, 16).value) == NA
    assert str(call("FINSAM_KONSGAP", 27, 26, 13, 16).value) == VALUE


def test_intervals_are_the_calculations() -> None:
    for typed, confidence in (
        (None, Fraction(95, 100)),
        (0.9, Fraction(9, 10)),
        ("90 %", Fraction(9, 10)),
    ):
        low, high = wilson.wilson(247, 319, confidence)
        assert same(call("FINSAM_INTERVALL", 247, 319, typed).value, ((low, high),))
    assert call("FINSAM_INTERVALL", None, 319).rows == ((None, None),)
    assert str(call("FINSAM_INTERVALL", 0, 0).value) == NA
    for raws in ((13, 12), (-1, 12), (1, 0), (1, 12, 1)):
        assert str(call("FINSAM_INTERVALL", *raws).value) == VALUE
