"""Formulas that need each other: every ring once, and nothing where there is none."""

from __future__ import annotations

import time

import hypothesis.strategies as st
import pytest

from finsam_xl.address import a1, position
from finsam_xl.checks.rings import FormulaCell, rings
from finsam_xl.formulas.blocks import Area
from finsam_xl.model import Finding
from support.properties import given


def _area(text: str, sheet: str = "Blad1") -> Area:
    """A block as it is written: "B2:B5", or "Budget!B2"."""
    name, _, cells = text.rpartition("!")
    first, _, last = cells.partition(":")
    (top, left), (bottom, right) = position(first), position(last or first)
    return Area(sheet=name or sheet, top=top, left=left, bottom=bottom, right=right)


def _formulas(**cells: str) -> list[FormulaCell]:
    """Formula cells on Blad1, by address, and the blocks each looks at."""
    return [_formula("Blad1", cell, looks_at) for cell, looks_at in cells.items()]


def _formula(sheet: str, cell: str, looks_at: str) -> FormulaCell:
    areas = tuple(_area(text, sheet) for text in looks_at.split())
    return FormulaCell(sheet, *position(cell), f"={looks_at}", areas)


def _told(found: list[Finding]) -> list[tuple[str | None, list[str]]]:
    return [(f.cell, [ref.cell for ref in f.also]) for f in found]


def test_a_formula_that_looks_at_itself() -> None:
    """A sum that takes its own cell along: an error that says so."""
    (found,) = rings(_formulas(B6="B2:B6"))
    assert (found.severity, found.code, found.sheet, found.cell) == (
        "error", "cirkelreferens", "Blad1", "B6",
    )  # fmt: skip
    assert found.also == ()
    assert found.stated == "=B2:B6"
    assert found.message.startswith("Formeln i B6 räknar med sig själv.")


def test_two_formulas_that_need_each_other() -> None:
    """One finding at the first, the other beside it, and the way round."""
    (found,) = rings(_formulas(B2="C2", C2="B2"))
    assert _told([found]) == [("B2", ["C2"])]
    assert "B2 → C2 → B2" in found.message


def test_a_ring_over_two_sheets() -> None:
    """Places on other sheets are named with them; sheet names are the same in any case."""
    (found,) = rings([_formula("Budget", "B2", "plan!C3"), _formula("Plan", "C3", "BUDGET!B2")])
    assert [str(ref) for ref in found.also] == ["Plan!C3"]
    assert "B2 → Plan!C3 → B2" in found.message


def test_formulas_that_lead_to_a_ring_are_not_in_it() -> None:
    """What comes before and what comes after is left out."""
    found = list(rings(_formulas(A1="B2", B2="C2", C2="B2 D2", D2="E2")))
    assert _told(found) == [("B2", ["C2"])]


def test_two_rings_are_two_findings() -> None:
    """Also where a formula looks from one to the other."""
    found = list(rings(_formulas(B2="B3", B3="B2", C2="C3 B2", C3="C2")))
    assert _told(found) == [("B2", ["B3"]), ("C2", ["C3"])]


def test_a_long_ring_is_cut_short_in_words_only() -> None:
    """Six places and an ellipsis; the others are all among the places."""
    cells = {f"B{row}": f"B{row + 1}" for row in range(2, 11)} | {"B11": "B2"}
    (found,) = rings(_formulas(**cells))
    assert [ref.cell for ref in found.also] == [f"B{row}" for row in range(3, 12)]
    assert "B2 → B3 → B4 → B5 → B6 → B7 → …" in found.message


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"B2": "C2"},
        {"B2": "C2", "C2": "D2", "D2": "E2"},
        {"B2": "C2 D2", "C2": "D2", "D2": "E2:E9"},
        {"B6": "B2:B5", "B10": "B7:B9 B6", "C6": "B6"},
    ],
    ids=["none", "one", "chain", "diamond", "sums"],
)
def test_formulas_without_a_ring(cells: dict[str, str]) -> None:
    """Formulas that look at each other one way are what formulas are for."""
    assert not list(rings(_formulas(**cells)))


def test_the_same_cell_on_another_sheet_is_another() -> None:
    """Budget!B2 that looks at Plan!B2 looks at no formula of its own."""
    assert not list(rings([_formula("Budget", "B2", "Plan!B2"), _formula("Plan", "B2", "C2")]))


@given(st.lists(st.integers(0, 29), min_size=30, max_size=30))
def test_a_ring_is_found_exactly_where_there_is_one(targets: list[int]) -> None:
    """Every formula looks at one other: each ring, walked by hand, is found once."""
    wanted = set()
    for start in range(30):
        way = [start]
        while (target := targets[way[-1]]) not in way:
            way.append(target)
        wanted.add(frozenset(way[way.index(target) :]))
    cells = [
        _formula("Blad1", a1(number + 1, 2), a1(target + 1, 2))
        for number, target in enumerate(targets)
    ]
    found = list(rings(cells))
    places = [
        frozenset(position(str(cell))[0] - 1 for cell in (f.cell, *(ref.cell for ref in f.also)))
        for f in found
    ]
    assert len(places) == len(set(places))
    assert set(places) == wanted


def test_many_formulas_take_no_long_time() -> None:
    """Twenty thousand in one chain, each also summing a block: well within seconds."""
    cells = [_formula("Blad1", f"B{row}", f"B{row + 1} D1:D50") for row in range(1, 20_001)]
    begun = time.monotonic()
    assert not list(rings(cells))
    closed = [*cells, _formula("Blad1", "B20001", "B1")]
    assert len(list(rings(closed))) == 1
    assert time.monotonic() - begun < 20
