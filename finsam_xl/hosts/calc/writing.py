"""A plan carried out in the workbook that is open in LibreOffice: all of it, or nothing.

Before anything is written, each cell is looked at again: a formula, or a value that is
not the one the plan was made from, and the plan is refused. All that is written is one entry in
LibreOffice's own list of things to undo, by which it is also taken back when something fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from finsam_xl.actions.gates import passed
from finsam_xl.actions.writing import mismatches
from finsam_xl.address import position
from finsam_xl.errors import FinsamError
from finsam_xl.hosts.calc import edits as edit_steps
from finsam_xl.hosts.calc import placing, refusals, values
from finsam_xl.hosts.calc.formulas import Formulas
from finsam_xl.hosts.calc.reading import Reader, owners
from finsam_xl.hosts.calc.rendering import render, show
from finsam_xl.hosts.opened.held import Facts
from finsam_xl.hosts.opened.outcome import Applied
from finsam_xl.hosts.opened.placing import Placed, place_sheets
from finsam_xl.hosts.opened.refusals import refuse_changed
from finsam_xl.hosts.opened.steps import Step, failed
from finsam_xl.model import Finding
from finsam_xl.plan import CellEdit, Plan


def apply(document: Any, plan: Plan, title: str) -> Applied:
    """Write a plan into an open document; raises ``WorkbookError`` and leaves it as it was.

    ``title``: what LibreOffice's list of things to undo calls it.
    """
    passing, said = passed(refusals.gates(document), plan)
    notes = [f"{one.what} {one.remedy}" for one in said]
    made = (*plan.sheets, *([passing.log] if passing.log else []))
    placed = place_sheets(made, owners(document, local=False), document.Sheets.ElementNames)
    _refuse_changed(document, plan.edits)
    notes += _carry_out(document, _steps(document, plan, placed), title)
    shown = [place for place in placed if not place.plan.is_hidden]
    show(document, shown)
    return Applied(
        plan.edits,
        (),
        tuple(place.name for place in shown),
        (*plan.findings, *_mismatches(document, plan)),
        tuple(dict.fromkeys(notes)),
        plan.asks,
    )


def _by_sheet(edits: Iterable[CellEdit]) -> dict[str, list[CellEdit]]:
    found: dict[str, list[CellEdit]] = {}
    for edit in edits:
        found.setdefault(edit.sheet, []).append(edit)
    return found


def _refuse_changed(document: Any, edits: Iterable[CellEdit]) -> None:
    """Refuse cells that hold something else than the plan was made from."""
    formulas = Formulas(document)
    for name, of_sheet in _by_sheet(edits).items():
        reader = Reader(document, document.Sheets.getByName(name), formulas)
        refuse_changed(of_sheet, reader.held, Facts(formulas=reader.formulas()))


def _steps(document: Any, plan: Plan, placed: Sequence[Placed]) -> Iterator[Step]:
    formulas = Formulas(document)
    for name, edits in _by_sheet(plan.edits).items():
        yield from edit_steps.steps(document.Sheets.getByName(name), edits, formulas)
    for place in placed:
        yield from placing.steps(document, place)
        yield from render(document, document.Sheets.getByName(place.name), place.plan)
    yield from placing.remove_sheets(document, plan.removed)


def _carry_out(document: Any, steps: Iterable[Step], title: str) -> list[str]:
    """Make every change as one that can be undone; gives the notes."""
    notes: dict[str, None] = {}
    undo = document.getUndoManager()
    calculates = document.isAutomaticCalculationEnabled()
    document.lockControllers()
    document.enableAutomaticCalculation(False)
    known, begun = len(undo.getAllUndoActionTitles()), 0
    undo.enterUndoContext(title)
    try:
        for step in steps:
            begun += 1
            try:
                step.do()
            except Exception:
                if not step.note:
                    raise
                notes[step.note] = None
    except Exception as error:
        undo.leaveUndoContext()
        restored = _taken_back(
            undo, something=len(undo.getAllUndoActionTitles()) > known or begun > 1
        )
        if restored and isinstance(error, FinsamError):
            raise
        raise failed("LibreOffice", document.Title, _reason(error), restored=restored) from error
    else:
        undo.leaveUndoContext()
    finally:
        document.enableAutomaticCalculation(calculates)
        document.unlockControllers()
    return list(notes)


def _taken_back(undo: Any, *, something: bool) -> bool:
    """Whether what was made so far is taken back; ``something``: whether anything was."""
    if undo.isLocked():
        return False
    try:
        if something:
            undo.undo()
            undo.clearRedo()
    except Exception:  # noqa: BLE001  (whatever it is, it is not restored)
        return False
    return True


def _reason(error: BaseException) -> str:
    """What LibreOffice itself said, if it said anything."""
    return str(getattr(error, "Message", "") or error) or type(error).__name__


def _mismatches(document: Any, plan: Plan) -> tuple[Finding, ...]:
    """Formulas that now show something else than calculated."""
    shown = {}
    for expected in plan.expected:
        row, column = position(expected.cell)
        cell = document.Sheets.getByName(expected.sheet).getCellByPosition(column - 1, row - 1)
        shown[expected.sheet, expected.cell] = values.rows(cell)[0][0]
    return mismatches(plan, shown)
