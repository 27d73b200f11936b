"""The button *Hämta utfall* in Excel on the desktop: the VBA that asks, and what Python answers."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from finsam_xl.hosts.excel import patience
from macros import desktop
from support.bookkeeping import FOLDER, SHEET, office
from support.fake_excel import FakeBook
from support.workbooks import ROOT

NAME = "FinsamHamtaUtfall"
T2 = FOLDER / "forbund_2025_T2.se"
WORKBOOK = ROOT / "workbooks" / "sodra-lappland-budget.xlsm"
QUESTION = (
    "till\nT2\nT1|T2\nBokföringen går till och med 2025-09. Vilken kolumn för utfall ska fyllas?"
)


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_PAUSE", 0)


@pytest.fixture
def book(tmp_path: Path) -> FakeBook:
    """The follow-up, in an Excel that takes no new sheets."""
    made = FakeBook(office(tmp_path))
    made.api.ProtectStructure = True
    return made


def september(folder: Path) -> Path:
    """The books until September, which no column ends at."""
    path = folder / "september å.se"
    more = '#VER A 99 20250915 "x"\r\n{\r\n  #TRANS 6510 {1 "700" 6 "P10"} 1.00\r\n'
    end = "  #TRANS 2440 {} -1.00\r\n}\r\n"
    path.write_bytes(T2.read_bytes() + (more + end).encode("cp437"))
    return path


def asked(book: FakeBook, path: Path | str, **answers: str) -> tuple[int, str]:
    chosen = desktop.Chosen(str(path), answers)
    return desktop.outcome(NAME, lambda: book, Path(), chosen)


def column(book: FakeBook, letter: str) -> dict[int, Any]:
    """What a column holds below its heading."""
    cells = book.book[SHEET]
    held = {row: cells[f"{letter}{row}"].value for row in range(4, 21)}
    return {row: value for row, value in held.items() if value is not None}


def test_a_file_is_read_and_goes_through_the_same_gates(book: FakeBook) -> None:
    """A workbook that takes no new sheet has no room for *Bokföring*: nothing is written."""
    code, told = asked(book, T2)
    assert code == 2
    assert "Arbetsbokens struktur är skyddad" in told
    assert column(book, "F").keys() == {9}


def test_what_has_to_be_known_is_a_question(book: FakeBook, tmp_path: Path) -> None:
    """With the answers and the likely one; nothing is written until it is answered."""
    path = september(tmp_path)
    assert asked(book, path) == (4, QUESTION)
    assert column(book, "E").keys() == column(book, "F").keys() == {9}


def test_the_question_is_in_the_file_that_the_vba_reads(book: FakeBook, tmp_path: Path) -> None:
    file = tmp_path / "svar.txt"
    chosen = desktop.Chosen(str(september(tmp_path)))
    assert desktop.answered(NAME, lambda: book, file, chosen) == 4
    text = file.read_text(encoding="ascii")
    assert text.splitlines()[:3] == ["till", "T2", "T1|T2"]
    assert "kolumn f\\u00f6r utfall" in text


def test_a_file_in_the_cloud_is_refused(book: FakeBook) -> None:
    code, told = asked(book, "https://kommun.sharepoint.com/bok.se")
    assert code == 2
    assert "Spara den i en mapp på datorn" in told


def test_without_a_file_it_is_looked_for_on_the_sheets(book: FakeBook) -> None:
    """As a server's button does; the answer says what to paste."""
    code, told = desktop.outcome(NAME, lambda: book, Path())
    assert code == 2
    assert told.startswith("Det finns ingen bokföring på något blad. Öppna bokföringens fil")


# The VBA ----------------------------------------------------------------------------------------

NOTES = "AZ1:AZ30"


def clicked(steps: Any, *before: list[Any]) -> list[str]:
    """What would have left Excel at a click, with cells of the recorder filled first."""
    recorder = (Path(__file__).parent / "recorder.bas").read_text(encoding="utf-8")
    *_, noted = steps(
        WORKBOOK,
        ["replace", "FinsamSkal", recorder],
        *before,
        ["click", "Start", "Hämta utfall"],
        ["read", "Start", NOTES],
    )
    return [row[0] for row in noted if row[0]]


def test_the_file_is_chosen_first_and_handed_over(steps: Any) -> None:
    notes = clicked(
        steps,
        ["write", "Start", "BA3", "C:\\Bok 1\\å.se"],
        ["write", "Start", "BA2", "Klart."],
    )
    assert notes == [
        "fil|Hämta utfall",
        f"läge|Finsam: Hämta utfall pågår i {WORKBOOK.name} …",
        f'python|{NAME} --fil "C:\\Bok 1\\å.se"|{WORKBOOK.name}',
        "läge|",
        "visa|Hämta utfall|Klart.|klart",
    ]


def test_no_file_is_no_click(steps: Any) -> None:
    assert clicked(steps) == ["fil|Hämta utfall"]


def test_a_question_is_asked_until_the_answer_is_one(steps: Any) -> None:
    """A wrong one is asked again; the answer goes along the next time."""
    notes = clicked(
        steps,
        ["write", "Start", "BA3", "bok.se"],
        ["write", "Start", "BA1", "4"],
        ["write", "Start", "BA2", desktop.plain(QUESTION)],
        ["write", "Start", "BA4", "maj"],
        ["write", "Start", "BA5", "t1"],
    )
    text = f"{QUESTION.splitlines()[3]}\n\nSkriv T1 eller T2."
    assert [note for note in notes if note.startswith(("python", "fråga", "visa"))] == [
        f'python|{NAME} --fil "bok.se"|{WORKBOOK.name}',
        f"fråga|Hämta utfall|{text}|T2",
        f"fråga|Hämta utfall|{text}|T2",
        f'python|{NAME} --fil "bok.se" --svarat till=T1|{WORKBOOK.name}',
        "visa|Hämta utfall|Klart.|klart",
    ]


def test_a_question_that_is_left_is_the_end(steps: Any) -> None:
    notes = clicked(
        steps,
        ["write", "Start", "BA3", "bok.se"],
        ["write", "Start", "BA1", "4"],
        ["write", "Start", "BA2", desktop.plain(QUESTION)],
    )
    assert notes[-1].startswith("fråga|Hämta utfall|")
    assert sum(note.startswith("python") for note in notes) == 1


def test_the_command_line_is_what_python_takes(
    steps: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, book: FakeBook
) -> None:
    """With blanks and letters in the path, taken apart as Windows does."""
    path, file = september(tmp_path), tmp_path / "svar.txt"
    name = f'{NAME} --fil "{path}" --svarat till=T1 --svarat bokforing-skriven=Nej'
    (line,) = steps(
        WORKBOOK, ["run", "FinsamSkal.FinsamKommando", ["python", name, "b.xlsx", 1, str(file)]]
    )
    _, *arguments = [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|(\S+)', line)]
    monkeypatch.setattr(desktop, "_book", lambda *_: book)
    seen: list[desktop.Chosen] = []

    def clicked(_name: str, _book: Any, chosen: desktop.Chosen) -> str:
        seen.append(chosen)
        return "Klart."

    monkeypatch.setattr(desktop, "clicked", clicked)
    assert desktop.main(arguments[3:]) == 0
    assert seen == [desktop.Chosen(str(path), {"till": "T1", "bokforing-skriven": "Nej"})]


# On a Mac ---------------------------------------------------------------------------------------


def test_on_a_mac_python_asks_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, book: FakeBook
) -> None:
    """A file, one of the answers, and at the end what came of it."""
    path, spoken = september(tmp_path), list[list[str]]()
    answers = [f"{path}\n", "T1\n", ""]

    def run(command: list[str], **_: Any) -> Any:
        spoken.append(command)
        return SimpleNamespace(returncode=0, stdout=answers[len(spoken) - 1])

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(sys, "argv", ["-c", "--wb=bok.xlsx"])
    monkeypatch.setattr(desktop, "_book", lambda *_: book)
    monkeypatch.setattr(desktop, "_folder", lambda: tmp_path)
    desktop.from_mac(NAME)
    file, question, told = spoken
    assert "choose file" in " ".join(file)
    assert question[-4:] == [QUESTION.splitlines()[3], "T2", "T1", "T2"]
    assert told[-2] == "Finsam"
    assert "oväntat" not in told[-1]


@pytest.mark.parametrize("left", [0, 1])
def test_on_a_mac_what_is_left_is_the_end(
    left: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, book: FakeBook
) -> None:
    spoken = list[list[str]]()

    def run(command: list[str], **_: Any) -> Any:
        spoken.append(command)
        is_left = len(spoken) > left
        return SimpleNamespace(returncode=int(is_left), stdout=str(september(tmp_path)))

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(sys, "argv", ["-c", "--wb=bok.xlsx"])
    monkeypatch.setattr(desktop, "_book", lambda *_: book)
    monkeypatch.setattr(desktop, "_folder", lambda: tmp_path)
    desktop.from_mac(NAME)
    assert len(spoken) == left + 1
    assert column(book, "E").keys() == {9}
