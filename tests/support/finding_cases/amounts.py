"""Cases of findings about tables of amounts."""

from __future__ import annotations

from support.finding_cases import one

_PLAN = [
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
_TWO_UNITS = [
    ["Kostnader", "Utfall 2024, kr", "Utfall 2024, tkr"],
    ["Lön", 1_400_400, 1400],
    ["Hyra", 200_400, 200],
    ["Resor", 50_400, 50],
    ["Summa kostnader", 1_651_200, 1651],
]

CASES = {
    "over-taket": one(_PLAN, {"B8": 2900, "B9": 3000}, at="B8"),
    "summa-av-avrundade": one(_TWO_UNITS, {"C5": 1650}, at="C5"),
}
