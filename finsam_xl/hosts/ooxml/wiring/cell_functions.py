"""Our functions in cells of hers: put there, found wherever they are by now, and values again.

Hidden names say which cells have them: a name follows its cells when rows are inserted and
sheets renamed, and every program that saves the workbook keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from finsam_xl.address import a1, fixed, on_sheet
from finsam_xl.formulas.functions import calls_ours
from finsam_xl.formulas.references import references
from finsam_xl.hosts.ooxml.exceltables import own_texts
from finsam_xl.hosts.ooxml.sheetedit import NewCell, new_value, results_of_now, with_cells
from finsam_xl.hosts.ooxml.sheetpart import SheetPart
from finsam_xl.hosts.ooxml.strings import SharedStrings
from finsam_xl.hosts.ooxml.wiring.draft import Draft
from finsam_xl.hosts.ooxml.workbookpart import OwnName, WorkbookPart
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import CellError, SheetGrid, Value

Place = tuple[int, int]
NAME = "_finsam_funktioner_"
"""What the names of the cells begin with."""
_AREAS_IN_A_NAME = 60
"""More would be longer than a name may be, with the longest name of a sheet."""


class Filled(NamedTuple):
    """Sheet parts with functions in some cells, by sheet which, and whether Excel must calculate.

    ``blank``: how many of the cells held nothing; ``told``: what is said of those left alone.
    """

    parts: Mapping[str, bytes]
    places: Mapping[str, Sequence[Place]]
    blank: int = 0
    recalculates: bool = False
    told: tuple[str, ...] = ()


def add(draft: Draft, filled: Filled) -> None:
    """Put the sheet parts in, and the names of the cells."""
    for part, data in filled.parts.items():
        draft.put(part, data)
        draft.kept.add(part)
    if filled.recalculates:
        draft.workbook.recalculate_on_load()
    draft.workbook.set_names(list(_names(filled.places)))


def _names(places: Mapping[str, Sequence[Place]]) -> Iterator[OwnName]:
    number = 0
    for sheet, cells in places.items():
        areas = [on_sheet(sheet, fixed(area)) for area in _areas(cells)]
        for first in range(0, len(areas), _AREAS_IN_A_NAME):
            number += 1
            part = areas[first : first + _AREAS_IN_A_NAME]
            yield OwnName(f"{NAME}{number}", ",".join(part), hidden=True)


def _areas(cells: Iterable[Place]) -> Iterator[str]:
    """The cells as ranges down their columns."""
    ordered = enumerate(sorted(cells, key=lambda place: place[::-1]))
    for _, run in groupby(ordered, lambda one: (one[1][1], one[1][0] - one[0])):
        (_, first), *rest = run
        last = rest[-1][1] if rest else first
        yield a1(*first) if first == last else f"{a1(*first)}:{a1(*last)}"


def are_there(workbook: WorkbookPart) -> bool:
    """Whether the workbook has our functions in cells of hers."""
    return any(name.startswith(NAME) for name in workbook.names())


def remove(
    draft: Draft, sheets: Callable[[str], SheetGrid], unchanged: Container[str]
) -> list[str]:
    """Make what our functions show values again, in the cells that still have them.

    ``sheets``: a sheet's cells by its name; ``unchanged``: parts that come back as they were.
    Gives the cells that show errors, or whose values nobody saved or knows: they keep their
    functions, which alone say what it was.
    """
    wanted: dict[str, set[Place]] = {}
    for name, text in draft.workbook.names().items():
        for area in references(text, "", {}).areas if name.startswith(NAME) else ():
            cells = wanted.setdefault(area.sheet.lower(), set())
            cells |= {
                (row, column)
                for row in range(area.top, area.bottom + 1)
                for column in range(area.left, area.right + 1)
            }
    # On sheets of ours no names are needed to tell which are.
    for name in draft.workbook.owners():
        cells = {place for place, text in sheets(name).formulas.items() if calls_ours(text)}
        wanted |= {name.lower(): cells} if cells else {}
    texts = _texts(draft) if wanted else []
    left: list[str] = []
    for sheet in draft.workbook.sheets:
        cells = wanted.get(sheet.name.lower(), set())
        if wanted and sheet.part in draft and sheet.part not in unchanged:
            broken = _make_values(draft, sheet.part, cells, texts, sheets(sheet.name))
            left += (f"{sheet.name}!{a1(*place)}" for place in sorted(broken))
    return left


def _texts(draft: Draft) -> Sequence[str]:
    part = draft.workbook.other("sharedStrings")
    known = part is not None and part in draft
    return SharedStrings(part, draft.read(part)).texts if part and known else []


def _make_values(
    draft: Draft, part: str, cells: set[Place], texts: Sequence[str], grid: SheetGrid
) -> set[Place]:
    """Do so on one sheet; gives the cells without a value to keep."""
    sheet = SheetPart(part, draft.read(part), texts, lambda _: (False, "", True, False, 0))
    own = own_texts(sheet.formulas)
    ours = {place for place in cells if calls_ours(own.get(place, ""))}
    shown = {place: grid.cell(*place).value for place in ours}
    broken = {p for p, value in shown.items() if value is None or isinstance(value, CellError)}
    gone = ours - broken
    groups = {sheet.formulas[p].group for p in gone if sheet.formulas[p].kind == "shared"}
    new = {p: cell for p, cell in results_of_now(grid).items() if p in own}
    new |= {place: _value(shown[place])._replace(drops_formula=True) for place in gone}
    for place, formula in sheet.formulas.items():
        if place not in gone and formula.kind == "shared" and formula.group in groups:
            # The first of those that share a formula may be gone: each gets its own.
            new[place] = new_value(sheet.cells[place].value)._replace(formula=own[place])
    if new:
        draft.put(part, with_cells(sheet, new))
    for _, chain in draft.workbook.relations.targets("calcChain") if gone else ():
        # It names cells that have no formula any more; Excel makes it anew.
        draft.workbook.relations.remove_to(chain)
        draft.remove(chain)
    return broken


def _value(value: Value) -> NewCell:
    """What a function showed, as a value of the cell's own."""
    if isinstance(value, str) and not isinstance(value, CellError):
        return NewCell("inlineStr", value)
    return new_value(value)
