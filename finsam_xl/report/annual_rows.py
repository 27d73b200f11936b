"""What a quantity of a statement is in a year; where rows that may be meant differ, why not."""

from __future__ import annotations

from finsam_xl.filling.quantities import Quantity, first_row
from finsam_xl.model_budget import Amount
from finsam_xl.records import NamedTuple
from finsam_xl.report.amounts import joined
from finsam_xl.report.annual_tables import Statement


class Found(NamedTuple):
    """A figure, its unit and its row; or why there is none, '' where nothing is said of it."""

    amount: Amount = None
    unit: str = ""
    row: int | None = None
    why: str = ""


def row_of(statement: Statement, quantity: Quantity) -> int | None:
    """The only row that is a quantity, in whatever year; ``None`` if there is none, or several."""
    return first_row(
        statement.budget.rows,
        quantity,
        lambda row: row.amounts if any(a is not None for a in row.amounts) else None,
    )[0]


def found(statement: Statement | None, quantity: Quantity, year: int) -> Found:
    """A quantity in a year."""
    if statement is None:
        return Found()
    lacking = f"{quantity.name[:1].upper()}{quantity.name[1:]} {year} visas inte"
    if statement.rivals:
        return Found(why=f"{lacking}: flera tabeller kan menas, {joined(statement.rivals)}.")
    columns = statement.columns_of(year)
    if len(columns) != 1:
        named = [statement.budget.columns[column].header for column in columns]
        why = f"{lacking}: flera kolumner gäller året, {joined(named)}." if columns else ""
        return Found(why=why)
    (column,) = columns
    row, several = first_row(statement.budget.rows, quantity, lambda row: row.amounts[column])
    budget = statement.budget
    if row is None:
        places = [f"”{budget.rows[n].label}” ({budget.place(n, column)})" for n in several]
        why = f"{lacking}: flera rader kan menas, {joined(places)}." if several else ""
        return Found(why=why)
    return Found(budget.rows[row].amounts[column], budget.unit, row)
