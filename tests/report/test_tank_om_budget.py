"""Tänk om, the plan: an alternative and changed costs give what a calculation by hand does."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import pytest

from finsam_xl import actions
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.sheets.grid import Grid
from support import trial
from support.scenario_sheets import SPANNED
from support.trial import Given, Place
from support.typed_sheets import TODAY, grid

RUN = "2031-12-31 20.19"
_CHANGE, _RESULT, _EQUITY, _WORD = 3, 7, 9, 14
_ONE = [
    ("Budget 2027 med plan 2028–2029, tkr",),
    (None, "Budget 2027", "Plan 2028", "Plan 2029"),
    *((row[0], *row[2:9:3]) for row in SPANNED[5:]),
]
"""The middle way alone: −250 each year from 1 500; costs 6 250, the ceiling 1 200."""
_CHOSEN = [*SPANNED, (), ("Valt scenario", "Mellan")]
BOOKS: dict[str, Any] = {"one": _ONE, "chosen": _CHOSEN, "asked": SPANNED}


class Setting(NamedTuple):
    """What is typed in a book: the alternative, and per cent by year."""

    book: str
    percent: Mapping[int, Any] = {}
    way: Any = ""


class Wanted(NamedTuple):
    """Equity as the years end, how each stands, and the sentence."""

    ends: list[Any]
    stands: list[str]
    said: str


SETTINGS: dict[str, tuple[Setting, Wanted]] = {
    "as it is": (
        Setting("one"),
        Wanted(
            [1250, 1000, 750],
            ["▼ 50 över", "● 200 kvar", "● 450 kvar"],
            "Som det är: eget kapital när 2029 slutar är 750 tkr; under taket från 2028.",
        ),
    ),
    # 4 % of 6 250 is 250: the result is −500 in 2028, and 2029 as before.
    "dearer in 2028": (
        Setting("one", {2028: 4}),
        Wanted(
            [1250, 750, 500],
            ["▼ 50 över", "● 450 kvar", "● 700 kvar"],
            "Tänk om: eget kapital när 2029 slutar är 500 tkr; under taket från 2028.",
        ),
    ),
    # 10 % less each year is 625 more: 375 each year.
    "cheaper each year": (
        Setting("one", {2027: -10, 2028: -10, 2029: -10}),
        Wanted(
            [1875, 2250, 2625],
            ["▼ 675 över", "▼ 1 050 över", "▼ 1 425 över"],
            "Tänk om: eget kapital när 2029 slutar är 2 625 tkr; över taket hela tiden.",
        ),
    ),
    # 32 % of 6 250 is 2 000.
    "all is gone": (
        Setting("one", {2027: 32}),
        Wanted(
            [-750, -1000, -1250],
            ["▼ under noll"] * 3,
            "Tänk om: eget kapital när 2029 slutar är −1 250 tkr; under noll hela tiden.",
        ),
    ),
    "half a per cent": (
        Setting("one", {2029: 0.5}),
        Wanted(
            [1250, 1000, 718.75],
            ["▼ 50 över", "● 200 kvar", "● 481 kvar"],
            "Tänk om: eget kapital när 2029 slutar är 719 tkr; under taket från 2028.",
        ),
    ),
    "a blank is no change": (
        Setting("one", {2028: None}),
        Wanted(
            [1250, 1000, 750],
            ["▼ 50 över", "● 200 kvar", "● 450 kvar"],
            "Tänk om: eget kapital när 2029 slutar är 750 tkr; under taket från 2028.",
        ),
    ),
    "a word is asked about": (
        Setting("one", {2028: "lite"}),
        Wanted(
            [1250, "", ""],
            ["▼ 50 över", "▼ Procent: skriv ett tal", ""],
            "Vad som händer med eget kapital går inte att säga: se tabellen.",
        ),
    ),
    "the chosen one": (
        Setting("chosen"),
        Wanted(
            [1250, 1000, 750],
            ["▼ 50 över", "● 200 kvar", "● 450 kvar"],
            "Som det är: eget kapital när 2029 slutar är 750 tkr; under taket från 2028.",
        ),
    ),
    "another one": (
        Setting("chosen", {}, "hög"),
        Wanted(
            [0, -1500, -3000],
            ["● 1 200 kvar", "▼ under noll", "▼ under noll"],
            "Tänk om: eget kapital när 2029 slutar är −3 000 tkr; under noll från 2028.",
        ),
    ),
    # 5 700 in costs; 10 % more are 570: −270 in 2027.
    "another one and its costs": (
        Setting("chosen", {2027: 10}, "Låg"),
        Wanted(
            [1230, 1530, 1830],
            ["▼ 30 över", "▼ 330 över", "▼ 630 över"],
            "Tänk om: eget kapital när 2029 slutar är 1 830 tkr; över taket hela tiden.",
        ),
    ),
    "none is chosen": (
        Setting("asked"),
        Wanted(
            ["", "", ""],
            ["", "", ""],
            "Vad som händer med eget kapital går inte att säga: se tabellen.",
        ),
    ),
    "one that there is not": (
        Setting("chosen", {}, "Rimlig"),
        Wanted(
            ["", "", ""],
            ["", "", ""],
            "Vad som händer med eget kapital går inte att säga: se tabellen.",
        ),
    ),
}


def tried(book: Grid) -> SheetPlan:
    """The sheet Tänk om that a click gives."""
    plan = actions.what_if(book, today=TODAY, run=RUN)
    return next(sheet for sheet in plan.sheets if sheet.name == "Tänk om")


@cache
def _first(name: str) -> SheetPlan:
    return tried(grid(("Budget", BOOKS[name])))


def _typed(setting: Setting) -> dict[Place, Any]:
    plan = _first(setting.book)
    found = {
        (trial.row_of(plan, str(year)), _CHANGE): value for year, value in setting.percent.items()
    }
    if setting.way:
        found[trial.row_of(plan, "Scenario"), _CHANGE] = setting.way
    return found


@pytest.fixture(scope="module")
def opened(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Given]:
    """Every setting as LibreOffice calculates it."""
    sheets = [(_first(setting.book), _typed(setting)) for setting, _ in SETTINGS.values()]
    found = trial.by_libreoffice(soffice, sheets, tmp_path_factory.mktemp("lo"))
    return dict(zip(SETTINGS, found, strict=True))


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("program", ["ironcalc", "libreoffice"])
def test_what_is_typed_gives_what_a_hand_does(
    name: str, program: str, request: pytest.FixtureRequest
) -> None:
    setting, wanted = SETTINGS[name]
    plan = _first(setting.book)
    if program == "ironcalc":
        values: Given = trial.by_ironcalc(plan, _typed(setting))
    else:
        values = request.getfixturevalue("opened")[name]
    rows = [trial.row_of(plan, str(year)) for year in (2027, 2028, 2029)]
    assert [values.get((row, _EQUITY)) or "" for row in rows] == [end or "" for end in wanted.ends]
    told = [str(values.get((row, _WORD)) or "").replace("\u00a0", " ") for row in rows]
    assert told == wanted.stands
    every = [str(value).replace("\u00a0", " ") for value in values.values()]
    assert wanted.said in every


@pytest.mark.parametrize("name", SETTINGS)
def test_what_is_written_is_what_the_formulas_give(name: str) -> None:
    """Made anew with what was typed, no cell shows anything old or blank."""
    setting, _ = SETTINGS[name]
    typed = _typed(setting)
    book = grid(("Budget", BOOKS[setting.book]))
    again = tried(trial.with_sheet(book, trial.typed_on(_first(setting.book), typed)))
    assert trial.formulas(again) == trial.formulas(_first(setting.book))
    assert trial.unlike(again, trial.by_ironcalc(again, {})) == []
    assert {at: trial.held(again)[at] for at in typed} == typed


def test_the_alternatives_are_offered() -> None:
    (choices,) = _first("chosen").choices
    assert choices.texts == ("Låg", "Mellan", "Hög")
    assert not _first("one").choices


def test_a_plan_of_unknown_equity_is_not_tried() -> None:
    sheet = [
        row for row in _ONE if row[0] not in ("Ingående eget kapital", "Utgående eget kapital")
    ]
    plan = actions.what_if(grid(("Budget", sheet)), today=TODAY, run=RUN)
    assert "Tänk om" not in {one.name for one in plan.sheets}
    told = [one.message for one in plan.findings if one.code == "fraga-obesvarad"]
    assert any("Eget kapital vid årets början" in text for text in told), told
