"""The workbook that is open in LibreOffice, as a grid.

LibreOffice hands over the values of a whole sheet at once, and the cells that look alike
together; so formats cost as many calls as there are looks. A truth value is a number that is
shown as one, and an error is asked for at its cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, partial
from typing import Any

from finsam_xl import plan
from finsam_xl.address import places, span
from finsam_xl.hosts.calc import values
from finsam_xl.hosts.calc.formulas import Formulas
from finsam_xl.hosts.opened.blocks import Area, Place
from finsam_xl.hosts.opened.held import Facts, Used, cells, digest
from finsam_xl.plan import is_our_name
from finsam_xl.sheets.grid import Cell, CellError, Grid, SheetGrid, Unknown, Value, is_number

_DATED, _TRUTH = 2 | 4, 1024
"""Kinds of number format: a date or a time, and a truth value."""


def read(document: Any) -> Grid:
    """The grid of an open document."""
    formulas = Formulas(document)
    ours = owners(document)
    readers = [Reader(document, sheet, formulas) for sheet in document.Sheets]
    sheets = tuple(
        SheetGrid(
            reader.name,
            reader.cells,
            texts=reader.texts,
            merged=reader.merged,
            unknown=Unknown,  # an open workbook has calculated its formulas
            owner=ours.get(reader.name, ""),
            large=reader.held.is_large,
        )
        for reader in readers
    )
    kept = {
        name.lower(): formulas.excel(content())
        for name, content, _ in _names(document)
        if is_our_name(name)
    }
    return Grid(sheets, digest((reader.name, reader.held) for reader in readers), kept)


def owners(document: Any, *, local: bool = True) -> dict[str, str]:
    """Sheets that are reports of ours, and which; ``local``: also copies that people made."""
    formulas = Formulas(document)
    names = (
        (name, lambda content=content: formulas.excel(content()), is_local)
        for name, content, is_local in _names(document)
    )
    return plan.owners(names, set(document.Sheets.ElementNames), local=local)


def _names(document: Any) -> Iterator[tuple[str, Any, bool]]:
    """Every defined name, how to get what it stands for, and whether it is of one sheet."""
    holders = [(document.NamedRanges, False), *((s.NamedRanges, True) for s in document.Sheets)]
    for holder, is_local in holders:
        for name in holder.ElementNames:
            yield name, partial(_content, holder, name), is_local


def _content(holder: Any, name: str) -> str:
    content: str = holder.getByName(name).Content
    return content


class Reader:
    """One sheet: its values, and the rest when it is asked for."""

    def __init__(self, document: Any, sheet: Any, formulas: Formulas) -> None:
        self.name: str = sheet.Name
        self._document = document
        self._sheet = sheet
        self._formulas = formulas

    @cached_property
    def _whole(self) -> Any:
        rows, columns = values.used(self._sheet)
        return self._sheet.getCellRangeByPosition(0, 0, columns - 1, rows - 1)

    @cached_property
    def _looks(self) -> list[tuple[Any, list[Area]]]:
        """The cells of the used part that look alike, a range of one of them for each look."""
        found = self._whole.getUniqueCellFormatRanges()
        groups = (found.getByIndex(number) for number in range(found.getCount()))
        return [(group, [_area(one) for one in group.getRangeAddresses()]) for group in groups]

    @cached_property
    def held(self) -> Used:
        """The values of the used part."""
        kinds = {place: kind for place, kind in self._kinds() if kind & (_DATED | _TRUTH)}
        held = {
            (row, column): value
            for row, line in enumerate(values.rows(self._whole), start=1)
            for column, raw in enumerate(line, start=1)
            if (value := _value(raw, kinds.get((row, column), 0))) is not None
        }
        dates = frozenset(
            place for place, kind in kinds.items() if kind & _DATED and is_number(held.get(place))
        )
        area = self._whole.getRangeAddress()
        return Used((1, 1, area.EndRow + 1, area.EndColumn + 1), held, dates)

    def _kinds(self) -> Iterator[tuple[Place, int]]:
        """The kind of number format of every cell that has another than the general one."""
        for group, areas in self._looks:
            kind = self._document.NumberFormats.getByKey(group.NumberFormat).Type
            if kind & (_DATED | _TRUTH):
                for place in _within(areas):
                    yield place, kind

    @cached_property
    def facts(self) -> Facts:
        """Formulas, number formats and fills."""
        formats: dict[Place, str] = {}
        fills: dict[Place, str] = {}
        for group, areas in [] if self.held.is_large else self._looks:
            code = self._document.NumberFormats.getByKey(group.NumberFormat)
            if not values.is_general(group.NumberFormat):
                formats |= dict.fromkeys(_within(areas), str(code.FormatString))
            if group.CellBackColor >= 0:
                fills |= dict.fromkeys(_within(areas), f"#{group.CellBackColor:06X}")
        return Facts(formulas=self.formulas(), formats=formats, fills=fills)

    def formulas(self) -> dict[Place, str]:
        """The text of every formula."""
        found = self._whole.queryContentCells(values.FORMULAS).getRangeAddresses()
        return {
            (row, column): self._formulas.text(self._sheet.getCellByPosition(column - 1, row - 1))
            for row, column in _within(map(_area, found))
        }

    def texts(self) -> frozenset[str]:
        """The texts that occur on the sheet."""
        return frozenset(value for value in self.held.values.values() if type(value) is str)

    def cells(self) -> dict[Place, Cell]:
        """Every cell that holds something or looks like something."""
        return cells(self.held, self.facts)

    def merged(self) -> tuple[str, ...]:
        """Merged ranges; cells that are merged look alike, and are asked one by one."""
        found = []
        for _, areas in self._looks:
            for top, left, bottom, right in areas:
                part = self._sheet.getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1)
                if part.getIsMerged():
                    found += [_merged(self._sheet, p) for p in places((top, left, bottom, right))]
        return tuple(dict.fromkeys(filter(None, found)))


def _merged(sheet: Any, place: Place) -> str:
    cell = sheet.getCellByPosition(place[1] - 1, place[0] - 1)
    if not cell.getIsMerged():
        return ""
    cursor = sheet.createCursorByRange(cell)
    cursor.collapseToMergedArea()
    return span(*_area(cursor.getRangeAddress()))


def _area(address: Any) -> Area:
    rows = address.StartRow + 1, address.EndRow + 1
    return rows[0], address.StartColumn + 1, rows[1], address.EndColumn + 1


def _within(areas: Iterable[Area]) -> Iterator[Place]:
    return (place for area in areas for place in places(area))


def _value(raw: Any, kind: int) -> Value:
    """What a cell holds, as the file host would have read it."""
    if isinstance(raw, str):
        return CellError(raw) if raw in values.ERRORS else raw or None
    if raw is None:
        return None
    if kind & _TRUTH and raw in (0, 1):
        return bool(raw)
    number = float(raw)
    return int(number) if number.is_integer() else number
