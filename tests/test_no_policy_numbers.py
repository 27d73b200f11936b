"""A calculation holds no number that an agreement or a law fixes: those are in the policy files."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import finsam_xl.calc

ALLOWED = {0, 1, 2, 100}
CALC = Path(finsam_xl.calc.__file__).parent
MODULES = sorted(CALC.rglob("*.py"))


def _numbers(code: str) -> Iterator[tuple[int, object]]:
    for node in ast.walk(ast.parse(code)):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, int | float | complex)
            and not isinstance(node.value, bool)
            and node.value not in ALLOWED
        ):
            yield node.lineno, node.value


def _texts_with_numbers(code: str) -> Iterator[tuple[int, str]]:
    """Numbers hidden in a call such as ``Fraction("0.4")`` or ``Decimal("70")``."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    digits = argument.value.replace(".", "").replace("/", "").replace("-", "")
                    if digits.isdigit() and argument.value not in map(str, ALLOWED):
                        yield node.lineno, argument.value


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_calculations_hold_no_rule_numbers(module: Path) -> None:
    """Only 0, 1, 2 and 100 may stand in a calculation."""
    code = module.read_text(encoding="utf-8")
    assert list(_numbers(code)) == []
    assert list(_texts_with_numbers(code)) == []


def test_the_test_sees_what_it_looks_for() -> None:
    """It would find a target index, a negative one, a decimal and one hidden in a text."""
    code = "a = b >= 70\nc = -5\nd = Fraction('0.4')\ne = x * 0.5\nf = 100 * y\ng = True\n"
    assert list(_numbers(code)) == [(1, 70), (2, 5), (4, 0.5)]
    assert list(_texts_with_numbers(code)) == [(3, "0.4")]


def test_there_is_something_to_look_at() -> None:
    """The calculations are where they are thought to be."""
    assert {"impact_index.py", "target_rules.py"} <= {path.name for path in MODULES}
