"""Speed and memory, measured side by side: ``python tests/benchmarks/compare.py``.

Every figure is a median over interleaved runs of whole processes (or, where it
says "warm", of calls in one process), so that a slow moment of the machine hits
both sides. Nothing is asserted: the ratios are printed beside what is wanted.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import big_workbook
import long_budget

ROOT = Path(__file__).parents[2]
EXISTING = ROOT / "workbooks" / "existing"
SHIPPED = EXISTING / "umearegionen-social-budget.xlsx"
BUDGET = EXISTING / "umearegionen-budget.xlsx"
OPENPYXL = "import sys, openpyxl; openpyxl.load_workbook(sys.argv[1]).save(sys.argv[2])"
READ_ONLY = """
import sys, openpyxl
for sheet in openpyxl.load_workbook(sys.argv[1], read_only=True):
    for row in sheet.iter_rows(values_only=True):
        pass
"""
WITHOUT_NUMPY = "import sys; sys.modules['numpy'] = None; " + OPENPYXL
"""openpyxl loads numpy where it is installed, which makes it slower to start."""
PROGRAM = Path(sysconfig.get_path("scripts"), "finsam-xl")


def process(command: list[str], *, may_find: bool = False) -> tuple[float, int]:
    """Wall seconds and peak memory in MB of a whole process.

    ``may_find``: exit code 1 says that something was found, and is no failure.
    """
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode > may_find:
        sys.exit(f"failed: {' '.join(command)}")
    return time.perf_counter() - start, usage.ru_maxrss // 1024


def side_by_side(
    ours: list[str], theirs: list[str], runs: int, *, may_find: bool = False
) -> tuple[float, float, float, int]:
    """Median seconds of ours and theirs, the median ratio pair by pair, and our peak memory."""

    def pair() -> tuple[tuple[float, int], tuple[float, int]]:
        return process(ours, may_find=may_find), process(theirs, may_find=may_find)

    pair()
    pairs = [pair() for _ in range(runs)]
    mine = [a[0] for a, _ in pairs]
    other = [b[0] for _, b in pairs]
    ratio = statistics.median(a / b for a, b in zip(mine, other, strict=True))
    peak = max(a[1] for a, _ in pairs)
    return statistics.median(mine), statistics.median(other), ratio, peak


def line(name: str, ours: float, theirs: float, ratio: float, wanted: float) -> None:
    """Print one comparison."""
    verdict = "holds" if ratio <= wanted else "MISSED"
    print(
        f"{name:<68} {1000 * ours:>8.0f} ms {1000 * theirs:>8.0f} ms"
        f"  {ratio:>5.2f}  (at most {wanted})  {verdict}"
    )


def small(folder: Path, runs: int) -> None:
    """The shipped social budget: whole processes against openpyxl's load and save."""
    peaks = []
    for title, script in (("openpyxl", OPENPYXL), ("openpyxl without numpy", WITHOUT_NUMPY)):
        theirs = [sys.executable, "-c", script, str(SHIPPED), str(folder / "openpyxl.xlsx")]
        for name, extra, wanted in (
            ("recompute --dry-run", ["--dry-run"], 0.35),
            ("recompute --out", ["--out", str(folder / "a.xlsx")], 0.5),
            ("recompute --out --report", ["--out", str(folder / "b.xlsx"), *_REPORT], 0.8),
        ):
            ours = [str(PROGRAM), "recompute", str(SHIPPED), *extra]
            mine, other, ratio, peak = side_by_side(ours, theirs, runs)
            line(f"{name} against {title}, load + save", mine, other, ratio, wanted)
            peaks.append(peak)
    print(f"{'peak memory of these':<68} {max(peaks):>8} MB  (at most 60)")


def reports(folder: Path, runs: int) -> None:
    """Every report of each shipped workbook, against openpyxl's load and save of it."""
    for book in sorted(EXISTING.glob("*.xlsx")):
        theirs = [sys.executable, "-c", WITHOUT_NUMPY, str(book), str(folder / "openpyxl.xlsx")]
        ours = [str(PROGRAM), "report", str(book), "--alla", "--out", str(folder / book.name)]
        mine, other, ratio, _ = side_by_side(ours, theirs, runs)
        line(f"{book.stem}: report --alla, openpyxl load + save", mine, other, ratio, 1.2)


LARGE = 1_000_000
LINES = 50_000
LOAD = "import sys, openpyxl; [openpyxl.load_workbook(file) for file in sys.argv[1:]]"
_REPORT = ["--report", "impactindex"]


def large(folder: Path, runs: int) -> None:
    """A million cells beside the budget: the host call, its memory, and the whole command."""
    for cells in (10_000, LARGE):
        path = big_workbook.build(folder / f"big-{cells}.xlsx", SHIPPED, cells)
        warm_apply(path, folder, runs, cells)
    theirs = [sys.executable, "-c", OPENPYXL, str(path), str(folder / "openpyxl.xlsx")]
    ours = [str(PROGRAM), "recompute", str(path), "--out", str(folder / "c.xlsx")]
    mine, other, ratio, peak = side_by_side(ours, theirs, 1)
    line("recompute beside 1 000 000 cells, openpyxl load + save", mine, other, ratio, 0.2)
    print(f"{'peak memory of that':<68} {peak:>8} MB")


def budgets(folder: Path, runs: int) -> None:
    """The shipped budget with its follow-up, and budgets of very many lines."""
    theirs = [sys.executable, "-c", OPENPYXL, str(BUDGET), str(folder / "openpyxl.xlsx")]
    out = ["--out", str(folder / "d.xlsx"), "--report", "tertial"]
    mine, other, ratio, _ = side_by_side(
        [str(PROGRAM), "recompute", str(BUDGET), *out], theirs, runs
    )
    line("budget: recompute --report tertial, openpyxl load + save", mine, other, ratio, 0.8)
    few, many = (long_budget.build(folder / f"budget-{n}.xlsx", n) for n in (LINES // 10, LINES))
    command = [str(PROGRAM), "recompute", "--dry-run"]
    fewer = max(3, runs // 3)
    mine, other, ratio, _ = side_by_side(
        [*command, str(many)], [sys.executable, "-c", READ_ONLY, str(many)], fewer
    )
    line(f"budget of {LINES} lines × 12, openpyxl read-only load", mine, other, ratio, 1.0)
    mine, other, ratio, _ = side_by_side([*command, str(many)], [*command, str(few)], fewer)
    title = f"time per line, {LINES} lines against {LINES // 10} (ms per 1 000 lines)"
    line(title, mine / (LINES / 1000), other / (LINES / 10000), ratio / 10, 1.5)


def checks(folder: Path, runs: int) -> None:
    """Checking the three workbooks together, and a budget ten times as long."""
    three = [str(path) for path in sorted(EXISTING.glob("*.xlsx"))]
    command = [str(PROGRAM), "check"]
    theirs = [sys.executable, "-c", LOAD, *three]
    mine, other, ratio, _ = side_by_side([*command, *three], theirs, runs, may_find=True)
    line("check the three workbooks, openpyxl load of the three", mine, other, ratio, 1.0)
    few, many = (
        str(long_budget.build(folder / f"check-{n}.xlsx", n)) for n in (LINES // 10, LINES)
    )
    fewer = max(3, runs // 3)
    mine, other, ratio, _ = side_by_side([*command, many], [*command, few], fewer, may_find=True)
    line(f"check {LINES} lines against {LINES // 10}", mine, other, ratio, 12.0)


def warm_apply(path: Path, folder: Path, runs: int, cells: int) -> None:
    """One changed cell, in a book that has been read, against copying the file to disk."""
    from datetime import UTC, datetime

    from finsam_xl.hosts.ooxml import Book
    from finsam_xl.plan import CellEdit, Plan

    with Book(path) as book:
        sheet = book.grid.sheet("Social budget")
        old = sheet.cell(6, 19).value
        plan = Plan(edits=(CellEdit("Social budget", "S6", old, "ny anmärkning", "prov"),))
        book.recalculated(plan)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        now = datetime.now(UTC)
        ours, copies, durable = [], [], []
        for number in range(max(runs, 9)):
            target = folder / f"applied-{number}.xlsx"
            ours.append(_timed(lambda t=target: book.save(plan, t, now)))  # type: ignore[misc]
            copies.append(_timed(lambda: shutil.copyfile(path, folder / "copy.xlsx")))
            durable.append(_timed(lambda: _durable_copy(path, folder / "copy.xlsx")))
            (folder / "copy.xlsx").unlink()
            target.unlink()
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    if cells >= LARGE:
        for name, other in (
            ("copying it, on disk like ours", durable),
            ("copying it into the page cache", copies),
        ):
            ratio = statistics.median(a / b for a, b in zip(ours, other, strict=True))
            title = f"one cell beside 1 000 000 (warm), {name}"
            line(title, statistics.median(ours), statistics.median(other), ratio, 2.0)
    print(f"{f'memory grown by that beside {cells} cells':<68} {grown:>6.1f} MB")


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _durable_copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    with target.open("rb+") as stream:
        os.fsync(stream.fileno())


def main() -> None:
    """Run all benchmarks, or only the small ones."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=15)
    options.add_argument("--small", action="store_true", help="leave out the large workbook")
    chosen = options.parse_args()
    print(f"{'':<68} {'ours':>11} {'theirs':>11}  ratio")
    with tempfile.TemporaryDirectory() as folder:
        small(Path(folder), chosen.runs)
        reports(Path(folder), chosen.runs)
        budgets(Path(folder), chosen.runs)
        checks(Path(folder), chosen.runs)
        if not chosen.small:
            large(Path(folder), chosen.runs)


if __name__ == "__main__":
    main()
