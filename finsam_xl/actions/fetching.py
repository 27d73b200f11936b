"""Fetching the outcome from a ledger: which cells get which figures, and everything said of it.

Nothing is fetched where the ledger is another association's or another year's, where a figure
may go to either of two rows, or where rows and what goes to none do not make the ledger's result.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from finsam_xl.actions import closed
from finsam_xl.actions.fetch_cells import TYPED, Fetching
from finsam_xl.actions.fetch_questions import UndecidedError, yes_or_no
from finsam_xl.actions.fetch_targets import Target, chosen, of_year, targets
from finsam_xl.actions.fetched_results import with_results
from finsam_xl.errors import InputError
from finsam_xl.ledgers.record import Ledger
from finsam_xl.plan import Plan
from finsam_xl.reading import book as reading
from finsam_xl.reading import ledger_sheet, run_log
from finsam_xl.reading.followed import followed
from finsam_xl.reading.settings import association
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Grid
from finsam_xl.words.association import own_words

OTHER = "annat-forbund"
"""The codes that are accepted: typed figures are replaced; another association's books are used."""
ACCEPTED = (TYPED, OTHER)
FETCHED = "bokforing-hamtad"
"""The code of what a person sees first: whose books, of when, and that all is accounted for."""
ACTION = "Hämta utfall"


class Asked(NamedTuple):
    """How figures are fetched: up to when, which codes are accepted, and of which day it is."""

    today: date
    run: str
    until: str = ""
    accept: tuple[str, ...] = ()


def fetch(grid: Grid, ledger: Ledger, asked: Asked) -> Plan:
    """The plan that fills the outcome from a ledger.

    Raises ``InputError`` where the ledger is not for this workbook, or the workbook does not say
    what its rows take.
    """
    # Read as before anything was written, so that figures of ours change no reading.
    read = followed(run_log.unwritten(grid))
    tables = reading.tables(read)
    known = ledger_sheet.read(grid)
    named = association(read, tables)
    _same(ledger, named, known, asked)
    own = of_year(targets(read, reading.budgets(tables)), ledger)
    cut = chosen(own, ledger, asked.until)
    run = Fetching(
        grid, ledger, known, own,
        today=asked.today, run=asked.run, takes_typed=TYPED in asked.accept,
    )  # fmt: skip
    plan = run.plan(cut, is_known=bool(named))
    return _with_results(grid, closed.kept(read, tables, plan), cut, asked)


def is_refused(plan: Plan) -> bool:
    """Whether nothing was fetched because of what the plan's findings tell."""
    return plan.is_empty and any(finding.severity == "error" for finding in plan.findings)


def _with_results(grid: Grid, plan: Plan, cut: Sequence[Target], asked: Asked) -> Plan:
    """The plan with what follows from it in the tables of its columns."""
    areas = [(target.one.table.real_sheet, target.one.table.area) for target in cut]
    filled = {place for target in cut for place in target.places}
    # What of the column itself was left is left for a reason.
    return with_results(grid, plan, areas, filled, today=asked.today, run=asked.run)


def _same(ledger: Ledger, named: str, known: ledger_sheet.Known, asked: Asked) -> None:
    """Refuse what is not the association's own ledger in kronor."""
    if ledger.currency not in ("", "SEK"):
        raise InputError(
            f"Bokföringen är i {ledger.currency}, inte i kronor.",
            where=ledger.name,
            remedy="Exportera den i svenska kronor.",
        )
    before = known.facts.get(ledger_sheet.ASSOCIATION, "")
    is_known = before and before == ledger.association
    if is_known or OTHER in asked.accept or _are_alike(named, ledger.association):
        return
    told = f"Bokföringen är för ”{ledger.association}”, men arbetsboken är för ”{named}”."
    raise UndecidedError(
        told,
        yes_or_no(OTHER, f"{told} Är det samma förbund?"),
        where=ledger.name,
        remedy=f"Välj rätt fil. Är det rätt ändå, hämta med --accept {OTHER}; det behövs bara "
        "första gången.",
    )


def _are_alike(one: str, other: str) -> bool:
    """Whether two names may be of one association: a word of one begins as one of the other."""
    names = [own_words(one), own_words(other)]
    if not all(names):
        return True
    return any(a.startswith(b) or b.startswith(a) for a in names[0] for b in names[1])
