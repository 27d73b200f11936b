"""The blank results of one table of amounts: what is written, what is left blank, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from finsam_xl.address import a1
from finsam_xl.calc.totals import explained_by_rounding
from finsam_xl.filling import doubts
from finsam_xl.filling.as_formula import Formulas, across, down
from finsam_xl.filling.balanskrav import Statement
from finsam_xl.filling.cash_flow import CashFlow
from finsam_xl.filling.deviations import AcrossGate
from finsam_xl.filling.doubts import Doubt, LeftBlank
from finsam_xl.filling.places import is_hidden
from finsam_xl.filling.sums import SumGate, Verdict
from finsam_xl.model import Ref
from finsam_xl.model_budget import Budget, BudgetColumn, BudgetRow, Known, Sum, decimals
from finsam_xl.money import round_half_away
from finsam_xl.periods import MONTHS_PER_YEAR, Period
from finsam_xl.plan import CellEdit
from finsam_xl.reading.book import ReadBudget
from finsam_xl.reading.kinds import AmountKind
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.sheets.tables import Table
from finsam_xl.words.unlike import is_other_unit

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
        self,
        sheet: SheetGrid,
        one: ReadBudget,
        unknown: Mapping[tuple[int, int], str],
        *,
        formulas: bool = False,
    ) -> None:
        """``formulas``: results are written as formulas also where the sheet's are typed."""
        self.sheet = sheet
        self.printed: list[BudgetRow] = list(one.budget.rows)
        self.rows: list[BudgetRow] = list(one.budget.rows)
        self.budget: Budget = one.budget._replace(rows=self.rows)
        self.unknown = dict(unknown)
        self.sums = SumGate(sheet, self.budget, self.printed, self.unknown, one.table)
        self.beside = AcrossGate(
            sheet,
            self.budget,
            self.printed,
            self.sums,
            list(_unread(sheet, one.table, self.budget)),
            sheet.texts,
            self.unknown,
        )
        self.formulas = Formulas(
            sheet,
            self.budget,
            self.rows,
            self.unknown,
            self.beside.is_hundredth,
            always=formulas,
        )
        self.edits: list[CellEdit] = []
        self.left: list[LeftBlank] = []
        self.kept: set[tuple[int, int]] = set()

    def sum_row(self, target: Sum) -> None:
        """The blank cells of one total, result or equity row; sums in the order of ``in_order``."""
        for column in self.in_time():
            if self.is_open(target.target, column):
                verdict = self.sums.verdict(target, column)
                if verdict == Verdict() and self.is_in_use(column):
                    verdict = Verdict(doubt=Doubt(doubts.ALL_BLANK))
                terms = down(self.budget, target.parts, column)
                self.take(target.target, column, "summa-tom", verdict, terms=terms)
            if target.how == "equity":
                self.carry(target.target, column)

    def statement(self) -> None:
        """What a rule of the trade settles, whatever the table's other columns say."""
        by_rule = _BY_RULE.get(self.budget.kind)
        found = by_rule(self.sums) if by_rule is not None else None
        for column in self.in_time() if found is not None else ():
            for row, verdict in found.verdicts(column) if found and self.is_in_use(column) else ():
                self.take(row, column, "summa-tom", verdict)

    def openings(self) -> None:
        """A note on opening equity that is blank and that nothing leads to."""
        for index, row in enumerate(self.rows):
            for column in self.in_time() if row.role == "equity_open" else ():
                if self.is_in_use(column):
                    doubt = Doubt(doubts.NO_CLOSING)
                    self.take(index, column, "summa-tom", Verdict(doubt=doubt))

    def without_parts(self) -> None:
        """A note on blank results of which nobody knows what they add up."""
        known = {one.target for one in self.budget.sums}
        for index, row in enumerate(self.rows):
            if row.role in _RESULTS and index not in known:
                for column in self.in_time():
                    if self.is_in_use(column):
                        doubt = Doubt(doubts.NO_PARTS)
                        self.take(index, column, "summa-tom", Verdict(doubt=doubt))

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
        parts = [n for n, _ in self.budget.columns[column].of]
        times = [self.budget.columns[n].period for n in parts]
        follow = all(one is not None and _following(one) == two for one, two in pairwise(times))
        for row, line in enumerate(self.rows):
            amount = self.sums.amount(row, parts[0])
            if line.role == "equity_open" and follow and amount is not None:
                terms = a1(*self.budget.at(row, parts[0]))
                self.take(row, column, "summa-tom", Verdict(amount), terms=terms)

    def beside_columns(self) -> None:
        """The columns that follow from others, once every sum has been through."""
        for column in self.columns_of("sum"):
            for row, line in enumerate(self.rows):
                if line.role in _COMPARED and line.label:
                    self.take_across(row, column, self.beside.across(row, column))
        for column, heading in enumerate(self.budget.columns):
            if heading.is_compared:
                self.deviations(column)

    def take_across(self, row: int, column: int, verdict: Verdict) -> None:
        """A cell of a column that adds up others."""
        terms = across(self.budget, row, self.budget.columns[column].of)
        self.take(row, column, "summa-tom", verdict, terms=terms)

    def columns_of(self, how: str) -> list[int]:
        """The columns that are calculated from others in one way."""
        return [n for n, heading in enumerate(self.budget.columns) if heading.how == how]

    def in_time(self) -> list[int]:
        """The columns of amounts, the earlier year first: equity goes on from one to the next."""
        numbers = [
            n
            for n, heading in enumerate(self.budget.columns)
            if not (heading.is_compared or heading.is_ratio or _is_of_another_unit(heading))
        ]
        return sorted(numbers, key=lambda n: _time_of(self.budget.columns[n].period))

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
                self.take(row, column, "avvikelse-tom", verdict, terms=terms)

    def carry(self, closing: int, column: int) -> None:
        """Next year's opening equity, where it is blank, is this year's closing."""
        opening = next((n for n, r in enumerate(self.rows) if r.role == "equity_open"), None)
        following = self._after(column)
        amount = self.sums.amount(closing, column)
        if opening is None or following is None or amount is None:
            return
        if self.fetches(opening, following, closing, column):
            self.know(opening, following, amount)
        elif self.is_open(opening, following):
            verdict = Verdict(amount)
            if self.contradicts(opening, closing, following, amount):
                verdict = Verdict(doubt=Doubt(doubts.EQUITY_UNSURE))
            elif self.closes_otherwise(closing, column, amount) or (
                self.goes_on(closing, column) and not self.is_carried(opening, closing, following)
            ):
                verdict = Verdict(doubt=Doubt(doubts.TWO_WAYS))
            why = f"{self.rows[opening].label} från året innan"
            terms = a1(*self.budget.at(closing, column))
            self.take(opening, following, "summa-tom", verdict, why, terms)

    def closes_otherwise(self, closing: int, column: int, amount: Known) -> bool:
        """Whether the same year closes with another figure in another scenario: a forecast, say."""
        period = self.budget.columns[column].period
        return any(
            n != column
            and other.period == period
            and other.is_stated
            and self.rows[closing].amounts[n] != amount
            for n, other in enumerate(self.budget.columns)
        )

    def goes_on(self, closing: int, column: int) -> bool:
        """Whether a line below the closing may change equity before the next year opens."""
        return any(row.role == "line" and row.amounts[column] for row in self.rows[closing + 1 :])

    def is_carried(self, opening: int, closing: int, column: int) -> bool:
        """Whether another year is printed to begin with what the year before it closed with."""
        return any(
            (after := self._after(n)) not in (None, column)
            and (amount := self.printed[closing].amounts[n])
            and self.printed[opening].amounts[after] == amount
            for n in self.in_time()
        )

    def contradicts(self, opening: int, closing: int, column: int, amount: Known) -> bool:
        """Whether an opening would not lead to the closing that is printed in its column."""
        for one in self.budget.sums:
            if one.target == closing:
                rest = [row for row, _ in one.parts if row != opening]
                result = self.sums.amount(rest[0], column) if len(rest) == 1 else None
                end = self.printed[closing].amounts[column]
                if result is not None and end is not None:
                    return not explained_by_rounding(amount + result - end, 2)
        return False

    def fetches(self, opening: int, column: int, closing: int, before: int) -> bool:
        """Whether an opening is a formula that is nothing but the closing before it."""
        place = self.budget.at(opening, column)
        if self.sheet.cell(*place).formula is None:
            return False
        text = self.sheet.formulas.get(place, "").replace("$", "").lstrip("+= ")
        return text.upper() == a1(*self.budget.at(closing, before))

    def know(self, row: int, column: int, amount: Known) -> None:
        """A cell's figure, as those that build on it should see it."""
        self.unknown.pop((row, column), None)
        self.rows[row] = _with(self.rows[row], column, amount)
        self.refresh()

    def refresh(self) -> None:
        """Formulas that looked at blank cells show what they give once those are filled in."""
        for (row, column), why in list(self.unknown.items()):
            if why in doubts.OF_BLANKS and (row, column) in self.unknown:
                amount = self.formulas.refreshed(row, column)
                if amount is not None:
                    self.printed[row] = _with(self.printed[row], column, amount)
                    self.know(row, column, amount)

    def _after(self, column: int) -> int | None:
        """The column of the time after: of the same scenario, or the only one of that time."""
        heading = self.budget.columns[column]
        if heading.period is None or heading.period.until is not None:
            return None
        if heading.scenario.endswith("_to_date"):
            return None
        following = _following(heading.period)
        found = [n for n in self.in_time() if self.budget.columns[n].period == following]
        same = [n for n in found if self.budget.columns[n].scenario == heading.scenario]
        for one in (same, found):
            if len(one) == 1:
                return one[0]
        return None

    def is_in_use(self, column: int) -> bool:
        """Whether a column of a table holds anything: a year to come is blank as a whole."""
        return any(row.amounts[column] is not None for row in self.printed)

    # Writing --------------------------------------------------------------------------------

    def take(
        self, row: int, column: int, code: str, verdict: Verdict, why: str = "", terms: str = ""
    ) -> None:
        """Write a settled figure in a blank cell; keep the reason where it is not settled.

        ``terms``: what it follows from, as a formula.
        """
        if not self.is_open(row, column):
            return
        what = why or f"{self.rows[row].label}, {self.budget.columns[column].header}"
        ref = self.budget.place(row, column)
        doubt = verdict.doubt
        if verdict.amount is not None and is_hidden(self.sheet, *self.budget.at(row, column)):
            doubt = Doubt(doubts.UNDER_MERGE)
        if doubt is not None:
            self.kept.add((row, column))
            self.left.append(LeftBlank(ref, code, what, doubt))
        elif verdict.amount is not None:
            self.write(row, column, verdict.amount, what, terms)

    def write(self, row: int, column: int, amount: Known, why: str, terms: str) -> None:
        """An edit with the decimals of the column's own figures; a formula is never replaced."""
        ref = self.budget.place(row, column)
        cell = self.sheet.cell(*self.budget.at(row, column))
        in_cell = self.formulas.in_cell(amount, row, column)
        formula = self.formulas.of(row, column, in_cell, terms)
        is_percent = self.budget.columns[column].scenario == "percent"
        digits = _PERCENT_DECIMALS if is_percent else decimals(amount)
        value = round_half_away(amount, digits)
        if self.beside.is_hundredth(row, column):
            value /= 100
        number = int(value) if value == value.to_integral_value() else float(value)
        like = self._like(row, column)
        text = ""
        if formula is not None:
            number = in_cell.numerator if in_cell.denominator == 1 else float(in_cell)
            text = formula.text
            if formula.source is not None:
                like = Ref.at(self.sheet.name, *formula.source).cell
        self.edits.append(
            CellEdit(ref.sheet, ref.cell, cell.value, number, why, like=like, formula=text)
        )
        self.kept.add((row, column))
        self.know(row, column, amount)

    def _like(self, row: int, column: int) -> str:
        """The cell whose format a result without one takes over: the nearest on its left.

        Of per cent one of the column that is shown as such.
        """
        if self.budget.columns[column].scenario == "percent":
            for other in self.beside.filled(column):
                if self.beside.is_shown(other, column):
                    return self.budget.place(other, column).cell
        for other in range(column - 1, -1, -1):
            if not self.sheet.cell(*self.budget.at(row, other)).is_blank:
                return self.budget.place(row, other).cell
        return ""


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


def _with(row: BudgetRow, column: int, amount: Known) -> BudgetRow:
    """A row with another amount in a column."""
    amounts = list(row.amounts)
    amounts[column] = amount
    return row._replace(amounts=tuple(amounts))


def _is_of_another_unit(column: BudgetColumn) -> bool:
    """Whether a column beside the amounts is of prices, shares or people: it has no sum of ours."""
    return column.scenario == "other" and not column.of and is_other_unit(column.header)


def _following(period: Period) -> Period | None:
    """The year, or the part of one as long, that begins when a period ends."""
    if period.last_month == MONTHS_PER_YEAR:
        return Period.of(period.year + 1, 1, period.months)
    last = period.last_month + period.months
    if last > MONTHS_PER_YEAR:
        return None
    return Period.of(period.year, period.last_month + 1, last)


def _time_of(period: Period | None) -> tuple[int, int]:
    return (0, 0) if period is None else (period.until or period.year, period.last_month)


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
