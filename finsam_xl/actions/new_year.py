"""Next year's workbook from this year's: what is moved on, taken over, emptied, kept and asked.

Only what reading understands is touched. Each table that goes on is read again with its new
headings, and is left as it was unless it reads as the same table a year later.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from finsam_xl.actions.new_year_again import as_renamed, is_a_year_on
from finsam_xl.actions.new_year_left import asked, of_figures, of_sheets, years_of
from finsam_xl.actions.new_year_links import together
from finsam_xl.actions.new_year_ours import on_our_sheets
from finsam_xl.actions.new_year_tables import Chosen, Own, chosen
from finsam_xl.actions.new_year_texts import headings, sheet_names, titles, without_days
from finsam_xl.actions.new_year_told import Told, What, in_order, of_edits
from finsam_xl.address import position
from finsam_xl.errors import InputError
from finsam_xl.filling.rolled import EMPTIED, Rolled, rolled
from finsam_xl.formulas.blocks import Area, sheet_of
from finsam_xl.formulas.prefixes import first_sheet
from finsam_xl.formulas.references import references
from finsam_xl.formulas.tokens import Kind, tokens
from finsam_xl.model import Ref
from finsam_xl.plan import CellEdit, Plan, owner_name
from finsam_xl.reading import book as reading
from finsam_xl.reading import fees
from finsam_xl.reading.finsam_sheet import OWNER
from finsam_xl.reading.followed import followed
from finsam_xl.records import NamedTuple
from finsam_xl.report import start_sheet
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid
from finsam_xl.words.headings import headings_of

_STAYING = (OWNER, start_sheet.OWNER)
_BESIDE = 3
"""How far right of a table a column of comments may stand."""


class NewYear(NamedTuple):
    """What is to be done. ``plan``: the cells; ``sheets``: new names by the old.

    ``dropped``: report sheets of ours that stay behind; ``formulas``: those in columns that are
    emptied, with figures from elsewhere; ``headings``: formulas that head columns, each with what
    it should show; ``told``: the lines, in order of sheet.
    """

    year: int
    plan: Plan
    sheets: Mapping[str, str]
    dropped: tuple[str, ...]
    formulas: tuple[Ref, ...]
    headings: tuple[tuple[Ref, str], ...]
    rolled: tuple[Own, ...]
    told: tuple[Told, ...]


def plan(
    grid: Grid,
    year: int | None = None,
    sheets: Sequence[str] = (),
    unsure: Collection[tuple[str, str]] = (),
) -> NewYear:
    """The next year's workbook. ``year``: this year's; ``sheets``: the names of all sheets.

    ``unsure``: tables, by sheet and range, whose headings were seen not to follow. Raises
    ``InputError`` where it is not clear which year the workbook is of.
    """
    names = sheets or [sheet.name for sheet in grid.sheets]
    read = followed(grid)
    found = _settled(grid, _certain(chosen(reading.tables(read), year), unsure), names)
    while (tied := together(read, found.chosen)) is not found.chosen:
        found = _settled(grid, tied, names)
    of = found.chosen
    rolling = [rolled(read.sheet(one.table.sheet), one.table) for one in of.rolled]
    every = _edits(read, found, rolling)
    dropped = tuple(_dropped(grid))
    texts = headings(grid, of.rolled)
    told = [
        *of_edits(every, found.sheets, {sheet.name for sheet in grid.sheets if sheet.owner}),
        *(Told(name, What.LEFT_BEHIND, "förra årets rapport") for name in dropped),
        *of_sheets(names, found.sheets, years_of(of.year, of.rolled)),
        *_of_figures(read, of, rolling),
        *asked(read, of, every, [ref for one in rolling for ref in one.left], texts),
    ]
    return NewYear(
        of.year,
        Plan(edits=every, expected=tuple(one for r in rolling for one in r.expected)),
        found.sheets,
        dropped,
        tuple(_fed(read, of.rolled, (ref for one in rolling for ref in one.formulas))),
        texts.formulas,
        of.rolled,
        in_order(told, names),
    )


def _certain(found: Chosen, unsure: Collection[tuple[str, str]]) -> Chosen:
    """The same choice, with the tables left whose headings were seen not to follow."""
    wrong = [
        o for o in (*found.rolled, *found.left) if (o.table.real_sheet, o.table.range) in unsure
    ]
    left = tuple(one for one in found.left if one not in wrong)
    return found._replace(left=left).without(wrong, _UNSURE)


def _of_figures(read: Grid, of: Chosen, rolling: Sequence[Rolled]) -> Iterator[Told]:
    """Figures that could not be taken over, and pots that are written in a text."""
    unknown = (ref for one in rolling for ref in one.unknown)
    yield from of_figures(unknown, "inte räknade, så det som skulle tagits därifrån är tomt")
    doubted = (ref for one in rolling for ref in one.doubted)
    yield from of_figures(doubted, "står på rader som inte förstods; talen följde sin kolumn")
    pots = (pot for one in of.rolled for pot in _pots(read, one))
    written = (ref for ref, cell in pots if type(cell.value) is str)
    yield from of_figures(written, "är ett belopp som fördelas, skrivet i text: ändra det")


_UNSURE = "rubrikerna läses inte säkert som ett år senare"


class _Settled(NamedTuple):
    texts: tuple[CellEdit, ...]
    sheets: Mapping[str, str]
    chosen: Chosen


def _settled(grid: Grid, found: Chosen, names: Sequence[str]) -> _Settled:
    """Texts and sheet names, once every table that goes on is read as it should be with them."""
    while found.rolled:
        own = headings(grid, found.rolled)
        above = list(titles(grid, found.rolled, found.left))
        sheets = sheet_names(found.rolled, found.left, names)
        ours = tuple(on_our_sheets(grid, found.rolled, own.edits, sheets))
        read = (*own.edits, *ours, *map(without_days, above))
        again = reading.tables(followed(as_renamed(grid, read, own.formulas, sheets)))
        wrong = [
            one
            for one in found.rolled
            if not is_a_year_on(one, sheets.get(one.table.real_sheet, one.table.real_sheet), again)
        ]
        if not wrong:
            moved = (edit for edit in above if edit.new != edit.old)
            return _Settled((*own.edits, *moved, *ours), sheets, found)
        found = found.without(wrong, _UNSURE)
    raise InputError(
        f"Ingen tabell kan föras vidare: {_reasons(found)}.",
        remedy="Se hur boken läses med finsam-xl tables, och rätta på bladet Finsam.",
    )


def _reasons(found: Chosen) -> str:
    return "; ".join(
        dict.fromkeys(f"{one.table.real_sheet} {one.table.range}, {one.why}" for one in found.left)
    )


def _edits(read: Grid, found: _Settled, rolling: Sequence[Rolled]) -> tuple[CellEdit, ...]:
    """Every cell that changes; what several want is done once, the texts first."""
    edits = {(edit.sheet, edit.cell): edit for edit in found.texts}
    for one, cells in zip(found.chosen.rolled, rolling, strict=True):
        pots = [
            CellEdit.typed(ref, cell, None, EMPTIED)
            for ref, cell in _pots(read, one)
            if isinstance(cell.value, int | float)
        ]
        for edit in (*pots, *cells.edits, *_comments(read, one, found.chosen.year)):
            edits.setdefault((edit.sheet, edit.cell), edit)
    return tuple(edits.values())


# What goes along with a table's figures ---------------------------------------------------------


def _pots(grid: Grid, one: Own) -> Iterator[tuple[Ref, Cell]]:
    """The amounts of the year that fees are a split of: they are decided anew."""
    if one.table.kind != "fees":
        return
    sheet = grid.sheet(one.table.sheet)
    for found in fees.find(sheet, fees.places(grid)):
        for named in found.named if found.table.range == one.table.range else ():
            cell = sheet.cell(named.row, named.column)
            if (named.is_pot or named.is_other_payers) and cell.formula is None:
                yield Ref.at(sheet.name, named.row, named.column), cell


def _comments(grid: Grid, one: Own, year: int) -> Iterator[CellEdit]:
    """The texts of columns of comments, marked with their year."""
    sheet, mark = grid.sheet(one.table.sheet), f"{year}: "
    for number in _comment_columns(sheet, one):
        for row in one.table.rows:
            cell = sheet.cell(row.row, number)
            is_text = type(cell.value) is str and cell.formula is None and cell.value.strip()
            if is_text and not str(cell.value).startswith(mark):
                ref = Ref.at(sheet.name, row.row, number)
                yield CellEdit.typed(ref, cell, f"{mark}{cell.value}", What.COMMENT)


def _comment_columns(sheet: SheetGrid, one: Own) -> Iterator[int]:
    table, heads = one.table, headings_of("social_budget")
    numbers = [column.number for column in table.columns]
    rows = range(table.top or table.header_row, table.header_row + 1)
    for number in range(min(numbers), max(numbers) + 1 + _BESIDE):
        texts = (sheet.cell(row, number).value for row in rows)
        if any(type(text) is str and heads.field(text) == "note" for text in texts):
            yield number


def _dropped(grid: Grid) -> Iterator[str]:
    """The report sheets of ours, which are last year's, but for those that formulas look at."""
    ours = {
        sheet.name
        for sheet in grid.sheets
        if sheet.owner
        and sheet.owner not in _STAYING
        and first_sheet(grid.names.get(owner_name(sheet.owner), "")) == sheet.name
    }
    others = (sheet for sheet in grid.sheets if ours and sheet.name not in ours and not sheet.large)
    used = {name for sheet in others for name in _looked_at(sheet)}
    yield from (sheet.name for sheet in grid.sheets if sheet.name in ours - used)


def _looked_at(sheet: SheetGrid) -> Iterator[str]:
    for formula in sheet.formulas.values():
        yield from (sheet_of(text) for kind, text in tokens(formula) if kind == Kind.PREFIX)


def _fed(grid: Grid, rolled: Sequence[Own], formulas: Iterable[Ref]) -> Iterator[Ref]:
    """The formulas that look at something else than the tables that go on."""
    areas = [(one.table.real_sheet.lower(), one.table.area) for one in rolled]
    for ref in formulas:
        text = grid.sheet(ref.sheet).formulas.get(position(ref.cell), "")
        seen = references(text, ref.sheet, grid.names)
        if seen.opaque or any(not _is_inside(area, areas) for area in seen.areas):
            yield ref


def _is_inside(area: Area, areas: Iterable[tuple[str, tuple[int, int, int, int]]]) -> bool:
    return any(
        area.sheet.lower() == sheet
        and top <= area.top
        and left <= area.left
        and area.bottom <= bottom
        and area.right <= right
        for sheet, (top, left, bottom, right) in areas
    )
