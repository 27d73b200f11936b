"""Which unit a table is about: the names its titles offer, matched across tables.

A social budget may be called "Social budget 2021 – Samordningsteamet Bjurholm",
stand below a line "Utkast 3", or only have its sheet's name; the name that an
Impactindex table also uses is the one that is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from finsam_xl.labels import normalise
from finsam_xl.sheets.tables import Table

_GENERIC = re.compile(
    r"\b(sociala? (?:budget(?:en)?|redovisning(?:en)?)|impact\s?index|utfall|resultat|år|"
    r"tabell \d+|bilaga \d+|för|av|per|20\d\d)\b",
    re.IGNORECASE,
)
_EDGES = " \t-–—:,.·|()"
_ASSOCIATION = "förbund"


def names(table: Table) -> list[str]:
    """The unit names a table's titles offer, the most likely first; its sheet's name last."""
    offered = []
    for text in (*table.titles, table.sheet):
        if text.rstrip().endswith("."):
            continue
        name = " ".join(_GENERIC.sub(" ", text).split()).strip(_EDGES)
        if name and name not in offered:
            offered.append(name)
    return offered or [table.sheet]


def same(one: str, other: str) -> bool:
    """Whether two names mean one unit: equal, or one is the other's last words."""
    first, second = sorted((normalise(one), normalise(other)), key=len)
    return bool(first) and (second == first or second.endswith(" " + first))


class Names:
    """Several names of one unit, of which a label may be any."""

    def __init__(self, names: Iterable[str]) -> None:
        self.said = tuple(names)
        known = [words for name in self.said if (words := normalise(name))]
        self._tails = {
            " ".join(words[at:])
            for name in known
            for words in [name.split(" ")]
            for at in range(len(words))
        }
        self._ends = tuple(f" {name}" for name in known)

    def holds(self, label: str) -> bool:
        """Whether a label is the same as one of the names."""
        return self.are_among({normalise(label)})

    def are_among(self, said: AbstractSet[str]) -> bool:
        """Whether one of some labels, normalised, is the same as one of the names."""
        ends = self._ends
        return not self._tails.isdisjoint(said) or any(words.endswith(ends) for words in said)


def is_association(name: str) -> bool:
    """Whether a unit is the association itself and not one of its platforms."""
    return _ASSOCIATION in normalise(name)


def name_tables(tables: Sequence[Table], others: Sequence[Table]) -> list[str]:
    """One name per table: the first offered that the other tables also offer, else the first."""
    known = [name for other in others for name in names(other)[:2]]
    return [_best(names(table), known) for table in tables]


def _best(offered: Sequence[str], known: Sequence[str]) -> str:
    for name in offered:
        if any(same(name, other) for other in known):
            return name
    return offered[0]
