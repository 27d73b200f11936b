"""The workbooks that come with the product, and a folder to try them in."""

from __future__ import annotations

import shutil
from pathlib import Path

from finsam_xl.cli import findings, printing
from finsam_xl.cli.options import opened
from finsam_xl.cli.outcome import to_open
from finsam_xl.cli.progress import Progress
from finsam_xl.errors import InputError, WorkbookError
from finsam_xl.shipped import samples

FOLDER = "finsam-demo"


def copy_to(folder: Path | None) -> list[Path]:
    """Copy the shipped workbooks to ``folder``, or to a new one; never over something else."""
    target = folder or _free_folder()
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise InputError(
                f"Mappen {target} finns redan och är inte tom.",
                where=str(target),
                remedy="Ange en ny mapp, så skrivs inget över.",
            )
        target.mkdir(parents=True, exist_ok=True)
        return [Path(shutil.copy(source, target / source.name)) for source in samples()]
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
