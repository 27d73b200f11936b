"""Figures changed after a run, and the run again: ``python -m tests.safety.following --antal 500``.

In the shipped workbooks and those of other offices, with their results emptied, a figure is changed
or emptied after a first run. The second run must leave every cell as one run on the changed
workbook would. Then both runs are taken back, and the sheets must be as they were but for that
figure. Prints how many changes came out right.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.extend(map(str, Path(__file__).resolve().parents[1:3]))

import openpyxl

from finsam_xl.address import a1, position
from finsam_xl.errors import FinsamError
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.workbook import Workbook
from support.practice import FOLDER
from support.workbooks import EXISTING, NOW

BOOKS = (*sorted(EXISTING.glob("*.xlsx")), *sorted((FOLDER / "books").glob("*.xlsx")))
_LOG = "Finsam-logg"


def faults(path: Path, folder: Path, changes: int, seed: int = 0) -> Iterator[str]:
    """What does not follow, or is not taken back, of so many changes in a workbook."""
    chance = random.Random(f"{path.stem} {seed}")  # noqa: S311 - the same choice every time
    source = folder / "bok.xlsx"
    _emptied(path, source)
    inputs = _inputs(source)
    for sheet, cell, old in chance.sample(inputs, min(changes, len(inputs))):
        new = chance.choice([old + 100, 2 * old + 1, None])
        one, other = folder / "ett.xlsx", folder / "annat.xlsx"
        for copy in (one, other):
            shutil.copyfile(source, copy)
        try:
            _run(one, 0)
        except FinsamError:
            return  # nothing of it is understood
        if _figures(one).get((sheet, cell)) != old:
            continue  # a figure of ours by now
        for number, copy in enumerate((one, other), 1):
            _type(copy, sheet, cell, new)
            _run(copy, number)
        where = f"{path.name} {sheet}!{cell} {old} → {new}"
        if _figures(one) != _figures(other):
            yield f"{where}: följer inte"
        if not _is_taken_back(one, source, (sheet, cell)):
            yield f"{where}: går inte att ångra"


def _is_taken_back(path: Path, source: Path, changed: tuple[str, str]) -> bool:
    before, after = _figures(source), _figures(path)
    for number in range(3, 6):
        with Workbook(path, NOW + timedelta(minutes=number)) as book:
            try:
                book.apply(book.undo(rest=True))
            except FinsamError:
                break
    after = _figures(path)
    return {k: v for k, v in after.items() if k != changed} == {
        k: v for k, v in before.items() if k != changed
    }


def _emptied(path: Path, out: Path) -> None:
    """The workbook without its sums, which runs are to fill in."""
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("=SUM("):
                    cell.value = None
    book.save(out)


def _inputs(path: Path) -> list[tuple[str, str, float]]:
    with Workbook(path, NOW) as book:
        return [
            (sheet.name, a1(*place), float(cell.value))
            for sheet in book._book.grid.sheets
            for place, cell in sheet.cells.items()
            if cell.formula is None and isinstance(cell.value, int | float)
            if not isinstance(cell.value, bool)
        ]


def _run(path: Path, minute: int) -> None:
    with Workbook(path, NOW + timedelta(minutes=minute)) as book:
        book.apply(book.recompute())


def _type(path: Path, sheet: str, cell: str, new: float | None) -> None:
    with Workbook(path, NOW) as book:
        old = book._book.grid.sheet(sheet).cell(*position(cell)).value
        book.apply(Plan(edits=(CellEdit(sheet, cell, old, new, "hon"),)))


def _figures(path: Path) -> dict[tuple[str, str], Any]:
    """The figures that are typed or written; formulas follow by themselves."""
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        if sheet.title != _LOG
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    }


def main() -> int:
    """Try as many changes as is said, spread over the workbooks, and tell of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--antal", type=int, default=500)
    options = parser.parse_args()
    each = -(-options.antal // len(BOOKS))
    found: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for path in BOOKS:
            found += faults(path, Path(folder), each)
    for fault in found:
        print(fault)
    print(f"{each * len(BOOKS)} ändringar i {len(BOOKS)} arbetsböcker: {len(found)} fel")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
