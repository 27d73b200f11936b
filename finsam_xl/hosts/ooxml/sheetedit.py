"""Changing a few cells of a sheet part: everything outside their elements keeps its bytes.

A formula keeps its ``<f>``; only its stored result may change.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from finsam_xl.address import a1
from finsam_xl.hosts.ooxml.sheetpart import RawCell, SheetPart
from finsam_xl.hosts.ooxml.xmlspans import (
    Patch,
    escape,
    patched,
    with_attribute,
    with_children,
)
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import CellError, SheetGrid, Value

_NUMBER = re.compile(rb"""\st\s*=\s*["']n["']""")


class NewCell(NamedTuple):
    """What a cell is to hold: type attribute and raw content, and its style if it changes.

    ``formula``: the one it gets, of which the content is the result; ``drops_formula``: it
    loses the one it has, which otherwise stays; ``is_gone``: not even a format is left.
    """

    kind: str = ""
    raw: str | None = None
    style: int | None = None
    keeps_value: bool = False
    formula: str | None = None
    drops_formula: bool = False
    is_gone: bool = False


def results_of_now(sheet: SheetGrid) -> dict[tuple[int, int], NewCell]:
    """The results of a sheet's formulas that show old ones, where they are known and no days."""
    now = {place: sheet.cell(*place) for place in sheet.old}
    return {
        place: new_value(cell.value)
        for place, cell in now.items()
        if cell.value is not None and not isinstance(cell.value, CellError) and not cell.dated
    }


def new_value(value: Value) -> NewCell:
    """A stored result or typed number, truth value or error; texts need their own numbering."""
    if value is None:
        return NewCell()
    if isinstance(value, bool):
        return NewCell("b", "1" if value else "0")
    if isinstance(value, CellError):
        return NewCell("e", str(value))
    if isinstance(value, str):
        return NewCell("str", value)
    return NewCell("", repr(value) if not float(value).is_integer() else str(int(value)))


def with_cells(sheet: SheetPart, new: Mapping[tuple[int, int], NewCell]) -> bytes:
    """The part with some cells changed or added, every other byte as it was."""
    return _Edit(sheet).run(new)


class _Edit:
    """Gathers the patches that put new cells into one sheet part."""

    def __init__(self, sheet: SheetPart) -> None:
        self.sheet = sheet

    def run(self, new: Mapping[tuple[int, int], NewCell]) -> bytes:
        """The part with the new cells."""
        patches: list[Patch] = []
        added: dict[int, list[tuple[int, NewCell]]] = {}
        for (row, column), cell in new.items():
            if (row, column) in self.sheet.cells:
                known = self.sheet.raw((row, column))
                text = b"" if cell.is_gone else self._changed(known, cell)
                patches.append(Patch(known.start, known.end, text))
            else:
                added.setdefault(row, []).append((column, cell))
        for row in sorted(added):
            patches += self._insertions(row, sorted(added[row], key=lambda pair: pair[0]))
        return patched(self.sheet.data, _merged_insertions(patches))

    @cached_property
    def _columns(self) -> Mapping[int, list[int]]:
        """The columns of each row that have a cell."""
        columns: dict[int, list[int]] = defaultdict(list)
        for row, column in self.sheet.cells:
            columns[row].append(column)
        return columns

    @cached_property
    def _leaves_open(self) -> bool:
        """Whether the program that wrote the sheet closes empty cells with a tag of its own."""
        prefix = re.escape(self.sheet.prefix)
        open_one = re.search(rb"<%sc\s[^>]*[^/>]></%sc>" % (prefix, prefix), self.sheet.data)
        return open_one is not None and not re.search(rb"<%sc\s[^>]*/>" % prefix, self.sheet.data)

    def _changed(self, known: RawCell, cell: NewCell) -> bytes:
        tag = self.sheet.data[known.start : known.open_end]
        is_empty = tag.endswith(b"/>")
        if is_empty:
            tag = tag[: tag.rindex(b"/>")].rstrip() + b">"
        if cell.style is not None:
            tag = with_attribute(tag, "s", str(cell.style))
        if cell.keeps_value:
            inner = b"" if is_empty else self.sheet.data[known.open_end : known.end]
            return tag[:-1] + b"/>" if is_empty else tag + inner
        if cell.kind or not _NUMBER.search(tag):  # a number may say that it is one
            tag = with_attribute(tag, "t", cell.kind or None)
        formula = known.formula
        if cell.drops_formula:
            # What tells that the formula gives a block, or what an error of it meant.
            tag, formula = with_attribute(with_attribute(tag, "cm", None), "vm", None), b""
        inner = (self._formula(cell) or formula) + self._content(cell)
        if not inner and not self._leaves_open:
            return tag[:-1] + b"/>"
        return tag + inner + b"</%sc>" % self.sheet.prefix

    def _formula(self, cell: NewCell) -> bytes:
        if cell.formula is None:
            return b""
        return b"<%sf>%s</%sf>" % (self.sheet.prefix, escape(cell.formula), self.sheet.prefix)

    def _content(self, cell: NewCell) -> bytes:
        if cell.raw is None:
            return b""
        if cell.kind == "inlineStr":
            p = self.sheet.prefix
            text = escape(cell.raw)
            return b'<%sis><%st xml:space="preserve">%s</%st></%sis>' % (p, p, text, p, p)
        return b"<%sv>%s</%sv>" % (self.sheet.prefix, escape(cell.raw), self.sheet.prefix)

    def _fresh(self, row: int, column: int, cell: NewCell) -> bytes:
        tag = b'<%sc r="%s"' % (self.sheet.prefix, a1(row, column).encode())
        if cell.style:
            tag += b' s="%d"' % cell.style
        if cell.kind:
            tag += b' t="%s"' % cell.kind.encode()
        content = self._formula(cell) + self._content(cell)
        return tag + (b">" + content + b"</%sc>" % self.sheet.prefix if content else b"/>")

    def _insertions(self, row: int, cells: list[tuple[int, NewCell]]) -> list[Patch]:
        fresh = [(column, self._fresh(row, column, cell)) for column, cell in cells]
        known = self.sheet.row(row)
        if known is None:
            body = b"".join(text for _, text in fresh)
            whole = b'<%srow r="%d">%s</%srow>' % (self.sheet.prefix, row, body, self.sheet.prefix)
            return self._row_insertion(row, whole)
        if known.close == known.end:
            body = b"".join(text for _, text in fresh)
            return with_children(self.sheet.data, known, self.sheet.prefix + b"row", body)
        here = sorted(self._columns[row])
        patches = []
        for column, text in fresh:
            following = next((c for c in here if c > column), None)
            at = known.close if following is None else self.sheet.start((row, following))
            patches.append(Patch(at, at, text))
        return patches

    def _row_insertion(self, row: int, whole: bytes) -> list[Patch]:
        at = self.sheet.row_start_after(row)
        if at is not None:
            return [Patch(at, at, whole)]
        name = self.sheet.prefix + b"sheetData"
        return with_children(self.sheet.data, self.sheet.sheet_data, name, whole)


def _merged_insertions(patches: list[Patch]) -> list[Patch]:
    """Patches with those that replace the same empty element joined into one."""
    merged: dict[tuple[int, int], Patch] = {}
    for patch in patches:
        key = (patch.start, patch.end)
        if key in merged and patch.start == patch.end:
            merged[key] = Patch(*key, merged[key].new + patch.new)
        elif key in merged:
            # Two new rows in an empty <sheetData/>: the second goes before the closing tag.
            first = merged[key].new
            at = first.rindex(b"</")
            body = patch.new[patch.new.index(b">") + 1 : patch.new.rindex(b"</")]
            merged[key] = Patch(*key, first[:at] + body + first[at:])
        else:
            merged[key] = patch
    return list(merged.values())
