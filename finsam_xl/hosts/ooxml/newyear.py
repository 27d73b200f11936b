"""Next year's workbook as parts: sheets renamed, notes marked, last year's reports left behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from finsam_xl.address import position
from finsam_xl.formulas.blocks import block
from finsam_xl.hosts.ooxml import mentions, notes
from finsam_xl.hosts.ooxml.package import Package
from finsam_xl.hosts.ooxml.renaming import Names, rename
from finsam_xl.hosts.ooxml.wiring import start
from finsam_xl.hosts.ooxml.wiring.draft import Draft, Rewriting
from finsam_xl.hosts.ooxml.wiring.macros import own_project
from finsam_xl.hosts.ooxml.xmlspans import Patch, patched, tree, with_attribute
from finsam_xl.plan import CellEdit
from finsam_xl.records import NamedTuple

_DEPTH = 3


class Wish(NamedTuple):
    """What is wanted. ``sheets``: new names by the old; ``dropped``: sheets that are taken out.

    ``noted``: the sheets whose notes are marked with ``mark``; ``headings``: cells that have
    changed, by the sheet's old name, of which some may head columns of tables.
    """

    sheets: Mapping[str, str]
    dropped: Sequence[str]
    noted: Sequence[str]
    mark: str
    headings: Mapping[str, Sequence[CellEdit]]


class Made(NamedTuple):
    """What is written; by sheet the notes that were marked, and the texts outside the cells.

    ``has_code``: whether there are macros, which may name sheets.
    """

    rewriting: Rewriting
    notes: Mapping[str, notes.Marked]
    texts: tuple[tuple[str, str, str], ...]
    pivots: tuple[str, ...]
    has_code: bool


def made(package: Package, wish: Wish) -> Made:
    """The workbook with what is wished for."""
    draft = Draft(package)
    parts = {sheet.name: sheet.part for sheet in draft.workbook.sheets if sheet.part in draft}
    marked = {name: notes.mark(draft, parts[name], wish.mark) for name in wish.noted}
    rename(draft, _names(draft, parts, wish))
    start.drop(draft, wish.dropped)
    kept = {name: part for name, part in parts.items() if name not in wish.dropped}
    return Made(
        draft.rewriting(),
        marked,
        tuple((name, *text) for name, part in kept.items() for text in mentions.texts(draft, part)),
        tuple(name for name, part in kept.items() if mentions.has_pivot(draft, part)),
        own_project(draft) is not None,
    )


def _names(draft: Draft, parts: Mapping[str, str], wish: Wish) -> Names:
    """The new names of sheets, and of columns of Excel tables whose headings have changed."""
    columns: dict[str, dict[str, str]] = {}
    own: dict[str, dict[str, str]] = {}
    for sheet, edits in wish.headings.items():
        new = {position(edit.cell): str(edit.new) for edit in edits}
        for _, part in draft.relations(parts[sheet]).targets("table"):
            name, changed = _renamed(draft, part, new) if part in draft else ("", {})
            if changed:
                columns[name.lower()] = own[part] = changed
                own[parts[sheet]] = {**own.get(parts[sheet], {}), **changed}
    return Names(wish.sheets, columns, own)


def _renamed(
    draft: Draft, part: str, new: Mapping[tuple[int, int], str]
) -> tuple[str, dict[str, str]]:
    """A table's columns called as their headings are by now: its name, and their new ones."""
    data = draft.read(part)
    root = tree(data, part, _DEPTH)
    area = block(root.get("ref") or "")
    held = root.child("tableColumns")
    names: dict[str, str] = {}
    patches: list[Patch] = []
    if area is None or held is None or root.get("headerRowCount") == "0":
        return "", names
    for number, column in enumerate(held.children, area[1]):
        text = new.get((area[0], number))
        if text is not None:
            names[column.get("name") or ""] = text
            tag = data[column.start : column.open_end]
            patches.append(Patch(column.start, column.open_end, with_attribute(tag, "name", text)))
    if patches:
        draft.put(part, patched(data, patches))
    return root.get("displayName") or root.get("name") or "", names
