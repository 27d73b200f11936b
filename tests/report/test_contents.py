"""The page of contents: a line for each report, in its own words, and the page it begins on."""

from __future__ import annotations

import pytest

from finsam_xl.report import contents, look
from finsam_xl.report.sheet import ReportSheet
from finsam_xl.sheetplan import PlannedCell, SheetPlan

RUN = "2026-11-25 14.30 · a1f3"
ANSWER = "Prognosen är 84 tkr bättre än budget: underskottet blir 151 i stället för 235."


def report(name: str, title: str, answer: str, *, breaks: int = 0) -> SheetPlan:
    """A report that is nothing but its head, and the pages it has."""
    sheet = ReportSheet((60.0, 10.0), "tkr")
    sheet.head(title, ("Åsens samordningsförbund",), RUN, answer)
    for _ in range(breaks):
        sheet.new_page()
        sheet.section("En sida till")
    return sheet.plan(name, name.lower())


REPORTS = (
    report("Rapport Tertial", "Tertial 2 2026", ANSWER, breaks=2),
    report("Ida's plan", "Plan 2026–2028", "", breaks=1),
    report("Rapport Kontroll", "Kontroll", "1 fel: börja med Plan!B7."),
)


def page(pages: dict[str, int]) -> dict[tuple[int, int], PlannedCell]:
    """The page's cells by their place."""
    plan = contents.build(REPORTS, pages, association="Åsens samordningsförbund", run=RUN)
    return {(cell.row, cell.column): cell for cell in plan.cells}


def test_each_report_has_its_title_answer_and_page() -> None:
    """In the order of the print; the title leads to the report, whatever its sheet is called."""
    cells = page({"Rapport Tertial": 2, "Ida's plan": 5, "Rapport Kontroll": 7})
    lines = [[cells[row, column].value for column in (1, 2, 3)] for row in (4, 5, 6, 7)]
    assert lines == [
        ["Rapport", "Det viktigaste", "Sida"],
        ["Tertial 2 2026", ANSWER, 2],
        ["Plan 2026–2028", None, 5],
        ["Kontroll", "1 fel: börja med Plan!B7.", 7],
    ]
    assert [cells[row, 1].link for row in (5, 6, 7)] == [
        "'Rapport Tertial'!A1",
        "'Ida''s plan'!A1",
        "'Rapport Kontroll'!A1",
    ]
    assert (cells[1, 1].value, cells[2, 1].value) == ("Rapporter", "Åsens samordningsförbund")


@pytest.mark.parametrize(
    "title",
    [
        "Vad händer med eget kapital när en kommun lämnar? 2026–2029",
        "Vad ändrade resultatet? Utfall 2025 till utfall 2026",
        "Årsredovisning 2026, verksamhet och deltagare per insats",
        "Mål 2026",
    ],
)
def test_a_title_fills_one_line(title: str) -> None:
    """A link on two lines does not look like one; the widths are together the same."""
    plan = contents.build(
        [report("Rapport", title, ANSWER)], {}, association="Åsens samordningsförbund", run=RUN
    )
    widths = plan.widths
    assert look.text_lines(title, widths[0] * 10 / 11, bold=True) == 1
    assert sum(widths) == 142


def test_a_page_that_nobody_knows_is_left_open() -> None:
    """Rather than guessed."""
    assert [page({"Ida's plan": 5})[row, 3].value for row in (5, 6, 7)] == [None, 5, None]


def test_the_pages_that_are_expected() -> None:
    """The contents are page 1; three pages, two pages, and the last begins on the seventh."""
    assert contents.expected(REPORTS) == {
        "Rapport Tertial": 2,
        "Ida's plan": 5,
        "Rapport Kontroll": 7,
    }


def test_what_the_print_is_called() -> None:
    """Whose they are is said where it is known."""
    assert contents.title("Åsens samordningsförbund") == "Rapporter, Åsens samordningsförbund"
    assert contents.title("") == "Rapporter"
