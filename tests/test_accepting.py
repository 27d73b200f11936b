"""Findings accepted with ``recompute --accept``: every kind of result is put right, or it is said.

A wrong figure is typed in a sheet; the right one is by hand.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Protection

from finsam_xl import actions
from finsam_xl.actions import check
from finsam_xl.address import position
from finsam_xl.errors import InputError
from finsam_xl.model import Finding
from finsam_xl.plan import Plan
from finsam_xl.reading.as_changed import with_values
from finsam_xl.sheets.grid import Grid, SheetGrid
from finsam_xl.workbook import Workbook
from support.finsam_sheets import NOW, applied, saved, set_on
from support.typed_sheets import TODAY, F, P, grid

Rows = list[list[Any]]

HEAD: list[Any] = ["Kostnader, tkr", "Budget 2031", "Utfall 2031", "Avvikelse"]
LINES: Rows = [["Hyra", 100, 90, 10], ["Lön", 400, 420, -20]]
PEOPLE = [
    ["Deltagare 2031"],
    ["Insats", "Kvar från 2030", "Nya", "Avslutade", "Kvar 31 dec"],
    ["Arken", 12, 20, 18, 14],
    ["Bron", 8, 16, 9, 15],
    ["Summa", 20, 36, 27, 29],
]
PLAN = [
    ["Plan, tkr", "Budget 2031", "Plan 2032", "Plan 2033"],
    ["Intäkter", 1000, 1000, 1000],
    ["Kostnader", 950, 1020, 990],
    ["Resultat", 50, -20, 10],
    ["Ingående eget kapital", 200, 250, 230],
    ["Utgående eget kapital", 250, 230, 240],
]  # fmt: skip
SPLIT = [
    ["Kostnadsindelning", "Belopp i tkr", "Procent"],
    ["Ordinarie verksamhet"],
    ["Administration", 100, P(0.1)],
    ["Insatser", 900, P(0.9)],
    ["Summa", 1000, P(1)],
    ["Projekt"],
    ["Administration", 50, P(1)],
    ["Insatser", 0, P(0)],
    ["Summa", 50, P(1)],
    ["Hela verksamheten"],
    ["Administration", 150, P(0.14)],
    ["Insatser", 900, P(0.86)],
    ["Summa", 1050, P(1)],
]
FORMULAS = [
    ["Kostnader", "Budget 2031", "Budget 2032", "Budget 2033"],
    ["Hyra", 100, 110, 120],
    ["Lön", 400, 410, 420],
    ["Övrigt", 50, 60, 70],
    ["Summa kostnader", F("SUM(B2:B4)", 550), F("SUM(C2:C4)", 580), 640],
]
RIGHT = {
    "a total": ([HEAD, *LINES, ["Summa kostnader", 500, 555, -10]], "summa-avviker", "C4", 510),
    "a total but for rounding": (
        [HEAD, *LINES, ["Summa kostnader", 500, 511, -10]], "summa-avrundning", "C4", 510),
    "a deviation": (
        [HEAD, ["Hyra", 100, 90, 30], *LINES[1:], ["Summa kostnader", 500, 510, -10]],
        "summa-avviker", "D2", 10),
    "the deviation of a total": (
        [HEAD, *LINES, ["Summa kostnader", 500, 510, 35]], "summa-avviker", "D4", -10),
    "a deviation in per cent": (
        [["Kostnader, tkr", "Budget 2031", "Utfall 2031", "Avvikelse", "Avvikelse %"],
         ["Hyra", 100, 90, 10, 10], ["Lön", 400, 420, -20, 7], ["El", 50, 40, 10, 20],
         ["Summa kostnader", 550, 550, 0, 0]], "summa-avviker", "E3", -5),
    "a result": (
        [["Resultat, tkr", "Utfall 2030", "Utfall 2031"], ["Summa intäkter", 900, 1000],
         ["Summa kostnader", 850, 970], ["Resultat", 50, 80]], "summa-avviker", "C4", 30),
    "closing equity": ([*PLAN[:5], ["Utgående eget kapital", 250, 230, 275]],
                       "summa-avviker", "D6", 240),
    "opening equity": ([*PLAN[:4], ["Ingående eget kapital", 200, 250, 260],
                        ["Utgående eget kapital", 250, 230, 270]], "ingaende-avviker", "D5", 230),
    "a sum of people": ([*PEOPLE[:4], ["Summa", 20, 40, 27, 29]],
                        "deltagare-summa-avviker", "C5", 36),
    "who is left": ([*PEOPLE[:2], ["Arken", 12, 20, 18, 41], *PEOPLE[3:]],
                    "kvar-avviker", "E3", 14),
    "a total beside formulas": (FORMULAS, "summa-avviker", "D5", 610),
    "a figure among formulas": (
        [["Kostnader", "Utfall 2029", "Budget 2030", "Budget 2031", "Budget 2032"],
         ["Hyra", 100, 110, 120, 130], ["Lön", 400, 410, 420, 430],
         ["Summa kostnader", F("SUM(B2:B3)", 500), F("SUM(C2:C3)", 520), 540, F("SUM(E2:E3)", 560)]],
        "inskrivet-tal", "D4", 540),
    "a fee": (
        [["Medlemsavgifter 2031, kr"], ["Pott", 4000000], ["Part", "Invånare 16–64", "Avgift"],
         ["Försäkringskassan", None, 2000000], ["Region Norrfors", None, 1000000],
         ["Almby kommun", 5000, 500000], ["Bodhult kommun", 3000, 310000],
         ["Ceders kommun", 2000, 200000], ["Summa", 10000, 4000000]],
        "avgift-avviker", "C7", 300000),
    "a share of a cost split": (
        [*SPLIT[:2], ["Administration", 100, P(0.2)], *SPLIT[3:]], "kostnadsslag-andel", "C3", 0.1),
    "a total of a cost split": (
        [*SPLIT[:4], ["Summa", 1100, P(1)], *SPLIT[5:]], "kostnadsslag-summa", "B5", 1000),
}  # fmt: skip


def _grid(rows: Any, locked: str = "") -> Grid:
    typed = grid(("Blad", rows))
    sheet = typed.sheets[0]
    place = position(locked) if locked else None
    made = SheetGrid("Blad", lambda: sheet.cells, is_locked=lambda at: at == place)
    return Grid((made,), typed.digest, typed.names)


def _run(found: Grid, *codes: str) -> Plan:
    return actions.recompute(found, today=TODAY, run="prov", accept=codes)


def _checked(found: Grid) -> tuple[Finding, ...]:
    return check.check([check.Book("", found)], today=TODAY).findings


def _edits(plan: Plan) -> dict[str, Any]:
    return {edit.cell: (edit.old, edit.new) for edit in plan.edits}


@pytest.mark.parametrize("name", RIGHT)
def test_a_result_is_put_right(name: str) -> None:
    """The cell gets what is calculated, and neither the run nor a check says more of it."""
    rows, code, cell, right = RIGHT[name]
    found = _grid(rows)
    wrong = found.sheet("Blad").cell(*position(cell)).value
    assert cell not in _edits(_run(found))
    plan = _run(found, code)
    assert _edits(plan).get(cell) == (wrong, right), plan.findings
    assert not [one for one in plan.findings if one.cell == cell and one.severity != "info"]
    values = {position(edit.cell): edit.new for edit in plan.edits}
    formulas = {position(edit.cell): edit.formula for edit in plan.edits if edit.formula}
    after = _checked(with_values(found, {"Blad": values}, {"Blad": formulas}))
    assert not [one for one in after if one.cell == cell and one.code == code]


# What stays ------------------------------------------------------------------------------------

WRONG_SUM = [HEAD, *LINES, ["Summa kostnader", 500, 555, -10]]
EQUITY = [
    ["Plan, tkr", "Budget 2031", "Plan 2032"],
    ["Intäkter", 1000, 1000],
    ["Kostnader", 950, 1020],
    ["Resultat", 50, -20],
    ["Ingående eget kapital", 200, 300],
    ["Utgående eget kapital", 250, 250],
]
STAYS = {
    "a formula": (
        [HEAD, *LINES, ["Summa kostnader", 500, F("C2+C3+45", 555), -10]], "", "C4", "formel"),
    "a locked cell": (WRONG_SUM, "C4", "C4", "låst"),
    "a part is blank": (
        [HEAD, *LINES, ["El", 50, None, None], ["Vatten", 20, 30, -10],
         ["Summa kostnader", 570, 555, -30]], "", "C6", "tomt är inte noll"),
}  # fmt: skip


@pytest.mark.parametrize("name", STAYS)
def test_a_figure_that_is_not_the_runs_to_write_stays(name: str) -> None:
    """Over a formula, in a locked cell, where something is missing: it is told why."""
    rows, locked, cell, why = STAYS[name]
    plan = _run(_grid(rows, locked), "summa-avviker")
    assert cell not in _edits(plan)
    (told,) = [one for one in plan.findings if one.code == "godtas-inte"]
    assert told.cell == cell
    assert "summa-avviker" in told.message
    assert why in told.message


def test_a_typed_fact_is_never_replaced() -> None:
    """Nothing tells which of two facts is wrong."""
    rows = [["Medlemsavgifter 2031, kr"], ["Pott", 4000000], ["Part", "Nyckel", "Avgift"],
            ["Försäkringskassan", None, 2000000], ["Region Norrfors", None, 1000000],
            ["Almby kommun", 50, 500000], ["Bodhult kommun", 30, 300000],
            ["Ceders kommun", 24, 200000], ["Summa", None, 4000000]]  # fmt: skip
    plan = _run(_grid(rows), "nycklar-summerar-inte")
    assert not plan.edits
    (told,) = [one for one in plan.findings if one.code == "godtas-inte"]
    assert "uppgift som är skriven" in told.message


def test_what_follows_from_what_is_put_right_follows() -> None:
    """A total that was built on a wrong one is found once that is right, and put right as well."""
    rows = [["Budget, tkr", "Budget 2031", "Budget 2032"], ["Kostnader"], ["Kansli"],
            ["- Hyra", 100, 110], ["- Lön", 400, 410], ["Summa kansli", 500, 620],
            ["Insatser"], ["- Arken", 300, 310], ["- Bron", 200, 210],
            ["Summa insatser", 500, 520], ["Summa kostnader", 1000, 1140]]  # fmt: skip
    plan = _run(_grid(rows), "summa-avviker")
    assert _edits(plan) == {"C6": (620, 520), "C11": (1140, 1040)}
    assert not [one for one in plan.findings if one.severity != "info"]


def test_an_opening_is_what_the_year_before_closed_with() -> None:
    """Though its own year closes with another figure: that one is still told."""
    found = _grid(EQUITY)
    plan = _run(found, "ingaende-avviker")
    assert _edits(plan) == {"C5": (300, 250)}
    assert {one.cell for one in plan.findings if one.severity != "info"} == {"C6"}


def test_a_code_that_no_finding_has_is_said() -> None:
    """A misspelt one is refused, so that nothing looks done that is not."""
    found = _grid(WRONG_SUM)
    plan = _run(found, "kvar-avviker")
    assert not plan.edits
    (told,) = [one for one in plan.findings if one.code == "kod-utan-fynd"]
    assert "kvar-avviker" in told.message
    assert "summa-avviker" in told.message
    with pytest.raises(InputError, match="summa-avikker"):
        _run(found, "summa-avikker")


def test_in_a_file_it_is_taken_back(tmp_path: Path) -> None:
    """What was accepted is logged, and undone as it was; a locked cell of a file stays."""
    path = saved(tmp_path, [row[:] for row in WRONG_SUM])
    before = openpyxl.load_workbook(path)
    for minute, accept in enumerate((True, False)):
        with Workbook(path, NOW + timedelta(minutes=minute)) as book:
            book.apply(book.recompute(accept=("summa-avviker",)) if accept else book.undo())
        assert openpyxl.load_workbook(path)["Blad"]["C4"].value == (510 if accept else 555)
    sheet = before["Blad"]
    sheet.protection.sheet = True
    for free in ("C2", "D4"):
        sheet[free].protection = Protection(locked=False)
    before.save(path)
    with Workbook(path, NOW) as book:
        assert "C4" not in _edits(book.recompute(accept=("summa-avviker",)).plan)
    sheet["C4"].protection = Protection(locked=False)
    before.save(path)
    with Workbook(path, NOW) as book:
        assert _edits(book.recompute(accept=("summa-avviker",)).plan)["C4"] == (555, 510)


def test_in_a_closed_period_nothing_is_replaced(tmp_path: Path) -> None:
    """The sheet Finsam says that the outcome is closed: the figure and its deviation stay."""
    read = tmp_path / "läst.xlsx"
    applied(saved(tmp_path, [["Kostnader, tkr"], *WRONG_SUM]), read)
    path = set_on(read, tmp_path / "satt.xlsx", {"Stängt till och med": 2031})
    with Workbook(path, NOW) as book:
        plan = book.recompute(accept=("summa-avviker",)).plan
    assert "C5" not in _edits(plan)
    assert "stängd" in next(f.message for f in plan.findings if f.code == "godtas-inte")
