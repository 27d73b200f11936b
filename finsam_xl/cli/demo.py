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

_INSTALLED = Path(__file__).parents[1] / "_workbooks"
_IN_SOURCE = Path(__file__).parents[2] / "workbooks"
_EXISTING, _TOUR = "existing", "demo"
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
        real, tour = _shipped(_EXISTING), _shipped(_TOUR)
        (target / TOUR).mkdir(parents=True)
        for name, own in NAMES.items():
            shutil.copy(tour / name, target / TOUR / own)
        return [
            Path(shutil.copy(source, target / source.name))
            for source in sorted(real.glob("*.xlsx"))
        ]
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


def _shipped(name: str) -> Path:
    """A folder of shipped files; raises ``WorkbookError`` if the installation lacks it."""
    for folder in (_INSTALLED / name, _IN_SOURCE / name):
        if any(folder.glob("*.xlsx")):
            return folder
    raise WorkbookError(
        "Exempelarbetsböckerna saknas i installationen.", remedy="Installera finsam-xl på nytt."
    )


def _free_folder() -> Path:
    candidate, number = Path(FOLDER), 2
    while candidate.exists():
        candidate = Path(f"{FOLDER}-{number}")
        number += 1
    return candidate
