"""What formulas showed, written in their place: those that look at something that goes.

A formula that gives a block becomes values with the whole of it. What nobody knows is not
guessed: the workbook is then refused, with the cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from finsam_xl.address import a1
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml.exceltables import own_texts
from finsam_xl.hosts.ooxml.freezing.leaving import Leaving
from finsam_xl.hosts.ooxml.sheetedit import NewCell, new_value, results_of_now, with_cells
from finsam_xl.hosts.ooxml.sheetpart import Formula, SheetPart, belonging
from finsam_xl.hosts.ooxml.wiring.draft import Draft
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import BLANK, Cell, CellError, Value

if TYPE_CHECKING:
    from finsam_xl.hosts.ooxml.book import Book

_HAS_FORMULAS = re.compile(rb"<(?:\w+:)?f[\s>/]")
_UNDONE = frozenset(("#NAME?", "#GETTING_DATA", "#BUSY!", "#CONNECT!", "#BLOCKED!", "#UNKNOWN!"))
"""The errors that tell that a function was not there to give its result."""
_REMEDY = (
    "Öppna boken i Excel där funktionerna fungerar (knappen Återställ formler), spara den, och "
    "frys igen."
)
Place = tuple[int, int]


class Frozen(NamedTuple):
    """What became values on a sheet: the cells of the formulas, and which show an error."""

    sheet: str
    formulas: tuple[str, ...]
    errors: tuple[str, ...]


def freeze(draft: Draft, book: Book, leaving: Leaving) -> list[Frozen]:
    """Write values in the place of formulas on every sheet that stays."""
    cells = draft.workbook.worksheet_parts()
    parts = {
        sheet.name: book.reading(sheet.part, draft.read(sheet.part))
        for sheet in draft.workbook.sheets
        if sheet.part in cells and _HAS_FORMULAS.search(draft.read(sheet.part))
    }
    going = {name: dict(_going(part, leaving)) for name, part in parts.items()}
    if any(going.values()):
        # They try other figures in cells that lead through what no longer follows.
        for name, part in parts.items():
            going[name] |= {p: f for p, f in part.formulas.items() if f.kind == "dataTable"}
    done = []
    for name, formulas in going.items():
        part, new = parts[name], results_of_now(book.grid.sheet(name))
        shown = _shown(book, name, formulas)
        new |= dict(_cells(part, formulas, shown))
        if new:
            draft.put(part.part, with_cells(part, new))
        if formulas:
            told = tuple(a1(*place) for place in sorted(formulas))
            wrong = (place for place in sorted(formulas) if isinstance(shown[place], CellError))
            done.append(Frozen(name, told, tuple(a1(*place) for place in wrong)))
    return done


def _going(part: SheetPart, leaving: Leaving) -> Iterator[tuple[Place, Formula]]:
    for place, text in own_texts(part.formulas).items():
        if leaving.meets(text):
            yield place, part.formulas[place]


def _shown(book: Book, sheet: str, formulas: Mapping[Place, Formula]) -> dict[Place, Value]:
    """What the cells of formulas show; refused where nobody knows."""
    cells, unknown = book.results.stored(sheet), book.grid.sheet(sheet).unknown
    shown: dict[Place, Value] = {}
    for place, formula in formulas.items():
        for inner in belonging(place, formula, cells):
            value = cells.get(inner, BLANK).value
            if inner in unknown.places or (isinstance(value, CellError) and value in _UNDONE):
                raise _not_known(f"{sheet}!{a1(*inner)}", cells.get(inner, BLANK), unknown.why)
            shown[inner] = value
    return shown


def _not_known(where: str, cell: Cell, why: str) -> WorkbookError:
    what = f"visar {cell.value}" if cell.value is not None else "har inget värde att frysa"
    why = f" ({why})" if why else ""
    return WorkbookError(f"Formeln i {where} {what}{why}.", where=where, remedy=_REMEDY)


def _cells(
    part: SheetPart, formulas: Mapping[Place, Formula], shown: Mapping[Place, Value]
) -> Iterator[tuple[Place, NewCell]]:
    for place, value in shown.items():
        if place in formulas:
            yield place, _typed(value)._replace(drops_formula=True)
        elif part.cells.get(place, BLANK).value is None and value is not None:
            yield place, _typed(value)


def _typed(value: Value) -> NewCell:
    is_text = type(value) is str
    return NewCell("inlineStr", str(value)) if is_text else new_value(value)
