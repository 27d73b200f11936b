"""What is said of Impactindex tables: those without a social budget, rows without an area."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_xl.actions.index_results import UnitResult, match
from finsam_xl.model import Finding, Ref
from finsam_xl.sheets.tables import Row, Table


def without_table(found: Sequence[UnitResult], filled: Sequence[UnitResult]) -> Iterator[Finding]:
    """A note per unit whose index no table in the workbook shows."""
    for result in found:
        table = result.budget.table
        if not any(result is one for one in filled) and result.unit_index.areas:
            yield Finding.at(
                Ref.at(table.sheet, table.header_row, table.columns[0].number),
                "info",
                "tabell-saknas",
                f"{result.unit_index.unit} har ingen Impactindex-tabell i arbetsboken; "
                "indexet syns bara i rapporten.",
                stated=result.unit_index.unit,
            )


def same_unit_twice(found: Sequence[UnitResult]) -> Iterator[Finding]:
    """A warning per budget whose unit and year an earlier budget also has."""
    for number, result in enumerate(found):
        table = result.budget.table
        first = match(result.unit_index.unit, table, found[:number])
        if first is not None:
            yield Finding.at(
                Ref.at(table.sheet, table.header_row, table.columns[0].number),
                "warning",
                "enhet-dubbel",
                f"{result.unit_index.unit} har en social budget även på bladet "
                f"{first.budget.table.sheet}, och den används i Impactindex-tabellen. "
                "Ge den ena ett annat namn eller år.",
                stated=result.unit_index.unit,
            )


def no_basis(table: Table, name: str) -> Finding:
    """A table whose unit has no social budget in the workbook."""
    return Finding.at(
        Ref.at(table.sheet, table.header_row, table.columns[0].number),
        "warning",
        "underlag-saknas",
        f"Det finns ingen social budget för ”{name}” i arbetsboken, så tabellen är orörd. "
        "Kontrollera att enheten heter likadant på båda ställena.",
        stated=name,
    )


def nothing_usable(table: Table, result: UnitResult) -> Finding:
    """A table whose social budget has no row that can be calculated."""
    return Finding.at(
        Ref.at(table.sheet, table.header_row, table.columns[0].number),
        "warning",
        "inget-att-rakna",
        f"Ingen rad i den sociala budgeten för {result.unit_index.unit} går att räkna, så "
        f"tabellen är orörd. Rätta raderna på bladet {result.budget.table.sheet} först.",
        stated=result.unit_index.unit,
    )


def areas_missing(table: Table, result: UnitResult, missing: Sequence[str]) -> Finding:
    """A table that leaves out areas its total counts."""
    return Finding.at(
        Ref.at(table.sheet, table.header_row, table.column("area") or 1),
        "warning",
        "malomrade-saknas",
        f"Tabellen för {result.unit_index.unit} saknar raden {', '.join(missing)}, som finns i "
        "den sociala budgeten och räknas i totalen. Lägg till raden.",
        stated=", ".join(missing),
    )


def unknown_area(table: Table, row: Row, result: UnitResult) -> Finding:
    """A row whose area the social budget does not have."""
    known = ", ".join(area.name for area in result.unit_index.areas)
    return Finding.at(
        Ref.at(table.sheet, row.row, table.column("area") or 1),
        "warning",
        "okant-malomrade",
        f"Målområdet ”{row.label}” finns inte i den sociala budgeten för {result.unit_index.unit}, "
        f"som har: {known}. Raden är orörd.",
        stated=row.label,
    )
