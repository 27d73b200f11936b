"""A ledger that is a report of results: what each account has moved since the year began."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from finsam_xl.errors import InputError
from finsam_xl.ledgers.amounts import listed
from finsam_xl.ledgers.holding import checked
from finsam_xl.ledgers.record import Basis, Entry, Ledger, Month, Span
from finsam_xl.ledgers.table_rows import (
    ACCOUNT,
    ACCOUNT_LINE,
    BETTER,
    Cells,
    Table,
    ends,
    is_blank,
    text_of,
    unread,
)
from finsam_xl.periods import MONTHS_PER_YEAR
from finsam_xl.words.ledger_columns import LedgerColumn

_INCOME, _COSTS = ("3",), ("4", "5", "6", "7")


class ResultsReport(Table):
    """A report of what each account has moved, up to a day that is told above it."""

    def ledger(self, bare: Ledger) -> Ledger:
        """The ledger of the report."""
        last = self._last()
        sums: dict[str, int] = {}
        for number, row in self.body():
            account = self._account(row)
            if not account:
                continue
            cell = self.cell(row, self._column)
            amount = 0 if is_blank(cell) else listed(cell)
            if amount is None:
                raise unread(number, "beloppet går inte att läsa")
            if account in sums:
                raise unread(number, f"konto {account} står två gånger")
            sums[account] = amount
        sign = _sign(sums)
        year = Span(date(last.year, 1, 1), date(last.year, MONTHS_PER_YEAR, 31))
        told = bare._replace(
            form="resultatrapport",
            basis=Basis.YEAR,
            years={0: year},
            until=last,
            accounts=self.accounts,
            entries=[Entry(a, (), Month.of(last), sign * n) for a, n in sorted(sums.items())],
        )
        return told._replace(checked=checked(told))

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
        spans = [days for text in above if len(days := list(ends(text))) > 1]
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


def _sign(sums: Mapping[str, int]) -> int:
    """What the amounts of a report are multiplied by to be as in bookkeeping."""
    income = sum(n for account, n in sums.items() if account.startswith(_INCOME))
    costs = sum(n for account, n in sums.items() if account.startswith(_COSTS))
    if income > 0 > costs:
        return -1
    if income < 0 < costs:
        return 1
    raise InputError(
        "Det framgår inte om intäkter eller kostnader är negativa i rapporten.",
        remedy=BETTER,
    )
