"""The fees report: who pays what by which key, and how that has changed since the year before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from finsam_xl import actions, policy
from finsam_xl.address import places
from finsam_xl.model import Ref
from finsam_xl.model_budget import FeeParty, FeesTable, Scope
from finsam_xl.report import fees_report
from finsam_xl.sheetplan import BarChart, SheetPlan
from finsam_xl.words.parties import Party
from support.typed_sheets import F, grid

RULES = policy.membership_fees(date(2024, 12, 31))
FeeTables = Mapping[str, list[FeesTable]]


def build(*tables: FeesTable, to_date: Mapping[int, int] | None = None) -> SheetPlan:
    years = [(table, RULES) for table in tables]
    board, _ = fees_report.build(
        years, association="Förbundet", run="20.19 · a1f3", to_date=to_date or {}
    )
    return board


def plain(text: object) -> str:
    return str(text).replace("\u00a0", " ")


def texts(plan: SheetPlan) -> list[str]:
    return [plain(c.value) for c in plan.cells if isinstance(c.value, str)]


def table_of(plan: SheetPlan, nth: int = 0) -> dict[str, dict[str, Any]]:
    """A year's table as it is read: by party and heading."""
    tops = [c.row for c in plan.cells if c.column == 1 and c.value == "Part"]
    after = [*tops, plan.page.last_row][nth + 1]
    held = {(c.row, c.column): c.value for c in plan.cells if c.column < plan.page.last_column}
    heads = {column: str(text) for (row, column), text in held.items() if row == tops[nth]}
    return {
        str(held[row, 1]): {
            heads[column]: held.get((row, column)) for column in heads if column > 1
        }
        for row in range(tops[nth] + 1, after)
        if (row, 1) in held and (row, 2) in held
    }


def figures(plan: SheetPlan) -> dict[str, tuple[str, str]]:
    """The key figures, which stand on the fourth to sixth row."""
    held = {(c.row, c.column): plain(c.value) for c in plan.cells}
    return {
        text: (held[5, column], held[6, column]) for (row, column), text in held.items() if row == 4
    }


def party(
    name: str, kind: Party, key: int | None, stated: int | None, *, is_unknown: bool = False
) -> FeeParty:
    known = [None if number is None else Fraction(number) for number in (key, stated)]
    return FeeParty(name, kind, known[0], known[1], Ref("Avgifter", "A1"), is_unknown)


@pytest.fixture
def umea(fee_tables: FeeTables) -> SheetPlan:
    return build(*fee_tables["umeå"], to_date={2019: 2})


def test_2021_by_note_2_of_the_annual_report(umea: SheetPlan) -> None:
    """Fees in kronor; those of 2020 are printed in tkr, and so is the change."""
    found = table_of(umea)
    assert found["Umeå kommun"] == {
        "Nyckel, %": 82.93, "Avgift, kr": 2359359, "Sedan 2020, tkr": 6, "Sedan 2020, %": 0.003,
    }  # fmt: skip
    assert [found[name]["Avgift, kr"] for name in ("Försäkringskassan", "Region Västerbotten")] == [
        5690000, 2845000,
    ]  # fmt: skip
    assert found["Kommunerna tillsammans"]["Avgift, kr"] == 2845002
    assert found["Summa"]["Avgift, kr"] == 11380002
    changes = {name: row["Sedan 2020, tkr"] for name, row in found.items()}
    assert changes == {
        "Försäkringskassan": 0, "Region Västerbotten": 0, "Umeå kommun": 6, "Vännäs kommun": -2,
        "Nordmalings kommun": -1, "Robertsfors kommun": -2, "Vindelns kommun": -2,
        "Bjurholms kommun": 0, "Kommunerna tillsammans": 0, "Summa": 0,
    }  # fmt: skip
    assert "Ändringen sedan 2020 är i hela tkr, som avgifterna 2020." in texts(umea)


def test_2020_by_the_plans(umea: SheetPlan) -> None:
    """Västerbottens läns landsting became Region Västerbotten, and is the same party."""
    found = table_of(umea, 1)
    assert found["Umeå kommun"] == {
        "Nyckel, %": 82, "Avgift, tkr": 2353, "Sedan 2019, tkr": -5, "Sedan 2019, %": -0.002,
    }  # fmt: skip
    changes = {name: (row["Sedan 2019, tkr"], row["Sedan 2019, %"]) for name, row in found.items()}
    assert changes["Region Västerbotten"] == (-18, -0.006)
    assert changes["Vännäs kommun"] == (2, 0.014)
    assert changes["Nordmaling kommun"] == (-6, -0.05)
    assert changes["Kommunerna tillsammans"] == (-17, -0.006)
    assert changes["Summa"] == (-70, -0.006)
    assert any(text.startswith("▼ Nycklarna blir tillsammans 99,30 %") for text in texts(umea))


def test_the_first_year_has_no_change_and_the_part_to_date(umea: SheetPlan) -> None:
    """2019 is followed up to and including August: two thirds of the year's fee."""
    found = table_of(umea, 2)
    assert found["Umeå kommun"] == {
        "Nyckel, %": 82.36, "Avgift, tkr": 2358, "T.o.m. augusti, tkr": 1572,
    }  # fmt: skip
    assert found["Kommunerna tillsammans"]["Avgift, tkr"] == 2862
    assert found["Summa"]["T.o.m. augusti, tkr"] == 7633


def test_no_more_columns_than_a_board_reads(umea: SheetPlan) -> None:
    """No rounding: that is for those who work with it."""
    heads = {str(c.value) for c in umea.cells if c.value and c.role.size == 9 and c.role.bold}
    assert heads == {
        "Part", "Nyckel, %", "Avgift, kr", "Avgift, tkr", "Sedan 2020, tkr", "Sedan 2020, %",
        "Sedan 2019, tkr", "Sedan 2019, %", "T.o.m. augusti, tkr",
    }  # fmt: skip
    assert not [text for text in texts(umea) if "rest" in text.lower()]


def test_whole_amounts_have_no_decimals(umea: SheetPlan) -> None:
    """5 690 000,0 is read as another figure than 5 690 000."""
    shown = [c.role.number for c in umea.cells if c.value in (5690000, 2359359, 11380002)]
    assert shown
    assert not [number for number in shown if ".0" in number]


def test_what_all_pages_say_is_so_on_all_of_them(umea: SheetPlan) -> None:
    """A page with the tables of 2020 and 2019 is not headed 2021."""
    assert umea.cells[0].value == "Medlemsavgifter 2019–2021"
    assert "Medlemsavgifter 2019–2021" in umea.page.footer_left
    (first, last) = umea.page.title_rows or (0, 0)
    repeated = [str(c.value) for c in umea.cells if first <= c.row <= last]
    assert not [text for text in repeated if "2021" in text]
    titles = [text for text in texts(umea) if text.startswith("Vem betalar vad")]
    assert titles == [f"Vem betalar vad {year}" for year in ("2021, kr", "2020, tkr", "2019, tkr")]


def test_three_years_are_on_two_pages(umea: SheetPlan) -> None:
    (begins,) = umea.page.breaks
    (title,) = [c.row for c in umea.cells if c.value == "Vem betalar vad 2020, tkr"]
    assert begins == title


def test_the_answer_and_key_figures(umea: SheetPlan) -> None:
    assert (
        "År 2021 betalar medlemmarna 11 380 002 kr: staten 5 690 000, regionen 2 845 000 och "
        "kommunerna 2 845 002. Det är 2 kr mer än potten. Mot 2020 är det oförändrat."
    ) in texts(umea)
    assert figures(umea) == {
        "Pott 2021, kr": ("11 380 000", "8 parter"),
        "Staten 2021, kr": ("5 690 000", "hälften, 50 %; oförändrat sedan 2020"),
        "Regionen 2021, kr": ("2 845 000", "en kvart, 25 %; oförändrat sedan 2020"),
        "Kommunerna tillsammans 2021, kr": (
            "2 845 002", "● kvartarna är lika, så när som på avrundning",
        ),
    }  # fmt: skip


def bars(plan: SheetPlan, chart: Any) -> list[tuple[Any, Any, str]]:
    """What a chart shows: by bar its name, length and text."""
    assert isinstance(chart, BarChart)
    held = {(c.row, c.column): c.value for c in plan.cells}
    labels, values = (
        [held[place] for place in places(area)] for area in (chart.labels, chart.values)
    )
    return list(zip(labels, values, map(plain, chart.texts), strict=True))


def test_the_charts_are_sorted_titled_and_of_a_unit(umea: SheetPlan) -> None:
    shares, changes = umea.charts
    assert shares.title == "Kommunernas andel av sin kvart 2021, %"
    assert bars(umea, shares)[0] == ("Umeå kommun", pytest.approx(82.93), "82,9 %")
    lengths = [length for _, length, _ in bars(umea, shares)]
    assert lengths == sorted(lengths, reverse=True)
    assert changes.title == "Kommunernas avgifter 2021 mot 2020, tkr"
    assert bars(umea, changes) == [
        ("Umeå kommun", 6, "+6"), ("Bjurholms kommun", 0, "0"), ("Nordmalings kommun", -1, "−1"),
        ("Vännäs kommun", -2, "−2"), ("Robertsfors kommun", -2, "−2"), ("Vindelns kommun", -2, "−2"),
    ]  # fmt: skip
    assert "Umeå kommun 82,9 %" in plain(shares.alt_text)


def test_lappland_has_no_keys(fee_tables: FeeTables) -> None:
    """One year, no key and no follow-up: party and fee, and a chart of shares beside them."""
    plan = build(*fee_tables["lappland"])
    assert table_of(plan)["Lycksele kommun"] == {"Avgift, tkr": 326}
    said = texts(plan)
    assert "Nyckeln är inte angiven." in said
    assert "● kvartarna är lika" in said
    assert not [text for text in said if "nyckeln" in text or "Ändring" in text or "T.o.m." in text]
    (chart,) = plan.charts
    assert bars(plan, chart)[0] == ("Lycksele kommun", pytest.approx(32600 / 938), "34,8 %")
    assert plan.page.breaks == ()


# What offices have typed -----------------------------------------------------------------------


def report(*sheets: tuple[str, Sequence[tuple[Any, ...]]]) -> SheetPlan:
    plan = actions.report(grid(*sheets), "avgifter", today=date(2026, 5, 1), run="a1f3")
    return plan.sheets[0]


BESIDE = [
    ("Medlemsavgifter 2026, kr",), ("Kommunernas pott", 1000),
    ("Kommun", "Invånare 16–64 år", "Avgift 2026", "Avgift 2025"),
    ("Alby", 6000, 600, 580), ("Ekby", 3000, 300, 310), ("Byn", 1000, 100, None),
    ("Summa", 10000, 1000, 890),
]  # fmt: skip


def test_last_years_column_beside_the_fees() -> None:
    """The key is what its heading says; one who has joined has no change of its own."""
    plan = report(("Avgifter", BESIDE))
    found = table_of(plan)
    assert found["Alby"] == {
        "Invånare 16–64 år": 6000, "Avgift, kr": 600, "Sedan 2025, kr": 20, "Sedan 2025, %": 0.034,
    }  # fmt: skip
    assert found["Byn"]["Sedan 2025, kr"] is None
    assert (found["Summa"]["Sedan 2025, kr"], found["Summa"]["Sedan 2025, %"]) == (110, 0.124)
    assert "Ny sedan 2025: Byn." in texts(plan)
    assert any(
        text.endswith(
            "betalar kommunerna 1 000 kr tillsammans. Mot 2025 är det 110 kr (12,4 %) mer."
        )
        for text in texts(plan)
    )


def by_year(year: int, *rows: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    return [(f"Medlemsavgifter {year}, tkr",), ("Part", "Nyckel", "Avgift"), *rows]


STATE, REGION = ("Försäkringskassan", None, 400), ("Region Norr", None, 200)


def test_of_two_tables_of_the_year_before_none_is_chosen() -> None:
    now = by_year(2026, STATE, REGION, ("Alby kommun", 60, 120), ("Ekby kommun", 40, 80))
    before = by_year(2025, STATE, REGION, ("Alby", 50, 100), ("Ekby", 50, 100))
    one = report(("2026", now), ("2025", before))
    assert table_of(one)["Alby kommun"]["Sedan 2025, tkr"] == 20
    both = report(("2026", now), ("2025", before), ("2025 förslag", before))
    assert not [text for text in texts(both) if text.startswith("Sedan")]
    assert "Vem betalar vad 2025 (2025 förslag), tkr" in texts(both)


def test_one_who_has_left_is_told_and_counted_in_the_sum() -> None:
    now = by_year(2026, STATE, REGION, ("Alby kommun", 60, 120), ("Ekby kommun", 40, 80))
    before = by_year(
        2025, STATE, REGION, ("Alby", 50, 100), ("Ekby", 25, 50), ("Byn kommun", 25, 55)
    )
    plan = report(("2026", now), ("2025", before))
    assert table_of(plan)["Kommunerna tillsammans"]["Sedan 2025, tkr"] == -5
    assert "Inte längre med sedan 2025: Byn kommun." in texts(plan)


def test_a_year_between_is_no_year_before() -> None:
    now = by_year(2026, STATE, REGION, ("Alby kommun", 60, 120), ("Ekby kommun", 40, 80))
    before = by_year(2024, STATE, REGION, ("Alby", 50, 100), ("Ekby", 50, 100))
    assert not [text for text in texts(report(("2026", now), ("2024", before))) if "Sedan" in text]


def test_a_fee_for_one_who_has_joined_changes_all_of_them() -> None:
    """The fees of the others are not right any more: none is calculated beside them."""
    rows = (STATE, REGION, ("Alby kommun", 60, 120), ("Ekby kommun", 40, 80), ("Byn kommun", 20))
    plan = report(("Avgifter", [("Pott", 800), *by_year(2026, *rows)]))
    found = table_of(plan)
    assert found["Byn kommun"]["Avgift, tkr"] is None
    assert found["Kommunerna tillsammans"]["Avgift, tkr"] is None
    assert found["Summa"]["Avgift, tkr"] is None
    said = texts(plan)
    assert "Avgift saknas för Byn kommun, så summan är inte känd." in said
    assert any(text.startswith("▼ Avgift saknas för Byn kommun. Den som") for text in said)
    assert not [text for text in said if "kvartarna är lika" in text]


def test_fees_that_nobody_has_stated_are_calculated_and_said_to_be() -> None:
    rows = [("Försäkringskassan",), ("Region Norr",), ("Alby kommun", 60), ("Ekby kommun", 40)]
    plan = report(("Avgifter", [("Pott", 801), *by_year(2026, *rows)]))
    found = {name: row["Avgift, tkr"] for name, row in table_of(plan).items()}
    assert (found["Alby kommun"], found["Ekby kommun"]) == (120, 80)
    assert found["Kommunerna tillsammans"] == 200
    assert "Avgifterna är räknade efter nyckeln; tabellen har inga angivna." in texts(plan)


def test_a_fee_that_nobody_knows_is_not_calculated() -> None:
    rows = (STATE, REGION, ("Alby kommun", 60, F("SUBTOTAL(1,H1:H2)")), ("Ekby kommun", 40, 80))
    plan = report(("Avgifter", [("Pott", 800), *by_year(2026, *rows)]))
    assert table_of(plan)["Alby kommun"]["Avgift, tkr"] is None
    assert table_of(plan)["Summa"]["Avgift, tkr"] is None


@pytest.mark.parametrize(
    ("header", "keys", "shown"),
    [
        ("Nyckel", (60, 40), "Nyckel, %"),
        ("Fördelning i %", (60, 39), "Fördelning i %"),
        ("Nyckel", (31874, 12466), "Nyckel"),
        ("Antal invånare", (60, 40), "Antal invånare"),
        ("Nyckel", (90, 80), "Nyckel"),
    ],
)
def test_the_key_is_told_with_its_unit(header: str, keys: tuple[int, int], shown: str) -> None:
    """In the words of the table; per cent where the figures are parts of a hundred."""
    parties = tuple(
        party(name, Party.MUNICIPALITIES, key, 50) for name, key in zip("AB", keys, strict=True)
    )
    table = FeesTable(2026, "tkr", Fraction(100), parties, Scope.MUNICIPALITIES, header)
    assert table_of(build(table))["A"] == {shown: keys[0], "Avgift, tkr": 50}


def test_many_municipalities_begin_below_the_key_figures_and_end_with_their_sums() -> None:
    """Forty do not fit on a page: the table goes on with its headings, and no sum stands alone."""
    names = [f"Ort{chr(65 + n // 20)}{chr(65 + n % 20)} kommun" for n in range(40)]
    parties = [party(name, Party.MUNICIPALITIES, 10, 10 + n) for n, name in enumerate(names)]
    everyone = (
        party("Försäkringskassan", Party.STATE, None, 2360),
        party("Region Norr", Party.REGION, None, 1180),
        *parties,
    )
    plan = build(
        FeesTable(2026, "tkr", Fraction(4720), everyone, key_header="Nyckel"),
        FeesTable(2025, "tkr", Fraction(4720), everyone),
    )
    rows = {str(c.value): c.row for c in reversed(plan.cells) if c.column == 1}
    begins = plan.page.breaks[0]
    assert rows["Försäkringskassan"] < begins
    tops = [c.row for c in plan.cells if c.value == "Part"]
    assert begins in tops, "headings again"
    for top in (begin for begin in plan.page.breaks):
        assert top not in (rows["Kommunerna tillsammans"], rows["Summa"])


def test_unequal_quarters() -> None:
    """The region pays more than half of what the state does."""
    plan = build(
        FeesTable(
            2022,
            "tkr",
            Fraction(11380),
            (
                party("Försäkringskassan", Party.STATE, None, 5690),
                party("Region Västerbotten", Party.REGION, None, 2850),
                party("Umeå kommun", Party.MUNICIPALITIES, 100, 2845),
            ),
        )
    )
    assert "▼ kvartarna är olika" in texts(plan)
    assert any(text.startswith("▼ Regionens del är 2 850 tkr") for text in texts(plan))


def test_a_pot_of_all_over_municipalities_alone() -> None:
    """They pay a quarter of it; the pot is not called theirs."""
    parties = (
        party("Alby", Party.MUNICIPALITIES, 60, 61),
        party("Ekby", Party.MUNICIPALITIES, 40, 40),
    )
    table = FeesTable(2026, "tkr", Fraction(400), parties, Scope.EVERYONE)
    plan = build(table)
    assert figures(plan)["Hela potten 2026, tkr"] == ("400", "2 parter")
    assert figures(plan)["Kommunerna tillsammans 2026, tkr"] == ("101", "en kvart, 25 %")
    assert figures(plan)["Störst andel: Alby"] == ("60,0 %", "61 tkr")
    assert any(text.endswith("Det är 1 tkr mer än kvarten.") for text in texts(plan))
    own = build(table._replace(pool=Fraction(101), scope=Scope.MUNICIPALITIES))
    assert figures(own)["Kommunernas pott 2026, tkr"] == ("101", "2 parter")
    assert own.charts[0].title == "Kommunernas andel 2026, %"


@pytest.mark.parametrize(
    ("pool", "parties", "said"),
    [
        (
            None,
            [
                party("Umeå", Party.MUNICIPALITIES, 3, 30),
                party("Vännäs", Party.MUNICIPALITIES, 1, 10),
            ],
            "–",
        ),
        (
            100,
            [
                party("Umeå", Party.MUNICIPALITIES, 3, None),
                party("Vännäs", Party.MUNICIPALITIES, None, None),
            ],
            "▼ Avgifterna kan inte räknas: nyckel saknas för Vännäs.",
        ),
        (100, [], "–"),
    ],
)
def test_what_is_missing_stays_blank(pool: int | None, parties: list[FeeParty], said: str) -> None:
    table = FeesTable(None, "tkr", None if pool is None else Fraction(pool), tuple(parties))
    plan = build(table)
    assert said in texts(plan)
    if parties and not pool:
        assert table_of(plan)["Umeå"]["Avgift, tkr"] == 30
    elif parties:
        assert table_of(plan)["Umeå"]["Avgift, tkr"] is None


def test_no_tables_at_all() -> None:
    assert build().name == "Rapport Avgifter"


def test_parties_lead_to_their_source(umea: SheetPlan) -> None:
    links = {str(cell.value): cell.link for cell in umea.cells if cell.link}
    assert links["Umeå kommun"].startswith("'Medlemsavgifter'!A")


def test_keys_of_many_decimals_are_shown_with_two() -> None:
    """A key that a formula gives may have any number of them."""
    keys = (Fraction(829342, 10000), Fraction(170658, 10000))
    parties = tuple(
        FeeParty(name, Party.MUNICIPALITIES, key, Fraction(100), Ref("Avgifter", "A1"))
        for name, key in zip(("Ekby", "Alby"), keys, strict=True)
    )
    plan = build(FeesTable(2031, "tkr", Fraction(400), parties, Scope.EVERYONE, "Nyckel"))
    shown = {c.value: c.role.number for c in plan.cells if c.value in (82.93, 17.07)}
    assert len(shown) == 2
    assert all("0.00" in number for number in shown.values())
