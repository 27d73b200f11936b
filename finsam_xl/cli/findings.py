"""Findings as people read them, at 80 columns: what, where, why, and what to begin with.

The notes come first and the errors last, where a terminal stops; after them stands what to put
right first. What says the same of many places is told once, and of the notes one of each kind
in each table, unless every one is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from finsam_xl.cli import lines, printing
from finsam_xl.findings.places import Places, listed, named, of_one_kind
from finsam_xl.model import SEVERITIES, Finding, Ref, Severity
from finsam_xl.money import exact, round_half_away, swedish
from finsam_xl.records import NamedTuple


class _Name(NamedTuple):
    mark: str
    colour: str
    one: str
    several: str


_NAMES: dict[Severity, _Name] = {
    "error": _Name("✖", "red", "fel", "fel"),
    "warning": _Name("▲", "yellow", "varning", "varningar"),
    "info": _Name("·", "", "upplysning", "upplysningar"),
}
_INDENT = "    "
_MOST_OTHERS = 6
_DECIMALS, _MOST_DECIMALS = 2, 6


class Told(NamedTuple):
    """A finding, the other places of which the same is said, and how many like it are left out."""

    finding: Finding
    same: tuple[Ref, ...] = ()
    left: int = 0


def severity_name(severity: Severity, *, several: bool = False) -> str:
    """How grave a finding is, in words."""
    name = _NAMES[severity]
    return name.several if several else name.one


def chosen(found: Iterable[Finding], places: Places, *, every: bool) -> list[Told]:
    """What is told of findings, in the order of the book, the gravest last.

    ``every``: also the notes of one kind that are in one table.
    """
    groups: dict[Finding, list[Finding]] = {}
    for finding in sorted(found, key=places.order):
        alike = finding._replace(sheet=None, cell=None, also=())
        groups.setdefault(alike, []).append(finding)
    once = [Told(one, tuple(map(places.of, more))) for one, *more in groups.values()]
    once.sort(key=lambda one: -SEVERITIES.index(one.finding.severity))
    return once if every else list(_of_each_kind(once, places))


def _of_each_kind(once: Sequence[Told], places: Places) -> Iterator[Told]:
    """Of the notes one of each kind in each table; all that is graver."""
    for first, *alike in of_one_kind(once, places, lambda one: one.finding):
        yield first._replace(left=sum(1 + len(one.same) for one in alike))


def text(shown: Iterable[Told], places: Places, *, every: bool = False) -> Iterator[str]:
    """The lines of what is told; ``every``: all other places of each, not only the first."""
    most = lines.width()
    for number, one in enumerate(shown):
        if number and one.finding.severity != SEVERITIES[-1]:
            yield ""
        yield from _block(one, places, most, every=every)


def _block(one: Told, places: Places, most: int, *, every: bool) -> Iterator[str]:
    """What and where on a line, and below it what is wrong, the figures and the other places."""
    finding = one.finding
    name = _NAMES[finding.severity]
    here = places.of(finding)
    head = f"{name.one}  {named(here)}  {finding.code}"
    yield printing.marked(name.mark, name.colour, head)
    below = [finding.message, lines.whole(figures(finding))]
    for word, refs in (("samma i", one.same), ("också", places.others(finding))):
        if refs:
            below.append(f"{word} {listed(refs, here, len(refs) if every else _MOST_OTHERS)}")
    if one.left:
        below.append(f"{one.left} till av samma slag, visa med --alla")
    for line in filter(None, below):
        yield from lines.wrapped(printing.visible(line), places.names, _INDENT, _INDENT, most)


def figures(finding: Finding) -> str:
    """What is stated, what was calculated and the difference; '' where the message is enough.

    >>> figures(Finding("error", "summa-avviker", "Blad1", "B2", "Fel.", 12.5, 10, 2.5))
    'står 12,5   räknat 10   skillnad 2,5'
    """
    told = (finding.stated, finding.calculated, finding.difference)
    numbers = [exact(value) for value in told if isinstance(value, int | float)]
    if finding.severity == SEVERITIES[-1] or len(numbers) < len(told):
        return ""
    decimals = _DECIMALS if round_half_away(numbers[-1], _DECIMALS) else _MOST_DECIMALS
    return "står {}   räknat {}   skillnad {}".format(*(_figure(n, decimals) for n in numbers))


def _figure(number: Fraction, most: int) -> str:
    """A figure with the decimals it needs, at most so many."""
    return swedish(number, most).rstrip("0").rstrip(",")


def first_of(found: Iterable[Finding], places: Places) -> Finding | None:
    """What to put right first: the gravest, and of them the one that stands first in the books.

    Sums stand below what they rest on, and the books of a year follow its budget.
    """
    grave = [finding for finding in found if finding.severity != SEVERITIES[-1]]
    order = SEVERITIES.index
    return min(grave, key=lambda one: (order(one.severity), places.order(one)), default=None)


def looked_up(found: Sequence[Finding], places: Places) -> Iterator[str]:
    """Where it is told what to do about the first of some findings, and of its kind in general."""
    first = first_of(found, places) or next(iter(found), None)
    if first is not None:
        at_once, whole = (f"finsam-xl {name} {first.code}" for name in ("fynd", "handbok"))
        text = f"Vad du gör åt det: {lines.whole(at_once)}, i handboken {lines.whole(whole)}"
        yield from lines.wrapped(text, rest="  ", width=lines.width())


def counted(found: Iterable[Finding]) -> str:
    """How many there are of each severity.

    >>> counted([Finding("error", "summa-avviker", "Blad1", "B2", "Summan är fel.")])
    '1 fel, 0 varningar, 0 upplysningar'
    """
    counts = Counter(finding.severity for finding in found)
    return ", ".join(
        f"{counts[severity]} {name.one if counts[severity] == 1 else name.several}"
        for severity, name in _NAMES.items()
    )
