"""Long tables over halves and pages, and notes that never stand on a page of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from finsam_xl.report.annual_blocks import GAP, Block, Item, item_height
from finsam_xl.report.budget_sheet import HEADING, ROW, SECTION_HEIGHT, BudgetSheet

_CONTINUED = ", forts."
_NOTE_ROWS = 3
_SMALLER = 1.2
"""How much higher than a page a sheet may be that is printed smaller, on one page."""


def on_paper(new: Callable[[], BudgetSheet], draw: Callable[[BudgetSheet], bool]) -> BudgetSheet:
    """A sheet drawn so that no page is nearly empty, and its notes stand with what they are about.

    ``draw`` draws a ``new`` sheet and tells whether the notes came to stand alone. A sheet
    hardly higher than a page is printed on one; of others the pages keep room for the notes.
    """
    sheet = new()
    is_alone = draw(sheet)
    is_low = sum(sheet.canvas.heights.values()) <= _SMALLER * sheet.page
    if sheet.pages == 1 or not (is_alone or is_low):
        return sheet
    again = new()
    if is_low:
        again.one_page = True
    else:
        again.reserve = sheet.notes_height()
    draw(again)
    return again


def flowed(block: Block, width: float, page: float) -> list[list[Block]]:
    """A block in as many pieces as it needs, two to a page, as even as its sections allow."""
    room = page - SECTION_HEIGHT - HEADING - GAP - _NOTE_ROWS * ROW * len(block.notes)
    groups = list(_groups(block.items, width, room))
    sizes = [sum(item_height(item, width) for item in group) for group in groups]
    targets = [total for total in accumulate(sizes) if total <= room]
    target = next((t for t in targets if len(_columns(sizes, t)) <= 2), room)
    pieces: list[Block] = []
    for members in _columns(sizes, target):
        items = tuple(item for number in members for item in groups[number])
        title = block.title + _CONTINUED if pieces else block.title
        pieces.append(block._replace(title=title, items=items, notes=()))
    pieces[-1] = pieces[-1]._replace(notes=block.notes)
    return [pieces[start : start + 2] for start in range(0, len(pieces), 2)]


def _groups(items: Sequence[Item], width: float, room: float) -> Iterator[list[Item]]:
    """Rows that stay together: a section with its lines, in parts if it is higher than a page."""
    group: list[Item] = []
    for item in items:
        begins = item.is_section and not (group and group[-1].is_section)
        height = sum(item_height(one, width) for one in (*group, item))
        if group and (begins or height > room):
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def _columns(sizes: Sequence[float], target: float) -> list[list[int]]:
    """The groups in columns no higher than ``target``, unless a group alone is."""
    columns: list[list[int]] = [[]]
    used = 0.0
    for number, size in enumerate(sizes):
        if columns[-1] and used + size > target:
            columns.append([])
            used = 0.0
        columns[-1].append(number)
        used += size
    return columns
