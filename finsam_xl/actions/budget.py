"""Recomputing tables of amounts: totals, results, equity, deviations and per cent.

A blank result is filled in. A typed one is left alone: what it should be is said,
as *info* where rounding explains the difference and as a *warning* where it does
not, and it is replaced only if its code is accepted. A formula is never touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from finsam_xl.address import position
from finsam_xl.calc import totals
from finsam_xl.calc.deviation import deviation_percent
from finsam_xl.checks import budget as checks
from finsam_xl.model import Finding
from finsam_xl.model_budget import Amount, Budget, Known, Sum
from finsam_xl.money import exact, round_half_away
from finsam_xl.periods import Period
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.sheets.budget_reading import ReadBudget, read
from finsam_xl.sheets.grid import Grid, SheetGrid
from finsam_xl.sheets.period_headings import KINDS
from finsam_xl.sheets.tables import Table

_COMPARED = ("line", "subline", "total", "result")


def read_all(grid: Grid, tables: Sequence[Table]) -> list[ReadBudget]:
    """Every table of amounts among ``tables``, read."""
    return [read(grid.sheet(table.sheet), table) for table in tables if table.kind in KINDS]


def plan(grid: Grid, found: Sequence[ReadBudget], accept: Iterable[str] = ()) -> Plan:
    """What fills in and checks the tables; ``accept``: codes whose stated figures are replaced."""
    edits: list[CellEdit] = []
    findings: list[Finding] = []
    accepted = frozenset(accept)
    budgets = [one.budget for one in found]
    for number, one in enumerate(found):
        findings += one.findings
        filler = _Filler(grid.sheet(one.budget.sheet), one.budget, accepted)
        filler.fill()
        edits += filler.edits
        findings += filler.findings
        findings += checks.repeated_lines(one.budget)
        findings += checks.totals_without_lines(one.budget)
        findings += checks.label_shares(one.budget)
        openings = list(checks.openings(one.budget, budgets[:number] + budgets[number + 1 :]))
        findings += openings
        if "ingaende-avviker" in accepted:
            edits += _openings(grid.sheet(one.budget.sheet), openings)
    return Plan(edits=tuple(edits), findings=tuple(findings))


def _openings(sheet: SheetGrid, findings: Iterable[Finding]) -> Iterator[CellEdit]:
    """Typed opening equity replaced by the closing equity of the year before."""
    for finding in findings:
        cell = sheet.cell(*position(finding.cell or "A1"))
        if cell.formula is None and finding.cell and finding.calculated is not None:
            why = "Eget kapital vid årets slut året innan"
            yield CellEdit(sheet.name, finding.cell, cell.value, finding.calculated, why)


class _Filler:
    """Goes through the results of one table; figures it fills in count in those that follow."""

    def __init__(self, sheet: SheetGrid, budget: Budget, accepted: frozenset[str]) -> None:
        self.sheet, self.accepted = sheet, accepted
        self.rows = list(budget.rows)
        self.budget = budget._replace(rows=self.rows)
        self.edits: list[CellEdit] = []
        self.findings: list[Finding] = []
        self.instead: dict[tuple[int, int], Known] = {}
        """What wrong sums should have been, so that those built on them are not blamed."""

    def fill(self) -> None:
        columns = [
            number
            for number, heading in enumerate(self.budget.columns)
            if heading.scenario not in ("percent", "share", "key")
        ]
        for target in _in_order(self.budget.sums):
            label = self.rows[target.target].label
            first = {column: self.budget.summed(target, column) for column in columns}
            may_fill = self.is_borne_out(target, first)
            for column in columns:
                calculated, addends = first[column]
                if target.how == "equity":
                    # The column before may just have given this one its opening.
                    calculated, addends = self.budget.summed(target, column)
                what = f"{label}, {self.budget.columns[column].header}"
                if not self.follows_from_a_wrong_one(target, column, addends):
                    self.settle(target.target, column, calculated, addends, what, may_fill, target)
                if target.how == "equity":
                    self.carry_equity(target.target, column)
        for column, heading in enumerate(self.budget.columns):
            if heading.scenario == "other" and heading.period and heading.period.until:
                self.across(column)
            elif heading.scenario in ("deviation", "percent"):
                self.deviations(column)

    def is_borne_out(self, target: Sum, found: Mapping[int, tuple[Amount, int]]) -> bool:
        """Whether a sum holds in some column, or nothing is printed to hold it against."""
        printed = self.rows[target.target].amounts
        compared = [
            totals.severity(stated, wanted, addends) != "warning"
            for column, (wanted, addends) in found.items()
            if (stated := printed[column]) is not None and wanted is not None
        ]
        return any(compared) or not compared

    def follows_from_a_wrong_one(self, target: Sum, column: int, addends: int) -> bool:
        """Whether a sum is right with what a wrong one among its parts should have been."""
        if not self.instead:
            return False
        wrong = {n: self.instead[n, column] for n, _ in target.parts if (n, column) in self.instead}
        stated = self.rows[target.target].amounts[column]
        if not wrong or stated is None:
            return False
        parts = [
            (factor, wrong.get(number, self.rows[number].amounts[column]))
            for number, factor in target.parts
        ]
        wanted = sum(factor * amount for factor, amount in parts if amount is not None)
        return totals.severity(stated, wanted, addends) != "warning"

    def settle(
        self,
        row: int,
        column: int,
        calculated: Amount,
        addends: int,
        what: str,
        may_fill: bool = True,
        target: Sum | None = None,
    ) -> None:
        """Fill in a blank result, or hold a stated one against what was calculated.

        ``target``: the sum it is, for the reason of a difference.
        """
        if calculated is None:
            return
        ref = self.budget.place(row, column)
        cell = self.sheet.cell(*position(ref.cell))
        stated = self.budget.rows[row].amounts[column]
        if cell.is_blank:
            if may_fill:
                self.write(row, column, calculated, what)
            else:
                self.findings.append(checks.left_blank(ref, what))
            return
        if stated is None:
            return
        reason = ""
        if target is not None and stated != calculated:
            reason = checks.left_out(self.budget, target, column, stated - calculated)
        finding = checks.stated_sum(self.budget, ref, what, stated, calculated, addends, reason)
        if finding is not None and finding.severity == "warning":
            self.instead[row, column] = calculated
            if target is not None and target.how == "operating":
                finding = checks.without_financial(ref, what, stated, calculated)
        if finding is not None:
            self.findings.append(finding)
            if finding.code in self.accepted and cell.formula is None:
                self.write(row, column, calculated, what)

    def write(self, row: int, column: int, amount: Known, why: str) -> None:
        ref = self.budget.place(row, column)
        cell = self.sheet.cell(*position(ref.cell))
        percent = self.budget.columns[column].scenario == "percent"
        value = (
            round_half_away(amount, 1) if percent else round_half_away(amount, _decimals(amount))
        )
        if percent and cell.percent:
            value /= 100
        number = int(value) if value == value.to_integral_value() else float(value)
        like = self._like(row, column)
        self.edits.append(CellEdit(ref.sheet, ref.cell, cell.value, number, why, like=like))
        amounts = list(self.budget.rows[row].amounts)
        amounts[column] = amount
        self.rows[row] = self.rows[row]._replace(amounts=tuple(amounts))

    def _like(self, row: int, column: int) -> str:
        """The cell whose format a result without one takes over: the nearest on its left."""
        for other in range(column - 1, -1, -1):
            ref = self.budget.place(row, other)
            if not self.sheet.cell(*position(ref.cell)).is_blank:
                return ref.cell
        return ""

    def carry_equity(self, closing: int, column: int) -> None:
        """Next year's opening equity, where it is blank, is this year's closing."""
        opening = next((n for n, r in enumerate(self.budget.rows) if r.role == "equity_open"), None)
        heading = self.budget.columns[column]
        amount = self.budget.rows[closing].amounts[column]
        following = self._column_after(heading.period, heading.scenario)
        if opening is None or following is None or amount is None:
            return
        ref = self.budget.place(opening, following)
        if self.sheet.cell(*position(ref.cell)).is_blank:
            label = self.budget.rows[opening].label
            self.write(opening, following, amount, f"{label} från året innan")

    def _column_after(self, period: Period | None, scenario: str) -> int | None:
        if period is None or period.tertial is not None:
            return None
        return next(
            (
                number
                for number, column in enumerate(self.budget.columns)
                if column.period == Period(period.year + 1) and column.scenario == scenario
            ),
            None,
        )

    def across(self, column: int) -> None:
        """A column that adds up the stated ones beside it."""
        stated = [n for n, other in enumerate(self.budget.columns) if other.is_stated]
        for row, line in enumerate(self.budget.rows):
            amounts = [a for n in stated if (a := line.amounts[n]) is not None]
            if amounts:
                what = f"{line.label}, {self.budget.columns[column].header}"
                self.settle(row, column, sum(amounts), len(amounts), what)

    def _is_netted(self, target: Sum, sides: tuple[int, int]) -> bool:
        """Whether a sum holds something with an outcome but no budget, such as a netted project.

        Its sides do not compare; what is printed there is the sum of the deviations.
        """
        rows = self.budget.rows
        return any(checks.has_one_side(rows[row], sides) for row, _ in target.parts)

    def deviations(self, column: int) -> None:
        sides = self.budget.compared(column)
        if sides is None:
            return
        heading = self.budget.columns[column]
        netted = {one.target for one in self.budget.sums if self._is_netted(one, sides)}
        for row, line in enumerate(self.budget.rows):
            if line.role not in _COMPARED or row in netted:
                continue
            calculated = checks.deviation(self.budget, line, sides)
            if heading.scenario == "percent":
                calculated = deviation_percent(calculated, line.amounts[sides[1]])
                if calculated is not None and _is_shown(line.amounts[column], calculated):
                    continue
            self.settle(row, column, calculated, 2, f"{line.label}, {heading.header}")


def _in_order(sums: Sequence[Sum]) -> list[Sum]:
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


def _is_shown(stated: Amount, calculated: Known) -> bool:
    """Whether a figure is another one, rounded as it is printed."""
    if stated is None:
        return False
    decimals = next((n for n in range(6) if (stated * 10**n).denominator == 1), 6)
    return exact(round_half_away(calculated, decimals)) == stated


def _decimals(amount: Known) -> int:
    return 0 if amount.denominator == 1 else 1
