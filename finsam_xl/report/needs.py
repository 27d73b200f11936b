"""What a unit would have needed to reach its target, and how firm its index is."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property

from finsam_xl.calc import graded_index, target_rules, wilson
from finsam_xl.calc import impact_index as calc
from finsam_xl.calc.cheapest import Cheapest, Miss, cheapest, needed
from finsam_xl.model import Judgement, RuleKind, UnitIndex
from finsam_xl.money import swedish
from finsam_xl.policy import ImpactIndexRules

MOST_SETS = 6
"""How many of the sets that cost the same are told."""


class Needs:
    """A unit's missed indicators, the points it lacks, and the cheapest sets that would do."""

    def __init__(self, unit: UnitIndex, rules: ImpactIndexRules) -> None:
        self.unit = unit
        self._rules = rules
        self.misses: list[Judgement] = calc.costliest(unit.judgements)
        """The heaviest first."""

    @property
    def lacking(self) -> int | None:
        """How many points more the printed index needs; 0 where it reaches its target.

        ``None`` where nothing was measured, or where no points would be enough.
        """
        total = self.unit.total
        return needed(total.achieved, total.maximum, self._rules.target)

    @cached_property
    def persons(self) -> list[int | None]:
        """How many more persons or answers each miss lacked, in the order of ``misses``."""
        return [persons_lacking(judgement) for judgement in self.misses]

    @cached_property
    def by_points(self) -> Cheapest | None:
        """The sets with as few points as can be; ``None`` where none is called for."""
        return self._cheapest(by_persons=False)

    @cached_property
    def by_persons(self) -> Cheapest | None:
        """The sets with as few more persons as can be; ``None`` where none is called for."""
        return self._cheapest(by_persons=True)

    def _cheapest(self, *, by_persons: bool) -> Cheapest | None:
        if not self.lacking:
            return None
        misses = [
            Miss(judgement.weight, persons)
            for judgement, persons in zip(self.misses, self.persons, strict=True)
        ]
        return cheapest(misses, self.lacking, by_persons=by_persons, most=MOST_SETS)

    def counted(self, count: int, numbers: Sequence[int]) -> str:
        """So many more or fewer in some misses, in words: of persons, unless pieces are counted."""
        kinds = {rule.kind for n in numbers if (rule := self.misses[n].indicator.rule) is not None}
        fewer, pieces = RuleKind.SHARE_AT_MOST in kinds, RuleKind.COUNT_AT_LEAST in kinds
        unit = "person" if count == 1 else "personer"
        shown = swedish(count) if pieces else f"{swedish(count)} {unit}"
        if not fewer:
            return f"{shown} till"
        return f"{shown} färre" if len(kinds) == 1 else f"{shown} till eller färre"

    def is_crowded(self, numbers: Sequence[int]) -> bool:
        """Whether a set asks for more than there are, if no person counts in two of them.

        Indicators of one goal that are counted among the same persons: of twelve of whom ten have
        found work or studies, not three more can.
        """
        groups: dict[tuple[str, str, Fraction], list[int]] = {}
        for number in numbers:
            indicator = self.misses[number].indicator
            total, rule = indicator.outcome.total, indicator.rule
            is_fewer = rule is not None and rule.kind is RuleKind.SHARE_AT_MOST
            is_known = self.persons[number] is not None and not is_fewer
            if total is not None and total.base and is_known:
                key = (indicator.area, indicator.goal, Fraction(total.base))
                groups.setdefault(key, []).append(number)
        return any(len(group) > 1 and self._is_too_many(group) for group in groups.values())

    def _is_too_many(self, group: Sequence[int]) -> bool:
        counts = [self.misses[number].indicator.outcome.total for number in group]
        known = [count for count in counts if count is not None and count.base]
        there = sum(Fraction(count.number) for count in known)
        base = Fraction(known[0].base or 0)
        more = sum(self.persons[number] or 0 for number in group)
        return there <= base < there + more

    @cached_property
    def graded(self) -> Fraction | None:
        """The graded index, which counts how far towards its target each outcome came.

        ``None`` where no outcome is known: then it would say no more than the index.
        """
        counted = [j for j in self.unit.judgements if j.reached is not None and j.weight]
        if not any(judgement.calculated for judgement in counted):
            return None
        degrees = [degree(judgement) for judgement in counted]
        return graded_index.graded_index([j.weight for j in counted], degrees)


def persons_lacking(judgement: Judgement) -> int | None:
    """How many more persons or answers would have reached the target, where that is known."""
    indicator = judgement.indicator
    if indicator.rule is None or not indicator.outcome.is_given:
        return None
    return target_rules.lacking(indicator.rule, indicator.outcome)


def degree(judgement: Judgement) -> Fraction | None:
    """How much of its weight an outcome gives in the graded index; whole or none without one."""
    indicator = judgement.indicator
    if indicator.rule is not None and indicator.outcome.is_given:
        found = graded_index.degree(indicator.rule, indicator.outcome)
        if found is not None:
            return found
    return None if judgement.reached is None else Fraction(int(judgement.reached))


def interval(judgement: Judgement, confidence: Fraction) -> wilson.Interval | None:
    """Between what the share could well be, of one; ``None`` where no share was counted."""
    indicator = judgement.indicator
    total = indicator.outcome.total
    if indicator.rule is None or total is None or total.is_share or not total.base:
        return None
    if indicator.rule.kind not in wilson.SHARES or not 0 <= total.number <= total.base:
        return None
    return wilson.wilson(total.number, total.base, confidence)


def is_indistinguishable(judgement: Judgement, confidence: Fraction) -> bool:
    """Whether chance alone could have put the share on the other side of its target."""
    indicator = judgement.indicator
    if indicator.rule is None or interval(judgement, confidence) is None:
        return False
    told = wilson.outcome_indistinguishable(indicator.rule, indicator.outcome, confidence)
    return bool(told)
