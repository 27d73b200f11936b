"""A report as LibreOffice prints it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from conftest import missing

from finsam_xl.hosts.ooxml.render import render
from finsam_xl.hosts.pdf import as_pdf
from finsam_xl.sheetplan import SheetPlan


def printed(plan: SheetPlan, folder: Path) -> list[str]:
    """The text of each page; links are left out, since they lead to sheets that are not there."""
    if not shutil.which("pdftotext"):
        missing("poppler-utils (pdftotext) finns inte på datorn")
    target = folder / "rapport.pdf"
    without_links = plan._replace(cells=tuple(cell._replace(link="") for cell in plan.cells))
    target.write_bytes(as_pdf(render([without_links])))
    done = subprocess.run(
        ["pdftotext", "-layout", str(target), "-"], capture_output=True, check=True
    )
    return done.stdout.decode().split("\f")[:-1]
