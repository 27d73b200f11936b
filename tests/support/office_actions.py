"""What the xlwings client does with the actions it is sent, done to an openpyxl workbook.

Only for comparing: nobody's workbook is saved this way. An action that is not known here
is an error, so that a test never passes by overlooking one.
"""
# ruff: noqa: N802  (the methods are called what the client calls its actions)

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from typing import Any

from openpyxl.styles import Border, PatternFill, Side
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.workbook.defined_name import DefinedName

_PADDING, _PIXELS, _POINTS = 5, 7, 0.75


class Executor:
    """Carries out actions, and keeps those about charts for a test to look at."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self._drawn: dict[str, list[dict[Any, Any]]] = {}

    def run(self, actions: list[dict[str, Any]]) -> None:
        """Every action in turn."""
        for action in actions:
            self._at = action
            known: Callable[..., None] = getattr(self, f"_{action['func']}")
            known(*action["args"])

    @property
    def charts(self) -> list[dict[Any, Any]]:
        """The charts of the sheet that the action at hand is about."""
        return self._drawn.setdefault(self._sheet.title, [])

    def charts_of(self, sheet: str) -> list[dict[Any, Any]]:
        """The charts that were made on a sheet."""
        return self._drawn.get(sheet, [])

    @property
    def _sheet(self) -> Any:
        return self.book.worksheets[self._at["sheet_position"]]

    def _cells(self) -> Iterator[Any]:
        top, left = self._at["start_row"] + 1, self._at["start_column"] + 1
        for row in range(top, top + self._at["row_count"]):
            for column in range(left, left + self._at["column_count"]):
                yield self._sheet.cell(row, column)

    def _setValues(self, _none: None) -> None:
        values = [value for row in self._at["values"] for value in row]
        for cell, value in zip(self._cells(), values, strict=True):
            assert cell.data_type != "f", f"{cell.coordinate} har en formel"
            assert not str(value).startswith(("=", "+", "@")), f"{value!r} blir en formel i Excel"
            text = value.removeprefix("'") if isinstance(value, str) else value
            cell.value = None if text == "" else text

    def _freezePaneAtRange(self, rows: str) -> None:
        self._sheet.freeze_panes = f"A{int(rows.partition(':')[2]) + 1}"

    def _setSheetVisibility(self, visibility: str) -> None:
        self._sheet.sheet_state = visibility.lower()

    def _setFormula(self, *_: Any) -> None:
        texts = [text for row in self._at["values"] for text in row]
        for cell, text in zip(self._cells(), texts, strict=True):
            assert str(text).startswith("=")
            cell.value = text

    def _setRangeColors(self, colours: list[list[str | None]]) -> None:
        flat = [colour for row in colours for colour in row]
        for cell, colour in zip(self._cells(), flat, strict=True):
            if colour != "keep":
                _fill(cell, colour)

    def _setRangeColor(self, colour: str) -> None:
        for cell in self._cells():
            _fill(cell, colour)

    def _copyFromRange(self, sheet: int, address: str, kind: str, *_: Any) -> None:
        assert kind == "formats"
        left, top, right, bottom = range_boundaries(address.replace("$", ""))
        rows = self.book.worksheets[sheet].iter_rows(top, bottom, left, right)
        models = [cell for row in rows for cell in row]
        for cell, model in zip(self._cells(), models, strict=True):
            cell._style = copy(model._style)

    def _setNumberFormat(self, code: str) -> None:
        for cell in self._cells():
            cell.number_format = code

    def _setFontProperty(self, attribute: str, value: Any) -> None:
        if attribute == "color":
            value = "FF" + value.lstrip("#").upper()
        for cell in self._cells():
            font = copy(cell.font)
            setattr(font, attribute, value)
            cell.font = font

    def _align(self, **how: Any) -> None:
        for cell in self._cells():
            alignment = copy(cell.alignment)
            for name, value in how.items():
                setattr(alignment, name, value)
            cell.alignment = alignment

    def _setHorizontalAlignment(self, value: str) -> None:
        self._align(horizontal=value.lower())

    def _setVerticalAlignment(self, value: str) -> None:
        self._align(vertical=value.lower())

    def _setWrapText(self, value: bool) -> None:
        self._align(wrap_text=value)

    def _setBorderProperty(self, side: str, attribute: str, value: str) -> None:
        last = self._at["start_row"] + self._at["row_count"]
        first = self._at["start_row"] + 1
        for cell in self._cells():
            if side == "edge_top" and cell.row == first:
                _line(cell, "top", attribute, value)
            if side == "edge_bottom" and cell.row == last:
                _line(cell, "bottom", attribute, value)
            if side == "inside_horizontal" and cell.row != last:
                _line(cell, "bottom", attribute, value)

    def _setColumnWidth(self, points: float) -> None:
        first = self._at["start_column"] + 1
        for column in range(first, first + self._at["column_count"]):
            width = (points / _POINTS - _PADDING) / _PIXELS
            self._sheet.column_dimensions[get_column_letter(column)].width = width

    def _setRowHeight(self, points: float) -> None:
        first = self._at["start_row"] + 1
        for row in range(first, first + self._at["row_count"]):
            self._sheet.row_dimensions[row].height = points

    def _setAutofit(self, axis: str) -> None:
        assert axis == "rows"
        for row in range(1, self._at["row_count"] + 1):
            self._sheet.row_dimensions[row].height = None

    def _addHyperlink(self, address: str, shown: str, _tip: str) -> None:
        for cell in self._cells():
            cell.hyperlink = address
            cell.value = shown.removeprefix("'")

    def _rangeMerge(self, _across: bool) -> None:
        top, left = self._at["start_row"] + 1, self._at["start_column"] + 1
        bottom, right = top + self._at["row_count"] - 1, left + self._at["column_count"] - 1
        self._sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)

    def _rangeUnmerge(self, _none: None) -> None:
        for merge in list(self._sheet.merged_cells.ranges):
            self._sheet.unmerge_cells(merge.coord)

    def _sheetClear(self, _none: None) -> None:
        for row in self._sheet.iter_rows():
            for cell in row:
                cell.value, cell.hyperlink = None, None
                cell.style = "Normal"
                cell.border, cell.fill = Border(), PatternFill()

    def _sheetDelete(self, _none: None) -> None:
        self.book.remove(self._sheet)

    def _addSheet(self, position: int, name: str) -> None:
        self.book.create_sheet(name, position)

    def _activateSheet(self, position: int) -> None:
        self.book.active = position

    def _setShowGridlines(self, shown: bool) -> None:
        self._sheet.sheet_view.showGridLines = shown

    def _setPrintArea(self, address: str) -> None:
        self._sheet.print_area = address

    def _namesAdd(self, name: str, refers_to: str) -> None:
        assert name not in self.book.defined_names
        self.book.defined_names[name] = DefinedName(name, attr_text=refers_to.removeprefix("="))

    def _nameDelete(self, name: str, *_: Any) -> None:
        del self.book.defined_names[name]

    def _addChart(self, name: str, kind: str, _sheet: str, source: str, *rest: Any) -> None:
        self.charts.append({"name": name, "kind": kind, "source": source, "anchor": rest[5]})

    def _deleteChart(self, number: int) -> None:
        del self._sheet._charts[number]

    def _setChartTitle(self, number: int, title: str) -> None:
        self.charts[number]["title"] = title

    def _setChartXAxisValues(self, number: int, _sheet: str, address: str) -> None:
        self.charts[number]["labels"] = address

    def _setChartLegend(self, number: int, attribute: str, value: bool) -> None:
        self.charts[number]["legend", attribute] = value

    def _setChartAxis(self, number: int, axis: str, values: dict[str, Any]) -> None:
        self.charts[number].setdefault(axis, {}).update(values)


def _fill(cell: Any, colour: str | None) -> None:
    if colour is None:
        cell.fill = PatternFill()
        return
    cell.fill = PatternFill("solid", fgColor="FF" + colour.lstrip("#").upper())


def _line(cell: Any, side: str, attribute: str, value: str) -> None:
    border = copy(cell.border)
    line = copy(getattr(border, side)) or Side()
    if attribute == "color":
        line.color = "FF" + value.lstrip("#").upper()
    elif attribute == "weight":
        line.style = value
    elif line.style is None:
        line.style = {"continuous": "thin"}[value]
    setattr(border, side, line)
    cell.border = border
