"""What the month balances of SIE types 2 and 3 tell: totals, and how they are split by objects.

Where a row without objects is the account's total, rows with objects repeat parts of it; in some
programs it is what has no object, or there is none. Which of them it is the year's own balance of
the account tells; where it does not, the objects are not used.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from finsam_xl.ledgers.record import Objects
from finsam_xl.ledgers.sie import Balance
from finsam_xl.records import NamedTuple

Months = dict[str, int]


class Split(NamedTuple):
    """The totals, and by each dimension the same ones split; accounts that no split explains."""

    totals: Sequence[Balance]
    by_dimension: Mapping[str, Sequence[Balance]]
    unexplained: frozenset[str]


def split(rows: Sequence[Balance], moved: Mapping[str, int] | None) -> Split:
    """The rows told apart; ``moved``: what each account moved in the year, where that is known."""
    of_account: defaultdict[str, list[Balance]] = defaultdict(list)
    for row in rows:
        of_account[row.account].append(row)
    dimensions = sorted({name for row in rows for name, _ in row.objects})
    totals: list[Balance] = []
    by_dimension: dict[str, list[Balance]] = {name: [] for name in dimensions}
    unexplained: set[str] = set()
    for account, own in of_account.items():
        known = None if moved is None else moved.get(account, 0)
        sums, parts = _account(own, known, dimensions)
        totals += [Balance(month, account, (), amount) for month, amount in sums.items()]
        if parts is None:
            unexplained.add(account)
        for name in dimensions:
            found = (parts or {}).get(name, [])
            by_dimension[name] += [*found, *_rest(account, sums, found)]
    return Split(totals, by_dimension, frozenset(unexplained))


Parts = Mapping[str, list[Balance]]


def _account(
    rows: Sequence[Balance], moved: int | None, dimensions: Sequence[str]
) -> tuple[Months, Parts | None]:
    """An account's totals by month and its rows by each dimension, ``None``: not explained."""
    bare = _months(row for row in rows if not row.objects)
    held = [row for row in rows if row.objects]
    if not held:
        return bare, {}
    is_repeated = max(Counter((row.month, row.objects) for row in held).values()) > 1
    each = {name: _of(held, name) for name in dimensions}
    if bare and moved in (None, sum(bare.values())):
        return bare, None if is_repeated else each
    every = _months(rows)
    if moved is not None and sum(every.values()) == moved:
        # The row without objects is the rest: each row is a part of the whole.
        return every, {name: _having(held, name) for name in dimensions}
    told = [_months(rows) for rows in each.values() if rows]
    if not bare and told and all(one == told[0] for one in told):
        return told[0], each
    return bare, None


def _of(rows: Sequence[Balance], dimension: str) -> list[Balance]:
    """The rows of one dimension alone; where there are none, those that have it among others."""
    alone = [row for row in rows if [name for name, _ in row.objects] == [dimension]]
    return alone or _having(rows, dimension)


def _having(rows: Sequence[Balance], dimension: str) -> list[Balance]:
    return [row for row in rows if any(name == dimension for name, _ in row.objects)]


def _months(rows: Iterator[Balance] | Sequence[Balance]) -> Months:
    found: Months = {}
    for row in rows:
        found[row.month] = found.get(row.month, 0) + row.amount
    return found


def _rest(account: str, totals: Months, parts: Sequence[Balance]) -> Iterator[Balance]:
    """What of the totals has no object."""
    known = _months(parts)
    none: Objects = ()
    for month in sorted({*totals, *known}):
        left = totals.get(month, 0) - known.get(month, 0)
        if left:
            yield Balance(month, account, none, left)
