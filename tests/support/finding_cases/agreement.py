"""Cases of findings about what two places say of the same thing."""

from __future__ import annotations

from typing import Any

from support.finding_cases import Case, one
from support.typed_sheets import Rows


def _book(**sheets: Rows) -> dict[str, dict[str, Rows]]:
    return {"": sheets}


def _budget(title: str, *lines: list[Any]) -> Rows:
    return [[title, None], ["Tkr", "Budget 2024"], *lines]


_LINES = [["Personal", 400], ["Lokal", 100], ["Resor", 20], ["Telefoni", 30]]
_COSTS = ["Summa kostnader", 550]
_FILES = {
    "ett.xlsx": {"Blad": _budget("Samordningsförbundet Dalen", *_LINES, _COSTS)},
    "två.xlsx": {"Blad": _budget("Samordningsförbundet Dalen", ["Avgifter", 500], ["Ränta", 5])},
}
_TWICE = {
    "ett.xlsx": {"Blad": _budget("Budget 2024", *_LINES, _COSTS)},
    "två.xlsx": {"Blad": _budget("Budget för 2024", *_LINES, _COSTS)},
}


def _said(*rows: list[Any]) -> Rows:
    return [
        ["Uppgifter i löpande text"],
        ["Årsredovisning 2021"],
        ["Uppgift", "Värde", "Enhet", "År/Period", "Avsnitt"],
        *rows,
    ]


def _booked(header: str, *lines: list[Any]) -> Rows:
    return [["Belopp i kr", header], *lines]


_BOOKED = [
    ["Löner", 400_300],
    ["Hyra", 80_000],
    ["Resor", 20_100],
    ["Telefoni", 5_210],
    ["Kurser", 30_700],
    ["Porto", 1_240],
]
_TWO_BUDGETS = _book(
    Plan=_budget("Plan 2024", ["Intäkter"], ["Bidrag", 600], ["Kostnader"], *_LINES),
    Uppföljning=_budget("Uppföljning 2024", ["Intäkter"], ["Bidrag", 600], ["Kostnader"], *_LINES),
)
_TWO_OUTCOMES = _book(
    Resultat=_booked("Utfall 2024", *_BOOKED), Noter=_booked("Utfall 2024", *_BOOKED)
)
_FORECASTS = _book(
    T1=[["Tkr", "Prognos 2024"], *_LINES],
    T2=[["Tkr", "Prognos 2024"], *_LINES],
)
_ACROSS = [
    ["Plan"],
    [None, "Budget 2023", "Budget 2024", "Budget 2025", "Summa 2023-2025"],
    ["Hyra", 10, 11, 12, 33],
    ["Lön", 20, 21, 22, 63],
    ["Resor", 1, 2, 3, 6],
]
_SECTIONS = [
    ["Budget"],
    [None, "Budget 2024", "Budget 2025"],
    ["Kansli och styrelse"],
    ["Hyra", 10, 11],
    ["Lön", 20, 21],
    ["Summa kansli och styrelse", 30, 32],
    ["Insatser i kommunerna"],
    ["Lag Ett", 5, 6],
    ["Lag Två", 7, 8],
    ["Summa insatser i kommunerna", 12, 14],
    ["Summa kostnader", 42, 46],
]
_TITLED = [
    ["Budget 2024 plan 2025–2026"],
    [None, "Budget 2024", "Plan 2025", "Plan 2026"],
    ["Hyra", 1, 2, 3],
    ["Lön", 4, 5, 6],
]
_NOTES = _book(
    Räkning=[
        ["Resultaträkning, kr"],
        ["", "2031", "2030"],
        ["Avgifter", 900_000, 870_000],
        ["Lokaler, not 2", -151_200, -149_300],
    ],
    Noter=[
        ["Not 2 Lokalkostnader, kr"],
        ["", "2031", "2030"],
        ["Hyra", 120_000, 119_000],
        ["El", 31_200, 30_300],
        ["Summa", 151_200, 149_300],
    ],
)
_EQUITY = _book(
    Balans=[
        ["Balansräkning, tkr"],
        ["", "2023-12-31"],
        ["Fordringar", 40],
        ["Kassa och bank", 3000],
        ["Summa tillgångar", 3040],
        ["Eget kapital", 2992],
        ["Kortfristiga skulder", 48],
        ["Summa eget kapital och skulder", 3040],
    ],
    Text=_said(["Eget kapital vid årsskiftet 2023/2024", 2992, "tkr", 2023, "1.1"]),
)
_PLANNED = _book(
    Plan=[
        ["Plan 2024–2026, tkr"],
        ["", "Budget 2024", "Plan 2025", "Plan 2026"],
        ["Personal", 400, 480, 560],
        ["Lokal", 100, 120, 140],
        ["Summa kostnader", 500, 600, 700],
    ],
    Budget=[
        ["Budget 2025, tkr"],
        ["", "Budget 2025"],
        ["Personal", 480],
        ["Lokal", 120],
        ["Summa kostnader", 600],
    ],
)
_OPENED = [
    ["Tkr", "Budget 2024", "Prognos 2024"],
    ["Eget kapital vid årets ingång", 3100, 3100],
    ["Årets resultat", -100, -110],
    ["Eget kapital vid årets utgång", 3000, 2990],
]


_PEOPLE = _book(
    Text=_said(["Avslutade till positiv lösning", 30, "personer", 2021, "1.1"]),
    Deltagare=[
        ["Deltagare 2021"],
        ["", "Kvinnor", "Män", "Totalt"],
        ["Avslutats till positiv lösning", 16, 14, 30],
        ["Avbrott av hälsoskäl", 4, 2, 6],
        ["Övriga avbrott", 2, 2, 4],
    ],
)
_INDICATORS = _book(
    Text=_said(
        ["Indikatorer i sociala budgeten", 7, "st", 2021, "1.1"],
        ["Deltagare", 40, "personer", 2021, "1.1"],
    ),
    Index=[
        ["Impactindex 2021"],
        ["Samordningsförbundet Dalen"],
        ["Målområde", "Antal mål", "Antal indikatorer", "Maximalt impactvärde",
         "Uppnått impactvärde", "Impactindex"],
        ["Nytta", 2, 4, 30, 15, 50],
        ["Samordning", 1, 3, 10, 9, 90],
        ["Totalt", 3, 7, 40, 24, 60],
    ],
)  # fmt: skip
_POINTED = {
    "": {
        **_PEOPLE[""],
        "Text": [
            *_said()[:-1],
            ["Uppgift", "Värde", "Enhet", "År/Period", "Gäller"],
            ["De som gick vidare", 30, "personer", 2021, "Deltagare!D3"],
        ],
    }
}
_LISTED = _said(
    ["Ersättare i styrelsen", 9, "personer", 2021, "1.1"],
    ["Ersättare uppräknade i styrelsetabellen (räknat)", 9, "personer", 2021, "1.1"],
)
_REFERRED = _book(
    Text=_said(
        ["Aktualiserade av socialtjänsten", 12, "personer", 2021, "1.1"],
        ["Aktualiserade av socialtjänsten, andel", 60, "%", 2021, "1.1"],
    ),
    Parter=[
        ["Aktualiserande parter 2021"],
        ["Part", "Aktualiserade", "Fått ja i beredning"],
        ["Socialtjänsten", 12, 10],
        ["Regionen", 8, 5],
        ["Totalt", 20, 15],
    ],
)

CASES = {
    "andel-annan-bas": Case(_REFERRED, {"Text!B5": 67}, at="B5"),
    "annat-forbund": Case(_FILES, {"två.xlsx!Blad!A1": "Samordningsförbundet Åsen"}, at=None),
    "antal-mot-lista": one(_LISTED, {"B4": 8}, at="B4"),
    "indikatorer-ej-matta": Case(_INDICATORS, {"Text!B4": 8}, at="B4"),
    "ingaende-skiljer": one(_OPENED, {"C2": 2992}, at="B2"),
    "med-moms": Case(_TWO_OUTCOMES, {"Resultat!B3": 100_000}, at="B3"),
    "not-avviker": Case(_NOTES, {"Räkning!B4": -152_100}, at="B4"),
    "olika-belopp": Case(_TWO_OUTCOMES, {"Resultat!B3": 81_500}, at="B3"),
    "olika-budget": Case(_TWO_BUDGETS, {"Plan!B8": 250}, at="B8"),
    "olika-uppgifter": Case(_EQUITY, {"Text!B4": 2892}, at="B4"),
    "plan-mot-budget": Case(_PLANNED, {"Budget!B5": 650}, at="C5"),
    "prognoser-skiljer": Case(_FORECASTS, {"T2!B3": 110}, at="B3"),
    "rubrik-fel-period": one(_ACROSS, {"E2": "Summa 2023-2024"}, at="E2"),
    "samma-tabell": Case(_TWICE, {"två.xlsx!Blad!A1": "Budget 2024"}, at="A2"),
    "summa-fel-avsnitt": one(_SECTIONS, {"A10": "Summa kansli och styrelse"}, at="A10"),
    "galler-avviker": Case(_POINTED, {"Text!B4": 31}, at="B4"),
    "galler-forslag": Case(_PEOPLE, {"Text!B4": 31}, at="B4"),
    "galler-okand": Case(_POINTED, {"Text!E4": "Deltagare!D30"}, at="B4"),
    "text-avviker": Case(_PEOPLE, {"Text!B4": 31}, at="B4"),
    "titel-fel-ar": one(_TITLED, {"A1": "Budget 2023 plan 2024–2025"}, at="A1"),
}
