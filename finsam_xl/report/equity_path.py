"""Where equity goes in each of several ways to budget or forecast, against its ceiling.

A way is an alternative of a plan, or a forecast of this year with the plan's years after it. What
its years come to, and when it crosses the ceiling or zero, in figures and in sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.calc import equity as calc
from finsam_xl.calc.equity_path import Standing, spans, standing
from finsam_xl.model_budget import Amount
from finsam_xl.reading.choices import Chosen
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import answers, ceilings
from finsam_xl.report.amounts import joined
from finsam_xl.report.ceilings import Ceiling
from finsam_xl.report.look import SYMBOLS
from finsam_xl.report.plan_years import PlanYears
from finsam_xl.words.units import converted

_WORDS = {
    Standing.WITHIN: "under taket",
    Standing.OVER: "över taket",
    Standing.NEGATIVE: "under noll",
    Standing.NO_CEILING: "utan känt tak",
    Standing.UNKNOWN: "inte känt",
}
_COLOURS = {Standing.WITHIN: "grön", Standing.OVER: "röd", Standing.NEGATIVE: "röd"}


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
SCENARIOS = "Eget kapital mot taket, scenario för scenario"


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
