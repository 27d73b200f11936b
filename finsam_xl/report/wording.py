"""Outcomes, targets and distances in words a board member reads.

>>> from fractions import Fraction
>>> target(TargetRule(RuleKind.GENDER_GAP_AT_MOST, Fraction(20)))
'högst 20\\xa0pp skillnad'
>>> distance(TargetRule(RuleKind.EVERYONE), Outcome(Count(Fraction(87), Fraction(93))))
'6 till hade räckt'
"""

from __future__ import annotations

from finsam_xl.calc import target_rules
from finsam_xl.model import Count, Outcome, RuleKind, TargetRule, Word
from finsam_xl.money import swedish, trimmed

_WORDS = {
    Word.NOT_MEASURED: "ej mätt",
    Word.REPORTED: "redovisad",
    Word.NOT_REPORTED: "ej redovisad",
    Word.LOWER: "har minskat",
    Word.NOT_LOWER: "har inte minskat",
}
_DISTANCES = {RuleKind.MEAN_AT_LEAST: "", RuleKind.COUNT_AT_LEAST: "st"}
_SHOWN_WITH_COUNT = {
    RuleKind.SHARE_AT_LEAST, RuleKind.SHARE_AT_MOST, RuleKind.SHARE_BETWEEN, RuleKind.EVERYONE,
}  # fmt: skip


def target(rule: TargetRule | None) -> str:
    """What a rule asks for."""
    if rule is None:
        return "–"
    limit = trimmed(rule.limit) if rule.limit is not None else "?"
    upper = trimmed(rule.upper) if rule.upper is not None else ""
    texts = {
        RuleKind.SHARE_AT_LEAST: f"minst {limit}\u00a0%",
        RuleKind.SHARE_AT_MOST: f"högst {limit}\u00a0%",
        RuleKind.SHARE_BETWEEN: f"{limit}–{upper}\u00a0%",
        RuleKind.EVERYONE: "alla (100\u00a0%)",
        RuleKind.GENDER_BALANCE: f"{limit}–{upper}\u00a0% kvinnor"
        if upper
        else f"minst {limit}\u00a0%",
        RuleKind.GENDER_GAP_AT_MOST: f"högst {limit}\u00a0pp skillnad",
        RuleKind.COUNT_AT_LEAST: f"minst {limit}\u00a0st",
        RuleKind.REPORTED: "redovisad",
        RuleKind.LOWER_THAN_LAST_YEAR: "lägre än året innan",
        RuleKind.MEAN_AT_LEAST: f"medelvärde minst {limit}",
        RuleKind.DECREASE_AT_LEAST: f"minskning minst {limit}\u00a0%",
    }
    return texts[rule.kind]


def outcome(rule: TargetRule | None, given: Outcome) -> str:
    """What was measured: the share with its count, both shares of a gap, or the word."""
    if given.word is not None:
        return _WORDS[given.word]
    if rule is None or not given.is_given:
        return "bedömt utan utfall"
    value = target_rules.measured(rule, given)
    if value is None:
        return "ofullständigt"
    if rule.kind is RuleKind.GENDER_BALANCE and given.women and given.men:
        both = Count(given.women.number, given.women.number + given.men.number)
        return f"{swedish(value, 1, '%')} kvinnor{_of(both)}"
    if rule.kind is RuleKind.GENDER_GAP_AT_MOST:
        return f"{swedish(value, 1)}\u00a0pp skillnad"
    share = given.total.percent if given.total is not None else None
    if given.total is not None and share is not None and rule.kind in _SHOWN_WITH_COUNT:
        return f"{swedish(share, 1, '%')}{_of(given.total)}"
    return trimmed(value)


def distance(rule: TargetRule | None, given: Outcome) -> str:
    """How near a miss was: persons or answers lacking, or points from the limit."""
    if rule is None or not given.is_given:
        return "–"
    persons = target_rules.lacking(rule, given)
    if persons is not None:
        fewer = rule.kind is RuleKind.SHARE_AT_MOST
        return f"{swedish(persons)} {'färre' if fewer else 'till'} hade räckt"
    value = target_rules.measured(rule, given)
    if value is None or rule.limit is None:
        return "–"
    if rule.kind in (RuleKind.GENDER_BALANCE, RuleKind.SHARE_BETWEEN):
        upper = 100 - rule.limit if rule.upper is None else rule.upper
        away = rule.limit - value if value < rule.limit else value - upper
    else:
        away = abs(value - rule.limit)
    unit = _DISTANCES.get(rule.kind, "pp")
    return f"{swedish(away, 1, unit)} från gränsen"


def _of(count: Count) -> str:
    if count.is_share:
        return ""
    return f" ({swedish(count.number)} av {swedish(count.base or 0)})"
