"""A social budget whose outcomes change one at a time: only what follows from that row changes."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

import pytest

from finsam_xl import actions
from finsam_xl.address import position
from finsam_xl.hosts.ooxml import Book
from finsam_xl.reading import social
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid
from support.typed_sheets import TODAY
from support.workbooks import SOCIAL_BUDGET

Cells = dict[tuple[int, int], Cell]
SHEETS = ("Social budget", "Impactindex")


@cache
def _filled() -> dict[str, Cells]:
    """The association's sheets as a first run leaves them."""
    with Book(SOCIAL_BUDGET) as book:
        read = {name: dict(book.grid.sheet(name).cells) for name in SHEETS}
    plan = _plan(read)
    for edit in plan.edits:
        place = position(edit.cell)
        old = read[edit.sheet].get(place, Cell())
        read[edit.sheet][place] = old._replace(value=edit.new, mark=edit.new_mark)
    return read


def _plan(cells: dict[str, Cells]) -> Any:
    sheets = tuple(SheetGrid(name, partial(cells.__getitem__, name)) for name in SHEETS)
    return actions.recompute(Grid(sheets), today=TODAY, run="prov")


def _outcomes() -> list[tuple[int, int]]:
    cells = _filled()["Social budget"]
    (table,) = social.recognise(SheetGrid("Social budget", lambda: cells))
    column = table.by_field["total_number"]
    rows = [row.row for row in table.rows if row.role == "line"]
    return [
        (row, column) for row in rows if isinstance(cells.get((row, column), Cell()).value, int)
    ]


def test_a_second_run_has_nothing_to_do() -> None:
    """What the first run wrote is right."""
    assert [e for e in _plan(_filled()).edits if not e.keeps_value] == []


@pytest.mark.parametrize("place", _outcomes(), ids=str)
def test_one_changed_outcome_changes_its_row_and_what_adds_it_up(place: tuple[int, int]) -> None:
    """No verdict or points of another row, and no figure that rests on other rows only."""
    cells = {name: dict(found) for name, found in _filled().items()}
    sheet = cells["Social budget"]
    sheet[place] = sheet[place]._replace(value=0)
    (table,) = social.recognise(SheetGrid("Social budget", lambda: sheet))
    others = {row.row for row in table.rows if row.role == "line"} - {place[0]}
    changed = [e for e in _plan(cells).edits if not e.keeps_value and e.old != e.new]
    here = [position(e.cell)[0] for e in changed if e.sheet == "Social budget"]
    assert not others & set(here)
    assert all(edit.new is not None for edit in changed)
