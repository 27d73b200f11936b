"""Formulas whose functions LibreOffice did not find when it loaded a file, entered once more.

A file from Excel is loaded before the extension's functions are known by their names: each stays
behind unbound, in small letters, and shows #NAME?, or whatever a formula around it makes of that.
Entered again it is bound. Only formulas that name a function of ours are touched, and the workbook
is no more changed than it was.
"""

from __future__ import annotations

import re
from typing import Any

from finsam_xl.hosts.calc import values
from finsam_xl.registry import BY_NAME

_OURS, _OF_LITE = "finsam_", "_xldudf_"
"""How our functions begin, and what stands before that in a workbook of xlwings Lite."""
_UNBOUND = re.compile(rf"(?<![\w.])(?:{_OF_LITE})?({_OURS}\w+)(?=\()", re.IGNORECASE)
"""A function as it is left behind."""
_TEXTS = re.compile(r'("[^"]*")')


def bound(formula: str) -> str:
    """A formula with our functions as they are typed; what stands in quotes is as it was.

    >>> bound('=IF(A1;_xldudf_finsam_farg(A1);"finsam_farg(1)")')
    '=IF(A1;FINSAM_FARG(A1);"finsam_farg(1)")'
    """
    parts = _TEXTS.split(formula)
    return "".join(part if at % 2 else _UNBOUND.sub(_typed, part) for at, part in enumerate(parts))


def _typed(match: re.Match[str]) -> str:
    name = match.group(1).upper()
    return name if name in BY_NAME else match.group()


def bind(cell: Any) -> bool:
    """Enter the formula of a cell once more if a function of ours in it is not bound."""
    written = cell.getFormula()
    wanted = bound(written)
    if wanted == written:
        return False
    if cell.getArrayFormula():
        whole_array(cell).setArrayFormula(wanted.strip("{}"))
    else:
        cell.setFormula(wanted)
    return True


def whole_array(cell: Any) -> Any:
    """The cells that one formula fills, of one of them."""
    cursor = cell.getSpreadsheet().createCursorByRange(cell)
    cursor.collapseToCurrentArray()
    return cursor


def bind_all(document: Any, title: str) -> int:
    """Bind what is unbound in an open document; gives how many cells that were.

    ``title``: what LibreOffice's list of things to undo calls it; a workbook that was just loaded
    gets no such entry.
    """
    changed, undo = document.isModified(), document.getUndoManager()
    is_fresh = not changed and not undo.isUndoPossible()
    undo.enterUndoContext(title)
    document.lockControllers()
    try:
        return sum(_bind_sheet(sheet) for sheet in document.Sheets if not sheet.isProtected())
    finally:
        document.unlockControllers()
        undo.leaveUndoContext()
        if is_fresh:
            undo.clear()
        if not changed:
            document.setModified(False)


def _bind_sheet(sheet: Any) -> int:
    found = 0
    for area in sheet.queryContentCells(values.FORMULAS).getRangeAddresses():
        corners = area.StartColumn, area.StartRow, area.EndColumn, area.EndRow
        written = sheet.getCellRangeByPosition(*corners).getFormulaArray()
        found += sum(
            bind(sheet.getCellByPosition(column, row))
            for row, line in enumerate(written, start=area.StartRow)
            for column, text in enumerate(line, start=area.StartColumn)
            if _OURS in text.lower()
        )
    return found
