"""Tänk om, the fees: what is typed in the tinted cells gives what the rules of fees give."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

import pytest

from finsam_xl import actions
from finsam_xl.actions import fee_scenario
from finsam_xl.calc.fee_changes import Keyed, Pot, Scenario
from finsam_xl.calc.fee_scenario import outcome
from finsam_xl.calc.fee_split import Split
from finsam_xl.money import exact
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.sheets.grid import Grid
from support import trial
from support.trial import Given, Place
from support.typed_sheets import TODAY, grid

RUN = "2031-12-31 20.19"
POT = "Pott"
NEW = ("Ny 1", "Ny 2", "Ny 3")
_THEN, _MORE, _WORD = 7, 9, 14

PEOPLE: list[list[Any]] = [
    ["Medlemsavgifter 2026, kr"],
    ["Pott för alla parter, kr", 8800003],
    ["Part", "Invånare 16–64 år", "Avgift 2026, kr"],
    ["Försäkringskassan", None, None],
    ["Region Norr", None, None],
    ["Norrby kommun", 31874, None],
    ["Ekby kommun", 12466, None],
    ["Sjöby kommun", 5207, None],
    ["Lillby kommun", 5207, None],
]
"""Everybody's pot, a fourth of which is no whole amount; two of equal keys."""
PERCENT: list[list[Any]] = [
    ["Medlemsavgifter 2021, kr"],
    ["Kommunernas pott, kr", 2845000],
    ["Kommun", "Nyckel, %", "Avgift 2021, kr"],
    ["Umeå kommun", 82.93, 2359359],
    ["Vännäs kommun", 5.13, 145949],
    ["Nordmalings kommun", 3.98, 113231],
    ["Robertsfors kommun", 3.74, 106403],
    ["Vindelns kommun", 2.93, 83359],
    ["Bjurholms kommun", 1.29, 36701],
]
"""Note 2 of 2021: each fee is rounded on its own."""
NO_KEY: list[list[Any]] = [
    ["Medlemsavgifter 2024, tkr"],
    ["Kommunernas pott, tkr", 938],
    ["Kommun", "Avgift 2024, tkr"],
    *(
        [f"{name} kommun", fee]
        for name, fee in (
            ("Lycksele", 326), ("Malå", 79), ("Åsele", 71), ("Storuman", 154), ("Vilhelmina", 179),
            ("Sorsele", 66), ("Dorotea", 63),
        )
    ),
]  # fmt: skip
BOOKS: dict[str, list[list[Any]]] = {"people": PEOPLE, "percent": PERCENT, "no key": NO_KEY}


class Setting(NamedTuple):
    """What is typed in a book: keys by the names of members and of new ones, and the pot."""

    book: str
    keys: Mapping[str, Any] = {}
    pot: Any = None


SETTINGS = {
    "as it is": Setting("people"),
    "a key": Setting("people", {"Norrby": 33000}),
    "all keys": Setting("people", {"Norrby": 7, "Ekby": 7, "Sjöby": 7, "Lillby": 7}),
    "one leaves": Setting("people", {"Ekby": None}),
    "one joins": Setting("people", {"Ny 1": 2400}),
    "two join, one leaves, another pot": Setting(
        "people", {"Ny 1": 2400, "Ny 3": 911, "Sjöby": None}, 9123457
    ),
    "a pot": Setting("people", {}, 9000000),
    "only one is left": Setting("people", {"Ekby": None, "Sjöby": 0, "Lillby": None}),
    "a key with decimals": Setting("people", {"Lillby": 5207.25}),
    "each on its own, as it is": Setting("percent"),
    "each on its own, a pot": Setting("percent", {}, 2900000),
    "each on its own, keys": Setting("percent", {"Umeå": 80, "Vännäs": 8.06}),
    "each on its own, one leaves": Setting("percent", {"Bjurholms": None}),
    "no key, as it is": Setting("no key"),
    "no key, one leaves": Setting("no key", {"Dorotea": None}),
    "no key, a pot with a decimal": Setting("no key", {}, 1000.5),
    "no key, one joins": Setting("no key", {"Ny 2": 60}),
}


def _book(name: str) -> Grid:
    return grid(("Avgifter", BOOKS[name]))


def tried(book: Grid) -> SheetPlan:
    """The sheet Tänk om that a click gives."""
    plan = actions.what_if(book, today=TODAY, run=RUN)
    return next(sheet for sheet in plan.sheets if sheet.name == "Tänk om")


@cache
def _first(name: str) -> SheetPlan:
    return tried(_book(name))


def _last_member(name: str) -> int:
    plan = _first(name)
    names = [str(row[0]) for row in BOOKS[name][3:] if "kommun" in str(row[0])]
    return max(trial.row_of(plan, one) for one in names)


def _row(name: str, who: str) -> int:
    if who in NEW:
        return _last_member(name) + 1 + NEW.index(who)
    return trial.row_of(_first(name), who)


def _typed(setting: Setting) -> dict[Place, Any]:
    """What is typed where on the sheet."""
    found: dict[Place, Any] = {}
    for who, key in setting.keys.items():
        row = _row(setting.book, who)
        found[row, 3] = key
        if who in NEW:
            found[row, 1] = who
    if setting.pot is not None:
        found[_pot_row(setting.book), 3] = setting.pot
    return found


def _pot_row(name: str) -> int:
    plan = _first(name)
    return min(c.row for c in plan.cells if c.column == 1 and POT.lower() in str(c.value).lower())


def _split(name: str) -> Split:
    book = _book(name)
    return fee_scenario.split_of(book, actions.tables(book), TODAY)


def _wanted(setting: Setting) -> dict[str, Fraction | int | None]:
    """What each pays by the rules, with the same changed."""
    split = _split(setting.book)
    if not setting.keys and setting.pot is None:
        return {one.name: one.fee for one in (*split.others, *split.members)}
    keys = {who: Fraction(0) if key is None else exact(key) for who, key in setting.keys.items()}
    if split.whole is not None and any(key == 0 for key in keys.values()):
        scenario = Scenario(leaves=tuple(keys))
    elif split.follows_fees:
        old = {one.name.removesuffix(" kommun"): one.weight for one in split.members}
        every = old | {who: key for who, key in keys.items() if who not in NEW}
        scenario = Scenario(
            joins=tuple(Keyed(who, keys[who]) for who in NEW if who in keys),
            keys=tuple(Keyed(who, key) for who, key in every.items()),
        )
    else:
        scenario = Scenario(
            joins=tuple(Keyed(who, keys[who]) for who in NEW if who in keys),
            keys=tuple(Keyed(who, key) for who, key in keys.items() if who not in NEW),
        )
    pot = None if setting.pot is None else Pot(exact(setting.pot))
    result = outcome(split, scenario._replace(pot=pot))
    return {one.name: one.after[0].fee if one.after[0] else 0 for one in result.effects}


@pytest.fixture(scope="module")
def opened(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Given]:
    """Every setting as LibreOffice calculates it."""
    sheets = [(_first(setting.book), _typed(setting)) for setting in SETTINGS.values()]
    found = trial.by_libreoffice(soffice, sheets, tmp_path_factory.mktemp("lo"))
    return dict(zip(SETTINGS, found, strict=True))


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("program", ["ironcalc", "libreoffice"])
def test_what_is_typed_gives_what_the_rules_do(
    name: str, program: str, request: pytest.FixtureRequest
) -> None:
    """To the unit, and all together are the part but for the rounding that is told."""
    setting = SETTINGS[name]
    if program == "ironcalc":
        values: Given = trial.by_ironcalc(_first(setting.book), _typed(setting))
    else:
        values = request.getfixturevalue("opened")[name]
    wanted = _wanted(setting)
    found = {who: values[_row(setting.book, who), _THEN] for who in wanted}
    assert found == wanted
    before = {
        one.name: one.fee or 0
        for one in (*_split(setting.book).others, *_split(setting.book).members)
    }
    changes = {who: values[_row(setting.book, who), _MORE] for who in wanted}
    assert changes == {who: (fee or 0) - before.get(who, 0) for who, fee in wanted.items()}


@pytest.mark.parametrize("name", SETTINGS)
def test_what_is_written_is_what_the_formulas_give(name: str) -> None:
    """Made anew with what was typed, no cell shows anything old or blank."""
    setting = SETTINGS[name]
    book, typed = _book(setting.book), _typed(setting)
    again = tried(trial.with_sheet(book, trial.typed_on(_first(setting.book), typed)))
    assert trial.formulas(again) == trial.formulas(_first(setting.book))
    assert trial.unlike(again, trial.by_ironcalc(again, {})) == []
    assert {at: trial.held(again)[at] for at in typed} == typed


def _answer(values: Given) -> str:
    """The sentence above the block."""
    told = [value for (_, column), value in sorted(values.items()) if column == 1]
    return next(
        str(t) for t in told if str(t).startswith(("Avgifterna är", "Tänk om:", "▼", "Ingen"))
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("as it is", "Avgifterna är som i dag: kommunerna betalar 2 200 001 kr tillsammans."),
        (
            "one joins",
            (
                "Tänk om: kommunerna betalar tillsammans lika mycket som i dag, 2 200 001 kr; mest "
                "sjunker Norrby kommun, med 53 779 kr."
            ),
        ),
        (
            "no key, one leaves",
            (
                "Tänk om: kommunerna betalar tillsammans lika mycket som i dag, 938 tkr; mest "
                "stiger Lycksele kommun, med 23 tkr."
            ),
        ),
        (
            "each on its own, a pot",
            (
                "Tänk om: kommunerna betalar 2 900 000 kr tillsammans i stället för 2 845 002 kr; "
                "mest stiger Umeå kommun, med 45 611 kr."
            ),
        ),
    ],
)
def test_the_sentence(name: str, said: str) -> None:
    """2 200 000,75 kr are rounded up; Norrby's 31 874 of 54 754 become those of 57 154."""
    setting = SETTINGS[name]
    values = trial.by_ironcalc(_first(setting.book), _typed(setting))
    assert _answer(values).replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("who", "column", "value", "word"),
    [
        ("Ekby", 3, "många", "▼ Nyckel: tal, minst 0"),
        ("Ekby", 3, -5, "▼ Nyckel: tal, minst 0"),
        ("Ny 1", 3, "x", "▼ Nyckel: tal, minst 0"),
        ("Ny 1", 1, "ekby Kommun", "▼ Står två gånger"),
        (POT, 3, 0, "▼ Skriv ett belopp över 0"),
        (POT, 3, None, "▼ Skriv ett belopp över 0"),
        (POT, 3, "mycket", "▼ Skriv ett belopp över 0"),
    ],
)
def test_what_cannot_be_counted_with(who: str, column: int, value: Any, word: str) -> None:
    """No fee is told until it is put right, and where that is stands in the sentence."""
    row = _pot_row("people") if who == POT else _row("people", who)
    typed = {(row, column): value}
    plan = _first("people")
    values = trial.by_ironcalc(plan, typed)
    assert values[row, 7 if who == POT else _WORD] == word
    assert values[_row("people", "Norrby"), _THEN] == "–"
    assert _answer(values) == "▼ 1 rad går inte att räkna med: se Att rätta."
    again = tried(trial.with_sheet(_book("people"), trial.typed_on(plan, typed)))
    assert trial.unlike(again, trial.by_ironcalc(again, {})) == []


def test_what_is_told_of_a_row() -> None:
    """A new name lacks its key, an emptied key pays nothing, and another one is changed."""
    new, gone, other = (_row("people", who) for who in ("Ny 2", "Ekby", "Sjöby"))
    typed = {(new, 1): "Nyby", (gone, 3): None, (other, 3): 6000}
    values = trial.by_ironcalc(_first("people"), typed)
    told = [values[row, _WORD] for row in (new, gone, other)]
    assert told == ["▲ Skriv nyckeln", "betalar inget", "ändrad"]
    again = tried(trial.with_sheet(_book("people"), trial.typed_on(_first("people"), typed)))
    assert trial.unlike(again, trial.by_ironcalc(again, {})) == []


def test_all_leave() -> None:
    """Then nobody is left to pay."""
    typed = {(_row("people", who), 3): None for who in ("Norrby", "Ekby", "Sjöby", "Lillby")}
    values = trial.by_ironcalc(_first("people"), typed)
    assert _answer(values) == "Ingen kommun är kvar att betala."
    again = tried(trial.with_sheet(_book("people"), trial.typed_on(_first("people"), typed)))
    assert trial.unlike(again, trial.by_ironcalc(again, {})) == []


def test_shares_that_are_no_hundred_per_cent() -> None:
    """They are told of; fees go by their proportions."""
    typed = {(_row("percent", "Umeå"), 3): 80}
    values = trial.by_ironcalc(_first("percent"), typed)
    assert values[_row("percent", "Kommunerna tillsammans"), _WORD] == "▲ Inte 100\u00a0%"
    assert values[_row("percent", "Umeå"), _THEN] == 2344700  # 80 of 97,07 of 2 845 000


def test_no_block_where_fees_are_unclear() -> None:
    """A part that is fixed follows no key: nothing is offered to try."""
    rows = [["Grundavgift lika för alla"], *PEOPLE]
    book = grid(("Avgifter", rows))
    with pytest.raises(Exception, match="fast"):
        actions.what_if(book, today=TODAY, run=RUN)
