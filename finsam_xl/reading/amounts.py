"""A block read as a table of amounts by period and scenario, if enough says that it is one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from finsam_xl.findings import tell
from finsam_xl.formulas import addends
from finsam_xl.labels import normalise
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import STATED, Amount, Budget, BudgetColumn, BudgetRow
from finsam_xl.money import as_int
from finsam_xl.periods import Period
from finsam_xl.reading import kinds, reversed_signs
from finsam_xl.reading.amount_cells import ReadCells, read_cells, rows_of_words
from finsam_xl.reading.blocks import Block, blocks, is_code
from finsam_xl.reading.cells import Holds, holds
from finsam_xl.reading.columns import ColumnRead, RawColumn, read_columns
from finsam_xl.reading.figures import figure, unit_by_size
from finsam_xl.reading.headings import COMPARED, heading_of
from finsam_xl.reading.ledger_mapping import takes
from finsam_xl.reading.pieces import Piece
from finsam_xl.reading.thing import names_in, naming
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Cell, SheetGrid
from finsam_xl.sheets.said import TableSays
from finsam_xl.sheets.tables import Column, Row, Table
from finsam_xl.words.helpers import refers_to_notes
from finsam_xl.words.kinds import note_number
from finsam_xl.words.units import unit
from finsam_xl.words.unlike import is_other_unit

if TYPE_CHECKING:
    from finsam_xl.reading.rows import RawRow, RowsRead

_LEAST_ROWS = 2
_AHEAD = ("budget", "plan")
_ACROSS = ("deviation", "percent", "share", "key")
_APART = " | "
"""What parts one heading from the next: words of two headings are none together."""
_SURE = 10.0
"""The weight of evidence that leaves no doubt of a table's kind."""
_LONGEST_HEADING = 60


class Raw(NamedTuple):
    """What a block holds before it is understood: its columns of figures, and of codes."""

    block: Block
    codes: tuple[int, ...]
    columns: tuple[RawColumn, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the columns of figures."""
        return tuple(column.number for column in self.columns)


def read_amounts(block: Block, above: Sequence[Table] = ()) -> Table | None:
    """A block as a table of amounts; ``None`` where too little says that it is one.

    ``above``: the tables of amounts above it on the sheet, the nearest last.
    """
    if not block.labels or not block.header:
        return None
    raw = raw_of(block)
    if not raw.columns:
        return None
    columns_above = [column for table in reversed(above) for column in table.columns]
    columns = read_columns(raw.columns, block.titles, block.sheet.title, columns_above)
    features = _features(raw, columns)
    block.sheet.kept.setdefault(why_not, {})[block.area] = columns, features
    weight = kinds.weight_of_amounts(features)
    said = block.sheet.said.table(block.area)
    if said is not None and said.kind:
        return _table(raw, columns, said.kind, _SURE) if said.kind in kinds.KINDS else None
    if weight < kinds.LEAST or not _has_rows(raw, columns):
        return None
    return _table(raw, columns, kinds.kind_of_amounts(features), weight)


def why_not(block: Block) -> str:
    """What a block that is no table of amounts might be, and what it lacks, in Swedish."""
    if not block.labels:
        return "siffror utan namn på raderna; skriv vad varje rad är i en kolumn till vänster."
    if reversed_signs.is_noted(block.sheet, block.area):
        return (
            "intäkterna står med minus och kostnaderna utan, som i bokföringen; vänd tecknen på "
            "bladet, så läses den."
        )
    known = block.sheet.kept.get(why_not, {}).get(block.area)
    if known is None:
        raw = raw_of(block)
        columns = read_columns(raw.columns, block.titles, block.sheet.title)
        known = columns, _features(raw, columns)
    columns, features = known
    if features.rows > kinds.MOST_ROWS or 2 * features.dates > features.rows:
        return "en lista, till exempel verifikationer; den räknas inte."
    if kinds.weight_of_amounts(features) < kinds.WORTH_TELLING:
        return "ingen av de tabeller som räknas om, vad rubriker och rader säger."
    if not any(column.scenario in STATED for column in columns):
        return (
            "kan vara belopp, men ingen kolumn säger vad den gäller; skriv till exempel "
            "”Budget 2024” eller ”Utfall t.o.m. T2” över siffrorna."
        )
    return "kan vara belopp; skriv enhet (tkr, kr) och vad tabellen är ovanför den."


# Before it is understood --------------------------------------------------------------------


def raw_of(block: Block) -> Raw:
    """What a block holds before it is understood."""
    sheet = block.sheet
    held = [c for c in block.columns if not any(map(refers_to_notes, block.texts(c)))]
    codes = [c for c in held if _is_code_column(block, c)]
    numbers = [c for c in held if c not in codes and _may_hold_amounts(block, c)]
    texts = sheet.formulas if _has_formulas(block) else {}
    columns = []
    for number in numbers:
        cells = [sheet.cell(row, number) for row in block.body]
        filled = [cell for cell in cells if not cell.is_blank]
        heading, corrected = _heading(block, number)
        columns.append(
            RawColumn(
                number,
                heading,
                tuple(
                    None if row in block.repeats else _amount(cell)
                    for row, cell in zip(block.body, cells, strict=True)
                ),
                bool(filled) and 2 * sum(map(_is_per_cent, filled)) > len(filled),
                tuple(texts.get((row, number), "") for row in block.body),
                corrected,
            )
        )
    return Raw(block, tuple(codes), tuple(columns))


def _heading(block: Block, number: int) -> tuple[tuple[Piece, ...], str]:
    """What stands over a column, and what a person says in its place.

    What stands there tells when the column is of, where the person says only what.
    """
    corrected = block.corrected(number)
    if corrected is None:
        return block.heading(number), ""
    one, said = corrected
    time = heading_of((said.text,)).time
    was = [one._replace(text=said.was)] if time.is_silent and said.was else []
    return (*was, one), said.text


def _is_per_cent(cell: Cell) -> bool:
    """Whether a cell shows per cent, by its format or as it is typed ("67 %")."""
    return cell.percent or (isinstance(cell.value, str) and cell.value.rstrip().endswith("%"))


def _has_formulas(block: Block) -> bool:
    return any(
        block.sheet.cell(row, column).formula is not None
        for row in block.body
        for column in block.columns
    )


def _is_code_column(block: Block, column: int) -> bool:
    """Whether a column numbers the rows: accounts, projects, points.

    Figures left of the labels do, and texts that are codes wherever they stand.
    """
    name = block.labels[-1]
    held = {row: holds(block.sheet.cell(row, column)) for row in block.body}
    if column < name and any(c > name for c in block.columns):
        return any(held.values()) and not _is_headed_as_amounts(block, column)
    texts = [_text(block, row, column) for row, what in held.items() if what is Holds.TEXT]
    return 2 * sum(map(is_code, texts)) > sum(map(bool, held.values()))


def _is_headed_as_amounts(block: Block, column: int) -> bool:
    """Whether a heading says what amounts a column holds, or what it compares."""
    return heading_of(tuple(block.texts(column))).sense in (*STATED, *COMPARED)


def _may_hold_amounts(block: Block, column: int) -> bool:
    """Whether a column has figures, or is blank below a heading of its own."""
    rows = (row for row in block.body if row not in block.repeats)
    held = [holds(block.sheet.cell(row, column)) for row in rows]
    figures, texts = held.count(Holds.FIGURE), held.count(Holds.TEXT)
    if held.count(Holds.DATE) > figures:
        return False
    return figures >= texts if figures else not texts and bool(block.heading(column))


def _amount(cell: Cell) -> Amount:
    """The figure a cell shows."""
    found = figure(cell)
    return None if found is None else as_int(found)


def _features(raw: Raw, columns: Sequence[ColumnRead]) -> kinds.Features:
    block = raw.block
    dates = sum(
        any(holds(block.sheet.cell(row, column)) is Holds.DATE for column in block.columns)
        for row in block.body
    )
    known = [c.period for c in columns if c.period is not None and c.scenario in STATED]
    return kinds.Features(
        block.titles,
        block.sheet.title,
        tuple(text for c in (*block.labels, *block.columns) for text in block.texts(c)),
        tuple(filter(None, (_label(block, row) for row in block.body))),
        tuple(c.scenario for c in columns),
        frozenset(period.year for period in known),
        frozenset(c.period.year for c in columns if c.period and c.scenario in _AHEAD),
        bool(known),
        len(block.body),
        dates,
    )


def _label(block: Block, row: int) -> str:
    texts = (_text(block, row, column) for column in reversed(block.labels))
    return next(filter(None, texts), "")


def _text(block: Block, row: int, column: int) -> str:
    value = block.sheet.cell(row, column).value
    return "" if value is None or isinstance(value, bool) else str(value).strip()


def _has_rows(raw: Raw, columns: Sequence[ColumnRead]) -> bool:
    """Whether several rows have amounts that people state; a note may have one."""
    stated = [n for n, column in enumerate(columns) if column.scenario in STATED]
    filled = sum(
        any(raw.columns[n].amounts[at] is not None for n in stated)
        for at in range(len(raw.block.body))
    )
    return filled >= _LEAST_ROWS or (filled > 0 and any(map(note_number, raw.block.titles[:2])))


# Understood ---------------------------------------------------------------------------------


def _table(raw: Raw, columns: Sequence[ColumnRead], kind: str, weight: float) -> Table | None:
    # Most blocks that are tried are no tables of amounts, and many workbooks have none.
    from finsam_xl.reading.rows import read_rows

    block, sheet = raw.block, raw.block.sheet
    findings: list[Finding] = []
    said = sheet.said.table(block.area) or TableSays(block.area)
    its_unit = said.unit or unit_of(raw, columns)
    apart = set(_of_other_unit(raw, columns, its_unit))
    findings += (_not_counted(raw, columns[n], its_unit) for n in sorted(apart))
    columns = [c._replace(scenario="other", of=(), how="") if n in apart else c
               for n, c in enumerate(columns)]  # fmt: skip
    used = {n for column in columns for n, _ in column.of}
    kept = [
        n
        for n, c in enumerate(columns)
        if c.scenario != "other" or c.of or n in used or (c.period and c.period.until) or n in apart
    ]
    rows = rows_of(raw, columns, kept, its_unit, findings)
    scenarios = [columns[n].scenario for n in kept]
    read = read_rows(rows, scenarios, kind, said.sign)
    if not said.sign and kind in kinds.RESULTS and reversed_signs.is_reversed(read.rows, scenarios):
        reversed_signs.note(sheet, block.area)
        return None
    findings += _column_findings(raw, columns, _unknown(raw, columns, read, its_unit))
    budget = Budget(
        sheet.name,
        kind,
        _title(kind, block.titles) or sheet.title,
        its_unit,
        read.sign,
        tuple(budget_column(columns[n], kept) for n in kept),
        (*read.rows, *_notes(block, len(kept))),
        read.sums,
        block.labels[-1],
        bool(said.sign),
        naming(block.titles, sheet.title),
    )
    amounts = [c for c in columns if c.scenario in STATED]
    return Table(
        sheet=sheet.name,
        kind=kind,
        title=budget.title,
        titles=block.titles,
        period=_one_period([c.period for c in amounts]),
        header_row=block.header[-1],
        columns=tuple(_columns(raw, columns)),
        rows=tuple(_table_rows(read)),
        score=round(min(1.0, weight / _SURE), 2),
        why=f"{len(amounts)} kolumner med period eller slag på rad {block.header[-1]}",
        unit=its_unit,
        sign=read.sign,
        findings=tuple(findings),
        top=block.header[0],
        budget=budget,
    )


def _notes(block: Block, columns: int) -> Iterator[BudgetRow]:
    """The notes under a table: no rows of it, and told where it is told."""
    for row in block.notes:
        text = _label(block, row)
        if text:
            blank = (None,) * columns
            yield BudgetRow(row, "note", text, "", "", 1, None, False, blank)


def _columns(raw: Raw, columns: Sequence[ColumnRead]) -> Iterator[Column]:
    yield Column(raw.block.labels[-1], "", "label", "other")
    for number in raw.block.labels[:-1]:
        yield Column(number, " ".join(raw.block.texts(number)), "group", "other")
    for number in raw.codes:
        yield Column(number, " ".join(raw.block.texts(number)), "code", "other")
    for raw_column, column in zip(raw.columns, columns, strict=True):
        is_blank = all(amount is None for amount in raw_column.amounts)
        if column.scenario == "other" and not column.of and is_blank:
            continue
        field = "amount" if column.scenario in STATED or column.of else column.scenario
        if column.scenario in _ACROSS:
            field = column.scenario
        yield Column(
            column.number,
            column.header,
            field,
            column.scenario,
            column.period,
            column.version,
            column.sure,
            column.why,
        )


def budget_column(column: ColumnRead, kept: Sequence[int]) -> BudgetColumn:
    """A column as the record has it, ``kept``: which of those read are."""
    of = tuple((kept.index(n), factor) for n, factor in column.of if n in kept)
    return BudgetColumn(
        column.number,
        column.header,
        column.period,
        column.scenario,
        column.version,
        of if len(of) == len(column.of) else (),
        column.how,
        column.sure,
        names_in(column.header),
        column.alternative,
    )


def rows_of(
    raw: Raw,
    columns: Sequence[ColumnRead],
    kept: Sequence[int],
    its_unit: str,
    findings: list[Finding],
) -> list[RawRow]:
    """The rows of a block: names, amounts, and what their own formulas add up."""
    from finsam_xl.reading.rows import RawRow

    block, sheet = raw.block, raw.block.sheet
    numbers = [columns[n].number for n in kept]
    stated = [columns[n].scenario not in _ACROSS for n in kept]
    index = {row: n for n, row in enumerate(block.body)}
    blank = ReadCells((None,) * len(kept), frozenset())
    worded = rows_of_words(sheet, [row for row in block.body if row not in block.repeats], numbers)
    formulas = any(any(raw.columns[n].formulas) for n in kept)
    found = []
    for at, row in enumerate(block.body):
        cells = blank
        if row not in block.repeats:
            told = [] if row in worded else findings
            cells = read_cells(sheet, row, numbers, stated, its_unit, told)
        added = tuple(
            _added(sheet, index, columns[n].number, raw.columns[n].formulas[at])
            if formulas and columns[n].scenario not in _ACROSS
            else None
            for n in kept
        )
        found.append(
            RawRow(
                row,
                tuple(_text(block, row, column) for column in block.labels),
                next(filter(None, (_text(block, row, column) for column in raw.codes)), ""),
                sheet.cell(row, block.labels[-1]).indent,
                amounts=cells.amounts,
                unreadable=cells.unreadable,
                formulas=added,
                is_filled=takes(sheet, row)
                or (
                    row not in block.repeats
                    and any(not sheet.cell(row, number).is_blank for number in numbers)
                ),
                corrected=sheet.said.row(row, block.labels),
            )
        )
    return found


def _added(
    sheet: SheetGrid, index: dict[int, int], column: int, text: str
) -> tuple[tuple[int, int], ...] | None:
    """The rows of the table that a cell's own formula adds up in its column, with their signs."""
    parts = addends.parts(text, sheet.name) if text else None
    found: list[tuple[int, int]] = []
    for part in parts or ():
        area = part.area
        is_here = area.sheet.lower() == sheet.name.lower() and area.left == area.right == column
        if not is_here or part.skips_subtotals:
            return None
        rows = range(area.top, area.bottom + 1)
        found += [(index[row], part.sign) for row in rows if row in index]
    return tuple(found) or None


def _table_rows(read: RowsRead) -> Iterator[Row]:
    section: int | None = None
    for row, evidence in zip(read.rows, read.role_evidence, strict=True):
        above = section
        if row.parent is not None:
            above = read.rows[row.parent].row
        if row.role == "section":
            section = row.row
        yield Row(
            row.row, row.role, row.label, above, row.code, row.level, evidence.score, evidence.why
        )


def _one_period(periods: Sequence[Period | None]) -> Period | None:
    years = {period.year for period in periods if period is not None}
    return Period(years.pop()) if len(years) == 1 else None


def _title(kind: str, titles: tuple[str, ...]) -> str:
    """What a table is called: the furthest of the titles above it, a note by its number."""
    numbered = [title for title in titles if note_number(title)] if kind == "note" else []
    return next(iter((*numbered, *titles[-1:])), "")


def unit_of(raw: Raw, columns: Sequence[ColumnRead]) -> str:
    """The unit that headings, or else titles, say; by size where they say none.

    Of columns that say several units that of most, or of the first of them.
    """
    block = raw.block
    labels = (text for c in block.labels for text in block.texts(c))
    above = unit(_APART.join((*block.titles, *labels)))
    told = [unit(c.unit) or above for c in columns if c.scenario in STATED]
    told = [one for one in told if one is not None]
    headings = (text for c in raw.numbers for text in block.texts(c))
    said = max(told, key=told.count) if told else above or unit(_APART.join(headings))
    if said is not None:
        return said
    of_sheet = block.sheet.said.unit or _unit_above_all(block.sheet)
    if of_sheet:
        return of_sheet
    # Of many years together also thousands may be many.
    years = [n for n, c in enumerate(columns) if c.scenario in STATED and not _is_span(c)]
    return unit_by_size(a for n in years for a in raw.columns[n].amounts)


def _is_span(column: ColumnRead) -> bool:
    return column.period is not None and column.period.until is not None


def _of_other_unit(raw: Raw, columns: Sequence[ColumnRead], its_unit: str) -> Iterator[int]:
    """The columns whose own heading names another unit than the table's: they do not count."""
    for n, (column, shown) in enumerate(zip(columns, raw.columns, strict=True)):
        is_other = unit(column.unit) not in (None, its_unit)
        if is_other and column.scenario in STATED and not shown.corrected:
            yield n


def _not_counted(raw: Raw, column: ColumnRead, its_unit: str) -> Finding:
    place = Ref.at(raw.block.sheet.name, raw.block.header[-1], column.number)
    heading = column.header[:_LONGEST_HEADING]
    return tell("okand-kolumn", place, "unit", stated=heading, unit=its_unit)


def _unit_above_all(sheet: SheetGrid) -> str:
    """The one unit that the texts above the first of a sheet's blocks say, '' for none."""
    if _unit_above_all not in sheet.kept:
        first = blocks(sheet)[0] if blocks(sheet) else None
        said = {unit(title) for title in first.titles} - {None} if first is not None else set()
        sheet.kept[_unit_above_all] = next(iter(said)) if len(said) == 1 else ""
    found: str = sheet.kept[_unit_above_all] or ""
    return found


def _unknown(raw: Raw, columns: Sequence[ColumnRead], read: RowsRead, its_unit: str) -> set[int]:
    """The columns whose figures are amounts, since results have them too, but of what?"""
    results = [at for at, row in enumerate(read.rows) if row.role == "total" and any(row.amounts)]
    return {
        column.number
        for column, shown in zip(columns, raw.columns, strict=True)
        if column.scenario == "other"
        and not column.of
        and not is_other_unit(column.header)
        and unit(column.unit) in (None, its_unit)
        and results
        and all(shown.amounts[at] is not None for at in results)
    }


def _column_findings(
    raw: Raw, columns: Sequence[ColumnRead], unknown: set[int]
) -> Iterator[Finding]:
    """Columns of the same heading, and columns of figures whose heading says nothing known."""
    row = raw.block.header[-1]
    seen: dict[tuple[str, str], ColumnRead] = {}
    said = {one.number for one in raw.columns if one.corrected}
    for column in columns:
        if column.number in said:
            continue
        place = Ref.at(raw.block.sheet.name, row, column.number)
        key = (normalise(column.header), str(column.period))
        if column.scenario in STATED and not column.of and key in seen:
            yield tell("dubbel-kolumn", place, other=seen[key].header, stated=column.header)
        seen.setdefault(key, column)
        if column.number in unknown and column.header:
            yield tell("okand-kolumn", place, "period", stated=column.header[:_LONGEST_HEADING])
