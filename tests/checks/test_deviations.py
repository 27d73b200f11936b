"""Printed deviations of totals with lines that have an outcome but no budget."""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl.checks.amounts.deviations import check
from finsam_xl.model import Finding
from support.typed_sheets import said, typed


def _report(
    income: Any, costs: Any, *, project: Any = 140, project_cost: Any = -120
) -> list[list[Any]]:
    """A statement with a netted project; ``income`` and ``costs``: their printed deviations."""
    total, total_cost = 1100 + (project or 0), -1000 + (project_cost or 0)
    return [
        ["Driftredovisning 2024"],
        [None, "Utfall 2024", "Budget 2024", "Avvikelse utfall-budget"],
        ["Intäkter förbundet", 1100, 1090, 10],
        ["Intäkter projekt", project, None, None],
        ["Verksamhetens intäkter", total, 1090, income],
        ["Kostnader förbundet", -1000, -1300, 300],
        ["Kostnader projekt", project_cost, None, None],
        ["Verksamhetens kostnader", total_cost, -1300, costs],
    ]


def _findings(rows: list[list[Any]]) -> list[Finding]:
    return list(check([typed(("Blad", rows))]))


def test_totals_that_leave_a_netted_project_out() -> None:
    """One note for both totals: the project is exactly what is missing."""
    (found,) = _findings(_report(10, 300))
    assert (found.severity, found.code) == ("info", "avvikelse-utelamnar-rader")
    assert (found.cell, [ref.cell for ref in found.also]) == ("D5", ["D8"])
    assert (found.stated, found.calculated, found.difference) == (10, 150, -140)
    assert "”Intäkter projekt”" in found.message


def test_nearly_explained_is_a_warning() -> None:
    """A unit is missing beside the project."""
    (found,) = _findings(_report(9, 300))
    assert (found.severity, found.code, found.cell) == (
        "warning",
        "avvikelse-utelamnar-rader",
        "D5",
    )


def test_unexplained_is_said_to_be() -> None:
    """Neither the row nor the lines give what is printed."""
    (found,) = _findings(_report(77, 180))
    assert (found.severity, found.code, found.cell) == ("warning", "avvikelse-avviker", "D5")


@pytest.mark.parametrize(
    "rows",
    [
        _report(150, 180),
        _report(151, 179),
        _report(None, None),
        _report(10, 300, project=None, project_cost=None),
    ],
    ids=["right on its row", "rounded", "blank", "no project"],
)
def test_deviations_that_are_let_be(rows: list[list[Any]]) -> None:
    """Right on its own row is right."""
    assert said(check, rows) == []
