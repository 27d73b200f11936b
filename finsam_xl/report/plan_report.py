"""The report *Rapport Plan*: the plan years side by side, and where equity goes.

First four key figures of the budget year, and equity year by year against the recommended
ceiling, as a table and a picture. Then the plan line by line with the changes between the years,
and room for comments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from finsam_xl.model_budget import Budget
from finsam_xl.money import Exact
from finsam_xl.report import amounts as say
from finsam_xl.report import answers, equity_path, equity_path_table
from finsam_xl.report.ceilings import RulesOf
from finsam_xl.report.comments import CommentKey, carry_over
from finsam_xl.report.equity_path import NO_SCENARIOS, Scenarios
from finsam_xl.report.faults import NO_FAULTS, Faults
from finsam_xl.report.plan_charts import put_picture, put_results
from finsam_xl.report.plan_details import columns_of, put_plan
from finsam_xl.report.plan_figures import key_figures
from finsam_xl.report.plan_table import YearTable
from finsam_xl.report.plan_years import PlanYears
from finsam_xl.report.sheet import ReportSheet
from finsam_xl.sheetplan import SheetPlan

NAME = "Rapport Plan"
OWNER = "plan"
_SECTION_COLUMNS = 3


def build(
    budget: Budget,
    *,
    fees_tkr: Mapping[int, Exact | None],
    rules: RulesOf,
    association: str,
    run: str,
    comments: Mapping[CommentKey, str],
    scenarios: Scenarios = NO_SCENARIOS,
    faults: Faults = NO_FAULTS,
) -> SheetPlan:
    """The report of a plan.

    ``fees_tkr``: the members' fees by year, in tkr; ``rules``: those of the recommended
    ceiling, by year; ``comments``: those of the report it replaces, by the lines they stood at;
    ``scenarios``: the alternatives that the table is one of; ``faults``: those in the table.
    """
    plan = PlanYears(budget, fees_tkr, rules)
    columns = columns_of(plan)
    carried = carry_over(comments, [line.key for line in plan.story.lines])
    sheet = ReportSheet(columns.widths, budget.unit)
    sheet.tail = [*plan.notes(), *_said(scenarios)]
    title = plan.title if plan.years or not scenarios.paths else scenarios.title
    about = (association, title, f"belopp i {budget.unit}")
    sheet.head(title, about, run, _answer(plan, scenarios), faults)
    if plan.years:
        sheet.key_figures(key_figures(plan))
        table = YearTable(sheet, plan, columns)
        put_picture(sheet, plan, table.height)
        beside = table.put()
        if plan.has_equity:
            put_results(sheet, plan, beside)
    if scenarios.paths:
        below = 0.0 if plan.years else sheet.notes_height()
        equity_path_table.put(sheet, equity_path.SCENARIOS, scenarios.paths, below)
    if plan.years:
        put_plan(sheet, plan, columns, carried)
    sheet.orphans(carried.orphans, _SECTION_COLUMNS, is_last=True)
    sheet.notes()
    return sheet.plan(NAME, OWNER)


def _said(scenarios: Scenarios) -> Iterator[str]:
    if scenarios.chosen.names:
        yield scenarios.note()
        yield from equity_path.notes(scenarios.paths)


def _answer(plan: PlanYears, scenarios: Scenarios) -> str:
    unit, years = plan.story.budget.unit, plan.years
    if scenarios.paths:
        return equity_path.answer(scenarios.paths, scenarios.chosen)
    if not years:
        return ""
    if not plan.has_equity:
        results = [(year.number, year.result) for year in years if year.number >= plan.lead.number]
        return answers.planned(results, unit, say.decimals(unit))
    endings = [answers.Ending(year.number, year.closing, year.room) for year in years]
    return answers.equity(endings, unit, say.decimals(unit), lead=plan.lead.number)
