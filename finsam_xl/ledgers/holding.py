"""What should hold between the sums of a ledger, and where it does not.

Real files break each of these: a part of a year is exported, rows are taken out, a program writes
its balances otherwise. What holds is used, and what does not is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from finsam_xl.ledgers.record import Checked, Entry, Equation, Ledger, is_result

Sums = Mapping[str, int]


def checked(
    ledger: Ledger, unbalanced: Sequence[tuple[str, int]] = (), months: Sequence[Entry] = ()
) -> tuple[Checked, ...]:
    """Every equation that the ledger has the figures for.

    ``unbalanced``: vouchers that are not 0; ``months``: balances by month that are told beside
    the vouchers.
    """
    return tuple(one for one in _equations(ledger, unbalanced, months) if one.made)


def _equations(
    ledger: Ledger, unbalanced: Sequence[tuple[str, int]], months: Sequence[Entry]
) -> Iterator[Checked]:
    moved = by_account(ledger.entries)
    if ledger.opening or ledger.closing:
        yield _balances(ledger, moved)
    if ledger.results:
        accounts = {a for a in (*moved, *ledger.results) if is_result(a)}
        yield _equal(Equation.RESULTS, accounts, ledger.results, moved)
    if months:
        yield _by_month(ledger.entries, months)
    if ledger.before and ledger.opening:
        accounts = {*ledger.before, *ledger.opening}
        yield _equal(Equation.OPENING, accounts, ledger.before, ledger.opening)
    if ledger.voucher_count:
        failed = tuple((name, 0, amount) for name, amount in unbalanced)
        yield Checked(Equation.VOUCHERS, ledger.voucher_count, failed)
    if ledger.closing and ledger.results:
        whole = sum(ledger.closing.values()) + sum(ledger.results.values())
        yield Checked(Equation.WHOLE, 1, (("", 0, whole),) if whole else ())


def by_account(entries: Sequence[Entry]) -> dict[str, int]:
    """What each account moved in all."""
    found: dict[str, int] = {}
    for entry in entries:
        found[entry.account] = found.get(entry.account, 0) + entry.amount
    return found


def _balances(ledger: Ledger, moved: Sums) -> Checked:
    accounts = {a for a in (*moved, *ledger.opening, *ledger.closing) if not is_result(a)}
    found = {a: ledger.opening.get(a, 0) + moved.get(a, 0) for a in accounts}
    return _equal(Equation.BALANCES, accounts, ledger.closing, found)


def _equal(equation: Equation, accounts: set[str], stated: Sums, found: Sums) -> Checked:
    failed = tuple(
        (account, stated.get(account, 0), found.get(account, 0))
        for account in sorted(accounts)
        if stated.get(account, 0) != found.get(account, 0)
    )
    return Checked(equation, len(accounts), failed)


def _by_month(entries: Sequence[Entry], months: Sequence[Entry]) -> Checked:
    def named(rows: Sequence[Entry]) -> dict[str, int]:
        found: dict[str, int] = {}
        for row in rows:
            name = f"{row.account} {row.month}"
            found[name] = found.get(name, 0) + row.amount
        return found

    told = {row.account for row in months}
    stated, found = named(months), named([one for one in entries if one.account in told])
    return _equal(Equation.MONTHS, {*stated, *found}, stated, found)
