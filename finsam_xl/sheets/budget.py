"""Tables of amounts by period and scenario: budgets, follow-ups, plans, statements and notes.

Known by their headings ("Budget 2019", "Utfall t.o.m. T2", "2005-2016" over "Utfall")
with figures below and labels to the left, wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from finsam_xl.address import a1
from finsam_xl.labels import normalise
from finsam_xl.model import Finding
from finsam_xl.money import parse_number
from finsam_xl.periods import Period
from finsam_xl.sheets.budget_rows import clean_label, role_of
from finsam_xl.sheets.grid import Cell, SheetGrid
from finsam_xl.sheets.period_headings import STATED, Meaning, heading_rows, is_year, meaning
from finsam_xl.sheets.tables import Column, Header, HeadingTexts, Row, Table, titles_above

_LARGEST_GAP = 3
_LONGEST_LABEL = 70
_LONGEST_CODE = 8
_KINDS = (
    ("balance", ("balansrapport", "balansräkning")),
    ("note", ("not ",)),
    ("income_statement", ("driftredovisning", "driftsredovisning", "resultaträkning")),
)
_UNITS = ("tkr", "mkr", "kr")


class _Found(NamedTuple):
    header: Header
    label: int
    code: int | None

    @property
    def left(self) -> int:
        """The first column."""
        return min(self.label, self.code or self.label)

    @property
    def right(self) -> int:
        """The last column."""
        return max(column.number for column in self.header.columns)

    def is_above(self, others: list[_Found]) -> bool:
        """Whether one of the others is in its columns."""
        return any(o.left <= self.right and self.left <= o.right for o in others)

    def ends_at(self, others: list[_Found]) -> int | None:
        """The row of the next headings in its columns, where its rows must have ended."""
        below = [
            other.header.row
            for other in others
            if other.header.row > self.header.row and self.is_above([other])
        ]
        return min(below, default=None)


def recognise(sheet: SheetGrid) -> list[Table]:
    """The tables of amounts on a sheet, from the top."""
    found = list(_headers(sheet))
    tables: list[Table] = []
    for one in found:
        following = one.ends_at(found)
        rows = _without_headings(_trimmed(list(_rows(sheet, one, following)), following))
        if sum(row.role not in ("section", "note") for row in rows) > 1:
            above = [t.rows[-1].row for t in tables if t.rows[-1].row < one.header.row]
            beside = [other.left for other in found if other is not one]
            tables.append(_table(sheet, one, rows, max(above, default=0), beside))
    return tables


def _headers(sheet: SheetGrid) -> Iterator[_Found]:
    texts = HeadingTexts(sheet)
    rows = heading_rows(sheet)
    waiting: list[_Found] = []
    for row in rows:
        found = list(_header(sheet, texts, row))
        if not found:
            continue
        # Of two heading rows the lower one says both what it and the upper one say.
        upper = [one for one in waiting if one.header.row == row - 1]
        yield from (one for one in waiting if one not in upper or not one.is_above(found))
        waiting = found
    yield from waiting


def _header(sheet: SheetGrid, texts: HeadingTexts, row: int) -> Iterator[_Found]:
    """The headings on a row: of one table, or of several that stand beside each other."""
    columns: list[Column] = []
    for number in range(1, sheet.width + 1):
        said, header = _meaning_of(sheet, texts, row, number)
        if said is not None and _has_figures(sheet, row, number):
            columns.append(Column(number, header, "amount", said.scenario, said.period))
        elif said is not None and said.scenario in ("deviation", "percent"):
            columns.append(Column(number, header, said.scenario, said.scenario, said.period))
    if not columns:
        return
    left = 1
    for beside in _beside(sheet, row, columns):
        last = beside[-1].number
        label, code = _label_columns(sheet, row, left, beside[0].number)
        is_heading = _is_heading_row(sheet, row, label or left, last)
        is_stated = any(column.scenario in STATED for column in beside)
        if label is not None and is_heading and is_stated:
            yield _Found(Header(row, tuple(beside), ()), label, code)
        left = last + 1


def _beside(sheet: SheetGrid, row: int, columns: list[Column]) -> Iterator[list[Column]]:
    """The columns of each table on a row: a new one begins where labels stand between."""
    group = columns[:1]
    for before, column in pairwise(columns):
        between = range(before.number + 1, column.number)
        if any(_has_totals(_texts_below(sheet, row, number)) for number in between):
            yield group
            group = []
        group.append(column)
    yield group


def _texts_below(sheet: SheetGrid, row: int, number: int) -> list[str]:
    found = (sheet.cell(at, number).value for at in range(row + 1, sheet.height + 1))
    return [value.strip() for value in found if type(value) is str and value.strip()]


def _has_totals(texts: list[str]) -> bool:
    """Whether texts are the labels of a table's rows: several, and a total among them."""
    labels = {text for text in texts if len(text) <= _LONGEST_LABEL}
    return len(labels) > 1 and any(role_of(text, has_amounts=True) == "total" for text in labels)


def _is_heading_row(sheet: SheetGrid, row: int, first: int, last: int) -> bool:
    """No amount stands in a heading row: its only numbers are years."""
    values = (sheet.cell(row, number).value for number in range(first, last + 1))
    return not any(isinstance(value, int | float) and not is_year(value) for value in values)


def _meaning_of(
    sheet: SheetGrid, texts: HeadingTexts, row: int, number: int
) -> tuple[Meaning | None, str]:
    """What a column's heading says, with the one that spans it where it says only half."""
    own = _heading(sheet, texts, row, number)
    said = meaning(own) if own else None
    if own and (said is None or said.period is None or said.scenario == "bare"):
        above = _spanning(sheet, texts, row - 1, number)
        both = meaning(f"{above} {own}") if above else None
        if both is not None and both.period is not None and both.scenario != "bare":
            return both, f"{above} {own}"
    return said, own


def _heading(sheet: SheetGrid, texts: HeadingTexts, row: int, number: int) -> str:
    value = sheet.cell(row, number).value
    if type(value) is int and is_year(value):
        return str(value)
    return texts.own(row, number)


def _spanning(sheet: SheetGrid, texts: HeadingTexts, row: int, number: int) -> str:
    """The heading over a column: right above, merged over it, or the nearest on its left."""
    for column in range(number, 0, -1):
        text = _heading(sheet, texts, *texts.origin(row, column))
        if text:
            return text
    return ""


def _has_figures(sheet: SheetGrid, row: int, number: int) -> bool:
    below = range(row + 1, sheet.height + 1)
    return any(_is_figure(sheet.cell(at, number)) for at in below)


def _is_figure(cell: Cell) -> bool:
    value = cell.value
    if type(value) is str:
        return parse_number(value) is not None
    return cell.formula is not None or (
        isinstance(value, int | float) and not isinstance(value, bool)
    )


def _label_columns(
    sheet: SheetGrid, row: int, left: int, first: int
) -> tuple[int | None, int | None]:
    """The column of the labels and, if there is one, of project codes, left of the amounts."""
    labels: dict[int, set[str]] = {}
    codes: dict[int, int] = {}
    for number in range(left, first):
        texts = _texts_below(sheet, row, number)
        codes[number] = sum(map(_is_code, texts))
        labels[number] = {text for text in texts if not _is_code(text)}
    if not any(labels.values()):
        return None, None
    # The labels differ from row to row; a column of the office's own repeats itself. What
    # stands further left may be another table's labels, if its totals are nearer.
    with_totals = [number for number in labels if _has_totals(list(labels[number]))]
    label = max(labels, key=lambda number: (len(labels[number]), -number))
    label = max(with_totals, default=label)
    code = max((n for n in codes if n != label and codes[n]), key=lambda n: codes[n], default=None)
    return label, code


def _is_code(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_CODE and " " not in text and any(c.isdigit() for c in text)


def _rows(sheet: SheetGrid, found: _Found, end: int | None) -> Iterator[Row]:
    numbers = [column.number for column in found.header.columns]
    section: int | None = None
    parent: int | None = None
    blanks = 0
    for row in range(found.header.row + 1, end or sheet.height + 1):
        value = sheet.cell(row, found.label).value
        text = value.strip() if type(value) is str else ""
        if not text:
            blanks += 1
            if blanks > _LARGEST_GAP:
                return
            continue
        amounts = any(not sheet.cell(row, number).is_blank for number in numbers)
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


def _table(sheet: SheetGrid, found: _Found, rows: list[Row], stop: int, beside: list[int]) -> Table:
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
        title=titles[-1] if titles else sheet.name,
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


def _resolved(
    columns: tuple[Column, ...], titles: tuple[str, ...], name: str
) -> tuple[Column, ...]:
    """Columns whose period or scenario stands only in the title."""
    said = " ".join((*titles, name)).lower()
    bare = (
        "outcome" if any(w in said for w in ("not ", "utfall", "balans", "redovis")) else "budget"
    )
    years = [p for text in (*titles, name) if (p := Period.find(text)) and p.until is None]
    fallback = years[0] if years else None
    named = [c.period for c in columns if c.period is not None and c.period.until is None]
    if fallback is None and named and len({p.year for p in named}) == 1:
        fallback = Period(named[0].year)
    resolved = []
    for column in columns:
        period = column.period or fallback
        if column.scenario == "outcome_to_date" and period and period.tertial is None:
            part = Period.find(f"{period.year} {column.header}")
            period = part or period
        scenario = bare if column.scenario == "bare" else column.scenario
        resolved.append(column._replace(period=period, scenario=scenario))
    return tuple(resolved)


def _one_period(periods: list[Period | None]) -> Period | None:
    years = {period.year for period in periods if period is not None}
    return Period(years.pop()) if len(years) == 1 else None


def _kind(columns: tuple[Column, ...], titles: tuple[str, ...], name: str) -> str:
    said = normalise(" ".join((*titles, name))) + " "
    for kind, words in _KINDS:
        if any(word in said for word in words):
            return kind
    scenarios = {column.scenario for column in columns}
    years = {c.period.year for c in columns if c.period is not None and c.field == "amount"}
    if "outcome_to_date" in scenarios:
        return "tertial"
    if {"outcome", "budget"} <= scenarios and len(years) == 1:
        return "outcome"
    return "plan" if len(years) > 2 else "budget"


def _unit(sheet: SheetGrid, found: _Found, titles: tuple[str, ...]) -> str:
    """The unit that titles, headings or the corner say; by size where they say none."""
    corner = [
        str(sheet.cell(row, column).value or "")
        for row in range(max(1, found.header.row - 4), found.header.row + 1)
        for column in range(found.left, found.right + 1)
    ]
    words = set(normalise(" ".join((*titles, *corner))).replace("(", " ").split())
    for unit in _UNITS:
        if unit in words or f"{unit}." in words:
            return unit
    numbers = {column.number for column in found.header.columns}
    largest = max(
        (
            abs(float(cell.value))
            for (row, column), cell in sheet.cells.items()
            if column in numbers and row > found.header.row and isinstance(cell.value, int | float)
        ),
        default=0.0,
    )
    return "tkr" if largest < 1_000_000 else "kr"


def _column_findings(
    sheet: SheetGrid, found: _Found, columns: tuple[Column, ...], others: list[int]
) -> Iterator[Finding]:
    """Columns that say the same, and columns of figures whose heading says nothing known.

    ``others``: where the tables beside it begin.
    """
    row = found.header.row
    seen: dict[tuple[Period | None, str], Column] = {}
    for column in columns:
        key = (column.period, column.scenario)
        if column.field == "amount" and column.scenario != "other" and key in seen:
            yield Finding(
                "warning",
                "dubbel-kolumn",
                sheet.name,
                a1(row, column.number),
                f"Kolumnen ”{column.header}” gäller samma period och slag som "
                f"”{seen[key].header}”. Den första används; byt rubrik på den ena.",
                stated=column.header,
            )
        seen.setdefault(key, column)
    known = {column.number for column in columns}
    beyond = min((n for n in others if n > found.right), default=sheet.width + 1)
    for number in range(min(known), beyond):
        text = sheet.cell(row, number).value
        if number not in known and type(text) is str and _has_figures(sheet, row, number):
            yield Finding(
                "warning",
                "okand-kolumn",
                sheet.name,
                a1(row, number),
                f"Rubriken ”{text.strip()[:60]}” säger ingen period. Kolumnen räknas inte; "
                "skriv till exempel ”Budget 2024” eller ”Utfall t.o.m. T2”.",
                stated=text.strip()[:60],
            )
