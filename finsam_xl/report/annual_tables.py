"""What an annual report is made of: its tables as read, and small words they share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from finsam_xl.labels import normalise
from finsam_xl.model_budget import Amount, Budget
from finsam_xl.model_counts import CountRow, Counts
from finsam_xl.policy import ImpactIndexRules

_WHOLE_YEAR = re.compile(r"(\d{4})-01-01\s*[-–]\s*\1-12-31")


class Statement(NamedTuple):
    """A table of amounts by year: its figures, and what its cells say that hold no figure.

    ``texts`` is by the indices of row and column; ``number`` is that of a note, '' for others;
    ``references``: the notes that rows refer to, by their indices.
    """

    budget: Budget
    texts: Mapping[tuple[int, int], str]
    number: str = ""
    references: Mapping[int, tuple[str, ...]] = MappingProxyType({})

    @property
    def year(self) -> int:
        """The latest year among its columns, 0 if none names any."""
        periods = (column.period for column in self.budget.columns)
        return max((period.until or period.year for period in periods if period), default=0)

    def heading(self, column: int) -> str:
        """A column's heading, short where it spells out a whole year."""
        one = self.budget.columns[column]
        whole = _WHOLE_YEAR.fullmatch(one.header.strip())
        return "Avvikelse" if one.scenario == "deviation" else (whole[1] if whole else one.header)

    def column_of(self, year: int) -> int | None:
        """The first column of stated amounts for a year."""
        for index, column in enumerate(self.budget.columns):
            if column.is_stated and column.period and column.period.year == year:
                return index
        return None

    def row(self, *starts: str) -> int | None:
        """The first row with amounts whose label begins with one of some words."""
        for index, row in enumerate(self.budget.rows):
            has_amounts = any(amount is not None for amount in row.amounts)
            if has_amounts and normalise(row.label).startswith(starts):
                return index
        return None

    def amount(self, year: int, *starts: str) -> Amount:
        """The amount of a year on the first row that begins with one of some words."""
        row, column = self.row(*starts), self.column_of(year)
        return None if row is None or column is None else self.budget.rows[row].amounts[column]


class Annual(NamedTuple):
    """The tables of one year's annual report; ``None`` for those the workbook lacks."""

    association: str
    run: str
    rules: ImpactIndexRules
    overview: Statement | None = None
    operations: Statement | None = None
    outcome: Statement | None = None
    income: Statement | None = None
    balance: Statement | None = None
    cash_flow: Statement | None = None
    balanskrav: Statement | None = None
    notes: tuple[Statement, ...] = ()
    cost_split: Counts | None = None
    cost_classes: Counts | None = None
    participants: Counts | None = None
    measures: Counts | None = None
    platforms: Counts | None = None
    referrals: Counts | None = None
    responses: Counts | None = None
    units: Counts | None = None
    weights: Counts | None = None

    @property
    def statements(self) -> Iterator[Statement]:
        """The tables of amounts that it has."""
        found = (self.overview, self.operations, self.outcome, self.income, self.balance)
        yield from (one for one in (*found, self.cash_flow, self.balanskrav) if one is not None)
        yield from self.notes

    @property
    def has_economy(self) -> bool:
        """Whether any table of the economy is there."""
        return self.cost_split is not None or any(True for _ in self.statements)

    @property
    def activity(self) -> tuple[Counts, ...]:
        """The tables of the activity that it has."""
        found = (self.participants, self.platforms, self.referrals, self.responses)
        every = (*found, self.measures, self.units, self.weights)
        return tuple(one for one in every if one is not None)

    @property
    def year(self) -> int:
        """The year it is about: the latest one."""
        counts = (*self.activity, self.cost_split)
        years = [one.period.year for one in counts if one is not None and one.period]
        return max([*years, *(one.year for one in self.statements)], default=0)

    def titled(self, title: str, *more: str) -> str:
        """A title with the year and what else it says: 'Balansräkning 2021, kr'."""
        year = f" {self.year}" if self.year else ""
        return ", ".join((f"{title}{year}", *filter(None, more)))


def labelled(counts: Counts | None, *words: str, lacking: str = "") -> CountRow | None:
    """The first row of figures whose label has one of some words, and not ``lacking``."""
    for row in counts.rows if counts is not None else ():
        label = normalise(row.label)
        if row.figures and any(w in label for w in words) and not (lacking and lacking in label):
            return row
    return None
