"""Putting a new version of a file in place so that nothing can be lost.

Written beside the target, flushed to disk, read back, then renamed over it; what stood
there remains as a backup. A file that is open in Excel or LibreOffice, or that changed
since it was read, is refused, and only one run at a time may write it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from finsam_xl import policy
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml import backups, rights, turns
from finsam_xl.hosts.ooxml.package import is_folder
from finsam_xl.reading.settings import Settings
from finsam_xl.records import NamedTuple


def refuse_if_open(path: Path) -> None:
    """Raise ``WorkbookError`` when a spreadsheet program has the file open."""
    places = dict.fromkeys((path, Path(os.path.realpath(path))))
    for place in places:
        _refuse_locks(path, place)


def _refuse_locks(path: Path, place: Path) -> None:
    for lock in (place.with_name(f"~${place.name}"), place.with_name(f".~lock.{place.name}#")):
        if os.path.lexists(lock):
            raise WorkbookError(
                "Filen är öppen i ett kalkylprogram.",
                where=str(path),
                remedy=f"Stäng arbetsboken och kör igen. Är den inte öppen, ta bort {lock.name}.",
            )


def refuse_place(target: Path) -> None:
    """Refuse a target that is a folder, or lies where no folder is."""
    try:
        if target.is_dir():
            raise _failed(target, IsADirectoryError(errno.EISDIR, ""))
        if not target.parent.is_dir():
            code = errno.ENOTDIR if target.parent.exists() else errno.ENOENT
            raise _failed(target, OSError(code, ""))
    except OSError as error:
        raise _failed(target, error) from error


def take_turn(target: Path, told: Callable[[str], None] = lambda _: None) -> turns.Turn:
    """Wait for the turn to write a file; raises ``WorkbookError`` when it can't be had."""
    try:
        return turns.take(target, told)
    except OSError as error:
        raise _failed(target, error) from error


class Keeping(NamedTuple):
    """Where backups lie, if not beside the file, and how many of the newest are kept."""

    newest: int
    folder: str = ""

    @classmethod
    def by_policy(cls, day: date, own: Settings | None = None) -> Keeping:
        """As a workbook's settings say, and policy where they say nothing."""
        rules = policy.backups(day)
        if own is None:
            return cls(int(rules.newest))
        return cls(int(own.on(rules).newest), own.folder)

    def home(self, target: Path) -> Path:
        """The folder of a file's backups; beside the file where that folder cannot be had."""
        if self.folder:
            home = target.parent / Path(self.folder).expanduser()
            with contextlib.suppress(OSError):
                home.mkdir(exist_ok=True)
            if is_folder(home):
                return home
        return target.parent

    def backups(self, target: Path) -> list[Path]:
        """The backups of a file that there are."""
        homes = dict.fromkeys((target.parent, target.parent / Path(self.folder).expanduser()))
        return [one for home in homes if is_folder(home) for one in backups.there(target, home)]


def refuse_rights(target: Path, keeping: Keeping) -> None:
    """Refuse a file that is there and must not be replaced."""
    real = Path(os.path.realpath(target))
    # What cannot even be looked at, as a link to itself, is told when it is to be written.
    with suppress(OSError):
        rights.refuse(real, keeping.backups(real))


class Manuscript(NamedTuple):
    """A file to be put in place: how it is written, and what must hold before it is."""

    write: Callable[[BinaryIO], None]
    like: Path
    """The file whose access rights the new one gets where none stands in its place."""
    read_back: Callable[[Path], None] = lambda _: None
    """Refuses a new file that is not what it was meant to be."""
    last_look: Callable[[], None] = lambda: None
    """May refuse right before the new file takes the old one's place."""
    let_go: Callable[[Path | None], AbstractContextManager[None]] = lambda _: nullcontext()
    """Closes the file that is replaced, which Windows asks for; it is given the backup."""


def put_in_place(
    target: Path, manuscript: Manuscript, now: datetime, turn: turns.Turn, keeping: Keeping
) -> Path | None:
    """Write a file at ``target``; gives the backup of what stood there, if anything did.

    Any failure leaves ``target`` as it was and raises ``WorkbookError``.
    """
    target = Path(os.path.realpath(target))
    temporary = turn.temporary
    try:
        _refuse_no_file(target)
        if target.exists():
            rights.refuse(target, keeping.backups(target))
        _write(temporary, manuscript, target)
        manuscript.read_back(temporary)
        home = keeping.home(target)
        backup = _keep(target, home, now) if target.exists() else None
        try:
            manuscript.last_look()
            with manuscript.let_go(backup):
                temporary.replace(target)
        except BaseException:
            if backup is not None:
                backup.unlink()
            raise
    except OSError as error:
        raise _failed(target, error) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)
    if backup is not None:
        backups.thin(target, backup.parent, now, keeping.newest)
    return backup


def _refuse_no_file(target: Path) -> None:
    """Raise ``OSError`` for what no file may take the place of."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if target.is_symlink():  # though every link was followed
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(target))
    if target.exists() and not target.is_file():
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV), str(target))


def _write(temporary: Path, manuscript: Manuscript, target: Path) -> None:
    temporary.unlink(missing_ok=True)
    with _made(temporary) as stream:
        manuscript.write(stream)
        stream.flush()
        os.fsync(stream.fileno())
    if target.exists():
        rights.keep(target, temporary)
    else:
        rights.pass_on(manuscript.like, temporary)


def _made(path: Path) -> BinaryIO:
    """A new file that nobody else may read yet."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o600), "wb")


def _keep(target: Path, home: Path, now: datetime) -> Path:
    """A second name for what stands at ``target``: a link where possible, else a copy."""
    for name in backups.names(target, now):
        backup = home / name
        if os.path.lexists(backup):
            continue
        with contextlib.suppress(FileExistsError):
            _doubled(target, backup)
            return backup
    raise WorkbookError("För många säkerhetskopior.", where=str(target), remedy="Ta bort några.")


def _doubled(target: Path, backup: Path) -> None:
    try:
        os.link(target, backup)
    except FileExistsError:
        raise
    except OSError:
        _copy_whole(target, backup)


def _copy_whole(source: Path, copy: Path) -> None:
    """A copy, or nothing: half a backup is worse than none."""
    told = source.stat()
    with source.open("rb") as old, _made(copy) as new:
        try:
            shutil.copyfileobj(old, new)
            new.flush()
            os.fsync(new.fileno())
            rights.pass_on(source, copy)
            os.utime(copy, ns=(told.st_atime_ns, told.st_mtime_ns))
        except BaseException:
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
        errno.ELOOP: ("länken leder till sig själv", "Ange en fil."),
        errno.ENODEV: ("det är en enhet eller ett rör", "Ange en fil."),
        errno.ENOTDIR: ("sökvägen går genom en fil", "Ange en mapp som finns."),
        errno.ENOENT: ("mappen finns inte", "Skapa mappen eller ange en annan plats med --out."),
    }
    denied = ("mappen är skrivskyddad", "Spara på en annan plats med --out.")
    remedies |= dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), denied)
    what, remedy = remedies.get(
        error.errno or 0, (error.strerror or str(error), "Försök igen eller spara på annan plats.")
    )
    return rights.refused(target, what, remedy)
