"""The functions that hold an outcome against its target, and how targets and counts are read.

>>> target("Andel minst", "80 %").limit
Fraction(80, 1)
>>> total(target("Andel minst", "80 %"), "80 %", Percent(Fraction(77)), None).percent
Fraction(77, 1)
>>> value_of(RuleKind.SHARE_AT_LEAST, (77, 100), 0.8)
(7700, 100)
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from finsam_xl.calc import target_rules
from finsam_xl.calc.target_rules import Flaw
from finsam_xl.errors import InputError
from finsam_xl.model import Count, Outcome, RuleKind, TargetRule, Word, shortened
from finsam_xl.model_budget import Known
from finsam_xl.money import Terms
from finsam_xl.reading.targets import EXAMPLES, NO_LIMIT, is_outside, parse_rule
from finsam_xl.registry.cell_errors import CellError, ErrorKind
from finsam_xl.registry.entries import Argument, CellFunction, Example, Kind
from finsam_xl.registry.one_cell import Percent
from finsam_xl.sheets.grid import Cell

Measured = Known | Percent | Word | None
Stated = Terms | Percent | Word | None
Limit = float | str | None
NOT_MEASURED = CellError(ErrorKind.NA, "Inte mätt: det finns inget utfall att bedöma.")
_SHARES = {
    RuleKind.SHARE_AT_LEAST, RuleKind.SHARE_AT_MOST, RuleKind.SHARE_BETWEEN, RuleKind.EVERYONE,
}  # fmt: skip
_OF_POINTS = {RuleKind.GENDER_GAP_AT_MOST, RuleKind.DECREASE_AT_LEAST}
_SAID = (str, Percent)
_OF_ONE = {*_SHARES, RuleKind.GENDER_BALANCE}
_NOTHING = (None,) * 5
RULE = Argument(
    "regel", Kind.TEXT, "Till exempel Andel minst, Könsskillnad högst, Jämn könsfördelning."
)
LIMIT = Argument("gräns", Kind.LIMIT, "Till exempel 80 %, 20 eller 40–60 %.")


def target_reached(
    rule_text: str | None,
    limit: Limit,
    number: Measured,
    base: Known | None,
    number_2: Known | None,
    base_2: Known | None,
) -> bool | CellError | None:
    """No answer when it was not measured, blank for an empty row."""
    if rule_text is None and (limit, number, base, number_2, base_2) == _NOTHING:
        return None
    rule = target(rule_text, limit)
    if isinstance(number, str):
        answer = target_rules.reached(rule, Outcome(word=number))
    elif rule.kind in target_rules.BY_SEX:
        outcome = women_and_men(rule.kind, number, base, number_2, base_2)
        answer = target_rules.reached(rule, outcome)
    else:
        count = total(rule, limit, number, base)
        answer = None if count is None else target_rules.reached_total(rule, count)
    return NOT_MEASURED if answer is None else answer


UPPNATT = CellFunction(
    "FINSAM_UPPNATT",
    "SANT om målet är nått, annars FALSKT; #SAKNAS! när det inte är mätt.",
    (
        RULE,
        LIMIT,
        Argument("antal", Kind.MEASURED, "Hur många, kvinnor vid könsregler, eller ett ord."),
        Argument("av", Kind.COUNT, "Av hur många; förra året när regeln jämför."),
        Argument("antal2", Kind.COUNT, "Män vid könsregler.", optional=True),
        Argument("av2", Kind.COUNT, "Av hur många män.", optional=True),
    ),
    target_reached,
    Example(
        '=FINSAM_UPPNATT("Andel minst"; "80 %"; 247; 319)',
        ("Andel minst", "80 %", 247, 319),
        False,
    ),
    blank="Raden är tom.",
)


def lacking(
    rule_text: str | None, limit: Limit, number: Measured, base: Known | None
) -> int | CellError | None:
    """How many more, or for "at most" fewer, would have reached the target; 0 when it is."""
    if rule_text is None and limit is None and number is None and base is None:
        return None
    rule = target(rule_text, limit)
    if rule.kind not in target_rules.COUNTED or isinstance(number, Percent):
        raise InputError(
            "Hur många som fattas går bara att räkna av ett antal.",
            remedy="Skriv en regel om andel eller antal, antalet och av hur många.",
        )
    if isinstance(number, str):
        return NOT_MEASURED if target_rules.reached(rule, Outcome(word=number)) is None else 0
    count = total(rule, limit, number, base)
    if count is not None and count.is_share:
        raise InputError("Av saknas.", remedy="Skriv antalet och av hur många.")
    found = None if count is None else target_rules.shortfall(rule, count)
    return NOT_MEASURED if found is None else max(found, 0)


FATTAS = CellFunction(
    "FINSAM_FATTAS",
    "Hur många fler, eller vid högst färre, som hade behövts för att nå målet; 0 när det är nått.",
    (
        RULE,
        LIMIT,
        Argument("antal", Kind.MEASURED, "Hur många."),
        Argument("av", Kind.COUNT, "Av hur många."),
    ),
    lacking,
    Example(
        '=FINSAM_FATTAS("Andel minst"; "80 %"; 247; 319)', ("Andel minst", "80 %", 247, 319), 9
    ),
    blank="Raden är tom.",
)


@lru_cache(maxsize=1024)
def target(text: str | None, limit: Limit) -> TargetRule:
    """The target that a rule's words and its limit state."""
    rule = parse_rule(text, Cell(limit)) if text else None
    if rule is None:
        stated = f"Regeln ”{shortened(text)}” känns inte igen." if text else "Regel saknas."
        raise InputError(stated, remedy=f"Skriv till exempel {EXAMPLES}.")
    if rule.limit is None and rule.kind not in NO_LIMIT:
        raise InputError("Gränsen saknas eller är inget tal.", remedy="Skriv till exempel 80 %.")
    if is_outside(rule):
        raise InputError(
            "Gränsen är negativ, eller över 100 %.", remedy="Skriv till exempel 80 %, eller 2."
        )
    return rule


def total(
    rule: TargetRule, limit: Limit, number: Known | Percent | None, base: Known | None
) -> Count | None:
    """What was counted; a share alone, in per cent or of one, stands as number of 100."""
    if number is None:
        return None
    if (base is None or isinstance(number, Percent)) and rule.kind in _SHARES:
        return Count(_percent(number), Fraction(100), is_share=True)
    if isinstance(number, Percent):
        count = _years_in_percent(rule.kind, number, base)
    elif base is None and rule.kind is RuleKind.DECREASE_AT_LEAST:
        count = Count(_decrease(rule, limit, Fraction(number)))
    else:
        count = Count(number, base)
    found = target_rules.flaw(rule, count)
    if found is not None:
        what, remedy = _FLAWS[found]
        raise InputError(what, remedy=remedy)
    return count


def _years_in_percent(kind: RuleKind, number: Percent, base: Known | None) -> Count:
    """Two years' per cent; last year's comes as a part of one."""
    if kind in (RuleKind.COUNT_AT_LEAST, RuleKind.MEAN_AT_LEAST):
        raise InputError("En andel räcker inte här.", remedy="Skriv antalet eller medelvärdet.")
    if base is not None and base > 1:
        raise InputError(
            "Utfallet är i procent men inte förra årets.", remedy="Skriv båda med procenttecken."
        )
    return Count(number.value, None if base is None else 100 * Fraction(base))


def _percent(number: Known | Percent) -> Fraction:
    """A share alone in per cent, from a part of one or per cent."""
    if not isinstance(number, Percent) and not 0 <= number <= 1:
        raise InputError("Av saknas.", remedy="Skriv antal och av hur många, eller en andel.")
    percent = number.value if isinstance(number, Percent) else 100 * Fraction(number)
    if not 0 <= percent <= 100:
        raise InputError("Andelen ligger utanför 0–100 %.", remedy="Skriv till exempel 77 %.")
    return percent


def _decrease(rule: TargetRule, limit: Limit, value: Fraction) -> Fraction:
    """A decrease or a change alone, in per cent: a cell that shows −2 % holds −0,02."""
    if not 0 < abs(value) < 1:
        return value
    if isinstance(limit, float) and 0 < abs(limit) < 1:
        return 100 * value
    by_part, by_percent = (
        target_rules.reached(rule, Outcome(Count(one))) for one in (100 * value, value)
    )
    if by_part is not by_percent:
        raise InputError(
            "Utfallet kan vara procent eller en del av ett, som ger olika svar.",
            remedy="Skriv det med procenttecken, till exempel ”−1,2 %”.",
        )
    return 100 * value


_FLAWS = {
    Flaw.NEGATIVE: ("Antalet är negativt.", "Skriv 0 eller mer."),
    Flaw.OF_NONE: ("Antalet är större än 0, som det är av.", "Rätta det ena eller det andra."),
    Flaw.OVER_BASE: (
        "Antalet är negativt eller större än det som det är av.",
        "Rätta det ena eller det andra.",
    ),
    Flaw.MEAN_OR_SUM: (
        "Talet kan vara medelvärdet eller svarens summa, som ger olika svar.",
        "Skriv medelvärdet utan av, eller summan av alla svar.",
    ),
    Flaw.DECREASE_OR_CHANGE: (
        "Utfallet kan vara en ökning eller en minskning.",
        "Skriv minskningen utan minus, eller gränsen med minus som utfallet.",
    ),
}


def women_and_men(
    kind: RuleKind,
    women: Known | Percent | None,
    women_base: Known | None,
    men: Known | None,
    men_base: Known | None,
) -> Outcome:
    """Women and men apart; where balance is judged men may be what is left of all."""
    if isinstance(women, Percent):
        raise InputError("En andel räcker inte här.", remedy="Skriv antal kvinnor och män.")
    if kind is RuleKind.GENDER_BALANCE:
        if men is None and women is not None and women_base is not None:
            men = women_base - women
        women_base = men_base = None
    return Outcome(women=_part(women, women_base), men=_part(men, men_base))


def _part(number: Known | None, base: Known | None) -> Count | None:
    if number is None:
        return None
    count = Count(number, base)
    found = target_rules.flaw(None, count)
    if found is not None:
        what, remedy = _FLAWS[found]
        raise InputError(what, remedy=remedy)
    return count


def value_of(kind: RuleKind, outcome: Terms | Percent, limit: Limit) -> Terms:
    """A typed outcome in the unit of its limit: a share is in per cent.

    A gap is in percentage points, and a decrease in per cent, unless its limit is a part of one.
    """
    if isinstance(outcome, Percent):
        return outcome.value.as_integer_ratio()
    top, bottom = outcome
    if kind in _OF_ONE:
        is_part = 0 <= top <= bottom
    else:
        is_limit_part = isinstance(limit, float) and 0 < abs(limit) <= 1
        is_part = kind in _OF_POINTS and is_limit_part and abs(top) < bottom
    return (100 * top if is_part else top), bottom


def check_scales(
    rules: Sequence[TargetRule | None], outcomes: Sequence[Stated], limits: Sequence[Limit]
) -> None:
    """Refuse shares of a column in two scales: 77 beside 1, and what is below 1 of whole points."""
    parts, percents = False, False
    for rule, outcome, limit in zip(rules, outcomes, limits, strict=True):
        if rule is None or outcome is None or isinstance(outcome, _SAID):
            continue
        top, bottom = outcome
        if rule.kind in _OF_ONE:
            parts = parts or 0 < top <= bottom
            percents = percents or top > bottom
        elif rule.kind in _OF_POINTS and top and -bottom < top < bottom:
            is_part = isinstance(limit, float) and 0 < abs(limit) < 1
            percents = percents or not is_part
            parts = parts or not is_part
    if parts and percents:
        raise _two_scales()


def _two_scales() -> InputError:
    return InputError(
        "Utfallen blandar procent och delar av ett, till exempel 77 bredvid 1.",
        remedy="Skriv alla på samma sätt, som 77 %, eller som 0,77.",
    )


TARGETS = (UPPNATT, FATTAS)
"""In the order people look for them."""
