"""LibreOffice: *Räkna om* in an open workbook against the command line, and cells recalculated.

    python tests/benchmarks/calc.py [ROUNDS]

Wanted: the click at most twice the command line's time, 2 000 cells in at most 0,2 s.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.extend(map(str, Path(__file__).resolve().parents[1:3]))

from support.calc_office import running
from support.commands import finsam_xl
from support.workbooks import EXISTING

BUDGET = EXISTING / "umearegionen-budget.xlsx"
CELLS = 2_000


def main(rounds: int) -> None:
    """Measure, and print what was found."""
    files, clicks = [], []
    with tempfile.TemporaryDirectory() as folder, running("/usr/bin/python3") as office:
        for number in range(rounds):
            begun = time.perf_counter()
            finsam_xl("recompute", BUDGET, "--out", Path(folder, f"{number}.xlsx"))
            files.append(time.perf_counter() - begun)
            office.open(BUDGET)
            clicks.append(office.ask("seconds", "FinsamRaknaOm"))
        office.open()
        cells = office.ask("recalculated", "=FINSAM_ANDEL(H{0};I{0})", CELLS)
    file, first, click = statistics.median(files), clicks[0], statistics.median(clicks[1:])
    print(f"kommandoraden           {file:6.2f} s")
    print(f"Räkna om, första gången {first:6.2f} s")
    print(f"Räkna om, sedan         {click:6.2f} s   ({click / file:.1f} ×)")
    print(f"{CELLS} celler           {cells:6.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
