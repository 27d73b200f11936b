"""What the balance sheet says of a year's equity: only where it balances is soliditet told."""

from __future__ import annotations

from fractions import Fraction

from finsam_xl.calc import equity
from finsam_xl.filling import quantities as rows
from finsam_xl.model_budget import Amount, Known, decimals
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report.annual_tables import Annual, Found, Statement, found

_MOST_DECIMALS = 2


class Balance(NamedTuple):
    """The equity of a year, soliditet in per cent, and why it is not told, '' where it is.

    ``sign`` is −1 where equity and debts are written with a minus, and 0 where that is not known.
    """

    equity: Amount = None
    solidity: Fraction | None = None
    why: str = ""
    sign: int = 0


class _Sides(NamedTuple):
    """What a balance sheet prints: both sides, and what the other one is made of.

    ``are_all``: the debts are all there are, by the words of their rows.
    """

    assets: Found
    own: Found
    whole: Found
    debts: Amount
    are_all: bool


def balance_of(annual: Annual, year: int) -> Balance:
    """What the balance sheet says of a year."""
    statement = annual.balance
    if statement is None or not statement.columns_of(year):
        return Balance()
    sides = _sides(statement, year)
    unclear = next(filter(None, (one.why for one in (sides.assets, sides.own, sides.whole))), "")
    lacking = _lacking(sides, year) if not unclear else ""
    own, assets = sides.own.amount, sides.assets.amount
    sign = _sign(sides)
    if unclear or lacking or own is None or assets is None:
        return Balance(why=_not_told(year, unclear or lacking), sign=sign)
    broken = _broken(statement, sides, sign)
    if broken:
        return Balance(why=_not_told(year, broken), sign=sign)
    part = equity.equity_ratio(sign * own, assets)
    return Balance(sign * own, None if part is None else 100 * part, sign=sign)


def _not_told(year: int, why: str) -> str:
    return f"Soliditeten {year} räknas inte ur balansräkningen. {why}"


def _sides(statement: Statement, year: int) -> _Sides:
    debts, are_all = _debts(statement, year)
    return _Sides(
        found(statement, rows.ASSETS, year),
        found(statement, rows.OWN_EQUITY, year),
        found(statement, rows.EQUITY_AND_DEBTS, year),
        debts,
        are_all,
    )


def _debts(statement: Statement, year: int) -> tuple[Amount, bool]:
    """Debts and provisions, and whether their rows say that they are all."""
    both = found(statement, rows.DEBTS_AND_PROVISIONS, year).amount
    if both is not None:
        return both, True
    provisions = found(statement, rows.PROVISIONS, year).amount or 0
    every = found(statement, rows.ALL_DEBTS, year).amount
    if every is not None:
        return every + provisions, True
    short = found(statement, rows.SHORT_DEBTS, year).amount
    long = found(statement, rows.LONG_DEBTS, year).amount
    return (None if short is None else short + (long or 0) + provisions), False


def _lacking(sides: _Sides, year: int) -> str:
    """What must be there and is not."""
    if sides.assets.amount is None:
        return f"Den har ingen rad ”Summa tillgångar” med ett belopp för {year}."
    if sides.own.amount is None:
        return f"Den har ingen rad ”Summa eget kapital” med ett belopp för {year}."
    if sides.whole.amount is None and sides.debts is None:
        return (
            "Den har ingen rad ”Summa eget kapital och skulder”, så det går inte att se att den "
            "går ihop."
        )
    return ""


def _sign(sides: _Sides) -> int:
    """−1 where the side of equity and debts is written with a minus, as ledgers do; 0: unknown."""
    own, other = sides.own.amount, sides.whole.amount
    if other is None and own is not None and sides.debts is not None:
        other = own + sides.debts
    if not sides.assets.amount or not other:
        return 0
    return -1 if other * sides.assets.amount < 0 else 1


def _broken(statement: Statement, sides: _Sides, sign: int) -> str:
    """How the balance sheet fails to balance, '' where it does."""
    unit = statement.budget.unit
    assets, own = sides.assets.amount or 0, sign * (sides.own.amount or 0)

    def shown(amount: Known) -> str:
        return f"{say.shown(amount, min(_MOST_DECIMALS, decimals(Fraction(amount))))} {unit}"

    whole, debts = sides.whole.amount, sides.debts
    if whole is not None and _differ(assets, sign * whole):
        return (
            f"Den går inte ihop: tillgångarna är {shown(assets)}, eget kapital och skulder "
            f"{shown(sign * whole)}, skillnad {shown(assets - sign * whole)}."
        )
    holds = debts is not None and not _differ(assets, own, sign * debts)
    if holds:
        return ""
    if debts is not None and sides.are_all:
        return (
            f"Den går inte ihop: tillgångarna är {shown(assets)}, men eget kapital {shown(own)} "
            f"och skulder {shown(sign * debts)} är {shown(own + sign * debts)}."
        )
    row = statement.budget.rows[sides.own.row or 0]
    if whole is None or row.role not in ("total", "equity_close"):
        return (
            f"Det går inte att se att raden ”{row.label}” är allt eget kapital: skriv ”Summa eget "
            "kapital” och ”Summa skulder”."
        )
    return ""


def _differ(whole: Known, *parts: Known) -> bool:
    """Whether parts are something else than the whole, by more than their rounding explains."""
    figures = [Fraction(amount) for amount in (whole, *parts)]
    half_step = Fraction(1, 2 * 10 ** max(map(decimals, figures)))
    return abs(figures[0] - sum(figures[1:])) > half_step * len(figures)
