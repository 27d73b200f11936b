"""What a formula of plain arithmetic gives, exactly.

>>> held = {1: Fraction(3), 2: Fraction(4)}
>>> result("(SUM(A1:A2)-1)/A2", lambda area: [held[r] for r in range(area.top, area.bottom + 1)])
Fraction(3, 2)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from finsam_xl.formulas.blocks import Area
from finsam_xl.formulas.tokens import Kind
from finsam_xl.formulas.tree import Call, Item, only_area, tree

Cells = Callable[[Area], Iterable[Fraction | None]]
"""The figures of a block, ``None`` for a cell that holds no figure but is not blank."""
_PAIR = 2
_ADDING, _TIMES = ("+", "-"), ("*", "/")


class _Unknown(Exception):  # noqa: N818 (no error: what a formula is)
    """The formula does something else, or looks at what is no figure."""


def result(formula: str, cells: Cells, sheet: str = "") -> Fraction | None:
    """What sums, differences, products, ratios and roundings of cells give; else ``None``."""
    root = tree(formula.removeprefix("="))
    if root is None or len(root.arguments) != 1:
        return None
    try:
        return _Reader(root.arguments[0].significant, cells, sheet).whole()
    except (_Unknown, ZeroDivisionError):
        return None


class _Reader:
    """Reads an expression from the left: terms of factors."""

    def __init__(self, items: Sequence[Item], cells: Cells, sheet: str) -> None:
        self.items, self.cells, self.sheet = list(items), cells, sheet

    def whole(self) -> Fraction:
        """The expression; nothing may be left over."""
        found = self.terms()
        if self.items:
            raise _Unknown
        return found

    def terms(self) -> Fraction:
        """What is added and taken away."""
        found = self.factors()
        while (sign := self.operator(_ADDING)) is not None:
            found += self.factors() if sign == "+" else -self.factors()
        return found

    def factors(self) -> Fraction:
        """What is multiplied and divided."""
        found = self.operand()
        while (sign := self.operator(_TIMES)) is not None:
            found = found * self.operand() if sign == "*" else found / self.operand()
        return found

    def operator(self, wanted: Sequence[str]) -> str | None:
        """The next item, if it is one of those signs."""
        if self.items and self.items[0][0] == Kind.OPERATOR and self.items[0][1] in wanted:
            return str(self.items.pop(0)[1])
        return None

    def operand(self) -> Fraction:
        """A cell, a number, a call, or one of those with a sign before it."""
        sign = self.operator(_ADDING)
        if sign is not None:
            return self.operand() if sign == "+" else -self.operand()
        if not self.items:
            raise _Unknown
        first = self.items.pop(0)
        if isinstance(first, Call):
            return self.call(first)
        if first[0] == Kind.NUMBER:
            return Fraction(first[1])
        taken: list[Item] = [first]
        if first[0] == Kind.PREFIX and self.items:
            taken.append(self.items.pop(0))
        area = only_area(taken, self.sheet)
        if area is None or not area.is_single:
            raise _Unknown
        return self.added(area)

    def call(self, call: Call) -> Fraction:
        """Brackets, a sum, or what is rounded."""
        if call.name == "ROUND" and len(call.arguments) == _PAIR:
            value, digits = (self.inside(one.significant) for one in call.arguments)
            return _rounded(value, digits)
        if not call.name and len(call.arguments) == 1:
            return self.inside(call.arguments[0].significant)
        if call.name != "SUM":
            raise _Unknown
        found = Fraction(0)
        for argument in call.arguments:
            area = only_area(argument.significant, self.sheet)
            found += self.inside(argument.significant) if area is None else self.added(area)
        return found

    def inside(self, items: Sequence[Item]) -> Fraction:
        """An expression of its own."""
        return _Reader(items, self.cells, self.sheet).whole()

    def added(self, area: Area) -> Fraction:
        """The figures of a block together."""
        found = Fraction(0)
        for figure in self.cells(area):
            if figure is None:
                raise _Unknown
            found += figure
        return found


def _rounded(value: Fraction, digits: Fraction) -> Fraction:
    """Half away from zero, as ROUND does."""
    scale = Fraction(10) ** int(digits)
    whole = int(abs(value) * scale + Fraction(1, 2)) / scale
    return whole if value >= 0 else -whole
