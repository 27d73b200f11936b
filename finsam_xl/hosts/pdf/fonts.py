"""The letters that the fonts of a page of a PDF show, by what they say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf

from finsam_xl.hosts.pdf.parts import NotUnderstoodError
from finsam_xl.records import NamedTuple


class Fonts:
    """The letters of the fonts of a page."""

    def __init__(self, page: pikepdf.Page) -> None:
        self._fonts: Any = page.resources.get("/Font", {})
        self._read: dict[str, _Letters] = {}

    def text(self, font: str, shown: bytes) -> str:
        """What some bytes show in a font."""
        if font not in self._read:
            self._read[font] = _letters(self._fonts.get(font))
        letters = self._read[font]
        size = letters.size
        codes = (shown[at : at + size] for at in range(0, len(shown), size))
        try:
            return "".join(letters.by_code[code] for code in codes)
        except KeyError as error:
            raise NotUnderstoodError("letter") from error


class _Letters(NamedTuple):
    """The text of each code of a font; ``size``: how many bytes a code is."""

    size: int
    by_code: Mapping[bytes, str]


_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_SECTION = re.compile(rb"begin(codespacerange|bfchar|bfrange)(.*?)end\1", re.DOTALL)
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(<[0-9A-Fa-f]+>|\[[^\]]*\])")


def _letters(font: Any) -> _Letters:
    """The letters of a font by what it says of them itself."""
    told = None if font is None else font.get("/ToUnicode")
    if told is None:
        raise NotUnderstoodError("font")
    size, by_code = 1, dict[bytes, str]()
    for kind, body in _SECTION.findall(told.read_bytes()):
        codes = [bytes.fromhex(one.decode()) for one in _HEX.findall(body)]
        if kind == b"codespacerange":
            size = max(map(len, codes), default=1)
        elif kind == b"bfchar":
            by_code |= {
                c: t.decode("utf-16-be") for c, t in zip(codes[::2], codes[1::2], strict=False)
            }
        else:
            by_code |= dict(_ranged(body))
    return _Letters(size, by_code)


def _ranged(body: bytes) -> Iterator[tuple[bytes, str]]:
    for first, last, to in _RANGE.findall(body):
        begin, end, size = int(first, 16), int(last, 16), len(first) // 2
        texts = [bytes.fromhex(one.decode()) for one in _HEX.findall(to)]
        for n, code in enumerate(range(begin, end + 1)):
            held = texts[n] if to.startswith(b"[") else _later(texts[0], n)
            yield code.to_bytes(size, "big"), held.decode("utf-16-be")


def _later(text: bytes, steps: int) -> bytes:
    """The letter some steps after one."""
    return text[:-2] + (int.from_bytes(text[-2:], "big") + steps).to_bytes(2, "big")
