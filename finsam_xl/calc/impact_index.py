"""The Impactindex: whole weight or nothing, per goal area, platform and association.

index = 100 × achieved / maximum over the measured indicators; an indicator that
was not measured leaves both. Source: Samordningsförbundet Umeåregionen,
årsredovisning 2021, avsnitt 1.7.5 and bilaga 3.

>>> index([10, 8, 5], [True, False, None])
Fraction(500, 9)
>>> colour(Fraction(1293, 20), target=Fraction(70), near=Fraction(65))
<Colour.ORANGE: 'orange'>
>>> ranks([80, 62, 70, 62])
[1, 3, 2, 3]
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from fractions import Fraction

from finsam_xl.calc import target_rules
from finsam_xl.errors import InputError
from finsam_xl.model import AreaScore, Indicator, Judgement, UnitIndex
from finsam_xl.money import Exact, Terms, as_written, ratio, whole_steps


class Colour(StrEnum):
    """The mark of an index: green from the target, orange near it, red below."""

    GREEN = "grön"
    ORANGE = "orange"
    RED = "röd"


def index(weights: Sequence[Exact], reached: Sequence[bool | None]) -> Fraction | None:
    """The official index, unrounded; ``None`` when nothing was measured.

    ``weights`` and ``reached`` have the same length (``ValueError`` otherwise);
    ``None`` in ``reached`` is "not measured".
    """
    pairs = list(zip(weights, reached, strict=True))
    maximum = sum(w for w, r in pairs if r is not None)
    achieved = sum(w for w, r in pairs if r)
    return 100 * Fraction(achieved) / Fraction(maximum) if maximum else None


def on_scale(value: Exact, what: str = "Indexet") -> Exact:
    """An index as it was handed over; one that is no index, or a part of one, is refused."""
    printed(value.as_integer_ratio(), what)
    return value


def printed(index: Terms, what: str = "Indexet") -> int:
    """An index as it is printed, a whole number; one that is no index is refused."""
    top, bottom = index
    if bottom < top <= 100 * bottom or not top:
        return (2 * top + bottom) // (2 * bottom)
    value = ratio(top, bottom)
    meant = as_written(100 * value)
    raise InputError(
        f"{what} är {as_written(value)}, men ett index går från 0 till 100.",
        remedy=f"Menar du {meant}?" if 0 < value <= 1 else "Skriv ett tal 0–100.",
    )


def colour(value: Exact, *, target: Exact, near: Exact) -> Colour:
    """The colour of an index, judged on the whole number that is printed."""
    return colour_of_printed(whole_steps(value, 1), marks(target, near))


def marks(target: Exact, near: Exact) -> tuple[int, int]:
    """The lowest green and the lowest orange index, as they are printed."""
    return whole_steps(target, 1), whole_steps(near, 1)


def colour_of_printed(value: int, lowest: tuple[int, int]) -> Colour:
    """The same of whole numbers; ``lowest``: the lowest green and the lowest orange one."""
    if value >= lowest[0]:
        return Colour.GREEN
    return Colour.ORANGE if value >= lowest[1] else Colour.RED


def ranks(values: Sequence[Exact | None]) -> list[int | None]:
    """Places from the highest value on; ties share a place, ``None`` has none."""
    present = [value for value in values if value is not None]
    return [None if v is None else 1 + sum(other > v for other in present) for v in values]


def judge(indicator: Indicator) -> Judgement:
    """Hold an outcome against its target; without an outcome a typed judgement stands."""
    if indicator.outcome.is_given and indicator.rule is not None:
        answer = target_rules.reached(indicator.rule, indicator.outcome)
        return Judgement(indicator, answer, calculated=True)
    return Judgement(indicator, indicator.judged, calculated=False)


def unit_index(unit: str, is_association: bool, indicators: Iterable[Indicator]) -> UnitIndex:
    """The index of one unit from its indicators; areas keep the order they appear in."""
    judgements = tuple(judge(indicator) for indicator in indicators)
    names = dict.fromkeys(j.indicator.area for j in judgements)
    areas = tuple(
        _score(name, [j for j in judgements if j.indicator.area == name]) for name in names
    )
    return UnitIndex(unit, is_association, areas, _score("Totalt", judgements), judgements)


def _score(name: str, judgements: Sequence[Judgement]) -> AreaScore:
    counted = [j for j in judgements if j.reached is not None and j.weight]
    return AreaScore(
        name,
        goals=len({(j.indicator.area, j.indicator.goal) for j in judgements}),
        indicators=len(counted),
        maximum=sum(j.weight for j in counted),
        achieved=sum(j.points or 0 for j in counted),
    )


def costliest(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Missed indicators, the heaviest first; equal weights in the order of the budget."""
    missed = [j for j in judgements if j.reached is False and j.weight]
    return sorted(missed, key=lambda j: -j.weight)
