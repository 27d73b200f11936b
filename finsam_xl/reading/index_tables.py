"""Impactindex tables: one block per unit, or one long table with a column for the unit.

Headings name the columns, as wholes or by their words; the areas are those of the social
budgets in the same workbook. A row is the total where it says so and adds up, or where all
that can be added is the sum of the rows above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from finsam_xl.labels import split_number
from finsam_xl.periods import Period
from finsam_xl.reading.count_heads import Head, titles_above
from finsam_xl.reading.count_kinds import IMPACT_INDEX
from finsam_xl.reading.count_known import InBook
from finsam_xl.reading.count_match import Match, matches
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.sheets.tables import (
    Column,
    Row,
    Table,
    double_findings,
)
from finsam_xl.words.totals import begins_as_sum, is_everyone

_LARGEST_GAP = 2
_ADDED = ("goals", "indicators", "maximum", "achieved")
Columns = Sequence[Column]


def recognise(
    sheet: SheetGrid, areas: AbstractSet[str], taken: Sequence[Table] = ()
) -> list[Table]:
    """The Impactindex tables on a sheet, from the top; a long table is one per unit.

    ``areas``: the names of the goal areas in the workbook's social budgets, without numbers;
    ``taken``: the tables of the sheet that are read already.
    """
    known = InBook(areas=frozenset(areas))
    found = matches(sheet, (IMPACT_INDEX,), known, taken)
    tables: list[Table] = []
    stop = 0
    ends = [*(head.row for head, _ in found[1:]), None]
    for (head, match), end in zip(found, ends, strict=False):
        titles = titles_above(head, stop)
        for entity, rows in _blocks(sheet, head.row, match, end, areas):
            tables.append(_table(sheet, head, match, (entity,) if entity else titles, rows))
            stop = rows[-1].row
    overall = tables[0].titles[-1:] if tables else ()
    return [
        t if t.period else t._replace(period=_period((*t.titles, *overall, sheet.name)))
        for t in tables
    ]


def labelled(table: Table) -> Table:
    """The table with its areas as labels, as tables of counts are read."""
    columns = (c._replace(field="label") if c.field == "area" else c for c in table.columns)
    return table._replace(columns=tuple(columns))


def _period(texts: tuple[str, ...]) -> Period | None:
    return next((period for text in texts if (period := Period.find(text))), None)


def _table(
    sheet: SheetGrid, head: Head, match: Match, titles: tuple[str, ...], rows: list[Row]
) -> Table:
    found = len({column.field for column in match.columns})
    shown = len(IMPACT_INDEX.fields) - 1
    return Table(
        sheet=sheet.name,
        kind="impact_index",
        title=titles[0] if titles else sheet.name,
        titles=titles,
        period=_period(titles),
        header_row=head.row,
        columns=tuple(_scenario(column) for column in match.columns),
        rows=tuple(rows),
        score=round(min(1.0, found / shown), 2),
        why=f"{found} av {shown} rubriker för ett Impactindex på rad {head.row}",
        findings=double_findings(sheet.name, head.row, match.columns, match.doubles),
    )


def _scenario(column: Column) -> Column:
    return column._replace(scenario={"share": "share"}.get(column.field, "outcome"))


def _blocks(
    sheet: SheetGrid, head: int, match: Match, end: int | None, areas: AbstractSet[str]
) -> Iterator[tuple[str, list[Row]]]:
    """The rows below a heading row, split where a column names another unit."""
    header = match.columns
    by_field = {column.field: column.number for column in header}
    below = range(head + 1, end or sheet.height + 1)
    labels = {row: sheet.cell(row, by_field["area"]).shown for row in below}
    if "entity" not in by_field:
        rows = _block(sheet, header, labels, areas)
        if rows:
            yield "", rows
        return
    entity, rows = "", []
    for row, label in labels.items():
        named = sheet.cell(row, by_field["entity"]).shown
        if named and rows and named != entity:
            yield entity, _with_total(sheet, header, rows, areas)
            rows = []
        entity = named or entity
        if label:
            rows.append(Row(row, "line", label))
    if rows:
        yield entity, _with_total(sheet, header, rows, areas)


def _block(
    sheet: SheetGrid, header: Columns, labels: dict[int, str], areas: AbstractSet[str]
) -> list[Row]:
    """One unit's rows: down to the total, else to a gap or to the first row without figures."""
    rows: list[Row] = []
    blanks = 0
    for row, label in labels.items():
        blanks = 0 if label else blanks + 1
        if blanks > _LARGEST_GAP:
            break
        if label:
            rows.append(Row(row, "line", label))
            if _is_total(sheet, header, rows, areas):
                rows[-1] = rows[-1]._replace(role="total")
                return rows
    figures = [any(_has_figure(sheet, r.row, c) for c in header) for r in rows]
    return rows[: figures.index(False, 1)] if False in figures[1:] else rows


def _with_total(
    sheet: SheetGrid, header: Columns, rows: list[Row], areas: AbstractSet[str]
) -> list[Row]:
    """The rows of one unit, with its total known as such."""
    return [
        row._replace(role="total") if _is_total(sheet, header, rows[: at + 1], areas) else row
        for at, row in enumerate(rows)
    ]


def _is_total(
    sheet: SheetGrid, header: Columns, rows: Sequence[Row], areas: AbstractSet[str]
) -> bool:
    """Whether the last of some rows is the total of those above it."""
    label = rows[-1].label
    adds_up = _adds_up(sheet, header, rows)
    if split_number(label)[1] in areas:
        return False
    if begins_as_sum(label):
        return True
    # "Alla …" and "Hela …" may begin an area's name: where the figures tell, they decide.
    return bool(adds_up) or (adds_up is None and is_everyone(label))


def _adds_up(sheet: SheetGrid, header: Columns, rows: Sequence[Row]) -> bool | None:
    """Whether all that can be added is the sum of the rows above; ``None``: nothing to add."""
    answers = []
    for column in header:
        if column.field not in _ADDED:
            continue
        figures = [sheet.cell(row.row, column.number).number for row in rows]
        *lines, total = figures
        if total is not None and len(lines) > 1 and None not in lines:
            answers.append(sum(f for f in lines if f is not None) == total)
    return all(answers) if answers else None


def _has_figure(sheet: SheetGrid, row: int, column: Column) -> bool:
    value = sheet.cell(row, column.number)
    return isinstance(value.value, int | float) or value.formula is not None
