"""The edits of one sheet as steps: values, then number formats, then colours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from finsam_xl.address import places, position, span
from finsam_xl.hosts.excel.facts import by_place
from finsam_xl.hosts.excel.reading import is_remote
from finsam_xl.hosts.excel.values import to_excel
from finsam_xl.hosts.opened.blocks import (
    MIXED,
    MOST_COLOURS,
    Area,
    Block,
    Place,
    around,
    rectangles,
    row_runs,
    slices,
    survey,
)
from finsam_xl.hosts.opened.held import NO_FORMAT, Facts, Used
from finsam_xl.hosts.opened.steps import Step
from finsam_xl.palette import MARKS
from finsam_xl.plan import CellEdit
from finsam_xl.sheets.grid import Value


def steps(sheet: Any, edits: Sequence[CellEdit], held: Used, facts: Facts) -> Iterator[Step]:
    """Everything to do on one sheet, in few calls."""
    by_position = {position(edit.cell): edit for edit in edits}
    written = {place: edit for place, edit in by_position.items() if not edit.keeps_value}
    cut = row_runs if facts.hides_rows else rectangles
    kinds = {place: "formula" if edit.formula else "" for place, edit in written.items()}
    for block in cut(kinds):
        yield (_formulas if block.key else _values)(sheet, block.area, written)
    if is_remote(sheet.book) and facts.formats is None:
        yield from _formats_unseen(sheet, written, held)
    else:
        likes = {place: edit.like for place, edit in written.items() if edit.like}
        yield from _formats(sheet, likes, facts)
    marked = {p: edit for p, edit in by_position.items() if edit.old_mark != edit.new_mark}
    if marked:
        yield from _colours(sheet, marked, by_row=facts.hides_rows)


def _values(sheet: Any, area: Area, edits: dict[Place, CellEdit]) -> Step:
    new = {place: edits[place].new for place in places(area)}
    old = {place: edits[place].old for place in places(area)}
    return Step(partial(_put, sheet, area, new), partial(_put, sheet, area, old))


def _formulas(sheet: Any, area: Area, edits: dict[Place, CellEdit]) -> Step:
    """Formulas, of which Excel makes the results itself."""
    top, left, bottom, right = area
    texts = [
        [f"={edits[row, column].formula}" for column in range(left, right + 1)]
        for row in range(top, bottom + 1)
    ]
    old = {place: edits[place].old for place in places(area)}
    target = sheet.range(span(*area))
    return Step(partial(setattr, target, "formula", texts), partial(_put, sheet, area, old))


def _put(sheet: Any, area: Area, values: dict[Place, Value]) -> None:
    top, left, bottom, right = area
    sheet.range(span(*area)).value = [
        [to_excel(values[row, column]) for column in range(left, right + 1)]
        for row in range(top, bottom + 1)
    ]


def _formats(sheet: Any, likes: dict[Place, str], facts: Facts) -> Iterator[Step]:
    """Number formats taken over from a like cell, for cells that have none of their own."""
    cut = row_runs if facts.hides_rows else rectangles
    for taking in cut(_taken(sheet, likes, facts)):
        target = sheet.range(taking.address)
        yield Step(
            partial(setattr, target, "number_format", taking.key),
            partial(setattr, target, "number_format", NO_FORMAT),
        )


def _formats_unseen(sheet: Any, written: dict[Place, CellEdit], held: Used) -> Iterator[Step]:
    """The same where formats are not told: whole formats, copied from as far away.

    Cells outside the used range surely have none. Inside it, columns of figures with
    decimals get them too: what looks like per cent there would show them a hundredfold.
    """
    decimals = {column for (_, column), edit in written.items() if _has_decimals(edit.new)}
    distances = {
        place: _distance(place, position(edit.like))
        for place, edit in written.items()
        if edit.like and (place[1] in decimals or not _within(place, held.area))
    }
    for block in rectangles(distances):
        down, right = block.key
        source = (block.area[0] + down, block.area[1] + right)
        source_end = (block.area[2] + down, block.area[3] + right)
        model = sheet.range(span(*source, *source_end))
        yield Step(partial(sheet.range(block.address).copy_from, model, "formats"))


def _has_decimals(value: Value) -> bool:
    return isinstance(value, float) and not value.is_integer()


def _distance(place: Place, other: Place) -> Place:
    return other[0] - place[0], other[1] - place[1]


def _taken(sheet: Any, likes: dict[Place, str], facts: Facts) -> dict[Place, str]:
    """The format each cell takes over: that of its like cell, if it has none itself."""
    formats = facts.formats
    if formats is None:
        blocks: list[Block[str]] = rectangles(dict.fromkeys(likes, ""))
        formats = by_place(survey([b.area for b in blocks], partial(_ask, sheet)))
        models = {like: sheet.range(like).number_format for like in set(likes.values())}
    else:
        models = {like: formats.get(position(like), NO_FORMAT) for like in likes.values()}
    return {
        place: models[like]
        for place, like in likes.items()
        if formats.get(place, NO_FORMAT) == NO_FORMAT and models[like] != NO_FORMAT
    }


def _ask(sheet: Any, area: Area) -> object:
    found = sheet.range(span(*area)).number_format
    return MIXED if found is None else found


def _within(place: Place, area: Area) -> bool:
    top, left, bottom, right = area
    return top <= place[0] <= bottom and left <= place[1] <= right


def _colours(sheet: Any, marked: dict[Place, CellEdit], *, by_row: bool) -> Iterator[Step]:
    """Fills of the marked cells; those between them keep theirs."""
    rows = {row for row, _ in marked}
    new = {place: edit.new_mark for place, edit in marked.items()}
    old = {place: edit.old_mark for place, edit in marked.items()}
    for area in slices(around(marked), 1 if by_row else MOST_COLOURS):
        if rows.isdisjoint(range(area[0], area[2] + 1)):
            continue
        yield Step(partial(_colour, sheet, area, new), partial(_colour, sheet, area, old))


def _colour(sheet: Any, area: Area, marks: dict[Place, str]) -> None:
    top, left, bottom, right = area
    sheet.range(span(*area)).set_colors(
        [
            [
                MARKS.get(marks[row, column]) if (row, column) in marks else ...
                for column in range(left, right + 1)
            ]
            for row in range(top, bottom + 1)
        ]
    )
