"""Is a target reached, and how many were lacking: DOMAIN 6, with the figures of the documents."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import pytest
from hypothesis import strategies as st

from finsam_xl.calc.target_rules import (
    lacking,
    measured,
    reached,
)
from finsam_xl.model import Count, Outcome, RuleKind, TargetRule, Word
from support.properties import given


def of(number: float | str, base: int | None = None) -> Count:
    """``number`` of ``base`` persons."""
    return Count(Fraction(number), None if base is None else Fraction(base))


def rule(kind: RuleKind, limit: float | str | None = None, upper: int | None = None) -> TargetRule:
    """A target with plain numbers as limits."""
    low = None if limit is None else Fraction(limit)
    return TargetRule(kind, low, None if upper is None else Fraction(upper))


def both(women: Count, men: Count) -> Outcome:
    """An outcome for women and men."""
    return Outcome(women=women, men=men)


AT_LEAST = RuleKind.SHARE_AT_LEAST
AT_MOST = RuleKind.SHARE_AT_MOST
BALANCE = rule(RuleKind.GENDER_BALANCE, 40, 60)
BETWEEN = rule(RuleKind.SHARE_BETWEEN, 35, 65)
GAP = rule(RuleKind.GENDER_GAP_AT_MOST, 20)
LOWER = rule(RuleKind.LOWER_THAN_LAST_YEAR)


class Case(NamedTuple):
    """A target, an outcome, the answer and how many were lacking."""

    rule: TargetRule
    outcome: Outcome
    reached: bool | None
    lacking: int | None = None


CASES = {
    "247 of 319 is 77,4 % and misses 80 % by 9 persons": Case(
        rule(AT_LEAST, 80), Outcome(of(247, 319)), False, 9),
    "256 of 319 is the first that reaches 80 %": Case(rule(AT_LEAST, 80), Outcome(of(256, 319)), True),
    "255 of 319 is 79,9 %, printed 80 %, and misses": Case(
        rule(AT_LEAST, 80), Outcome(of(255, 319)), False, 1),
    "80 of 100 is exactly 80 % and reaches": Case(rule(AT_LEAST, 80), Outcome(of(80, 100)), True),
    "57 of 247 to studies misses 25 % by 5": Case(
        rule(AT_LEAST, 25), Outcome(of(57, 247)), False, 5),
    "77 of 247 to work misses 35 % by 10": Case(
        rule(AT_LEAST, 35), Outcome(of(77, 247)), False, 10),
    "one of twelve decides: 11 of 12 reaches 90 %": Case(
        rule(AT_LEAST, 90), Outcome(of(11, 12)), True),
    "nobody of ten": Case(rule(AT_LEAST, 80), Outcome(of(0, 10)), False, 8),
    "a limit of a third of 3": Case(rule(AT_LEAST, "100/3"), Outcome(of(1, 3)), True),
    "0 of 0 is not measured": Case(rule(AT_LEAST, 80), Outcome(of(0, 0)), None),
    "a count without its base is not measured": Case(rule(AT_LEAST, 80), Outcome(of(80)), None),
    "a share without a limit cannot be judged": Case(rule(AT_LEAST), Outcome(of(8, 10)), None),
    "20 of 100 dropouts is exactly at most 20 %": Case(rule(AT_MOST, 20), Outcome(of(20, 100)), True),
    "21 of 100 dropouts is 1 too many": Case(rule(AT_MOST, 20), Outcome(of(21, 100)), False, 1),
    "51 of 319 for health, at most 15 %, 4 too many": Case(
        rule(AT_MOST, 15), Outcome(of(51, 319)), False, 4),
    "no dropout at all": Case(rule(AT_MOST, 0), Outcome(of(0, 12)), True),
    "all 93 of 93": Case(rule(RuleKind.EVERYONE), Outcome(of(93, 93)), True),
    "87 of 93: one answer breaks it, six were lacking": Case(
        rule(RuleKind.EVERYONE), Outcome(of(87, 93)), False, 6),
    "4 women of 10 is balanced, exactly at the limit": Case(BALANCE, both(of(4), of(6)), True),
    "6 women of 10 is balanced, exactly at the limit": Case(BALANCE, both(of(6), of(4)), True),
    "39 women of 100 is not balanced": Case(BALANCE, both(of(39), of(61)), False),
    "61 women of 100 is not balanced": Case(BALANCE, both(of(61), of(39)), False),
    "382 women and 405 men are balanced": Case(BALANCE, both(of(382), of(405)), True),
    "88 women and 21 men are not": Case(BALANCE, both(of(88), of(21)), False),
    "balance with one limit mirrors it": Case(
        rule(RuleKind.GENDER_BALANCE, 40), both(of(61), of(39)), False),
    "11 of 22 are between 35 and 65 %": Case(BETWEEN, Outcome(of(11, 22)), True),
    "20 of 24 are above 65 %": Case(BETWEEN, Outcome(of(20, 24)), False),
    "a span with one end is not known": Case(
        rule(RuleKind.SHARE_BETWEEN, 35), Outcome(of(11, 22)), None),
    "no persons at all has no balance": Case(BALANCE, both(of(0), of(0)), None),
    "only women given is not measured": Case(BALANCE, Outcome(women=of(10)), None),
    "gap: 52 of 54 women (96) and 36 of 38 men (95)": Case(GAP, both(of(52, 54), of(36, 38)), True),
    "gap of exactly 20 points": Case(GAP, both(of(90, 100), of(70, 100)), True),
    "gap of a hair over 20 points": Case(GAP, both(of(901, 1000), of(70, 100)), False),
    "gap the other way round": Case(GAP, both(of(70, 100), of(901, 1000)), False),
    "gap without men's base": Case(GAP, both(of(9, 10), of(8)), None),
    "gap with no men": Case(GAP, both(of(9, 10), of(0, 0)), None),
    "two success stories of two": Case(rule(RuleKind.COUNT_AT_LEAST, 2), Outcome(of(2)), True),
    "one success story of two": Case(rule(RuleKind.COUNT_AT_LEAST, 2), Outcome(of(1)), False, 1),
    "four activities a year": Case(rule(RuleKind.COUNT_AT_LEAST, 4), Outcome(of(4)), True),
    "narrative delivered": Case(rule(RuleKind.REPORTED), Outcome(word=Word.REPORTED), True),
    "narrative not delivered": Case(rule(RuleKind.REPORTED), Outcome(word=Word.NOT_REPORTED), False),
    "one narrative counted": Case(rule(RuleKind.REPORTED), Outcome(of(1)), True),
    "no narrative counted": Case(rule(RuleKind.REPORTED), Outcome(of(0)), False),
    "lower than last year in a word": Case(LOWER, Outcome(word=Word.LOWER), True),
    "risen since last year in a word": Case(LOWER, Outcome(word=Word.NOT_LOWER), False),
    "lower than last year in figures": Case(LOWER, Outcome(of(104, 105)), True),
    "as high as last year is not lower": Case(LOWER, Outcome(of(105, 105)), False),
    "last year unknown": Case(LOWER, Outcome(of(105)), None),
    "mean exactly 3 on a scale of four": Case(rule(RuleKind.MEAN_AT_LEAST, 3), Outcome(of(3)), True),
    "mean 2,99": Case(rule(RuleKind.MEAN_AT_LEAST, 3), Outcome(of("2.99")), False),
    "one per cent less helårsekvivalenter": Case(
        rule(RuleKind.DECREASE_AT_LEAST, 1), Outcome(of(1)), True),
    "0,9 per cent less": Case(rule(RuleKind.DECREASE_AT_LEAST, 1), Outcome(of("0.9")), False),
    "not measured": Case(rule(AT_LEAST, 80), Outcome(word=Word.NOT_MEASURED), None),
    "a word that does not fit the rule": Case(rule(AT_LEAST, 80), Outcome(word=Word.REPORTED), None),
    "nothing given": Case(rule(AT_LEAST, 80), Outcome(), None),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_worked_case(case: str) -> None:
    """The answer and how many persons were lacking."""
    asked = CASES[case]
    assert reached(asked.rule, asked.outcome) is asked.reached
    assert lacking(asked.rule, asked.outcome) == asked.lacking


def test_every_kind_has_a_case_that_reaches_and_one_that_misses() -> None:
    """No rule goes untried."""
    for answer in (True, False):
        assert {c.rule.kind for c in CASES.values() if c.reached is answer} == set(RuleKind)


def test_figures_behind_the_answers() -> None:
    """What a rule looks at, in the unit of its limit."""
    assert measured(rule(AT_LEAST, 80), Outcome(of(247, 319))) == Fraction(24700, 319)
    assert measured(rule(RuleKind.GENDER_BALANCE, 40), both(of(4), of(6))) == 40
    gap = measured(rule(RuleKind.GENDER_GAP_AT_MOST, 20), both(of(52, 54), of(36, 38)))
    assert gap == abs(Fraction(5200, 54) - Fraction(3600, 38))
    assert measured(rule(RuleKind.COUNT_AT_LEAST, 2), Outcome(of(2))) == 2


def test_not_measured_is_never_reached_nor_missed() -> None:
    """Ej mätt leaves every rule without an answer."""
    for kind in RuleKind:
        assert reached(rule(kind, 50), Outcome(word=Word.NOT_MEASURED)) is None


limits = st.fractions(0, 100, max_denominator=1000)


@st.composite
def counts(draw: st.DrawFn) -> Outcome:
    """Some of some."""
    base = draw(st.integers(1, 2000))
    return Outcome(of(draw(st.integers(0, base)), base))


def _more(outcome: Outcome, persons: int) -> Outcome:
    assert outcome.total is not None
    return Outcome(outcome.total._replace(number=outcome.total.number + persons))


@given(counts(), limits)
def test_lacking_persons_are_exactly_enough(outcome: Outcome, limit: Fraction) -> None:
    """That many more reach the target, one fewer does not."""
    asked = TargetRule(AT_LEAST, limit)
    persons = lacking(asked, outcome)
    if persons is None:
        return
    assert persons > 0
    assert reached(asked, _more(outcome, persons)) is True
    assert reached(asked, _more(outcome, persons - 1)) is False


@given(counts(), limits)
def test_persons_too_many_are_exactly_enough(outcome: Outcome, limit: Fraction) -> None:
    """For "at most": that many fewer reach the target, one less fewer does not."""
    asked = TargetRule(AT_MOST, limit)
    persons = lacking(asked, outcome)
    if persons is None:
        return
    assert persons > 0
    assert reached(asked, _more(outcome, -persons)) is True
    assert reached(asked, _more(outcome, 1 - persons)) is False


@given(counts(), limits)
def test_one_more_never_loses_a_target(outcome: Outcome, limit: Fraction) -> None:
    """At least: more persons never turn reached into missed; at most: the other way."""
    before = reached(TargetRule(AT_LEAST, limit), outcome)
    after = reached(TargetRule(AT_LEAST, limit), _more(outcome, 1))
    assert not (before and not after)
    before = reached(TargetRule(AT_MOST, limit), outcome)
    after = reached(TargetRule(AT_MOST, limit), _more(outcome, 1))
    assert not (after and not before)


@given(counts(), limits)
def test_lacking_only_where_missed(outcome: Outcome, limit: Fraction) -> None:
    """A number of lacking persons and a missed target go together."""
    for kind in (AT_LEAST, AT_MOST, RuleKind.EVERYONE, RuleKind.COUNT_AT_LEAST):
        asked = TargetRule(kind, limit)
        assert (lacking(asked, outcome) is None) == (reached(asked, outcome) is True)


@given(counts(), counts())
def test_gap_is_symmetric(women: Outcome, men: Outcome) -> None:
    """Who is first does not matter, and nobody has a gap to themselves."""
    asked = rule(RuleKind.GENDER_GAP_AT_MOST, 20)
    turned = (
        Outcome(women=one.total, men=other.total) for one, other in ((women, men), (men, women))
    )
    assert len({measured(asked, outcome) for outcome in turned}) == 1
    assert measured(asked, Outcome(women=women.total, men=women.total)) == 0


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 50))
def test_balance_is_symmetric(women: int, men: int, limit: int) -> None:
    """Balance is the same question for both sexes."""
    asked = rule(RuleKind.GENDER_BALANCE, limit)
    assert reached(asked, both(of(women), of(men))) is reached(asked, both(of(men), of(women)))


@given(counts(), st.integers(1, 1000))
def test_same_share_same_answer(outcome: Outcome, times: int) -> None:
    """10 of 20 and 100 of 200 are one share."""
    assert outcome.total is not None
    assert outcome.total.base is not None
    larger = Outcome(Count(outcome.total.number * times, outcome.total.base * times))
    for kind in (AT_LEAST, AT_MOST, RuleKind.EVERYONE):
        asked = rule(kind, 80)
        assert reached(asked, outcome) is reached(asked, larger)
