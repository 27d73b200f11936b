"""The parts that hold a package together: relations between parts, and their content types."""

from __future__ import annotations

import posixpath
from collections.abc import Container, Iterator

from finsam_xl.hosts.ooxml.package import Package, part_key
from finsam_xl.hosts.ooxml.xmlspans import Patch, escape_attribute, patched, tree, with_attribute

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REL_PART = "http://schemas.openxmlformats.org/package/2006/relationships"
_EMPTY_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="%s"></Relationships>' % REL_PART.encode()
)


def relations_part(part: str) -> str:
    """The part that holds another part's relations."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def target_of(part: str, target: str) -> str:
    """The part a relation of ``part`` points to."""
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def targets(package: Package, rels: str) -> Iterator[str]:
    """The parts inside the package that a part of relations leads to."""
    folder, name = posixpath.split(rels)
    owner = posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))
    for node in tree(package.read(rels), rels, 2, "Relationships").children:
        target = (node.get("Target") or "").partition("#")[0]
        if target and node.get("TargetMode") != "External":
            yield target_of(owner, target)


def holes(package: Package) -> set[tuple[str, str]]:
    """Relations to parts that are not there: the part that has the relation, and what it says.

    Nothing new may take the name of such a part: the relation would lead to it.
    """
    known = {part_key(name) for name in package.names}
    return {
        (rels, target)
        for rels in package.names
        if rels.endswith(".rels")
        for target in targets(package, rels)
        if part_key(target) not in known
    }


class Relations:
    """A part's relations: read them, add to them, take out of them."""

    def __init__(self, package: Package, part: str) -> None:
        self.owner = part
        self.part = relations_part(part)
        self.is_new = self.part not in package
        self._data = _EMPTY_RELATIONS if self.is_new else package.read(self.part)
        self.root = tree(self._data, self.part, 2, "Relationships")
        self._added: list[bytes] = []
        self._removed: set[str] = set()
        self._ids = {node.get("Id") for node in self.root.children}

    def has(self, relation: str) -> bool:
        """Whether there is a relation of that id."""
        return relation in self._ids

    def targets(self, kind: str) -> list[tuple[str, str]]:
        """Ids and parts of the internal relations whose type ends in ``/kind``."""
        return [
            (node.get("Id") or "", target_of(self.owner, node.get("Target") or ""))
            for node in self.root.children
            if (node.get("Type") or "").endswith("/" + kind)
            and node.get("TargetMode") != "External"
        ]

    def add(self, kind: str, part: str) -> str:
        """Add a relation to a part, of one of Office's kinds or a whole type; gives its new id."""
        number = len(self._ids) + 1
        while f"rId{number}" in self._ids:
            number += 1
        self._ids.add(f"rId{number}")
        target = posixpath.relpath(part, posixpath.dirname(self.owner))
        self._added.append(
            b'<%sRelationship Id="rId%d" Type="%s" Target="%s"/>'
            % (
                self.root.prefix.encode(),
                number,
                (kind if ":" in kind else f"{REL}/{kind}").encode(),
                escape_attribute(target),
            )
        )
        return f"rId{number}"

    def remove(self, relation: str) -> None:
        """Take a relation out."""
        self._removed.add(relation)

    def remove_to(self, part: str) -> None:
        """Take out every relation to a part."""
        self._removed |= {
            node.get("Id") or ""
            for node in self.root.children
            if node.get("TargetMode") != "External"
            and target_of(self.owner, node.get("Target") or "") == part
        }

    def remove_kinds(self, kinds: Container[str]) -> None:
        """Take out every relation of some kinds, told by what their types end in."""
        for node in self.root.children:
            if (node.get("Type") or "").rpartition("/")[2] in kinds:
                self._removed.add(node.get("Id") or "")

    def has_kind(self, kind: str) -> bool:
        """Whether a relation whose type ends in ``/kind`` stays, also one that leads out."""
        return any(
            (node.get("Type") or "").endswith("/" + kind) and node.get("Id") not in self._removed
            for node in self.root.children
        )

    @property
    def held(self) -> set[str]:
        """The parts inside the package that those of the relations lead to that stay."""
        return {
            target_of(self.owner, (node.get("Target") or "").partition("#")[0])
            for node in self.root.children
            if node.get("Id") not in self._removed and node.get("TargetMode") != "External"
        }

    @property
    def is_changed(self) -> bool:
        """Whether something was added or taken out."""
        return bool(self._added or self._removed & self._ids)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is there, or is any more."""
        return not self._added and self._ids <= self._removed

    def data(self) -> bytes:
        """The part with the new relations last; the very same bytes if nothing changed."""
        patches = [
            Patch(node.start, node.end, b"")
            for node in self.root.children
            if node.get("Id") in self._removed
        ]
        if self._added:
            patches.append(Patch(self.root.close, self.root.close, b"".join(self._added)))
        return patched(self._data, patches)


class ContentTypes:
    """``[Content_Types].xml``: the types of parts we add, and none for those we take out."""

    part = "[Content_Types].xml"

    def __init__(self, package: Package) -> None:
        self._data = package.read(self.part)
        self.root = tree(self._data, self.part, 2, "Types")
        self._overrides = {
            node.get("PartName") or "": node
            for node in self.root.children
            if node.local == "Override"
        }
        self._added: dict[str, str] = {}
        self._removed: set[str] = set()
        self._retyped: dict[str, str] = {}
        self._forgotten: set[str] = set()

    @property
    def parts(self) -> dict[str, str]:
        """The types of the parts that are told by name."""
        return {part: node.get("ContentType") or "" for part, node in self._overrides.items()}

    @property
    def extensions(self) -> dict[str, str]:
        """The types that are told by extension, in lower case."""
        return {
            (node.get("Extension") or "").lower(): node.get("ContentType") or ""
            for node in self.root.children
            if node.local == "Default"
        }

    def add(self, part: str, content_type: str) -> None:
        """Say what a part is, unless that is already said."""
        self._removed.discard("/" + part)
        if "/" + part not in self._overrides:
            self._added["/" + part] = content_type

    def remove(self, part: str) -> None:
        """Forget a part that is taken out."""
        self._removed.add("/" + part)

    def forget(self, content_type: str) -> None:
        """Say no more of any extension that it is of that type."""
        self._forgotten.add(content_type)

    def retype(self, part: str, content_type: str) -> None:
        """Say that a part is something else than what is said of it by name."""
        self._retyped["/" + part] = content_type

    def data(self) -> bytes:
        """The part with its changes; the very same bytes if there are none."""
        patches = [
            Patch(node.start, node.end, b"")
            for name, node in self._overrides.items()
            if name in self._removed
        ]
        patches += [
            Patch(node.start, node.end, b"")
            for node in self.root.children
            if node.local == "Default" and node.get("ContentType") in self._forgotten
        ]
        for name, kind in self._retyped.items():
            if name not in self._overrides:
                self._added[name] = kind
                continue
            node = self._overrides[name]
            tag = with_attribute(self._data[node.start : node.open_end], "ContentType", kind)
            patches.append(Patch(node.start, node.open_end, tag))
        prefix = self.root.prefix.encode()
        new = b"".join(
            b'<%sOverride PartName="%s" ContentType="%s"/>'
            % (prefix, escape_attribute(name), kind.encode())
            for name, kind in self._added.items()
        )
        if new:
            patches.append(Patch(self.root.close, self.root.close, new))
        return patched(self._data, patches)
