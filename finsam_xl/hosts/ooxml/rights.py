"""What a file has besides its content: owner, group, mode, other names, extended attributes.

A new version of a file keeps all of it. Where that cannot be, nothing is written: the system puts
a new file in the old one's place, and whoever had a right to the old one would lose it, or get one.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path

from finsam_xl.errors import WorkbookError

_ELSEWHERE = "spara på en annan plats med --out."
_PERSONAL = ("user.", "system.")
"""What people set themselves: labels of their own, and rights for single users and groups."""
_GROUP, _ALL = 0o070, 0o777


def refuse(target: Path, own: Collection[Path] = ()) -> None:
    """Raise ``WorkbookError`` for a file that must not be replaced; ``own``: its backups."""
    told = target.stat()
    may = os.access(target, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
    if not may or not told.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise refused(target, "filen är skrivskyddad", f"Ta bort skrivskyddet, eller {_ELSEWHERE}")
    # A run that was killed may have left a backup that is still the very file.
    ours = sum(_is_same(backup, told) for backup in own)
    if told.st_nlink - ours > 1:
        raise refused(
            target,
            "filen har flera namn (hårda länkar), och de andra skulle behålla det gamla innehållet",
            f"Gör en kopia och kör på den, eller {_ELSEWHERE}",
        )


def refused(target: Path, what: str, remedy: str) -> WorkbookError:
    """That a file cannot be saved, and why."""
    said = f"Det gick inte att spara: {what}. Inget är ändrat."
    return WorkbookError(said, where=str(target), remedy=remedy)


def keep(old: Path, new: Path) -> None:
    """Give a file, before it takes another's place, all that the other has but the content."""
    told, made = old.stat(), new.stat()
    if (told.st_uid, told.st_gid) != (made.st_uid, made.st_gid):
        try:
            os.chown(new, told.st_uid, told.st_gid)
        except OSError as error:
            raise refused(
                old,
                "filen tillhör en annan användare eller grupp, och det går inte att behålla",
                f"Låt den som äger filen köra, eller {_ELSEWHERE}",
            ) from error
    try:
        _keep_attributes(old, new)
    except OSError as error:
        raise refused(
            old,
            "filens särskilda behörigheter eller märken går inte att behålla",
            f"Låt den som äger filen köra, eller {_ELSEWHERE}",
        ) from error
    new.chmod(stat.S_IMODE(told.st_mode))


def pass_on(old: Path, new: Path) -> None:
    """Let those read a copy who may read the file it is made of, and no others.

    Whoever made the copy may write in it, also where the file itself was write-protected.
    """
    told = old.stat()
    mode = stat.S_IMODE(told.st_mode) | stat.S_IWUSR
    if sys.platform != "win32":
        with suppress(OSError):
            os.chown(new, -1, told.st_gid)
    # The group's rights are those of another group, or stand for a list that the copy lacks.
    if new.stat().st_gid != told.st_gid or _attributes(old, _PERSONAL[1:]):
        mode &= (_ALL ^ _GROUP) | (mode & 0o007) << 3
    new.chmod(mode)


def _keep_attributes(old: Path, new: Path) -> None:
    wanted, there = _attributes(old), _attributes(new)
    if sys.platform != "linux":  # elsewhere Python knows of none
        return
    for name in there.keys() - wanted.keys():
        with _lenient(name):
            os.removexattr(new, name)
    for name, value in wanted.items():
        if there.get(name) != value:
            with _lenient(name):
                os.setxattr(new, name, value)


def _lenient(name: str) -> AbstractContextManager[None]:
    """The system's own labels are its own affair."""
    return nullcontext() if name.startswith(_PERSONAL) else suppress(OSError)


def _attributes(file: Path, beginnings: tuple[str, ...] = ("",)) -> dict[str, bytes]:
    """A file's extended attributes, as far as the disk has any."""
    return dict(_read(file, beginnings))


def _read(file: Path, beginnings: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    if sys.platform != "linux":
        return
    with suppress(OSError):
        for name in os.listxattr(file):
            if name.startswith(beginnings):
                yield name, os.getxattr(file, name)


def _is_same(file: Path, told: os.stat_result) -> bool:
    try:
        return os.path.samestat(file.stat(), told)
    except OSError:
        return False
