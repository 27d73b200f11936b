"""Faults in tables of amounts and fees: said with place and remedy, and the rest is calculated.

Each test puts one fault into a small plan or table of fees and looks at the findings, at
what is nevertheless filled in, and at what must not be written on doubt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import strategies as st

from finsam_xl import policy
from finsam_xl.calc import equity
from finsam_xl.errors import InputError, WorkbookError
from finsam_xl.model import Finding
from finsam_xl.periods import Period
from finsam_xl.workbook import Result, Workbook
from support.commands import finsam_xl
from support.properties import given
from support.small_plan import DEVIATIONS, HEADINGS, RESULTS, ROWS, SmallFees, SmallPlan
from support.workbooks import workbook

THIN, NO_BREAK, MINUS = "\u2009", "\u00a0", "\u2212"


def _run(path: Path, accept: tuple[str, ...] = ()) -> Result:
    """Recompute and write; whatever is asked, a finding is a whole sentence with a place."""
    with workbook(path) as book:
        result = book.recompute(accept=accept)
        book.apply(result)
    for finding in result.findings:
        assert finding.message.endswith("."), finding
        if finding.code != "kod-utan-fynd":  # that is of what was asked for
            assert finding.sheet, finding
            assert finding.cell, finding
    return result


def _edits(result: Result) -> dict[str, Any]:
    return {edit.cell: edit.new for edit in result.plan.edits}


def _found(result: Result, code: str) -> dict[str | None, str]:
    """The cells with a finding of some code, and how serious it is."""
    return {f.cell: f.severity for f in result.findings if f.code == code}


def _left_blank(result: Result, code: str) -> set[str | None]:
    """The cells that a finding of some code says are not filled in."""
    return {
        cell
        for f in result.findings
        if f.code == code
        for cell in (f.cell, *(ref.cell for ref in f.also))
    }


def _codes(findings: Sequence[Finding], *severities: str) -> set[str]:
    return {f.code for f in findings if f.severity in severities}


def _without(*cells: str) -> dict[str, Any]:
    """The results of the faultless plan but those in some cells."""
    return {cell: value for cell, value in RESULTS.items() if cell not in cells}


def _is_calculated(result: Result, expected: Mapping[str, Any]) -> None:
    edits = _edits(result)
    assert {cell: edits.get(cell) for cell in expected} == pytest.approx(expected)


def test_the_faultless_plan_has_no_finding(tmp_path: Path) -> None:
    """What the other tests put faults into is in order."""
    result = _run(SmallPlan().save(tmp_path))
    assert result.findings == ()
    assert _edits(result) == RESULTS


def test_the_faultless_fees_have_no_finding(tmp_path: Path) -> None:
    """Fees and shares are filled in, and sum to the quarter."""
    result = _run(SmallFees().save(tmp_path))
    assert result.findings == ()
    assert _edits(result) == {
        "D7": 800, "D8": 150, "D9": 50, "D10": 4000, "C7": 0.2, "C8": 0.0375, "C9": 0.0125,
    }  # fmt: skip


# Columns --------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", [3, 4, 6], ids=["inside", "before the deviation", "last"])
def test_a_heading_that_matches_no_period(column: int, tmp_path: Path) -> None:
    """A column of amounts under another word is named, and left out of every calculation."""
    plan = SmallPlan()
    plan.sheet.insert_cols(column)
    letter = "ABCDEF"[column - 1]
    for row in range(5, 18):
        if plan.sheet.cell(row, 2).value is not None:
            plan.put(**{f"{letter}{row}": 7 * row + 1})
    plan.put(**{f"{letter}3": "Bläck"})
    result = _run(plan.save(tmp_path))
    # Among the columns it may be what is compared; after them it is nobody's.
    is_among = column < 6
    wanted = [] if is_among else sorted(RESULTS.values())
    assert sorted(_edits(result).values()) == wanted
    assert len(_left_blank(result, "avvikelse-tom")) == (len(RESULTS) if is_among else 0)
    assert _found(result, "okand-kolumn") == {f"{letter}3": "info"}
    (finding,) = [f for f in result.findings if f.code == "okand-kolumn"]
    assert "Budget 2024" in finding.message


def test_two_columns_for_the_same_period_and_scenario(tmp_path: Path) -> None:
    """The second is named; where the two differ the deviation is left blank, and said so."""
    plan = SmallPlan()
    plan.sheet.insert_cols(3)
    for row in range(3, 21):
        plan.sheet.cell(row, 3).value = plan.sheet.cell(row, 2).value
    result = _run(plan.put(C5=990).save(tmp_path))
    assert _found(result, "dubbel-kolumn") == {"C3": "warning"}
    assert not {"E5", "F5"} & _edits(result).keys()
    assert _edits(result)["E6"] == -10
    assert {"E5", "F5"} <= _left_blank(result, "avvikelse-tom")
    assert not [cell for cell in _edits(result) if cell.startswith("C")]


# Rows -----------------------------------------------------------------------------------------


def test_a_total_without_lines(tmp_path: Path) -> None:
    """A total that stands before every line is not the sum of anything: that is said there."""
    result = _run(SmallPlan().put(A4="Summa bidrag", B4=5, C4=5).save(tmp_path))
    assert {"A4", "B4", "C4"} & {f.cell for f in result.findings}
    _is_calculated(result, RESULTS)


def _ordered(*rows: int) -> SmallPlan:
    plan = SmallPlan()
    plan.sheet.delete_rows(4, 40)
    for row, number in enumerate(rows, start=4):
        for column, value in enumerate(ROWS[number], start=1):
            plan.sheet.cell(row, column, value)
    return plan


ORDERS: Mapping[str, tuple[int, ...]] = {
    "operations first": (0, 1, 2, 3, 4, 9, 10, 11, 12, 5, 6, 7, 8, 13, 14, 15, 16),
    "costs before income": (4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 0, 1, 2, 3, 14, 15, 16),
    "equity first": (15, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16),
    "no section headings": (1, 2, 3, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16),
}


@pytest.mark.parametrize("name", ORDERS)
def test_sections_in_another_order(name: str, tmp_path: Path) -> None:
    """Deviations and sums follow the words, not the order: nothing is found wrong."""
    order = ORDERS[name]
    result = _run(_ordered(*order).save(tmp_path))
    expected = {
        f"{column}{row}": RESULTS[f"{column}{number + 4}"]
        for row, number in enumerate(order, start=4)
        for column in "DE"
        if f"{column}{number + 4}" in RESULTS
    }
    assert _edits(result) == pytest.approx(expected)
    assert result.findings == ()


def test_sections_with_unknown_names(tmp_path: Path) -> None:
    """A heading that speaks of neither income nor costs stands on the side it is written on."""
    result = _run(SmallPlan().put(A9="Avdelning X", A13="Avdelning Y").save(tmp_path))
    assert _edits(result) == RESULTS
    assert result.findings == ()


@pytest.mark.parametrize(
    ("cell", "label"), [("A15", "- Vännäs"), ("A14", "- Lokal"), ("A15", "-  VÄNNÄS ")]
)
def test_a_line_twice(cell: str, label: str, tmp_path: Path) -> None:
    """The same label twice, in one section or two, is pointed out; both count."""
    result = _run(SmallPlan().put(**{cell: label}).save(tmp_path))
    assert _edits(result) == RESULTS
    assert cell in {f.cell for f in result.findings}


def test_a_code_twice(tmp_path: Path) -> None:
    """The same code under two names is pointed out; both count."""
    plan = SmallPlan().put(A11="P41VÄN, Vännäs lokal", A14="P41VÄN, Vännäs")
    result = _run(plan.save(tmp_path))
    assert _edits(result) == RESULTS
    assert "A14" in {f.cell for f in result.findings}


@pytest.mark.parametrize("where", ["A9:E9", "A8:A9", "A13:E13"])
def test_merged_section_headings(where: str, tmp_path: Path) -> None:
    """Merged headings change nothing."""
    plan = SmallPlan()
    if where == "A8:A9":
        plan.put(A9=None)
    plan.sheet.merge_cells(where)
    result = _run(plan.save(tmp_path))
    assert _edits(result) == RESULTS
    assert result.findings == ()


@pytest.mark.parametrize("filtered", [False, True])
def test_hidden_and_filtered_rows_count(filtered: bool, tmp_path: Path) -> None:
    """What is not shown is still part of the table."""
    plan = SmallPlan()
    plan.sheet.row_dimensions[10].hidden = True
    plan.sheet.row_dimensions[14].hidden = True
    if filtered:
        plan.sheet.auto_filter.ref = "A3:E20"
        plan.sheet.auto_filter.add_filter_column(0, ["- Lokal", "- Vindeln"])
    else:
        plan.sheet.column_dimensions["C"].hidden = True
    path = plan.save(tmp_path)
    assert _edits(_run(path)) == RESULTS
    sheet = openpyxl.load_workbook(path).active
    assert sheet.row_dimensions[10].hidden
    assert sheet.column_dimensions["C"].hidden is not filtered


# Amounts --------------------------------------------------------------------------------------

TEXTS: Mapping[str, tuple[str, str, Mapping[str, float]]] = {
    "thin space": ("B5", f"1{THIN}000", {}),
    "no-break space": ("B5", f"1{NO_BREAK}000", {}),
    "tkr": ("C5", "1 000 tkr", {}),
    "apostrophe": ("B10", "'400", {}),
    "decimal comma": ("B10", "400,0", {}),
    "apostrophe and minus": ("C6", "'-90", {"D6": -190, "E6": -190}),
    "true minus": ("C6", f"{MINUS}90", {"D6": -190, "E6": -190}),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_an_amount_as_text(kind: str, tmp_path: Path) -> None:
    """It is read and used, and pointed out with its cell and what to do."""
    cell, text, other = TEXTS[kind]
    path = SmallPlan().put(**{cell: text}).save(tmp_path)
    result = _run(path)
    assert _found(result, "tal-som-text") == {cell: "warning"}
    _is_calculated(result, RESULTS | dict(other))
    assert openpyxl.load_workbook(path).active[cell].value == text


def test_kr_in_a_table_in_tkr(tmp_path: Path) -> None:
    """An amount that says its unit is converted, and pointed out."""
    result = _run(SmallPlan().put(B10="400 000 kr", C10="0,41 mkr").save(tmp_path))
    assert _found(result, "blandade-enheter") == {"B10": "warning", "C10": "warning"}
    assert _edits(result) == RESULTS


def test_kr_without_unit_in_a_table_in_tkr(tmp_path: Path) -> None:
    """A line in kr among lines in tkr does not pass: its total no longer holds."""
    result = _run(SmallPlan().put(B10=400_000).save(tmp_path))
    assert _found(result, "summa-avviker")["B12"] == "warning"
    _is_calculated(result, _without("D10", "E10"))


def test_a_word_for_an_amount(tmp_path: Path) -> None:
    """A word is no amount: its cell is named, its row has no deviation."""
    result = _run(SmallPlan().put(B14="Storgatan").save(tmp_path))
    assert _found(result, "belopp-text") == {"B14": "warning"}
    assert "D14" not in _edits(result)
    _is_calculated(result, {cell: RESULTS[cell] for cell in ("D5", "D12", "E6", "D15")})


def _error(plan: SmallPlan, cell: str, value: str) -> SmallPlan:
    plan.put(**{cell: value})
    plan.sheet[cell].data_type = "e"
    return plan


@pytest.mark.parametrize("value", ["#REF!", "#DIV/0!", "#N/A", "#NAME?"])
def test_an_error_value(value: str, tmp_path: Path) -> None:
    """An error value is no zero: it is named, and no sum is judged or made without it."""
    result = _run(_error(SmallPlan(), "B10", value).save(tmp_path))
    assert _found(result, "felvarde") == {"B10": "error"}
    assert {"D10", "E10"}.isdisjoint(_edits(result))
    _is_calculated(result, {cell: RESULTS[cell] for cell in ("D5", "D7", "D11", "D16", "D18")})
    assert "summa-avviker" not in _codes(result.findings, "warning")


def test_no_total_is_made_of_an_error_value(tmp_path: Path) -> None:
    """A blank total with an unreadable part stays blank."""
    result = _run(_error(SmallPlan(), "B10", "#REF!").put(B12=None).save(tmp_path))
    assert "B12" not in _edits(result)


def test_no_total_is_replaced_for_an_error_value(tmp_path: Path) -> None:
    """Nor is a right one replaced, whatever is accepted."""
    path = _error(SmallPlan(), "B10", "#REF!").save(tmp_path)
    assert "B12" not in _edits(_run(path, ("summa-avviker",)))


def test_a_formula_without_stored_result(tmp_path: Path) -> None:
    """What only Excel can calculate is not read as 0: only what needs it is left."""
    result = _run(SmallPlan().put(B7="=SUBTOTAL(1,B5:B6)*2").save(tmp_path))
    assert _found(result, "formel-utan-varde") == {"B7": "error"}
    assert "spara" in result.findings[0].message
    _is_calculated(result, {c: v for c, v in DEVIATIONS.items() if c not in ("D7", "D18")})
    assert "summa-avviker" not in _codes(result.findings, "warning")


def _with_formulas(path: Path, formulas: Mapping[str, tuple[str, float]]) -> Path:
    """The small plan with formulas and their stored results, made with XlsxWriter."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Budget")
        sheet.write("A1", "Budget och utfall, tkr")
        for row, values in enumerate((HEADINGS, *ROWS), start=2):
            sheet.write_row(row, 0, values)
        for cell, (formula, value) in formulas.items():
            sheet.write_formula(cell, formula, None, value)
    return path


@pytest.mark.parametrize(
    "formulas",
    [
        {"B7": ("=B17+50", 0), "B17": ("=B7-50", 0)},
        {"B12": ("=SUM(B10:B12)", 0)},
        {"B17": ("=B18+B12", 0), "B18": ("=B17-B7", 0)},
    ],
    ids=["two totals", "itself", "total and result"],
)
def test_circular_formulas(formulas: dict[str, tuple[str, float]], tmp_path: Path) -> None:
    """Formulas that need each other end in findings at their cells, and stay as they are."""
    path = _with_formulas(tmp_path / "ring.xlsx", formulas)
    result = _run(path)
    (ring,) = [f for f in result.findings if f.code == "cirkelreferens"]
    assert ring.severity == "error"
    assert {ring.cell, *(ref.cell for ref in ring.also)} == set(formulas)
    assert all(cell in ring.message for cell in formulas)
    _is_calculated(result, {cell: RESULTS[cell] for cell in ("D5", "D6", "D10", "D11", "D14")})
    with workbook(path) as book:
        assert ring in book.check().findings
    sheet = openpyxl.load_workbook(path).active
    assert {cell: sheet[cell].value for cell in formulas} == {
        cell: formula for cell, (formula, _) in formulas.items()
    }


def test_a_formula_that_differs_is_never_replaced(tmp_path: Path) -> None:
    """Whatever is accepted, a formula stays."""
    path = _with_formulas(tmp_path / "formel.xlsx", {"B16": ("=B14+B15+50", 600)})
    result = _run(path, ("summa-avviker",))
    assert "B16" in _found(result, "summa-avviker")
    assert openpyxl.load_workbook(path).active["B16"].value == "=B14+B15+50"


# Typed totals ---------------------------------------------------------------------------------


def test_a_typed_total_that_differs_is_said_and_kept(tmp_path: Path) -> None:
    """Beyond rounding: one warning with both figures, at that total, and nothing is replaced."""
    path = SmallPlan().put(B16=600).save(tmp_path)
    result = _run(path)
    (finding,) = [f for f in result.findings if f.cell == "B16"]
    assert (finding.severity, finding.code) == ("warning", "summa-avviker")
    assert (finding.stated, finding.calculated, finding.difference) == (600, 550, 50)
    assert "Kontrollera" in finding.message
    assert openpyxl.load_workbook(path).active["B16"].value == 600
    _is_calculated(result, _without("D16", "E16"))


def test_one_wrong_total_makes_no_other_look_wrong(tmp_path: Path) -> None:
    """The total above it is compared in every column, and is right where its parts are."""
    result = _run(SmallPlan().put(B16=600).save(tmp_path))
    assert set(_found(result, "summa-avviker")) <= {"B16", "B17"}


def test_an_accepted_total_is_replaced(tmp_path: Path) -> None:
    """With the code accepted the total is written, and the right ones stay."""
    path = SmallPlan().put(B16=600).save(tmp_path)
    result = _run(path, ("summa-avviker",))
    assert _edits(result) == pytest.approx(RESULTS | {"B16": 550})
    sheet = openpyxl.load_workbook(path).active
    assert [sheet[f"B{row}"].value for row in (16, 17, 18, 20)] == [550, 1050, 50, 250]
    assert [sheet[f"C{row}"].value for row in (16, 17, 18, 20)] == [540, 1045, 45, 245]


def test_another_accepted_code_replaces_nothing(tmp_path: Path) -> None:
    """Only findings of the accepted code are acted on."""
    path = SmallPlan().put(B16=600).save(tmp_path)
    assert "B16" not in _edits(_run(path, ("summa-avrundning",)))


def test_an_unknown_code_is_refused(tmp_path: Path) -> None:
    """A misspelt code must not look as if nothing was wrong."""
    path = SmallPlan().put(B16=600).save(tmp_path)
    content = path.read_bytes()
    with pytest.raises(InputError, match="summa-avvikr"):
        _run(path, ("summa-avvikr",))
    refused = finsam_xl("recompute", path, "--accept", "summa-avvikr")
    assert refused.code == 2
    assert "summa-avviker" in refused.err
    assert path.read_bytes() == content


def test_an_accepted_opening_is_replaced(tmp_path: Path) -> None:
    """Opening equity is a result too: the closing of the year before."""
    plan = SmallPlan()
    plan.sheet.delete_cols(3, 3)
    for row, value in zip(range(3, 21), ("Budget 2025", *[None] * 17), strict=True):
        plan.sheet.cell(row, 3).value = plan.sheet.cell(row, 2).value if row > 3 else value
    path = plan.put(B3="Budget 2024", C19=300).save(tmp_path)
    assert _found(_run(path), "ingaende-avviker") == {"C19": "error"}
    assert openpyxl.load_workbook(path).active["C19"].value == 300
    _run(path, ("ingaende-avviker",))
    assert openpyxl.load_workbook(path).active["C19"].value == 250


def test_a_total_right_below_its_heading_takes_nothing_from_others(tmp_path: Path) -> None:
    """A section without lines: its total is not held against the sections above."""
    plan = SmallPlan()
    plan.sheet.insert_rows(13, 2)
    plan.put(A13="Reserv", A14="Summa reserv", B14=25, B19=1075)
    result = _run(plan.save(tmp_path))
    assert "B14" not in _found(result, "summa-avviker")
    assert _found(result, "summa-utan-rader") == {"A14": "info"}


def test_accepting_on_the_command_line(tmp_path: Path) -> None:
    """``--accept`` does the same, and says what it did."""
    path = SmallPlan().put(B7=1200, C7=1190).save(tmp_path)
    kept = finsam_xl("recompute", path, "--json", "--dry-run")
    assert kept.code == 0
    assert {"B7", "C7"}.isdisjoint({edit["cell"] for edit in kept.content["edits"]})
    replaced = finsam_xl("recompute", path, "--json", "--accept", "summa-avviker")
    assert replaced.code == 0
    edits = {edit["cell"]: (edit["old"], edit["new"]) for edit in replaced.content["edits"]}
    assert (edits["B7"], edits["C7"]) == ((1200, 1100), (1190, 1090))
    assert openpyxl.load_workbook(path).active["B7"].value == 1100


@pytest.mark.parametrize("total", [549, 551])
def test_within_rounding_is_only_told(total: int, tmp_path: Path) -> None:
    """Half a unit per line: info, nothing replaced even when warnings are accepted."""
    path = SmallPlan().put(B16=total).save(tmp_path)
    result = _run(path, ("summa-avviker",))
    assert _found(result, "summa-avrundning")["B16"] == "info"
    assert _codes(result.findings, "warning", "error") == set()
    assert openpyxl.load_workbook(path).active["B16"].value == total


# Blank and zero -------------------------------------------------------------------------------


def test_a_blank_budget_is_not_zero(tmp_path: Path) -> None:
    """No deviation and no per cent where nothing is budgeted, and nothing is filled in there."""
    result = _run(SmallPlan().put(B11=None, B12=400, B17=950, B18=150, B20=350).save(tmp_path))
    assert {"B11", "D11", "E11"}.isdisjoint(_edits(result))
    _is_calculated(result, {cell: RESULTS[cell] for cell in ("D10", "D14", "E10", "D16")})


def test_a_budget_of_zero_has_no_percent(tmp_path: Path) -> None:
    """A deviation in tkr but none in per cent."""
    result = _run(SmallPlan().put(B11=0, B12=400, B17=950, B18=150, B20=350).save(tmp_path))
    assert _edits(result)["D11"] == -95
    assert "E11" not in _edits(result)


def test_no_result_of_income_alone(tmp_path: Path) -> None:
    """Where costs are not budgeted at all there is no result, and no equity after it."""
    plan = SmallPlan()
    for row in (10, 11, 12, 14, 15, 16, 17, 18, 20):
        plan.sheet.cell(row, 2).value = None
    assert {"B18", "B20"}.isdisjoint(_edits(_run(plan.save(tmp_path))))


# Shares in labels -----------------------------------------------------------------------------


def test_shares_in_labels_that_do_not_sum(tmp_path: Path) -> None:
    """Said at the first of them, with the sum."""
    plan = SmallPlan().put(A5="- Umeå kommun, 90,9 %", A6="- Vännäs kommun, 5,0%")
    result = _run(plan.save(tmp_path))
    assert _found(result, "andelar-summerar-inte") == {"A5": "warning"}
    assert "95,90" in next(f.message for f in result.findings if f.cell == "A5")
    assert _edits(result) == RESULTS


def test_shares_in_labels_that_do_not_match(tmp_path: Path) -> None:
    """A label's share against its amount: said at the label, with the right share."""
    plan = SmallPlan().put(A5="- Umeå kommun, 80,0 %", A6="- Vännäs kommun, 20,0%")
    result = _run(plan.save(tmp_path))
    assert _found(result, "andel-i-etikett") == {"A5": "warning", "A6": "warning"}
    assert "90,9" in next(f.message for f in result.findings if f.cell == "A5")


def test_shares_in_labels_that_match(tmp_path: Path) -> None:
    """Shares that fit are not mentioned."""
    plan = SmallPlan().put(A5="- Umeå kommun, 90,9 %", A6="- Vännäs kommun, 9,1%")
    assert _run(plan.save(tmp_path)).findings == ()


# Equity ---------------------------------------------------------------------------------------


def _two_years(plan: SmallPlan, opening: float) -> SmallPlan:
    """Budgets of 2024 and 2025 beside each other."""
    plan.put(B3="Budget 2024", C3="Budget 2025", D3=None, E3=None)
    for row in range(4, 21):
        plan.sheet.cell(row, 3).value = plan.sheet.cell(row, 2).value
    return plan.put(C19=opening, C20=opening + 50)


def test_equity_that_does_not_open_as_it_closed(tmp_path: Path) -> None:
    """Between two columns of a sheet: an error at the opening, naming the closing's cell."""
    result = _run(_two_years(SmallPlan(), 260).save(tmp_path))
    assert _found(result, "ingaende-avviker") == {"C19": "error"}
    (finding,) = result.findings
    assert (finding.stated, finding.calculated, finding.difference) == (260, 250, 10)
    assert "B20" in finding.message


def test_equity_that_opens_as_it_closed(tmp_path: Path) -> None:
    """No finding when it agrees; a blank opening is carried over."""
    assert _run(_two_years(SmallPlan(), 250).save(tmp_path)).findings == ()
    blank = _two_years(SmallPlan(), 250).put(C19=None, C20=None).save(tmp_path, "tom.xlsx")
    edits = _edits(_run(blank))
    assert (edits["C19"], edits["C20"]) == (250, 300)


@pytest.mark.parametrize(("opening", "cells"), [(250, set()), (2500, {"B19"})])
def test_equity_between_sheets(opening: int, cells: set[str], tmp_path: Path) -> None:
    """Next year's sheet opens with what this year's closed with, budget or outcome."""
    plan = SmallPlan()
    following = plan.book.copy_worksheet(plan.sheet)
    following.title = "Nästa år"
    following["B3"], following["C3"] = "Budget 2025", None
    for row in range(4, 21):
        following.cell(row, 3).value = None
    following["D3"] = following["E3"] = None
    following["B19"], following["B20"] = opening, opening + 50
    result = _run(plan.save(tmp_path))
    found = [f for f in result.findings if f.code == "ingaende-avviker"]
    assert {(f.sheet, f.cell, f.severity) for f in found} == {
        ("Nästa år", cell, "error") for cell in cells
    }


def test_closing_equity_that_does_not_follow(tmp_path: Path) -> None:
    """Opening and result against the typed closing: a warning there."""
    result = _run(SmallPlan().put(B20=300).save(tmp_path))
    assert _found(result, "summa-avviker") == {"B20": "warning"}


@pytest.mark.parametrize(
    ("fees", "ceiling"), [(3752, Fraction("750.4")), (11380, 2057), (15000, 2600), (15001, None)]
)
def test_the_ceiling_is_unknown_above_its_limit(fees: int, ceiling: Fraction | None) -> None:
    """Above 15 000 tkr the recommendation was not found: no answer, never a guess."""
    rules = policy.equity(Period(2021).last_day)
    assert equity.ceiling(fees, rules) == ceiling


@given(st.integers(15001, 10**9))
def test_no_fees_above_the_limit_have_a_ceiling(fees: int) -> None:
    """However large."""
    assert equity.ceiling(fees, policy.equity(Period(2021).last_day)) is None


# Fees -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [None, "okänt"])
def test_a_municipality_without_key(key: str | None, tmp_path: Path) -> None:
    """It is named with the remedy, and nobody is charged its part."""
    result = _run(SmallFees().put(B9=key).save(tmp_path))
    assert _found(result, "nyckel-saknas") == {"A9": "warning"}
    assert "16–64" in next(f.message for f in result.findings if f.code == "nyckel-saknas")
    assert {"D7", "D8", "D9"}.isdisjoint(_edits(result))


def test_a_key_of_zero(tmp_path: Path) -> None:
    """It pays nothing, which is told; the others pay the quarter."""
    result = _run(SmallFees().put(B9=0).save(tmp_path))
    assert _found(result, "nyckel-noll") == {"A9": "info"}
    edits = _edits(result)
    assert (edits["D7"], edits["D8"]) == (842, 158)
    assert edits.get("D9", 0) == 0


@pytest.mark.parametrize("typed", [False, True], ids=["fees blank", "fees typed"])
def test_a_negative_key(typed: bool, tmp_path: Path) -> None:
    """Said at its cell; other tables of the workbook are calculated all the same."""
    fees = SmallFees().put(B9=-5000)
    if typed:
        fees.put(D7=800, D8=150, D9=50)
    plan = fees.book.create_sheet("Budget")
    for row in (("Budget 2024, tkr",), (), HEADINGS, *ROWS):
        plan.append(row)
    path = fees.save(tmp_path)
    content = path.read_bytes()
    try:
        result = _run(path)
    except InputError as error:
        assert path.read_bytes() == content
        pytest.fail(f"the whole workbook is refused, with place ”{error.where}”: {error}")
    assert {"A9", "B9"} & {f.cell for f in result.findings if f.severity != "info"}
    assert {"D7", "D8", "D9"}.isdisjoint(
        {edit.cell for edit in result.plan.edits if edit.sheet == "Avgifter"}
    )
    assert {e.cell: e.new for e in result.plan.edits if e.sheet == "Budget"} == RESULTS


def test_keys_that_are_all_zero(tmp_path: Path) -> None:
    """Nothing is divided by nothing."""
    result = _run(SmallFees().put(B7=0, B8=0, B9=0).save(tmp_path))
    assert set(_found(result, "nyckel-noll")) == {"A7", "A8", "A9"}
    assert _edits(result) == {}


def test_a_pool_that_is_not_divisible(tmp_path: Path) -> None:
    """The quarter is told, and the fees still sum to it in whole units."""
    result = _run(SmallFees().put(B2=4003, D4=2002, D5=1001).save(tmp_path))
    assert set(_found(result, "pott-inte-delbar").values()) == {"info"}
    assert sum(_edits(result)[cell] for cell in ("D7", "D8", "D9")) == 1001


@pytest.mark.parametrize(
    "pool", [None, "fyra miljoner", "#REF!", -4000], ids=["none", "word", "error", "minus"]
)
def test_a_pool_that_cannot_be_used(pool: float | str | None, tmp_path: Path) -> None:
    """Missing, a word, an error or negative: said beside it, and nobody is charged."""
    fees = SmallFees().put(B2=pool)
    if pool == "#REF!":
        fees.sheet["B2"].data_type = "e"
    result = _run(fees.save(tmp_path))
    assert {"D7", "D8", "D9"}.isdisjoint(_edits(result))
    assert {"A2", "B2", "A3"} & {f.cell for f in result.findings}


def test_a_pool_as_text(tmp_path: Path) -> None:
    """A figure typed as text is used and pointed out."""
    result = _run(SmallFees().put(B2=f"4{THIN}000 tkr").save(tmp_path))
    assert _found(result, "tal-som-text") == {"B2": "warning"}
    assert _edits(result)["D7"] == 800


def test_a_pool_in_kr_with_fees_in_tkr(tmp_path: Path) -> None:
    """A unit that is not the table's is converted and pointed out, as in a budget."""
    result = _run(SmallFees().put(B2="4 000 000 kr").save(tmp_path))
    assert _found(result, "blandade-enheter") == {"B2": "warning"}
    assert _edits(result)["D7"] == 800


def _fees_of_2022(region: int) -> SmallFees:
    """The fees Umeåregionen prints for 2022: six municipalities, half of the state's 2 845."""
    fees = SmallFees()
    rows: tuple[tuple[Any, ...], ...] = (
        ("Medlemsavgifter 2022",), ("Pott", 11380, "tkr"), ("Part", "Nyckel", "Andel", "Avgift"),
        ("Försäkringskassan", None, None, 5690), ("Region Västerbotten", None, None, region),
        ("Umeå kommun", None, None, 2354), ("Vännäs kommun", None, None, 148),
        ("Nordmaling kommun", None, None, 114), ("Vindelns kommun", None, None, 85),
        ("Robertsfors kommun", None, None, 108), ("Bjurholms kommun", None, None, 37),
    )  # fmt: skip
    fees.sheet.delete_rows(1, 20)
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            fees.sheet.cell(row, column, value)
    return fees


def test_unequal_quarters(tmp_path: Path) -> None:
    """The region's 2 847 of 2022 is not half of the state's 5 690, which is 2 845."""
    result = _run(_fees_of_2022(2847).save(tmp_path))
    assert _found(result, "kvart-avviker").get("D5") == "warning"


@pytest.mark.parametrize("region", [2845, 2846])
def test_quarters_equal_but_for_rounding(region: int, tmp_path: Path) -> None:
    """One unit is what rounding does: 2 863 for 2 862,5 in 2019."""
    assert not _found(_run(_fees_of_2022(region).save(tmp_path)), "kvart-avviker")


# Refusals -------------------------------------------------------------------------------------

NOTHING: Mapping[str, Sequence[Sequence[Any]]] = {
    "no headings": (("Hyra", 100, 200),),
    "headings without figures": ((None, "Budget 2024", "Utfall 2024"),),
    "no labels": (("Budget 2024",), (100,), (200,)),
    "empty": (),
}


@pytest.mark.parametrize("kind", NOTHING)
def test_nothing_to_recognise(kind: str, tmp_path: Path) -> None:
    """A clear refusal with the remedy, in the library and on the command line; file untouched."""
    path = tmp_path / "inget.xlsx"
    book = openpyxl.Workbook()
    for row in NOTHING[kind]:
        book.active.append(row)
    book.save(path)
    content = path.read_bytes()
    with workbook(path) as opened, pytest.raises(WorkbookError) as caught:
        opened.recompute()
    assert path.name in caught.value.where
    assert "Budget 2024" in caught.value.remedy
    answer = finsam_xl("recompute", path)
    assert (answer.code, answer.out) == (2, "")
    assert "Traceback" not in answer.err
    assert "känns igen" in answer.err
    assert path.read_bytes() == content
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@given(
    st.dictionaries(
        st.sampled_from(["A4", "A5", "A7", "A9", "B3", "C3", "D3", "B5", "B7", "C12", "B16", "B18"]),
        st.one_of(
            st.none(), st.booleans(), st.integers(-(10**12), 10**12),
            st.floats(allow_nan=False, allow_infinity=False, width=32),
            st.sampled_from(["Summa", "Budget 2024", "-", "12 %", "Resultat", "varav", "2024", "(A+B)",
                             "Eget kapital vid årets slut", "1 000 tkr", "Total (A+B)", "S:a B1"]),
        ),
        max_size=5,
    )
)  # fmt: skip
def test_never_a_traceback(cells: dict[str, Any]) -> None:
    """Whatever is typed where, there is a plan or a refusal that is a sentence."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = SmallPlan().put(**cells).save(Path(folder))
        content = path.read_bytes()
        with workbook(path) as book:
            said = _messages(book)
        assert all(text.endswith(".") for text in said)
        assert path.read_bytes() == content


def _messages(book: Workbook) -> list[str]:
    """The sentences of every finding, or of the refusal."""
    try:
        result = book.recompute(accept=("summa-avviker",))
    except (WorkbookError, InputError) as error:
        return [str(error), error.remedy]
    return [finding.message for finding in result.findings]
