"""The workbook with the budget 2024 of Samordningsförbundet Södra Lappland."""

from __future__ import annotations

from datetime import UTC, datetime

import book
from fees_sheet import FeeTable, write_fees
from goal_sheets import add_goal_map
from ledger import Column, Table
from ledger_sheet import write_ledger
from styles import Book, Styles
from text_figures import Text, add_text_figures

ASSOCIATION = "Samordningsförbundet Södra Lappland"
TITLE = "Verksamhetsplan Budget 2024 Plan 2025–2026"
_MADE = datetime(2023, 11, 30, tzinfo=UTC)

BUDGET_2024 = Table(
    "lappland-plan-2024-2026__budget",
    tuple(
        Column(heading, heading)
        for heading in ("Budget 2023", "Budget 2024", "Plan 2025", "Plan 2026")
    ),
    heading="Budget 2023 plan 2024–2025",  # as printed, a year behind its columns
    sections={
        "Kostnader / Styrelsen": (),
        "Kostnader / Kansli och administration -personal": (),
        "Kostnader / Lokalkostnader": (),
        "Kostnader / Övriga administrativa kostnader": (),
        "Kostnader / Projektkostnader": (),
        "Kostnader": (),
    },
    labels={
        "Förbundschef": "Förbundschef",
        "Hyra kontor": "Hyra kontor",
        "En väg vidare": "-En väg vidare",
    },
    totals={
        "Summa medel att disponera": (
            "Finansiering från medlemmar",
            "SF södra Lappland eget kapital",
            "ESF medel",
        ),
        "Summa kostnader": (
            "Styrelsen",
            "Kansli och administration -personal",
            "Lokalkostnader",
            "Övriga administrativa kostnader",
            "Projektkostnader",
        ),
    },
    dashed=True,
)

FEES = (FeeTable(2024, BUDGET_2024.source, "Budget 2024", 3752),)

TEXTS = (Text("lappland-plan-2024-2026__text-figures", TITLE, 2024),)


def build() -> bytes:
    """Make the workbook."""
    properties = {"title": TITLE, "subject": ASSOCIATION, "created": _MADE}
    return book.make(properties, _fill)


def _fill(workbook: Book, styles: Styles) -> None:
    """Add the sheets in their order."""
    head = (TITLE, ASSOCIATION, "")
    write_ledger(workbook.add_worksheet("Budget 2024"), styles, head, BUDGET_2024)
    write_fees(workbook.add_worksheet("Medlemsavgifter"), styles, ASSOCIATION, FEES)
    add_goal_map(workbook, styles, ASSOCIATION)
    add_text_figures(workbook, styles, ASSOCIATION, TEXTS)
