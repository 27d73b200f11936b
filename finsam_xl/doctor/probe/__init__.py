"""The facts of this computer. Everything is looked at, nothing changed, and the net never asked.

What a system does not tell, or does not let be read, is a fact that is not known: no probe stops
another.
"""

from __future__ import annotations

import locale
import os
import platform
import sys
from collections.abc import Mapping
from pathlib import Path

from finsam_xl.doctor.computer import Computer, Excel, Guard, Language, System
from finsam_xl.doctor.probe import folders, installed, macs, offices, windows
from finsam_xl.doctor.probe.registry import NOWHERE, Registry, of_this_computer


def probed(folder: Path, version: str) -> Computer:
    """This computer, for the workbooks in a folder and the product of a version."""
    system, registry = _system(), of_this_computer()
    home, settings = _home(), os.environ
    return Computer(
        system=system,
        python=installed.python(),
        program=installed.program(version),
        folder=folders.folder(folder, settings),
        language=_language(registry),
        fonts=offices.fonts(system, home, settings),
        office=offices.office(home, settings),
        excel=_excel(system, registry),
        xlwings=installed.package("xlwings"),
        libraries=installed.libraries(),
        pyopenvba=installed.package("pyopenvba"),
        connection=installed.connection(home, system, settings),
        guard=_guard(system, registry, settings),
    )


def _home() -> Path:
    """Her own folder; one that does not exist where the computer knows of none."""
    try:
        return Path.home()
    except RuntimeError:
        return Path("~")


def _system() -> System:
    known = {"Windows": System.WINDOWS, "Darwin": System.MAC}
    return known.get(platform.system(), System.LINUX)


def _excel(system: System, registry: Registry) -> Excel | None:
    if system is System.WINDOWS:
        return windows.excel(registry)
    return macs.excel() if system is System.MAC else None


def _guard(system: System, registry: Registry, settings: Mapping[str, str]) -> Guard:
    return windows.guard(registry, settings) if system is System.WINDOWS else Guard()


def _language(registry: Registry) -> Language:
    try:
        name = locale.getlocale()[0] or ""
    except ValueError:
        name = ""
    decimal, between = windows.signs(registry) if registry is not NOWHERE else ("", "")
    encoding = (sys.stdout.encoding if sys.stdout else "") or "ascii"
    return Language(name, encoding.upper(), decimal, between)
