"""Made-up computers, as a probe would have found them."""

from __future__ import annotations

from pathlib import PureWindowsPath

from finsam_xl.doctor.computer import (
    Computer,
    Connection,
    Excel,
    Extra,
    Folder,
    Guard,
    Language,
    Office,
    Program,
    Python,
    System,
    Way,
)

VERSION = "0.1.0"
_DLLS = ("xlwings32-0.37.8.dll", "xlwings64-0.37.8.dll")
WINDOWS = Computer(
    system=System.WINDOWS,
    python=Python((3, 12, 4), 64, r"C:\Program Files\Python312\python.exe"),
    program=Program(VERSION, Way.PIP, command=r"C:\Program Files\Python312\Scripts\finsam-xl.exe"),
    folder=Folder(PureWindowsPath(r"C:\Ekonomi\Budget"), free=80_000_000_000, longest=r"C:\a.xlsx"),
    language=Language("sv_SE", "UTF-8", ",", ";"),
    fonts=("Calibri",),
    office=Office("soffice.exe", "25.8.1.2", (3, 11), loads=True, extension=VERSION),
    excel=Excel("16.0.17928.20114", 64),
    xlwings=Extra("xlwings", "0.37.8", "0.37.8"),
    libraries=_DLLS,
    pyopenvba=Extra("pyopenvba", "6.5.0", "6.5.0"),
    connection=Connection(r"C:\Program Files\Python312\python.exe", exists=True, ours=True),
    guard=Guard(macros=2, children=False, calls=False, store=False),
)
"""A municipal computer on which everything works."""


class Registry:
    """A registry with some values, by key and name; as on Windows, capitals do not matter."""

    def __init__(self, held: dict[str, dict[str, str | int]]) -> None:
        self._held = {key.lower(): values for key, values in held.items()}

    def value(self, key: str, name: str = "") -> str | int | None:
        """A value of a key."""
        known = {one.lower(): value for one, value in self._held.get(key.lower(), {}).items()}
        return known.get(name.lower())

    def keys(self, key: str) -> tuple[str, ...]:
        """The names of the keys below one."""
        start = f"{key.lower()}\\"
        below = [one.removeprefix(start) for one in self._held if one.startswith(start)]
        return tuple(dict.fromkeys(one.partition("\\")[0] for one in below))

    def names(self, key: str) -> tuple[str, ...]:
        """The names of a key's values."""
        return tuple(self._held.get(key.lower(), {}))
