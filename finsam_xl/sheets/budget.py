"""Tables of amounts by period and scenario: budgets, follow-ups, plans, statements and notes.

Known by their headings ("Budget 2019", "Utfall t.o.m. T2", "2005-2016" over "Utfall")
with figures below and labels to the left, wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterator

from finsam_xl.address import a1
from finsam_xl.model import Finding, Ref
from finsam_xl.periods import Period
from finsam_xl.sheets.budget_headers import Found, has_figures, headers
from finsam_xl.sheets.budget_rows import clean_label, role_of
from finsam_xl.sheets.grid import BLANK, SheetGrid
from finsam_xl.sheets.tables import Column, Row, Table, titles_above
from finsam_xl.words import kinds
from finsam_xl.words.units import Unit, unit

_LARGEST_GAP = 3
_TO_DATE = ("outcome_to_date", "budget_to_date")


def recognise(sheet: SheetGrid) -> list[Table]:
    """The tables of amounts on a sheet, from the top."""
    found = list(headers(sheet))
    tables: list[Table] = []
    ends: list[int] = []
    for one in found:
        following = one.ends_at(found)
        rows = _without_headings(_trimmed(list(_rows(sheet, one, following)), following))
        filled = sum(row.role not in ("section", "note") for row in rows)
        if filled > 1 or (filled and _is_note(sheet, one)):
            above = [row for row in ends if row < one.header.row]
            beside = [other.left for other in found if other is not one]
            tables.append(_table(sheet, one, rows, max(above, default=0), beside))
        ends.append(rows[-1].row if rows else one.header.row)
    return tables


def _is_note(sheet: SheetGrid, one: Found) -> bool:
    """Whether the title right above is a note's: it may have a single row."""
    titles = titles_above(sheet, one.header, one.header.row - 3, one.left)
    return any(map(kinds.note_number, titles))


def _rows(sheet: SheetGrid, found: Found, end: int | None) -> Iterator[Row]:
    numbers = [column.number for column in found.header.columns]
    section: int | None = None
    parent: int | None = None
    blanks = 0
    cells = sheet.cells
    for row in range(found.header.row + 1, end or sheet.height + 1):
        value = cells.get((row, found.label), BLANK).value
        text = value.strip() if type(value) is str else ""
        if not text:
            blanks += 1
            if blanks > _LARGEST_GAP:
                return
            continue
        beside = (cells.get((row, number)) for number in numbers)
        amounts = any(cell is not None and not cell.is_blank for cell in beside)
        blanks = 0
        label = clean_label(text)
        role = role_of(label.text, has_amounts=amounts)
        if label.level > 1 and role == "line":
            role = "subline"
        if role == "section":
            section = row
        above = parent if role == "subline" else section
        yield Row(row, role, label.text, above, label.code, label.level)
        if role == "line":
            parent = row


def _trimmed(rows: list[Row], end: int | None) -> list[Row]:
    """Without the rows that are already the next table's titles."""
    while end is not None and rows and rows[-1].role in ("section", "note"):
        rows.pop()
    return rows


def _without_headings(rows: list[Row]) -> list[Row]:
    """The same rows; one with a result's label, nothing beside it and no line below is a result."""
    found = []
    for number, row in enumerate(rows):
        below = rows[number + 1].role if number + 1 < len(rows) else ""
        role = role_of(row.label, has_amounts=True) if row.role == "section" else row.role
        is_heading = role in ("line", "total") or below in ("line", "subline")
        found.append(row if row.role != "section" or is_heading else row._replace(role=role))
    return found


def _table(sheet: SheetGrid, found: Found, rows: list[Row], stop: int, beside: list[int]) -> Table:
    titles = titles_above(sheet, found.header, stop, found.left)
    columns = _resolved(found.header.columns, titles, sheet.name)
    kind = _kind(columns, titles, sheet.name)
    amounts = [column for column in columns if column.field == "amount"]
    labels = [Column(found.label, "", "label", "other")]
    if found.code is not None:
        labels.append(Column(found.code, "", "code", "other"))
    return Table(
        sheet=sheet.name,
        kind=kind,
        title=_title(kind, titles) or sheet.name,
        titles=titles,
        period=_one_period([column.period for column in amounts]),
        header_row=found.header.row,
        columns=(*labels, *columns),
        rows=tuple(rows),
        score=round(min(1.0, 0.5 + 0.1 * len(amounts) + 0.01 * len(rows)), 2),
        why=f"{len(amounts)} kolumner med period eller slag på rad {found.header.row}",
        unit=_unit(sheet, found, titles),
        findings=tuple(_column_findings(sheet, found, columns, beside)),
    )


def _title(kind: str, titles: tuple[str, ...]) -> str:
    """What a table is called: the furthest of the titles above it, a note by its number."""
    numbered = [title for title in titles if kinds.note_number(title)] if kind == "note" else []
    return next(iter((*numbered, *titles[-1:])), "")


def _resolved(
    columns: tuple[Column, ...], titles: tuple[str, ...], name: str
) -> tuple[Column, ...]:
    """Columns whose period or scenario stands only in the title."""
    said = " ".join((*titles, name)).lower()
    bare = "outcome" if any(map(kinds.is_closed, (*titles, name))) else "budget"
    years = [p for text in (*titles, name) if (p := Period.find(text)) and p.until is None]
    fallback = years[0] if years else None
    named = [c.period for c in columns if c.period is not None and c.period.until is None]
    if fallback is None and named and len({p.year for p in named}) == 1:
        fallback = Period(named[0].year)
    resolved = []
    for column in columns:
        period = column.period or fallback
        if column.scenario in _TO_DATE and period and period.tertial is None:
            part = Period.find(f"{period.year} {column.header}")
            period = part or period
        scenario = bare if column.scenario == "bare" else column.scenario
        if scenario == "outcome_to_date" and "balans" in said and period and not period.tertial:
            # A balance sheet per the last day of the year is the year's.
            scenario = "outcome"
        resolved.append(column._replace(period=period, scenario=scenario))
    return tuple(resolved)


def _one_period(periods: list[Period | None]) -> Period | None:
    years = {period.year for period in periods if period is not None}
    return Period(years.pop()) if len(years) == 1 else None


def _kind(columns: tuple[Column, ...], titles: tuple[str, ...], name: str) -> str:
    # What stands nearest says most: a note below the title of a statement is a note.
    for text in (*titles, name):
        named = kinds.kind(text)
        if named is not None:
            return named.value
    scenarios = {column.scenario for column in columns}
    years = {c.period.year for c in columns if c.period is not None and c.field == "amount"}
    if "outcome_to_date" in scenarios:
        return "tertial"
    if {"outcome", "budget"} <= scenarios and len(years) == 1:
        return "outcome"
    return "plan" if len(years) > 2 else "budget"


def _unit(sheet: SheetGrid, found: Found, titles: tuple[str, ...]) -> str:
    """The unit that titles, headings or the corner say; by size where they say none."""
    corner = [
        str(sheet.cell(row, column).value or "")
        for row in range(max(1, found.header.row - 4), found.header.row + 1)
        for column in range(found.left, found.right + 1)
    ]
    said = unit(" ".join((*titles, *corner)))
    if said is not None:
        return said
    numbers = {column.number for column in found.header.columns}
    largest = max(
        (
            abs(float(cell.value))
            for (row, column), cell in sheet.cells.items()
            if column in numbers and row > found.header.row and isinstance(cell.value, int | float)
        ),
        default=0.0,
    )
    return Unit.TKR if largest < 1_000_000 else Unit.KR


def _column_findings(
    sheet: SheetGrid, found: Found, columns: tuple[Column, ...], others: list[int]
) -> Iterator[Finding]:
    """Columns that say the same, and columns of figures whose heading says nothing known.

    ``others``: where the tables beside it begin.
    """
    row = found.header.row
    seen: dict[tuple[Period | None, str], Column] = {}
    for column in columns:
        key = (column.period, column.scenario)
        if column.field == "amount" and column.scenario != "other" and key in seen:
            yield Finding.at(
                Ref(sheet.name, a1(row, column.number)),
                "warning",
                "dubbel-kolumn",
                f"Kolumnen ”{column.header}” gäller samma period och slag som "
                f"”{seen[key].header}”. Den första används; byt rubrik på den ena.",
                stated=column.header,
            )
        seen.setdefault(key, column)
    known = {column.number for column in columns}
    beyond = min((n for n in others if n > found.right), default=sheet.width + 1)
    for number in range(min(known), beyond):
        text = sheet.cell(row, number).value
        if number not in known and type(text) is str and has_figures(sheet, row, number):
            yield Finding.at(
                Ref(sheet.name, a1(row, number)),
                "warning",
                "okand-kolumn",
                f"Rubriken ”{text.strip()[:60]}” säger ingen period. Kolumnen räknas inte; "
                "skriv till exempel ”Budget 2024” eller ”Utfall t.o.m. T2”.",
                stated=text.strip()[:60],
            )
