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

from finsam_xl.words.axis import NOTHING, Axis
from finsam_xl.words.votes import Votes

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
    EXPECTED = "expected"
    FORESEEN = "foreseen"
    REMAINING = "remaining"
    CHANGE = "change"
    SHARE = "share"
    KEY = "key"
    SUPPLEMENT = "supplement"
    RATE = "rate"
    CODE = "code"
    NEUTRAL = "neutral"
    MINUS = "minus"
    OF = "of"
    AGAINST = "against"
    REPORTED = "reported"


@unique
class Hedge(StrEnum):
    """How sure a figure is said to be."""

    ABOUT = "about"


STATED = (Scenario.OUTCOME, Scenario.FORECAST, Scenario.BUDGET, Scenario.PLAN)
"""Those that people state amounts of."""
_SCENARIOS = Axis("scenario", Scenario)
_NO_VOTES = {
    Scenario.BESIDE, Scenario.HINT, Scenario.EXPECTED, Scenario.FORESEEN, Scenario.TO_DATE
}  # fmt: skip
HEADINGS = Votes("scenario", frozenset({*Scenario, NOTHING}) - _NO_VOTES)
"""What each part of a heading says of its figures."""
ENDS = Votes("scenario", frozenset({Scenario.TO_DATE}))
"""Where a heading says that its figures are those so far."""
_HEDGES = Axis("hedge", Hedge)


def named(word: str) -> Scenario | None:
    """What a word alone says: a scenario, or that it may stand beside one."""
    return _SCENARIOS.whole.get(word)


def says(heading: str, *scenarios: Scenario) -> bool:
    """Whether a heading says one of some scenarios, whatever else it says."""
    return _SCENARIOS.says(heading, *scenarios)


def may_be_heading(text: str) -> bool:
    """Whether a text has a word that headings of amounts have."""
    hints = (Scenario.HINT, Scenario.EXPECTED, Scenario.FORESEEN)
    return _SCENARIOS.says(text, *hints, least=SPOKEN) or says(text, Scenario.PERCENT, *STATED)


def spoken(sentence: str) -> Scenario | None:
    """Whether a sentence speaks of what was budgeted, or else of a forecast."""
    if _SCENARIOS.says(sentence, Scenario.EXPECTED, least=SPOKEN):
        return Scenario.BUDGET
    if _SCENARIOS.says(sentence, Scenario.FORESEEN, least=SPOKEN):
        return Scenario.FORECAST
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


def says_per_cent(heading: str) -> bool:
    """Whether a heading says that its figures are per cent."""
    return "%" in heading or says(heading, Scenario.PERCENT)


def says_share(heading: str) -> bool:
    """Whether a heading says that its figures are parts of a whole, in per cent or not."""
    return says_per_cent(heading) or _SCENARIOS.says(heading, Scenario.SHARE, least=SPOKEN)


@unique
class Ratio(StrEnum):
    """What per cent are a part of."""

    USED = "used"


_RATIOS = Axis("ratio", Ratio)


def says_used(heading: str) -> bool:
    """Whether a heading of per cent says that they are the part of a budget that is used."""
    return _RATIOS.says(heading, Ratio.USED) or {Scenario.OUTCOME, Scenario.BUDGET} <= {
        one for one in STATED if _SCENARIOS.says(heading, one, least=SPOKEN)
    }


def says_change(heading: str) -> bool:
    """Whether a heading speaks of a change and not of a comparison with a budget."""
    return _SCENARIOS.says(heading, Scenario.CHANGE, least=SPOKEN)
