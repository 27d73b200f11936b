"""Reading SIE 5, which is XML. Source: SIE 5, version 5.0, sie.xsd.

``Sie`` is an export with accounts, balances and journals, ``SieEntry`` journals to be imported.
The sums are made while reading. A document type declaration is refused: nothing needs one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from xml.parsers import expat

from finsam_xl.errors import InputError
from finsam_xl.ledgers.amounts import ore
from finsam_xl.ledgers.holding import checked
from finsam_xl.ledgers.record import Basis, Entry, Ledger, Month, Objects, Oddity, Span
from finsam_xl.ledgers.sie import known
from finsam_xl.ledgers.sie_lines import day_of
from finsam_xl.periods import days_in

_NEW_EXPORT = "Exportera filen på nytt ur ekonomisystemet."
_ROOTS = ("<Sie ", "<Sie>", "<SieEntry ", "<SieEntry>", ":Sie ", ":SieEntry ")
_CURRENT = "true"


def is_sie5(head: str) -> bool:
    """Whether a file that begins so is SIE 5."""
    return head.lstrip("\ufeff \r\n\t").startswith("<") and any(root in head for root in _ROOTS)


def read(data: bytes, name: str, digest: str) -> Ledger:
    """The ledger of a SIE 5 file; raises ``InputError`` for one that cannot be read."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise InputError(
            f"Rad {error.lineno} i filen går inte att läsa: den är inte hel XML.",
            remedy=_NEW_EXPORT,
        ) from error
    return reader.ledger(Ledger(name, digest, "SIE 5", "utf-8", Basis.VOUCHERS))


def _refuse_doctype(*_: object) -> None:
    raise InputError("Filen har en dokumenttyp (DOCTYPE), och läses inte.", remedy=_NEW_EXPORT)


class _Reader:
    """What the elements of a file say, summed up as they come."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        self.years: dict[int, Span] = {}
        self.spans: list[tuple[Span, bool]] = []
        self.accounts: dict[str, str] = {}
        self.dimensions: dict[str, str] = {}
        self.codes: set[tuple[str, str]] = set()
        self.opening: dict[tuple[str, str], int] = {}
        self.closing: dict[tuple[str, str], int] = {}
        self.sums: defaultdict[tuple[str, Objects, str], int] = defaultdict(int)
        self.vouchers: Counter[str] = Counter()
        self.unbalanced: list[tuple[str, int]] = []
        self.oddities: Counter[Oddity] = Counter()
        self.last = ""
        self._account = self._dimension = self._journal = self._day = ""
        self._row: Mapping[str, str] | None = None
        self._objects: list[tuple[str, str]] = []
        self._is_struck = False
        self._total = 0

    def start(self, element: str, told: dict[str, str]) -> None:
        """An element begins."""
        take = _TAKERS.get(_local(element))
        if take is not None:
            take(self, told)

    def end(self, element: str) -> None:
        """An element ends: a row of a journal is known by then, or a whole one."""
        name = _local(element)
        if name == "LedgerEntry" and self._row is not None:
            self._take(self._row)
            self._row = None
        elif name == "JournalEntry":
            if self._total:
                self.unbalanced.append((self._journal, self._total))
            self._total = 0
        elif name == "Account":
            self._account = ""
        elif name == "Dimension":
            self._dimension = ""

    # What is told of the file -------------------------------------------------------------------

    def software_product(self, told: dict[str, str]) -> None:
        """The program that wrote the file."""
        self.said["program"] = f"{told.get('name', '')} {told.get('version', '')}".strip()

    def company(self, told: dict[str, str]) -> None:
        """Whose books they are."""
        self.said["association"] = told.get("name", "")
        self.said["org_number"] = told.get("organizationId", "")

    def accounting_currency(self, told: dict[str, str]) -> None:
        """In which currency."""
        self.said["currency"] = told.get("currency", "")

    def fiscal_year(self, told: dict[str, str]) -> None:
        """A financial year."""
        first, last = Month.parse(_figures(told.get("start", ""))), _figures(told.get("end", ""))
        end = Month.parse(last)
        if first is not None and end is not None:
            span = Span(
                date(first.year, first.month, 1),
                date(end.year, end.month, days_in(end.year, end.month)),
            )
            self.spans.append((span, told.get("primary", "") == _CURRENT))

    def account(self, told: dict[str, str]) -> None:
        """An account begins."""
        self._account = known(told.get("id", ""))
        self.accounts[self._account] = told.get("name", "")

    def dimension(self, told: dict[str, str]) -> None:
        """A dimension begins."""
        self._dimension = told.get("id", "")
        self.dimensions[self._dimension] = told.get("name", "")

    def object(self, told: dict[str, str]) -> None:
        """A code of a dimension; its name may be a person's, and is left."""
        if self._dimension:
            self.codes.add((self._dimension, told.get("id", "")))

    def opening_balance(self, told: dict[str, str]) -> None:
        """What an account held before a month."""
        self._balance(self.opening, told)

    def closing_balance(self, told: dict[str, str]) -> None:
        """What an account held after a month."""
        self._balance(self.closing, told)

    def _balance(self, into: dict[tuple[str, str], int], told: dict[str, str]) -> None:
        if self._account:
            into[self._account, _figures(told.get("month", ""))] = _ore(told)

    # Journals -----------------------------------------------------------------------------------

    def journal_entry(self, told: dict[str, str]) -> None:
        """A voucher begins."""
        self._journal = told.get("id", "")
        self._day = _figures(told.get("journalDate", ""))
        self.vouchers[self._day[:6]] += 1

    def ledger_entry(self, told: dict[str, str]) -> None:
        """A row of a voucher begins."""
        self._row, self._objects, self._is_struck = told, [], False

    def object_reference(self, told: dict[str, str]) -> None:
        """A code that a row has."""
        self._objects.append((told.get("dimId", ""), known(told.get("objectId", ""))))

    def overstrike(self, _told: dict[str, str]) -> None:
        """That a row is struck out."""
        self._is_struck = True
        self.oddities[Oddity.STRUCK] += 1

    def _take(self, told: Mapping[str, str]) -> None:
        if self._is_struck:
            return
        day = _figures(told.get("ledgerDate", "")) or self._day
        account = known(told.get("accountId", ""))
        amount = _ore(told)
        self.sums[account, tuple(sorted(self._objects)), day[:6]] += amount
        self._total += amount
        self.last = max(self.last, self._day)

    # The ledger ---------------------------------------------------------------------------------

    def ledger(self, bare: Ledger) -> Ledger:
        """The record of all that was read."""
        year = self._year()
        entries = []
        for (account, held, text), amount in sorted(self.sums.items()):
            month = Month.parse(text)
            if month is not None and year.holds(month):
                entries.append(Entry(account, held, month, amount))
            else:
                self.oddities[Oddity.OTHER_YEAR] += 1
        months = {Month.parse(text): count for text, count in self.vouchers.items()}
        told = bare._replace(
            program=self.said.get("program", ""),
            association=self.said.get("association", ""),
            org_number=self.said.get("org_number", ""),
            currency=self.said.get("currency", ""),
            years={0: year},
            last_voucher=day_of(self.last),
            accounts=self.accounts,
            dimensions=self.dimensions,
            codes=frozenset(self.codes),
            entries=entries,
            opening=_of_month(self.opening, Month.of(year.first)),
            closing=_of_month(self.closing, Month.of(year.last)),
            vouchers={month: n for month, n in sorted(months.items()) if month is not None},
            oddities=dict(self.oddities),
        )  # fmt: skip
        return told._replace(checked=checked(told, self.unbalanced))

    def _year(self) -> Span:
        primary = [span for span, is_primary in self.spans if is_primary]
        found = primary or [span for span, _ in sorted(self.spans)[-1:]]
        if found:
            return found[0]
        years = {text[:4] for _, _, text in self.sums}
        if len(years) != 1:
            raise InputError("Filen säger inte vilket räkenskapsår den gäller.", remedy=_NEW_EXPORT)
        self.oddities[Oddity.NO_YEAR] += 1
        year = int(years.pop())
        return Span(date(year, 1, 1), date(year, 12, 31))


def _of_month(balances: Mapping[tuple[str, str], int], month: Month) -> dict[str, int]:
    """The balances of balance accounts that are told for a month."""
    return {
        account: amount
        for (account, text), amount in balances.items()
        if Month.parse(text) == month and account.startswith(("1", "2"))
    }


def _local(element: str) -> str:
    return element.rpartition(" ")[2]


def _figures(text: str) -> str:
    return text.replace("-", "")


def _ore(told: Mapping[str, str]) -> int:
    amount = ore(told.get("amount", "").strip())
    if amount is None:
        raise InputError(
            f"Beloppet ”{told.get('amount', '')}” i filen går inte att läsa.", remedy=_NEW_EXPORT
        )
    return amount


_TAKERS: Mapping[str, Callable[[_Reader, dict[str, str]], None]] = {
    "SoftwareProduct": _Reader.software_product,
    "Company": _Reader.company,
    "AccountingCurrency": _Reader.accounting_currency,
    "FiscalYear": _Reader.fiscal_year,
    "Account": _Reader.account,
    "Dimension": _Reader.dimension,
    "Object": _Reader.object,
    "OpeningBalance": _Reader.opening_balance,
    "ClosingBalance": _Reader.closing_balance,
    "JournalEntry": _Reader.journal_entry,
    "LedgerEntry": _Reader.ledger_entry,
    "ObjectReference": _Reader.object_reference,
    "Overstrike": _Reader.overstrike,
}
