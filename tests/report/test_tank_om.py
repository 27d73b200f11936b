"""Tänk om: what is typed in the tinted cells gives what the report gives of a book that says so."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
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
from support.typed_sheets import TODAY, Rows, grid

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


# What cannot be counted with -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "field", "value", "word"),
    [
        ("1.1", "Antal", "många", "▼ Antal: tal, minst 0"),
        ("1.1", "Antal", -3, "▼ Antal: tal, minst 0"),
        ("1.1", "Av", "alla", "▼ Av: tal, minst 0"),
        ("1.1", "Av", N, "▼ Av: tal över 0"),
        ("1.1", "Av", 0, "▼ Av: tal över 0"),
        ("1.1", "Vikt", "tung", "▼ Vikt: heltal 0–10"),
        ("1.1", "Vikt", 2.5, "▼ Vikt: heltal 0–10"),
        ("1.1", "Vikt", 11, "▼ Vikt: heltal 0–10"),
        ("1.1", "Vikt", N, "▼ Vikt: heltal 0–10"),
        ("1.5", "Av", N, "▼ Året innan: skriv ett tal"),
        ("2.1", "Män", "fyra", "▼ Män: tal, minst 0"),
        ("2.2", "Av män", N, "▼ Av män: tal över 0"),
        ("3.1", "Av", 0, "▼ Av: tal över 0"),
        ("3.2", "Uppnått", "kanske", "▼ Ja, Nej eller Ej mätt"),
        ("3.2", "Uppnått", 1, "▼ Ja, Nej eller Ej mätt"),
    ],
)
def test_what_cannot_be_counted_with_is_told_beside(
    number: str, field: str, value: Any, word: str
) -> None:
    """The row is left out, the sentence on top says so, and no cell shows an error."""
    plan = _first()
    typed = {trial.place(plan, LABELS[number], field): value}
    again = tried(trial.with_sheet(_book(), trial.typed_on(plan, typed)))
    values = trial.by_ironcalc(plan, typed)
    assert trial.unlike(again, values) == []
    assert trial.shown(plan, values, LABELS[number])[-1] == word
    said = [text for text in trial.texts(values.values()) if "räknas inte med" in text]
    assert [text.partition("▼ 1 rad ")[2] for text in said] == ["räknas inte med: se Att rätta."]
    assert not any(text.startswith("#") for text in trial.texts(values.values()))
    rows = [row for row in ROWS if row[1] != number]
    (result,) = index_results.results(_book(rows), actions.tables(_book(rows)), TODAY)
    now = round_half_away(result.unit_index.total.impact_index or 0)
    assert _gives(values, "Hela indexet")[0] == int(now)


@pytest.mark.parametrize("value", ["hög", -1, 101, N])
def test_a_target_that_is_none_leaves_the_one_that_holds(value: Any) -> None:
    plan = _first()
    typed = {trial.place(plan, "Mål för indexet", ""): value}
    values = trial.by_ironcalc(plan, typed)
    told = "▼ Skriv ett tal 0–100; så länge gäller 70"
    assert trial.shown(plan, values, "Mål för indexet")[-1] == told
    assert _gives(values, "Hela indexet") == _wanted(
        Setting(), _changed(Setting()).total.impact_index
    )


def test_more_than_there_are_is_told_and_counted_as_the_index_does() -> None:
    plan = _first()
    values = trial.by_ironcalc(plan, {trial.place(plan, LABELS["1.1"], "Antal"): 121})
    assert trial.shown(plan, values, LABELS["1.1"])[-2:] == ["Ja", "▼ Fler än de är av"]


# What was typed follows ------------------------------------------------------------------------


def test_what_was_typed_follows_its_line_where_it_goes() -> None:
    """One indicator is gone, one is renamed, and a row has come between."""
    plan = _first()
    typed: dict[Place, Any] = {
        trial.place(plan, LABELS["1.1"], "Antal"): 60,
        trial.place(plan, LABELS["1.2"], "Vikt"): "tio",
        trial.place(plan, LABELS["1.4"], "Antal"): N,
        trial.place(plan, "Mål för indexet", ""): 72.5,
    }
    rows = [list(row) for row in ROWS if row[1] != "1.2"]
    rows[0][2] = "Vidare till arbete"
    rows.insert(
        0, ["1 Arbete", "1.0", "Allra först", "andel minst", "50 %", 5, 1, 2, N, N, N, N, N]
    )
    again = tried(trial.with_sheet(_book(rows), trial.typed_on(plan, typed)))
    values = trial.held(again)
    assert values[trial.place(again, "1.1 Vidare till arbete", "Antal")] == 60
    assert values[trial.place(again, LABELS["1.4"], "Antal")] is None
    assert values[trial.place(again, "Mål för indexet", "")] == 72.5
    assert values[trial.place(again, "1.0 Allra först", "Antal")] == 1
    # Its line is gone: it is told at the end, and comes back with the line.
    left = trial.row_of(again, "1.2 Avbrott")
    assert [values.get((left, column)) for column in (2, 5, 12)] == ["Team Ett 2031", "Vikt", "tio"]
    back = tried(trial.with_sheet(_book(), trial.typed_on(again, {})))
    assert trial.held(back)[trial.place(back, LABELS["1.2"], "Vikt")] == "tio"


def test_what_was_not_typed_follows_the_book() -> None:
    """A figure that she puts right in the book is the one that is tried from then on."""
    rows = [list(row) for row in ROWS]
    rows[0][6] = 80
    again = tried(trial.with_sheet(_book(rows), trial.typed_on(_first(), {})))
    assert trial.held(again)[trial.place(again, LABELS["1.1"], "Antal")] == 80


def test_another_unit_is_shown_when_it_is_chosen() -> None:
    """First the one that misses the target; then another, all together, and it again."""
    head = [[], HEADINGS]
    good: list[list[Any]] = [[*row[:6], 60, *row[7:]] for row in ROWS[:1]]
    book = grid(
        ("Ett", [["Social budget 2031, Team Ett"], *head, *ROWS]),
        ("Två", [["Social budget 2031, Team Två"], *head, *good]),
    )
    first = tried(book)
    row = trial.row_of(first, "Enhet som visas")
    assert trial.held(first)[row, 2] == "Team Ett"
    mine = {(row, 2): "Alla enheter", trial.place(first, LABELS["1.1"], "Antal"): 59}
    values = trial.by_ironcalc(first, mine)
    assert values[row, 7] == "▲ Klicka på Vad krävs? så visas den enheten"
    again = tried(trial.with_sheet(book, trial.typed_on(first, mine)))
    shown = [c.value for c in again.cells if c.column == 1 and str(c.value)[:3] in ("Ett", "Två")]
    assert len(shown) == len(ROWS) + len(good)
    assert trial.unlike(again, trial.by_ironcalc(again, {})) == []
    # What was typed for the unit stands at the end meanwhile, and comes back with it.
    row = trial.row_of(again, "Enhet som visas")
    back = tried(trial.with_sheet(book, trial.typed_on(again, {(row, 2): "Team Ett"})))
    assert trial.held(back)[trial.place(back, LABELS["1.1"], "Antal")] == 59


# One of our sheets -----------------------------------------------------------------------------


def test_the_sheet_is_no_table_of_hers() -> None:
    book = trial.with_sheet(_book(), trial.typed_on(_first(), {}))
    assert [table.sheet for table in actions.tables(book)] == ["Mål"]
    found = actions.report(book, "kontroll", today=TODAY, run=RUN).findings
    assert [one for one in found if one.sheet == "Tänk om"] == []
