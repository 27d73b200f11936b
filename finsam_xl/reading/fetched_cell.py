"""What a fetched figure is made of: its accounts, and what each moved month by month.

The log tells that a cell was fetched, and the sheet *Bokföring* what went to its row.
"""

from __future__ import annotations

from collections.abc import Iterator

from finsam_xl.address import real_place
from finsam_xl.model_budget import Budget
from finsam_xl.money import swedish
from finsam_xl.periods import Period
from finsam_xl.reading import book as reading
from finsam_xl.reading import ledger_sheet, run_log
from finsam_xl.reading.followed import followed
from finsam_xl.reading.ledger_sheet import Moved
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Grid

Place = tuple[int, int]


class _Figure(NamedTuple):
    """Which row of its table a cell stands in, and of when it is."""

    label: str
    period: Period


def why(grid: Grid, sheet: str, place: Place) -> str:
    """What a fetched cell is made of, in Swedish; '' for a cell that was not fetched."""
    entry = run_log.fetched(grid).get(sheet, {}).get(place)
    if entry is None:
        return ""
    figure = next(_figures(grid, sheet, place), None)
    told = [] if figure is None else list(_told(grid, figure))
    return ". ".join([entry.why.rstrip("."), *told]) + "."


def _figures(grid: Grid, sheet: str, place: Place) -> Iterator[_Figure]:
    for one in reading.budgets(reading.tables(followed(grid))):
        if one.table.real_sheet == sheet:
            yield from _of(one.budget, place)


def _of(budget: Budget, place: Place) -> Iterator[_Figure]:
    for row, line in enumerate(budget.rows):
        for number, column in enumerate(budget.columns):
            is_it = real_place(budget.sheet, *budget.at(row, number)) == place
            if is_it and column.period is not None:
                yield _Figure(line.label, column.period)


def _told(grid: Grid, figure: _Figure) -> Iterator[str]:
    """Each account with its months, those of the period alone."""
    by_account: dict[str, list[Moved]] = {}
    for one in ledger_sheet.read(grid).moved:
        if one.row == figure.label and _is_of(one.month, figure.period):
            by_account.setdefault(f"{one.account} {one.project}".rstrip(), []).append(one)
    for account, months in by_account.items():
        moved = (f"{one.month} {swedish(one.amount, 2)}" for one in months)
        yield f"{account}: {', '.join(moved)}"


def _is_of(month: str, period: Period) -> bool:
    if month == ledger_sheet.OPENING:
        return True
    first, last = (period.year * 100 + n for n in (period.first_month, period.last_month))
    return month.isdigit() and first <= int(month) <= last
