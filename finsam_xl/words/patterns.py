"""How a word of the trade is written in a word file, and what labels it is found in.

``summa kostnader``     the whole label
``summa …``             the label begins so; ``… totalt`` ends so; ``… kvar …`` says so anywhere;
                        ``eget kapital … slut`` has more between
``*kostnader``          the head of a compound; ``region*`` its beginning; ``*kommun*`` its part
``(summa) kostnader``   a word that may be left out; ``(ca|cirka)`` either of two, or neither
``årets|periodens``     either of two
``<år>``, ``<dag>``     a year of four figures, a date; ``<datum>`` one without its century

>>> bool(pattern(["… kvar …"]).search("antal kvar i verksamheten"))
True
>>> bool(pattern(["summa …"]).search("summan av allt"))
False
>>> bool(pattern(["(summa) eget kapital (<år>)"]).search("eget kapital 2021"))
True
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from finsam_xl.labels import normalise

_MORE = "…"
_TOKEN = re.compile(r"\([^)]*\)|\S+")
_MEANT = {"<år>": r"\d{4}", "<dag>": r"\d{4}-\d\d-\d\d", "<datum>": r"(?:20)?\d\d-\d\d-\d\d"}
_PARTS = re.compile(r"(<\w+>)")
_MARKED = re.compile(r"[^\w ]")
_LITERAL = re.compile(r"<\w+>|\*")
_OPEN = r"\w*"
_PLAIN = re.compile(r"[\w *…]+")
_BETWEEN = re.compile(r"[ *…]+")
_EDGE = r"\b"
_BEGINS, _ENDS = r"(?<!\w)", r"(?!\w)"


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """What finds any of some words in a label in plain words."""
    return re.compile("|".join(map(_written, words)))


def is_whole(word: str) -> bool:
    """Whether a word is a whole label, letter by letter."""
    return not _MARKED.search(word)


def needed(word: str) -> tuple[str, ...]:
    """Letters that a label must hold some of for a word to be in it; "" where any label may.

    >>> needed("(summa) eget kapital"), needed("plan|budget*"), needed("<år>")
    (('kapital',), ('plan', 'budget'), ('',))
    """
    if _PLAIN.fullmatch(word):
        return (max(_BETWEEN.split(word), key=len),)
    tokens = [token for token in _TOKEN.findall(word) if token[0] != "(" and token != _MORE]
    needs = [tuple(map(_longest, token.split("|"))) for token in tokens]
    return max(needs, key=lambda ways: min(map(len, ways)), default=("",))


def _longest(way: str) -> str:
    return max(map(normalise, _LITERAL.split(way)), key=len)


def _written(word: str) -> str:
    tokens = _TOKEN.findall(word)
    before, after = tokens[0] == _MORE, tokens[-1] == _MORE
    # Where no mark can stand at an edge the shorter way of saying so is the same.
    begins, ends = (_EDGE, _EDGE) if _PLAIN.fullmatch(word) else (_BEGINS, _ENDS)
    tokens = tokens[before : len(tokens) - after]
    text = ""
    optional = ""
    for token in tokens:
        ways = _ways(token)
        if token.startswith("(") and text:
            text += f"(?: {ways})?"
        elif token.startswith("("):
            optional += f"(?:{ways} )?"
        elif token == _MORE:
            text += f"{ends}.*{begins}"
        else:
            text += f" {ways}" if text and not text.endswith(begins) else ways
    return f"{begins if before else '^'}{optional}{text}{ends if after else '$'}"


def _ways(token: str) -> str:
    """What one token stands for: one word or several, or either of some."""
    ways = [_way(way) for way in token.strip("()").split("|")]
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


def _way(way: str) -> str:
    return _OPEN.join(
        "".join(_MEANT.get(part) or re.escape(normalise(part)) for part in _PARTS.split(piece))
        for piece in way.split("*")
    )
