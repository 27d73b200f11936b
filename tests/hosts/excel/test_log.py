"""The log made in Excel: the next click follows it, in Excel or on the file, and *Ångra* undoes."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from finsam_xl.actions.buttons import BY_NAME
from finsam_xl.hosts.excel import apply, fetch, read
from finsam_xl.hosts.opened.outcome import Applied
from finsam_xl.workbook import Workbook
from support.finsam_sheets import FOLLOW_UP, NOW, saved
from support.office_actions import Executor
from support.office_js import Client, lite, payload


class Office:
    """A workbook in xlwings Lite, in which buttons are clicked and cells typed in."""

    def __init__(self, xw: Any, folder: Path) -> None:
        self.xw, self.path, self.minute = xw, saved(folder, FOLLOW_UP), 0

    def click(self, name: str) -> Applied:
        """What a button does; gives what is told."""
        self.minute += 1
        client = Client(self.path, self.xw.__version__)
        with lite(client):
            book = self.xw.Book(json=payload(self.path, self.xw.__version__))
            known = asyncio.run(fetch(book))
            plan = BY_NAME[name].plan(
                read(book, known), NOW + timedelta(minutes=self.minute), "1.2.3"
            )
            applied = apply(book, plan, known)
        executor = Executor(openpyxl.load_workbook(self.path))
        executor.run(book.json()["actions"])
        executor.book.save(self.path)
        return applied

    def type(self, cell: str, value: Any) -> None:
        """What a person types."""
        book = openpyxl.load_workbook(self.path)
        book["Blad"][cell].value = value
        book.save(self.path)

    def shown(self) -> list[Any]:
        """The sums and deviations."""
        sheet = openpyxl.load_workbook(self.path)["Blad"]
        return [sheet[cell].value for cell in ("B6", "C6", "D4", "D5", "D6")]


@pytest.fixture
def office(xw: Any, tmp_path: Path) -> Office:
    made = Office(xw, tmp_path)
    assert "Finsam-logg" not in made.click("FinsamRaknaOm").sentence
    assert made.shown() == [500, 510, 10, -20, -10]
    assert openpyxl.load_workbook(made.path)["Finsam-logg"].sheet_state == "hidden"
    return made


def test_results_follow_and_are_taken_back(office: Office) -> None:
    office.type("C4", 190)
    office.click("FinsamRaknaOm")
    assert office.shown() == [500, 610, -90, -20, -110]
    office.click("FinsamAngra")
    assert office.shown() == [500, 510, 10, -20, -10]
    office.click("FinsamAngra")
    assert office.shown() == [None] * 5


def test_what_is_typed_since_is_asked_about_first(office: Office) -> None:
    """The first click says where, the second takes back the rest."""
    office.type("C6", 999)
    told = office.click("FinsamAngra").sentence
    assert told.startswith("Inget är ångrat: 1 cell har ändrats efter körningen 2026-11-29 12.01")
    assert "den första är Blad!C6" in told
    assert office.shown() == [500, 999, 10, -20, -10]
    office.click("FinsamAngra")
    assert office.shown() == [None, 999, None, None, None]


def test_the_file_follows_what_excel_wrote(office: Office) -> None:
    office.type("C4", 190)
    with Workbook(office.path, NOW) as book:
        edits = book.recompute().plan.edits
    assert {edit.cell: edit.new for edit in edits} == {"C6": 610, "D4": -90, "D6": -110}
