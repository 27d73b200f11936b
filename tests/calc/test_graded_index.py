"""The graded index: near misses count for what they are, and what must always hold."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import strategies as st

from finsam_xl.calc.graded_index import degree, degree_of, graded_index
from finsam_xl.calc.impact_index import index
from finsam_xl.calc.target_rules import reached
from finsam_xl.errors import InputError
from finsam_xl.model import Count, Outcome, RuleKind, TargetRule, Word
from support.properties import given


def rule(kind: RuleKind, limit: int | None = None, upper: int | None = None) -> TargetRule:
    """A target with plain numbers as limits."""
    low = None if limit is None else Fraction(limit)
    return TargetRule(kind, low, None if upper is None else Fraction(upper))


def of(number: int, base: int | None = None) -> Outcome:
    """``number`` of ``base``."""
    return Outcome(Count(Fraction(number), None if base is None else Fraction(base)))


def both(women: tuple[int, int | None], men: tuple[int, int | None]) -> Outcome:
    """Counts of women and men."""
    return Outcome(women=of(*women).total, men=of(*men).total)


AT_LEAST, AT_MOST = RuleKind.SHARE_AT_LEAST, RuleKind.SHARE_AT_MOST
BALANCE = rule(RuleKind.GENDER_BALANCE, 40, 60)
CASES: dict[str, tuple[TargetRule, Outcome, str | None]] = {
    "247 of 319 against 80 %": (rule(AT_LEAST, 80), of(247, 319), "24700/25520"),
    "77 of 247 to work against 35 %": (rule(AT_LEAST, 35), of(77, 247), "7700/8645"),
    "319 of 787 against 40 % is reached": (rule(AT_LEAST, 40), of(319, 787), "1"),
    "nobody": (rule(AT_LEAST, 80), of(0, 12), "0"),
    "a target of 0 is always reached": (rule(AT_LEAST, 0), of(0, 12), "1"),
    "51 of 319 against at most 15 %": (rule(AT_MOST, 15), of(51, 319), "26800/27115"),
    "at most 100 % is always reached": (rule(AT_MOST, 100), of(12, 12), "1"),
    "everyone against at most 20 %": (rule(AT_MOST, 20), of(12, 12), "0"),
    "87 of 93 against all": (rule(RuleKind.EVERYONE), of(87, 93), "87/93"),
    "39 women of 100": (BALANCE, both((39, None), (61, None)), "39/40"),
    "61 women of 100": (BALANCE, both((61, None), (39, None)), "39/40"),
    "only women": (BALANCE, both((9, None), (0, None)), "0"),
    "three of four against 35 to 65 %": (
        rule(RuleKind.SHARE_BETWEEN, 35, 65), of(3, 4), "5/7"),
    "one limit mirrors itself": (
        rule(RuleKind.GENDER_BALANCE, 40), both((70, None), (30, None)), "3/4"),
    "a gap of 30 points against 20": (
        rule(RuleKind.GENDER_GAP_AT_MOST, 20), both((90, 100), (60, 100)), "7/8"),
    "one success story of two": (rule(RuleKind.COUNT_AT_LEAST, 2), of(1), "1/2"),
    "five activities of four": (rule(RuleKind.COUNT_AT_LEAST, 4), of(5), "1"),
    "a mean of 2,5 against 3": (rule(RuleKind.MEAN_AT_LEAST, 3), of(25, 10), "5/6"),
    "half a per cent less against one": (rule(RuleKind.DECREASE_AT_LEAST, 1), of(199, 200), "1/2"),
    "a rise is no decrease": (rule(RuleKind.DECREASE_AT_LEAST, 1), of(201, 200), "0"),
    "lower than last year is whole": (rule(RuleKind.LOWER_THAN_LAST_YEAR), of(104, 105), "1"),
    "as high as last year is nothing": (rule(RuleKind.LOWER_THAN_LAST_YEAR), of(105, 105), "0"),
    "not lower, in a word": (
        rule(RuleKind.LOWER_THAN_LAST_YEAR), Outcome(word=Word.NOT_LOWER), "0"),
    "narrative delivered": (rule(RuleKind.REPORTED), Outcome(word=Word.REPORTED), "1"),
    "no narrative": (rule(RuleKind.REPORTED), of(0), "0"),
    "not measured": (rule(AT_LEAST, 80), Outcome(word=Word.NOT_MEASURED), None),
    "nothing given": (rule(AT_LEAST, 80), Outcome(), None),
    "no limit": (rule(AT_LEAST), of(5, 10), None),
    "0 of 0": (rule(AT_LEAST, 80), of(0, 0), None),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_degree(case: str) -> None:
    """How much of the weight an outcome gives."""
    asked, outcome, expected = CASES[case]
    assert degree(asked, outcome) == (None if expected is None else Fraction(expected))


def test_every_kind_is_graded() -> None:
    """No rule goes untried."""
    assert {asked.kind for asked, _, expected in CASES.values() if expected} == set(RuleKind)


def test_figure_alone() -> None:
    """As a cell gives it, in the unit of the limit."""
    assert degree_of(rule(AT_LEAST, 80), 77) == degree_of(rule(AT_MOST, 20), 23) == Fraction(77, 80)
    assert degree_of(rule(RuleKind.EVERYONE), 94) == Fraction(94, 100)
    assert degree_of(BALANCE, 75) == Fraction(25, 40)
    assert degree_of(rule(RuleKind.REPORTED), 1) == 1
    assert degree_of(rule(RuleKind.LOWER_THAN_LAST_YEAR), 104) is None
    assert degree_of(rule(AT_LEAST), 50) is None


def test_graded_index() -> None:
    """Half of 10, all of 6, a quarter not measured."""
    assert graded_index([10, 6, 4], [Fraction(1, 2), 1, None]) == Fraction(1100, 16)
    assert graded_index([], []) is graded_index([5], [None]) is graded_index([0], [1]) is None


@pytest.mark.parametrize(
    ("weights", "degrees", "said"),
    [([1, 2], [1], "2 vikter står mot 1 utfall"), ([5], [2], "graden 2"), ([-1], [1], "Vikten är −1"),
     ([5], [-1], "graden −1")],
    ids=["lengths", "degree above 1", "negative weight", "negative degree"],
)  # fmt: skip
def test_bad_input_says_the_remedy(weights: list[int], degrees: list[int], said: str) -> None:
    """With the row where there is one."""
    with pytest.raises(InputError, match=said) as raised:
        graded_index(weights, degrees)
    assert raised.value.remedy


limits = st.integers(0, 100)
counts = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@st.composite
def outcomes(draw: st.DrawFn) -> tuple[TargetRule, Outcome]:
    """A target of any kind and counts it can look at."""
    asked = TargetRule(draw(st.sampled_from(RuleKind)), Fraction(draw(limits)))
    if asked.kind is RuleKind.GENDER_BALANCE:
        asked = asked._replace(limit=Fraction(draw(st.integers(0, 50))))
    women, men, total = (of(*draw(counts)).total for _ in range(3))
    return asked, Outcome(total, women, men)


@given(outcomes())
def test_whole_degree_is_a_reached_target(case: tuple[TargetRule, Outcome]) -> None:
    """1 if and only if reached, otherwise from 0 up to 1."""
    found, answer = degree(*case), reached(*case)
    assert (found is None) == (answer is None)
    if found is not None:
        assert 0 <= found <= 1
        assert (found == 1) is answer


@given(counts, limits)
def test_at_most_is_at_least_of_the_others(count: tuple[int, int], limit: int) -> None:
    """The same target said the other way round gives the same degree."""
    number, base = count
    others = of(base - number, base)
    mirrored = degree(rule(AT_LEAST, 100 - limit), others)
    assert degree(rule(AT_MOST, limit), of(number, base)) == mirrored


@given(st.lists(st.tuples(st.integers(1, 10), outcomes()), min_size=1, max_size=12))
def test_graded_is_never_below_the_official(
    rows: list[tuple[int, tuple[TargetRule, Outcome]]],
) -> None:
    """It gives what the official gives, and more for each near miss."""
    weights = [weight for weight, _ in rows]
    official = index(weights, [reached(*case) for _, case in rows])
    graded = graded_index(weights, [degree(*case) for _, case in rows])
    assert (official is None) == (graded is None)
    if official is not None and graded is not None:
        assert official <= graded <= 100
