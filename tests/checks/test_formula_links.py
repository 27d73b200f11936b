"""Links to other sheets: what looks at another column, sheet or year than the others do."""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl.checks.formulas.rules import check
from support.typed_sheets import F, Rows, typed

_NAMES = ("Hyra", "Löner", "Resor", "Tele", "Kurser")
_OLD, _NEW = (100, 200, 300, 400, 500), (110, 190, 330, 420, 480)


def _source(year: int, figures: tuple[int, ...]) -> Rows:
    return [["Post", f"Utfall {year}"], *([n, v] for n, v in zip(_NAMES, figures, strict=True))]


def _links(**changed: Any) -> list[list[Any]]:
    rows: list[list[Any]] = [["Post", "Utfall 2025", "Utfall 2024"]]
    for number, name in enumerate(_NAMES, start=2):
        new, old = _NEW[number - 2], _OLD[number - 2]
        rows.append([name, F(f"'År 2025'!B{number}", new), F(f"'År 2024'!B{number}", old)])
    for cell, value in changed.items():
        rows[int(cell[1:]) - 1][ord(cell[0]) - 65] = value
    return rows


def _said(rows: Rows, *others: tuple[str, Rows]) -> list[tuple[str, str, Any, Any]]:
    sheets = others or (("År 2024", _source(2024, _OLD)), ("År 2025", _source(2025, _NEW)))
    found = check([typed(("Jämförelse", rows), *sheets)])
    return [(one.code, one.cell or "", one.stated, one.calculated) for one in found]


def test_links_to_one_sheet_are_silent() -> None:
    """Each column shows a sheet of its own."""
    assert _said(_links()) == []


def test_a_link_to_last_years_sheet_is_told() -> None:
    """What the others look at has the same line: 330, and not 300."""
    assert _said(_links(B4=F("'År 2024'!B4", 300))) == [("lank-avviker", "B4", 300, 330)]


def test_a_link_written_otherwise_is_the_same() -> None:
    """A plus before it and fixed addresses say the same."""
    assert _said(_links(B4=F("+'År 2025'!$B$4", 330))) == []


def test_a_line_that_stands_elsewhere_is_silent() -> None:
    """What no other sheet has is fetched where it is."""
    rows = _links(A4="Avgifter", B4=F("Bidrag!B2", 700))
    bidrag = ("Bidrag", [["Post", "Bidrag"], ["Avgifter", 700]])
    sheets = (("År 2024", _source(2024, _OLD)), ("År 2025", _source(2025, _NEW)), bidrag)
    assert _said(rows, *sheets) == []


def test_populations_of_another_year_are_told() -> None:
    """The column beside, of the same sheet."""
    people = ("Folk", [["Ort", 2023, 2024], *([n, 70 + i, 80 + i] for i, n in enumerate(_NAMES))])
    rows: list[list[Any]] = [["Ort", "Folkmängd 2024"]]
    rows += [[n, F(f"Folk!C{i + 2}", 80 + i)] for i, n in enumerate(_NAMES)]
    assert _said(rows, people) == []
    rows[3][1] = F("Folk!B4", 72)
    assert _said(rows, people) == [("lank-avviker", "B4", 72, 82)]


@pytest.mark.parametrize(("year", "is_told"), [(2024, True), (2025, False)])
def test_a_link_alone_among_typed_figures(year: int, is_told: bool) -> None:
    """It is told where the sheet is of another year, and not where it is of the same."""
    source = (f"Underlag {year}", [["Post", "Kvartal 1"], *([n, 7] for n in _NAMES)])
    rows: list[list[Any]] = [["Post", "Kvartal 1 2025"], *([n, 9] for n in _NAMES)]
    rows[3][1] = F(f"'Underlag {year}'!B4", 7)
    wanted = [("lank-fel-ar", "B4", 7, None)] if is_told else []
    assert _said(rows, source) == wanted


def test_a_link_to_another_line_is_told() -> None:
    """The others show the line of their own name: 330, and not 190."""
    assert _said(_links(B4=F("'År 2025'!B3", 190))) == [("lank-avviker", "B4", 190, 330)]


def test_lines_that_are_called_otherwise_are_silent() -> None:
    """Where hardly any line has the name that it has on the other sheet, names tell nothing."""
    rows = _links(**{f"A{row}": f"Post {row}" for row in range(2, 7)})
    assert _said(rows) == []


def test_a_link_along_a_row_of_last_years_sheet_is_told() -> None:
    """Each line shows another column of the same row; one of them on the sheet of last year."""
    sheets = [
        (
            f"Insatser {year}",
            [["År", "A", "B", "C", "D"], ["Summa", *(year % 100 * n for n in (3, 5, 7, 9))]],
        )
        for year in (2024, 2025)
    ]
    rows: list[list[Any]] = [["Insats", "2025"]]
    rows += [
        [name, F(f"'Insatser 2025'!{name}2", 25 * n)]
        for name, n in zip("BCDE", (3, 5, 7, 9), strict=True)
    ]
    assert _said(rows, *sheets) == []
    rows[3][1] = F("'Insatser 2024'!D2", 168)
    assert _said(rows, *sheets) == [("lank-avviker", "B4", 168, 175)]
