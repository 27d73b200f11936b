"""Tables of shares, statements by the trade's rules, and what one table tells of another.

Each sheet is typed in full; the cells named are then emptied, one by one and all together.
What comes back must be what stood there. Figures are the documents' own, or by hand.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pytest

from finsam_xl import actions
from finsam_xl.address import position
from finsam_xl.plan import Plan
from support.typed_sheets import TODAY, P, grid

ROOM = 0.0051


class Case(NamedTuple):
    """Sheets by name, the cells that follow from others, and those that may stay blank."""

    sheets: dict[str, list[list[Any]]]
    derived: str
    open: str = ""


def _split(title: str, *rows: list[Any]) -> dict[str, list[list[Any]]]:
    return {"Blad": [[title], *rows]}


BALANCE: list[list[Any]] = [
    ["Balansräkning, kr"], ["", 2021, 2020], ["Tillgångar"], ["Fordringar", 82796, 1237172],
    ["Kassa och bank", 6456970, 5502738], ["Summa tillgångar", 6539766, 6739910],
    ["Eget kapital och skulder"], ["Summa eget kapital", 1799593, 2009533],
    ["Summa skulder", 4740173, 4730377],
    ["Summa eget kapital och skulder", 6539766, 6739910],
]  # fmt: skip
CASES: dict[str, Case] = {
    # Cost split: årsredovisning 2021, avsnitt 1.7.1.
    "the document's cost split": Case(
        _split("Procentuell fördelning av kostnader 2021", ["Kostnadsindelning", "Belopp i tkr",
               "Procent"], ["Ordinarie verksamhet"], ["Administration", 1073, P(0.09)],
               ["Strukturövergripande insatser", 1432, P(0.12)],
               ["Individinriktade insatser", 9218, P(0.79)], ["Summa", 11723, P(1)],
               ["ESF-projekt HFE"], ["Administration", 126, P(1)],
               ["Strukturövergripande insatser", 0, P(0)],
               ["Individinriktade insatser", 0, P(0)], ["Summa", 126, P(1)],
               ["Hela verksamheten"], ["Administration", 1199, P(0.1)],
               ["Strukturövergripande insatser", 1432, P(0.12)],
               ["Individinriktade insatser", 9218, P(0.78)], ["Summa", 11849, P(1)]),
        "B7 C4:C7 B12 C9:C12 B14:B17 C14:C17",
    ),
    "per cent as numbers": Case(
        _split("Kostnadsfördelning 2023", ["Kostnadsslag", "Belopp i tkr", "Procent"],
               ["Administration", 820, 12.8], ["Struktur", 1230, 19.2], ["Individ", 4350, 68],
               ["Totalt", 6400, 100]),
        "B6 C3:C6",
    ),
    "two years of classes": Case(
        _split("Kostnader per insatstyp, kr", ["Insatstyp", "Kostnad 2022", "Andel 2022",
               "Kostnad 2023", "Andel 2023"], ["Administration", 1000000, P(0.1), 1200000, P(0.12)],
               ["Struktur", 2500000, P(0.25), 2300000, P(0.23)],
               ["Individ", 6500000, P(0.65), 6500000, P(0.65)],
               ["Summa", 10000000, P(1), 10000000, P(1)]),
        "B6 C3:C6", "B6 C3:C6",
    ),
    # Soliditet and cash: 1 800 of 6 540 is 28 %, 2 010 of 6 740 is 30 %.
    "soliditet from another sheet": Case(
        {"Balans": BALANCE, "Översikt": [["Femårsöversikt, tkr"], ["", 2021, 2020],
         ["Eget kapital", 1800, 2010], ["Soliditet (%)", 28, 30], ["Likvida medel", 6457, 5503]]},
        "Översikt!B3:C5", "Översikt!B3:C5",
    ),
    "soliditet in the table itself": Case(
        _split("Flerårsöversikt, tkr", ["", 2023, 2022], ["Eget kapital", 1250, 1400],
               ["Balansomslutning", 3125, 2800], ["Soliditet (%)", 40, 50]),
        "B5:C5",
    ),
    "soliditet below a balance sheet": Case(
        {"Blad": [*BALANCE, ["Soliditet", P(0.28), P(0.30)]]}, "B6:C6 B11:C11",
    ),
    # Cash flow: 16 827 of 2020 and −655 260 are the document's.
    "the document's cash flow of 2020": Case(
        _split("Kassaflödesanalys, kr", ["", "2020-12-31"], ["Årets resultat", 16827],
               ["Justering för ej likviditetspåverkande poster", 0],
               ["Medel från verksamheten före förändring av rörelsekapital", 16827],
               ["Ökning (-) / minskning (+) Kortfristiga fordringar", -112299],
               ["Ökning (+) / minskning (-) Kortfristiga skulder", -559788],
               ["Kassaflöde för den löpande verksamheten", -672087], ["Årets kassaflöde", -655260],
               ["Likvida medel vid årets början", 6157998],
               ["Likvida medel vid årets slut", 5502738]),
        "B5 B9 B11",
    ),
    "a cash flow in three parts": Case(
        _split("Kassaflödesanalys 2023, kr", ["Belopp i kr", 2022, 2023],
               ["Den löpande verksamheten"], ["Årets resultat", 100000, -150000],
               ["Ökning/minskning av fordringar", -20000, 175000],
               ["Ökning/minskning av skulder", 120000, 475000],
               ["Kassaflöde från den löpande verksamheten", 200000, 500000],
               ["Kassaflöde från investeringsverksamheten", 0, -50000],
               ["Kassaflöde från finansieringsverksamheten", 0, 0],
               ["Årets kassaflöde", 200000, 450000],
               ["Likvida medel vid årets början", 2300000, 2500000],
               ["Likvida medel vid årets slut", 2500000, 2950000]),
        "B7:C7 B10:C10 C11 B12:C12",
    ),
    "incoming and outgoing cash": Case(
        _split("Kassaflödesanalys, tkr", ["", 2023, 2022], ["Årets resultat", -150, 100],
               ["Förändring av fordringar", 175, -20], ["Förändring av skulder", 475, 120],
               ["Årets kassaflöde", 500, 200], ["Ingående likvida medel", 2500, 2300],
               ["Utgående likvida medel", 3000, 2500]),
        "B6:C6 B7 B8:C8",
    ),
    # Balanskrav: −209 941 without adjustments is the document's.
    "the document's five rows": Case(
        _split("1.7.7 Balanskravsresultat", ["Belopp i kr", "2021-12-31"],
               ["Årets resultat enligt resultaträkningen", -209941],
               ["Justering realisationsvinster/förluster", 0],
               ["Årets resultat enligt balanskravsjusteringar", -209941],
               ["Justering resultatutjämningsreserv", 0], ["Balanskravsresultat", -209941]),
        "B5 B7",
    ),
    "five rows with adjustments of their own sign": Case(
        _split("Balanskravsresultat", ["Belopp i kr", "2023-12-31", "2022-12-31"],
               ["Årets resultat enligt resultaträkningen", -120000, 90000],
               ["Justering realisationsvinster/förluster", 5000, 0],
               ["Årets resultat enligt balanskravsjusteringar", -115000, 90000],
               ["Justering resultatutjämningsreserv", 15000, -10000],
               ["Balanskravsresultat", -100000, 80000]),
        "B5:C5 B7:C7",
    ),
    "the law's statement with signs": Case(
        _split("Balanskravsutredning, kr", ["", 2023], ["Årets resultat", 100000],
               ["Samtliga realisationsvinster", -40000],
               ["Realisationsvinster enligt undantagsmöjlighet", 0],
               ["Realisationsförluster enligt undantagsmöjlighet", 0],
               ["Orealiserade förluster i värdepapper", 0],
               ["Återföring av orealiserade förluster i värdepapper", 0],
               ["Årets resultat efter balanskravsjusteringar", 60000],
               ["Reservering av medel till resultatutjämningsreserv", -10000],
               ["Användning av medel från resultatutjämningsreserv", 0],
               ["Balanskravsresultat", 50000]),
        "B9 B12",
    ),
    "the law's statement with sizes": Case(
        _split("Balanskravsresultat, tkr", ["", 2023, 2022, 2021], ["Årets resultat", 100, 200, -50],
               ["– Samtliga realisationsvinster", 40, 0, 0],
               ["Årets resultat efter balanskravsjusteringar", 60, 200, -50],
               ["– Reservering till RUR", 10, 20, 0], ["Användning av RUR", 0, 0, 30],
               ["Balanskravsresultat", 50, 180, -20]),
        "B5:D5 B8:D8",
    ),
    # Trappan: 11 380 → 2 057, 7 000 → 1 400, 15 000 → 2 600.
    "the document's ceiling": Case(
        _split("1.4 Nationella rådets rekommendation om eget kapital", [None, 2021],
               ["Gräns för tilldelning som regeln gäller (tkr)", 15000],
               ["Andel av tilldelning upp till brytpunkten (%)", 20], ["Brytpunkt (tkr)", 7000],
               ["Andel av tilldelning över brytpunkten (%)", 15],
               ["Årets tilldelning från medlemmarna (tkr)", 11380],
               ["Eget kapital på maximalt (tkr)", 2057],
               ["Redovisat eget kapital 2021-12-31 (tkr)", 1800]),
        "B8",
    ),
    "years as rows": Case(
        _split("Nationella rådets rekommendation, tkr", ["År", "Medlemsavgifter",
               "Högsta eget kapital", "Eget kapital", "Utrymme"], [2022, 11380, 2057, 1950, 107],
               [2023, 11450, 2067.5, 1800, 267.5], [2024, 7000, 1400, 1500, -100]),
        "C3:C5 E3:E5",
    ),
    "step by step": Case(
        _split("Trappan 2024", ["Steg", "Belopp, tkr"], ["Medlemsavgifter", 11380],
               ["20 % av de första 7 000", 1400], ["15 % av resterande", 657],
               ["Högsta rekommenderade eget kapital", 2057], ["Eget kapital 31 december", 1800],
               ["Marginal", 257]),
        "B4:B6 B8",
    ),
    "in kronor": Case(
        _split("Tak för eget kapital, kr", ["", 2024], ["Medlemsavgifter", 15000000],
               ["Maximalt eget kapital", 2600000]),
        "B4",
    ),
    # Weights and indices: 60 + 45 + 45 points.
    "weights by points": Case(
        _split("Viktning av målområden", ["Målområde", "Ideal viktning", "Maximal poäng",
               "Viktning 2023"], ["Samhällsnytta", P(0.4), 60, P(0.4)],
               ["Jämlikhet", P(0.3), 45, P(0.3)], ["Nöjdhet", P(0.3), 45, P(0.3)],
               ["Totalt", P(1), 150, P(1)]),
        "B6:D6 D3:D5",
    ),
    "an index without its social budget": Case(
        _split("Impactindex 2021", ["Målområde", "Antal indikatorer", "Maximalt impactvärde",
               "Uppnått impactvärde", "Måluppfyllelse", "Impactindex"],
               ["Samhälls- och medlemsnytta", 12, 68, 28, P(0.41), 41],
               ["Jämlik samverkan", 20, 44, 35, P(0.8), 80],
               ["Deltagarnöjdhet", 13, 26, 22, P(0.85), 85],
               ["Samordning", 15, 18, 13, P(0.72), 72],
               ["Medarbetarnöjdhet", 9, 21, 16, P(0.76), 76], ["Totalt", 69, 177, 114, P(0.64), 64]),
        "B8:F8 E3:F7",
    ),
    # People: årsredovisning 2021, tabell 1 and bilaga 1.
    "exits and their bases": Case(
        _split("Deltagare 2021", ["Samordningsförbundet totalt", "Kvinnor", "Män", "Totalt",
               "Procent"], ["Avslutade till en positiv lösning", 116, 131, 247, P(0.77)],
               ["varav till arbete", 42, 35, 77, P(0.31)], ["varav till studier", 28, 29, 57, P(0.23)],
               ["Avbrott av hälsoskäl", 30, 21, 51, P(0.16)],
               ["Övriga avbrott", 9, 12, 21, P(0.07)]),
        "D3:D7 E3:E7",
    ),
    "referrals": Case(
        _split("Aktualiserande parter 2021", ["Part", "Aktualiserade", "Fått ja i beredning",
               "Andel som fått ja"], ["Arbetsförmedlingen", 48, 37, P(0.77)],
               ["Försäkringskassan", 24, 21, P(0.88)], ["Socialtjänsten Vännäs", 14, 13, P(0.93)],
               ["Regionen", 65, 50, P(0.77)], ["Totalt", 151, 121, P(0.80)]),
        "B7:C7 D3:D7",
    ),
    "women of all": Case(
        _split("Deltagare 2023", ["Insats", "Kvinnor", "Män", "Totalt", "Andel kvinnor"],
               ["Steget", 12, 8, 20, P(0.6)], ["Vägen", 15, 10, 25, P(0.6)],
               ["Kraften", 21, 19, 40, P(0.53)], ["Totalt", 48, 37, 85, P(0.56)]),
        "B6:D6 D3:D5 E3:E6",
    ),
    "a base that only the other rows tell": Case(
        _split("Deltagare under året", ["Insats", "Ingående", "Nya", "Avslutade", "Utgående",
               "Till arbete", "Andel till arbete (%)"], ["Steget", 30, 12, 15, 27, 6, 40],
               ["Vägen", 45, 20, 24, 41, 9, 38], ["Kraften", 11, 9, 6, 14, 3, 50],
               ["Summa", 86, 41, 45, 82, 18, 40]),
        "G3:G6", "G3:G6",
    ),
    "changes from year to year": Case(
        _split("Antal deltagare", ["Insats", "2022", "2023", "Förändring", "Förändring %"],
               ["Steget", 20, 25, 5, 25], ["Vägen", 40, 30, -10, -25], ["Kraften", 10, 12, 2, 20],
               ["Totalt", 70, 67, -3, -4.3]),
        "B6:E6 D3:E5",
    ),
    "women and men beside other units": Case(
        _split("Särskilda insatser 2021, deltagare", ["Insats", "Totalt", "Kvinnor", "Män", "Enhet"],
               ["Anvisade till hälsosamtal", 22, 8, 14, "personer"],
               ["varav medverkat", 19, 7, 12, "personer"],
               ["Samtalstillfällen", 22, 9, 13, "tillfällen"],
               ["Anvisade till socionom", 25, 7, 18, "personer"],
               ["Inplanerade samtal", 277, 85, 192, "tillfällen"],
               ["Avslutade till arbete", 3, 1, 2, "personer"],
               ["Avslutade till studier", 6, 4, 2, "personer"],
               ["Nya", 19, 10, 9, "personer"], ["Kvar i verksamheten", 16, 8, 8, "personer"],
               ["Genomsnittlig tid", 8.8, None, None, "månader"]),
        "B3 B5 B8",
    ),
    "a misprint among the shares": Case(
        _split("Aktualiserande parter 2023", ["Part", "Aktualiserade", "Fått ja i beredning",
               "Andel som fått ja"], ["Alby", 50, 40, P(0.8)], ["Ekby", 20, 15, P(0.7)],
               ["Norby", 40, 20, P(0.5)], ["Söby", 30, 24, P(0.8)], ["Totalt", 140, 99, P(0.71)]),
        "D3 D5:D7", "D3 D5:D7",
    ),
}  # fmt: skip


def _cells(case: Case, text: str) -> list[tuple[str, str]]:
    """The cells of areas such as "B6 C3:C6", each with its sheet, the last where none is named."""
    sheet, found = list(case.sheets)[-1], []
    for area in text.split():
        name, _, rest = area.rpartition("!")
        sheet = name or sheet
        first, _, last = rest.partition(":")
        top, left = position(first)
        bottom, right = position(last or first)
        letters = [chr(ord("A") + n - 1) for n in range(left, right + 1)]
        found += [(sheet, f"{c}{r}") for r in range(top, bottom + 1) for c in letters]
    return found


def _plan(case: Case, emptied: list[tuple[str, str]]) -> Plan:
    sheets = {name: [list(row) for row in rows] for name, rows in case.sheets.items()}
    for sheet, cell in emptied:
        row, column = position(cell)
        old = sheets[sheet][row - 1][column - 1]
        sheets[sheet][row - 1][column - 1] = P() if isinstance(old, P) else None
    return actions.recompute(grid(*sheets.items()), today=TODAY, run="prov")


def _stated(case: Case, sheet: str, cell: str) -> float:
    row, column = position(cell)
    value = case.sheets[sheet][row - 1][column - 1]
    shown = value.part if isinstance(value, P) else value
    assert shown is not None
    return float(shown)


def _hold(case: Case, emptied: list[tuple[str, str]], may_be_open: set[tuple[str, str]]) -> None:
    new = {(e.sheet, e.cell): e for e in _plan(case, emptied).edits}
    for place in emptied:
        if place not in new:
            assert place in may_be_open, place
            continue
        wanted = _stated(case, *place)
        room = ROOM if abs(wanted) <= 1 else 0.5 if abs(wanted) <= 100 else 0
        assert new[place].new == pytest.approx(wanted, abs=room), place
        assert new[place].why
    assert set(new) <= set(emptied)


@pytest.mark.parametrize("name", CASES)
def test_each_alone_comes_back(name: str) -> None:
    """With all others there every emptied cell gets its own figure."""
    case = CASES[name]
    for place in _cells(case, case.derived):
        is_misprint = name == "a misprint among the shares"
        _hold(case, [place], {place} if is_misprint else set())


@pytest.mark.parametrize("name", CASES)
def test_all_together_come_back_or_stay_blank(name: str) -> None:
    """With all of them emptied none gets another figure."""
    case = CASES[name]
    _hold(case, _cells(case, case.derived), set(_cells(case, case.open)))


LEFT: dict[str, tuple[Case, str, str]] = {
    "above what the rule is known for": (
        Case(_split("Tak för eget kapital (tkr)", ["", 2024], ["Medlemsavgifter", 18000],
             ["Eget kapital maximalt", None]), ""),
        "B4", "regel saknas",
    ),
    "a sheet with another rule": (
        Case(_split("Tak för eget kapital (tkr)", ["", 2024], ["Medlemsavgifter", 8000],
             ["Andel upp till brytpunkten (%)", 25], ["Högsta eget kapital", None]), ""),
        "B5", "en annan regel än rekommendationen (B4)",
    ),
    "a post against its own sign": (
        Case(_split("Balanskravsresultat, tkr", ["", 2023, 2022], ["Årets resultat", 100, 200],
             ["Användning av RUR", -5, 0], ["Balanskravsresultat", None, 200]), ""),
        "B5", "plus och vad som är minus",
    ),
    "a row without a name that two columns make the sum of a row that was 0 in both": (
        Case(_split("Balanskravsresultat, tkr", ["", 2023, 2022, 2021], ["Årets resultat", 100, 200, -50],
             ["Samtliga realisationsvinster", 40, 0, 0], [None, 60, 200, None],
             ["Reservering till RUR", 10, 20, 0], ["Användning av RUR", 0, 0, 30],
             [None, 50, 180, -20]), ""),
        "D5", "har inget namn",
    ),
    "a class that is blank": (
        Case(_split("Kostnadsfördelning", ["Kostnadsslag", "Belopp i tkr", "Procent"],
             ["Administration", 820, 12.8], ["Struktur", None, 19.2], ["Individ", 4350, 68],
             ["Totalt", None, 100]), ""),
        "B6", "tomt är inte noll (B4)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LEFT)
def test_what_cannot_be_settled_says_why(name: str) -> None:
    """Nothing is written, and the reason stands at the cell."""
    case, cell, reason = LEFT[name]
    plan = _plan(case, [])
    assert cell not in {edit.cell for edit in plan.edits}
    told = [f for f in plan.findings if f.cell == cell and f.code.endswith("-tom")]
    assert [re.search(re.escape(reason), one.message) is not None for one in told] == [True]


def test_a_printed_ceiling_that_the_fees_do_not_give_is_told() -> None:
    """2 276 is 20 % of it all: the second step was forgotten."""
    case = Case(_split("Tak (tkr)", ["", 2021], ["Medlemsavgifter", 11380],
                       ["Maximalt eget kapital", 2276]), "")  # fmt: skip
    plan = _plan(case, [])
    assert plan.edits == ()
    assert [(f.code, f.cell, f.calculated) for f in plan.findings] == [("tak-avviker", "B4", 2057)]
