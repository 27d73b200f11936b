"""Report sheets as PDF, by way of LibreOffice, which is used if it is on the computer."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.office import find_office

_PATIENCE = 180


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
