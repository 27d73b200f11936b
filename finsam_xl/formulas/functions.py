"""The functions a formula calls.

>>> sorted(functions('_xlfn.XLOOKUP(A1,B:B,C:C)&"SUM("&LEFT(A1)'))
['LEFT', 'XLOOKUP']
"""

from __future__ import annotations

import re

from finsam_xl.formulas.tokens import Kind, tokens

_FUTURE = re.compile(r"^_xlfn\.(?:_xlws\.)?", re.IGNORECASE)
OURS = "FINSAM_"
"""What the names of our own functions begin with; other programs save them in lower case."""
VARIABLE = "_xlpm."
"""What files put before the variables of LET and LAMBDA."""


def bare(text: str) -> str:
    """A function's name in capitals, without bracket and the prefix files give the later ones."""
    name = text.removesuffix("(").strip().upper()
    return _FUTURE.sub("", name) if name.startswith("_") else name


def calls_ours(formula: str) -> bool:
    """Whether a formula calls any of our functions.

    >>> calls_ours("1+finsam_andel(A1,B1)"), calls_ours("SUM(A1:A3)")
    (True, False)
    """
    return OURS in formula or OURS in formula.upper()


def as_typed(text: str) -> str:
    """A name, of a function or a variable, without what files put before it."""
    if not text.startswith("_"):
        return text
    plain = _FUTURE.sub("", text)
    return plain[len(VARIABLE) :] if plain.lower().startswith(VARIABLE) else plain


def functions(formula: str) -> frozenset[str]:
    """The names of all functions that are called."""
    return frozenset(bare(text) for kind, text in tokens(formula) if kind == Kind.CALL)
