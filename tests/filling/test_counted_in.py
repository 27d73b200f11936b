"""A name that sounds like no amount is an amount where printed sums count it in."""

from __future__ import annotations

from typing import Any

import pytest

from support.sheets_of_kinds import run

_HEAD = ["Insats", "Budget 2025", "Utfall 2025", "Avvikelse"]


def _rows(name: str, total: tuple[int, int]) -> list[list[Any]]:
    return [
        ["Insatser 2025, tkr"],
        _HEAD,
        ["Kostnader"],
        [name, 50, 45, None],
        ["Lokaler", 30, 31, None],
        ["Vägledning", 20, 18, None],
        ["Summa kostnader", *total, None],
    ]


@pytest.mark.parametrize("name", ["Tak", "Gröna timmar", "Max i arbete"])
def test_what_is_counted_in_is_an_amount(name: str) -> None:
    """The sum holds with it in both columns."""
    assert run(*_rows(name, (100, 94))).edits["D4"] == 5


@pytest.mark.parametrize("total", [(50, 49), (100, 49)])
def test_what_is_not_counted_in_is_asked(total: tuple[int, int]) -> None:
    """The sum passes it over, or counts it in one column only."""
    assert "D4" not in run(*_rows("Gröna timmar", total)).edits
