"""Women and men: the share of women, balance within limits, and the gap in percentage points.

Balanced is when neither sex is below the limit: with 40 per cent both lie within 40–60, and
the limit itself is balanced. The gap is between two shares, each of its own sex, and is told
in percentage points, never negative. A blank or nobody at all gives no answer.
Source: Samordningsförbundet Umeåregionen, årsredovisning 2021, bilaga 4, mål 2.1 and 2.5.

>>> women_share(4, 6)
Fraction(2, 5)
>>> is_balanced(4, 6, limit=40), is_balanced(81, 7, limit=40)
(True, False)
>>> round(float(gap_points(24, 26, 13, 16)), 1)
11.1
>>> is_balanced(0, 0, limit=40) is None
True
"""

from __future__ import annotations

from fractions import Fraction

from finsam_xl.calc import target_rules
from finsam_xl.errors import InputError
from finsam_xl.model import RuleKind, TargetRule
from finsam_xl.money import Exact, Terms, as_written, percent_terms, ratio


def women_share(women: Exact | None, men: Exact | None) -> Fraction | None:
    """Women of women and men, of one; ``None`` if either is blank or both are 0."""
    percent = _women_terms(women, men)
    return None if percent is None else ratio(percent[0], 100 * percent[1])


def is_balanced(women: Exact | None, men: Exact | None, *, limit: Exact) -> bool | None:
    """Whether both sexes are at least ``limit`` per cent of all; ``None`` as for the share."""
    rule, terms = balance(limit), _women_terms(women, men)
    return None if terms is None else target_rules.reached_by(rule, terms)


def _women_terms(women: Exact | None, men: Exact | None) -> Terms | None:
    _check("Kvinnor", women, None)
    _check("Män", men, None)
    if women is None or men is None:
        return None
    return target_rules.women_terms(women.as_integer_ratio(), men.as_integer_ratio())


def balance(percent: Exact) -> TargetRule:
    """The rule that neither sex is below a limit, in per cent."""
    limit = Fraction(percent)
    if not 0 <= 2 * limit <= 100:
        raise InputError(
            f"Gränsen {as_written(limit)} % kan inte båda könen nå.",
            remedy=f"Skriv en gräns 0–{100 // 2} %.",
        )
    return TargetRule(RuleKind.GENDER_BALANCE, limit, 100 - limit)


def gap_points(
    women: Exact | None, women_base: Exact | None, men: Exact | None, men_base: Exact | None
) -> Fraction | None:
    """The gap between women's and men's shares, in percentage points; ``None`` without both."""
    terms = gap_terms(women, women_base, men, men_base)
    return None if terms is None else ratio(*terms)


def gap_terms(
    women: Exact | None, women_base: Exact | None, men: Exact | None, men_base: Exact | None
) -> Terms | None:
    """The same as two whole numbers."""
    _check("Kvinnor", women, women_base)
    _check("Män", men, men_base)
    if women is None or men is None:
        return None
    one, other = percent_terms(women, women_base), percent_terms(men, men_base)
    return target_rules.gap_terms(one, other)


def _check(sex: str, number: Exact | None, base: Exact | None) -> None:
    if number is not None and (number < 0 or (base is not None and number > base)):
        stated = as_written(number) + ("" if base is None else f" av {as_written(base)}")
        raise InputError(
            f"Antalet är {stated}.",
            where=sex,
            remedy="Skriv ett antal från 0 till alla som räknas.",
        )
