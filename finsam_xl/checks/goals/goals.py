"""What looks wrong in tables of goals, and of helårsekvivalenter, beside their verdicts.

A target that has an outcome and cannot be held against it; a direction in words, or a change,
that the shares contradict; a verdict of a municipality that they contradict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from finsam_xl.findings import tell
from finsam_xl.model import Finding, Ref, shortened
from finsam_xl.money import swedish
from finsam_xl.records import NamedTuple


class OpenTarget(NamedTuple):
    """A target with an outcome, and what of it is not said: which way, or of what it is."""

    place: Ref
    indicator: str
    target: str
    is_way: bool


class Change(NamedTuple):
    """How a municipality's share changed, in per cent, and what is typed of it.

    ``lower``: whether words say that it fell, and ``said`` what they are; ``judged``: whether
    the goal is said to be reached, and ``reached`` whether it is; ``None`` for what is not typed
    or not known.
    """

    name: str
    percent: Fraction
    lower: bool | None
    said: str
    direction: Ref | None
    judged: bool | None
    reached: bool | None
    verdict: Ref | None


def open_targets(found: Iterable[OpenTarget]) -> Iterator[Finding]:
    """A note per target that nobody can judge by."""
    for one in found:
        yield tell(
            "mal-oklart",
            one.place,
            "way" if one.is_way else "unit",
            target=shortened(one.target),
            indicator=shortened(one.indicator),
            stated=one.target,
        )


def changes(found: Iterable[Change]) -> Iterator[Finding]:
    """What is typed of a municipality's change and is otherwise by its shares."""
    for one in found:
        if one.direction and one.lower is not None and one.lower is not (one.percent < 0):
            yield tell(
                "riktning-avviker",
                one.direction,
                "fell" if one.percent < 0 else "rose" if one.percent else "same",
                name=one.name,
                said=one.said,
                change=swedish(abs(one.percent), 1, "%"),
                stated=one.said,
            )
        if one.verdict and None not in (one.judged, one.reached) and one.judged is not one.reached:
            yield tell(
                "uppnatt-avviker",
                one.verdict,
                "outcome",
                indicator=one.name,
                stated="Ja" if one.judged else "Nej",
                calculated="Ja" if one.reached else "Nej",
            )
