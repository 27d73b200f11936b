"""The workbook part: its sheets, its defined names, and how it is recalculated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from itertools import count

from finsam_xl.hosts.ooxml.package import Package
from finsam_xl.hosts.ooxml.packageparts import REL, Relations
from finsam_xl.hosts.ooxml.recalculation import Manner
from finsam_xl.hosts.ooxml.xmlspans import (
    Node,
    Patch,
    damaged,
    escape,
    escape_attribute,
    patched,
    tree,
    unescape_xml,
    whole_number,
    with_attribute,
    with_children,
)
from finsam_xl.plan import is_our_name, owners
from finsam_xl.records import NamedTuple

_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")
_LARGEST_SHEET_NUMBER = 65_534
_RELATIONS = re.compile(r"http://.*/officeDocument/(?:\d+/)?relationships")
_BEFORE_CALC = (*_BEFORE_NAMES, "definedNames")
_YES, _NO = ("1", "true"), ("0", "false")


class SheetEntry(NamedTuple):
    """A sheet of the workbook: name, part, and relation id."""

    name: str
    part: str
    relation: str


class OwnName(NamedTuple):
    """A defined name to write: its text, the sheet it belongs to (position), hidden or not."""

    name: str
    formula: str
    sheet: int | None = None
    hidden: bool = False


class WorkbookPart:
    """``xl/workbook.xml``: what sheets there are, and the few changes we make to it."""

    def __init__(self, package: Package) -> None:
        self.part = package.workbook
        self._data = package.read(self.part)
        self.root = tree(self._data, self.part, 3)
        self.relations = Relations(package, self.part)
        self.sheets = self._read_sheets()
        self._patches: list[Patch] = []
        self._new_names: list[OwnName] = []
        self._dropped: tuple[str, ...] = ()
        self._recalculates = False
        self._numbers: set[int] = set()

    def _read_sheets(self) -> list[SheetEntry]:
        parts = dict(self.relations.targets("worksheet"))
        parts |= dict(self.relations.targets("chartsheet"))
        parts |= dict(self.relations.targets("dialogsheet"))
        node = self.root.child("sheets")
        if node is None:
            raise damaged(self.part)
        sheets = []
        for sheet in node.children:
            relation = sheet.get("id") or ""
            if not self.relations.has(relation):
                raise damaged(self.relations.part)
            sheets.append(SheetEntry(sheet.get("name") or "", parts.get(relation, ""), relation))
        return sheets

    def worksheet_parts(self) -> set[str]:
        """The parts that hold cells."""
        return {part for _, part in self.relations.targets("worksheet")}

    @property
    def sheets_by_number(self) -> dict[int, str]:
        """The sheets by the number that other parts know them by."""
        node = self.root.child("sheets")
        children = node.children if node is not None else []
        return {whole_number(sheet.get("sheetId")): sheet.get("name") or "" for sheet in children}

    def other(self, kind: str) -> str | None:
        """The part of that kind the workbook points to, such as 'styles'."""
        found = self.relations.targets(kind)
        return found[0][1] if found else None

    def _names(self) -> list[Node]:
        node = self.root.child("definedNames")
        return node.children if node is not None else []

    def _formula(self, node: Node) -> str:
        return unescape_xml(self._data[node.open_end : node.close].decode()).strip()

    def names(self) -> dict[str, str]:
        """Workbook-wide defined names, lower case, with what they stand for.

        A name that some sheet has a meaning of its own for is left out: which one a
        formula means depends on where it stands. Of ours the workbook's own counts: a sheet
        that a person copies gets names of its own.
        """
        local = {
            (node.get("name") or "").lower()
            for node in self._names()
            if node.get("localSheetId") is not None
        }
        return {
            (node.get("name") or "").lower(): self._formula(node)
            for node in self._names()
            if node.get("localSheetId") is None
            and (
                (node.get("name") or "").lower() not in local or is_our_name(node.get("name") or "")
            )
            and not (node.get("name") or "").startswith("_xlnm.")
        }

    def owners(self, *, local: bool = True) -> dict[str, str]:
        """Sheets that are reports of ours, and which; ``local``: also copies that people made."""
        names = (
            (node.get("name") or "", partial(self._formula, node), bool(node.get("localSheetId")))
            for node in self._names()
        )
        return owners(names, {sheet.name for sheet in self.sheets}, local=local)

    def add_sheet(self, name: str, part: str) -> int:
        """Add a sheet last; gives its position."""
        node = self.root.child("sheets")
        if node is None:
            raise damaged(self.part)
        relation = self.relations.add("worksheet", part)
        number = self._free_sheet_number(node)
        new = b'<%ssheet name="%s" sheetId="%d" %s="%s"/>' % (
            self.root.prefix.encode(),
            escape_attribute(name),
            number,
            self._id_attribute(),
            relation.encode(),
        )
        self._patches.append(Patch(node.close, node.close, new))
        self.sheets.append(SheetEntry(name, part, relation))
        return len(self.sheets) - 1

    def _id_attribute(self) -> bytes:
        """The name of the attribute that points to a relation, its prefix declared."""
        for name, value in self.root.attributes.items():
            if name.startswith("xmlns:") and _RELATIONS.fullmatch(value):
                return name.removeprefix("xmlns:").encode() + b":id"
        # Some programs declare it on every sheet instead of once.
        return b'xmlns:r="%s" r:id' % REL.encode()

    def _free_sheet_number(self, sheets: Node) -> int:
        """The number after the largest, or the first free one when there is none after it."""
        taken = {whole_number(sheet.get("sheetId")) for sheet in sheets.children} | self._numbers
        following = max(taken, default=0) + 1
        if following > _LARGEST_SHEET_NUMBER:
            following = next(number for number in count(1) if number not in taken)
        self._numbers.add(following)
        return following

    def set_names(self, new: Sequence[OwnName], beginning: str = "") -> None:
        """Write names, in the place of those they replace and of all others so ``beginning``."""
        self._new_names += new
        self._dropped += (beginning.lower(),) if beginning else ()

    def _name_patches(self) -> list[Patch]:
        if not self._new_names:
            return []
        prefix = self.root.prefix.encode()
        texts = b"".join(_name_element(prefix, name) for name in self._new_names)
        node = self.root.child("definedNames")
        if node is None:
            at = self._after(_BEFORE_NAMES)
            whole = b"<%sdefinedNames>%s</%sdefinedNames>" % (prefix, texts, prefix)
            return [Patch(at, at, whole)]
        replaced = {(name.name.lower(), name.sheet) for name in self._new_names}
        patches = with_children(self._data, node.span, prefix + b"definedNames", texts)
        for child in node.children:
            local = child.get("localSheetId")
            key = (
                (child.get("name") or "").lower(),
                None if local is None else whole_number(local),
            )
            if key in replaced or (self._dropped and key[0].startswith(self._dropped)):
                patches.append(Patch(child.start, child.end, b""))
        return patches

    @property
    def asks_for_calculation(self) -> bool:
        """Whether the file itself says that its saved results are not to be relied on."""
        node = self.root.child("calcPr")
        if node is None:
            return False
        asked, completed = node.get("fullCalcOnLoad"), node.get("calcCompleted")
        return asked in _YES or completed in _NO

    @property
    def manner(self) -> Manner:
        """How the workbook is calculated."""
        properties, calculation = self.root.child("workbookPr"), self.root.child("calcPr")
        return Manner(
            properties is not None and properties.get("date1904") in _YES,
            calculation is not None and calculation.get("fullPrecision") in _NO,
        )

    def recalculate_on_load(self) -> None:
        """Ask the spreadsheet program to calculate every formula when it opens the file."""
        self._recalculates = True

    def _calculation_patches(self) -> list[Patch]:
        if not self._recalculates:
            return []
        node = self.root.child("calcPr")
        if node is None:
            at = self._after(_BEFORE_CALC)
            new = b'<%scalcPr fullCalcOnLoad="1"/>' % self.root.prefix.encode()
            return [Patch(at, at, new)]
        tag = with_attribute(self._data[node.start : node.open_end], "fullCalcOnLoad", "1")
        return [Patch(node.start, node.open_end, tag)]

    def _after(self, elements: Sequence[str]) -> int:
        return max(node.end for node in self.root.children if node.local in elements)

    def data(self) -> bytes:
        """The part with its changes; the very same bytes if there are none."""
        patches = [*self._patches, *self._name_patches(), *self._calculation_patches()]
        return patched(self._data, patches)


def _name_element(prefix: bytes, name: OwnName) -> bytes:
    local = b"" if name.sheet is None else b' localSheetId="%d"' % name.sheet
    hidden = b' hidden="1"' if name.hidden else b""
    return b'<%sdefinedName name="%s"%s%s>%s</%sdefinedName>' % (
        prefix,
        name.name.encode(),
        local,
        hidden,
        escape(name.formula),
        prefix,
    )
