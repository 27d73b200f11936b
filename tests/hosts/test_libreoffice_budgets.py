"""The budget workbooks as LibreOffice calculates them: every cell of every sheet, and the reports.

The product recalculates a workbook and adds its reports; the stored results are taken out, and
LibreOffice calculates each formula anew. Report sheets hold figures and no formulas, so they are
also made once more from LibreOffice's figures. Each workbook is tried as shipped, where its
formulas already show what they should, and with other amounts typed, where none does.
"""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple, TypeGuard

import openpyxl
import pytest
from openpyxl.utils.cell import coordinate_to_tuple, rows_from_range

from finsam_xl.plan import CellEdit, Plan
from finsam_xl.workbook import Workbook
from support.budget_layouts import LAPPLAND, UMEA
from support.second_opinion import ERRORS, converted, without_results
from support.workbooks import NOW, copy, workbook

Place = tuple[str, str]
"""Sheet and cell."""
Cells = Mapping[Place, object]
"""Values by place; blank cells and empty texts are left out."""
SHIPPED, TEXTS = "blad", "Uppgifter i text"
"""All sheets that are not reports."""
CLOSE = 1e-9
RUN = re.compile(r"(?<=^Framtaget ).*")


class Case(NamedTuple):
    """A shipped workbook, how it is filled in, and the least that must be compared in it.

    ``numbers``: in the shipped sheets and in each kind of report.
    """

    source: Path
    other_amounts: bool
    formulas: int
    numbers: Mapping[str, int]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The reports of the workbook."""
        return tuple(kind for kind in self.numbers if kind != SHIPPED)

    def __str__(self) -> str:
        return f"{self.source.stem}-{'other' if self.other_amounts else 'shipped'}"


_NUMBERS: Mapping[Path, Mapping[str, int]] = {
    UMEA: {SHIPPED: 900, "tertial": 150, "plan": 150, "avgifter": 150},
    LAPPLAND: {SHIPPED: 150, "plan": 150, "avgifter": 50},
}
_NO_AMOUNTS = ("arsredovisning", "mal", "kontroll")
"""Reports that are not of the amounts that are compared here."""
_FORMULAS = {UMEA: 165, LAPPLAND: 35}
CASES = [
    Case(source, other_amounts, _FORMULAS[source], numbers)
    for source, numbers in _NUMBERS.items()
    for other_amounts in (False, True)
]
PARTS = [pytest.param(case, part, id=f"{case}-{part}") for case in CASES for part in case.numbers]
each_case = pytest.mark.parametrize("opinion", CASES, ids=str, indirect=True)


class Opinion(NamedTuple):
    """A recomputed workbook: what its file stores and what LibreOffice makes of it.

    ``bare``: what is left when the results are taken out. ``again``: the workbook's cells
    when the reports are made from what LibreOffice calculated.
    """

    case: Case
    path: Path
    formulas: Mapping[Place, str]
    bare: Cells
    stored: Cells
    calculated: Cells
    again: Cells

    def differences(self) -> list[Difference]:
        """Where the file and LibreOffice disagree."""
        return differences(self.stored, self.calculated, self.formulas)


class Difference(NamedTuple):
    """A cell that two readers see differently, and its formula if it has one."""

    sheet: str
    cell: str
    formula: str
    stored: object
    calculated: object


def differences(
    stored: Cells, calculated: Cells, formulas: Mapping[Place, str]
) -> list[Difference]:
    """Every cell whose values differ, in order; a cell that only one of them has does too."""
    return [
        Difference(*place, formulas.get(place, ""), stored.get(place), calculated.get(place))
        for place in sorted(stored.keys() | calculated.keys())
        if not same(stored.get(place), calculated.get(place))
    ]


def same(one: object, other: object) -> bool:
    """Whether two values are the same number or the same text; a number is never a text."""
    if is_number(one) and is_number(other):
        return math.isclose(one, other, rel_tol=CLOSE, abs_tol=CLOSE)
    return type(one) is type(other) and one == other


def is_number(value: object) -> TypeGuard[float]:
    """Whether a value is a number; true and false are not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def values(path: Path) -> Cells:
    """Every cell with a value, formulas by their results."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in {None, ""}
    }


def formulas_of(path: Path) -> Mapping[Place, str]:
    """Every formula as it is written."""
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): str(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def addends(path: Path) -> Iterator[Place]:
    """The cells that a workbook's formulas are calculated from within their own sheets.

    What figures in text are of is fetched from others, where it is no formula of its own.
    """
    for (sheet, _), formula in formulas_of(path).items():
        assert ("!" in formula) <= (sheet == TEXTS)
        own = re.sub(r"(?:'[^']*'|\w+)!\w+", "", formula)
        for area in re.findall(r"\b[A-Z]+\d+(?::[A-Z]+\d+)?\b", own):
            for row in rows_from_range(area):
                yield from ((sheet, cell) for cell in row)


def with_other_amounts(path: Path) -> Plan:
    """A plan that types another amount wherever a formula takes one from, also if it is blank."""
    shown, formulas = values(path), formulas_of(path)
    amounts = {place: shown.get(place) for place in addends(path) if place not in formulas}
    return Plan(
        edits=tuple(
            CellEdit(
                sheet, cell, old, (old or 0) + 7 * coordinate_to_tuple(cell)[0], "Annat belopp"
            )
            for (sheet, cell), old in amounts.items()
            if old is None or isinstance(old, int)
        )
    )


def part_of(sheet: str) -> str:
    """The part of a case that a sheet belongs to: a kind of report, or ``SHIPPED``.

    A report may have two sheets: the fees have their workings beside them.
    """
    title, _, kind = sheet.partition(" ")
    return kind.lower().partition(" ")[0] if title == "Rapport" else SHIPPED


def recomputed(path: Path, kinds: tuple[str, ...], *, days: int = 0) -> Path:
    """The workbook recalculated in its place, with the reports, which must be all that fit.

    ``days``: how many days later than the others.
    """
    with Workbook(path, NOW + timedelta(days)) as book:
        fitting = book.fitting_reports()
        assert tuple(kind for kind in fitting if kind not in _NO_AMOUNTS) == kinds
        book.apply(book.recompute(kinds).plan)
    return path


def numbers(cells: Cells, part: str) -> int:
    """How many numbers stand in a part."""
    return sum(is_number(value) for (sheet, _), value in cells.items() if part_of(sheet) == part)


def asked(case: Case, soffice: str, folder: Path) -> Opinion:
    """A case recomputed by the product and then calculated by LibreOffice."""
    path = copy(case.source, folder)
    if case.other_amounts:
        with workbook(path) as book:
            book.apply(with_other_amounts(path))
    recomputed(path, case.kinds)
    bare = folder / "utan-resultat.xlsx"
    formulas = formulas_of(path)
    assert without_results(path, bare) == len(formulas)
    (office,) = converted(soffice, bare, "xlsx", folder)
    calculated = values(office)
    again = values(recomputed(office, case.kinds, days=1))
    return Opinion(case, path, formulas, values(bare), values(path), calculated, again)


@pytest.fixture(scope="module")
def opinions(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Case], Opinion]:
    """Gives the opinion on a case; LibreOffice is asked once for each."""
    known: dict[str, Opinion] = {}

    def opinion_on(case: Case) -> Opinion:
        name = str(case)
        if name not in known:
            known[name] = asked(case, soffice, tmp_path_factory.mktemp(name))
        return known[name]

    return opinion_on


@pytest.fixture
def opinion(request: pytest.FixtureRequest, opinions: Callable[[Case], Opinion]) -> Opinion:
    """The opinion on the case a test is run for."""
    return opinions(request.param)


@pytest.mark.parametrize(("opinion", "part"), PARTS, indirect=["opinion"])
def test_every_cell_is_what_libreoffice_calculates(opinion: Opinion, part: str) -> None:
    assert [found for found in opinion.differences() if part_of(found.sheet) == part] == []


@pytest.mark.parametrize(("opinion", "part"), PARTS, indirect=["opinion"])
def test_no_cell_shows_an_error(opinion: Opinion, part: str) -> None:
    shown = {p: str(v) for p, v in opinion.calculated.items() if part_of(p[0]) == part}
    assert shown
    assert {place: text for place, text in shown.items() if ERRORS.search(text)} == {}


@pytest.mark.parametrize(("opinion", "part"), PARTS, indirect=["opinion"])
def test_reports_from_libreoffices_figures_are_the_same(opinion: Opinion, part: str) -> None:
    """The figures of a report are those that LibreOffice's results give; so are filled-in cells."""
    found = differences(without_run(opinion.stored), without_run(opinion.again), opinion.formulas)
    assert [one for one in found if part_of(one.sheet) == part] == []


@each_case
def test_reports_were_made_again(opinion: Opinion) -> None:
    """Every report names another day than before, so it is not the old one that was compared."""
    runs = {p: v for p, v in opinion.stored.items() if isinstance(v, str) and RUN.search(v)}
    assert {part_of(sheet) for sheet, _ in runs} == set(opinion.case.kinds)
    assert not [place for place, run in runs.items() if opinion.again[place] == run]


def without_run(cells: Cells) -> Cells:
    """The cells without the name of the run, which tells files apart."""
    return {p: RUN.sub("", v) if isinstance(v, str) else v for p, v in cells.items()}


@pytest.mark.parametrize(("opinion", "part"), PARTS, indirect=["opinion"])
def test_many_numbers_were_compared(opinion: Opinion, part: str) -> None:
    compared = {place: v for place, v in opinion.stored.items() if place in opinion.calculated}
    assert numbers(compared, part) >= opinion.case.numbers[part]
    assert numbers(opinion.calculated, part) == numbers(opinion.stored, part)


@each_case
def test_every_formula_was_calculated_by_libreoffice(opinion: Opinion) -> None:
    """Each has a number that was not there to be read; none is in a report."""
    assert len(opinion.formulas) >= opinion.case.formulas
    assert {part_of(sheet) for sheet, _ in opinion.formulas} == {SHIPPED}
    for place in opinion.formulas:
        assert place not in opinion.bare, place
        assert is_number(opinion.calculated[place]), place


@each_case
def test_other_amounts_give_other_results(opinion: Opinion) -> None:
    """Typed amounts change the result of every formula, so each was calculated by the product."""
    before = values(opinion.case.source)
    known = {place for place in opinion.formulas if place in before}
    kept = {p for p in known if same(before[p], opinion.stored[p])}
    # Shares are no whole numbers and so are not typed anew: their sums stay one.
    shares = {place for place in known if place[0] == "Kostnadsfördelning"}
    expected = kept & shares if opinion.case.other_amounts else known
    # What is fetched for the texts may come from a cell that no formula takes an amount from.
    texts = {place for place in known if place[0] == TEXTS}
    assert kept - texts == expected - texts


_STORED_RESULT = re.compile(r'(?P<open><c r="(?P<cell>\w+)"[^>]*><f>[^<]*</f><v>)(?P<v>[^<]*)')
_NUMBER = re.compile(r'(?P<open><c r="(?P<cell>\w+)"(?: s="\d+")?><v>)(?P<v>[^<]*)')


def tampered(path: Path, target: Path, sheet: str, pattern: re.Pattern[str]) -> str:
    """A copy with the first such number of a sheet one too high; gives the cell."""
    number = openpyxl.load_workbook(path).sheetnames.index(sheet) + 1
    name = f"xl/worksheets/sheet{number}.xml"
    with zipfile.ZipFile(path) as package:
        text = package.read(name).decode()
    found = pattern.search(text)
    assert found, name
    wrong = f"{found['open']}{float(found['v']) + 1}"
    text = text[: found.start()] + wrong + text[found.end() :]
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for item in old.namelist():
            new.writestr(item, text if item == name else old.read(item))
    return found["cell"]


@each_case
def test_a_wrong_stored_result_is_noticed(opinion: Opinion, tmp_path: Path) -> None:
    wrong = tmp_path / "fel.xlsx"
    sheet = next(sheet for sheet, _ in opinion.formulas)
    cell = tampered(opinion.path, wrong, sheet, _STORED_RESULT)
    right = opinion.calculated[sheet, cell]
    assert isinstance(right, int)
    assert differences(values(wrong), opinion.calculated, opinion.formulas) == [
        Difference(sheet, cell, opinion.formulas[sheet, cell], right + 1, right)
    ]


@pytest.mark.parametrize(
    ("opinion", "part"),
    [pytest.param(case, kind, id=f"{case}-{kind}") for case in CASES for kind in case.kinds],
    indirect=["opinion"],
)
def test_a_wrong_figure_in_a_report_is_noticed(opinion: Opinion, part: str, tmp_path: Path) -> None:
    wrong = tmp_path / "fel.xlsx"
    sheet = f"Rapport {part.capitalize()}"
    cell = tampered(opinion.path, wrong, sheet, _NUMBER)
    found = differences(without_run(values(wrong)), without_run(opinion.again), {})
    assert [(one.sheet, one.cell) for one in found] == [(sheet, cell)]


@pytest.mark.parametrize(
    ("stored", "calculated"),
    [
        (1, 1.001),
        (1e9, 1e9 + 10),
        (0, 1e-6),
        (1, "1"),
        (1, True),
        ("a", "b"),
        (1, None),
        (None, "a"),
    ],
)
def test_what_differs(stored: object, calculated: object) -> None:
    place = ("Blad1", "A1")
    one, other = ({place: v} if v is not None else {} for v in (stored, calculated))
    assert differences(one, other, {place: "=B1"}) == [
        Difference(*place, "=B1", stored, calculated)
    ]


@pytest.mark.parametrize(
    ("stored", "calculated"), [(1, 1.0), (0.1 + 0.2, 0.3), (1e9, 1e9 + 1e-3), ("a", "a")]
)
def test_what_does_not_differ(stored: object, calculated: object) -> None:
    place = ("Blad1", "A1")
    assert differences({place: stored}, {place: calculated}, {}) == []
