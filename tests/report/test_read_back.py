"""Every figure of every report, read back from the written file and held against the workbook.

Read by openpyxl, which is no part of the product. A figure is right when its row's link leads to
the row that holds it, in a column that its heading fits, or when it is what a rule of
``support.recomputed`` gives by plain arithmetic on the workbook's cells. A figure that is neither
is one that nobody can trace, and fails. So does a chart that draws another figure than the report
prints, and a sentence at the top that says one.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations
from math import isclose, nan
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import openpyxl
import pytest

from finsam_xl.address import a1
from finsam_xl.report import look
from finsam_xl.sheetplan import SheetPlan
from support.practice import FOLDER
from support.recomputed import Case, explained
from support.traced import Figure, Report, Source, placed, untraced
from support.workbooks import EXISTING, copy, workbook

SHIPPED = ("umearegionen-budget", "umearegionen-social-budget", "sodra-lappland-budget")
OTHERS = ("03-bergmora", "13-hokfors", "17-kvisterum", "21-morvalla", "31-slattvika")
"""A year's report, a plan with costs below zero, fees by population, goals, a follow-up."""
LEAST = {
    "umearegionen-budget": 900,
    "umearegionen-social-budget": 350,
    "sodra-lappland-budget": 250,
    "03-bergmora": 30,
    "13-hokfors": 100,
    "17-kvisterum": 15,
    "21-morvalla": 20,
    "31-slattvika": 100,
}
"""How many figures the reports of a workbook show at least: a test that reads none proves nothing."""


class Made(NamedTuple):
    """The reports of a workbook: as planned, and as read from its file beside what it held."""

    plans: tuple[SheetPlan, ...]
    cases: tuple[Case, ...]


@cache
def _made(name: str) -> Made:
    with TemporaryDirectory() as folder:
        home = EXISTING if name in SHIPPED else FOLDER / "books"
        path = copy(home / f"{name}.xlsx", Path(folder))
        source = Source(path)
        with workbook(path) as book:
            result = book.reports()
            book.apply(result)
        plans = result.plan.sheets
        written = openpyxl.load_workbook(path)
        return Made(plans, tuple(Case(Report(written[plan.name]), source) for plan in plans))


@pytest.fixture(params=[*SHIPPED, *OTHERS])
def made(request: pytest.FixtureRequest) -> tuple[str, Made]:
    """Each workbook with its reports."""
    return request.param, _made(request.param)


def wrong(case: Case, figures: list[Figure] | None = None) -> list[str]:
    """The figures of a report that nothing gives."""
    found = placed(case.report.figures if figures is None else figures, case.source)
    return [
        f"{case.report.name}: {figure}"
        for figure in untraced(found, case.source)
        if not explained(case, figure)
    ]


def test_every_figure_is_the_workbooks_own_or_follows_from_it(made: tuple[str, Made]) -> None:
    """And there are as many as there should be."""
    name, (_, cases) = made
    assert [line for case in cases for line in wrong(case)] == []
    assert sum(len(case.report.figures) for case in cases) >= LEAST[name]


def test_every_figure_that_is_planned_is_in_the_file(made: tuple[str, Made]) -> None:
    """Also those that charts are drawn of, in their places."""
    _, (plans, cases) = made
    for plan, case in zip(plans, cases, strict=True):
        held = case.report.cells
        lost = [
            (cell.row, cell.column, cell.value)
            for cell in plan.cells
            if isinstance(cell.value, int | float)
            and not isclose(
                cell.value, float(held.get(a1(cell.row, cell.column), nan)), abs_tol=1e-9
            )
        ]
        assert lost == []


def test_charts_draw_figures_that_are_printed(made: tuple[str, Made]) -> None:
    """What a bar is as long as, is a figure of the book's reports, or that in per cent."""
    _, (plans, cases) = made
    values = [abs(figure.value) for case in cases for figure in case.report.figures]
    printed = {round(value, 6) for value in (*values, *(100 * value for value in values))}
    for plan in plans:
        held = {(cell.row, cell.column): cell.value for cell in plan.cells}
        for chart in plan.charts:
            top, left, bottom, right = chart.values
            drawn = [
                value
                for row in range(top, bottom + 1)
                for column in range(left, right + 1)
                if isinstance(value := held.get((row, column)), int | float)
            ]
            assert [v for v in drawn if round(abs(v), 6) not in printed] == [], chart.title


def test_the_sentence_that_stands_first_says_what_is_printed(made: tuple[str, Made]) -> None:
    """Each amount in it is one of the report's own figures, its sign apart, or the sum of some."""
    _, (plans, cases) = made
    for plan, case in zip(plans, cases, strict=True):
        for answer in (str(cell.value) for cell in plan.cells if cell.role == look.ANSWER):
            said = [n for n in amounts(answer) if not any(_is(n, one) for one in _told(case))]
            assert said == [] or plan.owner in UNCHECKED, (plan.name, answer, said)


UNCHECKED = {"kontroll", "mal"}
"""These answers count findings and goals, of which no cell holds a number."""
_FEW, _MOST_ADDED = 16, 3


def _told(case: Case) -> list[float]:
    """What a report's figures are, and what two or three in a column are together."""
    columns: dict[tuple[int, int], list[float]] = {}
    for figure in case.report.figures:
        columns.setdefault((figure.table, figure.column), []).append(figure.value)
    sums = (
        sum(some)
        for values in columns.values()
        if len(values) <= _FEW
        for size in range(2, _MOST_ADDED + 1)
        for some in combinations(values, size)
    )
    return [abs(value) for value in (*(f.value for f in case.report.figures), *sums)]


def amounts(text: str) -> list[tuple[float, int]]:
    """The amounts in a sentence with their decimals: years, places and counts of units left out."""
    plain = re.sub(r"[\w ]+![A-Z]+\d+|\b20\d\d\b|\b\d av \d\b|målet \d+", "", text)
    found = re.findall(r"\d{1,3}(?:\xa0\d{3})+(?:,\d+)?|\d+(?:,\d+)?", plain)
    return [
        (float(n.replace("\xa0", "").replace(",", ".")), len(n.partition(",")[2])) for n in found
    ]


def _is(amount: tuple[float, int], figure: float) -> bool:
    value, places = amount
    return any(abs(value - one) <= 0.5 * 10**-places + 1e-9 for one in (figure, 100 * figure))


@pytest.mark.parametrize("name", ["umearegionen-budget", "umearegionen-social-budget"])
def test_a_figure_that_is_changed_is_found(name: str) -> None:
    """Every twentieth figure of each report, a third more and one: none of them can be traced.

    But of the control's report, whose figures are only held against their own sentences.
    """
    for case in _made(name).cases[:-1]:
        assert case.report.name != "Rapport Kontroll"
        for one in case.report.figures[::20]:
            off = one._replace(value=round(1.37 * one.value + 1.11, 2))
            column = [
                f for f in case.report.figures if (f.table, f.column) == (one.table, one.column)
            ]
            figures = [off if figure is one else figure for figure in column]
            assert any(str(off) in line for line in wrong(case, figures)), (case.report.name, off)


def test_two_columns_that_change_places_are_found() -> None:
    """Budget and forecast under each other's headings: each is in the source, but not there."""
    case = next(c for c in _made("umearegionen-budget").cases if c.report.name == "Rapport Tertial")
    names = {"Budget": "Prognos", "Prognos": "Budget"}
    figures = [
        one._replace(heading=names.get(one.heading, one.heading)) for one in case.report.figures
    ]
    assert len(wrong(case, figures)) > 20


def test_a_link_to_another_row_is_found() -> None:
    """The figures are right, but not those of the row that the link leads to."""
    case = next(c for c in _made("sodra-lappland-budget").cases if c.report.name == "Rapport Plan")
    last = max(figure.row for figure in case.report.figures if figure.source)
    moved = [
        one._replace(source=(one.source[0], one.source[1] - 1))
        if one.source and one.row == last
        else one
        for one in case.report.figures
    ]
    assert [f"rad {last} " in line for line in wrong(case, moved)].count(True) >= 4
