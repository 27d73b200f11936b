"""Cases of findings that other families tell as well, of what is told of a file alone."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from finsam_xl.actions import writing
from finsam_xl.hosts.ooxml.book import Book
from finsam_xl.model import Finding, Ref
from finsam_xl.plan import Expectation, Plan
from finsam_xl.reading.settings import Settings, settings
from support.finding_cases import Done
from support.typed_sheets import grid

_BLAD = grid(("Blad", [["Index", 50]]))


def _index(figure: int) -> Iterable[Finding]:
    sheet, ref = _BLAD.sheet("Blad"), Ref("Blad", "B1")
    return writing.write_figure(sheet, ref, Decimal(figure), "Index", is_index=True).findings


def _formula(shown: int) -> Iterable[Finding]:
    plan = Plan(expected=(Expectation("Blad", "B1", 50, "Index"),))
    return writing.mismatches(plan, {("Blad", "B1"): shown})


def _backup(folder: str) -> Iterable[Finding]:
    book: Any = SimpleNamespace(grid=grid(("Blad", [])))
    book.grid.kept[settings] = Settings(folder=folder)
    return Book._not_there(book, Path("kopior/bok.xlsx"))


CASES = {
    "formel-avviker": Done(lambda: _formula(50), lambda: _formula(60), at="B1"),
    "index-avviker": Done(lambda: _index(50), lambda: _index(60), at="B1"),
    "installning-okand": Done(lambda: _backup("kopior"), lambda: _backup("annan"), at=None),
}
