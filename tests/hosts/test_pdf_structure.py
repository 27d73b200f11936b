"""What a printed PDF says that it holds, to those who hear it read.

Every report of every shipped workbook: a validator finds all that PDF/UA asks for, and poppler
reads the headings, tables and texts of the plan in their order.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import page as validator
import pikepdf
import pytest
from conftest import missing

from finsam_xl.hosts.ooxml.render import render
from finsam_xl.hosts.pdf import as_pdf
from finsam_xl.hosts.pdf.tagging import tagged
from finsam_xl.report import look
from finsam_xl.sheetplan import Page, PlannedCell, SheetPlan
from support.drawn import squeezed
from support.printed import BOOKS, printed_book
from support.structure import Element, drawn_marks, poppler, reached, tree

pytestmark = pytest.mark.usefixtures("soffice")

UNIT = re.compile(r"\b(tkr|kr|procent|index|poäng|personer|antal)\b|%", re.IGNORECASE)


class Told(NamedTuple):
    """A printed book and what is told of it: the contents, and each report."""

    sheets: tuple[SheetPlan, ...]
    pdf: bytes
    contents: Element
    reports: list[Element]

    @property
    def both(self) -> Iterator[tuple[SheetPlan, Element]]:
        """Each report as planned and as told."""
        return zip(self.sheets, self.reports, strict=True)


@cache
def _told(name: str) -> Told:
    printed = printed_book(name)
    contents, *reports = tree(printed.pdf).kids
    return Told(printed.sheets, printed.pdf, contents, reports)


@pytest.fixture(params=BOOKS)
def told(request: pytest.FixtureRequest) -> Told:
    """Each shipped workbook."""
    return _told(request.param)


def _seen(plan: SheetPlan) -> Iterator[PlannedCell]:
    """The cells that are printed and hold something, row by row."""
    for cell in sorted(plan.cells, key=lambda cell: (cell.row, cell.column)):
        is_inside = cell.row <= plan.page.last_row and cell.column <= plan.page.last_column
        if is_inside and cell.column not in plan.hidden and cell.value not in {None, ""}:
            yield cell


def test_it_is_what_pdf_ua_asks_for(told: Told) -> None:
    """An independent validator finds nothing against it."""
    report = validator.validate_pdf_bytes(told.pdf, profile="ua1")
    assert [(one.rule_id, one.message) for one in report.failures] == []
    assert report.rules.total > 100


def test_it_says_language_and_title(told: Told) -> None:
    """As pdfinfo tells it, and in the words that readers of screens look for."""
    lines = poppler(told.pdf)
    assert re.search(r"Title: +Rapporter, Samordningsförbundet \w+", lines)
    assert re.search(r"Tagged: +yes", lines)
    with pikepdf.open(io.BytesIO(told.pdf)) as pdf:
        assert pdf.Root.Lang == "sv-SE"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"].startswith("Rapporter, ")


def test_each_report_has_its_title_and_sections(told: Told) -> None:
    """One heading of the first level, and one of the second for each section, no other."""
    for plan, report in told.both:
        cells = list(_seen(plan))
        sections = [c for c in cells if c.role._replace(wrap=False) == look.SECTION]
        assert [one.text for one in report.all("H1")] == [
            str(c.value) for c in cells if c.role == look.TITLE
        ]
        assert [squeezed(one.text) for one in report.all("H2")] == [
            squeezed(str(c.value)) for c in sections
        ]
        assert not list(report.all("H3", "H4", "H5", "H6", "H"))
    assert [one.text for one in told.contents.all("H1")] == ["Rapporter"]


def test_every_row_of_a_table_has_all_its_columns(told: Told) -> None:
    """Tables are whole lattices, and each row begins with what it is about."""
    for _, report in told.both:
        for table in report.all("Table"):
            rows = list(table.all("TR"))
            widths = {sum(cell.span for cell in row.kids) for row in rows}
            assert len(widths) == 1
            assert {cell.kind for row in rows for cell in row.kids} <= {"TH", "TD"}
            for row in rows:
                first = row.kids[0]
                assert first.kind == "TH" if first.text else first.kind == "TD"
            assert all(cell.text for row in rows for cell in row.kids if cell.kind == "TH")


def test_headings_of_tables_are_told_once(told: Told) -> None:
    """Each is the heading of its column; where a page repeats them they are not read again."""
    for plan, report in told.both:
        planned = [c for c in _seen(plan) if c.role.strong and c.role.bottom]
        again = {row for row in plan.page.breaks if any(c.row == row for c in planned)}
        columns = [
            squeezed(one.text) for one in report.all("TH") if one.attributes["Scope"] == "Column"
        ]
        assert columns == [squeezed(str(c.value)) for c in planned if c.row not in again]


def test_every_text_is_told_in_its_order(told: Told) -> None:
    """Row by row, but for key figures, which are read one by one, and headings said again."""
    for plan, report in told.both:
        key_row = next((c.row for c in _seen(plan) if c.role == look.KEY_LABEL), -9)
        heard = [
            squeezed(one.text)
            for kid in report.kids
            for one in kid.all("H1", "H2", "P", "TH", "TD")
            if kid.kind != "L"
        ]
        key_figures = {squeezed(one.text) for kid in report.all("L") for one in kid.all("P")}
        left = iter(heard)
        for cell in _seen(plan):
            text = squeezed(str(cell.value))
            if key_row <= cell.row <= key_row + 2:
                assert text in key_figures
            elif isinstance(cell.value, str) and not (
                cell.row in plan.page.breaks and cell.role.strong
            ):
                assert text in left, (plan.name, text)


def test_the_follow_up_is_read_as_it_should_be() -> None:
    """Title, what it is about, the answer, the faults, and each key figure with what it means."""
    report = _told("umearegionen-budget").reports[0]
    assert [squeezed(one.text) for one in report.all("H1", "P")][:17] == [
        squeezed(text)
        for text in (
            "Tertial 2 2019",
            "Samordningsförbundet Umeåregionen · januari–augusti · belopp i tkr",
            *(one.text for one in report.kids[2:3]),
            "Prognosen är 1 506 tkr bättre än budget: underskottet blir 844 i stället för 2 350. ▼ Kansli och styrelse väntas kosta 40 tkr mer än budget (2 250 mot 2 210).",
            "▼ 2 fel och 2 varningar rör tabellerna här: se Rapport Kontroll",
            "Resultat enligt prognos, tkr", "−844", "budget −2 350",
            "Avvikelse mot budget, tkr", "+1 506", "● bättre än budget",
            "Förbrukat av kostnadsbudgeten", "64,5 %",
            "● mindre än tiden: 66,7 % av året har gått (8/12)",
            "Eget kapital när 2019 slutar, tkr", "2 148", "▼ 81 över taket 2 068",
        )
    ]  # fmt: skip
    kinds = ["H1", "P", "P", "P", "P", "L", "Figure", "Figure", "H2", "Table", "Figure", "H2"]
    assert [one.kind for one in report.kids][: len(kinds)] == kinds
    (table, *_) = report.all("Table")
    assert [[cell.text.replace("\u00a0", " ") for cell in row.kids] for row in table.kids[1:3]] == [
        ["Summa intäkter", "11 540", "8 672", "75,1 %", "11 540", "0", "0,0 %", ""],
        ["Kansli och styrelse", "2 210", "1 477", "66,8 %", "2 250", "▼ −40", "−1,8 %", "▼"],
    ]


def test_every_chart_is_told_in_words(told: Told) -> None:
    """Each is a figure whose text says what it shows, and in what unit, in place of its letters."""
    with pikepdf.open(io.BytesIO(told.pdf)) as pdf:
        objects = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
        figures = [one for one in objects if one.get("/S") == "/Figure"]
        texts = {str(figure.Alt) for figure in figures}
        boxes = [list(map(float, figure.A.BBox)) for figure in figures]
    planned = [chart for plan in told.sheets for chart in plan.charts]
    assert texts == {chart.alt_text for chart in planned}
    assert len(figures) == len(planned)
    assert len(planned) == sum(len(list(report.all("Figure"))) for report in told.reports)
    for text in texts:
        assert UNIT.search(text), text
    assert all(left < right and low < high for left, low, right, high in boxes)


def test_all_that_is_drawn_is_told_once_or_is_decoration(told: Told) -> None:
    """No text or line stands outside; no content is in two places or in none."""
    with pikepdf.open(io.BytesIO(told.pdf)) as pdf:
        pages = [drawn_marks(page) for page in pdf.pages]
        assert [page.unmarked for page in pages] == [0] * len(pages)
        drawn = [(n, number) for n, page in enumerate(pages) for number in page.numbers]
        assert dict(reached(pdf)) == dict.fromkeys(drawn, 1)
        assert len(drawn) == len(set(drawn))


def test_links_are_told_where_they_stand(told: Told) -> None:
    """Each link of a page is in the text that it is drawn over, and the contents lead on."""
    with pikepdf.open(io.BytesIO(told.pdf)) as pdf:
        links = [link for page in pdf.pages for link in page.obj.get("/Annots", ())]
        assert all("/StructParent" in link for link in links)
    parts = [told.contents, *told.reports]
    assert sum(len(list(part.all("Link"))) for part in parts) == len(links)
    titles = [one.text for one in told.contents.all("Link")]
    assert titles == [next(report.all("H1")).text for report in told.reports]
    assert all(
        one.kids[0].kind == "Link"
        for one in told.contents.all("TH")
        if one.attributes["Scope"] == "Row"
    )


# One report -----------------------------------------------------------------------------------


def _alone(plan: SheetPlan) -> SheetPlan:
    """A report without the links to sheets that are not there."""
    return plan._replace(cells=tuple(cell._replace(link="") for cell in plan.cells))


def _pictures(pdf: bytes, folder: Path) -> list[bytes]:
    if not shutil.which("pdftoppm"):
        missing("poppler-utils (pdftoppm) finns inte på datorn")
    folder.mkdir()
    file = folder / "r.pdf"
    file.write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "100", str(file), str(folder / "p")], check=True)
    return [path.read_bytes() for path in sorted(folder.glob("*.ppm"))]


@pytest.mark.parametrize("number", [0, 1], ids=["tertial", "plan"])
def test_nothing_looks_otherwise(number: int, tmp_path: Path) -> None:
    """Every point of every page is as LibreOffice printed it."""
    plan = _alone(printed_book("umearegionen-budget").sheets[number])
    before = as_pdf(render([plan], plan.title))
    after = tagged(before, [plan])
    assert b"pdfuaid" in _metadata(after)
    assert _pictures(before, tmp_path / "a") == _pictures(after, tmp_path / "b")


def _metadata(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return bytes(opened.Root.Metadata.read_bytes())


def _small(*cells: PlannedCell, widths: tuple[float, ...] = (30.0, 12.0)) -> SheetPlan:
    page = Page(last_row=max(cell.row for cell in cells), last_column=len(widths))
    return SheetPlan("Blad", "blad", cells, widths, page=page)


TITLE = PlannedCell(1, 1, "Rapport", look.TITLE)


def test_what_is_not_found_stays_as_it_was(tmp_path: Path) -> None:
    """A text that is not there: nothing is claimed, and nothing is broken or lost.

    Another report in the same file is told all the same.
    """
    wrapped = PlannedCell(3, 1, "Den här texten är för lång för en enda rad i sin cell", look.TEXT)
    plan = _small(TITLE, wrapped, PlannedCell(4, 1, "Rad", look.LABEL))
    other = plan._replace(name="Annat")
    before = as_pdf(render([plan, other], "Två rapporter"))
    wrong = _small(TITLE, wrapped, PlannedCell(4, 1, "Något annat", look.LABEL))
    after = tagged(before, [wrong, other])
    first, second = tree(after).kids
    assert {one.kind for one in first.kids} == {"P"}
    assert squeezed(str(wrapped.value)) in [squeezed(one.text) for one in first.kids]
    assert [one.kind for one in second.kids] == ["H1", "Table"]
    assert b"pdfuaid" not in _metadata(after)
    with pikepdf.open(io.BytesIO(after)) as pdf:
        assert pdf.Root.Lang == "sv-SE"
        assert pdf.Root.MarkInfo.Marked
        assert set(reached(pdf).values()) == {1}
    assert _pictures(before, tmp_path / "a") == _pictures(after, tmp_path / "b")


def _told_texts(pdf: bytes) -> list[str]:
    """The texts that are told in place of what is drawn."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        objects = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary)]
        return [str(one.ActualText) for one in objects if "/ActualText" in one]


def test_a_text_that_is_cut_is_told_whole() -> None:
    """Whoever hears it misses nothing, though its cell is too narrow for it."""
    long, beside = "Ett namn som är längre än sin kolumn", "Granne"
    plan = _small(
        TITLE,
        PlannedCell(3, 1, long, look.LABEL),
        PlannedCell(3, 2, beside, look.LABEL),
        widths=(12.0, 12.0),
    )
    after = tagged(as_pdf(render([plan], "Rapport")), [plan])
    (cell, other) = tree(after).all("TH", "TD")
    assert long.startswith(cell.text.strip())
    assert (len(cell.text) < len(long), other.text) == (True, beside)
    assert _told_texts(after) == [long]


def test_a_parted_word_and_a_line_are_told_as_words() -> None:
    """No word is heard in two parts, and no two words as one."""
    heading = look.HEADING
    plan = _small(
        TITLE,
        PlannedCell(3, 1, "Medarbetar-\nnöjdhet", heading),
        PlannedCell(3, 2, "Utfall\njan–aug", heading),
        PlannedCell(4, 1, "Team Norr", look.LABEL),
        PlannedCell(4, 2, 71, look.FIGURE),
    )
    plan = plan._replace(heights=((3, 30.0),))
    after = tagged(as_pdf(render([plan], "Rapport")), [plan])
    assert _told_texts(after) == ["Medarbetarnöjdhet", "Utfall jan–aug"]
    first, second = tree(after).all("TR")
    assert [one.attributes for one in first.kids] == [{"Scope": "Column"}] * 2
    assert [(one.kind, one.attributes, one.text) for one in second.kids] == [
        ("TH", {"Scope": "Row"}, "Team Norr"),
        ("TD", {}, "71"),
    ]


def test_pages_that_programs_begin_themselves_are_read_on() -> None:
    """A table over more pages than planned is one table, and its headings are read once."""
    rows = [PlannedCell(row, 1, f"Rad {row}", look.LABEL) for row in range(3, 150)]
    figures = [PlannedCell(row, 2, row, look.FIGURE) for row in range(3, 150)]
    head = (PlannedCell(2, 1, "Rad", look.HEADING), PlannedCell(2, 2, "Antal", look.HEADING_RIGHT))
    plan = _small(TITLE, *head, *rows, *figures)
    plan = plan._replace(page=plan.page._replace(title_rows=(2, 2)))
    after = tagged(as_pdf(render([plan], "Rapport")), [plan])
    with pikepdf.open(io.BytesIO(after)) as pdf:
        assert len(pdf.pages) > 2
    (table,) = tree(after).all("Table")
    assert len(table.kids) == 1 + len(rows)
    assert [one.text for one in table.kids[-1].kids] == ["Rad 149", "149"]
