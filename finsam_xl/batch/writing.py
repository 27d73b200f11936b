"""A batch from a folder to files: the summary, the tidy table, and what the next run needs."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from finsam_xl.batch import pages
from finsam_xl.batch.batch import Asked, Outcome, Progress, find, run
from finsam_xl.batch.kept import Shelf
from finsam_xl.errors import InputError, WorkbookError
from finsam_xl.hosts.ooxml import new_book, refuse, write_file
from finsam_xl.records import NamedTuple

_BOOK, _TABLE, _SHELF = ".xlsx", " siffror.csv", ".minne"


class Made(NamedTuple):
    """What came of a batch, and the files that were written."""

    outcome: Outcome
    book: Path
    table: Path


def write(folder: Path, out: Path, asked: Asked, progress: Progress = lambda *_: None) -> Made:
    """Read all books below a folder, and write what is known of them beside each other.

    Raises ``InputError`` where there is none, or ``out`` is no name for a workbook, and
    ``WorkbookError`` where nothing can be written there.
    """
    if out.suffix.lower() != _BOOK:
        raise InputError(
            f"Filen ska sluta på {_BOOK}.", where=str(out), remedy="Ändra namnet efter --out."
        )
    refuse(out)
    table = out.with_name(f"{out.stem}{_TABLE}")
    shelf = Shelf(out.with_name(f"{out.stem}{_SHELF}"))
    found = find(folder, (out,))
    outcome = run(found, asked, shelf, progress)
    shelf.thin(outcome.keys)
    _write_lines(table, outcome, is_data=asked.is_data)
    sheets = pages.build(outcome, folder, out, table.name, asked.now)
    like = next(iter(found.paths.values()), folder / "")
    write_file(out, new_book(sheets, pages.TITLE), asked.now, like=like)
    return Made(outcome, out, table)


def _write_lines(target: Path, outcome: Outcome, *, is_data: bool) -> None:
    """The tidy table, whole or not at all; it is made anew each time, and no backup is kept."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(outcome.lines(is_data=is_data))
        temporary.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise WorkbookError(
            f"Tabellen med alla siffror går inte att skriva ({error.strerror or error}).",
            where=str(target),
            remedy="Stäng filen om den är öppen, frigör utrymme, eller välj en annan --out.",
        ) from error
