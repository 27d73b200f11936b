"""Functions in result cells: those that give the very figure a cell holds, or is to hold.

A cell whose figure is typed keeps it: it gets a function only where that gives the same, at the
step the figures beside it are written in. A blank one gets it where a run would fill it with the
same. Formulas and texts are never touched, and what differs is left and told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from finsam_xl import actions
from finsam_xl.actions import closed, live
from finsam_xl.actions.functions_of_tables import Group, Place, of_amounts, of_ceilings, of_fees
from finsam_xl.address import a1, is_turned
from finsam_xl.checks.rings import FormulaCell, Index, rings
from finsam_xl.errors import WorkbookError
from finsam_xl.filling.amounts import Filler
from finsam_xl.filling.places import is_hidden
from finsam_xl.filling.unknown import Unknown
from finsam_xl.formulas.references import references
from finsam_xl.model_budget import decimals
from finsam_xl.money import as_float, exact, round_half_away, swedish
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.reading import book as reading
from finsam_xl.reading import ceilings, fee_tables
from finsam_xl.reading.followed import followed
from finsam_xl.records import NamedTuple
from finsam_xl.registry.formulas import ROUNDED
from finsam_xl.sheets import formulas as texts
from finsam_xl.sheets.grid import Grid, SheetGrid, is_number

_MOST_DECIMALS, _MOST_SHOWN = 6, 4
_MOST_ROUNDS = 4
"""How often what has just got a function is looked at again by those that build on it."""


class Functions(NamedTuple):
    """The cells that get functions, as edits, and what is told of those that do not."""

    edits: tuple[CellEdit, ...] = ()
    left: tuple[str, ...] = ()


class _Given(NamedTuple):
    """What a cell holds or is to hold, what its function gives, and the formula."""

    wanted: Fraction
    given: Fraction
    text: str


def plan(grid: Grid, today: date, protected: Collection[str] = ()) -> Functions:
    """The functions that fit a workbook's results; ``protected``: sheets that get none."""
    grid = followed(grid)
    try:
        # The run is asked of as it is without functions: what it fills in is what they may.
        filled = actions.recompute(grid, today=today, run="").edits
    except WorkbookError:
        return Functions()
    blank = {(e.sheet, e.cell): e for e in filled if e.old is None and not e.formula}
    groups = [
        one
        for one in _groups(grid, today)
        if not is_turned(one.sheet) and one.sheet not in protected
    ]
    work = _Work(grid, blank, today)
    for _ in range(_MOST_ROUNDS):
        if not work.go_through(groups):
            break
    done = work.settled()
    # A formula may show another figure later: in a closed period nothing may.
    kept = closed.kept(grid, reading.tables(grid), Plan(done.edits))
    return done._replace(edits=kept.edits)


def _groups(grid: Grid, today: date) -> Iterator[Group]:
    """Every result that a function might calculate."""
    from finsam_xl.actions import functions_of_index

    found = reading.tables(grid)
    for one in fee_tables.read_all(grid, found):
        yield from of_fees(one)
    read = reading.budgets(found)
    unknown = Unknown.of(grid, [one.budget for one in read])
    for amounts in read:
        yield from of_amounts(Filler(grid.sheet(amounts.budget.sheet), amounts, unknown))
    for name in dict.fromkeys(t.sheet for t in found if t.kind == ceilings.KIND):
        yield from of_ceilings(name, ceilings.ceilings(grid.sheet(name)))
    yield from functions_of_index.of_index(grid, found, today)


class _Work:
    """Goes through groups; what has got a function is seen by those that build on it."""

    def __init__(self, grid: Grid, blank: Mapping[tuple[str, str], CellEdit], today: date) -> None:
        self.grid, self.blank, self.today = grid, blank, today
        self.edits: dict[tuple[str, Place], CellEdit] = {}
        self.left: dict[tuple[str, Place], str] = {}

    def go_through(self, groups: Iterable[Group]) -> bool:
        """Give functions to the cells of groups that have none yet; False when none got any."""
        before = len(self.edits)
        now = self._as_written()
        for group in groups:
            self._take(group, now)
        return len(self.edits) > before

    def settled(self) -> Functions:
        """What is to be done, but for formulas that would need each other or what is not known."""
        hers = texts.read(self.grid)
        while gone := self._in_rings(hers) or self._unfounded(hers):
            for place in gone:
                del self.edits[place]
        return Functions(tuple(self.edits.values()), tuple(self.left.values()))

    def _ours(self) -> Iterator[FormulaCell]:
        for (sheet, place), edit in self.edits.items():
            areas = references(edit.formula, sheet, self.grid.names).areas
            yield FormulaCell(sheet, *place, edit.formula, areas)

    def _in_rings(self, hers: Iterable[FormulaCell]) -> set[tuple[str, Place]]:
        """Cells whose function would need itself, by way of others."""
        found = list(rings([*hers, *self._ours()]))
        members = {(ring.sheet, ring.cell) for ring in found}
        members |= {(ref.sheet, ref.cell) for ring in found for ref in ring.also}
        return {place for place, e in self.edits.items() if (e.sheet, e.cell) in members}

    def _unfounded(self, hers: Iterable[FormulaCell]) -> set[tuple[str, Place]]:
        """Cells whose function looks at formulas of hers that show other things once blanks fill.

        What those will show is for the spreadsheet to calculate, so nothing is known of these.
        """
        front = [one for one in self._ours() if self.edits[_place(one)].old is None]
        stale: dict[tuple[str, Place], FormulaCell] = {}
        while front:
            index = Index(front)
            moved = {_place(one): one for one in hers if _looks_at(one, index)}
            front = [one for place, one in moved.items() if place not in stale]
            stale |= moved
        index = Index(list(stale.values()))
        return {_place(one) for one in self._ours() if _looks_at(one, index)}

    def _as_written(self) -> Grid:
        """The workbook with the values of the functions given so far."""
        sheets: list[SheetGrid] = []
        for sheet in self.grid.sheets:
            new = {place: e.new for (name, place), e in self.edits.items() if name == sheet.name}
            sheets.append(sheet.with_values(new) if new else sheet)
        return Grid(tuple(sheets), names=self.grid.names)

    def _take(self, group: Group, now: Grid) -> None:
        """Choose the way that most cells of a group agree with, and write it where they do."""
        sheet = now.sheet(group.sheet)
        tried = [self._tried(group.sheet, sheet, way, now) for way in group.ways]
        steps = [_step(found) for found in tried]
        alike = [
            [place for place, one in found.items() if _is_same(one, step)]
            for found, step in zip(tried, steps, strict=True)
        ]
        best = max(range(len(tried)), key=lambda n: (len(alike[n]), -n), default=None)
        if best is None or not alike[best]:
            return
        found, step = tried[best], steps[best]
        right = alike[best]
        if 2 * len(right) <= len(found):
            # It is another rule that is followed, and those that agree are chance.
            self.left[group.sheet, min(found)] = _most_differ(group, found, len(right))
            return
        is_rounded = any(found[place].given != found[place].wanted for place in right)
        for place, one in found.items():
            if place in right:
                self._write(group, place, one, _digits(one, step) if is_rounded else None)
            elif (group.sheet, a1(*place)) not in self.blank:
                self.left[group.sheet, place] = _differs(group, place, one)

    def _tried(
        self, name: str, sheet: SheetGrid, way: Mapping[Place, str], now: Grid
    ) -> dict[Place, _Given]:
        """What each cell of a way holds, and what its function gives."""
        found = {}
        for place, text in way.items():
            if (name, place) in self.edits:
                continue
            wanted = self._wanted(name, sheet, place)
            given = None if wanted is None else live.result(now, sheet, text, self.today)
            if wanted is not None and is_number(given):
                found[place] = _Given(wanted, exact(given), text)
        return found

    def _wanted(self, name: str, sheet: SheetGrid, place: Place) -> Fraction | None:
        """The typed figure of a cell, or what a run would fill it with; ``None``: left alone."""
        cell = sheet.cell(*place)
        edit = self.blank.get((name, a1(*place)))
        value = edit.new if edit is not None and cell.is_blank else cell.value
        if cell.formula is not None or not is_number(value) or is_hidden(sheet, *place):
            return None
        return exact(value)

    def _write(self, group: Group, place: Place, one: _Given, step: int | None) -> None:
        cell = a1(*place)
        text = one.text if step is None else f"{ROUNDED}({one.text},{step})"
        value = one.wanted
        new = as_float(value)
        edit = self.blank.get((group.sheet, cell))
        if edit is None:
            old = self.grid.sheet(group.sheet).cell(*place).value
            edit = CellEdit(group.sheet, cell, old, new, group.what)
        self.edits[group.sheet, place] = edit._replace(
            new=new, formula=text, new_mark=edit.old_mark
        )
        self.left.pop((group.sheet, place), None)


def _shown(value: Fraction) -> str:
    digits = min(decimals(value), _MOST_SHOWN)
    return swedish(value, digits)


def _differs(group: Group, place: Place, one: _Given) -> str:
    return (
        f"{group.sheet}!{a1(*place)} står som {_shown(one.wanted)} men funktionen ger "
        f"{_shown(one.given)}; cellen lämnas som den är."
    )


def _most_differ(group: Group, found: Iterable[Place], right: int) -> str:
    places = sorted(found)
    return (
        f"{group.sheet}!{a1(*places[0])} till {a1(*places[-1])} ({group.what}): bara {right} av "
        f"{len(places)} celler visar det som funktionen ger, så ingen av dem får en."
    )


def _place(formula: FormulaCell) -> tuple[str, Place]:
    return formula.sheet, (formula.row, formula.column)


def _looks_at(formula: FormulaCell, index: Index) -> bool:
    """Whether a formula looks at one of those of an index."""
    return any(True for area in formula.areas for _ in index.inside(area))


def _step(found: Mapping[Place, _Given]) -> int:
    """How many decimals the figures of a group are written with, but for what is binary noise."""
    known = (decimals(one.wanted) for one in found.values())
    return max((one for one in known if one <= _MOST_DECIMALS), default=0)


def _is_same(one: _Given, step: int) -> bool:
    """Whether a function gives a figure, at the step it is written in."""
    return exact(round_half_away(one.given, _digits(one, step))) == one.wanted


def _digits(one: _Given, step: int) -> int:
    return max(step, decimals(one.wanted))
