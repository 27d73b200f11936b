"""Tables of index by unit and goal area, known by the social budgets of the same workbook.

Its rows are units and its columns areas, or the other way round. Units are known by the
budgets' titles and sheets; areas by their names or, where the budgets have no names for
them, by their order. Without any budget the figures tell: all between 0 and 100, and the
last column between the least and the largest of its row, under a title that says index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from finsam_xl.labels import normalise, split_number
from finsam_xl.periods import Period
from finsam_xl.reading.unit_names import Names, names
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import SheetGrid
from finsam_xl.sheets.tables import Column, Row, Table
from finsam_xl.words.measures import is_index
from finsam_xl.words.totals import begins_as_sum, is_everyone

WHOLE = "all"
"""The field of the column that is of all areas together."""
AREA = "area"
"""What the fields of the other columns begin with: area1, area2, …"""
_TITLE_ROWS = 4
_LONGEST = 60
_LARGEST_GAP = 1
_MOST = 100
_LEAST = 2


class Known(NamedTuple):
    """A social budget as a matrix may speak of it: the names it goes by, and its areas."""

    table: Table
    areas: tuple[str, ...]
    names: Names

    @classmethod
    def of(cls, table: Table, areas: Iterable[str]) -> Known:
        """A social budget by its table."""
        return cls(table, tuple(areas), Names((*names(table), table.sheet)))

    def is_called(self, label: str) -> bool:
        """Whether a label is one of the unit's names."""
        return self.names.holds(label)


class _Grid(NamedTuple):
    """A candidate: where its headings and labels stand."""

    header: int
    label: int
    rows: tuple[int, ...]
    columns: tuple[int, ...]


def is_matrix(table: Table) -> bool:
    """Whether an index table has a column for each area."""
    return table.kind == "impact_index" and table.column(WHOLE) is not None


def as_overview(table: Table) -> Table:
    """The matrix as tables of counts are read: its units as labels."""
    columns = (c._replace(field="label") if c.field == "entity" else c for c in table.columns)
    return table._replace(kind="index_overview", columns=tuple(columns))


def recognise(sheet: SheetGrid, known: Sequence[Known]) -> list[Table]:
    """The matrices on a sheet, from the top."""
    if sheet.large or not _may_occur(sheet, known):
        return []
    found: list[Table] = []
    for grid in _grids(sheet):
        if found and grid.header <= found[-1].rows[-1].row:
            continue
        table = _table(sheet, grid, known)
        if table is not None:
            found.append(table)
    return found


def _may_occur(sheet: SheetGrid, known: Sequence[Known]) -> bool:
    """Whether a sheet speaks of two units, or of an index."""
    short = [text for text in sheet.texts if len(text) <= _LONGEST]
    if any(map(is_index, (*short, sheet.name))):
        return True
    said = frozenset(map(normalise, short))
    named = (one for one in known if one.names.are_among(said))
    return len(list(islice(named, _LEAST))) == _LEAST


def _grids(sheet: SheetGrid) -> Iterator[_Grid]:
    """Heading rows of texts, with labels below on the left and nothing but figures inside."""
    for row, cells in sheet.rows():
        texts = [(c, cell.value) for c, cell in cells if isinstance(cell.value, str)]
        if len(texts) < _LEAST or any(Period.find(str(text)) for _, text in texts[1:]):
            continue
        label = texts[0][0]
        columns = [c for c, _ in texts[1:]]
        if sheet.cell(row + 1, label).text == "":
            continue
        if columns != list(range(columns[0], columns[0] + len(columns))):
            continue
        rows = _labelled(sheet, row, label)
        if rows and all(_is_index(sheet, r, c) for r in rows for c in columns):
            yield _Grid(row, label, rows, tuple(columns))


def _labelled(sheet: SheetGrid, header: int, label: int) -> tuple[int, ...]:
    rows: list[int] = []
    gap = 0
    for row in range(header + 1, sheet.height + 1):
        gap = 0 if sheet.cell(row, label).text else gap + 1
        if gap > _LARGEST_GAP:
            break
        if not gap:
            rows.append(row)
    return tuple(rows)


def _is_index(sheet: SheetGrid, row: int, column: int) -> bool:
    """Whether a cell is blank, a formula, or a figure from 0 to 100."""
    cell = sheet.cell(row, column)
    if cell.value is None or cell.formula is not None:
        return True
    value = sheet.cell(row, column).number
    return value is not None and 0 <= value <= _MOST


def _table(sheet: SheetGrid, grid: _Grid, known: Sequence[Known]) -> Table | None:
    headings = {c: sheet.cell(grid.header, c).text for c in grid.columns}
    whole = _whole(headings, known)
    areas = [c for c in grid.columns if c != whole]
    titles = _titles(sheet, grid)
    if whole is None or len(areas) < _LEAST:
        return None
    why = _evidence(sheet, grid, known, headings, (whole, areas), titles)
    if not why:
        return None
    columns = [Column(grid.label, sheet.cell(grid.header, grid.label).text, "entity")]
    columns += [
        Column(c, headings[c], f"{AREA}{at}", "outcome") for c, at in _numbered(headings, areas)
    ]
    columns.append(Column(whole, headings[whole], WHOLE, "outcome"))
    rows = tuple(_row(sheet, grid, row, known) for row in grid.rows)
    return Table(
        sheet=sheet.name,
        kind="impact_index",
        title=titles[0] if titles else sheet.name,
        titles=titles,
        period=next((p for t in (*titles, sheet.name) if (p := Period.find(t))), None),
        header_row=grid.header,
        columns=tuple(columns),
        rows=rows,
        score=1.0 if known else 0.7,
        why=why,
        unit="index",
    )


def _numbered(headings: dict[int, str], areas: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The columns of areas with their numbers: those their headings end in, else their order."""
    said = [headings[c].split()[-1] for c in areas]
    wanted = [str(at) for at in range(1, len(areas) + 1)]
    numbers = said if sorted(said) == sorted(wanted) else wanted
    return zip(areas, map(int, numbers), strict=True)


def _row(sheet: SheetGrid, grid: _Grid, row: int, known: Sequence[Known]) -> Row:
    label = sheet.cell(row, grid.label).text
    is_unit = any(one.is_called(label) for one in known)
    is_total = not is_unit and (begins_as_sum(label) or is_everyone(label))
    return Row(row, "total" if is_total else "line", label)


def _whole(headings: dict[int, str], known: Sequence[Known]) -> int | None:
    """The column of all areas: the last, where it is no area and says that it is the whole."""
    last = max(headings)
    text = headings[last]
    if _area_number(text, known) is not None:
        return None
    is_whole = begins_as_sum(text) or is_everyone(text) or is_index(text)
    return last if is_whole else None


def _area_number(text: str, known: Sequence[Known]) -> int | None:
    """Which area of some budget a heading names."""
    wanted = split_number(text)[1]
    for one in known:
        for at, area in enumerate(one.areas):
            if wanted and split_number(area)[1] == wanted:
                return at
    return None


def _evidence(
    sheet: SheetGrid,
    grid: _Grid,
    known: Sequence[Known],
    headings: dict[int, str],
    parts: tuple[int, Sequence[int]],
    titles: Sequence[str],
) -> str:
    """Why a candidate is a matrix of units and areas, '' if it is none."""
    whole, areas = parts
    labels = [sheet.cell(row, grid.label).text for row in grid.rows]
    units = [label for label in labels if any(one.is_called(label) for one in known)]
    named = [c for c in areas if _area_number(headings[c], known) is not None]
    if units and (len(named) >= _LEAST or _says_it(titles, headings.values())):
        return f"{len(units)} rader är enheter med social budget, {len(named)} kolumner områden"
    if len(named) >= _LEAST and 2 * len(named) > len(areas):
        return f"{len(named)} kolumner är områden i arbetsbokens sociala budgetar"
    is_between = all(_is_between(sheet, row, areas, whole) for row in grid.rows)
    if not known and is_between and any(map(is_index, titles)):
        return "rubriken säger index och helheten ligger mellan områdena på varje rad"
    return ""


def _says_it(titles: Iterable[str], headings: Iterable[str]) -> bool:
    return any(map(is_index, (*titles, *headings)))


def _is_between(sheet: SheetGrid, row: int, areas: Sequence[int], whole: int) -> bool:
    """Whether the whole lies between the least and the largest area, as an average does."""
    figures = [f for c in areas if (f := sheet.cell(row, c).number) is not None]
    total = sheet.cell(row, whole).number
    if total is None or len(figures) < len(areas):
        return False
    return min(figures) - 1 <= total <= max(figures) + 1 and total != sum(figures)


def _titles(sheet: SheetGrid, grid: _Grid) -> tuple[str, ...]:
    found = []
    for row in range(grid.header - 1, max(0, grid.header - 1 - _TITLE_ROWS), -1):
        texts = [sheet.cell(row, c).text for c in range(grid.label, max(grid.columns) + 1)]
        text = next((text for text in texts if text), "")
        if text:
            found.append(text)
    return tuple(found)


def area_of(table: Table, column: Column, areas: Sequence[str]) -> tuple[str | None, bool]:
    """The budget's area that a column is of, and whether its name says so.

    Where no column has the name of any area, and there are as many, it is the order that tells.
    """
    wanted = {split_number(area)[1]: area for area in areas if split_number(area)[1]}
    columns = [c for c in table.columns if c.field.startswith(AREA)]
    by_name = wanted.get(split_number(column.header)[1])
    if by_name is not None:
        return by_name, True
    nameless = not any(split_number(c.header)[1] in wanted for c in columns)
    if nameless and len(columns) == len(areas) and all(len(normalise(a)) <= 3 for a in areas):
        return areas[columns.index(column)], False
    return None, False
