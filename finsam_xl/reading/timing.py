"""The period of every column: which part of its year, and whether its figures are those so far."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from finsam_xl.model_budget import STATED
from finsam_xl.periods import MONTHS_PER_YEAR, Period, joined
from finsam_xl.reading import reasons
from finsam_xl.reading.drafts import Draft, Table
from finsam_xl.reading.relations import How
from finsam_xl.reading.times import Said

_SINGLE = ("month", "quarter", "tertial")
_TO_DATE = {"outcome": "outcome_to_date", "budget": "budget_to_date"}
_FEWEST_MONTHS = 3
"""So many single months under one word are columns of months, and no dates of forecasts."""
_FEWEST_ROWS = 3
_YEARLESS, _TIMELESS = 0.6, 0.8
"""How surely a column is read that lacks a year as others have it, or as none has."""


def give_periods(table: Table) -> None:
    """The period of each column of amounts, shares and keys."""
    least = _TIMELESS if table.is_timeless else _YEARLESS
    for draft in table.drafts:
        if draft.year is None:
            draft.sure = min(draft.sure, least) if draft.is_stated else draft.sure
            _without_year(draft)
        elif draft.until is not None:
            draft.period = Period(draft.year, until=draft.until)
            if draft.scenario in ("budget", "outcome") and draft.heading.is_sum:
                draft.scenario = "other"
        elif draft.scenario == "forecast":
            _forecast(draft, table)
        elif draft.scenario in _TO_DATE or draft.scenario in _TO_DATE.values():
            _part(draft, table)
        elif draft.scenario == "plan":
            span = _span(draft, draft.heading.time, table)
            draft.period = Period.of(draft.year, *span) if span else Period(draft.year)
        elif draft.scenario in ("share", "key", "other"):
            draft.period = Period(draft.year)
    for draft in table.drafts:
        _so_far(draft, table)
        _of_parts(draft, table)


def _of_parts(draft: Draft, table: Table) -> None:
    """A sum that says no time of its own is of what its parts make together."""
    one = draft.relation
    time = draft.heading.time
    if one is None or one.how is not How.SUM or time.last is not None or time.whole:
        return
    parts = _periods([table.drafts[index] for index, _ in one.of])
    if _is_of_years(draft, parts):
        years = [period.year for period in parts]
        draft.period, draft.scenario = Period(min(years), until=max(years)), "other"
        return
    made = joined(parts)
    if made is None or draft.scenario not in _TO_DATE or made.year != draft.year:
        return
    draft.period = made
    if made.is_part and made.first_month == 1:
        draft.scenario = _TO_DATE[draft.scenario]


def _is_of_years(draft: Draft, parts: Sequence[Period]) -> bool:
    """Whether a sum that says no year adds up several years, each in a column."""
    time = draft.heading.time
    is_silent = not (time.years or time.short or time.to_date)
    years = [period.year for period in parts if period.is_whole_year]
    is_told = len(set(years)) == len(years) == len(parts) > 1
    return is_silent and draft.scenario in STATED and is_told


def _without_year(draft: Draft) -> None:
    """The scenario may be one so far, though nobody knows of which year."""
    time = draft.heading.time
    if draft.scenario in _TO_DATE and (time.to_date or time.part):
        draft.scenario = _TO_DATE[draft.scenario]


def _forecast(draft: Draft, table: Table) -> None:
    """The whole year: a month, tertial or day beside it is when the forecast was made.

    Several months, each with a column, are months; so is a range that begins later.
    """
    time = draft.heading.time
    year = draft.year or 0
    is_part = time.unit == "month" and len(_siblings(draft, table, "month")) >= _FEWEST_MONTHS
    is_part = is_part or _is_added(draft, table) or time.unit in ("range", "half")
    if is_part and time.first and time.last and not (time.whole or time.to_date):
        draft.period = Period.of(year, time.first, time.last)
    else:
        draft.period = Period(year)


def _siblings(draft: Draft, table: Table, unit: str) -> list[Draft]:
    """The columns of the same scenario, year and unit of time, in order of time."""
    found = [
        other
        for other in table.drafts
        if other.heading.time.unit == unit
        and other.year == draft.year
        and _TO_DATE.get(other.scenario, other.scenario)
        == _TO_DATE.get(draft.scenario, draft.scenario)
    ]
    return sorted(found, key=lambda other: other.heading.time.last or 0)


def _is_added(draft: Draft, table: Table) -> bool:
    """Whether a column of a part of the year is added to others of the same unit."""
    for other in table.drafts:
        one = other.relation
        if one is None or one.how is not How.SUM or draft.index not in dict(one.of):
            continue
        units = {table.drafts[index].heading.time.unit for index, _ in one.of}
        if units == {draft.heading.time.unit} and draft.heading.time.unit in _SINGLE:
            return True
    return False


def _part(draft: Draft, table: Table) -> None:
    """The part of the year of an outcome or a budget, and whether it begins with the year."""
    time, year = draft.heading.time, draft.year or 0
    if time.one_month and time.last is None:
        _month_of_title(draft, table)
        return
    span = _span(draft, time, table)
    if span is None:
        draft.period = Period(year)
        return
    draft.period = Period.of(year, *span)
    whole = span == (1, MONTHS_PER_YEAR)
    if whole:
        draft.scenario = draft.scenario.removesuffix("_to_date")
    elif _is_so_far(draft, time, span, table):
        draft.scenario = _TO_DATE.get(draft.scenario, draft.scenario)


def _month_of_title(draft: Draft, table: Table) -> None:
    """A column of the month, which only the title names."""
    title = table.title
    if title.last is not None and title.first == title.last and title.year in (None, draft.year):
        draft.period = Period.of(draft.year or 0, title.last, title.last)
    else:
        draft.is_open = True
        draft.period = Period(draft.year or 0)
        draft.sure = min(draft.sure, 0.7)


def _span(draft: Draft, time: Said, table: Table) -> tuple[int, int] | None:
    """First and last month; ``None`` where the heading names no part."""
    if time.last is None or time.first is None:
        return None
    if time.to_date:
        return 1, time.last
    if time.unit == "tertial" and not _stands_alone(draft, table):
        return 1, time.last
    if time.unit in _SINGLE and _is_by_pace(draft, time, table):
        return 1, time.last
    return time.first, time.last


def _is_so_far(draft: Draft, time: Said, span: tuple[int, int], table: Table) -> bool:
    """Whether a part that begins with the year is all so far, and not one of several parts."""
    if span[0] != 1 or time.to_date:
        return span[0] == 1
    if time.unit in ("month", "quarter"):
        alone = len(_siblings(draft, table, time.unit)) < 2
        return (alone or time.first != 1) and draft.scenario != "budget"
    return not (time.unit in ("tertial", "half") and _stands_alone(draft, table))


def _stands_alone(draft: Draft, table: Table) -> bool:
    """Whether a tertial is its own four months: tertials beside it are not what has come so far.

    They are added to the year, or the later ones are not larger than the earlier.
    """
    if _is_added(draft, table):
        return True
    others = _siblings(draft, table, draft.heading.time.unit)
    if len(others) < 2:
        return False
    return not all(_grows(one, later) for one, later in pairwise(others))


def _grows(one: Draft, later: Draft) -> bool:
    """Whether a column holds at least as much as another in nearly every row."""
    pairs = [
        (abs(Fraction(a)), abs(Fraction(b)))
        for a, b in zip(one.raw.amounts, later.raw.amounts, strict=True)
        if a and b is not None
    ]
    return not pairs or sum(b >= a for a, b in pairs) * 10 >= len(pairs) * 9


def _is_by_pace(draft: Draft, time: Said, table: Table) -> bool:
    """Whether one lone month or quarter holds about what the year so far should."""
    if time.first == 1 or len(_siblings(draft, table, time.unit)) > 1 or not time.last:
        return False
    share = _pace(draft, table)
    if share is None:
        draft.sure = draft.sure if draft.scenario == "budget" else min(draft.sure, 0.7)
        return False
    so_far = Fraction(time.last, MONTHS_PER_YEAR)
    alone = Fraction(time.last - (time.first or 1) + 1, MONTHS_PER_YEAR)
    is_so_far = abs(share - so_far) < abs(share - alone)
    draft.sure = min(draft.sure, 0.85)
    draft.why.append(reasons.by_pace(round(share * MONTHS_PER_YEAR)))
    return is_so_far


def _pace(draft: Draft, table: Table) -> Fraction | None:
    """What part of the year's budget or forecast a column holds, in the middle of its rows."""
    for other in table.drafts:
        whole = other.heading.time.last is None and other.year == draft.year
        if other.sense in ("budget", "forecast") and whole and not other.heading.time.part:
            shares = [
                abs(Fraction(a) / Fraction(b))
                for a, b in zip(draft.raw.amounts, other.raw.amounts, strict=True)
                if a and b
            ]
            if len(shares) >= _FEWEST_ROWS:
                from statistics import median  # loads much that no other table needs

                return median(shares)
    return None


def _so_far(draft: Draft, table: Table) -> None:
    """Columns that are so far and do not say how far: as far as the table or the title says."""
    time = draft.heading.time
    if draft.scenario.removesuffix("_to_date") not in _TO_DATE or draft.year is None:
        return
    asks = time.to_date or time.part or draft.scenario.endswith("_to_date")
    if time.last is not None or draft.until is not None or time.one_month:
        return
    if asks and not time.to_date and _has_sum_so_far(draft, table):
        _own_period(draft, table)
    elif asks:
        draft.scenario = _TO_DATE.get(draft.scenario, draft.scenario)
        _filled(draft, _elsewhere(draft, table))
    elif draft.scenario == "outcome" and not time.whole and not time.shift:
        part = _of_title(draft, table)
        if part is not None and draft.is_own:
            draft.scenario = _TO_DATE[draft.scenario]
            draft.sure = min(draft.sure, 0.85)
            _filled(draft, part)


def _has_sum_so_far(draft: Draft, table: Table) -> bool:
    """Whether another column of the year is what has come so far: this one is then no such."""
    return any(
        other.heading.time.to_date
        and other.year == draft.year
        and other.scenario.removesuffix("_to_date") == draft.scenario.removesuffix("_to_date")
        for other in table.drafts
        if other is not draft
    )


def _own_period(draft: Draft, table: Table) -> None:
    """The period beside what has come so far: the title's last month, if it is as large as one."""
    last, share = table.title.last, _pace(draft, table)
    month = Fraction(1, MONTHS_PER_YEAR)
    draft.scenario = draft.scenario.removesuffix("_to_date")
    if last and share is not None and abs(share - month) < abs(share - last * month):
        draft.period = Period.of(draft.year or 0, last, last)
        draft.sure = min(draft.sure, 0.85)
    else:
        draft.scenario, draft.is_open = "other", True
        draft.why.append(reasons.part_unknown())


def _filled(draft: Draft, part: Period | None) -> None:
    if part is None:
        draft.is_open = True
        draft.sure = min(draft.sure, 0.7)
        draft.why.append(reasons.part_unknown())
        return
    draft.period = part
    if part.is_whole_year:
        draft.scenario = draft.scenario.removesuffix("_to_date")
    draft.sure = min(draft.sure, 0.93)
    draft.why.append(reasons.part_from_table(str(part)))


def _elsewhere(draft: Draft, table: Table) -> Period | None:
    """The part of the year that the column's parts, its neighbours or the title tell."""
    one = draft.relation
    if one is not None and one.how is How.SUM:
        made = joined(_periods([table.drafts[index] for index, _ in one.of]))
        if made is not None and made.year == draft.year:
            return made
    year = draft.year or 0
    ends = {
        (other.period.first_month, other.period.last_month)
        for other in table.drafts
        if other is not draft
        and other.period is not None
        and other.scenario.endswith("_to_date")
        and other.period.is_part
    }
    if len(ends) == 1:
        return Period.of(year, *ends.pop())
    months = [d for d in table.drafts if d.heading.time.unit in _SINGLE and d.year == year]
    of_outcome = _periods([d for d in months if d.scenario == "outcome" and d.period])
    run = joined(of_outcome) if len(of_outcome) > 1 else None
    return run or _of_title(draft, table)


def _periods(drafts: Sequence[Draft]) -> list[Period]:
    return [draft.period for draft in drafts if draft.period is not None]


def _of_title(draft: Draft, table: Table) -> Period | None:
    """The part of the year that the title tells, for columns of its year."""
    title = table.title
    if title.last is None or title.last == MONTHS_PER_YEAR or title.year not in (None, draft.year):
        return None
    return Period.of(draft.year or 0, 1, title.last)
