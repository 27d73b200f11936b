"""Results that are emptied in other offices' workbooks get their own figure back, or stay blank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from finsam_xl import actions
from finsam_xl.address import position
from finsam_xl.errors import WorkbookError
from finsam_xl.model_budget import Known
from finsam_xl.money import exact, parse_number
from support.practice import Place, Workbook, names, workbook
from support.typed_sheets import TODAY

_COLUMN = re.compile(r"[A-Z]+")
_LEAST_FILLED = 0.85
_ROOM = 0.0006
_ROOM_OF_A_SHARE = 0.0051


def _known(book: Workbook) -> dict[Place, list[tuple[Any, bool]]]:
    """The values that each derived cell may rightly hold, and whether they are shares."""
    found: dict[Place, list[tuple[Any, bool]]] = {}
    for table in book.tables:
        for group, is_share in (("totals", False), ("derived", True), ("index", False)):
            for one in table.get(group, []):
                place = (table["sheet"], *position(one["cell"]))
                of_amounts = not is_share or one["rule"] == "deviation"
                found.setdefault(place, []).append((one["value"], not of_amounts))
    return found


def _jobs(book: Workbook) -> Iterator[list[Place]]:
    """The totals of a column, and then its deviations or shares: what is emptied together."""
    wrong = {(one["sheet"], *position(one["cell"])) for one in book.truth.get("findings", [])}
    for table in book.tables:
        closed = {c["column"] for c in table.get("columns", []) if c.get("no_blanking")}
        groups: dict[tuple[str, str], list[Place]] = {}
        for group in ("totals", "derived"):
            for one in table.get(group, []):
                place = (table["sheet"], *position(one["cell"]))
                column = _COLUMN.match(one["cell"])
                assert column is not None
                if column[0] in closed or one.get("blank") or _rests_on(book, place, wrong):
                    continue
                if place not in groups.get(("totals", column[0]), []):
                    groups.setdefault((group, column[0]), []).append(place)
        yield from groups.values()


def _rests_on(book: Workbook, place: Place, wrong: set[Place]) -> bool:
    """Whether a cell is wrong on purpose, or follows from one that is."""
    if place in wrong:
        return True
    for table in book.tables:
        for one in (*table.get("totals", []), *table.get("derived", [])):
            if (table["sheet"], *position(one["cell"])) == place:
                parts = [*one.get("of", []), *one.get("minus", [])]
                parts += [one[k] for k in ("outcome", "budget", "part", "whole") if k in one]
                here = ((table["sheet"], *position(p)) for p in parts if "!" not in p)
                if any(_rests_on(book, part, wrong) for part in here):
                    return True
    return False


@cache
def _outcome(name: str) -> tuple[int, int, tuple[str, ...]]:
    """How many emptied cells were filled rightly, of how many, and those filled wrongly."""
    book = workbook(name)
    known = _known(book)
    wanted = {
        (table["sheet"], *position(one["cell"]))
        for table in book.tables
        for one in table.get("fill", [])
    }
    right = every = 0
    wrong: list[str] = []
    for job in _jobs(book):
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
            if any(_holds(new[place], value, is_share) for value, is_share in known[place]):
                right += 1
            else:
                wrong.append(f"{place}: {new[place]}, not {known[place]}")
    return right, every, tuple(wrong)


def _holds(new: object, wanted: object, is_share: bool) -> bool:
    figure, value = _number(new), _number(wanted)
    if figure is None or value is None:
        return new == wanted
    if is_share:
        return any(
            abs(float(figure - times * value)) <= times * _ROOM_OF_A_SHARE for times in (1, 100)
        )
    return abs(float(figure - value)) <= _ROOM


def _number(value: object) -> Known | None:
    if isinstance(value, str):
        shown = parse_number(value)
        return None if shown is None else exact(shown.value)
    return exact(value) if isinstance(value, int | float) else None


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
            assert _said(edit.new) == _said(asked[place])


def _said(value: object) -> object:
    number = _number(value)
    if value in (True, "Ja"):
        return "ja"
    if value in (False, "Nej"):
        return "nej"
    return round(float(number), 3) if number is not None else value
