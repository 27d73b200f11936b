"""Titles that are left from another year, and those that speak of another with reason."""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl.checks.formulas.sheet_years import only_year
from finsam_xl.checks.rules import of_columns
from support.typed_sheets import F, Rows, typed

_NAMES = ("Ekeby", "Lunda", "Tuna", "Vik")
_COUNTS = (12, 31, 8, 19)


def _plan(title: str, *headings: Any) -> Rows:
    return [
        [title],
        [],
        ["Post", *headings],
        *(
            [name, *(count + n for n in range(len(headings)))]
            for name, count in zip(_NAMES, _COUNTS, strict=True)
        ),
    ]


def _said(*sheets: tuple[str, Rows]) -> list[tuple[str, str, Any]]:
    found = of_columns([typed(*sheets)])
    return [(one.sheet or "", one.cell or "", one.calculated) for one in found]


SILENT = {
    "its own year": ("Budget 2026", _plan("Budget 2026", "Belopp")),
    "the year of a column": ("Budget 2026", _plan("Utfall 2025", "Utfall 2025", "Budget 2026")),
    "a day": ("Budget 2026", _plan("Antagen den 3 december 2025", "Belopp 2026")),
    "sentences": (
        "Budget 2026",
        _plan("Till nämnden den 3 mars. Ramen för 2025 räcker inte till lokalerna.", "Belopp"),
    ),
    "a decision": ("Budget 2026", _plan("Fastställd 2025", "Belopp 2026")),
    "several years": ("Budget 2026", _plan("Budget 2025–2026", "Belopp")),
    "no year": ("Budget", _plan("Budget 2025", "Belopp")),
}


@pytest.mark.parametrize("sheet", SILENT.values(), ids=SILENT)
def test_titles_with_reason_are_silent(sheet: tuple[str, Rows]) -> None:
    """Nothing says that the title is of another year than its figures."""
    assert _said(sheet) == []


def test_a_title_of_another_year_than_its_sheet_is_told() -> None:
    """The sheet was copied and renamed, its title was not."""
    assert _said(("Budget 2026", _plan("Budget 2025", "Belopp"))) == [
        ("Budget 2026", "A1", "Budget 2026")
    ]


def test_a_title_of_another_year_than_the_sheet_it_shows_is_told() -> None:
    """The same figures stand on a sheet of 2026, and the workbook is of that year."""
    whole = ("Deltagare", _plan("Deltagare 2026", "Nya"))
    staff = zip(_NAMES, (4, 9, 3, 2), strict=True)
    other = ("Personal", [["Personal 2026"], [], ["Enhet", "Antal"], *map(list, staff)])
    across: Rows = [
        ["Skäl till avslut 2025"],
        [],
        ["Skäl", *_NAMES],
        ["Arbete", 9, 30, 7, 11],
        ["Annat", 3, 1, 1, 8],
        ["Alla", *(F(f"SUM({c}4:{c}5)", n) for c, n in zip("BCDE", _COUNTS, strict=True))],
    ]
    wanted = [("Skäl", "A1", "Skäl till avslut 2026")]
    assert _said(whole, other, ("Skäl", across)) == wanted
    assert _said(("Deltagare", _plan("Deltagare 2025", "Nya")), other, ("Skäl", across)) == []


@pytest.mark.parametrize(("first", "is_told"), [(2025, True), (2026, False)])
def test_a_span_of_other_years_than_the_columns(first: int, is_told: bool) -> None:
    """A plan of three years, whose title is that of last year's plan."""
    rows = _plan(f"Plan {first}–{first + 2}", 2026, 2027, 2028)
    wanted = [("Plan", "A1", "Plan 2026–2028")] if is_told else []
    assert _said(("Plan", rows)) == wanted


def test_years_of_days_are_none() -> None:
    """A decision of last year is no table of last year."""
    assert only_year("Beslut 2025-11-28 om budget 2026") == 2026
    assert only_year("Beslut 28 nov 2025") is None
    assert only_year("2025 och 2026") is None
