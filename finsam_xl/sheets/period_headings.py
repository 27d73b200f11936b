"""What a column's heading says: a period and a scenario ("Utfall t.o.m. T2", "2005-2016 / Utfall").

>>> meaning("Prognos 2019")
Meaning(period=Period(year=2019, tertial=None, until=None), scenario='forecast')
>>> meaning("Avvikelse %").scenario
'percent'
>>> meaning("Lokalhyra") is None
True
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache
from typing import NamedTuple

from finsam_xl.labels import normalise
from finsam_xl.model_budget import STATED as AMOUNTS_STATED
from finsam_xl.periods import FIRST_YEAR, LAST_YEAR, Period, is_year
from finsam_xl.sheets.grid import Cell, SheetGrid
from finsam_xl.words import scenarios
from finsam_xl.words.scenarios import Scenario
from finsam_xl.words.totals import is_bare_sum
from finsam_xl.words.units import unit

_LONGEST = 45
_YEAR_OR_SHARE = re.compile(r"20\d\d|%")
_ONLY_PERIOD = re.compile(r"[\d\s.\-–—/t:]*(?:år)?[\d\s.\-–—/]*", re.IGNORECASE)
KINDS = frozenset({
    "budget", "tertial", "plan", "outcome", "income_statement", "balance", "note", "cash_flow",
    "balanskrav", "overview",
})  # fmt: skip
"""The kinds of table that are amounts by period and scenario."""
STATED = (*AMOUNTS_STATED, "bare")


class Meaning(NamedTuple):
    """A heading's period, if it names one, and its scenario ('bare' for a year alone)."""

    period: Period | None
    scenario: str


@lru_cache(maxsize=4096)
def meaning(text: str) -> Meaning | None:
    """What a heading means; ``None`` for a text that is no heading of amounts."""
    if len(text) > _LONGEST or not (_YEAR_OR_SHARE.search(text) or scenarios.may_be_heading(text)):
        return None
    words = normalise(text)
    period = Period.find(words)
    scenario = _scenario(words)
    if scenario is None:
        return Meaning(period, "bare") if period and _ONLY_PERIOD.fullmatch(words) else None
    return Meaning(period, scenario)


def _scenario(words: str) -> str | None:
    is_share = "%" in words or scenarios.says(words, Scenario.PERCENT)
    if scenarios.says(words, Scenario.DEVIATION):
        return (Scenario.PERCENT if is_share else Scenario.DEVIATION).value
    is_alone = words == "%" or scenarios.named(words) is Scenario.PERCENT
    if is_alone or scenarios.says(words, Scenario.USED):
        return Scenario.PERCENT.value
    pieces = set(re.split(r"[\s/]+", words))
    if scenarios.says(words, Scenario.TO_DATE):
        return _to_date(pieces)
    if any(map(is_bare_sum, pieces)) and Period.find(words):
        return "other"
    said = {piece: scenarios.named(piece) for piece in pieces}
    for scenario in scenarios.STATED:
        if scenario in said.values():
            rest = (piece for piece, named in said.items() if named is not scenario)
            return scenario.value if all(map(_belongs, rest)) else None
    return None


def _to_date(pieces: set[str]) -> str | None:
    """A part of the year of an outcome, or of a budget; a forecast or plan is never one."""
    said = set(map(scenarios.named, pieces))
    if Scenario.BUDGET in said:
        return "budget_to_date"
    return None if said & {Scenario.FORECAST, Scenario.PLAN} else "outcome_to_date"


def _belongs(piece: str) -> bool:
    """Words that may stand beside a scenario in a heading of amounts."""
    return bool(
        not piece
        or piece[0].isdigit()
        or piece == "-"
        or unit(piece)
        or scenarios.named(piece) is Scenario.BESIDE
    )


def is_announced(sheet: SheetGrid) -> bool:
    """Whether a text on the sheet is a heading of amounts."""
    said = _headings_among(sheet.texts)
    return any((found := meaning(text)) and found.scenario in STATED for text in said)


@lru_cache(maxsize=8)
def _headings_among(texts: frozenset[str]) -> frozenset[str]:
    """The texts that are headings of amounts."""
    return frozenset(text for text in texts if meaning(text) is not None)


def may_hold_amounts(sheet: SheetGrid) -> bool:
    """Whether it is worth looking for a table of amounts on a sheet.

    Headings may be bare years, which are numbers; a large sheet is not read for that.
    """
    return is_announced(sheet) or not (sheet.large or not sheet.texts or not _year_rows(sheet))


def heading_rows(sheet: SheetGrid) -> list[int]:
    """Rows that may be headings: with a text that says so, or with nothing but years."""
    said = _headings_among(sheet.texts)
    texts = {place[0] for place, cell in sheet.cells.items() if cell.value in said}
    return sorted(texts | _year_rows(sheet, texts))


def _year_rows(sheet: SheetGrid, below: Container[int] = ()) -> set[int]:
    """Rows whose only numbers are years or dates, several and all different.

    Right above a heading, one of ``below``, a year may stand over several columns.
    """
    found: dict[int, list[float]] = {}
    for (row, _), cell in sheet.cells.items():
        value = cell.value
        if type(value) is int and (FIRST_YEAR <= value < LAST_YEAR or cell.dated):
            found.setdefault(row, []).append(value)
    rows = {
        row
        for row, years in found.items()
        if len(years) > 1 and (len(set(years)) == len(years) or row + 1 in below)
    }
    if rows:
        for (row, _), cell in sheet.cells.items():
            if row in rows and is_amount(cell):
                rows.discard(row)
    return rows


def is_amount(cell: Cell) -> bool:
    """Whether a cell holds a number that is neither a year nor a date."""
    return (
        isinstance(cell.value, int | float)
        and not isinstance(cell.value, bool)
        and not is_year(cell.value)
        and not cell.dated
    )
