"""A blank forecast of a follow-up's year, filled in by a method that a person has chosen.

Only lines are filled in, only in a column where nothing is typed, and only where the method can
tell of every line that has a budget or an outcome: a total of some of them would be no forecast.
Sums and deviations then follow as of any other figure. Nothing is filled in where no method is
chosen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from finsam_xl.calc.forecast import ToDate, by_method
from finsam_xl.filling.cells import as_number
from finsam_xl.filling.places import is_hidden
from finsam_xl.findings import tell
from finsam_xl.model import Ref
from finsam_xl.model_budget import Amount, Budget, decimals
from finsam_xl.money import exact, round_half_away
from finsam_xl.periods import MONTHS_PER_YEAR, Period
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.reading.followup_columns import FollowupColumns, columns_of, last_year
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.words.methods import Method, method_of, name_of

_WHY = "Prognos, "
"""How what is said of a cell with such a forecast begins; its method follows."""
_MOST_NAMED = 3
_LINES = ("line", "subline")
_NEEDS = {
    Method.STRAIGHT_LINE: "outcome",
    Method.REMAINING_BUDGET: "budget",
    Method.REMAINING_PERIOD_BUDGET: "period_budget",
    Method.LAST_YEAR_PATTERN: "last_year",
}


def method_told(why: str) -> Method | None:
    """The method by which a cell was filled in, by what was said of it then; ``None``: none."""
    return method_of(why.removeprefix(_WHY)) if why.startswith(_WHY) else None


def offered(
    sheet: SheetGrid,
    budget: Budget,
    period: Period,
    method: Method,
    header_row: int,
    ours: Collection[tuple[int, int]] = (),
) -> Plan:
    """The lines of a follow-up's blank forecast; ``period``: what its outcome covers of the year.

    ``header_row``: where the headings stand, at which it is told what is done or not; ``ours``: the
    cells of the sheet that earlier runs filled in by a method: what is typed among them is hers,
    and the others go on.
    """
    columns = columns_of(budget, period)
    is_over = period.months == MONTHS_PER_YEAR and not columns.is_open
    if columns.forecast is None or columns.outcome is None or is_over:
        return Plan()
    heading = Ref.at(budget.sheet, header_row, budget.columns[columns.forecast].number)
    forecast = _Forecast(sheet, budget, columns, period, method, heading)
    is_ours = any(forecast.at(row) in ours for row in range(len(budget.rows)))
    return forecast.plan(is_ours=is_ours)


class _Forecast(NamedTuple):
    """A forecast that may be filled in, and the place of its heading."""

    sheet: SheetGrid
    budget: Budget
    columns: FollowupColumns
    period: Period
    method: Method
    heading: Ref

    @property
    def column(self) -> int:
        """The column of the forecast."""
        return self.columns.forecast or 0

    def plan(self, *, is_ours: bool) -> Plan:
        """What is filled in and said, or why nothing is; ``is_ours``: runs have filled it in."""
        name = name_of(self.method)
        if self.is_begun() and not is_ours:
            return Plan(findings=(tell("prognos-ej-fylld", self.heading, "typed", method=name),))
        if self.columns.is_open:
            return Plan(findings=(tell("prognos-ej-fylld", self.heading, "months", method=name),))
        blank = [row for row in self.lines() if self.sheet.cell(*self.at(row)).is_blank]
        told = {row: by_method(self.method, self.so_far(row)) for row in blank}
        lacking = [row for row, amount in told.items() if amount is None]
        if lacking or any(is_hidden(self.sheet, *self.at(row)) for row in told):
            return self.left(lacking, is_whole=len(lacking) == len(told))
        if not told:
            return Plan()
        edits = tuple(self.edit(row, amount) for row, amount in told.items())
        said = tell("prognos-fylld", self.heading, method=name, count=len(edits))
        return Plan(edits, (said,))

    def is_begun(self) -> bool:
        """Whether anything is typed in the column, or a line of it is a formula."""
        sums = {one.target for one in self.budget.sums}
        for index, row in enumerate(self.budget.rows):
            cell = self.sheet.cell(*self.at(index))
            is_line = row.role in _LINES and index not in sums
            if row.role in ("equity_open", "note") or cell.is_blank:
                continue
            if is_line or cell.formula is None:
                return True
        return False

    def lines(self) -> Iterator[int]:
        """The lines that have a budget or an outcome, or a cell of one that nobody can read."""
        sums = {one.target for one in self.budget.sums}
        known = [n for n in (self.columns.budget, self.columns.outcome) if n is not None]
        for index, row in enumerate(self.budget.rows):
            is_line = row.role in _LINES and index not in sums
            if is_line and any(row.amounts[n] is not None or row.is_unknown(n) for n in known):
                yield index

    def so_far(self, row: int) -> ToDate:
        """What is known of a line."""
        columns, line = self.columns, self.budget.rows[row]

        def amount(column: int | None) -> Amount:
            return None if column is None else line.amounts[column]

        before, whole = last_year(self.budget, self.period)
        return ToDate(
            amount(columns.outcome),
            self.period.months,
            amount(columns.budget),
            amount(columns.to_date),
            amount(before),
            amount(whole),
        )

    def left(self, lacking: list[int], *, is_whole: bool) -> Plan:
        """Why nothing is filled in: what the method needs is missing, of all lines or of some."""
        name = name_of(self.method)
        if not lacking:
            return Plan(findings=(tell("prognos-ej-fylld", self.heading, "merged", method=name),))
        if is_whole:
            said = tell("prognos-ej-fylld", self.heading, "needs", _NEEDS[self.method], method=name)
            return Plan(findings=(said,))
        rows = [f"”{self.budget.rows[row].label}”" for row in lacking]
        more = len(rows) - _MOST_NAMED
        named = ", ".join(rows[:_MOST_NAMED]) + (f" och {more} till" if more > 0 else "")
        also = [self.budget.place(row, self.column) for row in lacking]
        said = tell("prognos-ej-fylld", self.heading, "lines", method=name, rows=named, also=also)
        return Plan(findings=(said,))

    def edit(self, row: int, amount: Amount) -> CellEdit:
        """A line's forecast, written as its outcome is."""
        step = self.budget.step(self.columns.outcome or 0)
        value = as_number(exact(round_half_away(amount or 0, decimals(step))))
        ref = self.budget.place(row, self.column)
        cell = self.sheet.cell(*self.at(row))
        like = self.budget.place(row, self.columns.outcome or 0).cell
        return CellEdit.typed(ref, cell, value, f"{_WHY}{name_of(self.method)}", like)

    def at(self, row: int) -> tuple[int, int]:
        """The cell of a row's forecast."""
        return self.budget.at(row, self.column)
