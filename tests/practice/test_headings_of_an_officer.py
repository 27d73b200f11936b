"""Sixty-nine headings that an officer is used to, beside *Budget 2026*, and what each is of.

Every sheet of the workbook is one small follow-up of the second tertial with one of them over
its last column. What they mean is written by hand.
"""

from __future__ import annotations

from functools import cache

import pytest

from finsam_xl import actions
from finsam_xl.sheets.tables import Column
from support.practice import other
from support.typed_sheets import TODAY

_T2 = ("outcome_to_date", "2026-T2")
_FORECAST, _DEVIATION = ("forecast", "2026"), ("deviation", "2026")
_NEXT = ("budget", "2027")
HEADINGS = {
    "Utfall jan-apr": ("outcome_to_date", "2026-T1"),
    "Utfall jan-apr 2026": ("outcome_to_date", "2026-T1"),
    "Utfall jan–aug": _T2, "Utfall januari-augusti 2026": _T2, "Utfall T2": _T2,
    "Utfall tertial 2": _T2, "Utfall tertial 2 2026": _T2, "Utfall per 31 augusti": _T2,
    "Utfall 2026-08-31": _T2, "Utfall t o m augusti": _T2, "Utfall t.o.m. aug": _T2,
    "Ack utfall aug": _T2, "Ackumulerat utfall": _T2, "Utfall 202608": _T2,
    "Utfall ack 2608": _T2, "Utfall": _T2, "Utfall hittills": _T2, "Delårsutfall": _T2,
    "Utfall 8 mån": _T2, "Periodens utfall": _T2, "Bokfört": _T2, "Redovisat 2026": _T2,
    "Bokslut 2025": ("outcome", "2025"), "Utfall föregående år": ("outcome", "2025"),
    "Fg år": ("outcome", "2025"), "Föregående år": ("outcome", "2025"),
    "Budget helår": ("budget", ""), "Årsbudget": ("budget", ""),
    "Årsbudget 2026": ("budget", "2026"), "Helårsbudget 2026": ("budget", "2026"),
    "Period budget": ("budget_to_date", "2026-T2"),
    "Budget period": ("budget_to_date", "2026-T2"),
    "Budget jan-aug": ("budget_to_date", "2026-T2"),
    "Ack budget aug": ("budget_to_date", "2026-T2"),
    "Budget t.o.m. T2": ("budget_to_date", "2026-T2"),
    "Helårsprognos": _FORECAST, "Prognos T2": _FORECAST, "Prognos 2": _FORECAST,
    "Prognos aug": _FORECAST, "Prognos dec": _FORECAST, "Prognos 2026": _FORECAST,
    "Prognos helår": _FORECAST,
    "Diff": _DEVIATION, "Differens": _DEVIATION, "Skillnad": _DEVIATION,
    "Avvikelse mot budget": _DEVIATION, "Avvikelse utfall": _DEVIATION,
    "Avvikelse budget-prognos": _DEVIATION,
    "Förändring": ("other", ""), "Förändring %": ("percent", ""), "Ändring kr": ("other", ""),
    "Budget 26": ("budget", "2026"), "B 2026": ("budget", "2026"),
    "VP 2027": ("plan", "2027"), "Plan 27": ("plan", "2027"), "2027 plan": ("plan", "2027"),
    "Ram 2026": ("budget", "2026"),
    "Förslag budget 2027": _NEXT, "Budgetförslag 2027": _NEXT,
    "Reviderad budget 2026": ("budget", "2026"), "Preliminär budget 2027": _NEXT,
    "Anmärkning": ("other", ""), "Not": ("", ""), "Konto": ("other", ""),
    "Ansvarig": ("other", ""),
    "Andel av budget": ("percent", ""), "Upparbetat %": ("percent", ""),
    "Förbrukat %": ("percent", ""), "Kvar av budget": _DEVIATION,
}  # fmt: skip
"""The scenario and, where it matters, the period; '' where either is left open."""


@cache
def _columns() -> dict[str, Column | None]:
    grid = other("officer/heads.xlsx").grid()
    tables = {table.sheet: table for table in actions.tables(grid)}
    return {
        str(sheet.cell(3, 3).value): next(
            (column for column in tables[sheet.name].columns if column.number == 3), None
        )
        for sheet in grid.sheets
    }


def test_every_heading_of_the_workbook_is_here() -> None:
    assert _columns().keys() == HEADINGS.keys()


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading(heading: str) -> None:
    scenario, period = HEADINGS[heading]
    column = _columns()[heading]
    assert (column.scenario if column else "") == scenario
    assert not period or str(column.period if column else "") == period


def test_text_columns_need_no_warning() -> None:
    """Nor does any other of them: they are told of at most."""
    from finsam_xl.actions import check

    grid = other("officer/heads.xlsx").grid()
    found = check.check([check.Book("", grid)], today=TODAY).findings
    assert {one.severity for one in found} <= {"info"}
