"""The extension put into a user's LibreOffice, and taken out, by LibreOffice's own program."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.calc.extension.build import NAME, build
from finsam_xl.hosts.calc.extension.parts import IDENTIFIER
from finsam_xl.hosts.office import beside_office

_PATIENCE = 120
_TRIES = 2
"""A fresh profile has been seen to fail at first."""
_OLDEST = (3, 11)
_PYTHONS = ("python", "python.exe")
_BUSY = "Stäng LibreOffice och försök igen."


def install(version: str, profile: Path | None = None) -> None:
    """Put the extension in; ``profile``: another LibreOffice profile than the user's own."""
    program = _program()
    _refuse_old_python()
    with tempfile.TemporaryDirectory(prefix="finsam-") as folder:
        file = Path(folder, NAME)
        file.write_bytes(build(version))
        _run([program, "add", "--force", "--suppress-license", str(file)], profile)


def uninstall(profile: Path | None = None) -> None:
    """Take the extension out."""
    program = _program()
    if IDENTIFIER not in _run([program, "list"], profile):
        raise WorkbookError(
            "Tillägget är inte installerat i LibreOffice.",
            remedy="Kör finsam-xl libreoffice installera för att lägga in det.",
        )
    _run([program, "remove", IDENTIFIER], profile)


def _program() -> str:
    """LibreOffice's program for extensions; refused where it would refuse itself."""
    program = beside_office("unopkg", "unopkg.com", "unopkg.exe")
    if program is None:
        raise WorkbookError(
            "LibreOffice finns inte på datorn.",
            remedy="Installera LibreOffice och kör kommandot igen.",
        )
    if getattr(os, "geteuid", lambda: 1)() == 0:
        raise WorkbookError(
            "LibreOffice tar inte emot tillägg av root (administratören).",
            remedy="Kör kommandot som den användare som ska ha tillägget, utan sudo.",
        )
    return program


def _refuse_old_python() -> None:
    """Refuse a LibreOffice whose own Python is too old for the product; where none is, all is well.

    Most Linux distributions run LibreOffice with the system's Python, which is not beside it.
    """
    python = beside_office(*_PYTHONS)
    if python is None:
        return
    done = subprocess.run(
        [python, "--version"], capture_output=True, text=True, timeout=_PATIENCE, check=False
    )
    version = done.stdout.split()[-1:]
    numbers = [int(part) for part in ".".join(version).split(".")[:2] if part.isdecimal()]
    if numbers and tuple(numbers) < _OLDEST:
        raise WorkbookError(
            f"LibreOffice har Python {version[0]}, och tillägget behöver 3.11 eller senare.",
            remedy="Uppdatera LibreOffice (för Windows och Mac: version 25.8 eller senare).",
        )


def _run(command: list[str], profile: Path | None) -> str:
    """What LibreOffice's program says; raises ``WorkbookError`` with it when it fails."""
    if profile is not None:
        command = [*command, f"-env:UserInstallation={profile.resolve().as_uri()}"]
    said = ""
    for _ in range(_TRIES):
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=_PATIENCE, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise WorkbookError(
                f"LibreOffice svarade inte på {_PATIENCE} sekunder.", remedy=_BUSY
            ) from error
        if done.returncode == 0:
            return done.stdout
        said = " ".join((done.stderr or done.stdout).split())
    raise WorkbookError(f"LibreOffice tog inte emot tillägget ({said[:300]}).", remedy=_BUSY)
