"""Time per call over long ranges: ``python tests/benchmarks/cell_functions.py [ROWS]``.

Each function is called with columns of 5 000 rows, the way a host hands them over. The
median of several calls is printed, and what it comes to per row. Nothing is asserted.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from datetime import date
from functools import partial
from typing import Any

from finsam_xl import registry
from finsam_xl.money import exact, parse_number

ROWS = 5_000
call = partial(registry.call, today=date(2026, 1, 1))
CALLS = 7
WHOLE_COLUMN = 1_048_576
Column = list[list[Any]]


def column(*values: Any, rows: int) -> Column:
    """Values repeated down a column, as texts and limits are."""
    return [[values[row % len(values)]] for row in range(rows)]


def numbers(rows: int, low: int, high: int, decimals: int = 0, seed: int = 1) -> Column:
    """Numbers as varied as amounts and counts are: hardly one stands twice."""
    made = random.Random(seed)  # noqa: S311  (the same in every run)
    scale = 10**decimals
    return [[made.randint(low * scale, high * scale) / scale] for _ in range(rows)]


def calls(rows: int) -> dict[str, tuple[Any, ...]]:
    """Every function that takes ranges, with its arguments."""
    amounts, budgets = numbers(rows, 1, 900_000), numbers(rows, 1, 900_000, seed=2)
    decimals, others = numbers(rows, 1, 90_000, 2), numbers(rows, 1, 90_000, 1, seed=2)
    texts = [[f"{row[0]:,.1f}".replace(",", " ").replace(".", ",")] for row in decimals]
    counts, bases = numbers(rows, 1, 300), numbers(rows, 300, 900, seed=2)
    women, men = numbers(rows, 1, 300, seed=3), numbers(rows, 300, 900, seed=4)
    fees, equities = numbers(rows, 100, 15_000, 1), numbers(rows, 100, 3_000, 1, seed=2)
    weights, reached = numbers(rows, 1, 10), column(True, False, None, rows=rows)
    rules, limits = column("Andel minst", "Andel högst", rows=rows), column(0.8, 0.2, rows=rows)
    classes = column("Administration", "Administration 30 %; Struktur 70 %", rows=rows)
    shares = numbers(rows, 0, 1, 4)
    areas = column("Egenmakt", "Hälsa", "Arbete", rows=rows)
    answers = [
        [float(n) for n in (row % 7, row % 5, row % 11, row % 13, 1 + row % 17)]
        for row in range(rows)
    ]
    return {
        "FINSAM_ANDEL": (counts, bases),
        "FINSAM_AVGIFT": (amounts, 2845000.0),
        "FINSAM_FINANSIERING": (amounts, "region"),
        "FINSAM_AVVIKELSE": (amounts, budgets),
        "FINSAM_AVVIKELSE decimaltal": (decimals, others),
        "FINSAM_AVVIKELSE texttal": (texts, texts),
        "FINSAM_AVVIKELSE_PROCENT": (amounts, budgets),
        "FINSAM_FORANDRING": (counts, bases),
        "FINSAM_PROGNOS": (amounts, 8.0),
        "FINSAM_EGET_KAPITAL": (1959.0, amounts),
        "FINSAM_TRAPPA": (fees,),
        "FINSAM_UTRYMME": (equities, fees),
        "FINSAM_SOLIDITET": (counts, bases),
        "FINSAM_KOSTNADSSLAG": (amounts, classes, "Struktur"),
        "FINSAM_UPPNATT": (rules, limits, counts, bases),
        "FINSAM_FATTAS": (rules, limits, counts, bases),
        "FINSAM_IMPACTINDEX": (weights, reached),
        "FINSAM_OMRADESINDEX": (weights, reached, areas, "Hälsa"),
        "FINSAM_POANG": (weights, reached),
        "FINSAM_GRADERAT_INDEX": (weights, shares, limits, rules),
        "FINSAM_FARG": (numbers(rows, 2, 100, 1),),
        "FINSAM_JAMN": (women, men),
        "FINSAM_KONSGAP": (counts, bases, women, men),
        "FINSAM_INTERVALL": (counts, bases),
        "FINSAM_TOPPSVAR": (answers,),
        "FINSAM_SKALMEDEL": (answers,),
        "FINSAM_AVVIKELSE hela kolumner": (
            amounts + [[None]] * (WHOLE_COLUMN - rows),
            amounts + [[None]] * (WHOLE_COLUMN - rows),
        ),
    }


def seconds(name: str, arguments: tuple[Any, ...]) -> float:
    """The median of some calls."""
    times = []
    for _ in range(CALLS):
        exact.cache_clear()  # as the first time that these figures are met
        parse_number.cache_clear()
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
