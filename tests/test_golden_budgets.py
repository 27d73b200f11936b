"""The shipped budget workbooks against the documents they were made from.

Every figure that follows from others in its table is calculated again; those that differ
are exactly the ones judged in :mod:`golden.budget_differences`.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from finsam_xl.actions import budget as action
from finsam_xl.calc import totals
from finsam_xl.hosts.ooxml import Book
from finsam_xl.model_budget import Budget
from finsam_xl.sheets import recognise
from golden.budget_differences import DIFFERENCES
from support.budget_figures import Figure, following
from support.budget_layouts import LAPPLAND, PLACES, UMEA
from support.workbooks import DATA, copy, workbook


class Checked(NamedTuple):
    """A shipped table: its place in ``PLACES``, kind, file of data, and how much must be checked."""

    place: str
    kind: str
    data: str
    least: int


TABLES = (
    Checked("Plan 2018-2020", "plan", "umea-plan-2018-2020__budget", 99),
    Checked("Bilaga verksamheter", "plan", "umea-plan-2018-2020__verksamhetsbudget-bilaga", 56),
    Checked("Budget 2019", "budget", "umea-plan-2020-2022__budget-2019", 16),
    Checked("Tertial 2 2019", "tertial", "umea-tertial-2019-t2__resultatrapport", 15),
    Checked("Balansrapport", "balance", "umea-tertial-2019-t2__balansrapport", 4),
    Checked("Plan 2020-2022", "plan", "umea-plan-2020-2022__budget-2020-2022", 21),
    Checked("Utfall 2021", "outcome", "umea-annual-2021__bilaga-2-utfall-budget", 48),
    Checked("Driftredovisning", "income_statement", "umea-annual-2021__driftsredovisning", 21),
    Checked("Not 2", "note", "umea-annual-2021__not-2-medlemsavgifter", 2),
    Checked("Budget 2024", "plan", "lappland-plan-2024-2026__budget", 32),
)


def _id(table: Checked) -> str:
    return table.place


@cache
def _budgets(path: Path) -> tuple[Budget, ...]:
    with Book(path) as book:
        found = recognise.tables(book.grid)
        return tuple(one.budget for one in action.read_all(book.grid, found))


def _budget(table: Checked) -> Budget:
    place = PLACES[table.place]
    return next(b for b in _budgets(place.path) if b.sheet == place.sheet and b.kind == table.kind)


def _differing(figures: list[Figure]) -> list[Figure]:
    return [figure for figure in figures if figure.printed != figure.calculated]


@pytest.mark.parametrize("table", TABLES, ids=_id)
def test_every_figure_that_follows_from_others(
    table: Checked, capsys: pytest.CaptureFixture[str]
) -> None:
    """At least so many are checked, and those that differ are the judged ones, all explained."""
    figures = list(following(_budget(table)))
    differing = _differing(figures)
    with capsys.disabled():
        print(f"\n{table.place}: {len(figures)} checked, {len(differing)} differ")
    assert len(figures) >= table.least
    found = Counter((f.label, f.column, int(f.printed), int(f.calculated)) for f in differing)
    judged = Counter(
        (d.label, d.column, d.printed, d.calculated)
        for d in DIFFERENCES
        if d.sheet == PLACES[table.place].sheet and table.kind != "balance"
    )
    assert found == judged
    severities = {totals.severity(f.printed, f.calculated, f.addends) for f in differing}
    assert severities <= {"info"}


def test_every_judgement_is_a_sentence_about_a_shipped_table() -> None:
    """Judged differences name a sheet that is tested, two figures, and why."""
    sheets = {PLACES[table.place].sheet for table in TABLES}
    for one in DIFFERENCES:
        assert one.sheet in sheets
        assert one.printed != one.calculated
        assert one.why.endswith(".")


def _data(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


_ABOUT = ("section", "line", "code", "is_total", "level")


def _sheet_rows(place: str) -> Iterator[tuple[str, list[Any]]]:
    """Labels and shown figures of a shipped table, rows without figures left out."""
    at = PLACES[place]
    sheet = openpyxl.load_workbook(at.path, data_only=True)[at.sheet]
    for row in range(at.headings[1] + 1, at.last + 1):
        label, *amounts = (sheet.cell(row, column).value for column in range(1, at.last_column + 1))
        yield str(label or ""), amounts


def _amount(text: str) -> int | None:
    return int(text) if text else None


def _bare(label: str, code: str) -> str:
    """A label without dash and code, with single spaces."""
    return " ".join(label.lstrip("- ").removeprefix(f"{code}, ").split())


@pytest.mark.parametrize("table", TABLES, ids=_id)
def test_every_amount_is_the_transcribed_one(table: Checked) -> None:
    """Read with openpyxl, formulas by their stored results: row by row what the CSV holds."""
    rows = _data(table.data)
    columns = [name for name in rows[0] if name not in _ABOUT]
    shown = iter(_sheet_rows(table.place))
    compared = 0
    for row in rows:
        wanted = [_amount(row[column]) for column in columns]
        for label, amounts in shown:
            is_filled = any(a is not None for a in amounts[: len(columns)])
            if _bare(label, row["code"]) == _bare(row["line"], "") and (
                is_filled or not any(w is not None for w in wanted)
            ):
                break
        else:
            pytest.fail(f"no row for {row['line']}")
        assert amounts[: len(columns)] == wanted, row["line"]
        compared += sum(w is not None for w in wanted)
    assert compared == sum(1 for row in rows for column in columns if row[column])
    assert not [label for label, amounts in shown if any(a is not None for a in amounts)]


@pytest.mark.parametrize("table", TABLES, ids=_id)
def test_every_amount_is_read(table: Checked) -> None:
    """The product reads as many amounts as the CSV holds, and the same ones."""
    rows = _data(table.data)
    columns = [name for name in rows[0] if name not in _ABOUT]
    budget = _budget(table)
    read: Counter[int] = Counter(
        int(amount)
        for row in budget.rows
        for amount in row.amounts[: len(columns)]
        if amount is not None
    )
    written = Counter(int(row[column]) for row in rows for column in columns if row[column])
    assert read == written


def _findings(path: Path, folder: Path) -> list[Any]:
    with workbook(copy(path, folder)) as book:
        return list(book.recompute().findings)


def test_sodra_lappland_adds_up(tmp_path: Path) -> None:
    """Its budget of four years has no finding on sums at all above info."""
    findings = _findings(LAPPLAND, tmp_path)
    assert not [f for f in findings if f.code.startswith("summa") and f.severity != "info"]
    assert not [f for f in findings if f.severity == "error"]


def test_umearegionen_has_the_expected_findings(tmp_path: Path) -> None:
    """Rounding is info; the printed contradictions of 2020 are warnings; nothing is an error."""
    findings = _findings(UMEA, tmp_path)
    by_code: Mapping[str, set[str]] = {
        code: {f.severity for f in findings if f.code == code}
        for code in {f.code for f in findings}
    }
    assert "summa-avviker" not in by_code
    assert by_code["summa-avrundning"] == {"info"}
    assert {f.sheet for f in findings if f.code == "andelar-summerar-inte"} == {"Plan 2020-2022"}
    assert ("Plan 2020-2022", "A8") in {
        (f.sheet, f.cell)
        for f in findings
        if f.code == "andel-i-etikett" and f.severity == "warning"
    }
    assert "error" not in {f.severity for f in findings}
    rounded = {(f.sheet, f.stated, f.calculated) for f in findings if f.code == "summa-avrundning"}
    assert rounded == {(d.sheet, d.printed, d.calculated) for d in DIFFERENCES}


def test_deviations_of_the_tertial_report_by_hand(tmp_path: Path) -> None:
    """The blank columns of the tertial report, against figures worked out on paper."""
    path = copy(UMEA, tmp_path)
    with workbook(path) as book:
        book.apply(book.recompute())
    sheet = openpyxl.load_workbook(path, data_only=True)["Tertial 2 2019"]
    by_label = {
        str(row[0]).lstrip("- "): row[4] for row in sheet.iter_rows(5, 38, values_only=True)
    }
    assert by_label["Försäkringskassan"] == 0
    assert by_label["Ungdomstorget"] == 154
    assert by_label["Vuxentorget"] == 471
    assert by_label["Hälsofrämjande etablering (reserv)"] == 200
    assert by_label["Hälsofrämjande etablering"] is None
    assert by_label["Summa verksamheter"] == 1196
    assert by_label["Kostnader totalt"] == 1506
