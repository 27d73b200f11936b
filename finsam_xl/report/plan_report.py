"""The report *Rapport Plan*: the plan years side by side, and where equity goes.

Page one: four key figures, result and equity year by year against the recommended ceiling,
and two charts. Then the plan line by line with the changes between the years, and room for
comments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from finsam_xl.model_budget import Amount, Budget
from finsam_xl.money import Exact
from finsam_xl.report import amounts as say
from finsam_xl.report import answers, look
from finsam_xl.report.comments import CommentKey, carry_over
from finsam_xl.report.look import label_width
from finsam_xl.report.plan_details import Columns, put_charts, put_plan
from finsam_xl.report.plan_years import OVER, PlanYears, RulesOf, Year, is_over
from finsam_xl.report.sheet import ROW, KeyFigure, ReportSheet
from finsam_xl.sheetplan import SheetPlan

NAME = "Rapport Plan"
OWNER = "plan"
_SECTION_COLUMNS = 3
_LEAST_LABEL = 40.0


def build(
    budget: Budget,
    *,
    fees_tkr: Mapping[int, Exact | None],
    rules: RulesOf,
    association: str,
    run: str,
    comments: Mapping[CommentKey, str],
) -> SheetPlan:
    """The report of a plan.

    ``fees_tkr``: the members' fees by year, in tkr; ``rules``: those of the recommended
    ceiling, by year; ``comments``: those of the report it replaces, by the lines they stood at.
    """
    plan = PlanYears(budget, fees_tkr, rules)
    labels = (line.label for line in plan.story.lines)
    columns = Columns(len(plan.years), label_width(labels, _LEAST_LABEL))
    carried = carry_over(comments, [line.key for line in plan.story.lines])
    sheet = ReportSheet(columns.widths, budget.unit)
    sheet.tail = list(plan.notes())
    title = f"Plan {_span(plan)}".strip()
    endings = [answers.Ending(year.number, year.closing, year.room) for year in plan.years]
    answer = answers.equity(endings, budget.unit, say.decimals(budget.unit))
    sheet.head(title, (association, title, f"belopp i {budget.unit}"), run, answer)
    if plan.years:
        sheet.key_figures(columns.spans, _key_figures(plan))
        for figures in _over_the_ceiling(plan, len(columns.spans)):
            sheet.key_figures(columns.spans, figures)
        _equity(sheet, plan, columns)
    put_plan(sheet, plan, columns, carried)
    sheet.orphans(carried.orphans, _SECTION_COLUMNS, is_last=True)
    sheet.notes()
    return sheet.plan(NAME, OWNER)


def _span(plan: PlanYears) -> str:
    numbers = [str(year.number) for year in plan.years]
    return "–".join(dict.fromkeys([*numbers[:1], *numbers[-1:]]))


def _key_figures(plan: PlanYears) -> list[KeyFigure]:
    first, lead, last = plan.years[0], plan.lead, plan.years[-1]
    unit = plan.story.budget.unit
    shown = plan.shown
    costs = plan.costs
    (change,) = plan.changes([costs[0], costs[-1]])
    opening = f"{shown(first.opening)} när {first.number} börjar"
    if first.opening is None:
        opening = f"ingående {first.number} saknas"
    later = f"{last.number}: {shown(last.result)}"
    against = f"{say.with_sign(change, say.decimals(unit))} mot {first.number}"
    standing, colour = _standing(plan, last)
    is_negative = last.closing is not None and last.closing < 0
    return [
        (
            f"Resultat {lead.number}, {unit}",
            shown(lead.result),
            later if last is not lead else "",
            "",
        ),
        (
            f"Eget kapital när {last.number} slutar, {unit}",
            shown(last.closing),
            f"▼ negativt, {opening}" if is_negative else opening,
            "röd" if is_negative else "",
        ),
        (
            f"Tak enligt trappan {last.number}, {unit}",
            plan.precisely(last.ceiling),
            standing,
            colour,
        ),
        (
            f"Kostnader {last.number}, {unit}",
            shown(costs[-1]),
            against if last is not first else "",
            "",
        ),
    ]


def _standing(plan: PlanYears, year: Year) -> tuple[str, str]:
    """Where equity ends against its ceiling, in words, and their colour."""
    if year.missing:
        return year.missing, ""
    if year.room is None:
        return "eget kapital saknas", ""
    room = plan.precisely(max(year.room, -year.room))
    if is_over(year):
        return f"{OVER} eget kapital är {room} över", "röd"
    return f"{look.SYMBOLS['grön']} eget kapital ryms, med {room} kvar", "grön"


def _over_the_ceiling(plan: PlanYears, most: int) -> Iterator[list[KeyFigure]]:
    """A key figure for each year that ends above its ceiling: by how much, and of what."""
    unit = plan.story.budget.unit
    told = [
        (
            f"Eget kapital över taket {year.number}, {unit}",
            f"{OVER} {plan.precisely(-year.room)}",
            f"över taket: {plan.shown(year.closing)} mot {plan.precisely(year.ceiling)}",
            "röd",
        )
        for year in plan.years
        if year.room is not None and is_over(year)
    ]
    for start in range(0, len(told), most):
        row = told[start : start + most]
        yield [*row, *[("", "", "", "")] * (most - len(row))]


def _equity(sheet: ReportSheet, plan: PlanYears, columns: Columns) -> None:
    """Equity year by year as a table, and charts of equity and result below it."""
    years = plan.years
    sheet.section("Resultat och eget kapital år för år")
    top = sheet.headings(("", *(year.heading for year in years)))

    def line(label: str, amounts: list[Amount], *, total: bool = False) -> int:
        return sheet.line(label, amounts, decimals=plan.places(amounts), total=total)

    line("Ingående eget kapital", [year.opening for year in years])
    result = line("Årets resultat", [year.result for year in years])
    closing = line("Utgående eget kapital", [year.closing for year in years], total=True)
    line("Medlemsavgifter", [year.fees for year in years])
    ceiling = _ceiling(sheet, plan)
    line("Utrymme under taket", [year.room for year in years], total=True)
    row = sheet.down(ROW)
    sheet.canvas.put(row, 1, "Mot taket", look.LABEL)
    for column, year in enumerate(years, start=2):
        _, colour = _standing(plan, year)
        word = "över" if colour == "röd" else "ryms"
        text = f"{look.SYMBOLS[colour]} {word}" if colour else None
        sheet.canvas.put(row, column, text, look.inked(look.RIGHT_TEXT, colour))
    sheet.down(10)
    put_charts(sheet, plan, columns, (top, result, closing, ceiling))


def _ceiling(sheet: ReportSheet, plan: PlanYears) -> int:
    """The row of the ceilings, which says why where there is none; its number."""
    is_missing = any(year.missing for year in plan.years)
    row = sheet.down(2 * ROW if is_missing else ROW)
    sheet.canvas.put(row, 1, "Tak enligt trappan", look.LABEL)
    wrapped = look.RIGHT_TEXT._replace(wrap=True, size=9)
    places = plan.places([year.ceiling for year in plan.years])
    for column, year in enumerate(plan.years, start=2):
        if year.missing:
            sheet.canvas.put(row, column, year.missing, wrapped)
        else:
            sheet.amount(row, column, year.ceiling, places)
    return row
