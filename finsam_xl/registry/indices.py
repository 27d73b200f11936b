"""The functions for the Impactindex: of all, of an area, graded, its points and its colour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from finsam_xl import policy
from finsam_xl.calc import graded_index, impact_index, weights
from finsam_xl.errors import InputError
from finsam_xl.labels import normalise, split_number
from finsam_xl.model import Outcome, TargetRule, Word, shortened
from finsam_xl.model_budget import Known
from finsam_xl.money import Exact, Terms, as_written
from finsam_xl.registry import targets
from finsam_xl.registry.cell_errors import CellError
from finsam_xl.registry.entries import (
    DATE,
    Argument,
    CellFunction,
    Example,
    Kind,
    Takes,
    Zero,
    left_out,
)
from finsam_xl.registry.one_cell import Percent
from finsam_xl.registry.ranges import Block

_WEIGHTS = Argument("vikter", Kind.AMOUNT, "Indikatorernas vikter.", takes=Takes.WHOLE)
_REACHED = Argument(
    "uppnått",
    Kind.TRUTH,
    "SANT, FALSKT, Ja eller Nej; tomt, Ej mätt och #SAKNAS! räknas inte med.",
    takes=Takes.WHOLE,
    zero=Zero.UNSURE,
)


def official_index(weights_: Block, reached: Block, day: date) -> Exact | CellError:
    """Rows that were not measured are left out."""
    _check_lengths(weights_, reached, "bedömningar")
    return _index(weights_.cells, reached.cells, weights_.cells, day)


def _index(
    own: Sequence[Exact | None],
    reached: Sequence[bool | None],
    everyone: Iterable[Exact | None],
    day: date,
) -> Exact | CellError:
    """The index of some rows; ``everyone``: the weights of all, whose scale it is."""
    pairs = [(w, r) for w, r in zip(own, reached, strict=True) if r is not None]
    _check_weights((weight for weight, _ in pairs), everyone, day)
    found = impact_index.index([w or 0 for w, _ in pairs], [r for _, r in pairs])
    return targets.NOT_MEASURED if found is None else found


def _check_weights(
    own: Iterable[Exact | None], everyone: Iterable[Exact | None], day: date
) -> None:
    """Refuse what no sheet counts: a missing weight, and one that is not on the scale."""
    rules = policy.on(day).impact_index
    scale = weights.scale_of(everyone, (rules.lowest_weight, rules.highest_weight))
    for weight in dict.fromkeys(own):
        if weight is None:
            raise InputError("En bedömd rad saknar vikt.", remedy=_remedy(scale))
        if not weights.is_on(weight, scale):
            raise InputError(f"En vikt är {as_written(weight)}.", remedy=_remedy(scale))


def _remedy(scale: weights.Scale) -> str:
    low, high = (as_written(end) for end in scale)
    return f"Skriv ett heltal från {low} till {high}."


def _check_lengths(weights_: Block, others: Block, what: str) -> None:
    if len(weights_.cells) != len(others.cells):
        raise InputError(
            f"{len(weights_.cells)} vikter står mot {len(others.cells)} {what}.",
            remedy="Markera lika många rader i båda områdena.",
        )


IMPACTINDEX = CellFunction(
    "FINSAM_IMPACTINDEX",
    "Det officiella indexet, oavrundat: 100 × uppnådda poäng / högsta möjliga.",
    (_WEIGHTS, _REACHED, DATE),
    official_index,
    Example(
        "=FINSAM_IMPACTINDEX(D2:D4; H2:H4)",
        ([[10], [8], [5]], [[True], [False], [None]]),
        500 / 9,
    ),
    skips_heading=True,
)


def area_index(
    weights_: Block, reached: Block, areas: Block, which: str | None, day: date
) -> Exact | CellError | None:
    """One area's rows; an area's name is carried down to the rows below it."""
    if which is None:
        return None
    _check_lengths(weights_, reached, "bedömningar")
    _check_lengths(weights_, areas, "områden")
    names = _carried_down(areas.cells)
    rows = [n for n, name in enumerate(names) if _is_area(name, which)]
    if not rows:
        known = ", ".join(dict.fromkeys(name for name in names if name))
        raise InputError(
            f"Området ”{shortened(which)}” finns inte.", remedy=f"Välj ett som finns: {known}."
        )
    own, answers = ([block.cells[n] for n in rows] for block in (weights_, reached))
    return _index(own, answers, weights_.cells, day)


def _carried_down(names: Sequence[str | None]) -> list[str]:
    found, last = [], ""
    for name in names:
        last = name or last
        found.append(last)
    return found


def _is_area(name: str, which: str) -> bool:
    """Whether an area is meant: by its name, with or without its number, or by the number."""
    number, rest = split_number(name)
    return normalise(which) in (normalise(name), rest, number) and bool(name)


OMRADESINDEX = CellFunction(
    "FINSAM_OMRADESINDEX",
    "Det officiella indexet av ett målområdes indikatorer, oavrundat.",
    (
        _WEIGHTS,
        _REACHED,
        Argument("område", Kind.NAME, "Indikatorernas områden.", takes=Takes.WHOLE),
        Argument("vilket", Kind.NAME, "Området: dess namn eller nummer."),
        DATE,
    ),
    area_index,
    Example(
        '=FINSAM_OMRADESINDEX(D2:D5; H2:H5; A2:A5; "Egenmakt")',
        (
            [[10], [8], [5], [4]],
            [[True], [False], [True], [True]],
            [["Egenmakt"], ["Egenmakt"], ["Hälsa"], ["Egenmakt"]],
            "Egenmakt",
        ),
        700 / 11,
    ),
    blank="Inget område är valt.",
    skips_heading=True,
)


def points(weight: Exact | None, reached: bool | None, day: date) -> Exact | None:
    """What a row adds to the index."""
    if reached is None:
        return None
    _check_weight(weight, day)
    return (weight or 0) if reached else 0


@lru_cache(maxsize=1024)
def _check_weight(weight: Exact | None, day: date) -> None:
    """As many rows have the same weight: it is looked up once."""
    _check_weights([weight], [weight], day)


POANG = CellFunction(
    "FINSAM_POANG",
    "Radens poäng: hela vikten när målet är nått, annars 0; tomt när det inte är mätt.",
    (
        Argument("vikt", Kind.AMOUNT, "Indikatorns vikt."),
        _REACHED._replace(takes=Takes.EACH),
        DATE,
    ),
    points,
    Example("=FINSAM_POANG(8; SANT)", (8, True), 8),
    blank="Målet är inte mätt.",
)


def graded(
    weights_: Block, outcomes: Block, limits: Block, rules: Block, day: date
) -> Exact | CellError:
    """One rule and limit for all, or one for each row."""
    _check_lengths(weights_, outcomes, "utfall")
    rows = len(weights_.cells)
    every_limit, every_rule = (
        list(block.cells) * rows if block.single else block.cells for block in (limits, rules)
    )
    if not len(every_limit) == len(every_rule) == rows:
        raise InputError(
            "Gränser och regler är fler än utfallen.", remedy="Markera lika många rader av alla."
        )
    stated = [
        None if outcome is None else targets.target(rule, limit)
        for outcome, limit, rule in zip(outcomes.cells, every_limit, every_rule, strict=True)
    ]
    targets.check_scales(stated, outcomes.cells, every_limit)
    degrees = [
        None if rule is None else _degree(rule, outcome, limit)
        for rule, outcome, limit in zip(stated, outcomes.cells, every_limit, strict=True)
    ]
    measured = [w for w, d in zip(weights_.cells, degrees, strict=True) if d is not None]
    _check_weights(measured, weights_.cells, day)
    found = graded_index.graded_of([w or 0 for w in weights_.cells], degrees)
    return targets.NOT_MEASURED if found is None else found


def _degree(
    rule: TargetRule, outcome: Terms | Percent | Word, limit: float | str | None
) -> Terms | None:
    if isinstance(outcome, str):
        return graded_index.degree_terms(rule, Outcome(word=outcome))
    return graded_index.terms_of(rule, targets.value_of(rule.kind, outcome, limit))


GRADERAT_INDEX = CellFunction(
    "FINSAM_GRADERAT_INDEX",
    "Det graderade indexet: varje vikt efter hur långt mot sin gräns utfallet nådde.",
    (
        _WEIGHTS,
        Argument(
            "utfall",
            Kind.MEASURED,
            "Andel, antal eller medelvärde i gränsens enhet; vid jämn könsfördelning "
            "kvinnornas andel.",
            takes=Takes.WHOLE,
            in_terms=True,
        ),
        targets.LIMIT._replace(takes=Takes.WHOLE),
        targets.RULE._replace(takes=Takes.WHOLE),
        DATE,
    ),
    graded,
    Example(
        '=FINSAM_GRADERAT_INDEX(D2:D4; F2:F4; "80 %"; "Andel minst")',
        ([[10], [6], [4]], [["77 %"], ["80 %"], ["Ej mätt"]], "80 %", "Andel minst"),
        3125 / 32,
    ),
    skips_heading=True,
)


def colour_of(index: Terms | None, goal: Known | None, near: Known | None, day: date) -> str | None:
    """By the goal and what is near it that are given, else by those of the rules."""
    if index is None:
        return None
    lowest = _marks(goal, near, day)
    return str(impact_index.colour_of_printed(impact_index.printed(index), lowest))


@lru_cache(maxsize=1024)
def _marks(goal: Known | None, near: Known | None, day: date) -> tuple[int, int]:
    """The lowest green and the lowest orange index."""
    rules = policy.on(day).impact_index
    target = rules.target if goal is None else impact_index.on_scale(goal, "Målet")
    close = rules.near if near is None else impact_index.on_scale(near, "Nära")
    if near is not None and close > target:
        raise InputError(
            f"Nära målet är {as_written(close)}, som är över målet.",
            remedy=f"Skriv högst {as_written(target)}.",
        )
    return impact_index.marks(target, close)


FARG = CellFunction(
    "FINSAM_FARG",
    "”grön”, ”orange” eller ”röd” efter det avrundade indexet.",
    (
        Argument("index", Kind.AMOUNT, "Indexet, 0–100.", unit="index", in_terms=True),
        left_out("mål", Kind.AMOUNT, "Lägsta gröna index.", "regelns målindex", unit="index"),
        left_out(
            "nära",
            Kind.AMOUNT,
            "Lägsta orange index.",
            "regelns gräns för nära målet",
            unit="index",
        ),
        DATE,
    ),
    colour_of,
    Example("=FINSAM_FARG(64)", (64,), "röd"),
)

INDICES = (IMPACTINDEX, OMRADESINDEX, POANG, GRADERAT_INDEX, FARG)
"""In the order of a social budget's columns."""
