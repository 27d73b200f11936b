"""The tidy table: every figure once, exact, in its own unit, as an independent reader finds it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from finsam_xl import actions
from finsam_xl.address import box, position
from finsam_xl.export.columns import FIGURES, FINDINGS
from finsam_xl.export.figures import Figure, decimal_text, figures
from finsam_xl.hosts.ooxml import Book
from finsam_xl.sheets.grid import Cell, Grid, SheetGrid
from support.budget_layouts import LAPPLAND, UMEA
from support.practice import MONEY, names, workbook
from support.small_plan import SmallPlan
from support.truth import months
from support.workbooks import SOCIAL_BUDGET
from support.workbooks import workbook as opened

SHIPPED = (UMEA, SOCIAL_BUDGET, LAPPLAND)
NAMES = {"label", "code", "number", "order", "about", "when"}
"""Fields whose numbers are names, or point at figures."""


@cache
def read(path: Path) -> tuple[Figure, ...]:
    """The figures of a workbook file."""
    with Book(path) as book:
        return tuple(figures(book.grid))


def of(path: Path, sheet: str, cell: str) -> Figure:
    """The figure of a cell, of which there is one."""
    (found,) = [one for one in read(path) if (one.sheet, one.cell) == (sheet, cell)]
    return found


def test_the_columns_stay() -> None:
    """Programs rely on names and order: columns are added last, and none goes."""
    assert [column.name for column in FIGURES] == [
        "association", "file", "sheet", "table", "range", "kind", "row", "role", "code",
        "section", "parent", "side", "column", "field", "period", "scenario", "version", "unit",
        "value", "value_kr", "result_kr", "exact", "shown", "cell", "source",
    ]  # fmt: skip
    assert [column.name for column in FINDINGS] == [
        "file", "severity", "code", "sheet", "cell", "stated", "calculated", "difference",
        "message", "also",
    ]  # fmt: skip
    numbers = [column.name for column in (*FIGURES, *FINDINGS) if column.holds == "tal"]
    assert numbers == ["value", "value_kr", "result_kr", "stated", "calculated", "difference"]
    assert all(column.meaning.endswith((".", "…")) for column in (*FIGURES, *FINDINGS))


def test_a_line_has_the_columns_of_the_record() -> None:
    """What a figure says stands under its own name."""
    one = of(UMEA, "Budget 2019", "B17")
    line = dict(zip([column.name for column in FIGURES], one.line("u.xlsx"), strict=True))
    told = {name: value for name, value in line.items() if name not in ("file", "exact")}
    assert line["file"] == "u.xlsx"
    assert told == {**{name: str(getattr(one, name)) for name in told}, "value": 11540.0,
                    "value_kr": 11540000.0, "result_kr": 11540000.0}  # fmt: skip


def test_costs_count_against_the_result_whatever_their_sign() -> None:
    """Without a minus in 2019's table, with one in 2021's; deviations and stocks have none."""
    plain, signed = of(UMEA, "Budget 2019", "B28"), of(UMEA, "Utfall 2021", "C23")
    assert (plain.value, plain.result_kr) == (2360, -2360000)
    assert (signed.value, signed.result_kr) == (-2520, -2520000)
    assert of(UMEA, "Utfall 2021", "D8").result_kr is None
    assert of(UMEA, "Femårsöversikt", "B11").result_kr is None


GOLDEN = [
    # The document's own figures: Budget 2019, page 23; Södra Lappland 2024; social budget 2021.
    (UMEA, "Budget 2019", "B17", "Summa intäkter", "2019", "budget", "tkr", 11540, 11540000),
    (UMEA, "Tertial 2 2019", "C7", "Försäkringskassan", "2019-T2", "outcome_to_date", "tkr",
     3817, 3817000),
    (UMEA, "Femårsöversikt", "B12", "Soliditet (%)", "2021", "outcome", "%", 28, None),
    (UMEA, "Femårsöversikt", "B13", "Antal anställda", "2021", "outcome", "", 4, None),
    (UMEA, "Medlemsavgifter", "B11", "Umeå kommun", "2019", "key", "%", Fraction("82.36"), None),
    (UMEA, "Medlemsavgifter", "E38", "Försäkringskassan", "2021", "budget", "kr", 5690000,
     5690000),
    (UMEA, "Kostnadsfördelning", "C7", "Administration", "2021", "other", "%", 9, None),
    (UMEA, "Kostnadsfördelning", "B7", "Administration", "2021", "other", "tkr", 1073, 1073000),
    (LAPPLAND, "Budget 2024", "C8", "Lycksele kommun", "2024", "budget", "tkr", 326, 326000),
    (LAPPLAND, "Budget 2024", "D8", "Lycksele kommun", "2025", "plan", "tkr", 326, 326000),
    (SOCIAL_BUDGET, "Deltagare", "E3", "Antal deltagare hela året", "2021", "other", "st", 787,
     None),
    (SOCIAL_BUDGET, "Deltagare", "H5",
     "Deltagaren har avslutats till en för individen positiv lösning", "2020", "other", "%", 71,
     None),
    (SOCIAL_BUDGET, "Impactindex", "G5", "Samhälls- och medlemsnytta", "2021", "outcome",
     "index", 41, None),
    (SOCIAL_BUDGET, "Aktualiserande parter", "E6", "Totalt", "2021", "other", "%", 78, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "sheet", "cell", "row", "period", "scenario", "unit", "value", "kronor"),
    GOLDEN,
    ids=lambda it: it.name if isinstance(it, Path) else None,
)
def test_figures_of_the_documents(
    path: Path, sheet: str, cell: str, row: str, period: str, scenario: str, unit: str,
    value: Fraction, kronor: int | None,
) -> None:  # fmt: skip
    """Amounts, shares, counts and indices, each in its own unit; kronor only of amounts."""
    one = of(path, sheet, cell)
    said = (one.row, one.period, one.scenario, one.unit, one.value, one.value_kr)
    assert said == (row, period, scenario, unit, value, kronor)


def test_where_a_row_stands() -> None:
    """Section, side, project code, and the row that a "varav" row is inside."""
    project = of(UMEA, "Bilaga verksamheter", "D10")
    assert (project.code, project.side) == ("P41VÄN", "cost")
    assert project.section.startswith("B1. Befintliga verksamheter")
    inside = of(UMEA, "Femårsöversikt", "B7")
    assert (inside.row, inside.role, inside.parent) == (
        "varav ESF-projekt", "subline", "Verksamhetens intäkter",
    )  # fmt: skip
    assert of(UMEA, "Tertial 2 2019", "B7").side == "income"
    assert of(UMEA, "Balansräkning", "C7").side == ""


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_value_is_the_cells(path: Path) -> None:
    """An independent reader finds the same number in the cell that is named, once each."""
    sheets = openpyxl.load_workbook(path, data_only=True)
    formulas = openpyxl.load_workbook(path)
    seen = [(one.sheet, one.cell) for one in read(path)]
    assert len(seen) == len(set(seen))
    compared = 0
    for one in read(path):
        held = sheets[one.sheet][one.cell]
        typed = formulas[one.sheet][one.cell].value
        is_formula = isinstance(typed, str) and typed.startswith("=")
        assert one.source == ("formula" if is_formula else "typed")
        if isinstance(held.value, int | float):
            compared += 1
            number = Decimal(repr(held.value)) * (100 if "%" in held.number_format else 1)
            assert one.value == Fraction(number), one
            assert (one.unit == "%") or "%" not in held.number_format
    assert compared > 0.85 * len(seen)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_no_number_of_a_table_is_left_out(path: Path) -> None:
    """Every number in a column that was read is there, but for those that are names."""
    sheets = openpyxl.load_workbook(path, data_only=True)
    there = {(one.sheet, one.cell) for one in read(path)}
    left: dict[tuple[str, str], Any] = {}
    with Book(path) as book:
        for table in actions.tables(book.grid):
            top, first, bottom, last = box(table.range)
            known = {c.number for c in table.columns if c.field not in NAMES}
            cells = sheets[table.real_sheet].iter_rows(top, bottom, first, last)
            left |= {
                (table.real_sheet, cell.coordinate): cell.value
                for row in cells
                for cell in row
                if isinstance(cell.value, int | float) and cell.column in known
                if cell.row > table.header_row
                if (table.real_sheet, cell.coordinate) not in there
            }
    assert left == {}


@pytest.mark.parametrize("name", names())
def test_practice_books_as_their_truth_says(name: str) -> None:
    """Period, scenario and kronor of every amount, by what is known of invented books."""
    book = workbook(name)
    known = {(one.sheet, *position(one.cell)): one for one in figures(book.grid())}
    compared = 0
    for table in (one for one in book.tables if one["kind"] in MONEY):
        for column in table["columns"]:
            if column.get("scenario") not in ("budget", "outcome", "forecast", "plan"):
                continue
            for row in table["rows"]:
                at = (table["sheet"], row["row"], position(f"{column['column']}1")[1])
                one = known.get(at)
                if one is None:
                    continue
                compared += 1
                assert one.scenario in {
                    column["scenario"], *column.get("acceptable_scenarios", [])
                }  # fmt: skip
                periods = [column.get("period"), *column.get("acceptable_periods", [])]
                assert any(months(one.period) & months(period) for period in periods)
                if one.unit and table.get("unit_printed") is not False:
                    assert one.unit == table["unit"]
                    assert one.value_kr == one.value * {"kr": 1, "tkr": 1000, "mkr": 10**6}[
                        one.unit
                    ]  # fmt: skip
    amounts = sum(len(table["rows"]) > 2 for table in book.tables if table["kind"] in MONEY)
    assert compared or not amounts


def test_a_count_of_a_row_among_amounts_is_no_money() -> None:
    """Days and shares below the sums of a budget are not kronor; a line in a sum is."""
    plan = SmallPlan()
    plan.put(A21="Antal deltagare", B21=120, C21=118, A22="Soliditet (%)", B22=40, C22=38)
    grid = _grid(plan.sheet)
    by_cell = {one.cell: one for one in figures(grid)}
    assert by_cell["B5"].value_kr == 1000000
    for cell in ("B21", "C22"):
        assert cell not in by_cell or by_cell[cell].value_kr is None


def _grid(sheet: Any) -> Grid:
    cells = {
        (cell.row, cell.column): Cell(cell.value)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    return Grid((SheetGrid(sheet.title, lambda: cells),))


def test_what_a_run_of_ours_wrote_is_ours(tmp_path: Path) -> None:
    """A figure that a run filled in, until a person types over it."""
    path = SmallPlan().save(tmp_path)
    with opened(path) as book:
        book.apply(book.recompute())
    sources = {one.cell: one.source for one in read(path)}
    assert (sources["B5"], sources["D5"], sources["D18"]) == ("typed", "ours", "ours")
    changed = openpyxl.load_workbook(path)
    changed["Budget"]["D5"] = 7
    other = tmp_path / "andrad.xlsx"
    changed.save(other)
    sources = {one.cell: one.source for one in read(other)}
    assert (sources["D5"], sources["D18"]) == ("typed", "ours")


def test_a_figure_as_text_and_one_that_is_none(tmp_path: Path) -> None:
    """Text that is a number is used and shown as it stands; error values have no row."""
    path = SmallPlan().put(B7="400,5", B8="#REF!", C8="saknas").save(tmp_path)
    by_cell = {one.cell: one for one in read(path)}
    assert (by_cell["B7"].value, by_cell["B7"].shown) == (Fraction(801, 2), "400,5")
    assert "B8" not in by_cell
    assert "C8" not in by_cell


def test_amounts_that_a_float_would_lose(tmp_path: Path) -> None:
    """Twenty digits typed as text: the float is near, and the text is exact."""
    path = SmallPlan().put(B7="12345678901234567,89").save(tmp_path)
    (one,) = [one for one in read(path) if one.cell == "B7"]
    assert one.exact == "12345678901234567.89"
    assert of(UMEA, "Budget 2019", "B17").exact == ""


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**20),
                   max_value=10**20))  # fmt: skip
def test_decimal_text_is_the_number(number: Decimal) -> None:
    """Read back it is the same, without an exponent."""
    text = decimal_text(Fraction(number))
    assert Fraction(text) == Fraction(number)
    assert "e" not in text.lower()


def test_findings_as_a_frame() -> None:
    """One row for each finding, with the place of each other cell."""
    with opened(UMEA) as book:
        found = book.findings_frame()
        told = book.check().findings
    assert list(found.columns) == [column.name for column in FINDINGS]
    assert len(found) == len(told)
    row = found[(found.sheet == "Budget 2019") & (found.cell == "B28")].iloc[0]
    assert (row.severity, row.stated, row.calculated, row.also) == (
        "error", 2360, 2210, "Tertial 2 2019!B20",
    )  # fmt: skip


def test_a_sum_of_more_than_its_section_ends_it() -> None:
    """Södra Lappland: what is below all income is under no heading of income, but what heads it."""
    sections = {(one.row, one.section) for one in read(LAPPLAND) if one.sheet == "Budget 2024"}
    assert {
        ("ESF medel", "Övrig finansiering"),
        ("Lycksele kommun", "Finansiering från medlemmar"),
        ("Summa medel att disponera", ""),
        ("Styrelsen", ""),
        ("Fasta arvoden", "Styrelsen"),
        ("Hyra kontor", "Lokalkostnader"),
        ("SIKT 2.0", "Projektkostnader"),
        ("Summa kostnader", ""),
    } <= sections
    assert len({section for row, section in sections if row == "ESF medel"}) == 1


def test_a_section_lasts_until_a_sum_of_more_or_the_next_heading(tmp_path: Path) -> None:
    """The total of a section is in it; the total of two, and what comes after, is in none."""
    path = tmp_path / "bok.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Budget")
        sheet.write_row(0, 0, ["Budget 2031, tkr", "Utfall 2031"])
        rows = [
            ("Intäkter", None), ("Avgifter", 900), ("Bidrag", 100), ("Summa intäkter", 1000),
            ("Kansli", None), ("Löner", 300), ("Hyra", 50), ("Summa kansli", 350),
            ("Insatser", None), ("Team Alvik", 400), ("Team Berga", 150), ("Summa insatser", 550),
            ("Summa kostnader", 900), ("Räntor", 10), ("Årets resultat", 110),
        ]  # fmt: skip
        for at, (label, amount) in enumerate(rows, start=1):
            sheet.write(at, 0, label)
            if amount is not None:
                sheet.write(at, 1, amount)
    found = {one.row: one.section for one in read(path)}
    assert found["Summa intäkter"] == "Intäkter"
    assert found["Summa kansli"] == "Kansli"
    assert found["Team Berga"] == found["Summa insatser"] == "Insatser"
    assert found["Summa kostnader"] == found["Räntor"] == found["Årets resultat"] == ""
