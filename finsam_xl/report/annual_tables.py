"""What an annual report is made of: its tables as read, and small words they share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from finsam_xl.filling.cost_lines import Lines
from finsam_xl.filling.quantities import Quantity, first_row
from finsam_xl.labels import normalise
from finsam_xl.model_budget import Amount, Budget
from finsam_xl.model_counts import CountRow, Counts
from finsam_xl.policy import ImpactIndexRules
from finsam_xl.records import NamedTuple
from finsam_xl.report.amounts import joined
from finsam_xl.words.people import people_of

_ALL_YEAR = re.compile(r"(?:antal )?deltagare(?: totalt)?(?: \d{4})?")
_FROM_BEFORE = re.compile(r"\b(?:sedan|från|ingående|början|ingång)\b")
_WHOLE_YEAR = re.compile(r"(\d{4})-01-01\s*[-–]\s*\1-12-31")


class Statement(NamedTuple):
    """A table of amounts by year: its figures, and what its cells say that hold no figure.

    ``texts`` is by the indices of row and column; ``number`` is that of a note, '' for others;
    ``references``: the notes that rows refer to, by their indices; ``rivals``: the places of
    all tables of its kind and year, where it is not the only one.
    """

    budget: Budget
    texts: Mapping[tuple[int, int], str]
    number: str = ""
    references: Mapping[int, tuple[str, ...]] = MappingProxyType({})
    rivals: tuple[str, ...] = ()

    @property
    def year(self) -> int:
        """The latest year with an outcome, or else among its columns; 0 if none names any."""
        columns = [column for column in self.budget.columns if column.period]
        closed = [column for column in columns if column.scenario == "outcome"]
        periods = (column.period for column in closed or columns)
        return max((period.until or period.year for period in periods if period), default=0)

    def heading(self, column: int) -> str:
        """A column's heading, short where it spells out a whole year."""
        one = self.budget.columns[column]
        whole = _WHOLE_YEAR.fullmatch(one.header.strip())
        return "Avvikelse" if one.scenario == "deviation" else (whole[1] if whole else one.header)

    def columns_of(self, year: int) -> list[int]:
        """The columns of a year's outcome, or else of what is stated for it."""
        stated = [
            (index, column.scenario)
            for index, column in enumerate(self.budget.columns)
            if column.is_stated and column.period and str(column.period) == str(year)
        ]
        outcome = [index for index, scenario in stated if scenario == "outcome"]
        return outcome or [index for index, _ in stated]

    def column_of(self, year: int) -> int | None:
        """The column of a year, where there is only one."""
        columns = self.columns_of(year)
        return columns[0] if len(columns) == 1 else None


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
    cost_lines: Lines | None = None
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


def counted(counts: Counts | None, *names: str) -> CountRow | None:
    """The only row of figures that counts one of some things; of several none is chosen."""
    rows = counts.rows if counts is not None else ()
    found = [row for row in rows if row.figures and _counts(row) in names]
    return found[0] if len(found) == 1 else None


def total_of(counts: Counts | None, field: str) -> CountRow | None:
    """The only total row with a figure in a field."""
    rows = counts.rows if counts is not None else ()
    found = [row for row in rows if row.role == "total" and field in row.figures]
    return found[0] if len(found) == 1 else None


def _counts(row: CountRow) -> str | None:
    """What a row counts: who was there from the start is not who remains at the end."""
    label = normalise(row.label)
    if _ALL_YEAR.fullmatch(label):
        return "participants"
    name = people_of(label)
    return "opening" if name == "remaining" and _FROM_BEFORE.search(label) else name


class Found(NamedTuple):
    """A figure, its unit and its row; or why there is none, '' where nothing is said of it."""

    amount: Amount = None
    unit: str = ""
    row: int | None = None
    why: str = ""


def row_of(statement: Statement, quantity: Quantity) -> int | None:
    """The only row that is a quantity, in whatever year; ``None`` if there is none, or several."""
    return first_row(
        statement.budget.rows,
        quantity,
        lambda row: row.amounts if any(a is not None for a in row.amounts) else None,
    )[0]


def found(statement: Statement | None, quantity: Quantity, year: int) -> Found:
    """A quantity in a year."""
    if statement is None:
        return Found()
    lacking = f"{quantity.name[:1].upper()}{quantity.name[1:]} {year} visas inte"
    if statement.rivals:
        return Found(why=f"{lacking}: flera tabeller kan menas, {joined(statement.rivals)}.")
    columns = statement.columns_of(year)
    if len(columns) != 1:
        named = [statement.budget.columns[column].header for column in columns]
        why = f"{lacking}: flera kolumner gäller året, {joined(named)}." if columns else ""
        return Found(why=why)
    (column,) = columns
    row, several = first_row(statement.budget.rows, quantity, lambda row: row.amounts[column])
    budget = statement.budget
    if row is None:
        places = [f"”{budget.rows[n].label}” ({budget.place(n, column)})" for n in several]
        why = f"{lacking}: flera rader kan menas, {joined(places)}." if several else ""
        return Found(why=why)
    return Found(budget.rows[row].amounts[column], budget.unit, row)
