"""One sheet part: where its cells stand, what they hold, and how to change a few of them.

Everything outside the touched ``<c>`` elements keeps its bytes. A formula keeps
its ``<f>``; only its stored result may change.
"""

from __future__ import annotations

from typing import NamedTuple

from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml.xmlspans import (
    Patch,
    escape,
    is_empty_tag,
    parser,
    patched,
    run,
    tag_end,
    unescape,
    with_attribute,
)
from finsam_xl.sheets.address import a1, position
from finsam_xl.sheets.grid import CellError, Value


class Formula(NamedTuple):
    """A formula element: text, kind ('', 'shared', 'array', 'dataTable'), group and range."""

    text: str
    kind: str
    group: str
    area: str


class RawCell(NamedTuple):
    """A cell element: offsets of its tags and of its formula, style, type and raw value."""

    start: int
    open_end: int
    end: int
    style: int
    kind: str
    raw: str | None
    formula: Formula | None
    formula_span: tuple[int, int] | None


class RawRow(NamedTuple):
    """A row element: offsets of its tags; ``close`` equals ``end`` for an empty tag."""

    start: int
    open_end: int
    close: int
    end: int


class SheetPart:
    """The cells of a sheet part by (row, column), with their places in the bytes."""

    def __init__(self, part: str, data: bytes) -> None:
        self.part = part
        self.data = data
        self.cells: dict[tuple[int, int], RawCell] = {}
        self.rows: dict[int, RawRow] = {}
        self.merged: list[str] = []
        self.sheet_data: RawRow | None = None
        self.prefix = b""
        _Scanner(self).scan()

    def formulas(self) -> dict[tuple[int, int], Formula]:
        """The cells that hold a formula."""
        return {place: c.formula for place, c in self.cells.items() if c.formula is not None}

    def with_cells(self, new: dict[tuple[int, int], NewCell]) -> bytes:
        """The part with some cells changed or added, every other byte as it was."""
        patches: list[Patch] = []
        added: dict[int, list[tuple[int, NewCell]]] = {}
        for (row, column), cell in new.items():
            known = self.cells.get((row, column))
            if known is None:
                added.setdefault(row, []).append((column, cell))
            else:
                patches.append(Patch(known.start, known.end, self._changed(known, cell)))
        for row in sorted(added):
            patches += self._insertions(row, sorted(added[row], key=lambda pair: pair[0]))
        return patched(self.data, _merged_insertions(patches))

    def _changed(self, known: RawCell, cell: NewCell) -> bytes:
        tag = self.data[known.start : known.open_end]
        is_empty = tag.endswith(b"/>")
        if is_empty:
            tag = tag[: tag.rindex(b"/>")].rstrip() + b">"
        if cell.style is not None:
            tag = with_attribute(tag, "s", str(cell.style))
        if cell.keeps_value:
            inner = b"" if is_empty else self.data[known.open_end : known.end]
            return tag[:-1] + b"/>" if is_empty else tag + inner
        tag = with_attribute(tag, "t", cell.kind or None)
        formula = b""
        if known.formula_span is not None:
            formula = self.data[slice(*known.formula_span)]
        inner = formula + self._content(cell)
        if not inner:
            return tag[:-1] + b"/>"
        return tag + inner + b"</%sc>" % self.prefix

    def _content(self, cell: NewCell) -> bytes:
        if cell.raw is None:
            return b""
        if cell.kind == "inlineStr":
            p = self.prefix
            text = escape(cell.raw)
            return b'<%sis><%st xml:space="preserve">%s</%st></%sis>' % (p, p, text, p, p)
        return b"<%sv>%s</%sv>" % (self.prefix, escape(cell.raw), self.prefix)

    def _fresh(self, row: int, column: int, cell: NewCell) -> bytes:
        tag = b'<%sc r="%s"' % (self.prefix, a1(row, column).encode())
        if cell.style:
            tag += b' s="%d"' % cell.style
        if cell.kind:
            tag += b' t="%s"' % cell.kind.encode()
        content = self._content(cell)
        return tag + (b">" + content + b"</%sc>" % self.prefix if content else b"/>")

    def _insertions(self, row: int, cells: list[tuple[int, NewCell]]) -> list[Patch]:
        fresh = [(column, self._fresh(row, column, cell)) for column, cell in cells]
        known = self.rows.get(row)
        if known is None:
            body = b"".join(text for _, text in fresh)
            whole = b'<%srow r="%d">%s</%srow>' % (self.prefix, row, body, self.prefix)
            return [self._row_insertion(row, whole)]
        if known.close == known.end:
            tag = self.data[known.start : known.open_end]
            opened = tag[: tag.rindex(b"/>")].rstrip() + b">"
            body = b"".join(text for _, text in fresh)
            return [Patch(known.start, known.end, opened + body + b"</%srow>" % self.prefix)]
        here = sorted(c for r, c in self.cells if r == row)
        patches = []
        for column, text in fresh:
            following = next((c for c in here if c > column), None)
            at = known.close if following is None else self.cells[row, following].start
            patches.append(Patch(at, at, text))
        return patches

    def _row_insertion(self, row: int, whole: bytes) -> Patch:
        following = min((r for r in self.rows if r > row), default=None)
        if following is not None:
            at = self.rows[following].start
            return Patch(at, at, whole)
        sheet_data = self.sheet_data
        if sheet_data is None:
            raise WorkbookError(f"Delen {self.part} saknar celler.", remedy="Spara om i Excel.")
        if sheet_data.close == sheet_data.end:
            tag = self.data[sheet_data.start : sheet_data.open_end]
            opened = tag[: tag.rindex(b"/>")].rstrip() + b">"
            closing = b"</%ssheetData>" % self.prefix
            return Patch(sheet_data.start, sheet_data.end, opened + whole + closing)
        return Patch(sheet_data.close, sheet_data.close, whole)


class NewCell(NamedTuple):
    """What a cell is to hold: type attribute and raw content, and its style if it changes."""

    kind: str = ""
    raw: str | None = None
    style: int | None = None
    keeps_value: bool = False


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


class _Scanner:
    """Fills a :class:`SheetPart` in one pass over its bytes.

    The state is kept in attributes of the scanner and read in few places: this
    is the one loop whose speed a user feels.
    """

    def __init__(self, sheet: SheetPart) -> None:
        self.sheet, self.data = sheet, sheet.data
        self.expat = parser(sheet.part)
        self.prefix = ""
        self.row = self.column = 0
        self.row_start = self.row_open = 0
        self.text: list[str] = []
        self.inline: list[str] = []
        self.in_cell = False
        self.begin_cell({}, 0)

    def scan(self) -> None:
        self.expat.StartElementHandler = self.start
        self.expat.EndElementHandler = self.end
        run(self.expat, self.data, self.sheet.part)

    def begin_cell(self, attributes: dict[str, str], at: int) -> None:
        self.cell_start, self.attributes = at, attributes
        self.raw: str | None = None
        self.formula: Formula | None = None
        self.formula_span: tuple[int, int] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.prefix:
            name = name.removeprefix(self.prefix)
        if name == "c":
            self.in_cell = True
            self.begin_cell(attributes, self.expat.CurrentByteIndex)
        elif self.in_cell:
            self.start_inside(name, attributes)
        elif name == "row":
            self.row_start = self.expat.CurrentByteIndex
            self.row_open = tag_end(self.data, self.row_start)
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
        elif name == "mergeCell":
            self.sheet.merged.append(attributes.get("ref", "A1"))
        elif name == "sheetData":
            at = self.expat.CurrentByteIndex
            opened = tag_end(self.data, at)
            self.sheet.sheet_data = RawRow(at, opened, opened, opened)
        elif name.endswith("worksheet"):
            self.prefix = name[: -len("worksheet")]
            self.sheet.prefix = self.prefix.encode()

    def start_inside(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("v", "t", "f"):
            self.text = []
            self.expat.CharacterDataHandler = self.text.append
            if name == "f":
                self.formula_attributes = attributes
                self.formula_start = self.expat.CurrentByteIndex
        elif name == "is":
            self.inline = []

    def end(self, name: str) -> None:
        if self.prefix:
            name = name.removeprefix(self.prefix)
        if self.in_cell:
            if name == "c":
                self.end_cell()
            elif name in ("v", "t", "f"):
                self.end_inside(name)
        elif name == "row":
            end = self.row_open
            close = end
            if not is_empty_tag(self.data, end):
                close = self.expat.CurrentByteIndex
                end = tag_end(self.data, close)
            self.sheet.rows[self.row] = RawRow(self.row_start, self.row_open, close, end)
        elif name == "sheetData" and self.sheet.sheet_data is not None:
            begun = self.sheet.sheet_data
            if not is_empty_tag(self.data, begun.open_end):
                at = self.expat.CurrentByteIndex
                self.sheet.sheet_data = begun._replace(close=at, end=tag_end(self.data, at))

    def end_inside(self, name: str) -> None:
        self.expat.CharacterDataHandler = None
        text = "".join(self.text)
        if name == "v":
            self.raw = text
        elif name == "t":
            self.inline.append(text)
        else:
            get = self.formula_attributes.get
            self.formula = Formula(text, get("t", ""), get("si", ""), get("ref", ""))
            opened = tag_end(self.data, self.formula_start)
            if not is_empty_tag(self.data, opened):
                opened = tag_end(self.data, self.expat.CurrentByteIndex)
            self.formula_span = (self.formula_start, opened)

    def end_cell(self) -> None:
        self.in_cell = False
        data, start, get = self.data, self.cell_start, self.attributes.get
        opened = end = tag_end(data, start)
        if not is_empty_tag(data, opened):
            end = tag_end(data, self.expat.CurrentByteIndex)
        reference = get("r")
        if reference is None:
            self.column += 1
        else:
            self.row, self.column = position(reference)
        kind = get("t", "")
        raw = "".join(self.inline) if kind == "inlineStr" else self.raw
        self.sheet.cells[self.row, self.column] = RawCell(
            start, opened, end, int(get("s", 0)), kind, raw, self.formula, self.formula_span
        )


def value_of(cell: RawCell, texts: list[str]) -> Value:
    """The value a cell stores; ``None`` when it stores none."""
    raw = cell.raw
    if raw is None:
        return None
    kind = cell.kind
    if kind == "s":
        number = int(raw)
        return texts[number] if number < len(texts) else None
    if kind in ("", "n"):
        return _number(raw)
    if kind == "b":
        return raw.strip() in ("1", "true")
    if kind == "e":
        return CellError(raw)
    return unescape(raw)


def _number(raw: str) -> float | int | None:
    try:
        if raw.isdigit():
            return int(raw)
        value = float(raw)
    except ValueError:
        return None
    return value


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
