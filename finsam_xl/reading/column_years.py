"""The year of every column: its own, its neighbours', else the title's where that is alone.

A fallback never makes two columns the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from finsam_xl.model_budget import STATED
from finsam_xl.reading import reasons
from finsam_xl.reading.drafts import Draft, Table
from finsam_xl.reading.headings import COMPARED

_FAR = 15
"""How far a year of two figures may lie from the years that are written out."""
_LATEST_SHORT = 2060


def give_years(table: Table) -> None:
    """Each column's year, as far as it can be told."""
    for draft in table.drafts:
        _own(draft, table)
    named = {draft.year for draft in table.drafts if draft.year and _names_year(draft)}
    for draft in table.drafts:
        if draft.heading.time.shift and draft.year is None:
            now = _now(table, named)
            draft.year = now + draft.heading.time.shift if now else None
        elif draft.year is None and draft.until is None:
            _from_others(draft, table, named)
    _no_twins(table)


def _names_year(draft: Draft) -> bool:
    """Whether a column's year is that of the table's figures: a head count's is not."""
    return draft.sense != "key" and not draft.heading.time.shift


def _own(draft: Draft, table: Table) -> None:
    time = draft.heading.time
    if time.until is not None:
        draft.year, draft.until = min(time.years), time.until
    elif time.year is not None and draft.sense != "code":
        draft.year = time.year
        # New Year's Day closes the year before in a balance, but begins an outcome.
        draft.years_sure = 0.6 if time.opens and draft.sense in STATED else 1.0
    elif len(time.years) > 1 and draft.sense not in COMPARED:
        draft.year, draft.years_sure = max(time.years), 0.6
    elif len(time.short) == 1 and not time.years and _is_likely(draft, time.short[0], table):
        draft.year = time.short[0]
        draft.years_sure = 0.97
        draft.why.append(reasons.year_two_figures(draft.year))


def _is_likely(draft: Draft, year: int, table: Table) -> bool:
    """Whether two figures are a year: beside a word of amounts, near the years that are told."""
    heading = draft.heading
    if heading.sense in ("", "code", "rate") and (heading.unknown or not _follow(table)):
        return bool(heading.time.last) and not heading.unknown
    told = {*table.title.years, *_years_written(table.drafts)}
    if told:
        return min(abs(year - other) for other in told) <= _FAR
    return year <= _LATEST_SHORT


def _years_written(drafts: Iterable[Draft]) -> set[int]:
    return {year for draft in drafts for year in draft.heading.time.years}


def _follow(table: Table) -> bool:
    """Whether columns headed by nothing but two figures are years that follow each other."""
    shorts = [d.heading.time.short[0] for d in table.drafts if d.heading.time.short]
    ordered = sorted(set(shorts))
    is_run = ordered == list(range(ordered[0], ordered[0] + len(ordered))) if ordered else False
    near = {*table.title.years, *_years_written(table.drafts)}
    return is_run and len(ordered) > 1 and bool(near & set(ordered))


def _now(table: Table, named: set[int]) -> int | None:
    """The year that "last year" is before: that of the table."""
    if len(named) == 1:
        return next(iter(named))
    return table.title.year or max(named, default=None)


def _from_others(draft: Draft, table: Table, named: set[int]) -> None:
    """The year of the neighbours; the title's only where no column names one."""
    title = table.title.year or _year_above(table)
    if draft.sense in COMPARED or draft.sense in ("code", "rate"):
        return
    if named and table.title.year is not None and table.title.year not in named:
        # The columns of other years say so; those that do not are of the table's own.
        draft.year = title
        draft.years_sure = 0.8
        draft.why.append(reasons.year_from_title(title or 0))
    elif len(named) == 1:
        draft.year = next(iter(named))
        draft.years_sure = 0.95
        draft.why.append(reasons.year_from_neighbour(draft.year or 0))
    elif named:
        beside = (*table.left_of(draft), *table.drafts[draft.index :])
        near = next((one for one in beside if one.year in named), None)
        draft.year = title if title in named else (near.year if near else None)
        draft.years_sure = 0.8
        if draft.year:
            draft.why.append(reasons.year_from_neighbour(draft.year))
    elif title is not None:
        draft.year = title
        draft.years_sure = 0.96
        draft.why.append(reasons.year_from_title(title))


def _year_above(table: Table) -> int | None:
    """The one year of the tables above, for a table without a title of its own."""
    years = {read.period.year for read in table.above if read.period}
    return next(iter(years)) if len(years) == 1 else None


def _no_twins(table: Table) -> None:
    """Take the borrowed year from columns that it would make the same."""
    seen: dict[tuple[object, ...], Draft] = {}
    lent = [draft for draft in table.drafts if draft.years_sure < 1 or not draft.heading.time.years]
    for draft in table.drafts:
        if draft in lent or draft.sense in COMPARED:
            continue
        seen.setdefault(_identity(draft), draft)
    groups: dict[tuple[object, ...], list[Draft]] = {}
    for draft in lent:
        if draft.year is not None and draft.sense not in COMPARED and draft.sense:
            groups.setdefault(_identity(draft), []).append(draft)
    for identity, group in groups.items():
        twin = seen.get(identity)
        if (twin is not None or len(group) > 1) and not any(d.heading.time.short for d in group):
            for draft in group:
                other = twin or next(d for d in group if d is not draft)
                draft.year, draft.years_sure = None, 0.4
                draft.why.append(reasons.twins(other.heading.text))


def _identity(draft: Draft) -> tuple[object, ...]:
    """What two columns must differ in."""
    heading = draft.heading
    time = heading.time
    return (
        heading.sense,
        heading.version,
        (heading.unknown, heading.neutral, heading.letters),
        draft.year,
        draft.until,
        (time.first, time.last, time.to_date, time.part, time.shift, time.number),
        time.one_month,
        heading.unit == "%",
    )
