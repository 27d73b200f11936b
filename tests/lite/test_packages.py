"""The Lite workbooks as packages: what is added, what stays, and that programs open them."""

from __future__ import annotations

import posixpath
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from finsam_xl.actions.buttons import BUTTONS
from finsam_xl.registry import FUNCTIONS
from support import pyodide
from support.lite_books import NAMES, existing_path, settings
from support.workbooks import workbook

MOST_BYTES = 900_000
CHANGED = {
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
}
OPENED_ON = "xl/worksheets/sheet1.xml"
"""The sheet that was selected, and is not when the workbook opens on Start."""
NEW = (
    r"xl/worksheets/sheet\d+\.xml",
    r"xl/worksheets/_rels/sheet\d+\.xml\.rels",
    r"xl/drawings/drawing1\.xml",
    r"xl/drawings/_rels/drawing1\.xml\.rels",
    r"xl/webextensions/webextension1\.xml",
    r"xl/webextensions/taskpanes\.xml",
    r"xl/webextensions/_rels/taskpanes\.xml\.rels",
    r"finsam/original\.dat",
)
LiteBook = Callable[[str], Path]
every = pytest.mark.parametrize("name", NAMES)


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        assert len(set(package.namelist())) == len(package.namelist())
        return {part: package.read(part) for part in package.namelist()}


@every
def test_small_enough_to_send(name: str, lite_book: LiteBook) -> None:
    assert lite_book(name).stat().st_size < MOST_BYTES


@every
def test_every_other_part_is_as_it_was(name: str, lite_book: LiteBook) -> None:
    before, after = parts(existing_path(name)), parts(lite_book(name))
    assert list(after)[: len(before)] == list(before)
    assert {part for part in before if after[part] != before[part]} == CHANGED | {OPENED_ON}
    assert after[OPENED_ON] == before[OPENED_ON].replace(b' tabSelected="1"', b"")
    added = list(after)[len(before) :]
    assert len(added) == len(NEW)
    assert all(any(re.fullmatch(known, part) for known in NEW) for part in added)


@every
def test_what_changes_is_only_added_to(name: str, lite_book: LiteBook) -> None:
    before, after = parts(existing_path(name)), parts(lite_book(name))
    for part in CHANGED - {"xl/workbook.xml", "xl/styles.xml"}:
        head, _, tail = before[part].rpartition(b"</")
        assert after[part].startswith(head)
        assert after[part].endswith(b"</" + tail)
    text = after["xl/workbook.xml"].decode()
    ours = r"_finsam_\w+|_xlnm\.Print_Area"
    text = re.sub(
        rf'<sheet name="Start"[^>]*/>|<definedName name="({ours})"[^>]*>\'?Start\b.*?</definedName>',
        "",
        text,
    )
    text = re.sub(r'localSheetId="(\d+)"', lambda m: f'localSheetId="{int(m[1]) - 1}"', text)
    assert text.encode() == before["xl/workbook.xml"]
    assert _formats(after)[: len(_formats(before))] == _formats(before)


def _formats(found: dict[str, bytes]) -> list[bytes]:
    section = re.search(rb"<cellXfs.*?</cellXfs>", found["xl/styles.xml"], re.DOTALL)
    assert section
    return re.findall(rb"<xf .*?(?:/>|</xf>)", section[0])


@every
def test_the_parts_hold_together(name: str, lite_book: LiteBook) -> None:
    """Every part has a type, every relation leads to a part, all of it is well-formed XML."""
    found = parts(lite_book(name))
    types = ET.fromstring(found["[Content_Types].xml"])
    overrides = [node.attrib["PartName"] for node in types if "PartName" in node.attrib]
    assert sorted(overrides) == sorted(
        f"/{part}"
        for part in found
        if part.endswith((".xml", ".dat")) and part != "[Content_Types].xml"
    )
    for part, data in found.items():
        if part.endswith(".dat"):
            continue
        tree = ET.fromstring(data)
        if part.endswith(".rels"):
            assert len({node.attrib["Id"] for node in tree}) == len(tree)
            folder = part.rpartition("_rels/")[0]
            for node in tree:
                if not node.attrib["Target"].startswith("#"):
                    assert posixpath.normpath(folder + node.attrib["Target"]) in found


@every
def test_lite_finds_its_settings(name: str, lite_book: LiteBook) -> None:
    kept = settings(lite_book(name))
    assert kept["requirements.txt"] == "xlwings==0.37.8\n"
    assert kept["pyodideVersion"] == pyodide.VERSION
    compile(kept["main.py"], "main.py", "exec")
    extension = parts(lite_book(name))["xl/webextensions/webextension1.xml"].decode()
    assert '<we:reference id="wa200008175"' in extension
    assert "<we:containsCustomFunctions/>" in extension
    ids = [
        re.findall(
            r' id="(\{[^"]*\})"',
            parts(lite_book(one))["xl/webextensions/webextension1.xml"].decode(),
        )
        for one in NAMES
    ]
    assert len({each[0] for each in ids}) == len(NAMES)


@every
def test_the_start_sheet_reads_well_without_the_add_in(name: str, lite_book: LiteBook) -> None:
    book: Any = openpyxl.load_workbook(lite_book(name))
    before = openpyxl.load_workbook(existing_path(name))
    assert book.sheetnames == ["Start", *before.sheetnames]
    assert book.active.title == "Start", "it opens on it"
    sheet = book["Start"]
    said = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "1  Öppna tillägget" in said
    assert said[said.index("1  Öppna tillägget") + 1].startswith("xlwings Lite: ")
    assert "Utan tillägget" in said
    assert all(button.tip in said for button in BUTTONS)
    written = [text.replace("\n", "") for text in said]
    assert all(function.signature in written for function in FUNCTIONS)
    selected = [s.title for s in book for view in s.views.sheetView if view.tabSelected]
    assert selected == ["Start"]


@every
def test_each_button_is_a_shape_that_links_to_the_cell_behind_it(
    name: str, lite_book: LiteBook
) -> None:
    found = parts(lite_book(name))
    drawing = found["xl/drawings/drawing1.xml"].decode()
    links = dict(
        re.findall(
            r'Id="(\w+)"[^>]*Target="#Start!([^"]+)"',
            found["xl/drawings/_rels/drawing1.xml.rels"].decode(),
        )
    )
    main = settings(lite_book(name))["main.py"]
    shapes = re.findall(r'name="(\w+)".*?r:id="(\w+)".*?<a:t>([^<]+)<', drawing)
    assert [(shape, text) for shape, _, text in shapes] == [(b.name, b.text) for b in BUTTONS]
    for shape, link, _ in shapes:
        assert f'button="[{shape}]Start!{links[link].replace("$", "")}"' in main


_POINT, _PIXEL = 12700, 9525


def button_cells(path: Path) -> list[tuple[str, str]]:
    """Sheet and cell of every button that Lite watches, as its ``main.py`` says."""
    found = re.findall(r'button="\[\w+\](\w+)!(\w+)"', settings(path)["main.py"])
    assert len(found) == len(BUTTONS)
    return found


@every
def test_no_button_is_in_the_cell_that_lite_selects_after_another(
    name: str, lite_book: LiteBook
) -> None:
    """It selects the cell below the button clicked, and runs whatever button is selected."""
    path = lite_book(name)
    book: Any = openpyxl.load_workbook(path)
    cells = button_cells(path)
    for sheet, cell in cells:
        below = book[sheet][cell].offset(row=1)
        assert (sheet, below.coordinate) not in cells
        assert below.value is None
        assert below.hyperlink is None
        assert not any(below.coordinate in merge for merge in book[sheet].merged_cells.ranges)
        assert not book[sheet].row_dimensions[below.row].hidden


@every
def test_each_shape_lies_on_its_own_cell(name: str, lite_book: LiteBook) -> None:
    """Edges in points, counted from the sheet's own widths and heights."""
    path = lite_book(name)
    sheet: Any = openpyxl.load_workbook(path)["Start"]
    anchors = re.findall(
        r"<xdr:col>(\d+)</xdr:col><xdr:colOff>(\d+)</xdr:colOff>"
        r"<xdr:row>(\d+)</xdr:row><xdr:rowOff>(\d+)</xdr:rowOff></xdr:from>"
        r'<xdr:ext cx="(\d+)" cy="(\d+)"/>',
        parts(path)["xl/drawings/drawing1.xml"].decode(),
    )
    assert len(anchors) == len(BUTTONS)
    for (_, cell), anchor in zip(button_cells(path), anchors, strict=True):
        column, left, row, top, width, height = map(int, anchor)
        behind = sheet[cell]
        assert (behind.column, behind.row) == (column + 1, row + 1)
        assert top + height <= sheet.row_dimensions[behind.row].height * _POINT
        pixels = sheet.column_dimensions[behind.column_letter].width * 7
        assert left + width <= pixels * _PIXEL


@every
def test_the_product_reads_the_same_tables(name: str, lite_book: LiteBook) -> None:
    with workbook(lite_book(name)) as lite, workbook(existing_path(name)) as existing:
        assert lite.tables() == existing.tables()


@every
def test_libreoffice_opens_it(name: str, soffice: str, tmp_path: Path, lite_book: LiteBook) -> None:
    source = shutil.copyfile(lite_book(name), tmp_path / "bok.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    command = [
        soffice,
        profile,
        "--headless",
        "--convert-to",
        "ods",
        "--outdir",
        str(tmp_path),
        source,
    ]
    subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=180)
    with zipfile.ZipFile(tmp_path / "bok.ods") as made:
        content = made.read("content.xml").decode()
    for sheet in openpyxl.load_workbook(lite_book(name)).sheetnames:
        assert f'table:name="{sheet}"' in content
    assert all(f'draw:name="{button.name}"' in content for button in BUTTONS)
