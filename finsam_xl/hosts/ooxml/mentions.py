"""What stands outside the cells: headers and footers, text boxes, charts and pivot tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finsam_xl.hosts.ooxml.packageparts import relations_part, targets
from finsam_xl.hosts.ooxml.wiring.draft import Draft
from finsam_xl.hosts.ooxml.xmlspans import unescape_xml

_HEADERS = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)>([^<]+)<")
_DRAWN = re.compile(rb"<(?:\w+:)?p>.*?</(?:\w+:)?p>", re.DOTALL)
_TEXT = re.compile(rb"<a:t(?:\s[^>]*)?>([^<]*)<")
_FOLDERS = ("/drawings/", "/charts/")


def texts(draft: Draft, sheet: str) -> Iterator[tuple[str, str]]:
    """Where a text stands, in words, and the text, of a sheet's part."""
    for match in _HEADERS.finditer(draft.read(sheet)):
        yield "sidhuvud eller sidfot", unescape_xml(match[1].decode())
    for part in dict.fromkeys(_reached(draft, sheet)):
        if part.endswith(".xml") and any(folder in part for folder in _FOLDERS):
            where = "ett diagram" if "/charts/" in part else "en textruta"
            for paragraph in _DRAWN.findall(draft.read(part)):
                words = b"".join(_TEXT.findall(paragraph))
                if words:
                    yield where, unescape_xml(words.decode())


def has_pivot(draft: Draft, sheet: str) -> bool:
    """Whether a sheet shows a pivot table."""
    return any("/pivotTables/" in part for part in _reached(draft, sheet))


def _reached(draft: Draft, part: str, depth: int = 3) -> Iterator[str]:
    rels = relations_part(part)
    if depth and rels in draft.package:
        for target in targets(draft.package, rels):
            if target in draft:
                yield target
                yield from _reached(draft, target, depth - 1)
