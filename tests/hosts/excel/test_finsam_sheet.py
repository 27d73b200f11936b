"""The sheet *Finsam* made in Excel: read back by the next run, in Excel or on the file."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import openpyxl

from finsam_xl.actions import finsam
from finsam_xl.hosts.excel import apply, fetch, read
from support.finsam_sheets import SAYS, figures, saved
from support.office_actions import Executor
from support.office_js import Client, lite, payload
from support.workbooks import NOW


def _made(xw: Any, path: Path, out: Path) -> list[str]:
    """The sheet made in xlwings Lite and saved; gives the notes."""
    client = Client(path, xw.__version__)
    with lite(client):
        book = xw.Book(json=payload(path, xw.__version__))
        known = asyncio.run(fetch(book))
        grid = read(book, known)
        applied = apply(book, finsam.plan(grid, NOW.date(), "körning"), known)
    executor = Executor(openpyxl.load_workbook(path))
    executor.run(book.json()["actions"])
    executor.book.save(out)
    return list(applied.notes)


def _say(path: Path) -> None:
    """Type the corrections at their rows."""
    book = openpyxl.load_workbook(path)
    for row in book["Finsam"].iter_rows():
        if row[1].value in SAYS:
            row[5].value = SAYS[row[1].value]
    book.save(path)


def test_made_in_excel_typed_in_and_followed_by_both(xw: Any, tmp_path: Path) -> None:
    """The names lie over the tables, the key's column is hidden, and what is typed counts."""
    source, made = saved(tmp_path), tmp_path / "gjord.xlsx"
    notes = _made(xw, source, made)
    assert any("Listorna" in note for note in notes)  # Lite makes none, and it is said
    book = openpyxl.load_workbook(made)
    assert book.defined_names["_finsam_tabell_1"].attr_text == "'Blad'!$A$3:$D$8"
    assert book["Finsam"].column_dimensions["G"].width <= 0
    assert figures(made) == {}
    _say(made)
    filled = figures(made)
    assert (filled["B8"], filled["D8"]) == (510, -12)
    again = tmp_path / "igen.xlsx"
    _made(xw, made, again)
    assert figures(again) == filled
    told = [row[5].value for row in openpyxl.load_workbook(again)["Finsam"].iter_rows()]
    assert [text for text in told if text in SAYS.values()] == [*SAYS.values()]
