"""From the cells of a social budget's row to its target and outcome.

>>> target("Andel minst", "80 %").limit
Fraction(80, 1)
>>> total(RuleKind.SHARE_AT_LEAST, Percent(Fraction(77)), None).percent
Fraction(77, 1)
>>> value_of(RuleKind.SHARE_AT_LEAST, Fraction(77, 100), 0.8)
Fraction(77, 1)
"""

from __future__ import annotations

from fractions import Fraction

from finsam_xl.errors import InputError
from finsam_xl.model import Count, Outcome, RuleKind, TargetRule, shortened
from finsam_xl.money import Exact
from finsam_xl.reading.targets import EXAMPLES, IN_PER_CENT, NO_LIMIT, parse_rule
from finsam_xl.registry.kinds import Percent
from finsam_xl.sheets.grid import Cell

_SHARES = {
    RuleKind.SHARE_AT_LEAST, RuleKind.SHARE_AT_MOST, RuleKind.SHARE_BETWEEN, RuleKind.EVERYONE,
}  # fmt: skip
_OF_ONE = {*_SHARES, RuleKind.GENDER_BALANCE}


def target(text: str | None, limit: float | str | None) -> TargetRule:
    """The target that a rule's words and its limit state."""
    rule = parse_rule(text, Cell(limit)) if text else None
    if rule is None:
        stated = f"Regeln ”{shortened(text)}” känns inte igen." if text else "Regel saknas."
        raise InputError(stated, remedy=f"Skriv till exempel {EXAMPLES}.")
    if rule.limit is None and rule.kind not in NO_LIMIT:
        raise InputError("Gränsen saknas eller är inget tal.", remedy="Skriv till exempel 80 %.")
    if rule.limit is not None and rule.kind in IN_PER_CENT and not 0 <= rule.limit <= 100:
        raise InputError("Gränsen ligger utanför 0–100 %.", remedy="Skriv till exempel 80 %.")
    return rule


def total(kind: RuleKind, number: Exact | Percent | None, base: Exact | None) -> Count | None:
    """What was counted; a share alone, in per cent or of one, stands as number of 100."""
    if number is None:
        return None
    if isinstance(number, Percent):
        if kind in _SHARES:
            return Count(Fraction(number.value), Fraction(100), is_share=True)
        return Count(Fraction(number.value))
    if kind is RuleKind.COUNT_AT_LEAST and number < 0:
        raise InputError("Antalet är negativt.", remedy="Skriv 0 eller mer.")
    if kind not in _SHARES:
        return Count(Fraction(number), None if base is None else Fraction(base))
    if base is None:
        if not 0 <= number <= 1:
            raise InputError("Av saknas.", remedy="Skriv antal och av hur många, eller en andel.")
        return Count(100 * Fraction(number), Fraction(100), is_share=True)
    return _part(number, base)


def women_and_men(
    kind: RuleKind,
    women: Exact | Percent | None,
    women_base: Exact | None,
    men: Exact | None,
    men_base: Exact | None,
) -> Outcome:
    """Women and men apart; where balance is judged men may be what is left of all."""
    if isinstance(women, Percent):
        raise InputError("En andel räcker inte här.", remedy="Skriv antal kvinnor och män.")
    if kind is RuleKind.GENDER_BALANCE:
        if men is None and women is not None and women_base is not None:
            men = Fraction(women_base) - Fraction(women)
        women_base = men_base = None
    return Outcome(women=_part(women, women_base), men=_part(men, men_base))


def _part(number: Exact | None, base: Exact | None) -> Count | None:
    if number is None:
        return None
    if number < 0 or (base is not None and number > base):
        raise InputError(
            "Antalet är negativt eller större än det som det är av.",
            remedy="Rätta det ena eller det andra.",
        )
    return Count(Fraction(number), None if base is None else Fraction(base))


def value_of(
    kind: RuleKind, outcome: Exact | Percent | None, limit: float | str | None
) -> Fraction | None:
    """A typed outcome in the unit of its limit: a share of one becomes per cent.

    A gap is in percentage points unless its limit is written as a part of one.
    """
    if outcome is None:
        return None
    if isinstance(outcome, Percent):
        return Fraction(outcome.value)
    value = Fraction(outcome)
    small = isinstance(limit, float) and 0 < limit <= 1
    if kind is RuleKind.GENDER_GAP_AT_MOST:
        return 100 * value if small else value
    if kind in _OF_ONE and 0 <= value <= 1:
        return 100 * value
    return value
