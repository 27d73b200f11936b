"""Why blank cells stay blank: every reason is told, used, filled in, and in plain Swedish."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator

import pytest

from finsam_xl.findings.reasons import Reason, reasons
from support.house_words import wrong_words
from support.workbooks import ROOT


def _uses() -> Iterator[tuple[str, set[str]]]:
    """Every use of a reason in the code, with the words that are given with it."""
    for path in sorted((ROOT / "finsam_xl" / "filling").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "because":
                (reason,) = node.args
                assert isinstance(reason, ast.Attribute)
                yield reason.attr, {str(word.arg) for word in node.keywords} - {"severity"}
            elif isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "Reason":
                yield node.attr, set()


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("reason", Reason)
def test_a_reason_is_used_and_filled_in(reason: Reason) -> None:
    """Its words are given where it is, and no others."""
    one = reasons()[reason]
    given = [words for name, words in _uses() if name == reason.name]
    assert given
    assert set().union(*given) == _fields(one.why) | _fields(one.do)


@pytest.mark.parametrize("reason", Reason)
def test_it_is_said_as_the_house_says_it(reason: Reason) -> None:
    """A clause after a colon, and whole sentences of what to do."""
    one = reasons()[reason]
    assert re.match(r"[a-zåäö{]", one.why)
    assert not re.search(r"[.;]", one.why)
    assert not one.do or re.fullmatch(r"[A-ZÅÄÖ].*[.”]", one.do)
    assert not [*wrong_words(one.why), *wrong_words(one.do)]
