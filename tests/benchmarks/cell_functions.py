"""Time per call over long ranges: ``python tests/benchmarks/cell_functions.py [ROWS]``.

Each function is called with columns of 5 000 rows, the way a host hands them over. The
median of several calls is printed, and what it comes to per row. Nothing is asserted.
"""

from __future__ import annotations

import statistics
import sys
import time
from datetime import date
from functools import partial
from typing import Any

from finsam_xl import registry

ROWS = 5_000
call = partial(registry.call, today=date(2026, 1, 1))
CALLS = 7
WHOLE_COLUMN = 1_048_576
Column = list[list[Any]]


def column(*values: Any, rows: int) -> Column:
    """Values repeated down a column."""
    return [[values[row % len(values)]] for row in range(rows)]


def calls(rows: int) -> dict[str, tuple[Any, ...]]:
    """Every function that takes ranges, with its arguments."""
    amounts = column(12610.0, 14040.0, 7020.0, 33.0, rows=rows)
    decimals = column(12610.5, 14040.25, 7020.1, 33.3, rows=rows)
    texts = column("11 540", "82,36", rows=rows)
    counts, bases = column(247.0, 24.0, 9.0, rows=rows), column(319.0, 26.0, 12.0, rows=rows)
    weights, reached = column(10.0, 8.0, 5.0, rows=rows), column(True, False, None, rows=rows)
    rules, limits = column("Andel minst", "Andel högst", rows=rows), column(0.8, 0.2, rows=rows)
    classes = column("Administration", "Administration 30 %; Struktur 70 %", rows=rows)
    return {
        "FINSAM_ANDEL": (counts, bases),
        "FINSAM_AVGIFT": (amounts, 2845000.0),
        "FINSAM_FINANSIERING": (amounts, "region"),
        "FINSAM_AVVIKELSE": (amounts, column(14040.0, rows=rows)),
        "FINSAM_AVVIKELSE decimaltal": (decimals, column(14040.5, rows=rows)),
        "FINSAM_AVVIKELSE texttal": (texts, texts),
        "FINSAM_AVVIKELSE_PROCENT": (amounts, column(14040.0, rows=rows)),
        "FINSAM_PROGNOS": (amounts, 8.0),
        "FINSAM_EGET_KAPITAL": (1959.0, amounts),
        "FINSAM_TRAPPA": (amounts,),
        "FINSAM_SOLIDITET": (counts, bases),
        "FINSAM_KOSTNADSSLAG": (amounts, classes, "Struktur"),
        "FINSAM_UPPNATT": (rules, limits, counts, bases),
        "FINSAM_IMPACTINDEX": (weights, reached),
        "FINSAM_GRADERAT_INDEX": (weights, column(0.77, 0.23, rows=rows), limits, rules),
        "FINSAM_FARG": (column(64.4, 69.5, 80.0, rows=rows),),
        "FINSAM_JAMN": (counts, bases),
        "FINSAM_KONSGAP": (counts, bases, counts, bases),
        "FINSAM_INTERVALL": (counts, bases),
        "FINSAM_AVVIKELSE hela kolumner": (
            amounts + [[None]] * (WHOLE_COLUMN - rows),
            amounts + [[None]] * (WHOLE_COLUMN - rows),
        ),
    }


def seconds(name: str, arguments: tuple[Any, ...]) -> float:
    """The median of some calls."""
    times = []
    for _ in range(CALLS):
        start = time.perf_counter()
        call(name, *arguments)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Print a line for every function."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    print(f"{rows} rows a call, median of {CALLS}")
    for title, arguments in calls(rows).items():
        took = seconds(title.split()[0], arguments)
        print(f"{title:34}{1000 * took:9.1f} ms{1e6 * took / rows:9.2f} µs a row")


if __name__ == "__main__":
    main()
