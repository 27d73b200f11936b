"""What it takes for 8 units of 70 indicators: the whole command, the cheapest sets, the draws.

    python tests/benchmarks/what_it_takes.py [ROUNDS]

Wanted: the command at most 1,5 s, the sets of 70 missed indicators at most 0,2 s, and 2 000 draws
of all weights at most 0,3 s. The book is the social budget that is shipped, each of its units with
indicators added until they are 70.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import openpyxl

sys.path.extend(map(str, Path(__file__).resolve().parents[1:3]))

from finsam_xl.calc.cheapest import Miss, cheapest
from finsam_xl.calc.robustness import moved
from support.commands import finsam_xl
from support.workbooks import SOCIAL_BUDGET

UNITS, INDICATORS, DRAWS, PART, MOST = 8, 70, 2000, "1/5", 6


def main(rounds: int) -> None:
    """Measure, and print what was found."""
    with tempfile.TemporaryDirectory() as folder:
        book, earlier = Path(folder, "nu.xlsx"), Path(folder, "fjol.xlsx")
        filled(book, "2021")
        filled(earlier, "2020")
        out = Path(folder, "ut.xlsx")
        alone = median(rounds, lambda: finsam_xl("vad-krävs", book, "--out", out))
        both = median(rounds, lambda: finsam_xl("vad-krävs", book, "--mot", earlier, "--out", out))
    chance = random.Random(2003)  # noqa: S311  (the same in every run)
    misses = [Miss(chance.randint(1, 10), chance.randint(1, 40)) for _ in range(INDICATORS)]
    lacking = sum(miss.points for miss in misses) // 2
    units = [
        {str(n): (chance.randint(1, 10), chance.random() < 0.7) for n in range(INDICATORS)}
        for _ in range(UNITS)
    ]
    sets = median(rounds, lambda: cheapest(misses, lacking, by_persons=True, most=MOST))
    draws = median(rounds, lambda: moved(units, Fraction(PART), DRAWS, 1))
    rows = (
        ("vad-krävs, hela processen", alone, "1,5"),
        ("vad-krävs --mot FJOL.xlsx", both, "–"),
        ("billigaste sätten", sets, "0,2"),
        (f"{DRAWS} dragningar", draws, "0,3"),
    )
    print(f"{'':26}{'klocka':>9}{'processor':>11}{'högst':>7}")
    for name, (clock, processor), most in rows:
        print(f"{name:26}{clock:7.3f} s{processor:9.3f} s{most:>7}")


def median(rounds: int, work: Callable[[], object]) -> tuple[float, float]:
    """How many seconds something takes by the clock and of the processor, the middle of rounds.

    The latter says what it takes of a machine that others use as well.
    """
    clock, processor = [], []
    for _ in range(rounds):
        begun, used = time.perf_counter(), sum(os.times()[:4])
        work()
        clock.append(time.perf_counter() - begun)
        processor.append(sum(os.times()[:4]) - used)
    return statistics.median(clock), statistics.median(processor)


def filled(path: Path, year: str) -> None:
    """The social budget of a year with 70 indicators in each of its 8 units."""
    book = openpyxl.load_workbook(SOCIAL_BUDGET)
    for sheet in book.worksheets[:UNITS]:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if isinstance(cell.value, str):
                cell.value = cell.value.replace("2021", year)
        head = next(r for r in range(1, 12) if any(c.value == "Nr" for c in sheet[r]))
        columns = {cell.value: cell.column for cell in sheet[head]}
        rows = [
            r
            for r in range(head + 1, sheet.max_row + 1)
            if sheet.cell(r, columns["Nr"]).value is not None
        ]
        for added in range(INDICATORS - len(rows)):
            row = rows[-1] + 1 + added
            texts = {"Nr": f"9.9.{added + 1}", "Indikator": f"Tillagd {added + 1}", "Vikt": 3}
            texts |= {"Regel": "Andel minst", "Gräns": 0.8, "Uppnått": "Nej"}
            for name, value in texts.items():
                sheet.cell(row, columns[name]).value = value
    book.save(path)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
