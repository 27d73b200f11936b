"""All that runs, taken out: projects, ribbons, add-ins, macro sheets, buttons, and what calls.

A picture or a shape with a macro stays and does nothing; so do boxes and lists in cells.
"""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from finsam_xl.hosts.ooxml.package import Package
from finsam_xl.hosts.ooxml.packageparts import relations_part
from finsam_xl.hosts.ooxml.wiring import macros, unbuttons
from finsam_xl.hosts.ooxml.wiring.buttons import legacy
from finsam_xl.hosts.ooxml.wiring.draft import ROOT, Draft

_KINDS = {
    "vbaProject": "makron",
    "attachedToolbars": "verktygsfält",
    "xlMacrosheet": "makroblad",
    "xlIntlMacrosheet": "makroblad",
    "extensibility": "menyflik",
    "webextensiontaskpanes": "tillägg",
    "webextension": "tillägg",
    "origin": "digital signatur",
}
"""Relations by what their types end in, and what they lead to."""
_UNTOLD = ("urn:finsam-xl:original", "calcChain")
MACRO_SHEETS = ("xlMacrosheet", "xlIntlMacrosheet")
_PROJECT = "application/vnd.ms-office.vbaProject"
_BUTTON = re.compile(rb"""ObjectType=["']Button["']""")
_FORM_BUTTON = re.compile(rb"""objectType=["']Button["']""")
_SHAPE_ID = re.compile(rb"_x0000_s(\d+)")
_CONTROL = re.compile(rb"<(?:\w+:)?control\s[^>]*>")
_CONTROL_ID = re.compile(rb"""\sshapeId=["'](\d+)""")
_RELATION = re.compile(rb"""\sr:id=["']([^"']+)""")
_MACRO = re.compile(
    rb"""(<(?:\w+:)?(?:sp|pic|graphicFrame|cxnSp|controlPr)\s(?:[^>]*?\s)?macro=)(?:"[^"]+"|'[^']+')"""
)
_CALLS = re.compile(rb"<(?P<n>x:FmlaMacro)>[^<]*</(?P=n)>\s*")
_ADD_IN = re.compile(
    rb"<mc:AlternateContent\b(?:(?!</?mc:AlternateContent).)*webextensionref"
    rb"(?:(?!</?mc:AlternateContent).)*</mc:AlternateContent>",
    re.DOTALL,
)
_FALLBACK = re.compile(rb"<mc:Fallback\b[^>]*(?<!/)>(.*)</mc:Fallback>", re.DOTALL)
_DRAWINGS = ("drawing+xml", "chartshapes+xml", "vmlDrawing")
_ADD_IN_FILE = "finsam.xlam"
_NO_NAME: dict[str, str | None] = {"codeName": None}


def macro_sheets(draft: Draft) -> list[str]:
    """The sheets that are macros of Excel 4."""
    relations = draft.workbook.relations
    ids = {rid for kind in MACRO_SHEETS for rid, _ in relations.targets(kind)}
    return [sheet.name for sheet in draft.workbook.sheets if sheet.relation in ids]


def has_buttons(package: Package) -> bool:
    """Whether there are buttons on the sheets of a workbook."""
    draft = Draft(package)
    return any(_buttons(draft, sheet.part) for sheet in draft.workbook.sheets)


def disarm(draft: Draft) -> list[str]:
    """Take out of a draft all that runs, and what leads there; gives of what kinds, in Swedish.

    The parts themselves are swept later.
    """
    for sheet in draft.workbook.sheets:
        ids = _buttons(draft, sheet.part)
        if ids:
            named = rb"""(?:_x0000_s|\sshapeId=["'])(?:%s)\b""" % b"|".join(sorted(ids))
            unbuttons.remove(draft, sheet.part, re.compile(named).search)
    for part in [*_drawings(draft), *(sheet.part for sheet in draft.workbook.sheets)]:
        data = draft.read(part) if part in draft else b""
        rest = _ADD_IN.sub(_instead, _CALLS.sub(b"", _MACRO.sub(rb'\1""', data)))
        if rest != data:
            draft.put(part, rest)
    kinds: dict[str, None] = {}
    for owner in owners(draft):
        relations = draft.relations(owner)
        for kind, told in _KINDS.items():
            if relations.targets(kind):
                kinds[told] = None
        relations.remove_kinds({*_KINDS, *_UNTOLD})
    draft.workbook.remove_last_links(lambda part: _is_our_add_in(draft, part))
    if macros.own_project(draft) is not None:
        draft.workbook.set_attributes(("fileVersion",), _NO_NAME)
        draft.workbook.set_attributes(("workbookPr",), _NO_NAME)
    draft.types.retype(draft.workbook.part, macros.PLAIN_BOOK)
    return [*kinds]


def _is_our_add_in(draft: Draft, link: str) -> bool:
    """Whether a link leads to the file with our functions."""
    targets = draft.relations(link).root.children if link in draft else []
    return any((node.get("Target") or "").lower().endswith(_ADD_IN_FILE) for node in targets)


def owners(draft: Draft) -> list[str]:
    """The parts that have relations, the package itself among them."""
    rels = (name for name in draft.names if name.endswith(".rels"))
    return [ROOT if name == "_rels/.rels" else _owner(name) for name in rels]


def _owner(rels: str) -> str:
    folder, name = posixpath.split(rels)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def sweep(draft: Draft) -> None:
    """Take out every part that nothing leads to, and what is told of the kinds that went."""
    known = {_key(name): name for name in draft.names}
    reached = {draft.types.part, relations_part(ROOT)}
    waiting = [ROOT]
    while waiting:
        for target in draft.relations(waiting.pop()).held:
            part = known.get(_key(target))
            if part is not None and part not in reached:
                reached |= {part, relations_part(part)}
                waiting.append(part)
    for part in known.values():
        if part not in reached and not part.endswith("/"):
            draft.remove(part)
    draft.types.forget(_PROJECT)


def _key(part: str) -> str:
    """A part's name as packages compare it: without regard to case or escapes."""
    return unquote(part).lower()


def _drawings(draft: Draft) -> list[str]:
    kinds = draft.types.parts
    return [
        part
        for part in draft.names
        if part.endswith(".vml") or kinds.get(f"/{part}", "").endswith(_DRAWINGS)
    ]


def _instead(found: re.Match[bytes]) -> bytes:
    """The picture that stands for an add-in on a sheet."""
    picture = _FALLBACK.search(found[0])
    return picture[1] if picture else b""


def _buttons(draft: Draft, sheet: str) -> set[bytes]:
    """The numbers of the shapes that are buttons, or controls with code of their own."""
    if sheet not in draft:
        return set()
    vml = legacy(draft, sheet) if b"legacyDrawing" in draft.read(sheet) else None
    shapes = unbuttons.shapes(draft.read(vml)) if vml is not None and vml in draft else []
    ids = {n for shape in shapes if _BUTTON.search(shape) for n in _SHAPE_ID.findall(shape)[:1]}
    relations = draft.relations(sheet)
    forms = {rid for rid, part in relations.targets("ctrlProp") if _is_button(draft, part)}
    coded = forms | {rid for rid, _ in relations.targets("control")}
    for control in _CONTROL.findall(draft.read(sheet)):
        relation = _RELATION.search(control)
        if relation and relation[1].decode() in coded:
            ids.update(_CONTROL_ID.findall(control))
    return ids


def _is_button(draft: Draft, part: str) -> bool:
    return part in draft and _FORM_BUTTON.search(draft.read(part)) is not None
