"""Formulas as they are written in Excel, and as Calc has them.

Calc's own parser writes and reads Excel's way of writing; a function of the extension is
called by its full name there, which is taken away and put back here.
"""

from __future__ import annotations

import re
from typing import Any

SERVICE = "org.finsam.calc.Functions"
"""What LibreOffice knows the functions by."""
_BEFORE_OURS = re.compile(re.escape(SERVICE) + r"\.", re.IGNORECASE)
_EXCEL = 3
"""com.sun.star.sheet.AddressConvention.XL_OOX: as in an .xlsx file."""


class Formulas:
    """The formulas of a document."""

    def __init__(self, document: Any) -> None:
        self._parser = document.createInstance("com.sun.star.sheet.FormulaParser")
        self._parser.CompileEnglish = True
        self._parser.FormulaConvention = _EXCEL

    def text(self, cell: Any) -> str:
        """The formula of a cell, without its equals sign; '' of none."""
        tokens = whole_array(cell).getArrayTokens() if cell.getArrayFormula() else cell.getTokens()
        written = self._parser.printFormula(tokens, cell.getCellAddress())
        return _BEFORE_OURS.sub("", written)


def whole_array(cell: Any) -> Any:
    """The cells that one formula fills, of one of them."""
    cursor = cell.getSpreadsheet().createCursorByRange(cell)
    cursor.collapseToCurrentArray()
    return cursor
