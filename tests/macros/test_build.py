"""The macro workbooks are the existing ones with something added, the same bytes each time."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
import vba_text

from finsam_xl import open_workbook
from finsam_xl.actions.buttons import BUTTONS, PLAIN_BUTTONS, Button
from finsam_xl.hosts.ooxml.wiring import journal, ribbon
from support import macro_books
from support.workbooks import EXISTING, ROOT

WORKBOOKS = ROOT / "workbooks"
WIRED = sorted(macro_books.WORKBOOKS)
START = "xl/worksheets/sheet%d.xml"
_CUSTOM_UI = "{http://schemas.microsoft.com/office/2009/07/customui}"
_VML = "{urn:schemas-microsoft-com:office:excel}"
_PICTURES = {
    "CalculateNow", "ReviewTrackChangesMenu", "ChartInsert", "RefreshAll", "FindDialog", "Undo",
    "FileSendAsAttachment", "WhatIfAnalysisMenu", "GetExternalDataFromText", "Help",
}  # fmt: skip
"""Names of pictures that Excel is known to have."""
_LONGEST_TIP = 1024
_EXTRA = Button(
    "FinsamSkicka", "Skicka in & klart", "Ett <prov> på en ny knapp.", "FileSave", BUTTONS[0].action
)


def parts(data: bytes | Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def existing(name: str) -> dict[str, bytes]:
    return parts(EXISTING / name.replace(".xlsm", ".xlsx"))


@pytest.mark.parametrize("name", WIRED)
def test_only_the_named_parts_of_the_existing_workbook_change(name: str) -> None:
    old, new = existing(name), parts(WORKBOOKS / name)
    changed = {part for part in old if new.get(part) != old[part]}
    assert changed == {
        "[Content_Types].xml",
        "_rels/.rels",
        "xl/_rels/workbook.xml.rels",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/styles.xml",
    }
    count = sum(part.startswith("xl/worksheets/sheet") for part in old)
    assert set(new) - set(old) == {
        "customUI/customUI14.xml",
        "xl/vbaProject.bin",
        journal.PART,
        "xl/drawings/vmlDrawing1.vml",
        "xl/drawings/vmlDrawing2.vml",
        "xl/worksheets/_rels/sheet1.xml.rels",
        f"xl/worksheets/sheet{count + 1}.xml",
        f"xl/worksheets/_rels/sheet{count + 1}.xml.rels",
    }


@pytest.mark.parametrize("name", WIRED)
def test_the_sheet_with_buttons_is_else_as_it_was(name: str) -> None:
    """Take away what was added, and the very same bytes are left."""
    sheet = parts(WORKBOOKS / name)["xl/worksheets/sheet1.xml"]
    sheet = sheet.replace(b'<legacyDrawing r:id="rId1"/>', b"")
    assert sheet == existing(name)["xl/worksheets/sheet1.xml"].replace(b' tabSelected="1"', b"")


@pytest.mark.parametrize("name", WIRED)
def test_formats_are_only_added_to(name: str) -> None:
    """Every format keeps its number: those of the existing workbook come first."""
    formats = {}
    for which, styles in (("old", existing(name)), ("new", parts(WORKBOOKS / name))):
        root = ET.fromstring(styles["xl/styles.xml"])
        formats[which] = {
            section.tag.rpartition("}")[2]: [ET.tostring(item) for item in section]
            for section in root
        }
    for section, items in formats["old"].items():
        assert formats["new"][section][: len(items)] == items


@pytest.mark.parametrize("name", WIRED)
def test_names_and_print_titles_follow_their_sheets(name: str) -> None:
    """The new first sheet moves every sheet one step, and what counts sheets with them."""
    old: Any = openpyxl.load_workbook(EXISTING / name.replace(".xlsm", ".xlsx"))
    new: Any = openpyxl.load_workbook(WORKBOOKS / name, keep_vba=True)
    assert new.sheetnames == ["Start", *old.sheetnames]
    for sheet in old:
        assert new[sheet.title].print_title_rows == sheet.print_title_rows
        assert new[sheet.title].auto_filter.ref == sheet.auto_filter.ref
        for row in sheet.iter_rows():
            for cell in row:
                assert new[sheet.title][cell.coordinate].value == cell.value
    start = new["Start"]
    assert new.defined_names["finsam_blockerat"].attr_text.startswith("'Start'!")
    assert [sheet.title for sheet in new if sheet.sheet_view.tabSelected] == ["Start"]
    said = " ".join(str(cell.value) for row in start.iter_rows() for cell in row if cell.value)
    for word in ("Makron är blockerade", "Avblockera", "betrodd plats", "Aktivera innehåll"):
        assert word in said
    for button in (*BUTTONS, *PLAIN_BUTTONS):
        assert button.tip in said


@pytest.mark.parametrize("name", WIRED)
def test_the_product_reads_them_as_the_existing_ones(name: str) -> None:
    """The sheet Start is ours and no table; findings are the same."""
    with (
        open_workbook(WORKBOOKS / name) as wired,
        open_workbook(EXISTING / name.replace(".xlsm", ".xlsx")) as plain,
    ):
        assert [t.sheet for t in wired.tables()] == [t.sheet for t in plain.tables()]
        assert wired.check().findings == plain.check().findings


@pytest.mark.parametrize("name", macro_books.NAMES)
def test_two_builds_are_the_same_bytes_and_the_shipped_ones(name: str) -> None:
    first = macro_books.build(name)
    assert first == macro_books.build(name)
    assert first == (WORKBOOKS / name).read_bytes(), "python workbooks/build"


@pytest.mark.parametrize("name", macro_books.NAMES)
def test_every_relation_leads_to_a_part_and_every_part_has_a_type(name: str) -> None:
    held = parts(WORKBOOKS / name)
    for rels, data in held.items():
        if rels.endswith(".rels"):
            folder = Path("/" + rels).parent.parent
            ids = []
            for relation in ET.fromstring(data):
                target = (folder / relation.get("Target", "")).resolve()
                assert str(target).lstrip("/") in held
                ids.append(relation.get("Id"))
            assert len(ids) == len(set(ids))
    types = ET.fromstring(held["[Content_Types].xml"])
    defaults = {node.get("Extension") for node in types if node.tag.endswith("Default")}
    overrides = {node.get("PartName") for node in types if node.tag.endswith("Override")}
    for part in held:
        if part != "[Content_Types].xml":
            assert f"/{part}" in overrides or part.rpartition(".")[2] in defaults
    assert overrides <= {f"/{part}" for part in held}


def test_each_file_says_what_it_is() -> None:
    """A macro workbook and an add-in: Excel refuses a file whose name and type differ."""
    for name in macro_books.NAMES:
        kind = "addin" if name.endswith(".xlam") else "sheet"
        assert (
            f"{kind}.macroEnabled.main+xml".encode()
            in parts(WORKBOOKS / name)["[Content_Types].xml"]
        )


@pytest.mark.parametrize("name", WIRED)
def test_code_names_are_those_of_the_project(name: str) -> None:
    held = parts(WORKBOOKS / name)
    names = re.findall(
        rb'codeName="(\w+)"', b"".join(d for p, d in held.items() if p.endswith(".xml"))
    )
    assert sorted(names) == [b"BladStart", b"ThisWorkbook"]
    for code in names:
        assert code in held["xl/vbaProject.bin"]


def buttons_on(vml: bytes) -> dict[str, tuple[str, list[int], bool]]:
    """Of each form button: its text, anchor, and whether it prints, by macro."""
    found = {}
    for shape in ET.fromstring(vml).iter("{urn:schemas-microsoft-com:vml}shape"):
        data = shape.find(f"{_VML}ClientData")
        assert data is not None
        macro = data.findtext(f"{_VML}FmlaMacro", "").removeprefix("[0]!")
        anchor = [int(number) for number in data.findtext(f"{_VML}Anchor", "").split(",")]
        printed = data.findtext(f"{_VML}PrintObject") != "False"
        found[macro] = (
            "".join(text for div in shape.iter("div") for text in div.itertext()),
            anchor,
            printed,
        )
    return found


@pytest.mark.parametrize("name", WIRED)
def test_buttons_cover_nothing(name: str) -> None:
    """Beside the table only blank cells lie under a button, and no long text runs in there."""
    held = parts(WORKBOOKS / name)
    book: Any = openpyxl.load_workbook(WORKBOOKS / name)
    table = book[macro_books.sheet_with_buttons(name)]
    placed = buttons_on(held["xl/drawings/vmlDrawing2.vml"])
    assert list(placed) == [button.name for button in BUTTONS]
    for _, (left, _, top, _, right, _, bottom, _), printed in placed.values():
        assert not printed
        for row in table.iter_rows(top + 1, bottom + 1, 1, right + 1):
            reach = 0.0
            for cell in row:
                if cell.column > left:
                    assert cell.value is None
                    assert reach <= _start_of(table, left)
                elif cell.value is not None:
                    reach = _start_of(table, cell.column - 1) + 1.3 * len(str(cell.value))
    edges = sorted((anchor[0], anchor[1], anchor[4], anchor[5]) for _, anchor, _ in placed.values())
    for (_, _, *end), (*begin, _, _) in pairwise(edges):
        assert end <= begin, "no button lies on another"
    assert table.freeze_panes is None or bottom < table[table.freeze_panes].row - 1


def _start_of(sheet: Any, column: int) -> float:
    """Where a column (from 0) starts, in characters."""
    total = 0.0
    for dimension in sheet.column_dimensions.values():
        for number in range(dimension.min, dimension.max + 1):
            total += dimension.width if number <= column else 0
    return total


@pytest.mark.parametrize("name", macro_books.NAMES)
def test_the_ribbon_is_what_excel_wants(name: str) -> None:
    held = parts(WORKBOOKS / name)
    assert ribbon.RELATION.encode() in held["_rels/.rels"]
    root = ET.fromstring(held[ribbon.PART])
    assert root.tag == f"{_CUSTOM_UI}customUI"
    (tab,) = root.findall(f"{_CUSTOM_UI}ribbon/{_CUSTOM_UI}tabs/{_CUSTOM_UI}tab")
    assert tab.get("label") == "Finsam"
    groups = list(tab)
    assert [group.tag for group in groups] == [f"{_CUSTOM_UI}group"] * 2
    buttons = [button for group in groups for button in group]
    assert [button.get("id") for button in buttons] == [
        *(button.name for button in BUTTONS),
        *(button.name for button in PLAIN_BUTTONS),
    ]
    text = vba_text.written("FinsamKnappar")
    for callback in [tab.get("getVisible"), *(button.get("onAction") for button in buttons)]:
        assert callback is None or f"Public Sub {callback}(ByVal kontroll As Object" in text
    assert (tab.get("getVisible") is None) == name.endswith(".xlam")
    identifiers = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(identifiers) == len(set(identifiers))
    for button in buttons:
        assert button.get("imageMso") in _PICTURES
        assert 0 < len(button.get("screentip", "")) <= _LONGEST_TIP
        assert 0 < len(button.get("supertip", "")) <= _LONGEST_TIP


@pytest.mark.parametrize("name", [*WIRED, "finsam.xlam"])
def test_a_further_button_is_one_line_in_the_list(name: str, tmp_path: Path) -> None:
    """It gets a Sub, its place in the ribbon, and a button on Start and beside the table."""
    path = tmp_path / name
    path.write_bytes(macro_books.build(name, (*BUTTONS, _EXTRA)))
    held = parts(path)
    root = ET.fromstring(held[ribbon.PART])
    entries = {node.get("id"): node.get("supertip") for node in root.iter(f"{_CUSTOM_UI}button")}
    assert entries["FinsamSkicka"] == _EXTRA.tip
    command = [sys.executable, "-m", "oletools.olevba", "-c", str(path)]
    code = subprocess.run(command, capture_output=True, check=False, timeout=120).stdout.decode()
    assert 'FinsamKor "FinsamSkicka", "Skicka in & klart"' in code.replace("\r", "")
    assert 'Case "FinsamSkicka": FinsamSkicka' in code
    if name.endswith(".xlsm"):
        for number in (1, 2):
            text, _, _ = buttons_on(held[f"xl/drawings/vmlDrawing{number}.vml"])["FinsamSkicka"]
            assert text.strip() == _EXTRA.text
        start: Any = openpyxl.load_workbook(path)["Start"]
        assert _EXTRA.tip in [cell.value for row in start.iter_rows() for cell in row]


def test_the_build_writes_into_the_folder_it_is_given(tmp_path: Path) -> None:
    build = str(ROOT / "workbooks" / "build")
    command = [sys.executable, build, "--release", "--out", str(tmp_path / "ut")]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
    made = {
        str(p.relative_to(tmp_path / "ut")) for p in (tmp_path / "ut").rglob("*") if p.is_file()
    }
    assert set(macro_books.NAMES) <= made
    assert "macros/vba/FinsamKnappar.bas" in made
    assert subprocess.run([*command, "--check"], check=False, capture_output=True).returncode == 0
    (tmp_path / "ut" / "finsam.xlam").write_bytes(b"")
    assert subprocess.run([*command, "--check"], check=False, capture_output=True).returncode == 1


@pytest.mark.parametrize("name", WIRED)
def test_the_product_keeps_code_buttons_and_ribbon(name: str, tmp_path: Path) -> None:
    """A recalculated macro workbook has a report more, and its own parts byte for byte."""
    path = tmp_path / name
    path.write_bytes((WORKBOOKS / name).read_bytes())
    with open_workbook(path) as book:
        kinds = tuple(kind for kind in book.fitting_reports() if kind != "kontroll")
        book.apply(book.recompute(reports=kinds))
    before, after = parts(WORKBOOKS / name), parts(path)
    for part in before:
        if part.startswith(("customUI/", "xl/vba", "xl/drawings/vml", "xl/worksheets/_rels/")):
            assert after[part] == before[part]
    again: Any = openpyxl.load_workbook(path, keep_vba=True)
    assert again.sheetnames[0] == "Start"
    assert any(sheet.startswith("Rapport") for sheet in again.sheetnames)
    with open_workbook(path) as book:
        assert book.recompute(reports=kinds).plan.edits == ()
