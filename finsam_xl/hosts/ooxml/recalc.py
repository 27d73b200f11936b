"""New results for the formulas that depend on edited cells, calculated by IronCalc.

Only the dependent formulas and what they look at are put into the engine, so the
cost follows the edit and not the size of the workbook. What the engine is not
known to calculate right, what cannot be told from a formula's text, and all that
builds on either is left to Excel, and that is said.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from finsam_xl.hosts.ooxml.dependents import Dependents
from finsam_xl.hosts.ooxml.recalculation import Place, Recalculation
from finsam_xl.hosts.ooxml.sheetpart import Formula
from finsam_xl.references import Area, References, references
from finsam_xl.sheets.grid import Cell, CellError, SheetGrid, Value

if TYPE_CHECKING:
    import ironcalc

_FUTURE = re.compile(r"_xlfn\.(?:_xlws\.)?|_xlpm\.", re.IGNORECASE)
_OWN_ROUNDS = {"array", "dataTable"}
_DECIMAL_IN_TEXT = re.compile(r"\d[.,]\d")
_LARGEST_EXACT = 1e15


class Source(NamedTuple):
    """What the recalculation looks at: sheets, formulas per sheet, and defined names."""

    sheets: Mapping[str, SheetGrid]
    formulas: Mapping[str, Mapping[tuple[int, int], Formula]]
    names: Mapping[str, str]

    def cell(self, place: Place) -> Cell:
        """The cell at a place."""
        sheet, row, column = place
        return self.sheets[sheet].cell(row, column)


class _Formula(NamedTuple):
    place: Place
    text: str
    refs: References
    supported: bool

    @property
    def is_doubtful(self) -> bool:
        return self.refs.opaque or not self.supported


def recalculate(source: Source, edits: Mapping[Place, Value]) -> Recalculation:
    """The results of every formula that depends on ``edits`` once they are made."""
    formulas = list(_formulas(source))
    places = [formula.place for formula in formulas]
    index = Dependents([formula.refs.areas for formula in formulas])
    dependent = index.of(edits, places)
    doubtful = {
        number
        for number, formula in enumerate(formulas)
        if formula.refs.opaque
        or (formula.is_doubtful and (number in dependent or _is_unread(source, formula)))
    }
    tainted = doubtful | index.of((places[number] for number in doubtful), places)
    left = {n for n in tainted if n in dependent or formulas[n].refs.opaque}
    sure = [formulas[number] for number in sorted(dependent - tainted)]
    values: dict[Place, Value] = {}
    if sure:
        results = _Engine(source, edits, {f.place: f for f in formulas}, sure).run()
        values = {place: v for place, v in results.items() if _can_be_shown(source, place, v)}
        numbers = {place: number for number, place in enumerate(places)}
        left |= {numbers[f.place] for f in sure if f.place not in values}
    changed = {place: value for place, value in values.items() if _differs(source, place, value)}
    return Recalculation(changed, tuple(places[number] for number in sorted(left)))


def _is_unread(source: Source, formula: _Formula) -> bool:
    return source.cell(formula.place).is_unread_formula


def _can_be_shown(source: Source, place: Place, value: Value) -> bool:
    """Whether a result may be stored: no new error, and no text with a decimal sign in it.

    The sign in a text made of a number is the reader's, which is not known here.
    """
    if isinstance(value, CellError):
        return isinstance(source.cell(place).value, CellError)
    return not (isinstance(value, str) and _DECIMAL_IN_TEXT.search(value))


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
            supported = bool(text) and refs.supported and formula.kind not in _OWN_ROUNDS
            yield _Formula((sheet, row, column), text, refs, supported)


@contextlib.contextmanager
def _refusals_left_out() -> Iterator[None]:
    """Leaves out what the engine refuses, its panics included, which are no ``Exception``."""
    import ironcalc

    try:
        yield
    except ironcalc.WorkbookError:
        pass
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise


class _Engine:
    """A small workbook in IronCalc that holds just what the wanted formulas need."""

    def __init__(
        self,
        source: Source,
        edits: Mapping[Place, Value],
        formulas: Mapping[Place, _Formula],
        wanted: list[_Formula],
    ) -> None:
        self.source, self.edits, self.formulas, self.wanted = source, edits, formulas, wanted
        self.sheets = {name.lower(): (number, name) for number, name in enumerate(source.sheets)}

    def run(self) -> dict[Place, Value]:
        """The results by place; empty when the engine refuses."""
        import ironcalc

        results: dict[Place, Value] = {}
        with _refusals_left_out():
            model = ironcalc.create("finsam", "en", "UTC", "en")
            self._add_sheets(model)
            self._fill(model)
            model.evaluate()
            results |= {f.place: self._result(model, f.place) for f in self.wanted}
        return results

    def _add_sheets(self, model: ironcalc.Model) -> None:
        # First out of the way, so that a sheet called Sheet2 can take its name.
        for number in range(len(self.sheets)):
            if number:
                model.new_sheet()
            model.rename_sheet(number, f"~{number}~")
        for number, name in self.sheets.values():
            model.rename_sheet(number, name)
        for name, formula in self.source.names.items():
            # Names the engine cannot hold (constants, print areas) matter only if used.
            with _refusals_left_out():
                model.new_defined_name(name, None, formula)

    def _fill(self, model: ironcalc.Model) -> None:
        """Put in the wanted formulas and all they look at; unread formulas bring their own."""
        waiting = list(self.wanted)
        done = {formula.place for formula in waiting}
        while waiting:
            formula = waiting.pop()
            text = "=" + _FUTURE.sub("", formula.text)
            model.update_cell_with_formula(*self._at(formula.place), text)
            for area in formula.refs.areas:
                for place in self._occupied(area):
                    if place in done:
                        continue
                    done.add(place)
                    cell = self.source.cell(place)
                    if place not in self.edits and cell.is_unread_formula:
                        waiting.append(self.formulas[place])
                    else:
                        self._put(model, place, self.edits.get(place, cell.value))

    def _at(self, place: Place) -> tuple[int, int, int]:
        return self.sheets[place[0].lower()][0], place[1], place[2]

    def _occupied(self, area: Area) -> Iterator[Place]:
        if area.sheet.lower() not in self.sheets:
            return
        _, sheet = self.sheets[area.sheet.lower()]
        cells = self.source.sheets[sheet].cells
        edited = {(r, c) for s, r, c in self.edits if s == sheet}
        size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
        if size <= len(cells):
            for row in range(area.top, area.bottom + 1):
                for column in range(area.left, area.right + 1):
                    if (row, column) in cells or (row, column) in edited:
                        yield sheet, row, column
            return
        for row, column in {*cells, *edited}:
            if area.top <= row <= area.bottom and area.left <= column <= area.right:
                yield sheet, row, column

    def _put(self, model: ironcalc.Model, place: Place, value: Value) -> None:
        at = self._at(place)
        if isinstance(value, CellError):
            model.update_cell_with_formula(*at, "=" + value)
        elif isinstance(value, bool):
            model.update_cell_with_bool(*at, value)
        elif isinstance(value, int | float):
            model.update_cell_with_number(*at, float(value))
        elif value is not None:
            model.update_cell_with_text(*at, value)

    def _result(self, model: ironcalc.Model, place: Place) -> Value:
        import ironcalc

        at = self._at(place)
        value = model.get_cell_value(*at)
        if model.get_cell_type(*at) == ironcalc.CellType.ErrorValue:
            return CellError(str(value))
        if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST_EXACT:
            return int(value)
        if isinstance(value, str | bool | int | float) or value is None:
            return value
        return str(value)
