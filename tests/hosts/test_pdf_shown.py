"""What a cell shows on paper, as Excel's help says of number formats, in Swedish."""

from __future__ import annotations

import pytest

from finsam_xl.hosts.pdf.shown import shown, spaced, squeezed
from finsam_xl.report import look
from finsam_xl.report.amounts import AMOUNTS, PERCENT, deviating
from finsam_xl.report.axes import HIDDEN
from finsam_xl.sheetplan import PlannedCell, Role

FORMATS = [
    (11540, "[$-41D]#,##0", "11 540"),
    (1234567, "#,##0", "1 234 567"),
    (0, "#,##0", "0"),
    (0.751, "[$-41D]0.0 %", "75,1 %"),
    (0.6445, "0.0 %", "64,5 %"),
    (0.665, "0 %", "67 %"),
    (99.3, '[$-41D]#,##0.0" %"_M_M', "99,3 %"),
    (-40, '[$-41D]+#,##0;[$-41D]"▼ −"#,##0;[$-41D]#,##0', "▼ −40"),
    (350, '[$-41D]+#,##0;[$-41D]"▼ −"#,##0;[$-41D]#,##0', "+350"),
    (0, '[$-41D]+#,##0;[$-41D]"▼ −"#,##0;[$-41D]#,##0', "0"),
    (-2350, '[$-41D]#,##0;[$-41D]"−"#,##0', "−2 350"),
    (-7, "0", "-7"),
    (2862.5, "", "2862,5"),
    (2021, "General", "2021"),
    (81, '[$-41D]"● "0', "● 81"),
]


@pytest.mark.parametrize(("value", "number", "text"), FORMATS)
def test_numbers(value: float, number: str, text: str) -> None:
    """Each in the section of its format that its sign asks for."""
    assert spaced(shown(PlannedCell(1, 1, value, Role(number=number)))) == spaced(text)


def test_what_shows_nothing() -> None:
    """An empty cell, and one that is kept out of sight."""
    assert shown(PlannedCell(1, 1, None, look.FIGURE)) == ""
    assert shown(PlannedCell(1, 1, 12, HIDDEN)) == ""


def test_the_roles_of_reports() -> None:
    """Amounts, shares and deviations as reports show them."""
    assert spaced(shown(PlannedCell(1, 1, -1146, AMOUNTS[0]))) == "-1 146"
    assert spaced(shown(PlannedCell(1, 1, -0.018, PERCENT))) == "-1,8 %"
    assert spaced(shown(PlannedCell(1, 1, 14, deviating(AMOUNTS[0], None)))) == "+14"


def test_texts_are_compared_by_their_letters() -> None:
    """However spaces, dashes and letters with signs are written."""
    assert squeezed("1\u00a0506 − tkr\n") == squeezed("1506-tkr")
    assert squeezed("a\u030ar") == squeezed("år")
    assert squeezed("Utfall") != squeezed("utfall")
    assert spaced(" Utfall\njan–aug ") == "Utfall jan-aug"
