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


def as_pdf(workbook: bytes) -> bytes:
    """A workbook printed as PDF; raises ``WorkbookError`` if that cannot be done."""
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
            return source.with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise WorkbookError(
                "PDF-filen kunde inte skapas.", remedy="Stäng LibreOffice och försök igen."
            ) from error
