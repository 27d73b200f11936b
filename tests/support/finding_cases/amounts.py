"""Cases of findings about tables of amounts."""

from __future__ import annotations

from typing import Any

from support.finding_cases import one
from support.typed_sheets import P

_Table = list[list[Any]]

_PLAN: _Table = [
    ["Tkr", "Budget 2024"],
    ["Statens avgift", 1000],
    ["Regionens avgift", 500],
    ["Kommunernas avgifter", 500],
    ["Summa intäkter", 2000],
    ["Kostnader", -1900],
    ["Resultat", 100],
    ["Ingående eget kapital", 100],
    ["Utgående eget kapital", 200],
]
_TWO_UNITS: _Table = [
    ["Kostnader", "Utfall 2024, kr", "Utfall 2024, tkr"],
    ["Lön", 1_400_400, 1400],
    ["Hyra", 200_400, 200],
    ["Resor", 50_400, 50],
    ["Summa kostnader", 1_651_200, 1651],
]
_COSTS: _Table = [
    ["Tkr", "Budget 2024"],
    ["Kostnader"],
    ["Lön", 500],
    ["Hyra", 200],
    ["Resor", 40],
    ["Summa kostnader", 740],
]
_BY_TEAM: _Table = [
    ["Kronor", "Norra laget", "Södra laget", "Alla lag"],
    ["Arvoden", 41_320, 38_917, 80_237],
    ["Fika", 1930, 2284, 4214],
    ["Resor", 8452, 6190, 14_642],
    ["Kurser", 3075, 4120, 7195],
    ["Summa", 54_777, 51_511, 106_288],
]
_FROM_YEAR: _Table = [
    ["Flerårsöversikt, tkr"],
    [None, "2021", "2022", "2023", "2024"],
    ["Årets resultat", -40, 55, 120, -75],
    ["Eget kapital", 660, 715, 835, 760],
]
_BALANCE: _Table = [
    ["Balansräkning, kr"],
    [None, "2031-12-31", "2030-12-31"],
    ["Tillgångar"],
    ["Fordringar", 120_000, 107_500],
    ["Bank", 350_150, 310_400],
    ["Summa tillgångar", 470_150, 417_900],
    ["Eget kapital och skulder"],
    ["Eget kapital", 244_000, 200_000],
    ["Skulder", 226_150, 217_900],
    ["Summa eget kapital och skulder", 470_150, 417_900],
]
_TWO_YEARS: _Table = [
    ["Plan i tkr", "Budget 2024", "Plan 2025"],
    ["Intäkter", 2000, 2000],
    ["Kostnader", -1900, -1900],
    ["Resultat", 100, 100],
    ["Ingående eget kapital", 100, 200],
    ["Utgående eget kapital", 200, 300],
]
_FEES_OF_YEARS: _Table = [
    ["Budget i tkr", "Budget 2024", "Budget 2025", "Budget 2026"],
    ["Intäkter"],
    ["Försäkringskassan", 2000, 2000, 2000],
    ["Ekby kommun", 700, 700, 700],
    ["Sjöby kommun", 300, 300, 300],
    ["Region Norr", 1000, 1000, 1000],
    ["Summa intäkter", 4000, 4000, 4000],
]
_COSTS_OF_YEARS: _Table = [
    ["Budget i tkr", "Budget 2024", "Budget 2025", "Budget 2026"],
    ["Kostnader"],
    ["Hyra", 845, 845, 845],
    ["Lön", 2000, 2000, 2000],
    ["Porto", 12, 12, 12],
]
_SO_FAR: _Table = [
    ["Tertialrapport, tkr", "Budget 2024", "Utfall t.o.m. T2 2024", "Prognos 2024"],
    ["Intäkter"],
    ["Försäkringskassan", 2000, 1333, 2000],
    ["Ekby kommun", 350, 233, 350],
    ["Sjöby kommun", 350, 233, 350],
    ["Åby kommun", 300, 200, 300],
    ["Region Norr", 1000, 667, 1000],
    ["Summa intäkter", 4000, 2666, 4000],
    ["Kostnader"],
    ["Lön", 900, 500, 900],
    ["Projekt", 600, 300, 600],
]
_FEES: _Table = [
    ["Medlemsavgifter 2024, tkr"],
    ["Pott", 4000],
    [],
    ["Medlem", "Nyckel", "Avgift"],
    ["Staten", None, 2000],
    ["Regionen", None, 1000],
    ["Ekby kommun", 60, 600],
    ["Sjöby kommun", 40, 400],
]
_DEVIATIONS: _Table = [
    ["Driftredovisning, tkr", "Utfall 2024", "Budget 2024", "Avvikelse utfall-budget"],
    ["Intäkter förbundet", 1100, 1090, 10],
    ["Intäkter projekt", 140, None, None],
    ["Verksamhetens intäkter", 1240, 1090, 150],
    ["Kostnader förbundet", -1000, -1300, 300],
    ["Kostnader projekt", -120, None, None],
    ["Verksamhetens kostnader", -1120, -1300, 180],
]
_YEARS_COMPARED: _Table = [
    ["Tkr", "Utfall 2031", "Budget 2030", "Budget 2031", "Avvikelse 2031"],
    ["Lön", 510, 490, 505, -5],
    ["Hyra", 96, 95, 99, 3],
    ["Resor", 31, 30, 28, -3],
]
_MONTHS: _Table = [
    ["Kronor", "jan 2024", "feb 2024", "mar 2024", "apr 2024", "maj 2024"],
    ["Lön", 30_120, 31_415, 30_880, 32_004, 31_377],
    ["Hyra", 9000, 9000, 9000, 9000, 9000],
    ["El", 812, 764, 655, 590, 512],
    ["Resor", 1204, 310, 2250, 987, 1440],
    ["Kurser", 4100, 150, 2800, 3333, 720],
    ["Tele", 411, 398, 402, 417, 405],
]
_SPLIT: _Table = [
    ["Kostnadsindelning", "Belopp i tkr", "Procent"],
    ["Ordinarie verksamhet"],
    ["Administration", 100, P(0.1)],
    ["Insatser", 900, P(0.9)],
    ["Summa", 1000, P(1)],
    ["Projekt"],
    ["Administration", 50, P(1)],
    ["Insatser", 0, P(0)],
    ["Summa", 50, P(1)],
    ["Hela verksamheten"],
    ["Administration", 150, P(0.14)],
    ["Insatser", 900, P(0.86)],
    ["Summa", 1050, P(1)],
]
_SECTIONS: _Table = [
    ["Tkr", "Budget 2024"],
    ["Insatser"],
    ["Lön", 500],
    ["Summa insatser", 500],
    ["Reserv"],
    ["Avsatt till reserv", 25],
    ["Summa reserv", 25],
    ["Summa kostnader", 525],
]
_SHARES_IN_NAMES: _Table = [
    ["Tkr", "Budget 2024"],
    ["Intäkter"],
    ["Ekby kommun, 60 %", 600],
    ["Sjöby kommun, 40 %", 400],
]
_EQUITY_RATIO: _Table = [
    ["Flerårsöversikt, tkr"],
    [None, "2024", "2023"],
    ["Summa tillgångar", 3000, 2000],
    ["Eget kapital", 1500, 1000],
    ["Soliditet (%)", 50, 50],
]
_CEILING: _Table = [
    ["Uppgift", "Värde", "Enhet", "År/Period"],
    ["Årets tilldelning från medlemmarna", 11_380, "tkr", "2021"],
    ["Maximalt eget kapital enligt Nationella rådet", 2057, "tkr", "2021"],
]
_STATEMENT: _Table = [
    ["Tkr", "2021", "2020"],
    ["Verksamhetens intäkter", 940, 905],
    ["Verksamhetens kostnader", -951, -899],
    ["Årets resultat", -11, 6],
]

_BLANK_COSTS: _Table = [
    ["Tkr", "Budget 2024", "Utfall 2024", "Avvikelse"],
    ["Kostnader"],
    ["Hyra", 100, 90, None],
    ["Lön", 400, 420, None],
    ["Summa kostnader", None, None, None],
]
_BLANK_FEES: _Table = [
    *_FEES[:6],
    ["Ekby kommun", 60, None],
    ["Sjöby kommun", 40, None],
]
_SHARES: _Table = [
    ["Medlemsavgifter 2031, kr"],
    ["Pott", 4_000_000],
    [],
    ["Part", "Nyckel", "Andel", "Avgift"],
    ["Försäkringskassan", None, 0.5, 2_000_000],
    ["Region Mitt", None, 0.25, 1_000_000],
    ["Alby", 60, None, 600_000],
    ["Ekby", 40, None, 400_000],
]

CASES = {
    "andel-i-etikett": one(_SHARES_IN_NAMES, {"B3": 900}, at="A3"),
    "andel-tom": one(_SHARES, {"C5": None, "C6": None}, at="C7"),
    "andelar-summerar-inte": one(_SHARES_IN_NAMES, {"A4": "Sjöby kommun, 30 %"}, at="A3"),
    "avgift-annan-takt": one(
        _SO_FAR, {"C3": 1500, "C4": 262, "C5": 263, "C6": 225, "C7": 750, "C8": 3000}, at="C3"
    ),
    "avgift-avviker": one(_FEES, {"C7": 650, "C8": 350}, at="C7"),
    "avgift-hittills": one(_SO_FAR, {"C5": 175, "C8": 2608}, at="C5"),
    "avgift-tom": one(_BLANK_FEES, {"B8": None}, at="C7"),
    "avgifter-avrundade": one(_FEES, {"B7": 60.05, "B8": 39.95, "C7": 601}, at="C7"),
    "avvikelse-avviker": one(_DEVIATIONS, {"D4": 77}, at="D4"),
    "avvikelse-fel-ar": one(_YEARS_COMPARED, {"E2": -20, "E3": -1, "E4": -1}, at="E2"),
    "avvikelse-tom": one(_BLANK_COSTS, {"D3": 77}, at="D4"),
    "avvikelse-utelamnar-rader": one(_DEVIATIONS, {"D4": 10}, at="D4"),
    "balans-gar-inte-ihop": one(_BALANCE, {"B9": 216_150, "B10": 460_150}, at="B6"),
    "belopp-avviker": one(_BY_TEAM, {"C4": 6910}, at="C4"),
    "eget-kapital-avrundning": one(_FROM_YEAR, {"E4": 761}, at="E4"),
    "eget-kapital-rullar-inte": one(_FROM_YEAR, {"E4": 790}, at="E4"),
    "ingaende-avviker": one(_TWO_YEARS, {"C5": 250, "C6": 350}, at="C5"),
    "kostnadsslag-andel": one(_SPLIT, {"C3": P(0.2)}, at="C3"),
    "kostnadsslag-hela": one(_SPLIT, {"B11": 250, "B13": 1150}, at="B11"),
    "kostnadsslag-summa": one(_SPLIT, {"B5": 1100}, at="B5"),
    "kvart-avrundad": one(_FEES_OF_YEARS, {"C4": 701, "C7": 4001}, at="C4"),
    "kvart-avviker": one(_FEES_OF_YEARS, {"C6": 1050, "C7": 4050}, at="C6"),
    "nyckel-negativ": one(_FEES, {"B8": -40}, at="A8"),
    "nyckel-noll": one(_FEES, {"B8": 0}, at="A8"),
    "nyckel-saknas": one(_FEES, {"B8": None}, at="A8"),
    "nycklar-summerar-inte": one(_FEES, {"B8": 30}, at="A4"),
    "over-taket": one(_PLAN, {"B8": 2900, "B9": 3000}, at="B8"),
    "period-kopierad": one(_MONTHS, {"E2": 30_880, "E4": 655, "E5": 2250, "E6": 2800}, at="E2"),
    "pott-inte-delbar": one(_FEES, {"B2": 4003}, at="A4"),
    "pott-saknas": one(_FEES, {"B2": None, "C7": None, "C8": None}, at="A4"),
    "rad-dubbel": one(_COSTS, {"A4": "Lön"}, at="A4"),
    "rad-tva-ganger": one(
        [["Tkr", "Budget 2024", "Budget 2025"], ["Lön", 5, 6], ["Hyra", 2, 3], ["Summa", 7, 9]],
        {"A3": "Lön", "B3": 5, "C3": 6, "B4": 10, "C4": 12},
        at="A3",
    ),
    "resultat-utan-finansiella": one(_STATEMENT, {"B4": -15}, at="B4"),
    "serie-dragen": one(_COSTS_OF_YEARS, {"C3": 846, "D3": 847}, at="D3"),
    "serie-ifylld": one(
        [["Månad", "Nya"], *([f"m{n}", v] for n, v in enumerate((4, 9, 2, 7, 4, 9, 1, 7)))],
        {"B5": 3, "B6": 4, "B7": 5},
        at="B4",
    ),
    "soliditet-avviker": one(_EQUITY_RATIO, {"B5": 60}, at="B5"),
    "storlek-avviker": one(_COSTS_OF_YEARS, {"C3": 845_000}, at="C3"),
    "stort-steg": one(_COSTS_OF_YEARS, {"C3": 400, "D3": 400}, at="C3"),
    "summa-av-avrundade": one(_TWO_UNITS, {"C5": 1650}, at="C5"),
    "summa-avrundning": one(_COSTS, {"B6": 741}, at="B6"),
    "summa-avviker": one(_COSTS, {"B6": 790}, at="B6"),
    "summa-tom": one(_BLANK_COSTS, {"B4": None}, at="B5"),
    "summa-utan-rader": one(_SECTIONS, {"A6": None, "B6": None}, at="A7"),
    "tak-avviker": one(_CEILING, {"B3": 2276}, at="B3"),
    "tecken-avviker": one(_MONTHS, {"C2": -31_415}, at="C2"),
    "utfall-utan-prognos": one(_SO_FAR, {"D11": None}, at="D11"),
}
