"""Functions in LibreOffice's cells: each of the registry's, called by Calc itself."""

from __future__ import annotations

from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from finsam_xl.address import a1, span
from finsam_xl.hosts.calc.functions import takes_cells
from finsam_xl.registry import FUNCTIONS, WHY, Argument, CellFunction
from finsam_xl.workbook import Workbook
from support.bookkeeping import FOLLOW_UP, SHEET, ledger
from support.calc_office import CalcOffice

CALLED = [function for function in FUNCTIONS if function.name != WHY]


def test_each_stands_in_the_list_with_its_help(calc: CalcOffice) -> None:
    calc.open()
    known = calc.ask("functions")
    assert set(known) == {function.name for function in FUNCTIONS}
    for function in FUNCTIONS:
        assert known[function.name]["help"] == function.help
        told = [[argument.name, argument.help] for argument in function.arguments]
        assert known[function.name]["arguments"] == told


def _typed(argument: Argument, value: Any, column: int) -> tuple[str, dict[str, str]]:
    """An argument of a formula, and the cells that it points at."""
    if not isinstance(value, list):
        if not takes_cells(argument):
            return f'"{value}"' if isinstance(value, str) else str(value), {}
        value = [[value]]
    cells = {
        a1(row, column + place): _cell(cell)
        for row, line in enumerate(value, start=1)
        for place, cell in enumerate(line)
        if cell is not None
    }
    return span(1, column, len(value), column + len(value[0]) - 1), cells


def _cell(value: Any) -> str:
    return f"={str(value).upper()}()" if isinstance(value, bool) else str(value)


def _given(function: CellFunction) -> tuple[str, dict[str, str]]:
    """The example of a function as a formula, and the cells that it points at."""
    typed = [
        _typed(argument, value, 1 + 5 * place)
        for place, (argument, value) in enumerate(
            zip(function.arguments, function.example.arguments, strict=False)
        )
    ]
    cells = dict(chain.from_iterable(held.items() for _, held in typed))
    return f"={function.name}({';'.join(text for text, _ in typed)})", cells


@pytest.mark.parametrize("function", CALLED, ids=lambda function: function.name)
def test_each_gives_what_its_help_says(function: CellFunction, calc: CalcOffice) -> None:
    calc.open()
    formula, cells = _given(function)
    calc.ask("enter", cells)
    result = function.example.result
    rows = result if isinstance(result, tuple) else ((result,),)
    area = span(20, 1, 19 + len(rows), len(rows[0]))
    calc.ask("set", "", area if isinstance(result, tuple) else "A20", formula)
    for row, line in enumerate(rows, start=20):
        for column, wanted in enumerate(line, start=1):
            ((value, _),) = calc.ask("held", "", a1(row, column))
            expected = float(wanted) if isinstance(wanted, bool) else wanted
            is_text = isinstance(wanted, str)
            assert value == (expected if is_text else pytest.approx(expected))


SHOWN = {
    "=FINSAM_ANDEL(A1;A2)": "0.5",
    "=FINSAM_ANDEL(A1;0)": "#DIV/0!",
    "=FINSAM_ANDEL(A1;A4)": "#DIV/0!",  # an error that comes in comes out
    "=FINSAM_ANDEL(A5;A1)": "#N/A",
    '=FINSAM_ANDEL("12,5 %";"50 %")': "0.25",
    '=FINSAM_ANDEL("tolv";1)': "#VALUE!",
    "=FINSAM_TRAPPA(15001)": "#N/A",
    "=FINSAM_FARG(69)": "orange",
    "=FINSAM_FARG(64;;60)": "orange",
    '=FINSAM_FARG(69)="orange"': "TRUE",
    "=IF(FINSAM_ANDEL(A1;A2)>0.3;2;3)": "2",
    "=SUM(FINSAM_ANDEL(A1;4);1)": "2.25",
    '=IFERROR(FINSAM_ANDEL(1;0);"nej")': "nej",
    "=FINSAM_AVVIKELSE(A1;A3)": "#VALUE!",  # Calc hands over a blank as 0, which differs here
    "=FINSAM_AVVIKELSE(A1;7)": "2",
    "=INDEX(FINSAM_AVGIFT(A1:A2;100);2)": "67",
    "=SUMPRODUCT(FINSAM_ANDEL(A1:A2;10))": "1.5",
    '=FINSAM_BALANSKRAV("x")': "#VALUE!",
    "=FINSAM_IMPACTINDEX(B1:B3;C1:C3)": "62.5",  # 10 of 10 + 6; what is #N/A is not measured
    '=FINSAM_FARG("x")': "#VALUE!",
    '=FINSAM_FARG("x")="orange"': "#VALUE!",
    "=FINSAM_AVGIFT(A1;A2;A3;A4)": "Err:504",
}


def test_blanks_errors_truths_and_texts(calc: CalcOffice) -> None:
    calc.open()
    cells = {"A1": "5", "A2": "10", "A4": "=1/0", "A5": "=NA()", "B1": "10", "B2": "6", "B3": "4"}
    cells |= {"C1": '=FINSAM_UPPNATT("Andel minst";"80 %";9;10)', "C3": "=NA()"}
    cells |= {"C2": '=FINSAM_UPPNATT("Andel minst";"80 %";7;10)'}
    calc.ask("enter", cells)
    formulas = {f"E{row}": formula for row, formula in enumerate(SHOWN, start=1)}
    calc.ask("enter", formulas)
    shown = calc.ask("shown", "", *formulas)
    assert dict(zip(SHOWN, shown, strict=True)) == SHOWN


def test_a_range_gives_a_range_and_each_cell_its_own(calc: CalcOffice) -> None:
    calc.open()
    calc.ask("enter", {"A1": "65", "A2": "80", "A3": "10", "B1": "20", "B2": "0", "B3": "5"})
    calc.ask("set", "", "D1:D3", "=FINSAM_FARG(A1:A3)")
    calc.ask("set", "", "E1:E3", "=FINSAM_ANDEL(A1:A3;B1:B3)")
    calc.ask("set", "", "F1:F3", "=FINSAM_AVVIKELSE(A1:A3;C1:C3)")
    cells = {"H1": '=D1="orange"', "H2": '=COUNTIF(D1:D3;"röd")', "H3": "=COUNT(F1:F3)"}
    calc.ask("enter", {**cells, "H4": '=F1=""'})
    assert calc.ask("shown", "", "D1", "D2", "D3") == ["orange", "grön", "röd"]
    assert calc.ask("shown", "", "E1", "E2", "E3") == ["3.25", "#DIV/0!", "2"]
    assert calc.ask("shown", "", "H1", "H2", "H3", "H4") == ["TRUE", "1", "0", "TRUE"]
    calc.ask("enter", {"A1": "90"})
    assert calc.ask("shown", "", "D1", "H1", "E1") == ["grön", "FALSE", "4.5"]


def test_why_reads_the_cell_and_what_it_points_at(calc: CalcOffice) -> None:
    calc.open()
    calc.ask("enter", {"A1": "5", "A2": "0", "B1": "=FINSAM_ANDEL(A1;A2)", "B2": "=1/0"})
    calc.ask("set", "", "C1:C2", "=FINSAM_AVGIFT(A1:A2;100)")
    asked = {f"D{row}": f"=FINSAM_VARFOR({cell})" for row, cell in enumerate(("B1", "C2", "B2"), 1)}
    calc.ask("enter", asked)
    nothing, fee, other = calc.ask("shown", "", *asked)
    assert nothing == (
        "FINSAM_ANDEL visar #DIVISION/0!: Hela är 0, så det finns ingen andel. Rätta det hela."
    )
    assert fee.startswith("FINSAM_AVGIFT gav 0.")
    assert "ingen ensam FINSAM-funktion" in other


def test_why_opens_a_fetched_figure_into_accounts_and_months(
    calc: CalcOffice, tmp_path: Path
) -> None:
    path = tmp_path / "uppfoljning.xlsx"
    book = openpyxl.Workbook()
    book.active.title = SHEET
    for row in FOLLOW_UP:
        book.active.append(row)
    book.save(path)
    with Workbook(path, datetime(2025, 9, 15)) as found:  # noqa: DTZ001
        found.apply(found.fetch(ledger("forbund_2025_T2.se")))
    calc.open(path)
    calc.ask("enter", {"J1": "=FINSAM_VARFOR(F11)", "J2": "=FINSAM_VARFOR(D11)"})
    fetched, typed = calc.ask("shown", "", "J1", "J2")
    assert "5010 P10: 202501 59\xa0697,81, 202502 60\xa0809,56" in fetched
    assert typed == "Cellen visar ett värde och inget fel."


def test_names_that_were_left_unbound_are_bound_when_a_file_is_opened(
    calc: CalcOffice, tmp_path: Path
) -> None:
    """Those of Excel and of xlwings Lite; no other formula is touched, and nothing is changed."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["A2"] = 5, 10
    sheet["B1"], sheet["B2"] = "=FINSAM_ANDEL(A1,A2)", "=_xldudf_FINSAM_ANDEL(A1,A2)"
    sheet["B3"] = '=IFERROR(FINSAM_ANDEL(A1,A2),"nej")'
    sheet["B4"], sheet["B5"] = "=FINSAM_FINNS_INTE(A1)", "=NAGON_ANNANS(A1)"
    sheet["B6"] = '="finsam_andel(A1)"&FINSAM_FARG(64)'
    book.create_sheet("Låst")["A1"] = "=FINSAM_ANDEL(1,4)"
    book["Låst"].protection.sheet = True
    path = tmp_path / "obunden.xlsx"
    book.save(path)
    calc.open(path)
    shown = calc.ask("shown", "", "B1", "B2", "B3", "B4", "B5", "B6")
    assert shown == ["0.5", "0.5", "0.5", "#NAME?", "#NAME?", "finsam_andel(A1)röd"]
    others = calc.ask("formulas", "", "B4", "B5")
    assert others == ["=finsam_finns_inte(A1)", "=nagon_annans(A1)"]
    assert calc.ask("modified") is False
    assert calc.ask("undoable") == []
    assert calc.ask("shown", "Låst", "A1") == ["#NAME?"], "a protected sheet is left alone"


def test_the_menu_and_the_toolbar_have_every_button(calc: CalcOffice) -> None:
    texts = ["Räkna om", "Kontrollera", "Skapa rapport", "Vad lästes?", "Vad krävs?"]
    texts += ["Hämta utfall", "Ångra", "Återställ formler", "Frys för utskick"]
    calc.open()
    assert calc.ask("menu") == {"OfficeMenuBar": texts, "OfficeToolBar": texts}
