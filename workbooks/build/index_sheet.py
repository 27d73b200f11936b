"""Write the sheet Impactindex: the printed index tables, one block per unit."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter

from styles import PERCENT, Cell, Format, Sheet, Styles, page, put, put_heading, put_sum
from tables import number, percent, rows

HEADINGS = (
    "Målområde",
    "Antal mål",
    "Antal indikatorer",
    "Maximalt impactvärde",
    "Uppnått impactvärde",
    "Måluppfyllelse",
    "Impactindex",
    "Viktning utfall",
    "Ideal viktning",
    "Läge",
)
_PERCENTAGES = ("Måluppfyllelse", "Viktning utfall", "Ideal viktning")
_SUMMED = {
    1: "antal_mal",
    2: "antal_indikatorer",
    3: "max_impactvarde",
    4: "uppnatt_impactvarde",
}

# The table is repaired to 60 (100 of 167, and the running text says 60), but the
# document prints 50 here; the workbook carries what is printed, so that it can be found.
_PRINTED_TOTALS: Mapping[str, tuple[float, int]] = {"Samordningsteamet Nordmaling": (0.5, 50)}


def write_index(sheet: Sheet, styles: Styles) -> None:
    """Fill the sheet with the blocks, one blank row between them."""
    put(sheet, 0, 0, "Impactindex 2021", styles.get("title"))
    row = 2
    for unit, lines in groupby(rows("impactindex"), key=itemgetter("enhet")):
        row = _write_block(sheet, styles, row, unit, list(lines)) + 1
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, len(HEADINGS) - 1, 15)
    page(sheet, bottom=0.9)  # so that no block is cut: four blocks on a page


def _write_block(
    sheet: Sheet, styles: Styles, row: int, unit: str, lines: list[dict[str, str]]
) -> int:
    """Write one unit's block and return the row after it."""
    put(sheet, row, 0, unit, styles.get("subtitle"))
    headings = [(heading, _look(col)) for col, heading in enumerate(HEADINGS)]
    put_heading(sheet, row + 1, headings, styles)
    areas, total = lines[:-1], lines[-1]
    for offset, line in enumerate(areas, start=2):
        for col, value in enumerate(_cells(line)):
            put(sheet, row + offset, col, value, _style(styles, col))
    _write_total(sheet, styles, range(row + 2, row + 2 + len(areas)), total)
    return row + 3 + len(areas)


def _cells(line: Mapping[str, str]) -> tuple[Cell, ...]:
    """Give a line's cells in the order of the headings; Läge is left to the program."""
    return (
        line["area"],
        *(number(line[name]) for name in _SUMMED.values()),
        percent(line["maluppfyllelse_pct"]),
        number(line["impactindex"]),
        percent(line["viktning_utfall_pct"]),
        percent(line["ideal_viktning_pct"]),
        None,
    )


def _look(col: int) -> str:
    """Choose the look of a column: all but the first and the last hold figures."""
    return {"Målområde": "text", "Läge": "centre"}.get(HEADINGS[col], "count")


def _style(styles: Styles, col: int, *, total: bool = False) -> Format:
    """Choose the format of a column."""
    number_format = PERCENT if HEADINGS[col] in _PERCENTAGES else ""
    return styles.get(_look(col), number_format, total=total)


def _write_total(sheet: Sheet, styles: Styles, areas: range, total: Mapping[str, str]) -> None:
    """Write the row Totalt: counts and points as formulas, the rest as printed."""
    cells = list(_cells(total))
    if total["enhet"] in _PRINTED_TOTALS:
        cells[5:7] = _PRINTED_TOTALS[total["enhet"]]
    for col, value in enumerate(cells):
        style = _style(styles, col, total=True)
        if col in _SUMMED:
            put_sum(sheet, (areas.stop, col), areas, int(total[_SUMMED[col]]), style)
        else:
            put(sheet, areas.stop, col, value, style)
