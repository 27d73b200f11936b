"""A new file held against the plan it was written by."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from finsam_xl.address import position
from finsam_xl.hosts.ooxml import readback
from finsam_xl.hosts.ooxml.changes import Changes
from finsam_xl.hosts.ooxml.contents import Contents
from finsam_xl.hosts.ooxml.edits import as_stored
from finsam_xl.hosts.ooxml.readback import Meant
from finsam_xl.hosts.ooxml.recalculation import Recalculation
from finsam_xl.plan import Plan
from finsam_xl.sheets.grid import BLANK


def read_back(
    book: Contents,
    new: Path,
    plan: Plan,
    results: Recalculation,
    changes: Changes,
) -> None:
    """Raise ``WorkbookError`` for a new file that is not this workbook with the plan applied."""
    with ExitStack() as opened:
        with readback.reading():
            written = opened.enter_context(Contents(new))
        readback.check_parts(written.package, book.package, changes.parts, changes.removed)
        opened.enter_context(readback.reading())
        reports = {owner: name for name, owner in written.owners.items()}
        added = [name for name in reports.values() if name not in book.sheet_names]
        left = [n for n in book.sheet_names if book.owners.get(n) not in plan.removed]
        readback.check_sheets(written.sheet_names, [*left, *added])
        for name, cells in _meant(book, plan, results).items():
            readback.check_cells(name, written.part(name), book.part(name), cells)
        for sheet in (*plan.sheets, *([plan.log] if plan.log else [])):
            name = reports.get(sheet.owner, "")
            readback.check_report(name, written.part(name).cells, sheet)


def _meant(
    book: Contents, plan: Plan, results: Recalculation
) -> dict[str, dict[tuple[int, int], Meant]]:
    """What each cell that is written is to show: its value, and its colour if that changes."""
    meant: dict[str, dict[tuple[int, int], Meant]] = {}
    for edit in plan.edits:
        place = position(edit.cell)
        old = book.part(edit.sheet).cells.get(place, BLANK).value
        mark = edit.new_mark if edit.new_mark != edit.old_mark else None
        new = old if edit.keeps_value else as_stored(book.own_day(edit.new, place, edit.sheet))
        formula = edit.formula if edit.formula or edit.old_formula else None
        meant.setdefault(edit.sheet, {})[place] = Meant(new, mark, formula)
    for (sheet, row, column), value in results.values.items():
        cells = meant.setdefault(sheet, {})
        known = cells.get((row, column))
        cells[row, column] = known._replace(value=value) if known else Meant(value, None)
    return meant
