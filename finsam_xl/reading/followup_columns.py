"""Which columns of a table tell of a year up to and including a part of it."""

from __future__ import annotations

from collections.abc import Sequence

from finsam_xl.model_budget import Budget
from finsam_xl.periods import MONTHS_PER_YEAR, Period
from finsam_xl.records import NamedTuple


class FollowupColumns(NamedTuple):
    """Columns by their index, ``None`` for those that the table lacks.

    ``budget``, ``outcome`` and ``forecast`` are of the year; ``to_date``: the budget of the same
    months as the outcome; ``budgets`` and ``forecasts``: every one to choose between; ``months``:
    the outcome of each month, in the order of the year; ``is_open``: nobody knows how far the
    outcome goes.
    """

    budget: int | None
    outcome: int | None
    forecast: int | None
    to_date: int | None
    budgets: tuple[int, ...] = ()
    forecasts: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    is_open: bool = False

    @property
    def compared(self) -> tuple[int | None, ...]:
        """Those that a report compares with each other."""
        return self.budget, self.outcome, self.forecast, self.to_date


def columns_of(budget: Budget, period: Period) -> FollowupColumns:
    """The columns of a follow-up of a year's first months, or of the year."""
    year, is_year = str(period.year), period.months == MONTHS_PER_YEAR
    budgets = _of(budget, ("budget", "plan"), year)
    outcomes = [] if is_year else _of(budget, ("outcome_to_date",), str(period))
    outcomes = outcomes or _of(budget, ("outcome_to_date", "outcome"), year)
    outcome = outcomes[-1] if outcomes else None
    is_open = is_year and outcome is not None and is_so_far(budget, outcome)
    is_over = is_year and outcome is not None and not is_open
    forecasts = [] if is_over else _of(budget, ("forecast",), year)
    to_date = [] if is_year else _named(budget, ("budget_to_date",), str(period))
    return FollowupColumns(
        # Of two versions the one decided last stands last; the notes say which it is.
        budgets[-1] if budgets else None,
        outcome,
        _forecast(budget, forecasts, period, outcome),
        to_date[-1] if to_date else None,
        tuple(budgets),
        tuple(forecasts),
        tuple(_months(budget, period)),
        is_open,
    )


def is_so_far(budget: Budget, column: int) -> bool:
    """Whether a column is of the year so far, and does not say how far that is."""
    heading = budget.columns[column]
    is_part = heading.period is not None and heading.period.is_part
    return heading.scenario == "outcome_to_date" and not is_part


def _of(budget: Budget, scenarios: Sequence[str], period: str) -> list[int]:
    """The columns of the first of some scenarios that has any for a period, or for none named."""
    for scenario in scenarios:
        named = _named(budget, (scenario,), period)
        bare = [
            n
            for n, column in enumerate(budget.columns)
            if column.scenario == scenario and column.period is None
        ]
        if named or bare:
            return named or bare
    return []


def _named(budget: Budget, scenarios: Sequence[str], period: str) -> list[int]:
    return [
        n
        for n, column in enumerate(budget.columns)
        if column.scenario in scenarios and str(column.period) == period
    ]


def _forecast(
    budget: Budget, columns: Sequence[int], period: Period, outcome: int | None
) -> int | None:
    """The forecast that was made when the period had passed.

    One whose heading names a later part of the year was not; among those that name none the
    one that stands after the outcome and before another forecast is.
    """
    made = {n: made_at(budget.columns[n].header, period.year) for n in columns}
    same = [n for n, at in made.items() if at is not None and at.last_day == period.last_day]
    bare = [n for n, at in made.items() if at is None]
    earlier = [n for n, at in made.items() if at is not None and at.last_day < period.last_day]
    after = [n for n in bare if outcome is not None and n > outcome]
    several = sum(one.scenario == "outcome_to_date" for one in budget.columns) > 1
    nearest = after[:1] if several else bare[-1:]
    return next(iter((*same[-1:], *nearest, *bare[-1:], *earlier[-1:])), None)


def made_at(header: str, year: int) -> Period | None:
    """After which part of a year a forecast was made, as its heading says."""
    found = Period.find(header) or Period.find(f"{header} {year}")
    return found if found is not None and found.is_part and found.year == year else None


def _months(budget: Budget, period: Period) -> list[int]:
    found: dict[int, int] = {}
    for n, column in enumerate(budget.columns):
        at = column.period
        is_month = at is not None and at.is_part and at.months == 1
        if column.scenario == "outcome" and at is not None and is_month and period.holds(at):
            found.setdefault(at.last_month, n)
    return [found[month] for month in sorted(found)]


def last_year(budget: Budget, period: Period) -> tuple[int | None, int | None]:
    """The columns of last year's outcome: of the same months as a period, and of the whole year."""
    same = period._replace(year=period.year - 1)
    return (
        _outcome(budget, ("outcome_to_date", "outcome"), same),
        _outcome(budget, ("outcome", "outcome_to_date"), Period(period.year - 1)),
    )


def _outcome(budget: Budget, scenarios: Sequence[str], period: Period) -> int | None:
    found = [
        n
        for scenario in scenarios
        for n, column in enumerate(budget.columns)
        if column.scenario == scenario and column.period == period
    ]
    return found[0] if found else None
