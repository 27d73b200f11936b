"""A year of it in a file: budget, fetched, reported, fetched again out of other books, taken back."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from finsam_xl.hosts.ooxml import Saved
from finsam_xl.ledgers.record import Ledger
from finsam_xl.workbook import Result, Workbook, read_source
from support.bookkeeping import FOLDER, SHEET, office
from support.commands import finsam_xl

START = datetime(2025, 9, 15, 10, 0)  # noqa: DTZ001
T2 = FOLDER / "forbund_2025_T2.se"
Values = dict[str, Any]


def shown(path: Path, name: str = SHEET) -> Values:
    """What the cells of a sheet show, by openpyxl."""
    sheet = openpyxl.load_workbook(path, data_only=True)[name]
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value}


def _books(path: Path, now: datetime) -> Ledger:
    held = read_source(path, now)
    assert isinstance(held, Ledger)
    return held


class Year:
    """One run after another in the same file, each a minute later."""

    def __init__(self, path: Path) -> None:
        self.path, self.now = path, START

    def run(self, plan: Any) -> tuple[Result, Saved]:
        self.now += timedelta(minutes=1)
        with Workbook(self.path, self.now, writes=self.path, user="Kim") as book:
            result = plan(book)
            return result, book.apply(result)

    def fetch(self, ledger: Path, until: str = "", *accept: str) -> Result:
        return self.run(lambda b: b.fetch(_books(ledger, self.now), until, accept))[0]


def late(folder: Path) -> Path:
    """The same books with a bill of May that came late: 1 000 kronor more of office material."""
    text = T2.read_bytes().decode("cp437")
    bill = (
        '#VER A 99 20250520 "Sen faktura"\r\n{\r\n'
        '   #TRANS 6510 {1 "700" 6 "P10"} 1000.00\r\n   #TRANS 2440 {} -1000.00\r\n}\r\n'
    )
    path = folder / "sent.se"
    path.write_bytes((text + bill).encode("cp437"))
    return path


def test_the_whole_cycle(tmp_path: Path) -> None:
    path = office(tmp_path)
    before = shown(path)
    year = Year(path)

    year.fetch(T2)
    fetched = shown(path)
    assert (fetched["F13"], fetched["F14"], fetched["F15"]) == (56664, 9166, 278916)
    # The sheet's own formula follows, and the total that was blank is of exact amounts.
    assert (fetched["F9"], fetched["F19"], fetched["F20"]) == (8607000, 3422097, 5184903)
    assert "E13" not in fetched
    assert "Bokföring" in openpyxl.load_workbook(path).sheetnames

    result, _ = year.run(lambda book: book.report("tertial"))
    assert {5184903, 3422097} <= {cell.value for cell in result.plan.sheets[0].cells}

    again = year.fetch(late(tmp_path))
    changed = {edit.cell: (edit.old, edit.new) for edit in again.plan.edits}
    assert changed["F14"] == (9166, 10166)
    assert changed["F19"] == (3422097, 3423097)
    assert changed["F20"] == (5184903, 5183903)
    assert {cell for cell in changed if cell[0] == "F"} == {"F14", "F19", "F20"}
    assert shown(path)["F14"] == 10166

    year.run(lambda book: book.recompute())
    assert shown(path)["F14"] == 10166

    year.run(lambda book: book.undo(again.plan.run))
    assert shown(path)["F14"] == 9166
    assert shown(path)["F20"] == 5184903

    first = next(entry.run for entry in _log(path) if entry.action == "Hämta utfall")
    year.run(lambda book: book.undo(first))
    left = {cell: value for cell, value in shown(path).items() if cell not in before}
    assert left == {}


def _log(path: Path) -> Any:
    with Workbook(path, START) as book:
        return book.log()


def test_the_command_tells_the_facts_first_and_writes(tmp_path: Path) -> None:
    path = office(tmp_path)
    shutil.copy(T2, tmp_path / "BOK.se")
    dry = finsam_xl("hamta", path.name, "--fran", "BOK.se", "--dry-run", folder=tmp_path)
    assert dry.code == 0
    told = dry.out.replace("\xa0", " ")
    assert "sista verifikation 2025-08-28" in " ".join(told.split())
    assert told.index("66 verifikationer") < told.index("F13")
    assert told.count("66 verifikationer") == 1
    assert "F13" not in shown(path)
    done = finsam_xl("hämta", path.name, "--fran", "BOK.se", "--json", folder=tmp_path)
    assert done.code == 0
    assert {"F13", "F20"} <= {edit["cell"] for edit in done.content["edits"]}
    assert done.content["sheets"] == ["Bokföring"]
    assert max(map(len, dry.out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"404 Not Found", "404 Not Found"),
        (T2.read_bytes().replace("Påhittat".encode("cp437"), b"Annat"), "Annat"),
        (T2.read_bytes().replace(b"2025", b"2023").replace(b"2024", b"2022"), "2023"),
    ],
)
def test_what_is_refused_ends_in_a_sentence_and_writes_nothing(
    tmp_path: Path, content: bytes, told: str
) -> None:
    path = office(tmp_path)
    before = path.read_bytes()
    (tmp_path / "BOK.se").write_bytes(content)
    answer = finsam_xl("hamta", path.name, "--fran", "BOK.se", folder=tmp_path)
    assert answer.code == 2
    assert told in answer.err
    assert "BOK.se" in answer.err
    assert path.read_bytes() == before


def test_a_missing_file_and_a_wrong_code(tmp_path: Path) -> None:
    path = office(tmp_path)
    assert "finns inte" in finsam_xl("hamta", path, "--fran", tmp_path / "x.se").err
    answer = finsam_xl("hamta", path, "--fran", T2, "--accept", "bokforing-skriv")
    assert (answer.code, "bokforing-skriven" in answer.err) == (2, True)


def test_rows_that_want_the_same_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    path = office(tmp_path)
    book = openpyxl.load_workbook(path)
    book.active["A14"] = "6010, 65"
    book.save(path)
    before = path.read_bytes()
    answer = finsam_xl("hamta", path, "--fran", T2)
    assert answer.code == 2
    assert "Lokalhyra" in answer.out
    assert "Inget är hämtat." in answer.out
    assert "redan rätt" not in answer.out
    told = finsam_xl("hamta", path, "--fran", T2, "--json")
    assert (told.code, told.content["edits"], told.content["file"]) == (2, [], None)
    assert path.read_bytes() == before


def test_closed_periods_stay(tmp_path: Path) -> None:
    """What the sheet Finsam says is closed is not fetched over."""
    path = office(tmp_path)
    year = Year(path)
    year.run(lambda book: book.what_was_read())
    book = openpyxl.load_workbook(path)
    sheet = book["Finsam"]
    row = next(r for r in sheet.iter_rows() if "Stängt till och med" in [c.value for c in r])
    sheet.cell(row[0].row, 6, "2025-08-31")
    book.save(path)
    result = year.fetch(T2)
    assert not result.plan.edits
    assert "period-stangd" in {one.code for one in result.findings}


def _on_finsam(path: Path, says: dict[str, str]) -> None:
    """What a person types on the sheet Finsam, by the titles of its rows."""
    book = openpyxl.load_workbook(path)
    for row in book["Finsam"].iter_rows():
        if row[1].value in says:
            row[5].value = says[row[1].value]
    book.save(path)


def test_accounts_may_be_set_on_the_sheet_finsam(tmp_path: Path) -> None:
    """For those who want no columns in their own table; a project after a slash."""
    path = office(tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    taken = {
        f"Konto, {row[2].value}": row for row in sheet.iter_rows() if row[0].value or row[1].value
    }
    says = {
        name: " / ".join(str(c.value or "") for c in row[:2]).rstrip(" /")
        for name, row in taken.items()
    }
    sheet.delete_cols(1, 2)
    for letter in "BCDE":
        sheet[f"{letter}9"] = f"=SUM({letter}5:{letter}8)"
    sheet["B18"], sheet["B8"] = 0, 0
    book.save(path)
    year = Year(path)
    year.run(lambda book: book.what_was_read())
    _on_finsam(path, {"Konton till raderna skrivs": "här"})
    year.run(lambda book: book.what_was_read())
    _on_finsam(path, says)
    year.fetch(T2)
    fetched = shown(path)
    assert (fetched["D13"], fetched["D14"], fetched["D15"]) == (56664, 9166, 278916)
    assert (fetched["D9"], fetched["D19"], fetched["D20"]) == (8607000, 3422097, 5184903)


def test_projects_may_be_of_another_dimension(tmp_path: Path) -> None:
    path = office(tmp_path)
    other = tmp_path / "BOK.se"
    other.write_bytes(T2.read_bytes().replace(b' 6 "P', b' 21 "P'))
    year = Year(path)
    assert {one.code for one in year.fetch(other).findings} >= {"bokforing-koppling"}
    year.run(lambda book: book.what_was_read())
    _on_finsam(path, {"Projekt är dimension": "21"})
    year.fetch(other)
    assert shown(path)["F15"] == 278916


def test_a_ledger_in_excel(tmp_path: Path) -> None:
    """The text ledger opened in Excel and saved as a workbook, with dates and numbers as such."""
    path, ledger = office(tmp_path), tmp_path / "huvudbok.xlsx"
    book = openpyxl.Workbook()
    text = (FOLDER / "huvudbok_fortnoxlik.txt").read_text(encoding="latin-1")
    for line in text.splitlines():
        book.active.append([_as_excel(cell) for cell in line.split("\t")])
    book.save(ledger)
    Year(path).fetch(ledger, "T2")
    assert (shown(path)["F13"], shown(path)["F15"], shown(path)["F20"]) == (56664, 278916, 5184903)


def _as_excel(cell: str) -> Any:
    if cell[:4].isdigit() and cell[4:5] == "-":
        return datetime.fromisoformat(cell)
    figure = cell.replace(",", ".")
    return float(figure) if figure.lstrip("-").replace(".", "").isdigit() else cell or None
