"""The table of the plan report: every line, the years side by side and the changes between."""

from __future__ import annotations

from itertools import pairwise

from finsam_xl.model_budget import Amount
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.budget_story import Line, blocks
from finsam_xl.report.comment_sheet import COMMENT, LABEL
from finsam_xl.report.comments import Carried
from finsam_xl.report.plan_years import OVER, PlanYears, is_over
from finsam_xl.report.sheet import ReportSheet
from finsam_xl.sheetplan import ColumnChart, Series

_AMOUNT_WIDTH, _GUTTER = 11.0, 1.5
_PAGE_WIDTH, _LEAST_COMMENT = 154.0, 40.0
_LEAST_AMOUNTS = 5


class Columns(NamedTuple):
    """Where things stand: the label, the years, the changes between them, and the comment."""

    years: int
    label: float

    @property
    def changes(self) -> int:
        """How many changes there are between the years."""
        return max(0, self.years - 1)

    @property
    def amounts(self) -> int:
        """How many columns the years and changes take, with blank ones where they are few."""
        return max(_LEAST_AMOUNTS, self.years + self.changes)

    @property
    def widths(self) -> tuple[float, ...]:
        """The widths of all columns."""
        taken = self.label + self.amounts * _AMOUNT_WIDTH + _GUTTER
        comment = max(_LEAST_COMMENT, _PAGE_WIDTH - taken)
        return (self.label, *(_AMOUNT_WIDTH,) * self.amounts, _GUTTER, comment)

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The columns under each of four key figures."""
        middle = 1 + (self.amounts + 1) // 2
        return ((1, 1), (2, middle), (middle + 1, 1 + self.amounts), (self.last, self.last))

    @property
    def middle(self) -> int:
        """The last column of the left one of two charts."""
        return 1 + (self.amounts + 1) // 2

    @property
    def last(self) -> int:
        """The column of the comments."""
        return self.amounts + 3


def put_plan(sheet: ReportSheet, plan: PlanYears, columns: Columns, carried: Carried) -> None:
    """Every line of the plan, section by section, with room for comments."""
    headings = _headings(plan, columns)
    sheet.new_page()
    sheet.headings(headings, left=(columns.last,))
    comments = carried.assigned
    every = blocks(plan.story.lines)
    for block in every:
        height = sum(sheet.growing(comments.get(line.key)) for line in block)
        if sheet.fit(height, is_last=block is every[-1] and not carried.orphans):
            sheet.headings(headings, left=(columns.last,))
        for line in block:
            _line(sheet, plan, line, comments.get(line.key))


def _headings(plan: PlanYears, columns: Columns) -> list[str]:
    years = plan.years
    changes = [
        f"Ändring\n{earlier.number}–{later.number % 100:02}" for earlier, later in pairwise(years)
    ]
    blank = [""] * (columns.amounts - len(years) - len(changes) + 1)
    return [LABEL, *(year.heading for year in years), *changes, *blank, COMMENT]


def _line(sheet: ReportSheet, plan: PlanYears, line: Line, text: str | None) -> None:
    row = sheet.down(sheet.growing(text), grows=True)
    amounts = [plan.story.amount(line.number, year.column) for year in plan.years]
    cells = [*amounts, *plan.changes(amounts)] if line.has_amounts else []
    label = look.LABEL._replace(bold=line.is_head) if line.has_amounts else say.SECTION_ROW
    if line.is_total:
        label = look.total(label)
    sheet.canvas.put(row, 1, line.label, label, link=line.link)
    for column in range(2, sheet.last):
        amount = cells[column - 2] if column - 2 < len(cells) else None
        sheet.amount(row, column, amount, total=line.is_total, bold=line.is_head)
    if text or line.has_amounts:
        sheet.comment(row, text)
    else:
        sheet.canvas.put(row, sheet.last, None, look.LABEL)


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
    sheet: ReportSheet, plan: PlanYears, columns: Columns, rows: tuple[int, int, int, int]
) -> None:
    """The charts over rows of a known height. ``rows``: years, result, closing, ceiling."""
    top, result, closing, ceiling = rows
    years = plan.years
    ceilings = [year.ceiling for year in years]
    is_known = any(ceiling is not None for ceiling in ceilings)
    unit = plan.story.budget.unit
    limit = "; streck: taket enligt trappan" if is_known else ""
    over = tuple("röd" if is_over(year) else "" for year in years)
    marked = tuple(f"{OVER} " * is_over(year) + plan.shown(year.closing) for year in years)
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
            f"Resultat per år, {unit}",
            result,
            [year.result for year in years],
            ("",) * len(over),
            texts=tuple(plan.shown(year.result) for year in years),
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
    sheet: ReportSheet,
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
        series=(Series((drawn.row, 2, drawn.row, last), drawn.colours),),
        texts=drawn.texts,
        line=(drawn.line, 2, drawn.line, last) if drawn.line is not None else None,
        row=first_row,
        column=columns[0],
        size=sheet.chart_size(*columns, rows_high * _ROW_HEIGHT),
    )
