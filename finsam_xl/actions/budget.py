"""Recomputing tables of amounts: totals, results, equity, deviations and per cent.

A blank result is filled in where what it follows from is settled (``finsam_xl.filling``).
A typed one is left alone: what it should be is said, as *info* where rounding explains the
difference and as a *warning* where it does not. A formula is never touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from finsam_xl.calc import totals
from finsam_xl.checks.amounts import budget as checks
from finsam_xl.checks.standing import is_standing
from finsam_xl.filling import doubts
from finsam_xl.filling import from_balance as balance_rows
from finsam_xl.filling.amounts import Filler, in_order
from finsam_xl.filling.cells import Cells
from finsam_xl.filling.unknown import Unknown
from finsam_xl.findings.reasons import Reason
from finsam_xl.model import Finding
from finsam_xl.model_budget import Amount, Budget, Known, Sum, decimals
from finsam_xl.money import exact, round_half_away
from finsam_xl.plan import CellEdit, Plan, merge
from finsam_xl.reading import book as reading
from finsam_xl.reading.book import ReadBudget
from finsam_xl.reading.kinds import AmountKind
from finsam_xl.sheets.grid import Grid, SheetGrid, Value

_OF_A_FLOAT = Fraction(1, 10**9)
"""A difference that a formula's figure has from being stored in binary."""
_MOST_OFF = 2
"""A column that is off in more than so many times the rows where it holds is not the sum."""
_COMPARED = ("line", "subline", "total", "result")


def settled(grid: Grid) -> list[ReadBudget]:
    """The tables of amounts with what a run would fill in, as reports show them.

    A figure that means nothing, such as a formula's 0 that adds up blanks, is unknown.
    """
    if settled not in grid.kept:
        found = reading.budgets(reading.tables(grid))
        unknown = Unknown.of(grid, [one.budget for one in found])
        grid.kept[settled] = [_settled(grid, one, unknown) for one in found]
    kept: list[ReadBudget] = grid.kept[settled]
    return kept


def as_written(
    grid: Grid, found: Sequence[ReadBudget], edits: Iterable[CellEdit]
) -> list[ReadBudget]:
    """The tables as a workbook prints them once a run's edits are in, and no more than that.

    A figure that means nothing, such as that of a formula which looks at a blank total, is unknown.
    """
    unknown = Unknown.of(grid, [one.budget for one in found])
    new = {(edit.sheet, edit.cell): edit.new for edit in edits if not edit.keeps_value}
    return [_as_written(one, unknown.cells(one.budget), new) for one in found]


def _as_written(
    one: ReadBudget,
    unknown: Mapping[tuple[int, int], Reason],
    new: Mapping[tuple[str, str], Value],
) -> ReadBudget:
    rows = list(one.budget.rows)
    for index, row in enumerate(rows):
        amounts = list(row.amounts)
        for number, column in enumerate(one.budget.columns):
            place = one.budget.place(index, number)
            value = new.get((place.sheet, place.cell))
            if isinstance(value, int | float) and column.scenario != "percent":
                amounts[number] = exact(value)
        rows[index] = row._replace(amounts=tuple(amounts))
    return _without_meaning(one._replace(budget=one.budget._replace(rows=tuple(rows))), unknown)


def _without_meaning(one: ReadBudget, unknown: Mapping[tuple[int, int], Reason]) -> ReadBudget:
    meaningless = {place for place, why in unknown.items() if why in doubts.OF_BLANKS}
    rows = [
        row._replace(
            amounts=tuple(
                None if (index, n) in meaningless else amount
                for n, amount in enumerate(row.amounts)
            ),
            unreadable=row.unreadable | {n for r, n in meaningless if r == index},
        )
        for index, row in enumerate(one.budget.rows)
    ]
    return one._replace(budget=one.budget._replace(rows=tuple(rows)))


def _settled(grid: Grid, one: ReadBudget, unknown: Unknown) -> ReadBudget:
    filler = Filler(grid.sheet(one.budget.sheet), one, unknown)
    filler.statement()
    filler.row_sums()
    for target in in_order(one.budget.sums):
        filler.sum_row(target)
    filler.beside_columns()
    filled = one._replace(budget=one.budget._replace(rows=tuple(filler.rows)))
    return _without_meaning(filled, filler.unknown)


def plan(grid: Grid, found: Sequence[ReadBudget], *, formulas: bool = False) -> Plan:
    """What fills in and checks the tables.

    ``formulas``: what is filled in is written as formulas also where the sheet's own are typed.
    """
    edits: list[CellEdit] = []
    findings: list[Finding] = []
    budgets = [one.budget for one in found]
    unknown = Unknown.of(grid, budgets)
    for number, one in enumerate(found):
        sheet = grid.sheet(one.budget.sheet)
        findings += one.findings
        filler = Filler(sheet, one, unknown, formulas=formulas)
        judge = _Judge(sheet, filler)
        filler.statement()
        filler.row_sums()
        for target in in_order(one.budget.sums):
            filler.sum_row(target)
            judge.sum_row(target)
        filler.beside_columns()
        filler.unfounded()
        judge.beside_columns()
        edits += filler.cells.edits
        findings += judge.findings
        findings += doubts.findings(filler.cells.left)
        findings += checks.repeated_lines(one.budget)
        findings += checks.totals_without_lines(one.budget)
        findings += checks.label_shares(one.budget)
        findings += checks.openings(one.budget, budgets[:number] + budgets[number + 1 :])
    return Plan(edits=tuple(edits), findings=tuple(findings))


def from_balance(grid: Grid, budgets: Sequence[Budget]) -> Plan:
    """What tables tell of the balance sheet and is blank, as the run has left them."""
    balances = [one for one in budgets if one.kind == AmountKind.BALANCE]
    plans = []
    for one in budgets if balances else ():
        cells = Cells(grid.sheet(one.sheet), Unknown.of(grid, [one]))
        balance_rows.fill(cells, one, balances)
        plans.append(cells.plan())
    return merge(plans)


class _Judge:
    """Holds the printed results of one table against what its rows give."""

    def __init__(self, sheet: SheetGrid, filler: Filler) -> None:
        self.sheet, self.filler = sheet, filler
        self.budget, self.rows = filler.budget, filler.rows
        self.findings: list[Finding] = []
        self.steps: dict[int, Known] = {}
        self.instead: dict[tuple[int, int], Known] = {}
        """What wrong sums should have been, so that those built on them are not blamed."""

    def sum_row(self, target: Sum) -> None:
        """The printed cells of one sum."""
        if checks.is_of_another(self.budget, target):
            return
        label = self.rows[target.target].label
        for column, heading in enumerate(self.budget.columns):
            if heading.is_ratio:
                continue
            if any(self.means_nothing(row, column) for row, _ in target.parts):
                continue
            calculated, addends = self.budget.summed(target, column)
            if self.is_taken_across(target.target, column) and self.is_off(
                target.target, column, calculated, addends
            ):
                continue
            what = f"{label}, {heading.header}"
            if not self.follows_from_a_wrong_one(target, column, addends):
                self.settle(target.target, column, calculated, addends, what, target)

    def is_taken_across(self, row: int, column: int) -> bool:
        """Whether a deviation has both its sides on its own row: then those tell, and no sum.

        Where nobody knows what it is between, no one knows how it adds up to a result.
        """
        heading = self.budget.columns[column]
        if not heading.is_compared:
            return False
        pair = self.budget.compared(column)
        if pair is None:
            return self.rows[row].role == "result"
        return all(self.rows[row].amounts[n] is not None for n in pair)

    def means_nothing(self, row: int, column: int) -> bool:
        """Whether a cell shows what a formula made of cells that are blank."""
        return self.filler.unknown.get((row, column)) in doubts.OF_BLANKS

    def is_off(self, row: int, column: int, calculated: Amount, addends: int) -> bool:
        """Whether a printed figure is not what was calculated, rounding allowed."""
        stated = self.rows[row].amounts[column]
        if stated is None or calculated is None:
            return False
        return totals.severity(stated, calculated, addends, self.step(column)) == "warning"

    def beside_columns(self) -> None:
        """The printed cells of the columns that follow from others."""
        for column, heading in enumerate(self.budget.columns):
            if heading.how == "sum":
                self.across(column)
            elif heading.is_compared:
                self.deviations(column)

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
        return totals.severity(stated, wanted, addends, self.step(column)) != "warning"

    def step(self, column: int) -> Known:
        """What the figures of a column are rounded to."""
        if column not in self.steps:
            self.steps[column] = self.budget.step(column)
        return self.steps[column]

    def settle(
        self,
        row: int,
        column: int,
        calculated: Amount,
        addends: int,
        what: str,
        target: Sum | None = None,
    ) -> None:
        """Hold a stated result against what was calculated.

        ``target``: the sum it is, for the reason of a difference.
        """
        ref = self.budget.place(row, column)
        cell = self.sheet.cell(*self.budget.at(row, column))
        stated = self.rows[row].amounts[column]
        if calculated is None or stated is None or cell.is_blank:
            return
        if self.means_nothing(row, column) or -_OF_A_FLOAT < stated - calculated < _OF_A_FLOAT:
            return
        left = None
        if target is not None and stated != calculated:
            left = checks.left_out(self.budget, target, column, stated - calculated)
        step = self.step(column)
        finding = checks.stated_sum(self.budget, ref, what, stated, calculated, addends, step, left)
        if finding is not None and finding.severity == "warning":
            self.instead[row, column] = calculated
            if target is not None and target.how == "operating":
                finding = checks.without_financial(ref, what, stated, calculated)
        if finding is not None:
            self.findings.append(finding)

    def across(self, column: int) -> None:
        """A column that adds up others."""
        heading = self.budget.columns[column]
        added = [n for n, _ in heading.of]
        sums: dict[int, list[Known]] = {}
        for row, line in enumerate(self.rows):
            known = [factor * a for n, factor in heading.of if (a := line.amounts[n]) is not None]
            if known and not is_standing(self.budget, self.rows, row, added):
                sums[row] = known
        shown = [row for row in sums if self.rows[row].amounts[column] is not None]
        off = sum(self.is_off(row, column, sum(sums[row]), len(sums[row])) for row in shown)
        if off > _MOST_OFF * max(1, len(shown) - off):
            return  # it is something else than the sum, whatever it is called
        for row, known in sums.items():
            what = f"{self.rows[row].label}, {heading.header}"
            self.settle(row, column, sum(known), len(known), what)

    def deviations(self, column: int) -> None:
        beside = self.filler.beside
        readings = beside.printed_readings(column)
        if not readings:
            return
        heading = self.budget.columns[column]
        netted = beside.netted(readings[0])
        for row, line in enumerate(self.rows):
            stated = line.amounts[column]
            if line.role not in _COMPARED or row in netted or stated is None:
                continue
            figures = [f for one in readings for f in beside.figures(row, one, column)]
            if any(f is not None and _is_shown(stated, f) for f in figures):
                continue
            self.settle(row, column, figures[0], 2, f"{line.label}, {heading.header}")


def _is_shown(stated: Amount, calculated: Known) -> bool:
    """Whether a figure is another one, rounded as it is printed."""
    if stated is None:
        return False
    return exact(round_half_away(calculated, decimals(stated))) == stated
