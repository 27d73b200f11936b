"""Where equity goes in each of several ways to budget or forecast, against its ceiling.

A way is an alternative of a plan, or a forecast of this year with the plan's years after it. The
table says for each what the years come to, and in a sentence when it crosses the ceiling or zero;
the picture has every way beside the others, on one axis.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.calc import equity as calc
from finsam_xl.calc.equity_path import Standing, spans, standing
from finsam_xl.model_budget import Amount
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import ceilings, look, pictures
from finsam_xl.report.amounts import joined
from finsam_xl.report.ceilings import Ceiling
from finsam_xl.report.look import SYMBOLS, text_height
from finsam_xl.report.pictures import Place, YearEnd
from finsam_xl.report.plan_years import PlanYears
from finsam_xl.report.sheet import ROW, SECTION_HEIGHT, ReportSheet
from finsam_xl.words.units import converted

_WORDS = {
    Standing.WITHIN: "under taket",
    Standing.OVER: "över taket",
    Standing.NEGATIVE: "under noll",
    Standing.NO_CEILING: "utan känt tak",
    Standing.UNKNOWN: "inte känt",
}
_COLOURS = {Standing.WITHIN: "grön", Standing.OVER: "röd", Standing.NEGATIVE: "röd"}
_COURSE = "Vad som händer"
_MOST_COLUMNS = 20
"""How many years a picture has room for, those of all ways together."""
_CHART = 190.0
_GAP = 8.0
_INDENT = "\u00a0" * 4
_BETWEEN = YearEnd("", None, None)


class PathYear(NamedTuple):
    """A year of a way: its result, what it ends with, and its ceiling, or why there is none."""

    number: int
    result: Amount
    closing: Amount
    ceiling: Amount
    missing: str
    room: Amount

    @property
    def standing(self) -> Standing:
        """How it ends."""
        return standing(self.closing, self.room)

    @property
    def told(self) -> tuple[str, str]:
        """How it ends against the ceiling in symbol and words, and their colour word."""
        colour = _COLOURS.get(self.standing, "")
        if self.standing is Standing.NEGATIVE:
            return f"{SYMBOLS['röd']} under noll", colour
        if self.room is None:
            return self.missing, ""
        by = say.shown(max(self.room, -self.room), 0)
        word = "över" if self.standing is Standing.OVER else "kvar"
        return f"{SYMBOLS[colour]} {by} {word}", colour


class Path(NamedTuple):
    """A way that equity may go. ``is_lead``: the one that holds, by choice or as the only one."""

    name: str
    years: tuple[PathYear, ...]
    is_lead: bool = False

    @property
    def course(self) -> str:
        """When it is above its ceiling, under it or below zero: 'över taket 2027–2028'."""
        found = spans((year.closing, year.room) for year in self.years)
        if len(found) == 1 and len(self.years) > 1:
            return f"{_WORDS[found[0].standing]} alla år"
        return joined(
            [
                f"{_WORDS[one.standing]} "
                f"{_years(self.years[one.first].number, self.years[one.last].number)}"
                for one in found
            ]
        )

    @property
    def crossing(self) -> tuple[int, str] | None:
        """The first year that stands otherwise than the year before, and how."""
        found = spans((year.closing, year.room) for year in self.years)
        if len(found) == 1:
            return None
        return self.years[found[1].first].number, _WORDS[found[1].standing]

    @property
    def is_known(self) -> bool:
        """Whether it is known of any year what it ends with."""
        return any(year.closing is not None for year in self.years)

    @property
    def gaps(self) -> list[int]:
        """The years between its first and last that it lacks."""
        numbers = [year.number for year in self.years]
        every = range(min(numbers, default=0), max(numbers, default=-1) + 1)
        return [number for number in every if number not in numbers]


def of_plan(plan: PlanYears, name: str, unit: str, *, is_lead: bool = False) -> Path:
    """A plan's own way, in another unit, its years from the one that leads."""
    lead = plan.lead.number if plan.years else 0
    per = converted(1, plan.story.budget.unit, unit)
    years = [
        _year(
            year.number,
            _times(year.result, per),
            _times(year.closing, per),
            Ceiling(None, _times(year.ceiling, per), year.missing),
            unit,
        )
        for year in plan.years
        if year.number >= lead
    ]
    return Path(name, tuple(years), is_lead)


def of_result(
    name: str, first: PathYear, then: Sequence[PathYear], unit: str, *, is_lead: bool = False
) -> Path:
    """A year as it is forecast, and after it the years of a plan that follow, one by one."""
    years = [first]
    for year in sorted(then, key=lambda one: one.number):
        if year.number != years[-1].number + 1:
            continue
        (closing,) = (
            calc.roll_forward(years[-1].closing, [year.result])
        )
        limit = Ceiling(None, year.ceiling, year.missing)
        years.append(_year(year.number, year.result, closing, limit, unit))
    return Path(name, tuple(years), is_lead)


def forecast_year(
    number: int, opening: Amount, result: Amount, ceiling: Ceiling, unit: str
) -> PathYear:
    """The year that is forecast, from its opening equity."""
    (closing,) = calc.roll_forward(opening, [result])
    return _year(number, result, closing, ceiling, unit)


def _year(
    number: int, result: Amount, closing: Amount, ceiling: Ceiling, unit: str
) -> PathYear:
    room = ceilings.room(ceiling.ceiling, closing, unit)
    return PathYear(number, result, closing, ceiling.ceiling, ceiling.missing, room)


def _times(amount: Amount, per: Fraction) -> Amount:
    return None if amount is None else amount * per


def _years(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def numbers(paths: Sequence[Path]) -> list[int]:
    """The years of all ways, in order."""
    return sorted({year.number for path in paths for year in path.years})


# Drawing ---------------------------------------------------------------------------------------


def put_table(sheet: ReportSheet, title: str, paths: Sequence[Path], *, is_last: bool = False) -> None:
    """Every way with its results, what its years end with and how that stands, and what happens.

    Years stand from the second column on; what happens in the last.
    """
    years = numbers(paths)
    blank = [""] * (sheet.last - 2 - len(years))
    headings = ["", *map(str, years), *blank, _COURSE]
    sheet.fit(SECTION_HEIGHT + sheet.heading_height(headings) + 2 * _height(sheet, paths[0]))
    sheet.section(title)
    sheet.headings(headings, left=(sheet.last,))
    for number, path in enumerate(paths):
        sheet.fit(_height(sheet, path), is_last=is_last and number == len(paths) - 1)
        _put_path(sheet, path, years)
    sheet.down(_GAP)


def table_height(sheet: ReportSheet, paths: Sequence[Path]) -> float:
    """How high the table becomes."""
    return SECTION_HEIGHT + ROW + sum(_height(sheet, path) for path in paths) + _GAP


def _height(sheet: ReportSheet, path: Path) -> float:
    return 4 * _row(sheet, path)


def _row(sheet: ReportSheet, path: Path) -> float:
    """The height of each of the rows of a way: together they hold what happens."""
    return max(ROW, text_height(_sentence(path), sheet.widths[-1]) / 4)


def _sentence(path: Path) -> str:
    return path.course[:1].upper() + path.course[1:]


def _put_path(sheet: ReportSheet, path: Path, years: Sequence[int]) -> None:
    by_year = {year.number: year for year in path.years}
    height, first = _row(sheet, path), sheet.row
    head = look.LABEL._replace(bold=True)
    rows = [sheet.down(height) for _ in range(4)]
    sheet.canvas.put(rows[0], 1, f"Eget kapital, {path.name}", look.total(head))
    sheet.canvas.put(rows[1], 1, f"{_INDENT}Årets resultat", look.LABEL)
    sheet.canvas.put(rows[2], 1, f"{_INDENT}Tak enligt trappan", look.LABEL)
    sheet.canvas.put(rows[3], 1, f"{_INDENT}Mot taket", look.LABEL)
    for column, number in enumerate(years, start=2):
        year = by_year.get(number)
        sheet.amount(rows[0], column, year.closing if year else None, total=True)
        sheet.amount(rows[1], column, year.result if year else None)
        sheet.amount(rows[2], column, year.ceiling if year else None)
        text, colour = year.told if year else ("", "")
        role = look.RIGHT_TEXT._replace(wrap=True, size=9)
        sheet.canvas.put(rows[3], column, text or None, look.inked(role, colour))
    for row in rows:
        for column in range(len(years) + 2, sheet.last):
            sheet.canvas.put(row, column, None, look.total(look.LABEL, row == rows[0]))
    role = look.total(look.TEXT._replace(valign="top"))
    sheet.canvas.put(first, sheet.last, _sentence(path), role._replace(bold=path.is_lead))
    for row in rows[1:]:
        sheet.canvas.put(row, sheet.last, None, look.TEXT)
    sheet.canvas.merges.append((first, sheet.last, rows[-1], sheet.last))


def put_picture(sheet: ReportSheet, title: str, paths: Sequence[Path], *, below: float = 0.0) -> None:
    """Every way beside the others as columns against its ceiling, some ways in each picture."""
    for some in _together([path for path in paths if path.is_known]):
        sheet.fit(_CHART + _GAP + below)
        place = Place(sheet.row, 1, sheet.last, _CHART)
        ends: list[YearEnd] = []
        for path in some:
            ends += [_BETWEEN] if ends else []
            ends += [
                YearEnd(f"{year.number} {path.name}", year.closing, year.ceiling)
                for year in path.years
            ]
        pictures.equity(sheet, title, ends, place, sheet.unit, sheet.decimals)
        sheet.down(_CHART)
        sheet.down(_GAP)


def _together(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """Ways by as many as one picture has room for."""
    some: list[Path] = []
    used = 0
    for path in paths:
        if some and used + len(path.years) + 1 > _MOST_COLUMNS:
            yield some
            some, used = [], 0
        some.append(path)
        used += len(path.years) + 1
    if some:
        yield some


def notes(paths: Sequence[Path]) -> Iterator[str]:
    """What is said of ways whose years do not follow each other."""
    said: dict[tuple[int, ...], list[str]] = {}
    for path in paths:
        if path.gaps:
            said.setdefault(tuple(path.gaps), []).append(path.name)
    for gaps, names in said.items():
        yield (
            f"{SYMBOLS['röd']} Åren följer inte på varandra: {joined(list(map(str, gaps)))} saknas "
            f"({joined(names)}). Vad som händer med eget kapital då är inte känt."
        )
