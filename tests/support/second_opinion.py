"""LibreOffice as a second opinion: a file without stored results, and what it makes of that."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

PATIENCE = 180
ERRORS = re.compile(r"#NAME\?|#REF!|#VALUE!|#DIV/0!|#N/A|#NUM!|#NULL!|Err:\d+|####")
_CELL = re.compile(rb"<c\b[^>]*?(?:/>|>.*?</c>)", re.DOTALL)


def without_results(path: Path, target: Path) -> int:
    """A copy whose formulas have no stored results; gives how many formulas there are.

    LibreOffice would otherwise show the results it finds and calculate nothing.
    """
    formulas = 0

    def stripped(match: re.Match[bytes]) -> bytes:
        nonlocal formulas
        cell = match.group()
        if not re.search(rb"<f[\s/>]", cell):
            return cell
        formulas += 1
        return re.sub(rb"<v>[^<]*</v>|<v/>", b"", cell)

    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = _CELL.sub(stripped, data)
            new.writestr(name, data)
    return formulas


def converted(soffice: str, path: Path, kind: str, folder: Path) -> list[Path]:
    """What LibreOffice makes of a file, with a fresh profile of its own."""
    out = folder / f"ut-{len(list(folder.iterdir()))}"
    out.mkdir()
    profile = (folder / f"profil-{out.name}").as_uri()
    command = [soffice, f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    command += ["--convert-to", kind, "--outdir", str(out), str(path)]
    done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr.decode()
    made = sorted(out.iterdir())
    assert made, done.stdout.decode() + done.stderr.decode()
    return made
