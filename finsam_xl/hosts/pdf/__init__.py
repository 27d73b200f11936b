"""Report sheets as PDF, by way of LibreOffice, which is used if it is on the computer.

What it prints is tagged and in Swedish. Headings, tables and pictures are told of afterwards
(:mod:`finsam_xl.hosts.pdf.tagging`).
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.office import find_office

_PATIENCE = 180
_FILTER = 'pdf:calc_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
_SWEDISH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Linguistic/General"><prop oor:name="DefaultLocale"
 oor:op="fuse"><value>sv-SE</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale"
 oor:op="fuse"><value>sv-SE</value></prop></item>
</oor:items>
"""
"""What a new profile of LibreOffice is told: the language of what has none of its own."""


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
        profile = Path(folder, "profil")
        Path(profile, "user").mkdir(parents=True)
        Path(profile, "user", "registrymodifications.xcu").write_text(_SWEDISH, encoding="utf-8")
        command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless"]
        command += ["--convert-to", _FILTER]
        command += ["--outdir", folder, str(source)]
        try:
            subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=True)
            return source.with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise WorkbookError(
                "PDF-filen kunde inte skapas.", remedy="Stäng LibreOffice och försök igen."
            ) from error
