"""Every printed figure of the Impactindex 2021, out of the indicators of the shipped workbook.

The expected figures are the document's (``workbooks/build/data``), never our own
output. Where the document contradicts itself, see ``golden/contradictions.py``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from finsam_xl.actions import index_results
from finsam_xl.actions import tables as recognised
from finsam_xl.calc import impact_index as calc
from finsam_xl.calc import target_rules
from finsam_xl.hosts.ooxml import Book
from finsam_xl.labels import split_number
from finsam_xl.model import AreaScore, UnitIndex
from finsam_xl.money import exact, round_half_away
from golden.contradictions import (
    ASSOCIATION,
    CONTRADICTIONS,
    REPAIRED,
    TABLE,
    TEXT,
    Contradiction,
)
from support.workbooks import DATA, NOW, SOCIAL_BUDGET, copy, workbook

TOTAL = "Totalt"
COLUMNS = (
    "antal_mal",
    "antal_indikatorer",
    "max_impactvarde",
    "uppnatt_impactvarde",
    "maluppfyllelse_pct",
    "impactindex",
    "viktning_utfall_pct",
    "ideal_viktning_pct",
)
SHEET_COLUMNS = dict(zip(COLUMNS, "BCDEFGHI", strict=True))
PERCENTAGES = {"maluppfyllelse_pct", "viktning_utfall_pct", "ideal_viktning_pct"}
RANKS = {
    "Samordningsteamet Bjurholm": 1,
    "Samordningsteamet Vännäs": 2,
    "Ungdomstorget": 3,
    "Samordningsteamet Robertsfors": 4,
    "Samordningsteamet Vindeln": 5,
    "Vuxentorget": 5,
    "Samordningsteamet Nordmaling": 7,
}
COLOURS = {
    ASSOCIATION: "röd",
    "Samordningsteamet Bjurholm": "grön",
    "Samordningsteamet Vännäs": "grön",
    "Ungdomstorget": "grön",
    "Samordningsteamet Robertsfors": "orange",
    "Samordningsteamet Vindeln": "röd",
    "Vuxentorget": "röd",
    "Samordningsteamet Nordmaling": "röd",
}
# The lines that are printed with 65 to 69, which the document's own key makes orange.
ORANGE = {
    ("Samordningsteamet Bjurholm", "Samhälls- och medlemsnytta"),
    ("Samordningsteamet Nordmaling", "Samhälls- och medlemsnytta"),
    ("Samordningsteamet Nordmaling", "Samordning"),
    ("Samordningsteamet Vännäs", "Samhälls- och medlemsnytta"),
    ("Samordningsteamet Robertsfors", "Samhälls- och medlemsnytta"),
    ("Samordningsteamet Robertsfors", TOTAL),
    ("Ungdomstorget", "Samordning"),
}
COSTLIEST = [
    ("1.2.1", 10),
    ("1.2.2", 10),
    ("1.2.3", 10),
    ("1.4.1-Umeå", 10),
    ("5.3.3", 5),
    ("3.2.1", 4),
]
LACKING = {"1.2.1": 9, "1.2.2": 10, "1.2.3": 5, "5.3.3": 22}


class Figure(NamedTuple):
    """One printed figure of the table."""

    unit: str
    area: str
    column: str
    printed: int

    @property
    def id(self) -> str:
        """The name of its test."""
        return f"{_short(self.unit)}-{self.area}-{self.column}"


class Line(NamedTuple):
    """One printed line with its row on the sheet Impactindex of the shipped workbook."""

    row: int
    unit: str
    area: str
    printed: dict[str, int]


def _short(unit: str) -> str:
    return unit.removeprefix("Samordningsteamet ").removeprefix("Samordningsförbundet ")


def _lines() -> Iterator[Line]:
    """The 48 printed lines; blocks begin with the unit's name and its headings."""
    path = DATA / "umea-annual-2021__impactindex.csv"
    with path.open(encoding="utf-8", newline="") as file:
        printed = list(csv.DictReader(file))
    row = 3
    for unit, block in groupby(printed, key=lambda line: line["enhet"]):
        row += 2
        for line in block:
            figures = {column: int(line[column]) for column in COLUMNS if line[column]}
            yield Line(row, unit, line["area"], figures)
            row += 1
        row += 1


LINES = list(_lines())
FIGURES = [
    Figure(line.unit, line.area, column, printed)
    for line in LINES
    for column, printed in line.printed.items()
]
_WRONG = {(c.unit, c.area, c.column) for c in CONTRADICTIONS if c.where == TABLE}
SOUND = [figure for figure in FIGURES if figure[:3] not in _WRONG]
CORRECTED = {figure[:3]: figure.printed for figure in FIGURES} | {
    (c.unit, c.area, c.column): c.calculated for c in CONTRADICTIONS
}


@pytest.fixture(scope="session")
def results() -> dict[str, index_results.UnitResult]:
    """What is calculated from the indicators of the shipped workbook, by unit."""
    with Book(SOCIAL_BUDGET) as book:
        found = index_results.results(book.grid, recognised(book.grid), NOW.date())
    return {result.unit_index.unit: result for result in found}


@pytest.fixture(scope="session")
def applied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped workbook, recomputed and saved."""
    path = copy(SOCIAL_BUDGET, tmp_path_factory.mktemp("golden"))
    with workbook(path) as book:
        book.apply(book.recompute())
    return path


def _score(unit: UnitIndex, area: str) -> AreaScore:
    if area == TOTAL:
        return unit.total
    return next(a for a in unit.areas if split_number(a.name)[1] == split_number(area)[1])


def _calculated(result: index_results.UnitResult, area: str, column: str) -> Decimal:
    """The figure as it would be printed: rounded half away to a whole number."""
    unit = result.unit_index
    score = _score(unit, area)
    ideals = result.rules.ideal_weights
    values: dict[str, Fraction | int | None] = {
        "antal_mal": score.goals,
        "antal_indikatorer": score.indicators,
        "max_impactvarde": score.maximum,
        "uppnatt_impactvarde": score.achieved,
        "maluppfyllelse_pct": score.impact_index,
        "impactindex": score.impact_index,
        "viktning_utfall_pct": unit.share(score),
        "ideal_viktning_pct": None if area == TOTAL else ideals[unit.areas.index(score)],
    }
    value = values[column]
    assert value is not None
    return round_half_away(value)


def test_the_table_is_whole() -> None:
    assert len(LINES) == 48
    assert len(FIGURES) == 40 * 8 + 8 * 6
    assert len(SOUND) == len(FIGURES) - 2


@pytest.mark.parametrize("figure", SOUND, ids=[figure.id for figure in SOUND])
def test_the_printed_figure_comes_out_of_the_indicators(
    results: dict[str, index_results.UnitResult], figure: Figure
) -> None:
    assert _calculated(results[figure.unit], figure.area, figure.column) == figure.printed


@pytest.mark.parametrize(
    "said",
    CONTRADICTIONS,
    ids=[f"{_short(c.unit)}-{c.area}-{c.column}-{c.printed}" for c in CONTRADICTIONS],
)
def test_the_document_contradicts_itself(
    results: dict[str, index_results.UnitResult], said: Contradiction
) -> None:
    assert said.printed != said.calculated
    assert _calculated(results[said.unit], said.area, said.column) == said.calculated
    in_table = next(f.printed for f in FIGURES if f[:3] == (said.unit, said.area, said.column))
    assert in_table == (said.printed if said.where == TABLE else said.calculated)


def test_the_running_text_stands_nowhere_in_the_tables() -> None:
    for said in CONTRADICTIONS:
        if said.where == TEXT:
            assert (said.unit, said.area, said.column, said.printed) not in FIGURES


def test_units_rank_as_printed(results: dict[str, index_results.UnitResult]) -> None:
    platforms = [unit for unit in results if unit != ASSOCIATION]
    values = [_calculated(results[unit], TOTAL, "impactindex") for unit in platforms]
    assert dict(zip(platforms, calc.ranks(values), strict=True)) == RANKS


@pytest.mark.parametrize("unit", COLOURS, ids=_short)
def test_the_colour_of_a_unit(results: dict[str, index_results.UnitResult], unit: str) -> None:
    result = results[unit]
    index = result.unit_index.total.impact_index
    assert index is not None
    rules = result.rules
    assert calc.colour(index, target=rules.target, near=rules.near) == COLOURS[unit]


def test_only_lines_printed_65_to_69_are_orange(
    results: dict[str, index_results.UnitResult],
) -> None:
    orange = set()
    for line in LINES:
        rules = results[line.unit].rules
        index = _score(results[line.unit].unit_index, line.area).impact_index
        assert index is not None
        if calc.colour(index, target=rules.target, near=rules.near) == "orange":
            orange.add((line.unit, line.area))
    assert orange == ORANGE


def test_the_costliest_misses(results: dict[str, index_results.UnitResult]) -> None:
    misses = calc.costliest(results[ASSOCIATION].unit_index.judgements)
    assert [(j.indicator.number, j.weight) for j in misses][:6] == COSTLIEST
    assert all(j.weight < 4 for j in misses[6:])
    assert sum(j.weight for j in misses) == 177 - 114


@pytest.mark.parametrize(("number", "persons"), LACKING.items())
def test_persons_lacking(
    results: dict[str, index_results.UnitResult], number: str, persons: int
) -> None:
    judgements = results[ASSOCIATION].unit_index.judgements
    indicator = next(j.indicator for j in judgements if j.indicator.number == number)
    assert indicator.rule is not None
    assert target_rules.lacking(indicator.rule, indicator.outcome) == persons


def test_what_was_not_measured_counts_nowhere(
    results: dict[str, index_results.UnitResult],
) -> None:
    for result in results.values():
        judgement = next(j for j in result.unit_index.judgements if j.indicator.number == "2.2.1")
        assert judgement.reached is None
        assert judgement.points is None


def test_the_shipped_workbook_carries_what_is_printed() -> None:
    sheet = _sheet(SOCIAL_BUDGET, values=True)
    printed = {figure[:3]: figure.printed for figure in FIGURES} | {
        (c.unit, c.area, c.column): c.printed for c in CONTRADICTIONS if c.where == REPAIRED
    }
    for (unit, area, column), figure in printed.items():
        assert _shown(sheet, unit, area, column) == figure, (unit, area, column)


@pytest.mark.parametrize("line", LINES, ids=[f"{_short(x.unit)}-{x.area}" for x in LINES])
def test_another_reader_finds_the_corrected_figures(applied: Path, line: Line) -> None:
    sheet = _sheet(applied, values=True)
    for column in line.printed:
        expected = CORRECTED[line.unit, line.area, column]
        assert _shown(sheet, line.unit, line.area, column) == expected, column


def test_totals_are_still_formulas(applied: Path) -> None:
    before, after = _sheet(SOCIAL_BUDGET, values=False), _sheet(applied, values=False)
    formulas = 0
    for cells in before.iter_rows():
        for cell in cells:
            if cell.data_type == "f":
                formulas += 1
                assert after[cell.coordinate].value == cell.value
            else:
                assert after[cell.coordinate].data_type != "f"
    assert formulas == 8 * 4


def test_what_stands_beside_the_figures(applied: Path) -> None:
    sheet = _sheet(applied, values=True)
    words = {"grön": "● når", "orange": "▲ nära", "röd": "▼ under"}
    for line in LINES:
        index = CORRECTED[line.unit, line.area, "impactindex"] if line.area == TOTAL else None
        if index is None:
            index = line.printed["impactindex"]
        orange = "orange" if index >= 65 else "röd"
        colour = "grön" if index >= 70 else orange
        assert sheet[f"J{line.row}"].value == words[colour], line
        assert (colour == "orange") == ((line.unit, line.area) in ORANGE), line


def test_only_what_the_document_has_wrong_is_reported_as_replaced() -> None:
    with workbook(SOCIAL_BUDGET) as book:
        findings = book.recompute().findings
    replaced = {(f.cell, f.stated, f.calculated) for f in findings if f.code == "index-avviker"}
    assert replaced == {
        (f"{SHEET_COLUMNS[c.column]}{_line(c.unit, c.area).row}", c.printed, c.calculated)
        for c in CONTRADICTIONS
        if c.where == REPAIRED or (c.where == TABLE and c.area != TOTAL)
    }
    assert not [f for f in findings if f.code == "formel-avviker"]


def _line(unit: str, area: str) -> Line:
    return next(line for line in LINES if (line.unit, line.area) == (unit, area))


@cache
def _sheet(path: Path, *, values: bool) -> Any:
    return openpyxl.load_workbook(path, data_only=values)["Impactindex"]


def _shown(sheet: Any, unit: str, area: str, column: str) -> Fraction:
    """A figure as it stands on the sheet, in per cent where the format says so."""
    line = _line(unit, area)
    assert sheet[f"A{line.row}"].value == area
    cell = sheet[f"{SHEET_COLUMNS[column]}{line.row}"]
    assert type(cell.value) in {int, float}, cell.coordinate
    if column in PERCENTAGES:
        assert "%" in cell.number_format
        return exact(cell.value) * 100
    return exact(cell.value)
