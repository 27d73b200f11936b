"""Every function of a Lite workbook's ``main.py``, run in Pyodide as Excel on the web runs it."""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl.money import parse_number
from finsam_xl.registry import BY_NAME, FUNCTIONS
from support.cell_calls import calls, is_shown
from support.function_cases import CASES, Case

CALLS = calls()


def test_all_functions_are_offered_with_help(ran: Any) -> None:
    offered = {one["name"]: one for one in ran["functions"]["functions"]}
    assert set(offered) == set(BY_NAME)
    for function in FUNCTIONS:
        one = offered[function.name]
        assert function.help in one["description"]
        assert function.example.formula in one["description"]
        assert [p["name"] for p in one["parameters"]] == [a.identifier for a in function.arguments]
        for parameter, argument in zip(one["parameters"], function.arguments, strict=True):
            assert argument.help in parameter["description"]
            assert parameter.get("optional", False) == argument.optional
            assert parameter["dimensionality"] == "matrix"


def test_they_answer_as_the_registry_does(ran: Any) -> None:
    assert len(ran["calls"]) == len(CALLS)
    for one, answered in zip(CALLS, ran["calls"], strict=True):
        assert answered["value"] == one.wanted, (one.name, one.sent)


@pytest.mark.parametrize(
    ("number", "case"), list(enumerate(CASES)), ids=lambda one: getattr(one, "name", "")
)
def test_the_cases_of_all_hosts(ran: Any, number: int, case: Case) -> None:
    answer = ran["cases"][number]
    assert is_shown(case, answer), answer


def test_why_is_told_where_an_error_is_shown(ran: Any) -> None:
    told = 0
    for one, answered in zip(CALLS, ran["calls"], strict=True):
        has_error = any(isinstance(cell, dict) for row in answered["value"] for cell in row)
        if answered["printed"]:
            assert has_error
            assert all(line.startswith(one.name) for line in answered["printed"].splitlines()), (
                answered["printed"]
            )
            told += 1
    assert told > len(FUNCTIONS)


def test_no_error_is_a_text_and_no_text_is_a_number(ran: Any) -> None:
    for one, answered in zip(CALLS, ran["calls"], strict=True):
        for cell in [cell for row in answered["value"] for cell in row]:
            if isinstance(cell, str) and one.name != "FINSAM_VARFOR":
                assert not cell.startswith("#")
                assert parse_number(cell) is None


def test_main_can_be_run_again(ran: Any) -> None:
    """As when a person restarts or edits the code in the task pane."""
    unpacked_once, value = ran["again"]
    assert unpacked_once
    assert value == CALLS[0].wanted
