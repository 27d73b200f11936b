"""Reading a target as people write it: the rule's words and the limit's figure.

>>> parse_rule("Andel minst", Cell(0.8, percent=True))
TargetRule(kind=<RuleKind.SHARE_AT_LEAST: 'share_at_least'>, limit=Fraction(80, 1), upper=None)
>>> parse_rule("Jämn könsfördelning", Cell("40–60 %")).upper
Fraction(60, 1)
>>> parse_rule("≥ 80 %", Cell()).limit
Fraction(80, 1)
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from finsam_xl.labels import normalise
from finsam_xl.model import RuleKind, TargetRule, Word
from finsam_xl.money import exact, parse_number
from finsam_xl.sheets.grid import Cell

_WAYS: dict[RuleKind, tuple[str, ...]] = {
    RuleKind.SHARE_AT_LEAST: (
        "andel minst", "minst", ">=", "≥", "minst andel", "andel lägst",
        "andel tre översta svaren minst", "andel instämmer minst",
    ),
    RuleKind.SHARE_AT_MOST: ("andel högst", "högst", "<=", "≤", "högst andel"),
    RuleKind.EVERYONE: ("alla", "samtliga", "ingen diskriminering", "100 %", "= 100 %"),
    RuleKind.GENDER_BALANCE: ("jämn könsfördelning", "jämn fördelning", "könsfördelning", "mellan"),
    RuleKind.GENDER_GAP_AT_MOST: ("könsskillnad högst", "könsskillnad", "skillnad högst"),
    RuleKind.COUNT_AT_LEAST: ("antal minst", "minst antal", "aktiviteter minst"),
    RuleKind.REPORTED: ("redovisad", "redovisas", "redovisning", "ja/nej", "beskrivning"),
    RuleKind.LOWER_THAN_LAST_YEAR: (
        "lägre än föregående år", "lägre än förra året", "minskar", "minskar årligen",
    ),
    RuleKind.MEAN_AT_LEAST: ("medelvärde minst", "medel minst", "snitt minst"),
    RuleKind.DECREASE_AT_LEAST: ("minskning minst", "minskar minst"),
}  # fmt: skip
_KINDS = {normalise(way): kind for kind, ways in _WAYS.items() for way in ways}
IN_PER_CENT = {
    RuleKind.SHARE_AT_LEAST,
    RuleKind.SHARE_AT_MOST,
    RuleKind.GENDER_BALANCE,
}
"""The kinds whose limit is a share, from 0 to 100 per cent."""
_WITH_LIMIT = re.compile(r"\s*(.*?)\s*(\d.*)")
_INTERVAL = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*%?\s*[-–—]\s*(\d+(?:[.,]\d+)?)\s*%?\s*")
_MAY_BE_FRACTIONS = IN_PER_CENT | {RuleKind.GENDER_GAP_AT_MOST}
NO_LIMIT = {RuleKind.EVERYONE, RuleKind.REPORTED, RuleKind.LOWER_THAN_LAST_YEAR}
EXAMPLES = "”Andel minst” 80 %, ”Könsskillnad högst” 20, ”Jämn könsfördelning” 40–60 %"

_WORDS: dict[str, Word] = {
    **dict.fromkeys(("ej mätt", "ej mätbar", "ej mätbart", "inte mätt"), Word.NOT_MEASURED),
    **dict.fromkeys(("redovisad", "redovisat", "ja", "levererad"), Word.REPORTED),
    **dict.fromkeys(("ej redovisad", "ej redovisat", "nej", "saknas"), Word.NOT_REPORTED),
    **dict.fromkeys(("minskat", "minskar", "lägre", "minskade"), Word.LOWER),
    **dict.fromkeys(("ökat", "ökar", "högre", "oförändrat", "ökade", "lika"), Word.NOT_LOWER),
}
_YES = {"ja", "x", "uppnått", "uppnådd", "nådd", "j", "sant", "1", "✓", "✔"}
_NO = {"nej", "ej uppnått", "ej uppnådd", "ej nådd", "n", "falskt", "0", "✗"}


@lru_cache(maxsize=1024)
def parse_rule(text: str, limit: Cell | None) -> TargetRule | None:
    """The target a row states, or ``None`` when its words are not known.

    ``limit`` is the cell of the limit column; the limit may also stand in the
    rule's own text. A kind that needs a limit and has none keeps ``limit=None``.
    """
    kind = _KINDS.get(normalise(text))
    combined = _WITH_LIMIT.fullmatch(text)
    if kind is None and combined:
        kind, limit = _KINDS.get(normalise(combined.group(1))), Cell(combined.group(2))
    if kind is None:
        return None
    low, high, unit = _limits(limit)
    if kind is RuleKind.SHARE_AT_LEAST and unit in ("st", "p"):
        kind = RuleKind.COUNT_AT_LEAST
    if low is not None and kind in _MAY_BE_FRACTIONS and unit == "" and 0 < low <= 1:
        # A share typed as 0,8 in a cell without per cent format.
        low, high = 100 * low, None if high is None else 100 * high
    if kind in NO_LIMIT:
        return TargetRule(kind)
    return TargetRule(kind, low, high)


def _limits(cell: Cell | None) -> tuple[Fraction | None, Fraction | None, str]:
    value = cell.value if cell is not None else None
    if cell is None or value is None or isinstance(value, bool):
        return None, None, ""
    if isinstance(value, int | float):
        number = exact(value)
        return (100 * number, None, "%") if cell.percent else (number, None, "")
    interval = _INTERVAL.fullmatch(value)
    if interval:
        low, high = (Fraction(part.replace(",", ".")) for part in interval.groups())
        return low, high, "%"
    figure = parse_number(value.lstrip("≥≤<>= "))
    return (None, None, "") if figure is None else (Fraction(figure.value), None, figure.unit)


def parse_word(text: str) -> Word | None:
    """An outcome told in a word, or ``None``."""
    return _WORDS.get(normalise(text))


def parse_judgement(cell: Cell | None) -> bool | None:
    """A typed judgement: True, False, or ``None`` for blank, 'ej mätt' and anything else."""
    value = cell.value if cell is not None else None
    if isinstance(value, bool):
        return value
    if value in (0, 1):
        return bool(value)
    if isinstance(value, str):
        word = normalise(value)
        return True if word in _YES else False if word in _NO else None
    return None
