"""Columns of a social budget that are of two years or more: "Antal 2020" beside "Antal 2021".

They are so where the same heading stands with different years. A budget is read with the columns
of one of them and those of no year: that of its title or its sheet. Where neither says which year
its verdicts are of, nothing is judged by those columns.
"""

from __future__ import annotations

from collections.abc import Mapping

from finsam_xl.labels import normalise, without_year
from finsam_xl.periods import Period
from finsam_xl.reading.social_content import OUTCOMES
from finsam_xl.reading.social_frame import Frame
from finsam_xl.sheets.tables import Column, Table

_UNSAID = 0
_JUDGED_BY = ("judged", "points", "rule", "limit", "weight")


def years_of(frame: Frame) -> dict[int, int]:
    """The year of each column that has one, where a heading stands with several; none else."""
    dated: dict[int, int] = {}
    stems: dict[str, set[int]] = {}
    for column in frame.columns:
        texts = frame.heading(column)
        periods = {p.year for text in texts if (p := Period.find(text)) and p.is_whole_year}
        if len(periods) == 1:
            (dated[column],) = periods
            stem = without_year(normalise(" ".join(texts)))
            stems.setdefault(stem, set()).update(periods)
    several = {year for stem, years in stems.items() if stem and len(years) > 1 for year in years}
    return {column: year for column, year in dated.items() if year in several}


def year_read(frame: Frame, years: Mapping[int, int]) -> int:
    """The year that a budget with columns of several is read as; 0 where it does not say."""
    titles = (*frame.titles, frame.sheet.name)
    said = [period.year for title in titles if (period := Period.find(title)) is not None]
    return next((year for year in said if year in years.values()), _UNSAID)


def year_before(frame: Frame, years: Mapping[int, int]) -> int | None:
    """The latest year before that one which has columns; ``None`` if there is none."""
    read = year_read(frame, years)  # none is before a year that is not said
    return max((year for year in years.values() if year < read), default=None)


def of_year(frame: Frame, years: Mapping[int, int], year: int) -> Frame:
    """The frame with the columns of a year, and those of no year."""
    return frame._replace(columns=tuple(c for c in frame.columns if years.get(c, year) == year))


def without_earlier(table: Table) -> Table:
    """A budget without outcomes whose heading names an earlier year than the budget is of.

    The year is that of the headings of its verdicts and targets, else of its titles.
    """
    told = [year for c in table.columns if c.field in _JUDGED_BY and (year := _year(c))]
    title = table.period.year if table.period is not None and table.period.is_whole_year else 0
    asked = max(told, default=title)
    earlier = {c.field.partition("_")[0]: _year(c) for c in table.columns if _is_of(c, asked)}
    columns = tuple(
        c
        for c in table.columns
        if c.field not in OUTCOMES
        or earlier.get(c.field.partition("_")[0], _UNSAID) != _year(c)
        or not _year(c)
    )
    return table._replace(columns=columns)


def _is_of(column: Column, asked: int) -> bool:
    """Whether a column counts in a year before the one that is asked for."""
    return column.field.endswith("_number") and 0 < _year(column) < asked


def _year(column: Column) -> int:
    period = Period.find(column.header)
    return period.year if period is not None and period.is_whole_year else _UNSAID
