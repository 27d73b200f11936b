"""Notes against the rows of statements that refer to them."""

from __future__ import annotations

import copy
from typing import Any

from support.checked import at, of_code

RESULT: list[list[Any]] = [
    ["Resultaträkning"],
    ["Belopp i kr"],
    ["", "2031", "2030"],
    ["Verksamhetens intäkter (not 1)", 940_000, 905_000],
    ["Lokaler, not 2", -151_200, -149_300],
    ["Personal", -700_300, -690_100],
    ["Årets resultat", 88_500, 65_600],
]
NOTES: list[list[Any]] = [
    ["Noter"],
    ["Belopp i kr"],
    ["Not 1 Intäkter"],
    ["", "2031", "2030"],
    ["Avgifter", 900_000, 870_000],
    ["Bidrag", 40_000, 35_000],
    ["Summa", 940_000, 905_000],
    [],
    ["Not 2 Lokalkostnader"],
    ["", "2031", "2030"],
    ["Hyra", 120_000, 119_000],
    ["El", 31_200, 30_300],
    ["Summa", 151_200, 149_300],
    [],
    ["Not 3 Personal"],
    ["", "2031", "2030"],
    ["Löner", 520_300, 512_100],
    ["Avgifter", 180_000, 178_000],
    ["Summa", 700_300, 690_100],
]


def _with(rows: list[list[Any]], *changes: tuple[int, int, Any]) -> list[list[Any]]:
    changed = copy.deepcopy(rows)
    for row, column, value in changes:
        changed[row - 1][column - 1] = value
    return changed


def _found(notes: list[list[Any]], result: list[list[Any]] = RESULT) -> list[tuple[Any, ...]]:
    found = of_code("not-avviker", ("Resultat", result), ("Noter", notes))
    return [(one.severity, *at(one)) for one in found]


def test_notes_that_agree() -> None:
    """Costs have a minus in one and not in the other: that is the same figure."""
    assert _found(NOTES) == []


def test_a_note_by_its_number() -> None:
    """The row says which note it is; the year that agrees says that they are the same."""
    notes = _with(NOTES, (12, 2, 32_100), (13, 2, 152_100))
    assert _found(notes) == [("error", "B5", -151_200, 152_100, ["Noter!B13"])]


def test_a_note_by_its_name() -> None:
    """A row that bears the note's name."""
    notes = _with(NOTES, (17, 3, 521_100), (19, 3, 699_100))
    assert _found(notes) == [("error", "C6", -690_100, 699_100, ["Noter!C19"])]


def test_a_note_of_something_else() -> None:
    """Where no year is near, the note is of a part of the row, or of another thing."""
    notes = _with(NOTES, (18, 2, 0), (19, 2, 520_300), (18, 3, 0), (19, 3, 512_100))
    assert _found(notes) == []


def test_two_rows_that_refer_to_one_note() -> None:
    """Then neither is the note's total."""
    result = _with(RESULT, (6, 1, "Personal, not 2"))
    assert [cell for _, cell, *_ in _found(NOTES, result)] == []
