"""Cells with our functions in closed files: saved results that are old feed nothing."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finsam_xl.workbook import Workbook
from support.workbooks import NOW, with_its_results, workbook

OLD = 12345.5
"""No formula below gives this."""
BUDGET = [
    ["tkr", "Budget 2025", "Utfall 2025"],
    ["Intäkter", None, None],
    ["Medlemsbidrag", 900, 900],
    ["Kostnader", None, None],
    ["Lön", 500, 520],
    ["Hyra", 100, 100],
    ["Summa kostnader", 600, None],
]
Cells = Mapping[str, Any]


def saved(path: Path, cells: Cells, others: Iterable[tuple[str, Cells]] = ()) -> Path:
    """A budget, and sheets of cells; every formula has an old result in the file."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Budget 2025")
        for row, values in enumerate(BUDGET):
            sheet.write_row(row, 0, values)
        for name, here in (("Budget 2025", cells), *others):
            sheet = sheet if name == "Budget 2025" else book.add_worksheet(name)
            for cell, value in here.items():
                if isinstance(value, str) and value.startswith("{"):
                    block, formula = value[1:-1].split("|")
                    sheet.write_array_formula(f"{cell}:{block}", "{" + formula + "}", None, OLD)
                elif isinstance(value, str) and value.startswith("="):
                    sheet.write_formula(cell, value, None, OLD)
                else:
                    sheet.write(cell, value)
    return with_its_results(path)


def seen(book: Workbook, sheet: str = "Budget 2025") -> dict[str, Any]:
    """What is read of the cells."""
    cells = book._book.grid.sheet(sheet).cells
    return {f"{chr(64 + c)}{r}": cell.value for (r, c), cell in cells.items()}


def stored(path: Path, sheet: str = "Budget 2025") -> dict[str, Any]:
    """What another program finds saved."""
    made = openpyxl.load_workbook(path, data_only=True)[sheet]
    return {cell.coordinate: cell.value for row in made.iter_rows() for cell in row}


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=FINSAM_ANDEL(C5,C3)", 520 / 900),
        ("=1-FINSAM_ANDEL(C5,C3)", 1 - 520 / 900),
        ('=IF(C5>C6,ROUND(FINSAM_ANDEL(C5+C6,SUM(B5:B6)),2),"")', 1.03),
        ("=SUM(FINSAM_AVGIFT(C5:C6,C3))", 900),
        ("=INDEX(FINSAM_AVGIFT(C5:C6,C3),2)", 145),
        ('=IFERROR(FINSAM_ANDEL(C5,C2)*FINSAM_ANDEL(A1,C3),"fel")', "fel"),
        ('="Index "&FINSAM_FARG(C6-30,FINSAM_ANDEL(70,1))', "Index grön"),
        ("=FINSAM_ANDEL(FINSAM_ANDEL(C5,C3)*900,MAX(C5,C6))", 1),
        ("=MAX(FINSAM_ANDEL(C5,B5),FINSAM_ANDEL(C6,B6))", 1.04),
    ],
)
def test_our_functions_within_others(formula: str, value: Any, tmp_path: Path) -> None:
    """Whatever stands around them or is given to them is calculated, and what builds on them."""
    path = saved(
        tmp_path / "bok.xlsx", {"E9": formula, "E10": "=E9"}, [("Ö", {"A1": "='Budget 2025'!E10"})]
    )
    with workbook(path) as book:
        assert seen(book)["E9"] == pytest.approx(value)
        assert seen(book, "Ö")["A1"] == pytest.approx(value)
        told = {(f.sheet, f.cell) for f in book.check().findings if f.code == "levande-skiljer"}
        assert told == {("Budget 2025", "E9"), ("Budget 2025", "E10"), ("Ö", "A1")}
        book.apply(book.recompute())
    assert [stored(path)[cell] for cell in ("E9", "E10")] == [pytest.approx(value)] * 2
    assert stored(path, "Ö")["A1"] == pytest.approx(value)
    with workbook(path) as book:
        assert "levande-skiljer" not in {f.code for f in book.check().findings}


def test_an_old_result_feeds_no_total(tmp_path: Path) -> None:
    """The line is calculated first: the sum is of what it gives, not of what was saved."""
    path = saved(tmp_path / "bok.xlsx", {"C6": "=100*FINSAM_ANDEL(B5,B5)"})
    with workbook(path) as book:
        edits = {edit.cell: edit.new for edit in book.recompute().plan.edits}
    assert edits["C7"] == 620


def test_names_in_lower_case_are_ours_too(tmp_path: Path) -> None:
    """So other programs save functions that they do not know."""
    path = saved(tmp_path / "bok.xlsx", {"E9": "=finsam_andel(C5,C3)"})
    with workbook(path) as book:
        assert seen(book)["E9"] == pytest.approx(520 / 900)


def test_a_block_of_results(tmp_path: Path) -> None:
    """An array formula's every cell is calculated, and so is what looks at one of them."""
    cells = {"F5": "{F6|=FINSAM_AVGIFT(C5:C6,C3)}", "G6": "=F6*2"}
    path = saved(tmp_path / "bok.xlsx", cells)
    with workbook(path) as book:
        assert [seen(book)[cell] for cell in ("F5", "F6", "G6")] == [755, 145, 290]
        book.apply(book.recompute())
    assert [stored(path)[cell] for cell in ("F5", "F6", "G6")] == [755, 145, 290]


def test_a_block_of_another_size_is_left(tmp_path: Path) -> None:
    """Excel would spill or cut it: what is saved stands, and nothing new is made of it."""
    path = saved(tmp_path / "bok.xlsx", {"F5": "{F7|=FINSAM_AVGIFT(C5:C6,C3)}"})
    with workbook(path) as book:
        assert seen(book)["F5"] == OLD


def test_what_cannot_be_followed_is_trusted_until_it_builds_on_what_is_old(tmp_path: Path) -> None:
    """A text by the reader's decimal sign is Excel's to make."""
    cells = {"E9": '=TEXT(FINSAM_ANDEL(C5,C3),"0 %")', "E10": "=LEN(E9)"}
    with workbook(saved(tmp_path / "ett.xlsx", cells)) as book:
        assert seen(book)["E9"] == OLD
    cells = {"D9": "=FINSAM_ANDEL(C5,C3)", "E9": '=TEXT(D9,"0 %")', "E10": "=LEN(E9)"}
    path = saved(tmp_path / "två.xlsx", cells)
    with workbook(path) as book:
        assert (seen(book)["E9"], seen(book)["E10"]) == (None, None)
        found = [f for f in book.check().findings if f.code == "formel-utan-varde"]
        assert ["gammalt" in f.message for f in found] == [True]
        book.apply(book.recompute())
    assert stored(path)["E9"] == OLD
    with zipfile.ZipFile(path) as package:
        assert b'fullCalcOnLoad="1"' in package.read("xl/workbook.xml")


def test_an_error_of_now_is_not_the_figure_of_then(tmp_path: Path) -> None:
    """The figure is not used; the file keeps it until Excel shows the error."""
    cells = {"E9": "=FINSAM_ANDEL(A5,C3)", "E10": "=ROUND(FINSAM_ANDEL(A5,C3),1)", "E11": "=E10+1"}
    path = saved(tmp_path / "bok.xlsx", cells)
    with workbook(path) as book:
        now = seen(book)
        assert str(now["E9"]).startswith("#")
        assert (now["E10"], now["E11"]) == (None, None)


def test_results_that_are_right_change_nothing(tmp_path: Path) -> None:
    """Byte for byte, in every part."""
    path = saved(tmp_path / "bok.xlsx", {"E9": "=1-FINSAM_ANDEL(C5,C3)", "E10": "=E9*2"})
    with workbook(path) as book:
        book.apply(book.recompute())
    before = path.read_bytes()
    with workbook(path) as book:
        assert not book.apply(book.recompute()).changed
    assert path.read_bytes() == before


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_any_order_of_formulas(tmp_path: Path, data: st.DataObject) -> None:
    """However they look at each other, all show what they give, whatever was saved."""
    count = data.draw(st.integers(3, 10))
    values = [float(number + 1) for number in range(3)]
    cells: dict[str, Any] = {f"E{row + 1}": value for row, value in enumerate(values)}
    was_old = [False] * 3
    for number in range(3, 3 + count):
        one, other = (data.draw(st.integers(0, number - 1)) for _ in range(2))
        kind = data.draw(st.sampled_from(("ours", "plain", "nested")))
        a, b = f"E{one + 1}", f"E{other + 1}"
        text, value = {
            "ours": (f"=FINSAM_ANDEL({a},{b})", values[one] / values[other]),
            "plain": (f"={a}+{b}", values[one] + values[other]),
            "nested": (f"=2+FINSAM_ANDEL({a}*3,{b})", 2 + 3 * values[one] / values[other]),
        }[kind]
        cells[f"E{number + 1}"] = text
        # A plain formula is trusted, so long as it builds on nothing that was old.
        is_known = kind != "plain" or was_old[one] or was_old[other]
        values.append(value if is_known else OLD)
        was_old.append(values[-1] != OLD)
    with Workbook(saved(tmp_path / "bok.xlsx", cells), NOW) as book:
        found = seen(book)
    assert [found[f"E{n + 1}"] for n in range(3 + count)] == pytest.approx(values)
