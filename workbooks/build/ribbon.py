"""The ribbon tab *Finsam*: the part that Excel reads, made from the buttons."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from vba_text import PLAIN_BUTTONS, AnyButton

PART = "customUI/customUI14.xml"
RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"


def ribbon(buttons: Sequence[AnyButton], *, addin: bool) -> bytes:
    """``customUI14.xml``: one group for the list's buttons and one for those without Python.

    The add-in's tab is always there; a workbook's own gives way to it.
    """
    shown = "" if addin else ' getVisible="FinsamFlikSyns"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
        f'<customUI xmlns="{_NAMESPACE}">',
        "  <ribbon>",
        "    <tabs>",
        f'      <tab id="FinsamFlik" label="Finsam" insertAfterMso="TabData"{shown}>',
        *_group("FinsamGrupp", "Arbetsboken", buttons),
        *_group("FinsamGruppFormler", "Formler", PLAIN_BUTTONS),
        "      </tab>",
        "    </tabs>",
        "  </ribbon>",
        "</customUI>",
        "",
    ]
    return "\n".join(lines).encode()


def _group(name: str, label: str, buttons: Sequence[AnyButton]) -> list[str]:
    return [
        f"        <group id={quoteattr(name)} label={quoteattr(label)}>",
        *(
            f"          <button id={quoteattr(button.name)} label={quoteattr(button.text)} "
            f'imageMso={quoteattr(button.image)} size="large" '
            f"screentip={quoteattr(button.text)} supertip={quoteattr(button.tip)} "
            'onAction="FinsamFranMenyn"/>'
            for button in buttons
        ),
        "        </group>",
    ]
