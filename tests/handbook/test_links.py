"""What points to the handbook, in the terminal and in a workbook, points to a heading that is there."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

from finsam_xl import handbok
from finsam_xl.cli.commands import cli, run
from finsam_xl.cli.nearest import fold
from finsam_xl.hosts.ooxml.wiring import lite_main
from support.workbooks import ROOT

DEMO = ROOT / "workbooks" / "demo"
COMMAND = re.compile(r'finsam-xl\s+handbok\s+("[^"]+"|[\wåäöÅÄÖ-]*\w)')


def subjects(text: str) -> list[str]:
    """What a text says can be looked up, but for a word that stands for any."""
    return [one.strip('"') for one in COMMAND.findall(text) if one != "KOD"]


def leads(subject: str, capsys: pytest.CaptureFixture[str]) -> str:
    """The mark of the heading that a subject opens at, '' for a page; it is in the page."""
    capsys.readouterr()
    assert run(["handbok", subject, "--skriv-adress"]) == 0, subject
    address, _, mark = capsys.readouterr().out.strip().partition("#")
    page = Path(address.removeprefix("file://")).read_text(encoding="utf-8")
    assert not mark or f'id="{mark}"' in page
    return mark


def test_every_subject_that_the_program_names_is_there(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In all texts of the program, the macros, the tour, what is released, and the pages for people."""
    files = [
        *(
            path
            for kind in ("py", "toml", "md")
            for path in (ROOT / "finsam_xl").rglob(f"*.{kind}")
        ),
        *(ROOT / "macros").rglob("*"),
        *(ROOT / "workbooks" / "build").glob("*.txt"),
        *DEMO.glob("*.html"),
        ROOT / "README.md",
    ]
    found = {
        subject
        for path in files
        if path.is_file()
        for subject in subjects(re.sub(r'"\s*\n\s*f?"', "", path.read_text("utf-8", "ignore")))
    }
    assert len(found) > 3
    for subject in found - {"för"}:  # ”Skriv finsam-xl handbok för att öppna den”
        leads(subject, capsys)


def test_a_finding_in_the_terminal_is_looked_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is told last of a control can be typed, and opens at that kind of finding."""
    assert run(["kontrollera", str(DEMO / "uppfoljning-2025.xlsx")]) == 1
    assert [leads(one, capsys) for one in subjects(capsys.readouterr().out)] == [
        "fynd-olika-budget"
    ]
    assert run(["fynd", "olika-budget"]) == 0
    assert subjects(capsys.readouterr().out) == ["olika-budget"]


def test_a_control_without_findings_points_nowhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "budget.xlsx"
    shutil.copy(DEMO / "budget-2025.xlsx", path)
    assert run(["kontrollera", str(path), "--kod", "summa-avviker"]) == 0
    assert subjects(capsys.readouterr().out) == []


@pytest.mark.parametrize("name", cli.commands)
def test_help_of_a_command_leads_to_it(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    last = capsys.readouterr().out.strip().splitlines()[-1]
    assert [fold(one) for one in subjects(last)] == [fold(name)]
    own = handbok.BY_SUBJECT.get(name)  # a page that tells more than the options
    assert leads(name, capsys) == (own.mark if own else f"kommando-{fold(name)}")


def texts(path: Path, sheet: str) -> str:
    """All that a sheet says."""
    cells = (cell for row in openpyxl.load_workbook(path)[sheet].iter_rows() for cell in row)
    return "\n".join(str(cell.value) for cell in cells if cell.value is not None)


def test_sheets_point_with_words_that_last(tmp_path: Path) -> None:
    """Start, Finsam and Rapport Kontroll name the heading; nothing in the file leads to another file."""
    path = tmp_path / "Uppföljning.xlsx"
    shutil.copy(DEMO / "uppfoljning-2025.xlsx", path)
    assert run(["tabeller", str(path), "--skriv"]) == 0
    assert run(["rapport", str(path), "--kind", "kontroll"]) == 0
    assert run(["koppla", str(path), "--for", "excel"]) == 0
    wired = path.with_suffix(".xlsm")
    assert handbok.told("rättelser") in texts(wired, "Finsam")
    assert handbok.told("inställningar") in texts(wired, "Finsam")
    assert handbok.told("fynd") in texts(wired, "Rapport Kontroll")
    assert handbok.told("knappar") in texts(wired, "Start")
    assert run(["koppla", str(path), "--for", "lite"]) == 0
    assert handbok.told("lite") in texts(path, "Start")
    for book in (path, wired):
        with zipfile.ZipFile(book) as package:
            parts = [package.read(one) for one in package.namelist() if one.endswith(".rels")]
        assert not any(b"file:" in part or b"handbok" in part for part in parts)


def test_the_task_pane_names_the_heading() -> None:
    """What xlwings Lite shows above the buttons is the description of the module."""
    shown = lite_main.source({}, "9.9", buttons=()).split('"""')[1]
    assert f"I handboken: {handbok.BY_SUBJECT['lite'].names}." in shown
    assert "{" not in shown
