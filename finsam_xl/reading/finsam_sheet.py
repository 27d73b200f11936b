"""The sheet *Finsam* as people leave it: the corrections they have typed there.

Rows may have been sorted or moved and columns inserted; what is read is what stands under the
headings. Each row tells in its last, hidden column what it is about.
"""

from __future__ import annotations

from collections.abc import Iterator

from finsam_xl.formulas.prefixes import first_sheet
from finsam_xl.labels import normalise, one_line
from finsam_xl.model import Ref
from finsam_xl.reading.corrections import Correction, Key, Part
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid

OWNER, NAME = "finsam", "_finsam_rapport_finsam"
WHERE, STANDS, READ, SURE, WHY, MEND, KEY = (
    "Var", "Står", "Läses som", "Säkert", "Därför", "Rätta till", "Nyckel",
)  # fmt: skip
WORD, MEANS = "Ord här", "Betyder"
HEADINGS = (WHERE, STANDS, READ, SURE, WHY, MEND, KEY)
_BY_WORD = {normalise(heading): heading for heading in HEADINGS}
_LEAST_HEADINGS = 4
_FIELDS = 5


def typed(grid: Grid) -> list[Correction]:
    """The corrections on a workbook's sheet *Finsam*, from the top."""
    return [one for sheet in own_sheets(grid) for one in read(sheet)]


def own_sheets(grid: Grid) -> list[SheetGrid]:
    """The workbook's sheet *Finsam*: of several the one that its defined name stands for.

    A copy that a person has made is hers to keep, and says nothing.
    """
    found = [sheet for sheet in grid.sheets if sheet.owner == OWNER]
    named = first_sheet(grid.names.get(NAME, ""))
    return [sheet for sheet in found if sheet.name == named] or found[:1]


def own_words(grid: Grid) -> list[tuple[str, str]]:
    """The association's own words on the sheet *Finsam*, each with what it means."""
    found: list[tuple[str, str]] = []
    for sheet in own_sheets(grid):
        at: tuple[int, int] | None = None
        for _, cells in sheet.rows():
            words = {normalise(text(cell)): column for column, cell in cells}
            if {normalise(WORD), normalise(MEANS)} <= words.keys():
                at = words[normalise(WORD)], words[normalise(MEANS)]
            elif at is not None:
                row = dict(cells)
                word, means = (text(row.get(column)) for column in at)
                if any(text(cell) for column, cell in cells if column < at[0]):
                    at = None  # what follows is another part of the sheet
                elif word and means:
                    found.append((word, means))
    return found


def read(sheet: SheetGrid) -> Iterator[Correction]:
    """The rows of the sheet that something is typed in."""
    for number, row, columns in columns_of(sheet):
        key = key_of(text(row.get(columns[KEY])))
        says = text(row.get(columns[MEND]))
        if key is not None and says:
            if key.is_typed and not key.of:
                # A row or column that she names herself.
                key = key._replace(text=text(row.get(columns[STANDS])), of=1)
            yield Correction(key, says, Ref.at(sheet.name, number, columns[MEND]))


def columns_of(sheet: SheetGrid) -> Iterator[tuple[int, dict[int, Cell], dict[str, int]]]:
    """The rows under the headings of the sheet: number, cells, and where each heading stands."""
    columns = {heading: number for number, heading in enumerate(HEADINGS, 1)}
    for number, cells in sheet.rows():
        named = {_BY_WORD.get(normalise(text(cell)), ""): at for at, cell in cells}
        if len(named.keys() - {""}) >= _LEAST_HEADINGS:
            columns = {**columns, **{heading: at for heading, at in named.items() if heading}}
        else:
            yield number, dict(cells), columns


def written(key: Key) -> str:
    """A key as the sheet holds it."""
    place = f"{key.nth}/{key.of}|{key.down},{key.right}"
    return f"{key.table}|{key.part}|{place}|{key.text}"


def key_of(text: str) -> Key | None:
    """The key that a text holds; ``None`` where it is none of ours."""
    try:
        table, part, nth, place, name = text.split("|", _FIELDS - 1)
        first, _, of = nth.partition("/")
        down, _, right = place.partition(",")
        return Key(table, Part(part), name, int(first), int(of), int(down), int(right))
    except ValueError:
        return None


def text(cell: Cell | None) -> str:
    """What a cell says; also a figure that someone typed."""
    return "" if cell is None else one_line(cell.typed)
