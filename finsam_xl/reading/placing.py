"""Corrections found again: each at the cell it is about, wherever that has moved.

Where two cells may be meant, none is: it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from finsam_xl.address import a1, meet, position, real_name
from finsam_xl.findings import tell
from finsam_xl.formulas.tokens import tokens
from finsam_xl.formulas.tree import only_area
from finsam_xl.labels import composed
from finsam_xl.model import Finding
from finsam_xl.reading.corrections import TABLE_NAME, Correction, Part, Placed, alike, shown
from finsam_xl.sheets.grid import Cell, Cells, Grid, SheetGrid
from finsam_xl.sheets.said import NOTHING, Area, ColumnSays, Place, RowSays, Said, TableSays
from finsam_xl.sheets.tables import Table
from finsam_xl.words import meanings
from finsam_xl.words.columns import is_column
from finsam_xl.words.units import unit

_MOST_BELOW = 6
"""Rows below a table in which one that was taken for a note is looked for."""


def corrected(
    grid: Grid,
    corrections: Iterable[Correction],
    words: Iterable[tuple[str, str]] = (),
    always: Said = NOTHING,
) -> Grid:
    """The workbook as it is read once its corrections are followed.

    ``words``: the association's own, each with what it means; ``always``: what is said of
    every sheet.
    """
    placing = _Placing(grid, _Words(words), always)
    for one in corrections:
        placing.take(one)
    if not (placing.used or placing.findings or placing.words.patterns or any(always)):
        return grid
    sheets = [_sheet(sheet, placing.said(sheet)) for sheet in grid.sheets]
    found = Grid(tuple(sheets), grid.digest, grid.names)
    found.kept[findings] = tuple(placing.findings)
    found.kept[_kinds] = tuple(placing.kinds)
    found.kept[placed] = tuple(placing.placed)
    return found


def placed(grid: Grid) -> Sequence[Placed]:
    """The corrections that a workbook is read with, each with where it was found."""
    found: Sequence[Placed] = grid.kept.get(placed, ())
    return found


def areas(grid: Grid) -> dict[str, tuple[str, Area]]:
    """Where the numbered tables stand now: sheet and area by number."""
    found: dict[str, tuple[str, Area]] = {}
    for name, formula in grid.names.items():
        if name.startswith(TABLE_NAME):
            area = only_area(tokens(formula.lstrip("=")), "")
            if area is not None and any(sheet.name == area.sheet for sheet in grid.sheets):
                place = (area.top, area.left, area.bottom, area.right)
                found[name.removeprefix(TABLE_NAME)] = area.sheet, place
    return found


class _Words:
    """The association's own words, put in the place of what they mean."""

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        self.patterns = [
            (re.compile(rf"(?<!\w){re.escape(composed(word))}(?!\w)", re.IGNORECASE), means)
            for word, means in words
        ]

    def on(self, sheet: SheetGrid) -> dict[Place, ColumnSays]:
        """The cells of a sheet that hold one, as they are read and as they stand."""
        if not self.patterns or sheet.owner or sheet.large:
            return {}
        return {
            place: ColumnSays(read, cell.value)
            for place, cell in sheet.cells.items()
            if type(cell.value) is str and (read := self._read(cell.value)) != cell.value
        }

    def _read(self, text: str) -> str:
        read = composed(text)
        for pattern, means in self.patterns:
            read = pattern.sub(lambda _, means=means: means, read)  # type: ignore[misc]
        return text if read == composed(text) else read


class _Placing:
    """The corrections of a workbook while they are given their places."""

    def __init__(self, grid: Grid, words: _Words, always: Said) -> None:
        self.grid, self.words, self.always = grid, words, always
        self.areas = areas(grid)
        self.columns: dict[str, dict[Place, ColumnSays]] = {}
        self.rows: dict[str, dict[Place, RowSays]] = {}
        self.tables: dict[tuple[str, Area], TableSays] = {}
        self.kinds: list[tuple[Correction, str, Area, str]] = []
        self.told: set[tuple[str, Part]] = set()
        self.placed: list[Placed] = []
        self.findings: list[Finding] = []
        self.used = 0

    def said(self, sheet: SheetGrid) -> Said:
        """What is said of a sheet."""
        name = sheet.name
        tables = [says for (own, _), says in self.tables.items() if own == name]
        words = self.words.on(sheet)
        said = Said(self.columns.get(name, {}), self.rows.get(name, {}), tables, words)
        return said._replace(unit=self.always.unit, key=self.always.key)

    def take(self, one: Correction) -> None:
        """Give a correction its place, or say why it has none."""
        part, place = one.key.part, None
        if one.key.table not in self.areas:
            self.findings.append(
                tell("rattelse-utan-plats", one.ref, "gone", "mend", stated=one.says)
            )
        elif part in (Part.COLUMN, Part.ROW):
            place = self._place(one)
            if place is not None:
                (self._column if part is Part.COLUMN else self._row)(one, place)
        else:
            self._table(one)
        self.placed.append(Placed(one, place))

    def _column(self, one: Correction, place: Place) -> None:
        if not is_column(one.says):
            self.findings.append(tell("rattelse-okand", one.ref, "column", stated=one.says))
            return
        sheet, _ = self.areas[one.key.table]
        said = self.columns.setdefault(sheet, {})
        before = said.get(place)
        if before is not None and not meanings.is_same(before.text, one.says):
            self.findings.append(_contradicted(one, before.text))
            return
        said[place] = ColumnSays(one.says, one.key.text)
        self.used += 1

    def _row(self, one: Correction, place: Place) -> None:
        named = meanings.row_of(one.says)
        if named is None:
            self.findings.append(tell("rattelse-okand", one.ref, "row", stated=one.says))
            return
        sheet, _ = self.areas[one.key.table]
        said = self.rows.setdefault(sheet, {})
        before = said.get(place)
        if before is not None and before[:2] != named:
            self.findings.append(_contradicted(one, before.text))
            return
        is_part = meanings.is_part(one.says)
        meant = meanings.meant(*named, one.key.text, is_part=is_part)
        said[place] = RowSays(*named, one.says, meant, is_part)
        self.used += 1

    def _table(self, one: Correction) -> None:
        sheet, area = self.areas[one.key.table]
        part = one.key.part
        says = _TABLE_PARTS[part](one.says)
        if not says:
            self.findings.append(
                tell(
                    "rattelse-okand",
                    one.ref,
                    "kind" if part is Part.KIND else "unit" if part is Part.UNIT else "sign",
                    stated=one.says,
                )
            )
            return
        before = self.tables.get((sheet, area), TableSays(area))
        new = {
            Part.KIND: before._replace(kind=says),
            Part.UNIT: before._replace(unit=says),
            Part.SIGN: before._replace(sign=says),
        }[one.key.part]
        if (one.key.table, one.key.part) in self.told:
            self.findings.append(tell("rattelse-motsagd", one.ref, "table", stated=one.says))
            return
        self.told.add((one.key.table, one.key.part))
        self.tables[sheet, area] = new
        if one.key.part is Part.KIND:
            self.kinds.append((one, sheet, area, says))
        self.used += 1

    def _place(self, one: Correction) -> Place | None:
        """The cell a correction is about: the same text, and the same of several."""
        key = one.key
        name, area = self.areas[key.table]
        sheet = self.grid.sheet(name)
        if not key.text:
            return self._blank(one, sheet, area)
        same = alike(sheet, area, key.text)
        if not same and key.is_typed:
            same = alike(sheet, self._with_what_follows(name, area), key.text)
        if len(same) != key.of and key.is_typed:
            same = [place] if (place := _at(key.text, area)) is not None else same
        if len(same) == key.of:
            return same[key.nth]
        count = len(same)
        self.findings.append(
            tell(
                "rattelse-utan-plats",
                one.ref,
                "several" if count > 1 else "once" if count else "missing",
                "typed" if key.is_typed and same else "mend",
                text=key.text,
                sheet=name,
                count=count,
                cell=a1(*same[0]) if same else "",
                stated=one.says,
            )
        )
        return None

    def _with_what_follows(self, name: str, area: Area) -> Area:
        """A table with the rows right below it, which were taken for notes; none of another's."""
        top, left, bottom, right = area
        others = [own[0] for sheet_name, own in self.areas.values() if sheet_name == name]
        end = min((row for row in others if row > bottom), default=bottom + _MOST_BELOW + 1)
        return top, left, min(end - 1, bottom + _MOST_BELOW), right

    def _blank(self, one: Correction, sheet: SheetGrid, area: Area) -> Place | None:
        """A column or row that nothing names: it must still stand where it stood."""
        place = area[0] + one.key.down, area[1] + one.key.right
        if shown(sheet.cell(*place)):
            self.findings.append(
                tell("rattelse-utan-plats", one.ref, "filled", "mend", stated=one.says)
            )
            return None
        return place


def _contradicted(one: Correction, other: str) -> Finding:
    return tell("rattelse-motsagd", one.ref, "other", other=other, stated=one.says)


def _at(text: str, area: Area) -> Place | None:
    """The cell of a table that a text is the address of."""
    try:
        row, column = position(text.upper())
    except ValueError:
        return None
    top, left, bottom, right = area
    return (row, column) if top <= row <= bottom and left <= column <= right else None


def _unit(text: str) -> str:
    return str(unit(text) or "")


_TABLE_PARTS = {Part.KIND: meanings.kind_of, Part.UNIT: _unit, Part.SIGN: meanings.sign_of}


def _sheet(sheet: SheetGrid, said: Said) -> SheetGrid:
    """A sheet with what is said of it, and with its headings as they are to be read."""
    if said.is_silent:
        return sheet
    read = {**said.words, **said.columns}

    def cells() -> Cells:
        new = {place: sheet.cell(*place)._replace(value=s.text) for place, s in said.words.items()}
        new |= {place: Cell(says.text) for place, says in said.columns.items()}
        return {**sheet.cells, **new}

    told = frozenset(one.text for one in read.values())
    return SheetGrid(
        sheet.name,
        cells,
        texts=lambda: sheet.texts | told,
        merged=lambda: sheet.merged,
        formulas=lambda: {p: t for p, t in sheet.formulas.items() if p not in said.columns},
        unknown=lambda: sheet.unknown,
        owner=sheet.owner,
        large=sheet.large,
        said=said,
    )


def findings(grid: Grid, tables: Iterable[Table]) -> Iterator[Finding]:
    """The corrections that could not be followed, each with why."""
    yield from grid.kept.get(findings, ())
    found = list(tables)
    for one, sheet, area, kind in grid.kept.get(_kinds, ()):
        here = [t for t in found if real_name(t.sheet) == sheet and meet(t.area, area)]
        if kind != meanings.NO_TABLE and not any(table.kind == kind for table in here):
            yield tell("rattelse-gar-inte", one.ref, kind=meanings.kind_name(kind), stated=one.says)


def _kinds() -> None:
    """What the kinds that are said are kept under."""
