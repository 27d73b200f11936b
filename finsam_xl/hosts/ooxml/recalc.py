"""The results of formulas: those nobody has saved, and those that depend on edited cells.

Only the wanted formulas and what they look at are put into the engine, so the cost
follows what is asked for and not the size of the workbook. Our own functions are
calculated by us. What the engine is not known to calculate right, what cannot be told
from a formula's text, what is not done in time, and all that builds on any of it is left
to Excel, and that is said.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, partial
from time import monotonic

from finsam_xl.formulas.blocks import Area
from finsam_xl.formulas.functions import functions
from finsam_xl.formulas.references import References, references
from finsam_xl.hosts.ooxml.dependents import Dependents
from finsam_xl.hosts.ooxml.engineprocess import Engine
from finsam_xl.hosts.ooxml.enginetext import Fitted, Looks, fitted
from finsam_xl.hosts.ooxml.recalculation import First, Manner, Place, Recalculation, Source, Terms
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Cell, CellError, Grid, SheetGrid, Value

_OWN_ROUNDS = {"array", "dataTable"}
_OURS = "FINSAM_"
_DAYS = {"DATE", "DAY", "MONTH", "YEAR"}
_SKIPPED = {"SUBTOTAL", "AGGREGATE"}
"""The functions whose cells a subtotal leaves out."""
_DECIMAL_IN_TEXT = re.compile(r"\d[.,]\d")
_OF_THE_DATA = {"#DIV/0!", "#N/A"}
"""The errors that the engine gives for what the cells hold; others may be its own ignorance."""
_DEAR = 200_000
"""Cells that a formula goes through from which it must wait until the others are done."""

_DEAREST, _DEAR_TOGETHER = 3_000_000, 20_000_000
"""Cells that one formula may go through, and the dear ones together: more takes time and memory."""


class _Formula(NamedTuple):
    place: Place
    text: str
    refs: References
    supported: bool

    @property
    def is_ours(self) -> bool:
        return _OURS in self.text.upper()


def first_results(source: Source, wanted: Iterable[Place], terms: Terms, engine: Engine) -> First:
    """The results of formulas whose saved ones are missing or worth nothing, as far as found.

    ``wanted`` may hold cells without a formula of their own, which belong to one: they
    are as little known.
    """
    work = _Work(source, {}, terms, engine)
    lost = set(wanted)
    numbers = {n for n, formula in enumerate(work.formulas) if formula.place in lost}
    lost -= {work.places[number] for number in numbers}
    work.solve(numbers, set(), lost)
    return First(work.values, work.in_time)


def recalculate(
    source: Source,
    edits: Mapping[Place, Value],
    terms: Terms,
    unknown: frozenset[Place],
    engine: Engine,
) -> Recalculation:
    """The results of every formula that depends on ``edits`` once they are made.

    ``unknown``: the cells whose values nobody knows, with or without the edits.
    """
    work = _Work(source, edits, terms, engine)
    opaque = {n for n, formula in enumerate(work.formulas) if formula.refs.opaque}
    dependent = work.index.of(edits, work.places)
    work.solve(dependent, opaque, unknown)
    values = {place: v for place, v in work.values.items() if _can_be_stored(source, place, v)}
    changed = {place: value for place, value in values.items() if _differs(source, place, value)}
    left = {n for n in dependent if work.places[n] not in values} | opaque
    return Recalculation(changed, tuple(work.places[number] for number in sorted(left)))


def _can_be_stored(source: Source, place: Place, value: Value) -> bool:
    """Whether a result may replace the stored one: a new error is for Excel to show."""
    return not isinstance(value, CellError) or isinstance(source.cell(place).value, CellError)


def _differs(source: Source, place: Place, value: Value) -> bool:
    old = source.cell(place).value
    return value != old or isinstance(value, bool) is not isinstance(old, bool)


def _formulas(source: Source) -> Iterator[_Formula]:
    """Every formula with its own text."""
    for sheet, formulas in source.formulas.items():
        texts = source.sheets[sheet].formulas
        for (row, column), formula in formulas.items():
            text = texts[row, column]
            refs = references(text, sheet, source.names)
            supported = refs.supported and formula.kind not in _OWN_ROUNDS
            supported = supported and _is_calculated_alike(text, source.manner)
            yield _Formula((sheet, row, column), text, refs, supported)


def _is_calculated_alike(text: str, manner: Manner) -> bool:
    """Whether the engine, which knows one manner, would give what the workbook shows."""
    if not text or manner.as_shown:
        return False
    return not manner.from_1904 or _DAYS.isdisjoint(functions(text))


def _is_result(value: Value) -> bool:
    """Whether what the engine gives is the result: no error of its own, no decimal sign in a text.

    The sign in a text made of a number is the reader's, which is not known here.
    """
    if isinstance(value, CellError):
        return value in _OF_THE_DATA
    return not (isinstance(value, str) and _DECIMAL_IN_TEXT.search(value))


class _Used:
    """Where a sheet holds anything: the rows of each column, in order."""

    def __init__(self, places: Iterable[tuple[int, int]]) -> None:
        self.columns: dict[int, list[int]] = {}
        for row, column in sorted(places):
            self.columns.setdefault(column, []).append(row)

    @cached_property
    def last(self) -> tuple[int, int]:
        """The last row and the last column."""
        last_row = max((rows[-1] for rows in self.columns.values()), default=0)
        return last_row, max(self.columns, default=0)

    def inside(self, area: Area) -> Iterator[tuple[int, int]]:
        """The places of a block that hold anything."""
        for column, rows in self.columns.items():
            if area.left <= column <= area.right:
                first, end = bisect_left(rows, area.top), bisect_right(rows, area.bottom)
                for row in rows[first:end]:
                    yield row, column


class _Work:
    """Formulas, what is given instead of stored values, and the results found so far."""

    def __init__(
        self, source: Source, given: Mapping[Place, Value], terms: Terms, engine: Engine
    ) -> None:
        self.source, self.given, self.terms, self.engine = source, given, terms, engine
        self.formulas = list(_formulas(source))
        self.places = [formula.place for formula in self.formulas]
        self.index = Dependents([formula.refs.areas for formula in self.formulas])
        self.values: dict[Place, Value] = {}
        self.in_time = True
        self._until = monotonic() + terms.seconds
        self._names = {name.lower(): name for name in source.sheets}
        self._used: dict[str, _Used] = {}
        self._fitted: dict[int, Fitted | None] = {}
        self._looks = Looks(self._last, self._condition, self._adds_all)

    def solve(self, wanted: set[int], blocked: set[int], lost: Iterable[Place]) -> None:
        """Find the results of formulas that build on neither ``blocked`` nor ``lost``."""
        waiting, lost = wanted - blocked, set(lost)
        if waiting:
            self.engine.start()
        while waiting:
            unsure = {n for n in waiting if self._text(n) is None}
            stuck = [self.places[number] for number in blocked | unsure]
            sure = waiting - unsure - self.index.of([*stuck, *lost], self.places)
            waiting -= sure
            blocked = blocked | self._calculated(sorted(sure))
            ours = self._of_ours(waiting, lost | set(stuck))
            waiting -= ours
            if not ours:
                return

    def _text(self, number: int) -> Fitted | None:
        """What the engine is given of a formula; ``None`` where it might be wrong."""
        if number not in self._fitted:
            formula = self.formulas[number]
            self._fitted[number] = (
                fitted(formula.text, formula.place[0], self.source.names, self._looks)
                if formula.supported and not formula.refs.opaque
                else None
            )
        return self._fitted[number]

    def _used_of(self, sheet: str) -> _Used | None:
        name = self._names.get(sheet.lower())
        if name is None:
            return None
        if name not in self._used:
            cells = self.source.sheets[name].cells
            held = {place for place, cell in cells.items() if not cell.is_blank}
            held |= {(r, c) for s, r, c in self.given if s == name}
            self._used[name] = _Used(held)
        return self._used[name]

    def _last(self, sheet: str) -> tuple[int, int]:
        used = self._used_of(sheet)
        return used.last if used else (0, 0)

    def _condition(self, area: Area) -> Value:
        name = self._names.get(area.sheet.lower())
        return self._value((name, area.top, area.left)) if name else None

    def _adds_all(self, area: Area) -> bool:
        """Whether nothing of a block is hidden or a subtotal itself."""
        name = self._names.get(area.sheet.lower())
        if name is None or self.source.hides_rows(name):
            return False
        return not any(
            area.top <= row <= area.bottom and area.left <= column <= area.right
            for row, column in self._subtotals[name]
        )

    @cached_property
    def _subtotals(self) -> Mapping[str, list[tuple[int, int]]]:
        """Where each sheet has subtotals."""
        found: dict[str, list[tuple[int, int]]] = {name: [] for name in self.source.sheets}
        for formula in self.formulas:
            if not _SKIPPED.isdisjoint(functions(formula.text)):
                sheet, row, column = formula.place
                found[sheet].append((row, column))
        return found

    def _value(self, place: Place) -> Value:
        for known in (self.values, self.given):
            if place in known:
                return known[place]
        return self.source.cell(place).value

    def _calculated(self, sure: list[int]) -> set[int]:
        """Have the engine calculate formulas; gives those it could not."""
        texts = {n: f for n in sure if (f := self._text(n)) is not None}
        dear = {n for n, one in texts.items() if one.cost >= _DEAR}
        refused = self._too_dear({n: texts[n].cost for n in dear}) & set(sure)
        if refused:
            self.in_time = False
            sure = [n for n in sure if n not in refused]
        if not sure:
            return refused
        dear -= refused
        late = dear | self.index.of((self.places[n] for n in dear), self.places)
        phases = [
            [(self.places[n], "=" + texts[n].text) for n in part]
            for part in ([n for n in sure if n not in late], [n for n in sure if n in late])
        ]
        results = self.engine.calculate(
            list(self.source.sheets),
            self.source.names,
            self._looked_at(sure),
            phases,
            self._until - monotonic(),
        )
        self.in_time = self.in_time and results.in_time
        failed = {n for n in sure if not _is_result(results.values.get(self.places[n], _LATE))}
        failed |= self.index.of((self.places[n] for n in failed), self.places) & set(sure)
        for number in set(sure) - failed:
            self.values[self.places[number]] = results.values[self.places[number]]
        return failed | refused

    def _too_dear(self, costs: Mapping[int, int]) -> set[int]:
        """The formulas there is no time for, and what builds on them; the cheapest come first."""
        spent, refused = 0, set()
        for number, cost in sorted(costs.items(), key=lambda one: one[1]):
            if cost > _DEAREST or spent + cost > _DEAR_TOGETHER:
                refused.add(number)
            else:
                spent += cost
        return refused | set(self.index.of((self.places[n] for n in refused), self.places))

    def _looked_at(self, sure: list[int]) -> Iterator[tuple[Place, Value]]:
        """Every cell that formulas look at with its value, but for those formulas."""
        done = {self.places[number] for number in sure}
        areas = dict.fromkeys(area for n in sure for area in self.formulas[n].refs.areas)
        for area in _without_covered(areas):
            used = self._used_of(area.sheet)
            if used is None:
                continue
            sheet = self._names[area.sheet.lower()]
            for row, column in used.inside(area):
                place = sheet, row, column
                if place not in done:
                    done.add(place)
                    value = self._value(place)
                    if value is not None:
                        yield place, value

    def _of_ours(self, waiting: set[int], unknown: set[Place]) -> set[int]:
        """Calculate the formulas with our functions that look at known cells only."""
        mine = {n for n in waiting if self.formulas[n].is_ours}
        if not mine:
            return mine
        # Our functions are loaded only for workbooks that use them.
        from finsam_xl.actions import live

        unknown = unknown | {self.places[number] for number in waiting}
        grid = self._grid(unknown)
        found = set()
        for number in mine:
            formula = self.formulas[number]
            sheet = grid.sheet(formula.place[0])
            value = live.result(grid, sheet, formula.text, self.terms.today)
            if value is not None:
                self.values[formula.place] = value
                found.add(number)
        return found

    def _grid(self, unknown: set[Place]) -> Grid:
        """The sheets as they are known so far."""

        def cells(name: str) -> Mapping[tuple[int, int], Cell]:
            known = dict(self.source.sheets[name].cells)
            for place, value in {**self.given, **self.values}.items():
                if place[0] == name:
                    known[place[1:]] = known.get(place[1:], Cell())._replace(value=value)
            for sheet, row, column in unknown:
                if sheet == name:
                    known[row, column] = Cell(None, "")
            return known

        sheets = (SheetGrid(name, partial(cells, name)) for name in self.source.sheets)
        return Grid(tuple(sheets), names=self.source.names)


_LATE = CellError("#ERROR!")


def _without_covered(areas: Iterable[Area]) -> list[Area]:
    """The blocks without those that lie within a taller one of the same columns."""
    kept: dict[tuple[str, int, int], list[Area]] = {}
    for area in sorted(areas, key=lambda one: (one.top, -one.bottom)):
        columns = kept.setdefault((area.sheet.lower(), area.left, area.right), [])
        if not columns or area.bottom > columns[-1].bottom:
            # A running sum's blocks begin alike: only what is new in each is looked at.
            start = max(area.top, columns[-1].bottom + 1) if columns else area.top
            columns.append(area._replace(top=start))
    return [area for columns in kept.values() for area in columns]
