"""Next year's workbook from this year's: the front door.

>>> with new_year(Path("2026.xlsx"), Path("2027.xlsx"), now) as coming:  # doctest: +SKIP
...     print(coming.told)
...     coming.write()
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from math import isclose
from pathlib import Path

from finsam_xl.actions import new_year as action
from finsam_xl.actions import tables
from finsam_xl.actions.gates import hindrances
from finsam_xl.actions.new_year_told import Told, What, areas, in_order
from finsam_xl.address import a1, meet, position
from finsam_xl.errors import InputError, naming
from finsam_xl.hosts.ooxml import Book, Saved, newyear
from finsam_xl.hosts.ooxml.package import Package
from finsam_xl.hosts.ooxml.recalculation import Place, Recalculation
from finsam_xl.model import Ref, shortened
from finsam_xl.money import exact, swedish
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.reading.corrections import shown
from finsam_xl.reading.year_text import moved
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Cell, Value, is_number

Progress = Callable[[str], None]
_DECIMALS, _NEAR = 2, 0.005


class Coming(NamedTuple):
    """What is about to be done: from which year, to which file, and what becomes of each sheet.

    ``sheets``: new names by the old; ``edits``: every cell that changes.
    """

    year: int
    target: Path
    told: tuple[Told, ...]
    sheets: Mapping[str, str]
    edits: tuple[CellEdit, ...]
    write: Callable[[], Saved]


@contextmanager
def new_year(
    path: Path,
    out: Path,
    now: datetime,
    year: int | None = None,
    progress: Progress = lambda _: None,
) -> Iterator[Coming]:
    """Next year's workbook; nothing is written yet. ``year``: this year's, if it must be told."""
    _check(path, out)
    with naming(path), Book(path, progress, today=now.date()) as book:
        plan, results = _planned(book, year)
        with tempfile.TemporaryDirectory() as folder:
            filled = Path(folder) / path.name
            saved = book.save(plan.plan, filled, now, results)
            with Package(filled) as package:
                made = newyear.made(package, _wish(plan))
                told = [
                    *plan.told,
                    *_seen(book, plan, results),
                    *_lost(plan, filled, now),
                    *_outside(plan, made),
                    *(Told(f.sheet or "", What.ASKED, f.message) for f in saved.findings),
                    *_protected(book, plan.plan, filled),
                ]
                yield Coming(
                    plan.year,
                    out,
                    in_order(told, book.sheet_names),
                    plan.sheets,
                    plan.plan.edits,
                    lambda: book.rewrite(package, made.rewriting, out, now),
                )


def _check(path: Path, out: Path) -> None:
    if out.suffix.lower() != path.suffix.lower():
        raise InputError(
            f"Filen ska sluta på {path.suffix}, som arbetsboken.",
            where=str(out),
            remedy="Ändra namnet efter --out.",
        )
    if out.exists() and path.exists() and out.samefile(path):
        raise InputError(
            "Årets bok lämnas orörd.",
            where=str(out),
            remedy="Ange ett annat namn efter --out, till exempel med nästa år.",
        )


def _planned(book: Book, year: int | None) -> tuple[action.NewYear, Recalculation]:
    """The plan, once every heading that is a formula is seen to follow."""
    unsure: set[tuple[str, str]] = set()
    while True:
        plan = action.plan(book.grid, year, book.sheet_names, unsure)
        results = _without_old(book.recalculated(plan.plan))
        wrong = [ref for ref, text in plan.headings if not _says(_value(book, results, ref), text)]
        found = {
            (one.table.real_sheet, one.table.range)
            for one in plan.rolled
            for ref in wrong
            if ref.sheet == one.table.real_sheet and _is_in(ref, one.table.area)
        }
        if not found - unsure:
            return plan, results
        unsure |= found


def _without_old(results: Recalculation) -> Recalculation:
    """The results, with none where only the spreadsheet program can tell: never last year's."""
    blank: dict[Place, Value] = dict.fromkeys(results.left_to_excel)
    return results._replace(values={**blank, **results.values})


def _says(value: Value, text: str) -> bool:
    return shown(Cell(value)) == text


def _is_in(ref: Ref, area: tuple[int, int, int, int]) -> bool:
    place = position(ref.cell)
    return meet((*place, *place), area)


def _value(book: Book, results: Recalculation, ref: Ref) -> Value:
    """What a cell will show."""
    place = position(ref.cell)
    known = results.values.get((ref.sheet, *place))
    if (ref.sheet, *place) in results.values:
        return known
    return book.grid.sheet(ref.sheet).cell(*place).value


def _wish(plan: action.NewYear) -> newyear.Wish:
    headings: dict[str, list[CellEdit]] = {}
    for edit in plan.plan.edits:
        if edit.why == What.HEADING:
            headings.setdefault(edit.sheet, []).append(edit)
    noted = dict.fromkeys(one.table.real_sheet for one in plan.rolled)
    return newyear.Wish(plan.sheets, plan.dropped, tuple(noted), f"{plan.year}: ", headings)


def _protected(book: Book, plan: Plan, filled: Path) -> Iterator[Told]:
    """The sheets that are protected, in which the new book is changed all the same."""
    for one in hindrances(book.gates(filled), plan, logs=False):
        yield Told(one.sheet, What.ASKED, one.finding.message)


# What is seen once it is calculated -------------------------------------------------------------


def _seen(book: Book, plan: action.NewYear, results: Recalculation) -> Iterator[Told]:
    """Formulas that do not show what they should, and those of others that the change reaches."""
    yield from _unlike(book, plan, results)
    still = [ref for ref in plan.formulas if _is_amount(_value(book, results, ref))]
    for sheet, cells in _by_sheet(still).items():
        text = f"formler som fortfarande ger tal, av det som står kvar: {areas(cells)}"
        yield Told(sheet, What.ASKED, text)
    known = frozenset().union(*(one.known for one in plan.rolled))
    bodies = [(one.table.real_sheet, one.table.area) for one in plan.rolled]
    others = [
        Ref(sheet, a1(row, column))
        for (sheet, row, column), value in results.values.items()
        if _changes(book.grid.sheet(sheet).cell(row, column).value, value, known)
        and not any(
            name == sheet and meet((row, column, row, column), area) for name, area in bodies
        )
    ]
    for sheet, cells in _by_sheet(others).items():
        text = f"formler som följer det som är ändrat, i det som står kvar: {areas(cells)}"
        yield Told(sheet, What.ASKED, text)


def _unlike(book: Book, plan: action.NewYear, results: Recalculation) -> Iterator[Told]:
    """Formulas of last year's columns that do not give what stands in this year's book."""
    wrong: dict[str, dict[str, str]] = {}
    for one in plan.plan.expected:
        value = _value(book, results, Ref(one.sheet, one.cell))
        if not isinstance(value, int | float) or not isclose(value, one.value, abs_tol=_NEAR):
            had = f"{swedish(exact(one.value), _DECIMALS)} {one.why}"
            wrong.setdefault(one.sheet, {})[one.cell] = f"{_told(value)} mot {had}"
    for sheet, cells in wrong.items():
        first, said = next(iter(cells.items()))
        text = f"{areas(cells)}: formler ger inte årets tal; {first} ger {said}"
        yield Told(sheet, What.ASKED, text)


def _changes(old: Value, new: Value, known: Collection[int]) -> bool:
    """Whether a formula shows something else, and not only the same text of the new year."""
    return new != old and not (type(old) is str and moved(old, known).text == new)


def _told(value: Value) -> str:
    return swedish(exact(value), _DECIMALS) if is_number(value) else f"”{shown(Cell(value))}”"


def _lost(plan: action.NewYear, filled: Path, now: datetime) -> Iterator[Told]:
    """The tables that nothing tells what they are until figures are filled in."""
    with Book(filled, today=now.date()) as book:
        found = [(table.real_sheet, table.area) for table in tables(book.grid)]
    for one in plan.rolled:
        if not any(
            name == one.table.real_sheet and meet(area, one.table.area) for name, area in found
        ):
            text = f"{one.table.range} läses som tabell först när den har tal"
            yield Told(one.table.real_sheet, What.ASKED, text)


def _is_amount(value: Value) -> bool:
    return is_number(value) and value != 0


def _by_sheet(refs: Iterable[Ref]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for ref in refs:
        found.setdefault(ref.sheet, []).append(ref.cell)
    return found


def _outside(plan: action.NewYear, made: newyear.Made) -> Iterator[Told]:
    """Notes, and what stands outside the cells."""
    known = frozenset({plan.year, plan.year + 1})
    for sheet, marked in made.notes.items():
        if marked.cells:
            yield Told(sheet, What.COMMENT, f"anteckningarna vid {areas(marked.cells)}")
        if marked.threads:
            text = f"trådade kommentarer står kvar omärkta vid {areas(set(marked.threads))}"
            yield Told(sheet, What.ASKED, text)
    for sheet, where, text in made.texts:
        if moved(text, known).text != text or moved(text, known).left:
            yield Told(sheet, What.ASKED, f"{where} nämner ett år: ”{shortened(text)}”")
    for sheet in made.pivots:
        yield Told(sheet, What.ASKED, "pivottabellen visar förra årets tal tills den uppdateras")
    if made.has_code and plan.sheets:
        old = ", ".join(plan.sheets)
        yield Told("", What.ASKED, f"egna makron som nämner bladen {old} vid namn ändras inte")
