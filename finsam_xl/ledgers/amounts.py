"""Amounts of ledgers in öre: as SIE writes them, and as lists of Swedish offices do."""

from __future__ import annotations

import re
from fractions import Fraction

from finsam_xl.ledgers.record import ORE
from finsam_xl.money import exact, parse_number, whole_steps

_PLAIN = re.compile(r"([+-]?)(\d+)(?:[.,](\d*))?")
_DECIMALS = 2


def ore(text: str) -> int | None:
    """The öre of an amount as SIE writes it; ``None`` for what is none, or finer than an öre.

    >>> ore("-12.5"), ore("7"), ore("0.1000"), ore("0.125"), ore("1 000")
    (-1250, 700, 10, None, None)
    """
    match = _PLAIN.fullmatch(text)
    if match is None or not text.isascii():
        return None
    sign, whole, part = match.groups()
    part = (part or "").rstrip("0")
    if len(part) > _DECIMALS:
        return None
    amount = int(whole) * ORE + int(part.ljust(_DECIMALS, "0") or "0")
    return -amount if sign == "-" else amount


def listed(value: object) -> int | None:
    """The öre of a figure in a list: a number, or one as an office writes it; ``None`` for none.

    >>> listed("1 422 500,00"), listed(12.5), listed("-3,1"), listed(""), listed("Löner")
    (142250000, 1250, -310, None, None)
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _whole(exact(value))
    text = str(value).strip()
    behind = text.endswith(("-", "−")) and text[:-1].strip()
    figure = parse_number(f"-{behind}" if behind else text)
    if figure is None or figure.unit not in ("", "kr"):
        return None
    return _whole(Fraction(figure.value))


def _whole(amount: Fraction) -> int:
    """To the nearest öre: what lists show finer than that comes from calculating."""
    return whole_steps(amount, ORE)
