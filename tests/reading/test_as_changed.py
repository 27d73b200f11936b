"""A workbook as it is once cells are changed: what her own formulas then show."""

from __future__ import annotations

from typing import Any

from finsam_xl.model import Ref
from finsam_xl.reading.as_changed import with_cells
from finsam_xl.sheets.grid import Grid
from support.typed_sheets import F, grid


def _shown(found: Grid, sheet: str) -> list[Any]:
    return [cell.value for _, cell in sorted(found.sheet(sheet).cells.items())]


def test_formulas_on_other_sheets_follow() -> None:
    """Also through a third sheet, and back to the first."""
    found = grid(
        ("Budget 2026", [[1], [2], [F("SUM(A1:A2)", 3)], [F("Plan!A2", 6)]]),
        ("Plan", [[F("'Budget 2026'!A3", 3)], [F("A1*2", 6)]]),
        ("Årets tal", [[F("Plan!A2+1", 7)]]),
    )
    changed = with_cells(found, {Ref("Budget 2026", "A2"): 9})
    assert _shown(changed, "Budget 2026") == [1, 9, 10, 20]
    assert _shown(changed, "Plan") == [10, 20]
    assert _shown(changed, "Årets tal") == [21]


def test_what_is_no_plain_arithmetic_shows_what_it_did() -> None:
    """And what already showed something else than its arithmetic gives."""
    found = grid(
        ("Ida's", [[1], [F("VLOOKUP(A1,A1:B2,1)", 1)]]),
        ("Plan", [[F("'Ida''s'!A1", 1)], [F("'Ida''s'!A1", 4)], [F("Annat!A1", 5)]]),
    )
    changed = with_cells(found, {Ref("Ida's", "A1"): 2})
    assert _shown(changed, "Ida's") == [2, 1]
    assert _shown(changed, "Plan") == [2, 4, 5]


def test_nothing_new_is_the_same_workbook() -> None:
    """So that it is not read again."""
    found = grid(("Blad", [[1]]))
    assert with_cells(found, {}) is found
