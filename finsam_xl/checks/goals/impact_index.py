"""What looks wrong in a social budget's weights, outcomes and judgements.

Source: Samordningsförbundet Umeåregionen, årsredovisning 2021, avsnitt 1.7.5
(weights 1–10, area weights within ± 5 points of the ideal).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from finsam_xl.calc import impact_index as calc
from finsam_xl.calc.weights import Scale, is_on
from finsam_xl.findings import tell
from finsam_xl.labels import split_number
from finsam_xl.model import AreaScore, Finding, Indicator, Judgement, Ref, UnitIndex, Word
from finsam_xl.money import as_written, exact, round_half_away, swedish, trimmed
from finsam_xl.policy import ImpactIndexRules


def weights(indicators: Iterable[Indicator], scale: Scale) -> Iterator[Finding]:
    """An error per weight outside the scale, its lowest and highest weight."""
    low, high = scale
    for indicator in indicators:
        weight = indicator.weight
        if weight is None or is_on(weight, scale):
            continue
        yield tell(
            "vikt-utanfor",
            indicator.places["weight"],
            "scale",
            indicator=indicator.number,
            low=swedish(low),
            high=swedish(high),
            stated=weight,
        )


def outcomes(judgements: Iterable[Judgement]) -> Iterator[Finding]:
    """Outcomes that cannot be judged, and typed judgements that the counts contradict."""
    for judgement in judgements:
        indicator = judgement.indicator
        if judgement.calculated and judgement.reached is None:
            if not is_known_gap(indicator):
                place = indicator.places.get("total_number", indicator.places["number"])
                yield tell("utfall-ofullstandigt", place, indicator=indicator.number)
        elif judgement.calculated and indicator.judged not in (None, judgement.reached):
            yield tell(
                "uppnatt-avviker",
                indicator.places["judged"],
                "outcome",
                indicator=indicator.number,
                stated=_yes(indicator.judged),
                calculated=_yes(judgement.reached),
            )


def typed_judgements(unit: UnitIndex) -> Iterator[Finding]:
    """One note per unit about judgements that rest on no outcome in the workbook."""
    typed = [j for j in unit.judgements if not j.calculated and j.reached is not None]
    if typed:
        yield tell(
            "bedomt-utan-utfall",
            typed[0].indicator.places["judged"],
            "one" if len(typed) == 1 else "several",
            unit=unit.unit,
            stated=len(typed),
        )


def area_weights(
    unit: UnitIndex,
    ideals: Mapping[str, Fraction],
    rules: ImpactIndexRules,
    places: Sequence[Ref],
) -> Iterator[Finding]:
    """Goal areas whose part of all points is too far from the ideal that the workbook states.

    ``ideals``: per cent by the area's name without its number, or by number. ``places``: a cell per
    area to name. Outside by the exact share but inside by
    the printed whole per cent is only *info*.
    """
    for area, place in zip(unit.areas, places, strict=True):
        share, ideal = unit.share(area), ideal_of(area.name, ideals)
        if share is None or ideal is None or abs(share - ideal) <= rules.weight_tolerance:
            continue
        printed = abs(exact(round_half_away(share)) - ideal) <= rules.weight_tolerance
        yield tell(
            "viktning-utanfor",
            place,
            "text",
            "rounded" if printed else "mend",
            severity="info" if printed else "warning",
            unit=unit.unit,
            area=area.name,
            share=trimmed(exact(round_half_away(share, 1)), "%"),
            ideal=f"{as_written(ideal)}\u00a0%",
            slack=as_written(rules.weight_tolerance),
            stated=float(ideal),
            calculated=float(round_half_away(share, 1)),
        )


def ideal_of(area: str, ideals: Mapping[str, Fraction]) -> Fraction | None:
    """What an area should weigh, by its name or, where only numbers are stated, by its number."""
    number, name = split_number(area)
    return ideals.get(name, ideals.get(number))


def standing(area: AreaScore, rules: ImpactIndexRules) -> calc.Colour | None:
    """The colour of an area's or unit's index; ``None`` when nothing was measured."""
    index = area.impact_index
    if index is None:
        return None
    return calc.colour(index, target=rules.target, near=rules.near)


def is_known_gap(indicator: Indicator) -> bool:
    """Whether an indicator is known not to have been measured: it says so, or nobody answered."""
    outcome = indicator.outcome
    no_answers = outcome.total is not None and outcome.total.base == 0
    return outcome.word is Word.NOT_MEASURED or no_answers


def _yes(value: bool | None) -> str:
    return "Ja" if value else "Nej"
