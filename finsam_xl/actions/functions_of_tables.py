"""Which of the functions in cells would calculate a table's results, each as a formula's text.

Nothing is decided here: whether a cell holds what its function gives is held against the
function itself. A result that several functions could calculate has several ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from finsam_xl.address import a1, fixed
from finsam_xl.calc.fees import Rounding
from finsam_xl.filling.amounts import Filler
from finsam_xl.filling.readings import Reading, Sense
from finsam_xl.filling.sides import INCOME
from finsam_xl.model_budget import SIGNED, Scope
from finsam_xl.reading.ceilings import Ceiling
from finsam_xl.reading.fee_rows import Role
from finsam_xl.reading.fee_tables import ReadFees
from finsam_xl.reading.kinds import AmountKind
from finsam_xl.records import NamedTuple
from finsam_xl.registry import BY_NAME
from finsam_xl.registry.economy import COST as COST_ROW
from finsam_xl.registry.economy import INCOME as INCOME_ROW
from finsam_xl.registry.economy import WITH_SIGN
from finsam_xl.words.ceiling import Step
from finsam_xl.words.parties import Party

Place = tuple[int, int]
_COMPARED = ("line", "subline", "total", "result")
_EQUITY_PARTS = 2


class Group(NamedTuple):
    """Cells of one sheet that are calculated alike, and the ways that may be done.

    ``ways``: each a formula by cell, the likeliest first.
    """

    sheet: str
    what: str
    ways: Sequence[Mapping[Place, str]]


def called(name: str, *arguments: str) -> str:
    """A function with its arguments, those left out last not written."""
    given = list(arguments)
    while given and not given[-1]:
        given.pop()
    return f"{name}({','.join(given)})"


def _chosen(name: str, meaning: str) -> str:
    """The word that a function has for one of its choices, as it stands in a formula."""
    choices = (dict(argument.choices) for argument in BY_NAME[name].arguments)
    return next(f'"{word}"' for one in choices for word, what in one.items() if what == meaning)


def column_range(rows: Sequence[int], column: int) -> str:
    """The cells of a column from the first row to the last, fixed."""
    return fixed(f"{a1(min(rows), column)}:{a1(max(rows), column)}")


# Fees ------------------------------------------------------------------------------------------


def of_fees(one: ReadFees) -> Iterator[Group]:
    """The fees of a year, and the municipalities' shares of their key."""
    sheet, columns = one.table.sheet, one.columns
    if one.pot is not None:
        pot = fixed(a1(one.pot.row, one.pot.column))
        if one.fees.scope is not Scope.MUNICIPALITIES:
            for kind in (Party.STATE, Party.REGION):
                rows = _rows(one, kind)
                text = called("FINSAM_FINANSIERING", pot, _chosen("FINSAM_FINANSIERING", kind))
                if len(rows) == 1:
                    yield Group(sheet, "Avgift", [{(rows[0], columns.fee): text}])
        ways = list(_by_key(one, pot))
        if ways:
            yield Group(sheet, "Avgift", ways)
    yield from _key_shares(one)


def _rows(one: ReadFees, kind: Party) -> list[int]:
    return [
        row
        for party, row in zip(one.fees.parties, one.party_rows, strict=True)
        if party.kind is kind
    ]


def _by_key(one: ReadFees, pot: str) -> Iterator[Mapping[Place, str]]:
    """The municipalities' fees by their key or share, by either rounding."""
    rows = _rows(one, Party.MUNICIPALITIES)
    if not _are_together(one, rows):
        return
    part = pot
    if one.fees.scope is not Scope.MUNICIPALITIES:
        municipal = _chosen("FINSAM_FINANSIERING", Party.MUNICIPALITIES)
        part = called("FINSAM_FINANSIERING", pot, municipal)
    for column in (one.columns.key, one.columns.share):
        for rounding in Rounding if column is not None else ():
            is_usual = rounding is Rounding.LARGEST_REMAINDER
            how = "" if is_usual else _chosen("FINSAM_AVGIFT", rounding)
            fees = called("FINSAM_AVGIFT", column_range(rows, column or 0), part, how)
            yield {(row, one.columns.fee): f"INDEX({fees},{row - min(rows) + 1})" for row in rows}


def _are_together(one: ReadFees, rows: Sequence[int]) -> bool:
    """Whether the municipalities stand below each other, and nobody between them."""
    others = {*one.party_rows, *(row.row for row in one.sums), *one.nameless} - set(rows)
    return bool(rows) and not any(min(rows) < row < max(rows) for row in others)


def _key_shares(one: ReadFees) -> Iterator[Group]:
    """Shares of the sum of keys, where that sum stands below them."""
    key, share = one.columns.key, one.columns.share
    rows = _rows(one, Party.MUNICIPALITIES)
    sums = [
        row.row for row in one.sums if row.role is Role.TOTAL or row.party is Party.MUNICIPALITIES
    ]
    if key is None or share is None or not rows:
        return
    ways = [
        {(row, share): called("FINSAM_ANDEL", a1(row, key), fixed(a1(total, key))) for row in rows}
        for total in sums
    ]
    if ways:
        yield Group(one.table.sheet, "Andel", ways)


# Amounts ---------------------------------------------------------------------------------------


def of_amounts(filler: Filler) -> Iterator[Group]:
    """The deviations of a table, and its equity at the end of each year."""
    budget = filler.budget
    for column, heading in enumerate(budget.columns):
        way = _deviations(filler, column) if heading.is_compared else {}
        if way:
            yield Group(budget.sheet, heading.header, [way])
    for target in budget.sums if budget.kind != AmountKind.CASH_FLOW else ():
        parts = dict(target.parts)
        opening = [row for row in parts if budget.rows[row].role == "equity_open"]
        if target.how != "equity" or len(opening) != 1 or len(parts) != _EQUITY_PARTS:
            continue
        result = next(row for row in parts if row != opening[0])
        way = {
            budget.at(target.target, n): called(
                "FINSAM_EGET_KAPITAL", a1(*budget.at(opening[0], n)), a1(*budget.at(result, n))
            )
            for n, heading in enumerate(budget.columns)
            if not heading.is_compared and not heading.is_ratio
        }
        yield Group(budget.sheet, budget.rows[target.target].label, [way])


def _deviations(filler: Filler, column: int) -> dict[Place, str]:
    """A function for each row that has a deviation in a column, if all readings say the same."""
    readings, doubt = filler.beside.readings(column)
    pair = filler.budget.compared(column)
    # Outcome less budget is what budget and outcome turned round give: the heading's goes first.
    readings = sorted(readings, key=lambda one: (one.outcome, one.base) != pair)
    found: dict[Place, str] = {}
    for row, line in enumerate(filler.budget.rows):
        taken = {_taken(filler, row, column, one) for one in readings}
        if doubt is None and line.role in _COMPARED and line.label and len(taken) == 1:
            text = _deviation(filler, row, column, readings[0])
            if text and row not in filler.beside.netted(readings[0]):
                found[filler.budget.at(row, column)] = text
    return found


def _taken(filler: Filler, row: int, column: int, reading: Reading) -> tuple[int, ...]:
    """Which column a reading takes from which, and what per cent are of; () where that is unsure.

    A figure of nought says nothing of a row's side, so the side must be known.
    """
    budget, (outcome, base, sense) = filler.budget, reading
    of = (base,) if budget.columns[column].scenario == "percent" else ()
    if sense is Sense.FAVOURABLE and budget.sign != SIGNED:
        if not filler.sums.is_sure(row):
            return ()
        is_turned = not _gains(filler, row)
    else:
        is_turned = sense is Sense.BUDGET_FIRST
    if sense is Sense.USED:
        return (outcome, base, *of, outcome)
    return (base, outcome, *of) if is_turned else (outcome, base, *of)


def _gains(filler: Filler, row: int) -> bool:
    """Whether more than budgeted is good on a row."""
    return filler.sums.sides[row] == INCOME or filler.budget.rows[row].role == "result"


def _deviation(filler: Filler, row: int, column: int, reading: Reading) -> str:
    budget, sense = filler.budget, reading.sense
    sides = [a1(*budget.at(row, n)) for n in (reading.outcome, reading.base)]
    in_parts = filler.beside.is_hundredth(row, column)
    is_percent = budget.columns[column].scenario == "percent"
    if not _taken(filler, row, column, reading):
        return ""
    if sense is Sense.USED:
        return called("FINSAM_ANDEL", *sides) if in_parts else ""
    if is_percent and in_parts:
        return ""
    kind = INCOME_ROW if _gains(filler, row) else COST_ROW
    if sense is Sense.BUDGET_FIRST:
        kind = COST_ROW
    elif sense is Sense.OUTCOME_FIRST or budget.sign == SIGNED:
        kind = WITH_SIGN
    name = "FINSAM_AVVIKELSE_PROCENT" if is_percent else "FINSAM_AVVIKELSE"
    # Also a cost is named: amounts below nought would else say themselves how they are meant.
    return called(name, *sides, _chosen(name, kind))


# The ceiling -----------------------------------------------------------------------------------


def of_ceilings(sheet: str, years: Sequence[Ceiling]) -> Iterator[Group]:
    """The recommended ceiling of equity for each year of a sheet."""
    way = {
        one.cells[Step.CEILING]: called(
            "FINSAM_TRAPPA", a1(*one.cells[Step.FEES]), str(one.year or "")
        )
        for one in years
        if Step.CEILING in one.cells and Step.FEES in one.cells
    }
    if way:
        yield Group(sheet, "Tak för eget kapital", [way])
