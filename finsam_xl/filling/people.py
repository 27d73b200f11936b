"""The blank sums of tables of people: what is written, and what is left blank, and why.

A blank is filled where a rule that the table's own figures bear out, or that name and place
leave no doubt of, gives a count from cells that are all known; where several rules give one
they must agree, and nothing that is printed may contradict it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from finsam_xl.address import a1
from finsam_xl.filling.as_formula import added
from finsam_xl.filling.cells import Cells
from finsam_xl.filling.doubts import Doubt, Verdict
from finsam_xl.filling.places import is_hidden
from finsam_xl.filling.unknown import Unknown
from finsam_xl.findings.reasons import Reason
from finsam_xl.reading.people import FoundPeople
from finsam_xl.reading.people_breaks import breaks
from finsam_xl.reading.people_rule import Place, Rule, Way
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Grid, SheetGrid


class _Use(NamedTuple):
    """A rule in a place: the cell that it gives, and the cells that it adds with factors."""

    rule: Rule
    cell: Place
    parts: tuple[tuple[Place, int], ...]

    @property
    def cells(self) -> tuple[Place, ...]:
        """All cells that take part."""
        return (self.cell, *(cell for cell, _ in self.parts))


class People:
    """The blanks of one table, and the sums in it that do not hold."""

    def __init__(self, grid: Grid, one: FoundPeople, *, formulas: bool = False) -> None:
        """``formulas``: results are written as formulas also where the sheet's are typed."""
        self.one = one
        self.sheet: SheetGrid = one.axes.block.sheet
        rows = [row.number for row in one.axes.rows if not row.is_section]
        filled = ((self.sheet.name, row, c.number) for row in rows for c in one.axes.columns)
        self.cells = Cells(self.sheet, Unknown(grid, filled), always=formulas)
        self.breaks = breaks(one.rules)
        self.wrong = {wrong.cell for wrong in self.breaks} | set(self._doubtful())
        counts = one.axes.counts
        self.printed = {p: n for p, n in counts.items() if not self.cells.is_stale(p)}
        self.uses = list(self._uses())

    def fill(self) -> None:
        """Fill until nothing more follows; what contradicts anything is taken back."""
        banned: set[Place] = set()
        while True:
            new = self._follow(banned)
            clash = self._contradicted(new)
            if not clash:
                break
            banned |= clash
        uses = {use.cell: use for use in self._settled()}
        for cell, value in new.items():
            self.cells.know(cell, Fraction(value))
        for cell, value in sorted(new.items()):
            self._write(uses[cell], value)
        self._leave(new, banned)

    def _write(self, use: _Use, value: int) -> None:
        rows, columns = self.one.axes.rows, self.one.axes.columns
        row, column = use.cell
        crossing = {one.cell for one in self.uses if one.rule.across is not use.rule.across}
        alike = [one.cell for one in self.uses if one.rule == use.rule and one.cell != use.cell]
        self.cells.take(
            use.cell,
            "sum",
            self._what(use),
            Verdict(value),
            terms=added(use.parts) if self.cells.formulas.always else "",
            like=[(row, one.number) for one in reversed(columns) if one.number < column],
            beside=[
                [cell for cell in alike if (cell in crossing) is (use.cell in crossing)],
                [(one.number, column) for one in rows if one.number != row],
                [(row, one.number) for one in columns if one.number != column],
            ],
        )

    def _uses(self) -> Iterator[_Use]:
        rules = self.one.rules
        for rule in rules.every:
            places = self.one.axes.rows if rule.across else self.one.axes.columns
            for at, entry in enumerate(places):
                if not entry.is_section and rules.applies(rule, at):
                    parts = tuple((rules.place(rule, n, at), f) for n, f in rule.parts)
                    yield _Use(rule, rules.place(rule, rule.target, at), parts)

    def _doubtful(self) -> Iterator[Place]:
        """Printed sums that are called so and are something else, where others are right."""
        rules = self.one.rules
        for rule in rules.every:
            if rule.fit.held and not rule.is_doubtful:
                yield from (rules.place(rule, rule.target, at) for at in rule.fit.off)

    def _settled(self) -> list[_Use]:
        return [use for use in self.uses if use.rule.is_proven or use.rule.is_placed]

    def _is_open(self, cell: Place) -> bool:
        return self.sheet.cell(*cell).is_blank and not is_hidden(self.sheet, *cell)

    def _follow(self, banned: set[Place]) -> dict[Place, int]:
        """What follows from what is printed, and from what follows from that."""
        new: dict[Place, int] = {}
        while True:
            known = {**self.printed, **new}
            given: dict[Place, set[int]] = {}
            for use in self._settled():
                if use.cell in known or use.cell in banned or not self._is_open(use.cell):
                    continue
                if all(c in known and c not in self.wrong for c, _ in use.parts):
                    given.setdefault(use.cell, set()).add(sum(f * known[c] for c, f in use.parts))
            fresh = {
                cell: min(values)
                for cell, values in given.items()
                if len(values) == 1 and min(values) >= 0
            }
            if not fresh:
                return new
            new.update(fresh)

    def _contradicted(self, new: dict[Place, int]) -> set[Place]:
        """The new counts in sums that do not hold: none of them is sure."""
        known = {**self.printed, **new}
        found: set[Place] = set()
        for use in self._settled():
            cells = use.cells
            if not any(c in new for c in cells) or any(c not in known for c in cells):
                continue
            is_wrong = any(c in self.wrong for c in cells)
            if not is_wrong and known[use.cell] != sum(f * known[c] for c, f in use.parts):
                found |= {c for c in cells if c in new}
        return found

    def _what(self, use: _Use) -> str:
        row = next(e for e in self.one.axes.rows if e.number == use.cell[0])
        heading = " ".join(self.one.axes.block.texts(use.cell[1]))
        how = {
            Way.SUM: "summa", Way.SEXES: "kvinnor och män", Way.FLOW: "kvar, nya och avslutade"
        }[use.rule.way]  # fmt: skip
        return f"{row.text or 'Raden'}, {heading} ({how})"

    # What is not filled -----------------------------------------------------------------------

    def _leave(self, new: dict[Place, int], banned: set[Place]) -> None:
        known = {**self.printed, **new}
        told: set[Place] = set()
        for use in self.uses:
            cell = use.cell
            is_open = self.sheet.cell(*cell).is_blank and cell not in new and cell not in told
            if not is_open or not any(c in known for c, _ in use.parts):
                continue
            doubt = self._doubt(use, known, banned)
            is_settled = use.rule.is_proven or use.rule.is_placed
            if doubt.reason == Reason.PART_BLANK and not is_settled:
                continue  # a part of the table that nobody has filled in, and may not mean to
            told.add(cell)
            self.cells.take(cell, "sum", self._what(use), Verdict(doubt=doubt))

    def _doubt(self, use: _Use, known: dict[Place, int], banned: set[Place]) -> Doubt:
        if is_hidden(self.sheet, *use.cell):
            return Doubt(Reason.UNDER_MERGE)
        missing = next((c for c, _ in use.parts if c not in known), None)
        if missing is not None:
            place = a1(*missing)
            if self.cells.is_stale(missing):
                return Doubt(Reason.STALE, place)
            is_blank = self.sheet.cell(*missing).is_blank
            return Doubt(Reason.PART_BLANK if is_blank else Reason.PART_UNREAD, place)
        if use.cell in banned:
            return Doubt(Reason.TWO_FIGURES)
        if use.rule.fit.off:
            return Doubt(Reason.DOES_NOT_HOLD)
        if not use.rule.is_proven and not use.rule.is_placed:
            return Doubt(Reason.NOT_A_SUM)
        return Doubt(Reason.TWO_WAYS)
