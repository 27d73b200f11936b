"""The functions as Excel on the desktop gets them: through xlwings' own server code."""

from __future__ import annotations

import json
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from finsam_xl.registry import CATEGORY, FUNCTIONS, CellError, ErrorKind
from support.workbooks import ROOT
from udfs import desktop

DIV0 = ErrorKind.DIV0.com


@pytest.fixture(scope="module")
def server() -> Any:
    """Calls answered by xlwings' function server in a process of its own."""

    def answers(*calls: tuple[str, list[Any]]) -> Any:
        done = subprocess.run(
            [sys.executable, str(ROOT / "tests" / "support" / "com_server.py"), "udfs.desktop"],
            input=json.dumps(calls).encode(),
            capture_output=True,
            check=False,
            timeout=120,
            env={"PYTHONPATH": str(ROOT), "PATH": ""},
        )
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return answers


def test_values_ranges_blanks_and_errors(server: Any) -> None:
    """COM hands over tuples, None, and numbers for errors; back come values and marks."""
    gave, _ = server(
        ("FINSAM_ANDEL", [1.0, 2.0]),
        ("FINSAM_ANDEL", [[[1.0], [2.0], [None]], [[2.0], [DIV0], [4.0]]]),
        ("FINSAM_AVGIFT", [[[1.0], [2.0]], 300.0, "MISSING"]),
        ("FINSAM_TRAPPA", [15001.0, "MISSING"]),
        ("FINSAM_UPPNATT", ["Andel minst", "80 %", 247.0, 319.0, "MISSING", "MISSING"]),
        ("FINSAM_VARFOR", ["=FINSAM_TRAPPA(15001)"]),
        ("FINSAM_VARFOR", [None]),
    )
    assert gave == [
        [[0.5]],
        [[0.5], ["#FINSAM:2007"], [""]],
        [[100.0], [200.0]],
        [["#FINSAM:2042"]],
        [[False]],
        [["FINSAM_TRAPPA visar #SAKNAS!: regel saknas – fyll i"]],
        [["Cellen är tom."]],
    ]


def test_every_function_is_there_with_its_arguments(server: Any) -> None:
    """Name, category, what may be left out, and help, as the registry has them."""
    _, described = server()
    assert list(described) == [function.name for function in FUNCTIONS]
    for function in FUNCTIONS:
        category, arguments = described[function.name]
        assert category == CATEGORY
        assert [[name.rstrip("_"), optional, text] for name, optional, text in arguments] == [
            [argument.name, argument.optional, argument.help] for argument in function.arguments
        ]


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
def test_examples_give_their_results(function: Any) -> None:
    gave = getattr(desktop, function.name)(*function.example.arguments)
    told = desktop.shown(function.example.result)
    rows = [[gave], [told]] if not isinstance(gave, list) else [*gave, *told]
    half = len(rows) // 2
    for one, other in zip(rows[:half], rows[half:], strict=True):
        for cell, printed in zip(one, other, strict=True):
            assert cell == (pytest.approx(printed) if type(printed) is float else printed)


def test_errors_are_marked_by_excels_number_and_blank_is_no_zero() -> None:
    assert desktop.shown(CellError(ErrorKind.VALUE)) == "#FINSAM:2015"
    assert desktop.shown(((1.0, None), (CellError(ErrorKind.NA), True))) == [
        [1.0, ""],
        ["#FINSAM:2042", True],
    ]


class Cell:
    """A range on a sheet, as far as it is asked here."""

    def __init__(self, sheet: Sheet, row: int, column: int, rows: list[list[Any]]) -> None:
        self.sheet, self.row, self.column, self._rows = sheet, row, column, rows
        self.api = SimpleNamespace(HasSpill=False)

    def __getitem__(self, _: Any) -> Cell:
        return self

    def options(self, **how: Any) -> Any:
        return SimpleNamespace(value=self._rows if how.get("ndim") == 2 else self._rows[0][0])

    @property
    def formula(self) -> Any:
        return self.sheet.formulas.get((self.row, self.column), self._rows[0][0])


class Sheet:
    """A sheet with values by address, and formulas by place."""

    def __init__(self, values: dict[str, list[list[Any]]]) -> None:
        self.values, self.formulas = values, {(2, 3): "=FINSAM_ANDEL(A2:A3,'Blad två'!B2:B3)"}
        self.book = SimpleNamespace(sheets={"Blad två": self})

    def range(self, address: str) -> Cell:
        place = (2, 3) if address == "$C$2" else (9, 9)
        return Cell(self, *place, self.values.get(address, [[None]]))


SHEET = Sheet({"A2:A3": [[1.0], [2.0]], "B2:B3": [[0.0], [4.0]]})
WHY = getattr(desktop, "FINSAM_VARFOR")  # noqa: B009  (made from the registry)


def test_why_reads_the_formula_of_the_cell() -> None:
    said = WHY(Cell(SHEET, 2, 3, [["#DIV/0!"]]))
    assert said.startswith("FINSAM_ANDEL visar #DIVISION/0!")


def test_why_reads_the_formula_a_cell_is_spilled_from() -> None:
    below = Cell(SHEET, 3, 3, [[0.5]])
    below.api = SimpleNamespace(HasSpill=True, SpillParent=SimpleNamespace(Address="$C$2"))
    assert WHY(below).startswith("FINSAM_ANDEL gav 0,5")


def test_why_of_a_typed_cell() -> None:
    assert WHY(Cell(SHEET, 7, 7, [[5.0]])) == "Cellen visar ett värde och inget fel."
