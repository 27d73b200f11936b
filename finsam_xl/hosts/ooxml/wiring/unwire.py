"""Taking out of a workbook all that wiring put in, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from pathlib import Path

from finsam_xl.actions.wiring import Platform
from finsam_xl.hosts.ooxml import lengths, opening
from finsam_xl.hosts.ooxml.package import Entry, Package
from finsam_xl.hosts.ooxml.styles import Styles
from finsam_xl.hosts.ooxml.wiring import (
    cell_functions,
    journal,
    lite_parts,
    macros,
    ribbon,
    start,
    unbuttons,
)
from finsam_xl.hosts.ooxml.wiring.draft import ROOT, Draft, Rewriting
from finsam_xl.hosts.ooxml.wiring.journal import Journal
from finsam_xl.hosts.ooxml.workbookpart import WorkbookPart
from finsam_xl.hosts.ooxml.xmlspans import tag_end, with_attribute
from finsam_xl.records import NamedTuple
from finsam_xl.report.start_sheet import OWNER
from finsam_xl.sheets.grid import SheetGrid

_VIEW = re.compile(rb"<(?:\w+:)?workbookView\b")
_NO_NAMES = re.compile(rb"<(?:\w+:)?definedNames\s*(?:/>|></(?:\w+:)?definedNames>)")


class Unwired(NamedTuple):
    """What is written, what the file is to end on, and whether it is all as it was before.

    ``has_functions``: cells of hers had functions of ours; ``left``: those that still have them.
    """

    rewriting: Rewriting
    suffix: str
    is_original: bool
    has_functions: bool = False
    left: tuple[str, ...] = ()


def platform_of(package: Package) -> Platform | None:
    """Where the workbook is wired to work; None when nothing of ours is in it."""
    draft = Draft(package)
    lite = any(map(lite_parts.is_ours, lite_parts.extensions(draft).values()))
    excel = macros.has_ours(draft)
    excel |= any(ribbon.is_ours(draft.read(part)) for part in ribbon.parts(draft))
    if lite:
        return Platform.BOTH if excel else Platform.LITE
    ours = OWNER in draft.workbook.owners(local=False).values()
    return Platform.EXCEL if excel or ours or journal.PART in package else None


def unwired(package: Package, path: Path, sheets: Callable[[str], SheetGrid]) -> Unwired:
    """The workbook without anything of ours: as it was packed where nothing has changed since.

    ``sheets``: a sheet's cells by its name, as they are by now.
    """
    known = journal.read(package)
    as_wired = _as_wired(package, known)
    draft = taken_back(package, known, as_wired)
    added = known.added if known is not None else None
    has_functions = cell_functions.are_there(draft.workbook)
    left = cell_functions.remove(draft, sheets, as_wired)
    draft.workbook.remove_names(frozenset(), cell_functions.NAME)
    before = WorkbookPart(package)
    # A window that is told of as before wiring counts its tabs without our sheet.
    is_back = draft.workbook.window == old_view(known) != b""
    start.remove(draft, added, moves=before.tells_of_tabs and not is_back)
    for sheet in draft.workbook.sheets:
        if sheet.part in draft:
            unbuttons.remove(draft, sheet.part)
    ribbon.remove(draft)
    lite_parts.remove(draft)
    if macros.own_project(draft) not in as_wired:
        macros.remove_code(draft)
    remove_rest(draft, known)
    if added is not None and any(part in draft for part in added):
        # Something that we added is hers by now: it stays, and what tells of it.
        held = (draft.types.part, draft.workbook.part)
        as_wired = {
            part: entry
            for part, entry in as_wired.items()
            if part not in held and not part.endswith(".rels")
        }
    opening.open_without_start(before, draft.workbook, old_view(known), _Parts(draft, as_wired))
    made = draft.rewriting()
    _give_back_formats(draft, known, as_wired)
    _give_back_workbook(draft, known, as_wired, made.changed)
    changed = {part: data for part, data in made.changed.items() if part not in as_wired}
    made = Rewriting(changed, made.removed - as_wired.keys(), as_wired)
    told = set(known.wired) if known is not None else {journal.PART}
    is_original = not changed and told <= as_wired.keys() | made.removed
    has_code = macros.own_project(draft) is not None
    own_suffix = known.suffix if known is not None else ".xlsx"
    suffix = path.suffix if has_code else own_suffix
    return Unwired(made, suffix, is_original, has_functions, () if is_original else tuple(left))


def _as_wired(package: Package, known: Journal | None) -> dict[str, Entry]:
    """The parts that are still what wiring made of them, as they were packed before."""
    if known is None:
        return {}
    return {
        part: entry
        for part, entry in known.entries.items()
        if journal.is_as_wired(known, package, part)
    }


class _Parts:
    """A draft's parts, and those of them that are put back as they were packed."""

    def __init__(self, draft: Draft, as_wired: dict[str, Entry]) -> None:
        self._draft, self._as_wired = draft, as_wired

    def __contains__(self, part: str) -> bool:
        return part in self._draft

    def read(self, part: str) -> bytes:
        """A part as it will be."""
        return self._as_wired[part].content if part in self._as_wired else self._draft.read(part)

    def put(self, part: str, data: bytes) -> None:
        """Write a part, which then is not as it was packed."""
        self._as_wired.pop(part, None)
        self._draft.put(part, data)


def old_view(known: Journal | None) -> bytes:
    """The tag that told of the workbook's window before it was wired, if that was changed."""
    edits = known.edits if known is not None else ()
    return next((edit.old for edit in edits if _VIEW.match(edit.old)), b"")


def taken_back(package: Package, known: Journal | None, left: Container[str]) -> Draft:
    """A draft with wiring's edits taken back.

    ``left``: the parts that are not edited but put back whole.
    """
    texts: dict[str, bytes] = {}
    for edit in reversed(known.edits if known is not None else ()):
        if edit.part in package and edit.part not in left:
            data = texts.get(edit.part) or package.read(edit.part)
            new = _as_it_stands(edit.new, data)
            if data.count(new) == 1:
                texts[edit.part] = data.replace(new, edit.old)
    draft = Draft(package, texts.get(package.workbook))
    for part, data in texts.items():
        if part != package.workbook:
            draft.put(part, data)
    return draft


def _as_it_stands(new: bytes, data: bytes) -> bytes:
    """What wiring wrote, as it stands by now: the workbook may open on another sheet since."""
    view = _VIEW.search(data) if _VIEW.match(new) else None
    if view is None:
        return new
    tag = data[view.start() : tag_end(data, view.start())]
    return tag if with_attribute(tag, "activeTab", None) == new else new


def remove_rest(draft: Draft, known: Journal | None) -> None:
    """Take out what is left of the parts that wiring added, and what leads to them."""
    ours = {journal.PART}
    if known is not None:
        ours |= {
            part
            for part in known.added
            if part in draft and journal.is_as_wired(known, draft.package, part)
        }
    owners = [ROOT, *(sheet.part for sheet in draft.workbook.sheets)]
    for part in ours:
        for owner in owners:
            draft.relations(owner).remove_to(part)
        draft.workbook.relations.remove_to(part)
        draft.remove(part)


def _give_back_formats(draft: Draft, known: Journal | None, as_wired: dict[str, Entry]) -> None:
    """The formats as they were, also where more of ours were added since.

    Not where others have changed them, nor where a cell of hers has one of ours by now.
    """
    part = draft.workbook.other("styles") or ""
    before = known.entries.get(part) if known is not None else None
    if before is None or part not in draft:
        return
    old = Styles(part, before.content)
    sheets = (one for one in draft.workbook.worksheet_parts() if one in draft)
    later = (draft.read(one) for one in sheets if one not in as_wired)
    if lengths.needs_more(later, len(old.items("cellXfs"))):
        as_wired.pop(part, None)
    elif Styles(part, draft.read(part)).only_adds_to(old):
        as_wired[part] = before


def _give_back_workbook(
    draft: Draft, known: Journal | None, as_wired: dict[str, Entry], changed: Mapping[str, bytes]
) -> None:
    """The workbook part as it was packed, where only an empty list of names tells them apart."""
    part = draft.workbook.part
    before = known.entries.get(part) if known is not None else None
    if before is not None and _NO_NAMES.sub(b"", before.content) == changed.get(part):
        as_wired[part] = before
