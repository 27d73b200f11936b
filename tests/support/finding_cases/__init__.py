"""For each kind of finding a workbook that is silent, and the change by which it is told.

A family of cases is a module here with ``CASES``, by code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from finsam_xl.actions import check
from finsam_xl.address import position
from finsam_xl.model import Finding
from support.typed_sheets import TODAY, Rows, grid

Books = Mapping[str, Mapping[str, Rows]]
"""By file name, '' where there is only one: by sheet name its rows from the top."""


class Case(NamedTuple):
    """Workbooks that a kind of finding is not told of, and the cells that make it be told.

    ``changed``: by ``file!sheet!cell``, ``sheet!cell`` or ``cell`` (of the only sheet) what is
    typed there instead; ``at``: the cell where the finding then is, of the only or first sheet.
    """

    books: Books
    changed: Mapping[str, Any]
    at: str | None

    def silent(self) -> tuple[Finding, ...]:
        """What is told of the workbooks as they are."""
        return _told(self.books)

    def spoken(self) -> tuple[Finding, ...]:
        """What is told of them once changed."""
        books = {
            file: {name: [list(row) for row in rows] for name, rows in sheets.items()}
            for file, sheets in self.books.items()
        }
        for place, value in self.changed.items():
            *names, cell = place.split("!")
            sheets = books[names[0]] if len(names) == 2 else next(iter(books.values()))
            rows = sheets[names[-1]] if names else next(iter(sheets.values()))
            _put(rows, cell, value)
        return _told(books)


class Done(NamedTuple):
    """A kind of finding that no check tells: what is told in a case without it, and in one with."""

    without: Callable[[], Iterable[Finding]]
    with_it: Callable[[], Iterable[Finding]]
    at: str | None

    def silent(self) -> tuple[Finding, ...]:
        """What is told in the case without."""
        return tuple(self.without())

    def spoken(self) -> tuple[Finding, ...]:
        """What is told in the case with."""
        return tuple(self.with_it())


def one(rows: Rows, changed: Mapping[str, Any], at: str | None, name: str = "Blad") -> Case:
    """A case of one sheet."""
    return Case({"": {name: rows}}, changed, at)


def _put(rows: list[list[Any]], cell: str, value: Any) -> None:
    row, column = position(cell)
    while len(rows) < row:
        rows.append([])
    line = rows[row - 1]
    line += [None] * (column - len(line))
    line[column - 1] = value


def _told(books: Books) -> tuple[Finding, ...]:
    read = [check.Book(file, grid(*sheets.items())) for file, sheets in books.items()]
    return check.check(read, today=TODAY).findings


def every() -> dict[str, Case]:
    """All cases of all families."""
    cases: dict[str, Case] = {}
    for path in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        own = import_module(f"{__name__}.{path.stem}").CASES
        assert not cases.keys() & own.keys(), f"{path.name}: {sorted(cases.keys() & own.keys())}"
        cases |= own
    return cases
