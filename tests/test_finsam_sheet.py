"""The sheet *Finsam*: what was read, put right by typing there, and followed ever after."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from finsam_xl.plan import CellEdit, Plan
from finsam_xl.report.control_rows import COLUMN
from finsam_xl.workbook import Workbook
from support.finsam_sheets import MEND, NOW, SAYS, applied, figures, rows_of, saved, typed


@pytest.fixture
def corrected(tmp_path: Path) -> Path:
    """A book with a sheet Finsam on which three things are put right."""
    applied(saved(tmp_path), tmp_path / "läst.xlsx")
    return typed(tmp_path / "läst.xlsx", tmp_path / "rättad.xlsx", SAYS)


def test_what_is_typed_is_followed(corrected: Path, tmp_path: Path) -> None:
    """Nothing could be filled in before; now everything is."""
    assert figures(tmp_path / "läst.xlsx") == {}
    assert figures(corrected) == {
        "B8": 510, "C8": 522, "D5": 10, "D6": -20, "D7": -2, "D8": -12,
    }  # fmt: skip


def test_made_again_it_keeps_what_is_typed(corrected: Path, tmp_path: Path) -> None:
    """The second time it says how the corrections are read, and still has them."""
    applied(corrected, tmp_path / "igen.xlsx")
    by_name = {row[1]: row for row in rows_of(tmp_path / "igen.xlsx") if row[1]}
    assert by_name["Budget 2"][2:6] == (
        "utfall 2025", "● säkert", "Rättat på bladet Finsam: utfall 2025.", "utfall 2025",
    )  # fmt: skip
    assert by_name["Alltihopa"][2] == "summa kostnader"
    assert figures(tmp_path / "igen.xlsx") == figures(corrected)
    applied(tmp_path / "igen.xlsx", tmp_path / "tredje.xlsx")
    assert rows_of(tmp_path / "tredje.xlsx")[2:] == rows_of(tmp_path / "igen.xlsx")[2:]


def test_only_its_own_sheet_changes(tmp_path: Path) -> None:
    """Nothing on a person's sheet is written."""
    source = saved(tmp_path)
    applied(source, tmp_path / "läst.xlsx")
    before = list(openpyxl.load_workbook(source)["Blad"].iter_rows(values_only=True))
    after = list(openpyxl.load_workbook(tmp_path / "läst.xlsx")["Blad"].iter_rows(values_only=True))
    assert after == before


def test_every_row_offers_choices(tmp_path: Path) -> None:
    """Within what Excel takes, and every choice is understood."""
    applied(saved(tmp_path), tmp_path / "läst.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "läst.xlsx")["Finsam"]
    lists = sheet.data_validations.dataValidation
    rows = [row for row in rows_of(tmp_path / "läst.xlsx") if str(row[MEND]).count("|") > 3]
    settings = 1  # the unit of amounts
    assert sum(len(one.sqref.ranges) for one in lists) == len(rows) + settings > settings
    assert all(len(one.formula1) <= 257 and not one.showErrorMessage for one in lists)


def test_what_was_not_read_can_be_said(tmp_path: Path) -> None:
    """A block that no table was read from has a row of its own to say what it is."""
    rows: list[list[Any]] = [
        ["Siffror"],
        ["Post", "Alfa", "Beta"],
        ["Hyra", 5, 6],
        ["Lön", 7, 8],
        ["Mat", 1, 1],
    ]
    applied(saved(tmp_path, rows), tmp_path / "läst.xlsx")
    told = [row for row in rows_of(tmp_path / "läst.xlsx") if row[0] == "Slag"]
    assert told[0][2:4] == ("inte läst", "▼ osäkert")
    book = typed(tmp_path / "läst.xlsx", tmp_path / "rättad.xlsx", {"Slag": "budget"})
    applied(book, tmp_path / "igen.xlsx")
    with Workbook(tmp_path / "igen.xlsx", NOW) as found:
        assert [table.kind for table in found.tables()] == ["budget"]


def test_no_table_stays_no_table(tmp_path: Path) -> None:
    """What is said to be none is kept though no table has a row for it any more."""
    applied(saved(tmp_path), tmp_path / "läst.xlsx")
    book = typed(tmp_path / "läst.xlsx", tmp_path / "rättad.xlsx", {"Slag": "ingen tabell"})
    for name in ("igen.xlsx", "tredje.xlsx"):
        applied(book, tmp_path / name)
        book = tmp_path / name
        with Workbook(book, NOW) as found:
            assert not found.tables()
        assert any(row[MEND - 1] == "ingen tabell" for row in rows_of(book))


def test_another_row_is_named_by_hand(tmp_path: Path) -> None:
    """An ordinary line has no row of its own until it is put right."""
    applied(saved(tmp_path), tmp_path / "läst.xlsx")
    number, row = next(
        (n, row)
        for n, row in enumerate(rows_of(tmp_path / "läst.xlsx"), 1)
        if row[0] == "Annan rad"
    )
    edits = (
        CellEdit("Finsam", f"B{number}", row[1], "Hyra", "rättat"),
        CellEdit("Finsam", f"F{number}", None, "intäkt", "rättat"),
    )
    with Workbook(tmp_path / "läst.xlsx", NOW) as book:
        book.apply(Plan(edits=edits), tmp_path / "rättad.xlsx")
    applied(tmp_path / "rättad.xlsx", tmp_path / "igen.xlsx")
    told = {row[1]: row for row in rows_of(tmp_path / "igen.xlsx") if row[1]}
    assert told["Hyra"][2:4] == ("intäkt", "● säkert")


def test_own_words_are_typed_there(tmp_path: Path) -> None:
    """They are followed, and kept when the sheet is made again."""
    rows: list[list[Any]] = [
        ["Ekonomi 2025, tkr"],
        ["Post", "KF 2025", "Facit 2025", "Avvikelse"],
        ["Kostnader"],
        ["Hyra", 100, 90, None],
        ["Lön", 400, 420, None],
    ]
    applied(saved(tmp_path, rows), tmp_path / "läst.xlsx")
    told = rows_of(tmp_path / "läst.xlsx")
    first = next(n for n, row in enumerate(told, 1) if row[1] == "Ord här") + 1
    words = {f"B{first}": "KF", f"C{first}": "budget", f"B{first + 2}": "Facit",
             f"C{first + 2}": "utfall"}  # fmt: skip
    edits = tuple(CellEdit("Finsam", cell, None, text, "ord") for cell, text in words.items())
    with Workbook(tmp_path / "läst.xlsx", NOW) as book:
        book.apply(Plan(edits=edits), tmp_path / "ord.xlsx")
    assert figures(tmp_path / "ord.xlsx") == {"D4": 10, "D5": -20}
    applied(tmp_path / "ord.xlsx", tmp_path / "igen.xlsx")
    assert figures(tmp_path / "igen.xlsx") == {"D4": 10, "D5": -20}
    again = rows_of(tmp_path / "igen.xlsx")
    assert [row[1:3] for row in again[first - 1 : first + 1]] == [
        ("KF", "budget"), ("Facit", "utfall"),
    ]  # fmt: skip


def test_what_is_accepted_is_kept_there(tmp_path: Path) -> None:
    """With who and when, also when the report of the control is gone; taken away it is told."""
    rows: list[list[Any]] = [
        ["Budget 2025, tkr"],
        ["Post", "Budget 2024", "Budget 2025"],
        ["Kostnader"],
        ["Hyra", 100, 90],
        ["Lön", 400, 420],
        ["Summa kostnader", 500, 530],
    ]
    source = saved(tmp_path, rows)
    with Workbook(source, NOW) as book:
        book.apply(book.report("kontroll"), tmp_path / "kontroll.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "kontroll.xlsx")["Rapport Kontroll"]
    code = COLUMN["code"] - 1
    row = next(row for row in sheet.iter_rows() if row[code].value == "summa-avviker")
    cell = row[COLUMN["status"] - 1].coordinate
    who = "accepterad av Anna 2026-11-29"
    with Workbook(tmp_path / "kontroll.xlsx", NOW) as book:
        edit = CellEdit("Rapport Kontroll", cell, None, who, "status")
        book.apply(Plan(edits=(edit,)), tmp_path / "godkänd.xlsx")
    applied(tmp_path / "godkänd.xlsx", tmp_path / "finsam.xlsx")
    kept = next(row for row in rows_of(tmp_path / "finsam.xlsx") if row[2] == "summa-avviker")
    assert (kept[0], kept[1], kept[5]) == ("C6", "Blad", who)
    left = openpyxl.load_workbook(tmp_path / "finsam.xlsx")
    del left["Rapport Kontroll"]
    left.save(tmp_path / "utan.xlsx")
    with Workbook(tmp_path / "utan.xlsx", NOW) as book:
        checked = book.check()
    assert [one.code for one in checked.accepted] == ["summa-avviker"]
    number = next(
        n for n, r in enumerate(rows_of(tmp_path / "utan.xlsx"), 1) if r[2] == "summa-avviker"
    )
    with Workbook(tmp_path / "utan.xlsx", NOW) as book:
        edit = CellEdit("Finsam", f"F{number}", who, None, "inte längre")
        book.apply(Plan(edits=(edit,)), tmp_path / "inte.xlsx")
    with Workbook(tmp_path / "inte.xlsx", NOW) as book:
        assert "summa-avviker" in {one.code for one in book.check().findings}


TWINS: list[list[Any]] = [
    ["Budget 2025, tkr"],
    [],
    ["Post", "Budget 2024", "Budget 2025"],
    ["Staten", 60, 61],
    ["Övrigt", 40, 41],
    ["Pengar in", None, None],
    ["Lön", 50, 51],
    ["Övrigt", 30, 31],
    ["Pengar ut", None, None],
]
"""Two rows of one name, on either side."""


def _named(source: Path, out: Path, *says: tuple[str, str]) -> Path:
    """Rows that a person names herself under *Annan rad*, each with what it is."""
    free = [n for n, row in enumerate(rows_of(source), 1) if row[0] == "Annan rad" and not row[1]]
    edits = [
        CellEdit("Finsam", f"{column}{number}", None, text, "rättat")
        for number, pair in zip(free, says, strict=False)
        for column, text in zip("BF", pair, strict=True)
    ]
    assert len(free) >= len(says)
    with Workbook(source, NOW) as book:
        book.apply(Plan(edits=tuple(edits)), out)
    return out


def test_one_of_two_rows_of_a_name_is_told_and_kept(tmp_path: Path) -> None:
    """Which is meant nobody knows; another that says the same does not hide it."""
    applied(saved(tmp_path, TWINS), tmp_path / "läst.xlsx")
    says = (("Övrigt", "intäkt"), ("Staten", "intäkt"))
    book = _named(tmp_path / "läst.xlsx", tmp_path / "rättad.xlsx", *says)
    for name in ("igen.xlsx", "tredje.xlsx"):
        told = [one for one in applied(book, tmp_path / name).findings if one.sheet == "Finsam"]
        assert [one.code for one in told] == ["rattelse-foljs-inte"]
        with Workbook(tmp_path / name, NOW) as found:
            told = [one for one in found.check().findings if one.sheet == "Finsam"]
        assert [one.code for one in told] == ["rattelse-utan-plats"]
        assert "Skriv cellens namn under Står, till exempel A5" in told[0].message
        book = tmp_path / name
        assert ("Övrigt", "intäkt") in [(row[1], row[MEND - 1]) for row in rows_of(book)]


def test_a_row_is_named_by_its_cell(tmp_path: Path) -> None:
    """Where its name is another's too; made again, the sheet says its name."""
    applied(saved(tmp_path, TWINS), tmp_path / "läst.xlsx")
    says = (("A5", "intäkt"), ("a4", "intäkt"), ("Pengar in", "summa intäkter"))
    book = _named(tmp_path / "läst.xlsx", tmp_path / "rättad.xlsx", *says)
    applied(book, tmp_path / "igen.xlsx")
    told = {row[0]: row for row in rows_of(tmp_path / "igen.xlsx") if str(row[0]).startswith("Rad")}
    assert told["Rad 5"][1:3] == ("Övrigt", "intäkt")
    assert told["Rad 5"][MEND].split("|")[1:3] == ["rad", "0/2"]
    assert figures(tmp_path / "igen.xlsx") == figures(book) == {"B6": 100, "C6": 102}


@pytest.mark.parametrize("name", ["Netto.", "Blir kvar", "*Kvar"])
@pytest.mark.parametrize("gap", [0, 1])
def test_a_row_below_the_table(name: str, gap: int, tmp_path: Path) -> None:
    """What was taken for a note under it, and is a result that is still blank."""
    rows = [
        *TWINS[:3], ["Intäkter"], *TWINS[3:5], ["Kostnader"], TWINS[6],
        *[[] for _ in range(gap)], [name, None, None],
    ]  # fmt: skip
    applied(saved(tmp_path, rows), tmp_path / "läst.xlsx")
    book = _named(tmp_path / "läst.xlsx", tmp_path / "rättad.xlsx", (name, "resultat"))
    cells = {f"B{9 + gap}": 50, f"C{9 + gap}": 51}
    assert figures(book) == cells
    applied(book, tmp_path / "igen.xlsx")
    assert figures(tmp_path / "igen.xlsx") == cells


def test_what_cannot_be_followed_is_marked_on_the_sheet(tmp_path: Path) -> None:
    """At its row, with why; a column that is called nothing known is read as it was."""
    says = {"Budget 1": "zzz", "Budget 2": "budget 205", "Alltihopa": "summa kostnader"}
    applied(saved(tmp_path), tmp_path / "läst.xlsx")
    book = typed(tmp_path / "läst.xlsx", tmp_path / "rättad.xlsx", says)
    before = {row[1]: row for row in rows_of(tmp_path / "läst.xlsx") if row[1]}
    result = applied(book, tmp_path / "igen.xlsx")
    assert [one.code for one in result.findings] == ["rattelse-foljs-inte"]
    again = {row[1]: row for row in rows_of(tmp_path / "igen.xlsx") if row[1]}
    for name in ("Budget 1", "Budget 2"):
        assert again[name][2] == before[name][2]
        assert again[name][3] == "✖ följs inte"
        assert "så heter ingen sorts kolumn" in again[name][4]
        assert again[name][5] == says[name]
    assert again["Alltihopa"][3] == "● säkert"
