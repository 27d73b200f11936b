"""Reading a formula's text: one FINSAM function, its arguments, and nothing around it.

Swedish separators (``;`` and decimal comma), English ones, and LibreOffice's (``;`` and
decimal point) are told apart by the ``;``. Without one a comma is taken as English, so a
single argument with a decimal comma, "(64,5)", is read as two. Of what may stand around the
function only INDEX and ROUND (AVRUNDA) are followed, with typed numbers: one value of many,
and so many decimals. A formula that calculates otherwise around or inside the function is not:
the spreadsheet is the one that can. What each function in it gives can be told all the same.

>>> parse('=FINSAM_ANDEL(B2;"82,5 %")')
Call(name='FINSAM_ANDEL', arguments=(Reference(text='B2'), Literal(value='82,5 %')))
>>> parse("=_xldudf_FINSAM_FARG(69.5,,65)").arguments
(Literal(value=69.5), Literal(value=None), Literal(value=65.0))
>>> parse("=AVRUNDA(FINSAM_ANDEL(B2;B9);4)").name
'ROUND'
>>> [call.name for call in calls("=IFERROR(FINSAM_ANDEL(B2,B9),0)+FINSAM_TRAPPA(7000)")]
['FINSAM_ANDEL', 'FINSAM_TRAPPA']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from finsam_xl.errors import InputError
from finsam_xl.formulas import tree as trees
from finsam_xl.formulas.blocks import is_elsewhere
from finsam_xl.formulas.tokens import Kind
from finsam_xl.formulas.tree import Item, tree
from finsam_xl.records import NamedTuple
from finsam_xl.registry.cell_errors import error_of

_OURS = re.compile(r"[\w.]*?(FINSAM_\w+)")
_NUMBER = re.compile(r"([-+]?\d+(?:[.,]\d+)?(?:[Ee][-+]?\d+)?)(\s*%)?")
_TRUTHS = {"TRUE": True, "SANT": True, "FALSE": False, "FALSKT": False}
_DEEPEST = 8
PICKED, ROUNDED = "INDEX", "ROUND"
"""What may stand around a function of ours."""
_AROUND = {PICKED: PICKED, ROUNDED: ROUNDED, "AVRUNDA": ROUNDED}
_EQUALS = ((Kind.OPERATOR, "="),)
_SIGNS = {(Kind.OPERATOR, "+"), (Kind.AT, "@")}


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
    formula = formula.strip()
    root = tree(formula)
    if root is None or len(root.arguments) != 1:
        raise _unfollowed(formula)
    items = root.arguments[0].significant
    return _call(items[items[:1] == _EQUALS :], formula, formula, 0)


def calls(formula: str) -> list[Call]:
    """Our functions in a formula that does more than call one, in order, the outermost of each."""
    root = tree(formula)
    return [] if root is None else list(_calls(root, formula))


def _calls(part: trees.Call, formula: str) -> Iterator[Call]:
    for argument in part.arguments:
        for item in argument.items:
            if not isinstance(item, trees.Call):
                continue
            if _OURS.fullmatch(item.name):
                yield _call((item,), trees.text(item, formula), formula, 1)
            else:
                yield from _calls(item, formula)


def _call(items: Sequence[Item], written: str, formula: str, depth: int) -> Call:
    """The one call that items are, with or without what tells where its function comes from."""
    items = items[1:] if items and items[0] in _SIGNS else items
    function = items[-1] if items else None
    if not depth and len(items) == 1 and isinstance(function, trees.Call):
        around = _AROUND.get(function.name.upper())
        if around and len(function.arguments) > 1:
            return _around(around, function, written, formula)
    name = _OURS.fullmatch(function.name) if isinstance(function, trees.Call) else None
    is_alone = len(items) == 1 or (len(items) == 2 and items[0][0] == Kind.PREFIX)
    if not isinstance(function, trees.Call) or not name or not is_alone or depth > _DEEPEST:
        raise _unfollowed(written)
    told = [_argument(argument, formula, depth) for argument in function.arguments]
    return Call(name.group(1), () if told == [Literal(None)] else tuple(told))


def _around(name: str, function: trees.Call, written: str, formula: str) -> Call:
    """A function around one of ours, and the numbers typed in it."""
    inner, *rest = function.arguments
    numbers = [_argument(argument, formula, 1) for argument in rest]
    if not all(isinstance(n, Literal) and isinstance(n.value, float) for n in numbers):
        raise _unfollowed(written)
    return Call(name, (_call(inner.significant, written, formula, 1), *numbers))


def _unfollowed(text: str) -> InputError:
    return InputError(
        f"Formeln ”{text[:80]}” är ingen ensam FINSAM-funktion.",
        remedy="Peka på en cell där bara funktionen står.",
    )


def _argument(argument: trees.Argument, formula: str, depth: int) -> Any:
    items, text = argument.significant, trees.text(argument, formula).strip()
    if not items:
        return Literal(None)
    number = _NUMBER.fullmatch(text)
    if len(items) == 1 and items[0][0] == Kind.STRING:
        return Literal(text[1:-1].replace('""', '"'))
    if number:
        value = float(number.group(1).replace(",", "."))
        return Literal(value / 100 if number.group(2) else value)
    if text.upper() in _TRUTHS:
        return Literal(_TRUTHS[text.upper()])
    error = error_of(text)
    if error is not None:
        return Literal(error)
    if _is_reference(items):
        return Reference(text)
    return _call(items, text, formula, depth + 1)


def _is_reference(items: Sequence[Item]) -> bool:
    """Whether items are an address, a name or a table's cells in this workbook."""
    kinds, first = [item[0] for item in items], str(items[0][1])
    if kinds[0] == Kind.PREFIX:
        kinds.pop(0)
        if is_elsewhere(first):
            return False
    elif kinds[0] == Kind.TABLE and first.startswith("["):
        return False
    return kinds in ([Kind.AREA], [Kind.AREA, Kind.SPILL], [Kind.NAME], [Kind.TABLE])
