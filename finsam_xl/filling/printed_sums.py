"""The rows of a table that add up others: what is printed of them, and what each holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from finsam_xl.calc.totals import explained_by_rounding
from finsam_xl.filling.sides import sides, sign_is_sure
from finsam_xl.findings.reasons import Reason
from finsam_xl.model_budget import SIGNED, Amount, Budget, BudgetRow, Sum, decimals
from finsam_xl.sheets.grid import SheetGrid, is_number
from finsam_xl.sheets.tables import Table
from finsam_xl.words.sides import heads_spending

ADDED = ("line", "total", "result")
"""The roles of rows that sums add up."""
ACROSS = ("deviation", "percent", "share", "key")
Parts = tuple[tuple[int, int], ...]


class PrintedSums:
    """The sums of one table. ``rows`` are live: what has been filled in counts.

    ``unknown``: cells, by row and column index, whose figure means nothing (stale formulas,
    dates, percentages).
    """

    def __init__(
        self,
        sheet: SheetGrid,
        budget: Budget,
        printed: Sequence[BudgetRow],
        unknown: Mapping[tuple[int, int], Reason],
        table: Table,
    ) -> None:
        self.sheet, self.budget, self.printed, self.unknown = sheet, budget, printed, unknown
        self.header_row, self.texts = table.header_row, (*table.titles, sheet.title)
        heading = sheet.cell(table.header_row, budget.label_column).value
        self.sides = sides(budget, is_spending=heads_spending(str(heading or "")))
        self.is_signed = budget.sign == SIGNED
        self.sign_is_sure = sign_is_sure(budget, self.sides)
        self.at = {row.row: index for index, row in enumerate(budget.rows)}
        self.inside = self._children()

    @property
    def rows(self) -> Sequence[BudgetRow]:
        """The rows as they are now."""
        return self.budget.rows

    def _children(self) -> dict[int, set[int]]:
        """The rows that each total, group or line holds, at every depth."""
        direct = {
            one.target: {row for row, _ in one.parts}
            for one in self.budget.sums
            if self.is_borne_out(one)
        }
        found: dict[int, set[int]] = {}
        for target, parts in direct.items():
            reached = set(parts)
            while more := {n for row in reached for n in direct.get(row, ())} - reached:
                reached |= more
            found[target] = reached
        return found

    def reach(self, rows: Iterable[int]) -> set[int]:
        """Rows and all that they hold."""
        own = set(rows)
        return own | self.inside_of(own)

    def inside_of(self, rows: Iterable[int]) -> set[int]:
        """All that rows hold, at every depth."""
        return {n for row in rows for n in self.inside.get(row, ())}

    def is_borne_out(self, one: Sum) -> bool:
        """Whether a sum holds somewhere, or is printed nowhere: else its parts are a guess.

        What is calculated across, such as per cent, is no sum of the rows above.
        """
        printed = [
            n
            for n, amount in enumerate(self.printed[one.target].amounts)
            if amount is not None and self.budget.columns[n].scenario not in ACROSS
        ]
        return not printed or any(self.holds(one.target, one.parts, n) for n in printed)

    def amount(self, row: int, column: int) -> Amount:
        """A figure that means something; ``None`` for what is blank, stale or no amount."""
        return None if (row, column) in self.unknown else self.rows[row].amounts[column]

    def is_blank(self, row: int, column: int) -> bool:
        """Whether a cell shows nothing, or a 0 that adds up nothing but blanks."""
        return (
            self.rows[row].amounts[column] is None and column not in self.rows[row].unreadable
        ) or self.unknown.get((row, column)) == Reason.PART_BLANK

    def place(self, row: int, column: int) -> str:
        """A cell's address, for a reason."""
        return self.budget.place(row, column).cell

    def is_sure(self, row: int) -> bool:
        """Whether it is settled how a row counts in a result."""
        if not self.sign_is_sure or self.is_signed:
            return self.sign_is_sure
        return bool(self.sides[row]) or self.rows[row].role == "result"

    def has_formula(self, row: int, number: int) -> bool:
        """Whether a cell holds a formula; its text is dearer to ask for."""
        return self.sheet.cell(row, number).formula is not None

    def is_number(self, row: int, number: int) -> bool:
        """Whether a cell shows a number, whoever it belongs to."""
        cell = self.sheet.cell(row, number)
        return cell.formula is not None or is_number(cell.value)

    def evidence(self, index: int, column: int) -> list[int]:
        """The other columns where a person has printed the row's figure."""
        return [
            number
            for number, heading in enumerate(self.budget.columns)
            if number != column
            and heading.scenario not in ACROSS
            and self.printed[index].amounts[number] is not None
            and (index, number) not in self.unknown
        ]

    def step(self, rows: Sequence[int], column: int) -> Fraction:
        """What the figures of some rows are rounded to in a column."""
        known = [a for row in rows if (a := self.rows[row].amounts[column]) is not None]
        return Fraction(1, 10 ** max(map(decimals, known), default=0))

    def holds(self, index: int, parts: Parts, column: int) -> bool:
        """Whether parts add up to what is printed, rounding allowed."""
        known = [
            (factor, amount)
            for row, factor in parts
            if (amount := self.amount(row, column)) is not None
        ]
        stated = self.printed[index].amounts[column]
        if not known or stated is None:
            return False
        gap = stated - sum(factor * amount for factor, amount in known)
        rows = [index, *(row for row, _ in parts)]
        return explained_by_rounding(gap, len(known), self.step(rows, column))

    def says_something(self, target: Sum, column: int) -> bool:
        """Whether agreement in a column is no coincidence: several parts, or a section of one."""
        amounts = [self.amount(row, column) for row, _ in target.parts]
        return sum(bool(amount) for amount in amounts) > (len(target.parts) > 1)

    def is_exact(self, target: Sum, parts: Parts, held: Sequence[int]) -> bool:
        """Whether parts are what is printed to the last unit: more than rounding makes room for."""
        printed = self.printed[target.target].amounts
        return all(self.summed(parts, n) == printed[n] for n in held)

    def summed(self, parts: Parts, column: int) -> Amount:
        """The known parts together."""
        known = [f * a for row, f in parts if (a := self.amount(row, column)) is not None]
        return sum(known) if known else None

    def folded(self, run: Sequence[int], without: int = -1) -> list[int]:
        """Rows without those that an other of them adds up, unless it adds up ``without`` too."""
        held = self.inside_of(n for n in run if without not in self.inside.get(n, ()))
        return [row for row in run if row not in held]

    def is_silent(self, rows: set[int], index: int) -> bool:
        """Whether rows are blank or 0 wherever the total is printed: only place tells of them."""
        columns = [n for n, a in enumerate(self.printed[index].amounts) if a is not None]
        return not any(self.amount(row, n) for row in rows for n in columns)
