"""The ribbon tab *Finsam*: a part of its own, or put beside the tabs that a workbook has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from finsam_xl.actions.buttons import PLAIN_BUTTONS, AnyButton
from finsam_xl.hosts.ooxml.wiring.draft import Draft
from finsam_xl.hosts.ooxml.xmlspans import Node, tree

_FOLDER = "customUI/"
PART = _FOLDER + "customUI14.xml"
RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_KIND = "application/xml"
_NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
_TAB, _MACRO = "FinsamFlik", "FinsamFranMenyn"
_LOADED = ' onLoad="FinsamMenyLaddad"'
"""Who holds the ribbon can tell it that the tab's visibility has changed."""
_OURS = re.compile(
    rb'\s*<(?:\w+:)?tab\b[^>]*\bid\s*=\s*"%s"(?:(?!</(?:\w+:)?tab>).)*"%s".*?</(?:\w+:)?tab>'
    % (_TAB.encode(), _MACRO.encode()),
    re.DOTALL,
)
_IDS = re.compile(rb"""\bid\s*=\s*["'](Finsam\w*)["']""")


def ribbon(buttons: Sequence[AnyButton], *, addin: bool) -> bytes:
    """``customUI14.xml`` with our tab and nothing else.

    The add-in's tab is always there; a workbook's own gives way to it.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
        f'<customUI xmlns="{_NAMESPACE}"{"" if addin else _LOADED}>',
        "  <ribbon>",
        "    <tabs>",
        *_tab(buttons, "", addin=addin),
        "    </tabs>",
        "  </ribbon>",
        "</customUI>",
        "",
    ]
    return "\n".join(lines).encode()


def _tab(buttons: Sequence[AnyButton], prefix: str, *, addin: bool) -> list[str]:
    """The tab: one group for the list's buttons and one for those of the desktop alone."""
    shown = "" if addin else ' getVisible="FinsamFlikSyns"'
    return [
        f'      <{prefix}tab id="{_TAB}" label="Finsam" insertAfterMso="TabData"{shown}>',
        *_group("FinsamGrupp", "Arbetsboken", buttons, prefix),
        *_group("FinsamGruppFormler", "Verktyg", PLAIN_BUTTONS, prefix),
        f"      </{prefix}tab>",
    ]


def _group(name: str, label: str, buttons: Sequence[AnyButton], prefix: str) -> list[str]:
    return [
        f"        <{prefix}group id={quoteattr(name)} label={quoteattr(label)}>",
        *(
            f"          <{prefix}button id={quoteattr(button.name)} "
            f"label={quoteattr(button.text)} "
            f'imageMso={quoteattr(button.image)} size="large" '
            f"screentip={quoteattr(button.text)} supertip={quoteattr(button.tip)} "
            f'onAction="{_MACRO}"/>'
            for button in buttons
        ),
        f"        </{prefix}group>",
    ]


def add(draft: Draft, buttons: Sequence[AnyButton], *, addin: bool = False) -> bool:
    """Give the workbook the tab, beside those it has; False where its own are named as ours."""
    known = parts(draft)
    if not known:
        part = PART if PART not in draft else draft.free("customUI/customUI14_{}.xml")
        draft.put(part, ribbon(buttons, addin=addin), _KIND)
        draft.relations().add(RELATION, part)
        return True
    # Excel reads the later kind where there are both, and no other then.
    data = draft.read(known[-1])
    if _IDS.search(data):
        return False
    _merge(draft, known[-1], buttons)
    return True


def parts(draft: Draft) -> list[str]:
    """The workbook's ribbon parts, that of Excel 2007 first."""
    relations = draft.relations()
    found = sorted(
        (node.get("Type") or "", part)
        for node in relations.root.children
        for identity, part in relations.targets("extensibility")
        if node.get("Id") == identity and part in draft
    )
    return [part for _, part in found]


def _merge(draft: Draft, part: str, buttons: Sequence[AnyButton]) -> None:
    """Put the tab last among the tabs, in elements of ours where there are none yet."""
    data = draft.read(part)
    root = tree(data, part, 3)
    prefix = root.prefix
    ribbon = root.child("ribbon")
    tabs = ribbon.child("tabs") if ribbon is not None else None
    tab = "\n" + "\n".join(_tab(buttons, prefix, addin=False)) + "\n"
    if tabs is not None and tabs.close < tabs.end:
        draft.insert(part, tabs.close, tab.encode())
        return
    new = f"<{prefix}tabs>{tab}</{prefix}tabs>"
    if tabs is not None:
        draft.edit(part, data[tabs.start : tabs.end], new.encode())
    elif ribbon is not None and ribbon.close < ribbon.end:
        draft.insert(part, _before(ribbon, "contextualTabs"), new.encode())
    elif ribbon is not None:
        tag = data[ribbon.start : ribbon.end]
        new = f"{tag[:-2].decode()}>{new}</{prefix}ribbon>"
        draft.edit(part, tag, new.encode())
    else:
        new = f"<{prefix}ribbon>{new}</{prefix}ribbon>"
        draft.insert(part, _before(root, "backstage", "contextMenus"), new.encode())


def _before(holder: Node, *names: str) -> int:
    later = (child.start for child in holder.children if child.local in names)
    return next(later, holder.close)


def is_ours(part: bytes) -> bool:
    """Whether our tab is in a ribbon part."""
    return _OURS.search(part) is not None


def remove(draft: Draft) -> None:
    """Take our tab out, and the part where nothing else was in it.

    openpyxl leaves the part and loses what leads to it.
    """
    lost = [name for name in draft.names if name.startswith(_FOLDER) and name.endswith(".xml")]
    for part in dict.fromkeys((*parts(draft), *lost)):
        data = draft.read(part)
        rest = _OURS.sub(b"", data)
        if rest == data:
            continue
        if re.sub(rb"<(?:\?[^>]*|/?(?:\w+:)?(?:customUI|ribbon|tabs)\b[^>]*)>|\s", b"", rest):
            draft.put(part, rest)
        else:
            draft.relations().remove_to(part)
            draft.remove(part)
