"""The folder with the workbooks: rights, room, locks, marks of the net, and the cloud."""

from __future__ import annotations

import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from finsam_xl.doctor.computer import Folder, Lock
from finsam_xl.records import NamedTuple

_ENDINGS = (".xlsx", ".xlsm", ".xlam")
_WITH_MACROS = (".xlsm", ".xlam")
_ZONE = "ZoneId"
_FROM_THE_NET = 3
_CLOUDS = ("OneDriveCommercial", "OneDriveConsumer", "OneDrive")
_IN_THE_CLOUD = 0x00400000 | 0x00001000
"""File attributes RECALL_ON_DATA_ACCESS and OFFLINE (Microsoft, File attribute constants)."""


class _LockKind(NamedTuple):
    """How a program names the lock of a workbook: before and after the workbook's own name."""

    program: str
    start: str
    end: str = ""


_KINDS = (_LockKind("Excel", "~$"), _LockKind("LibreOffice", ".~lock.", "#"))


def folder(path: Path, settings: Mapping[str, str]) -> Folder:
    """A folder, and the workbooks that stand in it."""
    try:
        place = path.absolute()
        if not stat.S_ISDIR(place.stat().st_mode):
            return Folder(place, exists=False)
    except (FileNotFoundError, NotADirectoryError):
        return Folder(path, exists=False)
    except OSError as error:
        return Folder(path, refusal=_said(error))
    names = _names(place)
    books = [name for name in names if name.lower().endswith(_ENDINGS)]
    return Folder(
        path=place,
        refusal=_refusal(place),
        free=_free(place),
        cloud=_cloud(place, settings),
        locks=tuple(_locks(names)),
        marked=tuple(n for n in books if n.lower().endswith(_WITH_MACROS) and marked(place / n)),
        distant=tuple(name for name in books if _is_distant(place / name)),
        longest=max((str(place / name) for name in books), key=len, default=""),
    )


def marked(file: Path) -> bool:
    """Whether Windows has marked a file as one from the net or from mail."""
    try:
        with open(f"{file}:Zone.Identifier", encoding="utf-8", errors="replace") as stream:  # noqa: PTH123
            told = [line.partition("=") for line in stream.read().splitlines()]
    except OSError:
        return False
    zones = [value.strip() for name, _, value in told if name.strip() == _ZONE]
    return any(zone.isdecimal() and int(zone) >= _FROM_THE_NET for zone in zones)


def _names(place: Path) -> list[str]:
    try:
        return sorted(one.name for one in place.iterdir())
    except OSError:
        return []


def _refusal(place: Path) -> str:
    """What the system says when a file is made in a folder."""
    try:
        with tempfile.TemporaryFile(dir=place, prefix=".finsam-"):
            return ""
    except OSError as error:
        return _said(error)


def _said(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _free(place: Path) -> int | None:
    try:
        return shutil.disk_usage(place).free
    except OSError:
        return None


def _cloud(place: Path, settings: Mapping[str, str]) -> str:
    """What keeps the folder in step with a server: told by where it lies."""
    roots = [Path(root) for name in _CLOUDS if (root := settings.get(name))]
    within = [one.name for one in (place, *place.parents)]
    is_below = any(root == place or root in place.parents for root in roots)
    return "OneDrive" if is_below or any(n.startswith("OneDrive") for n in within) else ""


def _locks(names: list[str]) -> Iterator[Lock]:
    for name in names:
        for kind in _KINDS:
            if name.startswith(kind.start) and name.endswith(kind.end):
                rest = name.removeprefix(kind.start).removesuffix(kind.end)
                yield Lock(_whole(rest, names), name, kind.program)


def _whole(end: str, names: list[str]) -> str:
    """The workbook of a lock; Excel leaves out the first two signs of a long name."""
    return next((name for name in names if name.endswith(end) and not name.startswith("~$")), end)


def _is_distant(file: Path) -> bool:
    try:
        told = file.stat()
    except OSError:
        return False
    return bool(getattr(told, "st_file_attributes", 0) & _IN_THE_CLOUD) and stat.S_ISREG(
        told.st_mode
    )
