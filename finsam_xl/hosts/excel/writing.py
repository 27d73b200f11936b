"""A plan carried out in the workbook that is open in Excel: all of it, or nothing.

Before anything is written, each cell is looked at again: a formula, or a value that is
not the one the plan was made from, and the plan is refused.

**xlwings Server** tells nothing of formulas and formats. There a cell with another value
than the calculated one is left as it is and listed in ``Applied.held``. A formula that
shows nothing cannot be told from an empty cell, and a blank cell that would show per cent
is filled with 19,3 and not 0,193 and, where the plan names a like cell, gets its format.
Nor does it tell of rows that a filter hides, into which Excel may not write blocks rightly.
Workbooks with such cells belong on the desktop or in Lite, which tell.

Excel clears its own list of things to undo when a program writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from finsam_xl.actions.gates import passed
from finsam_xl.actions.writing import mismatches
from finsam_xl.address import position, span
from finsam_xl.hosts.excel import edits as edit_steps
from finsam_xl.hosts.excel import placing, refusals
from finsam_xl.hosts.excel.facts import formula_texts, hides_rows, used
from finsam_xl.hosts.excel.patience import patiently, xlwings_waits_briefly
from finsam_xl.hosts.excel.reading import Known, is_remote, owners
from finsam_xl.hosts.excel.rendering import render
from finsam_xl.hosts.excel.steps import carry_out, undisturbed
from finsam_xl.hosts.opened.held import UNKNOWN, Facts, Used
from finsam_xl.hosts.opened.outcome import Applied
from finsam_xl.hosts.opened.placing import Placed, place_sheets
from finsam_xl.hosts.opened.refusals import refuse_changed
from finsam_xl.hosts.opened.steps import Step
from finsam_xl.model import Finding
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.records import NamedTuple
from finsam_xl.sheetplan import SheetPlan

_HELD = (
    "I xlwings Server syns inte vilka celler som har formler; därför är bara tomma celler "
    "ifyllda. Kör på datorn, i xlwings Lite eller på filen för att ändra även de andra."
)

_UNSEEN = (
    "xlwings Server visar inte heller talformat: se efter att ifyllda kolumner som ska visas i "
    "procent gör det."
)


def apply(book: Any, plan: Plan, known: Known | None = None) -> Applied:
    """Write a plan into an open xlwings ``Book``; raises ``WorkbookError`` and leaves it as it was.

    ``known``: the facts that the grid was read with, in xlwings Lite.
    """
    with xlwings_waits_briefly():
        sheets = [_looked_at(book, name, rows, known) for name, rows in _by_sheet(plan.edits)]
        made = plan._replace(edits=tuple(edit for sheet in sheets for edit in sheet.edits))
        gates = patiently(lambda: refusals.gates(book))
        passing, said = patiently(lambda: passed(gates, made))
        notes = [f"{one.what} {one.remedy}" for one in said]
        plan = plan._replace(log=passing.log)
        sheets_made = (*plan.sheets, *([plan.log] if plan.log else []))
        placed = patiently(lambda: _placed(book, sheets_made))
        for sheet in sheets:
            refuse_changed(sheet.edits, sheet.used, sheet.facts)
        with undisturbed(book):
            notes += carry_out(book, _steps(book, sheets, placed, plan.removed))
        findings = (*plan.findings, *_mismatches(book, plan))
    held = tuple(edit for sheet in sheets for edit in sheet.held_back)
    if held:
        notes.append(_HELD)
    if any(sheet.edits and sheet.facts.formulas is None for sheet in sheets):
        notes.append(_UNSEEN)
    return Applied(
        tuple(edit for sheet in sheets for edit in sheet.edits),
        held,
        tuple(place.name for place in placed if not place.plan.is_hidden),
        findings,
        tuple(dict.fromkeys(notes)),
        plan.asks,
    )


def _placed(book: Any, plans: Sequence[SheetPlan]) -> list[Placed]:
    names = [sheet.name for sheet in book.sheets]
    return place_sheets(plans, owners(book, local=False), names)


class _Sheet(NamedTuple):
    """A sheet to edit, as it is now, the edits to make and those to hold back."""

    name: str
    edits: tuple[CellEdit, ...]
    held_back: tuple[CellEdit, ...]
    used: Used
    facts: Facts


def _by_sheet(edits: Iterable[CellEdit]) -> Iterable[tuple[str, list[CellEdit]]]:
    found: dict[str, list[CellEdit]] = {}
    for edit in edits:
        found.setdefault(edit.sheet, []).append(edit)
    return found.items()


def _looked_at(book: Any, name: str, edits: Sequence[CellEdit], known: Known | None) -> _Sheet:
    """What the sheet holds just now: on the desktop freshly read."""
    held = patiently(lambda: used(book.sheets[name]))
    if is_remote(book):
        facts = (known or {}).get(name, UNKNOWN)
    else:
        area = held.area
        facts = Facts(
            patiently(lambda: _formulas(book.sheets[name], area)),
            hides_rows=patiently(lambda: hides_rows(book.sheets[name].range(span(*area)))),
        )
    made, back = list(edits), []
    if facts.formulas is None:
        back = [edit for edit in edits if edit.old not in {None, ""} and not edit.keeps_value]
        made = [edit for edit in edits if edit not in back]
    return _Sheet(name, tuple(made), tuple(back), held, facts)


def _formulas(sheet: Any, area: tuple[int, int, int, int]) -> dict[tuple[int, int], str]:
    return formula_texts(sheet.range(span(*area)).formula, area)


def _steps(
    book: Any, sheets: Sequence[_Sheet], placed: Sequence[Placed], removed: Sequence[str]
) -> Iterator[Step]:
    for sheet in sheets:
        yield from edit_steps.steps(book.sheets[sheet.name], sheet.edits, sheet.used, sheet.facts)
    for place in placed:
        yield from placing.steps(book, place)
        yield from render(book.sheets[place.name], place.plan)
    yield from placing.remove_sheets(book, removed)


def _mismatches(book: Any, plan: Plan) -> tuple[Finding, ...]:
    """Formulas that now show something else than calculated, where Excel has calculated.

    Queued writes are not calculated yet; there the next check tells.
    """
    if is_remote(book) or not plan.expected:
        return ()
    names = {expectation.sheet for expectation in plan.expected}
    held = {name: patiently(lambda name=name: used(book.sheets[name])) for name in names}  # type: ignore[misc]
    shown = {(e.sheet, e.cell): held[e.sheet].values.get(position(e.cell)) for e in plan.expected}
    return mismatches(plan, shown)
