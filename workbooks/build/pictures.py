"""Pictures of the most telling pages, for people to see: ``python workbooks/build/pictures.py``.

They are what LibreOffice prints of the reports of the shipped workbooks, never drawn. Needs
LibreOffice and poppler's pdftoppm. Beside them lies a sum of what they were made of, so that a
test sees when a report no longer is what its picture shows.
"""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
from datetime import date
from pathlib import Path

from finsam_xl import actions
from finsam_xl.hosts.ooxml import Book
from finsam_xl.hosts.ooxml.render import render
from finsam_xl.hosts.pdf import as_pdf
from finsam_xl.sheetplan import SheetPlan

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


_MADE = date(2026, 12, 1)
"""The day that stands on them: another one each time would be another picture."""
SEAL = "kallor.sha256"


def shown(book: str, kind: str, sheet: int) -> SheetPlan:
    """The report sheet of a picture; links would be printed blue."""
    with Book(BOOKS / f"{book}.xlsx") as opened:
        made = actions.report(opened.grid, kind, today=_MADE, run=str(_MADE))
    plan = made.sheets[sheet]
    return plan._replace(cells=tuple(cell._replace(link="") for cell in plan.cells))


def seal() -> str:
    """What tells whether the pictures show the reports as they are."""
    plans = [repr(shown(*page)) for page in PAGES]
    return hashlib.sha256("\n".join(plans).encode()).hexdigest()


def draw(book: str, kind: str, sheet: int, folder: Path) -> Path:
    """The first page of a report as a PNG file in a folder."""
    with tempfile.TemporaryDirectory(prefix="finsam-") as made:
        pdf = Path(made, "sida.pdf")
        pdf.write_bytes(as_pdf(render([shown(book, kind, sheet)])))
        target = folder / kind
        command = ["pdftoppm", "-png", "-singlefile", "-f", "1", "-r", str(_DOTS)]
        subprocess.run([*command, str(pdf), str(target)], check=True)
    return target.with_suffix(".png")


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    for page in PAGES:
        print(draw(*page, PICTURES))
    (PICTURES / SEAL).write_text(f"{seal()}\n", encoding="utf-8")
