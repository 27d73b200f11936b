"""The report *Rapport Vad händer budget*: how the year may end, and where equity goes then.

First the sentence and key figures; then equity year by year by each alternative of the plan and
each way to forecast the year, against its ceiling, as a picture and a table; last the year line by
line by each method. What is typed in the workbook leads, and the rest stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.reading.choices import Chosen, either
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import answers, equity_path, equity_path_table, forecast_scenarios
from finsam_xl.report.equity_path import SCENARIOS, Path, Scenarios
from finsam_xl.report.faults import NO_FAULTS, Faults
from finsam_xl.report.forecast_scenarios import Forecast, Forecasts
from finsam_xl.report.look import heading_width, label_width
from finsam_xl.report.sheet import KeyFigure, ReportSheet, fitting
from finsam_xl.sheetplan import SheetPlan

NAME = "Rapport Vad händer budget"
OWNER = "vad_hander_budget"
_LEAST_LABEL, _MOST_LABEL, _AMOUNT, _GUTTER = 34.0, 44.0, 11.0, 1.5
_LEAST_TEXT = 24.0
_LEAST_COLUMNS = 5


class Ways(NamedTuple):
    """Ways that equity may go, under one title: alternatives of a plan, or forecasts of a year."""

    title: str
    paths: tuple[Path, ...]


class Told(NamedTuple):
    """What the report tells. ``unit``: that of its amounts; ``said``: what else there is to say."""

    unit: str
    forecasts: Forecasts | None
    ways: tuple[Ways, ...]
    chosen: Chosen = Chosen()
    said: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every way of which something is known."""
        return tuple(path for ways in self.ways for path in ways.paths if path.is_known)

    @property
    def lead(self) -> Path | None:
        """The way that holds, if one is known to."""
        return next((path for path in self.paths if path.is_lead), None)

    @property
    def result(self) -> Forecast | None:
        """The result of the year that is forecast, where there is more than one of it."""
        found = self.forecasts.result() if self.forecasts is not None else None
        return found if found is not None and found.spread is not None else None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not self.paths and (self.forecasts is None or not self.forecasts.methods)


def build(told: Told, *, association: str, run: str, faults: Faults = NO_FAULTS) -> SheetPlan:
    """The report of a workbook's plan and follow-up; ``faults``: those in their tables."""
    sheet = ReportSheet(_widths(told), told.unit)
    sheet.tail = list(_notes(told))
    title = _title(told)
    about = (association, title, f"belopp i {told.unit}")
    sheet.head(title, about, run, answer(told), faults)
    sheet.key_figures(list(_key_figures(told)))
    has_forecasts = told.forecasts is not None and bool(told.forecasts.methods)
    for ways in told.ways:
        shown = [path for path in ways.paths if path.is_known]
        if shown:
            is_last = ways is told.ways[-1] and not has_forecasts
            equity_path_table.put(
                sheet, ways.title, shown, sheet.notes_height() if is_last else 0.0
            )
    if has_forecasts and told.forecasts is not None:
        forecast_scenarios.put_table(sheet, told.forecasts)
    sheet.notes()
    return sheet.plan(NAME, OWNER)


def answer(told: Told) -> str:
    """The sentence that stands first: how sure the year is, and when equity crosses its ceiling."""
    parts = []
    if told.result is not None and told.forecasts is not None:
        amounts = [a for a in (told.result.typed, *told.result.by) if a is not None]
        parts.append(
            answers.forecast_spread(
                told.forecasts.followup.period.year,
                (min(amounts), max(amounts)),
                told.result.typed if told.forecasts.followup.method is None else None,
                told.unit,
                say.decimals(told.unit),
            )
        )
    parts.append(equity_path.answer(told.paths, told.chosen))
    return " ".join(filter(None, parts))


def _title(told: Told) -> str:
    numbers = equity_path.numbers(told.paths)
    if not numbers:
        year = told.forecasts.followup.period.year if told.forecasts is not None else ""
        return f"Vad händer med året? {year}".strip()
    span = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
    return f"Vad händer med eget kapital? {span}"


def _key_figures(told: Told) -> Iterator[KeyFigure]:
    places = say.decimals(told.unit)
    if told.result is not None and told.forecasts is not None:
        year, shown = told.forecasts.followup.period.year, told.result.typed
        amounts = [a for a in (told.result.typed, *told.result.by) if a is not None]
        what = told.forecasts.own_name if shown is not None else "lägsta prognos"
        span = f"{say.shown(min(amounts), places)} till {say.shown(max(amounts), places)}"
        figure = say.shown(min(amounts) if shown is None else shown, places)
        yield f"Resultat {year}, {what}, {told.unit}", figure, f"metoderna ger {span}", ""
    ends = _ends(told)
    if ends:
        low, high, year = ends
        figure = say.shown(low, places)
        meaning = "alla vägar slutar lika" if low == high else f"som mest {say.shown(high, places)}"
        colour = "röd" if low < 0 else ""
        yield f"Eget kapital {year} som minst, {told.unit}", figure, meaning, colour
    lead = told.lead
    if lead is not None:
        crossing = lead.crossing
        when, becomes = ("–", lead.course) if crossing is None else (str(crossing[0]), crossing[1])
        yield "Året då läget mot taket ändras", when, f"{lead.name}: {becomes}", ""
    elif told.chosen.is_asked:
        meaning = f"välj {either(told.chosen.names)} på bladet Finsam"
        yield "Valt scenario", "–", meaning, ""


def _ends(told: Told) -> tuple[Fraction, Fraction, int] | None:
    """The lowest and highest equity of the last year that all ways know, and which year it is."""
    known = [{y.number: y.closing for y in p.years if y.closing is not None} for p in told.paths]
    common = set.intersection(*map(set, known)) if known else set()
    if not common:
        return None
    last = max(common)
    amounts = [Fraction(closings[last]) for closings in known]
    return min(amounts), max(amounts), last


def _notes(told: Told) -> Iterator[str]:
    yield from told.said
    if told.chosen.names:
        yield Scenarios(told.chosen).note()
    if told.forecasts is not None:
        yield from forecast_scenarios.notes(told.forecasts)
    if told.paths:
        yield (
            "Utgående eget kapital är ingående plus årets resultat, och är nästa års ingående. "
            "● är under taket enligt trappan, ▼ över taket eller under noll."
        )
    yield from equity_path.notes(told.paths)


def _widths(told: Told) -> tuple[float, ...]:
    """The label, the amounts, and what is left of a page for what happens."""
    rows = list(told.forecasts.rows()) if told.forecasts is not None else []
    labels = [*(row.label for row in rows), *(f"Eget kapital, {p.name}" for p in told.paths)]
    label = min(_MOST_LABEL, label_width(labels, _LEAST_LABEL))
    years = len(equity_path.numbers(told.paths))
    methods = forecast_scenarios.columns(told.forecasts) if told.forecasts is not None else 0
    count = max(_LEAST_COLUMNS, years, methods)
    amount = max(_AMOUNT, heading_width("periodbudget") if methods else 0.0)
    taken = (label, *(amount,) * count, _GUTTER)
    return (*taken, max(_LEAST_TEXT, fitting(taken)))


def ways_of(forecasts: Sequence[Path], plan: Sequence[Path]) -> tuple[Ways, ...]:
    """The ways by what tells them apart: alternatives of the plan, and forecasts of the year.

    A plan's only way stands beside the forecasts, which lead where one is typed.
    """
    if len(plan) > 1:
        found = [
            Ways(SCENARIOS, tuple(plan)),
            Ways("Eget kapital mot taket, prognos för prognos", tuple(forecasts)),
        ]
        return tuple(ways for ways in found if ways.paths)
    is_led = any(path.is_lead for path in forecasts)
    own = [path._replace(is_lead=path.is_lead and not is_led) for path in plan]
    every = (*forecasts, *own)
    return (Ways("Eget kapital mot taket", every),) if every else ()
