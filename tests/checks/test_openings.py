"""What a year opens with, held against the figure that holds and not the first closing there is."""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl.actions import check
from finsam_xl.model import Finding
from support.typed_sheets import TODAY, grid

_LABELS = (
    "Intäkter", "Kostnader", "Årets resultat", "Ingående eget kapital", "Utgående eget kapital"
)  # fmt: skip


def _budget(*columns: tuple[Any, ...]) -> list[list[Any]]:
    """Columns of a heading, income, costs, result, and equity opening and closing."""
    rows = [["Belopp i kr", *(head for head, *_ in columns)]]
    return rows + [
        [label, *(one[n] for one in columns)] for n, label in enumerate(_LABELS, start=1)
    ]


def _plan(opening: Any) -> list[list[Any]]:
    years = (("Budget 2026", 900), ("Plan 2027", 910), ("Plan 2028", 920))
    rows: list[list[Any]] = [["Tkr", *(name for name, _ in years)]]
    rows.append(["Intäkter", *(income for _, income in years)])
    rows.append(["Kostnader", *(-income for _, income in years)])
    rows.append(["Årets resultat", 0, 0, 0])
    return [*rows, ["Ingående eget kapital", opening, opening, opening],
            ["Utgående eget kapital", opening, opening, opening]]  # fmt: skip


_BEFORE = ("Budget 2025", 900_000, -870_000, 30_000, 400_000, 430_000)
_THOUGHT = ("Prognos 2025", 900_000, -800_000, 100_000, 400_000, 500_000)
_AFTER = ("Budget 2026", 900_000, -900_000, 0, 500_000, 500_000)


def _told(*sheets: tuple[str, list[list[Any]]]) -> list[Finding]:
    found = check.check([check.Book("", grid(*sheets))], today=TODAY).findings
    return [one for one in found if one.code == "ingaende-avviker"]


@pytest.mark.parametrize("opening", [430, 500])
def test_a_plan_that_opens_as_any_closing_is_silent(opening: int) -> None:
    """The old budget's closing and the forecast's are both what somebody may go on from."""
    assert not _told(("Budget", _budget(_BEFORE, _THOUGHT, _AFTER)), ("Plan", _plan(opening)))


def test_a_plan_is_held_against_what_its_year_opens_with() -> None:
    """The budget of 2026 opens with the forecast's 500 000 (D5): 440 tkr is 60 short of that."""
    (found,) = _told(("Budget", _budget(_BEFORE, _THOUGHT, _AFTER)), ("Plan", _plan(440)))
    assert (found.sheet, found.cell) == ("Plan", "B5")
    assert (found.stated, found.calculated, found.difference) == (440, 500, -60)
    assert "Budget!D5" in found.message


def test_without_such_a_year_the_surest_closing() -> None:
    """A forecast is surer than the budget it replaces, and an outcome than both."""
    (found,) = _told(("Budget", _budget(_BEFORE, _THOUGHT)), ("Plan", _plan(440)))
    assert (found.calculated, found.also[0].cell) == (500, "C6")
    outcome = ("Utfall 2025", 900_000, -850_000, 50_000, 400_000, 450_000)
    (found,) = _told(("Budget", _budget(_BEFORE, _THOUGHT, outcome)), ("Plan", _plan(440)))
    assert (found.calculated, found.also[0].cell) == (450, "D6")


def test_a_year_that_opens_wrongly_elsewhere_is_no_measure() -> None:
    """The budget's own opening follows from no closing: both are told, by the forecast."""
    after = ("Budget 2026", 900_000, -900_000, 0, 510_000, 510_000)
    found = _told(("Budget", _budget(_BEFORE, _THOUGHT, after)), ("Plan", _plan(440)))
    assert {(one.sheet, one.cell, one.also[0].cell) for one in found} == {
        ("Budget", "D5", "C6"), ("Plan", "B5", "C6")
    }  # fmt: skip


def test_a_table_goes_on_from_its_own_closing() -> None:
    """The plan's 2027 opens with 450, but its own 2026 closes with 430."""
    plan = _plan(430)
    plan[4][2] = plan[5][2] = plan[4][3] = plan[5][3] = 450
    (found,) = _told(("Budget", _budget(_BEFORE, _THOUGHT, _AFTER)), ("Plan", plan))
    assert (found.cell, found.calculated, found.also[0].cell) == ("C5", 430, "B6")
