"""A table of statistics as figures, each with what it is of in every variable."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from finsam_xl.money import exact, parse_number
from finsam_xl.records import NamedTuple

_MISSING = {"", ".", "..", "...", ":", "–", "-"}
MOST = 5_000_000
"""More figures than any table of municipalities, ages, sexes and years has."""


class Fact(NamedTuple):
    """A figure; ``labels``: what it is of, one for each variable. ``None``: not published."""

    labels: tuple[str, ...]
    value: Fraction | None


class Cube(NamedTuple):
    """A table: its title, the names of its variables, and its figures.

    ``name`` and ``digest``: of the file it was saved in.
    """

    name: str
    digest: str
    title: str
    heads: tuple[str, ...]
    facts: tuple[Fact, ...]

    def labels(self, variable: int) -> tuple[str, ...]:
        """The labels of a variable, each once, in the order of the table."""
        return tuple(dict.fromkeys(fact.labels[variable] for fact in self.facts))


def crossed(labels: Sequence[Sequence[str]], values: Sequence[object]) -> tuple[Fact, ...]:
    """The figures of a table whose last variable varies fastest."""
    return tuple(
        Fact(of, number(value)) for of, value in zip(product(*labels), values, strict=True)
    )


def number(value: object) -> Fraction | None:
    """A figure as tables write it; ``None`` for what is missing.

    >>> number("1 234"), number(".."), number(12.5)
    (Fraction(1234, 1), None, Fraction(25, 2))
    """
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return Fraction(str(value))
    text = str(value).strip()
    found = None if text in _MISSING else parse_number(text)
    return None if found is None else exact(found.value)
