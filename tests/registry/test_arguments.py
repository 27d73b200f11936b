"""What hosts send: blanks, texts, errors, dates and wrong types, one at a time and in ranges."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from finsam_xl.registry import CellError, ErrorKind
from finsam_xl.sheets.grid import CellError as SheetError
from support.cells import call, same

NAN = float("nan")
VALUE, NA, DIV0, NUM = "#VÄRDEFEL!", "#SAKNAS!", "#DIVISION/0!", "#OGILTIGT!"


@pytest.mark.parametrize("blank", [None, "", "  ", "\u00a0"])
def test_blank_is_not_zero(blank: Any) -> None:
    assert call("FINSAM_AVVIKELSE", 500.0, blank).value is None
    assert call("FINSAM_AVVIKELSE", 500.0, 0.0).value == -500
    assert call("FINSAM_ANDEL", 5, blank).value is None
    assert same(call("FINSAM_AVVIKELSE", [[1], [2]], [[blank], [5]]).value, ((None,), (3,)))


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("11 540", 11540),
        ("11\u00a0540", 11540),
        ("11\u2009540 tkr", 11540),
        ("−33", -33),
        ("'12,5", 12.5),
        ("82,36 %", 0.8236),
        ("0,5", 0.5),
        (Decimal("11540.50"), 11540.5),
        (11540, 11540),
        (0.1, 0.1),
        (-1033.0, -1033),
    ],
)
def test_numbers_however_they_come(raw: Any, number: float) -> None:
    assert call("FINSAM_AVVIKELSE", 0, raw, "kostnad").value == pytest.approx(number)
    column = call("FINSAM_AVVIKELSE", [[0], [0]], [[raw], [raw]], "kostnad").value
    assert same(column, ((number,), (number,)))


@pytest.mark.parametrize(
    "raw",
    ["tolv", "1e5", True, date(2021, 1, 1), object(), {}, b"1", [[1, 2]], Decimal("NaN"), 1j],
)
def test_what_is_no_number_is_a_value_error_with_a_reason(raw: Any) -> None:
    answer = call("FINSAM_TRAPPA", [[raw], [7000]] if not isinstance(raw, list) else [raw, raw])
    first = answer.rows[0][0]
    assert str(first) == VALUE
    assert isinstance(first, CellError)
    assert first.reason.endswith(".")


@pytest.mark.parametrize("kind", ErrorKind)
def test_errors_come_out_as_they_came_in(kind: ErrorKind) -> None:
    for raw in (kind.com, kind.english, kind.swedish, CellError(kind), SheetError(kind.english)):
        found = call("FINSAM_ANDEL", raw, 10).value
        assert isinstance(found, CellError)
        assert found.kind is kind
        assert found.reason.startswith("Del: ")
        column = call("FINSAM_ANDEL", [[5], [raw]], [[10], [10]]).value
        assert same(column, ((0.5,), (kind.swedish,)))
        whole = call("FINSAM_AVGIFT", [[5], [raw]], 100)
        assert str(whole.value) == kind.swedish
        assert whole.reasons[0].startswith("Nyckel nr 2: ")


def test_other_ways_errors_are_written() -> None:
    assert str(call("FINSAM_ANDEL", "Err:502", 1).value) == VALUE
    assert str(call("FINSAM_ANDEL", "#n/a", 1).value) == NA
    assert str(call("FINSAM_ANDEL", "#hashtag", 1).value) == VALUE
    assert ErrorKind.DIV0.com == -2146826281
    assert ErrorKind.NA.com == -2146826246


@pytest.mark.parametrize("raw", [NAN, float("inf"), -float("inf")])
def test_no_number_is_excels_own_error(raw: float) -> None:
    assert str(call("FINSAM_TRAPPA", raw).value) == NUM
    assert same(call("FINSAM_TRAPPA", [[raw], [7000.0]]).value, ((NUM,), (1400,)))


@pytest.mark.parametrize(
    "day",
    [
        date(2021, 12, 31),
        datetime(2021, 12, 31, 10, 0, tzinfo=UTC),
        44561,
        44561.5,
        "2021-12-31",
        "2021",
        2021,
        "T2 2021",
        None,
        "",
        0,
    ],
)
def test_dates_however_they_come(day: Any) -> None:
    assert call("FINSAM_TRAPPA", 11380, day).value == 2057


@pytest.mark.parametrize("day", ["igår", -5, 3_000_000, True, "2021-13-45"])
def test_what_is_no_date(day: Any) -> None:
    assert str(call("FINSAM_TRAPPA", 11380, day).value) == VALUE


def test_a_day_before_the_rule_is_not_answered() -> None:
    answer = call("FINSAM_TRAPPA", 11380, date(2010, 1, 1))
    assert str(answer.value) == NA
    assert "2010-01-01" in answer.reasons[0]


@pytest.mark.parametrize("text", ["REGION", " region ", "regionen", "Region"])
def test_choices_whatever_the_case(text: str) -> None:
    assert call("FINSAM_FINANSIERING", 11450, text).value == 2862.5


@pytest.mark.parametrize("part", ["landstinget", 3, True, None, date(2021, 1, 1)])
def test_unknown_choices_say_what_there_is(part: Any) -> None:
    answer = call("FINSAM_FINANSIERING", 11450, part)
    assert str(answer.value) == VALUE
    assert "region" in answer.reasons[0]


@pytest.mark.parametrize("limit", [40, 0.4, "40 %", "40", None, 0, ""])
def test_shares_as_per_cent_or_of_one(limit: Any) -> None:
    assert call("FINSAM_JAMN", 4, 6, limit).value is True
    assert call("FINSAM_JAMN", 39, 61, limit).value is False


@pytest.mark.parametrize("limit", ["140 %", -1, 60, "hälften"])
def test_shares_outside_their_bounds(limit: Any) -> None:
    assert str(call("FINSAM_JAMN", 4, 6, limit).value) == VALUE


@pytest.mark.parametrize(
    ("raw", "index"),
    [
        (True, 100), ("Ja", 100), ("SANT", 100), (1, 100), ("TRUE", 100),
        (False, 50), ("nej", 50), ("FALSKT", 50), (0, 50),
        (None, 100), ("Ej mätt", 100), ("#SAKNAS!", 100), (-2146826246, 100),
    ],
)  # fmt: skip
def test_truths_however_they_come(raw: Any, index: float) -> None:
    assert call("FINSAM_IMPACTINDEX", [[5], [5]], [[True], [raw]]).value == index


@pytest.mark.parametrize("raw", ["kanske", 2, date(2021, 1, 1), object()])
def test_what_is_no_truth(raw: Any) -> None:
    answer = call("FINSAM_IMPACTINDEX", [[5], [5]], [[True], [raw]])
    assert str(answer.value) == VALUE
    assert answer.reasons[0].startswith("Uppnått nr 2: ")


def test_units_are_not_mixed() -> None:
    assert call("FINSAM_ANDEL", "5 tkr", "10 tkr").value == 0.5
    answer = call("FINSAM_ANDEL", "5 tkr", "10 kr")
    assert str(answer.value) == VALUE
    assert "kr, tkr" in answer.reasons[0]
    assert call("FINSAM_TRAPPA", "11 380 000 kr").value == 2057
    assert call("FINSAM_TRAPPA", "11,38 mkr").value == 2057


def test_numbers_too_large_for_a_cell() -> None:
    huge = 10**400
    for raws in ((huge, 1), (1e308, 5e-324), ("9" * 59, "0," + "0" * 40 + "1")):
        answer = call("FINSAM_ANDEL", *raws)
        assert isinstance(answer.value, float) or str(answer.value) == NUM
    assert str(call("FINSAM_GRADERAT_INDEX", 1, 1, huge, "Antal minst").value) == NUM


def test_zero_where_a_host_sends_it_for_an_empty_cell() -> None:
    """Refused only where it matters and the host cannot tell; 0 kr is a zero that was meant."""
    answer = call("FINSAM_AVVIKELSE", 500, 0, zeros_may_be_blank=True)
    assert str(answer.value) == VALUE
    assert "tom cell" in answer.reasons[0]
    assert call("FINSAM_AVVIKELSE", 500, "0 kr", zeros_may_be_blank=True).value == -500
    assert call("FINSAM_AVVIKELSE", 0, 500, zeros_may_be_blank=True).value == 500
    reached = call("FINSAM_IMPACTINDEX", [[5], [5]], [[True], [0]], zeros_may_be_blank=True)
    assert "Ej mätt" in reached.reasons[0]
    told = call("FINSAM_IMPACTINDEX", [[5], [5]], [[True], [False]], zeros_may_be_blank=True)
    assert told.value == 50
    assert call("FINSAM_FARG", 69.5, 0, 0, zeros_may_be_blank=True).value == "grön"
