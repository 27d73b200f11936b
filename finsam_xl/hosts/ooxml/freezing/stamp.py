"""What a frozen copy says of itself: of which workbook it is, which run, and when it was made.

It stands in the properties, and on every report beside what tells when that was made. What the
properties tell of sheets that are gone goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from finsam_xl.hosts.ooxml.changes import MADE_ON
from finsam_xl.hosts.ooxml.contents import Contents
from finsam_xl.hosts.ooxml.sheetedit import NewCell, with_cells
from finsam_xl.hosts.ooxml.wiring.draft import Draft
from finsam_xl.hosts.ooxml.xmlspans import Patch, escape, patched, tree, unescape_xml, with_children

_CORE, _CORE_KIND = (
    "docProps/core.xml",
    "application/vnd.openxmlformats-package.core-properties+xml",
)
_CORE_RELATION = (
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
)
_EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp="http://'
    b'schemas.openxmlformats.org/package/2006/metadata/core-properties"></cp:coreProperties>'
)
_DC = b"http://purl.org/dc/elements/1.1/"
_LISTED = re.compile(
    rb"<(?P<n>(?:\w+:)?(?:HeadingPairs|TitlesOfParts))\b(?:[^>]*/>|[^>]*>.*?</(?P=n)>)", re.DOTALL
)


def in_properties(draft: Draft, text: str, title: str) -> None:
    """Put a line last in the description among the properties, and a title if there is none."""
    found = [part for _, part in draft.relations().targets("core-properties") if part in draft]
    if not found:
        draft.put(_CORE, _EMPTY, _CORE_KIND)
        draft.relations().add(_CORE_RELATION, _CORE)
    part = found[0] if found else _CORE
    data = draft.read(part)
    root = tree(data, part, 2)
    old = root.child("description")
    before = data[old.open_end : old.close].decode() if old is not None else ""
    line = (unescape_xml(before).rstrip() + "\n" + text).strip()
    new = b'<dc:description xmlns:dc="%s">%s</dc:description>' % (_DC, escape(line))
    patches = [Patch(old.start, old.end, b"")] if old is not None else []
    named = root.child("title")
    if named is None or not data[named.open_end : named.close].strip():
        new += b'<dc:title xmlns:dc="%s">%s</dc:title>' % (_DC, escape(title))
        patches += [Patch(named.start, named.end, b"")] if named is not None else []
    patches += with_children(data, root.span, root.name.encode(), new)
    draft.put(part, patched(data, patches))


def unlist_sheets(draft: Draft) -> None:
    """Take out the list of sheets in the properties; Excel makes it anew when it saves."""
    for _, part in draft.relations().targets("extended-properties"):
        if part in draft:
            draft.put(part, _LISTED.sub(b"", draft.read(part)))


def on_reports(draft: Draft, book: Contents, reports: Iterable[str], text: str) -> None:
    """Write on reports, beside the run they are of, that they are frozen."""
    parts = {sheet.name: sheet.part for sheet in draft.workbook.sheets}
    for name in reports:
        part = book.reading(parts[name], draft.read(parts[name]))
        told = (
            (place, cell.value)
            for place, cell in sorted(part.cells.items())
            if type(cell.value) is str
            and cell.formula is None
            and MADE_ON.search(cell.value.encode())
        )
        place, value = next(told, (None, ""))
        if place is not None:
            new = NewCell("inlineStr", f"{value} · {text}")
            draft.put(parts[name], with_cells(part, {place: new}))
