"""The shipped budget workbooks against the documents they were made from.

Every figure that follows from others in its table is calculated again; those that differ
are exactly the ones judged in :mod:`golden.budget_differences`.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from finsam_xl.calc import totals
from finsam_xl.hosts.ooxml import Book
from finsam_xl.model_budget import Budget
from finsam_xl.reading import book as reading
from golden.budget_differences import BREAK, DIFFERENCES, ROUNDING, WITHOUT_FINANCIAL
from support.budget_figures import Figure, following
from support.budget_layouts import EVERY, LAPPLAND, UMEA
from support.workbooks import DATA, copy, workbook


class Checked(NamedTuple):
    """A shipped table: its place in ``EVERY``, kind, file of data, and how much must be checked."""

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
    Checked("Femårsöversikt", "overview", "umea-annual-2021__femarsoversikt", 5),
    Checked("Balanskravsresultat", "balanskrav", "umea-annual-2021__balanskravsresultat", 2),
    Checked("Resultaträkning", "income_statement", "umea-annual-2021__resultatrakning", 6),
    Checked("Balansräkning", "balance", "umea-annual-2021__balansrakning", 10),
    Checked("Kassaflödesanalys", "cash_flow", "umea-annual-2021__kassaflodesanalys", 6),
    Checked("Not 3", "note", "umea-annual-2021__not-3-verksamhetens-kostnader", 2),
    Checked("Not 4", "note", "umea-annual-2021__not-4-rakenskapsrevision", 0),
    Checked("Not 5", "note", "umea-annual-2021__not-5-jamforelsestorande-poster", 2),
    Checked("Not 6", "note", "umea-annual-2021__not-6-fordringar", 2),
    Checked("Not 7", "note", "umea-annual-2021__not-7-arets-resultat", 2),
    Checked("Not 8", "note", "umea-annual-2021__not-8-kortfristiga-skulder", 2),
    Checked("Budget 2024", "plan", "lappland-plan-2024-2026__budget", 32),
)


def _id(table: Checked) -> str:
    return table.place


@cache
def _budgets(path: Path) -> tuple[Budget, ...]:
    with Book(path) as book:
        found = reading.tables(book.grid)
        return tuple(one.budget for one in reading.budgets(found))


def _budget(table: Checked) -> Budget:
    place = EVERY[table.place]
    (found,) = (
        budget
        for budget in _budgets(place.path)
        if (budget.sheet, budget.rows[0].row) == (place.sheet, place.headings[1] + 1)
    )
    assert found.kind == table.kind
    return found


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
    here = [d for d in DIFFERENCES if d.place == table.place]
    assert found == Counter((d.label, d.column, d.printed, d.calculated) for d in here)
    unexplained = {
        (f.label, f.column)
        for f in differing
        if totals.severity(f.printed, f.calculated, f.addends) != "info"
    }
    assert unexplained == {(d.label, d.column) for d in here if d.told != ROUNDING}


def test_every_judgement_is_a_sentence_about_a_shipped_table() -> None:
    """Judged differences name a sheet that is tested, two figures, and why."""
    places = {table.place: EVERY[table.place].sheet for table in TABLES}
    for one in DIFFERENCES:
        assert places[one.place] == one.sheet
        assert one.printed != one.calculated
        assert one.why.endswith(".")


def _data(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


_NOTHING = ("Inga",)
_ABOUT = ("section", "line", "code", "is_total", "level")


def _sheet_rows(place: str) -> Iterator[tuple[str, list[Any]]]:
    """Labels and shown figures of a shipped table, rows without figures left out."""
    at = EVERY[place]
    sheet = openpyxl.load_workbook(at.path, data_only=True)[at.sheet]
    for row in range(at.headings[1] + 1, at.last + 1):
        label = sheet.cell(row, 1).value
        columns = range(at.first_column, at.last_column + 1)
        yield str(label or ""), [sheet.cell(row, column).value for column in columns]


def _amount(text: str) -> int | str | None:
    """A transcribed amount; "Inga" stands as a word in the sheet too."""
    if text in ("", *_NOTHING):
        return text or None
    return int(text)


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
    texts = (row[column] for row in rows for column in columns)
    written = Counter(int(text) for text in texts if text not in ("", *_NOTHING))
    assert read == written


def _findings(path: Path, folder: Path) -> list[Any]:
    with workbook(copy(path, folder)) as book:
        return list(book.recompute().findings)


def test_sodra_lappland_adds_up(tmp_path: Path) -> None:
    """Its budget of four years has no finding on sums at all above info."""
    findings = _findings(LAPPLAND, tmp_path)
    assert not [f for f in findings if f.code.startswith("summa") and f.severity != "info"]
    assert not [f for f in findings if f.severity == "error"]


# The blank flow of 2021 is filled in as the formula of 2020 beside it adds: −209 941 + 1 164 172
# = 954 231. With 5 502 738 that is one krona short of the printed cash.
FLOW_FILLED_IN = ("Kassaflödesanalys", 6456970, 6456969)


def test_umearegionen_has_the_expected_findings(tmp_path: Path) -> None:
    """Rounding is info; the cash flow and the shares of 2020 are warnings; nothing is an error."""
    findings = _findings(UMEA, tmp_path)
    assert "error" not in {f.severity for f in findings}
    assert {f.sheet for f in findings if f.code == "andelar-summerar-inte"} == {"Plan 2020-2022"}
    assert ("Plan 2020-2022", "A8") in {
        (f.sheet, f.cell)
        for f in findings
        if f.code == "andel-i-etikett" and f.severity == "warning"
    }
    for code, severity in ((ROUNDING, "info"), (BREAK, "warning"), (WITHOUT_FINANCIAL, "info")):
        told = [f for f in findings if f.code == code]
        assert {f.severity for f in told} == {severity}
        assert {(f.sheet, f.stated, f.calculated) for f in told} == {
            (d.sheet, d.printed, d.calculated) for d in DIFFERENCES if d.told == code
        } | ({FLOW_FILLED_IN} if code == ROUNDING else set())


def test_the_cash_flow_says_what_is_left_out(tmp_path: Path) -> None:
    """Both years' cash flow lacks the result: the whole difference, which the message names."""
    told = [f for f in _findings(UMEA, tmp_path) if f.code == BREAK]
    assert [(f.sheet, f.cell, f.difference) for f in told] == [
        ("Kassaflödesanalys", "B12", 209941),
        ("Kassaflödesanalys", "C12", -16827),
    ]
    assert all("inte verkar vara med" in f.message for f in told)


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
