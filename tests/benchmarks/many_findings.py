"""How long many findings take to print to a pipe: ``python tests/benchmarks/many_findings.py [N]``.

The findings are as varied as those of real books: sentences of two lines, figures, other places
on other sheets. What is timed is from the findings to the last byte out, as ``kontrollera --alla``
does it; the reader takes all that comes. The median of several rounds is printed.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from finsam_xl.cli import findings, printing
from finsam_xl.findings.places import Places
from finsam_xl.model import SEVERITIES, Finding, Ref
from finsam_xl.money import trimmed

COUNT, ROUNDS = 5_000, 5
SHEETS = [f"Budget {2000 + number} reviderad" for number in range(40)]
_FILE = "bok.xlsx"


def made(count: int) -> Iterator[Finding]:
    """So many findings, the same in every run."""
    chance = random.Random(1)  # noqa: S311  (the same in every run)
    for number in range(count):
        stated, calculated = chance.randint(1, 900_000), chance.randint(1, 900_000)
        sheet, other = chance.choice(SHEETS), chance.choice(SHEETS)
        place = f"C{number + 4}"
        yield Finding.at(
            Ref(sheet, f"B{number + 4}"),
            SEVERITIES[number % len(SEVERITIES)],
            f"kod-{number % 30}",
            f"Summa verksamheter {number}: det står {trimmed(stated, 'tkr')} här men "
            f"{trimmed(calculated, 'tkr')} i {other}!{place}. Kontrollera vilken uppgift som "
            "gäller och rätta den andra.",
            stated=stated,
            calculated=calculated,
            also=[Ref(other, place), Ref(other, f"D{number + 4}"), Ref(sheet, f"E{number + 4}")],
        )


def show(count: int) -> None:
    """Print that many to standard output, and what it took to standard error."""
    found = list(made(count))
    started = time.perf_counter()
    places = Places((_FILE,), [Ref(sheet, "") for sheet in SHEETS])
    shown = findings.chosen(found, places, every=True)
    printing.out(findings.text(shown, places, every=True))
    sys.stdout.flush()
    print(f"{time.perf_counter() - started:.3f}", file=sys.stderr)


def main() -> None:
    """Time some rounds, each in a process of its own that writes to a pipe."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    command = [sys.executable, __file__, str(count), "show"]
    runs = [subprocess.run(command, capture_output=True, check=True) for _ in range(ROUNDS)]
    seconds = statistics.median(float(run.stderr) for run in runs)
    lines = runs[0].stdout.count(b"\n")
    print(f"{count} findings, {lines} lines to a pipe: {seconds:.2f} s")


if __name__ == "__main__":
    if sys.argv[2:] == ["show"]:
        show(int(sys.argv[1]))
    else:
        main()
