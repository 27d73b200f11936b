"""What happens to the fees if somebody joins or leaves, or the pot or a key changes.

It is asked of the latest year's table, or of a named year's. Where what stands in or around that
leaves in doubt who pays what, nothing is calculated, and the reason is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from finsam_xl.actions.reports import fees_by_rules, missing_fees
from finsam_xl.calc.fee_changes import Scenario
from finsam_xl.calc.fee_scenario import Result, outcome
from finsam_xl.calc.fee_split import Split, split
from finsam_xl.errors import InputError, WorkbookError
from finsam_xl.filling.fee_doubts import unclear
from finsam_xl.findings.reasons import said
from finsam_xl.plan import Plan
from finsam_xl.reading.fee_tables import ReadFees, read_all
from finsam_xl.reading.settings import association
from finsam_xl.records import NamedTuple
from finsam_xl.report.faults import NO_FAULTS, Faults
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table
from finsam_xl.words.parties import are_municipalities


class Asked(NamedTuple):
    """A scenario, and the year whose table it is asked of; ``None`` for the latest."""

    scenario: Scenario = Scenario()
    year: int | None = None


class Found(NamedTuple):
    """How the fees are split today, and what the scenario does: ``None`` where there is none."""

    split: Split
    result: Result | None


def found(grid: Grid, tables: Sequence[Table], today: date, asked: Asked) -> Found:
    """What comes of what is asked; raises ``WorkbookError`` or ``InputError`` where nothing can."""
    now = split_of(grid, tables, today, asked.year)
    return Found(now, outcome(now, asked.scenario) if asked.scenario != Scenario() else None)


def plan(
    grid: Grid,
    tables: Sequence[Table],
    today: date,
    run: str,
    asked: Asked,
    faults: Faults = NO_FAULTS,
) -> Plan:
    """The report of a scenario, or of each member's leaving where none is asked for.

    ``faults``: those in the tables of fees.
    """
    now, result = found(grid, tables, today, asked)
    whose = association(grid, tables)
    if result is None:
        from finsam_xl.report import fee_scenario_each

        return Plan(
            sheets=(fee_scenario_each.build(now, association=whose, run=run, faults=faults),)
        )
    from finsam_xl.report import fee_scenario

    return Plan(
        sheets=(fee_scenario.build(now, result, association=whose, run=run, faults=faults),)
    )


def split_of(grid: Grid, tables: Sequence[Table], today: date, year: int | None = None) -> Split:
    """How the municipalities split their part in the latest year's table, or in a named year's.

    Of two tables of the year the first is taken that leaves no doubt; one that has the
    municipalities in one row only where there is no other. Raises ``WorkbookError`` where there is
    none, with the reason.
    """
    every = read_all(grid, tables)
    if not every:
        raise missing_fees()
    years = {one.fees.year for one in every if one.fees.year is not None}
    if year is not None and year not in years:
        known = ", ".join(map(str, sorted(years))) or "inget år"
        raise InputError(
            f"Boken har inga avgifter för {year}.", remedy=f"Den har avgifter för {known}."
        )
    wanted = year if year is not None else max(years, default=None)
    refused: list[WorkbookError] = []
    of_year = [one for one in every if one.fees.year == wanted]
    for one in [one for one in of_year if _has_each(one)] or of_year:
        try:
            return _split(grid, one, today)
        except WorkbookError as error:
            refused.append(error)
    raise refused[0]


def _has_each(one: ReadFees) -> bool:
    """Whether a table has each municipality in a row of its own."""
    municipal = [party for party in one.fees.parties if party.is_municipal]
    return bool(municipal) and not any(are_municipalities(party.name) for party in municipal)


def _split(grid: Grid, one: ReadFees, today: date) -> Split:
    fees, rules = fees_by_rules(grid, one, today)
    doubt = unclear(grid.sheet(one.table.sheet), one, rules)
    begins = f"Det går inte att säga vad som händer med avgifterna {fees.year or ''}".rstrip()
    place = f"{one.table.real_sheet}!{one.table.range}"
    if doubt is not None:
        told = said(doubt.reason, doubt.words)
        raise WorkbookError(f"{begins}: {told.why}.", where=place, remedy=told.do)
    try:
        return split(fees, rules)
    except InputError as error:
        raise WorkbookError(
            f"{begins}. {error.what}", where=error.where or place, remedy=error.remedy
        ) from error
