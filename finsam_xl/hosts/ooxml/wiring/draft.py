"""A package being changed: parts are read as they are by now, put in, taken out, and told of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from finsam_xl.hosts.ooxml.package import Entry, Package
from finsam_xl.hosts.ooxml.packageparts import ContentTypes, Relations, holes, relations_part
from finsam_xl.hosts.ooxml.workbookpart import WorkbookPart
from finsam_xl.hosts.ooxml.xmlspans import damaged
from finsam_xl.records import NamedTuple

ROOT = ""
"""Who the package's own relations belong to."""


class Edit(NamedTuple):
    """Bytes of a part that stand for others, once: how a change is taken back later."""

    part: str
    new: bytes
    old: bytes


class Rewriting(NamedTuple):
    """What is written of a package: parts that change, go, or come back as they once were."""

    changed: Mapping[str, bytes]
    removed: frozenset[str]
    entries: Mapping[str, Entry] = {}


class Draft:
    """The parts of a package with changes; ``edits``: those made inside parts of hers."""

    def __init__(self, package: Package, workbook: bytes | None = None) -> None:
        """``workbook``: what is to be read in the place of the package's workbook part."""
        self.package = package
        self.workbook = WorkbookPart(package, workbook)
        self.types = ContentTypes(package)
        self.edits: list[Edit] = []
        self.kept: set[str] = set()
        """Parts whose change no edits take back: what they were is kept, however large."""
        self._changed: dict[str, bytes] = {}
        self._removed: set[str] = set()
        self._relations = {self.workbook.part: self.workbook.relations}

    def __contains__(self, part: str) -> bool:
        known = part in self.package and part not in self._removed
        return known or part in self._changed

    @property
    def names(self) -> Iterator[str]:
        """Every part there is by now."""
        yield from (name for name in self.package.names if name not in self._removed)
        yield from (name for name in self._changed if name not in self.package)

    @cached_property
    def holes(self) -> dict[str, str]:
        """Parts that the package has not, each with the part whose relations lead there."""
        return {target: rels for rels, target in sorted(holes(self.package))}

    def read(self, part: str) -> bytes:
        """A part as it is by now."""
        if part in self._changed:
            return self._changed[part]
        if part in self._removed:
            raise damaged(part)
        return self.package.read(part)

    def put(self, part: str, data: bytes, kind: str = "") -> None:
        """Put a part in, or in another's place; ``kind``: its content type, if it is new."""
        self._changed[part] = data
        self._removed.discard(part)
        if kind:
            self.types.add(part, kind)

    def edit(self, part: str, old: bytes, new: bytes) -> None:
        """Replace what stands first in a part; an empty ``old`` is never meant."""
        data = self.read(part)
        self.put(part, data.replace(old, new, 1))
        self.edits.append(Edit(part, new, old))

    def insert(self, part: str, at: int, new: bytes) -> None:
        """Put bytes into a part at an offset."""
        data = self.read(part)
        self.put(part, data[:at] + new + data[at:])
        self.edits.append(Edit(part, new, b""))

    def note(self, part: str, old: bytes, new: bytes) -> None:
        """Remember an edit that was made by others."""
        if new != old:
            self.edits.append(Edit(part, new, old))

    def remove(self, part: str) -> None:
        """Take a part out, its relations with it, and what is told of it."""
        for name in (part, relations_part(part)):
            self._changed.pop(name, None)
            if name in self.package:
                self._removed.add(name)
        self._relations.pop(part, None)
        self.types.remove(part)

    def relations(self, part: str = ROOT) -> Relations:
        """A part's relations, to be added to; those of the package when no part is named."""
        if part not in self._relations:
            self._relations[part] = Relations(self.package, part)
        return self._relations[part]

    def free(self, pattern: str) -> str:
        """The first name that no part has, of a pattern with {} for the number."""
        taken = {name.lower() for name in (*self.package.names, *self._changed, *self.holes)}
        number = 1
        while pattern.format(number).lower() in taken:
            number += 1
        return pattern.format(number)

    def rewriting(self) -> Rewriting:
        """All changes, those of types, relations and workbook with them."""
        for relations in self._relations.values():
            if relations.is_changed and relations.is_empty:
                self._removed.add(relations.part)
            elif relations.is_changed:
                self._changed[relations.part] = relations.data()
        self._changed[self.types.part] = self.types.data()
        self._changed[self.workbook.part] = self.workbook.data()
        changed = {
            part: data
            for part, data in self._changed.items()
            if part not in self.package or data != self.package.read(part)
        }
        removed = frozenset(self._removed - self._changed.keys())
        return Rewriting(changed, removed)
