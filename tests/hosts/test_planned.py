"""A report sheet of a file says in reading order what its plan said, down to the last cell."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import page as validator
import pytest

from finsam_xl.freezing import freeze
from finsam_xl.hosts.ooxml.book import Book
from finsam_xl.hosts.ooxml.planned import planned
from finsam_xl.report.outline import Heading, KeyFigures, Picture, Table, TableCell, Text, outline
from finsam_xl.sheetplan import SheetPlan
from support.printed import BOOKS
from support.structure import tree
from support.workbooks import EXISTING, copy, workbook

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def _told(plan: SheetPlan) -> list[object]:
    """All that a report says, in reading order."""
    told: list[object] = []
    for block in outline(plan).blocks:
        match block:
            case Heading(level, cell):
                told.append((level, cell.value))
            case Text(cell):
                told.append(cell.value)
            case KeyFigures(figures):
                told.append([[cell.value for cell in one] for one in figures])
            case Picture(chart):
                told.append((chart.title, chart.alt_text))
            case Table(rows):
                told.append(
                    [[(_value(c), c.span, c.is_heading) for c in row.cells] for row in rows]
                )
    return told


def _value(cell: TableCell) -> object:
    """What stands in a cell; files keep 16 digits of a number."""
    value = cell.cell.value if cell.cell is not None else None
    return float(f"{value:.14g}") if isinstance(value, float) else value


@pytest.mark.parametrize("name", BOOKS)
def test_what_is_read_back_says_the_same(name: str, tmp_path: Path) -> None:
    """Every report of every shipped workbook, from the file it was written to."""
    path = copy(EXISTING / f"{name}.xlsx", tmp_path)
    with workbook(path) as book:
        result = book.reports()
        book.apply(result)
    sheets = result.plan.sheets
    with Book(path) as written:
        back = planned(written, [sheet.name for sheet in sheets])
    for sheet, one in zip(sheets, back, strict=True):
        assert _told(one) == _told(sheet)
        assert (one.page.breaks, one.page.title_rows) == (sheet.page.breaks, sheet.page.title_rows)
        looks = {(c.row, c.column): c.look for c in sheet.cells if c.value not in {None, ""}}
        found = {(c.row, c.column): c.role for c in one.cells}
        assert [place for place, look in looks.items() if found[place] != look] == []


@pytest.mark.usefixtures("soffice")
def test_a_frozen_copy_is_printed_as_well_told(tmp_path: Path) -> None:
    """Its reports are PDF/UA too, each with its title."""
    path = copy(EXISTING / "sodra-lappland-budget.xlsx", tmp_path)
    with workbook(path) as book:
        result = book.reports()
        book.apply(result)
    pdf = tmp_path / "rapporter.pdf"
    with freeze(path, NOW, tmp_path / "fryst.xlsx", pdf=pdf) as change:
        change.write()
    data = pdf.read_bytes()
    assert [one.message for one in validator.validate_pdf_bytes(data, profile="ua1").failures] == []
    assert [one.text for one in tree(data).all("H1")] == [plan.title for plan in result.plan.sheets]
