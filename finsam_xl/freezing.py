"""Freezing a workbook for others, as a copy without anything that runs: the front door.

>>> with freeze(Path("budget.xlsm"), now, out=Path("budget.xlsx")) as change:  # doctest: +SKIP
...     print(change.lines)
...     change.write()
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from finsam_xl.errors import FinsamError, InputError, WorkbookError
from finsam_xl.hosts.ooxml import Saved, write_file
from finsam_xl.hosts.ooxml.freezing import freeze as freezing
from finsam_xl.hosts.ooxml.freezing.freeze import Frozen
from finsam_xl.hosts.ooxml.package import Package
from finsam_xl.reading import run_log
from finsam_xl.sheets.grid import Grid
from finsam_xl.wiring import Change, Progress, opened, target_of

_LONGEST = 60
_SAVE_FIRST = "Spara den i en mapp på datorn, eller frys den sparade filen med finsam-xl frys."
_REST = "Allt annat är som i boken; den är orörd."


@contextmanager
def freeze(
    path: Path,
    now: datetime,
    out: Path,
    *,
    pdf: Path | None = None,
    names: bool = False,
    progress: Progress = lambda _: None,
) -> Iterator[Change]:
    """A copy for others at ``out``; nothing is written yet.

    ``pdf``: where the reports of the copy are printed as well; ``names``: those of persons stay.
    """
    target = target_of(path, freezing.SUFFIX, out)
    if target.exists() and path.exists() and target.samefile(path):
        raise InputError(
            "Kopian kan inte ha samma namn som boken.",
            where=str(out),
            remedy="Ange ett annat namn efter --out.",
        )
    with opened(path, progress, now) as book:
        mark = f"fryst {now:%Y-%m-%d} ur {_short(path.name)}"
        line = f"F{mark[1:]}, {_run(book.grid)}. Inga Finsamfunktioner, ingen kod."
        made = freezing.frozen(book, freezing.Wish(line, mark, names))
        lines = (*made.done, _told(line, made))
        if pdf is not None:
            lines = (*lines, f"{_reports(made, pdf)} skrivs ut som {pdf.name}")

        def write() -> Saved:
            printed = b"" if pdf is None else _printed(book.package, made)
            saved = book.rewrite(book.package, made.rewriting, target, now)
            if pdf is not None:
                write_file(pdf, printed, now, like=saved.path)
            return saved

        yield Change(target, lines, made.notes, again=False, write=write, rest=_REST)


def freeze_open(
    name: str,
    folder: str,
    now: datetime,
    save_copy: Callable[[Path], object],
    *,
    within: Path | None = None,
) -> str:
    """Freeze what an open workbook holds right now, as a file beside it; gives what is told.

    ``folder``: where the workbook is; ``save_copy``: saves it as it stands under another name,
    somewhere below ``within``.
    """
    if not folder or not Path(folder).is_dir():
        raise WorkbookError(f"{name} ligger inte i en mapp på datorn.", remedy=_SAVE_FIRST)
    target = Path(folder) / f"{Path(name).stem} (fryst {now:%Y-%m-%d}){freezing.SUFFIX}"
    with tempfile.TemporaryDirectory(dir=within) as place:
        copy = Path(place, name)
        try:
            save_copy(copy)
            with freeze(copy, now, target) as change:
                saved = change.write()
        except FinsamError as error:
            error.where = error.where.replace(str(copy), name)
            raise
    said = "\n".join(f"• {line}." for line in change.lines)
    told = f"Kopian heter {saved.path.name} och ligger bredvid boken."
    return "\n\n".join((told, said, *change.notes))


def _short(name: str) -> str:
    """A file's name as far as there is room for it on a report."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def _run(grid: Grid) -> str:
    """The last run of the log, which goes with the rest."""
    runs = run_log.runs(run_log.entries(grid))
    if not runs:
        return "ingen körning i loggen"
    name, (first, *_) = runs[-1]
    return f"senaste körning {name} ({first.action})"


def _told(line: str, made: Frozen) -> str:
    where = "egenskaper" + (" och på rapportbladen" if made.reports else "")
    return f"I kopians {where} står: {line}"


def _reports(made: Frozen, pdf: Path) -> str:
    if pdf.suffix.lower() != ".pdf":
        raise InputError(
            "Filen ska sluta på .pdf.", where=str(pdf), remedy="Ändra namnet efter --pdf."
        )
    if not made.reports:
        raise WorkbookError(
            "Boken har inget rapportblad att skriva ut.",
            remedy="Gör rapporter först (finsam-xl rapport), eller utelämna --pdf.",
        )
    return ", ".join(made.reports)


def _printed(package: Package, made: Frozen) -> bytes:
    """The reports of the copy as PDF: the other sheets are hidden while they are printed."""
    from finsam_xl.hosts.ooxml.book import Book
    from finsam_xl.hosts.ooxml.planned import planned
    from finsam_xl.hosts.pdf import as_pdf
    from finsam_xl.hosts.pdf.tagging import tagged

    part = package.workbook
    whole = made.rewriting.changed.get(part, package.read(part))
    shown = freezing.with_only(whole, part, made.reports)
    changed = {**made.rewriting.changed, part: shown}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "kopia.xlsx")
        with path.open("wb") as file:
            package.write(file, changed, made.rewriting.removed)
        with Book(path) as copy:
            sheets = planned(copy, made.reports)
        return tagged(as_pdf(path.read_bytes()), sheets)
