"""Which tables of a workbook belong to its annual report, and the report of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from finsam_xl import policy
from finsam_xl.actions import budget as budgets
from finsam_xl.actions.shares import cost_lines
from finsam_xl.address import position
from finsam_xl.errors import WorkbookError
from finsam_xl.labels import normalise
from finsam_xl.model_budget import Budget
from finsam_xl.model_counts import Counts
from finsam_xl.plan import CellEdit
from finsam_xl.reading import book as reading
from finsam_xl.reading import counts
from finsam_xl.reading.book import ReadBudget
from finsam_xl.reading.count_kinds import NAMES
from finsam_xl.reading.people import is_by_headings
from finsam_xl.reading.settings import settings
from finsam_xl.records import NamedTuple
from finsam_xl.report import annual as report
from finsam_xl.report.annual_tables import Annual, Statement
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.sheets.grid import Grid, SheetGrid
from finsam_xl.sheets.tables import Table
from finsam_xl.words.kinds import Kind, note_number

_BY_KIND = {
    "balance": "balance",
    "income_statement": "income",
    "outcome": "outcome",
    "balanskrav": "balanskrav",
    "cash_flow": "cash_flow",
    "overview": "overview",
    "note": "notes",
}
_OPERATIONS = ("driftredovisning", "driftsredovisning")
"""How an income statement that is held against budget is told from the one that is not."""
_COUNTS = {
    "cost_split": "cost_split",
    "cost_classes": "cost_classes",
    "platforms": "platforms",
    "referrals": "referrals",
    "responses": "responses",
    "index_overview": "units",
    "weights": "weights",
}


class _Found(NamedTuple):
    """A table's part in the annual report, and its year."""

    part: str
    year: int
    table: Statement | Counts


def build(
    grid: Grid,
    tables: Sequence[Table],
    today: date,
    run: str,
    association: str,
    edits: Iterable[CellEdit] = (),
) -> tuple[SheetPlan, ...]:
    """The sheets of the annual report; raises ``WorkbookError`` when it has no table of one.

    ``edits``: what the same run writes, which is printed with the rest.
    """
    edits = tuple(edits)
    printed = budgets.as_written(grid, reading.budgets(tables), edits)
    found = [
        *(one for table in tables for one in _counted(grid, table, edits)),
        *(one for read in printed for one in _stated(grid.sheet(read.table.sheet), read)),
    ]
    parts = _latest(found)
    day = max((one.year for one in found), default=0)
    rules = policy.on(policy.current(date(day, 1, 1) if day else today)).impact_index
    rules = settings(grid).on(rules)
    notes = tuple(_notes(found))
    classes = parts.pop("cost_classes", None)
    annual = Annual(association, run, rules, notes=notes, **parts)  # type: ignore[arg-type]
    column = annual.outcome.column_of(annual.year) if annual.outcome else None
    if annual.outcome is not None and column is not None:
        known = classes if isinstance(classes, Counts) else None
        lines = cost_lines(grid, annual.outcome.budget, column, known, annual.year)
        annual = annual._replace(cost_lines=lines)
    if not annual.has_economy and not annual.activity:
        raise WorkbookError(
            "Arbetsboken har inga tabeller ur en årsredovisning att göra rapporten av.",
            remedy=(
                "Rapporten behöver minst en av: femårsöversikt, driftredovisning, utfall mot "
                "budget, resultat- eller balansräkning, kostnadsfördelning, deltagare, "
                "plattformar, aktualiserande parter."
            ),
        )
    return report.build(annual, [sheet.owner for sheet in grid.sheets if sheet.owner])


def _counted(grid: Grid, table: Table, edits: Sequence[CellEdit]) -> Iterable[_Found]:
    """A table of people or shares that the report has a part for, with what a run writes."""
    if table.kind not in NAMES or not is_by_headings(table):
        return
    part = _COUNTS.get(table.kind, "")
    if table.kind == "participants":
        is_measures = table.column("unit") or any(r.role == "section" for r in table.rows)
        part = "measures" if is_measures else "participants"
    if part:
        year = table.period.year if table.period else 0
        new = {
            position(edit.cell): edit.new
            for edit in edits
            if edit.sheet == table.sheet and not edit.keeps_value
        }
        sheet = grid.sheet(table.sheet).with_values(new)
        yield _Found(part, year, counts.read(sheet, table).counts)


def _stated(sheet: SheetGrid, one: ReadBudget) -> Iterable[_Found]:
    """A table of amounts, if the annual report has a part for it."""
    part = _part(one.table)
    if part:
        statement = _statement(sheet, one.table, one.budget)
        yield _Found(part, statement.year, statement)


def _part(table: Table) -> str:
    """What a table of amounts is in an annual report, '' if it belongs to something else."""
    part = _BY_KIND.get(table.kind, "")
    if part in ("income", "outcome"):
        words = normalise(f"{table.title} {table.sheet}")
        return "operations" if any(word in words for word in _OPERATIONS) else part
    is_to_date = any(column.period and column.period.is_part for column in table.columns)
    return "" if part == "balance" and is_to_date else part


def _statement(sheet: SheetGrid, table: Table, budget: Budget) -> Statement:
    """A table of amounts, and the texts that stand where its amounts would."""
    texts = {
        (number, column): str(cell.value).strip()
        for number, row in enumerate(budget.rows)
        for column, heading in enumerate(budget.columns)
        if row.amounts[column] is None and row.role not in ("section", "note")
        for cell in (sheet.cell(row.row, heading.number),)
        if type(cell.value) is str
    }
    number = note_number(table.title) if table.kind == Kind.NOTE else ""
    return Statement(budget, texts, number, _references(sheet, table))


def _references(sheet: SheetGrid, table: Table) -> dict[int, tuple[str, ...]]:
    """The numbers in the column headed "Not", if the table has one, by the index of their row."""
    first = min(column.number for column in table.columns if column.field != "label")
    for number in range(1, max(first, table.column("code") or 0) + 1):
        if normalise(str(sheet.cell(table.header_row, number).value or "")) == "not":
            found = (str(sheet.cell(row.row, number).value or "") for row in table.rows)
            numbers = (tuple(re.findall(r"\d+", text)) for text in found)
            return {index: those for index, those in enumerate(numbers) if those}
    return {}


def _latest(found: Sequence[_Found]) -> dict[str, Statement | Counts]:
    """The table of the latest year for each part.

    Of several statements the first is shown, and knows that it is not the only one: no key
    figure is taken from it.
    """
    latest: dict[str, list[_Found]] = {}
    for one in found:
        known = latest.setdefault(one.part, [])
        if known and one.year > known[0].year:
            known.clear()
        if not known or one.year == known[0].year:
            known.append(one)
    return {part: _chosen(those) for part, those in latest.items() if part != "notes"}


def _chosen(those: Sequence[_Found]) -> Statement | Counts:
    table = those[0].table
    if len(those) == 1 or not isinstance(table, Statement):
        return table
    budgets = [one.table.budget for one in those if isinstance(one.table, Statement)]
    rivals = tuple(str(one.label_place(0)) for one in budgets)
    return table._replace(rivals=rivals)


def _notes(found: Sequence[_Found]) -> Iterable[Statement]:
    """The notes of the latest year in the order of their numbers."""
    notes = [
        (one.year, one.table)
        for one in found
        if one.part == "notes" and isinstance(one.table, Statement)
    ]
    latest = max((year for year, _ in notes), default=0)
    return sorted(
        (table for year, table in notes if year == latest), key=lambda note: int(note.number or 0)
    )
