"""Which indicator is which: each of both years once, and never two for one."""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_xl.calc.impact_index import unit_index
from finsam_xl.model import Count, Indicator, Outcome, RuleKind, TargetRule, UnitIndex
from finsam_xl.report.index_pairs import How, namesake, paired

_RULE = TargetRule(RuleKind.SHARE_AT_LEAST, Fraction(50))
_NAMES = st.sampled_from(["Till arbete", "Till arbeten", "Till studier", "Trygga", "Sedda", ""])
_NUMBERS = st.sampled_from(["1.1", "1.2", "2.1", "2.2", "Norr 1.1", "Syd 1.1"])
_ROWS = st.lists(st.tuples(_NUMBERS, _NAMES), max_size=6, unique_by=lambda row: row[0])


def _unit(rows: list[tuple[str, str]], name: str = "Team Ett") -> UnitIndex:
    indicators = [
        Indicator(
            number, text, "Område", "Mål", "", _RULE, 5, Outcome(Count(5, 10)), None, "", "", "",
            MappingProxyType({}),
        )
        for number, text in rows
    ]  # fmt: skip
    return unit_index(name, "förbund" in name, indicators)


@given(_ROWS, _ROWS)
def test_every_indicator_is_in_one_place(
    before: list[tuple[str, str]], after: list[tuple[str, str]]
) -> None:
    one, other = _unit(before), _unit(after)
    found = paired(one, other)
    for side, unit, left in (("before", one, found.gone), ("after", other, found.new)):
        placed = [id(getattr(pair, side)) for pair in found.pairs] + [id(j) for j in left]
        assert sorted(placed) == sorted(map(id, unit.judgements))
        maybe = [id(getattr(pair, side)) for pair in found.unsure]
        assert len(set(maybe)) == len(maybe)
        assert set(maybe) <= {id(j) for j in left}


@given(_ROWS)
def test_the_same_rows_are_the_same(rows: list[tuple[str, str]]) -> None:
    found = paired(_unit(rows), _unit(rows))
    assert [pair.how for pair in found.pairs] == [How.SAME] * len(rows)
    assert (found.gone, found.new, found.unsure) == ((), (), ())


@pytest.mark.parametrize(
    ("before", "after", "how"),
    [
        # One is put in before the others, which all get the next number.
        ([("1.1", "A"), ("1.2", "B")], [("1.1", "Ny"), ("1.2", "A"), ("1.3", "B")],
         [How.RENUMBERED, How.RENUMBERED]),
        # Two of one name: their numbers tell them apart, and where these are new nothing does.
        ([("1.1", "Kvinnor"), ("2.1", "Kvinnor")], [("1.1", "Kvinnor"), ("2.1", "Kvinnor")],
         [How.SAME, How.SAME]),
        ([("1.1", "Kvinnor"), ("2.1", "Kvinnor")], [("3.1", "Kvinnor"), ("4.1", "Kvinnor")], []),
        ([("1.1", "Andel i arbete")], [("1.1", "Andel i arbete.")], [How.SAME]),
        ([("1.1", "")], [("1.1", "Andel i arbete")], [How.RENAMED]),
        # Of another unit, where all units are one.
        ([("Norr 1.1", "Trygga")], [("Syd 1.1", "Trygga")], []),
    ],
)  # fmt: skip
def test_how_they_are_known(
    before: list[tuple[str, str]], after: list[tuple[str, str]], how: list[How]
) -> None:
    assert [pair.how for pair in paired(_unit(before), _unit(after)).pairs] == how


@pytest.mark.parametrize(
    ("name", "others", "same"),
    [
        ("Team Norr", ["Team Norr", "Team Söder"], "Team Norr"),
        ("2. Team Norr", ["1. Team Norr"], "1. Team Norr"),
        ("Bjurholm", ["Samordningsteamet Bjurholm"], "Samordningsteamet Bjurholm"),
        ("Norr", ["Team Norr", "Ungdom Norr"], None),
        ("Samordningsförbundet A", ["Samordningsförbundet A-B"], "Samordningsförbundet A-B"),
        ("Team Väst", ["Team Norr"], None),
    ],
)
def test_the_same_unit_another_year(name: str, others: list[str], same: str | None) -> None:
    found = namesake(_unit([], name), [_unit([], other) for other in others])
    assert (None if found is None else found.unit) == same
