"""Whether a row among others is the sum of some of them: it would be counted twice."""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.calc.totals import explained_by_rounding
from finsam_xl.filling.printed_sums import PrintedSums
from finsam_xl.filling.sides import INCOME
from finsam_xl.model_budget import Known
from finsam_xl.words.parties import POSSIBLE, Party, payer


class Doubled:
    """Asks of the rows of one table which are the sum of others beside them."""

    def __init__(self, gate: PrintedSums) -> None:
        self.gate, self.rows, self.sides = gate, gate.rows, gate.sides

    def coincidence(self, parts: Sequence[int]) -> int | None:
        """A part that is, in every column, the sum of parts right after or right before it.

        By law the state pays what region and municipalities pay together: its half is a line.
        """
        for at, row in enumerate(parts):
            if self.is_payer(row, parts) or self.rows[row].is_said:
                continue
            after, before = parts[at + 1 :], parts[:at][::-1]
            if self.adds_up(row, after) or self.adds_up(row, before):
                return row
        return None

    def is_payer(self, row: int, parts: Sequence[int]) -> bool:
        """Whether a row is the state's half beside the other payers'."""
        own = payer(self.rows[row].label, POSSIBLE)
        others = (self.rows[n].label for n in parts if n != row)
        return own is Party.STATE or (
            self.sides[row] == INCOME
            and own is not None
            and any(payer(label, POSSIBLE) for label in others)
        )

    def adds_up(self, row: int, others: Sequence[int]) -> bool:
        """Whether the first two or more of some rows come to another, rounding allowed.

        In every column where it and all of them stand.
        """
        known = {
            n: amount
            for n in range(len(self.rows[row].amounts))
            if (amount := self.gate.amount(row, n))
        }
        sums: dict[int, Known] = dict.fromkeys(known, 0)
        for count, other in enumerate(others, 1):
            here = {n: self.gate.amount(other, n) for n in sums}
            sums = {n: sums[n] + amount for n, amount in here.items() if amount is not None}
            if count > 1 and sums and self.agrees(row, other, known, sums, count):
                return True
        return False

    def agrees(
        self, row: int, other: int, known: dict[int, Known], sums: dict[int, Known], count: int
    ) -> bool:
        """Whether sums come to a row's figures: to the unit in one column, or nearly in all."""
        if any(total and known[n] == total for n, total in sums.items()):
            return True
        return all(
            explained_by_rounding(known[n] - total, count, self.gate.step([row, other], n))
            for n, total in sums.items()
        )
