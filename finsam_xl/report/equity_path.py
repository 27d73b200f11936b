"""Where equity goes in each of several ways to budget or forecast, against its ceiling.

A way is an alternative of a plan, or a forecast of this year with the plan's years after it. The
table says for each what the years come to, and in a sentence when it crosses the ceiling or zero;
the picture has every way beside the others, on one axis.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from finsam_xl.calc import equity as calc
from finsam_xl.calc.equity_path import Standing, spans, standing
from finsam_xl.labels import capital
from finsam_xl.model_budget import Amount
from finsam_xl.reading.choices import Chosen
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import answers, ceilings, look, pictures
from finsam_xl.report.amounts import joined
from finsam_xl.report.ceilings import Ceiling
from finsam_xl.report.look import SYMBOLS, text_height
from finsam_xl.report.pictures import Place, YearEnd
from finsam_xl.report.plan_years import PlanYears
from finsam_xl.report.sheet import ROW, SECTION_HEIGHT, ReportSheet
from finsam_xl.sheetplan import Role
from finsam_xl.words.units import converted

_WORDS = {
    Standing.WITHIN: "under taket",
    Standing.OVER: "över taket",
    Standing.NEGATIVE: "under noll",
    Standing.NO_CEILING: "utan känt tak",
    Standing.UNKNOWN: "inte känt",
}
_COLOURS = {Standing.WITHIN: "grön", Standing.OVER: "röd", Standing.NEGATIVE: "röd"}
_COURSE, _CEILING = "Vad som händer", "Tak enligt trappan"
_MOST_COLUMNS = 20
"""How many years a picture has room for, those of all ways together."""
_LEAST, _CHART, _TALLEST = 125.0, 170.0, 280.0
"""How many points high a picture is: to save a page, at the least otherwise, and at the most."""
_GAP = 8.0
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

    def told(self, decimals: int) -> tuple[str, str]:
        """How it ends against the ceiling in symbol and words, and their colour word."""
        colour = _COLOURS.get(self.standing, "")
        if self.standing is Standing.NEGATIVE:
            return f"{SYMBOLS['röd']} under noll", colour
        if self.room is None:
            return self.missing, ""
        by = say.shown(max(self.room, -self.room), decimals)
        word = "över" if self.standing is Standing.OVER else "kvar"
        return f"{SYMBOLS[colour]} {by} {word}", colour


class Path(NamedTuple):
    """A way that equity may go. ``is_lead``: the one that holds, by choice or as the only one.

    ``short``: what it is called at a column of a picture, in words that have room there.
    """

    name: str
    years: tuple[PathYear, ...]
    is_lead: bool = False
    short: str = ""

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


class Scenarios(NamedTuple):
    """The alternatives of a plan: which of them holds, and where equity goes by each."""

    chosen: Chosen = Chosen()
    paths: tuple[Path, ...] = ()

    @property
    def title(self) -> str:
        """What the plan is of: its years."""
        years = numbers(self.paths)
        return f"Plan {_years(years[0], years[-1])}" if years else "Plan"

    def note(self) -> str:
        """Which of them holds, or that it is asked."""
        names = joined(self.chosen.names)
        if self.chosen.name:
            return f"Valt scenario: {self.chosen.name}. Planen har {names}; de andra visas bredvid."
        typed = [one for one in self.chosen.typed if one.said]
        unclear = joined([f"”{one.said}” i {one.ref}" for one in typed])
        told = f" {unclear} säger inte vilket." if typed else ""
        return (
            f"▲ Planen har scenarierna {names}, och inget av dem är valt.{told} Inget antas: välj "
            "på bladet Finsam under Inställningar, eller skriv valet bredvid ”Valt scenario”."
        )


NO_SCENARIOS = Scenarios()


def of_plan(plan: PlanYears, name: str, unit: str, *, is_lead: bool = False) -> Path:
    """A plan's own way, in another unit, from the year that leads or that has alternatives."""
    columns = plan.story.budget.columns
    weighed = [year.number for year in plan.years if columns[year.column].alternative]
    first = min(weighed, default=plan.lead.number if plan.years else 0)
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
        if year.number >= first
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
        (closing,) = calc.roll_forward(years[-1].closing, [year.result])
        limit = Ceiling(None, year.ceiling, year.missing)
        years.append(_year(year.number, year.result, closing, limit, unit))
    return Path(name, tuple(years), is_lead)


def forecast_year(
    number: int, opening: Amount, result: Amount, ceiling: Ceiling, unit: str
) -> PathYear:
    """The year that is forecast, from its opening equity."""
    (closing,) = calc.roll_forward(opening, [result])
    return _year(number, result, closing, ceiling, unit)


def _year(number: int, result: Amount, closing: Amount, ceiling: Ceiling, unit: str) -> PathYear:
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


class PathTable:
    """The table of some ways, before it is drawn: how high it becomes, and what is in it.

    Years stand from the second column of the sheet on; what happens in the last.
    """

    def __init__(self, sheet: ReportSheet, title: str, paths: Sequence[Path]) -> None:
        self._sheet, self._title, self._paths = sheet, title, paths
        self._years = numbers(paths)
        self._ceilings = _common([{y.number: y.ceiling for y in path.years} for path in paths])
        self._rows = 3 if self._ceilings is not None else 4
        blank = [""] * (sheet.last - 2 - len(self._years))
        self._headings = ["", *map(str, self._years), *blank, _COURSE]

    @property
    def height(self) -> float:
        """How high it becomes, with the space below it."""
        paths = sum(self._height(path) for path in self._paths)
        return self._top + paths + _GAP

    @property
    def _top(self) -> float:
        heading = self._sheet.heading_height(self._headings)
        return SECTION_HEIGHT + heading + (ROW if self._ceilings is not None else 0.0)

    def _height(self, path: Path) -> float:
        """The height of all rows of a way: together they hold what happens."""
        return max(self._rows * ROW, text_height(_sentence(path), self._sheet.widths[-1]))

    def put(self, *, is_last: bool = False) -> None:
        """Draw it, no way parted by a page."""
        sheet = self._sheet
        sheet.fit(min(self.height, self._top + self._height(self._paths[0])))
        sheet.section(self._title)
        self._head()
        for number, path in enumerate(self._paths):
            is_end = is_last and number == len(self._paths) - 1
            if number and sheet.fit(self._height(path), is_last=is_end):
                self._head()
            self._put(path)
        sheet.down(_GAP)

    def _head(self) -> None:
        self._sheet.headings(self._headings, left=(self._sheet.last,))
        if self._ceilings is not None:
            self._line(_CEILING, [self._ceilings.get(number) for number in self._years])
            self._sheet.canvas.put(self._sheet.row - 1, self._sheet.last, None, look.LABEL)

    def _put(self, path: Path) -> None:
        first, height = self._sheet.row, self._height(path) / self._rows
        years = [{year.number: year for year in path.years}.get(n) for n in self._years]
        label = f"Eget kapital, {path.name}"
        self._line(label, [year and year.closing for year in years], height, is_head=True)
        self._line(f"{look.INDENT}Årets resultat", [year and year.result for year in years], height)
        if self._ceilings is None:
            self._line(
                f"{look.INDENT}{_CEILING}", [year and year.ceiling for year in years], height
            )
        self._standing(years, height)
        canvas, last = self._sheet.canvas, self._sheet.last
        role = look.total(look.TEXT)._replace(bold=path.is_lead)
        canvas.put(first, last, _sentence(path), role)
        for row in range(first + 1, self._sheet.row):
            canvas.put(row, last, None, look.TEXT)
        canvas.merges.append((first, last, self._sheet.row - 1, last))

    def _line(
        self, label: str, amounts: Sequence[Amount], height: float = ROW, *, is_head: bool = False
    ) -> None:
        row = self._sheet.down(height)
        self._sheet.canvas.put(row, 1, label, look.total(look.LABEL, is_head))
        for column, amount in enumerate(amounts, start=2):
            self._sheet.amount(row, column, amount, total=is_head)
        self._rest(row, look.total(look.LABEL, is_head))

    def _standing(self, years: Sequence[PathYear | None], height: float) -> None:
        """The row that says how each year ends against the ceiling."""
        row = self._sheet.down(height)
        self._sheet.canvas.put(row, 1, f"{look.INDENT}Mot taket", look.LABEL)
        role = look.RIGHT_TEXT._replace(wrap=True, size=9)
        for column, year in enumerate(years, start=2):
            text, colour = year.told(self._sheet.decimals) if year else ("", "")
            self._sheet.canvas.put(row, column, text or None, look.inked(role, colour))
        self._rest(row, look.LABEL)

    def _rest(self, row: int, role: Role) -> None:
        """The cells right of the years, whose rules go on to what happens."""
        for column in range(len(self._years) + 2, self._sheet.last):
            self._sheet.canvas.put(row, column, None, role)


def _common(ceilings: Sequence[Mapping[int, Amount]]) -> dict[int, Amount] | None:
    """The ceiling of each year where all ways have the same; ``None`` where they have not."""
    found: dict[int, Amount] = {}
    for one in ceilings:
        for number, ceiling in one.items():
            if found.setdefault(number, ceiling) != ceiling:
                return None
    return found


def _sentence(path: Path) -> str:
    return capital(path.course)


SCENARIOS = "Eget kapital mot taket, scenario för scenario"


def put(sheet: ReportSheet, title: str, paths: Sequence[Path], below: float = 0.0) -> None:
    """Ways as a picture and a table, on one page where there is room for both.

    ``below``: how high what comes last is, which should find room there too.
    """
    table = PathTable(sheet, f"{title}, {sheet.unit}", paths)
    pictured = list(_together([path for path in paths if path.is_known]))
    for number, some in enumerate(pictured):
        sheet.fit(_CHART + _GAP)
        left = sheet.free - _GAP
        rooms = (left - table.height - below, left - table.height)
        is_end = number == len(pictured) - 1
        fitting = [
            room
            for room, least in zip(rooms, (_LEAST, _CHART), strict=True)
            if room >= least and is_end
        ]
        height = min(_TALLEST, fitting[0] if fitting else left)
        _put_picture(sheet, title, some, height)
    table.put()


def _put_picture(sheet: ReportSheet, title: str, paths: Sequence[Path], height: float) -> None:
    """Ways beside each other as columns against the ceiling."""
    ends: list[YearEnd] = []
    for path in paths:
        ends += [_BETWEEN] if ends else []
        ends += [
            YearEnd(f"{year.number} {path.short or path.name}", year.closing, year.ceiling)
            for year in path.years
        ]
    place = Place(sheet.row, 1, sheet.last, height)
    pictures.equity(sheet, title, ends, place, sheet.unit, sheet.decimals)
    sheet.down(height)
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


def answer(paths: Sequence[Path], chosen: Chosen) -> str:
    """When equity crosses its ceiling or zero in each way, the one that holds first."""
    groups: dict[str, list[str]] = {}
    for path in sorted(paths, key=lambda one: not one.is_lead):
        groups.setdefault(path.course, []).append(path.name)
    asked = "Inget scenario är valt." if chosen.is_asked else ""
    return " ".join(filter(None, (asked, answers.equity_paths(list(groups.items()), chosen.name))))


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
