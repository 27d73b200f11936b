"""The workbook part: its sheets, its defined names, and how it is recalculated."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
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

    def __init__(self, package: Package, data: bytes | None = None) -> None:
        """``data``: what is to be read in the place of the package's part."""
        self.part = package.workbook
        self._data = package.read(self.part) if data is None else data
        self.root = tree(self._data, self.part, 3, "workbook")
        self.relations = Relations(package, self.part)
        self.sheets = self._read_sheets()
        self._patches: list[Patch] = []
        self._new_names: list[OwnName] = []
        self._beginnings: tuple[str, ...] = ()
        self._recalculates = False
        self._numbers: set[int] = set()
        self._moved = 0
        self._gone: set[int] = set()
        self._moves_tabs = False
        self._opens_on: tuple[int, str] | None = None
        self._dropped: frozenset[str] = frozenset()
        self._forgets: Callable[[Node, str], bool] = lambda _node, _formula: False
        self._reworded: Callable[[str], str] = str

    def _read_sheets(self) -> list[SheetEntry]:
        parts = dict(self.relations.targets("worksheet"))
        parts |= dict(self.relations.targets("chartsheet"))
        parts |= dict(self.relations.targets("dialogsheet"))
        node = self.root.child("sheets")
        if node is None or not node.children:
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

    @property
    def every_name(self) -> Iterator[tuple[Node, str]]:
        """The element of every defined name, those of single sheets too, and its formula."""
        for node in self._names():
            yield node, self._formula(node)

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
        names = [
            (node.get("name") or "", partial(self._formula, node), bool(node.get("localSheetId")))
            for node in self._names()
        ]
        names += [
            (new.name, partial(str, new.formula), new.sheet is not None) for new in self._new_names
        ]
        return owners(names, {sheet.name for sheet in self.sheets}, local=local)

    def add_sheet(self, name: str, part: str, *, first: bool = False, hidden: bool = False) -> int:
        """Add a sheet last, or first; gives its position."""
        node = self.root.child("sheets")
        if node is None:
            raise damaged(self.part)
        relation = self.relations.add("worksheet", part)
        number = self._free_sheet_number(node)
        new = b'<%ssheet name="%s" sheetId="%d"%s %s="%s"/>' % (
            self.root.prefix.encode(),
            escape_attribute(name),
            number,
            b' state="hidden"' if hidden else b"",
            self._id_attribute(),
            relation.encode(),
        )
        at = node.open_end if first else node.close
        self._patches.append(Patch(at, at, new))
        place = 0 if first else len(self.sheets)
        self.sheets.insert(place, SheetEntry(name, part, relation))
        self._moved += first
        return place

    def rename_sheets(self, names: Mapping[str, str], reworded: Callable[[str], str]) -> None:
        """Give sheets new names, by the old; ``reworded``: a formula as it reads with them."""
        node = self.root.child("sheets")
        for child in node.children if node is not None else ():
            new = names.get(child.get("name") or "")
            if new is not None:
                tag = self._data[child.start : child.open_end]
                self._patches.append(
                    Patch(child.start, child.open_end, with_attribute(tag, "name", new))
                )
        self._reworded = reworded

    def remove_sheet(self, name: str, *, moves: bool) -> None:
        """Take out a sheet, with every name of its own and what leads to its part.

        ``moves``: the active tab is told by its place among the sheets that are there.
        """
        node = self.root.child("sheets")
        entry = next(sheet for sheet in self.sheets if sheet.name == name)
        for place, child in enumerate(node.children if node is not None else ()):
            if child.get("id") == entry.relation:
                self._patches.append(Patch(child.start, child.end, b""))
                self._gone.add(place)
        self.sheets.remove(entry)
        self.relations.remove(entry.relation)
        self._moves_tabs |= moves

    @property
    def opens_on(self) -> tuple[int, str]:
        """The place of the sheet that is shown first, and how that is said.

        "=" in so many words, "-" by not saying it, "+" by saying nothing of windows.
        """
        view = self._view
        if view is None:
            return 0, "+"
        said = view.get("activeTab")
        return min(whole_number(said), len(self.sheets) - 1), "-" if said is None else "="

    @property
    def tells_of_tabs(self) -> bool:
        """Whether it is said which tabs the window shows."""
        view = self._view
        return view is not None and (view.get("activeTab") or view.get("firstSheet")) is not None

    @property
    def window(self) -> bytes:
        """The tag that tells of the first window; b'' where none does."""
        view = self._view
        return b"" if view is None else self._data[view.start : view.open_end]

    def is_shown(self, name: str) -> bool:
        """Whether a sheet that is there is not hidden."""
        node = self.root.child("sheets")
        named = [n for n in (node.children if node is not None else ()) if n.get("name") == name]
        return all(one.get("state") in {None, "visible"} for one in named)

    def open_on(self, place: int, manner: str = "") -> None:
        """Show a sheet first, by its place among those that will be there, said as it was."""
        self._opens_on = place, manner

    @property
    def _view(self) -> Node | None:
        """What is said of the first window."""
        node = self.root.child("bookViews")
        return node.children[0] if node is not None and node.children else None

    def _tab_patches(self) -> list[Patch]:
        """The active tab and the first one shown, told by their places among what is left."""
        node = self.root.child("bookViews")
        place, manner = self._opens_on or (None, "")
        if node is None or not node.children:
            return self._new_view(place)
        if manner == "+":
            return [Patch(node.start, node.end, b"")]
        patches = []
        for view in node.children:
            tag = was = self._data[view.start : view.open_end]
            for name in ("activeTab", "firstSheet") if self._moves_tabs else ():
                old = whole_number(view.get(name))
                new = min(self._new_place(old), len(self.sheets) - 1)
                if new != old:
                    tag = with_attribute(tag, name, str(max(new, 0)))
            if place is not None and view is self._view:
                is_said = place or manner == "="
                tag = with_attribute(tag, "activeTab", str(place) if is_said else None)
            patches += [Patch(view.start, view.open_end, tag)] if tag != was else []
        return patches

    def _new_view(self, place: int | None) -> list[Patch]:
        """What says of a workbook that says nothing of windows where it opens."""
        sheets = self.root.child("sheets")
        if place is None or sheets is None:
            return []
        prefix = self.root.prefix.encode()
        new = b'<%sbookViews><%sworkbookView activeTab="%d"/></%sbookViews>'
        return [Patch(sheets.start, sheets.start, new % (prefix, prefix, place, prefix))]

    def remove_names(self, names: Collection[str], beginning: str = "") -> None:
        """Take out workbook-wide names, given in lower case, and all others so ``beginning``."""
        self._dropped |= frozenset(names)
        self._beginnings += (beginning.lower(),) if beginning else ()

    def remove_last_links(self, goes: Callable[[str], bool]) -> None:
        """Take out the last links to other workbooks as long as their parts go.

        Formulas know the links by their numbers, so that those before another stay.
        """
        node = self.root.child("externalReferences")
        links = node.children if node is not None else []
        parts = dict(self.relations.targets("externalLink"))
        kept = len(links)
        while kept and goes(parts.get(links[kept - 1].get("id") or "", "")):
            kept -= 1
        for link in links[kept:]:
            self.relations.remove(link.get("id") or "")
        gone = [node] if node is not None and not kept else links[kept:]
        self._patches += [Patch(one.start, one.end, b"") for one in gone if links]

    def forget_names(self, forgets: Callable[[Node, str], bool]) -> None:
        """Take out the names of which that holds, told by their elements and formulas."""
        self._forgets = forgets

    def set_attributes(
        self, path: Sequence[str], new: Mapping[str, str | None]
    ) -> tuple[bytes, bytes]:
        """Set or remove attributes of an element; gives its tag before and after, if any."""
        node: Node | None = self.root
        for step in path:
            node = node.child(step) if node is not None else None
        if node is None:
            return b"", b""
        tag = old = self._data[node.start : node.open_end]
        for name, value in new.items():
            tag = with_attribute(tag, name, value)
        self._patches.append(Patch(node.start, node.open_end, tag))
        return old, tag

    def set_code_name(self, name: str) -> tuple[bytes, bytes]:
        """Name the workbook's module in a VBA project; gives what stood there and what does."""
        old, new = self.set_attributes(("workbookPr",), {"codeName": name})
        if not new:
            first = {"fileVersion", "fileSharing"}
            ends = (node.end for node in self.root.children if node.local in first)
            at = max(ends, default=self.root.open_end)
            new = b'<%sworkbookPr codeName="%s"/>' % (self.root.prefix.encode(), name.encode())
            self._patches.append(Patch(at, at, new))
        return old, new

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
        self._beginnings += (beginning.lower(),) if beginning else ()

    def _name_patches(self) -> list[Patch]:
        prefix = self.root.prefix.encode()
        texts = b"".join(_name_element(prefix, name) for name in self._new_names)
        node = self.root.child("definedNames")
        if node is None:
            at = self._after(_BEFORE_NAMES)
            whole = b"<%sdefinedNames>%s</%sdefinedNames>" % (prefix, texts, prefix)
            return [Patch(at, at, whole)] if texts else []
        patches = [patch for child in node.children for patch in self._name_patch(child)]
        gone = sum(not patch.new for patch in patches) == len(node.children)
        if texts:
            patches += with_children(self._data, node.span, prefix + b"definedNames", texts)
        elif gone and patches:
            return [Patch(node.start, node.end, b"")]
        return patches

    def _name_patch(self, node: Node) -> Iterator[Patch]:
        """What becomes of a name that is there: taken out, or led to where its sheet is now."""
        local, name = node.get("localSheetId"), (node.get("name") or "").lower()
        old = whole_number(local) if local is not None and local.isdigit() else None
        place = None if old is None else self._new_place(old)
        replaced = {(new.name.lower(), new.sheet) for new in self._new_names}
        dropped = name in self._dropped if old is None else old in self._gone
        dropped |= name.startswith(self._beginnings) if self._beginnings else False
        dropped |= self._forgets(node, self._formula(node))
        if (name, place) in replaced or dropped:
            yield Patch(node.start, node.end, b"")
            return
        if place != old:
            tag = self._data[node.start : node.open_end]
            yield Patch(node.start, node.open_end, with_attribute(tag, "localSheetId", str(place)))
        formula = unescape_xml(self._data[node.open_end : node.close].decode())
        new = self._reworded(formula)
        if new != formula:
            yield Patch(node.open_end, node.close, escape(new))

    def _new_place(self, place: int) -> int:
        """Where the sheet that stood at a place is now."""
        return place + self._moved - sum(gone < place for gone in self._gone)

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
        patches += self._tab_patches()
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
