"""Reading SIE files of the types 1–4. Source: SIE filformat, version 4B.

The sums are made while reading, so that a file of any length takes the room of its sums. Most
lines are transactions and vouchers in the usual form, which are matched as a whole; all others are
taken apart field by field, with the same result.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial

from finsam_xl.errors import InputError
from finsam_xl.ledgers.amounts import ore
from finsam_xl.ledgers.encoding import LOST
from finsam_xl.ledgers.record import Objects, Oddity, Span
from finsam_xl.ledgers.sie_lines import CLOSE, OPEN, Field, fields, has_open_quote
from finsam_xl.records import NamedTuple

_QUOTED = r'(?:"[^"\\]*"|[^ \t"{}]+)'
_DAY = r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_DATED = rf'(?:[ \t]+"?(?P<day>{_DAY})"?(?=[ \t]|$)|[ \t]+""(?=[ \t]|$)|[ \t]*$)'
TRANSACTION = re.compile(
    r"[ \t]*#TRANS[ \t]+(?P<account>[^ \t\"{}\\]+)[ \t]+"
    r"\{(?P<objects>(?:[^\"{}\\]|\"[^\"{}\\]*\")*)\}[ \t]+"
    r"(?P<amount>-?[0-9]+(?:\.[0-9]{1,2})?)" + _DATED,
    re.ASCII,
)
VOUCHER = re.compile(
    rf"[ \t]*#VER[ \t]+(?P<series>{_QUOTED})[ \t]+(?P<number>{_QUOTED})[ \t]+"
    rf'"?(?P<day>{_DAY})"?(?=[ \t]|$)',
    re.ASCII,
)
_IS_DAY = re.compile(_DAY, re.ASCII)
_STRUCK = ("#BTRANS", "#RTRANS")
Key = tuple[str, str | Objects, str, str]
"""Account, objects as they stand or read, and the months of the transaction and its voucher."""


class Balance(NamedTuple):
    """A row of ``#PSALDO``: the change of an account with some objects in a month."""

    month: str
    account: str
    objects: Objects
    amount: int


class Content:
    """What the lines of a SIE file say, summed up as they come."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        self.years: dict[int, Span] = {}
        self.accounts: dict[str, str] = {}
        self.dimensions: dict[str, str] = {}
        self.parents: dict[str, str] = {}
        self.codes: set[tuple[str, str]] = set()
        self.sums: defaultdict[Key, int] = defaultdict(int)
        self.balances: dict[tuple[str, int], dict[str, int]] = {}
        self.months: list[Balance] = []
        self.vouchers: Counter[str] = Counter()
        self.days: set[str] = set()
        self.unbalanced: list[tuple[str, int]] = []
        self.oddities: Counter[Oddity] = Counter()
        self._voucher = self._day = self._month = ""
        self._total = 0
        self._has_rows = True

    # The usual lines ----------------------------------------------------------------------------

    def read(self, lines: Iterable[str]) -> None:
        """Take in the lines; raises ``InputError`` with its number for one that cannot be right."""
        transaction, voucher, sums = TRANSACTION.match, VOUCHER.match, self.sums
        number = 0
        for number, line in enumerate(lines, 1):
            match = transaction(line)
            if match is not None and self._month:
                account, stand, amount, day = match.groups()
                value = int(amount[:-3] + amount[-2:]) if amount[-3:-2] == "." else ore(amount) or 0
                sums[account, stand, day[:6] if day else "", self._month] += value
                self._total += value
                self._has_rows = True
                if line.count('"') & 1:
                    self.oddities[Oddity.OPEN_QUOTE] += has_open_quote(line)
            elif (match := voucher(line)) is not None:
                self._begin(match["series"], match["number"], match["day"])
            else:
                self._other(line, number)
        self._end()

    def _begin(self, series: str, number: str, day: str) -> None:
        self._end()
        self._voucher = f"{series} {number}".replace('"', "").strip()
        self._day, self._month = day, day[:6]
        self._has_rows = False
        self.vouchers[self._month] += 1
        self.days.add(day)

    def _end(self) -> None:
        if self._total:
            self.unbalanced.append((self._voucher, self._total))
        if not self._has_rows:
            self.oddities[Oddity.EMPTY_VOUCHER] += 1
        self._total, self._has_rows = 0, True

    # All others ---------------------------------------------------------------------------------

    def _other(self, line: str, number: int) -> None:
        if not line or line.isspace() or line.strip() == OPEN:
            return
        found = fields(line)
        label = str(found[0]).upper() if found else ""
        if label == CLOSE:
            self._end()
            self._voucher = self._day = self._month = ""
        take = _TAKERS.get(label)
        if take is not None:
            if label in _AMOUNTS and has_open_quote(line):
                self.oddities[Oddity.OPEN_QUOTE] += 1
            try:
                take(self, found[1:])
            except (IndexError, TypeError, ValueError):
                self._unread(label, number)
        elif label in _STRUCK:
            self.oddities[Oddity.STRUCK] += 1

    def _unread(self, label: str, number: int) -> None:
        if label in _AMOUNTS:
            raise InputError(
                f"Rad {number} i filen går inte att läsa ({label}).",
                remedy="Exportera filen på nytt ur ekonomisystemet.",
            )
        self.oddities[Oddity.UNREAD_LINE] += 1

    def transaction(self, told: list[Field]) -> None:
        """A transaction in an unusual form."""
        account, held, amount, day = _entry(told)
        if not self._month and not day:
            raise ValueError
        self.sums[account, held, day[:6], self._month] += amount
        self._total += amount
        self._has_rows = True

    def a_voucher(self, told: list[Field]) -> None:
        """A voucher in an unusual form."""
        day = _text(told[2])
        if not _IS_DAY.fullmatch(day):
            raise ValueError
        self._begin(_text(told[0]), _text(told[1]), day)

    def month_balance(self, told: list[Field]) -> None:
        """The change of an account in a month of this year."""
        if int(_text(told[0])) == 0:
            month = _text(told[1])
            held = told[3] if not isinstance(told[3], str) else ()
            amount = told[4] if not isinstance(told[3], str) else told[3]
            self.months.append(Balance(month, _code(told[2]), _held(held), _ore(amount)))

    def year(self, told: list[Field]) -> None:
        """A financial year; one that ends before it begins says nothing."""
        span = Span(_day(_text(told[1])), _day(_text(told[2])))
        if span.first <= span.last:
            self.years[int(_text(told[0]))] = span

    def account(self, told: list[Field]) -> None:
        """An account and what it is called."""
        self.accounts[_code(told[0])] = _text(told[1]) if len(told) > 1 else ""

    def dimension(self, told: list[Field]) -> None:
        """A dimension and what it is called."""
        self.dimensions[_text(told[0])] = _text(told[1])

    def below(self, told: list[Field]) -> None:
        """A dimension that is a part of another."""
        self.dimension(told)
        self.parents[_text(told[0])] = _text(told[2])

    def object(self, told: list[Field]) -> None:
        """A code of a dimension; what it is called may be a person's name, and is left."""
        self.codes.add((_text(told[0]), _text(told[1])))


def _balance(label: str, content: Content, told: list[Field]) -> None:
    year = int(_text(told[0]))
    into = content.balances.setdefault((label, year), {})
    account = _code(told[1])
    into[account] = into.get(account, 0) + _ore(told[2])


def _entry(told: list[Field]) -> tuple[str, Objects, int, str]:
    """The fields of a transaction; a list of objects that is left out is an empty one."""
    rest = told[1:]
    held: Field = ()
    if not isinstance(rest[0], str):
        held, rest = rest[0], rest[1:]
    day = _text(rest[1]) if len(rest) > 1 and isinstance(rest[1], str) else ""
    if day and not _IS_DAY.fullmatch(day):
        raise ValueError
    return _code(told[0]), _held(held), _ore(rest[0]), day


def _text(field: Field) -> str:
    if not isinstance(field, str):
        raise TypeError
    return field.strip()


def _code(field: Field) -> str:
    """An account; raises ``InputError`` where a letter of it is lost, ``ValueError`` for none."""
    code = _text(field)
    if not code:
        raise ValueError
    return known(code)


def _held(field: Field) -> Objects:
    held = () if isinstance(field, str) else field
    for _, code in held:
        known(code)
    return held


def known(code: str) -> str:
    """A code as it is; raises ``InputError`` where a letter of it is lost."""
    if LOST in code:
        raise InputError(
            f"Koden ”{code}” har tecken som har gått förlorade på vägen.",
            remedy="Använd originalfilen ur ekonomisystemet, som inte har öppnats och sparats i "
            "ett annat program.",
        )
    return code


def _ore(field: Field) -> int:
    amount = ore(_text(field))
    if amount is None:
        raise ValueError
    return amount


def _day(text: str) -> date:
    if len(text) != len("20250101"):
        raise ValueError
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def _says(name: str, content: Content, told: list[Field]) -> None:
    content.said[name] = " ".join(_text(field) for field in told[:2] if isinstance(field, str))


_BALANCES = ("#IB", "#UB", "#RES")
_AMOUNTS = (*_BALANCES, "#TRANS", "#PSALDO", "#VER")
_SAID = ("#PROGRAM", "#SIETYP", "#ORGNR", "#FNAMN", "#OMFATTN", "#VALUTA", "#FLAGGA")
_TAKERS: Mapping[str, Callable[[Content, list[Field]], None]] = {
    "#TRANS": Content.transaction,
    "#VER": Content.a_voucher,
    "#PSALDO": Content.month_balance,
    "#RAR": Content.year,
    "#KONTO": Content.account,
    "#DIM": Content.dimension,
    "#UNDERDIM": Content.below,
    "#OBJEKT": Content.object,
    **{label: partial(_balance, label) for label in _BALANCES},
    **{label: partial(_says, label) for label in _SAID},
}
