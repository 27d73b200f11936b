"""The blank sums of tables of classes, areas and weights: the lines of a section together.

The whole of several sections is the same lines of them together. A sum is written where no
line is blank, and where nothing that is printed on the same row or column contradicts it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from finsam_xl.calc.blanks import known_sum
from finsam_xl.calc.totals import explained_by_rounding
from finsam_xl.filling.doubts import Doubt, Verdict
from finsam_xl.filling.lattice import Entry, Lattice
from finsam_xl.findings.reasons import Reason
from finsam_xl.labels import normalise
from finsam_xl.model_budget import decimals
from finsam_xl.records import NamedTuple
from finsam_xl.words.measures import Measure, measures
from finsam_xl.words.totals import is_everyone

KINDS: Mapping[str, frozenset[str]] = {
    "cost_split": frozenset({"amount"}),
    "weights": frozenset({"ideal", "weight"}),
    "impact_index": frozenset({"goals", "indicators", "maximum", "achieved"}),
}
"""The kinds whose columns are added here, and the fields that are."""
_OF_WHOLE = frozenset({"ideal", "weight"})
_WHOLE = 100
_LEAST_LINES = 2


class _Sum(NamedTuple):
    """A place and those that it is the sum of."""

    target: int
    parts: tuple[int, ...]


class Sums:
    """The sums of one lattice, its columns along its rows."""

    def __init__(self, lattice: Lattice) -> None:
        self.lattice = lattice
        self.sums = [*self._sections(), *self._whole()]

    def fill(self) -> None:
        """Every blank sum, the lines of the whole before its own sum."""
        for one in sorted(self.sums, key=lambda one: one.target):
            for entry, column in enumerate(self.lattice.entries):
                if self.is_added(column) and self.lattice.is_open(entry, one.target):
                    self._cell(entry, one)

    def is_added(self, column: Entry) -> bool:
        """Whether the figures of a column are added: amounts, counts, points, parts of a whole."""
        if column.field:
            return column.field in KINDS[self.lattice.table.kind]
        return bool(measures(column.text) & {Measure.WEIGHT, Measure.POINTS})

    def _sections(self) -> Iterator[_Sum]:
        """Each total of the lines of its section, where they stand right before it."""
        for n, place in enumerate(self.lattice.places):
            lines = self.lattice.lines_of(n) if place.is_total else []
            if len(lines) >= _LEAST_LINES:
                yield _Sum(n, tuple(lines))

    def _whole(self) -> Iterator[_Sum]:
        """The lines of the last section that are those of the others together."""
        places = self.lattice.places
        last = max((place.section for place in places), default=0)
        name = next((p.text for p in places if p.role == "section" and p.number == last), "")
        if not is_everyone(name):
            return
        for n, place in enumerate(places):
            if place.section == last and place.role == "line":
                label = normalise(place.text)
                same = [
                    at
                    for at, other in enumerate(places)
                    if other.section != last and normalise(other.text) == label
                ]
                if len(same) >= _LEAST_LINES:
                    yield _Sum(n, tuple(same))

    def _cell(self, entry: int, one: _Sum) -> None:
        lattice = self.lattice
        if lattice.entries[entry].field in _OF_WHOLE and not lattice.places[one.target].is_total:
            return
        if all(lattice.value(entry, n) is None for n in one.parts):
            return
        what = f"{lattice.places[one.target].text}, {lattice.entries[entry].text}"
        lattice.take(entry, one.target, what, self._verdict(entry, one))

    def _verdict(self, entry: int, one: _Sum) -> Verdict:
        lattice = self.lattice
        known: list[Fraction] = []
        for part in one.parts:
            value = lattice.value(entry, part)
            if value is None:
                at = lattice.at(entry, part)
                why = Reason.STALE if lattice.cells.is_stale(at) else Reason.PART_BLANK
                return Verdict(doubt=Doubt(why, lattice.ref(at).cell))
            known.append(value)
        is_whole = lattice.entries[entry].field not in _OF_WHOLE or _is_whole(known)
        if self._is_contradicted(entry, one) or not is_whole:
            return Verdict(doubt=Doubt(Reason.DOES_NOT_HOLD))
        return Verdict(sum(known))

    def _is_contradicted(self, entry: int, one: _Sum) -> bool:
        """Whether a printed sum on the same row is not that of its lines."""
        return any(
            self._is_off(other, one)
            for other, column in enumerate(self.lattice.entries)
            if other != entry and self.is_added(column) and column.field not in _OF_WHOLE
        )

    def _is_off(self, entry: int, one: _Sum) -> bool:
        stated = self.lattice.value(entry, one.target)
        parts = [self.lattice.value(entry, n) for n in one.parts]
        total = known_sum(*parts)
        if stated is None or total is None:
            return False
        step = Fraction(1, 10 ** max(decimals(v) for v in (stated, *parts) if v is not None))
        return not explained_by_rounding(stated - total, len(parts), step)


def _is_whole(parts: Sequence[Fraction]) -> bool:
    """Whether rounded parts may be all of something, in per cent or of one."""
    step = Fraction(1, 10 ** max(map(decimals, parts), default=0))
    return any(explained_by_rounding(sum(parts) - w, len(parts), step) for w in (1, _WHOLE))
