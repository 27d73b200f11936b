"""Wiring a workbook file, and taking out again all that was put in: the front door to both.

>>> with wire(Path("budget.xlsx"), now) as change:  # doctest: +SKIP
...     print(change.lines)
...     change.write()
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from finsam_xl import __version__
from finsam_xl.actions import finsam
from finsam_xl.actions.wiring import Platform, fitting
from finsam_xl.address import position
from finsam_xl.errors import InputError, WorkbookError, naming
from finsam_xl.hosts.ooxml import Book, Saved
from finsam_xl.hosts.ooxml.edits import edited
from finsam_xl.hosts.ooxml.fitted import OF_LITE
from finsam_xl.hosts.ooxml.package import Package, is_folder
from finsam_xl.hosts.ooxml.wiring import cell_functions
from finsam_xl.hosts.ooxml.wiring import unwire as unwiring
from finsam_xl.hosts.ooxml.wiring import wire as wiring
from finsam_xl.hosts.ooxml.workbookpart import WorkbookPart
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.reading import run_log
from finsam_xl.reading.finsam_sheet import OWNER
from finsam_xl.reading.finsam_sheet import typed as corrections
from finsam_xl.reading.settings import typed as settings
from finsam_xl.records import NamedTuple
from finsam_xl.report import log_sheet
from finsam_xl.sheets.grid import Grid

Progress = Callable[[str], None]


class Change(NamedTuple):
    """What is about to be done: to which file, what is put in or taken out, and what to know.

    ``again``: the workbook was wired already, and is wired anew; ``functions``: the result cells
    that get one of our functions, each an edit of a value to a formula that gives it; ``rest``:
    how all else is.
    """

    target: Path
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    again: bool
    write: Callable[[], Saved]
    functions: tuple[CellEdit, ...] = ()
    rest: str = "Allt annat i boken är orört."


@contextmanager
def wire(
    path: Path,
    now: datetime,
    platform: Platform | None = None,
    out: Path | None = None,
    progress: Progress = lambda _: None,
    *,
    functions: bool | None = None,
) -> Iterator[Change]:
    """Buttons, code and the sheet *Start* in a workbook; nothing is written yet.

    ``platform``: where they are to work; else where they did, or in Excel on the desktop.
    ``functions``: whether result cells get our functions, where those give what is there; else
    as it was.
    """
    with opened(path, progress, now) as book, tempfile.TemporaryDirectory() as folder:
        old = unwiring.platform_of(book.package)
        chosen = platform or old or Platform.EXCEL
        source, suffix = path, path.suffix
        if old is not None:
            before = unwiring.unwired(book.package, path, book.grid.sheet)
            suffix = before.suffix
            source = Path(folder) / f"bok{suffix}"
            with source.open("w+b") as file:
                book.package.write(file, *before.rewriting)
        with Package(source) as plain:
            name = (out or path).stem
            fits = fitting(book.grid, name)
            run = Grid((), f"{plain.fingerprint.parts:08x}").run_name(now)
            # A sheet Finsam from before is hers; ours is made anew, with what is typed on it.
            has = WorkbookPart(plain).owners(local=False).values()
            sheets = () if OWNER in has else finsam.plan(book.grid, now.date(), run).sheets
            if run_log.OWNER not in has:
                sheets = (*sheets, log_sheet.build(run_log.entries(book.grid)))
            wish = wiring.Wish(
                fits.story, fits.tables, chosen, name, suffix, __version__,
                sheets=sheets,
            )  # fmt: skip
            edits: tuple[CellEdit, ...] = ()
            had = old is not None and cell_functions.are_there(WorkbookPart(book.package))
            if had if functions is None else functions:
                edits, filled = _with_functions(source, progress, now, chosen)
                wish = wish._replace(functions=filled)
            made = wiring.wired(plain, book.grid.sheet, wish)
            target = target_of(path, made.suffix, out)
            yield Change(
                target,
                made.added,
                made.notes,
                old is not None,
                lambda: book.rewrite(plain, made.rewriting, target, now),
                edits,
            )


def _with_functions(
    source: Path, progress: Progress, now: datetime, platform: Platform
) -> tuple[tuple[CellEdit, ...], cell_functions.Filled]:
    """The result cells of a workbook that get our functions, and its sheets with them."""
    # Only whoever wants them waits for the functions to be loaded.
    from finsam_xl.actions import functions_chosen

    with Book(source, progress, today=now.date()) as book:
        found = functions_chosen.plan(book.grid, now.date())
        protected = {e.sheet for e in found.edits if book.part(e.sheet).is_protected}
        if protected:
            found = functions_chosen.plan(book.grid, now.date(), protected)
        new = Plan(tuple(edit for edit in found.edits if edit.old != edit.new))
        results = book.recalculated(new)
        prefix = OF_LITE if platform is Platform.LITE else ""
        edits = tuple(
            edit._replace(formula=edit.formula.replace("FINSAM_", f"{prefix}FINSAM_"))
            for edit in found.edits
        )
        places: dict[str, list[tuple[int, int]]] = {}
        for edit in edits:
            places.setdefault(edit.sheet, []).append(position(edit.cell))
        filled = cell_functions.Filled(
            edited(book, Plan(edits), results),
            places,
            sum(edit.old is None for edit in edits),
            recalculates=bool(results.left_to_excel),
            told=(
                *(f"{name} är skyddat och får inga funktioner." for name in sorted(protected)),
                *found.left,
            ),
        )
    return found.edits, filled


@contextmanager
def unwire(
    path: Path, now: datetime, out: Path | None = None, progress: Progress = lambda _: None
) -> Iterator[Change]:
    """A workbook without anything of ours; nothing is written yet."""
    with opened(path, progress, now) as book:
        if unwiring.platform_of(book.package) is None:
            raise WorkbookError(
                "Arbetsboken är inte kopplad: inget av vårt finns i den.",
                where=str(path),
                remedy="Koppla den med finsam-xl koppla.",
            )
        made = unwiring.unwired(book.package, path, book.grid.sheet)
        target = target_of(path, made.suffix, out)
        lines = ["Knappar, menyflik, kod och bladet Start tas bort", *_gone(book.grid)]
        if made.has_functions:
            lines.append("Celler med Finsams funktioner får sina värden")
        notes = []
        if made.left:
            notes.append(
                f"{', '.join(made.left)} visar fel och behåller sin funktion. Räkna om boken där "
                "funktionerna finns, eller skriv värdena själv."
            )
        said = (
            "Boken blir byte för byte den som kopplades."
            if made.is_original
            else "Det som har ändrats sedan boken kopplades står kvar, också rapportblad."
        )
        yield Change(
            target,
            tuple(lines),
            (*notes, said),
            again=False,
            write=lambda: book.rewrite(book.package, made.rewriting, target, now),
        )


@contextmanager
def opened(path: Path, progress: Progress, now: datetime) -> Iterator[Book]:
    """The workbook; an error says which file it is about."""
    with naming(path), Book(path, progress, today=now.date()) as book:
        yield book


def _gone(grid: Grid) -> Iterator[str]:
    """What a person has in the sheets that go: her corrections and settings, and the log."""
    typed = sum(1 for _ in corrections(grid)) + sum(1 for _ in settings(grid))
    if typed:
        yield f"Bladet Finsam, med {typed} rättelser och inställningar som du har skrivit"
    runs = {one.run for one in run_log.standing(run_log.entries(grid))}
    if runs:
        count = "1 körning" if len(runs) == 1 else f"{len(runs)} körningar"
        yield f"Bladet Finsam-logg: {count} går sedan inte att ångra"


def target_of(path: Path, suffix: str, out: Path | None) -> Path:
    """Where the result goes: ``out``, the file itself, or beside it under the new ending."""
    if out is not None and not is_folder(out) and out.suffix.lower() != suffix.lower():
        raise InputError(
            f"Filen ska sluta på {suffix}.",
            where=str(out),
            remedy="Ändra namnet efter --out.",
        )
    if out is not None or path.suffix.lower() == suffix.lower():
        return out or path
    beside = path.with_suffix(suffix)
    if os.path.lexists(beside):
        raise InputError(
            "Filen finns redan bredvid och skrivs inte över.",
            where=str(beside),
            remedy=f'Ange ett annat namn: --out "{path.stem} (ny){suffix}".',
        )
    return beside
