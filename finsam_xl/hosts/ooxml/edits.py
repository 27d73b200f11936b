"""A plan's edits put into the cells of the sheets' parts, with what is recalculated."""

from __future__ import annotations

from collections.abc import Mapping

from finsam_xl.address import position
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml.contents import Contents
from finsam_xl.hosts.ooxml.recalculation import Place, Recalculation
from finsam_xl.hosts.ooxml.sheetedit import NewCell, new_value, with_cells
from finsam_xl.hosts.ooxml.sheetpart import LONGEST_TEXT
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.sheets.grid import BLANK, Value


def edited(book: Contents, plan: Plan, results: Recalculation) -> dict[str, bytes]:
    """The sheet parts with a plan's edits, and what is recalculated, in their cells."""
    _check(book, plan.edits)
    return {
        book.entries[name].part: with_cells(book.part(name), cells)
        for name, cells in _new_cells(book, plan.edits, results.values).items()
    }


def _check(book: Contents, edits: tuple[CellEdit, ...]) -> None:
    """Refuse an edit that would overwrite a formula or a value nobody has seen."""
    for edit in edits:
        place = position(edit.cell)
        cell = book.part(edit.sheet).cells.get(place, BLANK)
        where = f"{edit.sheet}!{edit.cell}"
        formula = book.part(edit.sheet).formulas.get(place)
        if edit.old_formula and formula is not None and formula.text == edit.old_formula:
            continue
        if cell.formula is not None and not edit.keeps_value:
            raise WorkbookError(
                "Cellen har en formel och skrivs inte över.",
                where=where,
                remedy="Ta bort formeln om värdet ska skrivas.",
            )
        if book.dated({place: cell})[place].value != edit.old and not edit.keeps_value:
            raise WorkbookError(
                f"Cellen innehåller {cell.value!r}, inte {edit.old!r} som planen räknade med.",
                where=where,
                remedy="Räkna om på nytt.",
            )


def _new_cells(
    book: Contents, edits: tuple[CellEdit, ...], results: Mapping[Place, Value]
) -> dict[str, dict[tuple[int, int], NewCell]]:
    new: dict[str, dict[tuple[int, int], NewCell]] = {}
    for edit in edits:
        place = position(edit.cell)
        new.setdefault(edit.sheet, {})[place] = _new_cell(book, edit, place)
    for (sheet, row, column), value in results.items():
        cells = new.setdefault(sheet, {})
        marked = cells.get((row, column))
        fresh = new_value(value)
        cells[row, column] = fresh._replace(style=marked.style) if marked else fresh
    return new


def _new_cell(book: Contents, edit: CellEdit, place: tuple[int, int]) -> NewCell:
    part = book.part(edit.sheet)
    new_style = None
    if place not in part.cells and edit.like and position(edit.like) in part.cells:
        new_style = part.raw(position(edit.like)).style
    if edit.new_mark != edit.old_mark:
        style = part.raw(place).style if place in part.cells else new_style or 0
        new_style = book.styles.with_mark(style, edit.new_mark)
    if edit.keeps_value:
        return NewCell(style=new_style, keeps_value=True)
    new = book.own_day(edit.new, place, edit.sheet)
    return _typed(book, new, part.shared_text(place))._replace(
        style=new_style,
        formula=edit.formula or None,
        drops_formula=bool(edit.old_formula),
        is_gone=edit.is_bare and edit.new is None,
    )


def _typed(book: Contents, value: Value, old: int | None) -> NewCell:
    """A typed value; ``old``: the number of the text that it takes the place of."""
    if type(value) is not str:
        return new_value(value)
    text = str(as_stored(value))
    if book.strings is None:
        return NewCell("inlineStr", text)
    number = book.strings.number(text) if old is None else book.strings.reworded(old, text)
    return NewCell("s", str(number))


def as_stored(value: Value) -> Value:
    """A value as a cell can hold it."""
    return value[:LONGEST_TEXT] if type(value) is str else value
