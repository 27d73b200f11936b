"""Tänk om: what is typed in the tinted cells gives what the report gives of a book that says so."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from finsam_xl import actions
from finsam_xl.actions import index_results
from finsam_xl.calc import impact_index as calc
from finsam_xl.model import UnitIndex
from finsam_xl.money import exact, round_half_away
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.sheets.grid import Grid
from support import trial
from support.trial import Given, Place
from support.typed_sheets import TODAY, P, Rows, grid

N = None
RUN = "2031-12-31 20.19"
HEADINGS = [
    "Målområde", "Nr", "Indikator", "Regel", "Gräns", "Vikt", "Utfall antal", "Utfall av",
    "Kvinnor antal", "Kvinnor av", "Män antal", "Män av", "Uppnått",
]  # fmt: skip
_FIELDS = {"Vikt": 5, "Antal": 6, "Av": 7, "Uppnått": 12}
_OF_SEX = {"Antal": 8, "Av": 9, "Män": 10, "Av män": 11}
ROWS: list[list[Any]] = [
    ["1 Arbete", "1.1", "Till arbete", "andel minst", "50 %", 10, 59, 120, N, N, N, N, N],
    ["1 Arbete", "1.2", "Avbrott", "andel högst", "12,5 %", 6, 16, 120, N, N, N, N, N],
    ["1 Arbete", "1.3", "Lagom lång tid", "andel mellan", "40–60 %", 3, 50, 120, N, N, N, N, N],
    ["1 Arbete", "1.4", "Träffar", "antal minst", 12, 4, 11, N, N, N, N, N, N],
    ["1 Arbete", "1.5", "Bidragstagare", "lägre än förra året", N, 5, 812, 812, N, N, N, N, N],
    ["2 Lika", "2.1", "Kön i styrelsen", "jämn könsfördelning", "40–60 %", 5, N, N, 7, N, 4, N, N],
    ["2 Lika", "2.2", "Nöjda", "könsskillnad högst", "20 %", 4, N, N, 52, 54, 36, 48, N],
    ["2 Lika", "2.3", "Bemötande", "alla", N, 2, 92, 93, N, N, N, N, N],
    ["3 Kvalitet", "3.1", "Betyg", "medelvärde minst", 4, 8, 82, 20, N, N, N, N, N],
    ["3 Kvalitet", "3.2", "Plan finns", "redovisad", N, 5, N, N, N, N, N, N, "Ja"],
    ["3 Kvalitet", "3.3", "Uppföljning", "andel minst", "66,7 %", 7, N, N, N, N, N, N, N],
]  # fmt: skip
"""Every kind of rule; the last is not measured."""
LABELS = {row[1]: f"{row[1]} {row[2]}" for row in ROWS}
AREAS = {"1 Arbete": "Arbete", "2 Lika": "Lika", "3 Kvalitet": "Kvalitet"}


class Setting(NamedTuple):
    """What is typed: in the cells of indicators, and the target and what is near it."""

    typed: Mapping[tuple[str, str], Any] = {}
    target: float = 70
    near: float = 65


SETTINGS = {
    "as it is": Setting(),
    "one more person": Setting({("1.1", "Antal"): 60}),
    "an outcome on its limit": Setting({("1.2", "Antal"): 15, ("3.1", "Antal"): 80}),
    "other bases and sexes": Setting(
        {("1.3", "Av"): 90, ("2.1", "Antal"): 6, ("2.2", "Män"): 30, ("2.2", "Av män"): 48}
    ),
    "other weights": Setting({("1.1", "Vikt"): 1, ("3.1", "Vikt"): 10, ("2.3", "Vikt"): 9}),
    "another target": Setting(target=55.5, near=50),
    "the near limit above the target": Setting(target=40, near=65),
    "one not measured": Setting({("3.1", "Antal"): N, ("3.2", "Uppnått"): "Ej mätt"}),
    "what was not measured is": Setting({("3.3", "Antal"): 667, ("3.3", "Av"): 1000}),
    "all reached": Setting(
        {
            ("1.1", "Antal"): 60, ("1.2", "Antal"): 0, ("1.3", "Antal"): 60, ("1.4", "Antal"): 12,
            ("1.5", "Antal"): 811, ("2.1", "Antal"): 5, ("2.3", "Antal"): 93,
        }
    ),
    "none reached": Setting(
        {
            ("1.1", "Antal"): 0, ("2.1", "Antal"): 9, ("2.2", "Antal"): 10, ("2.3", "Antal"): 0,
            ("3.1", "Antal"): 79, ("3.2", "Uppnått"): "Nej", ("1.3", "Antal"): 47,
        }
    ),
    "weights 0": Setting({(number, "Vikt"): 0 for number in LABELS}),
}  # fmt: skip


def _book(rows: Rows = ROWS) -> Grid:
    return grid(("Mål", [["Social budget 2031, Team Ett"], [], HEADINGS, *rows]))


def tried(book: Grid) -> SheetPlan:
    """The sheet Tänk om that a click gives."""
    plan = actions.what_if(book, today=TODAY, run=RUN)
    return next(sheet for sheet in plan.sheets if sheet.name == "Tänk om")


@cache
def _first() -> SheetPlan:
    return tried(_book())


def _typed(setting: Setting) -> dict[Place, Any]:
    """What is typed where on the sheet."""
    plan = _first()
    found = {
        trial.place(plan, LABELS[number], field): value
        for (number, field), value in setting.typed.items()
    }
    limits = {"Mål för indexet": setting.target, "Nära målet": setting.near}
    return found | {trial.place(plan, label, ""): value for label, value in limits.items()}


def _changed(setting: Setting) -> UnitIndex:
    """The index of a book in which the same is typed, by the rules alone."""
    rows = [list(row) for row in ROWS]
    for row in rows:
        columns = _OF_SEX if row[1] in ("2.1", "2.2") else {}
        for field, column in {**_FIELDS, **columns}.items():
            if (row[1], field) in setting.typed:
                value = setting.typed[row[1], field]
                row[column] = N if value == "Ej mätt" else value
    # No budget weighs 0, and its rows count for nothing: they are left out.
    rows = [row for row in rows if row[5]]
    if not rows:
        return calc.unit_index("Team Ett", False, [])
    book = _book(rows)
    (result,) = index_results.results(book, actions.tables(book), TODAY)
    return result.unit_index


def _wanted(setting: Setting, index: Any) -> tuple[Any, str]:
    """An index as it is printed, and its word."""
    if index is None:
        return "–", "ej mätt"
    target, near = exact(setting.target), exact(setting.near)
    colour = calc.colour(index, target=target, near=near)
    words = {"grön": "● når", "orange": "▲ nära", "röd": "▼ under"}
    return int(round_half_away(index)), words[colour]


def _gives(values: Given, label: str) -> tuple[Any, Any]:
    row = trial.row_of(_first(), label)
    return values[row, 3], values[row, 7]


@pytest.fixture(scope="module")
def opened(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Given]:
    """Every setting as LibreOffice calculates it."""
    sheets = [(_first(), _typed(setting)) for setting in SETTINGS.values()]
    found = trial.by_libreoffice(soffice, sheets, tmp_path_factory.mktemp("lo"))
    return dict(zip(SETTINGS, found, strict=True))


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("program", ["ironcalc", "libreoffice"])
def test_what_is_typed_gives_what_the_report_would(
    name: str, program: str, request: pytest.FixtureRequest
) -> None:
    setting = SETTINGS[name]
    if program == "ironcalc":
        values: Given = trial.by_ironcalc(_first(), _typed(setting))
    else:
        values = request.getfixturevalue("opened")[name]
    unit = _changed(setting)
    assert _gives(values, "Hela indexet") == _wanted(setting, unit.total.impact_index)
    scores = {AREAS[area.name]: area.impact_index for area in unit.areas}
    for label in AREAS.values():
        assert _gives(values, label) == _wanted(setting, scores.get(label)), label


@pytest.mark.parametrize("name", SETTINGS)
def test_what_is_written_is_what_the_formulas_give(name: str) -> None:
    """Made anew with what was typed, no cell shows anything old or blank."""
    typed = _typed(SETTINGS[name])
    again = tried(trial.with_sheet(_book(), trial.typed_on(_first(), typed)))
    assert trial.formulas(again) == trial.formulas(_first())
    assert trial.unlike(again, trial.by_ironcalc(again, {})) == []
    assert {at: trial.held(again)[at] for at in typed} == typed
