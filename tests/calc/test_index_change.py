"""The causes of a changed index sum to the change, and each is nothing where nothing changed."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from finsam_xl.calc.index_change import Year, change, index

_REACHED = st.one_of(st.none(), st.booleans())
_YEARS = st.dictionaries(
    st.sampled_from("abcdefgh"), st.builds(Year, st.integers(0, 10), _REACHED, _REACHED)
)


@given(_YEARS, _YEARS)
def test_the_causes_sum_to_the_change(before: dict[str, Year], after: dict[str, Year]) -> None:
    found = change(before, after)
    first, last = index(before.values()), index(after.values())
    if found is None:
        common = [n for n in before if n in after]
        assert (
            first is None
            or last is None
            or index([before[n] for n in common]) is None
            or not [
                n
                for n in common
                if before[n].reached is not None
                and before[n].weight > 0
                and after[n].reached is not None
                and after[n].weight > 0
            ]
        )
        return
    assert first is not None
    assert last is not None
    assert sum(found.parts) == last - first
    assert sum(found.by_outcome.values()) == found.outcomes


@given(_YEARS)
def test_nothing_changed(before: dict[str, Year]) -> None:
    after = {name: year._replace(was=year.reached) for name, year in before.items()}
    found = change(before, after)
    assert found is None or not any(found.parts)


def test_each_cause_by_hand() -> None:
    """Of 10 + 5 + 5 points 15 were reached: 75. A weight, a target, an outcome, a new one."""
    before = {"a": Year(10, True), "b": Year(5, False), "c": Year(5, True)}
    heavier = before | {"b": Year(10, False)}
    found = change(before, heavier)
    assert found is not None
    assert list(found.parts) == [0, Fraction(60) - 75, 0, 0]
    stricter = before | {"a": Year(10, False, was=False)}
    found = change(before, stricter)
    assert found is not None
    assert list(found.parts) == [0, 0, Fraction(25) - 75, 0]
    better = before | {"b": Year(5, True, was=False)}
    found = change(before, better)
    assert found is not None
    assert list(found.parts) == [0, 0, 0, 25]
    assert found.by_outcome == {"b": 25}
    more = before | {"d": Year(5, True)}
    found = change(before, more)
    assert found is not None
    assert list(found.parts) == [80 - 75, 0, 0, 0]
