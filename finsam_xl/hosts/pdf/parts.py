"""What the pieces of a printed report are."""

from __future__ import annotations

from enum import StrEnum

from finsam_xl.records import NamedTuple

Part = tuple[int, int] | int
"""A cell of the sheet by its row and column, or a chart by its number."""


class NotUnderstoodError(Exception):
    """What is drawn on a page is not as we know it: nothing may be said of it."""


class Pagination(StrEnum):
    """What is on a page since it is a page: it is not read."""

    HEADER = "Header"
    FOOTER = "Footer"


class Mark(NamedTuple):
    """Marked content: the page it is on, counted from 0, and its number there."""

    page: int
    number: int
