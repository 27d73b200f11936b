"""From read arguments to the calculations of targets, Impactindex and women and men.

>>> target("Andel minst", "80 %").limit
Fraction(80, 1)
>>> total(RuleKind.SHARE_AT_LEAST, Percent(Fraction(77)), None).percent
Fraction(77, 1)
>>> value_of(RuleKind.SHARE_AT_LEAST, Fraction(77, 100), 0.8)
Fraction(77, 1)
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from finsam_xl import policy
from finsam_xl.calc import gender, graded_index, impact_index, target_rules, wilson
from finsam_xl.errors import InputError
from finsam_xl.model import Count, Outcome, RuleKind, TargetRule, Word, shortened
from finsam_xl.money import Exact
from finsam_xl.reading.targets import EXAMPLES, IN_PER_CENT, NO_LIMIT, parse_rule
from finsam_xl.registry.cell_errors import CellError, ErrorKind
from finsam_xl.registry.kinds import Percent
from finsam_xl.registry.ranges import Block
from finsam_xl.sheets.grid import Cell

Measured = Exact | Percent | Word | None
_NOT_MEASURED = CellError(ErrorKind.NA, "Inte mätt: det finns inget utfall att bedöma.")


def target_reached(
    rule_text: str | None,
    limit: float | str | None,
    number: Measured,
    base: Exact | None,
    number_2: Exact | None,
    base_2: Exact | None,
) -> bool | CellError | None:
    """FINSAM_UPPNATT: no answer when it was not measured, blank for an empty row."""
    if all(part is None for part in (rule_text, limit, number, base, number_2, base_2)):
        return None
    rule = target(rule_text, limit)
    if isinstance(number, Word):
        outcome = Outcome(word=number)
    elif rule.kind in {RuleKind.GENDER_BALANCE, RuleKind.GENDER_GAP_AT_MOST}:
        outcome = women_and_men(rule.kind, number, base, number_2, base_2)
    else:
        outcome = Outcome(total(rule.kind, number, base))
    answer = target_rules.reached(rule, outcome)
    return _NOT_MEASURED if answer is None else answer


def official_index(weights: Block, reached: Block) -> Exact | CellError:
    """FINSAM_IMPACTINDEX: rows that were not measured are left out."""
    _check_lengths(weights, reached, "bedömningar")
    pairs = [
        (weight, answer)
        for weight, answer in zip(weights.cells, reached.cells, strict=True)
        if answer is not None
    ]
    for weight, _ in pairs:
        if weight is None or weight < 0:
            raise InputError(
                "En bedömd rad saknar vikt." if weight is None else "En vikt är negativ.",
                remedy="Skriv en vikt från 0.",
            )
    found = impact_index.index([weight for weight, _ in pairs], [answer for _, answer in pairs])
    return _NOT_MEASURED if found is None else found


def graded(weights: Block, outcomes: Block, limits: Block, rules: Block) -> Exact | CellError:
    """FINSAM_GRADERAT_INDEX: one rule and limit for all, or one for each row."""
    _check_lengths(weights, outcomes, "utfall")
    rows = len(weights.cells)
    columns = [
        list(block.cells) * rows if block.single else block.cells for block in (limits, rules)
    ]
    degrees = [
        None if outcome is None else _degree(target(rule, limit), outcome, limit)
        for outcome, limit, rule in zip(outcomes.cells, *columns, strict=True)
    ]
    if any(w is None and d is not None for w, d in zip(weights.cells, degrees, strict=True)):
        raise InputError("En bedömd rad saknar vikt.", remedy="Skriv en vikt från 0.")
    found = graded_index.graded_index([weight or 0 for weight in weights.cells], degrees)
    return _NOT_MEASURED if found is None else found


def _check_lengths(weights: Block, others: Block, what: str) -> None:
    if len(weights.cells) != len(others.cells):
        raise InputError(
            f"{len(weights.cells)} vikter står mot {len(others.cells)} {what}.",
            remedy="Markera lika många rader i båda områdena.",
        )


def _degree(rule: TargetRule, outcome: Measured, limit: float | str | None) -> Fraction | None:
    if isinstance(outcome, Word):
        return graded_index.degree(rule, Outcome(word=outcome))
    value = value_of(rule.kind, outcome, limit)
    return None if value is None else graded_index.degree_of(rule, value)


def colour_of(
    index: Exact | None, goal: Exact | None, near: Exact | None, *, today: date
) -> str | None:
    """FINSAM_FARG."""
    if index is None:
        return None
    rules = policy.on(policy.current(today)).impact_index
    return impact_index.colour(
        index,
        target=rules.target if goal is None else goal,
        near=rules.near if near is None else near,
    ).value


def balanced(
    women: Exact | None, men: Exact | None, limit: Exact | None, *, today: date
) -> bool | CellError | None:
    """FINSAM_JAMN."""
    if women is None or men is None:
        return None
    percent = (
        policy.on(policy.current(today)).impact_index.balance if limit is None else 100 * limit
    )
    answer = gender.is_balanced(women, men, limit=percent)
    return _NOT_MEASURED if answer is None else answer


def gap(
    women: Exact | None, women_base: Exact | None, men: Exact | None, men_base: Exact | None
) -> Exact | CellError | None:
    """FINSAM_KONSGAP."""
    if women is None or women_base is None or men is None or men_base is None:
        return None
    found = gender.gap_points(women, women_base, men, men_base)
    return _NOT_MEASURED if found is None else found


def interval(
    number: Exact | None, base: Exact | None, confidence: Exact | None, *, today: date
) -> tuple[Exact | None, Exact | None] | CellError:
    """FINSAM_INTERVALL: low and high."""
    if number is None or base is None:
        return None, None
    if not base and not number:
        return _NOT_MEASURED
    rules = policy.intervals(policy.current(today))
    sure = rules.confidence / 100 if confidence is None else confidence
    return wilson.wilson(number, base, sure)


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
