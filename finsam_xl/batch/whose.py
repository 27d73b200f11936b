"""Whose a book is that names no association: told by its file's name, or by its neighbours.

Nothing is guessed from a folder alone: of two books in a folder that only one association has
books in, the nameless one must tell of the same things, or state the same figure. What is told
so is said so; any other book stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import PurePosixPath

from finsam_xl.batch.reading import Reading
from finsam_xl.labels import normalise
from finsam_xl.records import NamedTuple
from finsam_xl.words.association import own_words
from finsam_xl.words.axis import plain

_PARTING = re.compile(r"[/_.,()-]+")


class Whose(NamedTuple):
    """The association of a nameless book, and what tells it, in Swedish."""

    association: str = ""
    why: str = ""


NOBODY = Whose()


class _Known(NamedTuple):
    """What the books of an association tell: their things, and the figures that they state."""

    things: frozenset[str]
    figures: frozenset[tuple[str, int, Fraction]]


def whose(readings: Mapping[str, Reading]) -> dict[str, Whose]:
    """The nameless books by name that it can be told of, each with its association."""
    named = {name: one for name, one in readings.items() if one.association}
    known = _known(named.values())
    folders = _folders(named)
    found: dict[str, Whose] = {}
    for name, reading in readings.items():
        if not reading.association and (one := _of(name, reading, known, folders)) is not None:
            found[name] = one
    return found


def _known(readings: Iterable[Reading]) -> dict[str, _Known]:
    found: dict[str, _Known] = {}
    for reading in readings:
        before = found.get(reading.association, _Known(frozenset(), frozenset()))
        found[reading.association] = _Known(
            before.things | _things(reading), before.figures | _figures(reading)
        )
    return found


def _folders(named: Mapping[str, Reading]) -> dict[str, set[str]]:
    """The associations that have books in or below each folder."""
    found: dict[str, set[str]] = {}
    for name, reading in named.items():
        for folder in PurePosixPath(name).parents:
            found.setdefault(str(folder), set()).add(reading.association)
    return found


def _of(
    name: str, reading: Reading, known: Mapping[str, _Known], folders: Mapping[str, set[str]]
) -> Whose | None:
    called = [one for one in known if _is_called(name, one)]
    if len(called) == 1:
        return Whose(called[0], "filens eller mappens namn")
    nearest = (folders[str(f)] for f in PurePosixPath(name).parents if str(f) in folders)
    beside = next(nearest, set())
    if called or len(beside) != 1:
        return None
    (other,) = beside
    told = next(_shared(reading, known[other]), "")
    return Whose(other, f"andra böcker i mappen, {told}") if told else None


def _is_called(name: str, association: str) -> bool:
    """Whether all the words that tell which association it is stand in the way to a file."""
    path = str(PurePosixPath(name).with_suffix(""))
    there = set(plain(_PARTING.sub(" ", path)).split())
    words = own_words(_PARTING.sub(" ", association))
    return bool(words) and there.issuperset(words)


def _shared(reading: Reading, other: _Known) -> Iterator[str]:
    """What tells that a book is of the same association as others, in words."""
    things = {normalise(one): one for one in reading.things}
    for thing in sorted(things.keys() & other.things):
        yield f"som också har {things[thing]}"
    if _figures(reading) & other.figures:
        yield "som har samma belopp"


def _things(reading: Reading) -> frozenset[str]:
    return frozenset(map(normalise, reading.things))


def _figures(reading: Reading) -> frozenset[tuple[str, int, Fraction]]:
    return frozenset((one.quantity, one.year, one.value) for one in reading.stated if one.value)
