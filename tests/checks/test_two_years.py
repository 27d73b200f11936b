"""Tables of two years: right deviations are silent, and two columns are never the same fact."""

from __future__ import annotations

from typing import Any

from finsam_xl.actions import check
from support.typed_sheets import TODAY, grid


def _loud(*rows: list[Any]) -> list[tuple[str, str | None]]:
    found = check.check([check.Book("", grid(("Blad1", list(rows))))], today=TODAY).findings
    return [(f.code, f.cell) for f in found if f.severity != "info"]


COMPARED: list[list[Any]] = [
    ["Kostnader", "Utfall 2024", "Budget 2025", "Utfall 2025", "Avvikelse"],
    ["Lön", 380, 400, 390, 10],
    ["Hyra", 50, 50, 55, -5],
    ["Summa kostnader", 430, 450, 445, 5],
]


def test_right_deviations_beside_last_years_outcome_are_silent() -> None:
    """They are between the columns of their own year: 400 − 390, 50 − 55, 450 − 445."""
    assert _loud(["Uppföljning 2025"], *COMPARED) == []


def test_a_wrong_one_among_them_is_told_at_its_cell() -> None:
    """−5 printed as 5: the line is not the difference, and the sum below not that of its lines."""
    rows = [list(row) for row in COMPARED]
    rows[2][4] = 5
    told = {cell for _, cell in _loud(["Uppföljning 2025"], *rows)}
    assert "E4" in told
    assert told <= {"E4", "E5"}


def test_two_years_with_a_deviation_each_are_silent() -> None:
    """370 − 380 and 400 − 390: each between its own year's columns."""
    assert (
        _loud(
            ["Kostnader", "Budget 2024", "Utfall 2024", "Avvikelse 2024", "Budget 2025",
             "Utfall 2025", "Avvikelse 2025"],
            ["Lön", 370, 380, -10, 400, 390, 10],
            ["Hyra", 50, 50, 0, 50, 55, -5],
            ["Summa kostnader", 420, 430, -10, 450, 445, 5],
        )
        == []
    )  # fmt: skip


def test_opening_and_closing_of_a_balance_sheet_contradict_nothing() -> None:
    """Two days of one year are two columns of one table: what they say is not the same fact."""
    told = _loud(
        ["Balansräkning"],
        [None, "2024-01-01", "Perioden", "2024-12-31"],
        ["Tillgångar"],
        ["Kassa", 234, 122, 356],
        ["Bank", 5000, 3861, 8861],
        ["Summa tillgångar", 5234, 3983, 9217],
    )
    assert not [cell for code, cell in told if code == "olika-uppgifter"]
