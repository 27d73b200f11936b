"""One sheet part read: its cells, its formulas, and where their elements stand in the bytes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property, lru_cache
from math import isfinite

from finsam_xl.address import a1, box, column_number, letters, position
from finsam_xl.hosts.ooxml.xmlspans import (
    INSIDE_TAG,
    attributes,
    check_root,
    damaged,
    is_empty_tag,
    only_attributes,
    parser,
    run,
    tag_end,
    unescape,
    unescape_xml,
    whole_number,
)
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import BLANK, Cell, CellError, Value, is_number

Shown = Callable[[int], tuple[bool, str, bool, bool, int]]
"""Of a cell format's number: shows per cent, our colour word, has no fill, shows a date."""
_NUMBERS = ("", "n")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_LONGEST_INTEGER, _LONGEST_INDEX = 300, 10
LONGEST_TEXT = 32_767
"""Characters that a cell has room for."""
_UNREADABLE = CellError("#NUM!")
_TRUE = {"1", "true"}
_LARGEST_BLOCK = 100_000
GIVES_BLOCKS = {"array", "dataTable"}
"""The kinds of formulas whose results more cells may show."""
Place = tuple[int, int]
_KEYS = ("password", "hashValue", "securityDescriptor")
"""What keeps an area for those who know a word, or are let in by name."""
_ROW = re.compile(r"[1-9]\d{0,6}")
_NUMBER = re.compile(rb"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


class Formula(NamedTuple):
    """A formula element: text, kind ('', 'shared', 'array', 'dataTable'), group and range."""

    text: str
    kind: str
    group: str
    area: str


def belonging(place: Place, formula: Formula, cells: Collection[Place]) -> set[Place]:
    """A formula's own cell, and those that show other parts of the block it gives.

    Of a block without end only those of ``cells``, which are the sheet's.
    """
    if formula.kind not in GIVES_BLOCKS or not formula.area:
        return {place}
    top, left, bottom, right = box(formula.area)
    rows, columns = range(top, bottom + 1), range(left, right + 1)
    if len(rows) * len(columns) > _LARGEST_BLOCK:
        return {place, *((r, c) for r, c in cells if r in rows and c in columns)}
    return {place, *((row, column) for row in rows for column in columns)}


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
    Tags as Excel writes them are read fast. A sheet with a single one that is
    written otherwise (spaces round ``=``, other quotes, line breaks, a place left
    out) is read by patterns that know all of XML's ways to write a tag.
    """

    def __init__(self, part: str, data: bytes, texts: Sequence[str], shown: Shown) -> None:
        """``texts``: the shared strings; ``shown``: how a cell format shows its values."""
        self.part = part
        self.data = data
        self.prefix, self._scanned = _checked(part, data)
        self.cells: dict[tuple[int, int], Cell] = {}
        self.formulas: dict[tuple[int, int], Formula] = {}
        self._lost_rows: set[int] = set()
        """Rows whose own number cannot be read: nothing is put into them."""
        self._scan(texts, shown)

    def _scan(self, texts: Sequence[str], shown: Shown) -> None:
        """Read every cell. This is the one loop whose speed a user feels."""
        cells, prefix = self.cells, self.prefix
        formats: dict[bytes, tuple[str, tuple[bool, str, bool, bool, int]]] = {}
        columns = _Columns(part=self.part)
        make = tuple.__new__
        row, last = 0, b""
        elements = self._elements()
        for name, digits, rest, plain, inner in elements:
            known = formats.get(rest)
            if known is None:
                style, kind = _format(rest)
                known = formats[rest] = (kind, shown(style))
            kind, look = known
            column = columns[name]
            if digits != last:
                row, last = _within(_LAST_ROW, int(digits), self.part), digits
            place = (row, column)
            formula: Formula | None = None
            raw = plain
            if inner:
                raw, formula = _content(inner, prefix, kind)
            value: Value = None
            if raw:
                if kind == "s":
                    number = int(raw) if raw.isdigit() and len(raw) < _LONGEST_INDEX else -1
                    if not 0 <= number < len(texts):
                        raise damaged(self.part)
                    value = texts[number]
                elif kind in _NUMBERS:
                    plain_digits = raw.isdigit() and len(raw) < _LONGEST_INTEGER
                    value = int(raw) if plain_digits else _number(raw)
                else:
                    value = _other_value(raw, kind)
            # Through its constructor a cell would take twice as long to make.
            if formula is None:
                cells[place] = make(Cell, (value, None) + look)  # noqa: RUF005 (faster so)
            else:
                self.formulas[place] = formula
                value = value if raw or kind != "str" else _empty_text(inner, prefix)
                cells[place] = make(Cell, (value, formula.text, *look))
        self._see_to_places(len(elements))

    def _see_to_places(self, elements: int) -> None:
        """Make figures unreadable where the sheet says two things of where they stand."""
        if len(self.cells) != elements or not self._rows_agree():
            self._mark_unreadable()

    def _rows_agree(self) -> bool:
        """Whether every row has a number that can be read, and its cells lie in such rows."""
        usual = re.findall(rb'<%srow r="([1-9]\d{0,6})"(?=[\s/>])' % self.prefix, self._scanned)
        if len(usual) == len(re.findall(rb"<%srow[\s/>]" % self.prefix, self._scanned)):
            numbers = set(map(int, usual))
            return (
                max(numbers, default=0) <= _LAST_ROW and {row for row, _ in self.cells} <= numbers
            )
        tags = re.findall(rb"<%srow(?=[\s/>])(%s)>" % (self.prefix, INSIDE_TAG), self._scanned)
        return all(_row_number(tag, 1) for tag in tags)

    def _mark_unreadable(self) -> None:
        """Figures in a row whose number says nothing, or another thing than they, or told twice."""
        row, column, given, seen = 0, 0, True, set[tuple[int, int]]()
        for match in _row_or_cell(self.prefix).finditer(self._scanned):
            if match["row"] is not None:
                number = _row_number(match["row"], row + 1)
                row, given, column = number or row + 1, number is not None, 0
                continue
            place = self._address(match["cell"], a1(max(row, 1), column + 1))
            column = place[1]
            if place not in self.cells:
                continue  # outside the sheet's rows: what is read does not know of it
            value = self.cells[place].value
            if place in seen or (is_number(value) and (not given or place[0] != row)):
                self.cells[place] = self.cells[place]._replace(value=_UNREADABLE)
            if not given:
                self._lost_rows.add(place[0])
            seen.add(place)

    def _elements(self) -> list[tuple[bytes, bytes, bytes, bytes, bytes]]:
        """Column, row, other attributes, plain value and other content of every cell."""
        found = _usual_cell(self.prefix).findall(self._scanned)
        usual = (
            all(element[0] for element in found)
            and all(only_attributes(rest) for rest in {element[2] for element in found})
            and len(found) == len(_cell_start(self.prefix).findall(self._scanned))
        )
        if usual:
            return found
        return [
            (letters(column).encode(), b"%d" % row, cell["cell"] or b"", b"", cell["inner"] or b"")
            for (row, column), cell in self._placed()
        ]

    def _placed(self) -> Iterator[tuple[tuple[int, int], re.Match[bytes]]]:
        """Every cell element with its place, also where the address is left out."""
        row = column = 0
        for match in _row_or_cell(self.prefix).finditer(self._scanned):
            if match["row"] is not None:
                row, column = _row_number(match["row"], row + 1) or row + 1, 0
                continue
            row, column = self._address(match["cell"], a1(row, column + 1))
            yield (row, column), match

    def _address(self, tag: bytes, otherwise: str) -> tuple[int, int]:
        """Row and column that a cell's tag gives, or those it follows."""
        try:
            row, column = position(_attribute(tag, "r") or otherwise)
        except ValueError as error:
            raise damaged(self.part) from error
        _within(_LAST_ROW, row, self.part)
        return row, _within(_LAST_COLUMN, column, self.part)

    @cached_property
    def _starts(self) -> dict[tuple[int, int], int]:
        starts = [match.start() for match in _cell_start(self.prefix).finditer(self._scanned)]
        if len(starts) == len(self.cells):
            return dict(zip(self.cells, starts, strict=True))
        return {place: match.start() for place, match in self._placed()}

    def start(self, place: tuple[int, int]) -> int:
        """Where a cell's element starts."""
        return self._starts[place]

    def raw(self, place: tuple[int, int]) -> RawCell:
        """The element of a cell."""
        match = _row_or_cell(self.prefix).match(self._scanned, self._starts[place])
        if match is None:
            raise damaged(self.part)
        start, end = match.span()
        style, _ = _format(match["cell"])
        formula = _formula_element(match["inner"] or b"", self.prefix)
        opened = tag_end(self._scanned, start)
        return RawCell(start, opened, end, style, formula.group() if formula else b"")

    def shared_text(self, place: tuple[int, int]) -> int | None:
        """The number of the shared text that a cell shows; ``None`` for any other cell."""
        if type(self.cells.get(place, BLANK).value) is not str:
            return None
        raw = self.raw(place)
        element = self._scanned[raw.start : raw.end]
        _, kind = _format(element[: raw.open_end - raw.start])
        content, _ = _content(element[raw.open_end - raw.start :], self.prefix, kind)
        return int(content) if kind == "s" and content.isdigit() else None

    @cached_property
    def hides_rows(self) -> bool:
        """Whether any row is hidden, by hand or by a filter."""
        tags = re.finditer(rb"<%srow(?=[\s/>])(%s)>" % (self.prefix, INSIDE_TAG), self._scanned)
        return any(_attribute(tag[1], "hidden") in _TRUE for tag in tags)

    @cached_property
    def hidden_rows(self) -> frozenset[int]:
        """The rows that are hidden one by one: in no outline, and on a sheet without a filter."""
        if not self.hides_rows or re.search(rb"<%sautoFilter[\s/>]" % self.prefix, self._scanned):
            return frozenset()
        tags = {number: self._scanned[start:end] for number, (start, end) in self._rows.items()}
        return frozenset(
            number
            for number, tag in tags.items()
            if _attribute(tag, "hidden") in _TRUE and not _attribute(tag, "outlineLevel")
        )

    @property
    def is_protected(self) -> bool:
        """Whether a person has protected the sheet against changes."""
        tags = re.finditer(
            rb"<%ssheetProtection(?=[\s/>])(%s)>" % (self.prefix, INSIDE_TAG), self._scanned
        )
        return any(_attribute(tag[1], "sheet") in _TRUE for tag in tags)

    @cached_property
    def open_areas(self) -> list[tuple[int, int, int, int]]:
        """The areas of a protected sheet that anybody may write in without a password."""
        tags = re.findall(
            rb"<%sprotectedRange(?=\s)(%s)>" % (self.prefix, INSIDE_TAG), self._scanned
        )
        areas = [
            area
            for tag in tags
            if not any(_attribute(tag, name) for name in _KEYS)
            for area in _attribute(tag, "sqref").split()
        ]
        return [box(area) for area in areas if _area(area)]

    @cached_property
    def merged(self) -> list[str]:
        """Merged ranges, as they are written."""
        tags = re.findall(rb"<%smergeCell(?=\s)(%s)>" % (self.prefix, INSIDE_TAG), self._scanned)
        return [ref for tag in tags if (ref := _area(_attribute(tag, "ref")))]

    @cached_property
    def _rows(self) -> dict[int, tuple[int, int]]:
        """Start and end of each row's start tag, by its number."""
        found: dict[int, tuple[int, int]] = {}
        number = 0
        pattern = rb"<%srow(?=[\s/>])(%s)>" % (self.prefix, INSIDE_TAG)
        for match in re.finditer(pattern, self._scanned):
            given = _row_number(match[1], number + 1)
            number = given or number + 1
            if given is not None:
                found[number] = match.span()
        return found

    @cached_property
    def _row_numbers(self) -> list[int]:
        return sorted(self._rows)

    def row(self, number: int) -> RawRow | None:
        """The element of a row, if it has one."""
        if number in self._lost_rows:
            raise damaged(f"{self.part}, rad {number}")
        if number not in self._rows:
            return None
        start, opened = self._rows[number]
        return RawRow(start, opened, *self._closing(_row_end(self.prefix), opened))

    def row_start_after(self, number: int) -> int | None:
        """Where the element of the next row below starts, if there is any."""
        following = bisect_right(self._row_numbers, number)
        if following == len(self._row_numbers):
            return None
        return self._rows[self._row_numbers[following]][0]

    def _closing(self, closing: re.Pattern[bytes], opened: int) -> tuple[int, int]:
        """Start and end of the tag that closes an element; both ``opened`` for an empty tag."""
        if is_empty_tag(self._scanned, opened):
            return opened, opened
        match = closing.search(self._scanned, opened)
        if match is None:
            raise damaged(self.part)
        return match.span()

    @cached_property
    def sheet_data(self) -> RawRow:
        """The element that holds the rows."""
        pattern = rb"<%ssheetData(?=[\s/>])(%s)>" % (self.prefix, INSIDE_TAG)
        opening = re.search(pattern, self._scanned)
        if opening is None:
            raise damaged(self.part)
        start, opened = opening.span()
        closing = re.compile(rb"</%ssheetData\s*>" % self.prefix)
        return RawRow(start, opened, *self._closing(closing, opened))


def _row_number(tag: bytes, otherwise: int) -> int | None:
    """The number that a row's tag gives, or the one it follows; ``None`` for one unreadable."""
    given = _attribute(tag, "r") or str(otherwise)
    return int(given) if _ROW.fullmatch(given) and int(given) <= _LAST_ROW else None


class _Columns(dict[bytes, int]):
    """Column numbers by their letters, worked out once each."""

    def __init__(self, *, part: str) -> None:
        super().__init__()
        self._part = part

    def __missing__(self, name: bytes) -> int:
        self[name] = _within(_LAST_COLUMN, column_number(name.decode()), self._part)
        return self[name]


def _within(limit: int, number: int, part: str) -> int:
    """A row's or column's number, unless no sheet has room for it."""
    if number > limit:
        raise damaged(part)
    return number


def _checked(part: str, data: bytes) -> tuple[bytes, bytes]:
    """The part's prefix, and its bytes with comments blanked out, of the same length.

    Raises ``WorkbookError`` for unsound XML, and for CDATA, which no spreadsheet
    program writes in a sheet and which could hide a tag.
    """
    made = parser(part)
    prefix = b""
    comments: list[int] = []

    def root(name: str, given: dict[str, str]) -> None:
        nonlocal prefix
        check_root(name, given, part, "worksheet")
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
def _usual_cell(prefix: bytes) -> re.Pattern[bytes]:
    """A cell as Excel writes it: column, row, other attributes, plain value or content."""
    return re.compile(
        rb'<%(p)sc(?=[\s/>])(?: r="([A-Z]{1,3})(\d{1,7})")?([^>/]*)'
        rb"(?:/>|><%(p)sv>([^<]*)</%(p)sv></%(p)sc>|>(.*?)</%(p)sc\s*>)" % {b"p": prefix},
        re.DOTALL,
    )


@lru_cache
def _cell_start(prefix: bytes) -> re.Pattern[bytes]:
    """What every cell element starts with."""
    return re.compile(rb"<%sc[\s/>]" % prefix)


@lru_cache
def _row_end(prefix: bytes) -> re.Pattern[bytes]:
    """The tag that closes a row."""
    return re.compile(rb"</%srow\s*>" % prefix)


@lru_cache
def _row_or_cell(prefix: bytes) -> re.Pattern[bytes]:
    """The start tag of a row, or a whole cell element: attributes and content."""
    return re.compile(
        rb"<%(p)s(?:row(?=[\s/>])(?P<row>%(t)s)>"
        rb"|c(?=[\s/>])(?P<cell>%(t)s)(?:(?<=/)>|(?<!/)>(?P<inner>.*?)</%(p)sc\s*>))"
        % {b"p": prefix, b"t": INSIDE_TAG},
        re.DOTALL,
    )


def _empty_text(inner: bytes, prefix: bytes) -> str | None:
    """The result of a formula of text: an empty one where an empty value is stored, or none."""
    return "" if re.search(rb"<%(p)sv(?=[\s/>])" % {b"p": prefix}, inner) else None


def _formula_element(inner: bytes, prefix: bytes) -> re.Match[bytes] | None:
    pattern = rb"<%(p)sf(?=[\s/>])(%(t)s)(?:(?<=/)>|(?<!/)>([^<]*)</%(p)sf\s*>)" % {
        b"p": prefix,
        b"t": INSIDE_TAG,
    }
    return re.search(pattern, inner)


def _format(rest: bytes) -> tuple[int, str]:
    """Style number and type of a cell tag; what is no style number counts as none."""
    return whole_number(_attribute(rest, "s")), _attribute(rest, "t")


def _attribute(tag: bytes, name: str) -> str:
    """An attribute of a tag, '' if it has none of that name."""
    value = dict(attributes(tag)).get(name, b"''")
    return _text(value[1:-1]).strip()


def _area(text: str) -> str:
    """A range as it is written, '' where it is none that a sheet has room for."""
    try:
        _, _, row, column = box(text)
    except ValueError:
        return ""
    return text if row <= _LAST_ROW and column <= _LAST_COLUMN else ""


def _content(inner: bytes, prefix: bytes, kind: str) -> tuple[bytes, Formula | None]:
    """Raw value and formula of a cell that holds more than a plain value."""
    formula = None
    names = {b"p": prefix, b"t": INSIDE_TAG}
    found = _formula_element(inner, prefix)
    if found:
        given = {name: _text(value[1:-1]) for name, value in attributes(found.group(1))}
        formula = Formula(
            _text(found.group(2) or b""),
            given.get("t", ""),
            given.get("si", ""),
            _area(given.get("ref", "")),
        )
    if kind == "inlineStr":
        return b"".join(
            re.findall(rb"<%(p)st(?=[\s>])%(t)s>([^<]*)</%(p)st\s*>" % names, inner)
        ), formula
    value = re.search(rb"<%(p)sv(?=[\s>])%(t)s>([^<]*)</%(p)sv\s*>" % names, inner)
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


def _number(raw: bytes) -> Value:
    """A number; what is none, or larger than a cell can hold, is an error and never blank."""
    text = raw.strip()
    if not text:
        return None
    if _NUMBER.fullmatch(text):
        number = float(text)
        if isfinite(number):
            return number
    return _UNREADABLE
