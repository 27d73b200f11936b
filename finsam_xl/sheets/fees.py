"""Tables of member fees: a pool above, parties with key and fee below."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from finsam_xl.address import a1
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import FeeParty, FeesTable
from finsam_xl.money import parse_number
from finsam_xl.periods import Period
from finsam_xl.sheets import values
from finsam_xl.sheets.grid import BLANK, SheetGrid
from finsam_xl.sheets.tables import (
    Header,
    Row,
    Table,
    double_findings,
    find_headers,
    titles_above,
    with_ends,
)
from finsam_xl.words.headings import headings_of
from finsam_xl.words.parties import POSSIBLE, Party, is_pot, is_quarter, payer
from finsam_xl.words.totals import begins_as_sum
from finsam_xl.words.units import KRONOR, Unit, converted, unit, without_unit

HEADINGS = headings_of("fees")
_REQUIRED = frozenset({"party", "fee"})
_LEAST = 3
_LOOKED_ABOVE = 5
_LARGEST_GAP = 2


class ReadFees(NamedTuple):
    """A table of fees as read: its record, the rows of parties and totals, and findings."""

    table: Table
    fees: FeesTable
    party_rows: tuple[int, ...]
    findings: tuple[Finding, ...]


def recognise(sheet: SheetGrid) -> list[Table]:
    """The tables of member fees on a sheet."""
    tables = []
    stop = 0
    for header, end in with_ends(find_headers(sheet, HEADINGS, _REQUIRED, _LEAST)):
        table = _table(sheet, header, stop, end)
        if any(row.role == "line" for row in table.rows):
            tables.append(table)
            stop = table.rows[-1].row
    return tables


def _table(sheet: SheetGrid, header: Header, stop: int, end: int | None) -> Table:
    titles = titles_above(sheet, header, stop)
    periods = [p for text in (*titles, sheet.name) if (p := Period.find(text))]
    scenarios = {"key": "key", "share": "share", "fee": "budget"}
    columns = tuple(c._replace(scenario=scenarios.get(c.field, "other")) for c in header.columns)
    found = len(columns)
    return Table(
        sheet=sheet.name,
        kind="fees",
        title=next((t for t in titles if Period.find(t)), titles[0] if titles else sheet.name),
        titles=titles,
        period=periods[0] if periods else None,
        header_row=header.row,
        columns=columns,
        rows=tuple(_rows(sheet, header, end)),
        score=round(min(1.0, found / len(HEADINGS.fields)), 2),
        why=f"{found} av {len(HEADINGS.fields)} rubriker för medlemsavgifter på rad {header.row}",
        unit=_unit(sheet, header),
        findings=double_findings(sheet.name, header),
    )


def _rows(sheet: SheetGrid, header: Header, end: int | None) -> Iterator[Row]:
    party = next(c.number for c in header.columns if c.field == "party")
    blanks = 0
    for row in range(header.row + 1, end or sheet.height + 1):
        value = sheet.cell(row, party).value
        label = value.strip() if type(value) is str else ""
        blanks = 0 if label else blanks + 1
        if blanks > _LARGEST_GAP:
            return
        if not label:
            continue
        if begins_as_sum(label):
            yield Row(row, "total", label)
            return
        yield Row(row, "section" if is_quarter(label) else "line", label)


def _above(sheet: SheetGrid, header_row: int) -> Iterator[tuple[int, int]]:
    for row in range(header_row, max(0, header_row - _LOOKED_ABOVE), -1):
        for column in range(1, sheet.width + 1):
            yield row, column


def _unit(sheet: SheetGrid, header: Header) -> str:
    for row, column in _above(sheet, header.row):
        value = sheet.cell(row, column).value
        if type(value) is str:
            if parse_number(value) is not None:
                continue
            said = unit(value)
            if said is not None:
                return said
    return Unit.TKR


def read(sheet: SheetGrid, table: Table) -> ReadFees:
    """Read a recognised table of fees."""
    findings: list[Finding] = list(table.findings)
    columns = table.by_field
    parties, rows = [], []
    for row in table.rows:
        if row.role != "line":
            continue
        numbers: dict[str, Fraction | None] = {}
        for field, what in (("key", "Nyckeln"), ("fee", "Avgiften")):
            numbers[field] = _number(sheet, table, row.row, columns.get(field), what, findings)
        kind = payer(row.label, POSSIBLE) or Party.MUNICIPALITIES
        place = Ref(sheet.name, a1(row.row, columns["party"]))
        fee = sheet.cell(row.row, columns["fee"]) if "fee" in columns else BLANK
        parties.append(
            FeeParty(row.label, kind, numbers["key"], numbers["fee"], place, fee.is_unknown)
        )
        rows.append(row.row)
    year = table.period.year if table.period else None
    fees = FeesTable(year, table.unit, _pool(sheet, table, findings), tuple(parties))
    return ReadFees(table, fees, tuple(rows), tuple(findings))


def _number(
    sheet: SheetGrid,
    table: Table,
    row: int,
    column: int | None,
    what: str,
    findings: list[Finding],
) -> Fraction | None:
    if column is None:
        return None
    cell = sheet.cells.get((row, column), BLANK)
    reading = values.read(cell, Ref(table.sheet, a1(row, column)), what)
    if reading.finding is not None:
        findings.append(reading.finding)
    if reading.bad or reading.number is None:
        return None
    number = reading.number
    if number.unit in KRONOR and table.unit in KRONOR and number.unit != table.unit:
        findings.append(
            Finding.at(
                Ref(table.sheet, a1(row, column)),
                "warning",
                "blandade-enheter",
                f"{what} är skriven i {number.unit} i en tabell i {table.unit}. Den räknas om.",
                stated=cell.value,
            )
        )
        return converted(number.value, number.unit, table.unit)
    return number.value


def _pool(sheet: SheetGrid, table: Table, findings: list[Finding]) -> Fraction | None:
    """The amount beside a label such as "Pott" above the table."""
    for row, column in _above(sheet, table.header_row):
        value = sheet.cell(row, column).value
        if type(value) is str and is_pot(without_unit(value)):
            for right in range(column + 1, column + 4):
                found = _number(sheet, table, row, right, "Potten", findings)
                if found is not None or sheet.cell(row, right).is_unknown:
                    return found
    return None
