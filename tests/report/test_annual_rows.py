"""Key figures of an annual report come from one row, told by role and its whole label.

The balance sheets are invented, each of a kind that offices have; soliditet is from hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from finsam_xl import actions
from finsam_xl.report import look
from finsam_xl.sheetplan import SheetPlan
from support.typed_sheets import grid

Rows = list[tuple[Any, ...]]
YEARS = ("", "2031-12-31", "2030-12-31")
ASSETS: Rows = [
    ("TILLGÅNGAR",),
    ("Fordringar", 400, 300),
    ("Kassa och bank", 4600, 4200),
    ("SUMMA TILLGÅNGAR", 5000, 4500),
]
# fmt: off
SIDES_FIRST: Rows = [
    *ASSETS,
    ("EGET KAPITAL OCH SKULDER",),
    ("Summa eget kapital och skulder", 5000, 4500),
    ("Eget kapital vid årets början", 1500, 1300),
    ("Årets resultat", 250, 200),
    ("Summa eget kapital", 1750, 1500),
    ("Summa skulder", 3250, 3000),
]
"""The total of the side stands first, and begins as equity does."""
WITH_PROVISIONS: Rows = [
    *ASSETS,
    ("Eget kapital, avsättningar och skulder",),
    ("Ingående eget kapital", 1500, 1300),
    ("Årets resultat", 250, 200),
    ("Utgående eget kapital", 1750, 1500),
    ("Avsättningar", 50, 0),
    ("Långfristiga skulder", 200, 0),
    ("Kortfristiga skulder", 3000, 3000),
    ("Summa eget kapital, avsättningar och skulder", 5000, 4500),
]
AS_IN_A_LEDGER: Rows = [
    *ASSETS,
    ("Eget kapital och skulder",),
    ("Eget kapital", -1750, -1500),
    ("Kortfristiga skulder", -3250, -3000),
    ("Summa skulder och eget kapital", -5000, -4500),
]
"""Equity and debts are written with a minus."""
TOTAL_LAST: Rows = [
    ("Anläggningstillgångar totalt", 0, 0),
    ("Omsättningstillgångar totalt", 5000, 4500),
    ("Tillgångar totalt", 5000, 4500),
    ("Eget kapital IB", 1500, 1300),
    ("Resultat", 250, 200),
    ("Eget kapital UB", 1750, 1500),
    ("Skulder totalt", 3250, 3000),
    ("Eget kapital och skulder totalt", 5000, 4500),
]
# fmt: on
SOUND = {
    "sides first": SIDES_FIRST,
    "provisions": WITH_PROVISIONS,
    "as in a ledger": AS_IN_A_LEDGER,
    "total last": TOTAL_LAST,
}


def report(*sheets: tuple[str, Sequence[Sequence[Any]]]) -> SheetPlan:
    made = actions.report(grid(*sheets), "arsredovisning", today=date(2032, 3, 1), run="a1f3")
    return made.sheets[0]


def balance(rows: Rows, headings: tuple[str, ...] = YEARS) -> tuple[str, Rows]:
    return "Balansräkning", [("Balansräkning, tkr",), (), headings, *rows]


def figures(plan: SheetPlan) -> dict[str, str]:
    cells = {(cell.row, cell.column): str(cell.value or "") for cell in plan.cells}
    return {
        str(one.value).replace("\u00a0", " "): cells[one.row + 1, one.column].replace("\u00a0", " ")
        for one in plan.cells
        if one.role == look.KEY_LABEL and one.value
    }


def said(plan: SheetPlan) -> str:
    texts = [str(cell.value) for cell in plan.cells if isinstance(cell.value, str)]
    return "\n".join(texts).replace("\u00a0", " ")


@pytest.mark.parametrize("rows", SOUND.values(), ids=SOUND)
def test_equity_is_that_of_the_end_and_soliditet_of_all_assets(rows: Rows) -> None:
    """1 750 of 5 000 is 35 %: neither 5 000 of 5 000, nor the 1 500 that the year began with."""
    plan = report(balance(rows))
    assert figures(plan)["Eget kapital 2031, tkr"] == "1 750"
    assert figures(plan)["Soliditet 2031"] == "35 %"
    assert "2030: 1 500" in said(plan)


def changed(rows: Rows, label: str, *amounts: int | None) -> Rows:
    return [(label, *amounts) if row[:1] == (label,) else row for row in rows]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (
            changed(SIDES_FIRST, "Summa eget kapital och skulder", 4900, 4500),
            "tillgångarna är 5 000 tkr, eget kapital och skulder 4 900 tkr, skillnad 100 tkr.",
        ),
        (
            changed(SIDES_FIRST, "Summa skulder", 3500, 3000),
            "tillgångarna är 5 000 tkr, men eget kapital 1 750 tkr och skulder 3 500 tkr är 5 250",
        ),
        (
            [r for r in SIDES_FIRST if r[:1] != ("SUMMA TILLGÅNGAR",)],
            "ingen rad ”Summa tillgångar”",
        ),
        (
            [*ASSETS, ("Summa eget kapital", 1750, 1500)],
            "ingen rad ”Summa eget kapital och skulder”, så det går inte att se att den går ihop.",
        ),
        (
            # Last year's equity, the result beside it, and no row of both.
            [
                *ASSETS,
                ("Eget kapital", 1500, 1300),
                ("Årets resultat", 250, 200),
                ("Kortfristiga skulder", 3250, 3000),
                ("Summa eget kapital och skulder", 5000, 4500),
            ],
            "Det går inte att se att raden ”Eget kapital” är allt eget kapital",
        ),
    ],
    ids=["sides differ", "parts differ", "no assets", "nothing to hold it against", "result apart"],
)
def test_where_the_balance_sheet_does_not_balance_it_is_said(rows: Rows, why: str) -> None:
    plan = report(balance(rows))
    assert "Soliditet 2031" not in figures(plan)
    assert "▼ Soliditeten 2031 räknas inte ur balansräkningen." in said(plan)
    assert why in said(plan)


def test_equity_that_may_be_the_opening_one_is_left_out() -> None:
    rows: Rows = [
        *ASSETS,
        ("Eget kapital", 1500, 1300),
        ("Årets resultat", 250, 200),
        ("Kortfristiga skulder", 3250, 3000),
        ("Summa eget kapital och skulder", 5000, 4500),
    ]
    assert "Eget kapital 2031, tkr" not in figures(report(balance(rows)))


def test_of_two_rows_that_differ_none_is_chosen() -> None:
    rows = [*SIDES_FIRST, ("Summa eget kapital", 1900, 1600)]
    plan = report(balance(rows))
    assert "Eget kapital 2031, tkr" not in figures(plan)
    assert "Soliditet 2031" not in figures(plan)
    assert (
        "▼ Eget kapital 2031 visas inte: flera rader kan menas, ”Summa eget kapital” "
        "(Balansräkning!B12) och ”Summa eget kapital” (Balansräkning!B14)."
    ) in said(plan)


def test_of_two_rows_that_agree_either_will_do() -> None:
    plan = report(balance([*SIDES_FIRST, ("Summa eget kapital", 1750, 1500)]))
    assert figures(plan)["Soliditet 2031"] == "35 %"


def test_the_outcome_and_not_the_budget_that_stands_first() -> None:
    rows = [
        ("Driftredovisning 2031, tkr",),
        (),
        ("", "Budget 2031", "Utfall 2031", "Avvikelse"),
        ("Intäkter", 900, 950, 50),
        ("Kostnader", -800, -820, -20),
        ("Verksamhetens resultat", 100, 130, 30),
        ("Årets resultat före bokslutsdispositioner", 90, 110, 20),
        ("Årets resultat", 100, 125, 25),
        ("Eget kapital vid årets början", 1500, 1500, 0),
        ("Eget kapital vid årets slut", 1600, 1625, 25),
    ]
    found = figures(report(("Driftredovisning", rows)))
    assert found["Eget kapital 2031, tkr"] == "1 625"
    assert found["Årets resultat mot budget, tkr"] == "+25"


def test_two_tables_of_the_same_year_are_not_mixed() -> None:
    other = [("Balansräkning, tkr",), (), YEARS, *AS_IN_A_LEDGER]
    plan = report(balance(SIDES_FIRST), ("Balans koncern", other))
    assert "Soliditet 2031" not in figures(plan)
    assert "flera tabeller kan menas, Balansräkning!A4 och Balans koncern!A4" in said(plan)


OVERVIEW = [
    ("Femårsöversikt, tkr",),
    (),
    ("", 2031, 2030),
    ("Verksamhetens intäkter", 900, 880),
    ("Årets resultat", 250, 200),
    ("Ingående eget kapital", 1500, 1300),
    ("Eget kapital", 1750, 1500),
    ("Soliditet (%)", 35, 33),
]


def test_the_overview_has_equity_of_both_ends() -> None:
    plan = report(("Femårsöversikt", OVERVIEW))
    assert figures(plan)["Eget kapital 2031, tkr"] == "1 750"
    assert figures(plan)["Soliditet 2031"] == "35 %"
    assert (
        plan.charts[0]
        .alt_text.replace("\u00a0", " ")
        .endswith("2030 1 500 (taket är inte känt), 2031 1 750 (taket är inte känt)")
    )


def test_a_printed_soliditet_is_marked_where_the_balance_sheet_does_not_balance() -> None:
    broken = changed(SIDES_FIRST, "Summa skulder", 3500, 3000)
    plan = report(("Femårsöversikt", OVERVIEW), balance(broken))
    assert figures(plan)["Soliditet 2031"] == "35 %"
    assert "▼ som det står, kan inte räknas om" in said(plan)


def test_a_soliditet_of_less_than_one_is_not_shown_as_none() -> None:
    """0,35 shown as "0 %" would be wrong; it may be 35 % or a third of a per cent."""
    rows = [row if row[:1] != ("Soliditet (%)",) else ("Soliditet", 0.35, 0.33) for row in OVERVIEW]
    plan = report(("Femårsöversikt", rows))
    assert "Soliditet 2031" not in figures(plan)
    assert "0,35 kan vara en andel av ett eller en procent" in said(plan)


def test_a_cash_flow_with_investments_is_not_said_to_be_wrong() -> None:
    flow = [
        ("Kassaflödesanalys, tkr",),
        (),
        ("", 2031, 2030),
        ("Årets resultat", 250, 200),
        ("Justering för avskrivningar", 10, 10),
        ("Justering för avsättningar", 5, 0),
        ("Förändring kortfristiga fordringar", -100, 0),
        ("Förändring kortfristiga skulder", 250, 0),
        ("Förvärv av inventarier", -15, 0),
        ("Årets kassaflöde", 400, 210),
        ("Likvida medel vid årets början", 4200, 3990),
        ("Likvida medel vid årets slut", 4600, 4200),
    ]
    rows = changed(SIDES_FIRST, "Summa skulder", 3250, 3000)
    rows = [*rows[:-1], ("Kortfristiga skulder", 3250, 3000), rows[-1]]
    assert "ur resultat- och balansräkningen" not in said(
        report(balance(rows), ("Kassaflöde", flow))
    )
    # Without the investment: 250 + 10 + 5 − 100 + 250 = 415, both adjustments in it.
    without = [row for row in flow if row[:1] != ("Förvärv av inventarier",)]
    told = said(report(balance(rows), ("Kassaflöde", without)))
    assert "ur resultat- och balansräkningen: 415; det står 400" in told


def test_those_who_were_there_from_last_year_are_not_those_who_remain() -> None:
    rows = [
        ("Deltagare 2031",),
        (),
        ("", "Kvinnor", "Män", "Totalt"),
        ("Kvar sedan 2030", 50, 48, 98),
        ("Nya under året", 20, 22, 42),
        ("Antal deltagare", 70, 70, 140),
        ("Till positiv lösning", 20, 20, 40),
        ("Avbrott av hälsoskäl", 11, 9, 20),
    ]
    plan = report(("Deltagare", rows))
    assert figures(plan)["Deltagare 2031"] == "140"
    assert "det står 98" not in said(plan)
