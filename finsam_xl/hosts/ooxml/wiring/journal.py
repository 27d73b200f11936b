"""What a workbook was before it was wired, kept in a part of ours that is read when it goes.

Of each part that wiring changed: a checksum of what it became, the entry as it was packed,
and for parts that others write as well the edits that take our change back.
"""

from __future__ import annotations

import bz2
import hashlib
import json
from typing import Any

from finsam_xl.hosts.ooxml.package import Entry, Package
from finsam_xl.hosts.ooxml.wiring.draft import Draft, Edit, Rewriting
from finsam_xl.records import NamedTuple

PART = "finsam/original.dat"
KIND = "application/vnd.finsam-xl.original"
RELATION = "urn:finsam-xl:original"
_END = b"\0"
"""Between what is told and the entries themselves."""
_LARGEST = 1 << 20
"""An entry larger than this is not kept: its edits are taken back instead."""


class Journal(NamedTuple):
    """What was kept. ``wired``: by part, the checksum of what wiring made of it.

    ``added``: the parts that were not there before.
    """

    version: str
    suffix: str
    added: frozenset[str]
    wired: dict[str, str]
    entries: dict[str, Entry]
    edits: tuple[Edit, ...]


def kept(draft: Draft, suffix: str, version: str) -> Rewriting:
    """The draft's changes, with the journal of them among the parts."""
    draft.put(PART, b"", KIND)
    draft.relations().add(RELATION, PART)
    made = draft.rewriting()
    package = draft.package
    old = (part for part in made.changed if part in package)
    entries = {part: package.entry(part) for part in old}
    entries = {
        part: entry
        for part, entry in entries.items()
        if len(entry.data) <= _LARGEST or part in draft.kept
    }
    content = {
        "version": version,
        "suffix": suffix,
        "added": [part for part in made.changed if part not in package],
        "wired": {part: _sum(data) for part, data in made.changed.items() if part != PART},
        "entries": {part: [len(entry.data), len(entry.record)] for part, entry in entries.items()},
        "edits": [(edit.part, edit.new.decode(), edit.old.decode()) for edit in draft.edits],
    }
    head = json.dumps(content, ensure_ascii=False).encode()
    packed = bz2.compress(head + _END + b"".join(map(b"".join, entries.values())))
    return made._replace(changed={**made.changed, PART: packed})


def read(package: Package) -> Journal | None:
    """The journal of a wired workbook; None when there is none, or none that can be read."""
    if PART not in package:
        return None
    try:
        head, _, rest = bz2.decompress(package.read(PART)).partition(_END)
        content: dict[str, Any] = json.loads(head)
        entries, at = {}, 0
        for part, (data, record) in content["entries"].items():
            entries[part] = Entry(rest[at : at + data], rest[at + data : at + data + record])
            at += data + record
        edits = (Edit(part, new.encode(), old.encode()) for part, new, old in content["edits"])
        return Journal(
            content["version"],
            content["suffix"],
            frozenset(content["added"]),
            content["wired"],
            entries,
            tuple(edits),
        )
    except (ValueError, KeyError, TypeError, OSError):
        return None


def is_as_wired(journal: Journal, package: Package, part: str) -> bool:
    """Whether a part is still what wiring made of it."""
    return part in package and journal.wired.get(part) == _sum(package.read(part))


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
