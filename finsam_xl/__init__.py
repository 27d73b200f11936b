"""Calculations, checks and reports for samordningsförbund, inside their own workbooks.

Calculations are functions on exact numbers; whole numbers and fractions go in and come out.

>>> from finsam_xl import index, wilson
>>> index([10, 8], [True, False])
Fraction(500, 9)

A workbook is opened, asked, and left as it was. Its tables tell what was recognised: kind, unit,
and the period and scenario of every column. Findings tell what looks wrong, and where.

>>> from finsam_xl import open_workbook, samples
>>> lappland, budget, social_budget = samples()
>>> with open_workbook(budget) as book:
...     tables, checked = book.tables(), book.check()
>>> print(tables[3].kind, tables[3].unit, *(column.period for column in tables[3].columns[1:4]))
tertial tkr 2019 2019-T2 2019
>>> worst = checked.findings[2]
>>> worst.sheet, worst.cell, worst.stated, worst.calculated
('Budget 2019', 'B28', 2360, 2210)

What is to be written comes as a plan, which ``apply`` writes, with a backup and a log.

>>> with open_workbook(lappland) as book:
...     plan = book.recompute().plan
>>> plan.edits[0].sheet, plan.edits[0].cell, plan.edits[0].old
('Medlemsavgifter', 'C11', None)

Every figure is a row of a pandas frame: of one workbook, or of many at once. Amounts are in
kronor under ``value_kr``; shares, counts and indices have their own unit under ``value``.

>>> from finsam_xl import frame
>>> figures = frame([lappland, budget, social_budget])
>>> fees = figures[(figures.kind == "fees") & (figures.field == "fee") & (figures.role == "total")]
>>> fees.set_index(["association", "period"]).value_kr["Samordningsförbundet Umeåregionen"]
period
2019    11450000.0
2020    11380000.0
2021    11380000.0
Name: value_kr, dtype: float64

How every team has kept its budget, favourable above nought, in a folder of the books of five
years, whatever unit and sign each office writes in::

    import finsam_xl
    from pathlib import Path

    df = finsam_xl.frame(sorted(Path("böcker").rglob("*.xlsx")))
    teams = df[df.section.str.endswith("Samordningsteam") & (df.role == "line")]
    by = ["association", "row", "period"]
    kr = teams.pivot_table(index=by, columns="scenario", values="result_kr")
    print((kr.outcome - kr.budget).unstack())

The columns of the frames are told in :mod:`finsam_xl.export.columns`; they stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from finsam_xl.calc.balanskrav import balanskrav, balanskravsresultat
    from finsam_xl.calc.cash_flow import Balances, cash_flow
    from finsam_xl.calc.cost_split import class_cost
    from finsam_xl.calc.gender import gap_points, is_balanced, women_share
    from finsam_xl.calc.graded_index import graded_index
    from finsam_xl.calc.helarsekvivalent import equivalents
    from finsam_xl.calc.impact_index import Colour, colour, index, ranks
    from finsam_xl.calc.participants import Exits, exit_shares, remaining
    from finsam_xl.calc.referrals import yes_share
    from finsam_xl.calc.shares import nearest_counts, possible_percentages, share
    from finsam_xl.calc.strategic_goals import Grade, propose
    from finsam_xl.calc.target_rules import lacking, reached
    from finsam_xl.calc.wilson import indistinguishable, wilson
    from finsam_xl.errors import FinsamError, InputError, PolicyError, WorkbookError
    from finsam_xl.exporting import frame
    from finsam_xl.model import Count, Finding, Outcome, RuleKind, TargetRule
    from finsam_xl.plan import CellEdit, Plan
    from finsam_xl.sheets.tables import Table
    from finsam_xl.shipped import samples
    from finsam_xl.workbook import Result, Workbook, open_workbook

__version__ = "0.1.0"

_HOMES = {
    "calc.balanskrav": ("balanskrav", "balanskravsresultat"),
    "calc.cash_flow": ("Balances", "cash_flow"),
    "calc.cost_split": ("class_cost",),
    "calc.gender": ("gap_points", "is_balanced", "women_share"),
    "calc.graded_index": ("graded_index",),
    "calc.helarsekvivalent": ("equivalents",),
    "calc.participants": ("Exits", "exit_shares", "remaining"),
    "calc.referrals": ("yes_share",),
    "calc.shares": ("nearest_counts", "possible_percentages", "share"),
    "calc.strategic_goals": ("Grade", "propose"),
    "calc.wilson": ("indistinguishable", "wilson"),
    "calc.impact_index": ("Colour", "colour", "index", "ranks"),
    "calc.target_rules": ("lacking", "reached"),
    "errors": ("FinsamError", "InputError", "PolicyError", "WorkbookError"),
    "exporting": ("frame",),
    "model": ("Count", "Finding", "Outcome", "RuleKind", "TargetRule"),
    "plan": ("CellEdit", "Plan"),
    "shipped": ("samples",),
    "sheets.tables": ("Table",),
    "workbook": ("Result", "Workbook", "open_workbook"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
__all__ = [
    "Balances",
    "CellEdit",
    "Colour",
    "Count",
    "Exits",
    "Finding",
    "FinsamError",
    "Grade",
    "InputError",
    "Outcome",
    "Plan",
    "PolicyError",
    "Result",
    "RuleKind",
    "Table",
    "TargetRule",
    "Workbook",
    "WorkbookError",
    "balanskrav",
    "balanskravsresultat",
    "cash_flow",
    "class_cost",
    "colour",
    "equivalents",
    "exit_shares",
    "frame",
    "gap_points",
    "graded_index",
    "index",
    "indistinguishable",
    "is_balanced",
    "lacking",
    "nearest_counts",
    "open_workbook",
    "possible_percentages",
    "propose",
    "ranks",
    "reached",
    "remaining",
    "samples",
    "share",
    "wilson",
    "women_share",
    "yes_share",
]


def __getattr__(name: str) -> Any:
    """Load a public name from its room when it is first used, so that importing costs nothing."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"finsam_xl.{home}"), name)
