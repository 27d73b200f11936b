"""Strategic goals: what the named indicators say, and the grade they propose.

An indicator is a question to participants, managers or staff: enough of them should give
one of the top answers of the scale, or their mean should be high enough. The board judges
each goal on a scale of five; the plan does not say how indicators become a grade. The
proposed grade is the product's choice and only stands beside the board's: none reached is
the lowest, all reached the highest, and between them the share that was reached decides.
Source: Samordningsförbundet Umeåregionen, plan och budget 2020–2022, bilaga 2. Its fourth
grade is not printed; the name is from the same scale in the social budget, mål 3.2.

>>> from datetime import date
>>> from finsam_xl import policy
>>> rules = policy.strategic_goals(date(2020, 12, 31))
>>> top_reached([1, 2, 10, 20, 7], rules)
True
>>> mean_reached([0, 3, 6, 2], rules)
False
>>> proposed = propose({"1.4": True, "1.5": True, "1.6": False, "1.7": None}, rules)
>>> str(proposed.grade), proposed.missed
('Till stor del', ('1.6',))
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import count
from operator import mul

from finsam_xl.calc import target_rules
from finsam_xl.errors import InputError
from finsam_xl.model import Count, Outcome, RuleKind, TargetRule
from finsam_xl.money import Exact, known
from finsam_xl.policy import StrategicGoalRules
from finsam_xl.records import NamedTuple

_SHORTEST = 2


class Grade(StrEnum):
    """How far a goal is fulfilled, from the lowest to the highest of five."""

    NOT_AT_ALL = "Inte alls"
    SMALL = "Till liten del"
    LARGE = "Till stor del"
    VERY_LARGE = "Till mycket stor del"
    WHOLLY = "Helt och hållet"


class Proposal(NamedTuple):
    """A proposed grade, ``None`` when nothing was measured, and the indicators behind it."""

    grade: Grade | None
    reached: tuple[str, ...]
    missed: tuple[str, ...]
    not_measured: tuple[str, ...]


def top_answers(answers: Sequence[int], rules: StrategicGoalRules) -> Count:
    """How many gave one of the top answers, of all who answered.

    ``answers``: how many chose each alternative, the lowest alternative first.
    """
    return answers_at_top(answers, int(rules.top_answers))


def answers_at_top(answers: Sequence[Exact], top: int) -> Count:
    """How many gave one of the ``top`` highest answers, of all who answered.

    >>> answers_at_top([1, 2, 10, 20, 7], 3).percent
    Fraction(185, 2)
    """
    _check(answers)
    if not 1 <= top < len(answers):
        raise InputError(
            f"Skalan har {len(answers)} svarsalternativ, och de {top} övre ska räknas.",
            remedy="Skriv antalet svar för varje alternativ på skalan, 0 där ingen svarat.",
        )
    return Count(known(sum(answers[-top:])), known(sum(answers)))


def scale_answers(answers: Sequence[int], rules: StrategicGoalRules) -> Count:
    """All points given on the scale, 1 for its lowest step, over how many who answered.

    ``answers``: how many chose each step, the lowest first, one for every step.
    """
    if len(answers) != rules.mean_scale:
        raise InputError(
            f"Skalan har {len(answers)} svarsalternativ, inte {rules.mean_scale}.",
            remedy="Skriv antalet svar för varje steg på skalan, 0 där ingen svarat.",
        )
    return points_given(answers)


def points_given(answers: Sequence[Exact]) -> Count:
    """All points given on a scale of any length, 1 for its lowest step, over how many answered.

    >>> points_given([0, 3, 6, 2])
    Count(number=32, base=11, is_share=False)
    """
    _check(answers)
    if len(answers) < _SHORTEST:
        raise InputError(
            "En skala har minst två steg.",
            remedy="Skriv antalet svar för varje steg på skalan, 0 där ingen svarat.",
        )
    points = sum(map(mul, answers, count(1)))
    return Count(known(points), known(sum(answers)))


def top_reached(answers: Sequence[int], rules: StrategicGoalRules) -> bool | None:
    """Whether enough gave one of the top answers; ``None`` when nobody answered."""
    rule = TargetRule(RuleKind.SHARE_AT_LEAST, rules.top_answers_share)
    return target_rules.reached(rule, Outcome(top_answers(answers, rules)))


def mean_reached(answers: Sequence[int], rules: StrategicGoalRules) -> bool | None:
    """Whether the mean of the scale is high enough; ``None`` when nobody answered."""
    total = scale_answers(answers, rules)
    rule = TargetRule(RuleKind.MEAN_AT_LEAST, rules.lowest_mean)
    return target_rules.reached(rule, Outcome(total)) if total.base else None


def propose(indicators: Mapping[str, bool | None], rules: StrategicGoalRules) -> Proposal:
    """The grade that named indicators propose; ``None`` is not measured and does not count."""
    reached, missed, unknown = (
        tuple(name for name, answer in indicators.items() if answer is kind)
        for kind in (True, False, None)
    )
    grade = _grade(len(reached), len(reached) + len(missed), rules)
    return Proposal(grade, reached, missed, unknown)


def _grade(reached: int, measured: int, rules: StrategicGoalRules) -> Grade | None:
    if not measured:
        return None
    if not reached:
        return Grade.NOT_AT_ALL
    percent = Fraction(100 * reached, measured)
    passed = sum(percent >= lowest for lowest in rules.grade_shares)
    return list(Grade)[1 + passed]


def _check(answers: Sequence[Exact]) -> None:
    if answers and min(answers) < 0:
        raise InputError(
            "Ett antal svar är negativt.", remedy="Skriv antalet svar per alternativ, från 0."
        )
