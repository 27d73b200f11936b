"""The Lite workbooks as packages: what is added, what stays, and that programs open them."""

from __future__ import annotations

import posixpath
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from finsam_xl.actions.buttons import BUTTONS
from finsam_xl.registry import FUNCTIONS
from support.lite_books import NAMES, existing_path, lite_path, settings
from support.workbooks import workbook

MOST_BYTES = 500_000
CHANGED = {
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
}
NEW = (
    r"xl/worksheets/sheet\d+\.xml",
    r"xl/worksheets/_rels/sheet\d+\.xml\.rels",
    r"xl/drawings/drawing1\.xml",
    r"xl/drawings/_rels/drawing1\.xml\.rels",
    r"xl/webextensions/webextension1\.xml",
    r"xl/webextensions/taskpanes\.xml",
    r"xl/webextensions/_rels/taskpanes\.xml\.rels",
)
every = pytest.mark.parametrize("name", NAMES)


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        assert len(set(package.namelist())) == len(package.namelist())
        return {part: package.read(part) for part in package.namelist()}


@every
def test_small_enough_to_send(name: str) -> None:
    assert lite_path(name).stat().st_size < MOST_BYTES


@every
def test_every_other_part_is_as_it_was(name: str) -> None:
    before, after = parts(existing_path(name)), parts(lite_path(name))
    assert list(after)[: len(before)] == list(before)
    assert {part for part in before if after[part] != before[part]} == CHANGED
    added = list(after)[len(before) :]
    assert len(added) == len(NEW)
    assert all(any(re.fullmatch(known, part) for known in NEW) for part in added)


@every
def test_what_changes_is_only_added_to(name: str) -> None:
    before, after = parts(existing_path(name)), parts(lite_path(name))
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
    text = text.replace(' activeTab="1"', "")
    text = re.sub(r'localSheetId="(\d+)"', lambda m: f'localSheetId="{int(m[1]) - 1}"', text)
    assert text.encode() == before["xl/workbook.xml"]
    assert _formats(after)[: len(_formats(before))] == _formats(before)


def _formats(found: dict[str, bytes]) -> list[bytes]:
    section = re.search(rb"<cellXfs.*?</cellXfs>", found["xl/styles.xml"], re.DOTALL)
    assert section
    return re.findall(rb"<xf .*?(?:/>|</xf>)", section[0])


@every
def test_the_parts_hold_together(name: str) -> None:
    """Every part has a type, every relation leads to a part, all of it is well-formed XML."""
    found = parts(lite_path(name))
    types = ET.fromstring(found["[Content_Types].xml"])
    overrides = [node.attrib["PartName"] for node in types if "PartName" in node.attrib]
    assert sorted(overrides) == sorted(
        f"/{part}" for part in found if part.endswith(".xml") and part != "[Content_Types].xml"
    )
    for part, data in found.items():
        tree = ET.fromstring(data)
        if part.endswith(".rels"):
            assert len({node.attrib["Id"] for node in tree}) == len(tree)
            folder = part.rpartition("_rels/")[0]
            for node in tree:
                if not node.attrib["Target"].startswith("#"):
                    assert posixpath.normpath(folder + node.attrib["Target"]) in found


@every
def test_lite_finds_its_settings(name: str) -> None:
    kept = settings(lite_path(name))
    assert kept["requirements.txt"] == "xlwings==0.37.8\n"
    assert kept["pyodideVersion"] == "0.27.5"
    compile(kept["main.py"], "main.py", "exec")
    extension = parts(lite_path(name))["xl/webextensions/webextension1.xml"].decode()
    assert '<we:reference id="wa200008175"' in extension
    assert "<we:containsCustomFunctions/>" in extension
    ids = [
        re.findall(
            r' id="(\{[^"]*\})"',
            parts(lite_path(one))["xl/webextensions/webextension1.xml"].decode(),
        )
        for one in NAMES
    ]
    assert len({each[0] for each in ids}) == len(NAMES)


@every
def test_the_start_sheet_reads_well_without_the_add_in(name: str) -> None:
    book: Any = openpyxl.load_workbook(lite_path(name))
    before = openpyxl.load_workbook(existing_path(name))
    assert book.sheetnames == ["Start", *before.sheetnames]
    assert book.active.title == before.active.title, "it opens where it did"
    sheet = book["Start"]
    said = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "1  Öppna tillägget" in said
    assert said[said.index("1  Öppna tillägget") + 1].startswith("xlwings Lite: ")
    assert "Utan tillägget" in said
    assert all(button.tip in said for button in BUTTONS)
    written = [text.replace("\n", "") for text in said]
    assert all(function.signature in written for function in FUNCTIONS)
    assert (
        sum(view.tabSelected for s in book for view in s.views.sheetView if view.tabSelected) == 1
    )


@every
def test_each_button_is_a_shape_that_links_to_the_cell_behind_it(name: str) -> None:
    found = parts(lite_path(name))
    drawing = found["xl/drawings/drawing1.xml"].decode()
    links = dict(
        re.findall(
            r'Id="(\w+)"[^>]*Target="#Start!([^"]+)"',
            found["xl/drawings/_rels/drawing1.xml.rels"].decode(),
        )
    )
    main = settings(lite_path(name))["main.py"]
    shapes = re.findall(r'name="(\w+)".*?r:id="(\w+)".*?<a:t>([^<]+)<', drawing)
    assert [(shape, text) for shape, _, text in shapes] == [(b.name, b.text) for b in BUTTONS]
    for shape, link, _ in shapes:
        assert f'button="[{shape}]Start!{links[link].replace("$", "")}"' in main


@every
def test_the_product_reads_the_same_tables(name: str) -> None:
    with workbook(lite_path(name)) as lite, workbook(existing_path(name)) as existing:
        assert lite.tables() == existing.tables()


@every
def test_libreoffice_opens_it(name: str, soffice: str, tmp_path: Path) -> None:
    source = shutil.copy(lite_path(name), tmp_path / "bok.xlsx")
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
    for sheet in openpyxl.load_workbook(lite_path(name)).sheetnames:
        assert f'table:name="{sheet}"' in content
    assert all(f'draw:name="{button.name}"' in content for button in BUTTONS)
