"""Keys and helårsekvivalenter fetched from SCB into a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from finsam_xl.actions import population
from finsam_xl.cli.commands import run
from finsam_xl.errors import InputError
from finsam_xl.plan import Plan
from support import statistics as made

HEADING = "Invånare 16–64 år 2024-12-31"
FEES: list[list[Any]] = [
    ["Medlemsavgifter 2026, Samordningsförbundet Norra"],
    [],
    ["Kommun", HEADING, "Andel", "Avgift 2026, kr"],
    ["Umeå kommun"],
    ["Vännäs kommun"],
    ["Bjurholms kommun"],
    ["Summa"],
    [],
    ["Kommunernas pott", None, None, 2845000],
]
KEYS = [made.expected(code, 16, 64, 2024) for code, _ in made.PLACES]


def filled(plan: Plan) -> dict[str, Any]:
    return {edit.cell: edit.new for edit in plan.edits}


def sheet(heading: str = HEADING, **cells: Any) -> list[list[Any]]:
    rows = [[*row, *[None] * (4 - len(row))] for row in FEES]
    rows[2][1] = heading
    for cell, value in cells.items():
        rows[int(cell[1:]) - 1]["ABCD".index(cell[0])] = value
    return rows


def test_a_blank_table_gets_its_keys_and_its_fees() -> None:
    plan = made.fetch(made.excel(), sheet())
    found = filled(plan)
    assert [found[f"B{row}"] for row in (4, 5, 6)] == KEYS
    assert sum(found[f"D{row}"] for row in (4, 5, 6)) == 2845000
    assert [one.code for one in plan.findings if one.cell == "B3"] == ["befolkning-hamtad"]
    assert "Umeå (2480), folkmängd 16–64 år 2024" in plan.edits[0].why


@pytest.mark.parametrize("ages", [(18, 64), (20, 64), (16, 66)])
def test_the_ages_are_those_of_the_heading(ages: tuple[int, int]) -> None:
    found = filled(made.fetch(made.excel(), sheet(f"Befolkning {ages[0]}-{ages[1]} år 2023")))
    assert found["B4"] == made.expected("2480", *ages, 2023)


def test_typed_keys_stay_and_are_told_unless_accepted() -> None:
    typed = sheet(B4=KEYS[0], B5=KEYS[1] + 1, B6=KEYS[2])
    plan = made.fetch(made.excel(), typed)
    assert not {"B4", "B5", "B6"} & filled(plan).keys()
    (told,) = (one for one in plan.findings if one.code == population.TYPED)
    assert (told.cell, told.stated, told.calculated) == ("B5", KEYS[1] + 1, KEYS[1])
    accepted = made.fetch(made.excel(), typed, accept=(population.TYPED,))
    assert filled(accepted)["B5"] == KEYS[1]


def test_a_municipality_that_is_not_in_the_table_stays_blank_and_is_told() -> None:
    plan = made.fetch(made.excel(), sheet(A6="Robertsfors kommun"))
    assert "B6" not in filled(plan)
    assert [one.cell for one in plan.findings if one.code == "befolkning-saknas"] == ["B6"]
    assert not any(cell.startswith("D") for cell in filled(plan))


def test_which_year_is_never_guessed() -> None:
    without = sheet("Invånare 16–64 år")
    with pytest.raises(InputError, match="säger inte vilket år"):
        made.fetch(made.excel(), without)
    assert filled(made.fetch(made.excel(), without, year="2023"))["B6"] == made.expected(
        "2403", 16, 64, 2023
    )
    assert filled(made.fetch(made.excel([2022]), without))["B6"] == made.expected(
        "2403", 16, 64, 2022
    )
    with pytest.raises(InputError, match="inte år 2024"):
        made.fetch(made.excel([2022]), sheet())
    with pytest.raises(InputError, match="inte år 2031"):
        made.fetch(made.excel(), without, year="2031")


def test_a_sheet_without_such_a_column_is_asked_for_one() -> None:
    with pytest.raises(InputError, match="ingen tabell med befolkning"):
        made.fetch(
            made.excel(), [["Deltagare 2024"], ["Team", "Antal"], ["Umeå", None], ["Vännäs", None]]
        )


def test_equivalents_are_filled_of_their_year() -> None:
    cube = made.of_rows(
        ["Helårsekvivalenter efter region, ersättning och år"],
        ["region", "ersättning", "2023", "2024"],
        ["2480 Umeå", "samtliga", 9100, 9000],
        ["2460 Vännäs", "samtliga", 800, 790],
    )
    rows = [
        ["Helårsekvivalenter 2024"],
        ["Kommun", "Helårsekvivalenter", "Befolkning 20–64 år"],
        ["Umeå", None, 80000],
        ["Vännäs", None, 5000],
    ]
    found = filled(made.fetch(cube, rows))
    assert (found["B3"], found["B4"]) == (9000, 790)


def test_from_a_file_through_the_command_and_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "avgifter.xlsx"
    workbook = openpyxl.Workbook()
    page = workbook.active
    assert page is not None
    page.title = "Avgifter"
    for row in FEES:
        page.append(row)
    workbook.save(book)
    (tmp_path / "scb.px").write_bytes(made.px())
    assert run(["hämta", str(book), "--fran", str(tmp_path / "scb.px")]) == 0
    assert "Källa: SCB, CC0" in capsys.readouterr().out
    held = openpyxl.load_workbook(book)["Avgifter"]
    assert [held[f"B{row}"].value for row in (4, 5, 6)] == KEYS
    # The next year's file: what we wrote is ours to write again.
    (tmp_path / "ny.csv").write_bytes(
        made.csv([2024]).replace(
            b'"2403 Bjurholm","16 \xe5r","m\xe4n",6', b'"2403 Bjurholm","16 \xe5r","m\xe4n",7'
        )
    )
    assert run(["hämta", str(book), "--fran", str(tmp_path / "ny.csv")]) == 0
    held = openpyxl.load_workbook(book)["Avgifter"]
    assert held["B6"].value == KEYS[2] + 1
    assert sum(held[f"D{row}"].value for row in (4, 5, 6)) == 2845000
    assert run(["ångra", str(book)]) == 0
    assert run(["ångra", str(book)]) == 0
    held = openpyxl.load_workbook(book)["Avgifter"]
    assert [held[f"{column}{row}"].value for column in "BD" for row in (4, 5, 6)] == [None] * 6
