"""The older part of a workbook's log, kept in a text file beside it that any program reads."""

from __future__ import annotations

import contextlib
import csv
import errno
import io
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from finsam_xl.hosts.ooxml import rights

_MARK = b"\xef\xbb\xbf"
"""By which a spreadsheet program in Swedish knows the letters; it knows the columns by ``;``."""
_END = b"\r\n"


@contextlib.contextmanager
def appended(
    workbook: Path, like: Path, headings: Sequence[str], rows: Iterable[Sequence[object]]
) -> Iterator[bool]:
    """Put rows last in the archive of a workbook's log; gives whether that could be done.

    The archive is as it was if what is done meanwhile fails. ``like``: who may read that file may
    read a new archive.
    """
    file = workbook.with_name(f"{workbook.stem} (finsam-logg).csv")
    try:
        restore = _append(file, like, [_line(headings), *map(_line, rows)])
    except OSError:
        yield False
        return
    try:
        yield True
    except BaseException:
        restore()
        raise


def _append(file: Path, like: Path, lines: Sequence[bytes]) -> Callable[[], None]:
    """Write the lines, the headings first, as far as they are not there; gives what undoes it."""
    is_new = not os.path.lexists(file)
    if not is_new and not file.is_file():
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))  # a pipe may wait for ever
    old = b"" if is_new else file.read_bytes()

    def restore() -> None:
        with contextlib.suppress(OSError):
            file.unlink() if is_new else os.truncate(file, len(old))

    with file.open("xb" if is_new else "ab") as stream:
        try:
            if is_new:
                rights.pass_on(like, file)
            stream.write(b"".join([_MARK, *lines] if is_new else _missing(old, lines[1:])))
            stream.flush()
        except BaseException:
            restore()
            raise
    return restore


def _missing(old: bytes, lines: Sequence[bytes]) -> Iterator[bytes]:
    """The lines that a run which was killed has not put there already."""
    if not old.endswith(_END):
        yield _END
    there = range(len(lines), 0, -1)
    yield from lines[next((n for n in there if old.endswith(b"".join(lines[:n]))), 0) :]


def _line(row: Sequence[object]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator=_END.decode()).writerow(
        ["" if value is None else value for value in row]
    )
    return text.getvalue().encode()
