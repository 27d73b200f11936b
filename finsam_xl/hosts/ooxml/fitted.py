"""Formulas of report sheets as a workbook can hold them: our functions only where it has them."""

from __future__ import annotations

from finsam_xl.actions.wiring import Platform
from finsam_xl.formulas.functions import OURS, calls_ours
from finsam_xl.hosts.ooxml.package import Package
from finsam_xl.sheetplan import PlannedCell, SheetPlan

OF_LITE = "_xldudf_"
"""Before the names of functions that Lite gives, as Excel writes them in files."""


def fitted(plan: SheetPlan, package: Package) -> SheetPlan:
    """A sheet whose cells with our functions are values where the workbook is not wired."""
    if not any(calls_ours(cell.formula) for cell in plan.cells if cell.formula):
        return plan
    # Hardly any sheet has them, and the wiring takes its time to load.
    from finsam_xl.hosts.ooxml.wiring.unwire import platform_of

    platform = platform_of(package)
    return plan._replace(cells=tuple(_cell(cell, platform) for cell in plan.cells))


def _cell(cell: PlannedCell, platform: Platform | None) -> PlannedCell:
    if not calls_ours(cell.formula) or platform is Platform.EXCEL or platform is Platform.BOTH:
        return cell
    if platform is None:
        return cell._replace(formula="")
    return cell._replace(formula=cell.formula.replace(OURS, f"{OF_LITE}{OURS}"))
