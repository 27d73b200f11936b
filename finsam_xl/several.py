"""Several workbooks checked together: none that cannot be read stops the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path

from finsam_xl.actions import check as actions
from finsam_xl.actions import tables
from finsam_xl.address import real_name
from finsam_xl.errors import FinsamError, naming
from finsam_xl.hosts.ooxml import Book
from finsam_xl.hosts.ooxml.engineprocess import Engine
from finsam_xl.model import Finding, Ref
from finsam_xl.records import NamedTuple


class CheckedFiles(NamedTuple):
    """What was found, the worst first, how many figures were looked at, and in which files.

    ``sheets``: every sheet that was read, in the order of files and sheets, without a cell;
    ``tables``: the area of every table.
    """

    findings: tuple[Finding, ...]
    figures: int
    files: tuple[str, ...]
    sheets: tuple[Ref, ...]
    tables: tuple[Ref, ...]


def check_files(
    paths: Sequence[Path], *, now: datetime, progress: Callable[[str], None] = lambda _: None
) -> CheckedFiles:
    """Check workbook files by themselves and against each other.

    A file that cannot be read, or has nothing to check, is a finding. Raises the error of
    the first where none can be read.
    """
    called = names(paths)
    books: list[actions.Book] = []
    failed: list[Finding] = []
    errors: list[FinsamError] = []
    engine = Engine()
    with ExitStack() as opened:
        opened.callback(engine.close)
        for path, name in zip(paths, called, strict=True):
            try:
                book = opened.enter_context(Book(path, progress, today=now.date(), engine=engine))
                books.append(actions.Book(name, book.grid))
            except FinsamError as error:
                errors.append(error)
                failed.append(actions.unreadable(name, error))
        with naming(paths[0]):
            if not books and errors:
                raise errors[0]
            progress("Kontrollerar")
            checked = actions.check(books, today=now.date())
        sheets = tuple(
            Ref(sheet.name, "", book.file) for book in books for sheet in book.grid.sheets
        )
        areas = tuple(ref for book in books for ref in _areas(book))
    found = (*failed, *checked.findings)
    return CheckedFiles(found, checked.figures, tuple(called), sheets, areas)


def _areas(book: actions.Book) -> list[Ref]:
    """The area of every table; none where the check has said already what stands in the way."""
    with suppress(FinsamError):
        return [Ref(real_name(t.sheet), t.range, book.file) for t in tables(book.grid)]
    return []


def names(paths: Sequence[Path]) -> list[str]:
    """What the files are called in findings: their names, with folders where two are alike."""
    counts = Counter(path.name for path in paths)
    return [path.name if counts[path.name] == 1 else str(path) for path in paths]
