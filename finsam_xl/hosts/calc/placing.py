"""Report sheets made, emptied, taken out and named in LibreOffice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from finsam_xl.address import fixed
from finsam_xl.hosts.calc.reading import owners
from finsam_xl.hosts.opened.placing import Placed, names_of
from finsam_xl.hosts.opened.steps import Step
from finsam_xl.plan import owner_name

_ALL_CONTENTS = 1 | 2 | 4 | 8 | 16 | 32 | 64 | 128 | 256
"""Values, dates, texts, notes, formulas, formats, styles, drawings, formats in texts."""
_HIDDEN = 16
"""A defined name that is not shown."""


def steps(document: Any, placed: Placed) -> Iterator[Step]:
    """Make the sheet, or empty the earlier one in its place; hidden if it is to be."""
    sheets = document.Sheets
    if placed.is_new:
        yield Step(partial(sheets.insertNewByName, placed.name, sheets.getCount()))
        yield Step(partial(name_place, document, owner_name(placed.plan.owner), placed.name, "A1"))
        if placed.plan.is_hidden:
            yield Step(partial(_hide, document, placed.name))
        return
    sheet = sheets.getByName(placed.name)
    yield Step(partial(sheet.merge, False))
    for name in sheet.Charts.ElementNames:
        yield Step(partial(sheet.Charts.removeByName, name))
    yield Step(partial(sheet.clearContents, _ALL_CONTENTS))
    yield Step(sheet.removeAllManualPageBreaks)


def _hide(document: Any, name: str) -> None:
    document.Sheets.getByName(name).IsVisible = False


def remove_sheets(document: Any, gone: Sequence[str]) -> Iterator[Step]:
    """Take out reports by their owners."""
    owned = {owner: name for name, owner in owners(document, local=False).items()}
    for owner in gone:
        if owner in owned:
            yield Step(partial(drop_names, document, names_of(owner, _names(document))))
            yield Step(partial(document.Sheets.removeByName, owned[owner]))


def name_place(document: Any, name: str, sheet: str, area: str) -> None:
    """Give a block of cells a hidden name, in place of one that is called the same."""
    drop_names(document, [known for known in _names(document) if known.lower() == name.lower()])
    quoted = sheet.replace("'", "''")
    first = document.Sheets.getByIndex(0).getCellByPosition(0, 0).getCellAddress()
    corners = fixed(area).split(":")
    content = ":".join(f"$'{quoted}'.{corner}" for corner in corners)
    document.NamedRanges.addNewByName(name, content, first, _HIDDEN)


def drop_names(document: Any, names: Sequence[str]) -> None:
    """Take out defined names."""
    for name in names:
        document.NamedRanges.removeByName(name)


def _names(document: Any) -> tuple[str, ...]:
    names: tuple[str, ...] = document.NamedRanges.ElementNames
    return names
