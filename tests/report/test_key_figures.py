"""Key figures at the top of a report: none is cut, whatever columns the report has below."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from finsam_xl.report import look
from finsam_xl.report.sheet import KeyFigure, ReportSheet

FIGURES = [
    ("Index", "72", "● når målet 70", ""),
    ("Uppnådda poäng", "147 av 204", "40 mätta indikatorer", ""),
    ("Når målet 70", "1 av 2", "Norr", ""),
    ("Förlorade poäng", "57", "varav 20 i Individnytta", ""),
]


def spans(widths: list[float], figures: list[KeyFigure]) -> list[tuple[int, int]]:
    """The columns that each figure is printed in."""
    sheet = ReportSheet(widths, "")
    sheet.key_figures(figures)
    first, merged = sheet.canvas.cells[0].row, sheet.canvas.merges
    ends = {(row, start): end for row, start, _, end in merged}
    starts = sorted(cell.column for cell in sheet.canvas.cells if cell.row == first)
    return [(start, ends.get((first, start), start)) for start in starts]


def fit(widths: list[float], ends: tuple[int, ...], figures: list[KeyFigure]) -> bool:
    edges = [0, *ends, len(widths)]
    room = [sum(widths[a:b]) for a, b in pairwise(edges)]
    needed = [look.key_width(label, figure, text) for label, figure, text, _ in figures]
    return all(have >= need for have, need in zip(room, needed, strict=True))


def test_a_figure_is_not_cut_by_the_next_where_the_first_column_is_wide() -> None:
    widths = [46.0, 10.0, 10.0, 10.0, 9.0, 9.0, 11.0, 8.0, 22.0]
    found = spans(widths, FIGURES)
    assert fit(widths, tuple(end for _, end in found[:-1]), FIGURES)
    assert found[1][0] == 2


@given(
    widths=st.lists(st.integers(4, 60).map(float), min_size=4, max_size=14),
    count=st.integers(1, 4),
)
def test_columns_are_shared_without_gaps_and_nothing_is_cut_that_need_not_be(
    widths: list[float], count: int
) -> None:
    figures = FIGURES[:count]
    found = spans(widths, figures)
    assert [start for start, _ in found] == [1, *(end + 1 for _, end in found[:-1])]
    assert len(found) == count
    assert found[-1][1] == len(widths)
    could = any(fit(widths, c, figures) for c in combinations(range(1, len(widths)), count - 1))
    assert fit(widths, tuple(end for _, end in found[:-1]), figures) is could


def test_two_columns_have_room_for_two_figures() -> None:
    assert spans([30.0, 30.0], FIGURES) == [(1, 1), (2, 2)]


@given(name=st.text("ab \n\r\t\u2028", max_size=40), lines=st.integers(0, 9))
def test_names_with_line_breaks_are_told_on_the_lines_there_are(name: str, lines: int) -> None:
    """A name is a cell's text, of as many lines as she likes: it never takes the report's time."""
    meaning = f"varav 20 i {name}" + "\nrad" * lines
    sheet = ReportSheet([46.0, 10.0, 10.0, 10.0], "")
    sheet.key_figures([("Förlorade\npoäng", "57", meaning, ""), *FIGURES[:1]])
    told = [str(cell.value) for cell in sheet.canvas.cells if cell.value is not None]
    assert "Förlorade poäng" in told
    assert " ".join(meaning.split()) in told
    assert look.key_width("", "", meaning) <= 2 + look.text_width(meaning, look.KEY_MEANING.size)
