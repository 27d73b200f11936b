"""Calculations, checks and reports for samordningsförbund, inside their own workbooks.

>>> from finsam_xl import index
>>> index([10, 8], [True, False])
Fraction(500, 9)
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
    from finsam_xl.workbook import Workbook, open_workbook

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
    "workbook": ("Workbook", "open_workbook"),
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
    "RuleKind",
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
