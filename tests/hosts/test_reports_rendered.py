"""Every report of every shipped workbook on paper, as LibreOffice prints them in one file.

Each workbook is printed once. What is looked at is what a reader sees: nothing is cut off or shown
as ``###``, no page is nearly empty, every chart says what it shows and in what unit, and every ink
is readable on its fill.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pytest

from finsam_xl.hosts.ooxml.render import render
from finsam_xl.hosts.pdf import as_pdf
from finsam_xl.hosts.pdf.tagging import pages_of_bookmarks
from finsam_xl.palette import BAR_INKS
from finsam_xl.report import look
from finsam_xl.sheetplan import BarChart, Page, PlannedCell, SheetPlan
from support import drawn
from support.printed import BOOKS, Printed, printed_book
from support.workbooks import EXISTING, copy, workbook

pytestmark = pytest.mark.usefixtures("soffice")

FEWEST_LINES = 6
LEAST_CONTRAST, LEAST_OF_BARS = 4.5, 3.0
UNITS = re.compile(
    r"\b(tkr|mnkr|kr|%|procent(?:enheter)?|andel(?:ar)?|antal|personer|poäng|index|steg|månader)\b|%",
    re.IGNORECASE,
)
WRONG = re.compile(r"###|#(?:NAME|NAMN|REF|VALUE|VÄRDEFEL|DIV|N/A|NUM|NULL)|Err:\d")
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


@pytest.fixture(params=BOOKS)
def printed(request: pytest.FixtureRequest) -> Printed:
    """Each shipped workbook, printed."""
    return printed_book(request.param)


def test_what_is_cut_is_found(tmp_path: Path) -> None:
    """A text too high for its row, one too long for its column, and a figure: the tests see them.

    They do not mistake what fits for it: a text on two lines, and one that goes out over a blank.
    """
    long = "Kapad av sin granne, kort sagt"
    wrong = [
        PlannedCell(1, 1, "Den är för hög för raden, med tre rader text i en enda", look.TEXT),
        PlannedCell(2, 1, long, look.LABEL),
        PlannedCell(2, 2, 12345678901, look.FIGURE),
    ]
    right = [
        PlannedCell(3, 1, "Den här ryms på två rader och är hel", look.TEXT),
        PlannedCell(3, 2, 1234, look.FIGURE),
        PlannedCell(4, 1, "Den här går ut över den tomma cellen bredvid", look.LABEL),
    ]
    page = Page(last_row=4, last_column=4, breaks=(3,))
    heights = ((1, 17.0), (3, 30.0))
    plan = SheetPlan("Blad", "blad", (*wrong, *right), (20.0, 8.0), heights, page=page)
    file = tmp_path / "kapad.pdf"
    file.write_bytes(as_pdf(render([plan])))
    first, second = drawn.pages(file)
    assert any(text.startswith("Den är för hög") for text in first.cut), first.cut
    assert WRONG.findall(first.text) == ["###"]
    assert missing(plan, first.text + second.text) == [long]
    assert (second.cut, WRONG.findall(second.text), second.rows) == ((), [], 3)


def missing(sheet: SheetPlan, text: str) -> list[str]:
    """The texts of a sheet that are not whole in what is printed of it."""
    shown = [
        cell for cell in sheet.cells if isinstance(cell.value, str) and _is_printed(sheet, cell)
    ]
    return [str(c.value) for c in shown if drawn.squeezed(str(c.value)) not in text]


def _is_printed(sheet: SheetPlan, cell: PlannedCell) -> bool:
    page = sheet.page
    is_inside = cell.row <= page.last_row and cell.column <= page.last_column
    return is_inside and cell.column not in sheet.hidden


def test_every_report_is_there(printed: Printed) -> None:
    """One file: contents, and then each report under a bookmark; pages are counted through."""
    assert list(printed.begins) == ["Innehåll", *(sheet.name for sheet in printed.sheets)]
    for number, page in enumerate(printed.pages, start=1):
        assert f"Sida{number}av{len(printed.pages)}" in page.text


def test_the_contents_tell_where_each_report_begins(printed: Printed) -> None:
    """The page that is told is the one with the report's title, its link leads there."""
    links = list(_links(printed.pdf))
    front = printed.pages[0]
    for sheet, link in zip(printed.sheets, links, strict=False):
        title, *_ = (str(cell.value) for cell in sheet.cells if cell.role == look.TITLE)
        answer = "".join(str(cell.value) for cell in sheet.cells if cell.role == look.ANSWER)
        page = printed.begins[sheet.name]
        assert drawn.squeezed(answer) in front.text
        (height,) = (line.top for line in front.lines if line.text == title)
        (number,) = (o.text for o in front.lines if abs(o.top - height) < 4 and o.left > 750)
        assert number == str(page)
        assert min(printed.pages[page - 1].lines, key=lambda line: line.top).text == title
        assert page == link


def test_pages_are_told_as_they_are_printed(tmp_path: Path) -> None:
    """A report that takes more pages than it meant to moves those behind it, and the contents."""
    rows = [PlannedCell(row, 1, f"Rad {row}", look.LABEL) for row in range(2, 120)]
    head = PlannedCell(1, 1, "Den är lång", look.TITLE)
    long = SheetPlan("Lång", "lang", (head, *rows), (60.0,), page=Page(last_row=119))
    title = PlannedCell(1, 1, "Den är kort", look.TITLE)
    short = SheetPlan("Kort", "kort", (title, *rows[:8]), (60.0,), page=Page(last_row=9))
    file = tmp_path / "rapporter.pdf"
    with workbook(copy(EXISTING / "sodra-lappland-budget.xlsx", tmp_path)) as book:
        result = book.reports()
        plan = result.plan._replace(sheets=(long, short))
        book.write_pdf(result._replace(plan=plan), file)
    first, *rest = drawn.pages(file)
    begins = next(n for n, page in enumerate(rest, start=2) if "Denärkort" in page.text)
    assert begins > len(plan.sheets) + 1
    told = [line.text for line in first.lines if line.left > 750 and line.text.isdecimal()]
    assert told == ["2", str(begins)]


def _links(pdf: bytes) -> Iterator[int]:
    """The pages that the links of the first page lead to, from the top."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = {page.obj.objgen: number for number, page in enumerate(opened.pages, start=1)}
        links = list(opened.pages[0].Annots)
        for link in sorted(links, key=lambda link: -float(link.Rect[1])):
            yield pages[link.Dest[0].objgen]


def test_nothing_shows_as_hashes_or_errors(printed: Printed) -> None:
    """Every figure fits its column."""
    assert [
        (n, WRONG.findall(p.text)) for n, p in enumerate(printed.pages, 1) if WRONG.search(p.text)
    ] == []


def test_every_text_is_whole(printed: Printed) -> None:
    """Each text of each report is on its pages, to its last letter."""
    lost = [
        (sheet.name, text)
        for sheet in printed.sheets
        for text in missing(sheet, "".join(page.text for _, page in printed.of(sheet)))
    ]
    assert lost == []


def test_no_text_is_cut_off_or_drawn_over(printed: Printed) -> None:
    """Each text is inside its cell, chart and page, and none stands on another."""
    pages = list(enumerate(printed.pages, start=1))
    assert [(number, page.cut, page.over) for number, page in pages if page.cut + page.over] == []


def test_no_text_runs_over_another_where_rows_are_links(tmp_path: Path) -> None:
    """The workbook itself printed, in which the rows of reports are links to where they are from."""
    file = tmp_path / "boken.pdf"
    file.write_bytes(as_pdf(printed_book("umearegionen-budget").book))
    whole = drawn.pages(file)
    first = pages_of_bookmarks(file.read_bytes())["Rapport Tertial"]
    assert [
        (n, p.cut, p.over) for n, p in enumerate(whole, 1) if n >= first and p.cut + p.over
    ] == []


def test_no_page_is_nearly_empty(printed: Printed) -> None:
    """A page with a line or two is one that should not have been begun."""
    rows = [(number, page.rows) for number, page in enumerate(printed.pages, start=1)]
    assert [(number, count) for number, count in rows if count < FEWEST_LINES] == []


def test_every_chart_says_what_it_shows_and_in_what_unit(printed: Printed) -> None:
    """In its title or at its figures, on paper as in the file."""
    for sheet in printed.sheets:
        text = "".join(page.text for _, page in printed.of(sheet))
        for chart in sheet.charts:
            assert chart.title
            assert drawn.squeezed(chart.title) in text
            shown = chart.number if isinstance(chart, BarChart) else ""
            said = f"{chart.title} {shown} {' '.join(chart.texts)}"
            assert UNITS.search(said), (sheet.name, chart.title)


def test_every_chart_in_the_file_has_its_title_and_texts(printed: Printed) -> None:
    """What the plan says is what the workbook's charts hold."""
    planned = sorted((one.title, one.alt_text) for sheet in printed.sheets for one in sheet.charts)
    assert all(text for _, text in planned)
    assert sorted(_titles(printed.parts)) == [title for title, _ in planned]
    assert sorted(_alt_texts(printed.parts)) == sorted(text for _, text in planned)


def _titles(parts: dict[str, bytes]) -> Iterator[str]:
    for name, data in parts.items():
        if name.startswith("xl/charts/chart"):
            title = ET.fromstring(data).find(f"{_C}chart/{_C}title")
            yield "" if title is None else "".join(one.text or "" for one in title.iter(f"{_A}t"))


def _alt_texts(parts: dict[str, bytes]) -> Iterator[str]:
    for name, data in parts.items():
        if name.startswith("xl/drawings/drawing"):
            for frame in ET.fromstring(data).iter(f"{_DRAWING}graphicFrame"):
                for about in frame.iter(f"{_DRAWING}cNvPr"):
                    yield about.get("descr", "")


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2: (lighter + 0,05) / (darker + 0,05)."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_measured_right() -> None:
    """Black on white is 21, and #767676 is the lightest grey that reaches 4,5 on white."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#767676") > LEAST_CONTRAST > contrast("#FFFFFF", "#777777")


def test_every_ink_is_readable_on_its_fill(printed: Printed) -> None:
    """4,5 : 1 for texts; 3 : 1 for bars, which are no text and have one beside them."""
    roles = {
        cell.role for sheet in printed.sheets for cell in sheet.cells if _is_printed(sheet, cell)
    }
    pale = [r for r in roles if contrast(r.ink, r.fill or "#FFFFFF") < LEAST_CONTRAST]
    assert pale == []
    inks = {
        BAR_INKS[colour]
        for sheet in printed.sheets
        for chart in sheet.charts
        for part in ([chart] if isinstance(chart, BarChart) else chart.series)
        for colour in part.colours
    }
    assert [ink for ink in inks if contrast(ink, "#FFFFFF") < LEAST_OF_BARS] == []
