"""The figures of a finding with their unit, as its own sentence tells them.

A check says in its sentence what its figures are of: *det står 894 tkr, men delarna ger 864*.
Shown beside it they have the same unit and are as fine, and a figure that the sentence does not
tell is not shown, for nobody could tell what it is.

>>> said = "Nycklarna blir tillsammans 99,30 %, inte 100 %."
>>> odd = Finding("warning", "nycklar-summerar-inte", "Avgifter", "A2", said, 0.993, 1, -0.007)
>>> [f"{one}" for one in figures(odd)]
['99,3\\xa0%', '100,0\\xa0%', '−0,7\\xa0%-enh.']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from finsam_xl.model import Finding
from finsam_xl.money import exact, round_half_away, swedish
from finsam_xl.records import NamedTuple
from finsam_xl.words.units import Unit

PERCENT, POINTS = "%", "%-enh."
"""The units of a share and of what differs between two."""
_OF_SHARES = (PERCENT, "procentenheter", "procentenhet")
_UNITS = "|".join((*_OF_SHARES[1:], *Unit))
_FIGURE = re.compile(
    r"(?<![\w.,\u00a0])([-−]?\d+(?:\u00a0\d{3})*(?:,\d+)?)"
    rf"(?:[ \u00a0]?(%)(?!\w)|[ \u00a0]({_UNITS})(?!\w))?"
)
_FORMULA = re.compile(r"=[^\s”]+")
_DECIMALS, _MOST_DECIMALS = 2, 6
_LEAST_ROUNDED = 2
"""How many digits tell that a figure is another one rounded."""


class Shown(NamedTuple):
    """A figure as it is shown: its value, how many decimals it has, and its unit, '' for none."""

    value: Fraction
    decimals: int
    unit: str

    def __str__(self) -> str:
        return swedish(self.value, self.decimals, self.unit)


class _Token(NamedTuple):
    value: Fraction
    decimals: int
    unit: str
    digits: int
    start: int


Figures = tuple[Shown | str | None, Shown | str | None, Shown | str | None]


def figures(finding: Finding) -> Figures:
    """What is stated, what was calculated and the difference, each ``None`` where it is not told.

    A text stands as it is. Shares that a sheet holds as fractions are shown in per cent. A number
    without a unit, beside none that it is held against, says nothing and is left to the sentence.
    """
    said = (finding.stated, finding.calculated, finding.difference)
    numbers = [exact(one) if isinstance(one, int | float) else None for one in said]
    tokens = list(_tokens(finding.message))
    told = _all_told(numbers, tokens)
    if not any(told[:2]):
        shares = [token for token in tokens if token.unit in _OF_SHARES]
        scaled = [None if number is None else number * 100 for number in numbers]
        as_shares = _all_told(scaled, shares)
        if any(as_shares[:2]):
            numbers, told = scaled, as_shares
    shown = _shown(numbers, told, is_of_one=finding.difference is not None)
    texts = [one if isinstance(one, str) else None for one in said]
    stated, calculated, difference = (text or one for text, one in zip(texts, shown, strict=True))
    only = stated or calculated
    if isinstance(only, Shown) and not only.unit and not (stated and calculated):
        return None, None, None
    return stated, calculated, difference


def _shown(
    numbers: Sequence[Fraction | None], told: Sequence[_Token | None], *, is_of_one: bool
) -> list[Shown | None]:
    """The numbers with units and decimals. ``is_of_one``: they are all of one quantity."""
    known = [token for token in told if token is not None]
    units = {PERCENT if one.unit in _OF_SHARES else one.unit for one in known} - {""}
    common = units.pop() if len(units) == 1 else ""
    decimals = _decimals([n for n in numbers if n is not None], known)
    shown: list[Shown | None] = []
    for place, (number, token) in enumerate(zip(numbers, told, strict=True)):
        if number is None or not known or not (is_of_one or token):
            shown.append(None)
            continue
        unit = common if is_of_one else token.unit if token else ""
        is_difference = place == len(numbers) - 1
        shown.append(Shown(number, decimals, POINTS if unit == PERCENT and is_difference else unit))
    return shown


def _decimals(numbers: Sequence[Fraction], told: Sequence[_Token]) -> int:
    """As many as the sentence has, if they are needed; more where a figure would vanish."""
    most = max((token.decimals for token in told), default=0)
    if any(number and not round_half_away(number, most) for number in numbers):
        most = _MOST_DECIMALS
    rounded = (round_half_away(number, most).normalize() for number in numbers)
    return max((max(0, -_exponent(one)) for one in rounded), default=0)


def _exponent(number: Decimal) -> int:
    return int(number.as_tuple().exponent)


def _tokens(message: str) -> Iterator[_Token]:
    """The figures of a sentence, but for those of formulas."""
    for match in _FIGURE.finditer(_FORMULA.sub(" ", message)):
        text, percent, word = match.groups()
        whole, _, part = text.replace("\u00a0", "").replace("−", "-").partition(",")
        value = Fraction(f"{whole}.{part}" if part else whole)
        yield _Token(
            value, len(part), percent or word or "", len(whole.lstrip("-0") + part), match.start()
        )


def _all_told(numbers: Sequence[Fraction | None], tokens: Sequence[_Token]) -> list[_Token | None]:
    """Where a sentence tells the numbers: what differs, and after it by how much."""
    *sides, difference = numbers
    told = [_told(number, tokens) for number in sides]
    after = max((token.start for token in told if token), default=0)
    return [*told, _told(difference, [token for token in tokens if token.start > after])]


def _told(number: Fraction | None, tokens: Sequence[_Token]) -> _Token | None:
    """Where the sentence tells a number: as it is, else rounded; without its sign if so told."""
    if number is None:
        return None
    for wanted in (number, -number):
        for token in tokens:
            if token.value == wanted:
                return token
        for token in tokens:
            is_fine = token.digits >= _LEAST_ROUNDED
            if is_fine and token.value == Fraction(round_half_away(wanted, token.decimals)):
                return token
    return None
