"""A frozen copy shows what the workbook shows, and holds nothing that runs and no names."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openxml_audit import OpenXmlValidator

from finsam_xl.actions.wiring import Platform
from finsam_xl.cli import commands
from finsam_xl.errors import FinsamError
from finsam_xl.freezing import freeze
from finsam_xl.hosts.ooxml.freezing.leaving import Leaving
from finsam_xl.wiring import Change, wire
from support.rich_macros import HER_MODULE, build_rich_macros
from support.rich_workbook import missing_features
from support.strict_package import problems
from support.workbooks import EXISTING, NOW, ROOT, copy, with_its_results, workbook

SHIPPED = sorted([*(ROOT / "workbooks").glob("*.xlsm"), *(ROOT / "workbooks").glob("*.xlsx")])
CODE = re.compile(
    r"vba|customUI|webext|activeX|^finsam/|macrosheet|_xmlsignatures|\.bin$", re.IGNORECASE
)
REPORTS = ["Rapport Plan", "Rapport Avgifter", "Rapport Avgifter underlag"]
OURS = re.compile(rb"FINSAM_|_finsam|Finsam(?:Rakna|Kontr|Skapa|Vad|Angra|Knappar|Flik)|blockerat")


def frozen(
    source: Path, out: Path, *, names: bool = False, pdf: Path | None = None
) -> tuple[Path, Change]:
    with freeze(source, NOW, out, names=names, pdf=pdf) as change:
        return change.write().path, change


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def rewritten(path: Path, changes: dict[str, bytes | None]) -> Path:
    held: dict[str, bytes | None] = {**parts(path), **changes}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in held.items():
            if data is not None:
                package.writestr(name, data)
    return path


def replaced(path: Path, part: str, *pairs: tuple[str, str]) -> None:
    text = parts(path)[part].decode()
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    rewritten(path, {part: text.encode()})


def faults(path: Path) -> set[str]:
    validator = OpenXmlValidator(max_errors=0)
    said = {f"{e.part_uri}: {e.description}" for e in validator.validate(path).errors}
    return {*problems(path), *(words for words in said if "inline-string" not in words)}


def opened(path: Path, *, values: bool = False) -> openpyxl.Workbook:
    with warnings.catch_warnings(action="ignore"):  # it knows no slicers
        return openpyxl.load_workbook(path, data_only=values)


def cells(path: Path, *, values: bool) -> dict[tuple[str, str], object]:
    """What an independent reader finds in every cell: values as saved, or formulas."""
    book = opened(path, values=values)
    return {
        (sheet.title, cell.coordinate): getattr(cell.value, "text", cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def assert_nothing_runs(path: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-m", "oletools.olevba", "-c", str(path)]
    said = subprocess.run(command, capture_output=True, check=False, timeout=120).stdout.decode()
    assert "No VBA or XLM macros found" in said
    held = parts(path)
    assert [name for name in held if CODE.search(name)] == []
    types = held["[Content_Types].xml"].decode()
    assert "spreadsheetml.sheet.main+xml" in types
    assert "macroEnabled" not in types
    assert "vbaProject" not in types
    for name, data in held.items():
        assert not OURS.search(data), name
        assert b"codeName" not in data or "worksheets/" in name
        assert not re.search(rb'macro="[^"]+"|FmlaMacro', data), name


# Whole workbooks


@pytest.mark.parametrize("source", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_book_is_what_it_was_before_it_was_wired(source: Path, tmp_path: Path) -> None:
    before = source.read_bytes()
    made, _ = frozen(source, tmp_path / "utskick.xlsx")
    plain = EXISTING / f"{source.stem.removesuffix('-lite')}.xlsx"
    assert_nothing_runs(made)
    assert faults(made) <= faults(plain)
    held, hers = parts(made), parts(plain)
    assert set(held) == set(hers)
    hers = {name: data.replace(b' tabSelected="1"', b"") for name, data in hers.items()}
    differ = {n for n in held if held[n].replace(b' tabSelected="1"', b"") != hers[n]}
    assert differ <= {
        "docProps/core.xml",
        "docProps/app.xml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
        "_rels/.rels",
    }
    assert openpyxl.load_workbook(made).sheetnames == openpyxl.load_workbook(plain).sheetnames
    assert source.read_bytes() == before


@pytest.mark.parametrize("source", sorted(EXISTING.glob("*.xlsx")), ids=lambda path: path.stem)
def test_result_cells_with_our_functions_show_what_they_did(source: Path, tmp_path: Path) -> None:
    """Nobody has calculated them but us: they show the printed figures that they were put over."""
    path = copy(source, tmp_path)
    with wire(path, NOW, functions=True) as change:
        made = change.write().path
        assert len(change.functions) > 1
    out, _ = frozen(made, tmp_path / "utskick.xlsx")
    assert_nothing_runs(out)
    assert cells(out, values=True) == cells(path, values=True)
    assert cells(out, values=False) == cells(path, values=False)


@pytest.fixture(scope="module")
def run_and_reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wired book with results, two reports, the sheet Finsam and a log."""
    folder = tmp_path_factory.mktemp("bok")
    source = copy(EXISTING / "sodra-lappland-budget.xlsx", folder)
    with wire(source, NOW) as change:
        path = change.write().path
    with workbook(path) as book:
        book.user = "anna.andersson"
        book.apply(book.recompute(("plan", "avgifter")))
    return path


def test_results_and_reports_stay_and_all_else_goes(run_and_reported: Path, tmp_path: Path) -> None:
    made, change = frozen(run_and_reported, tmp_path / "utskick.xlsx")
    assert_nothing_runs(made)
    assert faults(made) <= faults(run_and_reported)
    names = openpyxl.load_workbook(made).sheetnames
    assert names[-3:] == REPORTS
    assert not {"Start", "Finsam", "Finsam-logg"} & set(names)
    for values in (True, False):
        before, after = cells(run_and_reported, values=values), cells(made, values=values)
        differ = {at for at in after if after[at] != before.get(at)}
        kept = {at for at in before if at[0] in names}
        assert kept == set(after)
        assert {sheet for sheet, _ in differ} == set(REPORTS)
        assert len(differ) == len(REPORTS)
        for at in differ:
            mark = "fryst 2026-11-25 ur sodra-lappland-budget.xlsm"
            assert after[at] == f"{before[at]} · {mark}"
    assert b"anna.andersson" not in b"".join(parts(made).values())
    assert any("Start, Finsam och Finsam-logg" in line for line in change.lines)


def test_the_properties_say_which_run(run_and_reported: Path, tmp_path: Path) -> None:
    made, _ = frozen(run_and_reported, tmp_path / "utskick.xlsx")
    with workbook(run_and_reported) as book:
        run = book.log()[-1].run
    properties = openpyxl.load_workbook(made).properties
    said = f"Fryst 2026-11-25 ur sodra-lappland-budget.xlsm, senaste körning {run} (Räkna om)."
    assert said in properties.description
    assert "Finsam-logg" not in parts(made)["docProps/app.xml"].decode()


def test_links_in_reports_lead_somewhere(run_and_reported: Path, tmp_path: Path) -> None:
    made, _ = frozen(run_and_reported, tmp_path / "utskick.xlsx")
    book = openpyxl.load_workbook(made)
    links = [link for sheet in book for link in sheet._hyperlinks if link.location]
    for link in links:
        sheet = link.location.rpartition("!")[0].strip("'")
        assert sheet in book.sheetnames


def test_a_copy_has_a_title_and_hers_stands(run_and_reported: Path, tmp_path: Path) -> None:
    """What a program that reads aloud calls it: what she called it, else what its reports are."""
    made, _ = frozen(run_and_reported, tmp_path / "med.xlsx")
    hers = "Verksamhetsplan Budget 2024 Plan 2025–2026"
    assert openpyxl.load_workbook(made).properties.title == hers
    inside, core = parts(run_and_reported), "docProps/core.xml"
    inside[core], count = re.subn(rb"<dc:title>[^<]*</dc:title>", b"", inside[core])
    assert count == 1
    untitled = tmp_path / "utan.xlsm"
    with zipfile.ZipFile(untitled, "w") as archive:
        for name, data in inside.items():
            archive.writestr(name, data)
    made, _ = frozen(untitled, tmp_path / "fryst.xlsx")
    said = [
        str(sheet["A1"].value) for sheet in openpyxl.load_workbook(made) if "Rapport" in sheet.title
    ]
    assert len(said) == 3
    assert openpyxl.load_workbook(made).properties.title == ", ".join(said)


def test_it_opens_on_a_sheet_that_is_shown(run_and_reported: Path, tmp_path: Path) -> None:
    made, _ = frozen(run_and_reported, tmp_path / "utskick.xlsx")
    book = openpyxl.load_workbook(made)
    assert book.active.sheet_state == "visible"
    assert book.active.title == "Rapport Plan"


def test_only_the_reports_are_printed(run_and_reported: Path, tmp_path: Path, soffice: str) -> None:
    pdf = tmp_path / "rapporter.pdf"
    made, _ = frozen(run_and_reported, tmp_path / "utskick.xlsx", pdf=pdf)
    text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True).stdout
    said = text.decode()
    assert "fryst 2026-11-25" in said
    assert "Budget 2024 och plan 2025–2026" in said
    assert "Målkarta" not in said
    assert openpyxl.load_workbook(made)["Budget 2024"].sheet_state == "visible"


@pytest.mark.parametrize("saves", ["as it is", "by another program"])
def test_our_reports_in_a_copy_are_not_read_as_hers(
    saves: str, run_and_reported: Path, tmp_path: Path
) -> None:
    """The tables are those of the book, however the copy was saved."""
    made, _ = frozen(run_and_reported, tmp_path / "utskick.xlsx")
    if saves == "by another program":
        opened(made).save(made)
    assert {"Rapport Plan", "Rapport Avgifter underlag"} <= set(opened(made).sheetnames)
    told = []
    for path in (run_and_reported, made):
        with workbook(path) as book:
            told.append([(t.sheet, t.range, t.kind, t.title) for t in book.tables()])
    assert told[0] == told[1]
    assert told[0]


# Formulas


def typed(path: Path) -> Path:
    """A book with every way to use our functions, each with the value that Excel saved."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Blad1")
        start = book.add_worksheet("Start")
        start.write("A1", 7)
        sheet.write_column("A1", [1, 4, 2, 5])
        whole = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_formula("C1", "=FINSAM_ANDEL(A1,A2)", None, 0.25)
        sheet.write_formula(
            "C2", '=IF(ROUND(finsam_andel(A1,A2),2)>0,"över","under")', None, "över"
        )
        sheet.write_formula("C3", "=FINSAM_ANDEL(1,0)", None, "#DIV/0!")
        sheet.write_formula("C4", '=FINSAM_UPPNATT("Andel minst","80 %",300,319)', None, True)
        sheet.write_formula("C5", '=IF(FINSAM_ANDEL(A1,A2)=1,1,"")', None, "")
        sheet.write_formula("C6", "=FINSAM_FORANDRING(A1,A2)+45000", whole, 44999.25)
        sheet.write_formula("C7", "=_xldudf_FINSAM_ANDEL(A1,A4)", None, 0.2)
        sheet.write_formula("C8", "=Andel*2", None, 0.5)
        sheet.write_formula("C9", "=Dubbelt+1", None, 1.5)
        sheet.write_dynamic_array_formula("E1:E2", "=FINSAM_AVGIFT(A1:A2,100)", None, 20)
        sheet.write("E2", 80)
        sheet.write_array_formula("F1:F2", "{=FINSAM_ANDEL(A1:A2,A3:A4)}", None, 0.5)
        sheet.write("F2", 0.8)
        sheet.write_formula("D1", "=SUM(A1:A4)+C1", None, 12.25)
        sheet.write_formula("D2", "=Summa*2", None, 24.5)
        sheet.write_formula("D3", '="FINSAM_ANDEL(1;2)"', None, "FINSAM_ANDEL(1;2)")
        book.define_name("Andel", "=FINSAM_ANDEL(Blad1!$A$1,Blad1!$A$2)")
        book.define_name("Dubbelt", "=Andel*2")
        book.define_name("Summa", "=Blad1!$D$1")
        book.define_name("Blad1!Lokal", "=FINSAM_ANDEL(1,3)")
        book.define_name("Finsam_budget", "=Blad1!$A$2")
        sheet.write_formula("D4", "=Finsam_budget+1", None, 5)
        sheet.conditional_format(
            "A1:A4", {"type": "formula", "criteria": "=FINSAM_ANDEL($A1,2)>1", "format": whole}
        )
        sheet.conditional_format("A1:A2", {"type": "cell", "criteria": ">", "value": 3})
        sheet.data_validation("H1", {"validate": "custom", "value": "=FINSAM_ANDEL(A1,A2)<1"})
        sheet.data_validation("H2", {"validate": "list", "source": ["ja", "nej"]})
        sheet.data_validation("H3", {"validate": "list", "source": "=Andel"})
    with_its_results(path)
    text = '<c r="C5"><f>IF(FINSAM_ANDEL(A1,A2)=1,1,"")</f><v></v></c>'
    replaced(path, "xl/worksheets/sheet1.xml", (text, text.replace('"C5"', '"C5" t="str"')))
    return path


SHOWN = {
    "C1": 0.25, "C2": "över", "C3": "#DIV/0!", "C4": True, "C6": 44999.25, "C7": 0.2,
    "C8": 0.5, "C9": 1.5, "E1": 20, "E2": 80, "F1": 0.5, "F2": 0.8,
}  # fmt: skip


def test_our_functions_become_what_they_showed(tmp_path: Path) -> None:
    path = typed(tmp_path / "bok.xlsx")
    made, change = frozen(path, tmp_path / "utskick.xlsx")
    assert_same_but_for_strings(made)
    book, before = openpyxl.load_workbook(made), openpyxl.load_workbook(path, data_only=True)
    sheet = book["Blad1"]
    for cell, value in SHOWN.items():
        kind = bool if isinstance(value, bool) else object
        at = sheet[cell]
        shown = at.value.isoformat() if at.is_date else at.value
        assert (shown, isinstance(at.value, kind)) == (
            ("2023-03-14T06:00:00", True) if cell == "C6" else (value, True)
        )
        assert at.number_format == before["Blad1"][cell].number_format
    assert sheet["C5"].value in {None, ""}
    assert sheet["D1"].value == "=SUM(A1:A4)+C1"
    assert sheet["D2"].value == "=Summa*2"
    assert sheet["D4"].value == "=Finsam_budget+1"
    assert list(book.defined_names) == ["Finsam_budget", "Summa"]
    assert not sheet.defined_names
    assert b' cm="' not in parts(made)["xl/worksheets/sheet1.xml"]
    assert any("11 formler" in line for line in change.lines)
    assert any("Blad1!C3" in note for note in change.notes)
    assert any("Andel, Dubbelt och Lokal" in note for note in change.notes)
    assert faults(made) <= faults(path)


def assert_same_but_for_strings(path: Path) -> None:
    """A text that only speaks of a function stays: everything else of ours is gone."""
    held = parts(path)
    left = {name for name, data in held.items() if b"FINSAM_" in data}
    assert left == {"xl/worksheets/sheet1.xml"}
    assert held["xl/worksheets/sheet1.xml"].count(b"FINSAM_") == 2  # the text and its value


def test_rules_with_our_functions_go_and_hers_stay(tmp_path: Path) -> None:
    made, change = frozen(typed(tmp_path / "bok.xlsx"), tmp_path / "utskick.xlsx")
    sheet = openpyxl.load_workbook(made)["Blad1"]
    rules = [rule for ranges in sheet.conditional_formatting for rule in ranges.rules]
    assert [rule.type for rule in rules] == ["cellIs"]
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["H2"]
    assert b'<dataValidations count="1">' in parts(made)["xl/worksheets/sheet1.xml"]
    assert any("Blad1 (3)" in note for note in change.notes)


def saved_by_libreoffice(path: Path, folder: Path, soffice: str) -> Path:
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    command += ["--outdir", str(folder / "sparad"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / "sparad" / f"{path.stem}.xlsx"


def test_the_same_is_shown_in_libreoffice(tmp_path: Path, soffice: str) -> None:
    """Where every formula that is left is calculated anew."""
    made, _ = frozen(typed(tmp_path / "bok.xlsx"), tmp_path / "utskick.xlsx")
    again = cells(saved_by_libreoffice(made, tmp_path, soffice), values=True)
    expected = cells(made, values=True)
    blank = {None, ""}
    assert {at: v for at, v in again.items() if v not in blank} == {
        at: v for at, v in expected.items() if v not in blank
    }
    assert again["Blad1", "D2"] == 24.5


def test_a_table_fills_no_new_rows_with_our_functions(tmp_path: Path) -> None:
    """Its rows keep their values; a chart of a name that goes is told."""
    path = tmp_path / "bok.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Blad1")
        columns = [
            {"header": "Av"},
            {"header": "Andel", "formula": "=FINSAM_ANDEL([@Av],10)", "total_function": "sum"},
            {"header": "Dubbelt", "formula": "=[@Av]*2"},
        ]
        options = {"columns": columns, "total_row": True, "data": [[1], [2]]}
        sheet.add_table("A1:C4", options)
        for row, of in ((1, 1), (2, 2)):
            sheet.write_formula(row, 1, "=FINSAM_ANDEL(Tabell[@Av],10)", None, of / 10)
            sheet.write_formula(row, 2, f"=A{row + 1}*2", None, of * 2)
        book.define_name("Andel", "=FINSAM_ANDEL(Blad1!$A$2:$A$3,10)")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Blad1!$A$2:$A$3"})
        sheet.insert_chart("F1", chart)
    with_its_results(path)
    replaced(path, "xl/charts/chart1.xml", ("Blad1!$A$2:$A$3", "Blad1!Andel"))
    made, change = frozen(path, tmp_path / "utskick.xlsx")
    assert_nothing_runs(made)
    table = parts(made)["xl/tables/table1.xml"].decode()
    (left,) = re.findall(r"<calculatedColumnFormula>([^<]*)<", table)
    assert left.endswith("*2")
    assert [openpyxl.load_workbook(made).active[cell].value for cell in ("B2", "B3")] == [0.1, 0.2]
    assert any("Diagram med siffror" in note for note in change.notes)


REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"


@pytest.mark.parametrize(
    ("files", "left"), [("a", ["a"]), ("af", ["a"]), ("fa", ["f", "a"]), ("f", [])]
)
def test_the_link_to_our_add_in_goes(files: str, left: list[str], tmp_path: Path) -> None:
    """Unless another comes after it: formulas know the links by their numbers."""
    path = tmp_path / "bok.xlsx"
    targets = {"a": "annan.xlsx", "f": "file:///C:\\Users\\anna\\Finsam.xlam"}
    other = files.find("a") + 1
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Blad1")
        sheet.write_formula("A1", f"=[{files.find('f') + 1}]!FINSAM_ANDEL(1,2)", None, 0.5)
        sheet.write_formula("A2", f"=[{other}]Blad1!A1" if other else "=1", None, 1)
    with_its_results(path)
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "".join(f'<externalReference r:id="rId{n + 50}"/>' for n in range(len(files)))
    replaced(
        path,
        "xl/workbook.xml",
        ("</sheets>", f"</sheets><externalReferences>{links}</externalReferences>"),
    )
    relations, types = "", ""
    for n, file in enumerate(files):
        name = f"externalLinks/externalLink{n}.xml"
        relations += f'<Relationship Id="rId{n + 50}" Type="{REL}/externalLink" Target="{name}"/>'
        types += f'<Override PartName="/xl/{name}" ContentType="{LINK_TYPE}"/>'
        link = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{REL}/externalLinkPath" Target="{targets[file]}" '
            'TargetMode="External"/></Relationships>'
        )
        book = f'<externalLink xmlns="{space}" xmlns:r="{REL}"><externalBook r:id="rId1"/></externalLink>'
        rewritten(
            path,
            {
                f"xl/{name}": book.encode(),
                f"xl/externalLinks/_rels/externalLink{n}.xml.rels": link.encode(),
            },
        )
    replaced(
        path, "xl/_rels/workbook.xml.rels", ("</Relationships>", f"{relations}</Relationships>")
    )
    replaced(path, "[Content_Types].xml", ("</Types>", f"{types}</Types>"))
    made, _ = frozen(path, tmp_path / "utskick.xlsx")
    held = parts(made)
    kept = [data.decode() for name, data in held.items() if "externalLinks/_rels" in name]
    assert [next(f for f in files if targets[f] in text) for text in kept] == left
    assert held["xl/workbook.xml"].count(b"<externalReference ") == len(left)
    assert (b"externalReferences" in held["xl/workbook.xml"]) is bool(left)
    sheet = openpyxl.load_workbook(made).active
    assert sheet["A1"].value == 0.5
    assert sheet["A2"].value == (f"=[{other}]Blad1!A1" if other else "=1")
    assert faults(made) <= faults(path)


def test_shared_formulas_and_data_tables(tmp_path: Path) -> None:
    """One text for several cells; and a table that tries figures in what no longer follows."""
    path = typed(tmp_path / "bok.xlsx")
    name = "xl/worksheets/sheet1.xml"
    replaced(
        path,
        name,
        (
            "</sheetData>",
            (
                '<row r="20"><c r="A20"><f t="shared" ref="A20:A21" si="0">FINSAM_ANDEL(A1,2)</f>'
                '<v>0.5</v></c><c r="B20"><f t="dataTable" ref="B20:B21" dt2D="0" dtr="0" r1="A1"/>'
                '<v>3</v></c></row><row r="21"><c r="A21"><f t="shared" si="0"/><v>2</v></c>'
                '<c r="B21"><v>4</v></c></row></sheetData>'
            ),
        ),
    )
    made, _ = frozen(path, tmp_path / "utskick.xlsx")
    sheet = openpyxl.load_workbook(made)["Blad1"]
    assert [sheet[cell].value for cell in ("A20", "A21", "B20", "B21")] == [0.5, 2, 3, 4]
    assert b"dataTable" not in parts(made)[name]


def test_formulas_at_sheets_that_go_become_values(tmp_path: Path) -> None:
    """Her formulas that look at the sheet Finsam, or write its address as a text."""
    source = copy(EXISTING / "sodra-lappland-budget.xlsx", tmp_path)
    with wire(source, NOW) as change:
        path = change.write().path
    hers = {
        "Finsam!A1": "Finsam",
        'INDIRECT("Finsam!A1")': "Finsam",
        'HYPERLINK("#Start!A1","hit")': "hit",
        "'Budget 2024'!A1": "Budget",
        "_finsam_svar": "inget",
        "SUM('Uppgifter i text:Finsam'!Z1)": 0,
    }
    row = "".join(
        f'<c r="{"ABCDEF"[n]}900" t="str"><f>{text.replace(chr(34), "&quot;")}</f>'
        f"<v>{value}</v></c>"
        for n, (text, value) in enumerate(hers.items())
    )
    replaced(
        path, "xl/worksheets/sheet1.xml", ("</sheetData>", f'<row r="900">{row}</row></sheetData>')
    )
    replaced(path, "xl/workbook.xml", (' fullCalcOnLoad="1"', ""))
    made, _ = frozen(path, tmp_path / "utskick.xlsx")
    left = [cell.value for cell in openpyxl.load_workbook(made)["Budget 2024"][900][:6]]
    assert left == ["Finsam", "Finsam", "hit", "='Budget 2024'!A1", "inget", "0"]


@pytest.mark.parametrize(
    ("formula", "goes"),
    [
        ("SUM(Blad1:Blad3!A1)", True),
        ("SUM(Blad2:Blad3!A1)", False),
        ("'Blad1:Finsam'!A1+1", True),
        ("[1]!FINSAM_ANDEL(1,2)", True),
        ("'C:\\x\\finsam.xlam'!FINSAM_ANDEL(1,2)", True),
        ("MAP(A1:A3,FINSAM_SKALMEDEL)", True),
        ("HennesModul.HennesSumma(1,2)", True),
        ("[2]Finsam!A1", False),
        ('"Finsam och vi"', False),
        ("FINSAMMAN(1)", False),
        ("Namnet+1", True),
        ("Tabell[Finsam]", False),
    ],
)
def test_what_looks_at_something_that_goes(formula: str, *, goes: bool) -> None:
    order = ("Blad1", "Finsam", "Blad2", "Blad3")
    going = Leaving(order, frozenset({"finsam"}), frozenset({"HENNESSUMMA"}), frozenset({"namnet"}))
    assert going.meets(formula) is goes


@pytest.mark.parametrize("value", ["#NAME?", "#BUSY!"])
def test_a_function_that_was_not_there_is_no_value(value: str, tmp_path: Path) -> None:
    path = tmp_path / "bok.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Blad1").write_formula("B7", "=FINSAM_ANDEL(Namn,2)", None, value)
    with_its_results(path)
    replaced(path, "xl/worksheets/sheet1.xml", ('t="str"', 't="e"')) if value == "#BUSY!" else None
    with pytest.raises(FinsamError) as refused, freeze(path, NOW, tmp_path / "ut.xlsx"):
        pass
    assert "Blad1!B7" in str(refused.value)
    assert "Återställ formler" in str(refused.value)
    assert not (tmp_path / "ut.xlsx").exists()


def test_values_that_were_never_saved_are_calculated(tmp_path: Path) -> None:
    """By us; where nobody can, nothing is written."""
    path = tmp_path / "bok.xlsx"
    book = openpyxl.Workbook()
    book.active.append([1, 4, "=FINSAM_ANDEL(A1,B1)"])
    book.save(path)
    made, _ = frozen(path, tmp_path / "utskick.xlsx")
    assert openpyxl.load_workbook(made).active["C1"].value == 0.25
    book.active["C2"] = "=FINSAM_ANDEL(A1,INDIRECT(D1))"
    book.save(path)
    with pytest.raises(FinsamError, match="Sheet!C2"), freeze(path, NOW, tmp_path / "ut.xlsx"):
        pass


# Code


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    path = tmp_path / "rik.xlsm"
    build_rich_macros(path, {"HennesModul": HER_MODULE})
    return path


GONE = {
    "form-control button", "button macro", "ribbon", "ribbon relation", "web extension",
    "web extension task pane", "web extension relation", "printer settings",
    "page setup with printer",
}  # fmt: skip


@pytest.mark.parametrize("platform", [None, *Platform])
def test_her_own_code_goes_and_the_rest_stays(
    rich: Path, platform: Platform | None, tmp_path: Path
) -> None:
    source = rich
    if platform is not None:
        with wire(rich, NOW, platform, tmp_path / "kopplad.xlsm") as change:
            source = change.write().path
    made, told = frozen(source, tmp_path / "utskick.xlsx")
    assert_nothing_runs(made)
    assert set(missing_features(made)) == GONE
    assert faults(made) <= faults(rich)
    assert any("makron" in line and "knappar" in line for line in told.lines)
    assert any("Dold" in note for note in told.notes)
    before = cells(rich, values=True)
    assert cells(made, values=True) == before


def test_her_own_functions_become_values(rich: Path, tmp_path: Path) -> None:
    with_its_results(rich)
    formula = '<row r="90"><c r="A90"><f>HennesSumma(1,2)*2</f><v>6</v></c></row></sheetData>'
    replaced(rich, "xl/worksheets/sheet1.xml", ("</sheetData>", formula))
    made, _ = frozen(rich, tmp_path / "utskick.xlsx")
    assert opened(made).worksheets[0]["A90"].value == 6


CONTROL = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="x14"><control shapeId="{shape}" r:id="{id}" name="En"><controlPr '
    'defaultSize="0" macro="[0]!{macro}"><anchor/></controlPr></control></mc:Choice>'
    "</mc:AlternateContent>"
)


def test_buttons_and_controls_with_code_go_and_boxes_stay(rich: Path, tmp_path: Path) -> None:
    """As Excel writes them: a button, a box and one of ActiveX, and shapes that call a macro."""
    sheet, rels = "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"
    listed = "".join(
        CONTROL.format(shape=shape, id=relation, macro="Kor")
        for shape, relation in ((4001, "rId71"), (4002, "rId72"), (4003, "rId73"))
    )
    kinds = {"rId71": "ctrlProp", "rId72": "ctrlProp", "rId73": "control"}
    targets = {
        "rId71": "../ctrlProps/ctrlProp71.xml",
        "rId72": "../ctrlProps/ctrlProp72.xml",
        "rId73": "../activeX/activeX1.xml",
    }
    relations = "".join(
        f'<Relationship Id="{rid}" Type="{REL}/{kind}" Target="{targets[rid]}"/>'
        for rid, kind in kinds.items()
    )
    held = parts(rich)
    drawing = held["xl/drawings/drawing1.xml"].decode()
    assert 'macro=""' in drawing
    data = held[sheet].decode()
    at = data.index("</worksheet>") if "<extLst" not in data else data.rindex("<extLst")
    binary = b"\xd0\xcf\x11\xe0"
    types = held["[Content_Types].xml"].decode()
    rewritten(
        rich,
        {
            sheet: (data[:at] + f"<controls>{listed}</controls>" + data[at:]).encode(),
            rels: held[rels].replace(b"</Relationships>", f"{relations}</Relationships>".encode()),
            "xl/drawings/drawing1.xml": drawing.replace('macro=""', 'macro="[0]!Kor"').encode(),
            "xl/ctrlProps/ctrlProp71.xml": b'<formControlPr objectType="Button"/>',
            "xl/ctrlProps/ctrlProp72.xml": b'<formControlPr objectType="CheckBox"/>',
            "xl/activeX/activeX1.xml": b"<ax:ocx xmlns:ax='x'/>",
            "xl/activeX/_rels/activeX1.xml.rels": (
                b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships'
                b'"><Relationship Id="rId1" Type="http://schemas.microsoft.com/office/2006/'
                b'relationships/activeXControlBinary" Target="activeX1.bin"/></Relationships>'
            ),
            "xl/activeX/activeX1.bin": binary,
            "[Content_Types].xml": types.replace(
                "</Types>",
                '<Override PartName="/xl/activeX/activeX1.bin" ContentType="application/'
                'vnd.ms-office.activeX"/><Override PartName="/xl/activeX/activeX1.xml" '
                'ContentType="application/vnd.ms-office.activeX+xml"/></Types>',
            ).encode(),
        },
    )
    made, _ = frozen(rich, tmp_path / "utskick.xlsx")
    assert_nothing_runs(made)
    after = parts(made)
    assert re.findall(rb'<control shapeId="(\d+)"', after[sheet]) == [b"4002"]
    assert "xl/ctrlProps/ctrlProp72.xml" in after
    assert "xl/ctrlProps/ctrlProp71.xml" not in after
    assert after["xl/drawings/drawing1.xml"].count(b'macro=""') == drawing.count('macro=""')


def test_macro_sheets_and_signatures_go(rich: Path, tmp_path: Path) -> None:
    """A sheet of Excel 4 macros is code; a signature would no longer hold."""
    held = parts(rich)
    microsoft = "http://schemas.microsoft.com/office/2006/relationships"
    signed = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    replaced(
        rich,
        "xl/_rels/workbook.xml.rels",
        (
            "</Relationships>",
            (
                f'<Relationship Id="rId88" Type="{microsoft}/xlMacrosheet" '
                'Target="macrosheets/sheet1.xml"/></Relationships>'
            ),
        ),
    )
    replaced(
        rich,
        "xl/workbook.xml",
        ("</sheets>", '<sheet name="Makro1" sheetId="88" r:id="rId88"/></sheets>'),
        ("</definedNames>", ('<definedName name="Auto_Open" hidden="1">Makro1!$A$1</definedName>'
         '<definedName name="Kor" function="1" xlm="1">Makro1!$A$1</definedName></definedNames>')),
    )  # fmt: skip
    replaced(
        rich,
        "_rels/.rels",
        (
            "</Relationships>",
            (
                f'<Relationship Id="rId99" Type="{signed}" Target="_xmlsignatures/origin.sigs"/>'
                "</Relationships>"
            ),
        ),
    )
    types = held["[Content_Types].xml"].decode()
    rewritten(
        rich,
        {
            "_xmlsignatures/origin.sigs": b"",
            "xl/macrosheets/sheet1.xml": b"<xm:macrosheet xmlns:xm='x'/>",
            "[Content_Types].xml": types.replace(
                "</Types>",
                '<Default Extension="sigs" ContentType="application/vnd.openxmlformats-package.'
                'digital-signature-origin"/><Override PartName="/xl/macrosheets/sheet1.xml" '
                'ContentType="application/vnd.ms-excel.macrosheet+xml"/></Types>',
            ).encode(),
        },
    )
    made, change = frozen(rich, tmp_path / "utskick.xlsx")
    assert_nothing_runs(made)
    assert b"Makro1" not in parts(made)["xl/workbook.xml"]
    assert any("signatur" in line and "makroblad" in line for line in change.lines)


# Names of persons


@pytest.fixture
def named(tmp_path: Path) -> Path:
    """A rich workbook in which Anna Andersson is named wherever programs write a name."""
    path = tmp_path / "rik.xlsm"
    build_rich_macros(path)
    replaced(
        path,
        "docProps/core.xml",
        ("<dc:creator></dc:creator>", "<dc:creator>Anna Andersson</dc:creator>"),
        (
            "<cp:lastModifiedBy></cp:lastModifiedBy>",
            "<cp:lastModifiedBy>Anna Andersson</cp:lastModifiedBy>",
        ),
    )
    replaced(
        path,
        "docProps/app.xml",
        ("<ScaleCrop>", "<Manager>Anna Andersson</Manager><Company>Anna Ab</Company><ScaleCrop>"),
    )
    replaced(
        path,
        "xl/workbook.xml",
        (
            "<workbookPr",
            '<fileSharing readOnlyRecommended="1" userName="Anna Andersson"/><workbookPr',
        ),
        (
            "<bookViews>",
            (
                '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
                '2006"><mc:Choice Requires="x15"><x15ac:absPath xmlns:x15ac="http://schemas.microsoft.'
                'com/office/spreadsheetml/2010/11/ac" url="C:\\Users\\Anna Andersson\\"/></mc:Choice>'
                "</mc:AlternateContent><bookViews>"
            ),
        ),
    )
    comments = parts(path)["xl/comments1.xml"].decode()
    author = re.findall(r"<author>([^<]*)</author>", comments)[1]
    replaced(
        path,
        "xl/comments1.xml",
        (f"<author>{author}</author>", "<author>Anna Andersson</author>"),
        ("<t>Källa:", '<t xml:space="preserve">Anna Andersson:\n</t></r><r><t>Källa enligt Anna:'),
    )
    replaced(path, "xl/persons/person.xml", ('"Exempel Person"', '"Anna Andersson"'))
    return path


def test_names_go_unless_they_are_to_stay(named: Path, tmp_path: Path) -> None:
    made, _ = frozen(named, tmp_path / "utskick.xlsx")
    after = parts(made)
    assert [name for name, data in after.items() if b"Anna Andersson" in data] == []
    assert [name for name, data in after.items() if b"Anna" in data] == ["xl/comments1.xml"]
    comments = after["xl/comments1.xml"].decode()
    assert "Källa enligt Anna:" in comments
    assert "<author>Författare</author>" in comments
    assert "<author>tc={" in comments
    assert b"Ja, beslutat av styrelsen." in after["xl/threadedComments/threadedComment1.xml"]
    assert "xl/printerSettings/printerSettings1.bin" not in after
    assert faults(made) <= faults(named)
    kept, _ = frozen(named, tmp_path / "med namn.xlsx", names=True)
    assert opened(kept).properties.creator == "Anna Andersson"
    for name in ("comments1.xml", "persons/person.xml", "printerSettings/printerSettings1.bin"):
        assert parts(kept)[f"xl/{name}"] == parts(named)[f"xl/{name}"]


def test_what_the_log_said_is_not_left_among_the_texts(
    run_and_reported: Path, tmp_path: Path, soffice: str
) -> None:
    """Another program keeps the texts of all sheets together, also those of the log."""
    saved = saved_by_libreoffice(run_and_reported, tmp_path, soffice)
    assert b"anna.andersson" in parts(saved)["xl/sharedStrings.xml"]
    made, _ = frozen(saved, tmp_path / "utskick.xlsx")
    assert b"anna.andersson" not in b"".join(parts(made).values())
    before, after = cells(saved, values=False), cells(made, values=False)
    differ = {at for at in after if after[at] != before[at]}
    assert len(differ) == len(REPORTS)  # where reports say that they are frozen
    assert_nothing_runs(made)


# The command


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    code = commands.run([str(argument) for argument in arguments])
    out = capsys.readouterr()
    return code, out.out + out.err


def test_who_made_a_scenario_is_not_told(named: Path, tmp_path: Path) -> None:
    scenario = (
        '<scenarios current="0" show="0"><scenario name="Sämst" count="1" user="Anna Andersson" '
        'comment="Skapad av Anna Andersson"><inputCells r="A1" val="1"/></scenario></scenarios>'
    )
    replaced(named, "xl/worksheets/sheet4.xml", ("</sheetData>", f"</sheetData>{scenario}"))
    made, _ = frozen(named, tmp_path / "utskick.xlsx")
    data = parts(made)["xl/worksheets/sheet4.xml"]
    assert b'<scenario name="S\xc3\xa4mst" count="1"><inputCells' in data


def test_the_command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = typed(tmp_path / "bok.xlsx")
    out = tmp_path / "utskick.xlsx"
    assert run(capsys, "freeze", path, "--out", out, "--dry-run")[0] == 0
    assert not out.exists()
    code, said = run(capsys, "frys", path, "--out", out)
    assert code == 0
    assert "11 formler blir det värde som visas (Blad1)" in said
    assert "den är orörd" in said
    again = tmp_path / "igen.xlsx"
    code, said = run(capsys, "freeze", path, "--out", again, "--namn", "behall", "--json")
    content = json.loads(said)
    assert content["file"] == str(again)
    assert "Namn i egenskaper och kommentarer behålls" in content["changes"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "--out saknas"),
        (["--out", "ut.xlsm"], "ska sluta på .xlsx"),
        (["--out", "bok.xlsx"], "samma namn som boken"),
        (["--out", "ut.xlsx", "--pdf", "ut.txt"], "ska sluta på .pdf"),
        (["--out", "ut.xlsx", "--pdf", "ut.pdf"], "inget rapportblad"),
        (["--out", "ut.xlsx", "--namn", "kanske"], "ta-bort, behall"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str],
    words: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = typed(tmp_path / "bok.xlsx")
    before = path.read_bytes()
    monkeypatch.chdir(tmp_path)
    code, said = run(capsys, "freeze", "bok.xlsx", *arguments)
    assert code == commands.UNUSABLE
    assert words in said
    assert path.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == [path]
