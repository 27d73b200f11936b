"""Small sheets as other offices type them, recomputed in memory: what is written, what is said.

>>> filled(["Post", "Budget 2031"], ["Kostnader"], ["Hyra", 5], ["Lön", 7], ["Summa kostnader"])
{'B5': 12}
"""

from __future__ import annotations

from typing import Any, NamedTuple

from finsam_xl import actions
from finsam_xl.model import Finding
from finsam_xl.plan import Plan
from finsam_xl.sheets.grid import Grid, SheetGrid
from support.typed_sheets import TODAY, F, grid

__all__ = ["F", "Outcome", "filled", "run"]


class Outcome(NamedTuple):
    """What a run writes, by cell, and what it says."""

    edits: dict[str, Any]
    findings: tuple[Finding, ...]

    def left(self, code: str = "") -> set[str]:
        """The cells that some finding says are not filled in."""
        return {
            cell
            for f in self.findings
            if f.code.endswith("-tom") and f.code.startswith(code)
            for cell in (f.cell or "", *(ref.cell for ref in f.also))
        }


def run(*rows: list[Any], merged: tuple[str, ...] = (), name: str = "Blad") -> Outcome:
    """Recompute one sheet, given as its rows from the top."""
    typed = grid((name, list(rows)))
    sheet = SheetGrid(name, lambda: typed.sheets[0].cells, merged=lambda: merged)
    whole = Grid((sheet,), typed.digest, typed.names)
    plan: Plan = actions.recompute(whole, today=TODAY, run="prov")
    return Outcome({e.cell: e.new for e in plan.edits}, plan.findings)


def filled(*rows: list[Any]) -> dict[str, Any]:
    """What is written in one sheet."""
    return run(*rows).edits
