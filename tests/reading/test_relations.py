"""What columns are calculated from: found in figures and formulas, whatever they are called."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from finsam_xl.model_budget import Amount
from finsam_xl.reading.column_formulas import relation
from finsam_xl.reading.columns import ColumnRead, RawColumn, read_columns
from finsam_xl.reading.pieces import Piece
from finsam_xl.reading.relations import Figures, How, Relation
from support.properties import given

_AMOUNTS = st.lists(
    st.tuples(st.integers(100, 90_000), st.integers(100, 90_000)), min_size=5, max_size=30
).filter(lambda rows: len({a - b for a, b in rows}) > 3 and all(abs(a - b) > 9 for a, b in rows))


def _columns(rows: list[tuple[int, int]], last: Callable[[int, int], Amount]) -> list[list[Amount]]:
    return [[a for a, _ in rows], [b for _, b in rows], [last(a, b) for a, b in rows]]


def _only(found: list[Relation]) -> Relation:
    assert len(found) == 1
    return found[0]


@given(_AMOUNTS)
def test_a_difference_is_found_and_which_way(rows: list[tuple[int, int]]) -> None:
    """Which of the two is taken from which is seen from the figures."""
    one = _only(list(Figures(_columns(rows, lambda a, b: a - b)).differences(2, (0, 1))))
    other = _only(list(Figures(_columns(rows, lambda a, b: b - a)).differences(2, (0, 1))))
    assert (one.of, other.of) == (((0, 1), (1, -1)), ((1, 1), (0, -1)))
    assert not one.turned


@given(_AMOUNTS, st.integers(1, 4))
def test_the_sense_may_turn_down_the_column(rows: list[tuple[int, int]], income: int) -> None:
    """Income first, then costs: better is positive on both."""
    columns = _columns(rows, lambda a, b: a - b)
    columns[2] = [
        amount if row < income else -(amount or 0) for row, amount in enumerate(columns[2])
    ]
    one = _only(list(Figures(columns).differences(2, (0, 1))))
    assert one.of == ((0, 1), (1, -1))
    assert one.turned


@given(_AMOUNTS, st.integers(0, 29), st.integers(1_000, 9_000))
def test_one_wrong_cell_hides_nothing(rows: list[tuple[int, int]], at: int, off: int) -> None:
    """One figure in five may be wrong."""
    columns = _columns(rows, lambda a, b: a - b)
    row = at % len(rows)
    columns[2][row] = (columns[2][row] or 0) + 200_000 + off
    assert _only(list(Figures(columns).differences(2, (0, 1)))).rows == len(rows) - 1


@given(st.lists(st.lists(st.integers(10, 9_000), min_size=6, max_size=6), min_size=2, max_size=12))
def test_a_sum_takes_all_its_parts(parts: list[list[int]]) -> None:
    """On its right as on its left, with every part."""
    assume(len({sum(row) for row in zip(*parts, strict=True)}) > 1)
    total = [sum(row) for row in zip(*parts, strict=True)]
    right = list(Figures([*parts, total]).sums(len(parts)))
    assert tuple((n, 1) for n in range(len(parts))) in [one.of for one in right]
    left = list(Figures([total, *parts]).sums(0))
    assert tuple((n + 1, 1) for n in range(len(parts))) in [one.of for one in left]


@given(st.integers(0, 10_000))
def test_chance_is_no_calculation(seed: int) -> None:
    """Figures that have nothing to do with each other are not said to have."""
    random = Random(seed)  # noqa: S311 (no secret)
    columns = [[random.randrange(1_000, 90_000) for _ in range(8)] for _ in range(8)]
    figures = Figures(columns)
    for target in range(8):
        assert not list(figures.differences(target, range(8)))
        assert not list(figures.sums(target))
        assert not list(figures.quotients(target, range(8)))
        assert not list(figures.shares(target))


@given(_AMOUNTS, st.sampled_from([1, 100]), st.sampled_from([1, 3]))
def test_a_quotient_is_found(rows: list[tuple[int, int]], scale: int, decimals: int) -> None:
    """As a fraction or in per cent, as finely as it is shown."""
    shown = decimals + (2 if scale == 1 else 0)

    def share(a: int, b: int) -> Amount:
        return Fraction(round(Fraction(a * scale, b) * 10**shown), 10**shown)

    found = [
        one.of
        for one in Figures(_columns(rows, share)).quotients(2, (0, 1))
        if one.how is How.QUOTIENT
    ]
    few = len({share(a, b) for a, b in rows}) < 3
    assert few or ((0, 1), (1, -1)) in found


def test_shares_of_a_column() -> None:
    """They make 1 or 100 together, with or without a total."""
    base: list[Amount] = [120, 300, 180, 600]
    fractions: list[Amount] = [Fraction(1, 5), Fraction(1, 2), Fraction(3, 10), 1]
    whole: list[Amount] = [20, 50, 30, 100]
    for shares in (whole, fractions):
        figures = Figures([base, shares])
        assert figures.is_share(1)
        assert [one.of for one in figures.shares(1)] == [((0, 1),)]
    assert not Figures([base, [20, 50, 31, 7]]).is_share(1)


@pytest.mark.parametrize(
    ("formulas", "how", "of"),
    [
        (("K6-J6", "K7-J7"), How.DIFFERENCE, ((1, 1), (0, -1))),
        (("F6-E6", "F7-E7", "E8-F8"), How.DIFFERENCE, ((3, 1), (2, -1))),
        (("SUM(J6:K6)", "SUM(J7:K7)"), How.SUM, ((0, 1), (1, 1))),
        (("J6+K6", "J7+K7"), How.SUM, ((0, 1), (1, 1))),
        (("J6/K6", "J7/K7"), How.QUOTIENT, ((0, 1), (1, -1))),
        (('IF(K6=0,"",J6/K6)', "IFERROR(J7/K7,0)"), How.QUOTIENT, ((0, 1), (1, -1))),
        (("(J6-K6)/K6", "(J7-K7)/K7"), How.CHANGE, ((0, 1), (1, -1))),
        (("ROUND(J6-K6,0)", "ROUND(J7-K7,0)"), How.DIFFERENCE, ((0, 1), (1, -1))),
        (("J6/J$20", "J7/J$20"), How.SHARE, ((0, 1),)),
    ],
)  # fmt: skip
def test_formulas_say_it(formulas: tuple[str, ...], how: How, of: object) -> None:
    """As sheets write them."""
    found = relation(9, formulas, {10: 0, 11: 1, 5: 2, 6: 3})
    assert found is not None
    assert (found.how, found.of, found.is_formula) == (how, of, True)


@pytest.mark.parametrize(
    "formula",
    ["SUM(J6:J9)", "J6-J7", "J6*2", "J6", "Blad2!J6-K6", "J6-Z6", "J6-K6-L6", "NOW()", "("],
)
def test_other_formulas_say_nothing_of_columns(formula: str) -> None:
    """Down a column, of other sheets and columns, or of nothing."""
    assert relation(9, (formula,) * 3, {10: 0, 11: 1, 12: 2}) is None


SYNONYMS = {
    "budget": ["Budget 2025", "Årsbudget 2025", "BUDG. 25", "Antagen budget 2025", "2025 budget",
               "Budget år 2025, tkr", "Bugdet 2025", "Budget\n2025"],
    "outcome_to_date": ["Utfall jan-aug 2025", "Utfall t.o.m. augusti 2025", "Ack. utfall T2 2025",
                        "Bokfört per 31/8 2025", "Utfall 8 mån 2025", "Actual YTD Aug 2025",
                        "Utfall 2025-08-31", "Ack utfall 202508"],
    "forecast": ["Prognos 2025", "Helårsprognos 2025", "Progn. 25", "Prognos aug 2025",
                 "Prognos helår 2025", "Outlook 2025", "Prognos T2 2025"],
    "deviation": ["Avvikelse prognos", "Avv. prognos-budget", "Diff", "Skillnad", "Zorp"],
}  # fmt: skip
FIGURES = {
    "budget": (8800, 100, 8900, 1500, 7000, 8500, 400),
    "outcome_to_date": (5867, 70, 5937, 990, 4100, 5090, 847),
    "forecast": (8800, 110, 8910, 1490, 6800, 8290, 620),
    "deviation": (0, 10, 10, 10, 200, 210, 220),
}
_PERIODS = {"outcome_to_date": "2025-T2"}


def _raw(number: int, heading: str, amounts: tuple[Amount, ...]) -> RawColumn:
    piece = Piece(heading, heading, False, False, 3, number)
    return RawColumn(number, (piece,), amounts, False, ("",) * len(amounts))


def _read(order: list[str], headings: dict[str, str]) -> dict[str, ColumnRead]:
    raw = [_raw(n, headings[name], FIGURES[name]) for n, name in enumerate(order, 2)]
    return dict(zip(order, read_columns(raw, (), "Blad1"), strict=True))


@given(
    st.fixed_dictionaries({name: st.sampled_from(words) for name, words in SYNONYMS.items()}),
    st.permutations(["budget", "outcome_to_date", "forecast"]),
)
def test_other_words_and_another_order_mean_the_same(
    headings: dict[str, str], order: list[str]
) -> None:
    """Renamed and moved, each column is what it was; the deviation also without a word."""
    read = _read([*order, "deviation"], headings)
    for name, one in read.items():
        assert one.scenario == name, one
        assert str(one.period) == _PERIODS.get(name, "2025"), one
    columns = [*order, "deviation"]
    assert {columns[index]: factor for index, factor in read["deviation"].of} == {
        "forecast": 1, "budget": -1,
    }  # fmt: skip
    assert read["deviation"].how == "favourable"


@given(st.text(max_size=20), st.integers(0, 4))
def test_a_column_nobody_understands_changes_no_other(heading: str, at: int) -> None:
    """Whatever it is called, and wherever it stands."""
    names = list(SYNONYMS)
    plain = {name: words[0] for name, words in SYNONYMS.items()}
    raw = [_raw(n, plain[name], FIGURES[name]) for n, name in enumerate(names, 2)]
    raw.insert(at, _raw(9, f"{heading} xyzzy", (7, 3, 9, 1, 4, 2, 8)))
    read = read_columns(raw, (), "Blad1")
    kept = [one for one in read if one.number != 9]
    assert [one.scenario for one in kept] == names
    assert all(one.period and one.period.year == 2025 for one in kept)


def test_a_wide_table_takes_no_time() -> None:
    """Forty columns of two hundred rows without a heading that anybody knows."""
    random = Random(1)  # noqa: S311 (no secret)
    raw = [
        _raw(n, f"Ort {n}x", tuple(Fraction(random.randrange(9_999), 10) for _ in range(200)))
        for n in range(2, 42)
    ]
    assert {one.scenario for one in read_columns(raw, ("Budget 2025",), "Blad1")} == {"other"}


def test_what_holds_in_equal_rows_holds_by_chance() -> None:
    """The same figures on every row: any of them may be made of others, and none need be."""
    figures = Figures([[15] * 9, [12] * 9, [27] * 9, [3] * 9])
    assert not list(figures.differences(3, (0, 1)))
    assert not list(figures.sums(2))
