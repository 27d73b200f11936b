"""Ledgers that are tables: text with tabs or semicolons, and the sheets of a workbook.

A heading row tells what each column holds. In a list of transactions the account stands on every
row, or once above its own (Fortnox, Visma); in a report of results every account is a row, with
what it has moved since the year began. Reports have income positive; bookkeeping has it negative,
which is what the record holds. The accounts of class 3, which are income, tell which of them it is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from finsam_xl.errors import InputError
from finsam_xl.ledgers.amounts import listed
from finsam_xl.ledgers.holding import checked
from finsam_xl.ledgers.record import PROJECT, Basis, Entry, Ledger, Month, Objects, Span
from finsam_xl.ledgers.sie import known
from finsam_xl.periods import MONTHS_PER_YEAR, days_in
from finsam_xl.records import NamedTuple
from finsam_xl.words.ledger_columns import LedgerColumn, ledger_column

Cells = Sequence[object]
_ACCOUNT = re.compile(r"\d{3,6}")
_ACCOUNT_LINE = re.compile(r"(\d{3,6})\s+\D.*")
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)-?(0[1-9]|1[0-2])(?!\d)")
_DATE = re.compile(r"(?:19|20)\d\d-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])")
_MOST_ABOVE, _LEAST_ACCOUNTS = 40, 3
_LEAST_SERIAL, _MOST_SERIAL = 36526, 73050
_SERIAL_START = date(1899, 12, 30)
_INCOME, _COSTS = ("3",), ("4", "5", "6", "7")
_WHAT = "Exportera bokföringen som SIE 4 i stället."


class Layout(NamedTuple):
    """Where the headings of a table stand, and the column of each thing it holds."""

    row: int
    columns: Mapping[LedgerColumn, int]

    def has(self, *columns: LedgerColumn) -> bool:
        """Whether it has all of some columns."""
        return all(column in self.columns for column in columns)

    @property
    def has_amounts(self) -> bool:
        """Whether it tells amounts of transactions."""
        debit, credit = LedgerColumn.DEBIT, LedgerColumn.CREDIT
        return self.has(LedgerColumn.AMOUNT) or self.has(debit, credit)

    @property
    def is_list(self) -> bool:
        """Whether it is a list of transactions."""
        dated = (LedgerColumn.DATE, LedgerColumn.MONTH, LedgerColumn.PERIOD)
        return (
            self.has(LedgerColumn.ACCOUNT)
            and self.has_amounts
            and any(self.has(one) for one in dated)
        )

    @property
    def is_report(self) -> bool:
        """Whether it is a report of what each account has moved."""
        moved = (LedgerColumn.TO_DATE, LedgerColumn.PERIOD, LedgerColumn.AMOUNT)
        return self.has(LedgerColumn.ACCOUNT) and any(self.has(one) for one in moved)


def layout(rows: Sequence[Cells]) -> Layout | None:
    """The headings of a table; ``None`` where none of its first rows are those of a ledger."""
    for number, row in enumerate(rows[:_MOST_ABOVE]):
        columns: dict[LedgerColumn, int] = {}
        for at, cell in enumerate(row):
            what = ledger_column(cell) if isinstance(cell, str) else None
            if what is not None:
                columns.setdefault(what, at)
        if LedgerColumn.TO_DATE in columns and LedgerColumn.ACCOUNT not in columns:
            columns |= _accounts_below(rows[number + 1 : number + 1 + _MOST_ABOVE])
        found = Layout(number, columns)
        if found.is_list or found.is_report:
            return found
    return None


def _accounts_below(rows: Sequence[Cells]) -> dict[LedgerColumn, int]:
    """The column that begins with accounts most often, where no heading says which it is."""
    counts = Counter(
        at
        for row in rows
        for at, cell in enumerate(row)
        if isinstance(cell, str) and _ACCOUNT_LINE.fullmatch(_text(cell))
    )
    found = counts.most_common(1)
    return {LedgerColumn.ACCOUNT: found[0][0]} if found and found[0][1] >= _LEAST_ACCOUNTS else {}


def read(rows: Sequence[Cells], name: str, digest: str, encoding: str = "") -> Ledger | None:
    """The ledger of a table; ``None`` where it is none.

    Raises ``InputError`` where it is one that cannot be read for sure.
    """
    found = layout(rows)
    if found is None:
        return None
    bare = Ledger(name, digest, "tabell", encoding, Basis.VOUCHERS)
    table = _List(rows, found) if found.is_list else _Report(rows, found)
    return table.ledger(bare)


class _Table:
    """The rows of a table below its headings."""

    def __init__(self, rows: Sequence[Cells], layout: Layout) -> None:
        self.rows, self.layout = rows, layout
        self.accounts: dict[str, str] = {}

    def cell(self, row: Cells, column: LedgerColumn) -> object:
        """What a row holds in a column."""
        at = self.layout.columns.get(column)
        return row[at] if at is not None and at < len(row) else None

    def text(self, row: Cells, column: LedgerColumn) -> str:
        """The same as text, whole numbers without decimals."""
        return _text(self.cell(row, column))

    def body(self) -> Iterator[tuple[int, Cells]]:
        """The rows below the headings, each with its number in the file."""
        start = self.layout.row + 1
        yield from enumerate(self.rows[start:], start + 1)


class _List(_Table):
    """A list of transactions."""

    def ledger(self, bare: Ledger) -> Ledger:
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
                raise _unread(number, "raden har inget konto")
            month = Month.of(day)
            sums[account, self._objects(row), month] += amount
            vouchers[month].add(self.text(row, LedgerColumn.VOUCHER) or str(number))
            last = max(last, day)
        if not sums:
            raise InputError("Listan har inga transaktioner.", remedy=_WHAT)
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
        heads = _ACCOUNT_LINE.fullmatch(text)
        if heads is not None:
            self.accounts.setdefault(heads[1], text[len(heads[1]) :].strip())
            return heads[1]
        if not _ACCOUNT.fullmatch(text):
            return ""
        known(text)
        at = self.layout.columns[LedgerColumn.ACCOUNT] + 1
        name = _text(row[at]) if at < len(row) else ""
        if (name and at not in self.layout.columns.values()) or self._heads(row):
            self.accounts.setdefault(text, name)
        return text

    def _heads(self, row: Cells) -> bool:
        return self._day(row) is None

    def _amount(self, row: Cells, number: int) -> int | None:
        """What a row moves, debit positive; ``None`` for a row that is no transaction."""
        if self.layout.has(LedgerColumn.DEBIT, LedgerColumn.CREDIT):
            cells = [self.cell(row, one) for one in (LedgerColumn.DEBIT, LedgerColumn.CREDIT)]
            if all(_is_blank(cell) for cell in cells):
                return None
            debit, credit = (0 if _is_blank(cell) else listed(cell) for cell in cells)
            if self._day(row) is None:
                return None
            if debit is None or credit is None:
                raise _unread(number, "beloppet går inte att läsa")
            return debit - credit
        cell = self.cell(row, LedgerColumn.AMOUNT)
        amount = listed(cell)
        if amount is None and not _is_blank(cell) and self._day(row) is not None:
            raise _unread(number, "beloppet går inte att läsa")
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


class _Report(_Table):
    """A report of what each account has moved, up to a day that is told above it."""

    def ledger(self, bare: Ledger) -> Ledger:
        last = self._last()
        sums: dict[str, int] = {}
        for number, row in self.body():
            account = self._account(row)
            if not account:
                continue
            cell = self.cell(row, self._column)
            amount = 0 if _is_blank(cell) else listed(cell)
            if amount is None:
                raise _unread(number, "beloppet går inte att läsa")
            if account in sums:
                raise _unread(number, f"konto {account} står två gånger")
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
        heads = _ACCOUNT_LINE.fullmatch(text)
        account = heads[1] if heads else text if _ACCOUNT.fullmatch(text) else ""
        at = self.layout.columns[LedgerColumn.ACCOUNT] + 1
        if account:
            name = text[len(account) :].strip() or (_text(row[at]) if at < len(row) else "")
            self.accounts.setdefault(account, "" if listed(name) is not None else name)
        return account

    def _last(self) -> date:
        """The last day of the report, whose period is told above the headings."""
        above = [_text(cell) for row in self.rows[: self.layout.row + 1] for cell in row]
        spans = [days for text in above if len(days := list(_ends(text))) > 1]
        if not spans:
            raise InputError(
                "Rapporten säger inte vilken period den gäller.",
                remedy="Ta med rapportens huvud med perioden. " + _WHAT,
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
        remedy=_WHAT,
    )


def _year(years: set[int]) -> Span:
    if len(years) != 1:
        raise InputError(
            f"Listan har transaktioner för flera år: {', '.join(map(str, sorted(years)))}.",
            remedy="Exportera ett år i taget.",
        )
    (year,) = years
    return Span(date(year, 1, 1), date(year, MONTHS_PER_YEAR, days_in(year, MONTHS_PER_YEAR)))


def day_of(cell: object) -> date | None:
    """The day that a cell holds: as a date, a number of one, or a text."""
    if isinstance(cell, date):
        return date(cell.year, cell.month, cell.day)
    if isinstance(cell, int | float) and _LEAST_SERIAL <= cell <= _MOST_SERIAL:
        return _SERIAL_START + timedelta(days=int(cell))
    text = _text(cell)
    return next(_days(text), None) if _DATE.fullmatch(text[:10]) or _DATE.fullmatch(text) else None


def _days(text: str) -> Iterator[date]:
    for found in _DATE.findall(text):
        figures = found.replace("-", "")
        year, month, day = int(figures[:4]), int(figures[4:6]), int(figures[6:])
        if day <= days_in(year, month):
            yield date(year, month, day)


def _ends(text: str) -> Iterator[date]:
    """The days, or the last days of the months, that a text names."""
    days = list(_days(text))
    if days:
        yield from days
        return
    for year, month in _MONTH.findall(text):
        yield date(int(year), int(month), days_in(int(year), int(month)))


def _text(cell: object) -> str:
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split())


def _is_blank(cell: object) -> bool:
    return _text(cell) == ""


def _unread(number: int, why: str) -> InputError:
    return InputError(f"Rad {number} i filen går inte att läsa: {why}.", remedy=_WHAT)
