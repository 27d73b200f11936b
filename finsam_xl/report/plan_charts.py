"""The charts of the plan report: equity against its ceiling, and the result of each year."""

from __future__ import annotations

from finsam_xl.report import amounts as say
from finsam_xl.report import pictures
from finsam_xl.report.pictures import Place, YearEnd
from finsam_xl.report.plan_years import PlanYears, Year
from finsam_xl.report.sheet import ReportSheet
from finsam_xl.sheetplan import ColumnChart, Series

_LEAST, _MOST, _APART = 150.0, 240.0, 6.0
_NARROWEST = 280
"""How many pixels a chart is wide at the least."""


def put_picture(sheet: ReportSheet, plan: PlanYears, below: float) -> None:
    """Equity year by year, what is over its ceiling set apart; of a plan without, the results.

    ``below``: how high what follows is, which should find room on the same page.
    """
    height = max(_LEAST, min(_MOST, sheet.free - below - _APART))
    place = Place(sheet.row, 1, sheet.last, height)
    if not plan.has_equity:
        if put_results(sheet, plan, place):
            sheet.down(height)
            sheet.down(_APART)
        return
    sheet.down(height)
    sheet.down(_APART)
    title = "Eget kapital när året slutar" + " mot taket enligt trappan" * plan.has_ceiling
    ends, unit = [_end(year) for year in plan.years], plan.story.budget.unit
    pictures.equity(sheet, title, ends, place, unit, sheet.decimals)


def _end(year: Year) -> YearEnd:
    """Where equity ends, and its ceiling as far from that as the room that is printed."""
    is_known = year.closing is not None and year.room is not None
    ceiling = (year.closing or 0) + (year.room or 0) if is_known else year.ceiling
    return YearEnd(year.heading, year.closing, ceiling)


def put_results(sheet: ReportSheet, plan: PlanYears, place: Place) -> bool:
    """The result of each year, if there is room for a chart; whether there is one."""
    is_narrow = sheet.pixels(place.first, place.last) < _NARROWEST
    if is_narrow or all(year.result is None for year in plan.years):
        return False
    unit, texts = plan.story.budget.unit, [plan.shown(year.result) for year in plan.years]
    labels, values = sheet.canvas.beside(
        place.row,
        sheet.last,
        [
            [year.heading for year in plan.years],
            [say.cell(year.result, sheet.decimals) for year in plan.years],
        ],
    )
    told = [f"{year.heading} {text}" for year, text in zip(plan.years, texts, strict=True)]
    sheet.charts.append(
        ColumnChart(
            title=f"Resultat per år, {unit}",
            alt_text=f"Årets resultat i {unit}: {', '.join(told)}",
            name="Resultat",
            labels=labels,
            values=values,
            series=(Series(values, ("",) * len(plan.years)),),
            texts=tuple(texts),
            row=place.row,
            column=place.first,
            size=sheet.chart_size(place.first, place.last, place.height),
        )
    )
    return True
