"""The sheet *Årsredovisning Ekonomi*: overview, outcome, cost split, statements and notes."""

from __future__ import annotations

from collections.abc import Iterator

from finsam_xl.report import amounts as say
from finsam_xl.report import annual_costs, annual_notes
from finsam_xl.report import annual_statements as statements
from finsam_xl.report.annual_blocks import Block, notes, pieces
from finsam_xl.report.annual_charts import bars
from finsam_xl.report.annual_checks import balanskrav_text, cash_flow_texts, own_equity
from finsam_xl.report.annual_figures import economy_answer, economy_figures, unclear_figures
from finsam_xl.report.annual_overview import overview
from finsam_xl.report.annual_sheet import Top, begun
from finsam_xl.report.annual_statements import MOST_COLUMNS, in_unit
from finsam_xl.report.annual_tables import Annual, Statement
from finsam_xl.report.flow import Piece, put
from finsam_xl.report.sheet import ReportSheet
from finsam_xl.sheetplan import SheetPlan

NAME, OWNER = "Årsredovisning Ekonomi", "arsredovisning_ekonomi"
_WIDTHS = (21.0, 11.0, *(11.4,) * MOST_COLUMNS)


def build(annual: Annual) -> SheetPlan:
    """The sheet of an annual report that has tables of the economy."""
    top = Top(
        annual.titled("Årsredovisning", "ekonomi"),
        economy_answer(annual),
        economy_figures(annual),
        annual.economy_faults,
    )
    sheet = begun(annual, top, _WIDTHS)
    put(sheet, [*_tables(sheet, annual), *notes(sheet, [*_notes(annual)])])
    return sheet.plan(NAME, OWNER)


def _tables(sheet: ReportSheet, annual: Annual) -> Iterator[Piece]:
    yield from overview(sheet, annual)
    for one in _against_budget(annual):
        yield from pieces(sheet, one)
    yield from _costs(sheet, annual)
    for one in _statements(annual):
        yield from pieces(sheet, one)
    yield from annual_notes.notes(sheet, annual)


def _simple(
    annual: Annual, statement: Statement, title: str, *more: str, is_aligned: bool = False
) -> Block:
    year = statement.year or annual.year or ""
    title = in_unit(f"{title} {year}".strip(), statement.budget.unit)
    made = statements.block(statement, title, annual.wrong, is_aligned=is_aligned)
    return made._replace(notes=(*made.notes, *more))


def _against_budget(annual: Annual) -> Iterator[Block]:
    """How the year came out against budget, in all and line by line."""
    if annual.operations is not None:
        yield _simple(annual, annual.operations, "Driftredovisning")
    if annual.outcome is not None:
        scenarios = {column.scenario for column in annual.outcome.budget.columns}
        title = "Utfall mot budget" if "budget" in scenarios else "Utfall"
        yield _simple(annual, annual.outcome, title)


def _costs(sheet: ReportSheet, annual: Annual) -> Iterator[Piece]:
    """What the costs went to, and a chart of it."""
    made = annual_costs.block(annual)
    if made is not None:
        yield from pieces(sheet, made)
        yield from bars(sheet, *annual_costs.shares(annual))


def _statements(annual: Annual) -> Iterator[Block]:
    """The balanskravsresultat, the income statement, the balance sheet and the cash flow."""
    if annual.balanskrav is not None:
        said = balanskrav_text(annual)
        yield _simple(annual, annual.balanskrav, "Balanskravsresultat", *said)
    income = annual.income
    if income is not None:
        yield _simple(annual, income, "Resultaträkning")
    if annual.balance is not None:
        yield _simple(annual, annual.balance, "Balansräkning")
    if annual.cash_flow is not None:
        has_notes = income is not None and bool(income.references)
        said = cash_flow_texts(annual)
        yield _simple(annual, annual.cash_flow, "Kassaflödesanalys", *said, is_aligned=has_notes)


def _notes(annual: Annual) -> Iterator[str]:
    """What the figures mean and rest on."""
    yield (
        "Siffrorna är arbetsbokens egna, med tecken som i källan; tomt är inte noll. Det som är "
        "räknat av programmet sägs under tabellerna. Radernas namn är länkar till källan."
    )
    yield from unclear_figures(annual)
    if annual.overview is not None or own_equity(annual, annual.year).amount is not None:
        yield from annual.trappan
    cells = [
        (one.budget, row, column)
        for one in annual.statements
        for row in range(len(one.budget.rows))
        for column in statements.shown_columns(one.budget)
    ]
    if any(statements.is_better(*cell) for cell in cells):
        yield "Avvikelse: plus är bättre än budget, minus är sämre; ▼ står vid summor som är sämre."
    if any(budget.place(row, column) in annual.wrong for budget, row, column in cells):
        yield "Siffror som ser fel ut har ▼, och varför står under tabellen."
    if annual.income is not None or annual.balance is not None:
        yield from annual_notes.missing(annual)
    lacking = [
        name
        for name, one in (
            ("femårsöversikt", annual.overview),
            ("resultaträkning", annual.income),
            ("balansräkning", annual.balance),
            ("kassaflödesanalys", annual.cash_flow),
            ("balanskravsresultat", annual.balanskrav),
            ("kostnadsfördelning", annual.cost_split),
        )
        if one is None
    ]
    if lacking:
        yield f"Finns inte i arbetsboken: {say.joined(lacking)}."
