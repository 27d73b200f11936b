"""A formula's text taken apart, held against openpyxl's reading of it."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from openpyxl.formula.tokenizer import Token as Theirs
from openpyxl.formula.tokenizer import Tokenizer

from finsam_xl.formulas.functions import functions
from finsam_xl.formulas.prefixes import first_sheet, workbooks
from finsam_xl.formulas.tokens import Kind, tokens
from support.formula_texts import formulas
from support.properties import given

_ANY = st.text("AaBZ19$!:;,.()[]{}'\"#@+-*/^&=<>% \n_\\?åö°RCEe", max_size=40)


@given(st.one_of(_ANY, formulas, st.text()))
def test_tokens_put_together_are_the_text(text: str) -> None:
    assert "".join(part for _, part in tokens(text)) == text


@given(formulas)
def test_openpyxl_finds_as_many_references_and_functions(formula: str) -> None:
    theirs = Tokenizer("=" + formula).items
    ranges = [t for t in theirs if (t.type, t.subtype) == (Theirs.OPERAND, Theirs.RANGE)]
    calls = [t for t in theirs if (t.type, t.subtype) == (Theirs.FUNC, Theirs.OPEN)]
    kinds = [kind for kind, _ in tokens(formula)]
    assert kinds.count(Kind.AREA) == len(ranges)
    assert kinds.count(Kind.CALL) == len(calls)


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ("A1", "area"),
        ("R1C1", "name"),
        ("RC", "name"),
        ("Moms_A1", "name"),
        ("A1.5", "name"),
        ("ABCD1", "name"),
        ("A0", "name"),
        ("TAX2024", "area"),
        ("LOG10(2)", "call number close"),
        ("_xlfn.SUM (1)", "call number close"),
        ("1E5", "number"),
        ("1.5e-3%", "number operator"),
        ("-.5", "operator number"),
        ("3:5", "area"),
        ("$A:B", "area"),
        ("A1:B2:C3", "area colon area"),
        ("A1:INDEX(B:B,2)", "area colon call area comma number close"),
        ("Blad1!A1:Blad1!B2", "prefix area colon prefix area"),
        ("Blad1!A1:AB1!B2", "prefix area colon prefix area"),
        ("Blad1:Blad3!A1", "prefix area"),
        ("'Å ''x'''!A1", "prefix area"),
        ("[1]Blad!A1", "prefix area"),
        ("[0]!Moms", "prefix name"),
        ("Tabell1[Budget]", "table"),
        ("Tabell1[[#This Row],[Ut'[fall]]*2", "table operator number"),
        ("[@Utfall]", "table"),
        ("A1#", "area spill"),
        ("A1#/B2", "area spill operator area"),
        ("#DIV/0!", "error"),
        ("#N/A+#NAME?", "error operator error"),
        ("#SAKNAS!;#DIVISION/0!", "error semicolon error"),
        ("{1,2;3,4}", "open_array number comma number semicolon number comma number close_array"),
        ('"sa ""hej"""&A1', "string operator area"),
        ("A1 B2", "area space area"),
        ("@A1", "at area"),
        ("A1<>B2", "area operator area"),
    ],
)
def test_kinds(formula: str, wanted: str) -> None:
    assert [kind for kind, _ in tokens(formula)] == wanted.split()


def test_functions_are_those_that_are_called() -> None:
    found = functions('_xlfn._xlws.FILTER(A1:A9,SUM(B1))&"MAX("&min (C1)')
    assert found == {"FILTER", "SUM", "MIN"}


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ("A1", ()),
        ('"[x]y!"&A1', ()),
        ("[1]Blad!A1+[2]Blad!A1+[1]Blad!B2", ("1", "2")),
        ("'C:\\mapp\\[Budget 2024.xlsx]Å ''x'''!A1", ("Budget 2024.xlsx",)),
        ("Tabell1[Budget]*2", ()),
    ],
)
def test_other_workbooks(formula: str, wanted: tuple[str, ...]) -> None:
    assert workbooks(formula) == wanted


def test_the_sheet_that_is_told_first() -> None:
    assert first_sheet("='Mål ''21'''!$A$1") == "Mål '21'"
    assert first_sheet("Åre!$A$1+Blad2!B1") == "Åre"
    assert not first_sheet("$A$1")
