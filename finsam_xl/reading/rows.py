"""The rows of a table of amounts: what each is, and which are added to which.

Evidence in its order: the formulas in the row's own cells; sums that hold in several columns;
where and how a row is written; what it is called. One wrong figure lowers how well a sum fits
and changes nothing else.

>>> lines = [("Råd", 70, 72), ("Byrå", 300, 310), ("Alltihop", 370, 382)]
>>> rows = [RawRow(n, (name,), amounts=(a, b)) for n, (name, a, b) in enumerate(lines, 2)]
>>> read = read_rows(rows, ("budget", "budget"), "budget")
>>> [row.role for row in read.rows], read.sums[0].parts
(['line', 'line', 'total'], ((0, 1), (1, 1)))
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from finsam_xl.model_budget import SIGNED, BudgetRow, Sum
from finsam_xl.reading.row_found import Found
from finsam_xl.reading.row_reasons import Evidence, of_roles, of_sum
from finsam_xl.reading.row_results import carried
from finsam_xl.reading.row_roles import first_roles
from finsam_xl.reading.row_sections import section_names, summed_sections
from finsam_xl.reading.row_sides import (
    corrected_sides,
    from_results,
    inherit,
    named_sides,
    sign,
)
from finsam_xl.reading.row_sums import SumReader
from finsam_xl.reading.row_table import RawRow, RowTable
from finsam_xl.records import NamedTuple

__all__ = ["Evidence", "RawRow", "RowsRead", "read_rows"]
_HOLDS = 0.66


class RowsRead(NamedTuple):
    """The rows as read, their sums, the table's sign, and what roles and sums rest on.

    ``role_evidence`` is in the order of the rows, ``sum_evidence`` in that of the sums.
    """

    rows: tuple[BudgetRow, ...]
    sums: tuple[Sum, ...]
    sign: str
    role_evidence: tuple[Evidence, ...]
    sum_evidence: tuple[Evidence, ...]


def read_rows(
    rows: Sequence[RawRow], scenarios: Sequence[str], kind: str, said_sign: str = ""
) -> RowsRead:
    """Read the rows of a table.

    ``scenarios``: what its columns of figures are; ``said_sign``: its sign where a person says it.
    """
    table = RowTable(rows, scenarios, kind, said_sign)
    table.roles = first_roles(table)
    table.sections = section_names(table)
    table.income = named_sides(table)
    table.signed = sign(table) == SIGNED
    found = SumReader(table).read()
    _carry(table, found)
    parents = _parents(table, found)
    _settle_sides(table, found, parents)
    table.sections = summed_sections(table, found)
    return _as_read(table, found, parents)


def _carry(table: RowTable, found: dict[int, Found]) -> None:
    """Equity that is carried on by its figures, where no word opens or closes it."""
    if {"equity_open", "equity_close"} & set(table.roles):
        return
    for row, one in found.items():
        opening = carried(table, row, one.parts)
        if opening is not None and not (table.is_settled(row) or table.is_settled(opening)):
            table.roles[opening], table.roles[row] = "equity_open", "equity_close"
            parts = tuple(sorted(one.parts, key=lambda part: part[0] != opening))
            found[row] = one._replace(parts=parts, how="equity")


def _settle_sides(table: RowTable, found: Mapping[int, Found], parents: Mapping[int, int]) -> None:
    """The sides of all rows once their sums are known, and the sign of the table."""
    heads = {row: one.parts for row, one in found.items() if one.how == "lines-after"}
    table.income = named_sides(table, heads)
    inherit(table, heads, parents)
    sums = {row: one.parts for row, one in found.items()}
    results = [
        row
        for row, one in found.items()
        if table.roles[row] == "result" and one.fit.held and one.fit.share >= _HOLDS
    ]
    _resign(table, found, results)
    for row, income in {
        **from_results(table, sums, results),
        **corrected_sides(table, sums),
    }.items():
        table.income[row] = income


def _resign(table: RowTable, found: Mapping[int, Found], results: Sequence[int]) -> None:
    """The sign that the results show: costs that are added must be written with a minus."""
    if table.said_sign:
        return
    factors = [
        factor
        for row in results
        for part, factor in found[row].parts
        if table.roles[part] in ("line", "total")
    ]
    if any(factor < 0 for factor in factors):
        table.signed = False
        return
    added = [
        value
        for row in results
        for part, _ in found[row].parts
        if table.roles[part] in ("line", "total")
        for value in table.figures.values[part]
        if value
    ]
    if any(value < 0 for value in added) and any(value > 0 for value in added):
        table.signed = True
    else:
        table.signed = sign(table) == SIGNED


def _as_read(table: RowTable, found: Mapping[int, Found], parents: Mapping[int, int]) -> RowsRead:
    rows = tuple(
        BudgetRow(
            raw.row,
            table.roles[n],
            table.names[n].text,
            table.names[n].code,
            table.sections[n],
            2 if n in parents else table.names[n].level,
            parents.get(n),
            table.income[n],
            tuple(raw.amounts) if table.roles[n] not in ("section", "note") else _blank(raw),
            raw.unreadable if table.roles[n] not in ("section", "note") else frozenset(),
            raw.corrected.meant if raw.corrected else "",
            raw.corrected is not None,
        )
        for n, raw in enumerate(table.raw)
    )
    return RowsRead(
        rows,
        tuple(Sum(row, one.parts, one.how) for row, one in found.items()),
        SIGNED if table.signed else "positive-costs",
        of_roles(table, found),
        tuple(of_sum(table, row, one) for row, one in found.items()),
    )


def _blank(raw: RawRow) -> tuple[None, ...]:
    return (None,) * len(raw.amounts)


def _parents(table: RowTable, found: Mapping[int, Found]) -> dict[int, int]:
    """The line that each line inside another is inside.

    Lines are that by their name, or as they are written further in than a line that a total
    adds up, and are themselves in no sum.
    """
    parents: dict[int, int] = {}
    added = {part for one in found.values() for part, _ in one.parts}
    parent: int | None = None
    for row, role in enumerate(table.roles):
        is_left = role == "line" and row not in (added | found.keys())
        is_left = is_left and not table.is_settled(row)
        is_in = parent is not None and parent in added and table.depth(row) > table.depth(parent)
        if parent is not None and (role == "subline" or (is_left and is_in)):
            table.roles[row] = "subline"
            parents[row] = parent
        elif role == "line":
            parent = row
        elif role in ("section", "total", "result"):
            parent = row if row in found and found[row].how == "varav" else None
    return parents
