"""Tables of people are read, and mean the same, in the layouts other offices would have typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from finsam_xl.actions import check
from finsam_xl.checks import rules
from finsam_xl.checks.material import Material
from finsam_xl.hosts.ooxml import Book
from finsam_xl.model import Finding

Rows = list[list[Any]]


class Shape(NamedTuple):
    """How a table is laid out: its place, its headings, the order of columns, rows above."""

    name: str
    top: int = 3
    left: int = 1
    heading: Callable[[str], str] = str
    order: Callable[[list[Any]], list[Any]] = list
    above: Sequence[str] = ()
    sheet: str = "Deltagare"
    gap: bool = False
    share: Callable[[float], tuple[Any, str]] = lambda share: (share, "0%")


def _broken(text: str) -> str:
    return text.replace(" ", "\n", 1)


def _labels_first(row: list[Any]) -> list[Any]:
    return [row[0], *reversed(row[1:])]


SHAPES = (
    Shape("as typed"),
    Shape("far down", top=40),
    Shape("to the right", left=9),
    Shape("capitals", heading=str.upper),
    Shape("line breaks", heading=_broken),
    Shape("spaces", heading=lambda text: f"  {text} "),
    Shape("reversed", order=_labels_first),
    Shape("rows above", top=9, above=("Utkast 3", "Kommentar: uppgifterna kommer från registret.")),
    Shape("other sheet", sheet="Blad1 (2)"),
    Shape("a gap", gap=True),
    Shape("shares as text", share=lambda share: (f"{round(100 * share)} %", "General")),
    Shape("shares as text, no space", share=lambda share: (f"{round(100 * share)}%", "General")),
)
PARTICIPANTS: Rows = [
    ["Förbundet", "Kvinnor", "Män", "Totalt", "Procent"],
    ["Antal deltagare hela året", None, None, 60, None],
    ["varav nya för året", 12, 13, 25, None],
    ["Avslutats till positiv lösning", 16, 14, 30, 0.75],
    ["- varav till arbete", 7, 5, 12, 0.40],
    ["- varav till studier", 9, 9, 18, 0.55],
    ["Avbrott av hälsoskäl", 4, 2, 6, 0.15],
    ["Övriga avbrott", 2, 3, 4, 0.10],
    ["Antal kvar i verksamheten", None, None, 18, None],
]
PEOPLE = {"andel-avviker": 0.55, "kon-summa-avviker": 4, "kvar-avviker": 18}
PLATFORMS: Rows = [
    ["Plattform", "Avslut och avbrott", "Varav kvinnor", "Positiv lösning", "Arbete", "Studier"],
    ["Torget", 26, 0.42, 0.85, 0.33, 0.14],
    ["Teamet", 33, 0.54, 0.76, 0.40, 0.12],
]
SHARES = {"procent-omojlig": 0.33, "andel-avhuggen": 0.54}
PARTIES: Rows = [
    ["Part", "Aktualiserade", "Varav andel kvinnor", "Fått ja i beredning", "Andel som fått ja"],
    ["Totalt", 30, None, 25, 0.83],
    ["Arbetsförmedlingen", 20, 0.45, 16, 0.80],
    ["Regionen", 12, 0.50, 9, 0.77],
]
SUMS = {"parter-summa-avviker": 30, "andel-avviker": 0.77}
ANSWERS: Rows = [
    ["Enhet", "Deltagare vid avslut", "Chefer", "Medarbetare"],
    ["Förbundet i sin helhet", 0.40, 1.0, 0.88],
    ["Torget", 0.42, 0.78, 0.80],
    ["Teamet", 0.39, 1.0, 0.90],
]
RATES = {"helhet-utanfor-delar": 1.0}
KINDS = [
    ("participants", PARTICIPANTS, PEOPLE),
    ("platforms", PLATFORMS, SHARES),
    ("referrals", PARTIES, SUMS),
    ("responses", ANSWERS, RATES),
]


def _write(path: Path, rows: Rows, shape: Shape) -> dict[str, Any]:
    """The workbook, and the value of every cell that was written."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = shape.sheet
    for number, text in enumerate(shape.above, 1):
        sheet.cell(number, shape.left, text)
    sheet.cell(shape.top - 1, shape.left, "Resultat 2021")
    values: dict[str, Any] = {}
    for index, row in enumerate(rows):
        at = shape.top + index + (shape.gap and index > 2)
        for column, value in enumerate(shape.order(row), shape.left):
            cell = sheet.cell(at, column)
            values[cell.coordinate] = value
            if index == 0:
                cell.value = shape.heading(value)
            elif isinstance(value, float):
                cell.value, cell.number_format = shape.share(value)
            else:
                cell.value = value
    book.save(path)
    return values


def _read(path: Path) -> Material:
    with Book(path) as book:
        return check.read(check.Book("", book.grid), date(2021, 12, 31))[0]


def _findings(path: Path) -> list[Finding]:
    return list(rules.of_associations([_read(path)]))


@pytest.mark.parametrize(
    ("kind", "rows", "expected"), KINDS, ids=lambda v: v if isinstance(v, str) else ""
)
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_the_same_is_found_in_every_layout(
    kind: str, rows: Rows, expected: dict[str, Any], shape: Shape, tmp_path: Path
) -> None:
    """The kind is recognised, every row is read, and the findings point at the same figures."""
    path = tmp_path / "bok.xlsx"
    values = _write(path, rows, shape)
    (table,) = _read(path).counts
    assert (table.kind, len(table.rows)) == (kind, len(rows) - 1)
    found = {finding.code: values[str(finding.cell)] for finding in _findings(path)}
    assert found == expected


BAD: list[Any] = [
    "se not",
    "#DIV/0!",
    "",
    "12 st?",
    -5,
    1e15,
    True,
    "2021-05-01",
    0.5,
    "45 % av 20",
]


@pytest.mark.parametrize("bad", BAD, ids=repr)
@pytest.mark.parametrize(
    ("kind", "rows", "expected"), KINDS, ids=lambda v: v if isinstance(v, str) else ""
)
def test_bad_input_is_told_and_stops_nothing(
    kind: str, rows: Rows, expected: dict[str, Any], bad: Any, tmp_path: Path
) -> None:
    """Whatever a cell holds, the table is read and the checks come to an end."""
    for row in range(1, len(rows)):
        for column in range(1, len(rows[0])):
            changed = [list(cells) for cells in rows]
            changed[row][column] = bad
            path = tmp_path / f"{row}-{column}.xlsx"
            _write(path, changed, SHAPES[0])
            assert [table.kind for table in _read(path).counts] == [kind]
            assert all(finding.message for finding in _findings(path))


@pytest.mark.parametrize(
    ("kind", "rows", "expected"), KINDS, ids=lambda v: v if isinstance(v, str) else ""
)
def test_labels_of_any_kind(
    kind: str, rows: Rows, expected: dict[str, Any], tmp_path: Path
) -> None:
    """A label may be blank, a mark, a number or very long."""
    for label in ("*", "-", 7, "x" * 5000, "9" * 5000 + " Torget", "varav ", "Σ"):
        changed = [list(cells) for cells in rows]
        changed[2][0] = label
        path = tmp_path / "bok.xlsx"
        _write(path, changed, SHAPES[0])
        assert [table.kind for table in _read(path).counts] == [kind]
        assert all(finding.message for finding in _findings(path))


def test_a_sheet_without_such_tables_is_silent(tmp_path: Path) -> None:
    path = tmp_path / "bok.xlsx"
    _write(path, [["Namn", "Telefon"], ["Anna", 12345]], SHAPES[0])
    assert _read(path).counts == ()
    assert _findings(path) == []
