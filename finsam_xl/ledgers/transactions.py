"""A ledger that is a list of transactions: the account on every row, or above its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property

from finsam_xl.errors import InputError
from finsam_xl.ledgers.amounts import listed
from finsam_xl.ledgers.holding import checked
from finsam_xl.ledgers.record import Entry, Ledger, Month, Objects, Span, is_result
from finsam_xl.ledgers.sie import known
from finsam_xl.ledgers.table_alike import settled
from finsam_xl.ledgers.table_rows import (
    ACCOUNT,
    ACCOUNT_LINE,
    BETTER,
    DAYS,
    Cells,
    Layout,
    Table,
    day_of,
    is_blank,
    text_of,
    unread,
)
from finsam_xl.ledgers.table_signs import sign_of_credit, sign_of_list
from finsam_xl.periods import MONTHS_PER_YEAR, days_in
from finsam_xl.words.ledger_columns import LedgerColumn
from finsam_xl.words.totals import begins_as_sum

_SIDES = (LedgerColumn.DEBIT, LedgerColumn.CREDIT)
_PLAIN_CREDIT = -1


class TransactionList(Table):
    """A list of transactions."""

    def __init__(self, rows: Sequence[Cells], layout: Layout) -> None:
        super().__init__(rows, settled(rows, layout, _used(layout)))
        self.moved: defaultdict[str, int] = defaultdict(int)
        self.undated: list[tuple[int, str, int]] = []

    def ledger(self, bare: Ledger) -> Ledger:
        """The ledger of the list."""
        sums: defaultdict[tuple[str, Objects, Month], int] = defaultdict(int)
        vouchers: dict[Month, set[str]] = defaultdict(set)
        last = date.min
        for number, row, account in self._placed():
            amount, day = self._amount(row, number), self._day(row)
            if day is None:
                self._keep_undated(row, number, account, amount)
                continue
            if amount is None or self._is_sum(row, number, account, amount):
                continue
            if not account:
                raise unread(number, "raden har inget konto")
            month = self._month(row) or Month.of(day)
            sums[account, self.objects(row), month] += amount
            self.moved[account] += amount
            vouchers[month].add(self.text(row, LedgerColumn.VOUCHER) or str(number))
            last = max(last, min(day, date(*month, days_in(*month))))
        if not sums:
            raise InputError("Listan har inga transaktioner.", remedy=BETTER)
        self._explain_undated()
        sign = 1 if self._has_sides else sign_of_list(self.moved)
        entries = [Entry(*key, sign * amount) for key, amount in sorted(sums.items())]
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

    @cached_property
    def _is_flat(self) -> bool:
        """Whether the account stands on the rows of transactions, and not above them."""
        return any(self._account(row) and self._day(row) is not None for _, row in self.body())

    def _placed(self) -> Iterator[tuple[int, Cells, str]]:
        """The rows with their numbers and the account that each is of."""
        account = ""
        for number, row in self.body():
            own = self._account(row)
            account = own if self._is_flat else own or account
            yield number, row, account

    # Rows that are no transactions -----------------------------------------------------------

    def _keep_undated(self, row: Cells, number: int, account: str, amount: int | None) -> None:
        """Keep what a row without a day moves, to be explained; refuse one whose day is unread."""
        if not amount or not is_result(account):
            return
        told = [self.text(row, one) for one in DAYS]
        is_unread = any(_has_figure(text) and not begins_as_sum(text) for text in told)
        if is_unread or _has_figure(self.text(row, LedgerColumn.VOUCHER)):
            raise unread(number, "datumet eller perioden går inte att läsa")
        if self._is_flat and not self._says_sum(row):
            self.undated.append((number, account, amount))

    def _explain_undated(self) -> None:
        """Refuse a row without a day that is not the sum of its account."""
        for number, account, amount in self.undated:
            if amount != self.moved[account]:
                raise unread(number, "raden har varken datum eller period")

    def _is_sum(self, row: Cells, number: int, account: str, amount: int) -> bool:
        """Whether a dated row is the sum of an account, or of all: it says so and it adds up."""
        if self.text(row, LedgerColumn.VOUCHER) or not self._says_sum(row):
            return False
        sums = (*self.moved.values(), sum(self.moved.values()))
        if amount not in ((self.moved[account],) if account else sums):
            raise unread(number, "det framgår inte om raden är en summa")
        return True

    def _says_sum(self, row: Cells) -> bool:
        return any(isinstance(cell, str) and begins_as_sum(cell) for cell in row)

    # Cells -----------------------------------------------------------------------------------

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
        columns = _SIDES if self._has_sides else (LedgerColumn.AMOUNT,)
        cells = [self.cell(row, column) for column in columns]
        if all(map(is_blank, cells)):
            return None
        amounts = [0 if is_blank(cell) else listed(cell) for cell in cells]
        if None in amounts:
            if self._day(row) is None:
                return None
            raise unread(number, "beloppet går inte att läsa")
        first, *rest = (amount or 0 for amount in amounts)
        return first + self._credit_sign * sum(rest)

    @property
    def _has_sides(self) -> bool:
        return self.layout.has(*_SIDES)

    @cached_property
    def _credit_sign(self) -> int:
        """What credit is multiplied by to be as in bookkeeping."""
        pairs: list[tuple[int, int]] = []
        moved: defaultdict[str, int] = defaultdict(int)
        for _, row, account in self._placed():
            if self._day(row) is not None and not self._says_sum(row):
                debit, credit = (listed(self.cell(row, column)) or 0 for column in _SIDES)
                if credit > 0:
                    return _PLAIN_CREDIT
                pairs.append((debit, credit))
                moved[account] += debit + credit
        return sign_of_credit(pairs, moved) if pairs else _PLAIN_CREDIT

    def _day(self, row: Cells) -> date | None:
        """The day of a row, or the first of its month."""
        day = day_of(self.cell(row, LedgerColumn.DATE))
        if day is not None:
            return day
        month = self._month(row)
        return None if month is None else date(*month, 1)

    def _month(self, row: Cells) -> Month | None:
        """The month that a row says it is booked in, whatever the day of its voucher."""
        told = (self.text(row, one).replace("-", "") for one in DAYS[1:])
        return next((month for text in told if (month := Month.parse(text)) is not None), None)


def _used(layout: Layout) -> tuple[LedgerColumn, ...]:
    """The columns that amounts and days are taken from."""
    return (*(_SIDES if layout.has(*_SIDES) else (LedgerColumn.AMOUNT,)), *DAYS)


def _has_figure(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _year(years: set[int]) -> Span:
    if len(years) != 1:
        raise InputError(
            f"Listan har transaktioner för flera år: {', '.join(map(str, sorted(years)))}.",
            remedy="Exportera ett år i taget.",
        )
    (year,) = years
    return Span(date(year, 1, 1), date(year, MONTHS_PER_YEAR, days_in(year, MONTHS_PER_YEAR)))
