"""What an annual report is made of: its tables as read, and small words they share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum, unique
from fractions import Fraction
from types import MappingProxyType

from finsam_xl.filling.cost_lines import Lines
from finsam_xl.filling.quantities import Quantity, first_row
from finsam_xl.labels import capital, normalise
from finsam_xl.model import Ref
from finsam_xl.model_budget import Amount, Budget
from finsam_xl.model_counts import CountRow, Counts
from finsam_xl.periods import Period
from finsam_xl.policy import ImpactIndexRules
from finsam_xl.records import NamedTuple
from finsam_xl.report.amounts import joined
from finsam_xl.report.faults import NO_FAULTS, Faults
from finsam_xl.words.people import people_of

_ALL_YEAR = re.compile(r"(?:antal )?deltagare(?: totalt)?(?: \d{4})?")
_FROM_BEFORE = re.compile(r"\b(?:sedan|från|ingående|början|ingång)\b")
_WHOLE_YEAR = re.compile(r"(\d{4})-01-01\s*[-–]\s*\1-12-31")
_SENTENCE = re.compile(r".+?\.(?=\s+[A-ZÅÄÖ”])")
_PLACE = re.compile(r"\s*\((?:[^()!]+!)?[A-Z]{1,3}\d+\)")
Wrong = Mapping[Ref, str]
"""What is said of cells whose figures look wrong."""


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

    @property
    def years(self) -> frozenset[int]:
        """The years of its columns."""
        return frozenset(one.period.year for one in self.budget.columns if one.period)

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


@unique
class Part(StrEnum):
    """The tables of people and of the index that an annual report has."""

    PARTICIPANTS = "participants"
    PEOPLE = "people"
    PLATFORMS = "platforms"
    REFERRALS = "referrals"
    RESPONSES = "responses"
    UNITS = "units"
    WEIGHTS = "weights"
    MEASURES = "measures"


class Annual(NamedTuple):
    """The tables of one year's annual report; ``None`` and () for those the workbook lacks.

    ``activity``: every table of a part, of the latest year that there is one of; ``areas``: the
    names of the goal areas by their numbers; ``ceilings``: in tkr the highest equity that trappan
    recommends, by year, and ``trappan``: the rule in words; ``wrong``: what is said of cells whose
    figures look wrong; ``fewest``: shares of fewer people than that are not told;
    ``economy_faults`` and ``activity_faults``: what the control finds in the tables of each sheet.
    """

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
    activity: Mapping[Part, tuple[Counts, ...]] = MappingProxyType({})
    areas: Mapping[str, str] = MappingProxyType({})
    ceilings: Mapping[int, Fraction] = MappingProxyType({})
    trappan: tuple[str, ...] = ()
    wrong: Wrong = MappingProxyType({})
    fewest: Fraction = Fraction(0)
    economy_faults: Faults = NO_FAULTS
    activity_faults: Faults = NO_FAULTS

    @property
    def statements(self) -> Iterator[Statement]:
        """The tables of amounts that it has."""
        found = (self.overview, self.operations, self.outcome, self.income, self.balance)
        yield from (one for one in (*found, self.cash_flow, self.balanskrav) if one is not None)
        yield from self.notes

    @property
    def has_economy(self) -> bool:
        """Whether any table of the economy is there."""
        return any(True for _ in self.economy)

    @property
    def economy(self) -> Iterator[Budget | Counts]:
        """The tables of the economy."""
        yield from (one.budget for one in self.statements)
        if self.cost_split is not None:
            yield self.cost_split

    @property
    def counts(self) -> Iterator[Counts]:
        """The tables of the activity."""
        for those in self.activity.values():
            yield from those

    @property
    def year(self) -> int:
        """The year it is about: the latest one."""
        every = (self.cost_split, *self.counts)
        years = [one.period.year for one in every if one is not None and one.period]
        return max([*years, *(one.year for one in self.statements)], default=0)

    def only(self, part: Part) -> Counts | None:
        """The only table of a part, if it is of the report's year or says none."""
        found = self.activity.get(part, ())
        is_of_year = len(found) == 1 and (
            found[0].period is None or found[0].period.year == self.year
        )
        return found[0] if is_of_year else None

    def titled(self, title: str, *more: str) -> str:
        """A title with the year and what else it says: 'Balansräkning 2021, kr'."""
        year = f" {self.year}" if self.year else ""
        return ", ".join((f"{title}{year}", *filter(None, more)))

    def named(self, title: str, one: Counts, part: Part) -> str:
        """The title of a table with its year, and its own title where it is one of several."""
        year = str(one.period.year) if one.period else str(self.year or "")
        titled = f"{title} {year}".strip()
        if len(self.activity.get(part, ())) == 1:
            return titled
        return f"{titled}: {self.own_title(one)}"

    def own_title(self, one: Counts) -> str:
        """What a table is called in the workbook: the furthest title above it that says a year."""
        titles = [title for title in reversed(one.titles) if title != self.association]
        dated = [title for title in titles if Period.find(title)]
        return next(iter((*dated, *titles)), one.sheet)


def told(wrong: Wrong, places: Iterable[Ref], said: Iterable[str] = ()) -> Iterator[str]:
    """What is wrong with the figures of some cells, but for what is ``said`` already."""
    known = list(said)
    for text in dict.fromkeys(wrong[place] for place in places if place in wrong):
        first = _SENTENCE.match(text)
        sentence = _PLACE.sub("", first[0] if first else text)
        if not any(sentence in one for one in known):
            yield f"▼ {sentence}"


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
    """A figure, its unit, row and cell; or why there is none, '' where nothing is said of it."""

    amount: Amount = None
    unit: str = ""
    row: int | None = None
    why: str = ""
    ref: Ref | None = None


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
    lacking = f"{capital(quantity.name)} {year} visas inte"
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
    return Found(budget.rows[row].amounts[column], budget.unit, row, ref=budget.place(row, column))
