"""The workbooks that come with the product, and a folder to try them in.

Those of real associations are recomputed with their reports, to look at. A year of an invented
one, in a folder of its own with a page that says what to try, is left for the user to do.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from finsam_xl.cli import findings, printing
from finsam_xl.cli.options import opened
from finsam_xl.cli.outcome import to_open
from finsam_xl.cli.progress import Progress
from finsam_xl.errors import InputError, WorkbookError
from finsam_xl.shipped import samples, tour_files

FOLDER = "finsam-demo"
TOUR = "Ett år i Björkdalen"
"""The folder of the invented association's year."""
PAGE = "Börja här.html"
NAMES = {
    "borja-har.html": PAGE,
    "budget-2025.xlsx": "Budget 2025.xlsx",
    "uppfoljning-2025.xlsx": "Uppföljning 2025.xlsx",
    "social-budget-2025.xlsx": "Social budget 2025.xlsx",
    "arsredovisning-2025.xlsx": "Årsredovisning 2025.xlsx",
    "budget-2026.xlsx": "Budget 2026.xlsx",
}
"""What the shipped files of the year are called once they are hers, by their plain names."""


def copy_to(folder: Path | None) -> list[Path]:
    """Copy what is shipped to ``folder``, or to a new one; never over something else.

    Gives the workbooks of real associations.
    """
    target = folder or _free_folder()
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise InputError(
                f"Mappen {target} finns redan och är inte tom.",
                where=str(target),
                remedy="Ange en ny mapp, så skrivs inget över.",
            )
        real, tour = samples(), tour_files()
        (target / TOUR).mkdir(parents=True)
        for source in tour:
            shutil.copy(source, target / TOUR / NAMES[source.name])
        return [Path(shutil.copy(source, target / source.name)) for source in real]
    except OSError as error:
        raise WorkbookError(
            f"Det går inte att skriva i {target} ({error.strerror}).",
            where=str(target),
            remedy="Ange en annan mapp.",
        ) from error


def run(file: Path) -> None:
    """Recompute a workbook with every report that fits it, and say what came of it."""
    with Progress() as progress, opened(file, progress, file) as book:
        result = book.recompute(book.fitting_reports())
        saved = book.apply(result)
    cells = len(result.plan.edits)
    written = "1 cell är skriven" if cells == 1 else f"{cells} celler är skrivna"
    printing.say("")
    printing.tell(f"{file.name}: {written}. {findings.counted(result.findings)}.")
    to_open(saved.path.resolve(), [sheet.name for sheet in result.plan.sheets])


def _free_folder() -> Path:
    candidate, number = Path(FOLDER), 2
    while candidate.exists():
        candidate = Path(f"{FOLDER}-{number}")
        number += 1
    return candidate
