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

from finsam_xl.model import RuleKind, TargetRule, Word
from finsam_xl.money import exact, parse_number
from finsam_xl.sheets.grid import Cell
from finsam_xl.words.targets import judgement, outcome, rule_kind

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


@lru_cache(maxsize=1024)
def parse_rule(text: str, limit: Cell | None) -> TargetRule | None:
    """The target a row states, or ``None`` when its words are not known.

    ``limit`` is the cell of the limit column; the limit may also stand in the
    rule's own text. A kind that needs a limit and has none keeps ``limit=None``.
    """
    kind = rule_kind(text, RuleKind)
    combined = _WITH_LIMIT.fullmatch(text)
    if kind is None and combined:
        kind, limit = rule_kind(combined.group(1), RuleKind), Cell(combined.group(2))
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
    return outcome(text, Word)


def parse_judgement(cell: Cell | None) -> bool | None:
    """A typed judgement: True, False, or ``None`` for blank, 'ej mätt' and anything else."""
    value = cell.value if cell is not None else None
    if isinstance(value, bool):
        return value
    if value in (0, 1):
        return bool(value)
    return judgement(value) if isinstance(value, str) else None
