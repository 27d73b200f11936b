"""What a formula that only adds and takes away adds up.

>>> [(part.area[1:], part.sign) for part in parts("SUM(B2:B4)-(B6+B7)") or ()]
[((2, 2, 4, 2), 1), ((6, 2, 6, 2), -1), ((7, 2, 7, 2), -1)]
>>> parts("B2*2") is None
True
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from finsam_xl.formulas.blocks import Area
from finsam_xl.formulas.tokens import Kind
from finsam_xl.formulas.tree import Argument, Call, Item, only_area, tree
from finsam_xl.records import NamedTuple

_SUM, _SUBTOTAL = "SUM", "SUBTOTAL"
_OF_ALL_ROWS = "9"
"""The subtotal that is a sum and counts rows that somebody has hidden."""


_SIGNS = {"+": 1, "-": -1}


class Part(NamedTuple):
    """A block of cells and the sign, 1 or -1, with which it is added.

    ``skips_subtotals``: cells in it that are subtotals themselves are left out (SUBTOTAL).
    """

    area: Area
    sign: int
    skips_subtotals: bool = False


class _NoSum(Exception):  # noqa: N818 (no error: what a formula is)
    """The formula does something else than adding."""


@lru_cache(maxsize=8192)
def parts(formula: str, sheet: str = "") -> tuple[Part, ...] | None:
    """The blocks a formula on ``sheet`` adds up; ``None`` for one that does anything else."""
    root = tree(formula.removeprefix("="))
    if root is None or len(root.arguments) != 1:
        return None
    try:
        return tuple(_expression(root.arguments[0].significant, 1, sheet)) or None
    except _NoSum:
        return None


def _expression(items: Sequence[Item], sign: int, sheet: str) -> Iterator[Part]:
    """Terms with signs between them."""
    waiting: list[Item] = []
    own = sign
    for item in items:
        turns = _sign(item)
        if not turns:
            waiting.append(item)
        elif waiting:
            yield from _term(waiting, own, sheet)
            waiting, own = [], sign * turns
        else:
            own *= turns
    yield from _term(waiting, own, sheet)


def _sign(item: Item) -> int:
    """1 for a plus, -1 for a minus, 0 for anything else."""
    return _SIGNS.get(item[1], 0) if item[0] == Kind.OPERATOR else 0


def _term(items: Sequence[Item], sign: int, sheet: str) -> Iterator[Part]:
    """A cell, a sum, or brackets around an expression."""
    if len(items) == 1 and isinstance(items[0], Call):
        yield from _call(items[0], sign, sheet)
        return
    area = only_area(items, sheet)
    if area is None or not area.is_single:
        # A block that is no argument of a sum gives one of its cells, or spills.
        raise _NoSum
    yield Part(area, sign)


def _call(call: Call, sign: int, sheet: str) -> Iterator[Part]:
    if not call.name and len(call.arguments) == 1:
        yield from _expression(call.arguments[0].significant, sign, sheet)
    elif call.name == _SUM:
        for argument in call.arguments:
            yield from _argument(argument, sign, sheet)
    elif call.name == _SUBTOTAL and _is_sum_of_all_rows(call.arguments[0]):
        for argument in call.arguments[1:]:
            area = only_area(argument.significant, sheet)
            if area is None:
                raise _NoSum
            yield Part(area, sign, skips_subtotals=True)
    else:
        raise _NoSum


def _is_sum_of_all_rows(argument: Argument) -> bool:
    return argument.significant == ((Kind.NUMBER, _OF_ALL_ROWS),)


def _argument(argument: Argument, sign: int, sheet: str) -> Iterator[Part]:
    """What a sum is given: a block, or an expression of its own."""
    area = only_area(argument.significant, sheet)
    if area is None:
        yield from _expression(argument.significant, sign, sheet)
    else:
        yield Part(area, sign)
