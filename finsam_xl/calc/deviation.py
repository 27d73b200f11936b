"""Deviation between outcome and budget: favourable is positive, whatever sign costs have.

Plans and tertial reports print costs as positive, annual reports as negative. Signed
amounts: outcome − budget. Positive costs: budget − outcome for a cost and
outcome − budget for an income or a result. A blank is not zero: without both sides
there is no deviation. Source: Samordningsförbundet Umeåregionen, tertial report T2 2019
(positive costs) and årsredovisning 2021, bilaga 2 (signed).

>>> deviation(12610, 14040, "positive-costs", is_income=False)
Fraction(1430, 1)
>>> deviation(-12610, -14040, "signed", is_income=False)
Fraction(1430, 1)
>>> sign_of(-216, -200), sign_of(216, 200), sign_of(-216, 200) is None
('signed', 'positive-costs', True)
>>> deviation(11577, 11540, "positive-costs", is_income=True)
Fraction(37, 1)
>>> deviation_percent(37, 11540)
Fraction(185, 577)
>>> share_used(7020, 14040)
Fraction(1, 2)
"""

from __future__ import annotations

from fractions import Fraction

from finsam_xl.errors import InputError
from finsam_xl.model_budget import POSITIVE_COSTS, SIGNED
from finsam_xl.money import Exact, Terms, ratio


def deviation(
    outcome: Exact | None, budget: Exact | None, sign: str, is_income: bool
) -> Fraction | None:
    """How much better (+) or worse (−) than budget, in the table's unit; ``None`` without both.

    ``sign``: "signed" or "positive-costs"; ``is_income``: the row is an income or a
    result, which are alike under both.
    """
    if sign not in (SIGNED, POSITIVE_COSTS):
        raise InputError(
            f"Teckenregeln ”{sign}” är okänd.", remedy=f"Välj: {SIGNED}, {POSITIVE_COSTS}."
        )
    if outcome is None or budget is None:
        return None
    found = terms(outcome.as_integer_ratio(), budget.as_integer_ratio(), sign, is_income)
    return None if found is None else ratio(*found)


def terms(outcome: Terms, budget: Terms, sign: str | None, is_income: bool) -> Terms | None:
    """The same of amounts in terms; without ``sign`` by the one they show.

    ``None`` where they show none.
    """
    (top, by), (other, of) = outcome, budget
    sign = sign or _sign_of(top, other)
    if sign is None:
        return None
    more = top * of - other * by
    return (more if is_income or sign == SIGNED else -more), by * of


def sign_of(outcome: Exact, budget: Exact) -> str | None:
    """How two amounts that nothing is said of have their signs; ``None`` where they differ.

    A cost is written negative only where amounts are signed. A positive and a negative amount
    may be a result of either kind of table, or a cost that became an income.
    """
    return _sign_of(outcome.as_integer_ratio()[0], budget.as_integer_ratio()[0])


def _sign_of(one: int, other: int) -> str | None:
    if one < 0 or other < 0:
        return SIGNED if one <= 0 and other <= 0 else None
    return POSITIVE_COSTS


def deviation_percent(difference: Exact | None, budget: Exact | None) -> Fraction | None:
    """A deviation in per cent of the budget's size; ``None`` without budget or with 0."""
    if difference is None or not budget:
        return None
    return ratio(*percent_terms(difference.as_integer_ratio(), budget.as_integer_ratio()))


def percent_terms(difference: Terms, budget: Terms) -> Terms:
    """The same in terms, of a budget that is not 0."""
    (top, by), (bottom, of) = difference, budget
    return 100 * top * of, by * abs(bottom)


def share_used(outcome: Exact | None, budget: Exact | None) -> Fraction | None:
    """The outcome as a part of the budget (of one); ``None`` without budget or with 0."""
    return None if outcome is None or not budget else Fraction(outcome) / Fraction(budget)
