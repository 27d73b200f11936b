"""The three macro workbooks and the add-in that the project ships."""

from __future__ import annotations

from collections.abc import Sequence

import addin
import macro_workbook
from macro_texts import texts
from wired import WIRED

from finsam_xl.actions.buttons import BUTTONS, Button

__all__ = ["NAMES", "WIRED", "build"]


def build(name: str, buttons: Sequence[Button] = BUTTONS) -> bytes:
    """One of the macro workbooks or the add-in, by file name."""
    if name == addin.NAME:
        return addin.build(buttons)
    wired = WIRED[name]
    said = texts(wired.title, wired.association, wired.about, wired.places, buttons)
    return macro_workbook.build(wired.existing(), said, wired.buttons, buttons)


NAMES = (*WIRED, addin.NAME)
