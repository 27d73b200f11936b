"""A formula's text taken apart; the tokens put together are the text.

>>> [text for _, text in tokens("SUM(Blad2!A1:A3)-1")]
['SUM(', 'Blad2!', 'A1:A3', ')', '-', '1']
>>> tokens("A1:A3")
(('area', 'A1:A3'),)
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final


class Kind:
    """What a token is: bare texts, since the collector of garbage would go through members."""

    SPACE: Final = "space"
    STRING: Final = "string"
    PREFIX: Final = "prefix"
    """What stands before an address or a name, with its ``!``: a sheet, sheets, a workbook."""
    AREA: Final = "area"
    """An address, which is a name all the same if no sheet is that large."""
    TABLE: Final = "table"
    """A structured reference: a table's name, if it is told, and what is within brackets."""
    CALL: Final = "call"
    """A function's name with its opening bracket."""
    NUMBER: Final = "number"
    NAME: Final = "name"
    ERROR: Final = "error"
    SPILL: Final = "spill"
    """The # after an address: all that its formula gives."""
    OPEN: Final = "open"
    CLOSE: Final = "close"
    OPEN_ARRAY: Final = "open_array"
    CLOSE_ARRAY: Final = "close_array"
    COMMA: Final = "comma"
    SEMICOLON: Final = "semicolon"
    COLON: Final = "colon"
    """Between two ends of which one is calculated, or has a sheet of its own."""
    OPERATOR: Final = "operator"
    AT: Final = "at"
    OTHER: Final = "other"
    """What no formula that we know of holds."""


Token = tuple[str, str]
"""What a part of a formula is, and its text: bare pairs, as a ledger has hundreds of thousands."""
_WORD = r"[^\W\d][\w.]*+"
_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}"
_TOKEN = re.compile(
    rf"""(?P<operator><>|<=|>=|[-+*/^&=<>%])
    |(?P<comma>,)
    |(?P<close>\))
    |(?P<string>"(?:[^"]++|"")*+")
    |(?P<prefix>'(?:[^']++|'')++'!|(?:\[[^\[\]]++\])?(?:[\w.]++)?!|(?<!!)[\w.]++:[\w.]++!)
    |(?P<area>{_CELL}(?::{_CELL})?(?![\w.(!\\])
        |\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}(?![\w.(!\\])
        |\$?[1-9]\d{{0,6}}:\$?[1-9]\d{{0,6}}(?![\w.]))
    |(?P<call>{_WORD}\s*+\()
    |(?P<number>(?:\d++(?:\.\d*+)?|\.\d++)(?:[Ee][+-]?\d++)?)
    |(?P<table>(?:[^\W\d][\w.\\]*+)?\[(?:'.|[^\[\]']|\[(?:'.|[^\[\]'])*+\])*+\])
    |(?P<name>[^\W\d][\w.\\?]*+|\\[\w.\\?]*+)
    |(?P<error>\#(?:[Nn]/[Aa]|GETTING_DATA|[^\W\d]++(?:/0)?[!?]))
    |(?P<space>\s++)
    |(?P<open>\()
    |(?P<spill>\#)
    |(?P<open_array>\{{)
    |(?P<close_array>\}})
    |(?P<semicolon>;)
    |(?P<colon>:)
    |(?P<at>@)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)


@lru_cache(maxsize=8192)
def tokens(formula: str) -> tuple[Token, ...]:
    """The parts of a formula, with or without its equals sign, from the left."""
    return tuple([(match.lastgroup or "", match.group()) for match in _TOKEN.finditer(formula)])
