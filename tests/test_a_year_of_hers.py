"""A finance officer's year: four workbooks of her own, wired, put right, and used until next year.

Västra Skärgården is invented. Every figure is hers, or what follows from hers by hand.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from finsam_xl.new_year import new_year
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.several import check_files
from finsam_xl.workbook import Result, Workbook
from support.finsam_sheets import rows_of, set_on
from support.practice import FOLDER
from support.wired import unwired, wired
from support.workbooks import unprotected

YEAR = 2026
BUDGET, FOLLOWED = "Budget 2026", "Uppföljning 2026"
SOCIAL, ANNUAL = "Social budget 2026", "Årsredovisning 2026"


class Desk:
    """Her folder, and what she does there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.today = datetime(YEAR, 1, 7, 9, 0, tzinfo=UTC)

    def month(self, month: int) -> None:
        """It is the tenth of another month."""
        self.today = datetime(YEAR, month, 10, 9, 0, tzinfo=UTC)

    def book(self, name: str) -> Path:
        """One of her workbooks, as it is now."""
        return next(path for path in self.folder.glob(f"{name}.xls*") if "kopia" not in path.name)

    def wires(self, name: str) -> None:
        """Buttons, *Start* and *Finsam* in her workbook."""
        shutil.copyfile(FOLDER / "officer" / f"{name}.xlsx", self.folder / f"{name}.xlsx")
        # One sheet is protected: as she was told, she takes that off first.
        source = unprotected(self.folder / f"{name}.xlsx")
        wired(source, out=source.with_suffix(".xlsm"))
        source.rename(self.folder / f"{name} före.xlsx")

    def runs(self, name: str, *reports: str) -> Result:
        """*Räkna om*, and reports with it."""
        with Workbook(self.book(name), self.today, user="Karin") as book:
            result = book.recompute(reports)
            book.apply(result)
        return result

    def types(self, name: str, sheet: str, cells: dict[str, Any]) -> None:
        """What she types on her own sheets."""
        with Workbook(self.book(name), self.today) as book:
            held = openpyxl.load_workbook(self.book(name))[sheet]
            edits = [CellEdit(sheet, c, held[c].value, new, "hon") for c, new in cells.items()]
            book.apply(Plan(edits=tuple(edits)))

    def sets(self, name: str, says: dict[str, Any]) -> None:
        """What she sets or puts right on *Finsam*."""
        set_on(self.book(name), self.book(name), says)

    def undoes(self, name: str) -> None:
        """*Ångra*."""
        with Workbook(self.book(name), self.today, user="Karin") as book:
            book.apply(book.undo())

    def shows(self, name: str, sheet: str, *cells: str) -> list[Any]:
        """What her sheet shows."""
        held = openpyxl.load_workbook(self.book(name), data_only=True)[sheet]
        return [held[cell].value for cell in cells]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_year(desk: Desk) -> None:
    """From the budget to next year's book."""
    # January. The budget is decided. The plan's results and equity are still blank.
    for name in (BUDGET, FOLLOWED, SOCIAL, ANNUAL):
        desk.wires(name)
    read = [row[0] for row in rows_of(desk.book(BUDGET)) if row[0]]
    assert any(str(text).startswith("Medlemsavgifter · Fördelning av") for text in read)
    desk.runs(BUDGET)
    results = desk.shows(BUDGET, "Plan 2027-2029", "B15", "C15", "D15", "E15")
    assert results == [200, 155, 250, 390]
    closing = desk.shows(BUDGET, "Plan 2027-2029", "B17", "C17", "D17", "E17")
    assert closing == [3139, 3294, 3544, 3934]

    # The opening was typed from the old budget: she is told, and takes it from the forecast.
    told = [one for one in desk.runs(BUDGET).findings if one.cell == "B16"]
    assert [one.code for one in told] == ["ingaende-avviker"]
    desk.types(BUDGET, "Plan 2027-2029", {"B16": 3263})
    desk.runs(BUDGET)
    closing = desk.shows(BUDGET, "Plan 2027-2029", "B17", "C17", "D17", "E17")
    assert closing == [3463, 3618, 3868, 4258]

    # May. The board wants the first tertial.
    desk.month(5)
    desk.runs(FOLLOWED)
    assert desk.shows(FOLLOWED, "T1", "E13", "E24", "E27", "G27") == [14, 193, 196, 190]

    # September. An invoice came late: the team's outcome is 40 more, and all that rests on it.
    desk.month(9)
    desk.types(FOLLOWED, "T2", {"D19": 1762})
    assert not [one for one in desk.runs(FOLLOWED).findings if one.severity == "error"]
    assert desk.shows(FOLLOWED, "T2", "D23", "E19", "E23", "E27") == [4213, 71, 220, 269]
    # It was the other team's.
    desk.types(FOLLOWED, "T2", {"D19": 1722, "D20": 1775})
    desk.runs(FOLLOWED, "tertial")
    assert desk.shows(FOLLOWED, "T2", "E19", "E20", "E27") == [111, -42, 269]
    # The first tertial is reported: nothing of it may change any more.
    desk.sets(FOLLOWED, {"Stängt till och med": "T1 2026"})
    before = desk.shows(FOLLOWED, "T1", "E13", "E24", "E27")
    desk.runs(FOLLOWED)
    assert desk.shows(FOLLOWED, "T1", "E13", "E24", "E27") == before

    # December. The social budget: two teams, 97 and 47, and her board's own target.
    desk.month(12)
    desk.sets(SOCIAL, {"Målindex: lägsta index som räknas som nått mål": 40})
    desk.runs(SOCIAL, "impactindex")
    assert desk.shows(SOCIAL, "Impactindex", "F7", "F15") == [97, 47]
    report = openpyxl.load_workbook(desk.book(SOCIAL))["Rapport Impactindex"]
    texts = [str(cell.value) for row in report.iter_rows() for cell in row if cell.value]
    assert "Når målet 40" in texts
    assert "2 av 2" in texts
    # One click too many is taken back, and the workbook is as it was.
    desk.undoes(SOCIAL)
    assert desk.shows(SOCIAL, "Impactindex", "F7", "F15") == [None, None]
    assert "Rapport Impactindex" not in openpyxl.load_workbook(desk.book(SOCIAL)).sheetnames
    desk.runs(SOCIAL, "impactindex")
    assert desk.shows(SOCIAL, "Impactindex", "F7", "F15") == [97, 47]

    # The annual report agrees with itself and with the other three.
    assert not desk.runs(ANNUAL, "arsredovisning").plan.edits
    books = [desk.book(name) for name in (FOLLOWED, SOCIAL, ANNUAL)]
    found = check_files(books, now=desk.today).findings
    assert not [one for one in found if one.severity == "error"]

    # The auditors get a book without anything of ours; hers is as she has written it.
    plain = unwired(desk.book(SOCIAL), desk.folder / "till revisorn.xlsx")
    assert openpyxl.load_workbook(plain).sheetnames == [
        *openpyxl.load_workbook(desk.folder / f"{SOCIAL} före.xlsx").sheetnames,
        "Rapport Impactindex",
    ]

    # And so to 2027: this year's figures are last year's, and the rest is to be filled in.
    out = desk.folder / "Budget 2027.xlsm"
    with new_year(desk.book(BUDGET), out, desk.today) as coming:
        assert coming.sheets[BUDGET] == "Budget 2027"
        coming.write()
    new = openpyxl.load_workbook(out)["Budget 2027"]
    assert [new.cell(5, column).value for column in range(3, 7)] == [
        "Utfall 2025", "Budget 2026", "Prognos 2026", "Budget 2027",
    ]  # fmt: skip
    assert [new[cell].value for cell in ("D15", "D22", "F15", "F22")] == [
        -1510000, -2750000, None, None,
    ]  # fmt: skip
    assert new["F11"].value == "=SUM(F7:F10)"
    desk.runs("Budget 2027")
