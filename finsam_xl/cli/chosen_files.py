"""Which workbooks a person means: files and folders, without backups and lock files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    skipped = tuple(path for path in every if path.name.startswith(_LOCK) or is_backup(path))
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
