"""Calling functions as on one day, and comparing what cells show: numbers nearly, else exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

import pytest

from finsam_xl import registry
from finsam_xl.registry import Answer, CellError

TODAY = date(2026, 11, 25)
call = partial(registry.call, today=TODAY)
explain = partial(registry.explain, today=TODAY)
_LIKE_A_NUMBER = re.compile(r"[\s\u00a0\u2009\u202f'+−–-]*[\d.,\s\u00a0]*\d[\d.,\s\u00a0]*\s*%?")


def same(value: Any, expected: Any) -> bool:
    """Whether a cell, or rows of cells, are as expected."""
    if isinstance(value, CellError):
        return str(value) == str(expected)
    if isinstance(expected, list | tuple):
        return (
            isinstance(value, tuple)
            and len(value) == len(expected)
            and all(same(a, b) for a, b in zip(value, expected, strict=True))
        )
    if isinstance(expected, bool) or expected is None or isinstance(expected, str):
        return type(value) is type(expected) and value == expected
    return type(value) is float and value == pytest.approx(float(expected))


def cells(answer: Answer) -> Iterator[Any]:
    """Every cell of an answer."""
    for row in answer.rows:
        yield from row


def looks_like_a_number(text: str) -> bool:
    """Whether a person, or Excel, could take the text for a number."""
    return _LIKE_A_NUMBER.fullmatch(text) is not None
