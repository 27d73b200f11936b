"""LibreOffice as it is installed, our extension in the user's profile, and the fonts."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from finsam_xl.doctor.computer import Office, System
from finsam_xl.hosts.calc.extension.parts import IDENTIFIER
from finsam_xl.hosts.office import beside_office, find_office

_PATIENCE = 30
_VERSION = re.compile(r"(\d+(?:\.\d+)+)")
_BETWEEN = b"\xff"
_OWN = re.compile(rb"package-bundle\xff([^\xff]+)\xff")
_PYTHONS = ("python", "python.exe")
_SYSTEMS = Path("/usr/bin/python3")
_LOADER = "pythonloader.py"
_INSTALLED = "user/uno_packages/cache/uno_packages.pmap"
_FONTS = {"Calibri": ("calibri.ttf",), "Carlito": ("carlito-regular.ttf", "carlito.ttf")}
_DEEPEST = "**/*.[tT][tT][fF]"


def office(home: Path, settings: Mapping[str, str]) -> Office | None:
    """The installed LibreOffice, ``None`` where there is none."""
    found = find_office()
    if found is None:
        return None
    loader = Path(found).resolve().parent / _LOADER
    return Office(
        program=found,
        version=_said([found, "--version"]),
        python=_python(),
        loads=loader.is_file() if loader.parent.is_dir() else None,
        extension=extension(_profiles(home, settings)),
    )


def extension(profiles: list[Path]) -> str:
    """The version of our extension in one of some profiles, '' where it is in none.

    LibreOffice keeps a list of what is installed: the name on a line, what is known of it on the
    next. What has been taken out lies in its folders until it starts again.
    """
    for profile in profiles:
        try:
            lines = (profile / _INSTALLED).read_bytes().splitlines()
        except OSError:
            continue
        for name, told in pairwise(lines):
            if name.endswith(_BETWEEN + IDENTIFIER.encode()):
                return next((found[1].decode() for found in [_OWN.search(told)] if found), "")
    return ""


def fonts(system: System, home: Path, settings: Mapping[str, str]) -> tuple[str, ...]:
    """Which of the reports' fonts there are in the places where fonts are."""
    files = {name.lower() for place in _places(system, home, settings) for name in _in(place)}
    return tuple(font for font, names in _FONTS.items() if files.intersection(names))


def _python() -> tuple[int, int] | None:
    """The version of the Python that LibreOffice runs: its own, else the system's."""
    own = beside_office(*_PYTHONS)
    program = own or (str(_SYSTEMS) if _SYSTEMS.is_file() else "")
    numbers = _said([program, "--version"]).split(".") if program else []
    return (int(numbers[0]), int(numbers[1])) if len(numbers) > 1 else None


def _said(command: list[str]) -> str:
    """The version that a program says it is, '' where it says none.

    Its home is a folder that is taken away again: LibreOffice leaves caches in it.
    """
    with tempfile.TemporaryDirectory(prefix="finsam-") as home:
        settings = {name: value for name, value in os.environ.items() if "XDG_" not in name}
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=_PATIENCE,
                check=False,
                env=settings | {"HOME": home},
            )
        except (OSError, subprocess.SubprocessError):
            return ""
    version = _VERSION.search(done.stdout)
    return version[1] if version else ""


def _profiles(home: Path, settings: Mapping[str, str]) -> list[Path]:
    roaming = settings.get("APPDATA", "")
    return [
        home / ".config" / "libreoffice" / "4",
        home / "Library" / "Application Support" / "LibreOffice" / "4",
        *([Path(roaming) / "LibreOffice" / "4"] if roaming else []),
    ]


def _places(system: System, home: Path, settings: Mapping[str, str]) -> list[Path]:
    if system is System.WINDOWS:
        windows, local = settings.get("WINDIR", r"C:\Windows"), settings.get("LOCALAPPDATA", "")
        users = [Path(local) / "Microsoft" / "Windows" / "Fonts"] if local else []
        return [Path(windows) / "Fonts", *users]
    if system is System.MAC:
        inside = Path("/Applications/Microsoft Excel.app/Contents/Resources/DFonts")
        return [Path("/Library/Fonts"), home / "Library" / "Fonts", inside]
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".fonts",
        home / ".local" / "share" / "fonts",
    ]


def _in(place: Path) -> Iterator[str]:
    with suppress(OSError):
        for file in place.glob(_DEEPEST):
            yield file.name
