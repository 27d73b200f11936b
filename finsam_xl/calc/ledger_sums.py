"""The sums of a ledger up to a month, as they go to the rows of a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from finsam_xl.calc.ledger_rules import Figure, Placed, Rule, is_balance, is_year_end, placed
from finsam_xl.ledgers.record import Entry, Ledger, Month
from finsam_xl.records import NamedTuple

Sums = Mapping[Figure, int]


class Months(NamedTuple):
    """The months of a period, the first and the last of them."""

    first: Month
    last: Month

    def holds(self, month: Month) -> bool:
        """Whether a month is of the period."""
        return self.first <= month <= self.last


class Outcome(NamedTuple):
    """A ledger's figures in the rows of a table, in öre as in bookkeeping.

    ``rows``: by the row's index, 0 where nothing went to it; ``parts``: the same of rows that
    show a part of others; ``figures``: what each row is made of; ``unplaced``, ``ignored`` and
    ``left_out``: what went to no row, of the accounts of the result; ``result``: of the ledger.
    """

    rows: Mapping[int, int]
    parts: Mapping[int, int]
    figures: Mapping[int, Sums]
    unplaced: Sums
    ignored: Sums
    left_out: Sums
    ties: Mapping[Figure, tuple[int, ...]]
    result: int
    balances: Collection[int]

    @property
    def placed(self) -> int:
        """What of the result went to rows."""
        return sum(
            amount
            for row, sums in self.figures.items()
            if row in self.rows
            for figure, amount in sums.items()
            if not is_balance(figure.account)
        )

    @property
    def before_closing(self) -> int:
        """The result without the entries by which the year is closed."""
        return self.result - sum(self.left_out.values())

    @property
    def is_whole(self) -> bool:
        """Whether rows and what went to none make the ledger's result together."""
        rest = (self.unplaced, self.ignored, self.left_out)
        return self.placed + sum(sum(one.values()) for one in rest) == self.result


def entries_of(ledger: Ledger, dimension: str) -> Sequence[Entry]:
    """The entries with the codes of a dimension."""
    return ledger.by_dimension.get(dimension, ledger.entries)


def sums_of(ledger: Ledger, dimension: str, months: Months) -> dict[Figure, int]:
    """What each account moved in the months by project, in öre.

    Of balance accounts that is what they hold at the end: their opening balance and all since.
    """
    found: defaultdict[Figure, int] = defaultdict(int)
    for account, amount in ledger.opening.items():
        if is_balance(account):
            found[Figure(account, "")] += amount
    for entry in entries_of(ledger, dimension):
        is_in = months.holds(entry.month)
        if is_in or (is_balance(entry.account) and entry.month <= months.last):
            found[Figure(entry.account, ledger.code(entry.objects, dimension))] += entry.amount
    return dict(found)


class InMonth(NamedTuple):
    """What an account with a project moved in a month; ``None`` for what it held before."""

    figure: Figure
    month: Month | None


def by_month(ledger: Ledger, dimension: str, months: Months) -> dict[InMonth, int]:
    """The sums of ``sums_of`` by month, in the order of accounts, in öre."""
    found: defaultdict[InMonth, int] = defaultdict(int)
    for entry in entries_of(ledger, dimension):
        is_kept = is_balance(entry.account) and entry.month <= months.last
        if is_kept or months.holds(entry.month):
            figure = Figure(entry.account, ledger.code(entry.objects, dimension))
            found[InMonth(figure, entry.month)] += entry.amount
    for account, amount in ledger.opening.items():
        if is_balance(account):
            found[InMonth(Figure(account, ""), None)] += amount
    order = sorted(found, key=lambda one: (one.figure, one.month or Month(0, 0)))
    return {key: found[key] for key in order}


def outcome(sums: Sums, rules: Sequence[Rule], ignored: Collection[str], result: int) -> Outcome:
    """Where the sums of a ledger go; ``ignored``: accounts that are to go nowhere."""
    left_out = {f: a for f, a in sums.items() if is_year_end(f.account)}
    rest = [figure for figure in sums if figure not in left_out]
    found = placed(rest, rules)
    figures = _figures(sums, found)
    is_part = {rule.row: rule.is_part for rule in rules}
    totals = {row: sum(figures.get(row, {}).values()) for row in is_part}
    named = [row for row, own in figures.items() if any(is_balance(f.account) for f in own)]
    return Outcome(
        {row: total for row, total in totals.items() if not is_part[row]},
        {row: total for row, total in totals.items() if is_part[row]},
        figures,
        {f: sums[f] for f in found.unplaced if f.account not in ignored},
        {f: sums[f] for f in found.unplaced if f.account in ignored},
        {f: a for f, a in left_out.items() if not is_balance(f.account)},
        found.ties,
        result,
        named,
    )


def _figures(sums: Sums, found: Placed) -> dict[int, dict[Figure, int]]:
    figures: dict[int, dict[Figure, int]] = {}
    for figure, row in found.row.items():
        figures.setdefault(row, {})[figure] = sums[figure]
    for figure, rows in found.parts.items():
        for row in rows:
            figures.setdefault(row, {})[figure] = sums[figure]
    return figures


def result_of(ledger: Ledger, months: Months) -> int:
    """What all accounts of the result moved in the months, in öre: credit is below nought."""
    return sum(
        entry.amount
        for entry in ledger.entries
        if months.holds(entry.month) and not is_balance(entry.account)
    )
