"""Why did an index change? By outcomes, targets, weights and the measured set, without rest.

The steps are taken one at a time, from the index of the earlier year to that of the later: what
both years measured, with the later year's weights, held against its targets, with its outcomes,
and last what only it measured. What the steps change sums exactly to the whole change, and so does
what each indicator changes in them: a weight moves the index by how far its outcome is from it.
Indicators of the two years belong together by what they are called.
Source: the product's choice, from what boards ask of an index that has changed.

>>> before = {"a": Year(10, True), "b": Year(5, False), "c": Year(5, True)}
>>> after = {"a": Year(10, False, was=False), "b": Year(5, True, was=False), "d": Year(5, True)}
>>> found = change(before, after)
>>> [str(part) for part in found.parts]
['100/3', '-200/3', '0', '25/3']
>>> str(sum(found.parts)), str(index(after.values()) - index(before.values()))
('-25', '-25')
>>> {name: str(part) for name, part in found.measured.items()}
{'c': '-25/3', 'd': '50/3'}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from finsam_xl.records import NamedTuple

Parts = Mapping[str, Fraction]
"""What each indicator changed, in points of the index; those that changed nothing are left out."""


class Year(NamedTuple):
    """An indicator in a year: its weight, and whether it was reached; ``None`` was not measured.

    ``was``: in the later year, whether the earlier year's outcome would have reached the later
    year's target; ``None`` where nobody knows, and then the targets are taken for the same.
    """

    weight: int
    reached: bool | None
    was: bool | None = None

    @property
    def counts(self) -> bool:
        """Whether it is in the index of its year."""
        return self.reached is not None and self.weight > 0


class Change(NamedTuple):
    """The index of two years, and what each cause changed, by indicator."""

    before: Fraction
    after: Fraction
    outcomes: Parts
    targets: Parts
    weights: Parts
    measured: Parts

    @property
    def parts(self) -> tuple[Fraction, ...]:
        """Outcomes, targets, weights and the measured set, which sum to the whole change."""
        causes = (self.outcomes, self.targets, self.weights, self.measured)
        return tuple(sum(cause.values(), Fraction(0)) for cause in causes)


def index(years: Iterable[Year]) -> Fraction | None:
    """The index of some indicators; ``None`` when nothing was measured."""
    counted = [one for one in years if one.counts]
    maximum = sum(one.weight for one in counted)
    achieved = sum(one.weight for one in counted if one.reached)
    return Fraction(100 * achieved, maximum) if maximum else None


def change(before: Mapping[str, Year], after: Mapping[str, Year]) -> Change | None:
    """Why the index changed; ``None`` where one of the years, or what is common, has none."""
    first, last = index(before.values()), index(after.values())
    common = [
        name for name in before if name in after and before[name].counts and after[name].counts
    ]
    if first is None or last is None or not common:
        return None
    kept = {name: before[name] for name in common}
    weighed = {name: one._replace(weight=after[name].weight) for name, one in kept.items()}
    aimed = {
        name: one if after[name].was is None else one._replace(reached=after[name].was)
        for name, one in weighed.items()
    }
    last_kept = {name: after[name] for name in common}
    return Change(
        before=first,
        after=last,
        outcomes=_judged(aimed, last_kept),
        targets=_judged(weighed, aimed),
        weights=_weighed(kept, weighed),
        measured=_together(_weighed(before, kept), _weighed(last_kept, after)),
    )


def _weighed(before: Mapping[str, Year], after: Mapping[str, Year]) -> dict[str, Fraction]:
    """What other weights changed, of indicators that reached the same; one left out weighs nothing.

    The index is the mean of what was reached: a weight moves it towards its own indicator's.
    """
    first = index(before.values()) or Fraction(0)
    maximum = sum(one.weight for one in after.values() if one.counts)
    return _without_nothing(
        {
            name: (_got(after.get(name, before.get(name))) - first)
            * (_weight(after.get(name)) - _weight(before.get(name)))
            / maximum
            for name in {**before, **after}
        }
    )


def _judged(before: Mapping[str, Year], after: Mapping[str, Year]) -> dict[str, Fraction]:
    """What other judgements changed, of indicators with the same weights."""
    maximum = sum(one.weight for one in after.values())
    return _without_nothing(
        {
            name: Fraction(one.weight * (_got(one) - _got(before[name])), maximum)
            for name, one in after.items()
        }
    )


def _together(one: Parts, other: Parts) -> dict[str, Fraction]:
    return {
        name: one.get(name, Fraction(0)) + other.get(name, Fraction(0)) for name in {**one, **other}
    }


def _without_nothing(parts: Parts) -> dict[str, Fraction]:
    return {name: part for name, part in parts.items() if part}


def _weight(one: Year | None) -> int:
    return one.weight if one is not None and one.counts else 0


def _got(one: Year | None) -> int:
    """What an indicator gives, of a hundred."""
    return 100 if one is not None and one.reached else 0
