"""Tables with the signs of the books: income with minus, costs without.

Ledgers and what is taken from them show credit as negative. What is better and what is worse is
then the other way round, so such a table is not read as one of costs with or without minus.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from finsam_xl.findings import tell
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import STATED, BudgetRow, Known
from finsam_xl.sheets.grid import Grid, SheetGrid
from finsam_xl.words.parties import payer
from finsam_xl.words.sides import Side, speaks_of

_ADDED = ("line", "total")
_MOST_TIMES = 4
"""All costs are at most so many times the largest income: a single deduction is less."""


def is_reversed(rows: Sequence[BudgetRow], scenarios: Sequence[str]) -> bool:
    """Whether every row named as income is negative, every one named as a cost positive."""
    stated = [n for n, scenario in enumerate(scenarios) if scenario in STATED]
    added = [row for row in rows if row.role in _ADDED]
    income = _amounts((row for row in added if _side(row) is Side.INCOME), stated)
    costs = _amounts((row for row in added if _side(row) is Side.COST), stated)
    if not income or not costs or max(income) > 0 or min(costs) < 0:
        return False
    return 0 < max(costs) <= -_MOST_TIMES * min(income)


def note(sheet: SheetGrid, area: tuple[int, int, int, int]) -> None:
    """Remember that a block is such a table and was not read."""
    sheet.kept.setdefault(note, set()).add(area)


def is_noted(sheet: SheetGrid, area: tuple[int, int, int, int]) -> bool:
    """Whether a block was not read since its signs are those of the books."""
    return area in sheet.kept.get(note, ())


def findings(grid: Grid) -> Iterator[Finding]:
    """A warning at every table that was not read for its signs."""
    for sheet in grid.sheets:
        for top, left, *_ in sorted(sheet.kept.get(note, ())):
            yield tell("omvanda-tecken", Ref.at(sheet.name, top, left))


def _amounts(rows: Iterable[BudgetRow], stated: Sequence[int]) -> list[Known]:
    return [amount for row in rows for n in stated if (amount := row.amounts[n]) is not None]


def _side(row: BudgetRow) -> Side | None:
    return Side.INCOME if payer(row.meant) is not None else speaks_of(row.meant)
