"""New results for the formulas that depend on edited cells, calculated by IronCalc.

Only the dependent formulas and what they look at are put into the engine, so the
cost follows the edit and not the size of the workbook. What the engine cannot do,
or what cannot be told from a formula's text, is left to Excel, and that is said.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from finsam_xl.hosts.ooxml.recalculation import Place, Recalculation
from finsam_xl.hosts.ooxml.references import Area, References, references
from finsam_xl.hosts.ooxml.sheetpart import Formula
from finsam_xl.sheets.address import a1
from finsam_xl.sheets.grid import Cell, CellError, Value

if TYPE_CHECKING:
    import ironcalc

_FUTURE = re.compile(r"_xlfn\.(?:_xlws\.)?|_xlpm\.", re.IGNORECASE)
_UNSUPPORTED = {"array", "dataTable"}


class Source(NamedTuple):
    """What the recalculation looks at: cells and formulas per sheet, and defined names."""

    cells: Mapping[str, Mapping[tuple[int, int], Cell]]
    formulas: Mapping[str, Mapping[tuple[int, int], Formula]]
    names: Mapping[str, str]


class _Dependent(NamedTuple):
    place: Place
    text: str
    refs: References
    supported: bool


def recalculate(source: Source, edits: Mapping[Place, Value]) -> Recalculation:
    """The results of every formula that depends on ``edits`` once they are made."""
    formulas = list(_formulas(source))
    dependents = _dependents(formulas, set(edits))
    unsure = [f.place for f in formulas if f.refs.opaque]
    unsure += [f.place for f in dependents if not f.supported and not f.refs.opaque]
    sure = [f for f in dependents if f.supported and not f.refs.opaque]
    if not sure:
        return Recalculation({}, tuple(unsure))
    values = _Engine(source, edits, sure).run()
    if values is None:
        return Recalculation({}, (*unsure, *(f.place for f in sure)))
    good: dict[Place, Value] = {}
    for formula in sure:
        sheet, row, column = formula.place
        old = source.cells[sheet][row, column].value
        new = values[formula.place]
        if isinstance(new, CellError) and not isinstance(old, CellError):
            unsure.append(formula.place)
        elif new != old or type(new) is not type(old):
            good[formula.place] = new
    return Recalculation(good, tuple(unsure))


def _formulas(source: Source) -> Iterator[_Dependent]:
    """Every formula with its own text; members of a shared group get theirs from the first."""
    for sheet, formulas in source.formulas.items():
        masters = {
            f.group: (place, f.text)
            for place, f in formulas.items()
            if f.kind == "shared" and f.text
        }
        for (row, column), formula in formulas.items():
            text = formula.text
            if formula.kind == "shared" and not text and formula.group in masters:
                text = _moved(*masters[formula.group], (row, column))
            refs = references(text, sheet, source.names)
            supported = bool(text) and formula.kind not in _UNSUPPORTED
            yield _Dependent((sheet, row, column), text, refs, supported)


def _moved(origin: tuple[int, int], text: str, to: tuple[int, int]) -> str:
    """A shared formula as it reads in another cell of its group."""
    # openpyxl takes a third of a second to import; most workbooks share no formulas.
    from openpyxl.formula.translate import Translator

    return str(Translator("=" + text, a1(*origin)).translate_formula(a1(*to)))[1:]


def _dependents(formulas: list[_Dependent], changed: set[Place]) -> list[_Dependent]:
    """The formulas that look at changed cells, directly or through other formulas."""
    by_sheet: dict[str, list[tuple[Area, int]]] = {}
    for number, formula in enumerate(formulas):
        for area in formula.refs.areas:
            by_sheet.setdefault(area.sheet.lower(), []).append((area, number))
    found: set[int] = set()
    frontier = set(changed)
    while frontier:
        rows: dict[str, dict[int, list[int]]] = {}
        for sheet, row, column in frontier:
            rows.setdefault(sheet.lower(), {}).setdefault(row, []).append(column)
        hit = {
            number
            for sheet, by_row in rows.items()
            for area, number in by_sheet.get(sheet, ())
            if number not in found and _touches(area, by_row)
        }
        found |= hit
        frontier = {formulas[number].place for number in hit}
    return [formulas[number] for number in sorted(found)]


def _touches(area: Area, by_row: Mapping[int, list[int]]) -> bool:
    if area.bottom - area.top < len(by_row):
        rows = [r for r in range(area.top, area.bottom + 1) if r in by_row]
    else:
        rows = [r for r in by_row if area.top <= r <= area.bottom]
    return any(area.left <= column <= area.right for r in rows for column in by_row[r])


@contextlib.contextmanager
def _engine_failures() -> Iterator[list[BaseException]]:
    """Collects what the engine refuses, its panics included, which are no ``Exception``."""
    import ironcalc

    failures: list[BaseException] = []
    try:
        yield failures
    except ironcalc.WorkbookError as error:
        failures.append(error)
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        failures.append(error)


class _Engine:
    """A small workbook in IronCalc that holds just what the formulas need."""

    def __init__(
        self, source: Source, edits: Mapping[Place, Value], wanted: list[_Dependent]
    ) -> None:
        self.source, self.edits, self.wanted = source, edits, wanted
        self.sheets = {name.lower(): (number, name) for number, name in enumerate(source.cells)}
        self.done: set[Place] = set()

    def run(self) -> dict[Place, Value] | None:
        """The results by place, or ``None`` when the engine refuses."""
        import ironcalc

        with _engine_failures() as failed:
            model = ironcalc.create("finsam", "en", "UTC", "en")
            self._add_sheets(model)
            for formula in self.wanted:
                self._put_formula(model, formula.place, formula.text)
            for formula in self.wanted:
                self._put_precedents(model, formula.refs.areas)
            model.evaluate()
            results = {f.place: self._result(model, f.place) for f in self.wanted}
        return None if failed else results

    def _add_sheets(self, model: ironcalc.Model) -> None:
        for number, name in self.sheets.values():
            if number:
                model.new_sheet()
            model.rename_sheet(number, name)
        for name, formula in self.source.names.items():
            # Names the engine cannot hold (constants, print areas) matter only if used.
            with _engine_failures():
                model.new_defined_name(name, None, formula)

    def _at(self, place: Place) -> tuple[int, int, int]:
        return self.sheets[place[0].lower()][0], place[1], place[2]

    def _put_formula(self, model: ironcalc.Model, place: Place, text: str) -> None:
        self.done.add(place)
        model.update_cell_with_formula(*self._at(place), "=" + _FUTURE.sub("", text))

    def _put_precedents(self, model: ironcalc.Model, areas: tuple[Area, ...]) -> None:
        for area in areas:
            if area.sheet.lower() not in self.sheets:
                continue
            _, sheet = self.sheets[area.sheet.lower()]
            for row, column in self._occupied(sheet, area):
                place = (sheet, row, column)
                if place not in self.done:
                    self.done.add(place)
                    self._put_value(model, place)

    def _occupied(self, sheet: str, area: Area) -> Iterator[tuple[int, int]]:
        cells = self.source.cells[sheet]
        edited = [(r, c) for s, r, c in self.edits if s == sheet]
        size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
        if size <= len(cells) + len(edited):
            for row in range(area.top, area.bottom + 1):
                for column in range(area.left, area.right + 1):
                    yield row, column
            return
        for row, column in {*cells, *edited}:
            if area.top <= row <= area.bottom and area.left <= column <= area.right:
                yield row, column

    def _put_value(self, model: ironcalc.Model, place: Place) -> None:
        sheet, row, column = place
        cell = self.source.cells[sheet].get((row, column), Cell())
        value = self.edits.get(place, cell.value)
        at = self._at(place)
        if place not in self.edits and cell.is_unread_formula:
            self._put_unread(model, place)
        elif isinstance(value, CellError):
            model.update_cell_with_formula(*at, "=" + value)
        elif isinstance(value, bool):
            model.update_cell_with_bool(*at, value)
        elif isinstance(value, int | float):
            model.update_cell_with_number(*at, float(value))
        elif value is not None:
            model.update_cell_with_text(*at, value)

    def _put_unread(self, model: ironcalc.Model, place: Place) -> None:
        """A formula nobody has calculated yet is calculated along with the rest."""
        sheet, row, column = place
        formula = self.source.formulas[sheet][row, column]
        if not formula.text:
            return
        self._put_formula(model, place, formula.text)
        self._put_precedents(model, references(formula.text, sheet, self.source.names).areas)

    def _result(self, model: ironcalc.Model, place: Place) -> Value:
        import ironcalc

        at = self._at(place)
        value = model.get_cell_value(*at)
        if model.get_cell_type(*at) == ironcalc.CellType.ErrorValue:
            return CellError(str(value))
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
            return int(value)
        if isinstance(value, str | bool | int | float) or value is None:
            return value
        return str(value)
