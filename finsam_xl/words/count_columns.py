"""What columns of tables of counts, shares and stated figures hold, and what the tables are of.

>>> [says(text, CountColumn.ACCEPTED) for text in ("Andel som fått ja 2021", "Fått ja, antal")]
[1, 0.5]
>>> is_titled("Svarsfrekvens i enkäterna 2021", CountTitle.RESPONSES)
True
"""

from __future__ import annotations

from enum import StrEnum, unique
from functools import lru_cache

from finsam_xl.labels import normalise, without_year
from finsam_xl.words.axis import Axis

WHOLE, PART = 1, 0.5
"""How surely a heading tells: as a whole, or by a word in it."""
_LONGEST = 60
_MOST_KEPT = 8192


@unique
class CountColumn(StrEnum):
    """What a column holds."""

    UNIT = "unit"
    WHAT = "what"
    VALUE = "value"
    WHEN = "when"
    WHERE = "where"
    ABOUT = "about"
    PARTY = "party"
    REFERRED = "referred"
    ACCEPTED = "accepted"
    PARTICIPANTS = "participants"
    MANAGERS = "managers"
    STAFF = "staff"
    BOARD = "board"
    AREA = "area"
    CLASS = "class"
    AMOUNT = "amount"
    SHARE = "share"
    LINE = "line"
    MUNICIPALITY = "municipality"
    EQUIVALENTS = "equivalents"
    POPULATION = "population"
    CHANGE = "change"
    STATED = "stated"
    OUTCOME = "outcome"
    COUNTED = "counted"
    PEOPLE = "people"
    GOAL = "goal"
    NUMBER = "number"
    INDICATOR = "indicator"
    AUDIENCE = "audience"
    QUESTIONS = "questions"
    RULE = "rule"
    LIMIT = "limit"
    ORDER = "order"
    RESPONSIBLE = "responsible"
    JUDGEMENT = "judgement"
    GRADE = "grade"
    STEP = "step"
    REMARK = "remark"
    INDICATORS = "indicators"


@unique
class CountTitle(StrEnum):
    """What a table is of."""

    TEXT_FIGURES = "text_figures"
    PLATFORMS = "platforms"
    REFERRALS = "referrals"
    RESPONSES = "responses"
    WEIGHTS = "weights"
    IMPACT_INDEX = "impact_index"
    COST_SPLIT = "cost_split"
    PARTICIPANTS = "participants"
    EQUIVALENTS = "equivalents"


_COLUMNS = Axis("count_column", CountColumn)
_TITLES = Axis("count_title", CountTitle)


@lru_cache(maxsize=_MOST_KEPT)
def says(heading: str, column: CountColumn) -> float:
    """How surely a heading says what its column holds, whatever year it names."""
    if not heading or len(heading) > _LONGEST:
        return 0
    words = without_year(normalise(heading))
    if _COLUMNS.says(words, column):
        return WHOLE
    return PART if _COLUMNS.says(words, column, least=PART) else 0


def is_titled(text: str, title: CountTitle) -> bool:
    """Whether a title says that a table is of something."""
    return _TITLES.says(text, title)
