"""Pictures of the most telling pages, for the README: ``python workbooks/build/pictures.py``.

They are what LibreOffice prints of the reports of the shipped workbooks, never drawn. Needs
LibreOffice and poppler's pdftoppm.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from finsam_xl import open_workbook
from finsam_xl.hosts.ooxml.render import render
from finsam_xl.hosts.pdf import as_pdf

BOOKS = Path(__file__).parents[1] / "existing"
PICTURES = Path(__file__).parents[1] / "bilder"
_DOTS = 80
_UMEA, _SOCIAL = "umearegionen-budget", "umearegionen-social-budget"
PAGES = (
    (_UMEA, "tertial", 0),
    ("sodra-lappland-budget", "plan", 0),
    (_UMEA, "avgifter", 0),
    (_UMEA, "arsredovisning", 0),
    (_SOCIAL, "impactindex", 0),
    (_UMEA, "kontroll", 0),
)
"""Workbook, report, and which of its sheets; the first page of it."""


def draw(book: str, kind: str, sheet: int, folder: Path) -> Path:
    """The first page of a report as a PNG file in a folder."""
    with open_workbook(BOOKS / f"{book}.xlsx") as opened:
        plan = opened.report(kind).plan.sheets[sheet]
    plain = plan._replace(cells=tuple(cell._replace(link="") for cell in plan.cells))
    with tempfile.TemporaryDirectory(prefix="finsam-") as made:
        pdf = Path(made, "sida.pdf")
        pdf.write_bytes(as_pdf(render([plain])))
        target = folder / kind
        command = ["pdftoppm", "-png", "-singlefile", "-f", "1", "-r", str(_DOTS)]
        subprocess.run([*command, str(pdf), str(target)], check=True)
    return target.with_suffix(".png")


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    for page in PAGES:
        print(draw(*page, PICTURES))
