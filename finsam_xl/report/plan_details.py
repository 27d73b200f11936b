"""The table of the plan report: every line, the years side by side and the changes between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.budget_story import Line, blocks
from finsam_xl.report.comment_sheet import COMMENT, LABEL
from finsam_xl.report.comments import Carried
from finsam_xl.report.look import GROWING_ROW, heading_width, label_width, text_height
from finsam_xl.report.plan_years import PlanYears
from finsam_xl.report.sheet import SECTION_HEIGHT, ReportSheet, fitting
from finsam_xl.words.units import Unit

_LEAST_LABEL, _MOST_LABEL = 30.0, 46.0
_AMOUNT, _KRONOR, _GUTTER = 9.5, 11.0, 1.5
_LEAST_COMMENT = 28.0
_LEAST_AMOUNTS = 6
_TOGETHER = 3
_SECTION = "Planen rad för rad"


class Columns(NamedTuple):
    """Where things stand: the label, the years, the changes between some of them, the comment."""

    years: int
    changes: tuple[tuple[int, int], ...]
    """From which year to which, by their places."""
    label: float
    amount: float

    @property
    def amounts(self) -> int:
        """How many columns the years and changes take, with blank ones where they are few."""
        return max(_LEAST_AMOUNTS, self.years + len(self.changes))

    @property
    def _taken(self) -> tuple[float, ...]:
        return (self.label, *(self.amount,) * self.amounts, _GUTTER)

    @property
    def is_on_page(self) -> bool:
        """Whether all is printed in full size."""
        return fitting(self._taken) >= _LEAST_COMMENT

    @property
    def widths(self) -> tuple[float, ...]:
        """The widths of all columns: the comments have what is left of a page."""
        return (*self._taken, max(_LEAST_COMMENT, fitting(self._taken)))

    @property
    def last(self) -> int:
        """The column of the comments."""
        return self.amounts + 3


def columns_of(plan: PlanYears) -> Columns:
    """The columns that a plan needs: all changes, where there is room for them on a page.

    Else the one from the year that leads to the last, or none; headings on two lines where they
    must be.
    """
    years, headings = len(plan.years), [year.heading for year in plan.years]
    label = min(_MOST_LABEL, label_width((line.label for line in plan.story.lines), _LEAST_LABEL))
    least = _KRONOR if plan.story.budget.unit == Unit.KR else _AMOUNT
    words = [word for heading in headings for word in heading.split()]
    widths = [max([least, *map(heading_width, texts)]) for texts in (headings, words)]
    lead = plan.years.index(plan.lead) if plan.years else 0
    changes = (tuple(pairwise(range(years))), ((lead, years - 1),) * (lead < years - 1), ())
    every = [Columns(years, some, label, width) for some in changes for width in widths]
    return next((columns for columns in every if columns.is_on_page), every[-1])


def put_plan(sheet: ReportSheet, plan: PlanYears, columns: Columns, carried: Carried) -> None:
    """Every line of the plan from a page of its own on, section by section, with room for comments.

    The pages are about as full as each other: none is left with a few lines.
    """
    headings = _headings(plan, columns)
    comments = carried.assigned
    sheet.new_page()
    page = sheet.page - sheet.heading_height(headings) - SECTION_HEIGHT

    def height(lines: Sequence[Line]) -> float:
        return sum(_height(sheet, line, comments.get(line.key)) for line in lines)

    tail = sheet.orphans_height(carried.orphans) + sheet.notes_height()
    every = blocks(plan.story.lines)
    chunks: list[Sequence[Line]] = []
    for block in every:
        is_whole = height(block) + (tail if block is every[-1] else 0.0) <= page
        chunks += [block] if is_whole else _chunks(block)
    begins = _begins([*map(height, chunks), tail], page)
    sheet.section(f"{_SECTION}, {plan.story.budget.unit}")
    sheet.headings(headings, left=(columns.last,))
    for number, chunk in enumerate(chunks):
        if number in begins:
            sheet.new_page()
            sheet.headings(headings, left=(columns.last,))
        for line in chunk:
            _line(sheet, plan, columns, line, comments.get(line.key))


def _begins(heights: Sequence[float], page: float) -> set[int]:
    """Which of some blocks begin a page, so that as few pages as can be are as even as can be.

    The last two stay together.
    """
    every = [*heights[:-2], sum(heights[-2:])]
    fewest = len(_filled(every, page))
    limit = sum(every) / fewest
    while limit < page and len(_filled(every, limit)) > fewest:
        limit += GROWING_ROW
    return set(_filled(every, min(limit, page))) - {0}


def _filled(heights: Sequence[float], room: float) -> list[int]:
    """Which of some blocks begin a page when each page is filled."""
    begins, used = [0], 0.0
    for number, height in enumerate(heights):
        if used and used + height > room:
            begins.append(number)
            used = 0.0
        used += height
    return begins


def _chunks(block: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """What is not parted by a page: the first lines of a block, each between, and the last."""
    if len(block) <= 2 * _TOGETHER:
        yield block
        return
    yield block[:_TOGETHER]
    yield from ([line] for line in block[_TOGETHER:-_TOGETHER])
    yield block[-_TOGETHER:]


def _height(sheet: ReportSheet, line: Line, text: str | None) -> float:
    return max(sheet.growing(text), text_height(line.label, sheet.widths[0]))


def _headings(plan: PlanYears, columns: Columns) -> list[str]:
    years = plan.years
    changes = [
        f"Ändring\n{years[one].number}–{years[other].number % 100:02}"
        for one, other in columns.changes
    ]
    blank = [""] * (columns.amounts - len(years) - len(changes) + 1)
    return [LABEL, *(year.heading for year in years), *changes, *blank, COMMENT]


def _line(
    sheet: ReportSheet, plan: PlanYears, columns: Columns, line: Line, text: str | None
) -> None:
    row = sheet.down(_height(sheet, line, text), grows=True)
    amounts = [plan.story.amount(line.number, year.column) for year in plan.years]
    changes = [plan.change(amounts[one], amounts[other]) for one, other in columns.changes]
    label = look.LABEL._replace(bold=line.is_head) if line.has_amounts else say.SECTION_ROW
    if line.is_total:
        label = look.total(label)
    sheet.canvas.put(row, 1, line.label, label._replace(wrap=True), link=line.link)
    cells = [*amounts, *changes] if line.has_amounts else []
    for column in range(2, sheet.last):
        amount = cells[column - 2] if column - 2 < len(cells) else None
        sheet.amount(row, column, amount, total=line.is_total, bold=line.is_head)
    if text or line.has_amounts:
        sheet.comment(row, text)
    else:
        sheet.canvas.put(row, sheet.last, None, look.LABEL)
