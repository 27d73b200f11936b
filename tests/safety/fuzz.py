"""Workbooks changed at random, each read, checked, recomputed and written.

``python -m tests.safety.fuzz --antal 20000`` prints how many were refused, left as they were and
written, and what went wrong: nothing may. Every input that ever failed is kept in
``tests/safety/kept`` and tried by the tests. ``--start`` gives the first seed.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

sys.path.extend(map(str, Path(__file__).resolve().parents[1:3]))

from safety import hostile_books, limits
from safety.mutations import mutated
from safety.trial import Outcome, tried
from support.rich_workbook import build_rich_workbook
from support.small_budget import SmallBudget
from support.workbooks import EXISTING

KEPT = Path(__file__).with_name("kept")
_EVERY_LARGE, _EVERY_REPORT, _EVERY_WIRED, _EVERY_CLI = 40, 4, 25, 500


@cache
def originals() -> tuple[bytes, ...]:
    """The workbooks that are changed: small ones, one with every feature, and last a large one."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        hostile_books.pack(folder / "budget.xlsx", hostile_books.parts())
        build_rich_workbook(folder / "rik.xlsx")
        social = SmallBudget().save(folder)
        paths = [folder / "budget.xlsx", folder / "rik.xlsx", social]
        paths += [_formulas(folder), _fees(folder), EXISTING / "sodra-lappland-budget.xlsx"]
        return tuple(path.read_bytes() for path in paths)


def _formulas(folder: Path) -> Path:
    """The small budget with formulas for its results, as Excel saves them."""
    rows: list[list[object]] = [list(row) for row in hostile_books.ROWS]
    for column, letter in ((1, "B"), (2, "C")):
        rows[4][column] = f"=SUM({letter}3:{letter}4)"
        rows[7][column] = f"=SUM({letter}6:{letter}7)"
        rows[8][column] = f"={letter}5+{letter}8"
    return _written(folder / "formler.xlsx", "Budget 2024", rows)


def _fees(folder: Path) -> Path:
    rows: list[list[object]] = [
        ["Medlemsavgifter 2024", None, None],
        ["Part", "Nyckel", "Avgift"],
        ["Staten", None, None],
        ["Regionen", None, 500],
        ["Storstad", 0.7, None],
        ["Småstad", 0.3, 150],
        ["Summa", "=SUM(B5:B6)", "=SUM(C3:C6)"],
    ]
    return _written(folder / "avgifter.xlsx", "Avgifter", rows)


def _written(path: Path, title: str, rows: list[list[object]]) -> Path:
    hostile_books.pack(path, hostile_books.parts(title, rows))
    return path


def one(seed: int) -> bytes:
    """The workbook of a seed."""
    books = originals()
    is_large = seed % _EVERY_LARGE == 0
    return mutated(books[-1] if is_large else books[seed % (len(books) - 1)], seed)


def attempt(data: bytes, seed: int = 0) -> Outcome:
    """What becomes of a workbook, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bok.xlsx")
        path.write_bytes(data)
        return tried(path, reports=seed % _EVERY_REPORT == 0, wires=seed % _EVERY_WIRED == 0)


def by_command(data: bytes) -> Iterator[str]:
    """What is wrong when the command line is given a workbook."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bok.xlsx")
        path.write_bytes(data)
        run = limits.run("recompute", path)
        if run.code not in (0, limits.UNUSABLE) or "Traceback" in run.err:
            yield f"exit code {run.code}: {run.err[-2000:]}"
        if run.code and path.read_bytes() != data:
            yield "refused and yet changed"
        if run.seconds > limits.SECONDS or run.megabytes > limits.MEGABYTES:
            yield f"{run.seconds:.1f} s, {run.megabytes:.0f} MB"


def main() -> int:
    """Try many and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--antal", type=int, default=500)
    parser.add_argument("--start", type=int, default=1)
    given = parser.parse_args()
    counts: Counter[str] = Counter()
    slowest = 0.0
    sys.stdout = io.TextIOWrapper(os.fdopen(1, "wb", closefd=False), "utf-8", line_buffering=True)
    for seed in range(given.start, given.start + given.antal):
        data = one(seed)
        outcome = attempt(data, seed)
        faults = [*outcome.faults, *(by_command(data) if seed % _EVERY_CLI == 0 else ())]
        counts[outcome.what] += 1
        counts["fel"] += bool(faults)
        slowest = max(slowest, outcome.seconds)
        if faults:
            KEPT.mkdir(exist_ok=True)
            (KEPT / f"{seed}.xlsx").write_bytes(data)
            print(f"--- {seed}: {outcome.what}", *faults, sep="\n")
    told = ", ".join(f"{counts[what]} {word}" for what, word in _TOLD.items())
    print(f"{given.antal} indata: {told}; {counts['fel']} fel; långsammast {slowest:.1f} s")
    return min(counts["fel"], 1)


_TOLD = {"refused": "avvisade", "unchanged": "oförändrade", "written": "skrivna"}

if __name__ == "__main__":
    sys.exit(main())
