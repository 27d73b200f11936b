"""Why a cell shows what it shows: formulas read and calculated again, and the last reasons."""

from __future__ import annotations

from typing import Any

import pytest

from finsam_xl.errors import InputError
from finsam_xl.registry import CellError, ErrorKind, catalogue
from finsam_xl.registry.calling import Answer
from finsam_xl.registry.catalogue import Reasons
from finsam_xl.registry.formulas import Call, Literal, Reference, parse
from support.cells import call, explain

SHEET: dict[str, Any] = {
    "B2": 5,
    "B3": 0,
    "$B$3": 0,
    "'Mål 2021'!C2:C4": [[10], [8], [5]],
    "D2:D4": [[True], [False], [None]],
    "D9:D11": [[None], [None], [None]],
    "nyckel": [[1], [2]],
    "Tabell1[Belopp]": [[7000], [15001], ["x"]],
}
read = SHEET.__getitem__


@pytest.mark.parametrize(
    ("formula", "arguments"),
    [
        ("=FINSAM_FARG(69,5;70)", (69.5, 70.0)),
        ("=FINSAM_FARG(69.5,70)", (69.5, 70.0)),
        ("=FINSAM_FARG(69.5;70)", (69.5, 70.0)),
        ("=FINSAM_JAMN(4;6;40 %)", (4.0, 6.0, 0.4)),
        ('=FINSAM_UPPNATT("a;b ""c""";-2;SANT;FALSE)', ('a;b "c"', -2.0, True, False)),
        ("=FINSAM_FARG(70;;65)", (70.0, None, 65.0)),
        ("=FINSAM_VARFOR()", ()),
        (" = +finsam_farg( 1 )", (1.0,)),
        ("=_xldudf_FINSAM_FARG(1)", (1.0,)),
        ("=@finsam.xlam!FINSAM_FARG(1)", (1.0,)),
        ("='C:\\min mapp\\[finsam.xlam]x'!FINSAM_FARG(1)", (1.0,)),
    ],
)
def test_values_in_formulas(formula: str, arguments: tuple[Any, ...]) -> None:
    parsed = parse(formula)
    assert tuple(argument.value for argument in parsed.arguments) == arguments


def test_errors_references_and_functions_in_formulas() -> None:
    parsed = parse("=FINSAM_ANDEL('Mål; 2021'!$C$2:D4;FINSAM_FARG(A:A))")
    assert parsed.arguments == (
        Reference("'Mål; 2021'!$C$2:D4"),
        Call("FINSAM_FARG", (Reference("A:A"),)),
    )
    nested = Call("FINSAM_FARG", (Call("FINSAM_ANDEL", (Literal(1.0), Literal(2.0))),))
    assert parse("=FINSAM_FARG(@FINSAM_ANDEL(1;2))") == nested
    assert parse("=FINSAM_FARG( +_xldudf_FINSAM_ANDEL(1,2) )") == nested
    [error] = parse("=FINSAM_FARG(#SAKNAS!)").arguments
    assert isinstance(error, Literal)
    assert error.value.kind is ErrorKind.NA
    for reference in ("A1#", "2:3", "nyckel", "Tabell1[Belopp]", "Blad1!B2"):
        assert parse(f"=FINSAM_FARG({reference})").arguments == (Reference(reference),)


@pytest.mark.parametrize(
    "formula",
    ["", "hej", "=SUMMA(A1)", "=FINSAM_FARG(A1*2)", "=FINSAM_FARG(1",
     "=FINSAM_FARG(1))", '=FINSAM_FARG("x)', "=FINSAM_FARG({1;2})",
     "=FINSAM_FARG(SUMMA(A1))", "=FINSAM_FARG(" * 20 + ")" * 20],
)  # fmt: skip
def test_what_cannot_be_followed_is_said(formula: str) -> None:
    with pytest.raises(InputError):
        parse(formula)
    assert explain(formula).endswith("bara funktionen står.")


@pytest.mark.parametrize(
    "formula",
    ["=FINSAM_TRAPPA(15001)+1", "=AVRUNDA(FINSAM_TRAPPA(15001);1)", "=ROUND(FINSAM_TRAPPA(15001)/2,0)",
     '=OM(A1=0;"";FINSAM_TRAPPA(15001))', "=IFERROR(_xldudf_FINSAM_TRAPPA(15001),FINSAM_TRAPPA(15001))"],
)  # fmt: skip
def test_what_stands_in_a_formula_that_does_more_is_told(formula: str) -> None:
    """Each of our functions once, whatever is calculated around it."""
    assert explain(formula) == "FINSAM_TRAPPA visar #SAKNAS!: regel saknas – fyll i"


@pytest.mark.parametrize(
    ("formula", "parts"),
    [
        ("=FINSAM_ANDEL(B2;$B$3)", ["#DIVISION/0!", "Hela är 0"]),
        ("=FINSAM_ANDEL(B2,10)", ["gav 0,5", "del = B2 (5)", "hela = 10"]),
        ("=FINSAM_AVVIKELSE(B2;)", ["är tom", "inte noll"]),
        ("=FINSAM_TRAPPA(15001)", ["#SAKNAS!", "regel saknas – fyll i"]),
        ("=FINSAM_IMPACTINDEX('Mål 2021'!C2:C4;D2:D4)", ["gav 55,5556", "3 rader"]),
        ("=FINSAM_IMPACTINDEX('Mål 2021'!C2:C4;D9:D11)", ["#SAKNAS!", "Inte mätt"]),
        ("=FINSAM_FARG(FINSAM_IMPACTINDEX('Mål 2021'!C2:C4;D2:D4))", ["gav ”röd”"]),
        ("=FINSAM_JAMN(4;6)", ["gav SANT"]),
        ("=FINSAM_TRAPPA(Tabell1[Belopp])", ["i 2 av 3 celler", "regel saknas", "inget tal"]),
        ("=FINSAM_AVGIFT(nyckel;300)", ["gav 2 värden"]),
        ("=FINSAM_ANDEL(Z99;1)", ["inte går att läsa"]),
        ("=FINSAM_OKAND(1)", ["finns inte"]),
    ],
)
def test_why_by_calculating_again(formula: str, parts: list[str]) -> None:
    said = explain(formula, read)
    assert [part for part in parts if part not in said] == []


def test_why_of_one_cell_among_those_that_spilled() -> None:
    formula = "=FINSAM_TRAPPA(Tabell1[Belopp])"
    assert "gav 1" in explain(formula, read, (0, 0))
    assert explain(formula, read, (1, 0)).endswith("regel saknas – fyll i")
    assert "2 av 3" in explain(formula, read, (9, 9))


def test_why_without_reading_cells() -> None:
    assert "går det inte att läsa B2" in explain("=FINSAM_TRAPPA(B2)")
    assert "2\u00a0057" in explain("=FINSAM_TRAPPA(11380)")


def test_why_from_an_error_value_is_the_last_reason_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    call("FINSAM_TRAPPA", 15002)
    for raw in ("#SAKNAS!", ErrorKind.NA.com, "#N/A"):
        said = call("FINSAM_VARFOR", raw).value
        assert said == "#SAKNAS! gavs senast av FINSAM_TRAPPA: regel saknas – fyll i"
    monkeypatch.setattr(catalogue, "REASONS", Reasons())
    assert "ingen Finsam-funktion" in str(call("FINSAM_VARFOR", "#BLOCKED!").value)
    assert call("FINSAM_VARFOR", CellError(ErrorKind.NA, "Just därför.")).value == "Just därför."


@pytest.mark.parametrize("raw", [None, "", 5, "text", True, 2.5, [[1, 2]], object(), {}])
def test_why_of_other_cells_is_a_sentence(raw: Any) -> None:
    assert str(call("FINSAM_VARFOR", raw).value)


def test_reasons_are_kept_by_arguments_and_forgotten_in_time() -> None:
    reasons = Reasons(kept=2)
    assert reasons.latest(ErrorKind.VALUE) is None
    for number in range(3):
        reasons.remember("F", [number], Answer.of(CellError(ErrorKind.VALUE, f"Skäl {number}.")))
    assert reasons.latest(ErrorKind.VALUE) == ("F", "Skäl 2.")
    reasons.remember("F", [2], Answer(1.0))
    assert reasons.latest(ErrorKind.VALUE) == ("F", "Skäl 1.")
    reasons.remember("F", [1], Answer(1.0))
    assert reasons.latest(ErrorKind.VALUE) is None  # the first of three is forgotten
