"""The Impactindex: worked figures of 2021 and what must always hold."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import strategies as st

from finsam_xl.calc.impact_index import Colour, colour, costliest, index, judge, ranks, unit_index
from finsam_xl.model import Count, Indicator, Outcome, RuleKind, TargetRule, Word
from finsam_xl.money import round_half_away
from support.properties import given

EIGHTY = TargetRule(RuleKind.SHARE_AT_LEAST, Fraction(80))


def indicator(
    number: str = "1.1.1",
    weight: int | None = 5,
    outcome: Outcome | None = None,
    judged: bool | None = None,
    rule: TargetRule | None = EIGHTY,
) -> Indicator:
    """An indicator whose area and goal are the first parts of its number."""
    area, goal, _ = number.split(".")
    return Indicator(
        number, "", area, f"{area}.{goal}", "", rule, weight, outcome or Outcome(), judged, "", "",
        "", {},
    )  # fmt: skip


def share(number: int, base: int) -> Outcome:
    """``number`` of ``base``."""
    return Outcome(Count(Fraction(number), Fraction(base)))


def points(achieved: int, maximum: int) -> tuple[list[int], list[bool | None]]:
    """Two weights that give so many points of so many."""
    return [achieved, maximum - achieved], [True, False]


PRINTED = {
    "the association, 114 of 177": (114, 177, 64, Colour.RED),
    "samhällsnytta, 28 of 68": (28, 68, 41, Colour.RED),
    "jämlik samverkan, 35 of 44": (35, 44, 80, Colour.GREEN),
    "deltagarnöjdhet, 22 of 26": (22, 26, 85, Colour.GREEN),
    "samordning, 13 of 18": (13, 18, 72, Colour.GREEN),
    "medarbetarnöjdhet, 16 of 21": (16, 21, 76, Colour.GREEN),
    "Bjurholm, 134 of 167": (134, 167, 80, Colour.GREEN),
    "Vännäs, 132 of 167": (132, 167, 79, Colour.GREEN),
    "Ungdomstorget, 117 of 167": (117, 167, 70, Colour.GREEN),
    "Robertsfors, 115 of 167": (115, 167, 69, Colour.ORANGE),
    "Vindeln and Vuxentorget, 103 of 167": (103, 167, 62, Colour.RED),
    "Nordmaling, 100 of 167": (100, 167, 60, Colour.RED),
    "64,5 is printed 65": (129, 200, 65, Colour.ORANGE),
    "69,5 is printed 70": (139, 200, 70, Colour.GREEN),
    "just below 69,5": (1389, 2000, 69, Colour.ORANGE),
    "just below 64,5": (1289, 2000, 64, Colour.RED),
    "everything": (10, 10, 100, Colour.GREEN),
    "nothing": (0, 10, 0, Colour.RED),
}


@pytest.mark.parametrize("case", PRINTED)
def test_printed_index_and_colour(case: str) -> None:
    """100 × achieved / maximum, and the colour of the whole number that is printed."""
    achieved, maximum, printed, mark = PRINTED[case]
    found = index(*points(achieved, maximum))
    assert found == Fraction(100 * achieved, maximum)
    assert round_half_away(found) == printed
    assert colour(found, target=70, near=65) is mark


def test_weight_is_all_or_nothing() -> None:
    """247 of 319 against 80 % gives nothing of a weight of 10, however near."""
    (near, reached) = (
        indicator("1.2.1", 10, share(247, 319)),
        indicator("1.1.1", 8, share(256, 319)),
    )
    found = unit_index("U", False, [near, reached])
    assert [j.points for j in found.judgements] == [0, 8]
    assert (found.total.achieved, found.total.maximum) == (8, 18)


def test_not_measured_leaves_both_sides() -> None:
    """2.2.1 was not in the questionnaire: neither achieved nor maximum."""
    missing = indicator("2.2.1", 10, Outcome(word=Word.NOT_MEASURED))
    found = unit_index("U", False, [indicator("2.1.1", 4, share(9, 10)), missing])
    assert (found.total.achieved, found.total.maximum, found.total.indicators) == (4, 4, 1)
    assert found.areas[0].goals == 2, "the goal is still a goal"
    assert found.judgements[1].points is None


def test_nothing_measured_has_no_index() -> None:
    """No index, not 0."""
    found = unit_index("U", False, [indicator(outcome=Outcome(word=Word.NOT_MEASURED))])
    assert found.total.impact_index is None
    assert found.share(found.areas[0]) is None
    assert index([5], [None]) is None
    assert index([], []) is None


def test_outcome_goes_before_a_typed_judgement() -> None:
    """A typed Ja does not help 77 %; without an outcome it stands."""
    contradicted = judge(indicator(outcome=share(77, 100), judged=True))
    assert (contradicted.reached, contradicted.calculated) == (False, True)
    typed = judge(indicator(judged=True))
    assert (typed.reached, typed.calculated) == (True, False)
    no_rule = judge(indicator(outcome=share(77, 100), judged=True, rule=None))
    assert (no_rule.reached, no_rule.calculated) == (True, False)


def test_areas_keep_their_order_and_shares_sum() -> None:
    """Areas in the order they appear; their parts of all points make 100 %."""
    found = unit_index(
        "U", False, [indicator(n, w, share(9, 10)) for n, w in
                     (("2.1.1", 5), ("1.1.1", 8), ("2.2.1", 3), ("3.1.1", 4))],
    )  # fmt: skip
    assert [area.name for area in found.areas] == ["2", "1", "3"]
    assert [area.maximum for area in found.areas] == [8, 8, 4]
    assert sum(found.share(area) or 0 for area in found.areas) == 100


def test_ties_share_rank() -> None:
    """2021: Bjurholm first, Vindeln and Vuxentorget share the fifth place."""
    assert ranks([80, 60, 62, 79, 69, 70, 62]) == [1, 7, 5, 2, 4, 3, 5]
    assert ranks([None, 5, None]) == [None, 1, None]


def test_costliest_first() -> None:
    """Misses by weight, equal ones in the order of the budget; unmeasured are no misses."""
    weights = [("1.1.1", 3), ("1.1.2", 9), ("1.1.3", 3), ("1.1.4", 10)]
    rows = [indicator(n, w, judged=False) for n, w in weights]
    rows += [indicator("1.1.5", 10, judged=True), indicator("1.1.6", 10)]
    found = costliest(unit_index("U", False, rows).judgements)
    assert [j.indicator.number for j in found] == ["1.1.4", "1.1.2", "1.1.1", "1.1.3"]


def test_different_lengths_are_refused() -> None:
    """A weight without a judgement is a mistake of the caller."""
    with pytest.raises(ValueError, match="zip"):
        index([1, 2], [True])


rows = st.lists(st.tuples(st.integers(1, 10), st.sampled_from([True, False, None])), max_size=40)
Rows = Sequence[tuple[int, bool | None]]


def of(pairs: Rows) -> Fraction | None:
    """The index of weights with judgements."""
    return index([weight for weight, _ in pairs], [answer for _, answer in pairs])


@given(rows)
def test_index_lies_between_0_and_100(pairs: Rows) -> None:
    """Always, and it is missing only when nothing was measured."""
    found = of(pairs)
    assert (found is None) == all(answer is None for _, answer in pairs)
    assert found is None or 0 <= found <= 100


@given(rows.flatmap(lambda pairs: st.tuples(st.just(pairs), st.permutations(pairs))))
def test_order_does_not_matter(both: tuple[Rows, Rows]) -> None:
    """The same indicators in another order give the same index."""
    assert of(both[0]) == of(both[1])


@given(rows, st.integers(1, 10), st.integers(0, 40))
def test_unmeasured_indicator_changes_nothing(pairs: Rows, weight: int, at: int) -> None:
    """Ej mätt leaves the index as it is, wherever it stands."""
    more = [*pairs[:at], (weight, None), *pairs[at:]]
    assert of(more) == of(pairs)


@given(rows, st.integers(0, 39))
def test_reaching_one_more_never_lowers(pairs: Rows, at: int) -> None:
    """A miss that becomes reached raises the index."""
    if at < len(pairs) and pairs[at][1] is False:
        before, after = of(pairs), of([*pairs[:at], (pairs[at][0], True), *pairs[at + 1 :]])
        assert before is not None
        assert after is not None
        assert after > before


@given(rows, st.integers(1, 1000))
def test_scaled_weights_give_the_same_index(pairs: Rows, times: int) -> None:
    """Only the proportions between weights count."""
    assert of([(weight * times, answer) for weight, answer in pairs]) == of(pairs)


@given(rows)
def test_whole_is_the_weighted_mean_of_its_areas(pairs: Rows) -> None:
    """Areas' points sum to the whole's, and the unit's index is the list's."""
    found = unit_index(
        "U", False, [indicator(f"{n % 3}.1.{n}", w, judged=a) for n, (w, a) in enumerate(pairs)]
    )
    assert found.total.impact_index == of(pairs)
    assert sum(area.maximum for area in found.areas) == found.total.maximum
    assert sum(area.achieved for area in found.areas) == found.total.achieved
    assert sum(area.indicators for area in found.areas) == found.total.indicators
    assert sum(area.goals for area in found.areas) == found.total.goals


@given(st.lists(st.one_of(st.none(), st.fractions(0, 100, max_denominator=9)), max_size=20))
def test_ranks_agree_with_the_values(values: list[Fraction | None]) -> None:
    """Higher value, better place; equal values, equal place; as many ahead as the place says."""
    places = ranks(values)
    assert len(places) == len(values)
    for value, place in zip(values, places, strict=True):
        assert (value is None) == (place is None)
        if value is not None:
            assert place == 1 + len([v for v in values if v is not None and v > value])


@given(st.fractions(0, 100), st.fractions(0, 100))
def test_higher_index_never_has_a_worse_colour(one: Fraction, other: Fraction) -> None:
    """Red, orange, green in that order."""
    order = [Colour.RED, Colour.ORANGE, Colour.GREEN]
    low, high = sorted((one, other))
    marks = [order.index(colour(value, target=70, near=65)) for value in (low, high)]
    assert marks == sorted(marks)
