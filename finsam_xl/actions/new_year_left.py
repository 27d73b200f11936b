"""What a person has to look at in next year's workbook: what was not understood is not touched."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from finsam_xl.actions.new_year_tables import Chosen, Own
from finsam_xl.actions.new_year_texts import Texts
from finsam_xl.actions.new_year_told import Told, What, areas
from finsam_xl.address import a1, box, meet
from finsam_xl.filling.rolled_columns import is_agreed, is_kept, is_setting, is_understood
from finsam_xl.formulas.prefixes import workbooks
from finsam_xl.formulas.tokens import Kind, tokens
from finsam_xl.labels import one_line
from finsam_xl.model import Ref, shortened
from finsam_xl.periods import day_of
from finsam_xl.plan import CellEdit, is_our_name
from finsam_xl.reading import book as reading
from finsam_xl.reading.figures import figure
from finsam_xl.reading.year_text import moved_value
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid, is_number
from finsam_xl.sheets.said import Area, Place

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_MOST = 6


def asked(
    read: Grid, of: Chosen, edits: Iterable[CellEdit], figures: Iterable[Ref], texts: Texts
) -> Iterator[Told]:
    """What was left that may be of the year. ``figures``: those that nobody understands."""
    rolled, left = of.rolled, of.left
    done = {(edit.sheet, edit.cell): edit for edit in edits}
    figures = [ref for ref in figures if (ref.sheet, ref.cell) not in done]
    for one in left:
        yield Told(one.table.real_sheet, What.KEPT, f"{one.table.range}: {one.why}")
    for one in rolled:
        yield from _settings(read.sheet(one.table.sheet), one, texts)
    yield from of_figures(figures, "orört: vad det är förstods inte")
    unread = reading.unread(read)
    for block in unread:
        yield Told(block.sheet, What.ASKED, f"{block.range} lästes inte som någon tabell, orört")
    years = years_of(of.year, rolled)
    for sheet in read.sheets:
        if sheet.large:
            yield Told(sheet.name, What.ASKED, "stort blad, orört")
        elif not sheet.owner:
            others = [one.table.area for one in left if one.table.real_sheet == sheet.name]
            others += [box(block.range) for block in unread if block.sheet == sheet.name]
            yield from _mentions(sheet, _inside(sheet, rolled, others), done, years)
            yield from _formulas(sheet, years)
    named = [name for name in read.names if any(str(year) in name for year in years)]
    named = [name for name in named if not is_our_name(name)]
    if named:
        yield Told("", What.ASKED, f"namn med årtal, som heter som förut: {', '.join(named)}")


def years_of(year: int, rolled: Iterable[Own]) -> frozenset[int]:
    """The years that may be meant by what names one."""
    return frozenset({year, year + 1}).union(*(one.known for one in rolled))


def of_figures(refs: Iterable[Ref], why: str) -> Iterator[Told]:
    """Cells that are to be looked at, by sheet, and why."""
    by_sheet: dict[str, list[str]] = {}
    for ref in refs:
        by_sheet.setdefault(ref.sheet, []).append(ref.cell)
    for sheet, cells in by_sheet.items():
        yield Told(sheet, What.ASKED, f"{areas(cells)} {why}")


def of_sheets(
    names: Iterable[str], renamed: Collection[str], years: Collection[int]
) -> Iterator[Told]:
    """The sheets whose names have a year that was not moved."""
    for name in names:
        if name not in renamed and any(int(year) in years for year in _YEAR.findall(name)):
            yield Told(name, What.ASKED, "bladets namn nämner ett år som inte är flyttat")


def _settings(sheet: SheetGrid, one: Own, texts: Texts) -> Iterator[Told]:
    """The columns of figures that hold in the new year too, and those not understood."""
    name, table = one.table.real_sheet, one.table
    kept = [
        c
        for c in table.columns
        if any(
            _is_typed(sheet.cell(r.row, c.number))
            and (is_setting(table, c) or is_agreed(table, sheet, r.row, c))
            for r in table.rows
        )
    ]
    if kept:
        headers = ", ".join(dict.fromkeys(one_line(c.header) or c.field for c in kept))
        yield Told(name, What.KEPT, f"{headers}, som gäller tills du ändrar det")
    for column in table.columns:
        cells = [sheet.cell(row.row, column.number) for row in table.rows]
        is_known = is_kept(table, column) or is_understood(table, column)
        if not is_known and any(map(_is_typed, cells)):
            yield Told(name, What.ASKED, f"kolumnen ”{column.header}” förstods inte, orörd")
    for ref in texts.kept:
        if ref.sheet == name:
            text = f"{ref.cell} nämner ett år och står kvar, som talen under den"
            yield Told(name, What.ASKED, text)


def _is_typed(cell: Cell) -> bool:
    return cell.formula is None and figure(cell) is not None


def _mentions(
    sheet: SheetGrid,
    is_told: Callable[[Place, Cell], bool],
    done: Mapping[tuple[str, str], CellEdit],
    years: Collection[int],
) -> Iterator[Told]:
    """The cells that name a year and stay as they are; ``is_told``: of those told otherwise."""
    found: list[str] = []
    for place, cell in sorted(sheet.cells.items()):
        edit = done.get((sheet.name, a1(*place)))
        if cell.formula is not None or is_told(place, cell):
            continue
        if edit is not None and edit.why == What.HEADING:
            stayed = moved_value(cell, years)[1]
        else:
            stayed = tuple(_named(cell)) if edit is None or edit.new is not None else ()
        if any(int(year) in years for year in _YEAR.findall(" ".join(stayed))):
            found.append(f"{a1(*place)} {_text(cell if edit is None else edit)}")
    if found:
        more = f" och {len(found) - _MOST} till" if len(found) > _MOST else ""
        text = f"nämner ett år som inte är flyttat: {'; '.join(found[:_MOST])}{more}"
        yield Told(sheet.name, What.ASKED, text)


def _named(cell: Cell) -> Iterator[str]:
    """The years that a cell names, also as a day or a bare number."""
    value = cell.value
    if isinstance(value, str):
        yield from _YEAR.findall(value)
    elif is_number(value):
        yield str(day_of(value)) if cell.dated else str(value)


def _inside(
    sheet: SheetGrid, rolled: Sequence[Own], others: Sequence[Area]
) -> Callable[[Place, Cell], bool]:
    """Tells whether a cell is a figure in a table, or in a block that is told to be left."""
    bodies = [one.table.area for one in rolled if one.table.real_sheet == sheet.name]

    def is_told(place: Place, cell: Cell) -> bool:
        areas = others if isinstance(cell.value, str) else [*bodies, *others]
        return any(meet((*place, *place), area) for area in areas)

    return is_told


def _text(cell: Cell | CellEdit) -> str:
    value = cell.value if isinstance(cell, Cell) else cell.new
    if isinstance(cell, Cell) and cell.dated and isinstance(value, int | float):
        return str(day_of(value))
    return f"”{shortened(one_line(str(value)))}”"


def _formulas(sheet: SheetGrid, years: Collection[int]) -> Iterator[Told]:
    """The formulas that name a year in figures or in a text, or look into another workbook."""
    named: list[str] = []
    linked: list[str] = []
    for place, formula in sheet.formulas.items():
        linked += [a1(*place)] if workbooks(formula) else []
        texts = [text for kind, text in tokens(formula) if kind in (Kind.NUMBER, Kind.STRING)]
        if any(int(year) in years for text in texts for year in _YEAR.findall(text)):
            named.append(a1(*place))
    if named:
        yield Told(sheet.name, What.ASKED, f"formler som nämner ett år: {areas(named)}")
    if linked:
        text = f"formler som hämtar ur andra arbetsböcker: {areas(linked)}"
        yield Told(sheet.name, What.ASKED, text)
