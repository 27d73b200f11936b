"""Long tables over halves and pages, and notes that never stand on a page of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from finsam_xl.records import NamedTuple
from finsam_xl.report.annual_blocks import GAP, Block, Half, Item, item_height, small_print_height
from finsam_xl.report.annual_tables import Annual
from finsam_xl.report.sheet import HEADING, SECTION_HEIGHT, KeyFigure, ReportSheet
from finsam_xl.sheetplan import SheetPlan

_CONTINUED = ", forts."
_SMALLER = 1.2
"""How much higher than a page a sheet may be that is printed smaller, on one page."""
_TOP = 20.0
"""The height of what stands at the top of every page."""
_MUCH = 0.5
"""How much of a page must be free for a long table to begin on it and go on on the next."""


class Report(NamedTuple):
    """A sheet of an annual report: its names, columns, unit and the spans of its key figures."""

    name: str
    owner: str
    title: str
    widths: Sequence[float]
    unit: str
    spans: Sequence[tuple[int, int]]


def on_paper(
    report: Report,
    annual: Annual,
    figures: Sequence[KeyFigure],
    notes: list[str],
    draw: Callable[[ReportSheet], None],
    answer: str,
) -> SheetPlan:
    """A sheet drawn so that no page is nearly empty, and its notes stand with what they are about.

    ``draw`` draws what stands between the key figures and the notes. A sheet
    hardly higher than a page is printed on one; of others the pages keep room for the notes.
    """

    def drawn(*, reserve: float = 0.0, one_page: bool = False) -> tuple[ReportSheet, bool]:
        sheet = ReportSheet(report.widths, report.unit, one_page=one_page)
        sheet.reserve = reserve
        sheet.tail = notes
        sheet.head(report.title, (annual.association, report.title), annual.run, answer)
        if any(label for label, *_ in figures):
            sheet.key_figures(report.spans, figures)
        draw(sheet)
        return sheet, sheet.notes()

    sheet, is_alone = drawn()
    if sheet.pages > 1:
        whole, _ = drawn(one_page=True)
        if sum(whole.canvas.heights.values()) <= _SMALLER * whole.page:
            sheet = whole
        elif is_alone:
            sheet, _ = drawn(reserve=sheet.notes_height())
    return sheet.plan(report.name, report.owner)


def used(sheet: ReportSheet) -> float:
    """How much of the page that is being drawn is taken; nothing where there is only one."""
    if sheet.one_page:
        return 0
    height = sum(sheet.canvas.heights.get(row, 0) for row in range(sheet.first_row, sheet.row))
    return height if sheet.pages > 1 else max(0, height - _TOP)


def spread(sheet: ReportSheet, sizes: Sequence[float]) -> Iterator[int]:
    """The numbers of what comes next, in order; pages are begun so that all are evenly filled.

    What stands on this page already counts, and no more pages than they need are begun.
    """
    pages = _spread([used(sheet), *sizes], sheet.page)
    for place, numbers in enumerate(pages):
        if place and not sheet.one_page:
            sheet.new_page()
        yield from (number - 1 for number in numbers if number)


def _spread(sizes: Sequence[float], room: float) -> list[list[int]]:
    fewest = len(_columns(sizes, room))
    totals = {sum(sizes[a:b]) for a in range(len(sizes)) for b in range(a + 1, len(sizes) + 1)}
    found = (_columns(sizes, total) for total in sorted(totals))
    return next(columns for columns in found if len(columns) <= fewest)


def flowed(sheet: ReportSheet, half: Half, block: Block) -> list[list[Block]]:
    """A block in as many pieces as it needs, two to a page, as even as its sections allow.

    ``half``: the narrower one, if they differ. It begins on the page that is being drawn
    if all has room there, or if that fills a page of which much is free.
    """
    over = SECTION_HEIGHT + HEADING + GAP
    room, free = sheet.page - over, sheet.page - used(sheet) - over
    width = sum(sheet.widths[half.first - 1 : half.labels])
    groups = list(_groups(block.items, width, room))
    sizes = [sum(item_height(item, width) for item in group) for group in groups]
    sizes[-1:] = [size + small_print_height(sheet, half, block) for size in sizes[-1:]]
    columns = _even(sizes, free)
    if len(columns) > 2:
        begun = _columns(sizes, free)[:2] if free > _MUCH * sheet.page else []
        there = sum(map(len, begun))
        rest = _even(sizes[there:], room)
        columns = [*begun, *([there + number for number in numbers] for numbers in rest)]
    pieces: list[Block] = []
    for members in columns:
        items = tuple(item for number in members for item in groups[number])
        title = block.title + _CONTINUED if pieces else block.title
        pieces.append(block._replace(title=title, items=items, notes=()))
    pieces[-1] = pieces[-1]._replace(notes=block.notes)
    return [pieces[start : start + 2] for start in range(0, len(pieces), 2)]


def _even(sizes: Sequence[float], room: float) -> list[list[int]]:
    """The groups in two columns as even as can be, or in more if those are too high."""
    targets = [total for total in accumulate(sizes) if total <= room]
    return _columns(sizes, next((t for t in targets if len(_columns(sizes, t)) <= 2), room))


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
