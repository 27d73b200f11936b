"""What a report says, in reading order: title, sections, key figures, tables, pictures, texts.

A sheet is a lattice of cells that look different; who does not see it must be told what they are.
It is told by the roles: a title, a section, a key figure; ruled rows below bold ones are a table.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from finsam_xl.palette import ACCENT
from finsam_xl.records import NamedTuple
from finsam_xl.report import look
from finsam_xl.sheetplan import Chart, PlannedCell, Role, SheetPlan


class Heading(NamedTuple):
    """The title of the report (``level`` 1) or of a part of it (2)."""

    level: int
    cell: PlannedCell


class Text(NamedTuple):
    """A text of its own: the answer, what the report is about, a note."""

    cell: PlannedCell


class KeyFigures(NamedTuple):
    """Figures beside each other, each as its label, itself and what it means."""

    figures: tuple[tuple[PlannedCell, ...], ...]


class TableCell(NamedTuple):
    """One cell of a table; ``cell`` is None where nothing stands. ``span``: columns it fills."""

    cell: PlannedCell | None
    span: int
    is_heading: bool


class TableRow(NamedTuple):
    """A row from the left; all rows of a table fill as many columns."""

    row: int
    cells: tuple[TableCell, ...]
    is_heading: bool


class Table(NamedTuple):
    """Headings, if there are any, and the rows below them."""

    rows: tuple[TableRow, ...]


class Picture(NamedTuple):
    """A chart."""

    chart: Chart


Block = Heading | Text | KeyFigures | Table | Picture


class Outline(NamedTuple):
    """The blocks of a report; ``repeated``: rows that say again what the page before said."""

    blocks: tuple[Block, ...]
    repeated: frozenset[int]


def cells(block: Block) -> Iterator[PlannedCell]:
    """The cells of a block in the order they are read."""
    match block:
        case Heading(_, cell) | Text(cell):
            yield cell
        case KeyFigures(figures):
            for figure in figures:
                yield from figure
        case Table(rows):
            for row in rows:
                yield from (one.cell for one in row.cells if one.cell is not None)
        case Picture():
            pass


class _Row(NamedTuple):
    """The printed cells of a row, from the left."""

    number: int
    cells: tuple[PlannedCell, ...]

    @property
    def is_ruled(self) -> bool:
        """Whether it belongs to a table."""
        return any(cell.role.bottom for cell in self.cells)

    @property
    def is_heading(self) -> bool:
        """Whether it is the headings of a table."""
        return any(_is_heading(cell.role) for cell in self.cells)

    @property
    def is_key_label(self) -> bool:
        """Whether it is the labels above key figures."""
        return any(cell.role == look.KEY_LABEL for cell in self.cells)

    @property
    def texts(self) -> tuple[object, ...]:
        """What stands in it, and where."""
        return tuple((cell.column, cell.value) for cell in self.cells)


def outline(plan: SheetPlan) -> Outline:
    """What a report says, in the order it is read."""
    rows = printed(plan)
    made: list[tuple[int, Block]] = []
    repeated: set[int] = set()
    while rows:
        taken = _taken(rows)
        block, rows = rows[:taken], rows[taken:]
        if block[0].is_ruled:
            again = {row.number for row in _again(block, plan.page.breaks)}
            repeated |= again
            kept = [row for row in block if row.number not in again]
            made.append((block[0].number, _table(kept, plan)))
        else:
            made += ((block[0].number, one) for one in _texts(block))
    starts = [row for row, _ in made]
    for chart in reversed(plan.charts):
        place = bisect_right(starts, chart.row)
        made.insert(place, (chart.row, Picture(chart)))
    return Outline(tuple(block for _, block in made), frozenset(repeated))


def printed(plan: SheetPlan) -> list[_Row]:
    """The rows that are printed, those in which a cell is planned."""
    page = plan.page
    rows: dict[int, list[PlannedCell]] = {}
    for cell in sorted(plan.cells, key=lambda cell: (cell.row, cell.column)):
        is_inside = cell.row <= page.last_row and cell.column <= page.last_column
        if is_inside and cell.column not in plan.hidden:
            rows.setdefault(cell.row, []).append(cell)
    return [_Row(number, tuple(cells)) for number, cells in rows.items()]


def _taken(rows: Sequence[_Row]) -> int:
    """How many rows the first block is."""
    first = rows[0]
    if first.is_ruled:
        return _table_length(rows)
    return min(_KEY_ROWS, len(rows)) if first.is_key_label else 1


_KEY_ROWS = 3
"""The label, the figure, and what it means."""


def _table_length(rows: Sequence[_Row]) -> int:
    """How many rows belong to the first table: ruled ones without a gap or other headings."""
    length = 1
    while length < len(rows):
        row = rows[length]
        is_next = row.is_ruled and row.number == rows[length - 1].number + 1
        is_other = row.is_heading and row.texts != rows[0].texts and not rows[length - 1].is_heading
        if not is_next or is_other:
            break
        length += 1
    return length


def _again(rows: Sequence[_Row], breaks: Sequence[int]) -> Iterator[_Row]:
    """The headings that stand once more where a page begins."""
    yield from (row for row in rows[1:] if row.texts == rows[0].texts and row.number in breaks)


def _is_heading(role: Role) -> bool:
    return role.strong and role.bottom == ACCENT


def _texts(rows: Sequence[_Row]) -> Iterator[Block]:
    """Rows outside tables: key figures column by column, and texts one by one."""
    if rows[0].is_key_label:
        yield from _key_figures(rows)
        return
    for cell in filter(_is_told, rows[0].cells):
        if cell.role == look.TITLE:
            yield Heading(1, cell)
        elif cell.role._replace(wrap=False) == look.SECTION:
            yield Heading(2, cell)
        else:
            yield Text(cell)


def _key_figures(rows: Sequence[_Row]) -> Iterator[KeyFigures]:
    """Labels with what stands below each; a place may be left empty."""
    told = [{cell.column: cell for cell in row.cells if _is_told(cell)} for row in rows]
    columns = [cell.column for cell in rows[0].cells]
    figures = [tuple(row[column] for row in told if column in row) for column in columns]
    if any(figures):
        yield KeyFigures(tuple(filter(None, figures)))


def _is_told(cell: PlannedCell) -> bool:
    """Whether anything stands in a cell."""
    return cell.value is not None and cell.value != ""


def _table(rows: Sequence[_Row], plan: SheetPlan) -> Table:
    """The rows of a table, in the columns in which something begins."""
    merged = {(top, left): right for top, left, _, right in plan.merges}
    columns = sorted({cell.column for row in rows for cell in row.cells if _is_told(cell)})
    return Table(
        tuple(
            TableRow(row.number, tuple(_cells(row, columns, merged)), row.is_heading)
            for row in rows
        )
    )


def _cells(
    row: _Row, columns: Sequence[int], merged: Mapping[tuple[int, int], int]
) -> Iterator[TableCell]:
    there = {cell.column: cell for cell in row.cells}
    at = 0
    while at < len(columns):
        column = columns[at]
        cell = there.get(column)
        last = merged.get((row.number, column), column)
        span = bisect_right(columns, last) - at
        told = cell if cell is not None and _is_told(cell) else None
        is_heading = told is not None and (row.is_heading or at == 0)
        yield TableCell(told, span, is_heading)
        at += span
