"""Write the sheet Medlemsavgifter: one block per year with pool, keys, quarters and fees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from ledger_sheet import HEADING_ROW, write_head
from styles import (
    AMOUNT,
    HALF_AMOUNT,
    LINE_HEIGHT,
    PERCENT,
    SHARE,
    Cell,
    Format,
    Sheet,
    Styles,
    page,
    put,
    put_heading,
    put_sum,
)
from tables import document_rows

HEADINGS = ("Part", "Nyckel", "Andel", "Kvart", "Avgift")
STATE = "Försäkringskassan"
QUARTER = "Kommunernas kvart"
_REGIONS = ("Region Västerbotten", "Västerbottens läns landsting")
_FORMATS = ("", SHARE, PERCENT, HALF_AMOUNT, AMOUNT)
_WIDTHS = (34, 12, 12, 14, 14)
_PRINTED_KEY = re.compile(r"(?P<name>[^,]+), (?P<key>\d+(?:,\d+)?) ?% ")


class FeeTable(NamedTuple):
    """Where a year's fees stand, its pool, and the keys if the labels do not print them."""

    year: int
    source: str
    column: str
    pool: int
    unit: str = ""
    keys: Mapping[str, str] = {}
    note: str = ""


class Fee(NamedTuple):
    """What one member pays; the key as printed, in percent."""

    name: str
    key: str | None
    amount: int


def write_fees(sheet: Sheet, styles: Styles, association: str, tables: Iterable[FeeTable]) -> None:
    """Fill the sheet with the blocks, two blank rows between them."""
    write_head(sheet, styles, ("Medlemsavgifter", association, ""))
    row = HEADING_ROW
    for table in tables:
        row = _write_block(sheet, styles, row, table) + 2
    for col, width in enumerate(_WIDTHS):
        sheet.set_column(col, col, width)
    sheet.freeze_panes(HEADING_ROW - 1, 1)
    sheet.repeat_rows(0, HEADING_ROW - 2)
    page(sheet, lying=False)


def fees(table: FeeTable) -> list[Fee]:
    """Give the fees of a year: state, region, and the municipalities in printed order."""
    found: list[Fee] = []
    for line in document_rows(table.source):
        label = line["line"].removeprefix("Driftbidrag från ")
        label = STATE if label == "staten" else label
        printed = _PRINTED_KEY.match(label)
        name = printed["name"] if printed else label
        key = printed["key"] if printed else table.keys.get(name)
        if name in {STATE, *_REGIONS} or " kommun" in name:
            found.append(Fee(name, key, int(line[table.column])))
    order = (STATE, *_REGIONS)
    return sorted(found, key=lambda fee: order.index(fee.name) if fee.name in order else len(order))


def _write_block(sheet: Sheet, styles: Styles, row: int, table: FeeTable) -> int:
    """Write one year and return the row below it."""
    put(sheet, row, 0, f"Medlemsavgifter {table.year}", styles.get("subtitle"))
    pool = row + 1
    put(sheet, pool, 0, "Pott", styles.get("text"))
    put(sheet, pool, 1, table.pool, styles.get("count", AMOUNT))
    if table.unit:
        put(sheet, pool, 2, table.unit, styles.get("text"))
    looks = [(heading, "count" if col else "text") for col, heading in enumerate(HEADINGS)]
    put_heading(sheet, row + 2, looks, styles)
    sheet.set_row(row + 2, LINE_HEIGHT)
    first, members = row + 3, fees(table)
    cells: list[tuple[Cell, ...]] = [_cells(fee) for fee in members]
    cells.insert(2, (QUARTER, None, 0.25, None, None))
    for at, values in enumerate(cells, start=first):
        for col, value in enumerate(values):
            put(sheet, at, col, value, _style(styles, table, col))
    for at in (first + 1, first + 2):
        formula = f"=B{pool + 1}*C{at + 1}"
        sheet.write_formula(at, 3, formula, _style(styles, table, 3), table.pool / 4)
    end = first + len(cells)
    _write_sum(sheet, styles, range(first, end), table, members)
    if table.note:
        put(sheet, end + 2, 0, table.note, styles.get("plain"))
    return end + (3 if table.note else 1)


def _cells(fee: Fee) -> tuple[Cell, ...]:
    """Give the cells of a member; its share is the law's, or a key where there is one."""
    share = {STATE: 0.5, **dict.fromkeys(_REGIONS, 0.25)}.get(fee.name)
    key = float(Decimal(fee.key.replace(",", ".")) / 100) if fee.key else None
    return (fee.name, key, share, None, fee.amount)


def _style(styles: Styles, table: FeeTable, col: int, *, total: bool = False) -> Format:
    """Choose the format of a column; a quarter shows halves only if it has them."""
    number_format = AMOUNT if col == 3 and table.pool % 4 == 0 else _FORMATS[col]
    return styles.get("count" if col else "text", number_format, total=total)


def _write_sum(
    sheet: Sheet, styles: Styles, rows: range, table: FeeTable, members: list[Fee]
) -> None:
    """Write the row Summa: a formula if the fees add up to the pool, else as printed."""
    for col in range(len(HEADINGS)):
        value = (table.pool if col == 4 else None) if col else "Summa"
        put(sheet, rows.stop, col, value, _style(styles, table, col, total=True))
    if sum(fee.amount for fee in members) == table.pool:
        put_sum(sheet, (rows.stop, 4), rows, table.pool, _style(styles, table, 4, total=True))
