"""The rows of an amount table: what stands in them, and which totals are sums of what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import NamedTuple

from styles import PERCENT
from tables import document_rows, percent

Lines = list[dict[str, str]]
Amount = float | str | None  # a text where the document prints one, as "Inga"

_CODE = "code"
_EXACT = 1e-9  # shares are fractions of whole percents


class Column(NamedTuple):
    """A column of amounts; without a name in the CSV it is left for the office to fill.

    A column that shows percent holds fractions. One named ``code`` holds the
    references to the notes, which then do not stand before the label.
    """

    heading: str | int
    name: str = ""
    above: str | int | None = None
    summed: bool = True
    look: str = "count"
    number_format: str = "#,##0"
    width: float = 13


class Table(NamedTuple):
    """How a document prints one of its tables.

    ``sections`` gives the headings printed above a section of the CSV where they
    are not its own name, ``labels`` what is printed for a line where it is not
    the CSV's text, and ``totals`` what a total consists of where that is not the
    lines of its section. A part with a leading minus is subtracted.
    """

    source: str
    columns: tuple[Column, ...]
    heading: str = ""
    sections: Mapping[str, tuple[str, ...]] = {}
    labels: Mapping[str, str] = {}
    totals: Mapping[str, tuple[str, ...]] = {}
    dashed: bool = False
    undashed: tuple[str, ...] = ()
    grey_blanks: bool = False


class Part(NamedTuple):
    """A row that a total adds, or subtracts if the sign is −1."""

    row: int
    sign: int


class Row(NamedTuple):
    """A printed row; a section has neither amounts nor parts."""

    label: str
    kind: str  # section, line, part, group or total
    amounts: tuple[Amount, ...] = ()
    parts: tuple[Part, ...] = ()


def printed_rows(table: Table) -> list[Row]:
    """Give the rows of a table in the order of the document."""
    lines = document_rows(table.source)
    rows: list[Row | int] = []
    shown: tuple[str, ...] = ()
    for at, line in enumerate(lines):
        path = table.sections.get(line["section"], tuple(line["section"].split(" / ")))
        known = _shared(shown, path)
        rows += (Row(heading, "section") for heading in path[known:])
        rows.append(at)
        shown = path or shown
    places = {row: index for index, row in enumerate(rows) if isinstance(row, int)}
    return [_row(table, lines, row, places) if isinstance(row, int) else row for row in rows]


def _shared(shown: tuple[str, ...], path: tuple[str, ...]) -> int:
    """Count the headings that already stand above."""
    return len(list(takewhile(bool, (a == b for a, b in zip(shown, path, strict=False)))))


def _row(table: Table, lines: Lines, at: int, places: Mapping[int, int]) -> Row:
    """Put together the row of one line of the CSV."""
    line = lines[at]
    parts = tuple(_parts(table, lines, at))
    return Row(
        _label(table, line),
        _kind(lines, at, parts),
        tuple(_amount(line, column) for column in table.columns),
        tuple(Part(places[part.row], part.sign) for part in parts),
    )


def _amount(line: Mapping[str, str], column: Column) -> Amount:
    """Give what stands in a cell: a whole number where it is one."""
    text = line[column.name] if column.name else ""
    if column.number_format == PERCENT:
        return percent(text)
    if column.name == _CODE:
        text = text.removeprefix("Not ")
    return int(text) if text.removeprefix("-").isdigit() else text or None


def _label(table: Table, line: Mapping[str, str]) -> str:
    """Give a line's label with its code and its dash, where the document prints them."""
    name = line["line"]
    if name in table.labels:
        return table.labels[name]
    if line[_CODE] and all(column.name != _CODE for column in table.columns):
        return f"{line['code']}, {name}"
    has_dash = table.dashed and line["level"] != "0" and line["section"] not in table.undashed
    return f"- {name}" if has_dash else name


def _kind(lines: Lines, at: int, parts: tuple[Part, ...]) -> str:
    """Tell lines, parts of lines, totals, and groups, which stand before what they sum."""
    line = lines[at]
    if line["is_total"] == "0":
        return "part" if line["level"] == "2" else "line"
    if parts and parts[0].row < at:
        return "total"
    has_details = bool(parts) and lines[at + 1]["line"].startswith("varav ")
    return "line" if has_details else "group"


def _parts(table: Table, lines: Lines, at: int) -> Iterator[Part]:
    """Say what a total consists of, by index in the CSV."""
    line = lines[at]
    if line["is_total"] == "0":
        return
    if line["line"] in table.totals:
        for name in table.totals[line["line"]]:
            sign = -1 if name.startswith("-") else 1
            yield Part(_find(lines, name.removeprefix("-")), sign)
    elif line["level"] == "1":
        for index in range(at + 1, len(lines)):
            if lines[index]["level"] != "2":
                break
            yield Part(index, 1)
    else:
        for index, other in enumerate(lines):
            if other["section"] == line["section"] and other["level"] == "1":
                yield Part(index, 1)


def _find(lines: Lines, name: str) -> int:
    """Find the one line with a name, written ``section: line`` where the line recurs."""
    section, separator, label = name.rpartition(": ")
    matches = [
        index
        for index, line in enumerate(lines)
        if line["line"] == label and (not separator or line["section"].endswith(section))
    ]
    if len(matches) != 1:
        raise ValueError(f"{len(matches)} lines are named {name}")
    return matches[0]


def agrees(rows: list[Row], row: Row, col: int) -> bool:
    """Tell whether a printed total is exactly the sum of its parts in a column."""
    total = row.amounts[col]
    amounts = [rows[part.row].amounts[col] or 0 for part in row.parts]
    if not amounts or not isinstance(total, int | float):
        return False
    signed = zip(row.parts, amounts, strict=True)
    added = sum(part.sign * amount for part, amount in signed if not isinstance(amount, str))
    return abs(total - added) < _EXACT
