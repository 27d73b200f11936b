"""The table of the plan report: every line, the years side by side and the changes between."""

from __future__ import annotations

from itertools import pairwise

from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.budget_sheet import BudgetSheet
from finsam_xl.report.budget_story import Line, blocks
from finsam_xl.report.comment_sheet import COMMENT, LABEL
from finsam_xl.report.comments import Carried
from finsam_xl.report.plan_years import PlanYears

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


def put_plan(sheet: BudgetSheet, plan: PlanYears, columns: Columns, carried: Carried) -> None:
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


def _line(sheet: BudgetSheet, plan: PlanYears, line: Line, text: str | None) -> None:
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
