"""What is told of a ledger that figures are fetched from: what it is, and what does not hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median

from finsam_xl.calc.ledger_rules import Figure
from finsam_xl.calc.ledger_sums import Months, Outcome
from finsam_xl.findings import tell
from finsam_xl.ledgers.record import Basis, Checked, Equation, Ledger, Month, Oddity, kronor
from finsam_xl.model import Finding

_MOST_ACCOUNTS, _MOST_UNPLACED = 8, 12
_FEW = 2
"""A last month with fewer vouchers than one in so many of the usual looks unfinished."""
_TEXTS = {
    Equation.BALANCES: "balances",
    Equation.RESULTS: "results",
    Equation.MONTHS: "months",
    Equation.OPENING: "opening",
    Equation.VOUCHERS: "vouchers",
    Equation.WHOLE: "whole",
}
_OF_A_PART = (Equation.BALANCES, Equation.RESULTS)
_ODD = {
    Oddity.OTHER_YEAR: "other_year",
    Oddity.OTHER_DATE: "other_date",
    Oddity.NO_YEAR: "no_year",
    Oddity.STRUCK: "struck",
    Oddity.OPEN_QUOTE: "open_quote",
    Oddity.BROKEN_LETTERS: "broken_letters",
    Oddity.UNREAD_LINE: "unread_line",
    Oddity.OBJECTS: "objects",
    Oddity.EMPTY_VOUCHER: "empty_voucher",
}


def facts(ledger: Ledger, months: Months, result: int) -> str:
    """What a person wants to see first: whose books they are, of when, and what they show."""
    vouchers = f"{ledger.voucher_count} verifikationer" if ledger.voucher_count else ""
    told = [
        ledger.program,
        ledger.association,
        f"år {ledger.year.first.year}"
        if ledger.year.is_calendar_year
        else f"räkenskapsår {ledger.year.first} – {ledger.year.last}",
        f"sista verifikation {ledger.last_voucher}" if ledger.last_voucher else "",
        vouchers or "inga verifikationer, bara saldon",
        f"resultat {until(months)} {kronor(-result)}",
    ]
    return ", ".join(filter(None, told))


def until(months: Months) -> str:
    """A period as it is told."""
    if months.first.month == 1:
        return f"t.o.m. {months.last}"
    return str(months.last) if months.first == months.last else f"{months.first} – {months.last}"


def whole(ledger: Ledger) -> Iterator[Finding]:
    """What does not hold in the file itself."""
    for one in ledger.checked:
        if one.failed:
            yield _failed(ledger, one)
    for odd, count in ledger.oddities.items():
        yield tell(
            "bokforing-brister", None, _ODD[odd],
            severity="info", name=ledger.name, count=count,
        )  # fmt: skip


def _failed(ledger: Ledger, one: Checked) -> Finding:
    is_part = one.equation in _OF_A_PART
    accounts = _listed([name for name, _, _ in one.failed], _MOST_ACCOUNTS)
    return tell(
        "bokforing-brister", None, _TEXTS[one.equation], "part" if is_part else "used",
        severity="warning" if is_part or one.equation is Equation.VOUCHERS else "info",
        name=ledger.name, count=len(one.failed), made=one.made, accounts=accounts,
        amount=kronor(one.failed[0][2]),
    )  # fmt: skip


def _listed(names: Sequence[str], most: int) -> str:
    left = len(names) - most
    return ", ".join(names[:most]) + (f" och {left} till" if left > 0 else "")


def preliminary(ledger: Ledger, months: Months) -> Iterator[Finding]:
    """That a period may not be closed yet."""
    if ledger.basis is not Basis.VOUCHERS:
        return
    last = ledger.last_voucher
    if last is not None and Month.of(last) < months.last:
        yield tell("bokforing-preliminar", None, "ends", "again", period=until(months), last=last)
        return
    counts = [n for month, n in ledger.vouchers.items() if month < months.last]
    count = ledger.vouchers.get(months.last, 0)
    if counts and _FEW * count < median(counts):
        yield tell(
            "bokforing-preliminar", None, "few", "again",
            period=until(months), count=count, usual=round(median(counts)),
        )  # fmt: skip


def unplaced(ledger: Ledger, outcome: Outcome) -> Iterator[Finding]:
    """The accounts that no row takes, the largest first."""
    if not outcome.unplaced:
        return
    found = by_size(outcome.unplaced)
    told = [f"{_named(ledger, f)} {kronor(amount)}" for f, amount in found]
    yield tell(
        "bokforing-ej-placerad", None,
        amount=kronor(sum(outcome.unplaced.values())),
        count="1 konto" if len(found) == 1 else f"{len(found)} konton",
        figures=_listed(told, _MOST_UNPLACED),
    )  # fmt: skip


def by_size(sums: Mapping[Figure, int]) -> list[tuple[Figure, int]]:
    """Figures with their amounts, the largest first, whatever its sign."""
    return sorted(sums.items(), key=lambda one: (-abs(one[1]), one[0]))


def _named(ledger: Ledger, figure: Figure) -> str:
    name = ledger.accounts.get(figure.account, "")
    return " ".join(filter(None, (figure.account, name, figure.project)))


def left_out(outcome: Outcome) -> Iterator[Finding]:
    """What is of the year's end, and what is ignored."""
    if outcome.left_out:
        yield tell(
            "bokforing-utelamnad", None, "year_end",
            accounts=_accounts(outcome.left_out), amount=kronor(sum(outcome.left_out.values())),
        )  # fmt: skip
    if outcome.ignored:
        yield tell(
            "bokforing-utelamnad", None, "ignored",
            accounts=_accounts(outcome.ignored), amount=kronor(sum(outcome.ignored.values())),
        )  # fmt: skip


def _accounts(figures: Iterable[Figure]) -> str:
    return ", ".join(sorted({figure.account for figure in figures}))


def control(
    ledger: Ledger, months: Months, outcome: Outcome, *, is_known: bool
) -> Iterator[Finding]:
    """What was fetched, and that all of it is accounted for.

    ``is_known``: whether the workbook says whose it is.
    """
    yield tell(
        "bokforing-hamtad", None, "file", "control",
        name=ledger.name,
        facts=facts(ledger, months, outcome.before_closing),
        placed=kronor(-outcome.placed),
        unplaced=kronor(-sum(outcome.unplaced.values())),
        ignored=kronor(-sum(outcome.ignored.values())),
        left_out=kronor(-sum(outcome.left_out.values())),
        result=kronor(-outcome.result),
        period=until(months),
    )  # fmt: skip
    if not is_known and ledger.association:
        yield tell("bokforing-hamtad", None, "unsure", association=ledger.association)


def new_accounts(
    ledger: Ledger, before: Iterable[str], rows: Mapping[Figure, str]
) -> Iterator[Finding]:
    """The accounts that were not there the last time, each with the row it goes to."""
    known = set(before)
    found: dict[str, str] = {}
    for figure, row in sorted(rows.items()):
        if figure.account not in known:
            found.setdefault(figure.account, row)
    if known and found:
        told = [f"{_named(ledger, Figure(a, ''))} ({row})" for a, row in found.items()]
        yield tell("bokforing-hamtad", None, "new", accounts=_listed(told, _MOST_ACCOUNTS))
