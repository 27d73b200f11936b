"""Values on their way in and out, rectangles, surveys, and the sentence for the message box."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_xl.address import places
from finsam_xl.hosts.excel import formats
from finsam_xl.hosts.excel.values import from_excel, to_excel
from finsam_xl.hosts.opened.blocks import MIXED, Area, Place, rectangles, survey
from finsam_xl.hosts.opened.held import is_percent
from finsam_xl.hosts.opened.outcome import Applied
from finsam_xl.model import Finding
from finsam_xl.plan import CellEdit
from finsam_xl.sheets.grid import CellError, Value

CELLS = st.dictionaries(
    st.tuples(st.integers(1, 9), st.integers(1, 9)), st.sampled_from("ab"), max_size=50
)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (None, None),
        ("", None),
        (80.0, 80),
        (0.5, 0.5),
        (True, True),
        ("Ja", "Ja"),
        (Decimal("12.5"), 12.5),
        (datetime(2024, 1, 1, 12), 45292.5),  # noqa: DTZ001
        (date(2024, 1, 1), 45292),
    ],
)
def test_values_are_read_as_from_a_file(raw: object, value: Value) -> None:
    read = from_excel(raw)
    assert read == value
    assert type(read) is type(value)


def test_an_error_value_is_no_text() -> None:
    assert isinstance(from_excel("#DIV/0!"), CellError)
    assert not isinstance(from_excel("#1 i länet"), CellError)


@pytest.mark.parametrize(
    "text", ["1.2.1", "=A1", "- Hyra", "+ moms", "@namn", "2024-01-01", "maj 2024", "SANT", "#N/A"]
)
def test_a_text_that_excel_would_read_as_something_else_stays_a_text(text: str) -> None:
    assert to_excel(text) == "'" + text


@pytest.mark.parametrize("text", ["Ja", "● når", "Ej mätt", "– ej mätt", ""])
def test_other_texts_go_as_they_are(text: str) -> None:
    assert to_excel(text) == text


def test_whole_numbers_go_as_floats() -> None:
    """COM has no whole numbers as large as an amount in kronor may be."""
    assert repr(to_excel(5_000_000_000)) == "5000000000.0"
    assert to_excel(True) is True
    assert to_excel(None) is None


@pytest.mark.parametrize(
    ("code", "percent"),
    [("0 %", True), ("0.0%;-0.0%", True), ('0 "% av pott"', False), ("[$%-41D]0", False)],
)
def test_per_cent_is_in_the_format_and_not_in_its_texts(code: str, percent: bool) -> None:
    assert is_percent(code) is percent


@given(CELLS)
def test_rectangles_cover_every_cell_once(cells: dict[Place, str]) -> None:
    covered = [(place, b.key) for b in rectangles(cells) for place in places(b.area)]
    assert sorted(covered) == sorted(cells.items())


@given(CELLS)
def test_a_survey_finds_what_each_cell_has(cells: dict[Place, str]) -> None:
    questions = 0

    def ask(area: Area) -> object:
        nonlocal questions
        questions += 1
        found = {cells.get(place, "") for place in places(area)}
        return found.pop() if len(found) == 1 else MIXED

    answers = survey([(1, 1, 9, 9)], ask)
    told = {place: answer for area, answer in answers.items() for place in places(area)}
    assert told == {place: cells.get(place, "") for place in places((1, 1, 9, 9))}
    assert cells or questions == 1


@given(CELLS, CELLS)
def test_every_format_asked_for_is_excels_own(
    cells: dict[Place, str], guesses: dict[Place, str]
) -> None:
    def question(area: Area) -> str | None:
        found = {cells.get(place, "") for place in places(area)}
        return found.pop() if len(found) == 1 else None

    told = formats.ask(guesses, question)
    assert told == {place: cells.get(place, "") for place in guesses}


def test_columns_are_few_rectangles_even_side_by_side() -> None:
    points = dict.fromkeys([(row, 2) for row in range(1, 60)], "")
    judgements = dict.fromkeys([(row, 1) for row in range(1, 60, 3)], "")
    assert len(rectangles(points | judgements)) == 1 + len(judgements)


def edit(cell: str, *, keeps_value: bool = False) -> CellEdit:
    return CellEdit("Blad1", cell, None, 1, "prov", keeps_value=keeps_value)


FINDING = Finding("warning", "prov", "Blad1", "B2", "Fel.")
GRAVE = Finding("error", "prov", "Blad2", "C3", "Allvarligt fel.")


@pytest.mark.parametrize(
    ("applied", "sentence"),
    [
        (Applied(), "Inget behövde ändras; inga fynd."),
        (Applied((edit("A1"),)), "1 cell på bladet Blad1 är ändrad; inga fynd."),
        (
            Applied((edit("A1"), edit("A2")), findings=(FINDING, GRAVE)),
            "2 celler på bladet Blad1 är ändrade; 2 fynd, börja med Blad2!C3.",
        ),
        (
            Applied(sheets=("Rapport A", "Rapport B", "Rapport C")),
            "Inget behövde ändras; ”Rapport A”, ”Rapport B” och ”Rapport C” är klara; inga fynd.",
        ),
        (Applied((edit("A1", keeps_value=True),)), "1 cell har fått ny färg; inga fynd."),
        (
            Applied(held=(edit("A1"),)),
            "Inget behövde ändras; 1 cell med annat värde är inte ändrad; inga fynd.",
        ),
    ],
)
def test_the_sentence(applied: Applied, sentence: str) -> None:
    assert applied.sentence == sentence
