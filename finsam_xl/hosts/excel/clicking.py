"""A click on a button, in whichever Excel: read the workbook, act, write, and say what came of it.

The desktop's macros, xlwings Lite and xlwings Server all come here. What differs is what
they know of the workbook beforehand (``known``: only Lite has to be asked), and that only
the desktop has a status bar and shows the first sheet that was made.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from finsam_xl.actions.buttons import BY_NAME, Button
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.excel.reading import Known, is_remote, read
from finsam_xl.hosts.excel.writing import apply

if TYPE_CHECKING:
    from finsam_xl.actions.fetch_clicked import Given


def clicked(
    name: str,
    book: Any,
    moment: datetime,
    version: str,
    *,
    user: str = "",
    known: Known | None = None,
    given: Given | None = None,
) -> str:
    """Do what a button says in an open xlwings book; gives what a person is told.

    ``version``: the product's, and ``user``: who clicked, for the log; ``known``: what Lite has
    told of the workbook; ``given``: the file that was chosen, and what was answered.
    """
    button = _button(name, version)
    try:
        status(book, f"Finsam: {button.text} – läser {book.name} …")
        grid = read(book, known)
        status(book, f"Finsam: {button.text} – räknar …")
        plan = button.plan(grid, moment, version, user, given)
        status(book, f"Finsam: {button.text} – skriver {len(plan.edits)} celler …")
        applied = apply(book, plan, known)
        if applied.sheets and not is_remote(book):
            book.sheets[applied.sheets[0]].activate()
    finally:
        status(book, False)
    return "\n".join(applied.told)


def _button(name: str, version: str) -> Button:
    if name in BY_NAME:
        return BY_NAME[name]
    raise WorkbookError(
        f"Knappen {name} finns inte i finsam_xl {version}: arbetsboken eller tillägget är av "
        "en annan version.",
        remedy="Uppdatera finsam-xl, eller koppla om boken med finsam-xl koppla.",
    )


def status(book: Any, text: str | bool) -> None:
    """Show a line at the foot of Excel; a busy Excel shows none, and that is no fault."""
    with suppress(Exception):
        if not is_remote(book):
            book.app.status_bar = text
