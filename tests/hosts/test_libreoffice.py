"""The files as LibreOffice sees them: every formula calculated anew, and the report on paper."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from conftest import missing

from finsam_xl.actions import index_results
from finsam_xl.actions import tables as recognised
from finsam_xl.address import a1, position
from finsam_xl.calc import impact_index as calc
from finsam_xl.hosts.ooxml import Book
from finsam_xl.labels import split_number
from finsam_xl.model import AreaScore
from finsam_xl.money import round_half_away
from support.commands import finsam_xl
from support.rich_workbook import BUDGET_SHEET, SUMMARY_SHEET, build_rich_workbook
from support.second_opinion import ERRORS, PATIENCE, converted, without_results
from support.workbooks import NOW, SOCIAL_BUDGET, copy, workbook

REPORT = "Rapport Impactindex"
# Comma, quotes, UTF-8, from row 1, cells as they are stored and not as shown, all sheets.
CSV_AS_STORED = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
CSV_AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
Sheets = dict[str, dict[str, str]]
"""Text by address, by sheet; blank cells are left out."""


@pytest.fixture(scope="session")
def poppler() -> None:
    """The programs pdfinfo and pdftotext; without them the test is skipped, under CI it fails."""
    if not (shutil.which("pdfinfo") and shutil.which("pdftotext")):
        missing("poppler-utils (pdfinfo, pdftotext) finns inte på datorn")


def read(soffice: str, path: Path, folder: Path, kind: str = CSV_AS_STORED) -> Sheets:
    """Every sheet of a workbook as LibreOffice has calculated it."""
    sheets: Sheets = {}
    for file in converted(soffice, path, kind, folder):
        with file.open(encoding="utf-8", newline="") as stream:
            lines = list(csv.reader(stream))
        sheets[file.stem.removeprefix(f"{path.stem}-")] = {
            a1(row, column): text
            for row, line in enumerate(lines, 1)
            for column, text in enumerate(line, 1)
            if text != ""
        }
    return sheets


class Office(NamedTuple):
    """The recomputed shipped workbook: the file, the model, and what LibreOffice shows."""

    path: Path
    units: list[index_results.UnitResult]
    formulas: int
    sheets: Sheets

    def number(self, sheet: str, cell: str) -> Fraction:
        """A number as LibreOffice has it."""
        return figure(self.sheets[sheet][cell])


def figure(text: str) -> Fraction:
    """A number as LibreOffice writes it in CSV; a cell shown in per cent keeps its sign."""
    number = Fraction(text.replace(",", ".").removesuffix("%"))
    return number / 100 if text.endswith("%") else number


@pytest.fixture(scope="session")
def office(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The shipped workbook recomputed with its report, every formula calculated anew."""
    folder = tmp_path_factory.mktemp("office")
    path = copy(SOCIAL_BUDGET, folder)
    with workbook(path) as book:
        book.apply(book.recompute(("impactindex",)))
    with Book(path) as book:
        units = index_results.results(book.grid, recognised(book.grid), NOW.date())
    bare = folder / "utan-resultat.xlsx"
    formulas = without_results(path, bare)
    return Office(path, units, formulas, read(soffice, bare, folder))


def test_every_sheet_opens_and_none_shows_an_error(office: Office) -> None:
    with Book(office.path) as book:
        assert set(office.sheets) == {sheet.name for sheet in book.grid.sheets}
    assert REPORT in office.sheets
    of_texts = 75  # they fetch what figures in text are of
    assert office.formulas == 8 * 4 + 8 * 2 + of_texts
    errors = [
        (sheet, cell, text)
        for sheet, cells in office.sheets.items()
        for cell, text in cells.items()
        if ERRORS.search(text)
    ]
    assert errors == []


def test_impactindex_agrees_with_the_model(office: Office) -> None:
    compared = 0
    for result, row in zip(office.units, range(5, 5 + 9 * 8, 9), strict=True):
        unit = result.unit_index
        assert office.sheets["Impactindex"][f"A{row - 2}"] == unit.unit
        scores = [*unit.areas, unit.total]
        for offset, score in enumerate(scores):
            expected = figures(score, result, is_total=score is unit.total)
            for column, value in expected.items():
                cell = f"{column}{row + offset}"
                assert office.number("Impactindex", cell) == value, cell
                compared += 1
    assert compared == 8 * 6 * 6 + 8 * 5 * 2


def figures(
    score: AreaScore, result: index_results.UnitResult, *, is_total: bool
) -> dict[str, Fraction]:
    """A line of Impactindex by column, in the units of the sheet."""
    unit = result.unit_index
    index, share = score.impact_index, unit.share(score)
    assert index is not None
    assert share is not None
    line = {
        "B": Fraction(score.goals),
        "C": Fraction(score.indicators),
        "D": Fraction(score.maximum),
        "E": Fraction(score.achieved),
        "F": Fraction(round_half_away(index)) / 100,
        "G": Fraction(round_half_away(index)),
    }
    if not is_total:
        ideal = result.rules.ideal_weights[unit.areas.index(score)]
        line |= {"H": Fraction(round_half_away(share)) / 100, "I": ideal / 100}
    return line


def test_points_and_sums_agree_with_the_model(office: Office) -> None:
    for result in office.units:
        sheet = result.budget.table.sheet
        cells = office.sheets[sheet]
        for judgement in result.unit_index.judgements:
            place = judgement.indicator.places["points"].cell
            shown = cells.get(place)
            assert (None if shown is None else int(shown)) == judgement.points, place
        total = next(row for row in result.budget.table.rows if row.role == "total")
        assert int(cells[f"P{total.row}"]) == result.unit_index.total.achieved
        weights = sum(j.indicator.weight or 0 for j in result.unit_index.judgements)
        assert int(cells[f"H{total.row}"]) == weights


def report_rows(office: Office) -> dict[str, dict[int, str]]:
    """The report's rows by the text in column A, the last of each, as column number → text."""
    rows: dict[int, dict[int, str]] = {}
    for cell, text in office.sheets[REPORT].items():
        row, column = position(cell)
        rows.setdefault(row, {})[column] = text
    return {cells[1]: cells for _, cells in sorted(rows.items()) if 1 in cells}


def test_the_reports_units_agree_with_the_model(office: Office) -> None:
    rows = report_rows(office)
    platforms = [r.unit_index for r in office.units if not r.unit_index.is_association]
    printed = [round_half_away(u.total.impact_index or 0) for u in platforms]
    ranks = dict(zip((u.unit for u in platforms), calc.ranks(printed), strict=True))
    for unit in (result.unit_index for result in office.units):
        row = rows[unit.unit]
        assert unit.total.impact_index is not None
        scores = [*unit.areas, unit.total]
        assert [Fraction(row[column]) for column in range(2, 8)] == [
            round_half_away(score.impact_index or 0) for score in scores
        ]
        rank = ranks.get(unit.unit)
        assert row.get(9) == (None if rank is None else str(rank))


def test_the_reports_areas_agree_with_the_model(office: Office) -> None:
    rows = report_rows(office)
    lead = next(result for result in office.units if result.unit_index.is_association)
    unit = lead.unit_index
    ideals = dict(zip(unit.areas, lead.rules.ideal_weights, strict=True))
    for score in (*unit.areas, unit.total):
        name = next(n for n in rows if split_number(n)[1] == split_number(score.name)[1])
        row = rows[name]
        index = score.impact_index
        assert index is not None
        assert (row[2], row[3]) == (str(score.achieved), str(score.maximum))
        assert float(figure(row[4])) == pytest.approx(float(index) / 100)
        assert Fraction(row[5]) == round_half_away(index)
        if score is not unit.total:
            assert float(figure(row[6])) == pytest.approx(float(unit.share(score) or 0) / 100)
            assert float(figure(row[7])) == pytest.approx(float(ideals[score]) / 100)


def test_the_reports_misses_agree_with_the_model(office: Office) -> None:
    rows = report_rows(office)
    lead = next(r.unit_index for r in office.units if r.unit_index.is_association)
    for judgement in calc.costliest(lead.judgements)[:10]:
        indicator = judgement.indicator
        row = rows[f"{indicator.number}  {indicator.name}"]
        assert str(judgement.weight) in row.values(), indicator.number


def test_stored_results_are_what_libreoffice_calculates(
    office: Office, soffice: str, tmp_path: Path
) -> None:
    """Who only reads the file sees the same figures as who recalculates it."""
    assert read(soffice, copy(office.path, tmp_path), tmp_path) == office.sheets


def test_the_rich_workbook(soffice: str, tmp_path: Path) -> None:
    path = tmp_path / "rik.xlsx"
    build_rich_workbook(path)
    with workbook(path) as book:
        book.apply(book.recompute(("impactindex",)))
    with Book(path) as book:
        (result,) = index_results.results(book.grid, recognised(book.grid), NOW.date())
    achieved = result.unit_index.total.achieved
    bare = tmp_path / "utan-resultat.xlsx"
    # P8, H8, 'Sammanställning'!A1 and a dynamic array.
    assert without_results(path, bare) == 4
    sheets = read(soffice, bare, tmp_path)
    budget = sheets[BUDGET_SHEET]
    points = [j.points for j in result.unit_index.judgements]
    assert [int(budget[f"P{row}"]) for row in (5, 6, 7)] == points
    assert int(budget["P8"]) == achieved == 9
    assert int(budget["H8"]) == 19
    assert int(sheets[SUMMARY_SHEET]["A1"]) == 2 * achieved
    assert [budget[f"O{row}"] for row in (5, 6, 7)] == ["Ja", "Nej", "Ja"]
    assert f"{achieved} av 19" in sheets[REPORT].values()
    # LibreOffice 7.4 has no SORT and UNIQUE: the dynamic array is Excel's and not ours.
    texts = [
        text
        for name, cells in sheets.items()
        for cell, text in cells.items()
        if (name, cell[0]) != ("Register", "E")
    ]
    assert not [text for text in texts if ERRORS.search(text)]


class Print(NamedTuple):
    """A report on paper: the file, its text page by page, and the workbook it came from."""

    pdf: Path
    pages: list[str]
    units: list[index_results.UnitResult]

    @property
    def text(self) -> str:
        """All text with single spaces, as it is compared."""
        return " ".join(" ".join(self.pages).split())


def printed(pdf: Path, units: list[index_results.UnitResult]) -> Print:
    """Read a PDF file with poppler."""
    out = run("pdftotext", "-layout", "-enc", "UTF-8", pdf, "-")
    pages = out.split("\f")
    return Print(pdf, pages[:-1] if pages[-1].strip() == "" else pages, units)


def run(*command: str | Path) -> str:
    """The output of one of poppler's programs."""
    done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True)
    return done.stdout.decode()


@pytest.fixture(scope="session")
def report(office: Office, poppler: None, tmp_path_factory: pytest.TempPathFactory) -> Print:
    """The report printed through the library."""
    folder = tmp_path_factory.mktemp("pdf")
    target = folder / "Rapport å.pdf"
    with workbook(copy(SOCIAL_BUDGET, folder)) as book:
        book.write_pdf(book.report("impactindex"), target)
    return printed(target, office.units)


def _is_figure(one: Any) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"


def test_two_pages_of_a4_landscape(report: Print) -> None:
    told = dict(
        line.split(":", 1) for line in run("pdfinfo", report.pdf).splitlines() if ":" in line
    )
    assert told["Pages"].strip() == "2"
    width, height = (float(x) for x in re.findall(r"\d+(?:\.\d+)?", told["Page size"])[:2])
    assert (round(width), round(height)) == (842, 595)
    assert len(report.pages) == 2
    assert (told["Title"].strip(), told["Tagged"].strip()) == ("Impactindex 2021", "yes")
    with pikepdf.open(report.pdf) as pdf:
        assert str(pdf.Root.Lang) == "sv-SE"
        figures = [one for one in pdf.objects if _is_figure(one)]
    assert len(figures) == 2


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (0, "Impactindex 2021"),
        (0, "Samordningsförbundet Umeåregionen"),
        (0, "▼ under målet 70"),
        (0, "114 av 177"),
        (0, "69 mätta indikatorer"),
        (0, "3 av 7"),
        (0, "varav 40 i Samhälls- och medlemsnytta"),
        (0, "Bjurholm, Vännäs, Ungdomstorget"),
        (0, "80 ● når 1"),
        (0, "69 ▲ nära 4"),
        (0, "60 ▼ under 7"),
        (0, "64 ▼ under"),
        (0, "Index per plattform, 0–100; målet är 70"),
        (0, "Index per målområde, 0–100, hela förbundet"),
        (0, "Sida 1 av 2"),
        (1, "Impactindex 2021"),
        (1, "de 10 dyraste av 19"),
        (1, "77,4 % (247 av 319)"),
        (1, "31,2 % (77 av 247)"),
        (1, "23,1 % (57 av 247)"),
        (1, "56,2 % (50 av 89)"),
        (1, "9 till hade räckt"),
        (1, "20,7 pp ifrån"),
        (1, "har inte minskat"),
        (1, "28 68 41,2 % ▼ 41 38,4 % 40 %"),
        (1, "Ej mätt, varken möjligt eller uppnått: 2.2.1."),
        (1, "Sida 2 av 2"),
    ],
)
def test_what_stands_on_a_page(report: Print, page: int, text: str) -> None:
    assert text in " ".join(report.pages[page].split())


def test_every_name_stands_in_full(report: Print) -> None:
    for result in report.units:
        assert result.unit_index.unit in report.text
    lead = next(r.unit_index for r in report.units if r.unit_index.is_association)
    for judgement in calc.costliest(lead.judgements)[:10]:
        assert f"{judgement.indicator.number} {judgement.indicator.name}" in report.text
    for area in lead.areas:
        number, name = split_number(area.name)
        assert name in report.text.lower(), number


def test_no_figure_is_too_wide_and_no_word_is_english(report: Print) -> None:
    assert "###" not in report.text
    assert not ERRORS.search(report.text)
    english = r"\b(Page|Sheet|of|Total|TRUE|FALSE|None|nan|NaN|Goal|Chart|Series)\b"
    assert not re.search(english, report.text)
    assert not re.search(r"\d\.\d+ ?%", report.text)
    assert not re.search(r"\d\.\d+ (pp|av)\b", report.text)


class Word(NamedTuple):
    """A word on a page and its box."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


def words(pdf: Path) -> Iterator[tuple[Word, float, float]]:
    """Every word, with the size of its page."""
    root = ET.fromstring(run("pdftotext", "-bbox", "-enc", "UTF-8", pdf, "-"))
    namespace = "{http://www.w3.org/1999/xhtml}"
    for number, page in enumerate(root.iter(f"{namespace}page"), 1):
        size = float(page.get("width", "0")), float(page.get("height", "0"))
        for node in page.iter(f"{namespace}word"):
            box = (float(node.get(side, "0")) for side in ("xMin", "yMin", "xMax", "yMax"))
            yield Word(number, node.text or "", *box), *size


def test_nothing_is_cut_by_its_neighbour_or_by_the_paper(report: Print) -> None:
    """A text too wide for its cell would run under the next one, or off the page."""
    found = []
    for word, width, height in words(report.pdf):
        assert 0 < word.left < word.right < width, word
        assert 0 < word.top < word.bottom < height, word
        found.append(word)
    assert len(found) > 300
    for number, one in enumerate(found):
        for other in found[number + 1 :]:
            if one.page != other.page:
                continue
            across = min(one.right, other.right) - max(one.left, other.left)
            down = min(one.bottom, other.bottom) - max(one.top, other.top)
            assert across < 1 or down < 3, (one, other)


def test_the_command_line_prints_the_same(
    report: Print, social_budget: Path, tmp_path: Path
) -> None:
    target = tmp_path / "rapport.pdf"
    answer = finsam_xl("report", social_budget, "--kind", "impactindex", "--pdf", target)
    assert answer.code == 0, answer.err
    assert str(target) in answer.out

    def without_run(text: str) -> str:
        return re.sub(r"(?i)(?<=framtaget )[\d-]+", "", " ".join(text.split()))

    assert without_run(printed(target, report.units).text) == without_run(report.text)


def test_the_sheet_in_the_workbook_prints_as_the_pdf(
    office: Office, report: Print, soffice: str, tmp_path: Path
) -> None:
    """The report sheet inside the workbook looks as the one printed on its own."""
    (pdf,) = converted(soffice, office.path, "pdf", tmp_path)
    every = " ".join(" ".join(printed(pdf, office.units).pages).split())
    for line in report.pages[0].splitlines() + report.pages[1].splitlines():
        text = " ".join(line.split())
        if "%" in text:
            assert text in every


def test_shown_figures_are_swedish_in_the_sheet(
    office: Office, soffice: str, tmp_path: Path
) -> None:
    shown = read(soffice, copy(office.path, tmp_path), tmp_path, CSV_AS_SHOWN)[REPORT]
    percentages = [text.replace("\u00a0", " ") for text in shown.values() if "%" in text]
    assert "64,4 %" in percentages
    assert not [text for text in percentages if re.search(r"\d\.\d", text)]
