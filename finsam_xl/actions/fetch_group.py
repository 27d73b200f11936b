"""The columns of one period: the rules of all their rows, and what a ledger gives each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from finsam_xl.actions.fetch_targets import Target
from finsam_xl.calc import ledger_sums
from finsam_xl.calc.ledger_rules import Figure, Rule
from finsam_xl.calc.ledger_sums import Months, Outcome
from finsam_xl.findings import tell
from finsam_xl.ledgers.record import Ledger
from finsam_xl.model import Finding, Ref
from finsam_xl.reading import ledger_sheet
from finsam_xl.reading.settings import settings
from finsam_xl.sheets.grid import Grid

_MOST_ACCOUNTS = 6
_INCOME, _COSTS = ("3",), ("4", "5", "6", "7")
"""Classes of accounts in which all are income, and costs. Source: BAS and Kommun-Bas."""


def groups(grid: Grid, ledger: Ledger, own: Iterable[Target]) -> list[Group]:
    """The columns by their periods, those from the year's beginning first."""
    by_months: dict[Months, list[Target]] = {}
    for target in own:
        by_months.setdefault(target.months, []).append(target)
    return [Group(grid, ledger, found) for _, found in sorted(by_months.items())]


class Group:
    """The columns of one period: the rules of all their rows, and what the ledger gives each."""

    def __init__(self, grid: Grid, ledger: Ledger, own: Sequence[Target]) -> None:
        self.own, self.months = own, own[0].months
        self.dimension = settings(grid).dimension
        self.where: list[tuple[Target, int]] = []
        self.rules: list[Rule] = []
        self.unknown: list[Finding] = []
        self.left: list[tuple[Target, int]] = []
        for target in own:
            for rule in target.mapping.rules:
                self._take(grid, ledger, target, rule)

    def _take(self, grid: Grid, ledger: Ledger, target: Target, rule: Rule) -> None:
        budget = target.one.budget
        cell = grid.sheet(budget.sheet).cell(*budget.at(rule.row, target.column))
        if target.mapping.is_by_name and cell.formula is not None:
            return  # the row follows from others
        if rule.names_project and not ledger.knows(self.dimension, rule.project):
            self.left.append((target, rule.row))
            if not ledger.has_codes(self.dimension):
                return
            ref, name = target.mapping.places[rule.row], budget.rows[rule.row].label
            self.unknown.append(
                tell("bokforing-koppling", ref, "unknown", name=name, project=rule.project)
            )
            return
        self.rules.append(rule._replace(row=len(self.where)))
        self.where.append((target, rule.row))

    def outcome(self, ledger: Ledger, ignored: Iterable[str]) -> Outcome:
        """Where the ledger's figures go, by the numbers of ``where``."""
        sums = ledger_sums.sums_of(ledger, self.dimension, self.months)
        result = ledger_sums.result_of(ledger, self.months)
        return ledger_sums.outcome(sums, self.rules, frozenset(ignored), result)

    def named(self, number: int) -> str:
        """A row as it is told of."""
        target, row = self.where[number]
        return target.one.budget.rows[row].label

    def place(self, number: int) -> Ref:
        """Where it stands which accounts a row takes."""
        return self.place_of(*self.where[number])

    @staticmethod
    def place_of(target: Target, row: int) -> Ref:
        """The same of a row by its index."""
        return target.mapping.places[row]


def ties(group: Group, outcome: Outcome) -> Iterator[Finding]:
    """The rows that want the same figure, each pair once."""
    pairs: dict[tuple[int, ...], list[Figure]] = {}
    for figure, rows in outcome.ties.items():
        pairs.setdefault(rows, []).append(figure)
    for rows, figures in pairs.items():
        one, other = group.place(rows[0]), group.place(rows[1])
        told = ", ".join(
            " ".join(filter(None, figure)) for figure in sorted(figures)[:_MOST_ACCOUNTS]
        )
        yield tell(
            "bokforing-delad", one,
            also=(other,), figures=f"Konto {told}", one=group.named(rows[0]),
            other=group.named(rows[1]), place=other.seen_from(one),
        )  # fmt: skip


def sides(group: Group, outcome: Outcome) -> Iterator[Finding]:
    """Accounts of income in rows of costs, and the other way round."""
    for number, sums in outcome.figures.items():
        target, row = group.where[number]
        is_income = target.one.budget.rows[row].is_income
        wrong = sorted(
            {f.account for f in sums if f.account[:1] in (_COSTS if is_income else _INCOME)}
        )
        if wrong:
            yield tell(
                "bokforing-sida", group.place(number), "cost" if is_income else "income",
                row=group.named(number), accounts=", ".join(wrong[:_MOST_ACCOUNTS]),
            )  # fmt: skip


def rows_of(group: Group, outcome: Outcome) -> dict[Figure, str]:
    """The name of the row that each figure went to, or why it went to none."""
    rows = {
        figure: group.named(number)
        for number, sums in outcome.figures.items()
        if number in outcome.rows
        for figure in sums
    }
    rest = (
        (outcome.unplaced, ledger_sheet.HAS_NO_ROW),
        (outcome.ignored, ledger_sheet.IS_IGNORED),
        (outcome.left_out, ledger_sheet.IS_YEAR_END),
    )
    return rows | {figure: what for sums, what in rest for figure in sums}
