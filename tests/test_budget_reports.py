"""The reports of the budget workbooks, end to end, and the comments people type in them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from support.rich_workbook import check_package
from support.workbooks import EXISTING, copy, workbook

UMEA, LAPPLAND = EXISTING / "umearegionen-budget.xlsx", EXISTING / "sodra-lappland-budget.xlsx"
REPORTS = [
    (UMEA, "tertial", "Rapport Tertial", {1506, 13890, 8962, 12384, -844}),
    (UMEA, "plan", "Rapport Plan", {939, 1026, 1065, 2057, -1020}),
    (UMEA, "avgifter", "Rapport Avgifter", {2845002, 11380002, 2359359}),
    (UMEA, "avgifter", "Rapport Avgifter underlag", {2845002, 2845000, 2359359}),
    (LAPPLAND, "plan", "Rapport Plan", {1346, 4326}),
    (LAPPLAND, "avgifter", "Rapport Avgifter", {326, 938, 1876}),
]


def _numbers(sheet: Worksheet) -> set[float]:
    return {
        round(cell.value)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    }


@pytest.mark.parametrize(("source", "kind", "name", "figures"), REPORTS)
def test_the_report_holds_the_documents_figures(
    source: Path, kind: str, name: str, figures: set[float], tmp_path: Path
) -> None:
    path = copy(source, tmp_path)
    with workbook(path) as book:
        book.apply(book.report(kind))
    assert check_package(path) == []
    sheet = openpyxl.load_workbook(path)[name]
    assert figures <= _numbers(sheet)
    first = path.read_bytes()
    with workbook(path) as book:
        book.apply(book.report(kind))
    assert abs(len(path.read_bytes()) - len(first)) < 200


def test_a_workbook_gets_the_reports_it_has_tables_for() -> None:
    with workbook(UMEA) as book:
        found = ("tertial", "plan", "avgifter", "arsredovisning", "kontroll")
        assert book.fitting_reports() == found
    with workbook(LAPPLAND) as book:
        assert book.fitting_reports() == ("plan", "avgifter", "mal", "kontroll")


def _comment_cell(sheet: Worksheet, label: str) -> tuple[int, int]:
    """The last row of that label, in the column headed Kommentar above it."""
    row = max(c.row for c in sheet["A"] if isinstance(c.value, str) and c.value.strip() == label)
    column = next(
        cell.column
        for above in range(row, 0, -1)
        for cell in sheet[above]
        if cell.value == "Kommentar"
    )
    return row, column


def _with_report(path: Path) -> None:
    with workbook(path) as book:
        book.apply(book.report("tertial"))


def test_comments_follow_their_lines(tmp_path: Path) -> None:
    """A line that moved, one that was renamed, and new ones between: no comment is lost."""
    path = copy(UMEA, tmp_path)
    _with_report(path)
    book = openpyxl.load_workbook(path)
    report = book["Rapport Tertial"]
    said = {"Vuxentorget": "Vakanser under våren", "Ungdomstorget": "Lägre hyra"}
    for label, text in said.items():
        report.cell(*_comment_cell(report, label), text)
    sheet = book["Tertial 2 2019"]
    rows = {c.value.strip(" -–"): c.row for c in sheet["A"] if isinstance(c.value, str)}
    vux, vin = rows["Vuxentorget"], rows["Vindeln"]
    for column in range(1, 5):
        one, other = sheet.cell(vux, column), sheet.cell(vin, column)
        one.value, other.value = other.value, one.value
    sheet.cell(rows["Ungdomstorget"], 1, "Ungdomstorget 2.0")
    book.save(path)
    _with_report(path)
    report = openpyxl.load_workbook(path)["Rapport Tertial"]
    beside = {
        cell.value: report.cell(cell.row, 1).value
        for row in report.iter_rows()
        for cell in row
        if cell.value in said.values()
    }
    assert beside == {"Vakanser under våren": "Vuxentorget", "Lägre hyra": "Ungdomstorget 2.0"}


def test_a_comment_whose_line_is_gone_is_kept(tmp_path: Path) -> None:
    path = copy(UMEA, tmp_path)
    _with_report(path)
    book = openpyxl.load_workbook(path)
    report = book["Rapport Tertial"]
    report.cell(*_comment_cell(report, "Bjurholm"), "Avtalet sagt upp")
    sheet = book["Tertial 2 2019"]
    row = next(c.row for c in sheet["A"] if str(c.value).strip(" -–") == "Bjurholm")
    for column in range(1, 5):
        sheet.cell(row, column).value = None
    book.save(path)
    for _ in range(2):
        _with_report(path)
        report = openpyxl.load_workbook(path)["Rapport Tertial"]
        texts = [c.value for r in report.iter_rows() for c in r if isinstance(c.value, str)]
        assert any("Avtalet sagt upp" in text for text in texts)
