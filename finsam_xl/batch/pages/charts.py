"""The sheet *Diagram*: a picture for each association, all in the same manner."""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.batch.pages.shared import OWNER, UNIT, about, short, whole
from finsam_xl.batch.stated import Basis
from finsam_xl.batch.summary import Row, Summary
from finsam_xl.report import pictures
from finsam_xl.report.pictures import Place, YearEnd
from finsam_xl.report.sheet import ReportSheet
from finsam_xl.sheetplan import Chart, ColumnChart, SheetPlan

_SHEET = "Diagram"
_MOST_YEARS, _ACROSS, _CHART = 5, 3, 102.0
_LEGEND = (
    "fyllt: inom taket, randat: över taket (▼), ofyllt: taket är inte känt, streckad linje: taket"
)


def build(summary: Summary, run: str) -> list[SheetPlan]:
    """The equity of each association against its ceiling, year by year, three across a page."""
    known = {
        name: ends for name, rows in summary.by_association.items() if len(ends := _ends(rows)) > 1
    }
    if not known:
        return []
    widths = (44.0, 1.0, 44.0, 1.0, 44.0)
    sheet = ReportSheet(widths, UNIT)
    sheet.head(f"Eget kapital mot taket, {UNIT}", ("", about(summary), _LEGEND), run)
    names = sorted(known, key=short)
    for start in range(0, len(names), _ACROSS):
        sheet.fit(_CHART + 8)
        row = sheet.down(_CHART)
        for at, name in enumerate(names[start : start + _ACROSS]):
            place = Place(row, 1 + 2 * at, 1 + 2 * at, _CHART)
            pictures.equity(sheet, short(name), known[name], place, UNIT)
            sheet.charts[-1] = _without_legend(sheet.charts[-1])
        sheet.down(8)
    return [sheet.plan(_SHEET, f"{OWNER}_diagram")]


def _without_legend(chart: Chart) -> Chart:
    """A chart among many alike: what its fills mean stands once, at the top of the page."""
    if not isinstance(chart, ColumnChart):
        return chart
    series = tuple(one._replace(name="") for one in chart.series)
    return chart._replace(series=series, line_name="")


def _ends(rows: Sequence[Row]) -> list[YearEnd]:
    """The latest years' equity as it came out."""
    known = [row for row in rows if row.equity is not None and row.basis is Basis.OUTCOME]
    known = known[-_MOST_YEARS:]
    return [YearEnd(str(row.year), whole(row.equity), row.ceiling) for row in known]
