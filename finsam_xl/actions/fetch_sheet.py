"""What the sheet *Bokföring* is to show of a ledger that figures were fetched from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from finsam_xl.actions import fetch_told
from finsam_xl.actions.fetch_group import Group, rows_of
from finsam_xl.calc import ledger_sums
from finsam_xl.calc.ledger_rules import Figure
from finsam_xl.calc.ledger_sums import Outcome
from finsam_xl.ledgers.record import Ledger, kronor
from finsam_xl.reading import ledger_sheet
from finsam_xl.report import ledger_sheet as sheet
from finsam_xl.sheetplan import SheetPlan


def ledger_page(ledger: Ledger, group: Group, outcome: Outcome, today: date) -> SheetPlan:
    """The sheet that the figures can be looked up on."""
    facts = [
        (ledger_sheet.FILE, ledger.name),
        (ledger_sheet.ASSOCIATION, ledger.association),
        (ledger_sheet.ORGANISATION, ledger.org_number),
        (ledger_sheet.PERIOD, fetch_told.until(group.months)),
        (ledger_sheet.RESULT, kronor(-outcome.before_closing)),
        (ledger_sheet.FETCHED, str(today)),
        (ledger_sheet.DIGEST, ledger.digest),
    ]
    unplaced = [
        sheet.Unplaced(f.account, amount, is_ignored)
        for sums, is_ignored in ((outcome.unplaced, False), (outcome.ignored, True))
        for f, amount in fetch_told.by_size(_by_account(sums))
    ]
    return sheet.build(facts, list(_rows(ledger, group, outcome)), unplaced)


def _rows(ledger: Ledger, group: Group, outcome: Outcome) -> Iterator[sheet.LedgerRow]:
    rows = rows_of(group, outcome)
    for key, amount in ledger_sums.by_month(ledger, group.dimension, group.months).items():
        if key.figure in rows:
            month = key.month.number if key.month else ledger_sheet.OPENING
            yield sheet.LedgerRow(*key.figure, month, amount, rows[key.figure])


def _by_account(sums: Mapping[Figure, int]) -> dict[Figure, int]:
    found: dict[Figure, int] = {}
    for figure, amount in sums.items():
        whole = figure._replace(project="")
        found[whole] = found.get(whole, 0) + amount
    return found
