"""Two years of an index held against each other: what belongs together, and what changed.

What both years have is compared, unit by unit; an indicator of one year alone is told as that.
"""

from __future__ import annotations

from finsam_xl.calc import index_change, target_rules, wilson
from finsam_xl.calc.index_change import Change, Year
from finsam_xl.model import UnitIndex
from finsam_xl.records import NamedTuple
from finsam_xl.report.index_pairs import Pair, Pairs, namesake, paired
from finsam_xl.report.story import Story, together

OUTCOMES, TARGETS, WEIGHTS, MEASURED = "Utfall", "Mål och gränser", "Vikter", "Vilka som mätts"
CAUSES = (OUTCOMES, TARGETS, WEIGHTS, MEASURED)


class UnitChange(NamedTuple):
    """A unit in two years: what belongs together, and why its index changed.

    ``change`` is ``None`` where one of the years has no index, or nothing was measured in both.
    """

    before: UnitIndex
    after: UnitIndex
    pairs: Pairs
    change: Change | None


class Compared(NamedTuple):
    """Two years: what they are called, the leading unit, the other units, and those of one year."""

    then: str
    now: str
    lead: UnitChange | None
    units: tuple[UnitChange, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]


def compared(before: Story, after: Story, then: str, now: str) -> Compared:
    """Two stories of the index held against each other."""
    lead = _earlier_lead(before, after)
    units: list[UnitChange] = []
    new: list[str] = []
    for unit in after.platforms:
        earlier = namesake(unit, before.platforms or (before.lead,))
        if earlier is None:
            new.append(unit.unit)
        else:
            units.append(_changed(earlier, unit))
    known = {one.before.unit for one in units} | ({lead.unit} if lead is not None else set())
    gone = tuple(one.unit for one in before.platforms if one.unit not in known)
    leading = None if lead is None else _changed(lead, after.lead)
    return Compared(then, now, leading, tuple(units), gone, tuple(new))


def _earlier_lead(before: Story, after: Story) -> UnitIndex | None:
    """What the leading unit was the year before: the same one, or all units together."""
    earlier = [unit for unit in (before.platforms or (before.lead,)) if not unit.is_association]
    if after.lead.is_association:
        return before.lead if before.lead.is_association else None
    if after.platforms:
        return together(earlier) if earlier else None
    # Where each year has but one unit, that is the one, whatever the sheets are called.
    return namesake(after.lead, earlier) or (earlier[0] if len(earlier) == 1 else None)


def _changed(before: UnitIndex, after: UnitIndex) -> UnitChange:
    pairs = paired(before, after)
    earlier: dict[str, Year] = {}
    later: dict[str, Year] = {}
    for pair in pairs.pairs:
        name = pair.after.indicator.title
        earlier[name] = Year(pair.before.weight, pair.before.reached)
        later[name] = Year(pair.after.weight, pair.after.reached, would_have(pair))
    earlier |= {one.indicator.title: Year(one.weight, one.reached) for one in pairs.gone}
    later |= {one.indicator.title: Year(one.weight, one.reached) for one in pairs.new}
    return UnitChange(before, after, pairs, index_change.change(earlier, later))


def would_have(pair: Pair) -> bool | None:
    """Whether the earlier outcome reaches the later target, where that is another one.

    ``None`` where it cannot be told: what was counted for one kind of target says nothing of
    another kind.
    """
    was, rule = pair.before.indicator.rule, pair.after.indicator.rule
    if was is None or rule is None or was == rule:
        return None
    are_shares = {was.kind, rule.kind} <= set(wilson.SHARES)
    if was.kind is not rule.kind and not are_shares:
        return None
    return target_rules.reached(rule, pair.before.indicator.outcome)
