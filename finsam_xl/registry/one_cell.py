"""One cell of an argument, neither blank nor an error, read as what the argument is.

What cannot be read raises ``InputError``, which says what to write instead.

>>> day_of(43728.0)
datetime.date(2019, 9, 20)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from finsam_xl.errors import InputError
from finsam_xl.labels import normalise
from finsam_xl.model import Word, shortened
from finsam_xl.model_budget import Known
from finsam_xl.money import as_int, exact, parse_number
from finsam_xl.periods import Period
from finsam_xl.reading.targets import parse_judgement, parse_word
from finsam_xl.records import NamedTuple
from finsam_xl.registry.entries import Argument, Kind
from finsam_xl.sheets.grid import Cell
from finsam_xl.words.units import Unit, converted

_TRUTHS = {"sant": True, "true": True, "falskt": False, "false": False}
_DAY_ZERO = date(1899, 12, 30)
_BROKEN_DATE = re.compile(r"\d[-/.]\d")
_LAST_SERIAL = 2_958_465
_YEARS = range(1990, 2101)


class Percent(NamedTuple):
    """A share that was written in per cent."""

    value: Fraction


def number_of(raw: Any) -> tuple[Fraction, str]:
    """An exact number and the unit written behind it."""
    if isinstance(raw, str):
        figure = parse_number(raw)
        if figure is not None:
            return Fraction(figure.value), figure.unit
    elif isinstance(raw, float):
        return exact(float(raw)), ""
    elif isinstance(raw, Decimal):
        if raw.is_finite():
            return Fraction(raw), ""
    elif isinstance(raw, int | Fraction) and not isinstance(raw, bool):
        return Fraction(raw), ""
    raise InputError(
        f"{shown(raw)} är inget tal.", remedy="Skriv ett tal, till exempel 11 540 eller 82,36."
    )


def _amount(raw: Any, argument: Argument) -> Known:
    """A number as it stands, exact; per cent as a part of one, as Excel keeps it."""
    value, unit = number_of(raw)
    if unit == "%" and argument.unit != "index":
        value /= 100
    if argument.unit == Unit.TKR:
        value = converted(value, unit, Unit.TKR)
    return as_int(value)


def _count(raw: Any, argument: Argument) -> Known:
    """A number that is not negative."""
    value = _amount(raw, argument)
    if value < 0:
        raise InputError("Antalet är negativt.", remedy="Skriv 0 eller mer.")
    return value


def _key(raw: Any, _: Argument) -> Known | Percent:
    value, unit = number_of(raw)
    return Percent(value) if unit == "%" else as_int(value)


def _share(raw: Any, _: Argument) -> Fraction:
    """A share of one: 0,4, 40 and 40 % are the same."""
    value, unit = number_of(raw)
    if unit == "%" or value > 1:
        value /= 100
    if not 0 <= value <= 1:
        raise InputError("Andelen ligger utanför 0–100 %.", remedy="Skriv till exempel 40 %.")
    return value


def _choice(raw: Any, argument: Argument) -> str:
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


def _day(raw: Any, _: Argument) -> date:
    """The day a cell names, a year or tertial being its last."""
    found = day_of(raw)
    if found is None:
        raise InputError(f"{shown(raw)} är inget datum.", remedy="Skriv till exempel 2021-12-31.")
    return found


def day_of(raw: Any) -> date | None:
    """A date, Excel's number of one, a year, or a text such as 2019-09-20 or T2 2019."""
    if isinstance(raw, date):
        return raw.date() if isinstance(raw, datetime) else raw
    if isinstance(raw, str):
        try:
            return date.fromisoformat(raw.strip())
        except ValueError:
            period = None if _BROKEN_DATE.search(raw) else Period.find(raw)
            return period.last_day if period else None
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        if raw in _YEARS:
            return date(int(raw), 12, 31)
        return _DAY_ZERO + timedelta(int(raw)) if 0 < raw <= _LAST_SERIAL else None
    return None


def _truth(raw: Any, _: Argument) -> bool | None:
    """TRUE, FALSE, Ja, Nej, 1, 0; ``None`` for "ej mätt"."""
    word = normalise(raw) if isinstance(raw, str) else ""
    if word in _TRUTHS:
        return _TRUTHS[word]
    judged = parse_judgement(Cell(raw)) if isinstance(raw, bool | int | float | str) else None
    if judged is None and parse_word(word) is not Word.NOT_MEASURED:
        raise InputError(f"{shown(raw)} går inte att tolka.", remedy="Skriv Ja, Nej eller Ej mätt.")
    return judged


def _text(raw: Any, _: Argument) -> str:
    """A text without outer spaces."""
    if not isinstance(raw, str):
        raise InputError(f"{shown(raw)} är ingen text.", remedy="Skriv med ord.")
    return raw.strip()


def _name(raw: Any, argument: Argument) -> str:
    """A text, or a whole number as it is written."""
    is_number = isinstance(raw, int | float) and not isinstance(raw, bool)
    return str(int(raw)) if is_number and raw == int(raw) else _text(raw, argument)


def _limit(raw: Any, _: Argument) -> float | str:
    """A limit as it stands: the rule decides its unit."""
    if isinstance(raw, str):
        return raw
    value, _unit = number_of(raw)
    return float(value)


def _measured(raw: Any, _: Argument) -> Known | Percent | Word:
    """A number, a share in per cent, or what a word says."""
    if isinstance(raw, bool):
        return Word.REPORTED if raw else Word.NOT_REPORTED
    word = parse_word(raw) if isinstance(raw, str) else None
    if word is not None:
        return word
    value, unit = number_of(raw)
    return Percent(value) if unit in ("%", "pp") else as_int(value)


READ: dict[Kind, Callable[[Any, Argument], Any]] = {
    Kind.AMOUNT: _amount,
    Kind.SHARE: _share,
    Kind.COUNT: _count,
    Kind.KEY: _key,
    Kind.CHOICE: _choice,
    Kind.DATE: _day,
    Kind.TRUTH: _truth,
    Kind.TEXT: _text,
    Kind.NAME: _name,
    Kind.LIMIT: _limit,
    Kind.MEASURED: _measured,
}


def shown(raw: Any) -> str:
    """A value as it is quoted in a message."""
    if isinstance(raw, bool):
        return "SANT" if raw else "FALSKT"
    if isinstance(raw, str):
        return f"”{shortened(raw)}”"
    if isinstance(raw, date):
        return f"Datumet {raw:%Y-%m-%d}"
    if isinstance(raw, int | float):
        return f"Talet {shortened(repr(raw))}".replace(".", ",")
    return "Området" if isinstance(raw, list | tuple) else "Värdet"
