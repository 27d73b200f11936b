"""The sheets with the statements, notes and overviews of Umeåregionen's annual report 2021."""

from __future__ import annotations

import textwrap
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import umea_statements as statements
from ledger import Table, printed_rows
from ledger_sheet import HEADING_ROW, write_head, write_headings, write_ledger, write_rows
from list_sheet import SHARE, Block, Column, write_list
from styles import LINE_HEIGHT, Book, Sheet, Styles, page, put
from tables import ASSOCIATION, percent, rows

CLASSES = "Fördelning av kostnader"
_WIDTHS = (66, 13, 13)
_LABEL_CHARACTERS = 76


class Page(NamedTuple):
    """A sheet with one table: its name, its title as printed, and its footnote."""

    name: str
    title: str
    table: Table
    note: str = ""


OVERVIEWS = (
    Page(
        "Femårsöversikt",
        "1.3 Översikt över verksamhetens utveckling",
        statements.FIVE_YEARS,
        "ESF-projektet Hälsofrämjande etablering redovisas från och med 2018.",
    ),
    Page("Trappan", "1.4 Nationella rådets rekommendation om eget kapital", statements.CEILING),
)
STATEMENTS = (
    Page("Balanskravsresultat", "1.7.7 Balanskravsresultat 2021", statements.REQUIREMENT),
    Page("Resultaträkning", "2. Resultaträkning 2021", statements.RESULT),
    Page("Balansräkning", "3. Balansräkning 2021", statements.BALANCE),
    Page("Kassaflödesanalys", "4. Kassaflödesanalys 2021", statements.CASH_FLOW),
)
_CLASS_COLUMNS = (Column("Rad"), Column("Klass", "indented"), SHARE._replace(heading="Andel"))
_CLASS_NOTES = (
    "Cirka 30 % av kansliets resurser har lagts på administration, resten bedöms vara",
    "strukturövergripande. Kostnad för styrelse och alla kostnader för kompetensutveckling",
    "och mötesplatser ligger också under strukturövergripande insatser (avsnitt 1.7.1).",
    "Raderna har samma namn som i bladet Utfall 2021. Indelningen är förbundets egen",
    "inställning och ändras här.",
)


def add_statements(workbook: Book, styles: Styles) -> None:
    """Add the sheets in the order of the document."""
    for overview in OVERVIEWS:
        _add_page(workbook, styles, overview)
    _add_cost_split(workbook.add_worksheet("Kostnadsfördelning"), styles)
    _add_classes(workbook.add_worksheet(CLASSES), styles)
    for statement in STATEMENTS:
        _add_page(workbook, styles, statement)
    _add_notes(workbook.add_worksheet("Noter 3-8"), styles)


def _add_page(workbook: Book, styles: Styles, sheet: Page) -> None:
    """Add a sheet with one table."""
    head = (sheet.title, ASSOCIATION, "")
    write_ledger(workbook.add_worksheet(sheet.name), styles, head, sheet.table, sheet.note)


def _add_cost_split(sheet: Sheet, styles: Styles) -> None:
    """Write the split of the ordinary activity, the project and the whole."""
    title = "1.7.1 Procentuell fördelning av verksamhetens kostnader 2021"
    write_head(sheet, styles, (title, ASSOCIATION, ""))
    first = write_headings(sheet, styles, HEADING_ROW, statements.COST_SPLIT)
    write_rows(sheet, styles, first, statements.COST_SPLIT)
    _set_widths(sheet)
    sheet.freeze_panes(first, 1)
    page(sheet, lying=False)


def _add_classes(sheet: Sheet, styles: Styles) -> None:
    """Write the setting that says what class each cost line belongs to."""
    lines: list[tuple[str, str, float | None] | str] = []
    for section, group in groupby(rows("fordelning-av-kostnader"), key=itemgetter("section")):
        lines.append(section)
        lines += ((line["line"], line["class"], percent(line["share_pct"])) for line in group)
    block = Block(_CLASS_COLUMNS, lines, notes=_CLASS_NOTES)
    head = (CLASSES, ASSOCIATION, "Inställning: vilken klass varje kostnadsrad räknas till")
    write_list(sheet, styles, head, (52, 34, 10), [block])


def _add_notes(sheet: Sheet, styles: Styles) -> None:
    """Write the notes below each other, a blank row between them."""
    write_head(sheet, styles, ("7. Noter 3–8, 2021", ASSOCIATION, ""))
    row = HEADING_ROW
    for title, table in statements.NOTES.items():
        put(sheet, row, 0, title, styles.get("subtitle"))
        first = write_headings(sheet, styles, row + 1, table)
        row = write_rows(sheet, styles, first, table) + 1
        for at, line in enumerate(printed_rows(table), start=first):
            count = len(textwrap.wrap(line.label, _LABEL_CHARACTERS))
            if count > 1:
                sheet.set_row(at, LINE_HEIGHT * count)
    _set_widths(sheet)
    page(sheet, lying=False)


def _set_widths(sheet: Sheet) -> None:
    """Set the widths of a label and two columns of amounts."""
    for col, width in enumerate(_WIDTHS):
        sheet.set_column(col, col, width)
