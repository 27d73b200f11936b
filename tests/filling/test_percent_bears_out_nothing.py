"""A row of which only the per cent is printed is a sum that is printed nowhere."""

from __future__ import annotations

import pytest

from support.sheets_of_kinds import run


@pytest.mark.parametrize("shares", [(99, 104, 80), (0.99, 1.04, 0.8), (50, 60, 70)])
def test_the_result_of_sums_with_per_cent(shares: tuple[float, float, float]) -> None:
    """Its parts are known by their place, whatever stands beside them."""
    income, cost, result = shares
    found = run(
        ["Uppföljning 2025, tkr"],
        ["Post", "Budget 2025", "Utfall 2025", "Förbrukat %"],
        ["Intäkter"],
        ["Staten", 100, 99, 99],
        ["Summa intäkter", None, None, income],
        ["Kostnader"],
        ["Lön", 60, 63, 105],
        ["Hyra", 20, 20, 100],
        ["Summa kostnader", None, None, cost],
        ["Årets resultat", None, None, result],
    )
    assert {cell: found.edits[cell] for cell in ("B5", "C5", "B9", "C9", "B10", "C10")} == {
        "B5": 100, "C5": 99, "B9": 80, "C9": 83, "B10": 20, "C10": 16,
    }  # fmt: skip
