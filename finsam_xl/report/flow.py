"""Where the pages of a report begin, so that they are well filled and nothing is torn apart.

A report is a list of pieces, one row of the sheet each, and every piece says what it costs to
begin a page with it. Of all ways to part them the cheapest is taken: a page that is left half
empty costs more than a table parted between its sections, that more than a line parted from the
next, and a page of a few lines most of all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

from finsam_xl.records import NamedTuple
from finsam_xl.report.sheet import ReportSheet

NEVER = float("inf")
"""What a page break costs where none may be."""
FREE, SECTION, LINE = 0.0, 15.0, 30.0
"""What it costs between tables, between the sections of one, and between its lines."""
_BLANK, _PAGE, _FEW, _OVERFLOW = 300.0, 40.0, 1000.0, 1e6
"""What it costs to leave a page blank, to begin one, to have few lines on it, and too many."""
_LEAST_LINES = 8


class Piece(NamedTuple):
    """A row of a sheet: its height, how it is drawn, and what it costs to begin a page with it.

    ``lines``: how many lines of text it counts as, 0 for a gap, which no page begins or ends with;
    ``top``: what is drawn first on a page that begins with it.
    """

    height: float
    draw: Callable[[], object]
    cost: float = NEVER
    lines: int = 1
    top: tuple[Piece, ...] = ()


def gap(sheet: ReportSheet, height: float) -> Piece:
    """An empty row."""
    return Piece(height, lambda: sheet.down(height), lines=0)


def put(sheet: ReportSheet, pieces: Sequence[Piece]) -> None:
    """Draw pieces below what stands on the sheet, on as many pages as they need."""
    begins = set(breaks(pieces, sheet.free, sheet.page))
    for number, piece in enumerate(pieces):
        if number in begins:
            sheet.new_page()
            for one in piece.top:
                one.draw()
        piece.draw()


def breaks(pieces: Sequence[Piece], free: float, page: float) -> list[int]:
    """The numbers of the pieces that begin a page.

    ``free``: how much of the first page they may take; ``page``: how high the others are.
    """
    pages = _Pages(pieces, free, page)
    places = [n for n, piece in enumerate(pieces) if n and piece.cost < NEVER]
    best: dict[int, tuple[float, int | None]] = {}
    for start in (*reversed(places), 0):
        ends = [end for end in places if end > start]
        best[start] = min(
            pages.ways(start, ends, {end: cost for end, (cost, _) in best.items()}),
            key=lambda way: way[0],
        )
    found: list[int] = []
    following = best[0][1] if pieces else None
    while following is not None:
        found.append(following)
        following = best[following][1]
    return found


class _Pages:
    """What pages cost that hold some of the pieces."""

    def __init__(self, pieces: Sequence[Piece], free: float, page: float) -> None:
        self._pieces = pieces
        self._free, self._page = free, page
        self._heights = [0.0, *accumulate(piece.height for piece in pieces)]
        self._lines = [0, *accumulate(piece.lines for piece in pieces)]

    def ways(
        self, start: int, ends: Iterable[int], after: dict[int, float]
    ) -> Iterator[tuple[float, int | None]]:
        """What it costs to begin a page with a piece, by which piece begins the next one."""
        for end in ends:
            cost = self._cost(start, end)
            yield cost + _PAGE + self._pieces[end].cost + after[end], end
            if cost >= _OVERFLOW:
                return
        yield self._cost(start, len(self._pieces)), None

    def _cost(self, start: int, end: int) -> float:
        """What a page costs that holds the pieces from one up to another."""
        if not self._pieces:
            return 0.0
        room = self._page if start else self._free
        top = self._pieces[start].top if start else ()
        height = self._heights[end] - self._heights[start] + sum(one.height for one in top)
        if end and not self._pieces[end - 1].lines:
            height -= self._pieces[end - 1].height
        cost = _OVERFLOW * height / room if height > room else 0.0
        lines = self._lines[end] - self._lines[start] + sum(one.lines for one in top)
        cost += _FEW if start and lines < _LEAST_LINES else 0.0
        is_last = end == len(self._pieces)
        return cost + (0.0 if is_last else _BLANK * max(0.0, 1 - height / self._page) ** 2)
