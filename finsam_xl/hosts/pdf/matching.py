"""Which text on which page is which cell of a report, and which picture is which chart.

Rows are bands that lie below each other, and the cells of a row beside each other: from the top
and from the left, so many letters belong to each as it shows. Its own letters must be there, or
nothing is believed. No measure of the sheet is needed, which programs round in their own ways.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Iterator, Mapping, Sequence

from finsam_xl.hosts.pdf.content import Content, Piece
from finsam_xl.hosts.pdf.parts import NotUnderstoodError, Pagination, Part
from finsam_xl.hosts.pdf.shown import shown, squeezed
from finsam_xl.records import NamedTuple
from finsam_xl.report.outline import printed
from finsam_xl.sheetplan import BOTTOM, Chart, SheetPlan

_FOOT = BOTTOM * 72
"""How many points high the foot of a page is."""

Found = Mapping[int, Part | Pagination]
"""What the pieces of a page are, by their numbers; those that are missing are decoration."""


class _Shown(NamedTuple):
    """A row with what each of its cells shows, without spaces."""

    number: int
    texts: tuple[tuple[int, str], ...]


def matched(plan: SheetPlan, repeated: Collection[int], pages: Sequence[Content]) -> list[Found]:
    """What the pieces of a report's pages are; ``repeated``: rows that are said before.

    Raises :class:`NotUnderstoodError` where a cell or a chart is missing, or there is something
    that is neither.
    """
    rows = deque(_rows(plan))
    first, last = plan.page.title_rows or (1, 0)
    above = [row for row in rows if first <= row.number <= last]
    charts = dict(enumerate(plan.charts))
    found: list[Found] = []
    for number, page in enumerate(pages):
        on_every = above if number else []
        found.append({**_cells(page, rows, on_every, repeated), **_charts(page, charts)})
    if rows or charts:
        raise NotUnderstoodError(f"{plan.name}: {len(rows)} rader och {len(charts)} diagram saknas")
    return found


def _rows(plan: SheetPlan) -> Iterator[_Shown]:
    """The rows in which something is shown."""
    for row in printed(plan):
        texts = [(cell.column, squeezed(shown(cell))) for cell in row.cells]
        told = tuple((column, text) for column, text in texts if text)
        if told:
            yield _Shown(row.number, told)


def _cells(
    page: Content, rows: deque[_Shown], above: Sequence[_Shown], repeated: Collection[int]
) -> dict[int, Part | Pagination]:
    """What the texts of a page are, from the first row on that no page before held.

    ``above``: the rows that stand on every page once they have been printed.
    """
    texts = [piece for piece in page.pieces if piece.figure is None and squeezed(piece.text)]
    found: dict[int, Part | Pagination] = {
        piece.number: Pagination.FOOTER for piece in texts if piece.y <= _FOOT
    }
    left = deque(
        sorted((p for p in texts if p.number not in found), key=lambda piece: (-piece.y, piece.x))
    )
    for row in above:
        if left and (not rows or row.number < rows[0].number):
            found |= dict.fromkeys(_taken(row, left), Pagination.HEADER)
    while left:
        if not rows:
            raise NotUnderstoodError(left[0].text)
        row = rows.popleft()
        taken = _taken(row, left)
        is_again = row.number in repeated
        found |= dict.fromkeys(taken, Pagination.HEADER) if is_again else taken
    return found


def _taken(row: _Shown, left: deque[Piece]) -> dict[int, Part]:
    """The cells of a row by the pieces that they are, which are taken from those that are left."""
    before = list(left)
    try:
        return _whole(row, left)
    except NotUnderstoodError:
        left.clear()
        left.extend(before)
        return _cut(row, left)


def _whole(row: _Shown, left: deque[Piece]) -> dict[int, Part]:
    """The cells of a row, all of which show all that they hold."""
    pieces = _first(left, sum(len(text) for _, text in row.texts))
    across = deque(sorted(pieces, key=lambda piece: piece.x))
    found: dict[int, Part] = {}
    for column, text in row.texts:
        parts = _first(across, len(text))
        if Counter("".join(squeezed(part.text) for part in parts)) != Counter(text):
            raise NotUnderstoodError(f"rad {row.number}: {text}")
        found |= {part.number: (row.number, column) for part in parts}
    return found


def _cut(row: _Shown, left: deque[Piece]) -> dict[int, Part]:
    """The cells of a row some of which are too narrow: each shows at least how it begins."""
    texts = dict(row.texts)
    rest = {column: Counter(text) for column, text in row.texts}
    begins: dict[int, float] = {}
    found: dict[int, Part] = {}
    while left:
        letters = squeezed(left[0].text)
        column = next(
            (
                column
                for column, text in texts.items()
                if Counter(letters) <= rest[column]
                and (column in begins or text.startswith(letters))
                and _is_beside(left[0].x, column, begins)
            ),
            None,
        )
        if column is None:
            break
        piece = left.popleft()
        begins.setdefault(column, piece.x)
        rest[column] -= Counter(letters)
        found[piece.number] = row.number, column
    if len(begins) < len(texts):
        raise NotUnderstoodError(f"rad {row.number}: {texts}")
    return found


def _is_beside(x: float, column: int, begins: Mapping[int, float]) -> bool:
    """Whether a place is right of the columns before one, and left of those after it."""
    return all(
        (other < column) == (x > there) for other, there in begins.items() if other != column
    )


def _first(pieces: deque[Piece], letters: int) -> list[Piece]:
    """The first pieces, which together have so many letters."""
    found: list[Piece] = []
    while letters > 0 and pieces:
        found.append(pieces.popleft())
        letters -= len(squeezed(found[-1].text))
    if letters:
        raise NotUnderstoodError(found[-1].text if found else "")
    return found


def _charts(page: Content, charts: dict[int, Chart]) -> dict[int, int]:
    """The charts that the pictures of a page are, by their titles; they are taken from those."""
    texts: dict[int, str] = {}
    for piece in page.pieces:
        if piece.figure is not None:
            texts[piece.figure] = texts.get(piece.figure, "") + squeezed(piece.text)
    known = {figure: _titled(charts, text) for figure, text in texts.items()}
    return {p.number: known[p.figure] for p in page.pieces if p.figure is not None}


def _titled(charts: dict[int, Chart], text: str) -> int:
    """Take the first chart whose title stands in a text."""
    for number, chart in charts.items():
        if squeezed(chart.title) in text:
            del charts[number]
            return number
    raise NotUnderstoodError(text)
