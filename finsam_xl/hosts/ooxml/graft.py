"""Putting rendered report sheets into a workbook, and taking out what they replace.

Formats are appended and renumbered, charts and drawings get free part names, and
texts are written into the sheet itself: a report that is replaced leaves nothing
behind in the shared strings.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Collection, Sequence

from finsam_xl.address import fixed, letters, on_sheet
from finsam_xl.hosts.ooxml.package import Package, part_key
from finsam_xl.hosts.ooxml.packageparts import (
    ContentTypes,
    holes,
    relations_part,
    target_of,
    targets,
)
from finsam_xl.hosts.ooxml.strings import SharedStrings
from finsam_xl.hosts.ooxml.styles import Styles
from finsam_xl.hosts.ooxml.workbookpart import OwnName, WorkbookPart
from finsam_xl.hosts.ooxml.xmlspans import escape
from finsam_xl.plan import free_name, owner_name
from finsam_xl.reading.corrections import TABLE_NAME
from finsam_xl.reading.finsam_sheet import OWNER as FINSAM
from finsam_xl.sheetplan import SheetPlan

_OFFICE = "application/vnd.openxmlformats-officedocument."
_SHEET = _OFFICE + "spreadsheetml.worksheet+xml"
_TYPES = {"drawing": _OFFICE + "drawing+xml", "chart": _OFFICE + "drawingml.chart+xml"}
_CELL = re.compile(rb'<c r="(\w+)"(?: s="(\d+)")?( t="\w+")?(?:/>|>(.*?)</c>)', re.DOTALL)
"""A cell as XlsxWriter writes it: place, format, type and content."""
_SHARED, _TEXT, _RESULT = b' t="s"', b' t="inlineStr"', b' t="str"'
_TARGET = re.compile(rb'Target="([^"]*)"')


def graft(
    package: Package,
    workbook: WorkbookPart,
    types: ContentTypes,
    styles: Styles,
    plans: Sequence[SheetPlan],
    *,
    first: int = 0,
    made: Collection[str] = (),
    plain: bool = False,
) -> tuple[dict[str, bytes], frozenset[str]]:
    """The parts to write and the parts to take out so that the workbook has the reports.

    New ones are put last, but so many of them (``first``) before all others. ``made``: parts that
    are to be written besides those that are there; ``plain``: no cell gets a format, so that none
    is added to the workbook's.

    What holds the package together, ``workbook`` and ``types``, is told and not written.
    """
    owned = {owner: name for name, owner in workbook.owners(local=False).items()}
    taken = {sheet.name.lower() for sheet in workbook.sheets}
    named = [
        plan._replace(name=owned.get(plan.owner) or free_name(plan.name, taken)) for plan in plans
    ]
    removed: set[str] = set()
    for plan in named:
        if plan.owner in owned:
            removed |= satellites(package, _part_of(workbook, plan.name))
    for part in removed:
        types.remove(part)
    # Most runs render nothing, and where nothing is rendered XlsxWriter need not be installed.
    from finsam_xl.hosts.ooxml.render import render

    with zipfile.ZipFile(io.BytesIO(render(named))) as rendered:
        grafter = _Grafter(package, workbook, styles, types, rendered, removed - {*made}, plain)
        grafter.taken |= {name.lower() for name in made}
        for number, plan in enumerate(named, start=1):
            grafter.add(number, plan, first=number <= first)
    return grafter.changed, frozenset(removed - set(grafter.changed))


def take_out(
    package: Package, workbook: WorkbookPart, types: ContentTypes, owners: Sequence[str]
) -> frozenset[str]:
    """The parts to take out so that the workbook is without some reports, names and all."""
    owned = {owner: name for name, owner in workbook.owners(local=False).items()}
    found = [owner for owner in owners if owner in owned]
    removed: set[str] = set()
    for owner in found:
        part = _part_of(workbook, owned[owner])
        removed |= {part, *satellites(package, part)}
        workbook.remove_sheet(owned[owner], moves=True)
    for part in removed:
        types.remove(part)
    beginning = TABLE_NAME if FINSAM in found else ""
    workbook.remove_names({owner_name(owner) for owner in found}, beginning)
    return frozenset(removed)


def _part_of(workbook: WorkbookPart, name: str) -> str:
    return next(sheet.part for sheet in workbook.sheets if sheet.name == name)


def satellites(package: Package, sheet: str) -> set[str]:
    """Drawings, charts and relations that only this sheet leads to."""
    reachable = _reachable(package, sheet)
    own = {relations_part(part) for part in {*reachable, sheet}}
    elsewhere = {
        target
        for name in package.names
        if name.endswith(".rels") and name not in own
        for target in targets(package, name)
    }
    parts = {part for part in reachable - elsewhere if part in package}
    return parts | {part for part in own if part in package}


def _reachable(package: Package, part: str) -> set[str]:
    """The parts that a part leads to, also through others; they may lead back to it."""
    found: set[str] = set()
    waiting = [part]
    while waiting:
        rels = relations_part(waiting.pop())
        if rels in package:
            new = set(targets(package, rels)) - found
            found |= new
            waiting += new
    return found


class _Grafter:
    """Moves sheets of a rendered workbook over, one by one."""

    def __init__(
        self,
        package: Package,
        workbook: WorkbookPart,
        styles: Styles,
        types: ContentTypes,
        rendered: zipfile.ZipFile,
        removed: set[str],
        plain: bool,
    ) -> None:
        self.workbook, self.types, self.rendered = workbook, types, rendered
        self.changed: dict[str, bytes] = {}
        self.taken = set(map(part_key, package.names)) - set(map(part_key, removed))
        self.taken |= {part_key(target) for _, target in holes(package)}
        looks = Styles("xl/styles.xml", rendered.read("xl/styles.xml"))
        self._formats = [0] * len(looks.items("cellXfs")) if plain else styles.take_in(looks)
        self._texts = SharedStrings(
            "xl/sharedStrings.xml", rendered.read("xl/sharedStrings.xml")
        ).texts

    def add(self, number: int, plan: SheetPlan, *, first: bool) -> None:
        """Move the rendered sheet ``number`` in under the plan's name."""
        known = {sheet.name: place for place, sheet in enumerate(self.workbook.sheets)}
        if plan.name in known:
            place = known[plan.name]
            part = self.workbook.sheets[place].part
        else:
            part = self._free("xl/worksheets/sheet")
            place = self.workbook.add_sheet(plan.name, part, first=first, hidden=plan.is_hidden)
            self.types.add(part, _SHEET)
        source = f"xl/worksheets/sheet{number}.xml"
        self.changed[part] = self._sheet(source)
        self._move_relations(source, part)
        self.workbook.set_names(_names(plan, place), plan.own_names)

    def _sheet(self, source: str) -> bytes:
        # Two selected tabs would make Excel edit both sheets at once.
        data = self.rendered.read(source).replace(b' tabSelected="1"', b"")
        return _CELL.sub(self._cell, data)

    def _cell(self, match: re.Match[bytes]) -> bytes:
        """A cell with the workbook's number of its format, and its text in itself."""
        place, style, kind, inner = match.groups(b"")
        if kind == _SHARED:
            text = escape(self._texts[int(inner.removeprefix(b"<v>").removesuffix(b"</v>"))])
            kind, inner = _TEXT, b'<is><t xml:space="preserve">%s</t></is>' % text
        elif inner.endswith(b"</f><v></v>"):
            # XlsxWriter does not say that a result without letters is a text.
            kind = _RESULT
        tag = b'<c r="%s" s="%d"%s' % (place, self._formats[int(style or 0)], kind)
        return tag + (b">%s</c>" % inner if inner else b"/>")

    def _move_relations(self, source: str, part: str) -> None:
        """Move what a part points to, under free names, and its relations with it."""
        rels = relations_part(source)
        if rels not in self.rendered.namelist():
            return
        data = self.rendered.read(rels)
        moved: dict[bytes, bytes] = {}
        for target in _TARGET.findall(data):
            old = target_of(source, target.decode())
            kind = re.sub(r"\d+\.xml$", "", posixpath.basename(old))
            new = self._free(posixpath.join(posixpath.dirname(old), kind))
            self.changed[new] = self.rendered.read(old)
            self.types.add(new, _TYPES[kind])
            relative = posixpath.relpath(new, posixpath.dirname(part)).encode()
            moved[target] = relative
            self._move_relations(old, new)
        self.changed[relations_part(part)] = _TARGET.sub(
            lambda match: b'Target="%s"' % moved[match.group(1)], data
        )

    def _free(self, stem: str) -> str:
        number = 1
        while f"{stem}{number}.xml".lower() in self.taken:
            number += 1
        self.taken.add(f"{stem}{number}.xml".lower())
        return f"{stem}{number}.xml"


def _names(plan: SheetPlan, place: int) -> list[OwnName]:
    quoted = on_sheet(plan.name, "")
    page = plan.page
    area = f"{quoted}$A$1:${letters(page.last_column)}${page.last_row}"
    names = [
        OwnName(owner_name(plan.owner), f"{quoted}$A$1", hidden=True),
        OwnName("_xlnm.Print_Area", area, place),
    ]
    if page.title_rows:
        first, last = page.title_rows
        names.append(OwnName("_xlnm.Print_Titles", f"{quoted}${first}:${last}", place))
    if plan.filter is not None:
        top, left, bottom, right = plan.filter
        area = f"{quoted}${letters(left)}${top}:${letters(right)}${bottom}"
        names.append(OwnName("_xlnm._FilterDatabase", area, place, hidden=True))
    return names + [
        OwnName(one.name, on_sheet(one.sheet, fixed(one.area)), hidden=True) for one in plan.names
    ]
