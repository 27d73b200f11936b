"""The blank results of one table of amounts: what is written, what is left blank, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from finsam_xl.address import a1
from finsam_xl.filling import doubts
from finsam_xl.filling.across import AcrossGate
from finsam_xl.filling.as_formula import Neighbours, added
from finsam_xl.filling.balanskrav import Statement
from finsam_xl.filling.carried import Carried, in_time
from finsam_xl.filling.cash_flow import CashFlow
from finsam_xl.filling.cells import Cells
from finsam_xl.filling.doubts import Blank, Doubt, Verdict
from finsam_xl.filling.sums import SumGate
from finsam_xl.filling.unknown import Unknown
from finsam_xl.findings.reasons import Reason
from finsam_xl.model_budget import Budget, BudgetRow, Known, Sum, decimals
from finsam_xl.money import exact, round_half_away
from finsam_xl.reading.book import ReadBudget
from finsam_xl.reading.kinds import AmountKind
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.sheets.tables import Table

_COMPARED = ("line", "subline", "total", "result")
_RESULTS = ("total", "result", "equity_close")
_PERCENT_DECIMALS = 1
_NAMES = ("label", "group", "code")
_BY_RULE: Mapping[str, type[Statement | CashFlow]] = {
    AmountKind.BALANSKRAV: Statement,
    AmountKind.CASH_FLOW: CashFlow,
}
"""The statements that the trade has a rule for."""


class Filler:
    """Goes through the blank results of a table; what it fills in counts in what follows."""

    def __init__(
        self, sheet: SheetGrid, one: ReadBudget, unknown: Unknown, *, formulas: bool = False
    ) -> None:
        """``formulas``: results are written as formulas also where the sheet's are typed."""
        self.sheet = sheet
        self.cells = Cells(sheet, unknown, always=formulas)
        self.printed: list[BudgetRow] = list(one.budget.rows)
        self.rows: list[BudgetRow] = list(one.budget.rows)
        self.budget: Budget = one.budget._replace(rows=self.rows)
        self.unknown = unknown.cells(one.budget)
        self.sums = SumGate(sheet, self.budget, self.printed, self.unknown, one.table)
        self.beside = AcrossGate(self.sums, list(_unread(sheet, one.table, self.budget)))
        self.neighbours = Neighbours(self.budget, self.cells.formulas)
        self.carried = Carried(self.sums)
        self.kept: set[tuple[int, int]] = set()

    def sum_row(self, target: Sum) -> None:
        """The blank cells of one total, result or equity row; sums in the order of ``in_order``."""
        for column in in_time(self.budget):
            if self.is_open(target.target, column):
                verdict = self.sums.verdict(target, column)
                if verdict == Verdict() and self.is_in_use(column):
                    verdict = Verdict(doubt=Doubt(Reason.ALL_BLANK))
                terms = added((self.budget.at(n, column), f) for n, f in target.parts)
                self.take(target.target, column, "sum", verdict, terms=terms)
            if target.how == "equity":
                self.carry(target.target, column)

    def statement(self) -> None:
        """What a rule of the trade settles, whatever the table's other columns say."""
        by_rule = _BY_RULE.get(self.budget.kind)
        found = by_rule(self.sums) if by_rule is not None else None
        for column in in_time(self.budget) if found is not None else ():
            for row, verdict in found.verdicts(column) if found and self.is_in_use(column) else ():
                self.take(row, column, "sum", verdict)

    def unfounded(self) -> None:
        """A note on blank results that nothing leads to: no parts, or no closing before them."""
        known = {one.target for one in self.budget.sums}
        for index, row in enumerate(self.rows):
            why = Reason.NO_CLOSING if row.role == "equity_open" else Reason.NO_PARTS
            if row.role == "equity_open" or (row.role in _RESULTS and index not in known):
                for column in filter(self.is_in_use, in_time(self.budget)):
                    self.take(index, column, "sum", Verdict(doubt=Doubt(why)))

    def row_sums(self) -> None:
        """What is blank in columns that add up others, where all of those are known.

        Across goes before down: the rest waits for the sums of its parts.
        """
        for column in self.columns_of("sum"):
            self.begin(column)
            for row, line in enumerate(self.rows):
                if line.role in _COMPARED and line.label and self.is_open(row, column):
                    verdict = self.beside.across(row, column)
                    if verdict.amount is not None:
                        self.take_across(row, column, verdict)

    def begin(self, column: int) -> None:
        """The year begins with what the first of its months or quarters begins with."""
        for row, first, amount in self.carried.beginnings(column):
            terms = a1(*self.budget.at(row, first))
            self.take(row, column, "sum", Verdict(amount), terms=terms)

    def beside_columns(self) -> None:
        """The columns that follow from others, once every sum has been through."""
        for column in self.columns_of("sum"):
            for row, line in enumerate(self.rows):
                if line.role in _COMPARED and line.label and self.is_open(row, column):
                    self.take_across(row, column, self.beside.across(row, column))
        for column, heading in enumerate(self.budget.columns):
            if heading.is_compared:
                self.deviations(column)

    def take_across(self, row: int, column: int, verdict: Verdict) -> None:
        """A cell of a column that adds up others."""
        of = self.budget.columns[column].of
        terms = added((self.budget.at(row, n), factor) for n, factor in of)
        self.take(row, column, "sum", verdict, terms=terms)

    def columns_of(self, how: str) -> list[int]:
        """The columns that are calculated from others in one way."""
        return [n for n, heading in enumerate(self.budget.columns) if heading.how == how]

    def is_open(self, row: int, column: int) -> bool:
        """Whether a cell is blank and nothing has been decided of it."""
        is_blank = self.sheet.cell(*self.budget.at(row, column)).is_blank
        return is_blank and (row, column) not in self.kept

    def deviations(self, column: int) -> None:
        """The blank cells of a column of deviations or their per cent."""
        for row, line in enumerate(self.rows):
            if line.role in _COMPARED and self.is_open(row, column):
                terms = self.beside.terms(row, column)
                verdict = self.beside.deviation(row, column)
                self.take(row, column, "deviation", verdict, terms=terms)

    def carry(self, closing: int, column: int) -> None:
        """Next year's opening equity, where it is blank, is this year's closing."""
        found = self.carried.opening(closing, column)
        if found is None:
            return
        row, following, verdict = found
        if self.sheet.cell(*self.budget.at(row, following)).is_blank:
            why = f"{self.rows[row].label} från året innan"
            terms = a1(*self.budget.at(closing, column))
            self.take(row, following, "sum", verdict, why, terms)
        elif verdict.amount is not None:
            self.know(row, following, verdict.amount)

    def know(self, row: int, column: int, amount: Known) -> None:
        """A cell's figure, as those that build on it should see it."""
        self.unknown.pop((row, column), None)
        self.rows[row] = self.rows[row].with_amount(column, amount)
        self.cells.know(self.budget.at(row, column), self.in_cell(amount, row, column))
        self.refresh()

    def in_cell(self, amount: Known, row: int, column: int) -> Fraction:
        """An amount as its cell holds it: per cent may be parts of one."""
        return Fraction(amount) / (100 if self.beside.is_hundredth(row, column) else 1)

    def refresh(self) -> None:
        """Formulas that looked at blank cells show what they give once those are filled in."""
        for (row, column), why in list(self.unknown.items()):
            if why in doubts.OF_BLANKS and (row, column) in self.unknown:
                value = self.cells.refreshed(self.budget.at(row, column))
                if value is not None:
                    amount = value / self.in_cell(1, row, column)
                    self.printed[row] = self.printed[row].with_amount(column, amount)
                    self.know(row, column, amount)

    def is_in_use(self, column: int) -> bool:
        """Whether a column of a table holds anything: a year to come is blank as a whole."""
        return any(row.amounts[column] is not None for row in self.printed)

    def take(
        self, row: int, column: int, kind: Blank, verdict: Verdict, why: str = "", terms: str = ""
    ) -> None:
        """Write a settled figure in a blank cell; keep the reason where it is not settled.

        ``terms``: what it follows from, as a formula.
        """
        if not self.is_open(row, column):
            return
        at, amount = self.budget.at(row, column), verdict.amount
        is_percent = self.budget.columns[column].scenario == "percent"
        rounded = None
        if amount is not None:
            digits = _PERCENT_DECIMALS if is_percent else decimals(amount)
            rounded = self.in_cell(exact(round_half_away(amount, digits)), row, column)
            verdict = verdict._replace(amount=self.in_cell(amount, row, column))
        self.cells.take(
            at,
            kind,
            why or f"{self.rows[row].label}, {self.budget.columns[column].header}",
            verdict,
            rounded=rounded,
            like=self._like(row, column),
            beside=[self.neighbours.of(row, column)],
            terms=terms if terms and self.neighbours.prefer_formulas(column) else "",
        )
        if verdict != Verdict():
            self.kept.add((row, column))
        if amount is not None and not self.cells.is_open(at):
            self.know(row, column, amount)

    def _like(self, row: int, column: int) -> Iterator[tuple[int, int]]:
        """The cells whose format a result without one takes over: the nearest on its left.

        Of per cent one of the column that is shown as such.
        """
        if self.budget.columns[column].scenario == "percent":
            for other in self.beside.filled(column):
                if self.beside.is_shown(other, column):
                    yield self.budget.at(other, column)
        for other in range(column - 1, -1, -1):
            yield self.budget.at(row, other)


def in_order(sums: Sequence[Sum]) -> list[Sum]:
    """The sums so that one that others add up comes before them."""
    by_target = {one.target: one for one in sums}
    ordered: dict[int, Sum] = {}

    def place(one: Sum, above: frozenset[int]) -> None:
        for row, _ in one.parts:
            if row in by_target and row not in above:
                place(by_target[row], above | {one.target})
        ordered.setdefault(one.target, one)

    for one in sums:
        place(one, frozenset())
    return list(ordered.values())


def _unread(sheet: SheetGrid, table: Table, budget: Budget) -> Iterator[int]:
    """Columns of numbers among the table's that were not read: they may be what is compared."""
    numbers = [column.number for column in budget.columns]
    known = {*numbers, *(c.number for c in table.columns if c.field in _NAMES)}
    rows = [row.row for row in budget.rows]
    for number in range(min(numbers), max(numbers) + 1):
        if number not in known and any(
            isinstance(sheet.cell(row, number).value, int | float) for row in rows
        ):
            yield number
