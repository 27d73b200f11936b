"""The only door to exact numbers: reading, rounding and writing figures.

Sheets hold floats and texts; inside the product figures are exact
(``Decimal`` for amounts, ``Fraction`` for shares). Reading accepts figures the
way Swedish offices write them, with space, no-break space or thin space
between thousands, comma as the decimal sign, and per cent, points or currency
behind.

>>> parse_number("11 540")
Figure(value=Decimal('11540'), unit='')
>>> parse_number("82,36 %")
Figure(value=Decimal('82.36'), unit='%')
>>> round_half_away(Fraction(1035, 10))
Decimal('104')
>>> swedish(Decimal("-1146.5"), 1)
'−1\\xa0146,5'
>>> trimmed(Fraction(2992)), trimmed(Fraction(5725, 2), "tkr")
('2\\xa0992', '2\\xa0862,5\\xa0tkr')
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import repeat
from math import gcd

from finsam_xl.records import NamedTuple

Exact = int | Decimal | Fraction
Terms = tuple[int, int]
"""A figure in terms: two whole numbers, the part and of how many, not shortened, the latter above
nought. So many figures are calculated in a tenth of the time that fractions take."""

_SPACES = str.maketrans("", "", " \u00a0\u2009\u202f\u2007'")
_NUMBER = re.compile(r"([-−–]?)(\d+(?:[.,]\d+)?)(%|procentenheter|pp|tkr|mkr|kr|st|poäng)?\.?")
_PLAIN = re.compile(r"(\d+(?:[ \u00a0\u2009\u202f]\d{3})*)(?:[.,](\d+))?")
_PLAIN_LINE = r"[0-9]++(?:[ \u00a0\u2009\u202f][0-9]{3})*+(?:[.,][0-9]{1,4}+)?+"
_PLAIN_LINES = re.compile(rf"{_PLAIN_LINE}(?:\n{_PLAIN_LINE})*+")
_TO_FLOAT = str.maketrans(",", ".", " \u00a0\u2009\u202f")
_LONGEST_NUMBER = 60
_MOST_DECIMALS = 4
_STEP, _LARGEST = 10**_MOST_DECIMALS, 1e11
_SCALES = (100, _STEP)
_SMALLEST = Fraction(1, _STEP)
_FIRST = 20
_MOST_KEPT = 65536
_UNITS = {"procentenheter": "pp", "poäng": "p"}


class Figure(NamedTuple):
    """A figure read from text: its exact value and its unit as written ('%', 'pp', 'tkr', …)."""

    value: Decimal
    unit: str


@lru_cache(maxsize=_MOST_KEPT)
def parse_number(text: str) -> Figure | None:
    """The figure a text shows, or ``None`` if it shows no single figure.

    ``text``: anything a person may type. Source: how the documents write figures.
    """
    if len(text) > _LONGEST_NUMBER:
        return None
    match = _NUMBER.fullmatch(text.translate(_SPACES).lower())
    if not match:
        return None
    sign, digits, unit = match.groups()
    value = Decimal(digits.replace(",", "."))
    return Figure(-value if sign else value, _UNITS.get(unit or "", unit or ""))


@lru_cache(maxsize=_MOST_KEPT, typed=True)
def exact(value: float | Decimal | Fraction) -> Fraction:
    """A cell's number as a person sees it: 0.8 is four fifths, not its binary neighbour."""
    return _exact(value) if isinstance(value, float) else Fraction(value)


def _exact(value: float) -> Fraction:
    if -_LARGEST < value < _LARGEST:
        # Of the decimals with so few figures only one is nearest to this number.
        steps = round(value * _STEP)
        if steps / _STEP == value:
            return ratio(steps, _STEP)
    return Fraction(repr(value))


def exacts(values: Sequence[float]) -> list[int | Fraction]:
    """The same of a column of finite numbers below 2**53, the whole ones as such.

    >>> exacts([2.0, 0.8, 3])
    [2, Fraction(4, 5), 3]
    """
    whole: list[int | Fraction] = [*map(int, values)]
    if whole == values:
        return whole
    different = {*values}
    if 2 * len(different) < len(values):
        read = dict(zip(different, exacts([*different]), strict=True))
        return [*map(read.__getitem__, values)]
    found = in_steps(values)
    if found is None:
        return [int(value) if value == int(value) else _exact(value) for value in values]
    steps, of = found
    return [ratio(step, of) if step % of else step // of for step in steps]


def all_terms(values: Sequence[float]) -> list[Terms]:
    """The same as two whole numbers each, not shortened.

    >>> all_terms([2.0, 0.8])
    [(200, 100), (80, 100)]
    """
    found = in_steps(values)
    if found is None:
        return [value.as_integer_ratio() for value in exacts(values)]
    steps, of = found
    return [*zip(steps, repeat(of))]


def in_steps(values: Sequence[float]) -> tuple[list[int], int] | None:
    """A column of finite numbers as so many steps each, and how many steps there are to one.

    ``None`` where a number has more decimals than are usual.

    >>> in_steps([2.0, 3]), in_steps([2.0, 0.8]), in_steps([1 / 3])
    (([2, 3], 1), ([200, 80], 100), None)
    """
    # One look at the first spares most columns of decimals a look at all.
    if values[0] == int(values[0]) and (whole := [*map(int, values)]) == values:
        return whole, 1
    if not -_LARGEST < min(values) <= max(values) < _LARGEST:
        return None
    for scale in _SCALES:
        steps = _steps(values[:_FIRST], scale) and _steps(values, scale)
        if steps:
            return steps, scale
    return None


def _steps(values: Sequence[float], scale: int) -> list[int] | None:
    """How many steps each value is, if they are whole ones."""
    steps = [round(value * scale) for value in values]
    # Of the decimals with so few figures only one is nearest to a number.
    return steps if [step / scale for step in steps] == values else None


def plain(text: str) -> int | Fraction | None:
    """The figure of a text without sign and unit, as most are; ``None`` for any other text.

    >>> plain("11 540"), plain("82,36"), plain("5 tkr")
    (11540, Fraction(2059, 25), None)
    """
    match = _PLAIN.fullmatch(text)
    if match is None or len(text) > _LONGEST_NUMBER:
        return None
    whole, part = match.groups()
    digits = whole if whole.isdigit() else "".join(whole.split())
    if part is None:
        return int(digits)
    figure = ratio(int(digits + part), 10 ** len(part))
    return figure if figure.denominator != 1 else int(figure)


def plain_floats(texts: Sequence[str]) -> list[float] | None:
    """The same of a column of texts, ``None`` as soon as one of them is another.

    They are floats as cells hold them: of the decimals with so few figures only one is nearest to
    a number.

    >>> plain_floats(["11 540", "82,36"]), plain_floats(["1", "5 tkr"])
    ([11540.0, 82.36], None)
    """
    lines = "\n".join(texts)
    if not _PLAIN_LINES.fullmatch(lines):
        return None
    figures = lines.translate(_TO_FLOAT).split("\n")
    if len(figures) != len(texts):
        return None
    numbers = [*map(float, figures)]
    return numbers if max(numbers) < _LARGEST else None


def ratio(top: int, bottom: int) -> Fraction:
    """A fraction of two whole numbers, the lower above nought, in a third of the usual time.

    >>> ratio(6, 4), ratio(-6, 3)
    (Fraction(3, 2), Fraction(-2, 1))
    """
    common = gcd(top, bottom)
    made = object.__new__(Fraction)
    made._numerator, made._denominator = top // common, bottom // common  # type: ignore[attr-defined]
    return made


def known(value: Exact) -> int | Fraction:
    """A number that is calculated with: as it is where it is whole or a fraction."""
    return value if type(value) is int or type(value) is Fraction else Fraction(value)


def as_int(value: int | Fraction) -> int | Fraction:
    """A number, a whole one as ``int``: they add up faster."""
    return value.numerator if value.denominator == 1 else value


def as_float(value: int | Fraction) -> int | float:
    """A number as a cell or a file holds it: a whole one without decimals."""
    return value.numerator if value.denominator == 1 else float(value)


def percent_terms(part: Exact, whole: Exact | None) -> Terms | None:
    """A part in per cent of the whole as two whole numbers, not shortened, the lower above nought.

    >>> percent_terms(247, 319), percent_terms(1, 0)
    ((24700, 319), None)
    """
    if not whole:
        return None
    (top, by), (bottom, of) = part.as_integer_ratio(), whole.as_integer_ratio()
    return (100 * top * of, by * bottom) if bottom > 0 else (-100 * top * of, -by * bottom)


def round_half_away(value: Exact, decimals: int = 0) -> Decimal:
    """Rounded half away from zero, as the documents' tables are.

    ``decimals``: digits kept after the decimal sign.
    """
    rounded = Decimal(whole_steps(value, 10**decimals))
    return rounded.scaleb(-decimals) if decimals else rounded


def whole_steps(value: Exact, scale: int) -> int:
    """How many steps a figure is, of which one has ``scale``, rounded half away from zero."""
    top, bottom = value.as_integer_ratio()
    whole = (2 * scale * abs(top) + bottom) // (2 * bottom)
    return whole if top >= 0 else -whole


def step_of(values: Iterable[int | Fraction]) -> Fraction:
    """The largest power of ten that figures are whole multiples of; 1 where all are nought.

    >>> step_of([326, 79]), step_of([1200, 500]), step_of([Fraction(1, 4)])
    (Fraction(1, 1), Fraction(100, 1), Fraction(1, 100))
    """
    different = [value for value in values if value]
    step = Fraction(1)
    if not different:
        return step
    while any((value / step).denominator != 1 for value in different) and step > _SMALLEST:
        step /= 10
    while all((value / (10 * step)).denominator == 1 for value in different):
        step *= 10
    return step


def trimmed(value: int | Fraction, unit: str = "") -> str:
    """A figure that is mostly whole: without decimals when it is, else with one."""
    return swedish(value, 0 if value.denominator == 1 else 1, unit)


def as_written(value: Exact) -> str:
    """A figure with the decimals it has, four at the most, as it is told in a sentence.

    >>> as_written(Fraction(4, 5)), as_written(-3), as_written(Fraction(1, 3))
    ('0,8', '−3', '0,3333')
    """
    text = swedish(value, _MOST_DECIMALS)
    return text.rstrip("0").rstrip(",")


def swedish(value: Exact, decimals: int = 0, unit: str = "") -> str:
    """A figure as Swedish readers write it: no-break space, comma, true minus, unit behind."""
    rounded = round_half_away(value, decimals)
    whole, _, part = f"{abs(rounded):,f}".partition(".")
    text = whole.replace(",", "\u00a0") + ("," + part.ljust(decimals, "0") if decimals else "")
    sign = "−" if rounded < 0 else ""
    return f"{sign}{text}\u00a0{unit}" if unit else sign + text
