"""What the parts of a file say of who may change it; what follows is in ``actions.gates``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from finsam_xl.actions.gates import Seal
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml.package import Package
from finsam_xl.hosts.ooxml.packageparts import Relations
from finsam_xl.hosts.ooxml.workbookpart import WorkbookPart
from finsam_xl.hosts.ooxml.xmlspans import tree

_YES = ("1", "true")
_FINAL = "_MarkAsFinal"
_PASSWORDS = ("reservationPassword", "hashValue")


def of(package: Package, workbook: WorkbookPart) -> tuple[Seal, ...]:
    """What is said of the workbook as a whole, the weightiest first."""
    return tuple(_seals(package, workbook))


def is_fixed(workbook: WorkbookPart) -> bool:
    """Whether no sheet may be added or taken out."""
    node = workbook.root.child("workbookProtection")
    return node is not None and node.get("lockStructure") in _YES


def _seals(package: Package, workbook: WorkbookPart) -> Iterator[Seal]:
    if any(name.startswith("_xmlsignatures/") for name in package.names):
        yield Seal.SIGNED
    with suppress(WorkbookError):  # a part that nobody needs otherwise
        if any(_is_final(package, part) for _, part in _properties(package)):
            yield Seal.FINAL
    if workbook.relations.targets("revisionHeaders"):
        yield Seal.SHARED
    sharing = workbook.root.child("fileSharing")
    if sharing is None:
        return
    if any(sharing.get(name) for name in _PASSWORDS):
        yield Seal.RESERVED
    if sharing.get("readOnlyRecommended") in _YES:
        yield Seal.RECOMMENDED


def _properties(package: Package) -> list[tuple[str, str]]:
    found = Relations(package, "").targets("custom-properties")
    return [(relation, part) for relation, part in found if part in package]


def _is_final(package: Package, part: str) -> bool:
    data = package.read(part)
    return any(
        data[value.open_end : value.close].strip() in (b"1", b"true")
        for node in tree(data, part, 3).children
        if node.get("name") == _FINAL
        for value in node.children
    )
