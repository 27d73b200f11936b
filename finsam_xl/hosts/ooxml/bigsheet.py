"""Looking over a large sheet without reading it cell by cell, in memory that does not grow.

A ledger of a million rows beside the tables must cost no more than unpacking it:
which shared strings it uses and whether it has formulas is enough to pass it by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from finsam_xl.hosts.ooxml.package import Package
from finsam_xl.records import NamedTuple

LARGE = 4 << 20
"""Uncompressed size, in bytes, from which a sheet is looked over before it is read."""

_SHARED = re.compile(rb't="s"[^>]*>\s*<v(?:\s[^>]*)?>\s*(\d+)')
# Plain search is five times as fast as a pattern; where it finds too much, more is read.
_UNUSUAL = (b"t='", b'tr"', b"<!", b":c ", b" =", b"\n=", b"\t=", b"\r=")
_SPACE_AFTER = re.compile(rb"=\s")
_FORMULA = (b"<f", b":f")


class Overview(NamedTuple):
    """Shared string numbers used, formulas or not, and ``plain`` if that can be trusted."""

    strings: frozenset[int]
    has_formulas: bool
    plain: bool


def look_over(package: Package, part: str) -> Overview:
    """Look over a sheet part in one streaming pass."""
    strings: set[bytes] = set()
    has_formulas, plain = False, True
    for chunk in _whole_cells(package.chunks(part)):
        strings.update(_SHARED.findall(chunk))
        has_formulas = has_formulas or any(sign in chunk for sign in _FORMULA)
        unusual = any(sign in chunk for sign in _UNUSUAL) or _SPACE_AFTER.search(chunk)
        plain = plain and not unusual
    return Overview(frozenset(map(int, strings)), has_formulas, plain)


def _whole_cells(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, cut only in front of a cell."""
    rest = b""
    for chunk in chunks:
        data = rest + chunk
        cut = max(data.rfind(b"<c "), data.rfind(b"<row"))
        if cut <= 0:
            rest = data
            continue
        yield data[:cut]
        rest = data[cut:]
    yield rest
