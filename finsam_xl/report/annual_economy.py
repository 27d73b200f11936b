"""The sheet *Årsredovisning Ekonomi*: overview, outcome, cost split, statements and notes."""

from __future__ import annotations

from collections.abc import Iterator

from finsam_xl.report import amounts as say
from finsam_xl.report import annual_costs, annual_notes, look
from finsam_xl.report import annual_statements as statements
from finsam_xl.report.annual_blocks import Block, Half, Halves, Placed, blocks_height, put
from finsam_xl.report.annual_checks import balanskrav_text, cash_flow_texts
from finsam_xl.report.annual_figures import economy_answer, economy_figures, unclear_figures
from finsam_xl.report.annual_flow import Report, flowed, on_paper
from finsam_xl.report.annual_overview import put_overview
from finsam_xl.report.annual_tables import Annual, Statement
from finsam_xl.report.sheet import ROW, ReportSheet
from finsam_xl.sheetplan import BarChart, SheetPlan

NAME, OWNER = "Årsredovisning Ekonomi", "arsredovisning_ekonomi"
_WIDTHS = (41.0, *(10.8,) * 5, 2.0, 37.0, *(10.8,) * 4)
_HALVES = Halves(Half(1, 5), Half(8, 4))
_LEFT, _RIGHT = _HALVES
_NOTES = Halves(Half(1, 2, span=4), Half(8, 2, span=3))
_SPANS = ((1, 1), (2, 6), (8, 8), (9, 12))
_CHART = 155.0


def build(annual: Annual) -> SheetPlan:
    """The sheet of an annual report that has tables of the economy."""

    def draw(sheet: ReportSheet) -> None:
        put_overview(sheet, annual, _LEFT)
        _costs(sheet, annual)
        if annual.outcome is not None:
            _long(sheet, annual.outcome, annual.titled("Utfall mot budget"))
        _statements(sheet, annual)
        annual_notes.put(sheet, annual, _NOTES)

    title = annual.titled("Årsredovisning", "ekonomi")
    report = Report(NAME, OWNER, title, _WIDTHS, "tkr", _SPANS)
    notes = list(_notes(annual))
    return on_paper(report, annual, economy_figures(annual), notes, draw, economy_answer(annual))


def _simple(
    statement: Statement, title: str, half: Half, *more: str, is_aligned: bool = False
) -> Block:
    title = f"{title}, {statement.budget.unit}"
    made, _ = statements.block(statement, title, half.columns, is_aligned=is_aligned)
    return made._replace(notes=(*made.notes, *more))


def _costs(sheet: ReportSheet, annual: Annual) -> None:
    """Cost split and balanskravsresultat; beside them driftredovisning, and a chart of the split.

    What is missing leaves its place to the rest.
    """
    split = annual_costs.block(annual)
    left = [split] if split is not None else []
    right: list[Block] = []
    if annual.operations is not None:
        right.append(_simple(annual.operations, annual.titled("Driftredovisning"), _RIGHT))
    if annual.balanskrav is not None:
        title = annual.titled("Balanskravsresultat")
        left.append(_simple(annual.balanskrav, title, _LEFT, *balanskrav_text(annual)))
    if split is None:
        _HALVES.put(sheet, left, right)
        return
    used = blocks_height(sheet, _RIGHT, right)
    placed = put(sheet, ((_LEFT, left), (_RIGHT, right)), used + _CHART)
    chart = _share_chart(sheet, annual, placed)
    if chart is not None:
        rows = 1 + round(used / ROW) if right else 0
        sheet.charts.append(chart._replace(row=placed.top + rows))


def _share_chart(sheet: ReportSheet, annual: Annual, placed: Placed) -> BarChart | None:
    rows = annual.cost_split.rows if annual.cost_split is not None else ()
    lines = [(n, row) for n, row in enumerate(rows) if row.role == "line"]
    lines = [(n, row) for n, row in lines if row.section == lines[0][1].section]
    parts = [(row.label, row.figures["percent"]) for _, row in lines if "percent" in row.figures]
    if len(parts) < max(2, len(lines)):
        return None
    first = placed.rows[0][0] + lines[0][0]
    last = first + len(lines) - 1
    whose = lines[0][1].section or "hela verksamheten"
    return BarChart(
        title=f"Så fördelas kostnaderna, {whose[:1].lower()}{whose[1:]}",
        alt_text=f"Liggande staplar: {annual_costs.spoken(parts)}",
        labels=(first, _LEFT.first, last, _LEFT.first),
        values=(first, _LEFT.first + 2, last, _LEFT.first + 2),
        colours=("",) * len(parts),
        target=None,
        row=placed.top,
        column=_RIGHT.first,
        size=sheet.chart_size(_RIGHT.first, _RIGHT.last, _CHART),
        highest=1.2 * max(float(one.value) / 100 for _, one in parts),
        number=look.SWEDISH + "0 %",
    )


def _long(sheet: ReportSheet, statement: Statement, title: str) -> None:
    """A table of many rows, over both halves if they are wide enough for its columns."""
    is_narrow = len(statements.shown_columns(statement.budget)) <= _RIGHT.columns
    half = _RIGHT if is_narrow else _LEFT
    for pieces in flowed(sheet, half, _simple(statement, title, half)):
        if is_narrow:
            _HALVES.put(sheet, pieces[:1], pieces[1:])
        else:
            for piece in pieces:
                _HALVES.put(sheet, (piece,))


def _statements(sheet: ReportSheet, annual: Annual) -> None:
    """The income statement and the cash flow, and beside them the balance sheet."""
    left: list[Block] = []
    income, flow = annual.income, annual.cash_flow
    has_notes = income is not None and bool(income.references)
    if income is not None:
        left.append(_simple(income, annual.titled("Resultaträkning"), _LEFT))
    if flow is not None:
        title, said = annual.titled("Kassaflödesanalys"), cash_flow_texts(annual)
        left.append(_simple(flow, title, _LEFT, *said, is_aligned=has_notes))
    right: list[Block] = []
    if annual.balance is not None:
        right.append(_simple(annual.balance, annual.titled("Balansräkning"), _RIGHT))
    _HALVES.put(sheet, left, right)


def _notes(annual: Annual) -> Iterator[str]:
    """What the figures mean and rest on."""
    yield (
        "Siffrorna är arbetsbokens egna, med tecken som i källan; tomt är inte noll. Det som är "
        "räknat av programmet sägs under tabellerna. Radernas namn är länkar till källan."
    )
    yield from unclear_figures(annual)
    if any(one is not None for one in (annual.operations, annual.outcome)):
        yield "Avvikelse är utfall minus budget: plus är bättre än budget."
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
