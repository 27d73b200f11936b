"""The sheet Tänk om made in xlwings Lite: its formulas, and what is typed in it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from finsam_xl.actions.buttons import BY_NAME
from finsam_xl.hosts.excel import apply, fetch, read
from finsam_xl.plan import Plan
from support import trial
from support.finsam_sheets import NOW
from support.office_actions import Executor
from support.office_js import Client, lite, payload
from support.workbooks import SOCIAL_BUDGET, copy


class Office:
    """A social budget in xlwings Lite."""

    def __init__(self, xw: Any, folder: Path) -> None:
        self.xw, self.path, self.minute = xw, copy(SOCIAL_BUDGET, folder), 0

    def click(self) -> Plan:
        """Click *Vad krävs?*."""
        self.minute += 1
        client = Client(self.path, self.xw.__version__)
        with lite(client):
            book = self.xw.Book(json=payload(self.path, self.xw.__version__))
            known = asyncio.run(fetch(book))
            moment = NOW + timedelta(minutes=self.minute)
            plan = BY_NAME["FinsamVadKravs"].plan(read(book, known), moment, "1.2.3")
            apply(book, plan, known)
        executor = Executor(openpyxl.load_workbook(self.path))
        executor.run(book.json()["actions"])
        executor.book.save(self.path)
        return plan


@pytest.fixture
def office(xw: Any, tmp_path: Path) -> Office:
    return Office(xw, tmp_path)


def test_formulas_are_there_and_what_is_typed_stays(office: Office) -> None:
    made = office.click()
    assert [sheet.name for sheet in made.sheets] == ["Rapport Vad krävs", "Tänk om"]
    plan = made.sheets[1]
    book = openpyxl.load_workbook(office.path)
    sheet = book["Tänk om"]
    for (row, column), text in trial.formulas(plan).items():
        assert sheet.cell(row, column).value == f"={text}"
    assert sheet.column_dimensions["O"].width <= 0, "columns of no width are hidden"
    place = trial.place(plan, "1.2.3", "Antal")
    assert sheet.cell(*place).value == 57
    sheet.cell(*place).value = 62
    book.save(office.path)
    again = office.click().sheets[1]
    assert trial.held(again)[place] == 62
    assert openpyxl.load_workbook(office.path)["Tänk om"].cell(*place).value == 62
    assert trial.shown(again, trial.held(again), "Hela indexet")[:3] == [64, 70, 6]
