"""What a table says of each municipality in each year: how many people of some ages.

Nothing is added up twice: sexes are added or taken together, and ages are covered once each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from finsam_xl.errors import InputError
from finsam_xl.records import NamedTuple
from finsam_xl.scb.cube import Cube
from finsam_xl.words.ages import Ages, ages
from finsam_xl.words.parties import place_name
from finsam_xl.words.people import sex
from finsam_xl.words.totals import is_everyone

_YEAR = re.compile(r"(?:19|20)\d\d")
_PLACE = re.compile(r"(\d{4})\s+(.+)")
_MOSTLY = 0.5
_FORMER = {"malung": "malung-sälen", "1917": "0331"}
"""What municipalities were called: Malung to 2008, and Heby's code until it changed county."""


class Place(NamedTuple):
    """A municipality: its code, '' where the table has none, and its name."""

    code: str
    name: str


class People(NamedTuple):
    """How many people each municipality has of some ages, by year."""

    ages: Ages
    by_year: Mapping[int, Mapping[Place, Fraction]]

    @property
    def years(self) -> list[int]:
        """The years there are, the earliest first."""
        return sorted(self.by_year)

    def of(self, year: int, label: str) -> tuple[Place, Fraction] | None:
        """A municipality by how a person writes it, with its number; ``None`` if it is not there.

        Raises ``LookupError`` where two municipalities may be meant.
        """
        code, name = _written(label)
        if not code and not name:
            return None
        found = [
            (place, number)
            for place, number in self.by_year[year].items()
            if code in ("", place.code) and name in ("", place_name(place.name))
        ]
        if len(found) > 1:
            raise LookupError(label)
        return found[0] if found else None


def _written(label: str) -> tuple[str, str]:
    """The code a label begins with and the name after it, as they are now; '' for none.

    Four digits elsewhere are a year: 2026 is Gagnef's code as well.

    >>> _written("2480 Umeå"), _written("Malungs kommun"), _written("1917")
    (('2480', 'umeå'), ('', 'malung-sälen'), ('0331', ''))
    """
    begun = re.match(r"\s*(\d{4})(?!\d)", label)
    code = begun[1] if begun else ""
    name = place_name(label[begun.end() :] if begun else label)
    return _FORMER.get(code, code), _FORMER.get(name, name)


def has_places(cube: Cube) -> bool:
    """Whether a table is of municipalities, by their codes and names."""
    return _variable(cube, _is_place) is not None


def all_places(cube: Cube) -> list[Place]:
    """The municipalities of a table."""
    variable = _variable(cube, _is_place)
    labels = () if variable is None else cube.labels(variable)
    return [place for label in labels if (place := _place(label)) is not None]


def people(cube: Cube, wanted: Ages) -> People:
    """How many people of some ages there are; ``InputError`` where the table does not tell."""
    place, year, age, sexes = (
        _variable(cube, tells) for tells in (_is_place, _is_year, ages, _sex)
    )
    if place is None or year is None or age is None:
        what = "kommuner" if place is None else "år" if year is None else "åldrar"
        raise _unusable(cube, f"Tabellen säger inte vilka {what} siffrorna gäller.")
    chosen = _chosen([(label, ages(label)) for label in cube.labels(age)], wanted)
    if chosen is None:
        told = f"{wanted.first}–{wanted.last} år"
        raise _unusable(
            cube, f"Tabellen har inte befolkningen {told} i åldrar som går att lägga ihop."
        )
    both = _both(cube.labels(sexes)) if sexes is not None else ()
    rest = [n for n in range(len(cube.heads)) if n not in (place, year, age, sexes)]
    many = [cube.heads[n] for n in rest if len(cube.labels(n)) > 1]
    if many:
        raise _unusable(cube, f"Tabellen har siffrorna uppdelade på {many[0]}.")
    found: dict[int, dict[Place, Fraction | None]] = {}
    count: dict[tuple[int, Place], int] = {}
    for fact in cube.facts:
        of = fact.labels
        if of[age] not in chosen or (sexes is not None and of[sexes] not in both):
            continue
        one = _place(of[place])
        if one is None:
            continue
        when = int(_YEAR.findall(of[year])[-1])
        held = found.setdefault(when, {})
        before = held.get(one, Fraction(0))
        held[one] = None if fact.value is None or before is None else before + fact.value
        count[when, one] = count.get((when, one), 0) + 1
    parts = len(chosen) * max(1, len(both))
    whole = {
        when: {
            one: number
            for one, number in held.items()
            if number is not None and count[when, one] == parts
        }
        for when, held in found.items()
    }
    return People(wanted, {when: held for when, held in whole.items() if held})


def _unusable(cube: Cube, what: str) -> InputError:
    return InputError(
        what,
        where=cube.name,
        remedy="Spara tabellen Folkmängden efter region, ålder, kön och år (BefolkningNy) från "
        "SCB: förbundets kommuner, åldrarna ett år i taget och ett år.",
    )


def _variable(cube: Cube, tells: Callable[[str], object]) -> int | None:
    """The variable whose labels are mostly of a sort."""
    best: tuple[float, int] | None = None
    for n in range(len(cube.heads)):
        labels = cube.labels(n)
        part = sum(tells(label) not in (None, False) for label in labels) / max(1, len(labels))
        if part > _MOSTLY and (best is None or part > best[0]):
            best = (part, n)
    return None if best is None else best[1]


def _is_place(label: str) -> bool:
    return _PLACE.fullmatch(label) is not None


def _is_year(label: str) -> bool:
    return _YEAR.fullmatch(label) is not None


def _sex(label: str) -> object:
    return sex(label) if sex(label) is not None else (is_everyone(label) or None)


def _place(label: str) -> Place | None:
    """The municipality of a label; ``None`` for the country, a county, or no place."""
    found = _PLACE.fullmatch(label.strip())
    return None if found is None else Place(found[1], found[2])


def _both(labels: Sequence[str]) -> tuple[str, ...]:
    """The labels that are everyone together: the whole, or else women and men."""
    whole = [label for label in labels if sex(label) is None and is_everyone(label)]
    parts = [label for label in labels if sex(label) is not None]
    return (whole[0],) if whole else tuple(parts)


def _chosen(labels: Sequence[tuple[str, Ages | None]], wanted: Ages) -> frozenset[str] | None:
    """The labels that cover the wanted ages once each; ``None`` where none do."""
    inside = [(label, own) for label, own in labels if own is not None and _within(own, wanted)]
    exact = [label for label, own in inside if own == wanted]
    if exact:
        return frozenset(exact[:1])
    for span in sorted({_length(own) for _, own in inside}):
        alike = sorted(((own, label) for label, own in inside if _length(own) == span))
        if _covers([own for own, _ in alike], wanted):
            return frozenset(label for _, label in alike)
    return frozenset(label for label, _ in inside) if _covers(_sorted(inside), wanted) else None


def _sorted(inside: Sequence[tuple[str, Ages]]) -> list[Ages]:
    return sorted(own for _, own in inside)


def _within(own: Ages, wanted: Ages) -> bool:
    if own.last is None or wanted.last is None:
        return own.last is wanted.last is None and own.first >= wanted.first
    return wanted.first <= own.first and own.last <= wanted.last


def _length(own: Ages) -> int:
    return -1 if own.last is None else own.last - own.first


def _covers(spans: Sequence[Ages], wanted: Ages) -> bool:
    """Whether spans follow each other from the first wanted age to the last."""
    return list(_gaps(spans, wanted)) == []


def _gaps(spans: Sequence[Ages], wanted: Ages) -> Iterator[int]:
    """The ages where spans do not follow each other."""
    at: int | None = wanted.first
    for span in spans:
        if span.first != at:
            yield span.first
            return
        at = None if span.last is None else span.last + 1
    end = None if wanted.last is None else wanted.last + 1
    if at != end:
        yield -1


def totals(cube: Cube) -> People:
    """The figure of each municipality and year, of everyone; ``InputError`` where it has parts."""
    place, year = _variable(cube, _is_place), _variable(cube, _is_year)
    if place is None or year is None:
        what = "kommuner" if place is None else "år"
        raise _unusable(cube, f"Tabellen säger inte vilka {what} siffrorna gäller.")
    wanted: dict[int, str] = {}
    for n in range(len(cube.heads)):
        labels = cube.labels(n)
        if n not in (place, year):
            whole = labels if len(labels) == 1 else [one for one in labels if is_everyone(one)]
            if len(whole) != 1:
                raise _unusable(cube, f"Tabellen har siffrorna uppdelade på {cube.heads[n]}.")
            wanted[n] = whole[0]
    found: dict[int, dict[Place, Fraction]] = {}
    for fact in cube.facts:
        one = _place(fact.labels[place])
        if one is None or fact.value is None:
            continue
        if all(fact.labels[n] == label for n, label in wanted.items()):
            when = int(_YEAR.findall(fact.labels[year])[-1])
            found.setdefault(when, {})[one] = fact.value
    return People(Ages(0, None), found)
