"""What the members pay in fees by a plan's own rows: only fees, never all income.

A total of member fees says so itself; or state, region and municipalities each have their
rows. Where it cannot be seen that the rows are all fees, and each once, there is no figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from finsam_xl.calc.fees import quarter
from finsam_xl.checks.amounts.fee_parties import parties, together
from finsam_xl.model_budget import Amount, Budget, Known
from finsam_xl.money import trimmed
from finsam_xl.records import NamedTuple
from finsam_xl.report.amounts import joined
from finsam_xl.words.parties import LIKELY, Party, are_municipalities, payer
from finsam_xl.words.quantities import Quantity, quantity

_ALMOST = Fraction(1, 100)
"""How far from halves and quarters of the whole fees may be, as a part of it."""
_PUBLIC = (Party.STATE, Party.REGION)
"""Those who pay fees and whose rows may also be other money."""
_NAMES = ("staten", "regionen", "kommunerna")


class PlanFees(NamedTuple):
    """The fees of a year, what is said of them, and why there are none.

    ``missing``: in a word or two, '' where the fees are known; ``said``: which rows they are,
    or what is unclear; ``is_sure`` is false where they are not split as the law has it.
    """

    amount: Amount = None
    missing: str = "avgifter saknas"
    said: str = ""
    is_sure: bool = True


def own_fees(budget: Budget, column: int) -> PlanFees:
    """The fees that a column's rows state."""
    wholes = [n for n in _income(budget, column) if _is_whole(budget.rows[n].label)]
    state, regions, every = _groups(budget, column)
    municipal = _once(budget, every, column)
    if municipal is None:
        return _unclear("raden för kommunerna tillsammans är inte summan av kommunernas rader")
    groups = (state, regions, municipal)
    amounts = tuple(together(budget, rows, column) for rows in groups)
    if wholes:
        found = _stated(budget, column, wholes, groups, amounts)
    else:
        found = _of_all(budget, groups, amounts)
    besides = [
        n
        for n in _income(budget, column)
        if n not in {*wholes, *state, *regions, *every}
        and payer(budget.rows[n].label, LIKELY) in _PUBLIC
    ]
    if found.amount is not None and found.amount <= 0:
        return _unclear(f"{found.said} är inte mer än noll")
    if found.amount is None or not besides:
        return found
    names = joined([f"”{budget.rows[n].label}”" for n in besides])
    return found._replace(said=f"{found.said}; {names} är inte medräknat")


def _income(budget: Budget, column: int) -> list[int]:
    """The rows of income with an amount."""
    return [
        n
        for n, row in enumerate(budget.rows)
        if row.is_income and row.role in ("line", "total") and row.amounts[column] is not None
    ]


def _is_whole(label: str) -> bool:
    return quantity(label, LIKELY) is Quantity.FEES


def _groups(budget: Budget, column: int) -> tuple[tuple[int, ...], ...]:
    """The rows with amounts of the state, the regions and the municipalities."""
    known = parties(budget)
    groups = (known.state, known.regions, known.municipalities)
    return tuple(
        tuple(
            n
            for n in rows
            if budget.rows[n].amounts[column] is not None and not _is_whole(budget.rows[n].label)
        )
        for rows in groups
    )


def _once(budget: Budget, rows: tuple[int, ...], column: int) -> tuple[int, ...] | None:
    """The rows of the municipalities, each counted once: not both they and what they are together.

    ``None`` where the two are not the same.
    """
    whole = tuple(n for n in rows if are_municipalities(budget.rows[n].label))
    each = tuple(n for n in rows if n not in whole)
    if not whole or not each:
        return rows
    same = together(budget, whole, column) == together(budget, each, column)
    return each if same else None


def _of_all(
    budget: Budget, groups: Sequence[tuple[int, ...]], amounts: Sequence[Amount]
) -> PlanFees:
    """The fees of those who pay, if all of them have rows."""
    there = [name for name, amount in zip(_NAMES, amounts, strict=True) if amount is not None]
    if not there:
        return PlanFees()
    if len(there) == len(_NAMES):
        return _of_parties(budget, groups, amounts)
    absent = [name for name in _NAMES if name not in there]
    return _unclear(f"planen har rader för {joined(there)} men ingen för {joined(absent)}")


def _stated(
    budget: Budget,
    column: int,
    wholes: Sequence[int],
    groups: Sequence[tuple[int, ...]],
    amounts: Sequence[Amount],
) -> PlanFees:
    """A row that says it is the fees, seen against the rows of those who pay."""
    stated = {budget.rows[n].amounts[column] for n in wholes}
    names = joined([f"”{budget.rows[n].label}”" for n in wholes])
    whole = stated.pop()
    if stated or whole is None:
        return _unclear(f"raderna {names} säger olika")
    state, region, municipal = amounts
    parts = [amount for amount in amounts if amount is not None]
    together_ = sum(parts)
    if not parts or _near(whole, together_, whole):
        return PlanFees(whole, "", f"planens rad {names}")
    # What is called member fees may be what the municipalities pay, beside the other two.
    is_rest = municipal is None and state is not None and region is not None
    if is_rest and _is_by_law((state, region, whole)):
        return _of_parties(budget, (*groups[:2], tuple(wholes[:1])), (state, region, whole))
    if len(parts) < len(_NAMES) and _is_part(whole, state, 2) and _is_quarter(whole, amounts[1:]):
        return PlanFees(whole, "", f"planens rad {names}")
    return _unclear(f"det går inte att se om raden {names} är alla avgifter")


def _is_part(whole: Known, part: Amount, of: int) -> bool:
    return part is None or _near(whole, of * part, whole)


def _is_quarter(whole: Known, parts: Sequence[Amount]) -> bool:
    return all(_is_part(whole, part, 4) for part in parts)


def _of_parties(
    budget: Budget, groups: Sequence[tuple[int, ...]], amounts: Sequence[Amount]
) -> PlanFees:
    """What those who pay have rows for, and whether that is split as the law has it."""
    names = [f"”{budget.rows[n].label}”" for rows in groups for n in rows]
    whole = sum(amount for amount in amounts if amount is not None)
    return PlanFees(whole, "", f"planens rader {joined(names)}", _is_by_law(amounts))


def _is_by_law(amounts: Sequence[Amount]) -> bool:
    """Whether the state pays about a half, and the region and the municipalities a quarter each."""
    known = [amount for amount in amounts if amount is not None]
    whole = sum(known)
    fourth = quarter(whole)
    return len(known) == len(_NAMES) and all(
        _near(part, of, whole) for part, of in zip(known, (2 * fourth, fourth, fourth), strict=True)
    )


def _near(one: Known, other: Known, whole: Known) -> bool:
    return abs(Fraction(one) - other) <= _ALMOST * abs(Fraction(whole))


def _unclear(why: str) -> PlanFees:
    return PlanFees(None, "avgifter oklara", why, is_sure=False)


def told_of(own: PlanFees, tabled: Amount) -> tuple[str, str] | None:
    """What is said of the fees of some years, with its mark; ``tabled``: those of a fees table."""
    if tabled is not None:
        if own.amount is None or _near(own.amount, tabled, tabled):
            return None
        return "▼ ", (
            f"är avgiftstabellens, {trimmed(tabled)}; planens egna rader ger "
            f"{trimmed(own.amount)}. Kontrollera vilket som gäller."
        )
    if own.amount is None:
        return ("▼ ", f"är oklara: {own.said}.") if own.said else None
    if own.is_sure:
        return "", f"är {own.said}."
    return "▼ ", (
        f"är {own.said}. De är inte delade som lagen säger, staten hälften och regionen och "
        "kommunerna var sin fjärdedel: kontrollera att det är alla avgifter och inget annat."
    )
