"""The workbooks that are wired: what *Start* says of each, and which sheet gets buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import lappland_budget
import social_budget
import tables
import umea_budget

from finsam_xl.report.start_sheet import Line, Story

FOOT = "Talen är de tryckta i förbundets egna dokument, om inget annat sägs på bladet."


class Wired(NamedTuple):
    """An existing workbook, what *Start* says of it, and the sheet that has buttons as well."""

    existing: Callable[[], bytes]
    story: Story
    sheet: str


def _to(sheet: str, what: str) -> Line:
    """A line that leads to a sheet."""
    return Line(sheet, what, f"'{sheet}'!A1")


WIRED: Mapping[str, Wired] = {
    "umearegionen-budget": Wired(
        umea_budget.build,
        Story(
            "Budget och uppföljning",
            tables.ASSOCIATION,
            "Förbundets planer, budget, tertialuppföljning, medlemsavgifter och årsredovisningens "
            "tabeller 2018–2021, så som de är tryckta. Summor, avvikelser, prognoser, avgifter och "
            "eget kapital räknas om och granskas med knapparna.",
            (
                _to("Plan 2018-2020", "Verksamhetsplanens budget, med eget kapital år för år."),
                _to("Tertial 2 2019", "Budget, utfall, prognos och avvikelse."),
                _to("Medlemsavgifter", "Parternas nycklar och avgifter."),
                _to("Balanskravsresultat", "Årsredovisningens balanskrav."),
            ),
            FOOT,
        ),
        "Plan 2018-2020",
    ),
    "umearegionen-social-budget": Wired(
        social_budget.build,
        Story(
            "Social budget 2021",
            tables.ASSOCIATION,
            "Mål, indikatorer, vikter och utfall för förbundet och dess samordningsteam. Uppnått, "
            "poäng och Impactindex räknas ut, och rapporten till styrelsen görs, med knapparna.",
            (
                _to("Social budget", "Förbundets egna mål och indikatorer."),
                _to("Impactindex", "Index per målområde och enhet."),
                _to("Bjurholm", "Det första av samordningsteamens blad."),
            ),
            FOOT,
        ),
        "Social budget",
    ),
    "sodra-lappland-budget": Wired(
        lappland_budget.build,
        Story(
            "Budget 2024, plan 2025–2026",
            lappland_budget.ASSOCIATION,
            "Verksamhetsplanens budget, medlemsavgifter och målkarta, så som de är tryckta. "
            "Summor, avgifter och eget kapital räknas om och granskas med knapparna.",
            (
                _to("Budget 2024", "Budget och plan, med eget kapital."),
                _to("Medlemsavgifter", "Parternas nycklar och avgifter."),
                _to("Målkarta", "Målen och vad de mäts med."),
            ),
            FOOT,
        ),
        "Budget 2024",
    ),
}
