"""The sheet *Förbund och år*: what is known of every association and year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from finsam_xl.batch.pages.shared import (
    DISPUTED,
    OWNER,
    UNIT,
    Links,
    about,
    colour_of,
    to_filter,
)
from finsam_xl.batch.stated import Basis, Quantity
from finsam_xl.batch.summary import Row, Summary
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.sheet import ROW, ReportSheet
from finsam_xl.sheetplan import PlannedCell, Role, SheetPlan

_SHEET = "Förbund och år"
_YEAR = look.FIGURE._replace(number="0", align="left")
_BASES: Mapping[Basis | None, str] = {Basis.OUTCOME: "utfall", Basis.BUDGET: "budget"}
_WIDTHS = (
    36.0, 7.0, 8.0, 11.0, 11.0, 10.0, 13.0, 11.0, 12.0, 10.0, 13.0, 12.0, 6.0, 10.0, 1.0, 28.0,
)  # fmt: skip
_HEADINGS = (
    "Förbund", "År", "Grund", "Avgifter", "Kostnader", "Deltagare", "Kostnad per deltagare",
    "Resultat", "Eget kapital", "Tak (trappan)", "Utrymme till taket", "Impactindex", "Fel",
    "Varningar", "", "Bok",
)  # fmt: skip


def build(summary: Summary, run: str, links: Links) -> SheetPlan:
    """The sheet: a row for each association and year, to sort and filter."""
    sheet = ReportSheet(_WIDTHS, UNIT)
    sheet.head(f"{_SHEET}, {UNIT}", ("", about(summary)), run)
    heading = sheet.headings(_HEADINGS, left=(2, 3, 16))
    for row in summary.rows:
        sheet.fit(ROW)
        _year(sheet, row, links)
    plan = sheet.plan(_SHEET, f"{OWNER}_ar")
    return to_filter(plan, heading)


def _year(sheet: ReportSheet, row: Row, links: Links) -> None:
    at = sheet.down(ROW)
    put = sheet.canvas.put
    put(at, 1, row.association, look.LABEL)
    put(at, 2, row.year, _YEAR)
    put(at, 3, _BASES.get(row.basis, ""), look.LABEL)
    amounts: tuple[tuple[int, Fraction | None, Quantity | None, Role, int], ...] = (
        (4, row.fees, Quantity.FEES, say.AMOUNTS[0], 0),
        (5, row.costs, Quantity.COSTS, say.AMOUNTS[0], 0),
        (6, row.participants, Quantity.PARTICIPANTS, say.AMOUNTS[0], 0),
        (7, row.per_head, None, say.AMOUNTS[1], 1),
        (8, row.result, Quantity.RESULT, say.deviating(say.AMOUNTS[0], row.result), 0),
        (9, row.equity, Quantity.EQUITY, say.AMOUNTS[0], 0),
        (10, row.ceiling, None, say.AMOUNTS[0], 0),
        (11, row.room, None, say.deviating(say.AMOUNTS[0], row.room), 0),
        (12, row.impact_index, Quantity.INDEX,
         look.coloured(look.FIGURE, colour_of(row), symbol=True), 0),
    )  # fmt: skip
    for column, amount, quantity, role, decimals in amounts:
        if quantity in row.disputed:
            put(at, column, DISPUTED, look.inked(look.RIGHT_TEXT, "röd"))
        else:
            put(at, column, say.cell(amount, decimals), role)
    for column, number in ((13, row.errors), (14, row.warnings)):
        put(at, column, number if row.books else None, look.FIGURE)
    put(at, 15, None, look.LABEL)
    _book(sheet, at, 16, row.books, links)


def _book(sheet: ReportSheet, row: int, column: int, names: Sequence[str], links: Links) -> None:
    """The first of some books, as a link; how many more there are is told behind it."""
    if not names:
        sheet.canvas.put(row, column, None, look.LABEL)
        return
    more = f" (+{len(names) - 1})" if len(names) > 1 else ""
    text = f"{Path(names[0]).name}{more}"
    sheet.canvas.cells.append(PlannedCell(row, column, text, look.LABEL, file=links.to(names[0])))
