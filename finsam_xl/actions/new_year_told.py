"""The lines that tell what becomes of a workbook in the new year."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from finsam_xl.address import a1, letters, position
from finsam_xl.filling.rolled import CARRIED, EMPTIED, MOVED
from finsam_xl.plan import CellEdit
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Value


class What(StrEnum):
    """What is done with something, in the order it is told."""

    RENAMED = "Byter namn"
    HEADING = "Byter år"
    MOVED = MOVED
    CARRIED = CARRIED
    EMPTIED = EMPTIED
    COMMENT = "Märks med året"
    LEFT_BEHIND = "Följer inte med"
    KEPT = "Står kvar"
    ASKED = "Gör själv"


_ORDER = list(What)
_OURS = "rättelser och länkar följer rubriker och blad till nya namn"


class Told(NamedTuple):
    """A line of what is done or left: on which sheet, which way, and where, in words."""

    sheet: str
    what: What
    text: str


def in_order(told: Iterable[Told], sheets: Sequence[str]) -> tuple[Told, ...]:
    """The lines sheet by sheet, and on each what is done before what is left; none twice."""
    order = {name: number for number, name in enumerate(sheets)}
    key = {line: (order.get(line.sheet, len(order)), _ORDER.index(line.what)) for line in told}
    return tuple(sorted(key, key=key.__getitem__))


def of_edits(
    edits: Iterable[CellEdit], sheets: Mapping[str, str], ours: Collection[str]
) -> Iterator[Told]:
    """The lines about cells and names. ``sheets``: new names; ``ours``: sheets of our own."""
    for old, new in sheets.items():
        yield Told(old, What.RENAMED, f"bladet heter {new}")
    grouped: dict[tuple[str, What, str], list[str]] = {}
    for edit in edits:
        what = What(edit.why)
        said = _OURS if edit.sheet in ours else _said(what, edit)
        grouped.setdefault((edit.sheet, what, said), []).append(edit.cell)
    for (sheet, what, said), cells in grouped.items():
        yield Told(sheet, what, said if sheet in ours else f"{areas(cells)} {said}".strip())


def _said(what: What, edit: CellEdit) -> str:
    """What is said of a cell beside where it is; of cells alike the same."""
    if what is What.HEADING:
        return f"{_quoted(edit.old)} → {_quoted(edit.new)}"
    if what is What.MOVED:
        (row, _), (from_row, column) = position(edit.cell), position(edit.like)
        return f"ur kolumn {letters(column)}" if row == from_row else f"ur rad {from_row}"
    return "(årets utgående blir nästa års ingående)" if what is What.CARRIED else ""


def _quoted(value: Value) -> str:
    return f"”{' '.join(str(value).split())}”"


def areas(cells: Iterable[str]) -> str:
    """Cells as ranges down their columns.

    >>> areas(["D7", "C8", "C7", "C10"])
    'C7:C8, C10, D7'
    """
    runs: list[list[int]] = []
    for column, row in sorted((column, row) for row, column in map(position, cells)):
        if runs and runs[-1][0] == column and runs[-1][2] == row - 1:
            runs[-1][2] = row
        else:
            runs.append([column, row, row])
    return ", ".join(
        a1(first, column) + ("" if first == last else f":{a1(last, column)}")
        for column, first, last in runs
    )
