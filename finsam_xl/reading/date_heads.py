"""Dates that head columns and are shown as months or years: the first day stands for the whole.

A cell shown as "jan-25" holds 1 January 2025. Only beside others is it seen whether first days
are months, years, or the days that balances open on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from finsam_xl.reading.pieces import Piece

_SEVERAL = 2


def written_out(headings: Sequence[Sequence[Piece]]) -> list[tuple[Piece, ...]]:
    """The same headings, with first days of several columns written as months or years."""
    days = [day for pieces in headings for piece in pieces if (day := _day(piece))]
    firsts = [day for day in days if day.day == 1]
    if len(set(firsts)) < _SEVERAL or len(firsts) < len(days):
        return [tuple(pieces) for pieces in headings]
    # Years where every day is New Year's; else they are months.
    length = 4 if all(day.month == 1 for day in firsts) else 7
    return [tuple(_cut(piece, length) for piece in pieces) for pieces in headings]


def _day(piece: Piece) -> date | None:
    """The day of a cell that is shown as a date."""
    if not piece.is_date:
        return None
    try:
        return date.fromisoformat(piece.text)
    except ValueError:
        return None


def _cut(piece: Piece, length: int) -> Piece:
    day = _day(piece)
    return piece._replace(text=day.isoformat()[:length]) if day else piece
