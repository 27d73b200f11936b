"""Pages are well filled, tables are parted where it hurts least, and nothing is drawn twice."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from finsam_xl.report import flow
from finsam_xl.report.annual_blocks import Block, Item, pieces
from finsam_xl.report.flow import FREE, LINE, NEVER, SECTION, Piece
from finsam_xl.report.sheet import ReportSheet

PAGE = 700.0


def rows(*heights_and_costs: tuple[float, float]) -> list[Piece]:
    return [Piece(height, lambda: None, cost, 10) for height, cost in heights_and_costs]


@pytest.mark.parametrize(
    ("made", "begins"),
    [
        # All has room.
        ([(300, FREE), (300, FREE)], []),
        # What has no room begins a page.
        ([(300, FREE), (500, FREE)], [1]),
        # Of two places the one that fills the first page.
        ([(300, FREE), (300, FREE), (300, FREE)], [2]),
        # A table is rather parted than a page left half empty,
        ([(300, FREE), (350, FREE), (350, LINE)], [2]),
        # between its sections before its lines,
        ([(300, FREE), (290, FREE), (60, SECTION), (60, LINE), (290, NEVER)], [2]),
        # but kept whole where little is left blank.
        ([(600, FREE), (90, FREE), (400, LINE)], [1]),
        # A line that may begin no page takes the one before with it.
        ([(600, FREE), (60, FREE), (100, NEVER)], [1]),
        ([], []),
    ],
)
def test_where_pages_begin(made: Sequence[tuple[float, float]], begins: list[int]) -> None:
    assert flow.breaks(rows(*made), PAGE, PAGE) == begins


def test_what_stands_first_takes_its_part_of_the_first_page() -> None:
    assert flow.breaks(rows((300, FREE), (300, FREE)), 500, PAGE) == [1]


def test_a_page_of_a_few_lines_is_avoided() -> None:
    """Two lines that are left over take others with them to the last page."""
    lines = [Piece(20, lambda: None, LINE if n else FREE) for n in range(37)]
    (begins,) = flow.breaks(lines, PAGE, PAGE)
    assert 37 - begins >= 8


def test_a_gap_at_the_end_of_a_page_needs_no_room() -> None:
    made = [*rows((PAGE, FREE)), Piece(20, lambda: None, lines=0), *rows((PAGE, FREE))]
    assert flow.breaks(made, PAGE, PAGE) == [2]


def test_what_is_higher_than_a_page_is_drawn_all_the_same() -> None:
    assert flow.breaks(rows((900, FREE), (100, FREE)), PAGE, PAGE) == [1]


def test_a_long_table_goes_on_with_its_title_and_headings() -> None:
    """No row is lost or said twice, and no section is parted from its first line."""
    sheet = ReportSheet((30.0, 10.0), "", landscape=False)
    items = tuple(Item(f"Rad {n}") for n in range(120))
    flow.put(sheet, list(pieces(sheet, Block("Lång", ("", "2031"), items, ("Slut.",)))))
    plan = sheet.plan("Blad", "b")
    texts = [c.value for c in plan.cells]
    assert [t for t in texts if str(t).startswith("Rad ")] == [item.label for item in items]
    assert texts.count("Lång, forts.") == texts.count("2031") - 1 == len(plan.page.breaks) == 2
    begins = {c.value for c in plan.cells if c.row in plan.page.breaks}
    assert begins == {"Lång, forts."}
