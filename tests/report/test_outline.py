"""What a report says in reading order, for sheets made by hand."""

from __future__ import annotations

from finsam_xl.report import look
from finsam_xl.report.outline import (
    Block,
    Heading,
    KeyFigures,
    Outline,
    Picture,
    Table,
    Text,
    outline,
)
from finsam_xl.sheetplan import BarChart, Page, PlannedCell, Role, SheetPlan

WIDTHS = (20.0, 10.0, 10.0, 10.0)


def _outline(
    *cells: tuple[int, int, float | str | None, Role],
    merges: tuple[tuple[int, int, int, int], ...] = (),
    charts: tuple[BarChart, ...] = (),
    breaks: tuple[int, ...] = (),
) -> Outline:
    planned = tuple(PlannedCell(*cell) for cell in cells)
    page = Page(breaks=breaks, last_row=40, last_column=len(WIDTHS))
    return outline(SheetPlan("B", "b", planned, WIDTHS, (), merges, charts, page))


def _told(block: Block) -> object:
    """A block in short: what it is, and what stands in it."""
    match block:
        case Heading(level, cell):
            return f"H{level} {cell.value}"
        case Text(cell):
            return cell.value
        case KeyFigures(figures):
            return [[cell.value for cell in figure] for figure in figures]
        case Picture(chart):
            return f"Bild {chart.title}"
        case Table(rows):
            return [
                [(c.cell.value if c.cell else None, c.span, c.is_heading) for c in row.cells]
                for row in rows
            ]


def _chart(title: str, row: int) -> BarChart:
    area = (30, 1, 31, 1)
    return BarChart(title, "Om", area, area, ("", ""), None, row, 2, (100, 50))


def test_headings_texts_and_key_figures() -> None:
    """Key figures are read one by one, and a place that is left empty is none."""
    made = _outline(
        (1, 1, "Rapport", look.TITLE),
        (2, 1, "Vem", look.SUBTITLE), (2, 3, None, look.STAMP),
        (3, 1, "Resultat", look.KEY_LABEL), (3, 2, "Index", look.KEY_LABEL), (3, 3, "", look.KEY_LABEL),
        (4, 1, "5", look.KEY_FIGURE), (4, 2, "70", look.KEY_FIGURE), (4, 3, "", look.KEY_FIGURE),
        (5, 1, "bra", look.KEY_MEANING), (5, 2, "når", look.KEY_MEANING), (5, 3, "", look.KEY_MEANING),
        (7, 1, "Avsnitt", look.SECTION), (8, 1, "Not", look.NOTE),
        (9, 1, "Långt", look.SECTION._replace(wrap=True)),
    )  # fmt: skip
    assert [_told(block) for block in made.blocks] == [
        "H1 Rapport", "Vem", [["Resultat", "5", "bra"], ["Index", "70", "når"]],
        "H2 Avsnitt", "Not", "H2 Långt",
    ]  # fmt: skip


def test_a_table_is_a_lattice_of_what_begins_in_it() -> None:
    """Columns in which nothing stands are none; merged cells fill those that they are over."""
    made = _outline(
        (3, 1, "", look.HEADING), (3, 2, "Budget", look.HEADING_RIGHT), (3, 4, "Utfall", look.HEADING_RIGHT),
        (4, 1, "INTÄKTER", look.LABEL),
        (5, 1, "Avgift", look.LABEL), (5, 2, 4, look.FIGURE), (5, 3, None, look.LABEL), (5, 4, None, look.FIGURE),
        merges=((4, 1, 4, 4),),
    )  # fmt: skip
    (table,) = made.blocks
    assert _told(table) == [
        [(None, 1, False), ("Budget", 1, True), ("Utfall", 1, True)],
        [("INTÄKTER", 3, True)],
        [("Avgift", 1, True), (4, 1, False), (None, 1, False)],
    ]
    assert isinstance(table, Table)
    assert [row.is_heading for row in table.rows] == [True, False, False]


def test_headings_that_a_page_repeats_belong_to_the_same_table() -> None:
    """They are not read again; the same words elsewhere are another row."""
    head = ("Rad", look.HEADING), ("Antal", look.HEADING_RIGHT)
    rows = [
        (row, column, text, role) for row in (3, 6) for column, (text, role) in enumerate(head, 1)
    ]
    body = [(row, 1, f"R{row}", look.LABEL) for row in (4, 5, 7)]
    cells = sorted(rows + body, key=lambda cell: cell[:2])
    made = _outline(*cells, breaks=(6,))
    assert [len(block.rows) for block in made.blocks if isinstance(block, Table)] == [4]
    assert made.repeated == {6}
    assert _outline(*cells).repeated == frozenset()


def test_tables_end_at_gaps_and_at_other_headings() -> None:
    """A row that is missing ends a table, as does a text that is not ruled."""
    made = _outline(
        (3, 1, "Rad", look.HEADING), (4, 1, "a", look.LABEL),
        (5, 1, "Del", look.HEADING), (6, 1, "b", look.LABEL),
        (8, 1, "c", look.LABEL), (9, 1, "Not", look.NOTE), (10, 1, "d", look.LABEL),
    )  # fmt: skip
    told = [_told(block) for block in made.blocks]
    assert [one if isinstance(one, str) else len(one) for one in told] == [2, 2, 1, "Not", 1]  # type: ignore[arg-type]


def test_pictures_follow_what_they_stand_beside() -> None:
    """A chart beside a table is read after all of it, one above it before, two in their order."""
    made = _outline(
        (1, 1, "Rapport", look.TITLE),
        (6, 1, "Avsnitt", look.SECTION), (7, 1, "Rad", look.HEADING), (8, 1, "a", look.LABEL),
        (12, 1, "Not", look.NOTE),
        charts=(_chart("Ett", 3), _chart("Två", 3), _chart("Tre", 8)),
    )  # fmt: skip
    told = [_told(block) for block in made.blocks]
    assert [one if isinstance(one, str) else "Tabell" for one in told] == [
        "H1 Rapport", "Bild Ett", "Bild Två", "H2 Avsnitt", "Tabell", "Bild Tre", "Not",
    ]  # fmt: skip


def test_what_is_not_printed_is_not_said() -> None:
    """What stands right of the page, where charts are drawn from."""
    made = _outline(
        (1, 1, "Rapport", look.TITLE), (1, 6, "Hjälp", look.NOTE), (50, 1, "Ur", look.NOTE)
    )
    assert [_told(block) for block in made.blocks] == ["H1 Rapport"]
