"""What programs rely on: the fields of the records that the command line answers with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from finsam_xl.address import is_turned, real_name
from finsam_xl.model import Finding
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.sheets.tables import Table


def of_finding(finding: Finding) -> dict[str, Any]:
    """A finding with the fields programs rely on."""
    order = ("severity", "code", "sheet", "cell", "file", "stated", "calculated", "difference")
    also = [
        {"sheet": ref.sheet, "cell": ref.cell, "file": ref.file or finding.file}
        for ref in finding.also
    ]
    return {name: getattr(finding, name) for name in (*order, "message")} | {"also": also}


def of_edit(edit: CellEdit) -> dict[str, Any]:
    """An edit; ``formula`` only where one is written, of which ``new`` is the result."""
    formula = {"formula": f"={edit.formula}"} if edit.formula else {}
    fields = {"sheet": edit.sheet, "cell": edit.cell, "old": edit.old, "new": edit.new}
    return {**fields, **formula, "why": edit.why}


def of_plan(plan: Plan, findings: Iterable[Finding]) -> dict[str, Any]:
    """A plan with the fields programs rely on."""
    return {
        "run": plan.run,
        "edits": [of_edit(edit) for edit in plan.edits],
        "findings": [of_finding(finding) for finding in findings],
        "sheets": [sheet.name for sheet in plan.sheets],
    }


def of_table(table: Table) -> dict[str, Any]:
    """A recognised table with the fields programs rely on.

    ``turned``: its columns of amounts are rows of the sheet, and its rows are columns there.
    """
    period = str(table.period) if table.period else None
    labels = {row.row: row.label for row in table.rows}
    return {
        "sheet": real_name(table.sheet),
        "range": table.range,
        "turned": is_turned(table.sheet),
        "kind": table.kind,
        "unit": table.unit,
        "sign": table.sign,
        "title": table.title,
        "score": table.score,
        "why": table.why,
        "columns": [
            {
                "column": c.number,
                "header": c.header,
                "field": c.field,
                "period": str(c.period) if c.period else period,
                "scenario": c.scenario,
                "version": c.version,
                "sure": c.sure,
                "why": list(c.why),
            }
            for c in table.columns
        ],
        "rows": [
            {
                "row": r.row,
                "role": r.role,
                "label": r.label,
                "parent": labels.get(r.parent) if r.parent else None,
                "sure": r.sure,
                "why": list(r.why),
            }
            for r in table.rows
        ],
    }
