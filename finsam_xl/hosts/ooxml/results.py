"""The results of a workbook's formulas: which saved ones can be relied on, and the others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from finsam_xl.address import position
from finsam_xl.formulas.functions import OURS
from finsam_xl.hosts.ooxml.contents import Contents, Position
from finsam_xl.hosts.ooxml.recalculation import (
    NOTHING,
    First,
    Place,
    Recalculation,
    Source,
    Terms,
)
from finsam_xl.hosts.ooxml.sheetpart import belonging
from finsam_xl.money import exact, swedish
from finsam_xl.plan import Plan
from finsam_xl.sheets.grid import Cell, CellError, Cells, Grid, SheetGrid, Unknown, Value

if TYPE_CHECKING:
    from finsam_xl.hosts.ooxml.engineprocess import Engine

_OURS = (OURS.encode(), OURS.lower().encode())
_CALCULATES = re.compile(
    rb"<Application>\s*(?:Microsoft|LibreOffice|OnlyOffice|WPS)", re.IGNORECASE
)
"""The programs that save no formula without having calculated it."""


class Results:
    """What the formulas of an open workbook show, by the rules of ``today``.

    ``shared``: what calculates for several workbooks; else an engine is started where one is
    needed, and stops when ``closing`` does.
    """

    def __init__(
        self, book: Contents, today: date, shared: Engine | None, closing: ExitStack
    ) -> None:
        self._book = book
        self._today = today
        self._shared = shared
        self._closing = closing

    def stored(self, name: str) -> Cells:
        """A sheet's cells as stored; formulas without a result to rely on are calculated first."""
        cells = self._book.part(name).cells
        wanted = self._without_result(name) | self.old(name).keys()
        if not wanted:
            return cells
        values = self._first.values
        return cells | {
            place: cells.get(place, Cell(formula=""))._replace(
                value=values.get((name, *place)),
                formula=cells[place].formula or "" if place in cells else "",
            )
            for place in wanted
        }

    def old(self, name: str) -> dict[Position, Value]:
        """What a sheet shows that is old: our functions' results, and what builds on them."""
        if name in self._book.own_sheets or not self._calls_ours:
            return {}
        cells, wanted = self._book.part(name).cells, self._without_result(name)
        places = (
            place[1:] for place in (*self._first.values, *self._first.lost) if place[0] == name
        )
        return {p: cells[p].value for p in places if p not in wanted and p in cells}

    @cached_property
    def _calls_ours(self) -> bool:
        """Whether any sheet that is not large has our functions in its cells."""
        parts = (
            self._book.data(name) for name in self._book.entries if not self._book.is_large(name)
        )
        return any(ours in data for data in parts for ours in _OURS)

    def _without_result(self, name: str) -> set[Position]:
        """The formulas of a sheet with no result to rely on, and the cells that belong to them."""
        part = self._book.part(name)
        trusted = not part.formulas or self._is_trusted
        wanted: set[Position] = set()
        for place, formula in part.formulas.items():
            if not trusted or part.cells[place].is_unknown:
                wanted |= belonging(place, formula, part.cells)
        return wanted

    def unknown(self, name: str, cells: Cells) -> Unknown:
        """The ``cells`` of a sheet whose values nobody knows once what can be is calculated."""
        wanted = self._without_result(name) | self.old(name).keys()
        places = sorted(place for place in wanted if cells[place].is_unknown)
        seconds = swedish(exact(self._terms.seconds))
        if places and not self._first.in_time:
            return Unknown(tuple(places), f"de hinner inte räknas ut på {seconds} s")
        are_old = bool(places) and all(place in self.old(name) for place in places)
        return Unknown(tuple(places), "det som står där är gammalt" if are_old else "")

    @cached_property
    def _is_trusted(self) -> bool:
        """Whether the saved results of formulas were calculated by the program that saved them."""
        if self._book.workbook.asks_for_calculation:
            return False
        if _CALCULATES.search(self._book.program):
            return True
        return any(
            self._book.part(name).cells[place].value
            for name in self._book.entries
            if self._book.has_formulas(name)
            for place in self._book.part(name).formulas
        )

    @cached_property
    def _first(self) -> First:
        """The results of all formulas without one to rely on."""
        from finsam_xl.hosts.ooxml.recalc import first_results

        wanted = [
            (name, *place) for name in self._book.formulas for place in self._without_result(name)
        ]
        if wanted:
            self._book.progress("Räknar formler som saknar värde")
            self._engine.start()  # while the formulas are gone through
        else:
            self._book.progress("Räknar celler med Finsam-funktioner")
        sheets = {
            name: SheetGrid(
                name,
                lambda name=name: self._book.part(name).cells,  # type: ignore[misc]
                formulas=lambda name=name: self._book.formula_texts(name),  # type: ignore[misc]
            )
            for name in self._book.entries
        }
        source = Source(
            sheets,
            self._book.formulas,
            self._book.names,
            self._book.workbook.manner,
            self._book.hides_rows,
        )
        return first_results(source, wanted, self._terms, self._engine)

    @cached_property
    def _engine(self) -> Engine:
        if self._shared is not None:
            return self._shared
        from finsam_xl.hosts.ooxml.engineprocess import Engine

        engine = Engine()
        self._closing.callback(engine.close)
        return engine

    @property
    def _terms(self) -> Terms:
        from finsam_xl import policy

        return Terms(float(policy.calculation(policy.current(self._today)).time_limit), self._today)

    def recalculated(self, plan: Plan, grid: Grid) -> Recalculation:
        """What the formulas will show once the plan's edits are made in the ``grid``."""
        edits = {
            (edit.sheet, *position(edit.cell)): edit.new
            for edit in plan.edits
            if not edit.keeps_value
        }
        old = {(name, *place) for name in self._book.entries for place in self.old(name)}
        if not (edits or old) or not any(self._book.formulas.values()):
            return NOTHING
        from finsam_xl.hosts.ooxml.recalc import recalculate

        sheets = {name: grid.sheet(name) for name in self._book.entries}
        unknown = frozenset(
            (name, *place) for name in self._book.formulas for place in sheets[name].unknown.places
        )
        gone = {(e.sheet, *position(e.cell)) for e in plan.edits if e.old_formula and not e.formula}
        formulas = {
            name: {p: text for p, text in every.items() if (name, *p) not in gone}
            for name, every in self._book.formulas.items()
        }
        source = Source(
            sheets, formulas, self._book.names, self._book.workbook.manner, self._book.hides_rows
        )
        results = recalculate(source, edits, self._terms, unknown, self._engine)
        return self._with_old(results, old - edits.keys())

    def _with_old(self, results: Recalculation, old: Iterable[Place]) -> Recalculation:
        """Results together with those of formulas that show old ones, edits or not.

        An error is left for Excel to show, and so is what nobody knows.
        """
        now = {p: results.values.get(p, self._first.values.get(p)) for p in sorted(old)}
        known: dict[Place, Value] = {
            p: v for p, v in now.items() if v is not None and not isinstance(v, CellError)
        }
        left = dict.fromkeys((*results.left_to_excel, *(p for p in now if p not in known)))
        return Recalculation(known | results.values, tuple(left))
