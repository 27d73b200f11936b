"""The fees report: who pays what and why, the roundings and what they miss."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest

from finsam_xl import policy
from finsam_xl.model import Ref
from finsam_xl.model_budget import FeeParty, FeesTable
from finsam_xl.report import fees_report
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.words.parties import Party

RULES = policy.membership_fees(date(2024, 12, 31))
FeeTables = Mapping[str, list[FeesTable]]


def build(*tables: FeesTable) -> SheetPlan:
    years = [(table, RULES) for table in tables]
    return fees_report.build(years, association="Förbundet", run="20.19 · a1f3")


def line(plan: SheetPlan, label: str, nth: int = 0) -> list[float | str | None]:
    places = [cell.row for cell in plan.cells if cell.column == 1 and cell.value == label]
    found = {cell.column: cell.value for cell in plan.cells if cell.row == places[nth]}
    return [found.get(column) for column in range(2, 12)]


def texts(plan: SheetPlan) -> list[str]:
    return [str(c.value).replace("\u00a0", " ") for c in plan.cells if isinstance(c.value, str)]


def party(name: str, kind: Party, key: int | None, stated: int | None) -> FeeParty:
    known = [None if number is None else Fraction(number) for number in (key, stated)]
    return FeeParty(name, kind, known[0], known[1], Ref("Avgifter", "A1"))


@pytest.fixture
def umea(fee_tables: FeeTables) -> SheetPlan:
    return build(*fee_tables["umeå"])


def test_2021_in_kronor(umea: SheetPlan) -> None:
    """Key, share, exact, two roundings, stated, difference, and to date per tertial."""
    assert line(umea, "Umeå kommun") == [
        82.93, pytest.approx(0.8293), 2359358.5, 2359359, 2359359, 2359359, 0.5,
        786453, 1572906, 2359359,
    ]  # fmt: skip
    assert line(umea, "Kommunerna tillsammans")[3:7] == [2845000, 2845002, 2845002, 2]
    assert line(umea, "Summa")[3:6] == [11380000, 11380002, 11380002]
    assert line(umea, "Försäkringskassan")[2:] == [
        5690000, 5690000, 5690000, 5690000, 0, 1896667, 3793333, 5690000,
    ]  # fmt: skip


def test_what_each_rounding_misses(umea: SheetPlan) -> None:
    said = texts(umea)
    assert (
        "Största rest, avrundat så att summan går jämnt ut: kommunerna betalar tillsammans "
        "2 845 000 kr, exakt kvarten." in said
    )
    assert (
        "Avrundad var för sig, halva uppåt: kommunerna betalar tillsammans 2 845 002 kr, "
        "2 kr mer än kvarten 2 845 000." in said
    )
    assert (
        "Angiven avgift: kommunerna betalar tillsammans 2 862 tkr, 0,5 tkr mindre än kvarten "
        "2 862,5, som inte är ett helt belopp." in said
    )


def test_the_latest_year_leads_and_the_largest_share_comes_first(umea: SheetPlan) -> None:
    titles = [text for text in texts(umea) if text.startswith("Vem betalar vad")]
    assert [title[16:20] for title in titles] == ["2021", "2020", "2019"]
    labels = [
        str(cell.value) for cell in umea.cells if cell.column == 1 and "kommun" in str(cell.value)
    ]
    assert labels[1:3] == ["Umeå kommun", "Vännäs kommun"]
    assert "Bjurholms kommun" in labels[6]


def test_2019_and_the_keys_of_2020(umea: SheetPlan) -> None:
    assert line(umea, "Robertsfors kommun", 2)[2:7] == [110.8, 111, 111, 110, -0.8]
    assert any(text.startswith("▼ Nycklarna blir tillsammans 99,30 %") for text in texts(umea))
    assert "● kvartarna är lika, så när som på avrundning" in texts(umea)


def test_lappland_has_no_keys(fee_tables: FeeTables) -> None:
    """The shares are those of the stated fees, and that is said."""
    plan = build(*fee_tables["lappland"])
    found = line(plan, "Lycksele kommun")
    assert found[0] is None
    assert found[1] == pytest.approx(326 / 938)
    assert found[2:6] == [326, 326, 326, 326]
    assert "Nyckeln är inte angiven. Andelarna är räknade ur de angivna avgifterna." in texts(plan)
    assert "● kvartarna är lika" in texts(plan)
    assert plan.page.pages_high == 1


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
    if parties:
        assert line(plan, "Umeå")[2:5] == [None, None, None]


def test_no_tables_at_all() -> None:
    assert build().name == "Rapport Avgifter"


def test_parties_lead_to_their_source(umea: SheetPlan) -> None:
    links = {str(cell.value): cell.link for cell in umea.cells if cell.link}
    assert links["Umeå kommun"].startswith("'Medlemsavgifter'!A")
