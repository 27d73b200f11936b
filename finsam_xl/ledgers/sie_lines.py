"""The fields of a line of a SIE file, types 1–4.

A label, then fields with spaces or tabs between, any of them in quotation marks; a list of objects
stands in braces. Every line is read alone: quotes that are never closed occur, and end with it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from finsam_xl.ledgers.record import Objects

_FIELD = re.compile(
    r"""[ \t]*(?:
        "(?P<quoted>(?:[^"\\]|\\.|\\$)*)(?P<closed>"?)
      | \{(?P<objects>(?:[^"{}]|"(?:[^"\\]|\\.)*")*)\}
      | (?P<bare>[^ \t"{}]+|[{}])
    )""",
    re.VERBOSE | re.DOTALL,
)
_OBJECT = re.compile(r'"((?:[^"\\]|\\.)*)"|([^ \t"]+)')
_ESCAPED = re.compile(r"\\(.)")
OPEN, CLOSE = "{", "}"
Field = str | Objects


def fields(line: str) -> list[Field]:
    """The fields of a line, the label first; a list of objects as its pairs.

    >>> fields(r'#TRANS 5010 {1 "700" 6 "P10"} -12.50 "" "a \\"b\\""')
    ['#TRANS', '5010', (('1', '700'), ('6', 'P10')), '-12.50', '', 'a "b"']
    """
    return [value for value, _ in _read(line)]


def has_open_quote(line: str) -> bool:
    """Whether the last field of a line begins with a quotation mark that is never closed."""
    return any(is_open for _, is_open in _read(line))


def _read(line: str) -> list[tuple[Field, bool]]:
    found: list[tuple[Field, bool]] = []
    end = len(line)
    at = 0
    while at < end:
        match = _FIELD.match(line, at)
        if match is None:
            at += 1  # a brace or a blank at the end of the line
            continue
        at = match.end()
        if match["quoted"] is not None:
            found.append((_plain(match["quoted"]), not match["closed"]))
        elif match["objects"] is not None:
            found.append((objects(match["objects"]), False))
        else:
            found.append((match["bare"], False))
    return found


def objects(text: str) -> Objects:
    """The pairs of a list of objects, without its braces, in the order of their dimensions."""
    if not text or text.isspace():
        return ()
    words = [
        _plain(quoted) if quoted or not bare else bare for quoted, bare in _OBJECT.findall(text)
    ]
    pairs = zip(words[::2], words[1::2], strict=False)
    return tuple(sorted((dimension, code) for dimension, code in pairs if code))


def day_of(text: str) -> date | None:
    """The day that begins a text, such as 20250131; ``None`` for anything else."""
    with suppress(ValueError):
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    return None


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text).strip() if "\\" in text else text.strip()
