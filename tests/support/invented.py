"""Tables and figures in text of associations that do not exist, as records, to hold rules against.

Labels and headings decide roles, sides, periods and scenarios as they do in a workbook; the
first row of figures is row 6 and the first column of amounts is B.

>>> table("Budget", "Budget 2024, tkr", ("Budget 2024",), ("Summa kostnader", 500)).kind
'budget'
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from finsam_xl.checks.material import Material, Place
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import Amount, Budget, BudgetColumn
from finsam_xl.model_counts import CountRow, Counts, Figure
from finsam_xl.periods import Period
from finsam_xl.reading.columns import RawColumn, read_columns
from finsam_xl.reading.pieces import Piece
from finsam_xl.reading.rows import RawRow, read_rows

EXAMPLE = "Samordningsförbundet Exempel"
FIRST_ROW = 6
Line = tuple[str, *tuple[Amount, ...]]


def table(
    sheet: str,
    title: str,
    headings: Sequence[str],
    *lines: Line,
    kind: str = "budget",
    unit: str = "tkr",
    sign: str = "positive-costs",
) -> Budget:
    """A table of amounts; a line of a label alone begins a section. Its sums are not known."""
    filled = [tuple(amounts) or (None,) * len(headings) for _, *amounts in lines]
    raw = [
        RawColumn(
            number,
            (Piece(text, text, False, False, FIRST_ROW - 1, number),),
            tuple(row[number - 2] for row in filled),
            False,
            ("",) * len(lines),
        )
        for number, text in enumerate(headings, start=2)
    ]
    columns = read_columns(raw, (title,), sheet)
    rows = read_rows(
        [
            RawRow(row, (label,), amounts=amounts)
            for row, ((label, *_), amounts) in enumerate(
                zip(lines, filled, strict=True), start=FIRST_ROW
            )
        ],
        [column.scenario for column in columns],
        kind,
    )
    budget_columns = tuple(BudgetColumn(c.number, c.header, c.period, c.scenario) for c in columns)
    return Budget(sheet, kind, title, unit, sign, budget_columns, rows.rows, (), 1)


def in_text(
    *figures: tuple[str, int | Fraction, str, str], title: str = "Berättelsen", decimals: int = 0
) -> Counts:
    """Figures in running text: what, value, unit and when; the values stand in column B."""
    rows = [
        CountRow(
            row,
            "line",
            what,
            "",
            None,
            {"value": Figure(value, decimals, unit, Ref("Text", f"B{row}"))},
            {"when": when},
            Ref("Text", f"A{row}"),
        )
        for row, (what, value, unit, when) in enumerate(figures, start=FIRST_ROW)
    ]
    return Counts("text_figures", "Text", (title,), None, {}, tuple(rows))


def book(
    *read: Budget | Counts,
    file: str = "",
    association: str = EXAMPLE,
    tables: Sequence[Place] = (),
) -> Material:
    """All that was read from a workbook."""
    return Material(
        file,
        association,
        tuple(tables),
        tuple(one for one in read if isinstance(one, Budget)),
        counts=tuple(one for one in read if isinstance(one, Counts)),
    )


def placed(kind: str, title: str, year: int, ref: Ref) -> Place:
    """A recognised table of a year, by its first heading's cell."""
    return Place(kind, title, str(Period(year)), ref)


def told(finding: Finding) -> tuple[str, str, str | None, str | None]:
    """What matters first about a finding: severity, code and cell."""
    return finding.severity, finding.code, finding.sheet, finding.cell


def places(finding: Finding) -> list[str]:
    """The other places of a finding, as they are written."""
    return [str(ref) for ref in finding.also]
