"""The sheet Start for any workbook: other texts, with or without a notice."""

from __future__ import annotations

import math

import pytest
from wired import WIRED

from finsam_xl.actions.buttons import BUTTONS, PLAIN_BUTTONS
from finsam_xl.report import start_sheet
from finsam_xl.report.look import NOTE
from finsam_xl.report.start_macros import texts
from finsam_xl.report.start_sheet import Line, Section, Texts

OTHER = Texts(
    "Rubrik",
    "Förbundet",
    "Vad det är.",
    (("ett", "Ett", "Gör ett."), ("tva", "Två", "Gör två.")),
    (Section("Mer", (Line("Ord", "Mening.", "'Blad 1'!A1"), Line("", "En hel rad."))),),
    "Fot.",
)


def shipped() -> dict[str, Texts]:
    buttons = [(button.name, button.text, button.tip) for button in (*BUTTONS, *PLAIN_BUTTONS)]
    return {name: texts(wired.story, buttons, notice=True) for name, wired in WIRED.items()}


def test_each_button_has_a_row_with_its_text_and_tip() -> None:
    start = start_sheet.build(OTHER)
    cells = {(cell.row, cell.column): cell for cell in start.plan.cells}
    assert list(start.buttons) == ["ett", "tva"]
    for name, text, tip in OTHER.buttons:
        row = start.buttons[name]
        assert cells[row, start_sheet.BUTTON].value == text
        assert cells[row, start_sheet.TEXT].value == tip
        assert dict(start.plan.heights)[row] == start_sheet.BUTTON_ROW_HEIGHT


def test_without_a_notice_there_is_none() -> None:
    start = start_sheet.build(OTHER)
    assert start.notice == ""
    assert not [cell for cell in start.plan.cells if cell.role.fill]


def test_a_word_can_lead_to_a_sheet() -> None:
    links = [cell for cell in start_sheet.build(OTHER).plan.cells if cell.link]
    assert [(cell.value, cell.link) for cell in links] == [("Ord", "'Blad 1'!A1")]


@pytest.mark.parametrize("name", WIRED)
def test_the_notice_is_what_its_range_holds(name: str) -> None:
    start = start_sheet.build(shipped()[name])
    first, last = (int(part.rpartition("$")[2]) for part in start.notice.split(":"))
    tinted = {cell.row for cell in start.plan.cells if cell.role.fill}
    assert tinted == set(range(first + 1, last + 1)), "and the gap above it"


@pytest.mark.parametrize("name", WIRED)
def test_rows_are_as_high_as_their_text(name: str) -> None:
    """Counted with letters of 5,6 pixels, wider than Calibri's usual ones at ten points."""
    plan = start_sheet.build(shipped()[name]).plan
    heights, widths = dict(plan.heights), plan.widths
    merged = {(top, left) for top, left, _, _ in plan.merges}
    for cell in plan.cells:
        if isinstance(cell.value, str) and cell.role.wrap and cell.role != NOTE:
            width = (
                sum(widths[1:]) if (cell.row, cell.column) in merged else widths[cell.column - 1]
            )
            lines = math.ceil(len(cell.value) * 5.6 * cell.role.size / 10 / (width * 7))
            assert heights[cell.row] >= lines * 13


def test_all_is_on_one_page() -> None:
    """A little smaller than written: a page has room for 760 points at full size."""
    for wanted in shipped().values():
        plan = start_sheet.build(wanted).plan
        assert sum(height for _, height in plan.heights) < 760 / 0.9
        assert plan.page.pages_high == 1
