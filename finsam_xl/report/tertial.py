"""The report *Rapport Tertial*: how the year goes against budget, and what to say about it.

Page one: four key figures, the sections with a chart, and the lines that deviate most with
room for comments. Then the whole result report, forecasts by other methods and the balance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from finsam_xl.model_budget import Amount, Budget
from finsam_xl.money import swedish
from finsam_xl.periods import MONTHS_PER_YEAR, Period
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import answers
from finsam_xl.report.comments import CommentKey, carry_over
from finsam_xl.report.look import label_width
from finsam_xl.report.sheet import HEADING, ROW, SECTION_HEIGHT, KeyFigure, ReportSheet
from finsam_xl.report.tertial_details import (
    put_balance,
    put_figures,
    put_largest,
    put_methods,
    put_result,
)
from finsam_xl.report.tertial_figures import Figures, Followup
from finsam_xl.sheetplan import BarChart, SheetPlan

NAME = "Rapport Tertial"
OWNER = "tertial"
_LEAST_LABEL, _AMOUNTS, _GUTTER = 40.0, (10.5,) * 6, 1.5
_PAGE_WIDTH, _LEAST_COMMENT = 162.0, 44.0
_SPANS = ((1, 1), (2, 4), (5, 7), (9, 9))
_SECTION_COLUMNS = 4
_LEAST_CHART = 150.0


def build(
    budget: Budget,
    balance: Budget | None,
    *,
    association: str,
    period: Period,
    run: str,
    comments: Mapping[CommentKey, str],
) -> SheetPlan:
    """The report of a follow-up up to and including ``period``.

    ``balance``: the balance sheet of the same day; ``comments``: those of the report it
    replaces, by the lines they stood at.
    """
    followup = Followup(budget, period)
    carried = carry_over(comments, followup.keys)
    sheet = ReportSheet(_widths(followup), budget.unit)
    sheet.tail = list(followup.notes())
    kind = "Helår" if followup.is_whole_year else "Uppföljning"
    title = f"{f'Tertial {period.tertial}' if period.tertial else kind} {period.year}"
    about = (association, f"{title}, {followup.span}", f"belopp i {budget.unit}")
    sheet.head(title, about, run, _answer(followup))
    sheet.key_figures(_SPANS, _key_figures(followup))
    _summary(sheet, followup)
    follows = balance is not None or not followup.is_whole_year
    left = put_largest(sheet, followup, carried)
    rows = put_result(sheet, followup, left, is_last=not follows and not carried.orphans)
    sheet.orphans(carried.orphans, _SECTION_COLUMNS, is_last=not follows)
    put_section_charts(sheet, followup, rows)
    if not followup.is_whole_year:
        put_methods(sheet, followup, is_last=balance is None)
    if balance is not None:
        put_balance(sheet, balance)
    sheet.notes()
    return sheet.plan(NAME, OWNER)


def _answer(followup: Followup) -> str:
    result, unit = followup.result(), followup.story.budget.unit
    told = answers.Result(result.forecast, result.budget, result.deviation)
    return answers.outlook(told, unit, say.decimals(unit), is_over=followup.is_whole_year)


def _widths(followup: Followup) -> tuple[float, ...]:
    label = label_width((line.label for line in followup.story.lines), _LEAST_LABEL)
    comment = max(_LEAST_COMMENT, _PAGE_WIDTH - label - sum(_AMOUNTS) - _GUTTER)
    return (label, *_AMOUNTS, _GUTTER, comment)


def _key_figures(followup: Followup) -> list[KeyFigure]:
    result, costs = followup.result(), followup.side(income=False)
    unit = followup.story.budget.unit
    places = say.decimals(unit)
    standing = say.judged(
        result.deviation, "bättre än budget", "sämre än budget", "som budget", places
    )
    used = "–" if costs.used is None else swedish(100 * costs.used, 1, "%")
    year = swedish(100 * followup.part_of_year, 1, "%")
    outlook = "Resultat" if followup.is_whole_year else "Resultat enligt prognos"
    return [
        (
            f"{outlook}, {unit}",
            say.shown(result.forecast, places),
            f"budget {say.shown(result.budget, places)}",
            "",
        ),
        (f"Avvikelse mot budget, {unit}", say.with_sign(result.deviation, places), *standing),
        (
            "Förbrukat av kostnadsbudgeten",
            used,
            f"{year} av året har gått ({followup.months}/{MONTHS_PER_YEAR})",
            "",
        ),
        _last_figure(followup, costs, places),
    ]


def _last_figure(followup: Followup, costs: Figures, places: int) -> KeyFigure:
    """The result as other methods see it; of a whole year the costs."""
    unit = followup.story.budget.unit
    if followup.is_whole_year:
        budget = f"budget {say.shown(costs.budget, places)}"
        return f"Kostnader, {unit}", say.shown(costs.outcome, places), budget, ""
    methods = followup.methods(followup.result())
    amounts = sorted(amount for amount in methods.values() if amount is not None)
    ends = dict.fromkeys(say.shown(amount, places) for amount in (*amounts[:1], *amounts[-1:]))
    told = [f"{name.lower()} {say.shown(amount, places)}" for name, amount in methods.items()]
    label = f"Resultat med andra metoder, {unit}"
    return label, " till ".join(ends) or "–", ", ".join(told), ""


def _summary(sheet: ReportSheet, followup: Followup) -> None:
    """The sections side by side, and beside them how much each has used."""
    income, sections, whole = followup.summary()
    sheet.section(f"{'Intäkter, och k' if income else 'K'}ostnader med mest förbrukat först")
    top = sheet.headings(("Avsnitt", *followup.headings[1:-2]))
    for part in income:
        put_figures(sheet, sheet.down(ROW), part.label, part.figures, link=part.link, gutter=False)
    first, parts = sheet.row, [*sections, *whole]
    for part in sections:
        put_figures(sheet, sheet.down(ROW), part.label, part.figures, link=part.link, gutter=False)
    for part in whole:
        put_figures(
            sheet,
            sheet.down(ROW),
            part.label,
            part.figures,
            link=part.link,
            total=True,
            gutter=False,
        )
    row = sheet.down(ROW)
    put_figures(sheet, row, "Resultat", followup.result(), link="", total=True, gutter=False)
    height = HEADING + ROW * (sheet.row - top - 1)
    while height < _LEAST_CHART:
        sheet.down(ROW)
        height += ROW
    if parts:
        year = swedish(100 * followup.part_of_year, 1, "%")
        bars = Bars(
            f"Förbrukat av budget, {year} av året har gått",
            first,
            [part.label for part in parts],
            [part.figures.used for part in parts],
        )
        place = (top, sheet.last, sheet.last)
        sheet.charts.append(used_chart(sheet, followup, bars, place, height))


_ROOM_BESIDE_BARS = 1.2
_BAR, _AROUND_BARS = 19.0, 55.0
_USED_COLUMN = 4
_HALVES = ((1, 3), (4, 9))


class Bars(NamedTuple):
    """Rows of the sheet from ``first`` on, each with its name and what it has used, of one."""

    title: str
    first: int
    names: Sequence[str]
    used: Sequence[Amount]


def used_chart(
    sheet: ReportSheet,
    followup: Followup,
    bars: Bars,
    place: tuple[int, int, int],
    height: float,
) -> BarChart:
    """Bars against the part of the year that has passed.

    ``place``: the row it begins at, its first and its last column; ``height`` in points.
    """
    row, first, last = place
    used = [float(amount) for amount in bars.used if amount is not None]
    passed = float(followup.part_of_year)
    highest = _ROOM_BESIDE_BARS * max([passed, *used])
    shown = ["–" if amount is None else swedish(100 * amount, 0, "%") for amount in bars.used]
    names = [f"{name} {text}" for name, text in zip(bars.names, shown, strict=True)]
    year = swedish(100 * followup.part_of_year, 1, "%")
    end = bars.first + len(bars.names) - 1
    return BarChart(
        title=bars.title,
        alt_text=f"Liggande staplar mot {year} av året: {', '.join(names)}",
        labels=(bars.first, 1, end, 1),
        values=(bars.first, _USED_COLUMN, end, _USED_COLUMN),
        colours=("",) * len(bars.names),
        target=passed,
        row=row,
        column=first,
        size=sheet.chart_size(first, last, height),
        highest=highest,
        number=say.PERCENT.number,
        texts=tuple(shown),
    )


def put_section_charts(sheet: ReportSheet, followup: Followup, rows: Mapping[int, int]) -> None:
    """A chart per section with several lines, two side by side. ``rows``: of each line."""
    drawn = list(_sections(followup, rows))
    year = swedish(100 * followup.part_of_year, 1, "%")
    for start in range(0, len(drawn), 2):
        beside = drawn[start : start + 2]
        height = _AROUND_BARS + _BAR * max(len(bars.names) for bars in beside)
        taken = ROW * (1 + int(height / ROW))
        sheet.fit(taken + (0 if start else SECTION_HEIGHT))
        if not start:
            sheet.section(f"Förbrukat av budget rad för rad; streckat: {year} av året har gått")
        top = sheet.row
        for _ in range(round(taken / ROW)):
            sheet.down(ROW)
        for bars, (first, last) in zip(beside, _HALVES, strict=False):
            sheet.charts.append(used_chart(sheet, followup, bars, (top, first, last), height))


def _sections(followup: Followup, rows: Mapping[int, int]) -> Iterator[Bars]:
    """The sections whose lines stand together on the sheet, several of them with a budget."""
    lines = [line for line in followup.story.lines if line.row.role == "line"]
    for section, members in groupby(lines, key=lambda line: line.key.shown_section):
        found = [line for line in members if not line.is_head]
        places = [rows[line.number] for line in found if line.number in rows]
        if len(places) < 2 or places != list(range(places[0], places[0] + len(found))):
            continue
        used = [followup.row(line.number).used for line in found]
        if sum(amount is not None for amount in used) > 1:
            yield Bars(section, places[0], [line.shown for line in found], used)
