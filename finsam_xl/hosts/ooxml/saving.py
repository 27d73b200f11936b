"""Putting a new version of a file in place so that nothing can be lost.

Written beside the target, flushed to disk, then renamed over it; what stood there
remains as a backup. A file that is open in Excel or LibreOffice, or that changed
since it was read, is refused.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from finsam_xl.errors import WorkbookError


def refuse_if_open(path: Path) -> None:
    """Raise ``WorkbookError`` when a spreadsheet program has the file open."""
    places = dict.fromkeys((path, Path(os.path.realpath(path))))
    for place in places:
        _refuse_locks(path, place)


def _refuse_locks(path: Path, place: Path) -> None:
    for lock in (place.with_name(f"~${place.name}"), place.with_name(f".~lock.{place.name}#")):
        if os.path.lexists(lock):
            raise WorkbookError(
                f"{path.name} är öppen i ett kalkylprogram.",
                where=str(path),
                remedy=f"Stäng arbetsboken och kör igen. Är den inte öppen, ta bort {lock.name}.",
            )


def put_in_place(
    target: Path,
    write: Callable[[BinaryIO], None],
    now: datetime,
    like: Path,
    check: Callable[[], None],
) -> Path | None:
    """Write a file at ``target``; gives the backup of what stood there, if anything did.

    ``like``: the file whose access rights the new one gets; ``check`` may refuse at the
    last moment, when the new file is ready. Any failure leaves
    ``target`` as it was and raises ``WorkbookError``.
    """
    target = Path(os.path.realpath(target))
    temporary: Path | None = None
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
        temporary = _beside(target)
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        handle = os.open(temporary, flags, 0o600)
        with os.fdopen(handle, "wb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(like, temporary)
        check()
        backup = _keep(target, now) if target.exists() else None
        try:
            temporary.replace(target)
        except OSError:
            if backup is not None:
                backup.unlink()
            raise
    except OSError as error:
        raise _failed(target, error) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)
    return backup


def _beside(target: Path) -> Path:
    """A free name next to the target, so that renaming it never crosses a disk."""
    number = 0
    while True:
        temporary = target.with_name(f".finsam-{os.getpid()}-{number}.tmp")
        if not os.path.lexists(temporary):
            return temporary
        number += 1


def _keep(target: Path, now: datetime) -> Path:
    """A second name for what stands at ``target``: a link where possible, else a copy."""
    stem = f"{target.stem} (säkerhetskopia {now:%Y-%m-%d %H.%M.%S}"
    for number in range(1, 1000):
        again = f" {number}" if number > 1 else ""
        backup = target.with_name(f"{stem}{again}){target.suffix}")
        if os.path.lexists(backup):
            continue
        try:
            os.link(target, backup)
        except FileExistsError:
            continue
        except OSError:
            _copy_whole(target, backup)
        return backup
    raise WorkbookError("För många säkerhetskopior.", where=str(target), remedy="Ta bort några.")


def _copy_whole(source: Path, copy: Path) -> None:
    """A copy, or nothing: half a backup is worse than none."""
    try:
        shutil.copy2(source, copy)
    except OSError:
        copy.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    """Make the renaming itself durable; not every system can, and none needs it to be correct."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _failed(target: Path, error: OSError) -> WorkbookError:
    remedies = {
        errno.ENOSPC: ("disken är full", "Frigör utrymme eller spara på en annan plats med --out."),
        errno.EFBIG: ("filen får inte plats", "Frigör utrymme eller spara på annan plats."),
        errno.EDQUOT: ("din diskkvot är slut", "Frigör utrymme eller spara på annan plats."),
        errno.ENAMETOOLONG: ("namnet är för långt", "Ge filen ett kortare namn."),
        errno.EISDIR: ("det är en mapp", "Ange ett filnamn."),
        errno.ENOTDIR: ("sökvägen går genom en fil", "Ange en mapp som finns."),
        errno.ENOENT: ("mappen finns inte", "Skapa mappen eller ange en annan plats med --out."),
    }
    denied = ("mappen är skrivskyddad", "Spara på en annan plats med --out.")
    remedies |= dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), denied)
    what, remedy = remedies.get(
        error.errno or 0, (error.strerror or str(error), "Försök igen eller spara på annan plats.")
    )
    return WorkbookError(
        f"Det gick inte att spara {target.name}: {what}. Inget är ändrat.",
        where=str(target),
        remedy=remedy,
    )
