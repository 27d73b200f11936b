"""The lines of a follow-up: those that deviate most, and all of them, with room for comments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.budget_story import Line, blocks
from finsam_xl.report.comment_sheet import COMMENT, LABEL, SECTION, section_shown
from finsam_xl.report.comments import CommentKey
from finsam_xl.report.faults import Faults
from finsam_xl.report.look import text_height
from finsam_xl.report.pictures import Place
from finsam_xl.report.sheet import HEADING, ROW, SECTION_HEIGHT, ReportSheet
from finsam_xl.report.tertial_figures import RESULT, Followup
from finsam_xl.report.tertial_first import PICTURE, put_bars, rows_for
from finsam_xl.report.tertial_rows import mark, put_figures


class Comment(NamedTuple):
    """A comment at a line; ``is_shown``: it is the table's own, and not typed in the report."""

    text: str
    is_shown: bool = False


_NONE = Comment("")
_LEAST_LINES, _LEAST_AFTER = 4, 3
"""How much of a long section must stand on the page where it begins, and on the next."""
_Comments = Mapping[CommentKey, Comment]


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
    picture = PICTURE if bars and largest else 0
    sheet.fit(SECTION_HEIGHT + HEADING + sum(heights) + picture)
    number = f"De {len(largest)} största avvikelserna" if len(largest) > 1 else "Största avvikelsen"
    sheet.section(f"{number} mot budget" if largest else "Inga avvikelser mot budget")
    if not largest:
        return left
    if picture:
        top, height = rows_for(sheet, picture)
        title = "Avvikelse mot helårets budget, plus är bättre"
        put_bars(sheet, followup, title, Place(top, 1, sheet.last - 2, height))
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
    above = SECTION_HEIGHT + HEADING
    begins = next(_pieces(every[0], sheet.free - above, height)) if every else []
    sheet.fit(above + height(begins))
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
        mark(sheet, followup, row, line, faults, total=line.is_total)
        sheet.comment(row, comment.text, is_shown=comment.is_shown)
        return
    sheet.canvas.put(row, 1, line.label, say.SECTION_ROW, link=line.link)
    for column in range(2, sheet.last + (not comment.text)):
        sheet.canvas.put(row, column, None, look.LABEL)
    if comment.text:
        sheet.comment(row, comment.text)
