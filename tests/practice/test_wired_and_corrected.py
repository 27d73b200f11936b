"""Other offices' workbooks wired, put right on the sheet *Finsam*, recalculated and unwired.

Each as it is, and with every result emptied that the truth knows. What is then filled in is the
truth's; what stays blank is listed here with the reason. Without the buttons the workbook is,
byte for byte, what it was before: but for the cells that were filled in.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import openpyxl
import pytest

from finsam_xl.address import a1, position
from finsam_xl.hosts.ooxml import Book
from finsam_xl.model import Finding
from finsam_xl.reading.finsam_sheet import typed
from support.corrector import Corrector, Wish
from support.practice import FOLDER, Place, Workbook, names
from support.practice import workbook as practice
from support.truth import holds, jobs, known_values
from support.wired import parts, unwired, wired
from support.workbooks import copy, workbook

_EMPTY_ROW = re.compile(rb"<row [^>]*(?:/>|></row>)")
_TEXTS = "xl/sharedStrings.xml"
_OF_CONTRADICTION = "En tryckt summa är fel med flit, och det som hänger på den frågas det om."
_OF_NETTED = "Projektet har ingen budget, så resultatets budget frågas det om."
_OF_KEYS = "Summan av medlemsavgifternas nyckel eller andel fylls inte i."
LEFT: dict[str, tuple[str, str]] = {
    "07-ekhamra": (
        "E7 E8 E9 E10 E11 E14 E15 E16 E17 E19 E20 E21 C23 F23 G23 H23 C24 F24 G24 H24",
        _OF_CONTRADICTION,
    ),
    "17-kvisterum": ("C14", _OF_KEYS),
    "19-ljustrask": ("C12", _OF_KEYS),
    "27-pilhult": ("D22 E22", _OF_NETTED),
    "33-tallmora": ("C17 D17", _OF_CONTRADICTION),
}
"""The results that stay blank, with why: none else may, and none of these be filled in."""


class Outcome(NamedTuple):
    """What came of a workbook.

    ``typed``: how many corrections; ``left``: those that the reading still does not follow;
    ``edits``: what was filled in; ``before`` and ``after``: the parts without buttons.
    """

    typed: int
    left: list[Wish]
    told: list[Finding]
    edits: dict[Place, Any]
    before: dict[str, bytes]
    after: dict[str, bytes]


def _results(book: Workbook) -> set[Place]:
    """Every result that the truth knows and that nothing contradicts."""
    return {place for job in jobs(book) for place in job}


def _asked(book: Workbook) -> set[Place]:
    """The cells that are blank and wait to be filled in."""
    return {
        (table["sheet"], *position(one["cell"]))
        for table in book.tables
        for one in table.get("fill", [])
    }


@cache
def _outcome(name: str, *, is_emptied: bool) -> Outcome:
    book = practice(name)
    wanted = _asked(book) | (_results(book) if is_emptied else set())
    with TemporaryDirectory() as folder:
        path = copy(FOLDER / "books" / f"{name}.xlsx", Path(folder))
        if is_emptied:
            _empty(path, wanted)
        made = wired(path, out=path.with_suffix(".xlsm"))
        corrector = Corrector(made, book.tables, wanted)
        corrector.correct()
        with Book(made) as file:
            left, says = list(corrector.wrong(file.grid)), typed(file.grid)
        with workbook(made) as opened:
            result = opened.recompute()
            opened.apply(result)
        assert len(says) == len(corrector.typed)
        edits = {
            (edit.sheet, *position(edit.cell)): edit.new
            for edit in result.plan.edits
            if not edit.keeps_value
        }
        told = [one for one in result.findings if one.sheet == "Finsam"]
        back = unwired(made, path.with_name("tillbaka.xlsx"))
        return Outcome(len(says), left, told, edits, parts(path), parts(back))


def _empty(path: Path, places: set[Place]) -> None:
    """The workbook with typed figures, and some of them gone."""
    book = openpyxl.load_workbook(path, data_only=True)
    for sheet, row, column in places:
        book[sheet].cell(row, column).value = None
    book.save(path)


every_book = pytest.mark.parametrize("name", names())
either_way = pytest.mark.parametrize("is_emptied", [False, True], ids=["as-it-is", "emptied"])


@every_book
@either_way
def test_what_is_typed_is_followed(name: str, is_emptied: bool) -> None:
    """Everything is read as the truth says, and no correction is refused."""
    outcome = _outcome(name, is_emptied=is_emptied)
    print(f"{name}: {outcome.typed} corrections")
    assert outcome.left == []
    assert outcome.told == []


@every_book
@either_way
def test_the_truths_figures(name: str, is_emptied: bool) -> None:
    """Every figure filled in is the truth's; all are, but for those that it is asked about."""
    book, outcome = practice(name), _outcome(name, is_emptied=is_emptied)
    known = known_values(book)
    for table in book.tables:
        for one in table.get("fill", []):
            place = (table["sheet"], *position(one["cell"]))
            known.setdefault(place, []).append((one["value"], False))
    wanted = _asked(book) | (_results(book) if is_emptied else set())
    wrong = {
        place: new
        for place, new in outcome.edits.items()
        if not any(holds(new, value, is_share) for value, is_share in known.get(place, []))
    }
    assert wrong == {}
    blank = " ".join(
        sorted((a1(*place[1:]) for place in wanted - outcome.edits.keys()), key=position)
    )
    assert blank == (LEFT.get(name, ("", ""))[0] if is_emptied else "")


@every_book
@either_way
def test_nothing_but_the_filled_cells_differs(name: str, is_emptied: bool) -> None:
    """Every part byte for byte, but the sheets with those cells, and there only they.

    A word that was filled in stands last among the workbook's texts.
    """
    outcome = _outcome(name, is_emptied=is_emptied)
    assert list(outcome.after) == list(outcome.before)
    with TemporaryDirectory() as folder:
        sheets = _sheet_parts(name, Path(folder))
    cells: dict[str, set[str]] = {}
    for sheet, row, column in outcome.edits:
        cells.setdefault(sheets[sheet], set()).add(a1(row, column))
    differ = {part for part, data in outcome.after.items() if data != outcome.before[part]}
    if _TEXTS in differ and any(isinstance(new, str) for new in outcome.edits.values()):
        differ.remove(_TEXTS)
        texts = outcome.before[_TEXTS].partition(b"<si>")[2].removesuffix(b"</sst>")
        assert outcome.after[_TEXTS].partition(b"<si>")[2].startswith(texts)
    assert differ == cells.keys()
    for part in differ:
        assert _without(outcome.after[part], cells[part]) == _without(
            outcome.before[part], cells[part]
        )


def _without(data: bytes, cells: set[str]) -> bytes:
    """A sheet without some cells, and without rows that then hold nothing."""
    for cell in cells:
        element = rb'<c r="%s"[^>/]*(?:/>|>.*?</c>)' % cell.encode()
        data, count = re.subn(element, b"", data, flags=re.DOTALL)
        assert count <= 1
    return _EMPTY_ROW.sub(b"", data)


def _sheet_parts(name: str, folder: Path) -> dict[str, str]:
    """The part of each sheet of a practice workbook."""
    book = openpyxl.load_workbook(FOLDER / "books" / f"{name}.xlsx", read_only=True)
    return {sheet: f"xl/worksheets/sheet{n}.xml" for n, sheet in enumerate(book.sheetnames, 1)}
