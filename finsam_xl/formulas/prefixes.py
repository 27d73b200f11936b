"""The sheets and other workbooks that a formula tells before its addresses.

>>> workbooks("SUM('C:\\\\mapp\\\\[Bok 1.xlsx]Blad 1'!A1:A9)+[2]Blad1!B2")
('Bok 1.xlsx', '2')
"""

from __future__ import annotations

import re

from finsam_xl.formulas.blocks import sheet_of
from finsam_xl.formulas.tokens import Kind, tokens

_WORKBOOK = re.compile(r"\[([^\[\]]+)\]")


def first_sheet(formula: str) -> str:
    """The sheet told first, '' for none.

    >>> first_sheet("='Mål 2021'!$A$1")
    'Mål 2021'
    """
    return next((sheet_of(text) for kind, text in tokens(formula) if kind == Kind.PREFIX), "")


def workbooks(formula: str) -> tuple[str, ...]:
    """The names of the other workbooks, or the numbers of a file's links, each once in order."""
    prefixes = (sheet_of(text) for kind, text in tokens(formula) if kind == Kind.PREFIX)
    found = (_WORKBOOK.search(prefix) for prefix in prefixes)
    return tuple(dict.fromkeys([match.group(1) for match in found if match]))
