"""The calls of a formula within each other, each with its arguments.

>>> root = tree("ROUND(SUM(A1,B2),0)")
>>> [outer] = root.arguments[0].items
>>> outer.name, [text(argument, "ROUND(SUM(A1,B2),0)") for argument in outer.arguments]
('ROUND', ['SUM(A1,B2)', '0'])
"""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.formulas.blocks import Area, block, is_elsewhere, sheet_of
from finsam_xl.formulas.functions import bare
from finsam_xl.formulas.tokens import Kind, Token, tokens
from finsam_xl.records import NamedTuple

_SEPARATORS = {Kind.COMMA, Kind.SEMICOLON}
_OPENS = {Kind.CALL, Kind.OPEN, Kind.OPEN_ARRAY}
_CLOSES = {Kind.CLOSE, Kind.CLOSE_ARRAY}
_DEEPEST = 100
"""Excel allows 64 functions within each other."""
ARRAY = "{"
"""The name of what stands within braces."""


class Argument(NamedTuple):
    """What stands between two separators: tokens and calls in order, and its span."""

    items: tuple[Item, ...]
    start: int
    end: int

    @property
    def significant(self) -> tuple[Item, ...]:
        """The items that are no spaces."""
        return tuple([one for one in self.items if isinstance(one, Call) or one[0] != Kind.SPACE])


class Call(NamedTuple):
    """A function (brackets have no name), how its name is written, its arguments, its span."""

    name: str
    written: str
    arguments: tuple[Argument, ...]
    start: int
    end: int


Item = Token | Call


def text(part: Argument | Call, formula: str) -> str:
    """A part as it stands in its formula."""
    return formula[part.start : part.end]


def tree(formula: str) -> Call | None:
    """The whole formula as the only argument of brackets; ``None`` where it has no sense.

    That is where brackets do not match, or stand deeper within each other than Excel allows.
    """
    found = tokens(formula)
    separator = _separator(found)
    stack = [_Open("", "", 0)]
    at = 0
    for token in found:
        kind, written = token
        start, at = at, at + len(written)
        here = stack[-1]
        if kind in _OPENS:
            if len(stack) > _DEEPEST:
                return None
            stack.append(_Open(kind, written, start))
        elif kind in _CLOSES:
            if len(stack) == 1 or here.is_array != (kind == Kind.CLOSE_ARRAY):
                return None
            call = stack.pop().closed(start, at)
            stack[-1].items.append(call)
        elif kind in _SEPARATORS and (kind == separator or here.is_array):
            here.next_argument(start, at)
        else:
            here.items.append(token)
    return stack[0].closed(at, at) if len(stack) == 1 else None


def only_area(items: Sequence[Item], sheet: str) -> Area | None:
    """The block that items are, if they are nothing else."""
    if not items or len(items) > 2 or items[-1][0] != Kind.AREA:
        return None
    prefix = items[0] if len(items) == 2 else (Kind.PREFIX, "")
    if isinstance(prefix, Call) or prefix[0] != Kind.PREFIX:
        return None
    named = sheet_of(prefix[1])
    found = block(str(items[-1][1]))
    if found is None or is_elsewhere(named):
        return None
    return Area(named or sheet, *found)


def _separator(found: tuple[Token, ...]) -> str:
    """What stands between arguments: with a semicolon outside braces, a comma is a decimal one."""
    within = 0
    for kind, _ in found:
        if kind == Kind.SEMICOLON and not within:
            return Kind.SEMICOLON
        within += (kind == Kind.OPEN_ARRAY) - (kind == Kind.CLOSE_ARRAY)
    return Kind.COMMA


class _Open:
    """A call whose bracket is not closed yet."""

    def __init__(self, kind: str, written: str, start: int) -> None:
        self.is_array = kind == Kind.OPEN_ARRAY
        self.written, self.start = written, start
        self.arguments: list[Argument] = []
        self.items: list[Item] = []
        self.since = start + len(written)

    def next_argument(self, end: int, following: int) -> None:
        """Close an argument; another begins after the separator."""
        self.arguments.append(Argument(tuple(self.items), self.since, end))
        self.items, self.since = [], following

    def closed(self, end: int, following: int) -> Call:
        """The call, once its bracket is closed."""
        self.next_argument(end, following)
        written = self.written[:-1].strip()
        name = ARRAY if self.is_array else bare(written)
        return Call(name, written, tuple(self.arguments), self.start, following)
