"""The button *Hämta utfall* in LibreOffice: a file chosen, questions answered, all taken back."""

from __future__ import annotations

import shutil
from pathlib import Path
from unittest.mock import Mock

import openpyxl
import pytest

from finsam_xl.hosts.calc import asking
from support.bookkeeping import FOLDER, SHEET, office
from support.calc_office import CalcOffice

BUTTON = "FinsamHamtaUtfall"
T2 = FOLDER / "forbund_2025_T2.se"


def chosen(calc: CalcOffice, **answers: str) -> dict[str, str]:
    """The books, where LibreOffice may read them, and answers, as the arguments of a click."""
    path = calc.folder / T2.name
    shutil.copyfile(T2, path)
    path.chmod(0o644)
    return {"Fil": str(path), **{f"Svar {name}": said for name, said in answers.items()}}


@pytest.fixture
def before(calc: CalcOffice, tmp_path: Path) -> dict[str, dict[str, str]]:
    """The follow-up, opened: all that is typed in it."""
    calc.open(office(tmp_path))
    held: dict[str, dict[str, str]] = calc.ask("everything")
    return held


def test_fetched_and_taken_back(calc: CalcOffice, before: dict[str, dict[str, str]]) -> None:
    """FACIT's sums, with the sheet Bokföring and a log; then every cell is as it was."""
    told = calc.ask("click", BUTTON, chosen(calc))
    assert "66 verifikationer" in told
    assert "är tillsammans alla resultatkonton t.o.m. 2025-08" in told
    after = calc.ask("everything")
    assert list(after) == [SHEET, "Bokföring", "Finsam-logg"]
    column = {f"F{row}": after[SHEET][f"F{row}"] for row in (5, 6, 7, 11, 13, 14, 15, 16, 20)}
    assert column == {
        "F5": "4267500", "F6": "2133750", "F7": "2133750", "F11": "624988", "F13": "56664",
        "F14": "9166", "F15": "278916", "F16": "263939", "F20": "5184903",
    }  # fmt: skip
    assert calc.ask("shown", SHEET, "F9") == ["8607000"], "her own formula follows"
    assert after[SHEET]["F9"] == "=SUM(F5:F8)"
    assert not any(
        cell.startswith(("E1", "G1")) and cell not in before[SHEET] for cell in after[SHEET]
    )
    assert calc.ask("undoable") == ["Finsam: Hämta utfall"]
    calc.ask("click", "FinsamAngra")
    assert calc.ask("everything")[SHEET] == before[SHEET]


def test_one_entry_of_libreoffices_own_undo_takes_it_back(
    calc: CalcOffice, before: dict[str, dict[str, str]]
) -> None:
    calc.ask("click", BUTTON, chosen(calc))
    calc.ask("undo")
    assert calc.ask("everything") == before


def test_what_has_to_be_known_is_asked_and_answered(
    calc: CalcOffice, before: dict[str, dict[str, str]]
) -> None:
    """A ledger until September fits no column; T1 is chosen, and nothing else is written."""
    late = calc.folder / "september.se"
    late.write_bytes(
        T2.read_bytes() + b'#VER A 99 20250915 "x"\r\n{\r\n  #TRANS 6510 {1 "700" 6 "P10"} 1.00\r\n'
        b"  #TRANS 2440 {} -1.00\r\n}\r\n"
    )
    late.chmod(0o644)
    told = calc.ask("click", BUTTON, {"Fil": str(late)})
    assert "ingen kolumn för utfall gör det" in told
    assert calc.ask("everything") == before
    told = calc.ask("click", BUTTON, {"Fil": str(late), "Svar till": "T1"})
    after = calc.ask("everything")[SHEET]
    assert after["E20"] == "4018514"
    assert "F20" not in after


def test_typed_figures_give_way_only_to_a_yes(
    calc: CalcOffice, before: dict[str, dict[str, str]]
) -> None:
    assert before
    calc.ask("set", SHEET, "F13", "1")
    told = calc.ask("click", BUTTON, chosen(calc))
    assert told.replace("\xa0", " ").startswith(
        f"I {SHEET}!F13 står 1, men bokföringens siffra är 56 664."
    )
    assert "F14" not in calc.ask("everything")[SHEET], "nothing is written before it is answered"
    calc.ask("click", BUTTON, chosen(calc, **{"bokforing-skriven": "Nej"}))
    assert calc.ask("shown", SHEET, "F13", "F14") == ["1", "9166"]
    calc.ask("click", BUTTON, chosen(calc, **{"bokforing-skriven": "Ja"}))
    assert calc.ask("shown", SHEET, "F13", "F14") == ["56664", "9166"]


def test_no_file_chosen_is_nothing_said(
    calc: CalcOffice, before: dict[str, dict[str, str]]
) -> None:
    assert calc.ask("click", BUTTON) == ""
    assert calc.ask("everything") == before


def test_what_is_no_ledger_is_told(calc: CalcOffice, before: dict[str, dict[str, str]]) -> None:
    wrong = calc.folder / "fel.se"
    wrong.write_bytes(b"404 Not Found")
    wrong.chmod(0o644)
    told = calc.ask("click", BUTTON, {"Fil": str(wrong)})
    assert told.startswith("fel.se: Filen är ingen bokföring")
    assert "Traceback" not in told
    assert calc.ask("everything") == before


def test_the_question_is_a_dialog_with_the_likely_answer_chosen(calc: CalcOffice) -> None:
    text = "Bokföringen går till och med 2025-09. Vilken kolumn för utfall ska fyllas?"
    gave = calc.ask("asked", "Hämta utfall", text, ["T1", "T2"], "T2")
    assert gave == {
        "title": "Hämta utfall",
        "text": text,
        "answers": ["T1", "T2"],
        "chosen": "T2",
        "buttons": ["Hämta", "Avbryt"],
        "lies_within": True,
    }


@pytest.mark.parametrize(("answer", "chosen"), [(1, "file:///tmp/bok%20%C3%A5.se"), (0, "")])
def test_the_file_is_the_one_that_was_picked(answer: int, chosen: str) -> None:
    """LibreOffice's own file picker, as its service is described; leaving it picks nothing."""
    picker = Mock()
    picker.execute.return_value = answer
    picker.getFiles.return_value = ("file:///tmp/bok%20%C3%A5.se",)
    context = Mock()
    context.ServiceManager.createInstanceWithContext.return_value = picker
    assert asking.file_chosen(context, "Hämta utfall") == chosen
    picker.setTitle.assert_called_once_with("Hämta utfall")
    assert "*.se" in picker.appendFilter.call_args_list[0].args[1]


def test_a_ledger_in_excel_needs_nothing_that_libreoffice_lacks(
    calc: CalcOffice, before: dict[str, dict[str, str]]
) -> None:
    """Read in LibreOffice's own Python, which has the product and no libraries."""
    assert before
    book = openpyxl.Workbook()
    text = (FOLDER / "huvudbok_fortnoxlik.txt").read_text(encoding="latin-1")
    for line in text.splitlines():
        book.active.append([cell or None for cell in line.split("\t")])
    path = calc.folder / "huvudbok.xlsx"
    book.save(path)
    path.chmod(0o644)
    told = calc.ask("click", BUTTON, {"Fil": str(path)})
    assert told.startswith("huvudbok.xlsx: år 2025, sista verifikation 2025-12-31")
    assert calc.ask("shown", SHEET, "G13") == [str(12 * 7083)], "twelve months' rent"
