"""Which indicator of one year is which of another, by number and name; what is unsure is told.

First those of the same number and name. Then those of the same name alone, which have got another
number, and those of the same number and nearly the same name, which have got another name. Pairs
are only made where there is one choice. What is left is gone or new, and where a number or nearly
a name is the same on both sides, that is said: it may be one indicator.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from finsam_xl.labels import known_as, normalise
from finsam_xl.model import Judgement, UnitIndex
from finsam_xl.reading.unit_names import same
from finsam_xl.records import NamedTuple
from finsam_xl.report.comments import ALIKE
from finsam_xl.report.pairing import only_choices


class How(StrEnum):
    """How an indicator of the later year is known to be one of the earlier."""

    SAME = "same"
    RENUMBERED = "renumbered"
    RENAMED = "renamed"
    UNSURE = "unsure"


class Pair(NamedTuple):
    """An indicator in the earlier and in the later year."""

    before: Judgement
    after: Judgement
    how: How


class Pairs(NamedTuple):
    """The indicators of two years: those of both, those of one, and what may be pairs of these."""

    pairs: tuple[Pair, ...]
    gone: tuple[Judgement, ...]
    new: tuple[Judgement, ...]
    unsure: tuple[Pair, ...]


def paired(before: UnitIndex, after: UnitIndex) -> Pairs:
    """The indicators of a unit in two years, in the order of the later."""
    named = {_known(one): one for one in before.judgements}
    found = [
        Pair(named.pop(_known(one)), one, How.SAME)
        for one in after.judgements
        if _known(one) in named
    ]
    gone, new = list(named.values()), _left(after.judgements, found, "after")
    unsure: list[Pair] = []
    for how, matches in (
        (How.RENUMBERED, _same_name),
        (How.RENAMED, _nearly_same),
        (How.UNSURE, _same_number),
        (How.UNSURE, _is_alike),
    ):
        made = unsure if how is How.UNSURE else found
        made.extend(Pair(*pair, how) for pair in only_choices(gone, new, matches))
        gone, new = _left(gone, made, "before"), _left(new, made, "after")
    places = {id(one): place for place, one in enumerate(after.judgements)}
    found.sort(key=lambda pair: places[id(pair.after)])
    gone = _left(before.judgements, found, "before")
    new = _left(after.judgements, found, "after")
    return Pairs(tuple(found), tuple(gone), tuple(new), tuple(unsure))


def namesake(unit: UnitIndex, others: Sequence[UnitIndex]) -> UnitIndex | None:
    """The one of some units that is the same unit; ``None`` where none or several are."""
    if unit.is_association:
        return next((other for other in others if other.is_association), None)
    alone = [other for other in others if not other.is_association]
    exact = [other for other in alone if known_as(other.unit) == known_as(unit.unit)]
    found = exact or [other for other in alone if same(other.unit, unit.unit)]
    return found[0] if len(found) == 1 else None


def _left(judgements: Sequence[Judgement], found: Sequence[Pair], side: str) -> list[Judgement]:
    """The indicators of a side that are in no pair."""
    chosen = {id(getattr(pair, side)) for pair in found}
    return [one for one in judgements if id(one) not in chosen]


def _known(one: Judgement) -> tuple[str, str]:
    return normalise(one.indicator.number), normalise(one.indicator.name)


def _of_unit(one: Judgement) -> str:
    """What stands before the number, where all units are one: each keeps to its own."""
    return one.indicator.number.rpartition(" ")[0]


def _same_name(one: Judgement, other: Judgement) -> bool:
    (_, name), (_, its_name) = _known(one), _known(other)
    return bool(name) and name == its_name and _of_unit(one) == _of_unit(other)


def _same_number(one: Judgement, other: Judgement) -> bool:
    return _known(one)[0] == _known(other)[0]


def _nearly_same(one: Judgement, other: Judgement) -> bool:
    is_unnamed = not one.indicator.name or not other.indicator.name
    return _same_number(one, other) and (is_unnamed or _is_alike(one, other))


def _is_alike(one: Judgement, other: Judgement) -> bool:
    (_, name), (_, its_name) = _known(one), _known(other)
    if not name or not its_name or _of_unit(one) != _of_unit(other):
        return False
    matcher = SequenceMatcher(None, name, its_name)
    is_far = matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE
    return not is_far and matcher.ratio() >= ALIKE
