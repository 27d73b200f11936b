"""The buttons in LibreOffice: each clicked in an open workbook, held against the command line."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from support.calc_office import CalcOffice
from support.commands import finsam_xl
from support.workbooks import EXISTING, ROOT

BUDGET = EXISTING / "umearegionen-budget.xlsx"
SOCIAL = EXISTING / "umearegionen-social-budget.xlsx"
WIRED = ROOT / "workbooks" / "sodra-lappland-budget.xlsm"
LOG = "Finsam-logg"
GREEN, NO_FILL = 0xE6F2EA, -1


Texts = dict[str, dict[str, str]]


def _changed(before: Texts, after: Texts) -> dict[tuple[str, str], str]:
    """The cells of the sheets that were there whose text is another, with what it is."""
    return {
        (sheet, cell): after[sheet].get(cell, "")
        for sheet, cells in before.items()
        for cell in {*cells, *after[sheet]}
        if after[sheet].get(cell, "") != cells.get(cell, "")
    }


def _held(value: Any) -> Any:
    """A value as Calc holds it."""
    return "" if value is None else value


@pytest.mark.parametrize("source", [BUDGET, SOCIAL, WIRED], ids=lambda path: path.name)
def test_recompute_writes_what_the_command_line_does(source: Path, calc: CalcOffice) -> None:
    """Cell by cell, and no other cell; once more nothing, and *Ångra* takes it all back."""
    answer = finsam_xl("recompute", source, "--dry-run", "--json")
    edits = [edit for edit in answer.content["edits"] if edit["old"] != edit["new"]]
    calc.open(source)
    before = calc.ask("everything")
    told = calc.ask("click", "FinsamRaknaOm")
    after = calc.ask("everything")
    wanted = {(edit["sheet"], edit["cell"]): edit["new"] for edit in edits}
    assert set(after) == {*before, LOG}
    assert set(_changed(before, after)) == set(wanted)
    for place, value in wanted.items():
        ((held, _),) = calc.ask("held", *place)
        assert held == (pytest.approx(value) if isinstance(value, float) else _held(value)), place
    assert f"{len(answer.content['findings'])} fynd" in told
    assert calc.ask("undoable") == ["Finsam: Räkna om"]
    assert calc.ask("hidden") == [LOG]
    assert calc.ask("click", "FinsamRaknaOm").startswith("Inget behövde ändras")
    calc.ask("click", "FinsamAngra")
    assert _changed(before, calc.ask("everything")) == {}


def test_one_entry_of_libreoffices_own_undo_takes_a_click_back(calc: CalcOffice) -> None:
    """All that was written, coloured and added: cells, report sheets, charts, names."""
    calc.open(SOCIAL)
    before = calc.ask("everything")
    calc.ask("click", "FinsamRaknaOm")
    calc.ask("click", "FinsamSkapaRapport")
    assert "Rapport Impactindex" in calc.ask("sheets")
    assert calc.ask("undoable") == ["Finsam: Skapa rapport", "Finsam: Räkna om"]
    calc.ask("undo")
    assert calc.ask("sheets") == [*before, LOG]
    calc.ask("undo")
    assert calc.ask("everything") == before
    calc.ask("click", "FinsamSkapaRapport")
    assert "Rapport Impactindex" in calc.ask("sheets"), "it can be made again"


def test_what_has_just_been_typed_is_counted(calc: CalcOffice) -> None:
    """Unsaved, as on the command line for a file with the same in it."""
    calc.open(SOCIAL)
    calc.ask("click", "FinsamRaknaOm")
    edit = next(
        edit
        for edit in finsam_xl("recompute", SOCIAL, "--dry-run", "--json").content["edits"]
        if isinstance(edit["new"], int) and edit["old"] is None
    )
    place = edit["sheet"], edit["cell"]
    assert calc.ask("held", *place)[0][0] == edit["new"]
    calc.ask("set", *place, str(edit["new"] + 1))
    calc.ask("click", "FinsamRaknaOm")
    assert calc.ask("held", *place)[0][0] == edit["new"] + 1, "hers, which stays"


def test_results_are_coloured_and_the_colours_go_again(calc: CalcOffice) -> None:
    answer = finsam_xl("recompute", SOCIAL, "--dry-run", "--json")
    calc.open(SOCIAL)
    places = [(edit["sheet"], edit["cell"]) for edit in answer.content["edits"]]
    before = [calc.ask("held", *place)[0][1] for place in places]
    calc.ask("click", "FinsamRaknaOm")
    after = [calc.ask("held", *place)[0][1] for place in places]
    assert GREEN in after
    assert GREEN not in before
    calc.ask("click", "FinsamAngra")
    assert [calc.ask("held", *place)[0][1] for place in places] == before


def test_reports_are_drawn_as_in_files(calc: CalcOffice, tmp_path: Path) -> None:
    """The same sheets and texts, colours with a text beside, charts of the right cells."""
    calc.open(SOCIAL)
    told = calc.ask("click", "FinsamSkapaRapport")
    assert told.startswith("Inget behövde ändras; ”Rapport Impactindex”, ”Årsredovisning")
    assert "gick inte" not in told
    first, second = calc.ask("charts", "Rapport Impactindex")
    assert first["title"] == "Index per plattform, 0–100; målet är 70"
    assert second["title"] == "Index per målområde, 0–100, hela förbundet; målet är 70"
    assert (first["name"], second["name"]) == ("Index per plattform", "Index per målområde")
    assert "Samordningsteamet Vännäs 79" in first["told"]
    assert len(first["cells"]) == 7, (
        "the bars, two for their texts, and four pieces of the target's line"
    )
    title = calc.ask("looks", "Rapport Impactindex", "A1")
    assert title == {
        "fill": NO_FILL, "ink": 0x1F5F8B, "bold": True, "size": 20.0, "shown": "Impactindex 2021",
    }  # fmt: skip
    sheets = calc.ask("sheets")
    calc.ask("click", "FinsamSkapaRapport")
    assert calc.ask("sheets") == sheets, "made anew in their own places"
    pdf = calc.folder / "rapport.pdf"
    calc.ask("pdf", str(pdf), "Rapport Impactindex")
    printed = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    text = printed.stdout.decode()
    assert "64,4 %" in text, "shown as in Swedish"
    assert "114 av 177" in text
    assert "Sida 1 av 2" in text
    for name in ("Bjurholm", "Vännäs", "Ungdomstorget"):
        assert name in text


def test_the_report_is_shown_and_can_be_undone(calc: CalcOffice) -> None:
    """In front, with a coloured tab and rows that stay; a link is underlined."""
    calc.open(BUDGET)
    calc.ask("click", "FinsamKontrollera")
    front = calc.ask("front")
    rows = front.pop("rows")
    assert front == {"sheet": "Rapport Kontroll", "tab": 0x1F5F8B}
    headings = calc.ask("shown", "Rapport Kontroll", f"A{rows}", f"B{rows}")
    assert headings == ["Blad", "Allvar"]
    lines = calc.ask("links", "Rapport Kontroll")
    assert lines
    assert {line for column in lines.values() for line in column.values()} == {1}
    sheets = calc.ask("sheets")
    copied = calc.folder / "kopia.xlsx"
    calc.ask("export", str(copied))
    book = openpyxl.load_workbook(copied)
    assert [s.title for s in book if not s.sheet_view.showGridLines] == ["Rapport Kontroll"]
    calc.ask("undo")
    assert "Rapport Kontroll" in sheets
    assert "Rapport Kontroll" not in calc.ask("sheets")
    assert calc.ask("front")["sheet"] in sheets


def test_control_and_what_was_read(calc: CalcOffice) -> None:
    calc.open(BUDGET)
    told = calc.ask("click", "FinsamKontrollera")
    found = finsam_xl("check", BUDGET, "--json").content["findings"]
    assert f"”Rapport Kontroll” är klar; {len(found)} fynd" in told
    assert "”Finsam” är klar" in calc.ask("click", "FinsamVadLastes")
    assert {"Rapport Kontroll", "Finsam", LOG} <= set(calc.ask("sheets"))


def test_protected_sheets_and_workbooks_are_refused_before_anything_is_written(
    calc: CalcOffice,
) -> None:
    calc.open(BUDGET)
    before = calc.ask("everything")
    edits = finsam_xl("recompute", BUDGET, "--dry-run", "--json").content["edits"]
    calc.ask("protect", edits[-1]["sheet"])
    told = calc.ask("click", "FinsamRaknaOm")
    assert f"Bladet {edits[-1]['sheet']} är skyddat, och" in told
    assert "Inget är skrivet." in told
    assert calc.ask("everything") == before
    calc.open(BUDGET)
    calc.ask("protect", "")
    told = calc.ask("click", "FinsamSkapaRapport")
    assert "Arbetsbokens struktur är skyddad" in told
    assert "Inget är skrivet." in told
    told = calc.ask("click", "FinsamRaknaOm")
    assert "körningen står inte i någon logg" in told
    assert calc.ask("sheets") == list(before)


def test_a_fault_is_told_in_a_sentence(calc: CalcOffice) -> None:
    calc.open()
    told = calc.ask("click", "FinsamFinnsInte")
    assert told.startswith("Ett oväntat fel stoppade arbetet; det står i ")
    assert "Traceback" not in told
    assert "ingen tabell som känns igen" in calc.ask("click", "FinsamRaknaOm")


def test_a_copy_for_others_has_values_and_lies_beside(calc: CalcOffice) -> None:
    path = calc.open(BUDGET)
    calc.ask("set", "Plan 2018-2020", "J1", "=FINSAM_ANDEL(1;4)")
    told = calc.ask("click", "FinsamFrys")
    (copy,) = path.parent.glob(f"{path.stem} (fryst *).xlsx")
    assert told.startswith(f"Kopian heter {copy.name} och ligger bredvid boken.")
    calc.ask("open", str(copy))
    assert calc.ask("formulas", "Plan 2018-2020", "J1") == ["0.25"]
    calc.open()
    assert "ligger inte i en mapp" in calc.ask("click", "FinsamFrys")


def test_lost_formulas_are_entered_again(calc: CalcOffice) -> None:
    calc.open()
    assert calc.ask("click", "FinsamAterstallFormler") == "Inga formler behövde återställas."


def test_what_is_tried_lives_and_stays(calc: CalcOffice) -> None:
    """Formulas that give what the rules do: five more persons, and the index is green."""
    calc.open(SOCIAL)
    assert "gick inte" not in calc.ask("click", "FinsamVadKravs")
    cells = calc.ask("everything")["Tänk om"]
    (row,) = (cell[1:] for cell, text in cells.items() if text.startswith("1.2.3 "))
    whole = next(cell[1:] for cell, text in cells.items() if text == "Hela indexet")
    assert calc.ask("shown", "Tänk om", f"C{whole}", f"G{whole}") == ["64", "▼ under"]
    assert calc.ask("formulas", "Tänk om", f"C{whole}")[0].startswith("=IF(")
    calc.ask("set", "Tänk om", f"H{row}", "62")
    assert calc.ask("shown", "Tänk om", f"C{whole}", f"G{whole}") == ["70", "● når"]
    calc.ask("set", "Tänk om", f"I{row}", "alla")
    assert calc.ask("shown", "Tänk om", f"N{row}") == ["▼ Av: tal, minst 0"]
    calc.ask("click", "FinsamVadKravs")
    assert calc.ask("shown", "Tänk om", f"H{row}", f"I{row}") == ["62", "alla"]
    sheets = calc.ask("sheets")
    calc.ask("click", "FinsamAngra")
    assert calc.ask("sheets") == sheets, "what somebody has typed in is not taken away"
