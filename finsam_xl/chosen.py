"""Which workbooks a person means: files and folders, without backups and lock files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from finsam_xl.errors import InputError
from finsam_xl.hosts.ooxml.backups import is_backup
from finsam_xl.hosts.ooxml.package import is_folder
from finsam_xl.records import NamedTuple

_ENDINGS = {".xlsx", ".xlsm"}
_LOCK = "~$"


class Meant(NamedTuple):
    """The workbooks that are meant, and the files among them that are none."""

    files: tuple[Path, ...]
    skipped: tuple[Path, ...] = ()


def meant(paths: Sequence[Path]) -> Meant:
    """The workbooks of some paths, each once; a folder stands for those in it.

    One file alone is always meant. Raises ``InputError`` where nothing is left.
    """
    if len(paths) == 1 and not is_folder(paths[0]):
        return Meant(tuple(paths))
    every = list(dict.fromkeys(_files(paths)))
    skipped = tuple(filter(_is_passed_over, every))
    files = tuple(path for path in every if path not in skipped)
    if not files:
        raise InputError(
            "Det är en mapp utan arbetsböcker (säkerhetskopior räknas inte)."
            if any(is_folder(path) for path in paths)
            else "Bara säkerhetskopior och låsfiler är angivna.",
            where=", ".join(map(str, paths[:2])),
            remedy="Ange en fil för sig, så läses den vad den än heter.",
        )
    return Meant(files, skipped)


class Below(NamedTuple):
    """The workbooks below a folder, in order: to read, passed over, and folders shut to us."""

    files: tuple[Path, ...]
    skipped: tuple[Path, ...]
    shut: tuple[Path, ...]


def below(folder: Path) -> Below:
    """The workbooks in a folder and all folders below it, each file and folder once.

    Links are followed, so that a folder may be reached in two ways, or lie below itself: it is
    gone through where it is first found. Raises ``InputError`` for what is no folder.
    """
    if not is_folder(folder):
        raise InputError(
            "Det är ingen mapp.",
            where=str(folder),
            remedy="Ange mappen som arbetsböckerna ligger i.",
        )
    shut: list[Path] = []
    every = list(_once(_walked(folder, shut, set())))
    skipped = tuple(filter(_is_passed_over, every))
    return Below(tuple(path for path in every if path not in skipped), skipped, tuple(shut))


def _walked(folder: Path, shut: list[Path], seen: set[tuple[int, int]]) -> Iterator[Path]:
    try:
        told = folder.stat()
        if (told.st_dev, told.st_ino) in seen:
            return
        seen.add((told.st_dev, told.st_ino))
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        shut.append(folder)
        return
    folders = []
    for entry in entries:
        path = folder / entry.name
        if path.suffix.lower() in _ENDINGS and _is_workbook(path):
            yield path
        elif _is_folder(entry):
            folders.append(path)
    for path in folders:
        yield from _walked(path, shut, seen)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _once(paths: Iterable[Path]) -> Iterator[Path]:
    """The files, each under the name that it is first found by."""
    seen: set[tuple[int, int]] = set()
    for path in paths:
        told = path.stat()
        key = (told.st_dev, told.st_ino)
        if key not in seen or not told.st_ino:
            seen.add(key)
            yield path


def _is_passed_over(path: Path) -> bool:
    return path.name.startswith(_LOCK) or is_backup(path)


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if not is_folder(path):
            yield path
            continue
        try:
            inside = sorted(one for one in path.iterdir() if _is_workbook(one))
        except OSError as error:
            raise InputError(
                "Mappen går inte att läsa.", where=str(path), remedy="Ange filerna i stället."
            ) from error
        yield from inside


def _is_workbook(path: Path) -> bool:
    return path.suffix.lower() in _ENDINGS and path.is_file()
