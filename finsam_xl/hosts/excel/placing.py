"""Report sheets made, emptied, taken out and named in Excel.

A report's earlier sheet is emptied; so of all we write, only a report that was being
replaced when Excel failed is left half made, until it is made again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from finsam_xl.address import on_sheet
from finsam_xl.hosts.excel.reading import is_remote, owners
from finsam_xl.hosts.opened.placing import Placed, names_of
from finsam_xl.hosts.opened.steps import Step
from finsam_xl.plan import owner_name


def steps(book: Any, placed: Placed) -> Iterator[Step]:
    """Make the sheet, or empty the earlier one in its place; hidden if it is to be."""
    if placed.is_new:
        yield Step(partial(_add, book, placed.name), partial(_delete, book, placed.name))
        yield Step(partial(_own, book, placed))
        if placed.plan.is_hidden:
            yield Step(partial(_hide, book, placed.name))
        return
    sheet = book.sheets[placed.name]
    used = sheet.used_range
    yield Step(used.unmerge)
    yield Step(partial(_delete_charts, sheet))
    yield Step(sheet.clear)
    yield Step(used.rows.autofit)  # empty rows fall back to the standard height


def _add(book: Any, name: str) -> None:
    book.sheets.add(name, after=book.sheets[-1])


def _delete(book: Any, name: str) -> None:
    before = book.app.display_alerts
    book.app.display_alerts = False
    try:
        if name in [sheet.name for sheet in book.sheets]:
            book.sheets[name].delete()
    finally:
        book.app.display_alerts = before


def _hide(book: Any, name: str) -> None:
    # What cannot be hidden here lies last and says what it is.
    with suppress(AttributeError, NotImplementedError):
        book.sheets[name].visible = False


def remove_sheets(book: Any, gone: Sequence[str]) -> Iterator[Step]:
    """Take out reports by their owners; a sheet that is deleted does not come back."""
    owned = {owner: name for name, owner in owners(book, local=False).items()}
    for owner in gone:
        if owner in owned:
            yield Step(partial(_disown, book, owner))
            yield Step(partial(_delete, book, owned[owner]))


def _disown(book: Any, owner: str) -> None:
    gone = names_of(owner, [known.name for known in book.names])
    for known in [known for known in book.names if known.name in gone]:
        known.delete()


def _own(book: Any, placed: Placed) -> None:
    """Point the report's defined name at its sheet; hidden where Excel lets us hide it."""
    name = owner_name(placed.plan.owner)
    for old in [known for known in book.names if known.name.lower() == name]:
        old.delete()  # of a report whose sheet somebody deleted
    made = book.names.add(name, "=" + on_sheet(placed.name, "$A$1"))
    if not is_remote(book):
        with suppress(AttributeError):  # Excel for Mac has another way
            made.api.Visible = False


def _delete_charts(sheet: Any) -> None:
    while len(sheet.charts):
        sheet.charts[0].delete()
