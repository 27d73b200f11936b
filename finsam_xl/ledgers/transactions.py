"""A ledger that is a list of transactions: the account on every row, or above its own."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from finsam_xl.errors import InputError
from finsam_xl.ledgers.amounts import listed
from finsam_xl.ledgers.holding import checked
from finsam_xl.ledgers.record import PROJECT, Entry, Ledger, Month, Objects, Span
from finsam_xl.ledgers.sie import known
from finsam_xl.ledgers.table_rows import (
    ACCOUNT,
    ACCOUNT_LINE,
    BETTER,
    Cells,
    Table,
    day_of,
    is_blank,
    text_of,
    unread,
)
from finsam_xl.periods import MONTHS_PER_YEAR, days_in
from finsam_xl.words.ledger_columns import LedgerColumn


class TransactionList(Table):
    """A list of transactions."""

    def ledger(self, bare: Ledger) -> Ledger:
        """The ledger of the list."""
        sums: defaultdict[tuple[str, Objects, Month], int] = defaultdict(int)
        vouchers: dict[Month, set[str]] = defaultdict(set)
        last = date.min
        account = ""
        is_flat = self._is_flat()
        for number, row in self.body():
            own = self._account(row)
            account = own if is_flat else own or account
            amount, day = self._amount(row, number), self._day(row)
            if amount is None or day is None:
                continue
            if not account:
                raise unread(number, "raden har inget konto")
            month = Month.of(day)
            sums[account, self._objects(row), month] += amount
            vouchers[month].add(self.text(row, LedgerColumn.VOUCHER) or str(number))
            last = max(last, day)
        if not sums:
            raise InputError("Listan har inga transaktioner.", remedy=BETTER)
        entries = [Entry(*key, amount) for key, amount in sorted(sums.items())]
        has_dates = self.layout.has(LedgerColumn.DATE)
        told = bare._replace(
            form="huvudbok",
            years={0: _year({entry.month.year for entry in entries})},
            accounts=self.accounts,
            entries=entries,
            last_voucher=last if has_dates else None,
            vouchers={month: len(names) for month, names in sorted(vouchers.items())},
        )
        return told._replace(checked=checked(told))

    def _is_flat(self) -> bool:
        """Whether the account stands on the rows of transactions, and not above them."""
        return any(self._account(row) and self._day(row) is not None for _, row in self.body())

    def _account(self, row: Cells) -> str:
        """The account that a row is of, or that heads the rows below it; '' for neither."""
        text = self.text(row, LedgerColumn.ACCOUNT)
        heads = ACCOUNT_LINE.fullmatch(text)
        if heads is not None:
            self.accounts.setdefault(heads[1], text[len(heads[1]) :].strip())
            return heads[1]
        if not ACCOUNT.fullmatch(text):
            return ""
        known(text)
        at = self.layout.columns[LedgerColumn.ACCOUNT] + 1
        name = text_of(row[at]) if at < len(row) else ""
        if (name and at not in self.layout.columns.values()) or self._heads(row):
            self.accounts.setdefault(text, name)
        return text

    def _heads(self, row: Cells) -> bool:
        return self._day(row) is None

    def _amount(self, row: Cells, number: int) -> int | None:
        """What a row moves, debit positive; ``None`` for a row that is no transaction."""
        if self.layout.has(LedgerColumn.DEBIT, LedgerColumn.CREDIT):
            cells = [self.cell(row, one) for one in (LedgerColumn.DEBIT, LedgerColumn.CREDIT)]
            if all(is_blank(cell) for cell in cells):
                return None
            debit, credit = (0 if is_blank(cell) else listed(cell) for cell in cells)
            if self._day(row) is None:
                return None
            if debit is None or credit is None:
                raise unread(number, "beloppet går inte att läsa")
            return debit - credit
        cell = self.cell(row, LedgerColumn.AMOUNT)
        amount = listed(cell)
        if amount is None and not is_blank(cell) and self._day(row) is not None:
            raise unread(number, "beloppet går inte att läsa")
        return amount

    def _day(self, row: Cells) -> date | None:
        """The day of a row, or the first of its month."""
        day = day_of(self.cell(row, LedgerColumn.DATE))
        if day is not None:
            return day
        for column in (LedgerColumn.MONTH, LedgerColumn.PERIOD):
            month = Month.parse(self.text(row, column).replace("-", ""))
            if month is not None:
                return date(month.year, month.month, 1)
        return None

    def _objects(self, row: Cells) -> Objects:
        project = self.text(row, LedgerColumn.PROJECT)
        return ((PROJECT, known(project)),) if project else ()


def _year(years: set[int]) -> Span:
    if len(years) != 1:
        raise InputError(
            f"Listan har transaktioner för flera år: {', '.join(map(str, sorted(years)))}.",
            remedy="Exportera ett år i taget.",
        )
    (year,) = years
    return Span(date(year, 1, 1), date(year, MONTHS_PER_YEAR, days_in(year, MONTHS_PER_YEAR)))
