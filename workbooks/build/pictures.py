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
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from finsam_xl import actions, open_workbook
from finsam_xl.hosts.ooxml import Book
from finsam_xl.hosts.ooxml.render import render
from finsam_xl.hosts.pdf import as_pdf
from finsam_xl.sheetplan import SheetPlan

BOOKS = Path(__file__).parents[1] / "existing"
PICTURES = Path(__file__).parents[1] / "bilder"
_DOTS = 80
_UMEA, _SOCIAL = "umearegionen-budget", "umearegionen-social-budget"
_LAPPLAND = "sodra-lappland-budget"


class Page(NamedTuple):
    """A report sheet that is shown, by its owner; the workbook, and what makes it.

    ``kind``: the report it is of; '' where it answers what it takes, or what happens if.
    """

    owner: str
    book: str
    kind: str = ""

    @property
    def picture(self) -> str:
        """The file of the picture."""
        return f"{self.owner.replace('_', '-')}.png"


PAGES = (
    Page("tertial", _UMEA, "tertial"),
    Page("plan", _LAPPLAND, "plan"),
    Page("avgifter", _UMEA, "avgifter"),
    Page("impactindex", _SOCIAL, "impactindex"),
    Page("mal", _SOCIAL, "mal"),
    Page("arsredovisning_ekonomi", _UMEA, "arsredovisning"),
    Page("arsredovisning_verksamhet", _SOCIAL, "arsredovisning"),
    Page("vad_kravs", _SOCIAL),
    Page("avgifter_om", _UMEA),
    Page("vad_hander_budget", _UMEA),
    Page("andrat_resultat", _UMEA),
    Page("tank_om", _SOCIAL),
    Page("kontroll", _UMEA, "kontroll"),
)
"""Every report; the first page of each is its picture."""


DEMO = Path(__file__).parents[1] / "demo"
BEFORE, AFTER, SHEET = "fore", "efter", 2
"""The follow-up of the demo as it is, and recomputed; its second page is the second tertial."""
_CODES = ("summa-avviker",)
_MADE = date(2026, 12, 1)
"""The day that stands on them: another one each time would be another picture."""
SEAL = "kallor.sha256"


def shown(page: Page) -> SheetPlan:
    """The report sheet of a picture; links would be printed blue."""
    plan = next(one for one in _sheets(page.book, page.kind) if one.owner == page.owner)
    return plan._replace(cells=tuple(cell._replace(link="") for cell in plan.cells))


@cache
def _sheets(book: str, kind: str) -> Sequence[SheetPlan]:
    """All report sheets of a kind that a workbook gives."""
    with Book(BOOKS / f"{book}.xlsx") as opened:
        if not kind:
            return actions.what_if(opened.grid, today=_MADE, run=str(_MADE)).sheets
        return actions.report(opened.grid, kind, today=_MADE, run=str(_MADE)).sheets


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
    plans = [repr(shown(page)) for page in PAGES]
    follow_up = (DEMO / "uppfoljning-2025.xlsx").read_bytes()
    plans.append(hashlib.sha256(follow_up).hexdigest())
    return hashlib.sha256("\n".join(plans).encode()).hexdigest()


def draw(page: Page, folder: Path) -> Path:
    """The first page of a report as a PNG file in a folder."""
    target = folder / page.picture
    with tempfile.TemporaryDirectory(prefix="finsam-") as made:
        pdf = Path(made, "sida.pdf")
        pdf.write_bytes(as_pdf(render([shown(page)])))
        command = ["pdftoppm", "-png", "-singlefile", "-f", "1", "-r", str(_DOTS)]
        subprocess.run([*command, str(pdf), str(target.with_suffix(""))], check=True)
    return target


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
        print(draw(page, PICTURES))
    print(*draw_follow_up(PICTURES), sep="\n")
    (PICTURES / SEAL).write_text(f"{seal()}\n", encoding="utf-8")
