"""The charts of the plan report: equity against its ceiling, and the result, year by year."""

from __future__ import annotations

from finsam_xl.model_budget import Amount
from finsam_xl.records import NamedTuple
from finsam_xl.report.amounts import AMOUNTS
from finsam_xl.report.budget_sheet import BudgetSheet
from finsam_xl.report.plan_details import Columns
from finsam_xl.report.plan_years import OVER, PlanYears, is_over
from finsam_xl.sheetplan import ColumnChart

_ROWS, _LEAST_ROWS, _ROW_HEIGHT = 10, 7, 20.0


class _Drawn(NamedTuple):
    """What a chart shows: its title, the row of its values, the values, their colours and marks."""

    title: str
    row: int
    amounts: list[Amount]
    colours: tuple[str, ...]
    line: int | None = None
    texts: tuple[str, ...] = ()


def put_charts(
    sheet: BudgetSheet, plan: PlanYears, columns: Columns, rows: tuple[int, int, int, int]
) -> None:
    """The charts over rows of a known height. ``rows``: years, result, closing, ceiling."""
    top, result, closing, ceiling = rows
    years = plan.years
    ceilings = [year.ceiling for year in years]
    is_known = any(ceiling is not None for ceiling in ceilings)
    unit = plan.story.budget.unit
    limit = "; streck: taket enligt trappan" if is_known else ""
    over = tuple("röd" if is_over(year) else "" for year in years)
    marked = tuple(f"{OVER} {plan.shown(year.closing)}" if is_over(year) else "" for year in years)
    charts = [
        _Drawn(
            f"Eget kapital när året slutar, {unit}{limit}",
            closing,
            [year.closing for year in years],
            over,
            ceiling if is_known else None,
            marked,
        ),
        _Drawn(
            f"Resultat per år, {unit}", result, [year.result for year in years], ("",) * len(over)
        ),
    ]
    drawn = [chart for chart in charts if any(a is not None for a in chart.amounts)]
    if not drawn:
        return
    rows_high = max(_LEAST_ROWS, min(_ROWS, int(sheet.free / _ROW_HEIGHT)))
    sheet.fit(rows_high * _ROW_HEIGHT)
    first_row = sheet.row
    for _ in range(rows_high):
        sheet.down(_ROW_HEIGHT)
    places = ((1, columns.middle), (columns.middle + 1, sheet.last))
    for chart, (first, last) in zip(drawn, places, strict=False):
        sheet.charts.append(_chart(sheet, plan, chart, (first, last), (top, first_row, rows_high)))


def _chart(
    sheet: BudgetSheet,
    plan: PlanYears,
    drawn: _Drawn,
    columns: tuple[int, int],
    rows: tuple[int, int, int],
) -> ColumnChart:
    top, first_row, rows_high = rows
    last = 1 + len(plan.years)
    told = [
        f"{year.heading} {plan.shown(amount)}"
        for year, amount in zip(plan.years, drawn.amounts, strict=True)
    ]
    if drawn.line is not None:
        told += [
            f"tak {year.heading} {plan.precisely(year.ceiling)}"
            for year in plan.years
            if year.ceiling is not None
        ]
    return ColumnChart(
        title=drawn.title,
        alt_text=f"Stående staplar: {', '.join(told)}",
        labels=(top, 2, top, last),
        values=(drawn.row, 2, drawn.row, last),
        colours=drawn.colours,
        line=(drawn.line, 2, drawn.line, last) if drawn.line is not None else None,
        row=first_row,
        column=columns[0],
        size=sheet.chart_size(*columns, rows_high * _ROW_HEIGHT),
        number=AMOUNTS[sheet.decimals].number,
        texts=drawn.texts,
    )
