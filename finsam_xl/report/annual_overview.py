"""The five-year overview with soliditet recalculated, and charts of equity and soliditet."""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.filling import quantities as rows
from finsam_xl.model_budget import Amount
from finsam_xl.money import round_half_away, swedish
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.annual_balance import balance_of
from finsam_xl.report.annual_blocks import GAP, Half, Item, Placed, put
from finsam_xl.report.annual_statements import block, figure, shown_columns
from finsam_xl.report.annual_tables import Annual, Statement, row_of
from finsam_xl.report.sheet import ROW, ReportSheet
from finsam_xl.sheetplan import ColumnChart, Series

_CHART, _LEAST_YEARS, _FIVE = 165.0, 2, 5


def put_overview(sheet: ReportSheet, annual: Annual, half: Half) -> None:
    """The years side by side; below them a chart of equity and one of soliditet."""
    one = annual.overview
    if one is None:
        return
    made, columns = block(one, "", half.columns)
    years = [one.budget.columns[column].period for column in columns]
    ratios = [balance_of(annual, year.year).solidity if year else None for year in years]
    extra: tuple[Item, ...] = ()
    if any(ratio is not None for ratio in ratios):
        role = look.LABEL._replace(italic=True)
        values = tuple(
            (value, cell._replace(italic=True))
            for value, cell in (figure(ratio) for ratio in ratios)
        )
        extra = (Item("Soliditet räknad ur balansräkningen (%)", values, role),)
    differing = tuple(_differences(one, columns, ratios))
    span = f"{len(columns)} år" if len(columns) != _FIVE else "Femårsöversikt"
    title = f"{span}, {one.budget.unit}"
    made = made._replace(title=title, items=(*made.items, *extra), notes=(*made.notes, *differing))
    _put_charts(sheet, one, put(sheet, ((half, (made,)),)), half, len(columns))


def _differences(one: Statement, columns: tuple[int, ...], ratios: Sequence[Amount]) -> list[str]:
    """What is said of years whose printed soliditet is not what the balance sheet gives."""
    row = row_of(one, rows.SOLIDITY)
    said: list[str] = []
    for column, ratio in zip(columns, ratios, strict=True):
        stated = None if row is None else one.budget.rows[row].amounts[column]
        if stated is not None and ratio is not None and round_half_away(ratio) != stated:
            said.append(
                f"▼ Soliditet {one.heading(column)}: det står {swedish(stated)} %, "
                f"balansräkningen ger {swedish(ratio, 1, '%')}."
            )
    return said


def _place(one: Statement, row: int) -> int:
    """How many rows are shown above a row of the overview."""
    shown = [n for n, line in enumerate(one.budget.rows) if line.role not in ("note", "blank")]
    return shown.index(row)


def _put_charts(sheet: ReportSheet, one: Statement, placed: Placed, half: Half, years: int) -> None:
    """A chart of equity and one of soliditet beside each other, the latest year to the right."""
    equity, ratio = row_of(one, rows.OWN_EQUITY), row_of(one, rows.SOLIDITY)
    if years < _LEAST_YEARS or (equity is None and ratio is None):
        return
    taken = round(_CHART / ROW)
    sheet.fit(ROW * taken)
    top, size = sheet.row, ROW * taken - GAP
    for _ in range(taken):
        sheet.down(ROW)
    for number, title, column, last in (
        (equity, f"Eget kapital, {one.budget.unit}", 1, 4),
        (ratio, "Soliditet, procent", 5, sheet.last),
    ):
        if number is not None:
            chart = _chart(one, number, placed.rows[0][0], half.first, years)
            width = sheet.chart_size(column, last, size)
            sheet.charts.append(chart._replace(title=title, row=top, column=column, size=width))


def _chart(one: Statement, number: int, first: int, label: int, years: int) -> ColumnChart:
    """Standing bars of a row of the overview; ``first``: its first row on the sheet."""
    columns = shown_columns(one.budget)[:years]
    amounts = one.budget.rows[number].amounts
    told = [f"{one.heading(column)} {say.shown(amounts[column])}" for column in columns]
    row = first + _place(one, number)
    values = (row, label + 1, row, label + years)
    return ColumnChart(
        title="",
        alt_text=f"Stående staplar: {', '.join(told)}",
        labels=(first - 1, label + 1, first - 1, label + years),
        values=values,
        series=(Series(values, ("",) * years),),
        texts=tuple(say.shown(amounts[column]) for column in columns),
        row=first,
        column=label,
        size=(0, 0),
        newest_first=_is_newest_first(one, columns),
    )


def _is_newest_first(one: Statement, columns: Sequence[int]) -> bool:
    """Whether the years stand from the latest to the earliest."""
    periods = [one.budget.columns[column].period for column in columns]
    years = [period.year for period in periods if period]
    return years == sorted(years, reverse=True)
