"""Report sheets as PDF, by way of LibreOffice, which is used if it is on the computer."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from finsam_xl.errors import WorkbookError

_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_PATIENCE = 180


def find_office() -> str | None:
    """The LibreOffice program, or ``None``."""
    found = (shutil.which(name) for name in (*_NAMES, *_PLACES))
    return next((program for program in found if program), None)


def write_pdf(workbook: bytes, target: Path) -> None:
    """Print a workbook to ``target``; raises ``WorkbookError`` if that cannot be done."""
    office = find_office()
    if office is None:
        raise WorkbookError(
            "PDF görs av LibreOffice, som inte finns på datorn.",
            remedy="Installera LibreOffice, eller öppna rapporten i Excel och spara som PDF.",
        )
    with tempfile.TemporaryDirectory(prefix="finsam-") as folder:
        source = Path(folder, "rapport.xlsx")
        source.write_bytes(workbook)
        profile = Path(folder, "profil").as_uri()
        command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
        command += ["--outdir", folder, str(source)]
        try:
            subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=True)
            shutil.copyfile(source.with_suffix(".pdf"), target)
        except (OSError, subprocess.SubprocessError) as error:
            raise WorkbookError(
                f"PDF-filen {target.name} kunde inte skapas.",
                where=str(target),
                remedy="Kontrollera mappen, stäng LibreOffice och försök igen.",
            ) from error
