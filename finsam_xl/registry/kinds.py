"""Each kind of argument, read from one cell that is neither blank nor an error.

>>> share("40 %") == share(40) == share(0.4)
True
>>> truth("Ej mätt") is None
True
>>> measured("77 %")
Percent(value=Fraction(77, 1))
>>> amount("2 mkr", Argument("avgifter", Kind.AMOUNT, "", unit="tkr"))
2000
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from finsam_xl.errors import InputError
from finsam_xl.labels import normalise
from finsam_xl.model import Word
from finsam_xl.model_budget import Known
from finsam_xl.reading.targets import parse_judgement, parse_word
from finsam_xl.records import NamedTuple
from finsam_xl.registry.entries import Argument, Kind
from finsam_xl.registry.raw_values import day_of, number_of, shown
from finsam_xl.sheets.grid import Cell
from finsam_xl.words.units import Unit, converted

_TRUTHS = {"sant": True, "true": True, "falskt": False, "false": False}


class Percent(NamedTuple):
    """A measured share that was written in per cent."""

    value: Fraction


def amount(raw: Any, argument: Argument) -> Known:
    """A number as it stands, exact; per cent as a part of one, as Excel keeps it."""
    value, unit = number_of(raw)
    if unit == "%" and argument.unit != "index":
        value /= 100
    if argument.unit == Unit.TKR:
        value = converted(value, unit, Unit.TKR)
    return int(value) if value.denominator == 1 else value


def count(raw: Any, argument: Argument) -> Known:
    """A number that is not negative."""
    value = amount(raw, argument)
    if value < 0:
        raise InputError("Antalet är negativt.", remedy="Skriv 0 eller mer.")
    return value


def share(raw: Any) -> Fraction:
    """A share of one: 0,4, 40 and 40 % are the same."""
    value, unit = number_of(raw)
    if unit == "%" or value > 1:
        value /= 100
    if not 0 <= value <= 1:
        raise InputError("Andelen ligger utanför 0–100 %.", remedy="Skriv till exempel 40 %.")
    return value


def choice(raw: Any, argument: Argument) -> str:
    """What one of the argument's words means, whatever the case."""
    if isinstance(raw, str):
        word = normalise(raw)
        for way, meaning in argument.choices.items():
            if normalise(way) == word:
                return meaning
    first: dict[str, str] = {}
    for way, meaning in argument.choices.items():
        first.setdefault(meaning, way)
    offered = ", ".join(f"”{way}”" for way in first.values())
    raise InputError(f"{shown(raw)} är okänt.", remedy=f"Välj {offered}.")


def day(raw: Any) -> date:
    """The day a cell names, a year or tertial being its last."""
    found = day_of(raw)
    if found is None:
        raise InputError(f"{shown(raw)} är inget datum.", remedy="Skriv till exempel 2021-12-31.")
    return found


def truth(raw: Any) -> bool | None:
    """TRUE, FALSE, Ja, Nej, 1, 0; ``None`` for "ej mätt"."""
    word = normalise(raw) if isinstance(raw, str) else ""
    if word in _TRUTHS:
        return _TRUTHS[word]
    judged = parse_judgement(Cell(raw)) if isinstance(raw, bool | int | float | str) else None
    if judged is None and parse_word(word) is not Word.NOT_MEASURED:
        raise InputError(f"{shown(raw)} går inte att tolka.", remedy="Skriv Ja, Nej eller Ej mätt.")
    return judged


def text(raw: Any) -> str:
    """A text without outer spaces."""
    if not isinstance(raw, str):
        raise InputError(f"{shown(raw)} är ingen text.", remedy="Skriv med ord.")
    return raw.strip()


def limit(raw: Any) -> float | str:
    """A limit as it stands: the rule decides its unit."""
    if isinstance(raw, str):
        return raw
    value, _ = number_of(raw)
    return float(value)


def measured(raw: Any) -> Known | Percent | Word:
    """A number, a share in per cent, or what a word says."""
    if isinstance(raw, bool):
        return Word.REPORTED if raw else Word.NOT_REPORTED
    word = parse_word(raw) if isinstance(raw, str) else None
    if word is not None:
        return word
    value, unit = number_of(raw)
    if unit == "%":
        return Percent(value)
    return int(value) if value.denominator == 1 else value


PLAIN = {
    Kind.SHARE: share,
    Kind.DATE: day,
    Kind.TRUTH: truth,
    Kind.TEXT: text,
    Kind.LIMIT: limit,
    Kind.MEASURED: measured,
}
"""The kinds that read a cell by itself."""
BY_ARGUMENT = {Kind.AMOUNT: amount, Kind.COUNT: count, Kind.CHOICE: choice}
"""The kinds that ask the argument for its unit or choices."""
