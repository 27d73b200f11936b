"""What every report has for those who read it on a screen, on paper or by ear.

Print: no text is smaller than nine points on paper. Screen: rows that stay, a coloured tab, links
that look like links. LibreOffice shows but one line of a link, so that none fills more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from finsam_xl.hosts.ooxml.render import render
from finsam_xl.hosts.pdf import as_pdf
from finsam_xl.palette import ACCENT
from finsam_xl.report import look
from finsam_xl.report.axes import Canvas
from finsam_xl.sheetplan import FOOT_SIZE, Page, PlannedCell, Role, SheetPlan
from support.paper import print_scale, printed, sizes
from support.workbooks import EXISTING, workbook

LEAST, _IN_CHARTS = 9.0, 9.0
"""Points: on paper, and of what stands in charts."""
RUN = re.compile(r"\d\d\.\d\d · [0-9a-f]{4}")


@pytest.fixture(scope="module")
def reports() -> list[SheetPlan]:
    """Every report of the shipped workbooks."""
    return list(_all())


def _all() -> Iterator[SheetPlan]:
    for path in sorted(EXISTING.glob("*.xlsx")):
        with workbook(path) as book:
            for kind in (*book.fitting_reports(), "kontroll"):
                yield from book.report(kind).plan.sheets


def _seen(plan: SheetPlan) -> Iterator[PlannedCell]:
    """The cells that are printed and show something."""
    for cell in plan.cells:
        if cell.value is not None and cell.column <= plan.page.last_column:
            yield cell


def smallest(plan: SheetPlan) -> float:
    """The size on paper of the smallest text of a report, in points."""
    sizes = [cell.role.size for cell in _seen(plan)] + [_IN_CHARTS] * len(plan.charts)
    return min(sizes) * print_scale(plan)


@pytest.mark.parametrize(
    ("columns", "landscape", "scale"),
    [((11.0,) * 16, True, 0.76), ((11.0,) * 11, True, 1), ((11.0,) * 10, False, 0.84)],
)
@pytest.mark.usefixtures("soffice")
def test_the_scale_of_a_page(columns: tuple[float, ...], landscape: bool, scale: float) -> None:
    """By hand: 11 characters are 82 pixels, 87 of LibreOffice's; across A4 there are 1 065.

    16 × 87,04 = 1 393: 76 %. 11 × 87,04 = 957 are not enlarged. Upright 736 of 870 is 84 %.
    """
    cells = tuple(PlannedCell(1, n, "x", Role()) for n in range(1, len(columns) + 1))
    page = Page(last_column=len(columns), landscape=landscape)
    plan = SheetPlan("Blad1", "", cells, columns, page=page)
    assert print_scale(plan) == scale
    assert print_scale(plan._replace(hidden=tuple(range(9, 17)))) == 1
    drawn = sizes(as_pdf(render([plan])))
    assert [size for size in drawn if abs(size - 10 * scale) < 0.15], drawn


def test_nine_points_on_paper(reports: list[SheetPlan]) -> None:
    """Print that a board member of seventy can read."""
    assert [plan.name for plan in reports if smallest(plan) < LEAST - 0.05] == []
    assert FOOT_SIZE >= LEAST


def test_links_look_like_links_and_are_whole(reports: list[SheetPlan]) -> None:
    """Nothing else is underlined; a wrapped text that is a link stands on one line."""
    count = 0
    for plan in reports:
        merged = {merge[:2]: merge[3] for merge in plan.merges}
        for cell in _seen(plan):
            assert cell.look.underlined == bool(cell.link)
            if cell.link:
                count += 1
                last = merged.get((cell.row, cell.column), cell.column)
                width = sum(plan.widths[cell.column - 1 : last])
                is_whole = look.is_one_line(str(cell.value), width, cell.role)
                assert is_whole or not cell.role.wrap, f"{plan.name} {cell.row}: {cell.value}"
    assert count > 100


@pytest.mark.parametrize(
    ("text", "wrap", "link"),
    [
        ("Summa eget kapital", True, "Budget!A5"),
        ("SUMMA EGET KAPITAL, AVSÄTTNINGAR OCH SKULDER", True, ""),
        ("SUMMA EGET KAPITAL, AVSÄTTNINGAR OCH SKULDER", False, "Budget!A5"),
        ("Resultat efter\nfinansiella poster", True, ""),
    ],
)
def test_a_text_of_two_lines_is_no_link(text: str, wrap: bool, link: str) -> None:
    """The text itself is worth more than the way to where it comes from."""
    canvas = Canvas()
    canvas.put(1, 1, text, look.LABEL._replace(wrap=wrap), link="Budget!A5")
    (cell,) = canvas.plan("Rapport", "x", (26.0,), Page()).cells
    assert (cell.value, cell.link) == (text, link)
    assert cell.look.ink == (ACCENT if link else look.LABEL.ink)


def test_a_mark_keeps_its_colour_as_a_link() -> None:
    """A red warning that leads somewhere is red."""
    warned = PlannedCell(1, 1, "▼ 2 fel", look.inked(look.LABEL, "röd"), "Budget!A5")
    assert warned.look == warned.role._replace(underlined=True)


@pytest.mark.usefixtures("soffice")
def test_links_are_drawn_whole_by_libreoffice(tmp_path: Path) -> None:
    """Every word of a long label is on paper, though the row would be a link."""
    canvas = Canvas()
    long = "SUMMA EGET KAPITAL, AVSÄTTNINGAR OCH SKULDER"
    for row, text in enumerate((long, "Summa tillgångar"), start=1):
        role = look.LABEL._replace(wrap=True)
        canvas.put(row, 1, text, role, link="'Rapport'!A5", height=30)
        canvas.put(row, 2, 123, look.FIGURE)
    plan = canvas.plan("Rapport", "x", (26.0, 9.0), Page(last_row=2, last_column=2))
    (page,) = printed(plan, tmp_path, links=True)
    assert [word for word in long.split() if word not in page] == []
    assert "Summa tillgångar" in page


def test_rows_stay_and_tabs_are_seen(reports: list[SheetPlan]) -> None:
    """Down to what every page repeats, unless that fills the window; 200 points are half of one."""
    for plan in reports:
        assert plan.tab == ACCENT
        titles = plan.page.title_rows
        assert titles is not None
        heights = dict(plan.heights)
        height = sum(heights.get(row, 15.0) for row in range(1, titles[1] + 1))
        assert plan.frozen == (titles[1] if height <= 200 else 0)
        assert plan.frozen, plan.name


def test_no_run_id_is_printed(reports: list[SheetPlan]) -> None:
    """A report says what day it was made; the log says which run that was."""
    for plan in reports:
        told = [str(cell.value) for cell in _seen(plan)] + [plan.page.footer_left]
        assert [text for text in told if RUN.search(text)] == []
        assert sum("ramtaget 2026-11-25" in text for text in told) == 2
