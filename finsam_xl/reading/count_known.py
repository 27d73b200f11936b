"""What is known of a workbook before its tables of counts are read: names and whole numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from finsam_xl.labels import split_number
from finsam_xl.reading.count_kinds import Named
from finsam_xl.reading.unit_names import Names
from finsam_xl.records import NamedTuple
from finsam_xl.words.parties import party
from finsam_xl.words.people import people_of

_LEAST, _MOSTLY = 2, 0.6
_SOME = 0.3
"""Parties are known by a few names: the others of a table may be anybody."""


class InBook(NamedTuple):
    """The units and goal areas of a workbook, and how many the association says went where.

    ``went``: by what is counted and whose ("all", "women").
    """

    units: Names = Names(())
    areas: frozenset[str] = frozenset()
    went: Mapping[tuple[str, str], int] = MappingProxyType({})

    def are(self, named: Named, labels: Sequence[str]) -> bool:
        """Whether the labels of a table's rows are names of some sort."""
        if named is Named.PEOPLE:
            return len({people_of(label) for label in labels} - {None}) >= _LEAST
        hits = sum(self._is(named, label) for label in labels)
        least = _SOME if named is Named.PARTIES else _MOSTLY
        return hits >= max(_LEAST, least * len(labels))

    def _is(self, named: Named, label: str) -> bool:
        if named is Named.PARTIES:
            return party(label) is not None
        name = split_number(label)[1]
        if named is Named.AREAS:
            return name in self.areas
        return self.units.holds(name)
