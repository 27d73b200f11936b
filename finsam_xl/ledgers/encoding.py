"""Which encoding a ledger's bytes are in; what the file says of it proves nothing.

The only legal one of SIE 1–4 is code page 437. Programs write UTF-8 and Windows-1252 as well, all
under ``#FORMAT PC8``. Source: SIE filformat 4B, and the samples of fourteen producers.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator

_LETTERS = "åäöÅÄÖ"
_BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_WIDE = frozenset(name for bom, name in _BOMS.items() if len(bom) == 2)
"""Encodings whose lines do not end in one byte."""
_PIECE = 1 << 20
LOST = "\ufffd"
"""What stands for a letter that some program could not read: it cannot be known again."""


def encoding(data: bytes) -> str:
    """The name of the encoding.

    >>> encoding("Vännäs".encode("cp437")), encoding("Vännäs".encode("cp1252"))
    ('cp437', 'cp1252')
    >>> encoding("Vännäs".encode())
    'utf-8'
    """
    for bom, name in _BOMS.items():
        if data.startswith(bom):
            return name
    if data.isascii():
        return "cp437"
    if _is_utf8(data):
        return "utf-8"
    # Where all but a byte or two is UTF-8, that is what it is.
    return max(("cp437", "cp1252", "utf-8"), key=lambda name: _likeness(data, name))


def _is_utf8(data: bytes) -> bool:
    """Whether all of it is, a piece at a time."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for begin in range(0, len(data), _PIECE):
            decoder.decode(data[begin : begin + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _likeness(data: bytes, name: str) -> int:
    """How many of the Swedish letters there would be in an encoding, by their bytes."""
    return sum(data.count(letter.encode(name)) * len(letter.encode(name)) for letter in _LETTERS)


def lines(data: bytes, name: str) -> Iterator[str]:
    """The lines of a file without their ends; no more than a piece of it is held as text."""
    if name in _WIDE:
        yield from _split(data.decode(name, "replace").removeprefix("\ufeff"))
        return
    begin = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    while begin < len(data):
        end = data.find(b"\n", begin + _PIECE)
        end = len(data) if end < 0 else end + 1
        yield from _split(data[begin:end].decode(name, "replace").removesuffix("\n"))
        begin = end


def _split(text: str) -> list[str]:
    """Lines that end as on any system; other separators belong to the text."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n")
