"""The table of cases that all hosts read, held against the functions themselves."""

from __future__ import annotations

import re
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


_LEAKS = re.compile(
    r"Fraction|Decimal|None|True|False|\d/\d|[a-z]+_(?:at|remainder|up|line|budget|pattern)\b|positive-costs"
)


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        ("FINSAM_TRAPPA", (-0.5,)),
        ("FINSAM_AVGIFT", ([[0.5], [-0.25]], 100)),
        ("FINSAM_AVGIFT", ([[1], [2]], 2862.5)),
        ("FINSAM_AVGIFT", ([[1], [2]], 100, "jämnt")),
        ("FINSAM_PROGNOS", (800, 7.5)),
        ("FINSAM_PROGNOS", (800, 8, 1, "gissa")),
        ("FINSAM_FINANSIERING", (1, "landstinget")),
        ("FINSAM_AVVIKELSE", (-0.5, 2)),
        ("FINSAM_BALANSKRAV", ([[100, -0.5, 0, 0, 0, 0, 0, 0]],)),
        ("FINSAM_KOSTNADSSLAG", ([[1]], [["A 33,3 %; B 66,6 %"]], "A")),
        ("FINSAM_JAMN", (4, 6, 0.605)),
        ("FINSAM_KONSGAP", (7.5, 6.5, 1, 2)),
        ("FINSAM_INTERVALL", (7.5, 6.5)),
        ("FINSAM_INTERVALL", (5, 6, 1)),
        ("FINSAM_POANG", (2.5, True)),
        ("FINSAM_FARG", (0.805,)),
        ("FINSAM_GRADERAT_INDEX", ([[0.5]], [[0.5]], 0.8, "Andel minst")),
        ("FINSAM_TOPPSVAR", ([[1, 2, 3, 4]], 2.5)),
        *((case.function, case.arguments) for case in CASES if str(case.result).startswith("#")),
    ],
    ids=str,
)
def test_no_reason_is_in_the_programs_own_words(function: str, arguments: Any) -> None:
    raws = [one.rows(300) if isinstance(one, Whole) else one for one in arguments]
    answer = call(function, *raws)
    assert answer.reasons
    for reason in answer.reasons:
        assert not _LEAKS.search(reason.replace("#DIV/0!", "").replace("ja/nej", "")), reason
