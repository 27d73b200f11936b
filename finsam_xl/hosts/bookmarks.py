"""On which page of a PDF each of its bookmarks leads to, as LibreOffice writes them.

Only what is needed is read: objects, also compressed ones, the tree of pages, and bookmarks with
their place in them. What is written otherwise is not found, and no page is told.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping

_OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj\b(.*?)\bendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_PACKED = re.compile(rb"/Type\s*/ObjStm\b")
_PAGES = re.compile(rb"/Type\s*/Pages\b")
_PARENT = re.compile(rb"/Parent\b")
_KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
_REFERENCE = re.compile(rb"(\d+)\s+0\s+R")
_TITLE = re.compile(rb"/Title\s*<([0-9A-Fa-f\s]+)>")
_PLACE = re.compile(rb"/Dest\s*\[\s*(\d+)\s+0\s+R")

_Objects = Mapping[int, bytes]


def pages_of_bookmarks(pdf: bytes) -> dict[str, int]:
    """The page that each bookmark leads to, counted from 1, by the bookmark's text."""
    objects = dict(_objects(pdf))
    roots = [n for n, held in objects.items() if _PAGES.search(held) and not _PARENT.search(held)]
    numbers = {page: n for n, page in enumerate(_pages(objects, roots), start=1)}
    found = {}
    for held in objects.values():
        title, place = _TITLE.search(held), _PLACE.search(held)
        if title and place and (page := int(place.group(1))) in numbers:
            found[_text(title.group(1))] = numbers[page]
    return found


def _objects(pdf: bytes) -> Iterator[tuple[int, bytes]]:
    for match in _OBJECT.finditer(pdf):
        number, held = int(match.group(1)), match.group(2)
        stream = _STREAM.search(held)
        if stream is None:
            yield number, held
        elif _PACKED.search(held[: stream.start()]):
            # The end of a stream may be taken for the line that ends it: what there is is enough.
            data = zlib.decompressobj().decompress(stream.group(1))
            yield from _unpacked(held[: stream.start()], data)


def _unpacked(about: bytes, data: bytes) -> Iterator[tuple[int, bytes]]:
    """The objects that stand in a stream behind a list of their numbers and places."""
    first = re.search(rb"/First\s+(\d+)", about)
    start = int(first.group(1)) if first else 0
    told = [int(word) for word in data[:start].split()]
    places = [start + place for place in told[1::2]]
    for number, begin, end in zip(told[::2], places, [*places[1:], len(data)], strict=True):
        yield number, data[begin:end]


def _pages(objects: _Objects, numbers: list[int]) -> Iterator[int]:
    """The pages below some branches of the tree, in their order."""
    for number in numbers:
        kids = _KIDS.search(objects.get(number, b""))
        if kids is None:
            yield number
        else:
            yield from _pages(objects, [int(n) for n in _REFERENCE.findall(kids.group(1))])


def _text(digits: bytes) -> str:
    return bytes.fromhex(b"".join(digits.split()).decode()).decode("utf-16", "replace")
