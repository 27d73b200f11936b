"""A sheet as the rules of formulas look at it: what each cell holds, and each formula's shape."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from finsam_xl.address import a1
from finsam_xl.checks.formulas import FormulaCell
from finsam_xl.checks.material import Cells, CellValue, Material
from finsam_xl.formulas.addends import Part, parts
from finsam_xl.formulas.blocks import Area
from finsam_xl.formulas.shapes import Shape, shape
from finsam_xl.model import Ref
from finsam_xl.periods import is_year

Place = tuple[int, int]
_NO_LINE = re.compile(
    r"[\s\-–—•·]*(?:summa|s:a|delsumma|total|resultat|årets|ingående|utgående|eget kapital|varav"
    r"|därav|antal|soliditet|verksamhetens (?:intäkter|kostnader))\b|.*\b(?:totalt|total)$",
    re.IGNORECASE,
)


class FormulaSheet:
    """One sheet: its cells, and its formulas by place."""

    def __init__(self, name: str, cells: Cells, formulas: Iterable[FormulaCell]) -> None:
        self.name, self.cells = name, cells
        self.formulas = {(one.row, one.column): one for one in formulas}

    @cached_property
    def shapes(self) -> Mapping[Place, Shape]:
        """The shape of every formula that has one."""
        found = ((place, shape(one.text, place)) for place, one in self.formulas.items())
        return {place: one for place, one in found if one is not None}

    def ref(self, place: Place) -> Ref:
        """A place as findings name it."""
        return Ref(self.name, a1(*place))

    def value(self, place: Place) -> CellValue:
        """What a cell shows."""
        return self.cells.get(place)

    def number(self, place: Place) -> float | None:
        """The number a cell shows, typed or calculated."""
        value = self.cells.get(place)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    def typed(self, place: Place) -> float | None:
        """The number that is typed in a cell."""
        return None if place in self.formulas else self.number(place)

    def label(self, place: Place) -> str:
        """The nearest text on the left in the row, '' where there is none."""
        row, column = place
        columns = self._texts.get(row, [])
        before = bisect_left(columns, column)
        return str(self.cells[row, columns[before - 1]]).strip() if before else ""

    @cached_property
    def _texts(self) -> Mapping[int, list[int]]:
        """The columns of each row in which a text is typed, from the left."""
        found: dict[int, list[int]] = {}
        for (row, column), value in self.cells.items():
            if type(value) is str and value.strip() and (row, column) not in self.formulas:
                found.setdefault(row, []).append(column)
        for columns in found.values():
            columns.sort()
        return found

    def is_line(self, place: Place) -> bool:
        """Whether a typed number stands on a row with a name that is neither sum nor equity."""
        if self.typed(place) is None:
            return False
        name = self.label(place)
        return bool(name) and _NO_LINE.match(name) is None

    @cached_property
    def with_amounts(self) -> frozenset[int]:
        """The rows that hold a number which is no year: not blank, and no headings."""
        return frozenset(
            row
            for (row, _), value in self.cells.items()
            if isinstance(value, int | float) and not is_year(value)
        )

    def is_here(self, area: Area) -> bool:
        """Whether a block is of this very sheet."""
        return area.sheet.lower() in ("", self.name.lower())

    def adds(self, formula: str) -> tuple[Part, ...]:
        """What a formula of this sheet adds up, if it does nothing else."""
        found = parts(formula, self.name) or ()
        # What a subtotal leaves out is no line that is missing.
        return () if any(part.skips_subtotals for part in found) else found


def sheets(material: Material) -> Iterator[FormulaSheet]:
    """The sheets of a workbook whose formulas and cells are known."""
    formulas: dict[str, list[FormulaCell]] = {}
    for one in material.formulas:
        formulas.setdefault(one.sheet, []).append(one)
    for name, found in formulas.items():
        if name in material.cells:
            yield FormulaSheet(name, material.cells[name], found)
