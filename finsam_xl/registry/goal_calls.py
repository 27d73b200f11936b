"""From read arguments to the calculations of targets, Impactindex and women and men."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from finsam_xl import policy
from finsam_xl.calc import gender, graded_index, impact_index, target_rules, wilson
from finsam_xl.errors import InputError
from finsam_xl.model import Outcome, RuleKind, TargetRule, Word
from finsam_xl.money import Exact
from finsam_xl.registry.cell_errors import CellError, ErrorKind
from finsam_xl.registry.kinds import Percent
from finsam_xl.registry.measured import target, total, value_of, women_and_men
from finsam_xl.registry.ranges import Block

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
