"""Sheets of offices that nobody here had seen in which nothing is wrong: nothing is said."""

from __future__ import annotations

import pytest

from finsam_xl.checks import panels
from support.sheets_of_kinds import run
from support.typed_sheets import F, grid
from finsam_xl.actions import check
from datetime import date


def codes(*rows: list[object]) -> set[tuple[str, str | None]]:
    book = check.Book("", grid(("Blad", list(rows))))
    return {(f.code, f.cell) for f in check.check([book], today=date(2031, 11, 30)).findings}
