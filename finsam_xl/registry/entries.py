"""What an entry of the registry holds: the records that describe a function offered in cells.

>>> argument = Argument("budget", Kind.AMOUNT, "Budgeten.", optional=True)
>>> argument.signature
'[budget]'
"""

from __future__ import annotations

import keyword
from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from finsam_xl.records import NamedTuple

CATEGORY = "Finsam"
"""The category the functions stand under in a host's list."""


class Kind(StrEnum):
    """What an argument is read as."""

    AMOUNT = "amount"
    SHARE = "share"
    COUNT = "count"
    KEY = "key"
    """A part of what is shared out: a number, or per cent and then told apart."""
    CHOICE = "choice"
    DATE = "date"
    TRUTH = "truth"
    TEXT = "text"
    NAME = "name"
    """A text, or a number that names something: area 1."""
    LIMIT = "limit"
    """A target's limit as people write it: 0,8, 80 %, 40–60 %, 2."""
    MEASURED = "measured"
    """A number, a share, or a word such as "ej mätt"."""
    ANYTHING = "anything"
    """Whatever the cell holds, errors too."""


class Takes(StrEnum):
    """How an argument meets a range."""

    EACH = "each"
    """A range gives one answer for each of its cells."""
    WHOLE = "whole"
    """The range is one thing: the answer is about all of it."""
    ONE = "one"
    """A single value; a range is refused."""


class Zero(StrEnum):
    """What a 0 means, since an empty cell comes as 0 from some versions of Excel."""

    NUMBER = "number"
    LEFT_OUT = "left_out"
    """No one means 0 here, so it is read as left out in every host."""
    UNSURE = "unsure"
    """0 and blank give different answers: refused where the host cannot tell them apart."""


class Argument(NamedTuple):
    """One argument: its Swedish name, what it is read as, help, and how it is left out.

    ``unit``: 'tkr' when text in kr or mkr is to be converted, 'index' when a per cent
    sign changes nothing; ``choices``: what may be written → what the calculation is given;
    ``default``: in words, what holds when it is left out; ``in_terms``: the calculation is given
    each number as two whole numbers, the part and of how many.
    """

    name: str
    kind: Kind
    help: str
    optional: bool = False
    takes: Takes = Takes.EACH
    zero: Zero = Zero.NUMBER
    unit: str = ""
    choices: Mapping[str, str] = {}
    default: str = ""
    in_terms: bool = False

    @property
    def signature(self) -> str:
        """The name, within brackets when it may be left out."""
        return f"[{self.name}]" if self.optional else self.name

    @property
    def identifier(self) -> str:
        """The name as Python takes it: "del" is a word of its own."""
        return f"{self.name}_" if keyword.iskeyword(self.name) else self.name


def left_out(
    name: str,
    kind: Kind,
    text: str,
    default: str,
    *,
    takes: Takes = Takes.EACH,
    unit: str = "",
    choices: Mapping[str, str] = MappingProxyType({}),
) -> Argument:
    """An argument that may be left out, and that no one means by 0."""
    return Argument(name, kind, text, True, takes, Zero.LEFT_OUT, unit, choices, default)


DATE = left_out("datum", Kind.DATE, "Dagen vars regel gäller, eller ett år.", "årets regel")
"""What every function whose rule is dated takes last."""


class Example(NamedTuple):
    """A formula as typed in Swedish Excel, what its arguments hold, and what it gives."""

    formula: str
    arguments: tuple[Any, ...]
    result: Any


class CellFunction(NamedTuple):
    """One function offered in cells. ``calculate`` is never decorated; hosts wrap :func:`call`.

    It may answer in terms, two whole numbers: a cell shows the float nearest to their quotient.
    ``blank``: why an answer is left blank; ``same_size``: ranges read as wholes must have
    the same size; ``skips_heading``: a first row of words only is a heading; ``pair``: two
    values for each answer; ``asks_today``: ``calculate`` is given the day it is, as ``today``.
    """

    name: str
    help: str
    arguments: tuple[Argument, ...]
    calculate: Callable[..., Any]
    example: Example
    blank: str = "Ett värde som behövs är tomt, och tomt är inte noll."
    same_size: bool = True
    skips_heading: bool = False
    pair: bool = False
    asks_today: bool = False

    @property
    def signature(self) -> str:
        """Name and arguments as typed in Swedish Excel."""
        return f"{self.name}({'; '.join(argument.signature for argument in self.arguments)})"

    @property
    def is_dated(self) -> bool:
        """Whether rules of a day take part: ``calculate`` is given it last, never ``None``."""
        return self.arguments[-1].kind is Kind.DATE

    @property
    def required(self) -> int:
        """How many arguments must be given."""
        return sum(not argument.optional for argument in self.arguments)
