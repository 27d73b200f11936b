"""Cell values on their way out of Excel and back into it.

>>> from_excel(80.0), from_excel("#DIV/0!"), from_excel("")
(80, '#DIV/0!', None)
>>> to_excel("1.2.1"), to_excel("Ja"), to_excel(8)
("'1.2.1", 'Ja', 8.0)
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from finsam_xl.sheets.grid import CellError, Value

_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001  (Excel's days have no time zone)
_SECONDS_PER_DAY = 86_400
_LONGEST_TEXT = 32_767
_ERROR_VALUES = (
    "#DIV/0! #N/A #NAME? #NULL! #NUM! #REF! #VALUE! #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT! "
    "#BUSY! #UNKNOWN! #GETTING_DATA #DATA!"
)
_ERRORS = frozenset(_ERROR_VALUES.split())
_TRUTH = frozenset({"true", "false", "sant", "falskt"})
_READ_AS_SOMETHING_ELSE = re.compile(r"^[=+\-@'#]|\d")


def from_excel(value: object) -> Value:
    """What a cell holds, as the file host would have read it: a date is its serial number."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return CellError(value) if value in _ERRORS else value or None
    if isinstance(value, datetime):
        return _plain((value.replace(tzinfo=None) - _FIRST_DAY).total_seconds() / _SECONDS_PER_DAY)
    if isinstance(value, date):
        return (value - _FIRST_DAY.date()).days
    if isinstance(value, int | float | Decimal):
        return _plain(float(value))
    return str(value)


def _plain(number: float) -> float | int:
    return int(number) if number.is_integer() else number


def to_excel(value: Value) -> float | str | bool | None:
    """What to hand over so that the cell holds exactly this value.

    Excel reads a text it is given as if a person had typed it: "1.2.1" would become a
    date and "- Hyra" a formula. A leading apostrophe, which is not part of the text,
    says that it is one.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        text = value[:_LONGEST_TEXT]
        is_plain = not _READ_AS_SOMETHING_ELSE.search(text) and text.lower() not in _TRUTH
        return text if is_plain else "'" + text
    return float(value)
