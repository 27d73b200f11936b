"""Whether names and places alone settle a sum that is printed nowhere in its row.

A total right below the lines of its section, or one that a person names at its place.
Anything odd among the lines leaves it in doubt: a line that is the sum of others, a head count, a
row that belongs to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from finsam_xl.filling.doubts import Doubt
from finsam_xl.filling.printed_sums import ADDED
from finsam_xl.filling.results_by_place import ResultsByPlace
from finsam_xl.filling.sides import named
from finsam_xl.findings.reasons import Reason
from finsam_xl.labels import normalise
from finsam_xl.model_budget import BudgetRow, Sum
from finsam_xl.reading.row_labels import says
from finsam_xl.words.sides import is_whole_side
from finsam_xl.words.unlike import is_not_added, is_other_unit, is_unit

_SEVERAL = 2
"""Columns in which a sum must hold to outrank what a name says."""
_PAIR = 2
_TOTAL_WORD = re.compile(r"^(?:summa|s:a|totalt|totala|total|delsumma)\b\s*")
_SMALL_WORDS = {"och", "samt", "för", "i", "av", "-", "övriga"}


class ByPlace(ResultsByPlace):
    """Asks of the sums of one table what their names and places say."""

    def doubt(self, target: Sum) -> Doubt | None:
        """Why names and places alone leave a sum in doubt; ``None`` when they settle it."""
        odd = self.odd([row for row, _ in target.parts])
        if odd is not None:
            return odd
        if target.how == "result":
            return self.result_by_place(target)
        if target.how == "equity":
            return self.equity_by_place(target)
        return self.total_by_place(target)

    def odd(self, rows: Sequence[int]) -> Doubt | None:
        """Lines that are no amounts, or amounts that are not added, by their names."""
        for row in rows:
            if not self.rows[row].label:
                return Doubt(Reason.NO_NAME, str(self.rows[row].row))
            if self.rows[row].role == "line" and self.is_odd(row):
                return Doubt(Reason.PART_OTHER_UNIT, self.rows[row].label)
        return None

    def is_odd(self, row: int) -> bool:
        """Whether a line is a count, a ratio, or an amount that is not added, as far as words say.

        Its name tells, or the unit that stands beside it, unless a person says that it is a line
        or printed sums count it in: a project may be called "Tak".
        """
        if self.rows[row].is_said or self.is_counted_in(row):
            return False
        label = self.rows[row].label
        if is_other_unit(label) or is_not_added(label):
            return True
        sheet, number = self.gate.sheet, self.rows[row].row
        columns = range(1, self.gate.budget.columns[-1].number + 1)
        texts = (sheet.cell(number, column).value for column in columns)
        return any(isinstance(text, str) and is_unit(text) for text in texts)

    def is_counted_in(self, row: int) -> bool:
        """Whether a sum is printed, in several columns and to the last unit, with the row in it."""
        stated = [n for n, column in enumerate(self.gate.budget.columns) if column.is_stated]
        return any(
            len(held) >= _SEVERAL and self.gate.is_exact(one, one.parts, held)
            for one in self.gate.budget.sums
            if row in {n for n, _ in one.parts}
            and len(one.parts) > 1
            and (
                held := [
                    n
                    for n in stated
                    if self.gate.printed[row].amounts[n]
                    and self.gate.printed[one.target].amounts[n]
                ]
            )
        )

    def doubt_of_new(self, target: Sum, rows: Sequence[int]) -> Doubt | None:
        """Why rows that the printed sums say nothing of leave a sum in doubt."""
        parts = [row for row, _ in target.parts]
        reached = self.gate.reach(parts)
        if any(row not in reached and not self.repeats(row) for row in rows):
            return Doubt(Reason.NO_PARTS)
        if rows and not self.rows[target.target].label:
            return Doubt(Reason.NO_NAME, str(self.rows[target.target].row))
        odd = self.odd(rows)
        if odd is not None or not rows:
            return odd
        if any(self.is_indented(row) and row in parts for row in rows) and not all(
            self.is_indented(row) for row in parts if self.rows[row].role == "line"
        ):
            return Doubt(Reason.UNLIKE_LINES)
        if target.how not in ("result", "equity"):
            # That a sum holds elsewhere tells nothing of a row that was nothing there.
            is_split = any(self.rows[n].role == "total" and n not in self.inside for n in rows)
            if is_split or not begins_surely(self.rows, target.target, min(reached)):
                return Doubt(Reason.NO_PARTS)
        doubled = self.doubled.coincidence(parts)
        return None if doubled is None else Doubt(Reason.PART_TWICE, self.rows[doubled].label)

    def total_by_place(self, target: Sum) -> Doubt | None:
        """A total of the lines right above it, with nothing odd among them."""
        row = self.rows[target.target]
        if is_whole_side(row.meant) and self.is_repeated(target.target):
            return Doubt(Reason.NO_PARTS)
        if row.is_said and target.how == "lines-after":
            return self.twice([number for number, _ in target.parts])
        if not says(row.meant).is_sum and not is_whole_side(row.meant):
            return Doubt(Reason.NOT_A_SUM)
        if self.rows[target.target - 1].role == "section":
            # A line that is blank in every column, or a heading with nothing below it.
            return Doubt(Reason.PART_BLANK, self.rows[target.target - 1].label)
        parts = [number for number, _ in target.parts]
        if target.how not in ("lines-before", "letters") or not parts:
            return Doubt(Reason.NO_PARTS)
        twice = self.twice(parts)
        if twice is not None or target.how == "letters":
            return twice
        if any(map(is_other_unit, self.gate.texts)):
            return Doubt(Reason.NOT_A_SUM)
        return self.unexplained(target, parts)

    def twice(self, parts: Sequence[int]) -> Doubt | None:
        """Whether a part is the sum of others, by what is printed."""
        doubled = self.doubled.coincidence(parts)
        if doubled is None:
            doubled = self.by_figures(parts)
        return None if doubled is None else Doubt(Reason.PART_TWICE, self.rows[doubled].label)

    def unexplained(self, target: Sum, parts: Sequence[int]) -> Doubt | None:
        """Whether every row above the total belongs to it, up to where its section begins."""
        held = self.gate.reach(parts)
        for number in range(min(held), target.target):
            role = self.rows[number].role
            if role in ADDED and number not in held and not self.repeats(number):
                return Doubt(Reason.NO_PARTS)
        own, first = self.rows[target.target], min(held)
        wanted = named(own.meant)
        if wanted and any(self.sides[n] not in ("", wanted) for n in parts):
            return Doubt(Reason.SIDE_UNSURE)
        if len({self.is_indented(n) for n in parts if self.rows[n].role == "line"}) > 1:
            return Doubt(Reason.UNLIKE_LINES)
        return self.beginning(own, first, wanted)

    def beginning(self, own: BudgetRow, first: int, wanted: str) -> Doubt | None:
        """Whether the total's name and the place where its lines begin say the same.

        A total of its section is below the section's heading. A bare one, or one of a whole
        side, leaves no line behind that is in no sum.
        """
        if own.is_said:
            is_open = is_whole_side(own.meant) and self.left_over(first, wanted)
            return Doubt(Reason.NO_PARTS) if is_open else None
        rest = _named_rest(own)
        above = self.rows[first - 1] if first else None
        if above is None and rest and is_whole_side(own.meant):
            return None
        if above is None or above.role not in ("section", "total"):
            return Doubt(Reason.NO_PARTS)
        if rest and _is_of_section(own, above):
            return None
        if rest and not is_whole_side(own.meant):
            return Doubt(Reason.NOT_A_SUM)
        named_here = [
            named(row.meant) == wanted
            for row in self.rows[first - 1 : self.at(own)]
            if row.role == "section"
        ]
        if wanted and any(named_here) and not named_here[0]:
            return Doubt(Reason.SIDE_UNSURE)
        has_own = above.role != "total" or self.at(above) in self.inside
        if not has_own or (above.role == "total" and not (rest and is_whole_side(above.meant))):
            # A total without lines above it may stand before its own.
            return Doubt(Reason.NO_PARTS)
        return Doubt(Reason.NO_PARTS) if self.left_over(first, wanted) else None

    def at(self, row: BudgetRow) -> int:
        """The index of a row."""
        return self.gate.at[row.row]

    def is_indented(self, row: int) -> bool:
        """Whether a label is written further in: by the button, or by spaces or a dash."""
        cell = self.gate.sheet.cell(self.rows[row].row, self.gate.budget.label_column)
        text = cell.value
        return cell.indent > 0 or (isinstance(text, str) and text[:1] in " \t\u00a0-–—•·")

    def left_over(self, first: int, wanted: str) -> bool:
        """Whether rows above a total of totals are in no sum, on its side or on no sure one."""
        taken = {row for held in self.inside.values() for row in held}
        return any(
            self.rows[n].role in ADDED
            and n not in taken
            and not (wanted and self.sides[n] not in ("", wanted))
            for n in range(first)
        )

    def by_figures(self, parts: Sequence[int]) -> int | None:
        """A part that only its figures say is the sum of two others: that may be by chance."""
        for one in self.gate.budget.sums:
            is_named = says(self.rows[one.target].meant).is_sum
            if one.target in parts and len(one.parts) == _PAIR and not is_named:
                rows = [row for row, _ in one.parts]
                if not any(map(self.is_indented, rows)) and one.target > max(rows):
                    return one.target
        return None


def begins_surely(rows: Sequence[BudgetRow], target: int, first: int) -> bool:
    """Whether a total's name says where its lines begin: a whole side, or its section's heading."""
    own = rows[target]
    return is_whole_side(own.meant) or bool(first and _is_of_section(own, rows[first - 1]))


def _is_of_section(own: BudgetRow, above: BudgetRow) -> bool:
    """Whether a row above a total's first line is the heading that the total is named by."""
    return above.role == "section" and _named_rest(own) <= set(_plain(above.meant).split())


def _named_rest(row: BudgetRow) -> set[str]:
    """What a total is of: its name without the word for a sum."""
    return set(_TOTAL_WORD.sub("", _plain(row.meant)).split()) - _SMALL_WORDS


def _plain(label: str) -> str:
    """A label's words alone, so that "Kansli-/administrativa kostnader" is compared by them."""
    return re.sub(r"[^\w:]+", " ", normalise(label).replace("s a ", "s:a "))
