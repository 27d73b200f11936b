"""A formula in another cell: as openpyxl moves it, and there and back the same."""

from __future__ import annotations

import pytest
from hypothesis import assume
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator

from finsam_xl.address import a1
from finsam_xl.formulas.addends import parts
from finsam_xl.formulas.moving import OFF_THE_SHEET, moved
from finsam_xl.formulas.shapes import shape
from support.formula_texts import formulas
from support.properties import given

_places = st.tuples(st.integers(1, 300), st.integers(1, 60))


@given(formulas, _places, _places)
def test_moved_as_openpyxl_moves_it(
    formula: str, start: tuple[int, int], end: tuple[int, int]
) -> None:
    ours = moved(formula, start, end)
    assume(OFF_THE_SHEET not in ours)
    assert Translator("=" + formula, a1(*start)).translate_formula(a1(*end)) == "=" + ours


@given(formulas, _places, _places)
def test_moved_there_and_back(formula: str, start: tuple[int, int], end: tuple[int, int]) -> None:
    there = moved(formula, start, end)
    assume(OFF_THE_SHEET not in there)
    assert moved(there, end, start) == formula
    one, other = shape(formula, start), shape(there, end)
    assert (one and (one.form, one.skeleton)) == (other and (other.form, other.skeleton))


@given(st.lists(st.sampled_from(["B2", "$C4", "D$7", "B2:B9", "Plan!C3"]), min_size=1), _places)
def test_what_is_added_moves_along(cells: list[str], place: tuple[int, int]) -> None:
    formula = "SUM({})-B3".format(",".join(cells))
    theirs = Translator("=" + formula, "B2").translate_formula(a1(place[0] + 2, place[1] + 2))
    there = moved(formula, (2, 2), (place[0] + 2, place[1] + 2))
    found = parts(there)
    assert found is not None
    assert found == parts(theirs)
    assert len(found) == len(cells) + 1


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ("A1:INDEX(B:B,2)", "B2:INDEX(C:C,2)"),
        ("YTA2024*A1", "YTA2024*B2"),
        ('"A1"&A1', '"A1"&B2'),
        ("'A1'!A1+Tabell1[A1]", "'A1'!B2+Tabell1[A1]"),
        ("SUM($A$1:A1)", "SUM($A$1:B2)"),
        ("Blad1!A1:AB1!B2", "Blad1!B2:AB1!C3"),
        ("XFD1+A1048576", "#REF!+#REF!"),
        ("SUM(Blad2!A1048576)", "SUM(Blad2!#REF!)"),
        ("$XFD$1048576", "$XFD$1048576"),
        ("3:5", "4:6"),
    ],
)
def test_moved_one_down_and_right(formula: str, wanted: str) -> None:
    assert moved(formula, (1, 1), (2, 2)) == wanted


def test_moved_off_the_sheet_is_an_error() -> None:
    assert moved("A1+$A$1+B2", (2, 2), (1, 1)) == "#REF!+$A$1+A1"
