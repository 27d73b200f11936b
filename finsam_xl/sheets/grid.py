"""What a host hands over: the cells of a workbook, unchanged by anyone.

A host fills a :class:`SheetGrid` lazily: ``texts`` (which texts occur at all)
must be cheap, so that a sheet with a million cells and none of our headings is
never read cell by cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from operator import itemgetter
from types import MappingProxyType
from typing import Any, TypeGuard

from finsam_xl.address import is_turned, real_name
from finsam_xl.money import exact
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.said import NOTHING, Said
from finsam_xl.words.stamps import is_stamp


class CellError(str):
    """An error value in a cell, such as '#REF!'. A ``str`` of its own kind, never a text."""

    __slots__ = ()


Value = float | int | str | bool | CellError | None
_BLANK = (None, "")
STAMPED = "stamplad"
"""The owner of a report of ours that has lost its name: which one it is, nobody knows."""
_LAST_STAMP = 10
"""A report says when it was made above this row, also where a person has put rows before it."""
_DIGITS = 15
"""As many digits of a number as every program keeps."""


def is_same(one: Value, other: Value) -> bool:
    """Whether two values are the same once both have been in a file."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return f"{one:.{_DIGITS}g}" == f"{other:.{_DIGITS}g}"
    return one == other or (one in _BLANK and other in _BLANK)


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether a spreadsheet counts with a value."""
    return isinstance(value, int | float) and not isinstance(value, bool)


class Cell(NamedTuple):
    """One cell: its value (of a formula: the stored result), formula and how it is shown.

    ``formula`` is ``None`` for a typed value, '' where the text is kept elsewhere
    (shared formulas); ``percent`` tells that the number format multiplies by 100;
    ``mark`` names the fill if it is one of ours; ``plain`` tells that the cell has no fill;
    ``dated`` that its number is shown as a date; ``indent`` how far in its text is written.
    """

    value: Value = None
    formula: str | None = None
    percent: bool = False
    mark: str = ""
    plain: bool = True
    dated: bool = False
    indent: int = 0

    @property
    def is_blank(self) -> bool:
        """Neither value nor formula."""
        return self.value is None and self.formula is None

    @property
    def text(self) -> str:
        """The text it holds, without the space around it; '' for none."""
        return self.value.strip() if isinstance(self.value, str) else ""

    @property
    def number(self) -> Fraction | None:
        """The number it holds, exactly; ``None`` for anything else, also for a number in a text."""
        return exact(self.value) if is_number(self.value) else None

    @property
    def shown(self) -> str:
        """Whatever it holds as text, without the space around it; '' for nothing."""
        return "" if self.value is None else str(self.value).strip()

    @property
    def typed(self) -> str:
        """What a person typed, a whole number without its decimals; '' for an error."""
        value = self.value
        if value is None or isinstance(value, CellError | bool):
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return str(value).strip()

    @property
    def is_unknown(self) -> bool:
        """A formula whose value nobody knows: neither blank nor 0, and nothing may build on it."""
        return self.formula is not None and self.value is None


BLANK = Cell()
Cells = Mapping[tuple[int, int], Cell]


class Unknown(NamedTuple):
    """The cells of a sheet that are unknown, in order, and why in words ('' for none)."""

    places: tuple[tuple[int, int], ...] = ()
    why: str = ""


class SheetGrid:
    """One sheet: its name, merged ranges, and its cells by (row, column) counted from 1."""

    def __init__(
        self,
        name: str,
        load: Callable[[], Cells],
        *,
        texts: Callable[[], frozenset[str]] | None = None,
        merged: Callable[[], Sequence[str]] = tuple,
        formulas: Callable[[], Mapping[tuple[int, int], str]] | None = None,
        unknown: Callable[[], Unknown] | None = None,
        old: Callable[[], Mapping[tuple[int, int], Value]] = dict,
        owner: str = "",
        large: bool = False,
        said: Said = NOTHING,
        is_locked: Callable[[tuple[int, int]], bool] = lambda _: False,
        hidden: Callable[[], frozenset[int]] = frozenset,
    ) -> None:
        self.name = name
        self._owner = owner
        self.large = large
        """Whether the sheet is so large that it is only read for good reason."""
        self.said = said
        """What a person has said of its tables, columns and rows."""
        self.is_locked = is_locked
        """Whether a person has protected a cell against changes."""
        self._load = load
        self._texts = texts
        self._merged = merged
        self._formulas = formulas
        self._unknown = unknown
        self._old = old
        self._hidden = hidden
        self.kept: dict[object, Any] = {}
        """What was found out about the sheet, by whoever did: each asks once."""

    def with_values(
        self,
        new: Mapping[tuple[int, int], Value],
        formulas: Mapping[tuple[int, int], str] = MappingProxyType({}),
    ) -> SheetGrid:
        """The sheet as it is once values, and formulas that give them, are written in its cells."""

        def cells() -> Cells:
            known = {place: self.cell(*place)._replace(value=value) for place, value in new.items()}
            given = {place: known[place]._replace(formula=text) for place, text in formulas.items()}
            return {**self.cells, **known, **given}

        return SheetGrid(
            self.name, cells, merged=lambda: self.merged,
            formulas=lambda: {**self.formulas, **formulas} if formulas else self.formulas,
            unknown=lambda: self.unknown, owner=self.owner, is_locked=self.is_locked,
            hidden=lambda: self.hidden,
        )  # fmt: skip

    @cached_property
    def owner(self) -> str:
        """Which of our reports the sheet is, '' for a sheet a person made.

        A report that has lost its name, in a frozen copy or in another program, is ``STAMPED``.
        """
        return self._owner or (STAMPED if self._is_stamped() else "")

    def _is_stamped(self) -> bool:
        """Whether it begins as our reports do: a title, and below it last when it was made."""
        if self.large or not any(map(is_stamp, self.texts)):
            return False
        said: dict[int, list[int]] = {}
        stamps = []
        for (row, column), cell in self.cells.items():
            if row <= _LAST_STAMP and cell.value not in _BLANK:
                said.setdefault(row, []).append(column)
                if type(cell.value) is str and is_stamp(cell.value):
                    stamps.append((row, column))
        return any(
            column == max(said[row]) > 1 and sum(c <= column for c in said.get(row - 1, ())) == 1
            for row, column in stamps
        )

    @property
    def title(self) -> str:
        """What the sheet is called in the workbook, however it is read."""
        return real_name(self.name)

    @cached_property
    def cells(self) -> Cells:
        """Every cell that holds a value, a formula or a format of its own."""
        return self._load()

    @cached_property
    def texts(self) -> frozenset[str]:
        """The texts that occur on the sheet."""
        if self._texts is not None:
            return self._texts()
        return frozenset(c.value for c in self.cells.values() if type(c.value) is str)

    @property
    def is_read(self) -> bool:
        """Whether the cells have been asked for."""
        return "cells" in self.__dict__

    @cached_property
    def formulas(self) -> Mapping[tuple[int, int], str]:
        """The text of every formula, without its equals sign, also of those that share one."""
        if self._formulas is not None:
            return self._formulas()
        return {place: cell.formula for place, cell in self.cells.items() if cell.formula}

    @cached_property
    def unknown(self) -> Unknown:
        """The formulas whose values nobody knows."""
        if self._unknown is not None:
            return self._unknown()
        return Unknown(tuple(sorted(p for p, cell in self.cells.items() if cell.is_unknown)))

    @cached_property
    def old(self) -> Mapping[tuple[int, int], Value]:
        """The values that the sheet shows where formulas give others now, which are its cells'."""
        return self._old()

    @cached_property
    def hidden(self) -> frozenset[int]:
        """The rows that a person has hidden one by one: no filter did, and no outline."""
        return self._hidden()

    @cached_property
    def height(self) -> int:
        """The last row that has a cell."""
        return max(map(itemgetter(0), self.cells), default=0)

    @cached_property
    def width(self) -> int:
        """The last column that has a cell."""
        return max(map(itemgetter(1), self.cells), default=0)

    @cached_property
    def merged(self) -> tuple[str, ...]:
        """Merged ranges as A1 addresses."""
        return tuple(self._merged())

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a place; an empty one where nothing was written."""
        return self.cells.get((row, column), BLANK)

    def rows(self) -> Iterator[tuple[int, list[tuple[int, Cell]]]]:
        """Rows from the top, each with its cells from the left."""
        rows: dict[int, list[tuple[int, Cell]]] = {}
        for (row, column), cell in self.cells.items():
            rows.setdefault(row, []).append((column, cell))
        for row in sorted(rows):
            yield row, sorted(rows[row], key=lambda pair: pair[0])


class Grid:
    """A workbook as a host hands it over. ``digest`` identifies the content that was read.

    ``names``: the defined names in lower case, each with its formula.
    """

    def __init__(
        self,
        sheets: tuple[SheetGrid, ...],
        digest: str = "",
        names: Mapping[str, str] = MappingProxyType({}),
        note: Callable[[], str] = str,
    ) -> None:
        self.sheets = sheets
        self.digest = digest
        self.names = names
        self.note = note
        """What the host wants to know of this workbook when a run in it is taken back."""
        self.kept: dict[object, Any] = {}
        """What was found out about the workbook, by whoever did: each asks once."""

    def run_name(self, moment: datetime) -> str:
        """Names a run: the minute, and what the workbook held."""
        return f"{moment:%Y-%m-%d %H.%M} · {self.digest[:4]}"

    def sheet(self, name: str) -> SheetGrid:
        """The sheet of that name, however it is read; raises ``KeyError`` when there is none."""
        for sheet in self.sheets:
            if sheet.name == real_name(name):
                return self._turned(sheet) if is_turned(name) else sheet
        raise KeyError(name)

    def _turned(self, sheet: SheetGrid) -> SheetGrid:
        # Hardly any workbook has a table with its years down the side.
        from finsam_xl.sheets.turned import turned

        found: SheetGrid = sheet.kept.setdefault(turned, turned(sheet))
        return found
