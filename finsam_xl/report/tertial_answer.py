"""What a follow-up says first: a sentence or two, and four key figures."""

from __future__ import annotations

from decimal import Decimal

from finsam_xl.model_budget import Amount
from finsam_xl.money import round_half_away, swedish
from finsam_xl.periods import MONTHS_PER_YEAR
from finsam_xl.report import amounts as say
from finsam_xl.report import answers
from finsam_xl.report.look import SYMBOLS
from finsam_xl.report.sheet import KeyFigure
from finsam_xl.report.tertial_figures import Figures, Followup
from finsam_xl.report.year_end import YearEnd


def answer(followup: Followup) -> str:
    """The result against budget, and the line that is worst against its own."""
    result, unit = followup.result(), followup.story.budget.unit
    places = say.decimals(unit)
    told = answers.Result(result.forecast, result.budget, result.deviation)
    first = answers.outlook(told, unit, places, is_over=followup.is_whole_year)
    worse = [
        answers.Worse(
            line.shown,
            _size(figures.forecast),
            _size(figures.budget),
            _size(figures.deviation),
            line.row.is_income,
        )
        for line, figures in followup.worse()
    ]
    second = answers.worst(worse, unit, places, is_over=followup.is_whole_year)
    return " ".join(filter(None, (first, second)))


def key_figures(followup: Followup, year_end: YearEnd | None) -> list[KeyFigure]:
    """The result, how it deviates, the costs so far, and equity or the largest deviation."""
    result = followup.result()
    unit = followup.story.budget.unit
    places = say.decimals(unit)
    standing = say.judged(
        result.deviation, "bättre än budget", "sämre än budget", "som budget", places
    )
    outlook = "Resultat" if followup.is_whole_year else "Resultat enligt prognos"
    return [
        (
            f"{outlook}, {unit}",
            say.shown(result.forecast, places),
            f"budget {say.shown(result.budget, places)}",
            "",
        ),
        (f"Avvikelse mot budget, {unit}", say.with_sign(result.deviation, places), *standing),
        _costs(followup, followup.side(income=False)),
        _last_figure(followup, year_end),
    ]


def _costs(followup: Followup, costs: Figures) -> KeyFigure:
    """The costs so far: against the budget of the same months, or as a part of the year's."""
    unit = followup.story.budget.unit
    places = say.decimals(unit)
    if followup.is_whole_year:
        standing = say.judged(
            costs.deviation, "lägre än budget", "högre än budget", "som budget", places
        )
        return f"Kostnader, {unit}", say.shown(costs.outcome, places), *standing
    if followup.has_period_budget:
        told, colour = say.judged(
            costs.so_far, "under periodbudget", "över periodbudget", "som periodbudget", places
        )
        label = f"Kostnader {followup.until}, {unit}"
        meaning = f"{told}, {say.shown(costs.to_date, places)}"
        return label, say.shown(costs.outcome, places), meaning, colour
    label = "Förbrukat av kostnadsbudgeten"
    gone = followup.part_of_year
    if gone is None:
        used = "–" if costs.used is None else swedish(100 * costs.used, 1, "%")
        return label, used, "hur långt året har gått står inte i tabellen", ""
    passed = f"{swedish(100 * gone, 1, '%')} av året har gått ({followup.months}/{MONTHS_PER_YEAR})"
    if costs.used is None:
        return label, "–", passed, ""
    told, colour = _against_time(round_half_away(100 * (costs.used - gone), 1))
    return label, swedish(100 * costs.used, 1, "%"), f"{told}: {passed}", colour


def _against_time(ahead: Decimal) -> tuple[str, str]:
    """Whether more is used than time has passed, in symbol and words, and their colour word."""
    if not ahead:
        return "som tiden", ""
    if ahead > 0:
        return f"{SYMBOLS['orange']} mer än tiden", "orange"
    return f"{SYMBOLS['grön']} mindre än tiden", "grön"


def _last_figure(followup: Followup, year_end: YearEnd | None) -> KeyFigure:
    """Equity against its ceiling where both are known; else the largest deviation."""
    unit = followup.story.budget.unit
    places = say.decimals(unit)
    if year_end is not None and year_end.is_known:
        return year_end.key_figure(unit)
    largest = followup.largest()[:1]
    label = f"Största avvikelsen, {unit}"
    if not largest:
        return label, "–", "inga avvikelser mot budget", ""
    line, figures = largest[0]
    told, colour = say.judged(figures.deviation, line.shown, line.shown, line.shown, places)
    return label, say.with_sign(figures.deviation, places), told, colour


def _size(amount: Amount) -> Amount:
    """An amount without its sign."""
    return -amount if amount is not None and amount < 0 else amount
