"""What the formulas of a row add up in other columns, moved into one where it is blank."""

from __future__ import annotations

from collections.abc import Iterable

from finsam_xl.filling.printed_sums import ACROSS, ADDED, Parts, PrintedSums
from finsam_xl.formulas import addends
from finsam_xl.formulas.functions import functions
from finsam_xl.formulas.moving import moved
from finsam_xl.formulas.shapes import shape


class FormulaSums(PrintedSums):
    """The sums of one table, as its formulas say them."""

    def by_formula(self, index: int, column: int) -> Parts | None:
        """What the same row's formulas add up, moved into a column: all of one form, plain sums."""
        row = self.rows[index].row
        texts = {
            other.number: self.sheet.formulas.get((row, other.number), "")
            for other in self.budget.columns
            if other.scenario not in ACROSS and self.has_formula(row, other.number)
        }
        number = self.budget.columns[column].number
        shapes = [shape(text, (row, at)) for at, text in texts.items()]
        if not texts or len({one and one.form for one in shapes}) != 1:
            return None
        first, text = next(iter(texts.items()))
        here = self.sheet.name
        parts: list[tuple[int, int]] = []
        for part in addends.parts(moved(text, (row, first), (row, number)), here) or ():
            area = part.area
            if area.sheet.lower() != here.lower() or not area.left == area.right == number:
                return None
            for at in range(area.top, area.bottom + 1):
                if part.skips_subtotals and self.is_subtotal(at, texts):
                    continue
                if at in self.at and self.rows[self.at[at]].role not in ("section", "note"):
                    parts.append((self.at[at], part.sign))
                elif self.is_number(at, number):
                    return None
        return tuple(parts) or None

    def left_out(self, index: int, parts: Parts, column: int) -> str:
        """A filled row that the formulas beside leave out of a sum, among its parts or beside them.

        Such a formula was not stretched when the row was put in; its sum is not to be repeated.
        """
        taken = self.reach(row for row, _ in parts)
        for row, _ in parts:
            taken |= {n for n, _ in self.by_formula(row, column) or ()}
        first = min(taken)
        while first and self.rows[first - 1].role == "line" and first - 1 not in taken:
            first -= 1
        for row in range(first, index):
            is_added = self.rows[row].role in ADDED and row not in taken
            own = {n for n, _ in self.by_formula(row, column) or ()} if row not in taken else set()
            holds_them = taken <= self.inside.get(row, set()) or (own and own <= taken)
            if is_added and not holds_them and any(self.rows[row].amounts):
                return self.place(row, column)
        return ""

    def is_subtotal(self, row: int, numbers: Iterable[int]) -> bool:
        """Whether a row is a subtotal in some column: other subtotals leave it out."""
        return any(
            "SUBTOTAL" in functions(self.sheet.formulas.get((row, number), ""))
            for number in numbers
        )
