"""The older part of a workbook's log, kept in a text file beside it that any program reads."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path


def append(workbook: Path, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bool:
    """Put rows last in the archive of a workbook's log; whether that could be done."""
    file = workbook.with_name(f"{workbook.stem} (finsam-logg).csv")
    try:
        is_new = not file.exists()
        # A spreadsheet program in Swedish knows the letters by the mark and the columns by ;.
        with file.open("a", encoding="utf-8-sig" if is_new else "utf-8", newline="") as stream:
            writer = csv.writer(stream, delimiter=";")
            if is_new:
                writer.writerow(headings)
            writer.writerows(["" if value is None else value for value in row] for row in rows)
    except OSError:
        return False
    return True
