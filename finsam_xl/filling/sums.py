"""Whether what a total, result or equity row adds up is settled, and what it then is.

Strongest is the formula of the same row in another column; then that the sum holds in the
columns where it is printed; then, where it is printed nowhere, names and places: a total
right below the lines of its section, a result of an income and a cost total. A blank part
is unknown, unless the same row was blank in a column where the printed sum held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from finsam_xl.address import a1
from finsam_xl.calc.totals import explained_by_rounding
from finsam_xl.filling import doubts
from finsam_xl.filling.by_place import ADDED, ByPlace
from finsam_xl.filling.doubts import Doubt
from finsam_xl.filling.sides import sides, sign_is_sure
from finsam_xl.formulas import addends
from finsam_xl.formulas.functions import functions
from finsam_xl.formulas.moving import moved
from finsam_xl.formulas.shapes import shape
from finsam_xl.labels import normalise
from finsam_xl.model_budget import SIGNED, Amount, Budget, BudgetRow, Known, Sum, decimals
from finsam_xl.reading.amount_cells import says_nothing
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.sheets.tables import Table

Parts = tuple[tuple[int, int], ...]
_ACROSS = ("deviation", "percent", "share", "key")


class Verdict(NamedTuple):
    """A figure that may be written, or the doubt that forbids it; neither where all is blank."""

    amount: Amount = None
    doubt: Doubt | None = None


class SumGate:
    """The sums of one table. ``rows`` are live: what has been filled in counts.

    ``unknown``: cells, by row and column index, whose figure means nothing (stale formulas,
    dates, percentages).
    """

    def __init__(
        self,
        sheet: SheetGrid,
        budget: Budget,
        printed: Sequence[BudgetRow],
        unknown: Mapping[tuple[int, int], str],
        table: Table,
    ) -> None:
        self.sheet, self.budget, self.printed, self.unknown = sheet, budget, printed, unknown
        self.header_row, self.texts = table.header_row, (*table.titles, sheet.title)
        self.sides = sides(budget)
        self.is_signed = budget.sign == SIGNED
        self.sign_is_sure = sign_is_sure(budget, self.sides)
        self.at = {row.row: index for index, row in enumerate(budget.rows)}
        self.inside = self._children()
        self.by_place = ByPlace(self)

    @property
    def rows(self) -> Sequence[BudgetRow]:
        """The rows as they are now."""
        return self.budget.rows

    def _children(self) -> dict[int, set[int]]:
        """The rows that each total, group or line holds, at every depth."""
        direct = {
            one.target: {row for row, _ in one.parts}
            for one in self.budget.sums
            if self.is_borne_out(one)
        }
        found: dict[int, set[int]] = {}
        for target, parts in direct.items():
            reached, waiting = set(parts), list(parts)
            while waiting:
                for row in direct.get(waiting.pop(), ()):
                    if row not in reached:
                        reached.add(row)
                        waiting.append(row)
            found[target] = reached
        return found

    def is_borne_out(self, one: Sum) -> bool:
        """Whether a sum holds somewhere, or is printed nowhere: else its parts are a guess."""
        printed = [n for n, a in enumerate(self.printed[one.target].amounts) if a is not None]
        return not printed or any(self.holds(one.target, one.parts, n) for n in printed)

    # The verdict ---------------------------------------------------------------------------

    def verdict(self, target: Sum, column: int, *, is_accepted: bool = False) -> Verdict:
        """What a blank sum is in a column, if that is settled.

        ``is_accepted``: a person has said that the row's printed figures are wrong where they
        differ, so those speak against nothing.
        """
        parts = self.by_formula(target.target, column)
        if parts is not None:
            if all(self.is_blank(row, column) for row, _ in parts):
                return Verdict()
            left_out = self.left_out(target.target, parts, column)
            if left_out:
                return Verdict(doubt=Doubt(doubts.FORMULA_LEAVES_OUT, left_out))
            return self.with_known_parts(parts, column, ())
        if all(self.is_blank(row, column) for row, _ in target.parts):
            return Verdict()
        evidence = self.evidence(target.target, column)
        if is_accepted:
            evidence = [n for n in evidence if self.holds(target.target, target.parts, n)]
        if not evidence:
            doubt = self.in_the_way(target, column) or self.by_place.doubt(target)
            return (
                Verdict(doubt=doubt) if doubt else self.with_known_parts(target.parts, column, ())
            )
        held = [n for n in evidence if self.holds(target.target, target.parts, n)]
        if not any(self.says_something(target, n) for n in held) or 2 * len(held) <= len(evidence):
            if not self.is_named(target, column, evidence):
                return Verdict(doubt=Doubt(doubts.DOES_NOT_HOLD))
            return self.with_known_parts(target.parts, column, held)
        doubt = (
            self.in_the_way(target, column, held)
            or self.by_place.doubt_of_new(target, self.new_rows(target, column, held))
            or self.odd_and_rounded(target, held)
            or self.other_reading(target, column, held)
        )
        found = self.with_known_parts(target.parts, column, held)
        return Verdict(doubt=doubt) if doubt and found.doubt is None else found

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
                return Verdict(doubt=Doubt(what or doubts.PART_UNREAD, self.place(row, column)))
            amount = self.rows[row].amounts[column]
            if amount is None:
                if not self.is_said_to_be_nothing(row, column) and not any(
                    self.printed[row].amounts[n] is None for n in held
                ):
                    return Verdict(doubt=Doubt(doubts.PART_BLANK, self.place(row, column)))
                continue
            total += factor * amount
        return Verdict(total)

    def is_said_to_be_nothing(self, row: int, column: int) -> bool:
        """Whether a cell without amount says so itself."""
        number = self.budget.columns[column].number
        return says_nothing(self.sheet.cell(self.rows[row].row, number))

    def amount(self, row: int, column: int) -> Amount:
        """A figure that means something; ``None`` for what is blank, stale or no amount."""
        return None if (row, column) in self.unknown else self.rows[row].amounts[column]

    def is_blank(self, row: int, column: int) -> bool:
        """Whether a cell shows nothing, or a 0 that adds up nothing but blanks."""
        return (
            self.rows[row].amounts[column] is None and column not in self.rows[row].unreadable
        ) or self.unknown.get((row, column)) == doubts.PART_BLANK

    def place(self, row: int, column: int) -> str:
        """A cell's address, for a reason."""
        return self.budget.place(row, column).cell

    # Formulas -------------------------------------------------------------------------------

    def by_formula(self, index: int, column: int) -> Parts | None:
        """What the same row's formulas add up, moved into a column: all of one form, plain sums."""
        row = self.rows[index].row
        texts = {
            other.number: self.sheet.formulas.get((row, other.number), "")
            for other in self.budget.columns
            if other.scenario not in _ACROSS and self.has_formula(row, other.number)
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
        taken = {row for row, _ in parts}
        for row in sorted(taken):
            taken |= self.inside.get(row, set())
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

    def is_subtotal(self, row: int, numbers: Iterable[int]) -> bool:
        """Whether a row is a subtotal in some column: other subtotals leave it out."""
        return any(
            "SUBTOTAL" in functions(self.sheet.formulas.get((row, number), ""))
            for number in numbers
        )

    def has_formula(self, row: int, number: int) -> bool:
        """Whether a cell holds a formula; its text is dearer to ask for."""
        return self.sheet.cell(row, number).formula is not None

    def is_number(self, row: int, number: int) -> bool:
        """Whether a cell shows a number, whoever it belongs to."""
        cell = self.sheet.cell(row, number)
        return cell.formula is not None or (
            isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
        )

    # Printed columns ------------------------------------------------------------------------

    def evidence(self, index: int, column: int) -> list[int]:
        """The other columns where a person has printed the row's figure."""
        return [
            number
            for number, heading in enumerate(self.budget.columns)
            if number != column
            and heading.scenario not in _ACROSS
            and self.printed[index].amounts[number] is not None
            and (index, number) not in self.unknown
        ]

    def step(self, rows: Sequence[int], column: int) -> Fraction:
        """What the figures of some rows are rounded to in a column."""
        known = [a for row in rows if (a := self.rows[row].amounts[column]) is not None]
        return Fraction(1, 10 ** max(map(decimals, known), default=0))

    def holds(self, index: int, parts: Parts, column: int) -> bool:
        """Whether parts add up to what is printed, rounding allowed."""
        known = [
            (factor, amount)
            for row, factor in parts
            if (amount := self.amount(row, column)) is not None
        ]
        stated = self.printed[index].amounts[column]
        if not known or stated is None:
            return False
        gap = stated - sum(factor * amount for factor, amount in known)
        rows = [index, *(row for row, _ in parts)]
        return explained_by_rounding(gap, len(known), self.step(rows, column))

    def says_something(self, target: Sum, column: int) -> bool:
        """Whether agreement in a column is no coincidence: several parts, or a section of one."""
        amounts = [self.amount(row, column) for row, _ in target.parts]
        return sum(bool(amount) for amount in amounts) > (len(target.parts) > 1)

    def in_the_way(self, target: Sum, column: int, held: Sequence[int] = ()) -> Doubt | None:
        """What no agreement in other columns can make up for.

        A year's result without financial items is one only where it is printed without them.
        """
        if target.how == "operating" and not (held and self.is_exact_where_printed(target)):
            return Doubt(doubts.EQUITY_UNSURE)
        if target.how == "equity" and self.changes_otherwise(target, column):
            return Doubt(doubts.EQUITY_UNSURE)
        beside = self.stands_beside(target.target, column)
        if beside:
            return Doubt(doubts.STANDS_BESIDE, beside)
        unread = self.unread_row(target, column)
        if unread:
            return Doubt(doubts.ROW_UNREAD, unread)
        return None

    def is_exact_where_printed(self, target: Sum) -> bool:
        """Whether a sum is what is printed, to the unit, in every column where it is."""
        printed = self.evidence(target.target, -1)
        return self.is_exact(target, target.parts, printed)

    def changes_otherwise(self, target: Sum, column: int) -> bool:
        """Whether a line between opening and closing may change equity too: unless it is 0."""
        rows = [row for row, _ in target.parts]
        reached = set(rows) | {n for row in rows for n in self.inside.get(row, ())}
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
        if not self.is_exact(target, target.parts, held):
            for at in range(len(target.parts)):
                rest = target.parts[:at] + target.parts[at + 1 :]
                if self.is_exact(target, rest, held) and self.summed(rest, column) != ours:
                    return Doubt(doubts.TWO_WAYS)
        for parts in self.alternatives(target):
            theirs = self.summed(parts, column)
            if theirs is None or theirs == ours:
                continue
            if all(self.holds(target.target, parts, n) for n in held):
                return Doubt(doubts.TWO_WAYS)
        return None

    def is_exact(self, target: Sum, parts: Parts, held: Sequence[int]) -> bool:
        """Whether parts are what is printed to the last unit: more than rounding makes room for."""
        printed = self.printed[target.target].amounts
        return all(self.summed(parts, n) == printed[n] for n in held)

    def summed(self, parts: Parts, column: int) -> Amount:
        """The known parts together."""
        known = [f * a for row, f in parts if (a := self.amount(row, column)) is not None]
        return sum(known) if known else None

    def alternatives(self, target: Sum) -> Iterator[Parts]:
        """Other readings: a row of an unsure side turned or left out; other runs of rows above."""
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
        reached = ours | {n for row in ours for n in self.inside.get(row, ())}
        whole = self.folded([n for n in rows if n >= min(reached, default=0)])
        for row in reached if reached != ours else ():
            # One of the rows may be no amount at all, and what it seems to hold a coincidence.
            one = [n for n in rows if n >= min(reached) and n != row]
            if not self.is_silent(ours ^ set(one), target.target) and one != whole:
                yield tuple((n, 1) for n in one)
        for start in range(len(rows) - 1, -1, -1):
            run = rows[start:]
            folded = self.folded(run)
            outer = [n for n in run if not self.by_place.is_indented(n)]
            for one in (run, folded, outer):
                differing = ours ^ set(one)
                if differing and not self.is_silent(differing, target.target):
                    yield tuple((row, 1) for row in one)

    def is_silent(self, rows: set[int], index: int) -> bool:
        """Whether rows are blank or 0 wherever the total is printed: only place tells of them."""
        columns = [n for n, a in enumerate(self.printed[index].amounts) if a is not None]
        return not any(self.amount(row, n) for row in rows for n in columns)

    def folded(self, run: Sequence[int]) -> list[int]:
        """Rows without those that an other of them adds up."""
        held = {row for total in run for row in self.inside.get(total, ())}
        return [row for row in run if row not in held]

    def is_sure(self, row: int) -> bool:
        """Whether it is settled how a row counts in a result."""
        if not self.sign_is_sure or self.is_signed:
            return self.sign_is_sure
        return bool(self.sides[row]) or self.rows[row].role == "result"
