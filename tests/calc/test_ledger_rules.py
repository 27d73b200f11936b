"""Which row takes which account: what may be typed, and who wins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_xl.calc.ledger_rules import ANY, NONE, Choice, Figure, Rule, is_year_end, placed
from finsam_xl.calc.ledger_sums import outcome

TYPED = [
    ("6010", {"6010", "60101"}, {"601", "6011", "7010"}),
    ("5010-5099, 5610", {"5010", "5055", "5099", "5610"}, {"5009", "5100", "5611"}),
    ("70", {"7010", "7090", "70"}, {"7110", "7", "6070"}),
    ("4*", {"4510", "40"}, {"5410"}),
    ("50-59, -5090", {"5010", "5999"}, {"5090", "6010"}),
    ("6-7", {"6010", "7999"}, {"5010", "8010"}),
    ("3*, -3511-3513", {"3510", "3520"}, {"3511", "3512", "3513"}),
    ("5010 5610", {"5010", "5610"}, {"5011"}),
    ("5010–5099; 561", {"5050", "5619"}, {"5620"}),
]


@pytest.mark.parametrize(("text", "inside", "outside"), TYPED, ids=[one[0] for one in TYPED])
def test_what_is_typed(text: str, inside: set[str], outside: set[str]) -> None:
    choice = Choice.parse(text)
    assert {a for a in inside | outside if choice.width(a) is not None} == inside


@pytest.mark.parametrize("text", ["", "hyra", "5099-5010", "5010-509", "P10", ",", "50x", "4**"])
def test_what_is_no_choice(text: str) -> None:
    with pytest.raises(ValueError):
        Choice.parse(text)


def rule(row: int, accounts: str = "", project: str = ANY, *, is_part: bool = False) -> Rule:
    return Rule(row, Choice.parse(accounts) if accounts else None, project, is_part)


ORDER = [
    rule(0, "5010", "P10"),
    rule(1, "50-59", "P10"),
    rule(2, project="P10"),
    rule(3, "5010"),
    rule(4, "5010-5019"),
    rule(5, "5"),
]
"""From the most particular to the least; each takes 5010 of P10."""


def test_the_most_particular_row_wins() -> None:
    figure = Figure("5010", "P10")
    for first in range(len(ORDER)):
        assert placed([figure], ORDER[first:][::-1]).row == {figure: first}


def test_rows_that_are_alike_are_a_persons_to_decide() -> None:
    figure = Figure("5010", "P10")
    found = placed([figure], [rule(1, "50"), rule(2, "50-51, -5090"), rule(3, "50, -6")])
    assert found.ties == {figure: (1, 3)}
    assert not found.row
    assert not found.unplaced


def test_no_project_is_a_choice_too() -> None:
    rules = [rule(1, "50", NONE), rule(2, "50")]
    own, other = Figure("5010", ""), Figure("5010", "P10")
    assert placed([own, other], rules).row == {own: 1, other: 2}


def test_a_project_takes_no_balance_accounts_and_only_named_ones_are_placed() -> None:
    debt = Figure("2440", "P10")
    assert not placed([debt], [rule(1, project="P10")]).row
    assert placed([debt], [rule(1, project="P10")]).unplaced == []
    assert placed([debt], [rule(1, project="P10"), rule(2, "244")]).row == {debt: 2}


def test_a_project_may_leave_accounts_out() -> None:
    kept, left = Figure("5010", "P10"), Figure("5090", "P10")
    found = placed([kept, left], [rule(1, "-5090", "P10")])
    assert (found.row, found.unplaced) == ({kept: 1}, [left])


def test_parts_stand_outside() -> None:
    figure = Figure("5010", "P10")
    found = placed([figure], [rule(1, "50"), rule(2, "5010", is_part=True)])
    assert (found.row, found.parts) == ({figure: 1}, {figure: (2,)})


@pytest.mark.parametrize("account", ["8999", "8991", "2099", "89990"])
def test_the_years_end(account: str) -> None:
    assert is_year_end(account)
    assert not is_year_end("8910")


_ACCOUNTS = st.from_regex(r"[1-8]\d{2,4}", fullmatch=True)
_FIGURES = st.builds(Figure, _ACCOUNTS, st.sampled_from(["", "P1", "P2"]))
_CHOICES = st.sampled_from(["", "5", "50", "5010", "5-6", "3, -35", "-5010", "2440", "19"])
_RULES = st.lists(
    st.tuples(_CHOICES, st.sampled_from([ANY, NONE, "P1", "P2"]), st.booleans()), max_size=6
).map(
    lambda told: [
        rule(n, accounts, project, is_part=is_part)
        for n, (accounts, project, is_part) in enumerate(told)
    ]
)


@given(st.dictionaries(_FIGURES, st.integers(-(10**9), 10**9)), _RULES, st.sets(_ACCOUNTS))
def test_every_figure_goes_to_exactly_one_place(
    sums: dict[Figure, int], rules: list[Rule], ignored: set[str]
) -> None:
    """Rows, unplaced, ignored and left out make the result together, whatever is typed."""
    result = sum(n for f, n in sums.items() if f.account[0] not in "12")
    found = outcome(sums, rules, ignored, result)
    tied = sum(sums[f] for f in found.ties if f.account[0] not in "12")
    rest = (found.unplaced, found.ignored, found.left_out)
    assert found.placed + sum(sum(one.values()) for one in rest) + tied == result
    assert found.is_whole or found.ties
    seen = [f for row, own in found.figures.items() if row in found.rows for f in own]
    assert len(seen) == len(set(seen))
