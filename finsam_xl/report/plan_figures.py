"""The key figures of the plan report: the year that leads, and where the plan goes from there."""

from __future__ import annotations

from finsam_xl.model_budget import Amount
from finsam_xl.report import amounts as say
from finsam_xl.report import look
from finsam_xl.report.plan_years import PlanYears, Year
from finsam_xl.report.sheet import KeyFigure

_OVER = look.SYMBOLS["röd"]


def key_figures(plan: PlanYears) -> list[KeyFigure]:
    """Result, equity, equity against its ceiling, and costs."""
    lead, last = plan.lead, plan.years[-1]
    unit = plan.story.budget.unit
    costs = [plan.costs(year) for year in plan.years]
    results = [year.result for year in plan.years]
    figures = [
        (f"Resultat {lead.number}, {unit}", plan.shown(lead.result), _course(plan, results), "")
    ]
    figures += [_equity(plan, lead, last)] if plan.has_equity else []
    figures += [_against(plan)] if plan.has_equity or plan.has_ceiling else []
    shown, course = plan.shown(plan.costs(lead)), _course(plan, costs)
    return [*figures, (f"Kostnader {lead.number}, {unit}", shown, course, "")]


def _course(plan: PlanYears, amounts: list[Amount]) -> str:
    """How a figure of the year that leads has come about, and where it goes."""
    at = {year.number: amount for year, amount in zip(plan.years, amounts, strict=True)}
    lead, last, before = plan.lead, plan.years[-1], plan.before
    told = []
    if before is not None:
        change = plan.change(at[before.number], at[lead.number])
        told += [f"{_sign(plan, change)} mot {before.number}"] if change is not None else []
    if last is not lead:
        change = plan.change(at[lead.number], at[last.number])
        told += [f"{_sign(plan, change)} till {last.number}"] if change is not None else []
    return ", ".join(told)


def _sign(plan: PlanYears, change: Amount) -> str:
    return say.with_sign(change, say.decimals(plan.story.budget.unit)) if change else "oförändrat"


def _equity(plan: PlanYears, lead: Year, last: Year) -> KeyFigure:
    """Equity when the year that leads ends, what it began with, and the end of the plan."""
    label = f"Eget kapital när {lead.number} slutar, {plan.story.budget.unit}"
    if lead.closing is None:
        return (label, plan.shown(None), f"ingående {lead.number} saknas", "")
    told = [f"{plan.shown(lead.opening)} när {lead.number} börjar"]
    if last is not lead and last.closing is not None:
        told.append(f"{plan.shown(last.closing)} när {last.number} slutar")
    meaning = ", ".join(told)
    negative = next((year for year in plan.years if year.is_negative), None)
    if negative is None:
        return (label, plan.shown(lead.closing), meaning, "")
    when = "" if negative is lead else f" {negative.number}"
    return (label, plan.shown(lead.closing), f"{_OVER} negativt{when}: {meaning}", "röd")


def _against(plan: PlanYears) -> KeyFigure:
    """Equity above its ceiling: of the year that leads, or else of the year with most; or room."""
    lead, last, unit = plan.lead, plan.years[-1], plan.story.budget.unit
    over = [year for year in plan.years if year.is_over]
    if not over:
        return _within(plan, lead)
    year = lead if lead.is_over else min(over, key=lambda year: year.room or 0)
    meaning = f"över taket: {plan.shown(year.closing)} mot {plan.shown(year.ceiling)}"
    if last is not year and last.room is not None:
        amount = f" {plan.shown(-last.room)}" if last.is_over else ""
        mark, _, word = last.standing[0].partition(" ")
        meaning += f"; {last.number}: {mark}{amount} {word}"
    label = f"Eget kapital över taket {year.number}, {unit}"
    return (label, f"{_OVER} {plan.shown(-(year.room or 0))}", meaning, "röd")


def _within(plan: PlanYears, year: Year) -> KeyFigure:
    """The room that equity has under its ceiling."""
    label = f"Utrymme under taket {year.number}, {plan.story.budget.unit}"
    if not plan.has_equity:
        label = f"Tak enligt trappan {year.number}, {plan.story.budget.unit}"
        return (label, plan.shown(year.ceiling), year.missing or "eget kapital saknas", "")
    if year.room is None:
        missing = year.missing or "eget kapital saknas"
        return (label, plan.shown(None), missing, "")
    word, colour = year.standing
    meaning = f"{word}: {plan.shown(year.closing)} mot taket {plan.shown(year.ceiling)}"
    return (label, plan.shown(year.room), meaning, colour)
