"""What a column or a sentence is of: budget, plan, outcome, forecast, or a comparison of them.

>>> named("helårsprognos"), spoken("Beräknat resultat"), spoken("Resultat") is None
(<Scenario.FORECAST: 'forecast'>, <Scenario.BUDGET: 'budget'>, True)
>>> is_about("Cirka 40 deltagare"), without_about("ca 40 deltagare")
(True, '40 deltagare')
"""

from __future__ import annotations

import re
from enum import StrEnum, unique
from functools import cache

from finsam_xl.words.axis import Axis

SPOKEN = 0.5
"""How surely a word must tell in a sentence."""


@unique
class Scenario(StrEnum):
    """What headings of amounts say, besides their period."""

    DEVIATION = "deviation"
    PERCENT = "percent"
    USED = "used"
    TO_DATE = "to_date"
    OUTCOME = "outcome"
    FORECAST = "forecast"
    BUDGET = "budget"
    PLAN = "plan"
    BESIDE = "beside"
    HINT = "hint"


@unique
class Hedge(StrEnum):
    """How sure a figure is said to be."""

    ABOUT = "about"


STATED = (Scenario.OUTCOME, Scenario.FORECAST, Scenario.BUDGET, Scenario.PLAN)
"""Those that people state amounts of."""
_SCENARIOS = Axis("scenario", Scenario)
_HEDGES = Axis("hedge", Hedge)


def named(word: str) -> Scenario | None:
    """What a word alone says: a scenario, or that it may stand beside one."""
    return _SCENARIOS.whole.get(word)


def says(heading: str, *scenarios: Scenario) -> bool:
    """Whether a heading says one of some scenarios, whatever else it says."""
    return _SCENARIOS.says(heading, *scenarios)


def may_be_heading(text: str) -> bool:
    """Whether a text has a word that headings of amounts have."""
    return _SCENARIOS.says(text, Scenario.HINT, *STATED, least=SPOKEN) or says(
        text, Scenario.PERCENT
    )


def spoken(sentence: str) -> Scenario | None:
    """Whether a sentence speaks of what was budgeted, or else of a forecast."""
    for scenario in (Scenario.BUDGET, Scenario.FORECAST):
        if _SCENARIOS.says(sentence, scenario, least=SPOKEN):
            return scenario
    return None


def is_about(label: str) -> bool:
    """Whether a label says that its figure is only about right."""
    return _HEDGES.says(label, Hedge.ABOUT)


def without_about(label: str) -> str:
    """A label as written, without the words that say so."""
    return _about().sub("", label).strip(" ,")


@cache
def _about() -> re.Pattern[str]:
    return re.compile(_HEDGES.pattern(Hedge.ABOUT).pattern, re.IGNORECASE)
