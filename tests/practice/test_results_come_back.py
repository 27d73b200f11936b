"""Results that are emptied in other offices' workbooks get their own figure back, or stay blank."""

from __future__ import annotations

from functools import cache

import pytest

from finsam_xl import actions
from finsam_xl.address import position
from finsam_xl.errors import WorkbookError
from support.practice import names, workbook
from support.truth import holds, jobs, known_values, said
from support.typed_sheets import TODAY

_LEAST_FILLED = 0.85


@cache
def _outcome(name: str) -> tuple[int, int, tuple[str, ...]]:
    """How many emptied cells were filled rightly, of how many, and those filled wrongly."""
    book = workbook(name)
    known = known_values(book)
    wanted = {
        (table["sheet"], *position(one["cell"]))
        for table in book.tables
        for one in table.get("fill", [])
    }
    right = every = 0
    wrong: list[str] = []
    for job in jobs(book):
        emptied = [place for place in job if place not in wanted]
        every += len(emptied)
        grid = book.grid(dict.fromkeys(emptied), only_values=True)
        try:
            plan = actions.recompute(grid, today=TODAY, run="prov")
        except WorkbookError:
            continue
        new = {(edit.sheet, *position(edit.cell)): edit.new for edit in plan.edits}
        for place in emptied:
            if place not in new:
                continue
            if any(holds(new[place], value, is_share) for value, is_share in known[place]):
                right += 1
            else:
                wrong.append(f"{place}: {new[place]}, not {known[place]}")
    return right, every, tuple(wrong)


@pytest.mark.parametrize("name", names())
def test_never_another_figure(name: str) -> None:
    """What cannot be settled stays blank."""
    right, every, wrong = _outcome(name)
    print(f"{name}: {right} of {every} came back")
    assert wrong == ()


def test_most_come_back() -> None:
    """A reading that leaves everything blank is safe and useless."""
    outcomes = [_outcome(name) for name in names()]
    right, every = sum(one[0] for one in outcomes), sum(one[1] for one in outcomes)
    print(f"{right} of {every} emptied results came back")
    assert right >= _LEAST_FILLED * every


@pytest.mark.parametrize("name", names())
def test_what_is_left_to_fill_in(name: str) -> None:
    """The workbook as it is: nothing but what is asked for is written, and that rightly."""
    book = workbook(name)
    asked = {
        (table["sheet"], *position(one["cell"])): one["value"]
        for table in book.tables
        for one in table.get("fill", [])
    }
    plan = actions.recompute(book.grid(), today=TODAY, run="prov") if asked else None
    for edit in plan.edits if plan else ():
        place = (edit.sheet, *position(edit.cell))
        assert place in asked or edit.keeps_value, place
        if place in asked and not edit.keeps_value:
            assert said(edit.new) == said(asked[place])
