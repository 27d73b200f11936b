"""What a sheet holds besides its values, as far as the engine tells.

============== ============================== ====================== ===============
what           desktop (COM)                  xlwings Lite           xlwings Server
============== ============================== ====================== ===============
values         one call per sheet             one call per book      in the request
formulas       one call per sheet             one ``await`` each     **not at all**
number formats few questions (``formats``)    the same, awaited      **not at all**
fills          halving, while cells differ    one ``await`` each     not at all
hidden rows    one call per sheet, on writing one ``await`` each     not at all
merged ranges  halving, when they are wanted  the same, awaited      not at all
============== ============================== ====================== ===============

``None`` in ``Facts`` is "the engine does not tell".
"""

from __future__ import annotations

from datetime import date
from typing import Any

from finsam_xl.address import places, span
from finsam_xl.hosts.excel import formats
from finsam_xl.hosts.excel.values import from_excel
from finsam_xl.hosts.opened.blocks import MIXED, Answers, Area, Place, survey
from finsam_xl.hosts.opened.held import Facts, Used


def used(sheet: Any) -> Used:
    """The values of a sheet, in one call."""
    found = sheet.used_range
    rows = found.options(ndim=2, err_to_str=True).value
    top, left = found.row, found.column
    values = {
        (row, column): value
        for row, cells in enumerate(rows, start=top)
        for column, raw in enumerate(cells, start=left)
        if (value := from_excel(raw)) is not None
    }
    dates = frozenset(
        (row, column)
        for row, cells in enumerate(rows, start=top)
        for column, raw in enumerate(cells, start=left)
        if isinstance(raw, date)
    )
    width = max(map(len, rows), default=1)
    area = (top, left, top + max(len(rows), 1) - 1, left + max(width, 1) - 1)
    return Used(area, values, dates)


def desktop(sheet: Any, held: Used) -> Facts:
    """What Excel on the desktop tells of a sheet."""
    texts = formula_texts(sheet.range(span(*held.area)).formula, held.area)
    if held.is_large:
        return Facts(formulas=texts)
    wanted = formats.in_columns(held.area, held.values)
    fills = survey([held.area], lambda area: _fill(sheet, area))
    return Facts(
        formulas=texts,
        formats=formats.ask(wanted, lambda area: sheet.range(span(*area)).number_format),
        fills=by_place(fills),
        merged=lambda: _merged(sheet, held.area),
    )


def hides_rows(cells: Any) -> bool:
    """Whether some of the rows are hidden; on the desktop, in one call."""
    try:
        hidden = cells.api.EntireRow.Hidden
    except AttributeError:  # Excel for Mac has another way
        hidden = cells.rows.hidden
    return hidden is not False


def formula_texts(raw: Any, area: Area) -> dict[Place, str]:
    """The formulas among what Excel calls formulas, which for a typed cell is its value."""
    rows = raw if isinstance(raw, list | tuple) else [[raw]]
    if rows and not isinstance(rows[0], list | tuple):
        rows = [rows]
    return {
        place: text.removeprefix("=")
        for place, text in zip(places(area), (text for row in rows for text in row), strict=True)
        if isinstance(text, str) and text.startswith("=")
    }


def by_place(answers: Answers) -> dict[Place, str]:
    """Answers by cell, where there is one to give."""
    return {
        place: str(answer)
        for area, answer in answers.items()
        if answer and answer is not MIXED
        for place in places(area)
    }


def hexadecimal(colour: Any) -> str:
    """'#RRGGBB' of an RGB triple, '' of none."""
    return "#{:02X}{:02X}{:02X}".format(*map(int, colour)) if colour else ""


def _fill(sheet: Any, area: Area) -> object:
    try:
        colour = sheet.range(span(*area)).color
    except TypeError:  # Excel says Null where the fills differ
        return MIXED
    is_one = area[:2] == area[2:]
    if not is_one and colour and not any(colour):  # ... or black
        return MIXED
    return hexadecimal(colour)


def _merged(sheet: Any, area: Area) -> tuple[str, ...]:
    known: dict[str, None] = {}

    def ask(part: Area) -> object:
        cells = sheet.range(span(*part))
        answer = if_merged(part, cells.merge_cells)
        if answer and answer is not MIXED:
            known[cells.merge_area.address.replace("$", "")] = None
        return answer

    survey([area], ask)
    return tuple(known)


def if_merged(part: Area, answer: object) -> object:
    """What Excel answers on merged cells: of an area that none is, or that its cells may differ."""
    return MIXED if answer is not False and part[:2] != part[2:] else answer
