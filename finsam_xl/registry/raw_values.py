"""What a host's cell holds: the exact number, the date, or how it is quoted in a message.

>>> number_of("82,36 %")
(Fraction(2059, 25), '%')
>>> day_of(43728.0)
datetime.date(2019, 9, 20)
>>> shown(True)
'SANT'
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from finsam_xl.errors import InputError
from finsam_xl.model import shortened
from finsam_xl.money import exact, parse_number
from finsam_xl.periods import Period

_DAY_ZERO = date(1899, 12, 30)
_BROKEN_DATE = re.compile(r"\d[-/.]\d")
_LAST_SERIAL = 2_958_465
_YEARS = range(1990, 2101)


def is_zero(raw: Any) -> bool:
    """Whether a cell holds the number 0; FALSE is no number."""
    return not isinstance(raw, bool) and isinstance(raw, int | float) and raw == 0


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
