"""Which follow-ups a workbook holds, up to and including which part of which year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_xl.errors import InputError, WorkbookError
from finsam_xl.model_budget import Budget
from finsam_xl.periods import FIRST_YEAR, MONTHS_PER_YEAR, TERTIALS, Period
from finsam_xl.reading.book import ReadBudget
from finsam_xl.reading.followup_columns import columns_of
from finsam_xl.records import NamedTuple


class Chosen(NamedTuple):
    """A table, and up to and including which part of a year it is reported."""

    one: ReadBudget
    period: Period

    @property
    def is_open(self) -> bool:
        """Whether the table does not say how far its outcome goes: then ``period`` is its year."""
        return columns_of(self.one.budget, self.period).is_open


def chosen(tables: Sequence[ReadBudget], until: str = "") -> Chosen:
    """The latest follow-up that has figures, or that up to and including ``until``.

    ``until``: ``T1``, which is the latest first tertial there is, or with its year ``2026-T1``.
    Raises ``WorkbookError`` where there is none, ``InputError`` for what is no period.
    """
    found = sorted(_followups(tables), key=lambda each: each.period.last_day)
    if not found:
        raise WorkbookError(
            "Arbetsboken har ingen tertialuppföljning att göra rapporten av.",
            remedy="Rapporten behöver en kolumn som ”Utfall t.o.m. T2”.",
        )
    if until:
        wanted = Wanted.of(until)
        fitting = [fit for each in found if (fit := wanted.of_it(each)) is not None]
        if not fitting:
            there = ", ".join(dict.fromkeys(_named(each) for each in found))
            raise WorkbookError(
                f"Arbetsboken har ingen uppföljning till och med {until}.",
                remedy=f"Välj en som finns: {there}. Utan val blir det den senaste.",
            )
        found = fitting
    latest = found[-1].period.last_day
    return next(each for each in found if each.period.last_day == latest)


def latest(tables: Sequence[ReadBudget]) -> list[Chosen]:
    """Every table that follows up a year and has figures, up to and including its latest part."""
    found: dict[int, Chosen] = {}
    for each in sorted(_followups(tables), key=lambda each: each.period.last_day):
        if _has_figures(each.one.budget, each.period):
            found[id(each.one)] = each
    return list(found.values())


def parts_of_years(tables: Sequence[ReadBudget]) -> list[str]:
    """The follow-ups of years that are not over, as they may be chosen, the latest first."""
    found = sorted(_followups(tables), key=lambda each: each.period.last_day, reverse=True)
    parts = (each for each in found if each.period.months < MONTHS_PER_YEAR and not each.is_open)
    return list(dict.fromkeys(map(_named, parts)))


def latest_tertials(tables: Sequence[ReadBudget]) -> dict[int, int]:
    """The tertial up to which each year is followed up, the latest of them."""
    found: dict[int, int] = {}
    for _, period in _followups(tables):
        if period.tertial:
            found[period.year] = max(period.tertial, found.get(period.year, 0))
    return found


def _named(each: Chosen) -> str:
    """A period as it may be chosen."""
    is_over = each.period.months == MONTHS_PER_YEAR and not each.is_open
    return f"{each.period.year}-T{TERTIALS}" if is_over else str(each.period)


class Wanted(NamedTuple):
    """The last month of a period, and its year where that is said."""

    last_month: int
    year: int | None = None

    @classmethod
    def of(cls, text: str) -> Wanted:
        """What is asked for; raises ``InputError`` for what is no part of a year."""
        period = Period.find(text)
        if period is not None and period.until is None:
            return cls(period.last_month, period.year)
        part = Period.find(f"{text} {FIRST_YEAR}")
        if part is None or not part.is_part:
            raise InputError(
                f"”{text}” är ingen period.",
                remedy="Skriv T1, T2 eller T3, med år om det behövs: 2026-T1.",
            )
        return cls(part.last_month)

    def of_it(self, each: Chosen) -> Chosen | None:
        """A follow-up if it is of the period, or if it is of its year and says no part itself."""
        if self.year not in (None, each.period.year):
            return None
        if each.period.last_month == self.last_month and not each.is_open:
            return each
        asked = Period.of(each.period.year, 1, self.last_month)
        return each._replace(period=asked) if each.is_open else None


def _followups(tables: Sequence[ReadBudget]) -> Iterator[Chosen]:
    """Every follow-up: those with figures, or all if none has any."""
    every = [Chosen(one, period) for one in tables for period in _periods(one)]
    filled = [each for each in every if _has_figures(each.one.budget, each.period)]
    yield from filled or every


def _periods(one: ReadBudget) -> Iterator[Period]:
    """Up to and including which parts of which years a table has outcomes.

    One of a whole year follows the year up only beside those of its parts, or if the table is
    named as that of the third tertial: others are of years that are told elsewhere.
    """
    columns = one.budget.columns
    found = [c.period for c in columns if c.scenario == "outcome_to_date" and c.period]
    years = {
        c.period.year
        for c in columns
        if c.scenario == "outcome" and c.period is not None and c.period.is_whole_year
    }
    if one.table.kind == "tertial":
        if not found:
            found = [one.table.period or Period(1)]
        latest = max(period.year for period in found)
        found += [Period(latest)] if latest in years else []
    else:
        found = [third for year in sorted(years) if (third := _third(one, year)) is not None]
    yield from dict.fromkeys(found)


def _third(one: ReadBudget, year: int) -> Period | None:
    """The third tertial of a year, if a table's title or its sheet says that it is of that."""
    third = Period(year, TERTIALS)
    said = (Period.find(text) for text in (one.budget.title, f"{one.table.real_sheet} {year}"))
    return third if third in said else None


def _has_figures(budget: Budget, period: Period) -> bool:
    """Whether any row has an amount in the outcome of a period."""
    outcome = columns_of(budget, period).outcome
    return outcome is not None and any(row.amounts[outcome] is not None for row in budget.rows)
