"""The table of cases that all hosts read, held against the functions themselves."""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl.registry import FUNCTIONS
from support.cells import call, same
from support.function_cases import CASES, SORTS, Case, Whole


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
def test_each_function_has_a_case_of_each_sort(function: Any) -> None:
    sorts = [case.sort for case in CASES if case.function == function.name]
    assert set(sorts) == set(SORTS)


def test_every_case_is_of_a_function() -> None:
    assert {case.function for case in CASES} == {function.name for function in FUNCTIONS}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_function_gives_it(case: Case) -> None:
    raws = [one.rows() if isinstance(one, Whole) else one for one in case.arguments]
    answer = call(case.function, *raws)
    assert same(answer.value, case.result), (answer.value, answer.reasons)
