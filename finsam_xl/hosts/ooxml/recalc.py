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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import count
from time import monotonic

from finsam_xl.formulas.blocks import Area
from finsam_xl.formulas.functions import calls_ours, functions
from finsam_xl.formulas.references import References, references
from finsam_xl.hosts.ooxml import nested
from finsam_xl.hosts.ooxml.dependents import Dependents
from finsam_xl.hosts.ooxml.engineprocess import Engine
from finsam_xl.hosts.ooxml.enginetext import Fitted, Looks, fitted
from finsam_xl.hosts.ooxml.recalculation import First, Manner, Place, Recalculation, Source, Terms
from finsam_xl.hosts.ooxml.sheetpart import GIVES_BLOCKS, belonging
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Cell, CellError, Grid, SheetGrid, Value

_DAYS = {"DATE", "DAY", "MONTH", "YEAR"}
_SKIPPED = {"SUBTOTAL", "AGGREGATE"}
"""The functions whose cells a subtotal leaves out."""
_DECIMAL_IN_TEXT = re.compile(r"\d[.,]\d")
_OF_THE_DATA = {"#DIV/0!", "#N/A"}
"""The errors that the engine gives for what the cells hold; others may be its own ignorance."""
_CLOSE = 1e-9
Rows = Sequence[Sequence[Value]]
_DEAR = 200_000
"""Cells that a formula goes through from which it must wait until the others are done."""

_DEAREST, _DEAR_TOGETHER = 3_000_000, 20_000_000
"""Cells that one formula may go through, and the dear ones together: more takes time and memory."""


class _Formula(NamedTuple):
    """``parts``: the numbers of what it looks at in slots; ``block``: what a block's one fills."""

    place: Place
    text: str
    refs: References
    supported: bool
    parts: tuple[int, ...] = ()
    block: tuple[Place, ...] = ()

    @property
    def is_ours(self) -> bool:
        return calls_ours(self.text)


def first_results(source: Source, wanted: Iterable[Place], terms: Terms, engine: Engine) -> First:
    """The results of formulas whose saved ones are missing or worth nothing, as far as found.

    ``wanted`` may hold cells without a formula of their own, which belong to one: they
    are as little known. Our own functions are always calculated: where another result than
    theirs is saved, it is old, and so is what builds on it.
    """
    work = _Work(source, {}, terms, engine)
    lost = set(wanted)
    numbers = {n for n, formula in enumerate(work.formulas) if formula.place in lost}
    unknown = lost - {place for number in numbers for place in work.filled(number)}
    work.solve(numbers, set(), unknown)
    old = _old_results(work, unknown)
    kept = {
        place: value
        for place, value in work.found.items()
        if place in lost or _is_new(source, place, value)
    }
    return First(kept, work.in_time, frozenset(old - lost - work.values.keys()))


def _old_results(work: _Work, unknown: set[Place]) -> set[Place]:
    """Calculate our functions in order; gives where other results are saved, or build on such.

    One that cannot be followed is trusted, unless it looks at any of those.
    """
    waiting, old, late = set(work.with_ours), set[Place](), set[int]()
    while waiting or late:
        later = work.depends_on(work.places[number] for number in waiting)
        now = (waiting - later) or set(waiting)
        waiting -= now
        begun = {place for number in now | late for place in work.filled(number)}
        work.solve(now | late, set(), unknown | (old - work.values.keys() - begun))
        fresh = {p for n in now for p in work.filled(n) if work.is_new(p)}
        fresh |= {p for n in now for p in work.filled(n) if work.is_lost(n, p, old)}
        builds = work.depends_on(fresh) - work.in_slots
        old |= fresh | {place for number in builds for place in work.filled(number)}
        late = builds - waiting
        work.forget(late)
    return old


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
    dependent = work.depends_on(edits)
    work.solve(dependent, opaque, unknown)
    values = {place: v for place, v in work.found.items() if _can_be_stored(source, place, v)}
    changed = {place: value for place, value in values.items() if _differs(source, place, value)}
    left = {n for n in dependent if work.places[n] not in values} | opaque
    left -= work.in_slots
    return Recalculation(changed, tuple(work.places[number] for number in sorted(left)))


def _can_be_stored(source: Source, place: Place, value: Value) -> bool:
    """Whether a result may replace the stored one: a new error is for Excel to show."""
    return not isinstance(value, CellError) or isinstance(source.cell(place).value, CellError)


def _differs(source: Source, place: Place, value: Value) -> bool:
    old = source.cell(place).value
    return value != old or isinstance(value, bool) is not isinstance(old, bool)


def _is_new(source: Source, place: Place, value: Value) -> bool:
    """Whether a result is another than the saved one, beyond what calculating in turn gives."""
    saved = source.cell(place).value
    are_numbers = all(type(one) in (int, float) for one in (saved, value))
    if are_numbers and isinstance(saved, int | float) and isinstance(value, int | float):
        return abs(saved - value) > _CLOSE * max(1.0, abs(saved), abs(value))
    return _differs(source, place, value)


def _formulas(source: Source) -> Iterator[_Formula]:
    """Every formula with its own text; one with ours within it comes after its parts."""
    slots, number = count(1), 0
    for sheet, formulas in source.formulas.items():
        texts = source.sheets[sheet].formulas
        for (row, column), formula in formulas.items():
            place, text = (sheet, row, column), texts[row, column]
            split = nested.Split(text, ())
            if formula.kind not in GIVES_BLOCKS and calls_ours(text):
                split = nested.split(text, sheet, lambda: nested.slot(next(slots)))
            first = number
            for part in split.parts:
                found = _formula(source, (nested.SHEET, *part.place), part.text)
                yield found._replace(parts=tuple(range(first, number)))
                number += 1
            found = _formula(source, place, split.text)
            if formula.kind in GIVES_BLOCKS:
                cells = belonging((row, column), formula, source.sheets[sheet].cells)
                block = tuple((sheet, *one) for one in sorted(cells))
                found = found._replace(supported=False, block=block)
            yield found._replace(parts=tuple(range(first, number)))
            number += 1


def _formula(source: Source, place: Place, text: str) -> _Formula:
    refs = references(text, place[0], source.names)
    supported = refs.supported and _is_calculated_alike(text, source.manner)
    return _Formula(place, text, refs, supported)


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
        self.given, self.terms, self.engine = given, terms, engine
        self.formulas = list(_formulas(source))
        self.places = [formula.place for formula in self.formulas]
        self.in_slots = {n for n, place in enumerate(self.places) if place[0] == nested.SHEET}
        """The formulas that are parts of others."""
        if self.in_slots:
            slots = SheetGrid(nested.SHEET, dict)
            source = source._replace(sheets={**source.sheets, nested.SHEET: slots})
        self.source = source
        self.values: dict[Place, Value] = {}
        self.in_time = True
        self._index = Dependents([formula.refs.areas for formula in self.formulas])
        self._blocks = {n: one.block for n, one in enumerate(self.formulas) if one.block}
        self._sizes: dict[Place, tuple[int, int]] = {}
        self._until = monotonic() + terms.seconds
        self._names = {name.lower(): name for name in source.sheets}
        self._used: dict[str, _Used] = {}
        self._fitted: dict[int, Fitted | None] = {}
        self._looks = Looks(self._last, self._condition, self._adds_all)

    @cached_property
    def with_ours(self) -> set[int]:
        """The formulas of cells that have our functions in them."""
        return {
            n for n, one in enumerate(self.formulas) if one.parts or one.is_ours
        } - self.in_slots

    @property
    def found(self) -> dict[Place, Value]:
        """The results found so far, of cells."""
        return {place: v for place, v in self.values.items() if place[0] != nested.SHEET}

    def filled(self, number: int) -> tuple[Place, ...]:
        """The cells that show what a formula gives."""
        return self._blocks.get(number) or (self.places[number],)

    def depends_on(self, changed: Iterable[Place]) -> set[int]:
        """The formulas that look at cells, directly or through others."""
        return self._index.of(changed, self.filled)

    def is_new(self, place: Place) -> bool:
        """Whether another result is found than the saved one."""
        return place in self.values and _is_new(self.source, place, self.values[place])

    def is_lost(self, number: int, place: Place, old: set[Place]) -> bool:
        """Whether the saved result is worth nothing and no other is found.

        It builds on an old one, or is calculated to an error of ours.
        """
        if place in self.values:
            return False
        is_refused = self.in_time and bool(self.formulas[number].parts)
        return place in old or (is_refused and self._text(number) is not None)

    def forget(self, numbers: Iterable[int]) -> None:
        """Take back results that others have made old."""
        for number in numbers:
            for place in self.filled(number):
                self.values.pop(place, None)

    def solve(self, wanted: set[int], blocked: set[int], lost: Iterable[Place]) -> None:
        """Find the results of formulas that build on neither ``blocked`` nor ``lost``."""
        # With the parts that are not among the wanted: what those look at has not changed.
        parts = {part for number in wanted for part in self.formulas[number].parts}
        waiting, lost = (wanted | parts) - blocked, set(lost)
        if any(not self.formulas[number].is_ours for number in waiting):
            self.engine.start()
        while waiting:
            unsure = {n for n in waiting if self._text(n) is None}
            stuck = {place for number in blocked | unsure for place in self.filled(number)}
            sure = waiting - unsure - self.depends_on(stuck | lost)
            waiting -= sure
            blocked = blocked | self._calculated(sorted(sure))
            ours = self._of_ours(waiting, lost | stuck)
            waiting -= ours
            lost -= {place for number in ours for place in self.filled(number)}
            if not ours:
                return

    def _text(self, number: int) -> Fitted | None:
        """What the engine is given of a formula; ``None`` where it might be wrong."""
        formula = self.formulas[number]
        if formula.parts:
            text = self._sized(formula)
            return None if text is None else self._fit(formula._replace(text=text))
        if number not in self._fitted:
            self._fitted[number] = self._fit(formula)
        return self._fitted[number]

    def _fit(self, formula: _Formula) -> Fitted | None:
        if not formula.supported or formula.refs.opaque:
            return None
        return fitted(formula.text, formula.place[0], self.source.names, self._looks)

    def _sized(self, formula: _Formula) -> str | None:
        """A formula that looks at its parts' results as large as they are, once they are known."""
        text = formula.text
        for number in formula.parts:
            place = self.places[number]
            room = nested.room(place[1:])
            if room in text:
                if place not in self._sizes:
                    return None
                text = text.replace(room, nested.room(place[1:], self._sizes[place]))
        return text

    def _used_of(self, sheet: str) -> _Used | None:
        name = self._names.get(sheet.lower())
        if name is None:
            return None
        if name not in self._used or name == nested.SHEET:
            cells = self.source.sheets[name].cells
            held = {place for place, cell in cells.items() if not cell.is_blank}
            held |= {(r, c) for s, r, c in self.given if s == name}
            if name == nested.SHEET:
                held = {(r, c) for s, r, c in self.values if s == name}
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
        if name is None or name == nested.SHEET or self.source.hides_rows(name):
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
        late = dear | self.depends_on(self.places[n] for n in dear)
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
        failed |= self.depends_on(self.places[n] for n in failed) & set(sure)
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
        return refused | self.depends_on(self.places[n] for n in refused)

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

        waits = {place for number in waiting for place in self.filled(number)}
        grid = self._grid(unknown | waits)
        found = set()
        for number in mine:
            formula = self.formulas[number]
            sheet = grid.sheet(formula.place[0])
            rows = live.results(grid, sheet, formula.text, self.terms.today)
            if rows and self._put(number, rows):
                found.add(number)
        return found

    def _put(self, number: int, rows: Rows) -> bool:
        """Keep the results of one of ours; whether there is room for them as they are."""
        sheet, top, left = place = self.places[number]
        size = len(rows), len(rows[0])
        block = self._blocks.get(number)
        if block and len(block) != size[0] * size[1]:
            return False
        if number in self.in_slots:
            if size[0] > nested.HEIGHT or size[1] > nested.WIDTH:
                return False
            self._sizes[place] = size
        elif not block:
            rows = [rows[0][:1]]  # one cell shows the first of what it gives
        for down, row in enumerate(rows):
            for right, value in enumerate(row):
                self.values[sheet, top + down, left + right] = value
        return True

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
