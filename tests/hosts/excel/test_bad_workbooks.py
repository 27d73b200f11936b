"""Workbooks as people keep them: odd names, hidden and filtered sheets, errors among the figures.

What only the desktop shows is tried on the fake one, the rest through the remote engine too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart
from openpyxl.workbook.defined_name import DefinedName

from finsam_xl import actions
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.excel import apply, read, steps
from finsam_xl.plan import Plan
from support.excel_run import recompute
from support.fake_excel import FakeBook
from support.office_js import payload
from support.small_budget import SmallBudget
from support.small_plan import RESULTS, SmallFees, SmallPlan
from support.workbooks import NOW, workbook

NAMES = ["Bo's budget", "Bra! Budget", "Budget 💰", "2024 (utkast), å–ö", "A1", "'t!'s"[1:]]
Via = Callable[[Path], tuple[Any, Plan]]


def lite(xw: Any, path: Path) -> tuple[Any, Plan]:
    run = recompute(xw, path, "")
    assert run.applied.edits == run.plan.edits
    return run.book, run.plan


def desktop(_xw: Any, path: Path) -> tuple[Any, Plan]:
    book = FakeBook(path)
    plan = actions.recompute(read(book), today=NOW.date(), run="")
    assert apply(book, plan).edits == plan.edits
    return book.book, plan


@pytest.fixture(params=[lite, desktop], ids=["lite", "desktop"])
def via(request: pytest.FixtureRequest, xw: Any) -> Via:
    return lambda path: request.param(xw, path)


def results(sheet: Any) -> dict[str, Any]:
    return {cell: sheet[cell].value for cell in RESULTS}


@pytest.mark.parametrize("name", NAMES)
def test_any_sheet_name(via: Via, name: str, tmp_path: Path) -> None:
    small = SmallPlan().put(B7=1234)
    small.sheet.title = name
    book, plan = via(small.save(tmp_path))
    assert {edit.sheet for edit in plan.edits} == {name}
    assert plan.findings
    assert {finding.sheet for finding in plan.findings} == {name}
    assert book[name]["D5"].value == RESULTS["D5"]


@pytest.mark.parametrize("name", NAMES)
def test_links_go_to_any_sheet_and_any_report_is_replaced(
    xw: Any, name: str, tmp_path: Path
) -> None:
    small = SmallBudget()
    small.sheet.title = name
    made = recompute(xw, small.save(tmp_path), "", ("impactindex",))
    (report,) = made.applied.sheets
    links = {c.hyperlink.target for row in made.book[report] for c in row if c.hyperlink}
    quoted = name.replace("'", "''")
    assert links
    assert all(re.fullmatch(re.escape(f"#'{quoted}'!") + r"\$[A-Z]+\$\d+", to) for to in links)
    renamed = f"Rapport {name}"
    made.book[report].title = renamed
    place = "'" + renamed.replace("'", "''") + "'!$A$1"
    (owner,) = made.book.defined_names
    made.book.defined_names[owner] = DefinedName(owner, attr_text=place)
    made.book.save(tmp_path / "omdöpt.xlsx")
    again = recompute(xw, tmp_path / "omdöpt.xlsx", "", ("impactindex",))
    assert again.applied.sheets == (renamed,)
    assert again.book.sheetnames == made.book.sheetnames


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_filled_in_and_stays_hidden(
    via: Via, xw: Any, state: str, tmp_path: Path
) -> None:
    small = SmallPlan()
    small.sheet.sheet_state = state
    small.book.create_sheet("Framsida")
    small.book.active = 1
    path = small.save(tmp_path)
    book, _ = via(path)
    assert results(book["Budget"]) == RESULTS
    assert book["Budget"].sheet_state == state
    assert book.active.title == "Framsida"
    run = recompute(xw, path, "", ("kontroll",))
    assert run.book.active.title == "Framsida"
    assert not [action for action in run.actions if "Visib" in action["func"]]


def filtered(folder: Path) -> Path:
    small = SmallPlan()
    small.sheet.auto_filter.ref = "A3:E20"
    for row in (6, 7, 11, 12, 15):
        small.sheet.row_dimensions[row].hidden = True
    return small.save(folder)


def test_a_filtered_table_gets_every_figure_on_its_row(via: Via, tmp_path: Path) -> None:
    book, _ = via(filtered(tmp_path))
    assert results(book["Budget"]) == RESULTS
    assert book["Budget"].row_dimensions[6].hidden


def test_rows_that_are_hidden_are_written_one_by_one(xw: Any, tmp_path: Path) -> None:
    """Excel puts the first value of a block into every visible row of a filtered range."""
    heights = {a["row_count"] for a in recompute(xw, filtered(tmp_path), "").actions}
    assert heights == {1}
    heights = {a["row_count"] for a in recompute(xw, SmallPlan().save(tmp_path), "").actions}
    assert heights != {1}
    book = FakeBook(filtered(tmp_path))
    before = results(book.book["Budget"])
    plan = actions.recompute(read(book), today=NOW.date(), run="")
    apply(book, plan)
    apply(book, plan.inverse())
    assert results(book.book["Budget"]) == before


def test_merged_labels_and_titles_stay_merged(via: Via, tmp_path: Path) -> None:
    small = SmallPlan()
    for area in ("A1:E1", "A8:E8", "A9:C9"):
        small.sheet.merge_cells(area)
    book, _ = via(small.save(tmp_path))
    assert results(book["Budget"]) == RESULTS
    assert {m.coord for m in book["Budget"].merged_cells} == {"A1:E1", "A8:E8", "A9:C9"}


def test_nothing_is_derived_from_the_path(
    via: Via, xw: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In OneDrive it is an address on the web and no path at all."""

    def asked(_book: Any) -> str:
        raise AssertionError("https://förbundet.sharepoint.com/Delade dokument/å.xlsx")

    monkeypatch.setattr(xw.Book, "fullname", property(asked))
    monkeypatch.setattr(FakeBook, "fullname", property(asked), raising=False)
    book, _ = via(SmallPlan().save(tmp_path, "Förslag å ä ö, vår 2024.xlsx"))
    assert results(book["Budget"]) == RESULTS


def test_only_the_workbook_at_hand_is_touched(xw: Any, tmp_path: Path) -> None:
    paths = [SmallPlan().save(tmp_path, name) for name in ("ett.xlsx", "två.xlsx")]
    for ours, other in (
        [FakeBook(path) for path in paths],
        [xw.Book(json=payload(path, xw.__version__)) for path in paths],
    ):
        plan = actions.recompute(read(ours), today=NOW.date(), run="")
        assert apply(ours, plan).edits == plan.edits
        untouched = other.writes if isinstance(other, FakeBook) else other.json()["actions"]
        assert untouched in (0, [])


@pytest.mark.parametrize("value", [None, "Mötesanteckningar", 17])
def test_a_workbook_without_tables(via: Via, value: Any, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["B2"] = value
    book.save(tmp_path / "tom.xlsx")
    with pytest.raises(WorkbookError, match="ingen tabell som känns igen") as error:
        via(tmp_path / "tom.xlsx")
    assert "rubrikrad" in error.value.remedy


def test_a_chart_sheet_is_passed_by_and_stays_active(via: Via, tmp_path: Path) -> None:
    small = SmallPlan()
    small.book.create_chartsheet("Diagram").add_chart(BarChart())
    small.book.active = 1
    path = small.save(tmp_path)
    book, _ = via(path)
    assert results(book["Budget"]) == RESULTS
    fake = FakeBook(path)
    with steps.undisturbed(fake):
        fake.sheets["Budget"].activate()
    assert fake.book.active.title == "Diagram"


def test_errors_truths_and_dates_are_found_and_the_rest_is_calculated(
    via: Via, tmp_path: Path
) -> None:
    small = SmallPlan().put(C6="#DIV/0!", B10=True, C11=datetime(2024, 5, 1), A21="#N/A")  # noqa: DTZ001
    path = small.save(tmp_path)
    with workbook(path) as file:
        filed = file.recompute().plan
    book, plan = via(path)
    assert plan.edits == filed.edits
    assert plan.findings == filed.findings
    assert {"C6", "B10", "C12"} <= {finding.cell for finding in plan.findings}
    assert book["Budget"]["D14"].value == RESULTS["D14"]
    assert book["Budget"]["C6"].value == "#DIV/0!"


def test_a_million_rows_beside_are_not_asked_about(xw: Any, tmp_path: Path) -> None:
    request = payload(SmallPlan().save(tmp_path), xw.__version__)
    rows = [["Konto", 1.5]] * 1_000_000
    export = request["sheets"][0] | {"name": "Export", "values": rows}
    request["sheets"].append(export | {"used_range_address": "A1:B1000000"})
    grid = read(xw.Book(json=request))
    plan = actions.recompute(grid, today=NOW.date(), run="")
    assert {edit.cell: edit.new for edit in plan.edits} == pytest.approx(RESULTS)
    assert grid.sheet("Export").large
    assert not grid.sheet("Export").is_read


def test_what_is_sent_is_in_excels_own_language(xw: Any, tmp_path: Path) -> None:
    """Number formats are American codes, whatever language Excel speaks; no text is a formula."""
    budget = recompute(xw, SmallBudget().save(tmp_path), "", ("impactindex",)).actions
    kontroll = recompute(xw, SmallPlan().put(B7=9).save(tmp_path), "", ("kontroll",)).actions
    fees = recompute(xw, SmallFees().save(tmp_path, "avgift.xlsx"), "", ("kontroll",)).actions
    sent = [*budget, *kontroll, *fees]
    codes = {action["args"][0] for action in sent if action["func"] == "setNumberFormat"}
    assert codes
    for code in codes:
        bare = re.sub(r'"[^"]*"', "", code).replace("#,##0", "0")
        assert not re.search(r",|# ##0|\u00a0|Standard|[åÅ]", bare), code
    values = [v for a in sent if a["values"] for row in a["values"] for v in row]
    assert not [value for value in values if str(value).startswith("=")]
