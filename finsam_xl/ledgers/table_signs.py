"""Whether a table's amounts are as in bookkeeping, or turned: its income and its costs tell.

Bookkeeping has debit positive, so that income is below nought and costs above. Reports for people
have it the other way round, and so have some lists; an export may also write credit with a minus.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from finsam_xl.errors import InputError
from finsam_xl.ledgers.table_rows import BETTER

_INCOME, _COSTS = ("3",), ("4", "5", "6", "7")
"""Classes of the result. Source: BAS and Kommun-Bas, in both of which 3 alone is income."""


def sign_of_report(sums: Mapping[str, int]) -> int:
    """What the amounts of a report, by account, are multiplied by to be as in bookkeeping.

    Raises ``InputError`` where income and costs do not tell.
    """
    income, costs = _both(sums)
    if income > 0 > costs:
        return -1
    if income < 0 < costs:
        return 1
    raise _unsure()


def sign_of_list(sums: Mapping[str, int]) -> int:
    """The same of a list of transactions, which may hold income or costs alone."""
    income, costs = _both(sums)
    if income <= 0 <= costs:
        return 1
    if income > 0 > costs:
        return -1
    raise _unsure()


def sign_of_credit(pairs: Iterable[tuple[int, int]], sums: Mapping[str, int]) -> int:
    """Whether credit is a plain amount, which is taken from debit, or has its minus already.

    ``pairs``: debit and credit of each row; ``sums``: debit and credit together, by account.
    Raises ``InputError`` where a minus may also be a correction.
    """
    debits, credits_ = zip(*pairs, strict=True)
    if not any(credits_) or max(credits_) > 0:
        return -1
    income, costs = _both(sums)
    if sum(debits) + sum(credits_) == 0 or income < 0 < costs:
        return 1
    raise _unsure()


def _both(sums: Mapping[str, int]) -> tuple[int, int]:
    """Income and costs in all."""
    income, costs = (
        sum(n for account, n in sums.items() if account.startswith(classes))
        for classes in (_INCOME, _COSTS)
    )
    return income, costs


def _unsure() -> InputError:
    return InputError(
        "Det framgår inte om intäkter eller kostnader är negativa i filen.",
        remedy=BETTER,
    )
