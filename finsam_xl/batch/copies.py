"""Which books are copies of which: frozen ones, those for Lite or with macros, renamed backups.

A copy has the same tables in the same places and no figure that says otherwise; it may lack some
that the other has, as it was before they were filled in. Two books that are alike but for some
figures are both kept, and it is told: which of them holds is for a person to say.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath

from finsam_xl.batch.reading import Reading
from finsam_xl.export.columns import FIGURES
from finsam_xl.records import NamedTuple

_ALIKE = 0.9
"""So much of the smaller book's figures stand in the larger one too."""
_FEWEST = 5
"""Books with fewer figures are not known by them."""
_AT = {column.name: number for number, column in enumerate(FIGURES)}
_PLACE = (_AT["sheet"], _AT["cell"], _AT["row"], _AT["field"], _AT["period"], _AT["scenario"])

_Figures = Mapping[tuple[str, ...], str]


class Version(NamedTuple):
    """A book that is like another but for so many figures."""

    name: str
    other: str
    differing: int


class Copies(NamedTuple):
    """The copies, each by the book that stands for it, and what may be versions of one book."""

    of: Mapping[str, str]
    versions: Sequence[Version]


NO_COPIES = Copies({}, ())


def copies(readings: Mapping[str, Reading], lines: Callable[[str], str]) -> Copies:
    """The copies among some books; ``lines``: the tidy table of a book by its name."""
    groups: dict[tuple[str, str], list[str]] = {}
    for name, reading in readings.items():
        groups.setdefault((reading.association, reading.layout), []).append(name)
    of: dict[str, str] = {}
    versions: list[Version] = []
    for names in groups.values():
        if len(names) > 1:
            held = {name: _figures(lines(name)) for name in names}
            _sort_out(held, of, versions)
    return Copies(of, sorted(versions))


def _sort_out(held: Mapping[str, _Figures], of: dict[str, str], versions: list[Version]) -> None:
    """The copies among books with the same tables: the fullest stands for them."""
    kept: list[str] = []
    for name in sorted(held, key=lambda name: (-len(held[name]), *_plainness(name))):
        for other in kept:
            shared = held[name].keys() & held[other].keys()
            if len(shared) < max(_FEWEST, _ALIKE * len(held[name])):
                continue
            differing = sum(held[name][place] != held[other][place] for place in shared)
            if not differing:
                of[name] = other
                break
            versions.append(Version(name, other, differing))
        if name not in of:
            kept.append(name)


def _plainness(name: str) -> tuple[int, int, str]:
    """Of books that hold the same, the one with the shortest name is the book itself."""
    path = PurePosixPath(name)
    return len(path.stem), len(path.parts), name


def _figures(lines: str) -> _Figures:
    """The figures of a book by where they stand and what they are of."""
    value, rows = _AT["value"], csv.reader(io.StringIO(lines))
    return {tuple(row[at] for at in _PLACE): row[value] for row in rows}
