"""The functions for women and men, for how sure a share is, and for answers on a scale."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import lru_cache

from finsam_xl import policy
from finsam_xl.calc import gender, strategic_goals, target_rules, wilson
from finsam_xl.calc.shares import terms
from finsam_xl.errors import InputError
from finsam_xl.model import Count, TargetRule
from finsam_xl.money import Exact, Terms
from finsam_xl.registry.cell_errors import CellError
from finsam_xl.registry.entries import (
    DATE,
    Argument,
    CellFunction,
    Example,
    Kind,
    Takes,
    left_out,
)
from finsam_xl.registry.ranges import Block
from finsam_xl.registry.targets import NOT_MEASURED


def balanced(
    women: Terms | None, men: Terms | None, limit: Fraction | None, day: date
) -> bool | CellError | None:
    """Whether no sex is below the limit that is given, else that of the rules."""
    if women is None or men is None:
        return None
    rule, terms = _balance(limit, day), target_rules.women_terms(women, men)
    answer = None if terms is None else target_rules.reached_by(rule, terms)
    return NOT_MEASURED if answer is None else answer


@lru_cache
def _balance(limit: Fraction | None, day: date) -> TargetRule:
    percent = policy.on(day).impact_index.balance if limit is None else 100 * limit
    return gender.balance(percent)


JAMN = CellFunction(
    "FINSAM_JAMN",
    "SANT om inget kön är under gränsen.",
    (
        Argument("kvinnor", Kind.COUNT, "Antal kvinnor.", in_terms=True),
        Argument("män", Kind.COUNT, "Antal män.", in_terms=True),
        left_out(
            "gräns",
            Kind.SHARE,
            "Minsta andel för det kön som är minst: 40, 0,4 eller 40 %.",
            "regelns gräns",
        ),
        DATE,
    ),
    balanced,
    Example("=FINSAM_JAMN(4; 6)", (4, 6), True),
)


def gap(
    women: Exact | None, women_base: Exact | None, men: Exact | None, men_base: Exact | None
) -> Exact | Terms | CellError | None:
    """Between two shares, each of its own sex."""
    if women is None or women_base is None or men is None or men_base is None:
        return None
    found = gender.gap_terms(women, women_base, men, men_base)
    return NOT_MEASURED if found is None else found


KONSGAP = CellFunction(
    "FINSAM_KONSGAP",
    "Skillnaden mellan kvinnors och mäns andelar, i procentenheter, aldrig negativ.",
    (
        Argument("kvinnor", Kind.COUNT, "Antal kvinnor."),
        Argument("av_kvinnor", Kind.COUNT, "Av hur många kvinnor."),
        Argument("män", Kind.COUNT, "Antal män."),
        Argument("av_män", Kind.COUNT, "Av hur många män."),
    ),
    gap,
    Example("=FINSAM_KONSGAP(24; 26; 13; 16)", (24, 26, 13, 16), 100 * (24 / 26 - 13 / 16)),
)


def interval(
    number: Exact | None, base: Exact | None, confidence: Exact | None, day: date
) -> tuple[float | None, float | None] | CellError:
    """Low and high, as sure as is given, else as the rules say."""
    if number is None or base is None:
        return None, None
    if not base and not number:
        return NOT_MEASURED
    return wilson.limits(number, base, _usual_confidence(day) if confidence is None else confidence)


@lru_cache
def _usual_confidence(day: date) -> Exact:
    return policy.intervals(day).confidence / 100


INTERVALL = CellFunction(
    "FINSAM_INTERVALL",
    "Wilsonintervallet kring en andel: lägsta och högsta andel, av ett.",
    (
        Argument("antal", Kind.COUNT, "Hur många."),
        Argument("av", Kind.COUNT, "Av hur många."),
        left_out(
            "säkerhet",
            Kind.SHARE,
            "Hur säkert intervallet ska vara: 0,95 eller 95 %.",
            "regelns säkerhet",
        ),
        DATE,
    ),
    interval,
    Example("=FINSAM_INTERVALL(247; 319)", (247, 319), ((0.725312888, 0.816748843),)),
    pair=True,
)

_ANSWERS = Argument(
    "antal",
    Kind.COUNT,
    "Hur många som valde varje svar, det lägsta först; flera frågor på var sin rad.",
    takes=Takes.WHOLE,
)


def top_answers(answers: Block, top: Exact | None, day: date) -> object:
    """The share of those who answered that gave one of the highest answers."""
    highest = policy.strategic_goals(day).top_answers if top is None else top
    if highest != int(highest):
        raise InputError("Antalet toppsvar är inget heltal.", remedy="Skriv till exempel 3.")
    return _of_each_question(
        answers, lambda counts: strategic_goals.answers_at_top(counts, int(highest))
    )


TOPPSVAR = CellFunction(
    "FINSAM_TOPPSVAR",
    "Andelen, av ett, som gav något av skalans högsta svar.",
    (
        _ANSWERS,
        left_out(
            "antal_toppsvar",
            Kind.COUNT,
            "Hur många av de högsta svaren som räknas.",
            "regelns antal",
            takes=Takes.ONE,
        ),
        DATE._replace(takes=Takes.ONE),
    ),
    top_answers,
    Example("=FINSAM_TOPPSVAR(B2:F2)", ([[1, 2, 10, 20, 7]],), 37 / 40),
    blank="Antalet för något svar är tomt; skriv 0 där ingen svarat.",
)


def mean_of_scale(answers: Block) -> object:
    """The lowest step is 1."""
    return _of_each_question(answers, strategic_goals.points_given)


def _of_each_question(answers: Block, count: Callable[[list[Exact]], Count]) -> object:
    """One answer for a line of counts, one for each row of a block."""
    if answers.is_line:
        return _of_question(answers.cells, count)
    return [[_of_question(row, count)] for row in answers.shaped(answers.cells)]


def _of_question(
    counts: object, count: Callable[[list[Exact]], Count]
) -> Exact | Terms | CellError | None:
    known = list(counts)  # type: ignore[call-overload]
    if None in known:
        return None
    found = count(known)
    if not found.base:
        return NOT_MEASURED
    part, whole = found.number.as_integer_ratio(), found.base.as_integer_ratio()
    return terms(part, whole)


SKALMEDEL = CellFunction(
    "FINSAM_SKALMEDEL",
    "Medelvärdet på en skala, av hur många som valde varje steg; lägsta steget är 1.",
    (_ANSWERS,),
    mean_of_scale,
    Example("=FINSAM_SKALMEDEL(B2:E2)", ([[0, 3, 6, 2]],), 32 / 11),
    blank="Antalet för något svar är tomt; skriv 0 där ingen svarat.",
)

ANSWERS = (JAMN, KONSGAP, INTERVALL, TOPPSVAR, SKALMEDEL)
"""In the order people look for them."""
