"""Cases of findings about goals: social budgets, their indicators, and tables of indices."""

from __future__ import annotations

from typing import Any

from support.finding_cases import Case, one
from support.typed_sheets import P, Rows

_SOCIAL = [
    ["Social budget 2024"],
    ["Nr", "Indikator", "Regel", "Gräns", "Vikt", "Antal", "Av", "Uppnått", "Poäng"],
    ["1.1", "Trygg", "Andel minst", "50 %", 5, 15, 20, "Ja", 5],
    ["1.2", "Hörd", "Andel minst", "50 %", 4, 5, 20, "Nej", 0],
    ["1.3", "Sedd", "Andel minst", "50 %", 3, 12, 20, "Ja", 3],
]
_SEXES = [
    ["Social budget 2024"],
    [
        "Nr", "Indikator", "Regel", "Gräns", "Vikt", "Utfall antal", "Utfall av",
        "Kvinnor antal", "Kvinnor av", "Män antal", "Män av", "Uppnått", "Poäng",
    ],
    ["1.1", "Fått stöd", "Andel minst", "50 %", 5, 30, 40, None, None, None, None, "Ja", 5],
    ["1.2", "Könsskillnad: fått stöd", "Könsskillnad högst", 20, 4, None, None, 19, 25, 10, 15, "Ja", 4],
    ["1.3", "Hörd", "Andel minst", "50 %", 3, 12, 20, None, None, None, None, "Ja", 3],
]  # fmt: skip
_AREAS: list[list[Any]] = [
    ["Social budget 2024"],
    ["Målområde", "Nr", "Indikator", "Regel", "Gräns", "Vikt", "Antal", "Av", "Uppnått", "Poäng"],
    ["1 Nytta", "1.1.1", "Trygg", "Andel minst", "50 %", 5, 15, 20, "Ja", 5],
    ["1 Nytta", "1.1.2", "Hörd", "Andel minst", "50 %", 5, 5, 20, "Nej", 0],
    ["2 Samverkan", "2.1.1", "Sedd", "Andel minst", "50 %", 6, 12, 20, "Ja", 6],
    ["2 Samverkan", "2.1.2", "Nådd", "Andel minst", "50 %", 4, 12, 20, "Ja", 4],
]
_INDEX: list[Any] = [
    ["Impactindex 2024"],
    [],
    ["Team Ett"],
    [
        "Målområde",
        "Antal indikatorer",
        "Maximalt impactvärde",
        "Uppnått impactvärde",
        "Impactindex",
    ],
    ["Nytta", 2, 10, 5, 50],
    ["Samverkan", 2, 10, 10, 100],
    ["Totalt", 4, 20, 15, 75],
]
_TWO_OF_INDEX = [*_INDEX, [], ["Team Två"], *_INDEX[3:]]
_OVERVIEW = [
    ["Utfall i enlighet med Impactindex 2024"],
    ["Enhet", "Totalt", "Målområde 1", "Målområde 2"],
    ["1. Team Ett", 75, 50, 100],
    ["2. Team Två", 70, 40, 100],
    ["3. Team Tre", 60, 30, 90],
]
_WEIGHTS = [
    ["Viktning av målområdena i den sociala budgeten"],
    ["Målområde", "Ideal viktning", "Viktning 2024"],
    ["1. Nytta", P(0.5), P(0.51)],
    ["2. Samverkan", P(0.3), P(0.31)],
    ["3. Nöjdhet", P(0.2), P(0.18)],
]
_GOALS = [
    ["Mål i sociala budgeten 2024"],
    ["Nr", "Mål", "Antal indikatorer"],
    ["1 Nytta"],
    ["1.1", "Arbete", 1],
    ["1.2", "Studier", 1],
    ["2 Samverkan"],
    ["2.1", "Samordning", 2],
]
_MEASURED = [
    ["Målkarta 2024"],
    ["Mål", "Mått", "Målvärde", "Utfall", "Nått mål"],
    ["Individen", "Nöjda deltagare, enkät", "minst 70 %", P(0.74), "Ja"],
    ["Arbetssätt", "Avbrott i insatser", "högst 15 %", P(0.2), "Nej"],
]
_BENEFITS = [
    ["Helårsekvivalenter per kommun"],
    [
        "Kommun", "Helårsekvivalenter 2023", "Befolkning 2023", "Helårsekvivalenter 2024",
        "Befolkning 2024", "Enligt årsredovisningen", "Nått mål",
    ],
    ["Åby", 1000, 10000, 980, 10000, "minskat", "Ja"],
    ["Berg", 400, 5000, 410, 5000, "ökat", "Nej"],
]  # fmt: skip
_PRINTED = [
    ["Impactindex 2024"],
    *(row for team in ("Ett", "Två", "Tre", "Fyra") for row in ([], [f"Team {team}"], *_INDEX[3:])),
]
_TEAM: dict[str, Rows] = {"Team Ett": _AREAS, "Impactindex": _INDEX}
_NOT_WRITTEN: dict[str, Rows] = _TEAM | {
    "Team Ett": [*_AREAS[:2], [*_AREAS[2][:9], 2], *_AREAS[3:]]
}
"""Points that are neither the weight nor nothing: then the index is only held against itself."""
_TEAMS: dict[str, Rows] = {"Team Ett": _AREAS, "Team Två": _AREAS, "Impactindex": _TWO_OF_INDEX}
_WEIGHED: dict[str, Rows] = {
    "Team Ett": _AREAS,
    "Viktning": [*_WEIGHTS[:3], ["2. Samverkan", P(0.5), P(0.5)]],
}

CASES = {
    "andel-med-bas": one(_SOCIAL, {"F3": P(0.75)}, at="F3"),
    "andel-utan-antal": one(_SOCIAL, {"F3": P(0.75), "G3": None}, at="F3"),
    "antal-indikatorer-sticker-ut": one(_PRINTED, {"B12": 1}, at="B12"),
    "antal-over-bas": one(_SOCIAL, {"F3": 21}, at="F3"),
    "bedomt-utan-utfall": one(_SOCIAL, {"F3": None, "G3": None}, at="H3"),
    "dubbelt-nummer": one(_SOCIAL, {"A4": "1.1"}, at="A4"),
    "ej-matt-i-mojliga": Case(
        {"": _NOT_WRITTEN}, {"Team Ett!G6": "ej mätt", "Team Ett!I6": None}, at="C6"
    ),
    "enhet-dubbel": Case({"": _TEAMS}, {"Team Två!A1": "Team Ett"}, at="A2"),
    "grans-saknas": one(_SOCIAL, {"D3": None}, at="D3"),
    "grans-utanfor": one(_SOCIAL, {"D3": "150 %"}, at="D3"),
    "index-avviker": Case({"": _TEAM}, {"Impactindex!E5": 60}, at="E5"),
    "index-tomt": one(_SOCIAL, {"I4": 2}, at="I4"),
    "inget-att-rakna": Case({"": _TEAM}, {f"Team Ett!F{n}": None for n in (3, 4, 5, 6)}, at="A4"),
    "kon-fler-an-alla": one(_SEXES, {"F3": 28}, at="F3"),
    "mal-antal-avviker": Case({"": {"Mål": _GOALS, "Index": _INDEX}}, {"C5": 2}, at="C4"),
    "mal-oklart": one(_MEASURED, {"C4": P(0.15)}, at="C4"),
    "malomrade-saknas": Case({"": _TEAM}, {"Impactindex!A6": "Nöje"}, at="A4"),
    "medel-eller-summa": one(_SOCIAL, {"C3": "Medelvärde minst", "D3": 3}, at="F3"),
    "minskning-eller-andring": one(
        _SOCIAL, {"C3": "Minskning minst", "D3": "2 %", "F3": -2, "G3": None}, at="F3"
    ),
    "negativt-antal": one(_SOCIAL, {"F3": -1}, at="F3"),
    "noll-av-noll": one(_SOCIAL, {"F3": 0, "G3": 0}, at="F3"),
    "nummer-lucka": one(_SOCIAL, {"A5": "1.4"}, at="A5"),
    "nummer-saknas": one(_SOCIAL, {"A4": None}, at="A4"),
    "okand-regel": one(_SOCIAL, {"C3": "ungefär"}, at="C3"),
    "okant-malomrade": Case({"": _TEAM}, {"Impactindex!A5": "Nöje"}, at="A5"),
    "oversikt-avviker": Case({"": {"Utfall": _OVERVIEW, "Index": _INDEX}}, {"C3": 60}, at="C3"),
    "rang-avviker": one(_OVERVIEW, {"B3": 65}, at="A3"),
    "rang-delad": one(_OVERVIEW, {"B4": 75}, at="A4"),
    "regel-saknas": one(_SOCIAL, {"C3": None, "D3": None, "H3": None}, at="C3"),
    "regler-saknas": one(_SOCIAL, {"A1": "Social budget 2015"}, at="A2"),
    "riktning-avviker": one(_BENEFITS, {"F3": "ökat"}, at="F3"),
    "tabell-saknas": Case({"": _TEAMS}, {"Impactindex!A9": "Team Ett"}, at="A2"),
    "underlag-saknas": Case({"": _TEAMS}, {"Impactindex!A9": "Team Tre"}, at="A10"),
    "uppnatt-avviker": one(_SOCIAL, {"H3": "Nej"}, at="H3"),
    "uppnatt-okant": one(_SOCIAL, {"H3": "kanske"}, at="H3"),
    "utfall-ofullstandigt": one(_SOCIAL, {"G3": None}, at="F3"),
    "utfall-saknas": one(_SOCIAL, {"F3": None, "G3": None, "H3": None}, at="F3"),
    "utfall-text": one(_SOCIAL, {"F3": "många"}, at="F3"),
    "vikt-saknas": one(_SOCIAL, {"E3": None}, at="E3"),
    "vikt-text": one(_SOCIAL, {"E3": "stor"}, at="E3"),
    "vikt-utanfor": one(_SOCIAL, {"E3": 14}, at="E3"),
    "viktning-summa": one(_WEIGHTS, {"B5": P(0.1)}, at="B3"),
    "viktning-utanfor": Case({"": _WEIGHED}, {"Viktning!B3": P(0.6)}, at="F3"),
}
