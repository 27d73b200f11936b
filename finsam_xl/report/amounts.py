"""How amounts look in cells and read in sentences, in reports on budgets, plans and fees."""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.model_budget import Amount
from finsam_xl.money import round_half_away, swedish
from finsam_xl.palette import ACCENT, RULE
from finsam_xl.periods import day_in
from finsam_xl.report import look
from finsam_xl.sheetplan import Role
from finsam_xl.words.units import Unit

TINT = "#F4F8FB"
"""Fill of cells to write in."""


def _with_minus(number: str) -> str:
    """A number format with a true minus."""
    return f'{look.SWEDISH}{number};{look.SWEDISH}"−"{number}'


MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
    "oktober", "november", "december",
)  # fmt: skip
AMOUNTS = tuple(
    look.FIGURE._replace(number=_with_minus(number)) for number in ("#,##0", "#,##0.0", "#,##0.00")
)
"""Amounts with no, one and two decimals."""
WHOLE = look.FIGURE._replace(number=_with_minus("#,##0_,_0"))
"""A whole amount among ones with a decimal: its units stand below theirs."""
PERCENT = look.FIGURE._replace(number=_with_minus("0.0 %"))


def deviating(role: Role, amount: Amount, *, is_marked: bool = True) -> Role:
    """The role of an amount or a per cent as a deviation: with its sign, and marked if it is worse.

    The sign tells in grey print too, and the mark where figures are read in haste.
    """
    number = role.number.partition(";")[0].removeprefix(look.SWEDISH)
    worse = f'"{look.SYMBOLS["röd"]} −"' if is_marked else '"−"'
    signed = f"{look.SWEDISH}+{number};{look.SWEDISH}{worse}{number};{look.SWEDISH}{number}"
    is_worse = amount is not None and amount < 0
    return look.inked(role._replace(number=signed), "röd" if is_worse and is_marked else "")


SIGNED_PERCENT = deviating(PERCENT, None, is_marked=False)
WHOLE_PERCENT = look.FIGURE._replace(number=_with_minus("0 %"))
SHARE = look.FIGURE._replace(number=look.SWEDISH + "0.00 %")
SECTION_ROW = look.LABEL._replace(bold=True, ink=ACCENT, valign="bottom")
COMMENT = Role(size=10, bottom=RULE, fill=TINT, wrap=True, unlocked=True)


def cell(amount: Amount, decimals: int = 0) -> float | None:
    """An amount as a cell holds it: rounded as it is shown, so that no −0 comes of it."""
    if amount is None:
        return None
    rounded = round_half_away(amount, decimals)
    return float(rounded) if decimals else int(rounded)


def tenth(percent: Amount) -> float | None:
    """Per cent with one decimal as the fraction a per cent format shows."""
    return None if percent is None else float(round_half_away(percent, 1) / 100)


def decimals(unit: str) -> int:
    """How many decimals amounts in a unit are shown with."""
    return 2 if unit == Unit.MKR else 0


def shown(amount: Amount, decimals: int = 0) -> str:
    """An amount in text."""
    return "–" if amount is None else swedish(amount, decimals)


def with_sign(amount: Amount, decimals: int = 0) -> str:
    """An amount in text, with its sign also when it is positive."""
    is_more = amount is not None and round_half_away(amount, decimals) > 0
    return f"+{shown(amount, decimals)}" if is_more else shown(amount, decimals)


def judged(
    amount: Amount, better: str, worse: str, even: str, decimals: int = 0
) -> tuple[str, str]:
    """A difference in symbol and words, and the colour word they are written in."""
    rounded = 0 if amount is None else round_half_away(amount, decimals)
    if not rounded:
        return even, ""
    colour = "grön" if rounded > 0 else "röd"
    return f"{look.SYMBOLS[colour]} {better if rounded > 0 else worse}", colour


def joined(words: Sequence[str]) -> str:
    """Words as a sentence lists them: 'a, b och c'."""
    *most, last = words or [""]
    return f"{', '.join(most)} och {last}" if most else last


def with_days(text: str) -> str:
    """A heading with its day written out: 'Per 19-08-31' as 'Per 31 augusti 2019'."""
    found = day_in(text)
    if found is None:
        return text
    written, day = found
    return text.replace(written, f"{day.day} {MONTHS[day.month - 1]} {day.year}", 1)
