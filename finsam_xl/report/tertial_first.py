"""The first page of the follow-up below its key figures: the pictures, and the sections."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from finsam_xl.model_budget import Amount
from finsam_xl.money import swedish
from finsam_xl.report import amounts as say
from finsam_xl.report.comment_sheet import SECTION
from finsam_xl.report.faults import Faults
from finsam_xl.report.pictures import Place, Step, bridge, variances
from finsam_xl.report.sheet import HEADING, ROW, SECTION_HEIGHT, ReportSheet
from finsam_xl.report.tertial_figures import Followup, How
from finsam_xl.report.tertial_rows import mark, put_figures
from finsam_xl.sheetplan import BarChart

_GAP = 6.0
_LEAST_PICTURE, PICTURE, _MOST_BARS = 120.0, 170.0, 8
"""How high pictures are, and how many deviations are drawn."""


def put_pictures(sheet: ReportSheet, followup: Followup, *, bars: bool) -> None:
    """What makes the budgeted result the expected one; ``bars``: the largest deviations beside."""
    steps, largest = followup.steps(), followup.largest() if bars else []
    if not steps and not largest:
        return
    wanted = sheet.free - _summary_height(followup)
    top, height = rows_for(sheet, min(PICTURE, max(_LEAST_PICTURE, wanted)))
    unit = followup.story.budget.unit
    middle = 1 + 2 * len(followup.shown) // 3
    if steps:
        result, expected = followup.result(), followup.expected
        way = [
            Step("Budget", result.budget, is_total=True),
            *(Step(label, amount) for label, amount in steps),
            Step(expected, result.forecast, is_total=True),
        ]
        place = Place(top, 1, middle if largest else sheet.last, height)
        title = f"Resultat, från budget till {expected.lower()}"
        bridge(sheet, title, way, place, unit, sheet.decimals)
    if largest:
        place = Place(top, middle + 1 if steps else 1, sheet.last, height)
        put_bars(sheet, followup, "Största avvikelser mot budget", place)


def rows_for(sheet: ReportSheet, height: float) -> tuple[int, float]:
    """Rows for a picture: the first one, and how high it may be."""
    count = int(height / ROW)
    top = sheet.row
    for _ in range(count):
        sheet.down(ROW)
    return top, ROW * count - _GAP


def put_bars(sheet: ReportSheet, followup: Followup, title: str, place: Place) -> None:
    """The largest deviations as bars."""
    largest = followup.largest()[:_MOST_BARS]
    items = [(line.shown, figures.deviation) for line, figures in largest]
    variances(sheet, title, items, place, followup.story.budget.unit, sheet.decimals)


def _summary_height(followup: Followup) -> float:
    return SECTION_HEIGHT + HEADING + ROW * (1 + len(followup.summary()))


def put_summary(sheet: ReportSheet, followup: Followup, faults: Faults) -> None:
    """Income, costs and result, and beside them how the costs go so far."""
    sheet.fit(_summary_height(followup))
    sheet.section("Intäkter, kostnader och resultat")
    top = sheet.headings((SECTION, *followup.headings[1:-2]))
    shares: list[tuple[int, str, Amount]] = []
    so_far: list[tuple[str, Amount]] = []
    for part in followup.summary():
        row = sheet.down(ROW)
        label = (part.label, part.line.link if part.line else "")
        put_figures(sheet, followup, row, label, part.figures, total=part.is_total)
        if part.line is not None:
            mark(sheet, followup, row, part.line, faults, total=part.is_total)
        if not part.is_total:
            so_far.append((part.label, part.figures.so_far))
        if not part.is_income:
            shares.append((row, part.label, part.figures.used))
    row = sheet.down(ROW)
    put_figures(sheet, followup, row, ("Resultat", ""), followup.result(), total=True)
    height = HEADING + ROW * (sheet.row - top - 1)
    if followup.is_whole_year:
        return
    if followup.has_period_budget:
        place = Place(top, sheet.last, sheet.last, height)
        title = f"Avvikelse {followup.until}"
        variances(sheet, title, so_far, place, followup.story.budget.unit, sheet.decimals)
    elif followup.part_of_year is not None and _is_together(shares):
        chart = _used_chart(sheet, followup, followup.part_of_year, shares, (top, height))
        sheet.charts.append(chart)


def _is_together(shares: Sequence[tuple[int, str, Amount]]) -> bool:
    """Whether several rows that stand together have shares to compare."""
    rows = [row for row, _, _ in shares]
    known = [used for _, _, used in shares if used is not None]
    return len(known) > 1 and rows == list(range(rows[0], rows[0] + len(rows)))


_ROOM_BESIDE_BARS = 1.2


def _used_chart(
    sheet: ReportSheet,
    followup: Followup,
    gone: Fraction,
    bars: Sequence[tuple[int, str, Amount]],
    place: tuple[int, float],
) -> BarChart:
    """How much of its budget each section has used, against the part of the year that has passed.

    ``gone``: that part; ``bars``: the row, the name and the share of each, of one; ``place``: the
    chart's first row, and its height in points.
    """
    top, height = place
    used = [float(amount) for _, _, amount in bars if amount is not None]
    passed = float(gone)
    highest = _ROOM_BESIDE_BARS * max([passed, *used])
    year = swedish(100 * gone, 1, "%")
    shown = ["–" if amount is None else swedish(100 * amount, 0, "%") for _, _, amount in bars]
    told = [f"{name} {text}" for (_, name, _), text in zip(bars, shown, strict=True)]
    first, last = bars[0][0], bars[-1][0]
    share = 2 + next(n for n, one in enumerate(followup.shown) if one.how is How.SHARE)
    return BarChart(
        title=f"Förbrukat av budget; streck: {year} av året",
        alt_text=f"Liggande staplar, förbrukad del av budget mot {year} av året: {', '.join(told)}",
        labels=(first, 1, last, 1),
        values=(first, share, last, share),
        colours=("",) * len(bars),
        target=passed,
        row=top,
        column=sheet.last,
        size=sheet.chart_size(sheet.last, sheet.last, height),
        highest=highest,
        number=say.WHOLE_PERCENT.number,
        texts=tuple(shown),
    )
