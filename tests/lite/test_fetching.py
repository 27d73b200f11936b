"""*Hämta utfall* in xlwings Lite: a ledger pasted on a sheet, fetched in Pyodide and taken back."""

from __future__ import annotations

import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
from conftest import missing

from support import lite_books, pyodide
from support.bookkeeping import FOLDER, SHEET, in_notepad, office
from support.commands import finsam_xl
from support.office_actions import Executor

BUTTON = "FinsamHamtaUtfall"
T2 = FOLDER / "forbund_2025_T2.se"
Values = dict[str, Any]


def lite_book(folder: Path, *sheets: tuple[str, str]) -> Path:
    """The follow-up wired for Lite, with texts pasted on sheets, a line in each cell."""
    path = office(folder)
    book = openpyxl.load_workbook(path)
    for title, text in sheets:
        sheet = book.create_sheet(title)
        for row, line in enumerate(text.splitlines(), 1):
            sheet.cell(row, 1, line)
    book.save(path)
    out = folder / "lite.xlsx"
    wired = finsam_xl("koppla", path, "--for", "lite", "--out", out)
    assert wired.code == 0, wired.err
    return out


def clicked(path: Path, button: str, folder: Path, minute: int = 0) -> tuple[str, Any]:
    """A click in Pyodide, its actions carried out and the workbook saved; what it told, and it."""
    found = pyodide.runtime()
    if isinstance(found, str):
        missing(found)
    now = datetime(2025, 9, 15, 10, 0).astimezone() + timedelta(minutes=minute)
    job = {
        "main": lite_books.main_source(path),
        "now": now.isoformat(),
        "calls": [["FINSAM_ANDEL", [[[1.0]], [[2.0]]]]],
        "clicks": [button],
        "books": {"bok": lite_books.told(path)},
    }
    folder.mkdir()
    answer = found.run(job, folder)["clicks"]["bok"][button]
    executor = Executor(openpyxl.load_workbook(path))
    executor.run(answer["actions"])
    return answer["printed"].strip(), executor.book


def values(book: Any, sheet: str = SHEET) -> Values:
    return {
        cell.coordinate: cell.value for row in book[sheet].iter_rows() for cell in row if cell.value
    }


def test_fetched_and_taken_back(tmp_path: Path) -> None:
    """A SIE file copied out of Notepad; FACIT's sums; every cell as it was after *Ångra*."""
    text = in_notepad(T2.read_bytes())
    assert "Vännäs" not in text
    assert "V„nn„s" in text
    path = lite_book(tmp_path, ("Huvudbok", text))
    before = values(openpyxl.load_workbook(path))
    told, book = clicked(path, BUTTON, tmp_path / "1")
    assert told.startswith(
        "Bladet Huvudbok: Syntetiskt ekonomisystem 1.0, Samordningsförbundet Påh"
    )
    assert "66 verifikationer" in told
    assert "Ta bort det: där kan stå namn på personer." in told
    assert "14 celler på bladet Uppföljning är ändrade" in told
    after = values(book)
    new = {cell: value for cell, value in after.items() if cell not in before}
    assert {cell: new[cell] for cell in ("F13", "F14", "F15", "F20")} == {
        "F13": 56664, "F14": 9166, "F15": 278916, "F20": 5184903,
    }  # fmt: skip
    assert {cell[0] for cell in new} == {"F"}
    assert after["F9"] == "=SUM(F5:F8)"

    kept = tmp_path / "hämtad.xlsx"
    book.save(kept)
    rewired = _with_code(kept, path, tmp_path)
    told, undone = clicked(rewired, "FinsamAngra", tmp_path / "2", minute=1)
    assert "är ändrade" in told
    assert values(undone) == before


def _with_code(kept: Path, wired: Path, folder: Path) -> Path:
    """A workbook that openpyxl has saved has lost Lite's parts: as Excel keeps them."""
    path = folder / "sparad.xlsx"
    with zipfile.ZipFile(kept) as saved, zipfile.ZipFile(wired) as whole:
        parts = {name: saved.read(name) for name in saved.namelist()}
        parts[lite_books.EXTENSION] = whole.read(lite_books.EXTENSION)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in parts.items():
            out.writestr(name, data)
    return path


def test_without_a_ledger_it_is_said_what_to_paste_and_where(tmp_path: Path) -> None:
    told, book = clicked(lite_book(tmp_path), BUTTON, tmp_path / "1")
    assert told == (
        "Det finns ingen bokföring på något blad. Öppna bokföringens fil (SIE i Anteckningar, en "
        "huvudbok i Excel), markera allt med Ctrl+A och kopiera. Gör ett nytt blad i den här "
        "boken, klistra in i cell A1 och klicka på Hämta utfall igen."
    )
    assert "Bokföring" not in book.sheetnames
