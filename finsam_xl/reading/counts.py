"""Tables of people, shares and stated figures: found by what they hold and read row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from finsam_xl.checks.people.kin import ASSOCIATION
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import decimals
from finsam_xl.model_counts import About, CountRow, Counts, Figure
from finsam_xl.money import as_int
from finsam_xl.periods import Period
from finsam_xl.reading.cells import Holds, holds
from finsam_xl.reading.count_heads import Head, titles_above
from finsam_xl.reading.count_kinds import KINDS, PARTICIPANTS, Kind
from finsam_xl.reading.count_known import InBook
from finsam_xl.reading.count_match import Match, matches
from finsam_xl.reading.row_labels import clean_label
from finsam_xl.records import NamedTuple
from finsam_xl.sheets import values
from finsam_xl.sheets.grid import Cell, SheetGrid
from finsam_xl.sheets.tables import Column, Row, Table
from finsam_xl.words.totals import ends_as_sum, is_everyone

_LARGEST_GAP = 1
_OF_UNITS = frozenset({"platforms", "referrals", "responses"})
_OF_BUDGETS = frozenset({"index_overview"})
"""Kinds that social budgets fill: their rows may all be blank."""
TEXTS = frozenset({
    "unit", "when", "where", "party", "platform", "class", "line", "area", "goal", "indicator",
    "audience", "questions", "rule", "responsible", "stated", "municipality", "what", "number",
    "limit", "judged", "remark",
})  # fmt: skip
"""Fields that hold words, also where a word looks like a figure."""
_ABOUT = "about"
"""The field that says what a row's figure is of, in words or by a formula."""


class ReadCounts(NamedTuple):
    """A table as read, its record, and what was found on the way."""

    table: Table
    counts: Counts
    findings: tuple[Finding, ...]


def recognise(
    sheet: SheetGrid,
    known: InBook,
    taken: Iterable[Table] = (),
    kinds: Sequence[Kind] = KINDS,
) -> list[Table]:
    """The tables of some kinds on a sheet, from the top.

    ``known``: what the workbook tells; ``taken``: the tables of the sheet that are read already.
    """
    found = matches(sheet, kinds, known, taken)
    tables: list[Table] = []
    ends = [*(head.row for head, _ in found[1:]), None]
    for (head, match), end in zip(found, ends, strict=False):
        table = _table(head, match, tables[-1].rows[-1].row if tables else 0, end)
        if table is not None:
            tables.append(table)
    return tables


def went(
    sheets: Iterable[SheetGrid], taken: Mapping[str, Sequence[Table]], known: InBook
) -> dict[tuple[str, str], int]:
    """How many the association's own table of participants says went where, and whose they are."""
    tables = [
        (sheet, table)
        for sheet in sheets
        for table in recognise(sheet, known, taken[sheet.name], (PARTICIPANTS,))
    ]
    if not tables:
        return {}
    from finsam_xl.checks.people.rows import facts

    own = [one for sheet, table in tables for one in facts(read(sheet, table).counts, sound=True)]
    wanted = set(ASSOCIATION.values())
    found: dict[tuple[str, str], int] = {}
    for one in own:
        for name, whose in wanted:
            number = one.number(name, whose)
            if number is not None and number.denominator == 1:
                found.setdefault((name, whose), int(number))
    return found


def _table(head: Head, match: Match, stop: int, end: int | None) -> Table | None:
    sheet, kind = head.sheet, match.kind
    columns = _columns(match)
    label = next(column for column in columns if column.field == "label")
    rows = list(_rows(sheet, kind.kind, label.number, columns, head.row, end))
    if not any(row.role in ("line", "total", "subline") for row in rows):
        return None
    titles = titles_above(head, stop)
    period = next((p for t in (*titles, sheet.name) if (p := Period.find(t))), None)
    return Table(
        sheet=sheet.name,
        kind=kind.kind,
        title=titles[0] if titles else sheet.name,
        titles=titles,
        period=period,
        header_row=head.row,
        columns=columns,
        rows=tuple(rows),
        score=round(min(1.0, 0.5 + match.weight / (2 * len(kind.fields))), 2),
        why="; ".join(
            (
                f"{len(columns)} kolumner för {kind.name} på rad {head.row}",
                *dict.fromkeys(match.grounds),
            )
        ),
        unit="st",
    )


def _columns(match: Match) -> tuple[Column, ...]:
    """The known columns from the left; a heading with a year of its own keeps it."""
    label = match.kind.label
    known = sorted((*match.columns, *match.doubles), key=lambda column: column.number)
    return tuple(
        column._replace(
            field="label" if column.field == label else column.field,
            period=Period.find(column.header),
        )
        for column in known
    )


def _rows(
    sheet: SheetGrid,
    kind: str,
    label: int,
    columns: tuple[Column, ...],
    header: int,
    end: int | None,
) -> Iterator[Row]:
    others = [column.number for column in columns if column.field != "label"]
    section: int | None = None
    parent: int | None = None
    gap = 0
    for row in range(header + 1, end or sheet.height + 1):
        value = sheet.cell(row, label).value
        text = "" if value is None else str(value).strip()
        beside = [cell for number in others if not (cell := sheet.cell(row, number)).is_blank]
        filled = bool(beside)
        if not text and not filled:
            gap += 1
            if gap > _LARGEST_GAP:
                return
            continue
        if gap and _stands_alone(text, beside):
            # A text on its own after a blank row is a note or the next table's title.
            return
        gap = 0
        role, clean = _role(text, kind, is_filled=filled)
        if role == "section":
            section = row
        yield Row(row, role, clean, parent if role == "subline" else section)
        if role in ("line", "total"):
            parent = row


def _stands_alone(label: str, beside: Sequence[Cell]) -> bool:
    """Whether a row holds a single text, under whichever heading."""
    if label:
        return not beside
    return len(beside) == 1 and holds(beside[0]) is Holds.TEXT


def _role(text: str, kind: str, *, is_filled: bool) -> tuple[str, str]:
    label = clean_label(text)
    if not is_filled and kind not in _OF_BUDGETS:
        return "section", label.text
    if label.level > 1:
        return "subline", label.text
    # "Deltagare totalt" is a line of what people are counted; "Norr totalt" is a sum of units.
    if is_everyone(label.text) or (kind in _OF_UNITS and ends_as_sum(label.text)):
        return "total", label.text
    return "line", label.text


def read(sheet: SheetGrid, table: Table) -> ReadCounts:
    """Read every row of a recognised table."""
    findings: list[Finding] = []
    index_of: dict[int, int] = {}
    labels = {row.row: row.label for row in table.rows}
    sections = {row.row: row.parent for row in table.rows}
    label_column = table.column("label") or 1
    rows: list[CountRow] = []
    for row in table.rows:
        figures, texts = _figures(sheet, table, row.row, findings)
        section = sections.get(row.parent or 0) if row.role == "subline" else row.parent
        index_of[row.row] = len(rows)
        rows.append(
            CountRow(
                row.row,
                row.role,
                row.label,
                labels.get(section or 0, ""),
                index_of.get(row.parent or 0) if row.role == "subline" else None,
                figures,
                texts,
                Ref.at(table.sheet, row.row, label_column),
                _about(sheet, table, row.row),
            )
        )
    headings = {_key(table, column): column.header for column in table.columns}
    rows = _without_unknown(sheet, table, rows)
    record = Counts(table.kind, table.sheet, table.titles, table.period, headings, rows)
    return ReadCounts(table, record, tuple(findings))


def _about(sheet: SheetGrid, table: Table, row: int) -> About | None:
    """What a stated figure is of, as it is written: of a formula the formula."""
    column = table.column(_ABOUT)
    if column is None:
        return None
    cell = sheet.cell(row, column)
    said = cell.formula if cell.formula is not None else str(cell.value or "")
    return About(said.strip(), Ref.at(table.sheet, row, column)) if said.strip() else None


def _without_unknown(sheet: SheetGrid, table: Table, rows: list[CountRow]) -> list[CountRow]:
    """The rows without the columns in which a figure is unknown: no sum of those is known."""
    unknown = {
        _key(table, column)
        for column in table.columns
        if any(sheet.cell(row.row, column.number).is_unknown for row in rows)
    }
    if not unknown:
        return rows
    return [
        row._replace(figures={key: one for key, one in row.figures.items() if key not in unknown})
        for row in rows
    ]


def _key(table: Table, column: Column) -> str:
    is_other = column.period is not None and column.period != table.period
    return f"{column.field}@{column.period}" if is_other else column.field


def _figures(
    sheet: SheetGrid, table: Table, row: int, findings: list[Finding]
) -> tuple[dict[str, Figure], dict[str, str]]:
    figures: dict[str, Figure] = {}
    texts: dict[str, str] = {}
    for column in table.columns:
        cell = sheet.cell(row, column.number)
        if cell.is_blank or column.field == _ABOUT:
            continue
        ref = Ref.at(table.sheet, row, column.number)
        if cell.is_unknown:
            _figure(cell, ref, column, findings)
            continue
        key = _key(table, column)
        if column.field == "label" or column.field in TEXTS:
            texts[key] = str(cell.value).strip()
            continue
        figure = _figure(cell, ref, column, findings)
        if figure is None:
            texts[key] = str(cell.value).strip()
        else:
            figures[key] = figure
    unit = texts.get("unit", "")
    if unit:
        figures = {key: one._replace(unit=one.unit or unit) for key, one in figures.items()}
    return figures, texts


def _figure(cell: Cell, ref: Ref, column: Column, findings: list[Finding]) -> Figure | None:
    reading = values.read(cell, ref, f"Talet under {column.header}")
    if reading.finding is not None:
        findings.append(reading.finding)
    if reading.number is None or reading.bad:
        return None
    number = reading.number
    unit = "%" if number.percent else number.unit
    return Figure(as_int(number.value), decimals(number.value), unit, ref)
