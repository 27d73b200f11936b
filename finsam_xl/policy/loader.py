"""Reading a rule file, strictly.

Every table is one rule: ``title``, ``unit``, ``bounds = [low, high]`` and
``values``, a list of ``{ from, value, source }`` in order of date. ``value`` is a
number, a list of numbers, or ``"ended"``.
"""

from __future__ import annotations

import tomllib
from datetime import date
from fractions import Fraction
from math import isfinite
from pathlib import Path
from typing import Any

from finsam_xl.errors import PolicyError
from finsam_xl.records import NamedTuple

FOLDER = Path(__file__).parent
"""Where the rule files are."""
ENDED = "ended"
EXAMPLE = (
    '[target]\ntitle = "Målindex"\nunit = "index"\nbounds = [0, 100]\n'
    'values = [{ from = 2018-01-01, value = 70, source = "Årsredovisning 2021" }]'
)
_KEYS = {"title", "unit", "bounds", "values"}
_VALUE_KEYS = {"from", "value", "source"}


class Dated(NamedTuple):
    """One value of a rule: the day it starts, its numbers (none when ended) and its source."""

    start: date
    numbers: tuple[Fraction, ...]
    source: str


class Rule(NamedTuple):
    """One rule with all its values over time, and the bounds that any value is within."""

    name: str
    title: str
    unit: str
    values: tuple[Dated, ...]
    bounds: tuple[Fraction, Fraction]

    def at(self, day: date) -> Dated:
        """The value in force on ``day``; raises ``PolicyError`` when there is none."""
        found = [value for value in self.values if value.start <= day]
        if not found or not found[-1].numbers:
            raise PolicyError(
                f"Regeln ”{self.title}” har inget värde för {day}.",
                where=self.name,
                remedy="Lägg till ett värde med startdatum och källa i regelfilen.",
            )
        return found[-1]

    def numbers(self, day: date) -> tuple[Fraction, ...]:
        """The rule's numbers on ``day``."""
        return self.at(day).numbers

    def number(self, day: date) -> Fraction:
        """The rule's only number on ``day``."""
        (only,) = self.at(day).numbers
        return only


def read_rules(name: str) -> dict[str, Rule]:
    """The rules of the file ``name``.toml beside this module."""
    path = FOLDER / f"{name}.toml"
    return parse_rules(path.read_text(encoding="utf-8"), name)


def parse_rules(text: str, name: str) -> dict[str, Rule]:
    """The rules a TOML text holds; ``PolicyError`` names the rule and shows an example."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refused(name, f"är inte giltig TOML ({error})") from error
    return {key: _rule(f"{name}.{key}", table) for key, table in tables.items()}


def _refused(name: str, why: str) -> PolicyError:
    return PolicyError(f"Regeln {why}.", where=name, remedy=f"Så här ska den se ut:\n{EXAMPLE}")


def _rule(name: str, table: Any) -> Rule:
    if not isinstance(table, dict) or set(table) != _KEYS:
        raise _refused(name, f"ska ha nycklarna {', '.join(sorted(_KEYS))}")
    low, high = _bounds(name, table["bounds"])
    if not isinstance(table["values"], list) or not table["values"]:
        raise _refused(name, "saknar värden")
    values = tuple(_dated(name, entry, low, high) for entry in table["values"])
    if [v.start for v in values] != sorted({v.start for v in values}):
        raise _refused(name, "har värden som inte står i datumordning")
    for key in ("title", "unit"):
        if not isinstance(table[key], str) or not table[key]:
            raise _refused(name, f"saknar {key}")
    return Rule(name, table["title"], table["unit"], values, (low, high))


def _bounds(name: str, bounds: Any) -> tuple[Fraction, Fraction]:
    if isinstance(bounds, list) and len(bounds) == 2 and all(_is_number(b) for b in bounds):
        return Fraction(str(bounds[0])), Fraction(str(bounds[1]))
    raise _refused(name, "har bounds som inte är [lägst, högst]")


def _dated(name: str, entry: Any, low: Fraction, high: Fraction) -> Dated:
    if not isinstance(entry, dict) or set(entry) != _VALUE_KEYS:
        raise _refused(name, f"har ett värde utan nycklarna {', '.join(sorted(_VALUE_KEYS))}")
    start, value, source = entry["from"], entry["value"], entry["source"]
    if type(start) is not date:
        raise _refused(name, f"har startdatum {start!r}, som inte är ett datum")
    if not isinstance(source, str) or not source:
        raise _refused(name, "har ett värde utan källa")
    if value == ENDED:
        return Dated(start, (), source)
    listed = value if isinstance(value, list) else [value]
    if not listed or not all(_is_number(number) for number in listed):
        raise _refused(name, f"har värdet {value!r}, som inte är ett tal")
    numbers = tuple(Fraction(str(number)) for number in listed)
    if not all(low <= number <= high for number in numbers):
        raise _refused(name, f"har värdet {value!r} utanför gränserna {low}–{high}")
    return Dated(start, numbers, source)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
