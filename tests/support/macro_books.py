"""The macro workbooks and the add-in as they are shipped, and how each is built."""

from __future__ import annotations

from collections.abc import Sequence

import addin
import wire_books
from wired import WIRED

from finsam_xl.actions.buttons import BUTTONS, Button

WORKBOOKS = tuple(f"{name}.xlsm" for name in WIRED)
NAMES = (*WORKBOOKS, addin.NAME)


def build(name: str, buttons: Sequence[Button] = BUTTONS) -> bytes:
    """One of them, by file name."""
    if name == addin.NAME:
        return addin.build(buttons)
    return wire_books.macro_book(name.removesuffix(".xlsm"), buttons)


def sheet_with_buttons(name: str) -> str:
    """The sheet that has buttons besides Start."""
    return WIRED[name.removesuffix(".xlsm")].sheet
