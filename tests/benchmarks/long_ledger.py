"""Time to calculate sums over a ledger: ``python tests/benchmarks/long_ledger.py [ROWS] [SUMS]``.

The workbook has no saved results: they are calculated when its sheet is read, and again
when an amount of the ledger is changed. Nothing is asserted.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from finsam_xl.hosts.ooxml import Book
from finsam_xl.plan import CellEdit, Plan
from support.ledger import ledger

ROWS, SUMS = 60_000, 300


def main(rows: int = ROWS, sums: int = SUMS) -> None:
    """Print both times."""
    with tempfile.TemporaryDirectory() as folder:
        path = ledger(Path(folder) / "huvudbok.xlsx", rows, sums)
        with Book(path) as book:
            begun = time.perf_counter()
            known = [cell.value for cell in book.grid.sheet("Blad1").cells.values()]
            read = time.perf_counter()
            plan = Plan(edits=(CellEdit("Huvudbok", "C1", 0, 5, "prov"),))
            left = book.recalculated(plan).left_to_excel
            done = time.perf_counter()
    print(f"{sums} SUMIFS over {rows} rows")
    print(f"read and calculated: {read - begun:.1f} s, {known.count(None)} unknown")
    print(f"after an edit:       {done - read:.1f} s, {len(left)} left to Excel")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
