"""What xlwings Lite tells of a workbook, which a script must wait for.

>>> async def main(book):  # doctest: +SKIP
...     known = await fetch(book)
...     plan = actions.recompute(read(book, known), today=date.today(), run="")
...     apply(book, plan, known)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from finsam_xl.address import is_turned, places, real_name, span
from finsam_xl.hosts.excel.facts import (
    formula_texts,
    hexadecimal,
    if_merged,
    used,
)
from finsam_xl.hosts.excel.formats import ask_async, in_tables
from finsam_xl.hosts.excel.reading import read
from finsam_xl.hosts.opened.blocks import MIXED, MOST_COLOURS, Area, slices, survey_async
from finsam_xl.hosts.opened.held import Facts
from finsam_xl.reading import book as reading
from finsam_xl.sheets.tables import Table


async def fetch(book: Any) -> dict[str, Facts]:
    """Formulas, formats, fills and merged ranges of the sheets that have tables of ours."""
    await book.load(values=True)
    found: dict[str, list[Table]] = {}
    for table in reading.tables(read(book)):
        of_sheet = found.setdefault(real_name(table.sheet), [])
        if not is_turned(table.sheet):
            of_sheet.append(table)
    return {name: await _facts(book.sheets[name], tables) for name, tables in found.items()}


async def _facts(sheet: Any, tables: Sequence[Table]) -> Facts:
    held = used(sheet)
    whole = sheet.range(span(*held.area)).options(ndim=2)
    formulas = formula_texts(await whole.get_formula(), held.area)
    hidden = await _hides_rows(whole)
    if held.is_large:
        return Facts(formulas=formulas, hides_rows=hidden)
    merged = tuple(await _merged(sheet, held.area))

    async def number_format(area: Area) -> str | None:
        found: str | None = await sheet.range(span(*area)).get_number_format()
        return found

    formats = await ask_async(in_tables(held.values, tables), number_format)
    fills = {
        place: colour
        for part in slices(held.area, MOST_COLOURS)
        for place, colour in zip(places(part), await _colours(sheet, part), strict=True)
        if colour
    }
    return Facts(formulas, formats, fills, merged=lambda: merged, hides_rows=hidden)


async def _hides_rows(cells: Any) -> bool:
    try:
        return (await cells.rows.get_hidden()) is not False
    except Exception:  # noqa: BLE001  (an older Lite does not know the question)
        return False


async def _colours(sheet: Any, area: Area) -> list[str]:
    rows = await sheet.range(span(*area)).get_colors()
    return [hexadecimal(colour) for row in rows for colour in row]


async def _merged(sheet: Any, area: Area) -> list[str]:
    known: dict[str, None] = {}

    async def ask(part: Area) -> object:
        cells = sheet.range(span(*part))
        answer = if_merged(part, await cells.get_merge_cells())
        if answer and answer is not MIXED:
            known[(await cells.get_merge_area()).address.replace("$", "")] = None
        return answer

    await survey_async([area], ask)
    return list(known)
