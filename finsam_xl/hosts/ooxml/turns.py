"""Whose turn it is to write a file: two runs at once must not lose one of them.

The turn is a lock that the operating system holds on a small file beside the workbook.
It ends with the process that took it, however that ends, on whichever machine: what a
dead run leaves behind is never in the way, and whoever comes next clears it away.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Self

from finsam_xl.errors import WorkbookError

PATIENCE = 10.0
"""Seconds to wait for another run before giving up."""
_PAUSE = 0.05
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}
_ALL_MAY_LOCK = 0o666


class Turn:
    """The right to write one file until ``end``; also a context manager that ends it."""

    def __init__(self, target: Path, lock: Path, handle: int, *, alone: bool) -> None:
        self._target, self._lock, self._handle = target, lock, handle
        if alone:
            # What dead runs for this file did not finish: no living run has any.
            for left in list(target.parent.glob(f".finsam-{_mark(target)}-*.tmp")):
                with contextlib.suppress(OSError):
                    left.unlink()

    def is_for(self, target: Path) -> bool:
        """Whether it is this file's turn."""
        return _real(target) == self._target

    @property
    def temporary(self) -> Path:
        """Where this run writes the new file, beside the old so that no disk is crossed."""
        return self._target.with_name(f".finsam-{_mark(self._target)}-{os.getpid()}.tmp")

    def end(self) -> None:
        """Let the next run in. Nothing is left beside the file."""
        if self._handle < 0:
            return
        # POSIX: away before it is let go, or the next run's lock would be taken away.
        # Windows: a file that is open cannot be taken away, so whoever holds it keeps it.
        if sys.platform == "win32":
            os.close(self._handle)
            with contextlib.suppress(OSError):
                self._lock.unlink()
        else:
            with contextlib.suppress(OSError):
                self._lock.unlink()
            os.close(self._handle)
        self._handle = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()


def take(
    target: Path, told: Callable[[str], None] = lambda _: None, patience: float | None = None
) -> Turn:
    """Wait for the turn to write ``target``; raises ``WorkbookError`` when it does not come.

    Raises ``OSError`` where nothing can be written beside the file.
    """
    real = _real(target)
    lock = real.with_name(f".finsam-{_mark(real)}.lock")
    end = time.monotonic() + (PATIENCE if patience is None else patience)
    while True:
        turn = _try(real, lock)
        if turn is not None:
            return turn
        if time.monotonic() >= end:
            raise WorkbookError(
                "En annan körning håller på med filen. Inget är ändrat.",
                where=str(target),
                remedy="Vänta tills den är klar och kör igen.",
            )
        told(f"Väntar på en annan körning med {target.name}")
        time.sleep(_PAUSE)


def _real(target: Path) -> Path:
    return Path(os.path.realpath(target))


def _mark(target: Path) -> str:
    """Short, so that long names fit; the same for every way of writing a name."""
    name = unicodedata.normalize("NFC", target.name).casefold()
    return hashlib.sha256(name.encode(errors="surrogatepass")).hexdigest()[:12]


def _try(target: Path, lock: Path) -> Turn | None:
    """The turn, or ``None`` while another run has it."""
    handle = _opened(lock)
    if handle is None:
        return None
    try:
        alone = _locked(handle)
        if alone is not None and _is_still_there(lock, handle):
            return Turn(target, lock, handle, alone=alone)
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def _opened(lock: Path) -> int | None:
    """The lock's file, made if there is none; ``None`` if it cannot be had right now."""
    flags = getattr(os, "O_NOFOLLOW", 0)
    try:
        return os.open(lock, flags | os.O_RDWR | os.O_CREAT, _ALL_MAY_LOCK)
    except PermissionError:
        if not os.path.lexists(lock):
            raise
    # Someone else's: to read it is enough. On Windows it may be on its way out.
    try:
        return os.open(lock, flags | os.O_RDONLY)
    except OSError:
        return None


def _locked(handle: int) -> bool | None:
    """True once the file is ours, ``None`` if another run's, False where no disk can tell."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # A shared folder without locks: the last look before renaming is what remains.
        return False if error.errno in _NO_LOCKS else None
    return True


def _is_still_there(lock: Path, handle: int) -> bool:
    """Whether the run before us has not just taken the file away."""
    try:
        return os.path.samestat(os.fstat(handle), lock.stat())
    except OSError:
        return False
