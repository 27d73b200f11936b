"""The notes of cells, marked with the year they are of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finsam_xl.hosts.ooxml.wiring.draft import Draft
from finsam_xl.hosts.ooxml.xmlspans import (
    Node,
    Patch,
    escape,
    patched,
    tree,
    unescape_xml,
    whole_number,
)
from finsam_xl.records import NamedTuple

_FIRST_TEXT = re.compile(rb"<((?:\w+:)?t)(?:\s[^>]*)?>")
_THREAD = "tc="
"""How the author of a note begins that only stands in for a thread of comments."""


class Marked(NamedTuple):
    """The cells of a sheet whose notes were marked, and those with threads, which were not."""

    cells: tuple[str, ...]
    threads: tuple[str, ...]


def mark(draft: Draft, sheet: str, text: str) -> Marked:
    """Begin every note of a sheet's part with a text, unless it begins so already."""
    cells: list[str] = []
    threads: list[str] = []
    for _, part in draft.relations(sheet).targets("comments"):
        if part not in draft:
            continue
        data = draft.read(part)
        root = tree(data, part, 3)
        names = _authors(data, root)
        patches: list[Patch] = []
        for note in _notes(root):
            author = whole_number(note.get("authorId"))
            ref = note.get("ref") or ""
            if author < len(names) and names[author].startswith(_THREAD):
                threads.append(ref)
                continue
            first = _FIRST_TEXT.search(data, note.open_end, note.close)
            if first is not None and not data.startswith(escape(text), first.end()):
                cells.append(ref)
                patches.append(Patch(first.end(), first.end(), escape(text)))
        if patches:
            draft.put(part, patched(data, patches))
    return Marked(tuple(cells), tuple(threads))


def _notes(root: Node) -> Iterator[Node]:
    held = root.child("commentList")
    yield from held.children if held is not None else ()


def _authors(data: bytes, root: Node) -> list[str]:
    held = root.child("authors")
    nodes = held.children if held is not None else []
    return [unescape_xml(data[node.open_end : node.close].decode()).strip() for node in nodes]
