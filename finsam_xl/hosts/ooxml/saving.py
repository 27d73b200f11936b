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
    for lock in (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")):
        if lock.exists():
            raise WorkbookError(
                f"{path.name} är öppen i ett kalkylprogram.",
                where=str(path),
                remedy=f"Stäng arbetsboken och kör igen. Är den inte öppen, ta bort {lock.name}.",
            )


def put_in_place(
    target: Path, write: Callable[[BinaryIO], None], now: datetime, like: Path
) -> Path | None:
    """Write a file at ``target``; gives the backup of what stood there, if anything did.

    ``like``: the file whose access rights the new one gets. Any failure leaves
    ``target`` as it was and raises ``WorkbookError``.
    """
    target = Path(os.path.realpath(target))
    temporary: Path | None = None
    try:
        temporary, handle = _beside(target)
        with os.fdopen(handle, "wb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(like, temporary)
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
            temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)
    return backup


def _beside(target: Path) -> tuple[Path, int]:
    """A new file next to the target, so that renaming it never crosses a disk."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    for number in range(1000):
        temporary = target.with_name(f".finsam-{os.getpid()}-{number}.tmp")
        with contextlib.suppress(FileExistsError):
            return temporary, os.open(temporary, flags, 0o600)
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target.parent))


def _keep(target: Path, now: datetime) -> Path:
    """A second name for what stands at ``target``: a link where possible, else a copy."""
    stem = f"{target.stem} (säkerhetskopia {now:%Y-%m-%d %H.%M.%S}"
    for number in range(1, 1000):
        again = f" {number}" if number > 1 else ""
        backup = target.with_name(f"{stem}{again}){target.suffix}")
        if backup.exists():
            continue
        try:
            os.link(target, backup)
        except FileExistsError:
            continue
        except OSError:
            shutil.copy2(target, backup)
        return backup
    raise WorkbookError("För många säkerhetskopior.", where=str(target), remedy="Ta bort några.")


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
