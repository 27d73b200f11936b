"""A formula with our functions among others, taken apart into what each of us calculates.

Our functions are calculated by us and the rest by the engine. What one of ours is given as a
calculation becomes a formula of its own, and so does each of ours within other functions; the
formula itself then looks at their results. These stand in slots of a sheet that no file has, so
that everything that orders formulas by what they look at orders these too.

>>> slots = iter((slot(1), slot(2)))
>>> left = split("IF(A1>0,ROUND(FINSAM_ANDEL(B2*2,C2),1),0)", "Blad", lambda: next(slots))
>>> left.text
"IF(A1>0,ROUND('~finsam'!BM1:DX1000,1),0)"
>>> [part.text for part in left.parts]
["'Blad'!B2*2", "FINSAM_ANDEL('~finsam'!A1,'Blad'!C2)"]
>>> split("@FINSAM_ANDEL(B2,82%)", "Blad", lambda: (1, 1)).parts
()
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from finsam_xl.address import a1, on_sheet, span
from finsam_xl.formulas.tokens import Kind, tokens
from finsam_xl.formulas.tree import Argument, Call, Item, text, tree
from finsam_xl.records import NamedTuple

SHEET = "~finsam"
HEIGHT, WIDTH = 1000, 64
"""How large a result within a formula may be."""
_PER_BAND, _MOST = 256, 1 << 18
_IS_OURS = re.compile(r"[\w.]*?FINSAM_\w+", re.IGNORECASE)
_BINDING = {"LET", "LAMBDA"}
_OPERANDS = {Kind.AREA, Kind.NAME, Kind.TABLE, Kind.NUMBER, Kind.STRING, Kind.ERROR}
_SIGNS = {(Kind.OPERATOR, "+"), (Kind.OPERATOR, "-"), (Kind.OPERATOR, "%"), (Kind.AT, "@")}
_DEEPEST = 8

Position = tuple[int, int]


class Part(NamedTuple):
    """A formula that another one looks at the result of, and the slot for that."""

    text: str
    place: Position


class Split(NamedTuple):
    """What is left of a formula, and its parts, each after those that it looks at."""

    text: str
    parts: tuple[Part, ...]


def slot(number: int) -> Position:
    """Where the result of a part stands, counted from 1."""
    band, place = divmod(number - 1, _PER_BAND)
    return 1 + band * HEIGHT, 1 + place * WIDTH


def room(place: Position, size: tuple[int, int] = (HEIGHT, WIDTH)) -> str:
    """The address of a result in a slot, as tall and wide as it is or may be."""
    (top, left), (height, width) = place, size
    if size == (1, 1):
        return on_sheet(SHEET, a1(top, left))
    return on_sheet(SHEET, span(top, left, top + height - 1, left + width - 1))


def split(formula: str, sheet: str, free: Callable[[], Position]) -> Split:
    """A formula on a sheet taken apart; as it is where it is ours alone, or cannot be followed.

    ``free`` gives a new slot.
    """
    root = tree(formula)
    if root is None or len(root.arguments) != 1 or _binds(root):
        return Split(formula, ())
    taken, whole = _Taken(formula, free), root.arguments[0]
    ours = _ours_alone(whole.significant)
    left = taken.without(whole) if ours is None else taken.called(ours, whole.start, whole.end)
    return Split(left, tuple(Part(_placed(p.text, sheet), p.place) for p in taken.parts))


def _binds(call: Call) -> bool:
    """Whether anything within has names that mean something only there."""
    return call.name in _BINDING or any(
        isinstance(item, Call) and _binds(item)
        for argument in call.arguments
        for item in argument.items
    )


def _placed(formula: str, sheet: str) -> str:
    """A formula as it reads on any sheet."""
    told, before = [], ""
    for kind, written in tokens(formula):
        is_bare = kind == Kind.AREA and before != Kind.PREFIX
        told.append(on_sheet(sheet, written) if is_bare else written)
        before = kind
    return "".join(told)


def _ours_alone(items: Sequence[Item]) -> Call | None:
    """The call of ours that items are, with or without what tells where it comes from."""
    while items and items[0] in ((Kind.OPERATOR, "+"), (Kind.AT, "@"), (Kind.OPERATOR, "=")):
        items = items[1:]
    last = items[-1] if items else None
    is_alone = len(items) == 1 or (len(items) == 2 and items[0][0] == Kind.PREFIX)
    if is_alone and isinstance(last, Call) and _IS_OURS.fullmatch(last.name):
        return last
    return None


class _Taken:
    """A formula as it is taken apart."""

    def __init__(self, formula: str, free: Callable[[], Position]) -> None:
        self.formula, self.free = formula, free
        self.parts: list[Part] = []

    def without(self, part: Argument | Call) -> str:
        """A part with the results of our functions in their place."""
        arguments = part.arguments if isinstance(part, Call) else (part,)
        told, at = "", part.start
        for argument in arguments:
            for start, end, item in _spans(argument):
                if not isinstance(item, Call):
                    continue
                new = self._result(item) if _IS_OURS.fullmatch(item.name) else self.without(item)
                told += self.formula[at : start if _IS_OURS.fullmatch(item.name) else item.start]
                told, at = told + new, end
        return told + self.formula[at : part.end]

    def _result(self, call: Call) -> str:
        """Where the result of a call of ours will stand, as large as it may be."""
        called = self.called(call, call.start, call.end)
        top, left = self.free()
        self.parts.append(Part(called, (top, left)))
        return room((top, left))

    def called(self, call: Call, start: int, end: int, depth: int = 0) -> str:
        """A call of ours, with each calculation that it is given as a formula of its own."""
        told, at = "", start
        for argument in call.arguments:
            inner = _ours_alone(argument.significant)
            told += self.formula[at : argument.start]
            if inner is not None and depth < _DEEPEST:
                told += self.called(inner, argument.start, argument.end, depth + 1)
            elif _is_plain(argument.significant):
                told += text(argument, self.formula)
            else:
                new = self.without(argument).strip()
                place = self.free()
                self.parts.append(Part(new, place))
                told += f"'{SHEET}'!{a1(*place)}"
            at = argument.end
        return told + self.formula[at:end]


def _spans(argument: Argument) -> list[tuple[int, int, Item]]:
    """The items of an argument with their spans; a prefix is with what it stands before."""
    found: list[tuple[int, int, Item]] = []
    at, since = argument.start, None
    for item in argument.items:
        end = item.end if isinstance(item, Call) else at + len(item[1])
        if not isinstance(item, Call) and item[0] == Kind.PREFIX:
            since = at
        else:
            found.append((at if since is None else since, end, item))
            since = None
        at = end
    return found


def _is_plain(items: Sequence[Item]) -> bool:
    """Whether an argument is a value or an address: nothing of it is calculated."""
    kept = [one for one in items if isinstance(one, Call) or one not in _SIGNS]
    if not kept:
        return not items
    kinds = [None if isinstance(one, Call) else one[0] for one in kept]
    if kinds[0] == Kind.PREFIX:
        kinds = kinds[1:]
    if len(kept) < len(items):
        return kinds == [Kind.NUMBER]
    return kinds == [Kind.AREA, Kind.SPILL] or (len(kinds) == 1 and kinds[0] in _OPERANDS)
