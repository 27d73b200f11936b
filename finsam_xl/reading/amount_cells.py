"""The amounts in the cells of a table, with a finding for every cell that is not plain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from finsam_xl.findings import tell
from finsam_xl.model import Finding, Ref, shortened
from finsam_xl.model_budget import Amount
from finsam_xl.money import trimmed
from finsam_xl.records import NamedTuple
from finsam_xl.sheets import values
from finsam_xl.sheets.grid import BLANK, Cell, CellError, Cells, SheetGrid
from finsam_xl.sheets.values import Number
from finsam_xl.words.amounts import is_no_amount, says_why_not, says_zero
from finsam_xl.words.units import KRONOR, converted

NO_BASE = "#DIV/0!"
"""What a share or a per cent shows of nothing, which is no mistake until there is something."""


class ReadCells(NamedTuple):
    """The amounts of one row, and the indices of the cells that hold something else."""

    amounts: tuple[Amount, ...]
    unreadable: frozenset[int]


def says_nothing(cell: Cell) -> bool:
    """Whether a cell says that there is no amount, which is not the same as being blank.

    A formula that shows an empty text, a dash, or a word for it.
    """
    if not isinstance(cell.value, str):
        return False
    text = cell.value.strip()
    return (not text and cell.formula is not None) or says_zero(text)


def read_cells(
    sheet: SheetGrid,
    row: int,
    columns: Sequence[int],
    stated: Sequence[bool],
    unit: str,
    findings: list[Finding],
) -> ReadCells:
    """The amounts of a row. ``stated``: whether a column holds amounts that people state."""
    cells = sheet.cells
    amounts: list[Amount] = []
    unreadable: set[int] = set()
    told = [number for number, one in zip(columns, stated, strict=True) if one]
    for index, (number, is_stated) in enumerate(zip(columns, stated, strict=True)):
        cell = cells.get((row, number), BLANK)
        value = cell.value
        if type(value) is int and not cell.percent:
            amounts.append(value)
        elif cell.is_blank or (not is_stated and value == NO_BASE and _is_open(cells, row, told)):
            amounts.append(None)
        else:
            amount = _amount(cell, Ref.at(sheet.name, row, number), is_stated, unit, findings)
            amounts.append(amount)
            is_told = isinstance(value, str) and is_no_amount(value)
            if amount is None and is_stated and not is_told and not says_nothing(cell):
                unreadable.add(index)
    return ReadCells(tuple(amounts), frozenset(unreadable))


_NEAR_AMOUNT = re.compile(r"\D{0,12}\d[\d\s.,]*\D{0,12}")
"""A text that may have been meant as an amount: one number, and a few signs around it."""


def rows_of_words(sheet: SheetGrid, rows: Sequence[int], columns: Sequence[int]) -> frozenset[int]:
    """The rows that tell who, when or how where others have amounts.

    They hold words alone and stand beside each other, or before the first amount or after the
    last, or first below a blank row: a form that is filled in or what the lines below are about,
    and no amounts that cannot be read.
    """
    cells, every = sheet.cells, set(rows)
    held = [(row, [cells.get((row, number), BLANK) for number in columns]) for row in rows]
    filled = [(row, [one for one in line if not one.is_blank]) for row, line in held]
    lines = [(row, all(map(_is_words, line))) for row, line in filled if line]
    figures = [at for at, (_, is_words) in enumerate(lines) if not is_words]
    first, last = (figures[0], figures[-1]) if figures else (len(lines), -1)

    def has_company(at: int) -> bool:
        beside = lines[max(0, at - 1) : at] + lines[at + 1 : at + 2]
        begins = lines[at][0] - 1 not in every
        return begins or not first <= at <= last or any(is_words for _, is_words in beside)

    return frozenset(
        row for at, (row, is_words) in enumerate(lines) if is_words and has_company(at)
    )


def _is_words(cell: Cell) -> bool:
    value = cell.value
    if not isinstance(value, str) or isinstance(value, CellError):
        return False
    if not value.strip() or says_nothing(cell):
        return False
    return not is_no_amount(value) and not _NEAR_AMOUNT.fullmatch(value.strip())


def _is_open(cells: Cells, row: int, columns: Sequence[int]) -> bool:
    """Whether nothing is filled in yet of the amounts that people state on a row, or only zeros."""
    return not any(cells.get((row, number), BLANK).value for number in columns)


def _amount(cell: Cell, ref: Ref, is_stated: bool, unit: str, findings: list[Finding]) -> Amount:
    """The amount that a cell which is no plain whole number shows."""
    reading = values.read(cell, ref, "Beloppet")
    if reading.finding is not None:
        findings.append(reading.finding)
    if reading.bad:
        return None
    if reading.number is not None:
        return in_unit(cell, reading.number, ref, unit, findings)
    is_told = is_no_amount(reading.word) or says_why_not(reading.word)
    if reading.word and is_stated and not is_told:
        findings.append(tell("belopp-text", ref, word=shortened(reading.word), stated=reading.word))
    return None


def in_unit(cell: Cell, number: Number, ref: Ref, unit: str, findings: list[Finding]) -> Fraction:
    """A figure in the table's unit, told where it is written in another."""
    if number.unit not in KRONOR or number.unit == unit or unit not in KRONOR:
        return number.value
    amount = converted(number.value, number.unit, unit)
    findings.append(
        tell(
            "blandade-enheter",
            ref,
            unit=unit,
            amount=trimmed(amount, unit),
            stated=str(cell.value),
        )
    )
    return amount
