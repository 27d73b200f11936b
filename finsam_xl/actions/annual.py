"""Which tables of a workbook belong to its annual report, and the report of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from finsam_xl import policy
from finsam_xl.actions import budget as budgets
from finsam_xl.actions.annual_notes import area_names, separate_notes
from finsam_xl.actions.reports import Asked, equity_rules, fees_tkr
from finsam_xl.actions.shares import cost_lines
from finsam_xl.address import position
from finsam_xl.calc.equity import ceiling
from finsam_xl.errors import WorkbookError
from finsam_xl.labels import normalise
from finsam_xl.model import Finding, Ref
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
from finsam_xl.report.annual_checks import fees_of
from finsam_xl.report.annual_tables import Annual, Part, Statement
from finsam_xl.report.ceilings import rules_told
from finsam_xl.sheetplan import SheetPlan
from finsam_xl.sheets.grid import Grid, SheetGrid
from finsam_xl.sheets.tables import Table
from finsam_xl.words.kinds import Kind, note_number, reference

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
    "platforms": Part.PLATFORMS,
    "referrals": Part.REFERRALS,
    "responses": Part.RESPONSES,
    "index_overview": Part.UNITS,
    "weights": Part.WEIGHTS,
}
_COUNTED = ("count", "percent")
_COSTS = ("cost_split", "cost_classes")


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
    asked: Asked,
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
    dated = policy.current(date(day, 1, 1) if day else today)
    own = settings(grid)
    classes = parts.pop("cost_classes", None)
    annual = Annual(
        association,
        run,
        own.on(policy.on(dated).impact_index),
        notes=tuple(_notes(found)),
        activity={part: those for part in Part if (those := tuple(_activity(found, part)))},
        areas=area_names(grid, tables),
        wrong=_wrong(asked.findings(), edits),
        fewest=own.on(policy.privacy(dated)).fewest,
        **parts,  # type: ignore[arg-type]
    )
    ceilings = _ceilings(annual, fees_tkr(grid, tables))
    annual = annual._replace(
        ceilings=ceilings,
        trappan=tuple(rules_told(equity_rules, sorted(ceilings))),
        economy_faults=asked.faults(_read(tables, annual.economy)),
        activity_faults=asked.faults(_read(tables, annual.counts)),
    )
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


def _read(tables: Iterable[Table], printed: Iterable[Budget | Counts]) -> list[Table]:
    """The tables that what is printed was read from."""
    begins = {(one.sheet, one.rows[0].row) for one in printed if one.rows}
    return [
        table for table in tables if any((table.sheet, row.row) in begins for row in table.rows)
    ]


def _wrong(findings: Sequence[Finding], edits: Iterable[CellEdit]) -> dict[Ref, str]:
    """What the control says of the figures that look wrong, but for those that a run writes."""
    written = {(edit.sheet, edit.cell) for edit in edits}
    return {
        Ref(one.sheet, one.cell): one.message
        for one in reversed(findings)
        if one.sheet and one.cell and one.severity != "info"
        if (one.sheet, one.cell) not in written
    }


def _ceilings(annual: Annual, fees: Mapping[int, Fraction]) -> dict[int, Fraction]:
    """The ceiling of equity in tkr, of every year whose fees are known."""
    years = {annual.year, *(annual.overview.years if annual.overview is not None else ())}
    known = {year: fees_of(annual, year) for year in years} | dict(fees)
    found = {}
    for year, amount in known.items():
        rules = equity_rules(year) if amount is not None and year else None
        highest = None if rules is None or amount is None else ceiling(amount, rules)
        if highest is not None:
            found[year] = highest
    return found


def _counted(grid: Grid, table: Table, edits: Sequence[CellEdit]) -> Iterable[_Found]:
    """A table of people or shares that the report has a part for, with what a run writes."""
    if table.kind not in NAMES:
        return
    part: str = table.kind if table.kind in _COSTS else _COUNTS.get(table.kind, "")
    if not is_by_headings(table):
        part, table = Part.PEOPLE, _each_column(table)
    elif table.kind == "participants":
        is_measures = table.column("unit") or any(r.role == "section" for r in table.rows)
        part = Part.MEASURES if is_measures else Part.PARTICIPANTS
    if part:
        year = table.period.year if table.period else 0
        new = {
            position(edit.cell): edit.new
            for edit in edits
            if edit.sheet == table.sheet and not edit.keeps_value
        }
        sheet = grid.sheet(table.sheet).with_values(new)
        yield _Found(part, year, counts.read(sheet, table).counts)


def _each_column(table: Table) -> Table:
    """A table whose columns of counts are all of the same field, with a field for each."""
    return table._replace(
        columns=tuple(
            column._replace(field=f"{column.field} {column.number}", period=None)
            if column.field in _COUNTED
            else column
            for column in table.columns
            if column.field in ("label", *_COUNTED)
        )
    )


def _activity(found: Sequence[_Found], part: Part) -> Iterable[Counts]:
    """All tables of a part, of the latest year that there is one of."""
    those = [one for one in found if one.part == part]
    latest = max((one.year for one in those), default=0)
    return (o.table for o in those if o.year == latest and isinstance(o.table, Counts))


def _stated(sheet: SheetGrid, one: ReadBudget) -> Iterable[_Found]:
    """A table of amounts, or the notes that one is, if the annual report has a part for it."""
    part = _part(one.table)
    if not part:
        return
    heading = str(sheet.cell(one.table.header_row, one.budget.label_column).value or "").strip()
    if part != "notes":
        statement = _statement(sheet, one.table, one.budget)
        yield _Found(part, statement.year, statement)
        return
    for budget in separate_notes(one.budget, heading):
        statement = _statement(sheet, one.table, budget)
        yield _Found(_BY_KIND[budget.kind], statement.year, statement)


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
    number = note_number(budget.title) if table.kind == Kind.NOTE else ""
    references = _references(sheet, table)
    return Statement(
        budget,
        texts,
        number,
        {n: references[row.row] for n, row in enumerate(budget.rows) if row.row in references},
    )


def _references(sheet: SheetGrid, table: Table) -> dict[int, tuple[str, ...]]:
    """The numbers in the column headed "Not", or else those that labels end with, by rows."""
    first = min(column.number for column in table.columns if column.field != "label")
    for number in range(1, max(first, table.column("code") or 0) + 1):
        if normalise(str(sheet.cell(table.header_row, number).value or "")) == "not":
            texts = {row.row: str(sheet.cell(row.row, number).value or "") for row in table.rows}
            numbers = {row: tuple(re.findall(r"\d+", text)) for row, text in texts.items()}
            return {row: those for row, those in numbers.items() if those}
    said = {row.row: reference(row.label) for row in table.rows}
    return {row: (number,) for row, number in said.items() if number}


def _latest(found: Sequence[_Found]) -> dict[str, Statement | Counts]:
    """The table of the latest year for each part that has only one.

    Of several statements the first is shown, and knows that it is not the only one: no key
    figure is taken from it.
    """
    latest: dict[str, list[_Found]] = {}
    for one in found:
        if one.part == "notes" or one.part in set(Part):
            continue
        known = latest.setdefault(one.part, [])
        if known and one.year > known[0].year:
            known.clear()
        if not known or one.year == known[0].year:
            known.append(one)
    return {part: _chosen(those) for part, those in latest.items()}


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
