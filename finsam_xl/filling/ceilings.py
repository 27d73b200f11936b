"""The blank results of a table of the recommended ceiling of equity, by the dated rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from finsam_xl.address import a1
from finsam_xl.calc.equity import ceiling
from finsam_xl.filling.cells import Cells
from finsam_xl.filling.doubts import Doubt, Verdict
from finsam_xl.findings import tell
from finsam_xl.findings.reasons import Reason
from finsam_xl.model import Finding
from finsam_xl.model_budget import decimals
from finsam_xl.money import round_half_away, trimmed
from finsam_xl.policy import EquityRules
from finsam_xl.reading.ceilings import Ceiling
from finsam_xl.words.ceiling import Step
from finsam_xl.words.units import Unit, converted

Years = Sequence[tuple[Ceiling, EquityRules | None]]
"""The years of a sheet, each with its rule; ``None`` where none is known."""
_RESULTS = (Step.LOWER, Step.UPPER, Step.CEILING, Step.ROOM, Step.BESIDE)


def fill(cells: Cells, years: Years) -> Iterator[Finding]:
    """Fill some years of a sheet, and tell of ceilings that are printed and wrong."""
    is_room = _way_beside(cells, years)
    for one, rules in years:
        for step, found in _results(cells, one, rules, is_room=is_room):
            place = one.cells[step]
            if not cells.is_open(place):
                yield from _stated(cells, one, step, found)
                continue
            like = [one.cells[Step.FEES]]
            beside = [other.cells[step] for other, _ in years if step in other.cells]
            cells.take(place, "sum", _what(one, step), found, like=like, beside=[beside])


def _what(one: Ceiling, step: Step) -> str:
    return " ".join(filter(None, (one.labels[step], str(one.year or ""))))


def _stated(cells: Cells, one: Ceiling, step: Step, found: Verdict) -> Iterator[Finding]:
    """A warning where the ceiling that is printed is not what the fees give."""
    stated = _value(cells, one, step)
    if step is not Step.CEILING or stated is None or found.amount is None:
        return
    if round_half_away(found.amount, decimals(stated)) != round_half_away(stated, decimals(stated)):
        yield tell(
            "tak-avviker",
            cells.ref(one.cells[step]),
            what=_what(one, step),
            amount=trimmed(stated, one.unit),
            fees=trimmed(_value(cells, one, Step.FEES) or Fraction(0)),
            place=a1(*one.cells[Step.FEES]),
            stated=stated,
            calculated=found.amount,
        )


def _results(
    cells: Cells, one: Ceiling, rules: EquityRules | None, *, is_room: bool | None
) -> Iterator[tuple[Step, Verdict]]:
    fees = _value(cells, one, Step.FEES)
    if fees is None:
        return
    doubt = _rule_doubt(cells, one, rules)
    lower = upper = limit = None
    if rules is not None and doubt is None:
        below = min(fees, _in_unit(rules.step, one))
        allowed = ceiling(converted(fees, one.unit, Unit.TKR), rules)
        limit = None if allowed is None else _in_unit(allowed, one)
        lower = rules.lower_share * below / 100
        upper = None if limit is None else limit - lower
    given = {Step.LOWER: lower, Step.UPPER: upper, Step.CEILING: limit}
    for step in _RESULTS:
        if step in given and step in one.cells:
            missing = Doubt(Reason.RULE_MISSING) if given[step] is None else None
            yield step, Verdict(given[step], doubt or missing)
        elif step in one.cells:
            stated = _value(cells, one, Step.CEILING)
            yield step, _beside(cells, one, stated if stated is not None else limit, step, is_room)


def _beside(
    cells: Cells, one: Ceiling, limit: Fraction | None, step: Step, is_room: bool | None
) -> Verdict:
    """What is left up to the ceiling, or what is above it where the sheet counts so."""
    equity = _value(cells, one, Step.EQUITY)
    if limit is None or equity is None:
        return Verdict()
    if step is Step.ROOM:
        return Verdict(limit - equity)
    if is_room is None:
        return Verdict(doubt=Doubt(Reason.SENSE_UNSURE))
    return Verdict(limit - equity if is_room else equity - limit)


def _way_beside(cells: Cells, years: Years) -> bool | None:
    """Whether the filled differences are room that is left; ``None`` where they do not tell."""
    ways = set()
    for one, _ in years:
        stated, limit, equity = (
            _value(cells, one, step) for step in (Step.BESIDE, Step.CEILING, Step.EQUITY)
        )
        if stated and limit is not None and equity is not None:
            gap = limit - equity
            ways.add(True if stated == gap else False if stated == -gap else None)
    return next(iter(ways)) if len(ways) == 1 else None


def _rule_doubt(cells: Cells, one: Ceiling, rules: EquityRules | None) -> Doubt | None:
    """Why the rule is not used: none is known, or the sheet says another."""
    if rules is None:
        return Doubt(Reason.RULE_MISSING)
    ours: Mapping[Step, Fraction] = {
        Step.STEP: _in_unit(rules.step, one),
        Step.LOWER_SHARE: rules.lower_share,
        Step.UPPER_SHARE: rules.upper_share,
    }
    for step, wanted in ours.items():
        stated = _value(cells, one, step)
        if stated is not None and stated not in (wanted, wanted / 100):
            return Doubt(Reason.OTHER_RULE, a1(*one.cells[step]))
    return None


def _value(cells: Cells, one: Ceiling, step: Step) -> Fraction | None:
    place = one.cells.get(step)
    return None if place is None else cells.value(place)


def _in_unit(amount_tkr: Fraction, one: Ceiling) -> Fraction:
    return converted(amount_tkr, Unit.TKR, one.unit)
