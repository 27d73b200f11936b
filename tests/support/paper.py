"""A report as LibreOffice prints it."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from contextlib import suppress
from pathlib import Path

from conftest import missing

from finsam_xl.hosts.ooxml.render import render
from finsam_xl.hosts.pdf import as_pdf
from finsam_xl.sheetplan import STANDARD_ROW, SheetPlan

_PER_CHARACTER, _DIGIT = 7, 7.43
"""A column's pixels for a character in Excel, and in LibreOffice, which does not round them."""
_ACROSS, _DOWN = (1065.0, 512.0), (736.0, 760.0)
"""What A4 holds between the margins, across and upright: pixels wide, points high."""


def print_scale(plan: SheetPlan) -> float:
    """How much smaller than its own size LibreOffice prints a sheet, at most 1.

    It is fitted to the width of a page, and to so many pages high if that is said. Columns are a
    little wider than in Excel, so that nothing is smaller there; scales are in whole per cent.
    """
    page = plan.page
    wide, high = _ACROSS if page.landscape else _DOWN
    shown = (
        int(width * _PER_CHARACTER + 5) / _PER_CHARACTER * _DIGIT
        for column, width in enumerate(plan.widths[: page.last_column], start=1)
        if column not in plan.hidden
    )
    heights = dict(plan.heights)
    height = sum(heights.get(row, STANDARD_ROW) for row in range(1, page.last_row + 1))
    by_height = high * page.pages_high / height if page.pages_high else 1.0
    return int(100 * min(1.0, wide / sum(shown), by_height)) / 100


def sizes(pdf: bytes) -> set[float]:
    """The sizes of the letters in a PDF of LibreOffice's, in points."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    told = set()
    for stream in streams:
        with suppress(zlib.error):
            told |= set(re.findall(rb"/F\d+ ([\d.]+) Tf", zlib.decompress(stream)))
    return {float(size) for size in told}


def printed(plan: SheetPlan, folder: Path, *, links: bool = False) -> list[str]:
    """The text of each page; without ``links``, as they lead to sheets that are not there."""
    if not shutil.which("pdftotext"):
        missing("poppler-utils (pdftotext) finns inte på datorn")
    target = folder / "rapport.pdf"
    if not links:
        plan = plan._replace(cells=tuple(cell._replace(link="") for cell in plan.cells))
    target.write_bytes(as_pdf(render([plan])))
    done = subprocess.run(
        ["pdftotext", "-layout", str(target), "-"], capture_output=True, check=True
    )
    return done.stdout.decode().split("\f")[:-1]
