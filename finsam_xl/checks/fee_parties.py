"""Who pays the member fees in a table of amounts, told from the labels of its income.

>>> party("Driftbidrag från Ekby kommun"), party("Region Norr"), party("Försäkringskassan")
('municipality', 'region', 'state')
>>> party("Försäkringskassan, extra tilldelning"), party("Anställningsstöd, AF")
('', '')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from finsam_xl.model_budget import Amount, Budget, Known

_KINDS = (
    ("state", re.compile(r"försäkringskassa|\bstaten\b|\bfk\b")),
    ("region", re.compile(r"\bregion|landsting")),
    ("municipality", re.compile(r"kommun(?!ikation|förbund)")),
)
_OTHER_MONEY = re.compile(
    r"\bextra|tilldelning|projekt|anställning|lönebidrag|återb|\beu\b|\besf\b"
)


class Parties(NamedTuple):
    """The rows of a table's fees, by the indices of its rows."""

    state: tuple[int, ...]
    regions: tuple[int, ...]
    municipalities: tuple[int, ...]

    @property
    def everyone(self) -> tuple[int, ...]:
        """All of them."""
        return (*self.state, *self.regions, *self.municipalities)


def party(label: str) -> str:
    """Which party a label names: 'state', 'region', 'municipality', or '' for other money."""
    words = label.lower()
    if _OTHER_MONEY.search(words):
        return ""
    return next((kind for kind, ways in _KINDS if ways.search(words)), "")


def parties(budget: Budget) -> Parties:
    """The parties of a table: income lines that add up no others."""
    found: dict[str, list[int]] = {"state": [], "region": [], "municipality": []}
    summed = {one.target for one in budget.sums}
    for index, row in enumerate(budget.rows):
        kind = party(row.label) if row.role == "line" and row.is_income else ""
        if kind and index not in summed:
            found[kind].append(index)
    return Parties(*(tuple(rows) for rows in found.values()))


def together(budget: Budget, rows: Sequence[int], column: int) -> Amount:
    """What some rows come to in a column, blanks left out; ``None`` when all are blank."""
    found: list[Known] = [a for row in rows if (a := budget.rows[row].amounts[column]) is not None]
    return sum(found) if found else None
