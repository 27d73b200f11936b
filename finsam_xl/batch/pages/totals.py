"""The sheet *År för år*: all associations together, one row for each year.

A year's sum is of the associations that are known, and it is said how many they are: it is no
figure of the whole country where some are missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.batch.pages.shared import OWNER, UNIT, about, colour_of, median
from finsam_xl.batch.summary import Row, Summary
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.sheet import ROW, ReportSheet
from finsam_xl.sheetplan import PlannedCell, SheetPlan

_SHEET = "År för år"
_FEWEST = 2
"""Years with fewer associations have no sums to tell of."""
_WIDTHS = (7.0, 9.0, 13.0, 13.0, 12.0, 14.0, 14.0, 16.0, 17.0, 18.0)
_HEADINGS = (
    "År", "Förbund", "Avgifter", "Kostnader", "Resultat", "Eget kapital", "Över taket",
    "Når indexmålet", "Impactindex, median", "Kostnad per deltagare, median",
)  # fmt: skip


def build(summary: Summary, run: str) -> Iterator[SheetPlan]:
    """The sheet, where there are years with several associations."""
    years = sorted({row.year for row in summary.rows}, reverse=True)
    found = [(year, rows) for year in years if len(rows := summary.of_year(year)) >= _FEWEST]
    if not found:
        return
    sheet = ReportSheet(_WIDTHS, UNIT)
    sheet.head(f"Alla förbund år för år, {UNIT}", ("", about(summary)), run)
    sheet.headings(_HEADINGS)
    for year, rows in found:
        sheet.fit(ROW)
        _year(sheet, year, rows)
    sheet.tail = [
        (
            "Summan är av de förbund vars siffra är känd det året; hur många de är står inom "
            "parentes där det inte är alla. Jämför inte år med olika många förbund utan att se "
            "efter det."
        ),
    ]
    sheet.notes()
    yield sheet.plan(_SHEET, f"{OWNER}_alla")


def _year(sheet: ReportSheet, year: int, rows: Sequence[Row]) -> None:
    at, every = sheet.down(ROW), len(rows)
    put = sheet.canvas.put
    put(at, 1, year, look.FIGURE._replace(number="0"))
    put(at, 2, every, look.FIGURE)
    for column, name in enumerate(("fees", "costs", "result", "equity"), start=3):
        known = [value for row in rows if (value := getattr(row, name)) is not None]
        _sum(sheet, at, column, known, every)
    rooms = [row.room for row in rows if row.room is not None]
    put(at, 7, _of(sum(room < 0 for room in rooms), len(rooms)), look.RIGHT_TEXT)
    colours = [colour_of(row) for row in rows if row.impact_index is not None]
    put(at, 8, _of(colours.count("grön"), len(colours)), look.RIGHT_TEXT)
    index = median([row.impact_index for row in rows if row.impact_index is not None])
    put(at, 9, say.cell(index, 0), look.FIGURE)
    heads = median([head for row in rows if (head := row.per_head) is not None])
    put(at, 10, say.cell(heads, 1), say.AMOUNTS[1])


def _sum(sheet: ReportSheet, row: int, column: int, known: Sequence[Fraction], of: int) -> None:
    """A sum, with how many it is of in the cell's format where it is not of all."""
    role = say.AMOUNTS[0]
    if known and len(known) < of:
        plain, minus = (f'{look.SWEDISH}{sign}#,##0" ({len(known)})"' for sign in ("", '"−"'))
        role = role._replace(number=f"{plain};{minus}")
    total = sum(known, Fraction(0)) if known else None
    sheet.canvas.cells.append(PlannedCell(row, column, say.cell(total, 0), role))


def _of(number: int, of: int) -> str | None:
    return f"{number} av {of}" if of else None
