"""What is written in the cells of columns that a ledger's figures are for, and what is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from finsam_xl.actions import fetch_told
from finsam_xl.actions.fetch_group import Group, groups, rows_of, sides
from finsam_xl.actions.fetch_group import ties as ties_of
from finsam_xl.actions.fetch_sheet import ledger_page
from finsam_xl.actions.fetch_targets import Target
from finsam_xl.calc.ledger_rules import is_balance
from finsam_xl.calc.ledger_sums import Months, Outcome
from finsam_xl.errors import InputError
from finsam_xl.filling.cells import as_number
from finsam_xl.filling.fetched import Amounts, Holds, Value
from finsam_xl.findings import tell
from finsam_xl.labels import one_line
from finsam_xl.ledgers.record import Ledger, kronor
from finsam_xl.model import Finding, Ref
from finsam_xl.plan import CellEdit, Plan, merge
from finsam_xl.reading import ledger_sheet, run_log
from finsam_xl.reading.kinds import AmountKind
from finsam_xl.sheets.grid import Grid, is_same
from finsam_xl.sheets.grid import Value as GridValue

TYPED = "bokforing-skriven"
"""The code of a typed figure that differs."""


class Fetching:
    """One run of it, in a workbook as it is read."""

    def __init__(
        self,
        grid: Grid,
        ledger: Ledger,
        known: ledger_sheet.Known,
        own: Sequence[Target],
        *,
        today: date,
        run: str,
        takes_typed: bool,
    ) -> None:
        """``known``: what was fetched before; ``own``: every column of the ledger's year.

        ``takes_typed``: figures that a person has typed give way.
        """
        self.grid, self.ledger, self.known, self.own = grid, ledger, known, own
        self.today, self.run, self.takes_typed = today, run, takes_typed
        self.ours = _ours(grid)

    def plan(self, cut: Sequence[Target], *, is_known: bool) -> Plan:
        """The columns that end at the cut filled, and what is said."""
        every = groups(self.grid, self.ledger, cut)
        outcomes = [group.outcome(self.ledger, self.known.ignored) for group in every]
        ties = [
            found
            for group, outcome in zip(every, outcomes, strict=True)
            for found in ties_of(group, outcome)
        ]
        if ties:
            return Plan(findings=tuple(ties), run=self.run)
        if not all(outcome.is_whole for outcome in outcomes):
            raise InputError(
                "Raderna och det som inte har någon rad blir inte bokföringens resultat.",
                where=self.ledger.name,
                remedy="Inget är hämtat. Tala om felet för dem som sköter programmet.",
            )
        plans = [
            self._filled(group, outcome) for group, outcome in zip(every, outcomes, strict=True)
        ]
        first, outcome = every[0], outcomes[0]
        said = (
            *fetch_told.control(self.ledger, first.months, outcome, is_known=is_known),
            *fetch_told.whole(self.ledger),
            *fetch_told.preliminary(self.ledger, first.months),
            *fetch_told.unplaced(self.ledger, outcome),
            *fetch_told.left_out(outcome),
            *fetch_told.new_accounts(
                self.ledger,
                (one.account for one in self.known.moved),
                rows_of(first, outcome),
            ),
            *self._reported(first.months),
        )
        pages = (ledger_page(self.ledger, first, outcome, self.today),)
        return merge([Plan(findings=said), *plans, Plan(sheets=pages)], self.run)

    # Cells --------------------------------------------------------------------------------------

    def _filled(self, group: Group, outcome: Outcome) -> Plan:
        edits: list[CellEdit] = []
        said: list[Finding] = [*group.unknown, *sides(group, outcome)]
        if group.left and not group.unknown:
            count, name = len(group.left), self.ledger.name
            first = group.place_of(*group.left[0])
            said.append(tell("bokforing-koppling", first, "no_projects", name=name, count=count))
        for target in group.own:
            said += target.mapping.findings
            for value in self._values(target, group, outcome):
                self._take(target, value, self._why(group, outcome, target, value), edits, said)
        return Plan(tuple(edits), tuple(dict.fromkeys(said)))

    def _values(self, target: Target, group: Group, outcome: Outcome) -> list[Value]:
        budget = target.one.budget
        ore: dict[int, int] = {}
        balances: dict[int, str] = {}
        amounts = {**outcome.rows, **outcome.parts}
        for number, (own, row) in enumerate(group.where):
            if own is target and number in amounts:
                ore[row] = amounts[number]
                held = sorted(f.account for f in outcome.figures.get(number, ()))
                if held and is_balance(held[0]):
                    balances[row] = held[0]
        ours = self.ours.get(target.one.table.real_sheet, frozenset())
        column = Amounts(
            self.grid.sheet(budget.sheet), budget, target.column, ours,
            takes_typed=self.takes_typed,
        )  # fmt: skip
        left = [row for own, row in group.left if own is target]
        if budget.kind == AmountKind.BALANCE:
            # No list tells of balance accounts without a row: a sum without them would be wrong.
            left += [n for n, row in enumerate(budget.rows) if row.role == "line" and n not in ore]
        return column.values(ore, balances, left)

    def _take(
        self,
        target: Target,
        value: Value,
        why: str,
        edits: list[CellEdit],
        said: list[Finding],
    ) -> None:
        """Write a figure where nothing of hers stands; say it where something else does."""
        budget = target.one.budget
        ref = budget.place(value.row, target.column)
        cell = self.grid.sheet(budget.sheet).cell(*budget.at(value.row, target.column))
        is_open = value.holds in (Holds.BLANK, Holds.OURS) or (
            value.holds is Holds.TYPED and value.differs and self.takes_typed
        )
        if is_open:
            edit = CellEdit.typed(
                ref, cell, as_number(value.figure), why, self._like(target, value)
            )
            if not is_same(cell.value, edit.new):
                edits.append(edit._replace(source=self.ledger.name))
        elif value.differs and not (value.holds is Holds.FORMULA and value.is_sum):
            said.append(_typed(target, value, ref, cell.value))

    def _like(self, target: Target, value: Value) -> str:
        """A cell of the row that the figure may look like."""
        budget = target.one.budget
        amounts = budget.rows[value.row].amounts
        filled = (n for n, c in enumerate(budget.columns) if c.is_stated and amounts[n] is not None)
        found = next((n for n in filled if n != target.column), None)
        return "" if found is None else budget.place(value.row, found).cell

    def _why(self, group: Group, outcome: Outcome, target: Target, value: Value) -> str:
        """What a figure is made of: its accounts, the largest first."""
        begins = f"Bokföringen ({self.ledger.name}) {fetch_told.until(group.months)}:"
        if value.is_sum:
            return f"{begins} summa av radernas belopp i kronor"
        number = group.where.index((target, value.row))
        sums = fetch_told.by_size(outcome.figures.get(number, {}))
        told = [f"{' '.join(filter(None, figure))} {kronor(amount)}" for figure, amount in sums]
        return f"{begins} {', '.join(told) or 'inga poster'}"

    # Beside -------------------------------------------------------------------------------------

    def _reported(self, cut: Months) -> Iterator[Finding]:
        """What the ledger now shows of earlier periods of the year, where something else stands."""
        earlier = [target for target in self.own if target.months.last < cut.last]
        for group in groups(self.grid, self.ledger, earlier):
            outcome = group.outcome(self.ledger, self.known.ignored)
            if outcome.ties:
                continue
            for target in group.own:
                for value in self._values(target, group, outcome):
                    is_stated = value.holds in (Holds.OURS, Holds.TYPED) and not value.is_sum
                    if is_stated and value.differs:
                        yield _reported(target, value)


def _ours(grid: Grid) -> dict[str, frozenset[tuple[int, int]]]:
    """The cells whose figures runs have written, by sheet."""
    found: dict[str, frozenset[tuple[int, int]]] = {}
    for standing in (run_log.ours(grid), run_log.fetched(grid)):
        for name, places in standing.items():
            found[name] = found.get(name, frozenset()) | frozenset(places)
    return found


def _typed(target: Target, value: Value, ref: Ref, stands: GridValue) -> Finding:
    is_figure = value.stands is not None
    return tell(
        TYPED, ref, "figure" if is_figure else "word", "stays",
        row=target.one.budget.rows[value.row].label,
        column=one_line(target.heading.header),
        stated=value.stands if is_figure else str(stands), calculated=value.figure,
    )  # fmt: skip


def _reported(target: Target, value: Value) -> Finding:
    return tell(
        "bokforing-rapporterad", target.one.budget.place(value.row, target.column),
        row=target.one.budget.rows[value.row].label,
        column=one_line(target.heading.header),
        stated=value.stands, calculated=value.figure,
    )  # fmt: skip
