"""Fetching the outcome from a ledger: which cells get which figures, and everything said of it.

Nothing is fetched where the ledger is another association's or another year's, where a figure
may go to either of two rows, or where rows and what goes to none do not make the ledger's result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from finsam_xl import actions
from finsam_xl.actions import closed, fetch_told
from finsam_xl.actions.fetch_targets import Target, chosen, of_year, targets
from finsam_xl.address import meet, position
from finsam_xl.calc import ledger_sums
from finsam_xl.calc.ledger_rules import Figure, Rule, is_balance
from finsam_xl.calc.ledger_sums import Months, Outcome
from finsam_xl.errors import InputError
from finsam_xl.filling.cells import as_number
from finsam_xl.filling.fetched import Amounts, Holds, Value
from finsam_xl.findings import tell
from finsam_xl.ledgers.record import Ledger, kronor
from finsam_xl.model import Finding, Ref
from finsam_xl.plan import CellEdit, Plan, merge
from finsam_xl.reading import as_changed, ledger_sheet, run_log
from finsam_xl.reading import book as reading
from finsam_xl.reading.followed import followed
from finsam_xl.reading.kinds import AmountKind
from finsam_xl.reading.settings import association, settings
from finsam_xl.records import NamedTuple
from finsam_xl.report import ledger_sheet as sheet
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.sheets.grid import Grid, is_same
from finsam_xl.words.association import own_words

TYPED = "bokforing-skriven"
OTHER = "annat-forbund"
"""The codes that are accepted: typed figures are replaced; another association's books are used."""
ACCEPTED = (TYPED, OTHER)
FETCHED = "bokforing-hamtad"
"""The code of what a person sees first: whose books, of when, and that all is accounted for."""
ACTION = "Hämta utfall"
_MOST_ACCOUNTS = 6
_INCOME, _COSTS = ("3",), ("4", "5", "6", "7")
"""Classes of accounts in which all are income, and costs. Source: BAS and Kommun-Bas."""


class Asked(NamedTuple):
    """How figures are fetched: up to when, which codes are accepted, and of which day it is."""

    today: date
    run: str
    until: str = ""
    accept: tuple[str, ...] = ()


def fetch(grid: Grid, ledger: Ledger, asked: Asked) -> Plan:
    """The plan that fills the outcome from a ledger.

    Raises ``InputError`` where the ledger is not for this workbook, or the workbook does not say
    what its rows take.
    """
    read = followed(grid)
    tables = reading.tables(read)
    known = ledger_sheet.read(grid)
    named = association(read, tables)
    _same(ledger, named, known, asked)
    own = of_year(targets(read, reading.budgets(tables)), ledger)
    cut = chosen(own, ledger, asked.until)
    plan = _Fetching(read, ledger, asked, known, own).plan(cut, is_known=bool(named))
    return _with_results(grid, closed.kept(read, tables, plan), cut, asked)


def _with_results(grid: Grid, plan: Plan, cut: Sequence[Target], asked: Asked) -> Plan:
    """The plan with what follows from it: the blank results of its tables, and those of ours.

    What a fetched figure makes old is never left standing.
    """
    if not plan.edits:
        return plan
    new = {Ref(edit.sheet, edit.cell): edit.new for edit in plan.edits}
    then = actions.recompute(as_changed.with_cells(grid, new), today=asked.today, run=asked.run)
    mine = run_log.ours(grid)
    areas = [(target.one.table.real_sheet, target.one.table.area) for target in cut]
    filled = {
        target.one.budget.place(n, target.column)
        for target in cut
        for n in range(len(target.one.budget.rows))
    }

    def follows(edit: CellEdit) -> bool:
        row, column = place = position(edit.cell)
        is_ours = place in mine.get(edit.sheet, {})
        is_here = any(
            edit.sheet == name and meet(area, (row, column, row, column)) for name, area in areas
        )
        # What of the column itself was left is left for a reason.
        return (is_ours or is_here) and Ref(edit.sheet, edit.cell) not in filled

    more = tuple(filter(follows, then.edits))
    return plan._replace(edits=(*plan.edits, *more), expected=then.expected)


def _same(ledger: Ledger, named: str, known: ledger_sheet.Known, asked: Asked) -> None:
    """Refuse what is not the association's own ledger in kronor."""
    if ledger.currency not in ("", "SEK"):
        raise InputError(
            f"Bokföringen är i {ledger.currency}, inte i kronor.",
            where=ledger.name,
            remedy="Exportera den i svenska kronor.",
        )
    before = known.facts.get(ledger_sheet.ASSOCIATION, "")
    is_known = before and before == ledger.association
    if is_known or OTHER in asked.accept or _are_alike(named, ledger.association):
        return
    raise InputError(
        f"Bokföringen är för ”{ledger.association}”, men arbetsboken är för ”{named}”.",
        where=ledger.name,
        remedy=f"Välj rätt fil. Är det rätt ändå, hämta med --accept {OTHER}; det behövs bara "
        "första gången.",
    )


def _are_alike(one: str, other: str) -> bool:
    """Whether two names may be of one association: a word of one begins as one of the other."""
    names = [own_words(one), own_words(other)]
    if not all(names):
        return True
    return any(a.startswith(b) or b.startswith(a) for a in names[0] for b in names[1])


class _Group:
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
        target, row = self.where[number]
        return target.mapping.places[row]


class _Fetching:
    """One run of it, in a workbook as it is read."""

    def __init__(
        self,
        grid: Grid,
        ledger: Ledger,
        asked: Asked,
        known: ledger_sheet.Known,
        own: Sequence[Target],
    ) -> None:
        self.grid, self.ledger, self.asked, self.known, self.own = grid, ledger, asked, known, own
        self.ours = _ours(grid)

    def plan(self, cut: Sequence[Target], *, is_known: bool) -> Plan:
        """The columns that end at the cut filled, and what is said."""
        groups = self._groups(cut)
        outcomes = [group.outcome(self.ledger, self.known.ignored) for group in groups]
        ties = [
            found
            for group, outcome in zip(groups, outcomes, strict=True)
            for found in self._ties(group, outcome)
        ]
        if ties:
            return Plan(findings=tuple(ties), run=self.asked.run)
        if not all(outcome.is_whole for outcome in outcomes):
            raise InputError(
                "Raderna och det som inte har någon rad blir inte bokföringens resultat.",
                where=self.ledger.name,
                remedy="Inget är hämtat. Tala om felet för dem som sköter programmet.",
            )
        plans = [
            self._filled(group, outcome) for group, outcome in zip(groups, outcomes, strict=True)
        ]
        first, outcome = groups[0], outcomes[0]
        said = (
            *fetch_told.control(self.ledger, first.months, outcome, is_known=is_known),
            *fetch_told.whole(self.ledger),
            *fetch_told.preliminary(self.ledger, first.months),
            *fetch_told.unplaced(self.ledger, outcome),
            *fetch_told.left_out(outcome),
            *fetch_told.new_accounts(
                self.ledger,
                (one.account for one in self.known.moved),
                _rows_of(first, outcome),
            ),
            *self._reported(first.months),
        )
        pages = (self._sheet(first, outcome),)
        return merge([Plan(findings=said), *plans, Plan(sheets=pages)], self.asked.run)

    def _groups(self, own: Iterable[Target]) -> list[_Group]:
        by_months: dict[Months, list[Target]] = {}
        for target in own:
            by_months.setdefault(target.months, []).append(target)
        # What is cumulative comes first.
        return [_Group(self.grid, self.ledger, found) for _, found in sorted(by_months.items())]

    def _ties(self, group: _Group, outcome: Outcome) -> Iterator[Finding]:
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

    # Cells --------------------------------------------------------------------------------------

    def _filled(self, group: _Group, outcome: Outcome) -> Plan:
        edits: list[CellEdit] = []
        said: list[Finding] = [*group.unknown, *_sides(group, outcome)]
        if group.left and not group.unknown:
            count, name = len(group.left), self.ledger.name
            first = _of_row(*group.left[0])
            said.append(tell("bokforing-koppling", first, "no_projects", name=name, count=count))
        for target in group.own:
            said += target.mapping.findings
            for value in self._values(target, group, outcome):
                self._take(target, value, self._why(group, outcome, target, value), edits, said)
        return Plan(tuple(edits), tuple(dict.fromkeys(said)))

    def _values(self, target: Target, group: _Group, outcome: Outcome) -> list[Value]:
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
        ours = self.ours.get(budget.sheet, frozenset())
        column = Amounts(
            self.grid.sheet(budget.sheet), budget, target.column, ours,
            takes_typed=TYPED in self.asked.accept,
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
            value.holds is Holds.TYPED and value.differs and TYPED in self.asked.accept
        )
        if is_open:
            edit = CellEdit.typed(
                ref, cell, as_number(value.figure), why, self._like(target, value)
            )
            if not is_same(cell.value, edit.new):
                edits.append(edit._replace(source=self.ledger.name))
        elif value.differs and not (value.holds is Holds.FORMULA and value.is_sum):
            said.append(_typed(target, value, ref))

    def _like(self, target: Target, value: Value) -> str:
        """A cell of the row that the figure may look like."""
        budget = target.one.budget
        amounts = budget.rows[value.row].amounts
        filled = (n for n, c in enumerate(budget.columns) if c.is_stated and amounts[n] is not None)
        found = next((n for n in filled if n != target.column), None)
        return "" if found is None else budget.place(value.row, found).cell

    def _why(self, group: _Group, outcome: Outcome, target: Target, value: Value) -> str:
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
        for group in self._groups(earlier):
            outcome = group.outcome(self.ledger, self.known.ignored)
            if outcome.ties:
                continue
            for target in group.own:
                for value in self._values(target, group, outcome):
                    is_stated = value.holds in (Holds.OURS, Holds.TYPED) and not value.is_sum
                    if is_stated and value.differs:
                        yield _reported(target, value)

    def _sheet(self, group: _Group, outcome: Outcome) -> SheetPlan:
        """The sheet that the figures can be looked up on."""
        ledger = self.ledger
        facts = [
            (ledger_sheet.FILE, ledger.name),
            (ledger_sheet.ASSOCIATION, ledger.association),
            (ledger_sheet.ORGANISATION, ledger.org_number),
            (ledger_sheet.PERIOD, fetch_told.until(group.months)),
            (ledger_sheet.RESULT, kronor(-outcome.before_closing)),
            (ledger_sheet.FETCHED, str(self.asked.today)),
            (ledger_sheet.DIGEST, ledger.digest),
        ]
        unplaced = [
            sheet.Unplaced(f.account, amount, is_ignored)
            for sums, is_ignored in ((outcome.unplaced, False), (outcome.ignored, True))
            for f, amount in fetch_told.by_size(_by_account(sums))
        ]
        return sheet.build(facts, list(self._rows(group, outcome)), unplaced)

    def _rows(self, group: _Group, outcome: Outcome) -> Iterator[sheet.LedgerRow]:
        rows = _rows_of(group, outcome)
        for key, amount in ledger_sums.by_month(self.ledger, group.dimension, group.months).items():
            if key.figure in rows:
                month = (
                    key.month.year * 100 + key.month.month if key.month else ledger_sheet.OPENING
                )
                yield sheet.LedgerRow(*key.figure, month, amount, rows[key.figure])


def _rows_of(group: _Group, outcome: Outcome) -> dict[Figure, str]:
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


def _of_row(target: Target, row: int) -> Ref:
    return target.mapping.places[row]


def _by_account(sums: Mapping[Figure, int]) -> dict[Figure, int]:
    found: dict[Figure, int] = {}
    for figure, amount in sums.items():
        whole = figure._replace(project="")
        found[whole] = found.get(whole, 0) + amount
    return found


def _ours(grid: Grid) -> dict[str, frozenset[tuple[int, int]]]:
    """The cells whose figures runs have written, by the sheet as it is read, also turned."""
    found: dict[str, frozenset[tuple[int, int]]] = {}
    for standing in (run_log.ours(grid), run_log.fetched(grid)):
        for name, places in standing.items():
            found[name] = found.get(name, frozenset()) | frozenset(places)
    return found


def _typed(target: Target, value: Value, ref: Ref) -> Finding:
    stated = "" if value.stands is None else value.stands
    return tell(
        TYPED, ref,
        row=target.one.budget.rows[value.row].label,
        column=" ".join(target.heading.header.split()),
        stated=stated, calculated=value.figure,
    )  # fmt: skip


def _reported(target: Target, value: Value) -> Finding:
    return tell(
        "bokforing-rapporterad", target.one.budget.place(value.row, target.column),
        row=target.one.budget.rows[value.row].label,
        column=" ".join(target.heading.header.split()),
        stated=value.stands, calculated=value.figure,
    )  # fmt: skip


def _sides(group: _Group, outcome: Outcome) -> Iterator[Finding]:
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
