"""A ledger of what the lines of a SIE file say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from finsam_xl.errors import InputError
from finsam_xl.ledgers.encoding import LOST, encoding, lines
from finsam_xl.ledgers.holding import checked
from finsam_xl.ledgers.record import Basis, Entry, Ledger, Month, Objects, Oddity, Span
from finsam_xl.ledgers.sie import Balance, Content, known
from finsam_xl.ledgers.sie_lines import day_of, objects
from finsam_xl.ledgers.sie_months import split
from finsam_xl.periods import MONTHS_PER_YEAR, days_in

_LABELS = (
    "#FLAGGA", "#PROGRAM", "#FORMAT", "#GEN", "#SIETYP", "#RAR", "#KONTO", "#VER", "#FNAMN",
)  # fmt: skip
_TYPE_OF_NONE = "1"


def is_sie(head: str) -> bool:
    """Whether a file that begins so is a SIE file of the types 1–4."""
    return any(line.lstrip().upper().startswith(_LABELS) for line in head.splitlines())


def read(data: bytes, name: str, digest: str) -> Ledger:
    """The ledger of a SIE file; raises ``InputError`` for one that cannot be read."""
    in_encoding = encoding(data)
    content = Content()
    content.read(lines(data, in_encoding))
    return _Ledger(content, name, digest, in_encoding).made()


class _Ledger:
    """The records of a file's content."""

    def __init__(self, content: Content, name: str, digest: str, in_encoding: str) -> None:
        self.content, self.oddities = content, Counter(content.oddities)
        form = f"SIE {content.said.get('#SIETYP', _TYPE_OF_NONE).strip()}"
        self.bare = Ledger(name, digest, form, in_encoding, Basis.VOUCHERS)
        self.years = dict(content.years)
        if 0 not in self.years:
            self.years[0] = self._year_of_vouchers()
            self.oddities[Oddity.NO_YEAR] += 1

    def made(self) -> Ledger:
        content, said = self.content, self.content.said
        told = self.bare._replace(
            program=said.get("#PROGRAM", ""),
            association=said.get("#FNAMN", "").strip(),
            org_number=said.get("#ORGNR", "").split(" ")[0],
            currency=said.get("#VALUTA", ""),
            years=self.years,
            until=self._until(),
            accounts=content.accounts,
            dimensions=content.dimensions,
            parents=content.parents,
            codes=frozenset(content.codes),
            opening=content.balances.get(("#IB", 0), {}),
            closing=content.balances.get(("#UB", 0), {}),
            results=content.balances.get(("#RES", 0), {}),
            before=content.balances.get(("#UB", -1), {}),
        )
        if any(LOST in name for name in content.accounts.values()):
            self.oddities[Oddity.BROKEN_LETTERS] += 1
        entries = self._vouchers()
        months = [row for row in content.months if self._is_of_year(row)]
        if entries:
            last = day_of(max(filter(self._holds, content.days), default=""))
            totals = split(months, self._moved(told)).totals if months else ()
            told = told._replace(entries=entries, last_voucher=last, vouchers=self._counts())
            found = checked(told, content.unbalanced, [_entry(row) for row in totals])
        elif months:
            told = self._of_months(told, months)
            found = checked(told)
        else:
            told = self._of_year(told)
            found = checked(told)
        return told._replace(checked=found, oddities=dict(self.oddities))

    def _until(self) -> date | None:
        """The day up to which the file says it goes; one outside the year says nothing."""
        day = day_of(self.content.said.get("#OMFATTN", ""))
        return day if day is not None and self.years[0].holds(Month.of(day)) else None

    def _vouchers(self) -> list[Entry]:
        """The sums of the transactions, by account, objects and month of this year."""
        sums: defaultdict[tuple[str, Objects, Month], int] = defaultdict(int)
        read: dict[str, Objects] = {}
        for (account, stand, own, voucher), amount in self.content.sums.items():
            held = stand if not isinstance(stand, str) else read.get(stand)
            if held is None:
                held = read[str(stand)] = objects(str(stand))
            month = self._month(own, voucher)
            if month is not None:
                sums[account, held, month] += amount
        for account, held, _ in sums:
            for code in (account, *(code for _, code in held)):
                known(code)
        return [Entry(*key, amount) for key, amount in sorted(sums.items())]

    def _month(self, own: str, voucher: str) -> Month | None:
        """The month of a transaction: its own, else its voucher's; ``None``: of another year."""
        for text in filter(None, (own, voucher)):
            month = Month.parse(text)
            if month is None:
                raise InputError(
                    f"En transaktion har månaden ”{text}”, som inte finns.",
                    remedy="Exportera filen på nytt ur ekonomisystemet.",
                )
            if self.years[0].holds(month):
                if own and voucher and own != voucher:
                    self.oddities[Oddity.OTHER_DATE] += 1
                return month
        self.oddities[Oddity.OTHER_YEAR] += 1
        return None

    def _holds(self, text: str) -> bool:
        month = Month.parse(text)
        return month is not None and self.years[0].holds(month)

    def _is_of_year(self, row: Balance) -> bool:
        """One program writes an older year as this one; the months tell."""
        is_held = self._holds(row.month)
        if not is_held:
            self.oddities[Oddity.OTHER_YEAR] += 1
        return is_held

    def _counts(self) -> dict[Month, int]:
        counts = ((Month.parse(text), count) for text, count in self.content.vouchers.items())
        found = {month: n for month, n in counts if month and self.years[0].holds(month)}
        return dict(sorted(found.items()))

    def _of_months(self, told: Ledger, months: Sequence[Balance]) -> Ledger:
        """The ledger of a file without vouchers, by its balances of months."""
        parts = split(months, self._moved(told))
        self.oddities[Oddity.OBJECTS] += len(parts.unexplained)
        if not self.oddities[Oddity.OBJECTS]:
            del self.oddities[Oddity.OBJECTS]
        return told._replace(
            basis=Basis.MONTHS,
            entries=sorted(map(_entry, parts.totals)),
            by_dimension={
                name: sorted(map(_entry, rows)) for name, rows in parts.by_dimension.items()
            },
        )

    def _of_year(self, told: Ledger) -> Ledger:
        """The ledger of a file with the balances of the year alone, as of its last day."""
        last = Month.of(told.until or told.year.last)
        sums = {**self._moved_balances(told), **told.results}
        entries = [Entry(account, (), last, amount) for account, amount in sorted(sums.items())]
        return told._replace(basis=Basis.YEAR, entries=entries)

    def _moved(self, told: Ledger) -> Mapping[str, int] | None:
        if not (told.closing or told.results):
            return None
        return {**self._moved_balances(told), **told.results}

    def _moved_balances(self, told: Ledger) -> dict[str, int]:
        accounts = {*told.opening, *told.closing}
        return {a: told.closing.get(a, 0) - told.opening.get(a, 0) for a in accounts}

    def _year_of_vouchers(self) -> Span:
        """The year of a file that names none: that of its vouchers, if they are all of one."""
        years = {key[3][:4] or key[2][:4] for key in self.content.sums}
        if len(years) != 1:
            raise InputError(
                "Filen säger inte vilket räkenskapsår den gäller (#RAR 0).",
                remedy="Exportera den på nytt ur ekonomisystemet, som SIE 4 för hela året.",
            )
        year = int(years.pop())
        return Span(date(year, 1, 1), date(year, MONTHS_PER_YEAR, days_in(year, MONTHS_PER_YEAR)))


def _entry(row: Balance) -> Entry:
    month = Month.parse(row.month)
    assert month is not None  # noqa: S101 (rows of no month of the year are left out)
    return Entry(row.account, row.objects, month, row.amount)
