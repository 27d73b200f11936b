"""Who pays the member fees in a table of amounts, told from the labels of its income.

>>> payer_of_fee("Driftbidrag från Ekby kommun"), payer_of_fee("Anställningsstöd, AF")
(<Party.MUNICIPALITIES: 'municipalities'>, None)
"""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.model_budget import Amount, Budget, Known
from finsam_xl.records import NamedTuple
from finsam_xl.words.parties import Party, is_earmarked, payer


class Parties(NamedTuple):
    """The rows of a table's fees, by the indices of its rows."""

    state: tuple[int, ...]
    regions: tuple[int, ...]
    municipalities: tuple[int, ...]

    @property
    def everyone(self) -> tuple[int, ...]:
        """All of them."""
        return (*self.state, *self.regions, *self.municipalities)


def payer_of_fee(label: str) -> Party | None:
    """Who pays the fee that a label names; ``None`` for other money."""
    return None if is_earmarked(label) else payer(label)


def parties(budget: Budget) -> Parties:
    """The parties of a table: income lines that add up no others."""
    found: dict[Party, list[int]] = {
        Party.STATE: [],
        Party.REGION: [],
        Party.MUNICIPALITIES: [],
    }
    for index in budget.plain_lines:
        row = budget.rows[index]
        kind = payer_of_fee(row.label) if row.is_income else None
        if kind:
            found[kind].append(index)
    return Parties(*(tuple(rows) for rows in found.values()))


def together(budget: Budget, rows: Sequence[int], column: int) -> Amount:
    """What some rows come to in a column, blanks left out; ``None`` when all are blank."""
    found: list[Known] = [a for row in rows if (a := budget.rows[row].amounts[column]) is not None]
    return sum(found) if found else None
