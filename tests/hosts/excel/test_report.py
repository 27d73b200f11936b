"""A report sheet made in Excel: the same look as in files, replaced by whichever host is next."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from finsam_xl.plan import owner_name
from finsam_xl.sheetplan import ColumnChart
from support.excel_run import Run, recompute
from support.workbooks import EXISTING, SOCIAL_BUDGET, copy, workbook

WORKBOOKS = sorted(EXISTING.glob("*.xlsx"))


class Pair:
    """All fitting reports of a workbook, made by both hosts."""

    def __init__(self, xw: Any, source: Path, folder: Path) -> None:
        self.path = copy(source, folder)
        with workbook(self.path) as book:
            self.reports = book.fitting_reports()
            result = book.recompute(self.reports)
            self.run_id = book.run_id
            self.saved = book.apply(result.plan, folder / f"klar-{source.name}").path
        self.filed: Any = openpyxl.load_workbook(self.saved)
        self.excel: Run = recompute(xw, self.path, self.run_id, self.reports)


@pytest.fixture(scope="module", params=WORKBOOKS, ids=[path.stem for path in WORKBOOKS])
def pair(xw: Any, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    return Pair(xw, request.param, tmp_path_factory.mktemp("rapport"))


def sheets(pair: Pair) -> list[tuple[str, Any, Any]]:
    names = pair.excel.applied.sheets
    assert len(names) == len(pair.excel.plan.sheets) >= len(pair.reports)
    return [(name, pair.excel.book[name], pair.filed[name]) for name in names]


def plain(value: Any) -> Any:
    """A value as both write it: XlsxWriter writes 16 digits."""
    return float(f"{value:.14g}") if isinstance(value, int | float) else value or None


def look(cell: Any) -> dict[str, Any]:
    return {
        "value": plain(cell.value),
        "font": (cell.font.name, cell.font.sz, cell.font.b or False, cell.font.i or False),
        "ink": cell.font.color.rgb,
        "fill": cell.fill.fgColor.rgb if cell.fill.patternType == "solid" else None,
        "number": cell.number_format,
        "align": (cell.alignment.horizontal or "left", cell.alignment.vertical or "bottom"),
        "wrap": bool(cell.alignment.wrap_text),
    }


def lines(sheet: Any) -> dict[tuple[int, int], tuple[str, str]]:
    """The horizontal lines: which one is drawn under a cell, whichever of the two it belongs to."""
    found = {}
    for row in sheet.iter_rows():
        for cell in row:
            for line, under in ((cell.border.bottom, cell.row), (cell.border.top, cell.row - 1)):
                if line is not None and line.style:
                    found[under, cell.column] = (line.style, line.color.rgb)
    return found


def test_the_same_cells_in_the_same_look(pair: Pair) -> None:
    for name, excel, filed in sheets(pair):
        planned = next(sheet for sheet in pair.excel.plan.sheets if sheet.name == name)
        covered = {
            (row, column)
            for top, left, bottom, right in planned.merges
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) != (top, left)
        }
        for cell in planned.cells:
            if (cell.row, cell.column) not in covered:
                at = (cell.row, cell.column)
                assert look(excel.cell(*at)) == look(filed.cell(*at)), f"{name} {at}"


def test_the_same_lines_and_merges(pair: Pair) -> None:
    for _, excel, filed in sheets(pair):
        assert lines(excel) == lines(filed)
        assert {m.coord for m in excel.merged_cells} == {m.coord for m in filed.merged_cells}


def test_the_same_widths_heights_and_print_area(pair: Pair) -> None:
    for name, excel, filed in sheets(pair):
        for row, dimension in filed.row_dimensions.items():
            # XlsxWriter rounds heights to whole pixels.
            assert abs((excel.row_dimensions[row].height or 15) - (dimension.height or 15)) < 0.75
        plan = next(sheet for sheet in pair.excel.plan.sheets if sheet.name == name)
        for number, width in enumerate(plan.widths, start=1):
            made = excel.column_dimensions[get_column_letter(number)].width
            is_shown = number not in plan.hidden
            assert not is_shown or width - 1 / 7 < made <= width, "in whole pixels"
        assert excel.print_area == filed.print_area
        assert excel.sheet_view.showGridLines is False
        assert excel.freeze_panes == filed.freeze_panes == f"A{plan.frozen + 1}"
        assert filed.sheet_properties.tabColor.rgb == "FF1F5F8B"


def test_the_same_links(pair: Pair) -> None:
    for _, excel, filed in sheets(pair):
        linked = {c.coordinate: c.hyperlink for row in filed for c in row if c.hyperlink}
        there = {c.coordinate: c.hyperlink for row in excel for c in row if c.hyperlink}
        assert set(there) == set(linked)
        for cell, link in linked.items():
            assert there[cell].target == "#" + link.location


def test_every_chart_with_its_data(pair: Pair) -> None:
    for plan in pair.excel.plan.sheets:
        made = pair.excel.executor.charts_of(plan.name)
        assert [chart["title"] for chart in made] == [chart.title for chart in plan.charts]
        assert len({chart["name"] for chart in made}) == len(made)
        assert all(chart["labels"] and chart["source"] for chart in made)
        for chart, planned in zip(made, plan.charts, strict=True):
            ends = {"minimum_scale": planned.lowest, "maximum_scale": planned.highest}
            has_base = isinstance(planned, ColumnChart) and planned.has_base
            assert has_base or ends.items() <= chart.get("value", {}).items(), chart
    assert any("Diagrammens" in note for note in pair.excel.applied.notes)


def test_calls_depend_on_the_look_and_not_on_the_length(pair: Pair) -> None:
    """For values, eleven attributes, lines, merges and links together: under two a cell."""
    cells = sum(len(plan.cells) for plan in pair.excel.plan.sheets)
    assert len(pair.excel.actions) < 2 * cells


def test_a_report_made_in_excel_is_replaced_by_the_command_line(pair: Pair, tmp_path: Path) -> None:
    made = tmp_path / "excel.xlsx"
    pair.excel.book.save(made)
    before = openpyxl.load_workbook(made).sheetnames
    with workbook(made) as book:
        book.apply(book.recompute(pair.reports))
    assert openpyxl.load_workbook(made).sheetnames == [*before, "Finsam-logg"]


def test_a_report_made_on_the_file_is_replaced_in_excel(pair: Pair, xw: Any) -> None:
    again = recompute(xw, pair.saved, pair.run_id, pair.reports)
    assert again.book.sheetnames == pair.filed.sheetnames
    funcs = [action["func"] for action in again.actions]
    assert "addSheet" not in funcs
    assert "namesAdd" not in funcs
    for name in again.applied.sheets:
        if name == "Rapport Kontroll":
            # It tells what is left to see once the cells are filled in.
            continue
        planned = next(sheet for sheet in again.plan.sheets if sheet.name == name)
        heights = {row: d.height for row, d in again.book[name].row_dimensions.items() if d.height}
        assert heights == dict(planned.heights)
        for row in again.book[name].iter_rows():
            for cell in row:
                filed = pair.filed[name][cell.coordinate]
                assert plain(cell.value) == plain(filed.value), f"{name}!{cell.coordinate}"


def test_a_persons_sheet_of_that_name_is_left_alone(xw: Any, tmp_path: Path) -> None:
    path = copy(SOCIAL_BUDGET, tmp_path)
    book: Any = openpyxl.load_workbook(path)
    book.create_sheet("Rapport Impactindex")["A1"] = "Mina egna anteckningar"
    book.active = 2
    book.save(path)
    run = recompute(xw, path, "", ("impactindex",))
    assert run.applied.sheets == ("Rapport Impactindex (2)",)
    assert run.book["Rapport Impactindex"]["A1"].value == "Mina egna anteckningar"
    assert run.book["Rapport Impactindex (2)"]["A1"].value
    assert run.book.active.title == book.worksheets[2].title


def test_a_copy_that_a_person_made_of_a_report_is_theirs(pair: Pair, xw: Any) -> None:
    """Both hosts know a report by the same defined name."""
    names = set(pair.excel.book.defined_names)
    owners = {sheet.owner for sheet in pair.excel.plan.sheets}
    assert {owner_name(owner) for owner in owners} <= names
