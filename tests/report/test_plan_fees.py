"""What members pay by a plan's own rows. The amounts are invented, split ½, ¼, ¼ where sound."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from finsam_xl import actions
from finsam_xl.model_budget import Budget
from finsam_xl.report.plan_fees import own_fees
from finsam_xl.sheetplan import ColumnChart, SheetPlan
from support.typed_sheets import grid

Typed = Callable[..., Budget]
COSTS = (("Kostnader",), ("Kansli", 900), ("Summa kostnader", 900))
# fmt: off
BY_PARTY = (
    ("Försäkringskassan", 400), ("Region Norr", 200),
    ("Alby kommun", 120), ("Ekby kommun", 80),
)
SOUND = {
    "a total": (("Medlemsavgifter", 800), ("Övriga intäkter", 50)),
    "from members": (("Avgifter från medlemmarna", 800), ("Projektmedel ESF", 300)),
    "each who pays": (*BY_PARTY, ("Anställningsstöd, AF", 60), ("Ränta", 5)),
    "together": (
        ("Medlemsavgift staten", 400), ("Medlemsavgift regionen", 200),
        ("Medlemsavgifter kommunerna", 200), ("Bidrag från EU", 90),
    ),
    "a head and its parts": (("Finansiering från medlemmar", 800), *BY_PARTY),
    "municipalities and each of them": (*BY_PARTY, ("Kommunerna", 200)),
    "the state by two": (
        ("Försäkringskassan", 200), ("Arbetsförmedlingen", 200), *BY_PARTY[1:],
    ),
    "member fees are the municipalities'": (
        ("Försäkringskassan", 400), ("Region Norr", 200), ("Medlemsavgifter", 200),
    ),
}
UNCLEAR = {
    "no municipalities": ((*BY_PARTY[:2], ("Hyra", 10)), "men ingen för kommunerna"),
    "two totals": (
        (("Medlemsavgifter", 800), ("Summa medlemsavgifter", 850)), "säger olika",
    ),
    "whose fees?": (
        (("Medlemsavgifter", 300), ("Försäkringskassan", 400)),
        "det går inte att se om raden ”Medlemsavgifter” är alla avgifter",
    ),
    "municipalities that do not add up": (
        (*BY_PARTY, ("Kommunerna", 230)), "inte summan av kommunernas rader",
    ),
}
# fmt: on


def table(typed: Typed, rows: tuple[tuple[Any, ...], ...]) -> Budget:
    together = sum(row[1] for row in rows)
    return typed(
        "Budget 2031, tkr",
        ("Budget 2031",),
        ("Intäkter",),
        *rows,
        ("Summa intäkter", together),
        *COSTS,
    )


@pytest.mark.parametrize("rows", SOUND.values(), ids=SOUND)
def test_only_fees_and_each_once(typed: Typed, rows: tuple[tuple[Any, ...], ...]) -> None:
    found = own_fees(table(typed, rows), 0)
    assert (found.amount, found.missing, found.is_sure) == (800, "", True)


@pytest.mark.parametrize(("rows", "why"), UNCLEAR.values(), ids=UNCLEAR)
def test_what_is_unclear_is_no_figure(
    typed: Typed, rows: tuple[tuple[Any, ...], ...], why: str
) -> None:
    found = own_fees(table(typed, rows), 0)
    assert (found.amount, found.missing) == (None, "avgifter oklara")
    assert why in found.said


def test_without_any_they_are_missing(typed: Typed) -> None:
    found = own_fees(table(typed, (("Hyresintäkter", 800), ("Ränta", 20))), 0)
    assert (found.amount, found.missing, found.said) == (None, "avgifter saknas", "")


def test_a_split_that_is_not_the_laws_is_counted_and_said(typed: Typed) -> None:
    found = own_fees(table(typed, (*BY_PARTY, ("Byn kommun, för lokaler", 100))), 0)
    assert (found.amount, found.is_sure) == (900, False)
    assert "”Byn kommun, för lokaler”" in found.said


def test_money_of_the_same_parties_that_is_not_counted_is_named(typed: Typed) -> None:
    found = own_fees(table(typed, (*BY_PARTY, ("Region Norr, projekt unga", 75))), 0)
    assert found.amount == 800
    assert found.said.endswith("; ”Region Norr, projekt unga” är inte medräknat")


# fmt: off
PLAN = [
    ("Plan 2031–2033, tkr",), (), ("", "Budget 2031", "Plan 2032", "Plan 2033"),
    ("Intäkter",),
    ("Medlemsavgift staten", 4000, 4000, 4200),
    ("Medlemsavgift regionen", 2000, 2000, 2100),
    ("Medlemsavgifter kommunerna", 2000, 2000, 2100),
    ("Summa intäkter", 8000, 8000, 8400),
    ("Kostnader",),
    ("Insatser", 7500, 8600, 8600),
    ("Summa kostnader", 7500, 8600, 8600),
    ("Årets resultat", 500, -600, -200),
    ("Likvida medel vid årets början", 9000, None, None),
    ("Eget kapital vid årets början", 1400, None, None),
    ("Eget kapital vid årets slut", None, None, None),
]
ONLY_MUNICIPAL = [
    ("Medlemsavgifter 2031, tkr",), ("Pott", 2000), ("Kommun", "Nyckel", "Avgift"),
    ("Alby", 60, 1200), ("Ekby", 40, 800), ("Summa", 100, 2000),
]
# fmt: on


def report(*sheets: tuple[str, list[tuple[Any, ...]]]) -> SheetPlan:
    return actions.report(grid(*sheets), "plan", today=date(2031, 5, 1), run="a1f3").sheets[0]


def row(plan: SheetPlan, label: str) -> list[Any]:
    number = next(c.row for c in plan.cells if c.column == 1 and c.value == label)
    found = {c.column: c.value for c in plan.cells if c.row == number}
    return [found.get(column) for column in (2, 3, 4)]


def texts(plan: SheetPlan) -> list[str]:
    return [str(c.value).replace("\u00a0", " ") for c in plan.cells if isinstance(c.value, str)]


def test_the_ceiling_stands_on_the_plans_own_rows() -> None:
    """20 % of 7 000 and 15 % of the rest: 8 000 gives 1 550, 8 400 gives 1 610."""
    plan = report(("Plan", PLAN))
    assert row(plan, "Medlemsavgifter") == [8000, 8000, 8400]
    assert row(plan, "Tak enligt trappan") == [1550, 1550, 1610]
    assert row(plan, "Utgående eget kapital") == [1900, 1300, 1100]
    assert row(plan, "Utrymme under taket") == [-350, 250, 510]
    assert row(plan, "Mot taket") == ["▼ över", "● ryms", "● ryms"]
    (told,) = [text for text in texts(plan) if text.startswith("Avgifterna 2031, 2032 och 2033 är")]
    assert "”Medlemsavgift staten”, ”Medlemsavgift regionen”" in told


def test_a_year_above_the_ceiling_is_a_marked_key_figure() -> None:
    """How much, of what and the ceiling, with a mark and a word; in the chart as well."""
    plan = report(("Plan", PLAN))
    shown = texts(plan)
    place = shown.index("Eget kapital över taket 2031, tkr")
    cells = {(c.row, c.column): c for c in plan.cells}
    (label,) = [c for c in plan.cells if c.value == "Eget kapital över taket 2031, tkr"]
    figure, meaning = (cells[label.row + n, label.column] for n in (1, 2))
    assert (figure.value, meaning.value) == (
        "▼ 350",
        "över taket: 1\u00a0900 mot 1\u00a0550; 2033: ● ryms",
    )
    assert place
    assert not any("över taket 2032" in text for text in shown)
    chart = plan.charts[0]
    assert isinstance(chart, ColumnChart)
    assert chart.texts == ("▼\u00a01\u00a0900", "1\u00a0300", "1\u00a0100")
    assert [one.name for one in chart.series] == ["Inom taket", "Över taket"]
    assert chart.line is not None


def test_a_later_year_above_the_ceiling_is_told_where_the_first_fits() -> None:
    """2031 ends with 1 200 of 1 550, 2032 with 1 900 of 1 550, 2033 with 1 700 of 1 610."""
    costs = (8200, 7300, 8600)
    other = {"Årets resultat": (-200, 700, -200), "Insatser": costs, "Summa kostnader": costs}
    changed = [(name, *other.get(str(name), rest)) for name, *rest in filter(None, PLAN)]
    plan = report(("Plan", changed))
    cells = {(c.row, c.column): c.value for c in plan.cells}
    (label,) = [c for c in plan.cells if c.value == "Eget kapital över taket 2032, tkr"]
    told = [str(cells[label.row + n, label.column]).replace("\u00a0", " ") for n in (1, 2)]
    assert told == ["▼ 350", "över taket: 1 900 mot 1 550; 2033: ▼ 90 över"]
    assert row(plan, "Mot taket") == ["● ryms", "▼ över", "▼ över"]


def test_a_table_of_the_municipalities_alone_is_not_all_fees() -> None:
    plan = report(("Plan", PLAN), ("Avgifter", ONLY_MUNICIPAL))
    assert row(plan, "Medlemsavgifter") == [8000, 8000, 8400]


def test_a_fees_table_that_says_something_else_goes_first_and_it_is_said() -> None:
    table = [
        ("Medlemsavgifter 2031, tkr",),
        ("Pott", 9000),
        ("Part", "Nyckel", "Avgift"),
        ("Försäkringskassan", None, 4500),
        ("Region Norr", None, 2250),
        ("Alby kommun", 60, 1350),
        ("Ekby kommun", 40, 900),
    ]
    plan = report(("Plan", PLAN), ("Avgifter", table))
    assert row(plan, "Medlemsavgifter") == [9000, 8000, 8400]
    assert any(
        text.startswith(
            "▼ Avgifterna 2031 är avgiftstabellens, 9 000; planens egna rader ger 8 000"
        )
        for text in texts(plan)
    )


def test_equity_that_is_drawn_on_is_not_what_the_year_began_with() -> None:
    """Cash has rows of its own, and a line of equity used as financing is no opening equity."""
    opening = ("Eget kapital vid årets början",)
    used = [line if line[:1] != opening else (None,) for line in PLAN]
    used.insert(7, ("Uttag ur eget kapital", 300, 300, 300))
    plan = report(("Plan", used))
    assert "Ingående eget kapital" not in texts(plan)


def test_two_openings_that_differ_are_not_chosen_between() -> None:
    plan = report(("Plan", [*PLAN, ("Ingående eget kapital", 1700, None, None)]))
    assert "Utgående eget kapital" not in texts(plan)
    assert any("Eget kapital är inte känt." in text for text in texts(plan))
    assert any("säger olika för 2031" in text for text in texts(plan))


def test_a_closing_that_nobody_wrote_is_not_the_result_alone() -> None:
    """Blank opening and closing: the line below has no amount, and nothing is said to differ."""
    plan = report(("Plan", PLAN))
    below = [c for c in plan.cells if c.value == "Eget kapital vid årets slut"][-1]
    beside = {c.column: c.value for c in plan.cells if c.row == below.row}
    assert [beside.get(column) for column in (2, 3, 4)] == [1900, None, None]
    assert not any("från år till år blir det" in text for text in texts(plan))
