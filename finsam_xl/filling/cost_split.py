"""The blank classes of a cost split, from the lines of the year's outcome as reports take them.

A class is written where every line that costs anything has a class, where the outcome's own sums
are those of its lines to the unit, and where what is printed of the other classes is what their
lines give. What all parts are together is the sum of the parts, and is none of this.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from finsam_xl.calc.cost_split import CostSplit
from finsam_xl.calc.totals import explained_by_rounding
from finsam_xl.filling.cost_lines import Lines, are_rounded, class_cost, class_names, splits
from finsam_xl.filling.doubts import Doubt, Verdict
from finsam_xl.filling.lattice import Lattice
from finsam_xl.findings.reasons import Reason
from finsam_xl.labels import normalise
from finsam_xl.money import exact, round_half_away
from finsam_xl.records import NamedTuple
from finsam_xl.words.totals import is_everyone
from finsam_xl.words.units import unit

_AMOUNT = "amount"


class _Class(NamedTuple):
    """A class of a part of the table, its place, and what its lines cost."""

    place: int
    cost: Fraction
    split: CostSplit
    is_rounded: bool


def fill(lattice: Lattice, lines: Lines) -> None:
    """The classes of one table, as far as they are blank."""
    entry = next((n for n, one in enumerate(lattice.entries) if one.field == _AMOUNT), None)
    if entry is None:
        return
    said = (lattice.entries[entry].text, *lattice.table.titles)
    its_unit = next((found for text in said if (found := unit(text))), None)
    classes = [] if its_unit is None else list(_classes(lattice, lines, its_unit))
    for one in classes:
        if not lattice.is_open(entry, one.place):
            continue
        what = f"{lattice.places[one.place].text} ur utfallets rader"
        doubt = _doubt(lattice, entry, one, classes)
        cost = None if doubt else exact(round_half_away(one.cost))
        lattice.take(entry, one.place, what, Verdict(cost, doubt))


def _classes(lattice: Lattice, lines: Lines, its_unit: str) -> Iterator[_Class]:
    """Every class that the lines know of, part by part."""
    part_of = _parts(lattice, class_names(lines))
    names = list(part_of.values())
    found, _ = splits(list(dict.fromkeys(names)), lines, its_unit)
    for place, name in part_of.items():
        split = None if is_everyone(name) and name else found.get(name)
        if split is not None and split.classes:
            is_rounded = are_rounded(name, names, lines)
            cost = class_cost(split, lattice.places[place].text)
            yield _Class(place, cost, split, is_rounded)


def _parts(lattice: Lattice, classes: set[str]) -> dict[int, str]:
    """The places of classes, each with the part of the table that it is in.

    A class without any figure looks like the heading of a part.
    """
    found: dict[int, str] = {}
    part = ""
    for place, one in enumerate(lattice.places):
        if one.role == "line" or normalise(one.text) in classes:
            found[place] = part
        elif one.role == "section":
            part = one.text
    return found


def _doubt(lattice: Lattice, entry: int, one: _Class, classes: list[_Class]) -> Doubt | None:
    if one.is_rounded:
        return Doubt(Reason.TWO_FIGURES)
    lacking = next((line for line, cost in one.split.unclassified if cost), None)
    if lacking is not None:
        return Doubt(Reason.NO_CLASS, lacking)
    printed = dict(lattice.printed(entry))
    for other in classes:
        stated = printed.get(other.place)
        if stated is not None and not explained_by_rounding(stated - other.cost, 2):
            return Doubt(Reason.DOES_NOT_HOLD, lattice.ref(lattice.at(entry, other.place)).cell)
    return None
