"""A ledger that is a report of results: what each account has moved since the year began."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import takewhile

from finsam_xl.errors import InputError
from finsam_xl.ledgers.amounts import listed
from finsam_xl.ledgers.holding import checked
from finsam_xl.ledgers.record import Basis, Entry, Ledger, Month, Objects, Span
from finsam_xl.ledgers.table_alike import settled
from finsam_xl.ledgers.table_rows import (
    ACCOUNT,
    ACCOUNT_LINE,
    BETTER,
    Cells,
    Table,
    is_blank,
    span,
    text_of,
    unread,
)
from finsam_xl.ledgers.table_signs import sign_of_report
from finsam_xl.periods import MONTHS_PER_YEAR
from finsam_xl.words.ledger_columns import LedgerColumn

Sums = Mapping[tuple[str, Objects], int]


class ResultsReport(Table):
    """A report of what each account has moved, up to a day that is told above it."""

    def ledger(self, bare: Ledger) -> Ledger:
        """The ledger of the report."""
        last = self._last()
        self.layout = settled(self.rows, self.layout, (self._column,), last.year)
        sums = _without_sums(self._sums())
        sign = sign_of_report(_by_account(sums))
        year = Span(date(last.year, 1, 1), date(last.year, MONTHS_PER_YEAR, 31))
        month = Month.of(last)
        told = bare._replace(
            form="resultatrapport",
            basis=Basis.YEAR,
            years={0: year},
            until=last,
            accounts=self.accounts,
            entries=[Entry(*key, month, sign * n) for key, n in sorted(sums.items())],
        )
        return told._replace(checked=checked(told))

    def _sums(self) -> Sums:
        """The amount of each account and project."""
        sums: dict[tuple[str, Objects], int] = {}
        for number, row in self.body():
            account = self._account(row)
            if not account:
                continue
            cell = self.cell(row, self._column)
            amount = 0 if is_blank(cell) else listed(cell)
            if amount is None:
                raise unread(number, "beloppet går inte att läsa")
            key = (account, self.objects(row))
            if key in sums:
                raise unread(number, f"konto {account} står två gånger")
            sums[key] = amount
        return sums

    @property
    def _column(self) -> LedgerColumn:
        order = (LedgerColumn.TO_DATE, LedgerColumn.AMOUNT, LedgerColumn.PERIOD)
        return next(one for one in order if self.layout.has(one))

    def _account(self, row: Cells) -> str:
        text = self.text(row, LedgerColumn.ACCOUNT)
        heads = ACCOUNT_LINE.fullmatch(text)
        account = heads[1] if heads else text if ACCOUNT.fullmatch(text) else ""
        at = self.layout.columns[LedgerColumn.ACCOUNT] + 1
        if account:
            name = text[len(account) :].strip() or (text_of(row[at]) if at < len(row) else "")
            self.accounts.setdefault(account, "" if listed(name) is not None else name)
        return account

    def _last(self) -> date:
        """The last day of the report, whose period is told above the headings."""
        above = [text_of(cell) for row in self.rows[: self.layout.row + 1] for cell in row]
        spans = [days for text in above if len(days := list(span(text))) > 1]
        if not spans:
            raise InputError(
                "Rapporten säger inte vilken period den gäller.",
                remedy="Ta med rapportens huvud med perioden. " + BETTER,
            )
        first, last = min(spans[0]), max(spans[0])
        is_from_start = self._column is LedgerColumn.TO_DATE or first.month == 1
        if first.year != last.year or not is_from_start:
            raise InputError(
                f"Rapporten gäller {first} – {last}, inte från årets början.",
                remedy="Ta ut den från årets början, eller exportera bokföringen som SIE 4.",
            )
        return last


def _by_account(sums: Sums) -> dict[str, int]:
    """The same without projects."""
    found: dict[str, int] = {}
    for (account, _), amount in sums.items():
        found[account] = found.get(account, 0) + amount
    return found


def _without_sums(sums: Sums) -> Sums:
    """What is left without the rows of groups: "311" over or under 3111 and 3112.

    Such a row has fewer figures than the accounts beside it, and is their sum. Raises
    ``InputError`` for one that begins as other accounts do and is not.
    """
    left = _by_account(sums)
    for length in sorted({len(account) for account in left}, reverse=True)[1:]:
        order = list(left)
        left = {
            account: amount
            for at, (account, amount) in enumerate(left.items())
            if len(account) != length or not _is_group(order, at, left)
        }
    return {key: amount for key, amount in sums.items() if key[0] in left}


def _is_group(order: Sequence[str], at: int, amounts: Mapping[str, int]) -> bool:
    """Whether an account is the sum of all longer ones that stand right after or before it."""
    account = order[at]
    runs = (_run(order[at + 1 :], len(account)), _run(reversed(order[:at]), len(account)))
    if any(run and amounts[account] == sum(amounts[one] for one in run) for run in runs):
        return True
    own = [one for one in order if one != account and one.startswith(account)]
    if own and amounts[account]:
        raise InputError(
            f"Konto {account} kan vara summan av {', '.join(own[:3])}, men stämmer inte.",
            remedy="Ta ut rapporten utan summor för kontogrupper. " + BETTER,
        )
    return False


def _run(accounts: Iterable[str], length: int) -> list[str]:
    """The first accounts, as long as they have more figures than a group."""
    return list(takewhile(lambda account: len(account) > length, accounts))
