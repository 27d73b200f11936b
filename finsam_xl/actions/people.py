"""Recomputing tables of people: blank sums are filled in, and printed ones that differ are told."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from finsam_xl.filling.people import People
from finsam_xl.findings import tell
from finsam_xl.model import Finding, Ref
from finsam_xl.plan import Plan, merge
from finsam_xl.reading.people import FoundPeople, is_by_headings, shares
from finsam_xl.reading.people_breaks import Break
from finsam_xl.reading.people_rule import Way
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table


def plan(
    grid: Grid, found: Sequence[FoundPeople], tables: Sequence[Table], *, formulas: bool = False
) -> Plan:
    """What fills in and checks the tables of people.

    ``tables``: all of the workbook. Those that are known by their headings have rules of their
    own: no sum of theirs is told of here.
    """
    known = [table for table in tables if is_by_headings(table)]
    fillers = [People(grid, one, formulas=formulas) for one in found]
    return merge([_one(one, is_known=shares(one.one, known)) for one in fillers])


def _one(filler: People, *, is_known: bool) -> Plan:
    filler.fill()
    told = () if is_known else tuple(_finding(filler.one, broken) for broken in filler.breaks)
    return merge([filler.cells.plan(), Plan(findings=told)])


def _finding(one: FoundPeople, broken: Break) -> Finding:
    sheet = one.table.sheet
    row = next(e for e in one.axes.rows if e.number == broken.cell[0])
    heading = " ".join(one.axes.block.texts(broken.cell[1]))
    is_flow = broken.rule.way is Way.FLOW
    return tell(
        "kvar-avviker" if is_flow else "deltagare-summa-avviker",
        Ref.at(sheet, *broken.cell),
        "table",
        severity="warning",
        row=row.text,
        column=heading,
        stated=Fraction(broken.stated),
        calculated=Fraction(broken.calculated),
        also=[Ref.at(sheet, *cell) for cell in broken.also],
    )
