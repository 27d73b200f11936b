"""Names of totals, spans of years and titles against the tables they belong to."""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl.checks.agreement.headings import check, claims
from support.typed_sheets import Rows, said, typed


def _sections(*labels: str) -> list[list[Any]]:
    """Two sections of two lines, with totals of the names given."""
    first, second, third = labels
    return [
        ["Budget"],
        [None, "Budget 2024", "Budget 2025"],
        ["Kansli och styrelse"],
        ["Hyra", 10, 11],
        ["Lön", 20, 21],
        [first, 30, 32],
        ["Insatser i kommunerna"],
        ["Lag Ett", 5, 6],
        ["Lag Två", 7, 8],
        [second, 12, 14],
        [third, 42, 46],
    ]


def test_a_total_with_a_copied_name() -> None:
    """The second section's total bears the first one's name; both places are given."""
    rows = _sections("Summa kansli och styrelse", "Summa kansli och styrelse", "Summa kostnader")
    (found,) = check([typed(("Blad", rows))])
    assert (found.severity, found.code, found.cell) == ("warning", "summa-fel-avsnitt", "A10")
    assert found.calculated == "Summa insatser i kommunerna"
    assert [ref.cell for ref in found.also] == ["A6"]


@pytest.mark.parametrize(
    "labels",
    [
        ("Summa kansli och styrelse", "Summa insatser i kommunerna", "Summa kostnader"),
        ("Summa", "Summa", "Summa"),
        ("S:a kansli", "S:a insatser", "Kostnader totalt"),
        ("Summa", "Summa arbetslag", "Summa kansli, styrelse och insatser"),
        ("Summa kostnader", "Summa kostnader", "Summa"),
    ],
    ids=lambda labels: labels[1],
)
def test_totals_that_may_be_called_so(labels: tuple[str, str, str]) -> None:
    """Their own section, no section, a word of their own, or both sections together."""
    assert said(check, _sections(*labels)) == []


def _across(heading: str, *, of_all: bool = True) -> Rows:
    lines = (("Hyra", 10, 11, 12), ("Lön", 20, 21, 22), ("Resor", 1, 2, 3))
    return [
        ["Plan"],
        [None, "Budget 2023", "Budget 2024", "Budget 2025", heading],
        *([name, *amounts, sum(amounts if of_all else amounts[:2])] for name, *amounts in lines),
    ]


def test_a_sum_of_more_years_than_it_says() -> None:
    """The heading is named, with the span that the figures have."""
    (found,) = check([typed(("Blad", _across("Summa 2023-2024")))])
    assert (found.severity, found.code, found.cell) == ("warning", "rubrik-fel-period", "E2")
    assert found.calculated == "2023-2025"


@pytest.mark.parametrize(
    "rows",
    [
        _across("Summa 2023-2025"),
        _across("Summa 2023-2024", of_all=False),
        _across("Summa 2023-2024")[:3],
    ],
    ids=["the right span", "the right figures", "one row tells too little"],
)
def test_sums_that_say_what_they_are(rows: Rows) -> None:
    """Silent where heading and figures agree, or where too little speaks against it."""
    assert said(check, rows) == []


def _titled(title: str) -> Rows:
    return [
        ["Förbundet"],
        [title],
        [None, "Budget 2024", "Plan 2025", "Plan 2026"],
        ["Hyra", 1, 2, 3],
        ["Lön", 4, 5, 6],
    ]


@pytest.mark.parametrize(
    ("title", "missing"),
    [
        ("Budget 2023 plan 2024–2025", "budget 2023 och plan 2024"),
        ("Budget 2022", "budget 2022"),
        ("Budget 2024–2027", "budget 2027"),
    ],
)
def test_a_title_from_another_year(title: str, missing: str) -> None:
    """A note at the title, which says what is not there."""
    (found,) = check([typed(("Blad", _titled(title)))])
    assert (found.severity, found.code, found.cell) == ("info", "titel-fel-ar", "A2")
    assert missing in found.message


@pytest.mark.parametrize(
    "title",
    [
        "Budget 2024 plan 2025–2026",
        "Plan 2024–2026",
        "Verksamhetsplan 2024",
        "Budget 2024, fastställd 2023-11-20",
        "Budget 2024 (reviderad mars 2023)",
        "Budget",
        "Ekonomi 2022",
    ],
)
def test_titles_that_fit(title: str) -> None:
    """The years of the columns, fewer of them, dates of decisions, or no years at all."""
    assert said(check, _titled(title)) == []


def test_a_title_speaks_only_of_the_table_below_it() -> None:
    """What stands above another table on the sheet is that table's."""
    first: Rows = [["Budget 2020"], [None, "Budget 2020", "Budget 2021"], ["Hyra", 1, 2]]
    second: Rows = [[], ["Sedan"], [None, "Budget 2024", "Budget 2025"], ["Hyra", 1, 2]]
    assert said(check, [*first, *second]) == []


def test_what_a_title_claims() -> None:
    """Words inside other words and long numbers claim nothing."""
    assert claims("Verksamhetsbudget 2024") == {}
    assert claims("Utfall för år 2021 och prognos 2022") == {"utfall": {2021}, "prognos": {2022}}
    assert claims("Budget 20241") == {}
