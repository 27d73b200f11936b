"""The index as it is printed, by unit and goal area, and the weights of the areas."""

from __future__ import annotations

from finsam_xl.calc.impact_index import colour
from finsam_xl.model_counts import CountRow, Counts
from finsam_xl.report import annual_people as people
from finsam_xl.report import look
from finsam_xl.report.annual_blocks import Block, Halves, Item, Value
from finsam_xl.report.annual_tables import Annual
from finsam_xl.report.budget_sheet import BudgetSheet
from finsam_xl.report.story import link


def put(sheet: BudgetSheet, annual: Annual, halves: Halves) -> None:
    """The index by unit and goal area, with colour and symbol, and the weights of the areas."""
    left, right = [], []
    if annual.units is not None:
        left.append(_units(annual, annual.units, halves.left.columns))
    if annual.weights is not None:
        fields = (("ideal", "Ideal"), ("weight", "Viktning"))
        right.append(people.block(annual.weights, annual.titled("Målområdenas vikt"), fields))
    halves.put(sheet, left, right)


def _units(annual: Annual, table: Counts, most: int) -> Block:
    areas = sorted(key for key in table.headings if key.startswith("area"))
    keys = ["all", *areas][:most]
    headings = [table.headings[key].replace("Målområde", "Mål-\nområde") for key in keys]
    rows = tuple(
        Item(
            row.label,
            tuple(_value(annual, row, key) for key in keys),
            look.total(look.LABEL) if row.role == "total" else look.LABEL,
            link(row.ref),
        )
        for row in table.rows
        if row.figures
    )
    return Block(annual.titled("Impactindex", "index 0–100"), ("", *headings), rows)


def _value(annual: Annual, row: CountRow, key: str) -> Value:
    one = row.figures.get(key)
    plain = look.total(look.FIGURE) if row.role == "total" else look.FIGURE
    if one is None:
        return None, plain
    word = str(colour(one.value, target=annual.rules.target, near=annual.rules.near))
    return float(one.value), look.coloured(plain._replace(bold=key == "all"), word, symbol=True)
