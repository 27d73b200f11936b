"""The years side by side, from the earliest: with soliditet recalculated, and equity's ceiling.

Below the table stand a chart of equity and one of soliditet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from finsam_xl.filling import quantities as rows
from finsam_xl.model_budget import Amount, BudgetColumn, decimals
from finsam_xl.money import round_half_away, swedish
from finsam_xl.report import amounts as say
from finsam_xl.report import look, pictures
from finsam_xl.report.annual_balance import balance_of
from finsam_xl.report.annual_blocks import GAP, Item, pieces
from finsam_xl.report.annual_statements import MOST_COLUMNS, block, in_unit, shown_columns
from finsam_xl.report.annual_tables import Annual, Statement, row_of
from finsam_xl.report.annual_values import figure
from finsam_xl.report.flow import NEVER, Piece, gap
from finsam_xl.report.sheet import ReportSheet
from finsam_xl.sheetplan import ColumnChart, Series
from finsam_xl.words.units import KRONOR, Unit, converted

_CHART, _LEAST_YEARS, _FIVE = 185.0, 2, 5
_MOST_DECIMALS = 2
_CHART_LINES = 8


def overview(sheet: ReportSheet, annual: Annual) -> Iterator[Piece]:
    """The overview and its charts."""
    one = annual.overview
    if one is None:
        return
    columns = _chronological(one)
    ratios = [_of_year(one, column, lambda year: _ratio(annual, year)) for column in columns]
    ceilings = [
        _of_year(one, column, lambda year: _ceiling(annual, one, year)) for column in columns
    ]
    extra = (
        *_extra("Soliditet räknad ur balansräkningen (%)", ratios),
        *_extra("Tak enligt trappan, räknat ur avgifterna", ceilings),
    )
    span = f"{len(columns)} år" if len(columns) != _FIVE else "Femårsöversikt"
    made = block(one, in_unit(span, one.budget.unit), annual.wrong, extra=extra, columns=columns)
    notes = (*made.notes, *_differences(one, columns, ratios))
    yield from pieces(sheet, made._replace(notes=notes, is_whole=True))
    yield from _charts(sheet, one, columns, ceilings)


def _chronological(one: Statement) -> tuple[int, ...]:
    """The latest of its columns that there is room for, from the earliest."""

    def period(column: BudgetColumn) -> tuple[int, int]:
        return (column.period.year, column.period.last_day.toordinal()) if column.period else (0, 0)

    shown = shown_columns(one.budget)
    by_year = sorted(shown, key=lambda column: period(one.budget.columns[column]))
    return tuple(by_year[-MOST_COLUMNS:])


def _of_year(one: Statement, column: int, read: Callable[[int], Amount]) -> Amount:
    found = one.budget.columns[column]
    return read(found.period.year) if found.period and found.is_stated else None


def _ratio(annual: Annual, year: int) -> Amount:
    return balance_of(annual, year).solidity


def _ceiling(annual: Annual, one: Statement, year: int) -> Amount:
    """The highest equity that is recommended in a year, in the unit of the overview."""
    highest = annual.ceilings.get(year)
    if highest is None or one.budget.unit not in KRONOR:
        return None
    return converted(highest, Unit.TKR, one.budget.unit)


def _extra(label: str, amounts: Sequence[Amount]) -> Iterator[Item]:
    """A row that the program has calculated, if it has any figure."""
    if any(amount is not None for amount in amounts):
        cells = (figure(amount) for amount in amounts)
        values = tuple((value, role._replace(italic=True)) for value, role in cells)
        yield Item(label, values, look.LABEL._replace(italic=True))


def _differences(one: Statement, columns: Sequence[int], ratios: Sequence[Amount]) -> Iterator[str]:
    """What is said of years whose printed soliditet is not what the balance sheet gives."""
    row = row_of(one, rows.SOLIDITY)
    for column, ratio in zip(columns, ratios, strict=True):
        stated = None if row is None else one.budget.rows[row].amounts[column]
        if stated is not None and ratio is not None and round_half_away(ratio) != stated:
            yield (
                f"▼ Soliditet {one.heading(column)}: det står {swedish(stated)} %, "
                f"balansräkningen ger {swedish(ratio, 1, '%')}."
            )


def _charts(
    sheet: ReportSheet, one: Statement, columns: Sequence[int], ceilings: Sequence[Amount]
) -> Iterator[Piece]:
    """Charts of equity and of soliditet beside each other."""
    equity, ratio = row_of(one, rows.OWN_EQUITY), row_of(one, rows.SOLIDITY)
    if len(columns) < _LEAST_YEARS or (equity is None and ratio is None):
        return
    last, middle = sheet.last, sheet.last // 2
    halves = ((1, last),) if equity is None or ratio is None else ((1, middle), (middle + 1, last))

    def draw() -> None:
        row = sheet.down(_CHART)
        if equity is not None:
            place = pictures.Place(row, *halves[0], _CHART)
            _equity(sheet, one, equity, columns, ceilings, place)
        if ratio is not None:
            _soliditet(sheet, one, ratio, columns, pictures.Place(row, *halves[-1], _CHART))

    yield Piece(_CHART, draw, NEVER, _CHART_LINES)
    yield gap(sheet, GAP)


def _equity(
    sheet: ReportSheet,
    one: Statement,
    row: int,
    columns: Sequence[int],
    ceilings: Sequence[Amount],
    place: pictures.Place,
) -> None:
    """Equity at the end of each year, against its ceiling."""
    amounts = one.budget.rows[row].amounts
    ends = [
        pictures.YearEnd(one.heading(column), amounts[column], ceiling)
        for column, ceiling in zip(columns, ceilings, strict=True)
    ]
    unit = one.budget.unit
    title = "Eget kapital när året slutar"
    pictures.equity(sheet, title, ends, place, unit, say.decimals(unit))


def _soliditet(
    sheet: ReportSheet, one: Statement, row: int, columns: Sequence[int], place: pictures.Place
) -> None:
    """Soliditet as the overview prints it."""
    amounts = [one.budget.rows[row].amounts[column] for column in columns]
    headings = [one.heading(column) for column in columns]
    places = max((decimals(Fraction(amount)) for amount in amounts if amount), default=0)
    shown = [say.shown(amount, min(places, _MOST_DECIMALS)) for amount in amounts]
    told = ", ".join(map(" ".join, zip(headings, shown, strict=True)))
    numbers = [None if amount is None else float(amount) for amount in amounts]
    labels, values = sheet.canvas.beside(place.row, sheet.last, [headings, numbers])
    sheet.charts.append(
        ColumnChart(
            title="Soliditet, procent",
            alt_text=f"Soliditet i procent: {told}",
            labels=labels,
            values=values,
            series=(Series(values, ("",) * len(numbers)),),
            texts=tuple(shown),
            row=place.row,
            column=place.first,
            size=sheet.chart_size(place.first, place.last, place.height),
        )
    )
