"""The product as it is installed: its Python, its files, its packages, and what Excel was told."""

from __future__ import annotations

import csv
import importlib
import re
import shutil
import struct
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib import metadata
from pathlib import Path

from finsam_xl.doctor.computer import Connection, Extra, Program, Python, System, Way
from finsam_xl.hosts.ooxml.engineprocess import Engine

_NAME = "finsam-xl"
_PACKAGES = {"finsam_xl", "finsam_excel"}
_NEEDED = re.compile(r"([\w.-]+)[^;]*$")
_PINNED = re.compile(r"([\w.-]+)==([\w.]+)")
_PATIENCE = 20.0
_SHEET, _SUM, _ANSWER = "Blad", "=SUM(A1:A2)", 3
_ESCAPED = re.compile(r"(\\u[0-9a-f]{4})")


def python() -> Python:
    """The Python that runs."""
    major, minor, micro = sys.version_info[:3]
    is_store = "WindowsApps" in sys.base_prefix or "PythonSoftwareFoundation" in sys.base_prefix
    return Python((major, minor, micro), struct.calcsize("P") * 8, sys.executable, is_store)


def program(version: str) -> Program:
    """The product, and whether all of it is there and starts."""
    return Program(
        version=version,
        way=way(sys.prefix),
        damaged=tuple(_damaged()),
        absent=tuple(_absent()),
        command=shutil.which(_NAME) or "",
        script=shutil.which(_NAME, path=str(Path(sys.executable).parent)) or "",
        engine=_calculates(),
    )


def way(prefix: str) -> Way:
    """What made the environment of a prefix, told by where it lies."""
    parts = [part.lower() for part in re.split(r"[/\\]", prefix)]
    if "pipx" in parts:
        return Way.PIPX
    return Way.UV if "uv" in parts and "tools" in parts else Way.PIP


def package(name: str) -> Extra:
    """A package that the product can do without, as it is installed and as it is wanted."""
    pinned = (_PINNED.match(line) for line in _requirements())
    wanted = next((found[2] for found in pinned if found and found[1] == name), "")
    try:
        return Extra(name, metadata.version(name), wanted)
    except metadata.PackageNotFoundError:
        return Extra(name, "", wanted)


def libraries() -> tuple[str, ...]:
    """The names of xlwings' files for functions in cells."""
    try:
        files = metadata.files("xlwings") or ()
    except metadata.PackageNotFoundError:
        return ()
    there = [f.name for f in files if f.suffix == ".dll" and Path(str(f.locate())).is_file()]
    return tuple(sorted(there))


def connection(home: Path, system: System, settings: Mapping[str, str]) -> Connection | None:
    """The Python that Excel was told to use: by the environment, else by ``anslut``."""
    named = settings.get("FINSAM_PYTHON", "")
    told = named or _connected(home, system)
    if not told:
        return None
    return Connection(told, Path(told).is_file(), _is_this(told), bool(named))


def _connected(home: Path, system: System) -> str:
    """What ``macros.desktop.connect`` wrote: in ASCII, other signs as their numbers."""
    if system is System.MAC:
        home = home / "Library" / "Containers" / "com.microsoft.Excel" / "Data"
    try:
        text = (home / ".finsam" / "python.txt").read_text(encoding="ascii")
    except (OSError, UnicodeError):
        return ""
    return _read_out(text.partition("\n")[0])


def _read_out(text: str) -> str:
    units = b"".join(
        int(part.removeprefix("\\u"), 16).to_bytes(2, "big")
        if part.startswith("\\u")
        else part.encode("utf-16-be")
        for part in _ESCAPED.split(text)
    )
    return units.decode("utf-16-be", errors="replace")


def _is_this(program: str) -> bool:
    with suppress(OSError):
        return Path(program).samefile(sys.executable) and Path(program) == Path(sys.executable)
    return False


def _requirements() -> list[str]:
    try:
        return metadata.requires(_NAME) or []
    except metadata.PackageNotFoundError:
        return []


def _damaged() -> Iterator[str]:
    """Files that are gone or of another size than when they were installed.

    Not the command itself: pipx and uv write their own.
    """
    try:
        held = metadata.distribution(_NAME)
    except metadata.PackageNotFoundError:
        return
    # The list itself: what reads it for others may leave out what is gone.
    for name, _, size in csv.reader((held.read_text("RECORD") or "").splitlines()):
        if not size or name.partition("/")[0] not in _PACKAGES:
            continue
        try:
            is_whole = Path(str(held.locate_file(name))).stat().st_size == int(size)
        except OSError:
            is_whole = False
        if not is_whole:
            yield name.rpartition("/")[2]


def _absent() -> Iterator[str]:
    """Packages that the product needs and that cannot be imported."""
    for line in _requirements():
        needed = _NEEDED.match(line)
        if needed is None:
            continue
        try:
            importlib.import_module(needed[1].lower().replace("-", "_"))
        except Exception:  # noqa: BLE001 (a broken package may raise anything)
            yield needed[1]


def _calculates() -> bool:
    engine = Engine()
    place = (_SHEET, 3, 1)
    cells = [((_SHEET, 1, 1), 1), ((_SHEET, 2, 1), 2)]
    try:
        results = engine.calculate([_SHEET], {}, cells, [[(place, _SUM)]], _PATIENCE)
    finally:
        engine.close()
    return results.values.get(place) == _ANSWER
