"""What a workbook was before it was wired, kept in a part of ours that is read when it goes.

Of each part that wiring changed: a checksum of what it became, the entry as it was packed,
and for parts that others write as well the edits that take our change back.
"""

from __future__ import annotations

import base64
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
_LARGEST = 1 << 20
"""An entry larger than this is not kept: its edits are taken back instead."""


class Journal(NamedTuple):
    """What was kept. ``wired``: by part, the checksum of what wiring made of it."""

    version: str
    suffix: str
    wired: dict[str, str]
    entries: dict[str, Entry]
    edits: tuple[Edit, ...]


def kept(draft: Draft, suffix: str, version: str) -> Rewriting:
    """The draft's changes, with the journal of them among the parts."""
    draft.put(PART, b"", KIND)
    draft.relations().add(RELATION, PART)
    made = draft.rewriting()
    package = draft.package
    old = [part for part in made.changed if part in package]
    entries = {part: package.entry(part) for part in old}
    content = {
        "version": version,
        "suffix": suffix,
        "wired": {part: _sum(data) for part, data in made.changed.items() if part != PART},
        "entries": {
            part: [_text(entry.data), _text(entry.record)]
            for part, entry in entries.items()
            if len(entry.data) <= _LARGEST
        },
        "edits": [[edit.part, _text(edit.new), _text(edit.old)] for edit in draft.edits],
    }
    packed = bz2.compress(json.dumps(content, sort_keys=True).encode())
    return made._replace(changed={**made.changed, PART: packed})


def added(journal: Journal) -> set[str]:
    """The parts that were not there before."""
    return journal.wired.keys() - journal.entries.keys() - {edit.part for edit in journal.edits}


def read(package: Package) -> Journal | None:
    """The journal of a wired workbook; None when there is none, or none that can be read."""
    if PART not in package:
        return None
    try:
        content: dict[str, Any] = json.loads(bz2.decompress(package.read(PART)))
        return Journal(
            content["version"],
            content["suffix"],
            content["wired"],
            {part: Entry(*map(_bytes, pair)) for part, pair in content["entries"].items()},
            tuple(Edit(part, _bytes(new), _bytes(old)) for part, new, old in content["edits"]),
        )
    except (ValueError, KeyError, TypeError, OSError):
        return None


def is_as_wired(journal: Journal, package: Package, part: str) -> bool:
    """Whether a part is still what wiring made of it."""
    return part in package and journal.wired.get(part) == _sum(package.read(part))


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
