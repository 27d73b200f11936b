"""A recognised table of amounts read into a :class:`Budget`, and what was found on the way."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from finsam_xl.address import a1
from finsam_xl.model import Finding, Ref, shortened
from finsam_xl.model_budget import (
    POSITIVE_COSTS,
    SIGNED,
    Amount,
    Budget,
    BudgetColumn,
    BudgetRow,
)
from finsam_xl.sheets import values
from finsam_xl.sheets.grid import BLANK, Cell, SheetGrid
from finsam_xl.sheets.period_headings import STATED
from finsam_xl.sheets.sums import find_sums
from finsam_xl.sheets.tables import Column, Row, Table
from finsam_xl.words.sides import Side, speaks_of, surely
from finsam_xl.words.units import KRONOR, converted

_ALWAYS_SIGNED = ("balance", "cash_flow", "balanskrav")
_NOTHING = frozenset({"inga", "inget", "ingen", "-", "–", "—", "saknas", "ej aktuellt"})


def says_nothing(cell: Cell) -> bool:
    """Whether a cell says that there is no amount, which is not the same as being blank.

    A formula that shows an empty text, a dash, or a word for it.
    """
    if not isinstance(cell.value, str):
        return False
    text = cell.value.strip().lower()
    return (not text and cell.formula is not None) or text in _NOTHING - {"saknas"}


class ReadBudget(NamedTuple):
    """A table of amounts as read, its budget record, and what was found on the way."""

    table: Table
    budget: Budget
    findings: tuple[Finding, ...]


def read(sheet: SheetGrid, table: Table) -> ReadBudget:
    """Read every row of a recognised table of amounts."""
    columns = [c for c in table.columns if c.field not in ("label", "code")]
    findings: list[Finding] = list(table.findings)
    rows = _read_rows(sheet, table, columns, findings)
    stated = [n for n, c in enumerate(columns) if c.field == "amount" and c.scenario in STATED]
    stated = stated or list(range(len(columns)))
    sign = SIGNED if table.kind in _ALWAYS_SIGNED else _sign(rows, stated)
    found = find_sums(rows, stated, sign)
    budget = Budget(
        sheet=table.sheet,
        kind=table.kind,
        title=table.title,
        unit=table.unit,
        sign=sign,
        columns=tuple(BudgetColumn(c.number, c.header, c.period, c.scenario) for c in columns),
        rows=tuple(
            row._replace(role="line") if index in found.lines else row
            for index, row in enumerate(rows)
        ),
        sums=found.sums,
        label_column=table.column("label") or 1,
    )
    return ReadBudget(table._replace(sign=sign), budget, tuple(findings))


def _read_rows(
    sheet: SheetGrid, table: Table, columns: list[Column], findings: list[Finding]
) -> list[BudgetRow]:
    rows: list[BudgetRow] = []
    code_column = table.column("code")
    sections: list[str] = []
    section = ""
    sides = [_own_side(row) for row in table.rows]
    # Income first, unless nothing in the table speaks of income.
    side: bool | None = any(sides)
    index_of: dict[int, int] = {}
    just_section = is_headed = False
    blank: tuple[Amount, ...] = (None,) * len(columns)
    none: frozenset[int] = frozenset()
    for row, own in zip(map(partial(_in_kind, table.kind), table.rows), sides, strict=True):
        code = row.code
        if code_column is not None and not code:
            code = str(sheet.cell(row.row, code_column).value or "").strip()
        income = side if own is None else own
        if own is None and not is_headed:
            spoken = speaks_of(row.label)
            income = side if spoken is None else spoken is Side.INCOME
        if row.role == "section":
            is_headed = is_headed or own is not None
            sections = [*sections[-1:], row.label] if just_section else [row.label]
            section = " / ".join(sections)
            side = income
        just_section = row.role == "section"
        amounts, unreadable = blank, none
        if row.role not in ("section", "note"):
            amounts, unreadable = _amounts(sheet, table, row.row, columns, findings)
        index_of[row.row] = len(rows)
        rows.append(
            BudgetRow(
                row.row,
                row.role,
                row.label,
                code,
                section,
                row.level,
                index_of.get(row.parent) if row.role == "subline" and row.parent else None,
                bool(income if income is not None else True),
                amounts,
                unreadable,
            )
        )
        if row.role == "total" and income and side is not False:
            side = False
    return rows


def _own_side(row: Row) -> bool | None:
    """The side a row's own name tells: a line's only where no heading could say otherwise."""
    side = speaks_of(row.label) if row.role in ("section", "total") else surely(row.label)
    return None if side is None else side is Side.INCOME


def _in_kind(kind: str, row: Row) -> Row:
    """The row in its kind of table: the result is a line of a balance sheet and of its note.

    So is the opening equity that a balance sheet shows beside the year's result.
    """
    is_line = (row.role == "result" and kind in ("balance", "note")) or (
        row.role == "equity_open" and kind == "balance"
    )
    return row._replace(role="line") if is_line else row


def _amounts(
    sheet: SheetGrid, table: Table, row: int, columns: list[Column], findings: list[Finding]
) -> tuple[tuple[Amount, ...], frozenset[int]]:
    """The amounts of a row, and the columns whose cell holds something that is none."""
    cells = sheet.cells
    amounts: list[Amount] = []
    unreadable: frozenset[int] = frozenset()
    for number, column in enumerate(columns):
        cell = cells.get((row, column.number), BLANK)
        value = cell.value
        if type(value) is int and not cell.percent:
            amounts.append(value)
            continue
        if cell.is_blank:
            amounts.append(None)
            continue
        amount = _amount(cell, table, row, column, findings)
        amounts.append(amount)
        if (
            amount is None
            and str(value).strip().lower() not in _NOTHING
            and not says_nothing(cell)
            and column.field == "amount"
        ):
            unreadable |= {number}
    return tuple(amounts), unreadable


def _amount(cell: Cell, table: Table, row: int, column: Column, findings: list[Finding]) -> Amount:
    """The amount that a cell which is no plain whole number shows."""
    ref = Ref(table.sheet, a1(row, column.number))
    reading = values.read(cell, ref, "Beloppet")
    if reading.finding is not None:
        findings.append(reading.finding)
    if reading.bad:
        return None
    if reading.number is None:
        if reading.word and column.field == "amount" and reading.word.lower() not in _NOTHING:
            findings.append(
                Finding.at(
                    ref,
                    "warning",
                    "belopp-text",
                    f"”{shortened(reading.word)}” är inget belopp. Cellen räknas som tom.",
                    stated=reading.word,
                )
            )
        return None
    number = reading.number
    if number.unit in KRONOR and number.unit != table.unit and table.unit in KRONOR:
        findings.append(
            Finding.at(
                ref,
                "warning",
                "blandade-enheter",
                f"Beloppet är skrivet i {number.unit} i en tabell i {table.unit}. "
                f"Det räknas om till {table.unit}; skriv det så i cellen.",
                stated=cell.value,
            )
        )
        return converted(number.value, number.unit, table.unit)
    return number.value


def _sign(rows: list[BudgetRow], stated: list[int]) -> str:
    """Whether costs are written with a minus: by the signs of most cost lines."""
    costs = [
        amount
        for row in rows
        if row.role in ("line", "total") and not row.is_income
        for n in stated
        if (amount := row.amounts[n])
    ]
    negative = sum(amount < 0 for amount in costs)
    return SIGNED if costs and 2 * negative > len(costs) else POSITIVE_COSTS
