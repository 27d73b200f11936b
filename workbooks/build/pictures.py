"""Pictures of the most telling pages, for people to see: ``python workbooks/build/pictures.py``.

They are what LibreOffice prints of the reports of the shipped workbooks, never drawn. Needs
LibreOffice and poppler's pdftoppm. Beside them lies a sum of what they were made of, so that a
test sees when a report no longer is what its picture shows.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from finsam_xl import actions, open_workbook
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


DEMO = Path(__file__).parents[1] / "demo"
BEFORE, AFTER, SHEET = "fore", "efter", 2
"""The follow-up of the demo as it is, and recomputed; its second page is the second tertial."""
_CODES = ("summa-avviker",)
_MADE = date(2026, 12, 1)
"""The day that stands on them: another one each time would be another picture."""
SEAL = "kallor.sha256"


def shown(book: str, kind: str, sheet: int) -> SheetPlan:
    """The report sheet of a picture; links would be printed blue."""
    with Book(BOOKS / f"{book}.xlsx") as opened:
        made = actions.report(opened.grid, kind, today=_MADE, run=str(_MADE))
    plan = made.sheets[sheet]
    return plan._replace(cells=tuple(cell._replace(link="") for cell in plan.cells))


def _follow_up() -> tuple[bytes, bytes]:
    """The demo's follow-up, before and after; with Swedish figures, however it is printed."""
    from openpyxl import load_workbook

    with tempfile.TemporaryDirectory(prefix="finsam-") as made:
        before = Path(made, "uppfoljning-2025.xlsx")
        shutil.copy(DEMO / before.name, before)
        held = []
        for is_after in (False, True):
            if is_after:
                with open_workbook(before, now=datetime(2026, 12, 1, tzinfo=UTC)) as opened:
                    opened.apply(opened.recompute(accept=_CODES))
            book = load_workbook(before)
            for cell in (cell for row in book["T2"].iter_rows() for cell in row):
                if "#" in cell.number_format:
                    cell.number_format = f"[$-41D]{cell.number_format}"
            target = Path(made, f"{is_after}.xlsx")
            book.save(target)
            held.append(target.read_bytes())
        return held[0], held[1]


def seal() -> str:
    """What tells whether the pictures show the reports and the demo as they are."""
    plans = [repr(shown(*page)) for page in PAGES]
    follow_up = (DEMO / "uppfoljning-2025.xlsx").read_bytes()
    plans.append(hashlib.sha256(follow_up).hexdigest())
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


def draw_follow_up(folder: Path) -> list[Path]:
    """The follow-up before and after as PNG files, the sheet's upper part."""
    made = []
    for name, data in zip((BEFORE, AFTER), _follow_up(), strict=True):
        with tempfile.TemporaryDirectory(prefix="finsam-") as place:
            pdf, target = Path(place, "sida.pdf"), folder / name
            pdf.write_bytes(as_pdf(data))
            command = ["pdftoppm", "-png", "-singlefile", "-f", str(SHEET), "-r", str(_DOTS)]
            part = ["-x", "0", "-y", "20", "-W", "935", "-H", "430"]
            subprocess.run([*command, *part, str(pdf), str(target)], check=True)
        made.append(target.with_suffix(".png"))
    return made


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    for page in PAGES:
        print(draw(*page, PICTURES))
    print(*draw_follow_up(PICTURES), sep="\n")
    (PICTURES / SEAL).write_text(f"{seal()}\n", encoding="utf-8")
