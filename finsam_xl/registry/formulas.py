"""Reading a formula's text: one FINSAM function, its arguments, and nothing around it.

Swedish separators (``;`` and decimal comma), English ones, and LibreOffice's (``;`` and
decimal point) are told apart by the ``;``. Without one a comma is taken as English, so a
single argument with a decimal comma, "(64,5)", is read as two. A formula that calculates
around or inside the function is not followed: the spreadsheet is the one that can.

>>> parse('=FINSAM_ANDEL(B2;"82,5 %")')
Call(name='FINSAM_ANDEL', arguments=(Reference(text='B2'), Literal(value='82,5 %')))
>>> parse("=_xldudf_FINSAM_FARG(69.5,,65)").arguments
(Literal(value=69.5), Literal(value=None), Literal(value=65.0))
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from finsam_xl.errors import InputError
from finsam_xl.registry.cell_errors import error_of

_HEAD = re.compile(
    r"\s*=?\s*[+@]?\s*(?:'[^']*'!|[\w.\[\]]+!)?[\w.]*?(FINSAM_\w+)\s*\(", re.IGNORECASE
)
_NUMBER = re.compile(r"([-+]?\d+(?:[.,]\d+)?(?:[Ee][-+]?\d+)?)(\s*%)?")
_STRING = re.compile(r'"((?:[^"]|"")*)"')
_REFERENCE = re.compile(
    r"(?:'(?:[^']|'')+'!|[^\W\d][\w.]*!)?"
    r"(?:\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?\#?"
    r"|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?\d+:\$?\d+"
    r"|[^\W\d][\w.]*(?:\[[^()]*\])?)"
)
_TRUTHS = {"TRUE": True, "SANT": True, "FALSE": False, "FALSKT": False}
_DEEPEST = 8


class Literal(NamedTuple):
    """A value typed in the formula; ``None`` where an argument is left empty."""

    value: Any


class Reference(NamedTuple):
    """A cell, a range or a name, as it stands in the formula."""

    text: str


class Call(NamedTuple):
    """A function and its arguments."""

    name: str
    arguments: tuple[Any, ...]


def parse(formula: str) -> Call:
    """The function a formula calls; ``InputError`` for anything that cannot be followed."""
    return _call(formula.strip(), ";" if ";" in _bare(formula) else ",", 0)


def _bare(formula: str) -> str:
    """The formula without its texts and quoted sheet names."""
    return re.sub(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|\[[^\]]*\]", "", formula)


def _call(text: str, separator: str, depth: int) -> Call:
    head = _HEAD.match(text)
    if head is None or not text.endswith(")") or depth > _DEEPEST:
        raise _unfollowed(text)
    inner = text[head.end() : -1]
    parts = _split(inner, separator)
    if parts is None:
        raise _unfollowed(text)
    arguments = () if not inner.strip() else tuple(_argument(p, separator, depth) for p in parts)
    return Call(head.group(1).upper(), arguments)


def _unfollowed(text: str) -> InputError:
    return InputError(
        f"Formeln ”{text[:80]}” är ingen ensam FINSAM-funktion.",
        remedy="Peka på en cell där bara funktionen står.",
    )


def _split(inner: str, separator: str) -> list[str] | None:
    """The arguments' texts; ``None`` when brackets or quotes do not match."""
    parts, depth, quote = [""], 0, ""
    for sign in inner:
        if quote or sign in "\"'":
            quote = sign if not quote else "" if sign == quote else quote
        elif sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
        if depth < 0:
            return None
        if sign == separator and not depth and not quote:
            parts.append("")
        else:
            parts[-1] += sign
    return None if depth or quote else parts


def _argument(text: str, separator: str, depth: int) -> Any:
    text = text.strip()
    if not text:
        return Literal(None)
    string, number = _STRING.fullmatch(text), _NUMBER.fullmatch(text)
    if string:
        return Literal(string.group(1).replace('""', '"'))
    if number:
        value = float(number.group(1).replace(",", "."))
        return Literal(value / 100 if number.group(2) else value)
    if text.upper() in _TRUTHS:
        return Literal(_TRUTHS[text.upper()])
    error = error_of(text)
    if error is not None:
        return Literal(error)
    if _REFERENCE.fullmatch(text):
        return Reference(text)
    return _call(text, separator, depth + 1)
