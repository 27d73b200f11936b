"""*Kontrollera*: everything that looks wrong in one workbook or between several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from finsam_xl.actions import budget as budgets
from finsam_xl.actions import fees as fee_tables
from finsam_xl.actions import impact_index
from finsam_xl.checks import people_rules
from finsam_xl.checks.material import Material, Rule
from finsam_xl.model import Finding
from finsam_xl.plan import Plan, merge
from finsam_xl.sheets import counts, formulas, recognise
from finsam_xl.sheets.count_headings import KINDS
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.impact_index import labelled

RULES: tuple[Rule, ...] = (people_rules.check,)
_ORDER = {"error": 0, "warning": 1, "info": 2}


class Book(NamedTuple):
    """A workbook to check: its file's name, '' where it is alone, and its content."""

    file: str
    grid: Grid


class Checked(NamedTuple):
    """What was found, the worst first, and how many figures were looked at."""

    findings: tuple[Finding, ...]
    figures: int


def check(books: Sequence[Book], *, today: date) -> Checked:
    """Check workbooks by themselves and against each other."""
    materials: list[Material] = []
    findings: list[Finding] = []
    for book in books:
        material, found = read(book, today)
        materials.append(material)
        findings += [finding._replace(file=finding.file or book.file or None) for finding in found]
    for rule in RULES:
        findings += rule(materials)
    return Checked(tuple(_in_order(findings)), sum(map(_figures, materials)))


def read(book: Book, today: date) -> tuple[Material, list[Finding]]:
    """The records of a workbook, and what recomputing it would say."""
    grid = book.grid
    tables = recognise.tables(grid)
    results = impact_index.results(grid, tables, today)
    found = budgets.read_all(grid, tables)
    fees = fee_tables.read_all(grid, tables)
    read = [counts.read(grid.sheet(t.sheet), t) for t in tables if t.kind in KINDS]
    blocks = [
        counts.read(grid.sheet(t.sheet), labelled(t)) for t in tables if t.kind == "impact_index"
    ]
    plan = merge(
        [
            impact_index.plan(grid, tables, results),
            budgets.plan(grid, found),
            fee_tables.plan(grid, fees, today),
            Plan(findings=tuple(f for one in (*read, *blocks) for f in one.findings)),
        ]
    )
    material = Material(
        book.file,
        tuple(one.budget for one in found),
        tuple(one.fees for one in fees),
        tuple(one.counts for one in (*read, *blocks)),
        tuple(result.unit_index for result in results),
        tuple(formulas.read(grid)),
    )
    return material, list(plan.findings)


def _figures(material: Material) -> int:
    """How many figures a workbook's tables hold."""
    amounts = sum(
        amount is not None for one in material.budgets for row in one.rows for amount in row.amounts
    )
    counted = sum(len(row.figures) for one in material.counts for row in one.rows)
    paid = sum(party.stated is not None for one in material.fees for party in one.parties)
    judged = sum(len(unit.judgements) for unit in material.units)
    return amounts + counted + paid + judged


def _in_order(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Each finding once, the worst first, otherwise in the order they were found."""
    unique = dict.fromkeys(findings)
    yield from sorted(unique, key=lambda finding: _ORDER[finding.severity])
