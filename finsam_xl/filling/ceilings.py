"""The blank results of a table of the recommended ceiling of equity, by the dated rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from finsam_xl.address import a1
from finsam_xl.calc.equity import ceiling
from finsam_xl.filling import doubts
from finsam_xl.filling.doubts import Doubt, LeftBlank
from finsam_xl.filling.places import is_hidden
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import decimals
from finsam_xl.money import round_half_away, swedish
from finsam_xl.plan import CellEdit
from finsam_xl.policy import EquityRules
from finsam_xl.reading.ceilings import Ceiling
from finsam_xl.reading.figures import figure
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.words.ceiling import Step
from finsam_xl.words.units import Unit, converted

_RESULTS = (Step.LOWER, Step.UPPER, Step.CEILING, Step.ROOM, Step.BESIDE)


class Filled(NamedTuple):
    """What one table gets, and what it does not."""

    edits: tuple[CellEdit, ...]
    left: tuple[LeftBlank, ...]
    wrong: tuple[Finding, ...] = ()


class _Found(NamedTuple):
    """What a step comes to, or why that is not known."""

    amount: Fraction | None = None
    doubt: Doubt | None = None


def fill(sheet: SheetGrid, years: Sequence[tuple[Ceiling, EquityRules | None]]) -> Filled:
    """The results of some years of a sheet; ``None``: no rule is known for the year."""
    edits: list[CellEdit] = []
    left: list[LeftBlank] = []
    wrong: list[Finding] = []
    is_room = _way_beside(sheet, years)
    for one, rules in years:
        for step, found in _results(sheet, one, rules, is_room=is_room):
            place = one.cells[step]
            if not sheet.cell(*place).is_blank:
                wrong += _stated(sheet, one, step, found)
                continue
            what = " ".join(filter(None, (one.labels[step], str(one.year or ""))))
            doubt = Doubt(doubts.UNDER_MERGE) if is_hidden(sheet, *place) else found.doubt
            if doubt is not None:
                left.append(LeftBlank(Ref(sheet.name, a1(*place)), "summa-tom", what, doubt))
            elif found.amount is not None:
                amount = found.amount
                number = int(amount) if amount.denominator == 1 else float(amount)
                like = a1(*one.cells[Step.FEES])
                edits.append(CellEdit(sheet.name, a1(*place), None, number, what, like=like))
    return Filled(tuple(edits), tuple(left), tuple(wrong))


def _stated(sheet: SheetGrid, one: Ceiling, step: Step, found: _Found) -> Iterator[Finding]:
    """A warning where the ceiling that is printed is not what the fees give."""
    stated = _value(sheet, one, step)
    if step is not Step.CEILING or stated is None or found.amount is None:
        return
    if round_half_away(found.amount, decimals(stated)) != round_half_away(stated, decimals(stated)):
        yield Finding.at(
            Ref(sheet.name, a1(*one.cells[step])),
            "warning",
            "tak-avviker",
            f"{one.labels[step]} {one.year or ''} står som {swedish(stated)} {one.unit}, men "
            f"avgifterna ger {swedish(found.amount, 1)}.".replace("  ", " "),
            stated=stated,
            calculated=found.amount,
        )


def _results(
    sheet: SheetGrid, one: Ceiling, rules: EquityRules | None, *, is_room: bool | None
) -> Iterator[tuple[Step, _Found]]:
    fees = _value(sheet, one, Step.FEES)
    if fees is None:
        return
    doubt = _rule_doubt(sheet, one, rules)
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
            yield step, _Found(given[step], doubt or _missing(given[step]))
        elif step in one.cells:
            stated = _value(sheet, one, Step.CEILING)
            yield step, _beside(sheet, one, stated if stated is not None else limit, step, is_room)


def _missing(amount: Fraction | None) -> Doubt | None:
    return Doubt(doubts.RULE_MISSING) if amount is None else None


def _beside(
    sheet: SheetGrid, one: Ceiling, limit: Fraction | None, step: Step, is_room: bool | None
) -> _Found:
    """What is left up to the ceiling, or what is above it where the sheet counts so."""
    equity = _value(sheet, one, Step.EQUITY)
    if limit is None or equity is None:
        return _Found()
    if step is Step.ROOM:
        return _Found(limit - equity)
    if is_room is None:
        return _Found(doubt=Doubt(doubts.SENSE_UNSURE))
    return _Found(limit - equity if is_room else equity - limit)


def _way_beside(
    sheet: SheetGrid, years: Sequence[tuple[Ceiling, EquityRules | None]]
) -> bool | None:
    """Whether the filled differences are room that is left; ``None`` where they do not tell."""
    ways = set()
    for one, _ in years:
        stated, limit, equity = (
            _value(sheet, one, step) for step in (Step.BESIDE, Step.CEILING, Step.EQUITY)
        )
        if stated and limit is not None and equity is not None:
            gap = limit - equity
            ways.add(True if stated == gap else False if stated == -gap else None)
    return next(iter(ways)) if len(ways) == 1 else None


def _rule_doubt(sheet: SheetGrid, one: Ceiling, rules: EquityRules | None) -> Doubt | None:
    """Why the rule is not used: none is known, or the sheet says another."""
    if rules is None:
        return Doubt(doubts.RULE_MISSING)
    ours: Mapping[Step, Fraction] = {
        Step.STEP: _in_unit(rules.step, one),
        Step.LOWER_SHARE: rules.lower_share,
        Step.UPPER_SHARE: rules.upper_share,
    }
    for step, wanted in ours.items():
        stated = _value(sheet, one, step)
        if stated is not None and stated not in (wanted, wanted / 100):
            return Doubt(doubts.OTHER_RULE, a1(*one.cells[step]))
    return None


def _value(sheet: SheetGrid, one: Ceiling, step: Step) -> Fraction | None:
    place = one.cells.get(step)
    return None if place is None else figure(sheet.cell(*place))


def _in_unit(amount_tkr: Fraction, one: Ceiling) -> Fraction:
    return converted(amount_tkr, Unit.TKR, one.unit)
