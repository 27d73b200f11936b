"""Whether what a total, result or equity row adds up is settled, and what it then is.

Strongest is the formula of the same row in another column; then that the sum holds in the
columns where it is printed; then, where it is printed nowhere, names and places: a total
right below the lines of its section, a result of an income and a cost total. A blank part
is unknown, unless the same row was blank in a column where the printed sum held.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from finsam_xl.address import a1
from finsam_xl.filling.by_place import ByPlace
from finsam_xl.filling.doubts import Doubt, Verdict
from finsam_xl.filling.formula_sums import FormulaSums
from finsam_xl.filling.presupposed import is_presupposed
from finsam_xl.filling.printed_sums import ADDED, Parts
from finsam_xl.filling.sides import named
from finsam_xl.findings.reasons import Reason
from finsam_xl.labels import normalise
from finsam_xl.model_budget import Known, Sum
from finsam_xl.reading.amount_cells import says_nothing
from finsam_xl.reading.headings import heading_of
from finsam_xl.words import totals
from finsam_xl.words.results import stands

_PAIR = 2
"""So few rows below a total may be its lines."""
_USUAL = 2
"""An amount of at least one in so many of the smallest elsewhere is as large as usual."""
_STEM = 5
"""So many letters make two words one: *finansnetto*, *finansiella poster*."""


class SumGate(FormulaSums):
    """Whether the sums of one table are settled where they are blank."""

    @cached_property
    def by_place(self) -> ByPlace:
        """What names and places say of the sums."""
        return ByPlace(self)

    def verdict(self, target: Sum, column: int) -> Verdict:
        """What a blank sum is in a column, if that is settled."""
        parts = self.by_formula(target.target, column)
        if parts is not None:
            if all(self.is_blank(row, column) for row, _ in parts):
                return Verdict()
            left_out = self.left_out(target.target, parts, column)
            if left_out:
                return Verdict(doubt=Doubt(Reason.FORMULA_LEAVES_OUT, left_out))
            return self.with_known_parts(parts, column, ())
        if all(self.is_blank(row, column) for row, _ in target.parts):
            return Verdict()
        wrong = self.wrong_part(target, column) or self.turned_part(target, column)
        if wrong is not None:
            return Verdict(doubt=wrong)
        evidence = self.evidence(target.target, column)
        if not evidence:
            doubt = self.in_the_way(target, column)
            if doubt is None and not is_presupposed(self, target, column):
                doubt = self.by_place.doubt(target)
            return (
                Verdict(doubt=doubt) if doubt else self.with_known_parts(target.parts, column, ())
            )
        held = [n for n in evidence if self.holds(target.target, target.parts, n)]
        if not any(self.says_something(target, n) for n in held) or 2 * len(held) <= len(evidence):
            if not self.is_named(target, column, evidence):
                return Verdict(doubt=Doubt(Reason.DOES_NOT_HOLD))
            return self.with_known_parts(target.parts, column, held)
        doubt = (
            self.in_the_way(target, column, held)
            or self.by_place.doubt_of_new(target, self.new_rows(target, column, held))
            or self.odd_and_rounded(target, held)
            or self.other_reading(target, column, held)
        )
        found = self.with_known_parts(target.parts, column, held)
        return Verdict(doubt=doubt) if doubt and found.doubt is None else found

    def wrong_part(self, target: Sum, column: int) -> Doubt | None:
        """A printed total among the parts that its own lines contradict: one of them is wrong."""
        parts = {row for row, _ in target.parts}
        for one in self.budget.sums:
            is_printed = self.printed[one.target].amounts[column] is not None
            if one.target in parts and is_printed and not self.holds(one.target, one.parts, column):
                known = [self.amount(row, column) for row, _ in one.parts]
                if all(amount is not None for amount in known):
                    return Doubt(Reason.PART_DOES_NOT_HOLD, self.rows[one.target].label)
        return None

    def turned_part(self, target: Sum, column: int) -> Doubt | None:
        """A part whose sign is another than in all columns where the sum is printed.

        An income or a cost that is as large as usual has not become its opposite: the sign is
        wrong, or the column has other signs. A small one may be a correction.
        """
        evidence = self.evidence(target.target, column)
        for row, _ in target.parts:
            now = self.amount(row, column)
            usual = [amount for n in evidence if (amount := self.amount(row, n))]
            if not now or not usual or not self.sides[row]:
                continue
            is_turned = all((amount > 0) is not (now > 0) for amount in usual)
            if is_turned and _USUAL * max(now, -now) >= min(max(one, -one) for one in usual):
                return Doubt(Reason.PART_TURNED, self.place(row, column))
        return None

    def is_named(self, target: Sum, column: int, evidence: Sequence[int]) -> bool:
        """Whether names and places settle a sum that the printed figures speak against.

        They are wrong then, which is told where they stand, unless other rows explain them.
        """
        if self.in_the_way(target, column) or self.by_place.doubt(target):
            return False
        return not any(
            self.holds(target.target, parts, n)
            for parts in self.alternatives(target)
            for n in evidence
        )

    def with_known_parts(self, parts: Parts, column: int, held: Sequence[int]) -> Verdict:
        """The sum of the parts, if every one is known or is blank as it was where the sum held."""
        total: Known = 0
        for row, factor in parts:
            what = self.unknown.get((row, column))
            if what is not None or column in self.rows[row].unreadable:
                return Verdict(doubt=Doubt(what or Reason.PART_UNREAD, self.place(row, column)))
            amount = self.rows[row].amounts[column]
            if amount is None:
                if not says_nothing(self.sheet.cell(*self.budget.at(row, column))) and not any(
                    self.rows[row].amounts[n] is None for n in held
                ):
                    return Verdict(doubt=Doubt(Reason.PART_BLANK, self.place(row, column)))
                continue
            total += factor * amount
        return Verdict(total)

    def odd_and_rounded(self, target: Sum, held: Sequence[int]) -> Doubt | None:
        """A count among the parts that a single column, or rounding alone, makes room for."""
        odd = self.by_place.odd([row for row, _ in target.parts])
        return None if len(held) > 1 and self.is_exact(target, target.parts, held) else odd

    def new_rows(self, target: Sum, column: int, held: Sequence[int]) -> list[int]:
        """Filled rows of a sum or above it that were blank or 0 where it held: it tells nothing."""
        parts = {row for row, _ in target.parts}
        first = min(parts | self.inside.get(target.target, parts))
        return [
            row
            for row in (
                *range(first, target.target),
                *(n for n in sorted(parts) if n > target.target),
            )
            if self.rows[row].role in ADDED
            and self.amount(row, column)
            and not any(self.amount(row, n) for n in held)
        ]

    def in_the_way(self, target: Sum, column: int, held: Sequence[int] = ()) -> Doubt | None:
        """What no agreement in other columns can make up for.

        A year's result without financial items is one only where it is printed without them.
        """
        if target.how == "operating" and not (held and self.is_exact_where_printed(target)):
            return Doubt(Reason.EQUITY_UNSURE)
        if target.how == "equity" and self.changes_otherwise(target, column):
            return Doubt(Reason.EQUITY_UNSURE)
        beside = self.stands_beside(target.target, column)
        if beside:
            return Doubt(Reason.STANDS_BESIDE, beside)
        unread = self.unread_row(target, column)
        if unread:
            return Doubt(Reason.ROW_UNREAD, unread)
        without = self.said_without(target, column, held)
        if without:
            return Doubt(Reason.SAID_WITHOUT, without)
        if self.stands(target, column):
            return Doubt(Reason.STANDING)
        twice = "" if held else self.counted_twice(target)
        return Doubt(Reason.PART_TWICE, twice) if twice else None

    def stands(self, target: Sum, column: int) -> bool:
        """Whether a column is what there is at the end of each of its rows' times."""
        return stands(self.budget.columns[column].header) and all(
            (heading := heading_of((self.rows[row].label,))).is_bare and not heading.time.is_silent
            for row, _ in target.parts
        )

    def counted_twice(self, target: Sum) -> str:
        """The label of a part that another part holds already."""
        parts = [row for row, _ in target.parts]
        held = self.inside_of(parts)
        return next((self.rows[row].label for row in parts if row in held), "")

    def said_without(self, target: Sum, column: int, held: Sequence[int]) -> str:
        """The cell of a part that by its name a sum leaves out, where no column says otherwise."""
        named = totals.left_out(self.rows[target.target].label)
        for row, _ in target.parts if named else ():
            counts = [n for n in (column, *held) if self.amount(row, n)]
            if counts == [column] and _are_akin(named, normalise(self.rows[row].label)):
                return self.place(row, column)
        return ""

    def is_exact_where_printed(self, target: Sum) -> bool:
        """Whether a sum is what is printed, to the unit, in every column where it is."""
        printed = self.evidence(target.target, -1)
        return self.is_exact(target, target.parts, printed)

    def changes_otherwise(self, target: Sum, column: int) -> bool:
        """Whether a line between opening and closing may change equity too: unless it is 0."""
        rows = [row for row, _ in target.parts]
        reached = self.reach(rows)
        return any(
            self.rows[n].role in ADDED
            and n not in reached
            and any(amount is not None for amount in self.rows[n].amounts)
            and self.rows[n].amounts[column] != 0
            for n in range(min(rows) + 1, target.target)
        )

    def stands_beside(self, index: int, column: int) -> str:
        """The cell of a row of the same name next to this one that holds the figure."""
        label = normalise(self.rows[index].label)
        for other in (index - 1, index + 1):
            is_same = 0 <= other < len(self.rows) and normalise(self.rows[other].label) == label
            if is_same and self.printed[other].amounts[column] is not None:
                return self.place(other, column)
        return ""

    def unread_row(self, target: Sum, column: int) -> str:
        """A cell between a total and its lines with a number that no row of the table has."""
        number = self.budget.columns[column].number
        rows = [self.rows[row].row for row, _ in target.parts] + [self.rows[target.target].row]
        above = [row.row for row in self.rows if row.row < min(rows)]
        for at in range(max(above, default=self.header_row) + 1, max(rows)):
            if at not in self.at and self.is_number(at, number):
                return a1(at, number)
        return ""

    def other_reading(self, target: Sum, column: int, held: Sequence[int]) -> Doubt | None:
        """Another set of rows that holds wherever this one does and gives another figure here."""
        ours = self.summed(target.parts, column)
        if target.how == "lines-before" and self.is_led(target, column, held):
            return Doubt(Reason.TWO_WAYS)
        if not self.is_exact(target, target.parts, held):
            for at in range(len(target.parts)):
                rest = target.parts[:at] + target.parts[at + 1 :]
                if self.is_exact(target, rest, held) and self.summed(rest, column) != ours:
                    return Doubt(Reason.TWO_WAYS)
        for parts in self.alternatives(target):
            theirs = self.summed(parts, column)
            if theirs is None or theirs == ours:
                continue
            if all(self.holds(target.target, parts, n) for n in held):
                return Doubt(Reason.TWO_WAYS)
        return None

    def is_led(self, target: Sum, column: int, held: Sequence[int]) -> bool:
        """Whether the row above the lines shows what they come to: they may be that row's.

        Income above the costs of a budget in balance is as large as they are.
        """
        above = min(row for row, _ in target.parts) - 1
        if above < 0 or self.rows[above].role not in ADDED or self.are_of_its_side(target):
            return False
        own, its = self.printed[target.target].amounts, self.printed[above].amounts
        is_open = self.rows[above].role == "total" and above not in self.inside
        if is_open and not any(amount is not None for amount in its):
            return True
        is_same = all(its[n] == own[n] for n in held)
        return is_same and (is_open or its[column] != self.summed(target.parts, column))

    def are_of_its_side(self, target: Sum) -> bool:
        """Whether every part is named as being of the side that a total is named by."""
        wanted = named(self.rows[target.target].meant)
        return bool(wanted) and all(
            named(self.rows[row].meant) == wanted for row, _ in target.parts
        )

    def alternatives(self, target: Sum) -> Iterator[Parts]:
        """Other readings: a row of an unsure side turned or left out; other runs above or below."""
        if target.how == "result":
            for number, (row, factor) in enumerate(target.parts):
                if self.is_sure(row):
                    continue
                rest = target.parts[:number] + target.parts[number + 1 :]
                yield rest
                if not self.is_signed:
                    yield (*rest, (row, -factor))
            return
        rows = [n for n in range(target.target) if self.rows[n].role in ADDED]
        ours = {row for row, _ in target.parts}
        reached = self.reach(ours)
        whole = self.folded([n for n in rows if n >= min(reached, default=0)])
        for row in reached if reached != ours else ():
            # One of the rows may be no amount at all, and what it seems to hold a coincidence.
            one = [n for n in rows if n >= min(reached) and n != row]
            if not self.is_silent(ours ^ set(one), target.target) and one != whole:
                yield tuple((n, 1) for n in one)
        is_run = target.how == "lines-before"
        below = range(target.target + 1, len(self.rows) if is_run else 0)
        after = [n for n in below if self.rows[n].role in ADDED]
        for run in (
            *(rows[start:] for start in range(len(rows) - 1, -1, -1)),
            *(after[:end] for end in range(_PAIR, len(after) + 1)),
        ):
            folded = self.folded(run, without=target.target)
            outer = [n for n in run if not self.by_place.is_indented(n)]
            for one in (run, folded, outer):
                differing = ours ^ set(one)
                if differing and not self.is_silent(differing, target.target):
                    yield tuple((row, 1) for row in one)


def _are_akin(one: str, other: str) -> bool:
    """Whether two labels have a word in common, or its stem."""
    stems = {word[:_STEM] for word in one.split() if len(word) >= _STEM}
    return any(word[:_STEM] in stems for word in other.split())
