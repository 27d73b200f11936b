"""Why did an index change? By the measured set, weights, targets and outcomes, without rest.

The steps are taken one at a time, from the index of the earlier year to that of the later: what
both years measured, with the later year's weights, held against its targets, with its outcomes,
and last what only it measured. What the steps change sums exactly to the whole change.
Indicators of the two years belong together by what they are called.
Source: the product's choice, from what boards ask of an index that has changed.

>>> before = {"a": Year(10, True), "b": Year(5, False), "c": Year(5, True)}
>>> after = {"a": Year(10, False, was=False), "b": Year(5, True, was=False), "d": Year(5, True)}
>>> found = change(before, after)
>>> [str(part) for part in (found.measured, found.weights, found.targets, found.outcomes)]
['25/3', '0', '-200/3', '100/3']
>>> str(sum(found.parts)), str(index(after.values()) - index(before.values()))
('-25', '-25')
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from finsam_xl.records import NamedTuple


class Year(NamedTuple):
    """An indicator in a year: its weight, and whether it was reached; ``None`` was not measured.

    ``was``: in the later year, whether the earlier year's outcome would have reached the later
    year's target; ``None`` where nobody knows, and then the targets are taken for the same.
    """

    weight: int
    reached: bool | None
    was: bool | None = None


class Change(NamedTuple):
    """What each cause changed, in points of the index, and by indicator what its outcome did."""

    measured: Fraction
    weights: Fraction
    targets: Fraction
    outcomes: Fraction
    by_outcome: Mapping[str, Fraction]

    @property
    def parts(self) -> tuple[Fraction, Fraction, Fraction, Fraction]:
        """The four causes, which sum to the whole change."""
        return self.measured, self.weights, self.targets, self.outcomes


def index(years: Iterable[Year]) -> Fraction | None:
    """The index of some indicators; ``None`` when nothing was measured."""
    counted = [one for one in years if one.reached is not None and one.weight > 0]
    maximum = sum(one.weight for one in counted)
    achieved = sum(one.weight for one in counted if one.reached)
    return Fraction(100 * achieved, maximum) if maximum else None


def change(before: Mapping[str, Year], after: Mapping[str, Year]) -> Change | None:
    """Why the index changed; ``None`` where one of the years, or what is common, has none."""
    common = [
        name for name in before if name in after and _counts(before[name]) and _counts(after[name])
    ]
    first, last = index(before.values()), index(after.values())
    same = index(before[name] for name in common)
    if first is None or last is None or same is None:
        return None
    weighed = {name: before[name]._replace(weight=after[name].weight) for name in common}
    aimed = {
        name: one if after[name].was is None else one._replace(reached=after[name].was)
        for name, one in weighed.items()
    }
    steps = [index(one.values()) or Fraction(0) for one in (weighed, aimed)]
    maximum = sum(after[name].weight for name in common)
    by_outcome = {
        name: Fraction(100 * after[name].weight * (_got(after[name]) - _got(aimed[name])), maximum)
        for name in common
    }
    outcomes = sum(by_outcome.values(), Fraction(0))
    return Change(
        measured=same - first + last - (steps[1] + outcomes),
        weights=steps[0] - same,
        targets=steps[1] - steps[0],
        outcomes=outcomes,
        by_outcome={name: part for name, part in by_outcome.items() if part},
    )


def _counts(one: Year) -> bool:
    return one.reached is not None and one.weight > 0


def _got(one: Year) -> int:
    return 1 if one.reached else 0
