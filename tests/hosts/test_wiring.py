"""Any workbook is wired and comes back as it was; whatever else is in it stays and works."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import vba_project
import xlsxwriter
from openxml_audit import OpenXmlValidator
from pyopenvba.cfb import CFB

from finsam_xl.actions.buttons import BUTTONS
from finsam_xl.actions.wiring import Platform
from finsam_xl.cli import commands
from finsam_xl.errors import FinsamError, InputError, WorkbookError
from finsam_xl.hosts.ooxml.package import Package
from finsam_xl.hosts.ooxml.wiring import journal, macros, vbamerge
from finsam_xl.hosts.ooxml.wiring.vbaproject import Project
from finsam_xl.wiring import unwire, wire
from support import finsam_sheets
from support.rich_macros import BUTTON_SHEETS, HER_MODULE, build_many_buttons, build_rich_macros
from support.rich_workbook import build_rich_workbook, missing_features
from support.strict_package import problems
from support.wired import parts, unwired, wired
from support.workbooks import EXISTING, NOW, ROOT, copy, unprotected, workbook

PRACTICE = ROOT / "tests" / "practice"
BOOKS = [
    *sorted(EXISTING.glob("*.xlsx")),
    *sorted((PRACTICE / "books").glob("*.xlsx"))[::4],
    *sorted((PRACTICE / "officer").glob("*2026.xlsx")),
]
every_book = pytest.mark.parametrize("source", BOOKS, ids=lambda path: path.stem)
every_platform = pytest.mark.parametrize("platform", Platform)


def rewritten(path: Path, changes: dict[str, bytes | None]) -> Path:
    """The file with parts changed, added or (None) taken out by somebody else."""
    held: dict[str, bytes | None] = {**parts(path), **changes}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in held.items():
            if data is not None:
                package.writestr(name, data)
    return path


def faults(path: Path) -> set[str]:
    validator = OpenXmlValidator(max_errors=0)
    said = {f"{e.part_uri}: {e.description}" for e in validator.validate(path).errors}
    return {*problems(path), *(words for words in said if "inline-string" not in words)}


def suffix_of(platform: Platform) -> str:
    return ".xlsx" if platform is Platform.LITE else ".xlsm"


@every_book
@every_platform
def test_a_workbook_comes_back_byte_for_byte(
    source: Path, platform: Platform, tmp_path: Path
) -> None:
    """And until then every part that need not change is as it was packed."""
    path = copy(source, tmp_path)
    made = wired(path, platform, tmp_path / f"kopplad{suffix_of(platform)}")
    with Package(path) as before, Package(made) as after:
        same = [name for name in before.names if after.entry(name).data == before.entry(name).data]
        changed = set(before.names) - set(same)
    assert changed <= {
        "[Content_Types].xml",
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        *(name for name in parts(path) if "worksheets/" in name or name.endswith(".vml")),
    }
    assert faults(made) <= faults(path)
    assert unwired(made, tmp_path / "tillbaka.xlsx").read_bytes() == source.read_bytes()


@every_book
def test_it_is_wired_again_in_place(source: Path, tmp_path: Path) -> None:
    made = wired(copy(source, tmp_path))
    first = made.read_bytes()
    with wire(made, NOW) as change:
        assert change.again
        assert change.write().path == made
    assert made.read_bytes() == first


def test_it_stays_wired_for_what_it_was_wired_for(tmp_path: Path) -> None:
    for platform in Platform:
        out = tmp_path / f"{platform.value}{suffix_of(platform)}"
        made = wired(copy(BOOKS[0], tmp_path), platform, out)
        first = made.read_bytes()
        assert wired(made).read_bytes() == first


@every_book
def test_the_wired_one_is_read_as_before(source: Path, tmp_path: Path) -> None:
    made = wired(copy(source, tmp_path))
    with workbook(source) as plain, workbook(made) as book:
        assert book.tables() == plain.tables()


@every_book
def test_only_what_was_recalculated_differs(source: Path, tmp_path: Path) -> None:
    """Unwired after a run it is what the same run makes of the workbook that never was wired."""
    plain = unprotected(copy(source, tmp_path))
    made = wired(plain, out=tmp_path / f"{plain.stem}.xlsm")
    for path in (plain, made):
        with workbook(path) as book:
            result = book.recompute()
            book.apply(result if path == made else result.plan)  # where there is a log, it goes
    back = parts(unwired(made, tmp_path / "tillbaka.xlsx"))
    differ = {name for name in back if back[name] != parts(plain)[name]}
    assert list(back) == list(parts(plain))
    if b"<fills" in b"".join(back[name] for name in differ):  # colours are new formats
        differ.discard("xl/styles.xml")
        for name in differ:
            strip = re.compile(rb' s="\d+"')
            assert strip.sub(b"", back[name]) == strip.sub(b"", parts(plain)[name])
    else:
        assert differ == set()


def test_reports_stay_when_the_rest_goes(tmp_path: Path) -> None:
    made = wired(copy(EXISTING / "sodra-lappland-budget.xlsx", tmp_path))
    with workbook(made) as book:
        book.apply(book.recompute(("plan", "avgifter")))
    back = unwired(made, tmp_path / "tillbaka.xlsx")
    names = openpyxl.load_workbook(back).sheetnames
    assert "Start" not in names
    assert len([name for name in names if name.startswith("Rapport")]) == 3
    assert faults(back) == set()


def test_wired_corrected_recalculated_unwired(tmp_path: Path) -> None:
    """What is typed on the sheet Finsam is followed, kept when wired again, and gone at last."""
    path = finsam_sheets.saved(tmp_path)
    plain = parts(path)
    made = wired(path, Platform.LITE, tmp_path / "kopplad.xlsx")
    assert openpyxl.load_workbook(made).sheetnames == ["Start", "Blad", "Finsam", "Finsam-logg"]
    assert finsam_sheets.figures(made) == {}
    put_right = finsam_sheets.typed(made, tmp_path / "rättad.xlsx", finsam_sheets.SAYS)
    figures = finsam_sheets.figures(put_right)
    assert len(figures) == 6
    again = wired(put_right, out=tmp_path / "igen.xlsx")
    assert finsam_sheets.figures(again) == figures
    with workbook(again) as book:
        book.apply(book.recompute())
    back = unwired(again, tmp_path / "tillbaka.xlsx")
    after = parts(back)
    assert {name for name in plain if after[name] != plain[name]} == {"xl/worksheets/sheet1.xml"}
    assert set(after) == set(plain)
    shown = openpyxl.load_workbook(back)["Blad"]
    assert {cell: shown[cell].value for cell in figures} == figures
    assert faults(back) <= faults(path)


@every_platform
@pytest.mark.parametrize("names", ["", "<definedNames/>", "<definedNames></definedNames>"])
def test_the_sheet_made_again_leaves_nothing_behind(
    names: str, platform: Platform, tmp_path: Path
) -> None:
    """Neither its formats nor its names; a list of names that was empty is so again."""
    unread: list[list[Any]] = [["Siffror"], ["Post", "Alfa"], ["Hyra", 5], ["Lön", 7], ["Mat", 1]]
    path = finsam_sheets.saved(tmp_path, unread)
    book = parts(path)["xl/workbook.xml"].replace(b"<definedNames />", b"")
    book = book.replace(b"<definedNames/>", b"").replace(b"<calcPr", names.encode() + b"<calcPr")
    before = rewritten(path, {"xl/workbook.xml": book}).read_bytes()
    made = wired(path, platform, tmp_path / f"kopplad{suffix_of(platform)}")
    again, last = made.with_stem("igen"), made.with_stem("sist")
    finsam_sheets.applied(finsam_sheets.typed(made, again, {"Slag": "budget"}), last)
    assert parts(last)["xl/styles.xml"] != parts(made)["xl/styles.xml"]
    assert unwired(last, tmp_path / "tillbaka.xlsx").read_bytes() == before


def test_a_sheet_finsam_from_before_stays(tmp_path: Path) -> None:
    """With what is typed on it: it was hers already."""
    path = finsam_sheets.saved(tmp_path)
    finsam_sheets.applied(path, path)
    before = path.read_bytes()
    made = wired(path)
    assert openpyxl.load_workbook(made).sheetnames == ["Start", "Blad", "Finsam", "Finsam-logg"]
    path.unlink()
    assert unwired(made, path).read_bytes() == before


def test_another_sheet_called_finsam_keeps_its_name(tmp_path: Path) -> None:
    path = small_book(tmp_path / "bok.xlsx", "Finsam")
    before = path.read_bytes()
    made = wired(path)
    assert openpyxl.load_workbook(made).sheetnames == [
        "Start",
        "Finsam",
        "Finsam (2)",
        "Finsam-logg",
    ]
    assert faults(made) == set()
    assert unwired(made, tmp_path / "tillbaka.xlsx").read_bytes() == before


# A workbook with everything in it


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    path = tmp_path / "rik.xlsm"
    build_many_buttons(path)
    return path


@every_platform
def test_a_rich_workbook_keeps_all_it_has(rich: Path, platform: Platform, tmp_path: Path) -> None:
    """Buttons, slicer, threads, ribbon, add-in, custom XML, macros: all there, and all back."""
    made = wired(rich, platform, tmp_path / "kopplad.xlsm")
    assert missing_features(made) == []
    before, after = parts(rich), parts(made)
    kept = {name for name in before if after[name] == before[name]}
    of_hers = ("ctrlProps/", "drawings/drawing", "comments", "slicer", "persons", "customXml")
    assert {name for name in before if any(kind in name for kind in of_hers)} <= kept
    sheets = [name for name in before if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
    assert len(sheets) == len(BUTTON_SHEETS) + 4
    assert {name for name in sheets if name not in kept} == {"xl/worksheets/sheet1.xml"}
    assert faults(made) <= faults(rich)
    assert unwired(made, tmp_path / "tillbaka.xlsm").read_bytes() == rich.read_bytes()


def test_both_projects_are_there(rich: Path, tmp_path: Path) -> None:
    made = wired(rich, out=tmp_path / "kopplad.xlsm")
    command = [sys.executable, "-m", "oletools.olevba", "-c", str(made)]
    code = subprocess.run(command, capture_output=True, check=False, timeout=120).stdout.decode()
    for words in ("Function HennesSumma", "Workbook_BeforeClose", 'FinsamKor "FinsamRaknaOm"'):
        assert words in code
    assert "Workbook_Open" not in code, "her own module is not touched"
    ours = Project(macros.finished_project()).modules
    held = Project(parts(made)["xl/vbaProject.bin"]).modules
    assert {name for name, kind in ours.items() if kind == "Module"} < set(held)
    assert "finsam_blockerat" not in parts(made)["xl/workbook.xml"].decode()


def test_her_buttons_stay_beside_ours_on_every_sheet(rich: Path, tmp_path: Path) -> None:
    """In the VML that they share, each with a number of its own."""
    made = parts(wired(rich, out=tmp_path / "kopplad.xlsm"))
    shared = [
        data.decode()
        for name, data in made.items()
        if name.endswith(".vml") and b"[0]!RaknaOm" in data and b"FinsamRaknaOm" in data
    ]
    assert len(shared) == 1 + len(BUTTON_SHEETS)
    for vml in shared:
        numbers = re.findall(r'<v:shape id="_x0000_s(\d+)"', vml)
        assert len(numbers) == len(set(numbers)) >= 2 + len(BUTTONS)
        assert vml.count('ObjectType="Button"') == 1 + len(BUTTONS)


def test_both_ribbons_and_add_ins_are_there(rich: Path, tmp_path: Path) -> None:
    made = parts(wired(rich, Platform.BOTH, tmp_path / "kopplad.xlsm"))
    tabs = re.findall(rb'<tab id="(\w+)"', made["customUI/customUI14.xml"])
    assert tabs == [b"finsamTab", b"FinsamFlik"]
    assert made["xl/webextensions/taskpanes.xml"].count(b"<wetp:taskpane ") == 2


@pytest.mark.parametrize(
    ("hers", "still"),
    [
        ("<customUI xmlns='{}'><ribbon startFromScratch='true'/></customUI>", "startFromScratch"),
        ("<x:customUI xmlns:x='{}'><x:ribbon><x:tabs/></x:ribbon></x:customUI>", "<x:tabs>"),
        (
            "<customUI xmlns='{}'><ribbon><qat/><contextualTabs/></ribbon></customUI>",
            "</tabs><contextualTabs",
        ),
        ("<customUI xmlns='{}'><backstage/></customUI>", "</ribbon><backstage"),
        ("<customUI xmlns='{}'><commands/></customUI>", "<commands/><ribbon>"),
    ],
)
@pytest.mark.parametrize("year", ["2006/01", "2009/07"])
def test_any_ribbon_is_added_to(hers: str, still: str, year: str, tmp_path: Path) -> None:
    """Also that of Excel 2007, which a later one would hide."""
    path = tmp_path / "rik.xlsx"
    build_rich_workbook(path)
    space = f"http://schemas.microsoft.com/office/{year}/customui"
    changes: dict[str, bytes | None] = {"customUI/customUI14.xml": hers.format(space).encode()}
    if year == "2006/01":
        rels = parts(path)["_rels/.rels"]
        changes["_rels/.rels"] = rels.replace(b"2007/relationships/ui", b"2006/relationships/ui")
    before = rewritten(path, changes).read_bytes()
    made = wired(path)
    ribbon = parts(made)["customUI/customUI14.xml"].decode()
    assert still in ribbon
    assert ribbon.count('FinsamFlik"') == 1
    assert not [name for name in parts(made) if "customUI" in name and "14.xml" not in name]
    path.unlink()
    assert unwired(made, path).read_bytes() == before


def test_a_tab_of_hers_with_our_id_stays(tmp_path: Path) -> None:
    path = tmp_path / "rik.xlsx"
    build_rich_workbook(path)
    name = "customUI/customUI14.xml"
    hers = parts(path)[name].replace(b'tab id="finsamTab"', b'tab id="FinsamFlik"')
    before = rewritten(path, {name: hers}).read_bytes()
    with wire(path, NOW) as change:
        assert not change.again
        assert any("Bokens egna flikar" in note for note in change.notes)
        made = change.write().path
    assert parts(made)[name] == hers
    path.unlink()
    assert unwired(made, path).read_bytes() == before


def test_modules_called_as_ours_stay_hers(tmp_path: Path) -> None:
    path = tmp_path / "bok.xlsm"
    named = HER_MODULE.replace("HennesModul", "FinsamStart")
    build_rich_macros(path, {"FinsamStart": named})
    made = wired(path, out=tmp_path / "kopplad.xlsm")
    held = parts(made)["xl/vbaProject.bin"]
    assert {"FinsamStart", "FinsamStart_2", "FinsamCom"} <= set(Project(held).modules)
    left = Project(vbamerge.without(held, macros.ours_in(Project(held)), macros.events()))
    assert list(left.modules) == ["ThisWorkbook", "Blad1", "Blad2", "FinsamStart"]
    assert any("HennesSumma" in line for line in left.code("FinsamStart"))


HERS_AMONG_OURS = """Option Explicit

Private WithEvents mExcel As Application

Private Sub Workbook_Open()
    Set mExcel = Application
    FinsamOppnad
    Range("A1").Select
End Sub

Private Sub Workbook_BeforeSave(ByVal SaveAsUI As Boolean, Cancel As Boolean)
    FinsamForeSparning
End Sub

Private Sub Workbook_Deactivate()
End Sub
"""


def test_what_she_has_written_among_our_events_is_kept(tmp_path: Path) -> None:
    """In the workbook's own module, that calls ours: only the calls go."""
    held = macros.finished_project()
    with vbamerge._opened(held) as (file, path):
        file.set_module("ThisWorkbook", HERS_AMONG_OURS.replace("\n", "\r\n"))
        held = vbamerge._saved(file, path)
    left = Project(vbamerge.without(held, macros.ours_in(Project(held)), macros.events()))
    assert left.code("ThisWorkbook") == [
        "Private Sub Workbook_Open()",
        '    Range("A1").Select',
        "End Sub",
        "Private Sub Workbook_Deactivate()",
        "End Sub",
    ]
    assert vbamerge.without_events(left.code("ThisWorkbook"), macros.events()) == left.code(
        "ThisWorkbook"
    )
    ours = Project(macros.finished_project()).code("ThisWorkbook")
    assert vbamerge.without_events(ours, macros.events()) == []


# Saved by Excel in between: nothing is packed as we packed it, and what was kept is gone


def saved_by_excel(path: Path) -> Path:
    """Every part written in other words, our own unknown part dropped, buttons as controls."""
    held = parts(path)
    changes: dict[str, bytes | None] = {journal.PART: None}
    for name in ("_rels/.rels", "[Content_Types].xml"):
        element = rb'<\w+ [^>]*finsam/original\.dat"[^>]*/>'
        changes[name] = re.sub(element, b"", held[name])
    book = held["xl/workbook.xml"]
    changes["xl/workbook.xml"] = book.replace(b"<workbookView ", b'<workbookView activeTab="1" ')
    return rewritten(path, changes)


CONTROLS = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="x14"><controls>{}</controls></mc:Choice></mc:AlternateContent>'
)
CONTROL = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="x14"><control shapeId="2049" r:id="{id}" name="Button 1"><controlPr '
    'defaultSize="0" macro="[0]!{macro}"><anchor/></controlPr></control></mc:Choice>'
    "</mc:AlternateContent>"
)


@every_book
@every_platform
def test_what_excel_saved_is_unwired_too(source: Path, platform: Platform, tmp_path: Path) -> None:
    """All of ours is gone; her sheets are as they were, but for which one was selected."""
    path = copy(source, tmp_path)
    made = saved_by_excel(wired(path, platform, tmp_path / f"kopplad{suffix_of(platform)}"))
    with unwire(made, NOW, tmp_path / "tillbaka.xlsx") as change:
        back = change.write().path
    before, after = parts(path), parts(back)
    assert set(after) == set(before)
    for name, data in after.items():
        if name != "xl/styles.xml":
            assert b"insam_" not in data, name
            assert b"Finsam" not in data or b"Finsam" in before[name], name
        if "worksheets/" in name:
            assert data == before[name].replace(b' tabSelected="1"', b""), name
    assert faults(back) <= faults(path)


def test_buttons_as_excel_writes_them_are_taken_off(tmp_path: Path) -> None:
    """Controls in the sheet, their properties and their shapes go; hers stay."""
    made = wired(copy(BOOKS[0], tmp_path))
    held = parts(made)
    (sheet, rels) = ("xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels")
    listed = "".join(
        CONTROL.format(id=f"rId{number}", macro=macro)
        for number, macro in enumerate(("FinsamRaknaOm", "Hennes"), start=7)
    )
    end = f"{CONTROLS.format(listed)}</worksheet>".encode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/ctrlProp"
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="../ctrlProps/ctrlProp{n}.xml"/>'
        for n in (7, 8)
    )
    tail = b"</Relationships>"
    rewritten(
        saved_by_excel(made),
        {
            sheet: held[sheet].replace(b"</worksheet>", end),
            rels: held[rels].replace(tail, relations.encode() + tail),
            "xl/ctrlProps/ctrlProp7.xml": b"<formControlPr/>",
            "xl/ctrlProps/ctrlProp8.xml": b"<formControlPr/>",
        },
    )
    after = parts(unwired(made, tmp_path / "tillbaka.xlsx"))
    assert b"FinsamRaknaOm" not in after[sheet]
    assert after[sheet].count(b"<control ") == 1
    assert b"[0]!Hennes" in after[sheet]
    assert "xl/ctrlProps/ctrlProp7.xml" not in after
    assert "xl/ctrlProps/ctrlProp8.xml" in after
    assert b"ctrlProp7" not in after[rels]


def _kind(fault: str) -> str:
    """A fault without the cell it is at, or how often it is there."""
    return re.sub(r"xl/drawings/vmlDrawing\d+|\d+ times$", "", fault.partition(": B")[0])


@every_platform
@pytest.mark.parametrize("program", ["openpyxl", "libreoffice"])
def test_what_other_programs_saved_is_unwired_too(
    program: str, platform: Platform, tmp_path: Path, soffice: str
) -> None:
    """They write each part in their own way and lose some; of ours nothing is left."""
    source = copy(PRACTICE / "officer" / "Budget 2026.xlsx", tmp_path)
    made = wired(source, platform, tmp_path / f"kopplad{suffix_of(platform)}")
    saved = tmp_path / "sparad" / made.name
    if program == "openpyxl":
        saved.parent.mkdir()
        openpyxl.load_workbook(made, keep_vba=made.suffix == ".xlsm").save(saved)
    else:
        kind = "Calc MS Excel 2007" + (" VBA XML" if made.suffix == ".xlsm" else " XML")
        profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
        command = [soffice, profile, "--headless", "--convert-to", f"{made.suffix[1:]}:{kind}"]
        command += ["--outdir", str(saved.parent), str(made)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    before = set(problems(saved))
    back = unwired(saved, tmp_path / "tillbaka.xlsx")
    assert openpyxl.load_workbook(back).sheetnames == openpyxl.load_workbook(source).sheetnames
    left = parts(back)
    for name, data in left.items():
        if name != "xl/sharedStrings.xml":
            assert b"FinsamRakna" not in data
            assert b"_finsam" not in data
            assert b"finsam_blockerat" not in data
    assert not [name for name in left if re.search(r"customUI|vba|webext|finsam/", name)]
    assert {_kind(fault) for fault in problems(back)} <= {_kind(fault) for fault in before} | {
        _kind(fault) for fault in problems(back) if "a cell of kind" in fault
    }


def test_code_that_she_has_written_since_stays(tmp_path: Path) -> None:
    """The project is hers by then: it keeps her modules, and the file its ending."""
    made = wired(copy(BOOKS[0], tmp_path))
    held = parts(made)["xl/vbaProject.bin"]
    hers = vba_project.project({"HennesModul": HER_MODULE}, "Option Explicit\n", ["BladStart"])
    with_hers = vbamerge.merged(held, hers)
    rewritten(made, {"xl/vbaProject.bin": with_hers})
    with unwire(made, NOW) as change:
        assert change.target == made
        change.write()
    left = Project(parts(made)["xl/vbaProject.bin"])
    assert [name for name, kind in left.modules.items() if kind == "Module"] == ["HennesModul"]
    assert left.code("ThisWorkbook") == []
    assert b"macroEnabled" in parts(made)["[Content_Types].xml"]
    assert faults(made) == set()


def test_parts_too_large_to_keep_come_back_by_their_edits(
    rich: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every part is there with its content; formats and macros may be written in other words."""
    monkeypatch.setattr(journal, "_LARGEST", 0)
    before = parts(rich)
    made = wired(rich, Platform.BOTH, tmp_path / "kopplad.xlsm")
    after = parts(unwired(made, tmp_path / "tillbaka.xlsm"))
    assert list(after) == list(before)
    differ = {name for name in before if after[name] != before[name]}
    assert differ <= {"xl/vbaProject.bin", "xl/styles.xml"}
    held = Project(after["xl/vbaProject.bin"])
    assert held.modules == Project(before["xl/vbaProject.bin"]).modules


def test_without_the_extra_her_code_is_refused(
    rich: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vbamerge, "tool", lambda: None)
    with pytest.raises(WorkbookError, match="egna makron") as error:
        wired(rich, out=tmp_path / "ny.xlsm")
    assert "finsam-xl[vba]" in error.value.remedy
    assert "finsam.xlam" in error.value.remedy
    assert wired(rich, Platform.LITE, tmp_path / "lite.xlsm").exists(), "no code is added to hers"


# Workbooks that are left alone, each with its reason


def changed_part(name: str, old: bytes, new: bytes) -> Any:
    def made(path: Path) -> Path:
        held = parts(path)[name]
        assert old in held
        return rewritten(path, {name: held.replace(old, new, 1)})

    return made


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (
            changed_part(
                "xl/workbook.xml",
                b"<bookViews>",
                b'<workbookProtection lockStructure="1"/><bookViews>',
            ),
            "struktur är skyddad",
        ),
        (
            changed_part(
                "xl/workbook.xml",
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            ),
            "Strikt",
        ),
        (lambda path: rewritten(path, {"_xmlsignatures/origin.sigs": b"x"}), "signerad"),
        (lambda path: path.rename(path.with_suffix(".xltx")), "Bara .xlsx och .xlsm"),
        (lambda path: (path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), path)[1], "äldre"),
    ],
    ids=["protected", "strict", "signed", "template", "old"],
)
def test_what_is_not_wired_is_said(made: Any, why: str, tmp_path: Path) -> None:
    path = made(copy(BOOKS[0], tmp_path))
    before = path.read_bytes()
    with pytest.raises(FinsamError, match=why) as error:
        wired(path)
    assert path.name in error.value.where
    assert error.value.remedy
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_signed_and_locked_code_is_refused(rich: Path, tmp_path: Path) -> None:
    rewritten(rich, {"xl/vbaProjectSignature.bin": b"x"})
    with pytest.raises(WorkbookError, match="signerade"):
        wired(rich, out=tmp_path / "ny.xlsm")
    locked = tmp_path / "låst.xlsm"
    build_rich_macros(locked)
    held = parts(locked)["xl/vbaProject.bin"]
    container = CFB.from_bytes(held)
    told = re.sub(rb'DPB="\w*"', b'DPB="%s"' % (b"0F" * 35), container.get_stream("PROJECT"))
    container.write_stream("PROJECT", told)
    rewritten(locked, {"xl/vbaProject.bin": container.to_bytes()})
    with pytest.raises(WorkbookError, match="lösenord"):
        wired(locked, out=tmp_path / "ny.xlsm")


def test_code_of_hers_for_lite_is_refused(tmp_path: Path) -> None:
    path = wired(copy(BOOKS[0], tmp_path), Platform.LITE)
    extension = "xl/webextensions/webextension1.xml"
    hers = parts(path)[extension].replace(b"udfs.lite", b"hennes.eget")
    rewritten(path, {extension: hers})
    with pytest.raises(WorkbookError, match="redan egen kod"):
        wired(path, Platform.LITE)


# Names, places and room


def small_book(path: Path, *names: str) -> Path:
    """A small budget on every sheet, with no row above it."""
    book = xlsxwriter.Workbook(path)
    for name in names:
        sheet = book.add_worksheet(name)
        rows: list[list[object]] = [
            ["tkr", "Budget 2026", "Utfall 2026"],
            ["Lokaler", 100, 90],
            ["Personal", 300, 310],
            ["Summa kostnader", 400, 400],
        ]
        for row, cells in enumerate(rows):
            sheet.write_row(row, 0, cells)
    book.close()
    return path


def test_a_sheet_of_hers_called_start_keeps_its_name(tmp_path: Path) -> None:
    path = small_book(tmp_path / "bok.xlsx", "Start", "År '26 😀 & mål")
    before = path.read_bytes()
    for platform in Platform:
        made = wired(path, platform, tmp_path / f"kopplad{suffix_of(platform)}")
        names = openpyxl.load_workbook(made).sheetnames
        assert names == ["Finsamstart", "Start", "År '26 😀 & mål", "Finsam", "Finsam-logg"]
        assert faults(made) == set()
        assert unwired(made, tmp_path / "tillbaka.xlsx").read_bytes() == before


def test_buttons_stand_right_of_a_table_without_room_above(tmp_path: Path) -> None:
    made = wired(small_book(tmp_path / "bok.xlsx", "Budget 2026"))
    vml = parts(made)["xl/drawings/vmlDrawing2.vml"].decode()
    anchors = [
        [int(n) for n in anchor.split(",")] for anchor in re.findall(r"<x:Anchor>(.*?)<", vml)
    ]
    assert len(anchors) == len(BUTTONS)
    assert all(anchor[0] >= 3 for anchor in anchors)


def test_a_protected_or_crowded_sheet_gets_no_buttons(tmp_path: Path) -> None:
    path = small_book(tmp_path / "bok.xlsx", "Budget 2026")
    sheet = "xl/worksheets/sheet1.xml"
    rewritten(
        path,
        {sheet: parts(path)[sheet].replace(b"</sheetData>", b"</sheetData><sheetProtection/>")},
    )
    with wire(path, NOW) as change:
        (note,) = (note for note in change.notes if "Budget 2026" in note)
        assert "bladet är skyddat" in note
        assert "Ta bort bladets skydd" in note
        assert "ledigt rum" not in note
        made = change.write().path
    assert parts(made)[sheet] == parts(path)[sheet].replace(b' tabSelected="1"', b"")


def test_names_that_count_sheets_follow(tmp_path: Path) -> None:
    path = EXISTING / "umearegionen-budget.xlsx"
    old: Any = openpyxl.load_workbook(path)
    new: Any = openpyxl.load_workbook(wired(copy(path, tmp_path)))
    for sheet in old:
        assert new[sheet.title].print_title_rows == sheet.print_title_rows


# The command line


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = commands.run(list(arguments))
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_commands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = copy(BOOKS[0], tmp_path)
    before = path.read_bytes()
    code, out, _ = run(capsys, "koppla", path.name, "--dry-run")
    assert (code, "provkörning" in out, "Bladet Start" in out) == (0, True, True)
    assert list(tmp_path.iterdir()) == [path]
    code, out, _ = run(capsys, "wire", path.name, "--json")
    told = json.loads(out)
    assert told["file"] == f"{path.stem}.xlsm"
    assert told["changes"]
    assert path.read_bytes() == before
    code, _, err = run(capsys, "wire", path.name)
    assert code == 2
    assert "finns redan" in err
    path.unlink()
    code, out, _ = run(capsys, "koppla-ur", f"{path.stem}.xlsm")
    assert (code, "byte för byte" in out) == (0, True)
    assert path.read_bytes() == before
    code, _, err = run(capsys, "unwire", path.name)
    assert code == 2
    assert "inte kopplad" in err


def test_out_must_end_as_the_result_does(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.xlsm"):
        wired(copy(BOOKS[0], tmp_path), out=tmp_path / "ny.xlsx")


def test_a_workbook_that_is_open_is_left_alone(tmp_path: Path) -> None:
    path = copy(BOOKS[0], tmp_path)
    (tmp_path / f"~${path.name}").touch()
    with pytest.raises(WorkbookError, match="öppen"):
        wired(path)
