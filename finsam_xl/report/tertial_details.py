"""The tables of the tertial report: sections, largest deviations, result report and forecasts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from finsam_xl.model_budget import Amount
from finsam_xl.money import swedish
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.amounts import AMOUNTS
from finsam_xl.report.budget_story import Line, blocks
from finsam_xl.report.comment_sheet import COMMENT, LABEL, SECTION, section_shown
from finsam_xl.report.comments import CommentKey
from finsam_xl.report.faults import Faults
from finsam_xl.report.look import GROWING_ROW, text_height
from finsam_xl.report.pictures import Place, Step, bridge, variances
from finsam_xl.report.sheet import HEADING, ROW, SECTION_HEIGHT, ReportSheet
from finsam_xl.report.story import link
from finsam_xl.report.tertial_figures import RESULT, Figures, Followup, How
from finsam_xl.report.year_end import YearEnd
from finsam_xl.sheetplan import BarChart, Role


class Comment(NamedTuple):
    """A comment at a line; ``is_shown``: it is the table's own, and not typed in the report."""

    text: str
    is_shown: bool = False


_NONE = Comment("")
_GAP, _INDENT = 6.0, "\u00a0" * 4
_LEAST_LINES, _LEAST_AFTER = 4, 3
"""How much of a long section must stand on the page where it begins, and on the next."""
_Comments = Mapping[CommentKey, Comment]


def put_figures(
    sheet: ReportSheet,
    followup: Followup,
    row: int,
    label: tuple[str, str],
    figures: Figures,
    *,
    total: bool = False,
    bold: bool = False,
) -> None:
    """A row of the follow-up; ``label``: what it is called, and where that leads."""

    def role(plain: Role) -> Role:
        return look.total(plain) if total else plain._replace(bold=bold)

    sheet.canvas.put(row, 1, label[0], role(look.LABEL), link=label[1])
    for column, one in enumerate(followup.shown, start=2):
        amount: Amount = getattr(figures, one.field)
        if one.how in (How.AMOUNT, How.DEVIATION):
            is_deviation = one.how is How.DEVIATION
            sheet.amount(row, column, amount, total=total, bold=bold, is_deviation=is_deviation)
        elif one.how is How.SHARE:
            used = None if amount is None else 100 * amount
            sheet.canvas.put(row, column, say.tenth(used), role(say.PERCENT))
        else:
            sheet.canvas.put(row, column, say.tenth(amount), role(say.SIGNED_PERCENT))


def _mark(
    sheet: ReportSheet, followup: Followup, row: int, line: Line, faults: Faults, total: bool
) -> None:
    """The mark of a row in whose cells a control has found a fault, beside its figures."""
    budget = followup.story.budget
    shown = [column for column in followup.columns.compared if column is not None]
    places = [budget.label_place(line.number), *(budget.place(line.number, n) for n in shown)]
    role = look.total(look.MARK) if total else look.MARK
    sheet.mark(row, sheet.last - 1, faults.at(places), role)


_LEAST_PICTURE, _PICTURE, _MOST_BARS = 120.0, 170.0, 8
"""How high pictures are, and how many deviations are drawn."""


def put_pictures(sheet: ReportSheet, followup: Followup, *, bars: bool) -> None:
    """What makes the budgeted result the expected one; ``bars``: the largest deviations beside."""
    steps, largest = followup.steps(), followup.largest() if bars else []
    if not steps and not largest:
        return
    wanted = sheet.free - _summary_height(followup)
    top, height = _taken(sheet, min(_PICTURE, max(_LEAST_PICTURE, wanted)))
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
        _put_bars(sheet, followup, "Största avvikelser mot budget", place)


def _taken(sheet: ReportSheet, height: float) -> tuple[int, float]:
    """Rows for a picture: the first one, and how high it may be."""
    count = int(height / ROW)
    top = sheet.row
    for _ in range(count):
        sheet.down(ROW)
    return top, ROW * count - _GAP


def _put_bars(sheet: ReportSheet, followup: Followup, title: str, place: Place) -> None:
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
            _mark(sheet, followup, row, part.line, faults, total=part.is_total)
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
    elif _is_together(shares):
        sheet.charts.append(_used_chart(sheet, followup, shares, (top, height)))


def _is_together(shares: Sequence[tuple[int, str, Amount]]) -> bool:
    """Whether some rows stand together and any of them has a share."""
    rows = [row for row, _, _ in shares]
    is_known = any(used is not None for _, _, used in shares)
    return is_known and rows == list(range(rows[0], rows[0] + len(rows)))


_ROOM_BESIDE_BARS = 1.2


def _used_chart(
    sheet: ReportSheet,
    followup: Followup,
    bars: Sequence[tuple[int, str, Amount]],
    place: tuple[int, float],
) -> BarChart:
    """How much of its budget each section has used, against the part of the year that has passed.

    ``bars``: the row, the name and the share of each, of one; ``place``: the chart's first row,
    and its height in points.
    """
    top, height = place
    used = [float(amount) for _, _, amount in bars if amount is not None]
    passed = float(followup.part_of_year)
    highest = _ROOM_BESIDE_BARS * max([passed, *used])
    year = swedish(100 * followup.part_of_year, 1, "%")
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


def put_largest(
    sheet: ReportSheet, followup: Followup, comments: _Comments, *, bars: bool
) -> dict[CommentKey, Comment]:
    """The lines that deviate most; gives the comments that are left for the result report.

    ``bars``: they are drawn above their table as well.
    """
    left = dict(comments)
    largest = followup.largest()
    told = [(*one, left.pop(one[0].key, _NONE)) for one in largest]
    last = len(followup.shown) - 1
    section_width = sum(sheet.widths[1:last])
    heights = [
        max(sheet.growing(comment.text), text_height(section_shown(line.key), section_width))
        for line, _, comment in told
    ]
    picture = _PICTURE if bars and largest else 0
    sheet.fit(SECTION_HEIGHT + HEADING + sum(heights) + picture)
    number = f"De {len(largest)} största avvikelserna" if len(largest) > 1 else "Största avvikelsen"
    sheet.section(f"{number} mot budget" if largest else "Inga avvikelser mot budget")
    if not largest:
        return left
    if picture:
        top, height = _taken(sheet, picture)
        title = "Avvikelse mot helårets budget, plus är bättre"
        _put_bars(sheet, followup, title, Place(top, 1, sheet.last - 2, height))
    row = sheet.down(ROW)
    sheet.canvas.put(row, 1, LABEL, look.HEADING)
    sheet.canvas.wide(row, 2, last, SECTION, look.HEADING)
    for column, text in enumerate(("Avvikelse", "Avvikelse %", ""), start=last + 1):
        sheet.canvas.put(row, column, text, look.HEADING_RIGHT)
    sheet.canvas.put(row, sheet.last, COMMENT, look.HEADING)
    for (line, figures, comment), height in zip(told, heights, strict=True):
        row = sheet.down(height, grows=True)
        sheet.canvas.put(row, 1, line.shown, look.LABEL, link=line.link)
        sheet.canvas.wide(row, 2, last, section_shown(line.key), look.TEXT)
        sheet.amount(row, last + 1, figures.deviation, is_deviation=True)
        sheet.canvas.put(row, last + 2, say.tenth(figures.percent), say.SIGNED_PERCENT)
        sheet.canvas.put(row, last + 3, None, look.LABEL)
        sheet.comment(row, comment.text, is_shown=comment.is_shown)
    return left


def put_result(
    sheet: ReportSheet,
    followup: Followup,
    comments: _Comments,
    faults: Faults,
    *,
    is_last: bool = False,
) -> None:
    """Every line of the table, section by section, with room for comments."""
    headings, comment_column = followup.headings, (sheet.last,)

    def height(lines: Iterable[Line]) -> float:
        return sum(sheet.growing(comments.get(line.key, _NONE).text) for line in lines)

    every = blocks(followup.story.lines)
    own = comments.get(followup.result_key, _NONE)
    after = sheet.growing(own.text) if followup.story.result_row is None else 0.0
    begins = every[0][:_LEAST_LINES] if every else []
    sheet.fit(SECTION_HEIGHT + HEADING + height(begins))
    sheet.section("Rad för rad")
    sheet.headings(headings, left=comment_column)
    for block in every:
        rest = after if block is every[-1] else 0.0
        for lines in _pieces(block, sheet.free - rest, height):
            at_end = lines[-1] is every[-1][-1]
            needed = height(lines) + (after if at_end else 0)
            if sheet.fit(needed, is_last=is_last and at_end):
                sheet.headings(headings, left=comment_column)
            for line in lines:
                _line(sheet, followup, line, comments.get(line.key, _NONE), faults)
    if followup.story.result_row is None:
        row = sheet.down(after, grows=True)
        put_figures(sheet, followup, row, (RESULT, ""), followup.result(), total=True)
        sheet.canvas.put(row, sheet.last - 1, None, look.total(look.LABEL))
        sheet.comment(row, own.text)


def _pieces(
    block: Sequence[Line], room: float, height: Callable[[Iterable[Line]], float]
) -> Iterator[Sequence[Line]]:
    """A block in one piece, or in two if it is long and much of it fits in the room there is."""
    count = sum(height(block[: number + 1]) <= room for number in range(len(block)))
    count = min(count, len(block) - _LEAST_AFTER)
    if height(block) > room and count >= _LEAST_LINES:
        yield block[:count]
        block = block[count:]
    yield block


def _line(
    sheet: ReportSheet, followup: Followup, line: Line, comment: Comment, faults: Faults
) -> None:
    row = sheet.down(sheet.growing(comment.text), grows=True)
    if line.has_amounts:
        figures, label = followup.row(line.number), (line.label, line.link)
        put_figures(sheet, followup, row, label, figures, total=line.is_total, bold=line.is_head)
        _mark(sheet, followup, row, line, faults, total=line.is_total)
        sheet.comment(row, comment.text, is_shown=comment.is_shown)
        return
    sheet.canvas.put(row, 1, line.label, say.SECTION_ROW, link=line.link)
    for column in range(2, sheet.last + (not comment.text)):
        sheet.canvas.put(row, column, None, look.LABEL)
    if comment.text:
        sheet.comment(row, comment.text)


def put_months(sheet: ReportSheet, followup: Followup, *, is_last: bool = False) -> None:
    """Income, costs and result month by month, a line each, if the table has the months."""
    rows = followup.by_month()
    if not rows:
        return
    told = [
        (label, " · ".join(f"{name} {say.shown(amount, sheet.decimals)}" for name, amount in those))
        for label, those in rows
    ]
    width = sum(sheet.widths[1:])
    heights = [max(ROW, text_height(text, width)) for _, text in told]
    sheet.fit(SECTION_HEIGHT + sum(heights), is_last=is_last)
    sheet.section(f"Utfall månad för månad, {sheet.unit}")
    for (label, text), height in zip(told, heights, strict=True):
        row = sheet.down(height)
        sheet.canvas.put(row, 1, label, look.LABEL)
        sheet.canvas.wide(row, 2, sheet.last, text, look.TEXT)


def put_year_end(
    sheet: ReportSheet, followup: Followup, end: YearEnd, *, is_last: bool = False
) -> None:
    """From what equity was when the year began to what it becomes, and what the ceiling allows."""
    unit, year = followup.story.budget.unit, end.year
    expected = "Årets resultat" if followup.is_whole_year else "Resultat enligt prognos"
    steps = list(end.steps) or [(expected, followup.result().forecast)]
    fees, limit, missing = end.ceiling
    sheet.fit(SECTION_HEIGHT + GROWING_ROW * (len(steps) + 4), is_last=is_last)
    sheet.section(f"Eget kapital när {year} slutar, mot taket enligt trappan, {unit}")

    def line(label: str, amount: Amount, where: str = "", *, total: bool = False) -> int:
        return sheet.line(label, (amount,), total=total, link=where, height=GROWING_ROW)

    line(f"Eget kapital när {year} började", end.opening, link(end.place))
    for label, amount in steps:
        row = sheet.down(GROWING_ROW)
        sheet.canvas.put(row, 1, label, look.LABEL)
        role = say.deviating(AMOUNTS[sheet.decimals], amount, is_marked=False)
        sheet.canvas.put(row, 2, say.cell(amount, sheet.decimals), role)
    row = line(f"Eget kapital när {year} slutar", end.closing, total=True)
    if end.is_negative:
        told, colour = end.standing(unit)
        role = look.inked(look.total(look.TEXT), colour)
        sheet.canvas.wide(row, 3, sheet.last - 2, f"{_INDENT}{told}", role)
    row = line("Tak enligt trappan", limit)
    told = missing or f"av årets medlemsavgifter, {say.shown(fees, sheet.decimals)}"
    sheet.canvas.wide(row, 3, sheet.last - 2, f"{_INDENT}{told}", look.TEXT)
    if missing or end.is_negative:
        return
    row = sheet.down(GROWING_ROW)
    sheet.canvas.put(row, 1, "Kvar till taket", look.total(look.LABEL))
    sheet.amount(row, 2, end.room, total=True, is_deviation=True)


def put_methods(sheet: ReportSheet, followup: Followup, *, is_last: bool = False) -> None:
    """The whole year by other methods than the typed forecast."""
    sides = [
        ("Intäkter", followup.side(income=True)),
        ("Kostnader", followup.side(income=False)),
        ("Resultat", followup.result()),
    ]
    names = list(followup.methods(sides[0][1]))
    sheet.fit(SECTION_HEIGHT + HEADING + GROWING_ROW * len(sides), is_last=is_last)
    sheet.section("Prognos för helåret med namngivna metoder")
    sheet.headings(("", "Budget", "Utfall", "Prognos", *("\n".join(n.split()) for n in names)))
    for label, found in sides:
        amounts = [found.budget, found.outcome, found.forecast, *followup.methods(found).values()]
        sheet.line(label, amounts, total=label == "Resultat", height=GROWING_ROW)
