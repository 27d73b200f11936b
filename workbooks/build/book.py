"""Make a workbook in memory; the same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import xlsxwriter
from deterministic import repack
from styles import Book, Styles


def make(properties: Mapping[str, object], fill: Callable[[Book, Styles], None]) -> bytes:
    """Return a workbook with the given document properties, filled with sheets."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties(dict(properties))
    fill(book, Styles(book))
    book.close()
    return repack(target.getvalue())
