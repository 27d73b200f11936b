"""Next year's workbook from this year's: every year moved, figure taken over or emptied, or asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from finsam_xl.actions import new_year
from finsam_xl.actions.new_year_told import What
from finsam_xl.errors import InputError
from finsam_xl.reading.year_text import moved
from support.typed_sheets import F, grid

Rows = Sequence[Sequence[Any]]
HEADINGS = ["Post", "Utfall 2025", "Budget 2026", "Utfall 2026"]
LINES: Rows = [
    ["Intäkter"],
    ["Medlemsavgifter", 800, 820, 821],
    ["Bidrag", 40, 50, 45],
    ["Summa intäkter", F("SUM(B4:B5)", 840), F("SUM(C4:C5)", 870), F("SUM(D4:D5)", 866)],
    ["Kostnader"],
    ["Lön", 500, 520, 510],
    ["Hyra", 90, 95, 94],
    ["Summa kostnader", F("SUM(B8:B9)", 590), F("SUM(C8:C9)", 615), F("SUM(D8:D9)", 604)],
    ["Årets resultat", F("B6-B10", 250), F("C6-C10", 255), F("D6-D10", 262)],
]
BOOK: Rows = [["Ekonomi 2026, tkr"], HEADINGS, *LINES]


def planned(
    *sheets: tuple[str, Rows], year: int | None = None
) -> tuple[Mapping[str, Any], new_year.NewYear]:
    """What each cell will hold, those that change, and the plan."""
    plan = new_year.plan(grid(*sheets), year)
    return {f"{e.sheet}!{e.cell}": e.new for e in plan.plan.edits}, plan


def said(plan: new_year.NewYear, what: What) -> str:
    return " | ".join(f"{line.sheet}: {line.text}" for line in plan.told if line.what is what)


def test_last_years_outcome_where_there_is_a_column_for_it() -> None:
    """The outcome goes to last year's column, the new year's are blank, formulas stay."""
    cells, plan = planned(("Ekonomi", BOOK))
    assert cells == {
        "Ekonomi!A1": "Ekonomi 2027, tkr",
        "Ekonomi!B2": "Utfall 2026", "Ekonomi!C2": "Budget 2027", "Ekonomi!D2": "Utfall 2027",
        "Ekonomi!B4": 821, "Ekonomi!B5": 45, "Ekonomi!B8": 510, "Ekonomi!B9": 94,
        **{f"Ekonomi!{c}{r}": None for c in "CD" for r in (4, 5, 8, 9)},
    }  # fmt: skip
    assert plan.year == 2026
    assert {(e.cell, e.value) for e in plan.plan.expected} == {
        ("B6", 866), ("B10", 604), ("B11", 262),
    }  # fmt: skip
    assert "B4:B5, B8:B9 ur kolumn D" in said(plan, What.MOVED)
    assert said(plan, What.ASKED) == ""


def test_a_plan_moves_along() -> None:
    """Each year's plan goes to the column of its year; no plan is taken for a budget."""
    rows: Rows = [
        ["Verksamhetsplan 2027–2029, tkr"],
        ["Post", "Budget 2026", "Plan 2027", "Plan 2028", "Plan 2029"],
        ["Intäkter", 100, 110, 120, 130],
        ["Kostnader", 90, 91, 92, 93],
        ["Resultat", F("B3-B4", 10), F("C3-C4", 19), F("D3-D4", 28), F("E3-E4", 37)],
    ]
    cells, plan = planned(("Plan 2027-2029", rows))
    assert {n.partition("!")[2]: v for n, v in cells.items()} == {
        "A1": "Verksamhetsplan 2028–2030, tkr",
        "B2": "Budget 2027", "C2": "Plan 2028", "D2": "Plan 2029", "E2": "Plan 2030",
        "B3": None, "C3": 120, "D3": 130, "E3": None,
        "B4": None, "C4": 92, "D4": 93, "E4": None,
    }  # fmt: skip
    assert plan.sheets == {"Plan 2027-2029": "Plan 2028-2030"}


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("Budget 2026", "Budget 2027"),
        ("Utfall 2026-08-31", "Utfall 2027-08-31"),
        ("Utfall t.o.m. augusti 2026", "Utfall t.o.m. augusti 2027"),
        ("Utfall per 31/8 2026", "Utfall per 31/8 2027"),
        ("Tertial 2 2026", "Tertial 2 2027"),
        ("Per 26-08-31", "Per 27-08-31"),
        ("UTF. 25", "UTF. 26"),
        ("jan-26", "jan-27"),
        ("Ack 2608", "Ack 2708"),
        (
            "Verksamhetsplan Budget 2026 Plan 2027–2028",
            "Verksamhetsplan Budget 2027 Plan 2028–2029",
        ),
        ("Räkenskapsår 2026-01-01 - 2026-12-31", "Räkenskapsår 2027-01-01 - 2027-12-31"),
        ("Fjolåret 2025", "Fjolåret 2026"),
        ("Budget 2026, fastställd 2025-11-20", "Budget 2027, fastställd 2025-11-20"),
        ("Budget 2026 (dnr 2026/41)", "Budget 2027 (dnr 2026/41)"),
        ("§ 12/2026 Budget 2026", "§ 12/2026 Budget 2027"),
        ("Lag (2003:1210)", "Lag (2003:1210)"),
        ("Fastställd av styrelsen 2026-01-20, dnr 2026:41", None),
        ("Befolkning 16–64 år 2025-12-31", None),
        ("Beslut 2026-06-30", None),
        ("Insats 26 unga", None),
        ("Konto 2610", None),
        ("Bildat 2004", None),
    ],
)
def test_only_the_years_of_periods_are_moved(text: str, later: str | None) -> None:
    """Decisions, file numbers, laws, counts of people and accounts keep their figures."""
    assert moved(text, {2025, 2026, 2027, 2028}).text == (text if later is None else later)


def test_what_is_no_period_is_told() -> None:
    rows: Rows = [["Ekonomi 2026, tkr"], ["Fastställd 2025-11-20, dnr 2025:41"], *BOOK[1:]]
    rows = [*rows[:2], [], *rows[2:], [], ["Anm. hyran höjs 2026"]]
    cells, plan = planned(("Ekonomi", rows))
    assert cells["Ekonomi!A1"] == "Ekonomi 2027, tkr"
    assert "Ekonomi!A2" not in cells
    assert "A2" in said(plan, What.ASKED)
    assert "A15 ”Anm. hyran höjs 2026”" in said(plan, What.ASKED)


def test_an_amount_that_looks_like_a_year_is_an_amount() -> None:
    rows = [list(row) for row in BOOK]
    rows[3][3] = 2026
    cells, plan = planned(("Ekonomi", rows))
    assert cells["Ekonomi!B4"] == 2026
    assert said(plan, What.ASKED) == ""


def test_next_years_opening_is_this_years_closing() -> None:
    """Of the outcome, and only of it: what a budget closes with is not what is there."""
    rows: Rows = [
        ["Ekonomi 2026, tkr"],
        ["Post", "Budget 2026", "Utfall 2026"],
        ["Intäkter", 100, 103],
        ["Kostnader", 90, 95],
        ["Årets resultat", F("B3-B4", 10), F("C3-C4", 8)],
        ["Ingående eget kapital", 50, 55],
        ["Utgående eget kapital", F("B6+B5", 60), F("C6+C5", 63)],
    ]
    cells, plan = planned(("Ekonomi", rows))
    assert (cells["Ekonomi!B6"], cells["Ekonomi!C6"]) == (63, 63)
    assert "B6:C6" in said(plan, What.CARRIED) or "B6, C6" in said(plan, What.CARRIED)
    only_budget = [row[:2] for row in rows]
    cells, _ = planned(("Ekonomi", only_budget))
    assert cells["Ekonomi!B6"] is None


def test_a_line_that_is_a_formula_stays_and_is_held_against_last_year() -> None:
    rows = [list(row) for row in BOOK]
    rows[3][1] = F("F4", 800)
    cells, plan = planned(("Ekonomi", rows))
    assert "Ekonomi!B4" not in cells
    assert ("B4", 821) in {(e.cell, e.value) for e in plan.plan.expected}


def test_a_text_among_figures_is_left_and_told() -> None:
    rows = [list(row) for row in BOOK]
    rows[4][2] = "ej klart"
    cells, plan = planned(("Ekonomi", rows))
    assert "Ekonomi!C5" not in cells
    assert "C5" in said(plan, What.ASKED)


def test_two_columns_that_may_be_meant_are_none() -> None:
    """Two forecasts of the year: which one would be last year's is not guessed."""
    rows: Rows = [
        ["Ekonomi 2026, tkr"],
        ["Post", "Prognos 2025", "Budget 2026", "Prognos T1 2026", "Prognos T2 2026"],
        ["Intäkter", 1, 2, 3, 4],
        ["Kostnader", 5, 6, 7, 8],
        ["Resultat", F("B3-B4", -4), F("C3-C4", -4), F("D3-D4", -4), F("E3-E4", -4)],
    ]
    cells, _ = planned(("Ekonomi", rows))
    assert cells["Ekonomi!B2"] == "Prognos 2026"
    assert {cells[f"Ekonomi!{c}3"] for c in "BCDE"} == {None}


def test_a_history_is_not_rearranged() -> None:
    """A series of outcomes would need another column, tables year by year another table."""
    series: Rows = [
        ["Utveckling"],
        ["Post", *(f"Utfall {year}" for year in range(2021, 2027))],
        ["Intäkter", 1, 2, 3, 4, 5, 6],
        ["Kostnader", 1, 1, 2, 2, 3, 3],
        ["Resultat", 0, 1, 1, 2, 2, 3],
    ]
    cells, plan = planned(("Ekonomi", BOOK), ("Utveckling", series))
    assert not any(name.startswith("Utveckling") for name in cells)
    assert "här behövs en ny kolumn" in said(plan, What.KEPT)
    years = [
        (f"Budget {year}", [[f"Budget {year}, tkr"], ["Post", f"Budget {year}"], *budget])
        for year, budget in ((2025, _lines(1)), (2026, _lines(2)))
    ]
    cells, plan = planned(("Ekonomi", BOOK), *years, year=2026)
    assert not any(name.startswith("Budget") for name in cells)
    assert plan.sheets == {}


def _lines(column: int) -> list[list[Any]]:
    return [[row[0], *([row[column]] if len(row) > column else [])] for row in LINES]


def test_several_years_are_asked_for() -> None:
    other: Rows = [["Uppföljning 2024, tkr"], ["Post", "Budget 2024", "Utfall 2024"], *(
        row[:3] for row in LINES
    )]  # fmt: skip
    with pytest.raises(InputError, match=r"Vilket år är bokens\? .*2026.*2024"):
        planned(("Ekonomi", BOOK), ("Uppföljning", other))
    cells, plan = planned(("Ekonomi", BOOK), ("Uppföljning", other), year=2026)
    assert not any(name.startswith("Uppföljning") for name in cells)
    assert "den gäller 2024" in said(plan, What.KEPT)


def test_a_book_without_a_year_is_refused() -> None:
    with pytest.raises(InputError, match="Ingen tabell"):
        planned(("Blad", [["Post", "Antal"], ["Stolar", 4], ["Bord", 2]]))


def test_an_amount_of_several_years_is_left() -> None:
    rows: Rows = [
        ["Plan, tkr"],
        ["Post", "2016-2025 Utfall", "Budget 2026", "Plan 2027"],
        ["Intäkter", 900, 100, 110],
        ["Kostnader", 800, 90, 91],
        ["Resultat", 100, 10, 19],
    ]
    cells, plan = planned(("Ekonomi", BOOK), ("Plan", rows))
    assert not any(name.startswith("Plan") for name in cells)
    assert "samlar flera år" in said(plan, What.KEPT)


def test_headings_that_are_bare_years_and_days() -> None:
    """Typed as numbers, and said over again further down."""
    rows: Rows = [
        ["Noter (kr)"],
        ["", 2026, 2025],
        ["Hyra", 10, 11],
        ["Lön", 20, 21],
        ["Summa", F("SUM(B3:B4)", 30), F("SUM(C3:C4)", 32)],
        ["Not 2", 2026, 2025],
        ["Bidrag", 30, 31],
        ["Avgifter", 40, 41],
        ["Summa", F("SUM(B7:B8)", 70), F("SUM(C7:C8)", 72)],
    ]
    cells, _ = planned(("Noter", rows))
    assert [cells.get(f"Noter!{c}") for c in ("B2", "C2", "B6", "C6")] == [2027, 2026, 2027, 2026]
    assert [cells[f"Noter!{c}"] for c in ("C3", "C4", "C7", "C8")] == [10, 20, 30, 40]
    assert {cells[f"Noter!{c}"] for c in ("B3", "B4", "B7", "B8")} == {None}


def test_fees_keep_their_key_and_lose_their_pot() -> None:
    """The people of a day stay, and what they are of; the amount to split is decided anew."""
    rows: Rows = [
        ["Medlemsavgifter 2026, kr"],
        ["Kommunernas avgift totalt (kr)", 1_000_000],
        [],
        ["Kommun", "Befolkning 16–64 år 2025-12-31", "Andel", "Avgift 2026", "Avgift 2025"],
        ["Norrby kommun", 600, F("B5/B8", 0.6), F("C5*B2", 600_000), 540_000],
        ["Söderby kommun", 300, F("B6/B8", 0.3), F("C6*B2", 300_000), 280_000],
        ["Västby kommun", 100, F("B7/B8", 0.1), F("C7*B2", 100_000), 80_000],
        ["Summa", F("SUM(B5:B7)", 1000), F("SUM(C5:C7)", 1), F("SUM(D5:D7)", 1_000_000),
         F("SUM(E5:E7)", 900_000)],
    ]  # fmt: skip
    cells, plan = planned(("Avgifter", rows))
    assert {n.partition("!")[2]: v for n, v in cells.items()} == {
        "A1": "Medlemsavgifter 2027, kr", "B2": None,
        "D4": "Avgift 2027", "E4": "Avgift 2026",
        "E5": 600_000, "E6": 300_000, "E7": 100_000,
    }  # fmt: skip
    assert "Befolkning" in said(plan, What.KEPT)
    assert "B4" in said(plan, What.ASKED)


def test_a_social_budget_keeps_weights_and_limits() -> None:
    rows: Rows = [
        ["Social budget 2026, Teamet"],
        ["Nr", "Målområde", "Indikator", "Regel", "Gräns", "Vikt", "Utfall antal", "Utfall av",
         "Uppnått", "Poäng", "Kommentar"],
        ["1.1.1", "1 Nytta", "Till arbete", "Andel minst", "35 %", 10, 25, 67, "Ja", 10, "Bra år"],
        ["1.1.2", "1 Nytta", "Avbrott", "Andel högst", "15 %", 8, 9, 67, "Ja", 8, None],
        ["2.1.1", "2 Samverkan", "Plan finns", "Redovisad", None, 3, "redovisad", None, "Ja", 3],
        ["2.1.2", "2 Samverkan", "Möten", "Antal minst", "8", 4, 9, None, "Ja", 4, None],
    ]  # fmt: skip
    cells, plan = planned(("Teamet", rows))
    assert {n.partition("!")[2] for n, v in cells.items() if v is None} == {
        "G3", "H3", "I3", "J3", "G4", "H4", "I4", "J4", "G5", "I5", "J5", "G6", "I6", "J6",
    }  # fmt: skip
    assert cells["Teamet!K3"] == "2026: Bra år"
    assert "Gräns, Vikt" in said(plan, What.KEPT)


def test_people_of_last_year_have_a_column() -> None:
    rows: Rows = [
        ["Deltagare 2026"],
        ["", "Kvinnor", "Män", "Totalt", "2025 antal"],
        ["Antal deltagare hela året", 60, 40, 100, 90],
        ["varav nya för året", 30, 20, 50, 45],
        ["Avslutade till arbete", 12, 8, 20, 18],
    ]
    cells, _ = planned(("Deltagare", rows))
    assert cells["Deltagare!E2"] == "2026 antal"
    assert [cells[f"Deltagare!E{row}"] for row in (3, 4, 5)] == [100, 50, 20]
    assert {cells[f"Deltagare!{c}3"] for c in "BCD"} == {None}


def test_a_sheet_without_tables_is_only_told() -> None:
    notes: Rows = [["Minnesanteckningar inför budget 2026"], ["Ring regionen om avgiften 2027."]]
    cells, plan = planned(("Ekonomi", BOOK), ("Noteringar 2026", notes))
    assert not any(name.startswith("Noteringar") for name in cells)
    assert plan.sheets == {}
    assert "A1 ”Minnesanteckningar" in said(plan, What.ASKED)


def test_formulas_that_name_a_year_or_another_book_are_told() -> None:
    rows = [list(row) for row in BOOK]
    rows.append([])
    rows.append(["Kontroll", F('IF(A1="Ekonomi 2026, tkr",1,0)', 1), F("[1]Blad1!B2", 5)])
    _, plan = planned(("Ekonomi", rows))
    assert "formler som nämner ett år: B13" in said(plan, What.ASKED)
    assert "ur andra arbetsböcker: C13" in said(plan, What.ASKED)


def test_a_name_that_is_taken_is_not_given() -> None:
    """The sheet of the new year is there already."""
    other: Rows = [["Utkast"], ["Bara text"]]
    _, plan = planned(("Budget 2026", BOOK), ("Budget 2027", other))
    assert plan.sheets == {}


def test_a_formula_nobody_can_calculate_leaves_last_years_cell_blank() -> None:
    """Never the figure of the year before under the heading of the next."""
    rows = [list(row) for row in BOOK]
    rows[3][3] = F("[1]Bokslut!B7", None)
    cells, plan = planned(("Ekonomi", rows))
    assert cells["Ekonomi!B4"] is None
    assert "D4 inte räknade" in said(plan, What.ASKED)


def test_a_table_without_a_year_goes_with_its_book() -> None:
    """In a book of one year; in one of several it is left."""
    index: Rows = [
        ["Impactindex Teamet"],
        ["Målområde", "Maximal poäng", "Uppnådd poäng", "Impactindex"],
        ["1 Nytta", 18, 18, 100],
        ["2 Samverkan", 7, 3, 43],
        ["Totalt", 25, 21, 84],
    ]
    social: Rows = [
        ["Social budget 2026, Teamet"],
        ["Nr", "Målområde", "Indikator", "Regel", "Gräns", "Vikt", "Utfall antal", "Utfall av",
         "Uppnått", "Poäng"],
        ["1.1.1", "1 Nytta", "Till arbete", "Andel minst", "35 %", 10, 25, 67, "Ja", 10],
        ["1.1.2", "1 Nytta", "Avbrott", "Andel högst", "15 %", 8, 9, 67, "Ja", 8],
        ["2.1.1", "2 Samverkan", "Möten", "Antal minst", "8", 7, 9, None, "Ja", 3],
    ]  # fmt: skip
    cells, plan = planned(("Teamet", social), ("Index 2026", index))
    assert {cells[f"Index 2026!{c}{r}"] for c in "BCD" for r in (3, 4, 5)} == {None}
    assert plan.sheets == {"Index 2026": "Index 2027"}
    old: Rows = [["Uppföljning 2024, tkr"], ["Post", "Budget 2024", "Utfall 2024"], *(
        row[:3] for row in LINES
    )]  # fmt: skip
    cells, plan = planned(("Teamet", social), ("Index", index), ("Ekonomi", old), year=2026)
    assert not any(name.startswith("Index") for name in cells)
    assert "framgår inte vilket år" in said(plan, What.KEPT)


def _linked(name: str, column: str, row: int, result: float) -> F:
    return F(f"'{name}'!{column}{row}", result)


def test_tables_that_formulas_tie_together_go_on_together() -> None:
    """A table of the year before, and a series, follow what they are tied to; no figure is wrong."""
    last: Rows = [["Utfall 2025, tkr"], ["Post", "Utfall 2025"], ["Intäkter", 90], ["Kostnader", 80],
                  ["Resultat", F("B3-B4", 10)]]  # fmt: skip
    this: Rows = [["Uppföljning 2026, tkr"], ["Post", "Budget 2026", "Utfall 2026"],
                  ["Intäkter", 100, 103], ["Kostnader", 90, 95],
                  ["Resultat", F("B3-B4", 10), F("C3-C4", 8)]]  # fmt: skip
    both: Rows = [
        ["Jämförelse 2026, tkr"],
        ["Post", "Utfall 2025", "Utfall 2026"],
        *(
            [name, _linked("Förra", "B", row, old), _linked("Denna", "C", row, new)]
            for row, name, old, new in ((3, "Intäkter", 90, 103), (4, "Kostnader", 80, 95))
        ),
        ["Resultat", F("B3-B4", 10), F("C3-C4", 8)],
    ]
    cells, plan = planned(("Förra", last), ("Denna", this), ("Båda", both), year=2026)
    assert cells["Förra!B2"] == "Utfall 2026"
    assert (cells["Förra!B3"], cells["Förra!B4"]) == (None, None)
    assert (cells["Båda!B2"], cells["Båda!C2"]) == ("Utfall 2026", "Utfall 2027")
    assert ("B3", 103) in {(e.cell, e.value) for e in plan.plan.expected}
    series: Rows = [
        ["Femårsöversikt"],
        ["Post", *(f"Utfall {year}" for year in range(2022, 2027))],
        ["Intäkter", 80, 81, 82, 90, _linked("Denna", "C", 3, 103)],
        ["Kostnader", 70, 71, 72, 80, _linked("Denna", "C", 4, 95)],
        ["Resultat", *(F(f"{c}3-{c}4", 10) for c in "BCDE"), F("F3-F4", 8)],
    ]
    cells, plan = planned(("Denna", this), ("Översikt", series))
    assert [cells[f"Översikt!{c}3"] for c in "BCDE"] == [81, 82, 90, 103]
    assert cells["Översikt!F2"] == "Utfall 2027"
    assert "Översikt!F3" not in cells


def test_a_table_tied_to_one_that_cannot_go_is_left() -> None:
    """Its formulas would show figures of another year under the new one."""
    plan_rows: Rows = [
        ["Plan, tkr"],
        ["Post", "2016-2025 Utfall", "Budget 2026", "Plan 2027"],
        ["Intäkter", 900, 100, 110],
        ["Kostnader", 800, 90, 91],
        ["Resultat", F("B3-B4", 100), F("C3-C4", 10), F("D3-D4", 19)],
    ]
    tied: Rows = [
        ["Uppföljning 2026, tkr"],
        ["Post", "Budget 2026", "Utfall 2026"],
        ["Intäkter", _linked("Plan", "C", 3, 100), 103],
        ["Kostnader", _linked("Plan", "C", 4, 90), 95],
        ["Resultat", F("B3-B4", 10), F("C3-C4", 8)],
    ]
    cells, plan = planned(("Ekonomi", BOOK), ("Plan", plan_rows), ("Uppföljning", tied))
    assert {name.partition("!")[0] for name in cells} == {"Ekonomi"}
    assert "formler binder den till Plan A2:D5" in said(plan, What.KEPT)


def test_a_pot_that_is_written_in_a_text_is_told() -> None:
    rows: Rows = [
        ["Medlemsavgifter 2026, kr"],
        ["Kommunernas avgift totalt: 1 000 000 kr"],
        [],
        ["Kommun", "Invånare", "Avgift 2026"],
        ["Norrby kommun", 600, 600_000],
        ["Söderby kommun", 300, 300_000],
        ["Västby kommun", 100, 100_000],
        ["Summa", F("SUM(B5:B7)", 1000), F("SUM(C5:C7)", 1_000_000)],
    ]
    cells, plan = planned(("Avgifter", rows))
    assert "Avgifter!A2" not in cells
    assert "A2 är ett belopp som fördelas" in said(plan, What.ASKED)
    assert {cells[f"Avgifter!C{row}"] for row in (5, 6, 7)} == {None}


def test_an_amount_that_is_taken_for_a_heading_is_not_moved_on() -> None:
    """The only figure there is looks like a year: nothing says surely that it is none."""
    rows: Rows = [
        ["Ekonomi 2026, tkr"],
        ["Post", "Utfall 2024", "Utfall 2025"],
        ["Avgifter"],
        ["Bidrag", 2026, "ej klart"],
        ["Summa intäkter", F("SUM(B3:B4)", 2026), F("SUM(C3:C4)", 0)],
        ["Hyra"],
        ["Lön"],
        ["Summa kostnader", F("SUM(B6:B7)", 0), F("SUM(C6:C7)", 0)],
    ]
    cells, plan = planned(("Ekonomi", BOOK), ("Annat", rows), year=2026)
    assert not any(name.startswith("Annat") for name in cells)
    assert "läses inte säkert" in said(plan, What.KEPT)


def test_figures_on_rows_that_are_not_understood_go_with_their_column() -> None:
    """Left where they stand they would be figures of another year; what they are is told."""
    rows = [list(row) for row in BOOK]
    rows.append(["", 7, 8, 9])
    cells, _ = planned(("Ekonomi", [*rows, ["Kontroll", 1, 2, 3]]))
    assert [cells.get(f"Ekonomi!{c}12") for c in "BCD"] == [9, None, None]
    assert [cells.get(f"Ekonomi!{c}13") for c in "BCD"] == [3, None, None]


def test_shares_that_no_key_gives_are_agreed_on() -> None:
    """The law's half and quarters stay; the fees they give are of the year."""
    rows: Rows = [
        ["Medlemsavgifter 2026, kr"],
        ["Pott", 4_000_000],
        ["Part", "Nyckel", "Andel", "Avgift"],
        ["Försäkringskassan", None, 0.5, 2_000_000],
        ["Region Mitt", None, 0.25, 1_000_000],
        ["Norrby kommun", 600, 0.15, 600_000],
        ["Söderby kommun", 400, 0.1, 400_000],
        ["Summa", None, 1, 4_000_000],
    ]
    cells, plan = planned(("Avgifter", rows))
    assert not {"Avgifter!C4", "Avgifter!C5"} & cells.keys()
    assert (cells["Avgifter!C6"], cells["Avgifter!D4"], cells["Avgifter!B2"]) == (None, None, None)
    assert "Andel" in said(plan, What.KEPT)
