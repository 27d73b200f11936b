"""One sheet part read: its cells, its formulas, and where their elements stand in the bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from finsam_xl.address import a1, column_number, letters, position
from finsam_xl.hosts.ooxml.xmlspans import (
    attributes,
    damaged,
    is_empty_tag,
    parser,
    run,
    unescape,
    unescape_xml,
)
from finsam_xl.sheets.grid import Cell, CellError, Value

Shown = Callable[[int], tuple[bool, str, bool, bool]]
"""Of a cell format's number: shows per cent, our colour word, has no fill, shows a date."""
_NUMBERS = ("", "n")


class Formula(NamedTuple):
    """A formula element: text, kind ('', 'shared', 'array', 'dataTable'), group and range."""

    text: str
    kind: str
    group: str
    area: str


class RawCell(NamedTuple):
    """A cell element: offsets of its tags, its style, and its formula's bytes."""

    start: int
    open_end: int
    end: int
    style: int
    formula: bytes


class RawRow(NamedTuple):
    """A row element: offsets of its tags; ``close`` equals ``end`` for an empty tag."""

    start: int
    open_end: int
    close: int
    end: int


class SheetPart:
    """The cells of a sheet part by (row, column), with their places in the bytes.

    expat checks that the part is sound XML; the cells are then found by their
    tags, which is safe because neither comments nor CDATA are left to hide one.
    """

    def __init__(self, part: str, data: bytes, texts: Sequence[str], shown: Shown) -> None:
        """``texts``: the shared strings; ``shown``: how a cell format shows its values."""
        self.part = part
        self.data = data
        self.prefix, self._scanned = _checked(part, data)
        self.cells: dict[tuple[int, int], Cell] = {}
        self.formulas: dict[tuple[int, int], Formula] = {}
        self._scan(texts, shown)

    def _scan(self, texts: Sequence[str], shown: Shown) -> None:
        """Read every cell. This is the one loop whose speed a user feels."""
        cells, prefix = self.cells, self.prefix
        formats: dict[bytes, tuple[str, tuple[bool, str, bool, bool]]] = {}
        columns: dict[bytes, int] = {}
        make = tuple.__new__
        row, last = 0, b""
        for name, digits, rest, plain, inner in self._elements():
            known = formats.get(rest)
            if known is None:
                style, kind = _format(rest)
                known = formats[rest] = (kind, shown(style))
            kind, look = known
            column = columns.get(name)
            if column is None:
                column = columns[name] = column_number(name.decode())
            row = row if digits == last else int(digits)
            last = digits
            place = (row, column)
            formula: Formula | None = None
            raw = plain
            if inner:
                raw, formula = _content(inner, prefix, kind)
            value: Value = None
            if raw:
                if kind == "s":
                    number = int(raw) if raw.isdigit() else -1
                    if not 0 <= number < len(texts):
                        raise damaged(self.part)
                    value = texts[number]
                elif kind in _NUMBERS:
                    value = int(raw) if raw.isdigit() else _number(raw)
                else:
                    value = _other_value(raw, kind)
            # Through its constructor a cell would take twice as long to make.
            if formula is None:
                cells[place] = make(Cell, (value, None) + look)  # noqa: RUF005 (faster so)
            else:
                self.formulas[place] = formula
                value = value if raw or kind != "str" else _empty_text(inner, prefix)
                cells[place] = make(Cell, (value, formula.text, *look))

    def _elements(self) -> list[tuple[bytes, bytes, bytes, bytes, bytes]]:
        """Column, row, other attributes, plain value and other content of every cell."""
        found = _cell_pattern(self.prefix).findall(self._scanned)
        if all(element[0] for element in found):
            return found
        return [
            (letters(column).encode(), b"%d" % row, rest or b"", plain or b"", inner or b"")
            for (row, column), match in self._placed()
            for _, _, rest, plain, inner in [match.groups()]
        ]

    def _placed(self) -> Iterator[tuple[tuple[int, int], re.Match[bytes]]]:
        """Every cell element with its place, also where the address is left out or last."""
        row = column = 0
        for match in _row_or_cell(self.prefix).finditer(self._scanned):
            if match.lastgroup == "row":
                row = _address(match.group("row"), b"%d" % (row + 1))[0]
                column = 0
                continue
            cell = _cell_pattern(self.prefix).match(self._scanned, match.start())
            if cell is None:
                raise damaged(self.part)
            row, column = _address(match.group("cell"), a1(row, column + 1).encode())
            yield (row, column), cell

    @cached_property
    def _starts(self) -> dict[tuple[int, int], int]:
        return {place: match.start() for place, match in self._placed()}

    def start(self, place: tuple[int, int]) -> int:
        """Where a cell's element starts."""
        return self._starts[place]

    def raw(self, place: tuple[int, int]) -> RawCell:
        """The element of a cell."""
        match = _cell_pattern(self.prefix).match(self._scanned, self._starts[place])
        if match is None:
            raise damaged(self.part)
        start, end = match.span()
        opened = end
        if not is_empty_tag(self._scanned, end) or match.group(4) or match.group(5):
            opened = self._scanned.index(b">", start) + 1
        style, _ = _format(match.group(3))
        formula = _formula_element(match.group(5) or b"", self.prefix)
        return RawCell(start, opened, end, style, formula.group() if formula else b"")

    @cached_property
    def merged(self) -> list[str]:
        """Merged ranges, as they are written."""
        pattern = rb"""<%smergeCell\s[^>]*?ref=["']([^"']+)["']""" % self.prefix
        return [ref.decode() for ref in re.findall(pattern, self._scanned)]

    @cached_property
    def rows(self) -> dict[int, RawRow]:
        """The row elements by number."""
        found: dict[int, RawRow] = {}
        number = 0
        pattern = rb"<%srow(?=[\s/>])([^>]*)>" % self.prefix
        closing = b"</%srow>" % self.prefix
        for match in re.finditer(pattern, self._scanned):
            given = re.search(rb"""\sr=["'](\d+)["']""", match.group(1))
            number = int(given.group(1)) if given else number + 1
            start, opened = match.span()
            close = end = opened
            if not is_empty_tag(self._scanned, opened):
                close = self._scanned.index(closing, opened)
                end = close + len(closing)
            found[number] = RawRow(start, opened, close, end)
        return found

    @cached_property
    def sheet_data(self) -> RawRow:
        """The element that holds the rows."""
        opening = re.search(rb"<%ssheetData(?=[\s/>])[^>]*>" % self.prefix, self._scanned)
        if opening is None:
            raise damaged(self.part)
        start, opened = opening.span()
        if is_empty_tag(self._scanned, opened):
            return RawRow(start, opened, opened, opened)
        closing = b"</%ssheetData>" % self.prefix
        close = self._scanned.index(closing, opened)
        return RawRow(start, opened, close, close + len(closing))


def _checked(part: str, data: bytes) -> tuple[bytes, bytes]:
    """The part's prefix, and its bytes with comments blanked out, of the same length.

    Raises ``WorkbookError`` for unsound XML, and for CDATA, which no spreadsheet
    program writes in a sheet and which could hide a tag.
    """
    made = parser(part)
    prefix = b""
    comments: list[int] = []

    def root(name: str, _attributes: dict[str, str]) -> None:
        nonlocal prefix
        prefix = name[: -len("worksheet")].encode()
        made.StartElementHandler = None

    def refuse() -> None:
        raise damaged(part)

    made.StartElementHandler = root
    made.StartCdataSectionHandler = refuse
    made.CommentHandler = lambda _text: comments.append(made.CurrentByteIndex)
    made.ProcessingInstructionHandler = lambda *_: comments.append(made.CurrentByteIndex)
    run(made, data, part)
    if not comments:
        return prefix, data
    blanked = bytearray(data)
    for start in comments:
        closing = b"-->" if data.startswith(b"<!--", start) else b"?>"
        end = data.index(closing, start) + len(closing)
        blanked[start:end] = b" " * (end - start)
    return prefix, bytes(blanked)


@lru_cache
def _cell_pattern(prefix: bytes) -> re.Pattern[bytes]:
    """A cell element: column, row, other attributes, and its plain value or its content."""
    return re.compile(
        rb'<%(p)sc(?=[\s/>])(?: r="([A-Z]{1,3})(\d+)")?([^>/]*)'
        rb"(?:/>|><%(p)sv>([^<]*)</%(p)sv></%(p)sc>|>(.*?)</%(p)sc>)" % {b"p": prefix},
        re.DOTALL,
    )


def _empty_text(inner: bytes, prefix: bytes) -> str | None:
    """The result of a formula of text: an empty one where an empty value is stored, or none."""
    return "" if re.search(rb"<%(p)sv(?=[\s/>])" % {b"p": prefix}, inner) else None


def _formula_element(inner: bytes, prefix: bytes) -> re.Match[bytes] | None:
    pattern = rb"<%(p)sf(?=[\s/>])([^>]*?)(?:/>|>([^<]*)</%(p)sf>)" % {b"p": prefix}
    return re.search(pattern, inner)


@lru_cache
def _row_or_cell(prefix: bytes) -> re.Pattern[bytes]:
    """The start tag of a row or of a cell, with its attributes."""
    return re.compile(rb"<%(p)s(?:row(?P<row>\s[^>]*|)|c(?P<cell>\s[^>]*|))/?>" % {b"p": prefix})


def _address(tag: bytes, otherwise: bytes) -> tuple[int, int]:
    """Row and column that a tag's ``r`` gives (column 0 for a row), or those it follows."""
    given = re.search(rb"""\sr=["']([A-Za-z]*\d+)["']""", tag)
    address = (given.group(1) if given else otherwise).decode()
    return (int(address), 0) if address.isdigit() else position(address)


def _format(rest: bytes) -> tuple[int, str]:
    """Style number and type of a cell tag."""
    given = dict(attributes(rest))
    return int(given.get("s", b"'0'")[1:-1]), given.get("t", b"''")[1:-1].decode()


def _content(inner: bytes, prefix: bytes, kind: str) -> tuple[bytes, Formula | None]:
    """Raw value and formula of a cell that holds more than a plain value."""
    formula = None
    names = {b"p": prefix}
    found = _formula_element(inner, prefix)
    if found:
        given = {name: _text(value[1:-1]) for name, value in attributes(found.group(1))}
        formula = Formula(
            _text(found.group(2) or b""),
            given.get("t", ""),
            given.get("si", ""),
            given.get("ref", ""),
        )
    if kind == "inlineStr":
        return b"".join(
            re.findall(rb"<%(p)st(?:\s[^>]*)?>([^<]*)</%(p)st>" % names, inner)
        ), formula
    value = re.search(rb"<%(p)sv(?:\s[^>]*)?>([^<]*)</%(p)sv>" % names, inner)
    return (value.group(1) if value else b""), formula


def _text(raw: bytes) -> str:
    """Element content as text: UTF-8 and XML's references undone."""
    return unescape_xml(raw.decode())


def _other_value(raw: bytes, kind: str) -> Value:
    """The value of a truth value, an error or a text of its own."""
    if kind == "b":
        return raw.strip() in (b"1", b"true")
    text = _text(raw)
    return CellError(text) if kind == "e" else unescape(text)


def _number(raw: bytes) -> float | None:
    try:
        return float(raw)
    except ValueError:
        return None
