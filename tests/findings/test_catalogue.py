"""The catalogue of findings: each is used, filled in, told and silent, and in plain Swedish."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pytest

from finsam_xl.findings import CATALOGUE, kinds
from finsam_xl.model import SEVERITIES
from support.finding_cases import every
from support.house_words import wrong_words
from support.workbooks import ROOT

FIGURES = {"stated", "calculated", "difference"}
RECORD = {"severity", "also", "is_result", "stated", "calculated"}
CODES = list(kinds())
CASES = every()


class Call(NamedTuple):
    """A call of ``tell``: where, with which codes, sentences and words."""

    place: str
    codes: list[str]
    texts: list[list[str]]
    words: set[str]


def _literals(node: ast.expr, constants: Mapping[str, ast.expr]) -> list[str]:
    """The texts an argument may be: a text, one of two by a condition, any of a module's table."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return [*_literals(node.body, constants), *_literals(node.orelse, constants)]
    if isinstance(node, ast.Name) and node.id in constants:
        return _literals(constants[node.id], constants)
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        table = constants.get(node.value.id)
        assert isinstance(table, ast.Dict), f"{node.value.id} is no table of this module"
        return [text for value in table.values for text in _literals(value, constants)]
    raise AssertionError(f"{ast.unparse(node)} is no text that can be looked up")


def _names(tree: ast.Module) -> dict[str, ast.expr]:
    """Module constants, by which a code may be named."""
    return {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _calls() -> Iterator[Call]:
    for path in sorted((ROOT / "finsam_xl").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if "from finsam_xl.findings import tell\n" not in source:
            continue
        tree = ast.parse(source)
        constants = _names(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "tell":
                yield _call(node, constants, f"{path.relative_to(ROOT)}:{node.lineno}")


def _call(node: ast.Call, constants: dict[str, ast.expr], place: str) -> Call:
    code, *rest = node.args
    assert not any(keyword.arg is None for keyword in node.keywords), f"{place}: say each word"
    texts = [_literals(text, constants) for text in rest[1:]] or [["text"]]
    return Call(
        place, _literals(code, constants), texts, {str(keyword.arg) for keyword in node.keywords}
    )


CALLS = list(_calls())


def fields(text: str) -> set[str]:
    """The words in braces of a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.place)
def test_a_call_fills_its_sentences(call: Call) -> None:
    """Of any code and any sentences it may choose every word is given, and no word in vain."""
    for code in call.codes:
        kind = kinds()[code]
        asked: set[str] = set()
        for choices in call.texts:
            known = [name for name in choices if name in kind.texts]
            assert known, f"{code} has none of {choices}"
            for name in known:
                asked |= fields(kind.texts[name])
        figures = {"difference"} if {"stated", "calculated"} <= call.words else set()
        assert asked <= call.words | figures, asked - call.words
    used = {n for c in call.codes for t in kinds()[c].texts.values() for n in fields(t)}
    assert call.words - RECORD <= used


def test_every_sentence_is_said() -> None:
    said = {(code, name) for call in CALLS for code in call.codes for t in call.texts for name in t}
    unsaid = [
        (code, name) for code, kind in kinds().items() for name in kind.texts
        if (code, name) not in said
    ]  # fmt: skip
    assert not unsaid


@pytest.mark.parametrize("code", CODES)
def test_an_entry_is_whole(code: str) -> None:
    kind = kinds()[code]
    assert set(kind.severities) <= set(SEVERITIES)
    for text in (kind.means, kind.remedy, *kind.texts.values()):
        assert re.match(r"[A-ZÅÄÖ{”\d=]", text), text
        assert re.search(r"[.?!”}]$", text), text
        assert "  " not in text
    for text in (kind.means, kind.remedy):
        assert not fields(text)


@pytest.mark.parametrize("code", CODES)
def test_its_words_are_the_houses(code: str) -> None:
    """One word for one thing, in every sentence."""
    kind = kinds()[code]
    for text in (kind.means, kind.remedy, *kind.texts.values()):
        assert not list(wrong_words(text))


@pytest.mark.parametrize("code", CODES)
def test_it_is_silent_and_told(code: str) -> None:
    """One change makes the difference, and the finding stands where it was made or follows."""
    case = CASES[code]
    assert code not in {one.code for one in case.silent()}
    told = [one for one in case.spoken() if one.code == code]
    assert told
    assert case.at in {one.cell for one in told}


def test_entries_are_those_of_the_whole_file() -> None:
    """Read one by one they are what the file says; it holds none twice."""
    whole = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))
    assert list(kinds()) == list(whole)
    for code, entry in whole.items():
        assert kinds()[code].means == entry["means"]
        assert dict(kinds()[code].texts) == entry.get("texts", {"text": entry.get("text")})


def test_no_case_is_of_no_kind() -> None:
    assert not CASES.keys() - kinds().keys()


def test_no_sentence_is_made_elsewhere() -> None:
    """A finding is made by its code: no rule writes its own sentence."""
    for path in sorted((ROOT / "finsam_xl").rglob("*.py")):
        if path.parent.name != "findings" and path.name != "model.py":
            text = re.sub(r"(?m)^ *>>>.*$", "", path.read_text(encoding="utf-8"))
            assert not re.search(r"\bFinding(?:\.at)?\(", text), path
