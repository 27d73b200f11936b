"""Calls within each other, each argument with its place in the text."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from finsam_xl.formulas.tree import Call, text, tree
from support.formula_texts import formulas
from support.properties import given


def _calls(call: Call, formula: str) -> list[tuple[str, list[str]]]:
    found = [(call.name, [text(argument, formula) for argument in call.arguments])]
    for argument in call.arguments:
        for item in argument.items:
            if isinstance(item, Call):
                found += _calls(item, formula)
    return found


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ("F(A1, (B2+1)*2)", [("F", ["A1", " (B2+1)*2"]), ("", ["B2+1"])]),
        ('F(1;2,5;"a;b")', [("F", ["1", "2,5", '"a;b"'])]),
        ("F({1,2;3,4},5)", [("F", ["{1,2;3,4}", "5"]), ("{", ["1", "2", "3", "4"])]),
        ("F('a,b'!A1,Tabell[a,b],)", [("F", ["'a,b'!A1", "Tabell[a,b]", ""])]),
        ("_xlfn.F(G())", [("F", ["G()"]), ("G", [""])]),
    ],
)
def test_arguments(formula: str, wanted: list[tuple[str, list[str]]]) -> None:
    root = tree(formula)
    assert root
    assert _calls(root, formula)[1:] == wanted


@given(st.one_of(formulas, st.text("A1(){},;\"' ", max_size=30)))
def test_spans_cover_the_text(formula: str) -> None:
    root = tree(formula)
    if root:
        assert text(root, formula) == formula
        assert sum(len(text(one, formula)) + 1 for one in root.arguments) - 1 == len(formula)


@pytest.mark.parametrize("formula", ["(", ")", "F(1", "F(1))", "{1)", "(1}", "(" * 300 + ")" * 300])
def test_brackets_that_do_not_match(formula: str) -> None:
    assert tree(formula) is None
