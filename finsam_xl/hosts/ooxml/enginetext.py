"""A formula as the engine gets it: cut to the cells that are used, and only where it is right.

The engine lets whole blocks take part where Excel takes one cell of them (a plain formula's
implicit intersection), reads a condition such as ``<>text`` and an inexact lookup in another
way, and goes through a whole column cell by cell. Formulas of the first kinds are not given
to it; blocks are made shorter only where the empty cells below them change nothing.

>>> used = {"Blad1": (9, 3)}.__getitem__
>>> book = Looks(used, lambda cell: 1, lambda block: True)
>>> fitted("SUM(A:A)+B2", "Blad1", {}, book).text
'SUM(A1:A10)+B2'
>>> fitted("SUM(A1:A3*B1:B3)", "Blad1", {}, book) is None
True
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from finsam_xl.address import span
from finsam_xl.formulas import blocks as addresses
from finsam_xl.formulas.blocks import Area, sheet_of
from finsam_xl.formulas.functions import as_typed
from finsam_xl.formulas.tokens import Kind, Token
from finsam_xl.formulas.tree import ARRAY, Argument, Call, tree
from finsam_xl.records import NamedTuple

Used = Callable[[str], tuple[int, int]]
"""The last row and column of a sheet that hold anything."""
Holds = Callable[[Area], object]
"""What the single cell of a block holds."""
AddsAll = Callable[[Area], bool]
"""Whether a subtotal of a block adds all of it: no row is hidden, no cell a subtotal itself."""
_BEYOND = {Kind.TABLE, Kind.SPILL, Kind.SEMICOLON, Kind.COLON, Kind.AT, Kind.OTHER}
"""What a formula for the engine may not hold."""
_NAMES = {Kind.NAME, Kind.AREA}
_EVERY = range(255)
_ODD, _EVEN = range(1, 255, 2), range(0, 255, 2)
_SUMMING = {"SUM", "AVERAGE", "COUNT", "COUNTA", "MAX", "MIN", "MEDIAN", "PRODUCT"}
_CONDITIONAL = {"SUMIFS", "AVERAGEIFS", "MAXIFS", "MINIFS"}
_TAKES_BLOCKS: dict[str, Sequence[int]] = {
    **dict.fromkeys(_SUMMING, _EVERY),
    **dict.fromkeys(_CONDITIONAL, (0, *_ODD)),
    **dict.fromkeys(("AND", "OR", "XOR", "CONCAT", "COUNTBLANK", "ROWS", "COLUMNS"), _EVERY),
    **dict.fromkeys(("SUMPRODUCT", "FILTER"), _EVERY),
    **dict.fromkeys(("LARGE", "SMALL", "INDEX", "COUNTIF"), (0,)),
    **dict.fromkeys(("VLOOKUP", "HLOOKUP", "MATCH", "RANK"), (1,)),
    **dict.fromkeys(("SUMIF", "AVERAGEIF"), (0, 2)),
    "COUNTIFS": _EVEN,
    "TEXTJOIN": range(2, 255),
    "XLOOKUP": (1, 2),
    "LET": _ODD,
}
"""The arguments of each function that are blocks of cells and no single values."""
_CAN_BE_SHORTER = (
    _SUMMING | _CONDITIONAL | {"SUMIF", "AVERAGEIF", "LARGE", "SMALL", "RANK", "SUMPRODUCT"}
    | {"MATCH", "VLOOKUP", "XLOOKUP"}
)  # fmt: skip
"""The functions whose answer is the same however many empty cells follow in their blocks."""
_CALCULATES_BLOCKS = {"SUMPRODUCT", "FILTER"}
"""The functions that calculate with whole blocks in any formula."""
_SPREADS = {"", "ABS", "INT", "LEFT", "LEN", "MID", "MONTH", "RIGHT", "YEAR"}
"""What the engine calculates for every cell of a block inside those; brackets too."""
_JUST_LOOKS = {"INDEX", "ROWS", "COLUMNS", "ROW", "COLUMN"}
"""The functions that do not go through their blocks."""
_CONDITIONS = {"COUNTIF", "COUNTIFS", "SUMIF", "AVERAGEIF", *_CONDITIONAL}
_EXACT = {"0", "FALSE"}
_NUMBER_TO_SOME = re.compile(r"\s*[-+]?\d[\d\s]*[.,]\d+\s*%?\s*")
"""A text that is a number, a date or just a text by the reader's decimal sign."""
_MEANS_EMPTY = re.compile("<>.|=$")


_SUBTOTAL = "SUBTOTAL"
_OF_SUMS = {"9", "109"}
"""What a subtotal is told first when it adds, hidden rows included or not."""


class Looks(NamedTuple):
    """What the workbook is asked of."""

    used: Used
    holds: Holds
    adds_all: AddsAll


class Fitted(NamedTuple):
    """The text for the engine, and how many cells it goes through."""

    text: str
    cost: int


class _Unfit(Exception):  # noqa: N818 (no error: what a formula is)
    """The engine is not known to calculate the formula as Excel does."""


class _Block(NamedTuple):
    text: str
    area: Area

    @property
    def size(self) -> int:
        return self.height * self.width

    @property
    def height(self) -> int:
        return self.area.bottom - self.area.top + 1

    @property
    def width(self) -> int:
        return self.area.right - self.area.left + 1


class _Call(NamedTuple):
    """A function with its arguments; brackets have no name."""

    name: str
    written: str
    arguments: list[list[_Part]]


_Part = str | _Block | _Call


def fitted(formula: str, sheet: str, names: Mapping[str, str], book: Looks) -> Fitted | None:
    """The formula for the engine; ``None`` where the engine is not known to be right.

    ``names``: defined names in lower case, with what they stand for.
    """
    try:
        writer = _Writer(book)
        return Fitted(writer.whole(_parsed(formula, sheet, names)), writer.cost)
    except _Unfit:
        return None


def _parsed(formula: str, sheet: str, names: Mapping[str, str]) -> list[_Part]:
    """The formula's parts in order, those within brackets inside their call."""
    root = tree(formula)
    if root is None or len(root.arguments) > 1:
        raise _Unfit
    return _parts(root.arguments[0], sheet, names)


def _parts(argument: Argument, sheet: str, names: Mapping[str, str]) -> list[_Part]:
    found: list[_Part] = []
    prefix = ""
    for item in argument.items:
        if isinstance(item, Call):
            if prefix or item.name == ARRAY:
                raise _Unfit
            arguments = [_parts(inner, sheet, names) for inner in item.arguments]
            found.append(_Call(item.name, as_typed(item.written), arguments))
        elif item[0] in _BEYOND or (prefix and item[0] == Kind.PREFIX):
            raise _Unfit
        elif item[0] == Kind.PREFIX:
            prefix = item[1]
            continue
        else:
            found.append(_operand(item, prefix, sheet, names))
        prefix = ""
    return found


def _operand(token: Token, prefix: str, sheet: str, names: Mapping[str, str]) -> _Part:
    kind, text = token
    if kind == Kind.AREA:
        area = addresses.block(text)
        if area is not None:
            return _Block(prefix + text, Area(sheet_of(prefix) or sheet, *area))
    if kind in _NAMES and text.lower() in names:
        # A name for cells is calculated with as those cells; a formula's name is not followed.
        stands_for = names[text.lower()]
        parts = _parsed(stands_for, sheet, {})
        if any(isinstance(part, _Call) for part in parts):
            raise _Unfit
        blocks = [part for part in parts if isinstance(part, _Block)]
        if blocks and len(parts) == 1:
            return blocks[0]
        if any(block.size > 1 for block in blocks):
            raise _Unfit
    return prefix + (as_typed(text) if kind == Kind.NAME else text)


class _Writer:
    """Writes a formula's parts for the engine, and adds up the cells it goes through."""

    def __init__(self, book: Looks) -> None:
        self._used, self._holds, self._adds_all = book
        self.cost = 0

    def whole(self, parts: list[_Part]) -> str:
        """A formula, or what stands within brackets that belong to no function."""
        return self._argument(parts, spreads=False)

    def _argument(self, parts: list[_Part], *, spreads: bool) -> str:
        """One argument that is calculated: blocks take part only where all their cells do."""
        _check_operands(parts)
        return "".join(self._part(part, spreads=spreads) for part in parts)

    def _part(self, part: _Part, *, spreads: bool) -> str:
        if isinstance(part, str):
            return part
        if isinstance(part, _Call):
            return self._call(part, spreads=spreads)
        if part.size > 1 and not spreads:
            raise _Unfit
        held = self._holds(part.area) if part.size == 1 else None
        if isinstance(held, str) and _NUMBER_TO_SOME.fullmatch(held):
            raise _Unfit
        self.cost += part.size
        return part.text

    def _call(self, call: _Call, *, spreads: bool) -> str:
        if call.name == _SUBTOTAL:
            call = self._as_sum(call)
        inside = call.name in _CALCULATES_BLOCKS or (spreads and call.name in _SPREADS)
        _check_call(call)
        takes = _TAKES_BLOCKS.get(call.name, ())
        if call.name in _CONDITIONS:
            self._check_conditions(
                parts for number, parts in enumerate(call.arguments) if number not in takes
            )
        blocks = {n: _only_block(parts) for n, parts in enumerate(call.arguments) if n in takes}
        lengths = self._lengths(call, [block for block in blocks.values() if block])
        texts = []
        for number, parts in enumerate(call.arguments):
            block = blocks.get(number)
            if block:
                texts.append(self._block(block, call, lengths))
            else:
                texts.append(self._argument(parts, spreads=inside))
        return f"{call.written}({','.join(texts)})"

    def _as_sum(self, call: _Call) -> _Call:
        """A subtotal as the sum it is, refused where it leaves anything out."""
        first, *others = call.arguments
        blocks = [_only_block(parts) for parts in others]
        is_sum = "".join(p for p in first if isinstance(p, str)).strip() in _OF_SUMS
        if not is_sum or not all(block and self._adds_all(block.area) for block in blocks):
            raise _Unfit
        return _Call("SUM", "SUM", others)

    def _check_conditions(self, conditions: Iterable[list[_Part]]) -> None:
        """Refuse conditions that hold for empty cells: the engine reads them in another way."""
        for parts in conditions:
            texts = [part.strip() for part in parts if isinstance(part, str) and part.strip()]
            block = _only_block(parts)
            if block:
                condition = self._holds(block.area)
            else:
                condition = texts[0].strip('"') + "…" * (len(parts) > 1) if texts else ""
            if isinstance(condition, str) and _MEANS_EMPTY.match(condition):
                raise _Unfit

    def _lengths(self, call: _Call, blocks: list[_Block]) -> dict[int, int]:
        """New heights for the heights of a call's blocks: alike before, alike after.

        One empty row is kept, so that what is looked for among empty cells is found.
        """
        if call.name not in _CAN_BE_SHORTER:
            return {}
        lengths: dict[int, int] = {}
        for block in blocks:
            needed = max(1, self._used(block.area.sheet)[0] + 2 - block.area.top)
            lengths[block.height] = max(lengths.get(block.height, 1), min(block.height, needed))
        return lengths

    def _block(self, block: _Block, call: _Call, lengths: Mapping[int, int]) -> str:
        sheet, top, left, _, _ = block.area
        height, width = lengths.get(block.height, block.height), block.width
        if call.name in _SUMMING:
            width = min(width, max(1, self._used(sheet)[1] + 2 - left))
        if call.name not in _JUST_LOOKS:
            self.cost += height * width
        if (height, width) == (block.height, block.width):
            return block.text
        prefix = block.text.rpartition("!")[0]
        mark = "!" if prefix else ""
        return prefix + mark + span(top, left, top + height - 1, left + width - 1)


def _only_block(parts: list[_Part]) -> _Block | None:
    """The block that an argument is, if it is nothing else."""
    meaning = [part for part in parts if not isinstance(part, str) or part.strip()]
    only = meaning[0] if len(meaning) == 1 else None
    return only if isinstance(only, _Block) else None


def _check_operands(parts: list[_Part]) -> None:
    """Refuse two operands with only spaces between them: an intersection."""
    operand = False
    for part in parts:
        if isinstance(part, str) and not part.strip():
            continue
        is_operand = not isinstance(part, str)
        if operand and is_operand:
            raise _Unfit
        operand = is_operand


def _check_call(call: _Call) -> None:
    """Refuse calls that the engine reads in another way than Excel."""
    arguments = call.arguments
    texts = ["".join(p for p in parts if isinstance(p, str)).strip() for parts in arguments]
    if not call.name and len(arguments) > 1:
        raise _Unfit  # a union of blocks
    if call.name in ("SUMIF", "AVERAGEIF") and len(arguments) == 3:
        first, last = _only_block(arguments[0]), _only_block(arguments[2])
        if not first or not last or (first.height, first.width) != (last.height, last.width):
            raise _Unfit
    exact = {"MATCH": 2, "VLOOKUP": 3, "HLOOKUP": 3}.get(call.name)
    if exact is not None and (len(arguments) <= exact or texts[exact].upper() not in _EXACT):
        raise _Unfit
    inexact = call.name == "XLOOKUP" and any(text not in ("", "0") for text in texts[4:])
    if inexact or call.name == "LOOKUP":
        raise _Unfit
