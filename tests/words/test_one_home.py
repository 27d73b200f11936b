"""The trade's words have one home: no other module has a list or a pattern of them.

Patterns of figures, references and our own marks are no words. What a person reads (texts
and help) is none either, but looks like one where it stands in a list: such places are
named below with their reason, as are those that are yet to be converted.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import finsam_xl
from finsam_xl.words.loader import FOLDER, read_words

PACKAGE = Path(finsam_xl.__file__).parent
HOME = "words/"
AXES = sorted(path.stem for path in FOLDER.glob("*.toml"))
_SEARCHES = {"compile", "match", "fullmatch", "search", "sub", "split", "findall", "finditer"}
_ESCAPES = re.compile(r"\\[A-Za-z]|\(\?P<\w+>|\(\?[a-z]+[):]|\[[^\]]*\]")
_GROUPED = re.compile(r"\(\?:|\\b")
_WORD = re.compile(r"[a-zåäö]{3,}")
_LETTER = re.compile(r"[åäö]")
_CODE = re.compile(r"[a-z]+(?:-[a-z]+)+")
_PHRASE = re.compile(r"[a-zåäö0-9%][a-zåäö0-9%/ ().:-]*")
_CODES = {
    "budget", "plan", "total", "index", "region", "state", "cash", "fees", "result", "line", "note",
    "sum", "all", "kind", "not", "eu", "income", "cost", "status", "plus", "minus", "positiva",
    "share", "shares", "change", "fee", "members", "party", "min", "max",
}  # fmt: skip
"""Words that are also names of ours."""

TEXT = "what a person reads"
HELP = "what a function offers; test_words holds it against the word files where they share words"
NO_WORDS = "the language of a program, not of the trade"
BELOW = "the ground floor, which words stand on"
NOT_YET = "yet to be converted"
LEFT: dict[str, tuple[int, str]] = {
    "__init__.py": (2, NOT_YET),
    "actions/__init__.py": (1, NOT_YET),
    "actions/annual.py": (1, NOT_YET),
    "actions/impact_index.py": (1, TEXT),
    "checks/concepts.py": (4, TEXT),
    "checks/agreement/headings.py": (3, NOT_YET),
    "checks/goals/outcomes.py": (1, NOT_YET),
    "checks/related.py": (3, NOT_YET),
    "checks/amounts/rollforward.py": (1, NOT_YET),
    "checks/amounts/series.py": (1, NOT_YET),
    "actions/check.py": (1, NO_WORDS),
    "checks/stated.py": (6, NOT_YET),
    "checks/agreement/text_index.py": (7, NOT_YET),
    "checks/agreement/text_referrals.py": (2, NOT_YET),
    "cli/readings.py": (1, TEXT),
    "cli/shapes.py": (1, NO_WORDS),
    "filling/by_place.py": (2, NOT_YET),
    "filling/results_by_place.py": (1, NOT_YET),
    "filling/social.py": (1, NOT_YET),
    "formulas/functions.py": (1, NO_WORDS),
    "hosts/excel/formats.py": (1, NOT_YET),
    "hosts/excel/values.py": (1, NO_WORDS),
    "hosts/ooxml/graft.py": (1, NO_WORDS),
    "hosts/ooxml/opening.py": (1, NO_WORDS),
    "hosts/ooxml/readback.py": (1, NO_WORDS),
    "hosts/ooxml/workbookpart.py": (1, NO_WORDS),
    "labels.py": (1, BELOW),
    "money.py": (1, BELOW),
    "palette.py": (2, TEXT),
    "periods.py": (1, BELOW),
    "reading/unit_names.py": (1, NOT_YET),
    "registry/one_cell.py": (1, HELP),
    "registry/economy.py": (2, HELP),
    "registry/fees.py": (2, HELP),
    "report/amounts.py": (1, TEXT),
    "report/annual_statements.py": (1, NOT_YET),
    "report/annual_tables.py": (2, NOT_YET),
    "report/budget_story.py": (3, NOT_YET),
    "report/control.py": (3, TEXT),
    "report/control_reading.py": (1, NOT_YET),
    "report/look.py": (2, TEXT),
    "report/plan_fees.py": (1, TEXT),
}
"""Modules with words of their own: how many places, and why. It may only shrink."""
MOST = 72


def _vocabulary() -> frozenset[str]:
    """The words of the word files, without those that are also names of ours."""
    tokens = (
        token
        for axis in AXES
        for word in read_words(axis)
        if word.language != "en"  # the words that our own names are made of
        for token in _WORD.findall(word.word.replace("*", ""))
    )
    return frozenset(tokens) - _CODES


VOCABULARY = _vocabulary()


def _is_swedish(text: str) -> bool:
    """Whether a lower-case text has a word of the trade, or letters only Swedish has."""
    if not _PHRASE.fullmatch(text) or _CODE.fullmatch(text):
        return False
    return bool(_LETTER.search(text)) or not VOCABULARY.isdisjoint(_WORD.findall(text))


def _strings(nodes: list[ast.expr | None]) -> list[str]:
    return [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def _is_search(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in _SEARCHES
        and bool(node.args)
    )


def _patterns(tree: ast.AST) -> Iterator[int]:
    """Lines of patterns with words in them, wherever they are compiled."""
    inside: set[ast.AST] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        parts = [part for one in node.args[:1] for part in ast.walk(one)] if node.args else []
        texts = [p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str)]
        is_pattern = _is_search(node) or any(map(_GROUPED.search, texts))
        if is_pattern and _WORD.search(_ESCAPES.sub(" ", " ".join(texts))):
            inside.update(parts)
            yield node.lineno
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node not in inside
            and _GROUPED.search(node.value)
            and _WORD.search(_ESCAPES.sub(" ", node.value))
        ):
            yield node.lineno


def _questions(tree: ast.AST) -> Iterator[int]:
    """Lines that ask whether a text holds, begins or ends with a word."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
            words = _strings([node.left])
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"startswith", "endswith"}
        ):
            words = _strings(list(node.args))
        else:
            continue
        if any(map(_is_swedish, words)):
            yield node.lineno


def _lists(tree: ast.AST) -> Iterator[int]:
    """Lines of collections with two or more words; of a mapping its keys."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            words = _strings(list(node.elts))
        elif isinstance(node, ast.Dict):
            words = _strings(list(node.keys))
        else:
            continue
        if sum(map(_is_swedish, words)) > 1:
            yield node.lineno


def _places(code: str) -> list[int]:
    tree = ast.parse(code)
    return sorted({*_patterns(tree), *_questions(tree), *_lists(tree)})


def _modules() -> Iterator[tuple[str, list[int]]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if not name.startswith(HOME):
            yield name, _places(path.read_text(encoding="utf-8"))


FOUND = {name: lines for name, lines in _modules() if lines}


@pytest.mark.parametrize("name", sorted(FOUND.keys() | LEFT.keys()))
def test_no_words_outside_their_home(name: str) -> None:
    """A module has as many lists and patterns of words as is written down for it, mostly none."""
    lines, (most, why) = FOUND.get(name, []), LEFT.get(name, (0, ""))
    assert len(lines) <= most, f"{name}: words on lines {lines}; put them in {HOME} ({why})"
    assert len(lines) == most, f"{name}: has fewer now, write {len(lines)} in LEFT"


def test_the_list_only_shrinks() -> None:
    """What is added to the list above must be told here too: lower it whenever it can be."""
    assert sum(most for most, _ in LEFT.values()) == MOST


def test_the_test_sees_what_it_looks_for() -> None:
    """A pattern, a tuple, a set and the keys of a mapping with words; no codes and no figures."""
    code = (
        'a = re.compile(r"^summa\\b")\n'
        'b = ("kostnader", "intäkter")\n'
        'c = {"staten", "regionen", "kommun"}\n'
        'd = {"utfall": 1, "bokslut": 2, "försäkringskassan": 3, "medlemsavgift": 4}\n'
        'e = re.compile(r"[a-zåäö]+\\d{3}(?P<sheet>x)")\n'
        'f = ("line", "total", "budget")\n'
        'g = ("Kostnader", "Intäkter i år, som de står.")\n'
        'h = re.fullmatch("(?:kr|tkr)", text)\n'
        'i = _is(r"summa (?:eget )?kapital")\n'
        'j = (("health", r"\\bsjuk"), ("work", "x"))\n'
        'k = "lönebidrag" in words\n'
        'm = words.startswith("försäkringskassan")\n'
        'n = "budget" in scenarios\n'
    )
    assert _places(code) == [1, 2, 3, 4, 8, 9, 10, 11, 12]
