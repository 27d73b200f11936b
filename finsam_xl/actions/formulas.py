"""What looks wrong among a workbook's formulas."""

from __future__ import annotations

from collections.abc import Iterator

from finsam_xl.checks import formulas as checks
from finsam_xl.model import Finding
from finsam_xl.sheets import formulas
from finsam_xl.sheets.grid import Grid


def rings(grid: Grid) -> Iterator[Finding]:
    """Formulas that need each other."""
    return checks.rings(formulas.read(grid))
