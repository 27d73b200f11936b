"""Sheets and table columns renamed: all that names them follows, and nothing else changes."""

from __future__ import annotations

import html
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from finsam_xl.hosts.ooxml.package import Package
from finsam_xl.hosts.ooxml.renaming import Names, rename
from finsam_xl.hosts.ooxml.wiring.draft import Draft
from support.rich_workbook import BUDGET_SHEET, build_rich_workbook, check_package, missing_features
from support.second_opinion import ERRORS, converted, without_results
from support.strict_package import problems

pytestmark = pytest.mark.filterwarnings("ignore:Sparkline Group extension")
OLD, NEW = "Budget '26 & mål", "Budget '27 & mål"
BARE, BARE_NEW = "Plan2026", "Plan2027"
NAMES = Names({OLD: NEW, BARE: BARE_NEW})


def renamed(path: Path, out: Path, names: Names = NAMES) -> Path:
    with Package(path) as package:
        draft = Draft(package)
        rename(draft, names)
        made = draft.rewriting()
        with out.open("w+b") as stream:
            package.write(stream, made.changed, made.removed)
    return out


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Two sheets that are named everywhere a workbook can name one."""
    path = tmp_path / "bok.xlsx"
    quoted = "'" + OLD.replace("'", "''") + "'"
    made = xlsxwriter.Workbook(path, {"in_memory": True})
    made.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001
    one, two, other = (made.add_worksheet(name) for name in (OLD, BARE, "Övrigt"))
    for sheet in (one, two):
        sheet.write_column("A1", ["Post", "a", "b", "c"])
        sheet.write_column("B1", ["Värde", 1, 2, 3])
    one.set_landscape()
    one.print_area("A1:B4")
    one.repeat_rows(0)
    one.autofilter("A1:B4")
    other.write_formula("A1", f"=SUM({quoted}!B2:B4)+{BARE}!B2", None, 7)
    other.write_formula("A2", f'=HYPERLINK("#{quoted}!A1","Hit")', None, "Hit")
    other.write_array_formula("A3:A3", f"{{=SUM({quoted}!B2:B4*2)}}", None, 12)
    other.write_formula("A4", f'=INDIRECT("{BARE}!B3")', None, 2)
    other.write_formula("A5", f"=SUM({BARE}!B2:B4)-SUM([1]{BARE}!B2)", None, 0)
    other.write_string("A6", f"Texten {BARE}!B2 är en text")
    other.write_url("A7", f"internal:{quoted}!A1", string="länk")
    other.data_validation("C1", {"validate": "list", "source": f"={quoted}!$A$2:$A$4"})
    other.conditional_format(
        "C1:C9", {"type": "formula", "criteria": f"=C1>{BARE}!$B$2", "format": made.add_format()}
    )
    other.add_sparkline("D1", {"range": f"{quoted}!B2:B4"})
    other.insert_textbox("E1", "", {"textlink": f"={BARE}!$A$2"})
    other.insert_textbox("E9", "Till", {"url": f"internal:{quoted}!A1"})
    chart: Any = made.add_chart({"type": "column"})
    chart.add_series({"categories": f"={quoted}!$A$2:$A$4", "values": f"={quoted}!$B$2:$B$4"})
    other.insert_chart("H1", chart)
    made.define_name("Summan", f"={quoted}!$B$4")
    made.define_name(f"{BARE}!Lokalt", f"={BARE}!$B$2")
    made.close()
    return path


def test_everything_that_names_a_sheet_follows(book: Path, tmp_path: Path) -> None:
    out = renamed(book, tmp_path / "ny.xlsx")
    told = html.unescape(b"".join(parts(out).values()).decode(errors="ignore")).replace("''", "'")
    assert OLD not in told
    # What is left of the other are the text of a cell and another workbook's sheet.
    assert told.count(BARE) == 2
    assert f"[1]{BARE}!B2" in told
    new = openpyxl.load_workbook(out)
    quoted = "'" + NEW.replace("'", "''") + "'"
    other = new["Övrigt"]
    assert new.sheetnames == [NEW, BARE_NEW, "Övrigt"]
    assert other["A1"].value == f"=SUM({quoted}!B2:B4)+{BARE_NEW}!B2"
    assert other["A2"].value == f'=HYPERLINK("#{quoted}!A1","Hit")'
    assert other["A3"].value.text == f"=SUM({quoted}!B2:B4*2)"
    assert other["A4"].value == f'=INDIRECT("{BARE_NEW}!B3")'
    assert other["A6"].value == f"Texten {BARE}!B2 är en text"
    assert other["A7"].hyperlink.location == f"{quoted}!A1"
    assert other.data_validations.dataValidation[0].formula1 == f"{quoted}!$A$2:$A$4"
    assert new.defined_names["Summan"].value == f"{quoted}!$B$4"
    assert new[BARE_NEW].defined_names["Lokalt"].value == f"{BARE_NEW}!$B$2"
    assert new[NEW].print_area == f"{quoted}!$A$1:$B$4"
    assert problems(out) == []
    assert check_package(out) == []


def test_what_does_not_name_it_keeps_its_bytes(book: Path, tmp_path: Path) -> None:
    before, after = parts(book), parts(renamed(book, tmp_path / "ny.xlsx"))
    assert {name for name in before if after[name] != before[name]} == {
        "xl/workbook.xml", "docProps/app.xml", "xl/worksheets/sheet3.xml",
        "xl/charts/chart1.xml", "xl/drawings/drawing1.xml",
        "xl/drawings/_rels/drawing1.xml.rels",
    }  # fmt: skip
    assert list(before) == list(after)


def test_back_again_it_is_the_same_file(book: Path, tmp_path: Path) -> None:
    once = renamed(book, tmp_path / "ny.xlsx")
    back = Names({new: old for old, new in NAMES.sheets.items()})
    assert parts(renamed(once, tmp_path / "åter.xlsx", back)) == parts(book)


def test_two_names_may_change_places(book: Path, tmp_path: Path) -> None:
    """Each formula follows its own sheet."""
    out = renamed(book, tmp_path / "ny.xlsx", Names({OLD: BARE, BARE: OLD}))
    value = openpyxl.load_workbook(out)["Övrigt"]["A4"].value
    assert value == f'=INDIRECT("{OLD}!B3")'


def test_libreoffice_calculates_the_same(book: Path, tmp_path: Path, soffice: str) -> None:
    bare = tmp_path / "utan.xlsx"
    without_results(renamed(book, tmp_path / "ny.xlsx"), bare)
    kind = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,3"
    (shown,) = converted(soffice, bare, kind, tmp_path)
    lines = shown.read_text(encoding="utf-8").splitlines()
    assert [line.partition(",")[0] for line in lines[:4]] == ["7", "Hit", "12", "2"]
    assert not ERRORS.search("".join(lines[:4]))


def test_a_workbook_with_everything_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "rik.xlsx"
    build_rich_workbook(path)
    new = BUDGET_SHEET.replace("21", "22")
    out = renamed(path, tmp_path / "ny.xlsx", Names({BUDGET_SHEET: new}))
    assert missing_features(out) == []
    assert check_package(out) == []
    told = html.unescape(b"".join(parts(out).values()).decode(errors="ignore"))
    assert BUDGET_SHEET not in told


def test_columns_of_tables_follow_their_headings(tmp_path: Path) -> None:
    path = tmp_path / "tabell.xlsx"
    made = xlsxwriter.Workbook(path)
    sheet = made.add_worksheet("Blad")
    columns = [
        {"header": "Post", "total_string": "Summa"},
        {"header": "Utfall 2025", "total_function": "sum"},
        {"header": "Utfall 2026", "total_function": "sum"},
        {"header": "Skillnad", "formula": "=[@[Utfall 2026]]-[@[Utfall 2025]]"},
    ]
    sheet.add_table("A1:D4", {"name": "Tal", "columns": columns, "total_row": True})
    sheet.write_formula("F1", "=SUM(Tal[Utfall 2026])", None, 0)
    made.close()
    later = {"Utfall 2025": "Utfall 2026", "Utfall 2026": "Utfall 2027"}
    around = ("xl/worksheets/sheet1.xml", "xl/tables/table1.xml")
    names = Names({}, {"tal": later}, dict.fromkeys(around, later))
    out = renamed(path, tmp_path / "ny.xlsx", names)
    new = openpyxl.load_workbook(out)["Blad"]
    assert new["F1"].value == "=SUM(Tal[Utfall 2027])"
    of_row = "[[#This Row],[Utfall 2027]]-[[#This Row],[Utfall 2026]]"
    assert new["D2"].value == f"={of_row}"
    assert of_row in parts(out)["xl/tables/table1.xml"].decode()
