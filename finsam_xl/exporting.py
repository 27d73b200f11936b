"""The figures of several workbooks in one tidy table: none that cannot be read stops the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_xl import actions
from finsam_xl.errors import FinsamError, InputError, naming
from finsam_xl.export import files
from finsam_xl.export.columns import FIGURES
from finsam_xl.export.figures import Line, figures
from finsam_xl.hosts.ooxml import Book, refuse, write_file
from finsam_xl.hosts.ooxml.engineprocess import Engine
from finsam_xl.records import NamedTuple
from finsam_xl.several import names

if TYPE_CHECKING:
    from finsam_xl.export.frames import Frame


class ReadFiles(NamedTuple):
    """The lines of all figures, by file in the order given, and what stands outside them.

    ``failed``: the files that cannot be read, with why; ``unread``: by file how many blocks of
    figures were not understood.
    """

    lines: tuple[Line, ...]
    failed: tuple[tuple[str, FinsamError], ...] = ()
    unread: tuple[tuple[str, int], ...] = ()


def read_files(
    paths: Sequence[Path], *, now: datetime, progress: Callable[[str], None] = lambda _: None
) -> ReadFiles:
    """The figures of workbook files; raises the error of the first where none can be read."""
    lines: list[Line] = []
    failed: list[tuple[str, FinsamError]] = []
    unread: list[tuple[str, int]] = []
    with closing(Engine()) as engine:
        for path, name in zip(paths, names(paths), strict=True):
            try:
                with (
                    naming(path),
                    Book(path, progress, today=now.date(), engine=engine) as book,
                ):
                    lines += [one.line(name) for one in figures(book.grid)]
                    if left := len(actions.unread(book.grid)):
                        unread.append((name, left))
            except FinsamError as error:
                failed.append((name, error))
    if failed and len(failed) == len(paths):
        raise failed[0][1]
    return ReadFiles(tuple(lines), tuple(failed), tuple(unread))


def export_files(
    paths: Sequence[Path],
    target: Path,
    *,
    now: datetime,
    is_data: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> ReadFiles:
    """Write the figures of workbook files to a CSV, Excel or Parquet file.

    ``is_data``: with the columns' own names, for programs. The target itself, which an earlier
    export left in the same folder, is none of them.
    """
    files.refuse_ending(target)
    refuse(target)
    paths = [path for path in paths if path.resolve() != target.resolve()]
    if not paths:
        raise InputError(
            "Det finns ingen annan bok att läsa än den fil som ska skrivas.",
            where=str(target),
            remedy="Ange arbetsböckerna, och en annan fil efter --till.",
        )
    read = read_files(paths, now=now, progress=progress)
    progress(f"Skriver {target.name}")
    write_file(
        target, files.content(target, read.lines, FIGURES, is_data=is_data), now, like=paths[0]
    )
    return read


def frame(paths: str | Path | Iterable[str | Path]) -> Frame:
    """The figures of workbook files, or of one, as a frame with the columns of ``export.columns``.

    A file that cannot be read raises ``WorkbookError``: no figures are missing without a word.
    """
    from finsam_xl.export.frames import of_lines

    several = [paths] if isinstance(paths, str | Path) else paths
    read = read_files([Path(path) for path in several], now=datetime.now().astimezone())
    if read.failed:
        raise read.failed[0][1]
    return of_lines(read.lines, FIGURES)
