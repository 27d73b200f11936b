"""A tidy table as people read it: Swedish headings, and Swedish words for what figures are.

Programs rely on the names and words of ``columns``; here they are told as the rest of the product
tells them. Which word stands for which is one to one: nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from finsam_xl.export.columns import Column
from finsam_xl.export.figures import Line
from finsam_xl.reading.reasons import name_of
from finsam_xl.records import NamedTuple
from finsam_xl.words.meanings import kind_name, row_name

_CODE = re.compile(r"[a-z_]+")
_TWICE = re.compile(r"(\w[\w ]*) \(\1\)")
_SIDES = {"income": row_name("line", True), "cost": row_name("line", False)}
_SOURCES = {"typed": "inskriven", "formula": "formel", "ours": "från oss"}


def _role(code: str) -> str:
    return row_name(code, None)


def _side(code: str) -> str:
    return _SIDES.get(code, code)


def _source(code: str) -> str:
    return _SOURCES.get(code, code)


_SAID: Mapping[str, Callable[[str], str]] = {
    "kind": kind_name,
    "role": _role,
    "side": _side,
    "scenario": name_of,
    "source": _source,
}
"""The columns that hold one of a few words, and how each is told."""


class Told(NamedTuple):
    """A column as it is told to people: its heading, its name in data, and what it means."""

    name: str
    data_name: str
    holds: str
    meaning: str


def headings(columns: Sequence[Column]) -> list[Told]:
    """The columns with their Swedish headings, and meanings in the words that stand below them."""
    return [
        Told(one.heading or one.name, one.name, str(one.holds), _meaning(one)) for one in columns
    ]


def told(lines: Sequence[Line], columns: Sequence[Column]) -> list[Line]:
    """Lines with the words that people read."""
    said = [_SAID.get(column.name) for column in columns]
    return [
        tuple(
            value if say is None or not isinstance(value, str) or not value else say(value)
            for say, value in zip(said, line, strict=True)
        )
        for line in lines
    ]


def _meaning(column: Column) -> str:
    say = _SAID.get(column.name)
    if say is None:
        return column.meaning
    return _TWICE.sub(r"\1", _CODE.sub(lambda found: say(found[0]), column.meaning))
