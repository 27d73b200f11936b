"""Calculations, checks and reports for samordningsförbund, inside their own workbooks.

>>> from finsam_xl import index
>>> index([10, 8], [True, False])
Fraction(500, 9)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from finsam_xl.calc.impact_index import Colour, colour, index, ranks
    from finsam_xl.calc.target_rules import lacking, reached
    from finsam_xl.errors import FinsamError, InputError, PolicyError, WorkbookError
    from finsam_xl.model import Count, Finding, Outcome, RuleKind, TargetRule
    from finsam_xl.plan import CellEdit, Plan
    from finsam_xl.workbook import Workbook, open_workbook

__version__ = "0.1.0"

_HOMES = {
    "calc.impact_index": ("Colour", "colour", "index", "ranks"),
    "calc.target_rules": ("lacking", "reached"),
    "errors": ("FinsamError", "InputError", "PolicyError", "WorkbookError"),
    "model": ("Count", "Finding", "Outcome", "RuleKind", "TargetRule"),
    "plan": ("CellEdit", "Plan"),
    "workbook": ("Workbook", "open_workbook"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
__all__ = [
    "CellEdit",
    "Colour",
    "Count",
    "Finding",
    "FinsamError",
    "InputError",
    "Outcome",
    "Plan",
    "PolicyError",
    "RuleKind",
    "TargetRule",
    "Workbook",
    "WorkbookError",
    "colour",
    "index",
    "lacking",
    "open_workbook",
    "ranks",
    "reached",
]


def __getattr__(name: str) -> Any:
    """Load a public name from its room when it is first used, so that importing costs nothing."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"finsam_xl.{home}"), name)
