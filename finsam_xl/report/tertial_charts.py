"""The charts of the tertial report: how much of the budget is used, by section and by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from finsam_xl.model_budget import Amount
from finsam_xl.money import swedish
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report.budget_sheet import ROW, SECTION_HEIGHT, BudgetSheet
from finsam_xl.report.tertial_figures import Followup
from finsam_xl.sheetplan import BarChart

_ROOM_BESIDE_BARS = 1.2
_SHORT_BAR = 0.2
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
    sheet: BudgetSheet,
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
        inside=min(used, default=0) > _SHORT_BAR * highest,
    )


def put_section_charts(sheet: BudgetSheet, followup: Followup, rows: Mapping[int, int]) -> None:
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
