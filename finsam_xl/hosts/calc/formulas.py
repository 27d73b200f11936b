"""Formulas as they are written in Excel, and as Calc has them.

Calc's own parser writes and reads Excel's way of writing; a function of the extension is
called by its full name there, which is taken away and put back here.
"""

from __future__ import annotations

import re
from typing import Any

from finsam_xl.hosts.calc.binding import bind, whole_array

SERVICE = "org.finsam.calc.Functions"
"""What LibreOffice knows the functions by."""
_BEFORE_OURS = re.compile(re.escape(SERVICE) + r"\.", re.IGNORECASE)
_CALC, _EXCEL = 0, 3
"""com.sun.star.sheet.AddressConvention: OOO, and XL_OOX as in an .xlsx file."""


class Formulas:
    """The formulas of a document."""

    def __init__(self, document: Any) -> None:
        self._parser = document.createInstance("com.sun.star.sheet.FormulaParser")
        self._parser.CompileEnglish = True
        self._parser.FormulaConvention = _EXCEL
        self._first = document.Sheets.getByIndex(0).getCellByPosition(0, 0).getCellAddress()

    def text(self, cell: Any) -> str:
        """The formula of a cell, without its equals sign; '' of none."""
        if cell.getArrayFormula():
            block = whole_array(cell)
            tokens, place = block.getArrayTokens(), block.getCellByPosition(0, 0).getCellAddress()
        else:
            tokens, place = cell.getTokens(), cell.getCellAddress()
        written = self._parser.printFormula(tokens, place)
        return _BEFORE_OURS.sub("", written)

    def excel(self, text: str) -> str:
        """What stands in a formula or a defined name, written as in Excel."""
        self._parser.FormulaConvention = _CALC
        try:
            tokens = self._parser.parseFormula(text, self._first)
        finally:
            self._parser.FormulaConvention = _EXCEL
        written: str = self._parser.printFormula(tokens, self._first)
        return written

    def enter(self, cell: Any, text: str) -> None:
        """Write a formula, given as in Excel and without its equals sign, into a cell."""
        cell.setTokens(self._parser.parseFormula(text, cell.getCellAddress()))
        bind(cell)
