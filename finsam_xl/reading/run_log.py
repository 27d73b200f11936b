"""The hidden sheet *Finsam-logg*: what runs have written, and which of it still stands.

Every cell that a run changed has a row, keyed by the first text of its row and of its column;
its address is a hint. A figure that a run wrote and that nobody has changed since is ours: the
next run takes it away and calculates anew. What a person has typed over is hers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from finsam_xl.address import position
from finsam_xl.periods import is_year
from finsam_xl.reading.as_changed import with_values
from finsam_xl.reading.finsam_sheet import text
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import BLANK, Cell, Grid, SheetGrid, Value, is_same

OWNER, NAME = "logg", "Finsam-logg"
HEADINGS = (
    "Körning", "När", "Vem", "Åtgärd", "Blad", "Cell", "Rad", "Kolumn", "Förut", "Nu", "Varför",
    "Formel förut", "Formel nu", "Färg förut", "Färg nu", "Ny cell", "Ångrar", "Version",
    "Underlag",
)  # fmt: skip
FRESH = "ja"
NEW_SHEET, AGAIN = "nytt blad", "ersatt"
_LONGEST_ANCHOR = 120
Place = tuple[int, int]


class Entry(NamedTuple):
    """A row of the log: a run as such (no sheet), a sheet it made (no cell), or a cell.

    ``label`` and ``heading``: the first text of its row and of its column; ``is_fresh``: nothing,
    not even a format, was there before; ``undoes``: the run that is taken back; ``source``: what
    a run rests on, and the file that a figure is taken from.
    """

    run: str
    when: str = ""
    who: str = ""
    action: str = ""
    sheet: str = ""
    cell: str = ""
    label: str = ""
    heading: str = ""
    old: Value = None
    new: Value = None
    why: str = ""
    old_formula: str = ""
    formula: str = ""
    old_mark: str = ""
    new_mark: str = ""
    is_fresh: bool = False
    undoes: str = ""
    version: str = ""
    source: str = ""


def entries(grid: Grid) -> tuple[Entry, ...]:
    """The rows of a workbook's log, the oldest first; read once for all who ask."""
    if entries not in grid.kept:
        sheets = [sheet for sheet in grid.sheets if sheet.owner == OWNER]
        grid.kept[entries] = tuple(e for sheet in sheets[:1] for e in _read(sheet))
    found: tuple[Entry, ...] = grid.kept[entries]
    return found


def _read(sheet: SheetGrid) -> Iterator[Entry]:
    columns: list[int] = []
    for _, cells in sheet.rows():
        row = dict(cells)
        if not columns:
            named = {text(cell): column for column, cell in cells}
            columns = [named.get(heading, 0) for heading in HEADINGS]
            columns = columns if all(columns) else []
            continue
        held = [row.get(column, BLANK) for column in columns]
        values = [cell.value for cell in held]
        told = [cell.value if type(cell.value) is str else text(cell) for cell in held]
        what = (*values[8:10], *told[10:15], told[15] == FRESH)
        yield Entry._make((*told[:8], *what, *told[16:]))


def standing(log: Iterable[Entry]) -> list[Entry]:
    """The rows of cells whose runs have not been taken back."""
    log = list(log)
    undone = {one.undoes for one in log if one.undoes}
    return [one for one in log if one.cell and not one.undoes and one.run not in undone]


# Finding cells again ---------------------------------------------------------------------------


class Anchors:
    """What the cells of a sheet are called, however they move: by their rows and columns.

    The first text of the row and that of the column: results lie further in.
    """

    def __init__(self, sheet: SheetGrid) -> None:
        self.rows: dict[int, tuple[int, str]] = {}
        self.columns: dict[int, tuple[int, str]] = {}
        for (row, column), cell in sheet.cells.items():
            said = _said(cell)
            if said:
                self.rows[row] = min(self.rows.get(row, (column, said)), (column, said))
                self.columns[column] = min(self.columns.get(column, (row, said)), (row, said))

    def of(self, place: Place) -> tuple[str, str]:
        """The text of a cell's row, and that of its column."""
        (row, column), nothing = place, (0, "")
        at, label = self.rows.get(row, nothing)
        above, heading = self.columns.get(column, nothing)
        return label if at < column else "", heading if above < row else ""


def _said(cell: Cell) -> str:
    is_text = type(cell.value) is str
    if not (is_text or (type(cell.value) is int and is_year(cell.value))):
        return ""
    return text(cell)[:_LONGEST_ANCHOR]


class Cells:
    """The cells of a workbook by what the log calls them."""

    def __init__(self, grid: Grid) -> None:
        self.sheets = {sheet.name: sheet for sheet in grid.sheets if not sheet.owner}
        self._anchors: dict[str, Anchors] = {}
        self._alike: dict[tuple[str, str, str], list[Entry]] = {}
        for entry in sorted(_latest(standing(entries(grid))), key=lambda one: position(one.cell)):
            self._alike.setdefault((entry.sheet, entry.label, entry.heading), []).append(entry)

    def anchors(self, sheet: SheetGrid) -> Anchors:
        """What the cells of a sheet are called."""
        if sheet.name not in self._anchors:
            self._anchors[sheet.name] = Anchors(sheet)
        return self._anchors[sheet.name]

    def place(self, entry: Entry) -> tuple[SheetGrid, Place] | None:
        """Where the cell of a row of the log is now; ``None`` where that is not plain."""
        sheet = self.sheets.get(entry.sheet)
        if sheet is not None:
            place = position(entry.cell)
            is_there = self.anchors(sheet).of(place) == (entry.label, entry.heading)
            if is_there and is_same(sheet.cell(*place).value, entry.new):
                return sheet, place
            moved = self._moved(sheet, entry) or self._in_order(sheet, entry)
            return moved or ((sheet, place) if is_there else self._renamed(sheet, entry))
        found = [at for one in self.sheets.values() if (at := self._moved(one, entry))]
        return found[0] if len(found) == 1 else None

    def _moved(self, sheet: SheetGrid, entry: Entry) -> tuple[SheetGrid, Place] | None:
        """The only cell of that name with that value."""
        named = self._so_named(sheet, entry)
        alike = [place for place in named if is_same(sheet.cell(*place).value, entry.new)]
        return (sheet, alike[0]) if len(alike) == 1 else None

    def _so_named(self, sheet: SheetGrid, entry: Entry) -> list[Place]:
        """The cells of that name, from the top."""
        named = self.anchors(sheet)
        rows = sorted(row for row, (_, said) in named.rows.items() if said == entry.label)
        columns = sorted(c for c, (_, said) in named.columns.items() if said == entry.heading)
        places = ((row, column) for row in rows for column in columns)
        return [place for place in places if named.of(place) == (entry.label, entry.heading)]

    def _in_order(self, sheet: SheetGrid, entry: Entry) -> tuple[SheetGrid, Place] | None:
        """Where cells of one name have moved together: each still holds what was written in it."""
        alike = self._alike.get((entry.sheet, entry.label, entry.heading), [])
        places = self._so_named(sheet, entry)
        if len(places) != len(alike) or not all(
            is_same(sheet.cell(*place).value, one.new)
            for place, one in zip(places, alike, strict=True)
        ):
            return None
        mine = (at for at, one in zip(places, alike, strict=True) if one.cell == entry.cell)
        found = next(mine, None)
        return None if found is None else (sheet, found)

    def _renamed(self, sheet: SheetGrid, entry: Entry) -> tuple[SheetGrid, Place] | None:
        """The same cell with what was written in it, where its row or its column has a new name."""
        named, place = self.anchors(sheet), position(entry.cell)
        label, heading = named.of(place)
        labels = {said for _, said in named.rows.values()}
        headings = {said for _, said in named.columns.values()}
        has_new_label = heading == entry.heading and label and entry.label not in labels
        has_new_heading = label == entry.label and heading and entry.heading not in headings
        is_kept = is_same(sheet.cell(*place).value, entry.new)
        return (sheet, place) if is_kept and (has_new_label or has_new_heading) else None


Standing = Mapping[str, Mapping[Place, Entry]]


def ours(grid: Grid) -> Standing:
    """The cells that still hold the figure that a run calculated, by sheet and place.

    Formulas that a run wrote follow by themselves, and are not told.
    """
    return _figures(grid)[0]


def fetched(grid: Grid) -> Standing:
    """The cells that still hold the figure that a run took from a file, by sheet and place.

    Nothing in the workbook makes such a figure: it stays until the next one is fetched.
    """
    return _figures(grid)[1]


def _figures(grid: Grid) -> tuple[Standing, Standing]:
    """The figures of runs that still stand: those calculated, and those of files."""
    if _figures not in grid.kept:
        made: dict[str, dict[Place, Entry]] = {}
        taken: dict[str, dict[Place, Entry]] = {}
        for sheet, place, entry in _still_there(grid):
            (taken if entry.source else made).setdefault(sheet, {})[place] = entry
        grid.kept[_figures] = made, taken
    found: tuple[Standing, Standing] = grid.kept[_figures]
    return found


def _still_there(grid: Grid) -> Iterator[tuple[str, Place, Entry]]:
    cells = Cells(grid)
    for entry in _latest(standing(entries(grid))):
        if entry.new is None or entry.formula or is_same(entry.old, entry.new):
            continue
        at = cells.place(entry)
        if at is None:
            continue
        sheet, place = at
        cell = sheet.cell(*place)
        if cell.formula is None and is_same(cell.value, entry.new):
            yield sheet.name, place, entry


def _latest(log: Iterable[Entry]) -> Iterable[Entry]:
    """The last row of every cell, with what was there before any run wrote in it."""
    latest: dict[tuple[str, str, str, str], Entry] = {}
    by_name: dict[tuple[str, ...], Entry] = {}
    for one in log:
        name, cell = (one.sheet, one.label, one.heading), (one.sheet, one.cell)
        before = (latest.get((*name, one.cell)), by_name.get(name), by_name.get(cell))
        known = next((known for known in before if known and is_same(known.new, one.old)), None)
        entry = one._replace(old=known.old) if known is not None else one
        by_name[name] = by_name[cell] = latest[*name, one.cell] = entry
    return latest.values()


def of_cell(grid: Grid, sheet: str, place: Place) -> list[Entry]:
    """The rows of one cell, the oldest first, also from when it stood elsewhere."""
    cells, log = Cells(grid), [entry for entry in entries(grid) if entry.cell]
    known = cells.sheets.get(sheet)
    name = cells.anchors(known).of(place) if known is not None else ("", "")

    def is_here(entry: Entry) -> bool:
        there = (entry.sheet, position(entry.cell)) == (sheet, place)
        if there and (entry.label, entry.heading) == name:
            return True
        at = cells.place(entry)
        return at is not None and (at[0].name, at[1]) == (sheet, place)

    keys = {_key(entry) for entry in log if is_here(entry)}
    return [entry for entry in log if _key(entry) in keys]


def _key(entry: Entry) -> tuple[str, str, str, str]:
    """What the log calls a cell."""
    return entry.sheet, entry.label, entry.heading, entry.cell


def rewound(grid: Grid) -> Grid:
    """The workbook without the figures that are ours, as it was before they were written."""
    return with_values(grid, {name: dict.fromkeys(there) for name, there in ours(grid).items()})


def unwritten(grid: Grid) -> Grid:
    """The workbook without any figure that a run wrote, calculated or taken from a file."""
    places = [
        (name, place)
        for figures in _figures(grid)
        for name, there in figures.items()
        for place in there
    ]
    blank: dict[str, dict[Place, Value]] = {}
    for name, place in places:
        blank.setdefault(name, {})[place] = None
    return with_values(grid, blank)


def is_named(run: str, name: str) -> bool:
    """Whether a run is the one that a person names, by its beginning or by what it ends on."""
    return run.startswith(name) or run.endswith(f" {name}")


def runs(log: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """The runs of a log, the oldest first, each with its rows."""
    return [(run, list(rows)) for run, rows in groupby(log, key=lambda one: one.run)]
