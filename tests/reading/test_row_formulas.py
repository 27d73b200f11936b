"""What a row's formulas add where some of them leave out rows that are blank in their column."""

from __future__ import annotations

from finsam_xl.actions import check, tables
from support.typed_sheets import TODAY, F, Rows, grid

_ROWS: Rows = [
    ["Internbudget 2027, kr"],
    ["Kostnadsslag", "Kansli 2027", "Team 2027", "Totalt 2027"],
    ["Lön", 600, 300, F("SUM(B3:C3)", 900)],
    ["Revision", 45, None, F("SUM(B4:C4)", 45)],
    ["Hyra", 80, 30, F("SUM(B5:C5)", 110)],
    ["Summa kostnader", F("SUM(B3:B5)", 725), F("SUM(C3,C5)", 330), F("SUM(B6:C6)", 1055)],
]


def test_a_row_that_is_blank_in_one_column_belongs_to_the_sum() -> None:
    """The second formula passes over the audit, which that team does not pay."""
    (table,) = tables(grid(("Blad", _ROWS)))
    assert table.budget is not None
    (one,) = table.budget.sums
    assert sorted(table.budget.rows[n].label for n, _ in one.parts) == ["Hyra", "Lön", "Revision"]
    done = check.check([check.Book("", grid(("Blad", _ROWS)))], today=TODAY)
    assert [f.code for f in done.findings if f.severity != "info"] == []
