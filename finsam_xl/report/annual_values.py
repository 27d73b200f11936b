"""The figures of an annual report as its cells hold them."""

from __future__ import annotations

from fractions import Fraction

from finsam_xl.model_budget import Amount
from finsam_xl.model_counts import Figure
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.annual_blocks import Value

WHOLE_PERCENT = look.FIGURE._replace(number=look.SWEDISH + "0 %")
_MOST_DECIMALS = 2
_WHOLE = 100


def figure(amount: Amount, places: int = 0, *, strong: bool = False) -> Value:
    """An amount."""
    return say.cell(amount, places), look.total(say.AMOUNTS[places], strong)


def stated(one: Figure | None, *, is_wrong: bool = False, strong: bool = False) -> Value:
    """A figure with the decimals it is printed with, marked where it looks wrong."""
    if one is None:
        return None, look.total(WHOLE_PERCENT, strong)
    places = min(one.decimals, _MOST_DECIMALS)
    value, role = figure(one.value, places, strong=strong)
    if one.is_percent:
        decimals = "." + "0" * places if places else ""
        percent = look.FIGURE._replace(number=f"{look.SWEDISH}0{decimals} %")
        value, role = float(Fraction(one.value) / _WHOLE), look.total(percent, strong)
    return value, look.faulty(role) if is_wrong else role
