"""What the calculations say of an annual report's statements, in a sentence below each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from finsam_xl.calc import cash_flow
from finsam_xl.filling import quantities as rows
from finsam_xl.filling.balanskrav import posts_of, results
from finsam_xl.model_budget import Amount, BudgetRow, total
from finsam_xl.money import swedish
from finsam_xl.report import amounts as say
from finsam_xl.report.annual_balance import balance_of
from finsam_xl.report.annual_tables import Annual, Found, Statement, found
from finsam_xl.report.plan_fees import own_fees
from finsam_xl.words.statements import Flow, flow
from finsam_xl.words.units import KRONOR, Unit, converted


def _flow(row: BudgetRow) -> Flow | None:
    """Which post of a cash flow a line is, of those that result and balance sheet give."""
    return flow(row.label) if row.role == "line" else None


def cash(annual: Annual, year: int) -> Found:
    """Cash at the end of a year, from the statement that has it."""
    return _first(found(one, rows.LIQUID, year) for one in (annual.cash_flow, annual.balance))


def result(annual: Annual, year: int) -> Found:
    """The year's result, from the most exact statement that has it."""
    sign = balance_of(annual, year).sign
    balance = found(annual.balance, rows.YEARS_RESULT, year)
    in_balance = (
        balance._replace(amount=sign * balance.amount) if balance.amount and sign else balance
    )
    others = [
        found(one, rows.YEARS_RESULT, year)
        for one in (annual.income, annual.cash_flow, annual.overview)
    ]
    return _first((others[0], in_balance if sign else Found(), *others[1:]))


def own_equity(annual: Annual, year: int) -> Found:
    """Equity at the end of a year."""
    balance = balance_of(annual, year)
    unit = "" if annual.balance is None else annual.balance.budget.unit
    return _first(
        (
            found(annual.overview, rows.OWN_EQUITY, year),
            Found(balance.equity, unit, why=found(annual.balance, rows.OWN_EQUITY, year).why),
            found(annual.operations, rows.OWN_EQUITY, year),
        )
    )


def fees_of(annual: Annual, year: int) -> Amount:
    """All member fees of a year in tkr, by the rows of a statement or a note, if it is sure."""
    for one in (annual.outcome, annual.income, *annual.notes):
        column = one.column_of(year) if one is not None else None
        if one is None or column is None or one.budget.unit not in KRONOR:
            continue
        fees = own_fees(one.budget, column)
        if fees.amount is not None and fees.is_sure:
            return converted(fees.amount, one.budget.unit, Unit.TKR)
    return None


def _first(those: Iterable[Found]) -> Found:
    """The first that is a figure; or else the first that says why it is none."""
    every = list(those)
    known = [one for one in every if one.amount is not None]
    unclear = [one for one in every if one.why]
    return next(iter((*known, *unclear)), Found())


def balanskrav_text(annual: Annual) -> Iterator[str]:
    """The balanskravsresultat as the rule gives it, beside the printed one."""
    one = annual.balanskrav
    if one is None:
        return
    year = annual.year
    stated, column, posts = found(one, rows.BALANSKRAV, year), one.column_of(year), {}
    if column is not None and stated.row is not None:
        posts = posts_of(one.budget)
    number = column or 0
    if not posts:
        return
    calculated = results(posts, lambda row: one.budget.rows[row].amounts[number]).last
    if calculated is None:
        return
    yield _compared("Räknat ur posterna", Fraction(calculated), stated.amount)


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
    """The year's cash flow as result and balance sheet give it, beside the printed one.

    Nothing is said of a flow with other posts: what has been invested or lent is not in them.
    """
    one, balance, year = annual.cash_flow, annual.balance, annual.year
    if one is None or balance is None or one.budget.unit != balance.budget.unit:
        return
    column, sign = one.column_of(year), balance_of(annual, year).sign
    if column is None or not sign or _other_flows(one, column):
        return
    moved = [row.amounts[column] for row in one.budget.rows if _flow(row) is Flow.ADJUSTMENT]
    flow = cash_flow.cash_flow(
        found(one, rows.YEARS_RESULT, year).amount,
        receivables=_posts(balance, year, rows.RECEIVABLES),
        debts=_posts(balance, year, rows.SHORT_DEBTS, sign),
        adjustments=total(moved) or 0,
    ).year
    if flow is None:
        return
    what = "Årets kassaflöde ur resultat- och balansräkningen"
    yield _compared(what, flow, found(one, rows.YEARS_CASH_FLOW, year).amount)
    opening = found(one, rows.OPENING_LIQUID, year).amount
    closing = cash_flow.closing_cash(opening, flow)
    if closing is not None:
        stated = found(one, rows.LIQUID, year).amount
        yield _compared("Likvida medel vid årets slut, räknat så", closing, stated)


def _other_flows(one: Statement, column: int) -> bool:
    """Whether a cash flow has posts beside adjustments and what changed receivables and debts."""
    return any(
        row.amounts[column] and row.role == "line" and _flow(row) is None for row in one.budget.rows
    )


def _posts(
    balance: Statement, year: int, quantity: rows.Quantity, sign: int = 1
) -> cash_flow.Balances:
    ends = (found(balance, quantity, at).amount for at in (year - 1, year))
    return cash_flow.Balances(*(None if end is None else sign * end for end in ends))


def whole_percent(percent: Amount) -> str:
    """A per cent in text, whole."""
    return "–" if percent is None else swedish(percent, 0, "%")
