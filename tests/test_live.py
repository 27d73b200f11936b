"""Cells with our functions in files: what is stored in them against what they give now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from support.workbooks import with_its_results, workbook


def _found(folder: Path, formula: str, stored: Any) -> list[tuple[str, str | None, Any, Any]]:
    """The findings on a cell with one of our functions beside a table."""
    path = folder / "bok.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Blad 1")
        sheet.write_row("A1", ["Uppgift", "Värde", "Enhet"])
        sheet.write_row("A2", ["Utfall", 12610, "tkr"])
        sheet.write_row("A3", ["Budget", 14040, "tkr"])
        sheet.write_formula("F9", formula, None, stored)
    with workbook(with_its_results(path)) as opened:
        found = opened.check().findings
    return [(f.code, f.cell, f.stated, f.calculated) for f in found if f.cell == "F9"]


def test_a_result_that_is_still_right(tmp_path: Path) -> None:
    """14 040 less 12 610 is 1 430: nothing to say."""
    assert _found(tmp_path, "=FINSAM_AVVIKELSE(B2,B3)", 1430) == []


@pytest.mark.parametrize(
    "formula", ["=FINSAM_AVVIKELSE(B2,B3)", "=_xldudf_FINSAM_AVVIKELSE('Blad 1'!$B$2,B3)"]
)
def test_an_old_result(formula: str, tmp_path: Path) -> None:
    """The cell and both figures are named, however the host writes the function's name."""
    assert _found(tmp_path, formula, 1400) == [("levande-skiljer", "F9", 1400, 1430)]


def test_a_function_that_was_not_found(tmp_path: Path) -> None:
    """#NAMN? is told as what it is."""
    ((code, cell, stated, _),) = _found(tmp_path, "=FINSAM_AVVIKELSE(B2,B3)", "#NAME?")
    assert (code, cell, stated) == ("funktion-obunden", "F9", "#NAMN?")


@pytest.mark.parametrize(
    "formula",
    [
        "=TODAY()+FINSAM_AVVIKELSE(B2,B3)",
        "=FINSAM_AVVIKELSE(Namn,B3)",
        "=FINSAM_AVVIKELSE(OFFSET(B1,1,0),B3)",
    ],
)
def test_what_cannot_be_followed_is_left_to_excel(formula: str, tmp_path: Path) -> None:
    """A name, another function, or more than the call: no guess."""
    assert _found(tmp_path, formula, 5) == []


def test_an_error_that_is_right(tmp_path: Path) -> None:
    """Nothing by nothing is an error now as then."""
    assert _found(tmp_path, "=FINSAM_ANDEL(B2,0)", "#DIV/0!") == []
