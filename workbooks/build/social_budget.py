"""The workbook Social budget 2021 of Samordningsförbundet Umeåregionen.

The annual report prints neither the weights nor every platform's outcome. Both
are reconstructed so that every printed area and total is met, and each row of the
workbook says what is stated, derived and assumed.
"""

from __future__ import annotations

from datetime import UTC, datetime

import book
import tables
from budget_rows import unit_rows
from budget_sheet import write_budget
from goal_sheets import add_strategic_goals
from index_sheet import write_index
from participants_sheet import write_participants
from social_tables import add_social_tables
from styles import Book, Styles
from text_figures import Text, add_text_figures
from umea_annual import is_about_money

TITLE = "Social budget 2021"
ASSOCIATION_NOTE = (
    "Årsredovisningen anger inga vikter. Vikterna här är härledda ur de tryckta poängen eller "
    "antagna, se kolumnen ”Vikten är”, och är inte förbundets egna."
)
PLATFORM_NOTE = (
    "De tryckta poängen per målområde avgör. Årsredovisningens text säger en del av vad som "
    "uppnåddes; resten är härledd eller antagen, se kolumnen ”Underlag”."
)
_MADE = datetime(2022, 3, 1, tzinfo=UTC)

TEXTS = (
    Text(
        "umea-annual-2021__text-figures",
        "Årsredovisning 2021",
        2021,
        lambda row: not is_about_money(row),
    ),
)


def build() -> bytes:
    """Make the workbook; the same bytes every time."""
    properties = {
        "title": TITLE,
        "subject": tables.ASSOCIATION,
        "comments": "Sammanställd ur årsredovisningen 2021. Vikterna är inte förbundets egna.",
        "created": _MADE,
    }
    return book.make(properties, _fill)


def _fill(workbook: Book, styles: Styles) -> None:
    """Add the sheets in their order."""
    source = tables.load()
    for unit in source.patterns:
        is_association = unit == tables.ASSOCIATION
        name = "Social budget" if is_association else unit.removeprefix("Samordningsteamet ")
        head = (TITLE, unit, ASSOCIATION_NOTE if is_association else PLATFORM_NOTE)
        write_budget(workbook.add_worksheet(name), styles, head, list(unit_rows(source, unit)))
    write_index(workbook.add_worksheet("Impactindex"), styles)
    write_participants(workbook.add_worksheet("Deltagare"), styles)
    add_social_tables(workbook, styles)
    add_strategic_goals(workbook, styles)
    add_text_figures(workbook, styles, tables.ASSOCIATION, TEXTS)
