"""The list itself: names, help, arguments and examples."""

from __future__ import annotations

import re
from typing import Any

import pytest

from finsam_xl.registry import BY_NAME, FUNCTIONS, CellFunction, Kind, Takes, Zero
from finsam_xl.registry.formulas import Literal, Reference, parse
from support.cells import call, same

NAMES = {
    "FINSAM_ANDEL": "del; hela",
    "FINSAM_AVGIFT": "nyckel; pott; [avrundning]",
    "FINSAM_FINANSIERING": "pott; part; [datum]",
    "FINSAM_AVVIKELSE": "utfall; budget; [slag]",
    "FINSAM_AVVIKELSE_PROCENT": "utfall; budget; [slag]",
    "FINSAM_FORANDRING": "nu; fore",
    "FINSAM_PROGNOS": "utfall; månader; [budget]; [metod]; [fjol_perioden]; [fjol_året]",
    "FINSAM_EGET_KAPITAL": "ingående; resultat",
    "FINSAM_TRAPPA": "avgifter; [datum]",
    "FINSAM_UTRYMME": "eget_kapital; avgifter; [datum]",
    "FINSAM_SOLIDITET": "eget_kapital; tillgångar",
    "FINSAM_BALANSKRAV": "poster; [rubriker]",
    "FINSAM_KOSTNADSSLAG": "belopp; slag; klass",
    "FINSAM_UPPNATT": "regel; gräns; antal; av; [antal2]; [av2]",
    "FINSAM_FATTAS": "regel; gräns; antal; av",
    "FINSAM_IMPACTINDEX": "vikter; uppnått; [datum]",
    "FINSAM_OMRADESINDEX": "vikter; uppnått; område; vilket; [datum]",
    "FINSAM_POANG": "vikt; uppnått; [datum]",
    "FINSAM_GRADERAT_INDEX": "vikter; utfall; gräns; regel; [datum]",
    "FINSAM_FARG": "index; [mål]; [nära]; [datum]",
    "FINSAM_JAMN": "kvinnor; män; [gräns]; [datum]",
    "FINSAM_KONSGAP": "kvinnor; av_kvinnor; män; av_män",
    "FINSAM_INTERVALL": "antal; av; [säkerhet]; [datum]",
    "FINSAM_TOPPSVAR": "antal; [antal_toppsvar]; [datum]",
    "FINSAM_SKALMEDEL": "antal",
    "FINSAM_VARFOR": "cell",
}
every = pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)


def test_all_are_there_with_their_arguments() -> None:
    assert {f.name: f.signature for f in FUNCTIONS} == {
        name: f"{name}({arguments})" for name, arguments in NAMES.items()
    }
    assert len(FUNCTIONS) == len(BY_NAME)


@every
def test_help_is_in_whole_sentences(function: CellFunction) -> None:
    for text in (function.help, function.blank, *(a.help for a in function.arguments)):
        assert text[0] == text[0].upper() or text.startswith(tuple(_words(function)))
        assert text.endswith(".")


def _words(function: CellFunction) -> list[str]:
    return [way for a in function.arguments for way in a.choices]


@every
def test_arguments_are_complete(function: CellFunction) -> None:
    optional = [argument.optional for argument in function.arguments]
    assert optional == sorted(optional), "the optional ones come last"
    for argument in function.arguments:
        assert re.fullmatch(r"[a-zåäö_]+\d?", argument.name)
        assert bool(argument.choices) == (argument.kind is Kind.CHOICE)
        assert not argument.default or argument.optional
        if argument.zero is Zero.LEFT_OUT:
            assert argument.optional


@every
def test_example_is_what_happens(function: CellFunction) -> None:
    """The formula reads as its arguments, and they give the result."""
    example = function.example
    parsed = parse(example.formula)
    assert parsed.name == function.name
    for node, raw in zip(parsed.arguments, example.arguments, strict=True):
        assert isinstance(node, Reference) == isinstance(raw, list)
        if isinstance(node, Literal):
            assert node.value == raw
    assert same(call(function.name, *example.arguments).value, example.result)


@every
def test_too_few_and_too_many_arguments(function: CellFunction) -> None:
    many: list[Any] = [1] * (len(function.arguments) + 1)
    for raws in ([], many):
        answer = call(function.name, *raws)
        assert str(answer.value) == "#VÄRDEFEL!"
        assert function.signature in answer.reasons[0]


def test_names_are_found_whatever_the_case_and_unknown_ones_are_an_error() -> None:
    assert call("finsam_trappa", 7000).value == 1400
    assert str(call("FINSAM_FINNS_INTE", 1).value) == "#NAMN?"


def test_where_ranges_are_taken_as_wholes() -> None:
    wholes = {a.name for f in FUNCTIONS for a in f.arguments if a.takes is Takes.WHOLE}
    assert wholes >= {"nyckel", "poster", "vikter", "uppnått", "belopp", "slag", "resultat"}
