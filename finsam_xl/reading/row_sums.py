"""How the totals and results of a table follow from its lines.

Rows are gone through from the top with a stack of what has not been added up yet. What a
row's own formula adds is taken as it stands; then what fits its figures in most columns; then
what its name and place say. A row without a name for it is a sum where the figures say so in
several columns, or a formula does. What was taken for a sum by chance is a line again where a
total below only fits without it.
"""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.reading.row_choice import best, telling
from finsam_xl.reading.row_figures import Fit, Parts
from finsam_xl.reading.row_formulas import added_by_formula, in_circles
from finsam_xl.reading.row_found import Found, Source
from finsam_xl.reading.row_groups import Groups
from finsam_xl.reading.row_heads import heads, is_by_law, said_heads
from finsam_xl.reading.row_named import by_label, by_letters, cash_start
from finsam_xl.reading.row_results import ResultReader
from finsam_xl.reading.row_stack import Reading, Stack
from finsam_xl.reading.row_table import RowTable

_TWO_THIRDS, _HALF = 0.66, 0.5


class SumReader:
    """Goes through the rows of a table and finds what each total adds up."""

    def __init__(self, table: RowTable) -> None:
        self.table = table
        self.found: dict[int, Found] = {}
        self.formulas = added_by_formula(table)
        self.heads, self.likely = heads(table)
        self._heads_by_formula()
        self.heads.update(said_heads(table))
        self.stack = Stack(table, self.heads, self.likely)
        self.results = ResultReader(table, self.stack)
        self.groups = Groups(self.stack, self.formulas, self.found)

    def _heads_by_formula(self) -> None:
        """Heads of the lines after them that formulas name outrank those that figures suggest."""
        for row, parts in self.formulas.items():
            self.heads.pop(row, None)
            if all(n > row and factor == 1 for n, factor in parts):
                for other in [n for n, lines in self.heads.items() if row in lines]:
                    if other not in self.formulas:
                        del self.heads[other]
                self.heads[row] = [n for n, _ in parts]

    def read(self) -> dict[int, Found]:
        """The sums of the table by the row that shows them."""
        take = {"total": self.total, "result": self.result, "equity_close": self.closing}
        for row in range(len(self.table)):
            role = self.table.roles[row]
            if role == "section":
                self.stack.open_section(row)
            elif role == "equity_open":
                self.results.opening = row
            elif role == "line":
                self.line(row)
            elif role in take:
                take[role](row)
        self.groups.keep()
        self.groups.lines_inside()
        for row in in_circles({row: one.parts for row, one in self.found.items()}):
            del self.found[row]
        return self.found

    # Totals ----------------------------------------------------------------------------------

    def total(self, row: int) -> None:
        """A row whose name says that it is a sum."""
        said = self.table.said[row]
        if said.letters:
            self.by_letters(row)
        elif said.is_cash_flow:
            start = cash_start(self.stack)
            self.take(row, self.stack.reading(row, start), Source.NAME)
        elif row in self.formulas:
            self.by_formula(row)
        elif row in self.heads and self.table.is_settled(row):
            self.table.figures.replace(row, tuple((n, 1) for n in self.heads[row]))
            self.stack.push(row)
        elif self.table.figures.is_blank(row):
            reading = by_label(self.stack, row)
            self.table.figures.replace(row, reading.parts)
            self.take(row, reading, Source.PLACE)
        else:
            self.by_figures(row)

    def by_figures(self, row: int) -> None:
        """A named sum, by what fits what is printed; a name that may be a line's must fit."""
        said = self.table.said[row]
        reading = best(self.stack, row)
        if row in self.heads:
            head = self.table.figures.fit(row, tuple((n, 1) for n in self.heads[row]))
            if reading is None or reading.fit.share <= _HALF or reading.fit.telling < head.telling:
                self.stack.push(row)
                return
            del self.heads[row]
            self.stack.every.pop(row, None)
        is_soft = said.is_side_sum or not (said.is_sum or said.is_whole_side)
        fits = reading and reading.fit.compared and reading.fit.share >= _HALF
        if is_soft and not fits and not self.table.is_settled(row):
            self.table.roles[row] = "line"
            self.line(row)
            return
        if reading is None or (reading.fit.share < _HALF and self.has_no_lines(row)):
            self.stack.close(row, Reading((), len(self.stack.rows), Fit(0, 0)))
            return
        source = Source.FIGURES if reading.fit.held else Source.PLACE
        self.take(row, reading, source)

    def has_no_lines(self, row: int) -> bool:
        """Whether a section's total stands right below its heading: what is above is others'."""
        above = self.table.roles[row - 1] if row else "section"
        return above == "section" and not self.table.said[row].is_whole_side

    def by_letters(self, row: int) -> None:
        """A total that names what it adds: "Total (A+B+C)"."""
        parts = by_letters(self.stack, row, self.table.said[row].letters)
        parts = parts or self.formulas.get(row, ())
        self.stack.rows.append(row)
        if parts:
            fit = self.table.figures.fit(row, parts)
            self.found[row] = Found(parts, "letters", Source.NAME, fit)
            self.groups.confirm(parts)

    def by_formula(self, row: int) -> None:
        """A row whose own formulas say what it adds."""
        parts = self.formulas[row]
        for other in reversed(self.stack.rows):
            if other in self.found and set(self.found[other].parts) == set(parts):
                # Two totals of the same lines: the second is the first again.
                parts = ((other, 1),)
        self.take(row, self.stack.named(row, parts), Source.FORMULA)

    def take(self, row: int, reading: Reading, source: Source) -> None:
        """Note a sum, fold its parts away, and make lines of what it shows to be lines."""
        self._take_for_lines(reading.lines)
        if reading.start is not None:
            self.groups.confirm(reading.parts)
        self.stack.close(row, reading)
        if reading.parts:
            after = all(n > row for n, _ in reading.parts)
            how = "lines-after" if after else "named" if reading.start is None else "lines-before"
            self.found[row] = Found(reading.parts, how, source, reading.fit)

    def _take_for_lines(self, chances: Sequence[int]) -> None:
        """Make lines of rows that were taken for sums by chance."""
        for row in chances:
            self.found.pop(row, None)
            self.table.roles[row] = "line"
            self.stack.chances.discard(row)

    # Rows that no word calls a sum -----------------------------------------------------------

    def line(self, row: int) -> None:
        """A row with a line's name: a sum where a formula or several columns say so."""
        parts = self.formulas.get(row)
        if self.table.is_settled(row):
            self.stack.push(row)
            return
        if parts and row not in self.heads:
            is_result = self.results.is_result(row, parts)
            self.table.roles[row] = "result" if is_result else "total"
            if is_result:
                self.result(row)
            else:
                self.by_formula(row)
            return
        if row in self.heads or not self._unnamed(row):
            self.stack.push(row)

    def _unnamed(self, row: int) -> bool:
        """Whether a row that no word calls a sum is one, and then it is noted."""
        reading = telling(self.stack, row)
        if reading is not None and self._is_sum(row, reading):
            if self.results.is_result(row, reading.parts):
                self.table.roles[row] = "result"
                self._note_result(row, reading, Source.FIGURES)
                return True
            self.table.roles[row] = "total"
            self.take(row, reading, Source.FIGURES)
            self.stack.chances.add(row)
            return True
        difference = self.results.difference(row)
        if difference is not None:
            self.table.roles[row] = "result"
            self._note_result(row, difference, Source.FIGURES)
            return True
        return False

    def _is_sum(self, row: int, reading: Reading) -> bool:
        """Whether figures alone make a row a sum: in several columns, or in one at its place."""
        lines = [n for n, _ in reading.parts]
        if len(lines) < 2 or is_by_law(self.table, row, lines):
            return False
        if reading.fit.telling > 1 and reading.fit.exact_share >= _TWO_THIRDS:
            return True
        if not reading.is_aligned or reading.fit.exact_share < _HALF:
            return False
        is_whole = self.table.said[row].is_whole_side
        return is_whole or self._ends_group(row, len(lines)) or self._is_odd(row, reading.fit)

    def _is_odd(self, row: int, fit: Fit) -> bool:
        """Whether the only figure of a row is too odd to be a sum by chance."""
        return fit.compared == 1 and self.table.figures.is_odd(row)

    def _ends_group(self, row: int, lines: int) -> bool:
        """Whether a row stands where a group of lines ends."""
        if row + 1 == len(self.table):
            return lines > 2
        following = self.table.roles[row + 1]
        is_bold = self.table.raw[row].bold and not self.table.raw[row - 1].bold
        return following in ("section", "note", "result") or is_bold

    # Results and equity ----------------------------------------------------------------------

    def result(self, row: int) -> None:
        """A row that is a result by its name or its formula."""
        if row in self.formulas:
            parts = self.results.by_formula(self._apart(self.formulas[row]))
            self._note_result(row, self.stack.named(row, parts), Source.FORMULA)
            return
        reading = self.results.read(row)
        source = Source.FIGURES if reading.fit.held else Source.PLACE
        is_guess = source == Source.PLACE and not self.results.has_both(reading.parts)
        self._note_result(row, reading, Source.GUESS if is_guess else source)

    def _apart(self, parts: Parts) -> Parts:
        """Without rows that a cash flow among the parts holds by its definition."""
        held = {
            n
            for row, _ in parts
            if row in self.found and self.table.said[row].is_cash_flow
            for n, _ in self.found[row].parts
        }
        return tuple(part for part in parts if part[0] not in held)

    def _note_result(self, row: int, reading: Reading, source: Source) -> None:
        self._take_for_lines(reading.lines)
        self.results.rows.append(row)
        self.stack.close_result(row, reading)
        if reading.parts:
            how = self.results.how(row)
            self.found[row] = Found(reading.parts, how, source, reading.fit)
            if reading.start is not None:
                self.groups.confirm(reading.parts)
        elif row not in self.stack.rows:
            self.stack.rows.append(row)

    def closing(self, row: int) -> None:
        """What a year ends with: what it began with and its result."""
        parts = self.formulas.get(row) or self.results.closing_parts(row)
        self.results.closing = row
        if parts:
            # The opening first: that is how equity is read.
            parts = tuple(sorted(parts, key=lambda part: part[0] != self.results.opening))
            source = Source.FORMULA if row in self.formulas else Source.NAME
            fit = self.table.figures.fit(row, parts)
            self.found[row] = Found(parts, "equity", source, fit)
