"""The workbook with plans, follow-up and fees of Samordningsförbundet Umeåregionen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

import book
import umea_annual as annual
import umea_plans as plans
from fees_sheet import FeeTable, write_fees
from ledger import Table
from ledger_sheet import write_headings, write_ledger, write_rows
from statement_sheets import add_statements
from styles import Book, Sheet, Styles, put
from tables import ASSOCIATION
from text_figures import Text, add_text_figures

_MADE = datetime(2022, 3, 1, tzinfo=UTC)


class Page(NamedTuple):
    """A sheet: its name, the table's title and unit as printed, and its footnote."""

    name: str
    title: str
    unit: str
    table: Table
    note: str = ""


PAGES = (
    Page("Plan 2018-2020", "14. Budget 2018-2020", "", plans.PLAN_2018),
    Page(
        "Bilaga verksamheter",
        "Verksamhetsbudget 2018-2020 (bilaga), tkr",
        "tkr",
        plans.OPERATIONS_2018,
    ),
    Page("Budget 2019", "14. Budget 2019", "", plans.BUDGET_2019),
    Page(
        "Tertial 2 2019",
        "Resultatrapport, tertialrapport maj – augusti 2019",
        "tkr",
        plans.RESULT_2019_T2,
    ),
    Page("Plan 2020-2022", "14. Budget 2020-2022", "", plans.PLAN_2020),
    Page(
        "Utfall 2021",
        "Bilaga 2. Sammanställning över utfall och budget 2021",
        "Belopp i tkr",
        annual.OUTCOME_2021,
        annual.NET_BUDGET_NOTE,
    ),
    Page(
        "Driftredovisning",
        "5. Driftsredovisning 2021",
        "Belopp i tkr",
        annual.OPERATIONS_2021,
        annual.NET_BUDGET_NOTE,
    ),
    Page("Not 2", "Not 2. Medlemsavgifter 2021", "Belopp i kr", annual.FEES_NOTE_2021),
)

FEES = (
    FeeTable(2019, plans.BUDGET_2019.source, "Budget 2019", 11450, "tkr"),
    FeeTable(2020, plans.PLAN_2020.source, "2020", 11380, "tkr"),
    FeeTable(
        2021,
        annual.FEES_NOTE_2021.source,
        "2021",
        11380000,
        "kr",
        annual.KEYS_2021,
        annual.KEYS_2021_NOTE,
    ),
)

TEXTS = (
    Text("umea-plan-2018-2020__text-figures", "Verksamhetsplan och budget 2018–2020", "2018–2020"),
    Text("umea-tertial-2019-t2__text-figures", "Tertialrapport maj–augusti 2019", 2019),
    Text("umea-plan-2020-2022__text-figures", "Verksamhetsplan och budget 2020–2022", "2020–2022"),
    Text("umea-annual-2021__text-figures", "Årsredovisning 2021", 2021, annual.is_about_money),
)


def build() -> bytes:
    """Make the workbook."""
    properties = {
        "title": "Budget och uppföljning 2018–2022",
        "subject": ASSOCIATION,
        "comments": "Tabeller ur förbundets planer, tertialrapport och årsredovisning.",
        "created": _MADE,
    }
    return book.make(properties, _fill)


def _fill(workbook: Book, styles: Styles) -> None:
    """Add the sheets in their order."""
    for page in PAGES:
        sheet = workbook.add_worksheet(page.name)
        head = (page.title, ASSOCIATION, page.unit)
        end = write_ledger(sheet, styles, head, page.table, page.note)
        if page.table is plans.RESULT_2019_T2:
            _write_balance(sheet, styles, end + 2)
    write_fees(workbook.add_worksheet("Medlemsavgifter"), styles, ASSOCIATION, FEES)
    add_statements(workbook, styles)
    add_text_figures(workbook, styles, ASSOCIATION, TEXTS)


def _write_balance(sheet: Sheet, styles: Styles, row: int) -> None:
    """Write the balance report below the result report."""
    put(sheet, row, 0, "Balansrapport", styles.get("title"))
    first = write_headings(sheet, styles, row + 1, plans.BALANCE_2019_T2)
    write_rows(sheet, styles, first, plans.BALANCE_2019_T2)
