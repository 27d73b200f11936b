"""Hostile workbooks through the command line, and what each costs: ``python -m tests.safety.hostile``.

Prints a line for each: exit code, CPU seconds, peak memory, what was said. Ends with 1 if any
is not dealt with as it must be. ``--snabb`` leaves out those that take seconds to make.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.extend(map(str, Path(__file__).resolve().parents[1:3]))

from safety import limits
from safety.hostile_books import BOOKS, Book


def tried(book: Book, folder: Path) -> tuple[limits.Run, list[str]]:
    """A workbook run through its command: the run, and what is wrong with it."""
    path = folder / "bok å.xlsx"
    book.make(path)
    before = path.read_bytes()
    run = limits.run(book.command, path)
    return run, list(_wrong(book, run, before, path))


def _wrong(book: Book, run: limits.Run, before: bytes, path: Path) -> Iterator[str]:
    said = run.err if book.refused else run.out
    if run.code != (limits.UNUSABLE if book.refused else 0):
        yield f"exit code {run.code}"
    if "Traceback" in run.err:
        yield "a traceback"
    if not re.search(book.said, said, re.DOTALL):  # a place stands above what is said of it
        yield f"it does not say {book.said}"
    if book.refused and "bok å.xlsx" not in run.err:
        yield "it does not name the file"
    if _steers(run.out + run.err):
        yield "it steers the terminal"
    if run.seconds > limits.SECONDS:
        yield f"{run.seconds:.1f} s"
    if run.megabytes > limits.MEGABYTES:
        yield f"{run.megabytes:.0f} MB"
    if book.refused and (path.read_bytes() != before or len(list(path.parent.iterdir())) != 1):
        yield "something was written"
    if book.edits is not None and f"celler: Budget 2024 {book.edits}." not in run.out:
        yield f"not {book.edits} cells filled in"


def _steers(text: str) -> bool:
    return re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text) is not None


def main() -> int:
    """Try every book and print what it cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--snabb", action="store_true")
    only_short = parser.parse_args().snabb
    faults = 0
    for name, book in BOOKS.items():
        if only_short and book.is_long:
            continue
        with tempfile.TemporaryDirectory() as folder:
            run, wrong = tried(book, Path(folder))
        faults += bool(wrong)
        told = ", ".join(wrong) or "rätt"
        print(f"{name:58} {run.code} {run.seconds:5.1f} s {run.megabytes:5.0f} MB  {told}")
    print(f"{faults} fel")
    return min(faults, 1)


if __name__ == "__main__":
    sys.exit(main())
