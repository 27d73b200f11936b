"""What the calculations say of an annual report's statements, in a sentence below each."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from finsam_xl.calc import balanskrav, cash_flow, equity
from finsam_xl.model_budget import Amount
from finsam_xl.money import swedish
from finsam_xl.report import amounts as say
from finsam_xl.report.annual_tables import Annual, Statement

_EQUITY = ("summa eget kapital", "eget kapital")
_ASSETS = ("summa tillgångar", "tillgångar")
_RECEIVABLES = ("fordringar", "kortfristiga fordringar", "summa fordringar")
_DEBTS = ("summa skulder", "kortfristiga skulder")
_CASH = ("kassa och bank", "kassa bank", "likvida medel")
_RESULT = ("årets resultat",)


def solidity(annual: Annual, year: int) -> Fraction | None:
    """Soliditet in per cent, calculated from the balance sheet."""
    if annual.balance is None:
        return None
    own, assets = (annual.balance.amount(year, *words) for words in (_EQUITY, _ASSETS))
    part = equity.equity_ratio(own, assets)
    return None if part is None else 100 * part


def cash(annual: Annual, year: int) -> tuple[Amount, str]:
    """Cash at the end of a year and its unit, from the statement that has it."""
    for one, words in (
        (annual.cash_flow, ("likvida medel vid årets slut",)),
        (annual.balance, _CASH),
    ):
        if one is not None and (amount := one.amount(year, *words)) is not None:
            return amount, one.budget.unit
    return None, ""


def result(annual: Annual, year: int) -> tuple[Amount, str]:
    """The year's result and its unit, from the most exact statement that has it."""
    for one in (annual.income, annual.balance, annual.cash_flow, annual.overview):
        if one is not None and (amount := one.amount(year, *_RESULT)) is not None:
            return amount, one.budget.unit
    return None, ""


def own_equity(annual: Annual, year: int) -> tuple[Amount, str]:
    """Equity at the end of a year and its unit."""
    words = (*_EQUITY, "utgående eget kapital")
    for one in (annual.overview, annual.balance, annual.operations):
        if one is not None and (amount := one.amount(year, *words)) is not None:
            return amount, one.budget.unit
    return None, ""


def balanskrav_text(annual: Annual) -> Iterator[str]:
    """The balanskravsresultat as the rule gives it, beside the printed one."""
    one = annual.balanskrav
    if one is None:
        return
    rows, column = one.budget.rows, one.column_of(annual.year)
    stated = one.amount(annual.year, "balanskravsresultat")
    start = one.amount(annual.year, *_RESULT)
    if column is None or start is None or stated is None:
        return
    adjustments = {True: Fraction(0), False: Fraction(0)}
    reserve = {True: Fraction(0), False: Fraction(0)}
    for row in rows:
        amount = row.amounts[column]
        if row.role == "line" and amount:
            label = row.label.lower()
            is_reserve = "reserv" in label or "rur" in label.split()
            (reserve if is_reserve else adjustments)[amount > 0] += abs(Fraction(amount))
    found = balanskrav.balanskrav(
        start,
        realisation_gains=adjustments[False],
        losses_by_exception=adjustments[True],
        reserved_to_rur=reserve[False],
        used_from_rur=reserve[True],
    ).balanskravsresultat
    yield _compared("Räknat ur posterna", found, stated)


def _compared(what: str, found: Fraction, stated: Amount) -> str:
    if stated is None:
        return f"{what}: {say.shown(found)}. Raden är tom i källan."
    if found == stated:
        return f"{what}: {say.shown(found)}, som det står."
    gap = say.with_sign(Fraction(stated) - found)
    small = abs(Fraction(stated) - found) <= 1
    tail = " (avrundning)" if small else ""
    mark = "" if small else "▼ "
    return f"{mark}{what}: {say.shown(found)}; det står {say.shown(stated)}, skillnad {gap}{tail}."


def cash_flow_texts(annual: Annual) -> Iterator[str]:
    """The year's cash flow as result and balance sheet give it, beside the printed one."""
    one, balance = annual.cash_flow, annual.balance
    if one is None or balance is None or one.budget.unit != balance.budget.unit:
        return
    year = annual.year
    flow = cash_flow.cash_flow(
        one.amount(year, *_RESULT),
        receivables=_posts(balance, year, _RECEIVABLES),
        debts=_posts(balance, year, _DEBTS),
        adjustments=one.amount(year, "justering") or 0,
    ).year
    if flow is None:
        return
    yield _compared(
        "Årets kassaflöde ur resultat- och balansräkningen",
        flow,
        one.amount(year, "årets kassaflöde"),
    )
    opening = one.amount(year, "likvida medel vid årets början")
    closing = cash_flow.closing_cash(opening, flow)
    if closing is not None:
        stated = one.amount(year, "likvida medel vid årets slut")
        yield _compared("Likvida medel vid årets slut, räknat så", closing, stated)


def _posts(balance: Statement, year: int, words: tuple[str, ...]) -> cash_flow.Balances:
    return cash_flow.Balances(balance.amount(year - 1, *words), balance.amount(year, *words))


def whole_percent(percent: Amount) -> str:
    """A per cent in text, whole."""
    return "–" if percent is None else swedish(percent, 0, "%")
