"""What a formula says, however it is written: the same for formulas that always give the same.

Spaces, a plus before the first term and brackets around a whole say nothing; terms and factors
may stand in any order; ``SUM(a,b)`` is ``a+b``. References are told as seen from the formula's
own cell, fixed ones as they are or, with ``fixed=False``, like the others.

>>> normal("+(B3+B2)", (4, 2)) == normal(" SUM( B2, B3 )", (4, 2)) == normal("SUM(C2:C3)", (4, 3))
True
>>> normal("C2*B2", (2, 4)) == normal("B3*C3", (3, 4))
True
>>> normal("B2/C2", (2, 4)) == normal("C2/B2", (2, 4))
False
>>> normal("C$5*2", (5, 4), fixed=False) == normal("2*C5", (5, 4), fixed=False)
True
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_xl.formulas.blocks import End, block, ends
from finsam_xl.formulas.moving import Place
from finsam_xl.formulas.tokens import Kind
from finsam_xl.formulas.tree import Argument, Call, Item, tree
from finsam_xl.records import NamedTuple

_SUM = "SUM"
_MOST_CELLS = 40
_SIGNS = {"+": 1, "-": -1}
_POWERS = {"*": "", "/": "1/"}
_OTHERS = frozenset("^&=<>%")


class _Seen(NamedTuple):
    """Where references are seen from, and whether fixed ones stay so."""

    place: Place
    fixed: bool


def normal(formula: str, place: Place, *, fixed: bool = True) -> str | None:
    """What a formula in a cell says; ``None`` for one that has no sense."""
    root = tree(formula.removeprefix("="))
    if root is None or len(root.arguments) != 1:
        return None
    return _said(root.arguments[0].significant, _Seen(place, fixed))


def _said(items: Sequence[Item], seen: _Seen) -> str:
    """An expression: its terms in order, or as it stands where anything else is done."""
    if any(not isinstance(one, Call) and set(one[1]) & _OTHERS for one in _operators(items)):
        return "".join(_item(one, seen) for one in items)
    terms = list(_terms(items, 1, seen))
    return "".join(f"{'+' if sign > 0 else '-'}{term}" for term, sign in sorted(terms))


def _operators(items: Sequence[Item]) -> Iterator[Item]:
    return (one for one in items if not isinstance(one, Call) and one[0] == Kind.OPERATOR)


def _terms(items: Sequence[Item], sign: int, seen: _Seen) -> Iterator[tuple[str, int]]:
    """What is added, with signs; brackets and sums are opened."""
    waiting: list[Item] = []
    own = sign
    for item in items:
        turns = 0 if isinstance(item, Call) or item[0] != Kind.OPERATOR else _SIGNS.get(item[1], 0)
        after_factor = bool(waiting) and waiting[-1] in _FACTORS
        if not turns or after_factor:
            waiting.append(item)
        elif waiting:
            yield from _term(waiting, own, seen)
            waiting, own = [], sign * turns
        else:
            own *= turns
    if waiting:
        yield from _term(waiting, own, seen)


_FACTORS = tuple((Kind.OPERATOR, text) for text in _POWERS)


def _term(items: Sequence[Item], sign: int, seen: _Seen) -> Iterator[tuple[str, int]]:
    only = items[0] if len(items) == 1 else None
    if isinstance(only, Call) and len(only.arguments) == 1 and not only.name:
        inner = only.arguments[0].significant
        if not any(set(one[1]) & _OTHERS for one in _operators(inner) if not isinstance(one, Call)):
            yield from _terms(inner, sign, seen)
            return
    if isinstance(only, Call) and only.name == _SUM:
        for argument in only.arguments:
            yield from _added(argument, sign, seen)
        return
    yield "*".join(sorted(_factors(items, seen))), sign


def _added(argument: Argument, sign: int, seen: _Seen) -> Iterator[tuple[str, int]]:
    """What a sum is given: each cell of a small block, a larger one as a whole."""
    items = argument.significant
    if items and not isinstance(items[-1], Call) and items[-1][0] == Kind.AREA:
        found = block(items[-1][1])
        both = ends(items[-1][1])
        prefix = "".join(_item(one, seen) for one in items[:-1])
        if found and len(items) <= 2 and (len(items) == 1 or items[0][0] == Kind.PREFIX):
            cells = list(_cells(both, seen))
            told = cells or [f"{_SUM}({_area(items[-1][1], seen)})"]
            yield from ((prefix + one, sign) for one in told)
            return
    yield from _terms(items, sign, seen)


def _cells(both: Sequence[End], seen: _Seen) -> Iterator[str]:
    """Every cell of a small block whose corners are fixed in the same way."""
    first, last = both[0], both[-1]
    height, width = last.row - first.row + 1, last.column - first.column + 1
    is_plain = all(end.row and end.column for end in both)
    is_alike = first[2:] == last[2:] or not seen.fixed
    if is_plain and is_alike and 0 < height * width <= _MOST_CELLS and min(height, width) > 0:
        for row in range(first.row, last.row + 1):
            for column in range(first.column, last.column + 1):
                yield _end(first._replace(row=row, column=column), seen)


def _factors(items: Sequence[Item], seen: _Seen) -> Iterator[str]:
    waiting: list[Item] = []
    power = ""
    for item in items:
        if item in _FACTORS and not isinstance(item, Call):
            yield power + "".join(_item(one, seen) for one in waiting)
            waiting, power = [], _POWERS[item[1]]
        else:
            waiting.append(item)
    yield power + "".join(_item(one, seen) for one in waiting)


def _item(item: Item, seen: _Seen) -> str:
    if isinstance(item, Call):
        inner = ";".join(_said(one.significant, seen) for one in item.arguments)
        return f"{item.name}({inner})"
    kind, text = item
    if kind == Kind.AREA:
        return _area(text, seen)
    return text.upper() if kind != Kind.STRING else text


def _area(text: str, seen: _Seen) -> str:
    if not block(text):
        return text.upper()
    return ":".join(_end(end, seen) for end in ends(text))


def _end(end: End, seen: _Seen) -> str:
    row = f"R[{end.row - seen.place[0]}]" if end.row else ""
    column = f"C[{end.column - seen.place[1]}]" if end.column else ""
    if seen.fixed:
        row = f"R{end.row}" if end.row_fixed else row
        column = f"C{end.column}" if end.column_fixed else column
    return row + column
