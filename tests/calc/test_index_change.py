"""The causes of a changed index sum to the change, and each is nothing where nothing changed."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from finsam_xl.calc.index_change import Change, Year, change, index

_REACHED = st.one_of(st.none(), st.booleans())
_YEARS = st.dictionaries(
    st.sampled_from("abcdefgh"), st.builds(Year, st.integers(0, 10), _REACHED, _REACHED)
)
_BEFORE = {"a": Year(10, True), "b": Year(5, False), "c": Year(5, True)}
"""Of 10 + 5 + 5 points 15 were reached: 75."""


@given(_YEARS, _YEARS)
def test_the_causes_sum_to_the_change(before: dict[str, Year], after: dict[str, Year]) -> None:
    found = change(before, after)
    first, last = index(before.values()), index(after.values())
    if found is None:
        assert not any(before[n].counts and after[n].counts for n in before if n in after)
        return
    assert (found.before, found.after) == (first, last)
    assert sum(found.parts) == found.after - found.before


@given(_YEARS, _YEARS)
def test_only_what_changed_in_a_way_has_a_part_of_it(
    before: dict[str, Year], after: dict[str, Year]
) -> None:
    found = change(before, after)
    if found is None:
        return
    both = {n for n in before if n in after and before[n].counts and after[n].counts}
    assert set(found.weights) <= {n for n in both if before[n].weight != after[n].weight}
    assert set(found.targets) <= {
        n for n in both if after[n].was is not None and after[n].was is not before[n].reached
    }
    assert not set(found.measured) & both
    assert set(found.outcomes) <= both


@given(_YEARS)
def test_nothing_changed(before: dict[str, Year]) -> None:
    after = {name: year._replace(was=year.reached) for name, year in before.items()}
    found = change(before, after)
    assert found is None or not any(found.parts)


def _changed(after: dict[str, Year]) -> Change:
    found = change(_BEFORE, after)
    assert found is not None
    return found


def test_another_outcome() -> None:
    """Indicator b is reached: 20 of 20."""
    found = _changed(_BEFORE | {"b": Year(5, True)})
    assert list(found.parts) == [25, 0, 0, 0]
    assert found.outcomes == {"b": 25}


def test_another_target() -> None:
    """What a came to would not have reached the later year's target, nor does it now: 5 of 20."""
    found = _changed(_BEFORE | {"a": Year(10, False, was=False)})
    assert list(found.parts) == [0, 25 - 75, 0, 0]
    assert found.targets == {"a": -50}


def test_another_weight() -> None:
    """Of 25 points 10 are b's: 15 of 25 are 60."""
    found = _changed(_BEFORE | {"b": Year(10, False)})
    assert list(found.parts) == [0, 0, 60 - 75, 0]
    assert found.weights == {"b": -15}


def test_two_weights_that_even_each_other_out_are_both_told() -> None:
    """From 10 to 6 and from 5 to 3: 11 of 14; 4 × 25 ÷ 14 are lost, 2 × 75 ÷ 14 are won."""
    found = _changed(_BEFORE | {"a": Year(6, True), "b": Year(3, False)})
    assert found.weights == {"a": Fraction(-100, 14), "b": Fraction(150, 14)}
    assert found.after == Fraction(1100, 14)


def test_a_new_one_one_that_is_gone_and_one_that_is_not_measured() -> None:
    """Without c 10 of 15 are 66,7; with d 15 of 20 are 75."""
    assert _changed(_BEFORE | {"d": Year(5, True)}).measured == {"d": 80 - 75}
    gone = {"a": Year(10, True), "b": Year(5, False), "d": Year(5, True)}
    found = _changed(gone)
    assert list(found.parts) == [0, 0, 0, 0]
    assert found.measured == {"c": Fraction(200, 3) - 75, "d": 75 - Fraction(200, 3)}
    assert _changed(_BEFORE | {"c": Year(5, None)}).measured == {"c": Fraction(200, 3) - 75}


def test_years_that_have_nothing_in_common() -> None:
    assert change(_BEFORE, {"d": Year(5, True)}) is None
    assert change(_BEFORE, {name: Year(0, True) for name in _BEFORE}) is None
    assert change({}, _BEFORE) is None
