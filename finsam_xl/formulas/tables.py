"""Excel's tables, and which cells a structured reference means.

>>> known = {"insatser": Table("Blad1", 3, 2, 9, 4, ("Namn", "Budget", "Utfall"))}
>>> table_area("Insatser[Budget]", known, "Blad1")
Area(sheet='Blad1', top=4, left=3, bottom=9, right=3)
>>> table_area("[@Utfall]", known, "Blad1", (5, 3))
Area(sheet='Blad1', top=5, left=4, bottom=5, right=4)
>>> with_addresses("SUBTOTAL(109,Insatser[Budget])", known, "Blad1", (10, 3))
'SUBTOTAL(109,C4:C9)'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from finsam_xl.address import on_sheet, span
from finsam_xl.formulas.blocks import Area
from finsam_xl.formulas.tokens import Kind, tokens
from finsam_xl.records import NamedTuple

_OUTER = re.compile(r"(?P<name>[^\[]*)(?:\[(?P<inner>.*)\])?", re.DOTALL)
_PART = re.compile(r"\[((?:'.|[^\[\]'])*)\]")
_ESCAPED = re.compile(r"'(.)")
_OWN_ROW = "#this row"


class Table(NamedTuple):
    """A table of a sheet: its block with headings and totals, and its columns' names."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int
    columns: tuple[str, ...]
    headings: int = 1
    totals: int = 0

    def rows(self, item: str, row: int | None) -> tuple[int, int] | None:
        """First and last row of what an item such as '#Headers' means; none where it has none."""
        first, last = self.top + self.headings, self.bottom - self.totals
        found = {
            "": (first, last),
            "#data": (first, last),
            "#all": (self.top, self.bottom),
            "#headers": (self.top, first - 1),
            "#totals": (last + 1, self.bottom),
            # The row is not always known: then it may be any.
            _OWN_ROW: (first, last) if row is None else (row, row),
        }.get(item)
        return found if found and found[0] <= found[1] else None

    def holds(self, sheet: str, place: tuple[int, int]) -> bool:
        """Whether a cell lies in it."""
        return (
            sheet.lower() == self.sheet.lower()
            and self.top <= place[0] <= self.bottom
            and self.left <= place[1] <= self.right
        )


def table_area(
    text: str, tables: Mapping[str, Table], sheet: str, place: tuple[int, int] | None = None
) -> Area | None:
    """The block that a table's name or a structured reference means; ``None`` if nobody knows.

    ``tables``: name in lower case → table; ``sheet`` and ``place``: where the formula stands.
    """
    match = _OUTER.fullmatch(text)
    if match is None:
        return None
    table = _table(match["name"], tables, sheet, place)
    if table is None:
        return None
    row = place[0] if place else None
    told = list(_told(match["inner"] or ""))
    items = [one.lower() for one in told if one.startswith("#")] or [""]
    rows = [span for item in items if (span := table.rows(item, row))]
    columns = _columns(table, [_ESCAPED.sub(r"\1", one) for one in told if one[0] != "#"])
    if len(rows) < len(items) or columns is None:
        return None
    top, bottom = min(first for first, _ in rows), max(last for _, last in rows)
    return Area(table.sheet, top, columns[0], bottom, columns[1])


def with_addresses(
    formula: str, tables: Mapping[str, Table], sheet: str, place: tuple[int, int]
) -> str:
    """A formula with addresses for the tables it names, as far as anybody knows them."""
    written = []
    before = ""
    for kind, text in tokens(formula):
        area = None
        if kind in (Kind.TABLE, Kind.NAME) and before != Kind.PREFIX:
            area = table_area(text, tables, sheet, place)
        written.append(text if area is None else _address(area, sheet))
        before = kind
    return "".join(written)


def _address(area: Area, sheet: str) -> str:
    address = span(area.top, area.left, area.bottom, area.right)
    return address if area.sheet.lower() == sheet.lower() else on_sheet(area.sheet, address)


def _told(inner: str) -> Iterator[str]:
    """The items and columns within the outer brackets, as they are written."""
    if inner.startswith("@"):
        yield _OWN_ROW
        inner = inner[1:]
    parts = _PART.findall(inner)
    yield from (part for part in parts or [inner.strip()] if part)


def _columns(table: Table, names: list[str]) -> tuple[int, int] | None:
    """First and last column of those named, all where none is; ``None`` for one it lacks."""
    if not names:
        return table.left, table.right
    known = {name.lower(): number for number, name in enumerate(table.columns, table.left)}
    numbers = [known.get(name.lower(), 0) for name in names]
    return (min(numbers), max(numbers)) if all(numbers) else None


def _table(
    name: str, tables: Mapping[str, Table], sheet: str, place: tuple[int, int] | None
) -> Table | None:
    """A table by its name; without one, the table that the formula stands in."""
    if name:
        return tables.get(name.lower())
    return next((t for t in tables.values() if place and t.holds(sheet, place)), None)
