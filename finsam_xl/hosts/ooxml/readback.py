"""The new file read back before it takes the old one's place.

Every entry is unpacked, what was written is parsed as strictly as Excel does, and the
parts must lead to each other as they did. A fault that the workbook had before is not
held against the new one: only what would be lost or added counts.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import isclose
from typing import TYPE_CHECKING

from finsam_xl.address import a1
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml.package import part_key
from finsam_xl.hosts.ooxml.packageparts import ContentTypes, Relations, holes
from finsam_xl.hosts.ooxml.sheetpart import LONGEST_TEXT, Formula, SheetPart
from finsam_xl.hosts.ooxml.xmlspans import parser, run
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import BLANK, CellError, Cells, Value

if TYPE_CHECKING:
    from finsam_xl.hosts.ooxml.package import Package
    from finsam_xl.sheetplan import SheetPlan

_REMEDY = "Öppna arbetsboken i Excel, spara den där och kör igen."
_NOTHING = (None, "")
_SHOWN_DIGITS = 1e-12
_XML = (".xml", ".rels", ".vml")
_ANY_XML = ("application/xml", "text/xml")
_ONLY_XML = "customUI/"
"""Where the parts are that Excel itself says no more of than that they are XML."""
_POINTER = re.compile(r"http://\S*/officeDocument/(?:\d+/)?relationships (?!blip$)")


def failed(what: str, where: str) -> WorkbookError:
    """The error for a new file that is not what it was meant to be."""
    return WorkbookError(
        f"Den nya filen blev inte som den skulle: {what}. Inget är ändrat.",
        where=where,
        remedy=_REMEDY,
    )


@contextmanager
def reading() -> Iterator[None]:
    """Says of what cannot be read that it was the new file."""
    try:
        yield
    except WorkbookError as error:
        if error.remedy == _REMEDY:
            raise
        raise WorkbookError(
            f"Den nya filen gick inte att läsa tillbaka. {error.what} Inget är ändrat.",
            where=error.where,
            remedy=_REMEDY,
        ) from error


def check_parts(
    new: Package,
    old: Package,
    changed: Mapping[str, bytes],
    removed: frozenset[str],
    retyped: str = "",
) -> None:
    """Raise ``WorkbookError`` unless ``new`` is ``old`` with the changes and nothing else.

    ``retyped``: the part that may be something else than it was.
    """
    expected = (set(old.names) - removed) | set(changed)
    for name in sorted(expected.symmetric_difference(new.names)):
        raise failed("delar saknas eller har kommit till", name)
    for name in new.names:
        if name in changed:
            lost = _lost(new, name, _changed_pointers(new, name, changed[name]))
            if lost:
                lost -= _lost_pointers(old, name)
            for pointer in sorted(lost):
                raise failed(f"relationen {pointer} saknas", name)
        else:
            # Copied as it was: what cannot be unpacked was damaged already.
            new.try_out(name)
    for name, target in sorted(_loose_ends(new) - _loose_ends(old)):
        raise failed(f"{target} saknas", name)
    before, after = _types(old), _types(new)
    for name, kind in after.items():
        is_new = name not in before and name != ContentTypes.part and not name.endswith("/")
        is_new &= not name.startswith(_ONLY_XML)
        if (name != retyped and kind != before.get(name, kind)) or (is_new and not kind):
            raise failed("delen har inte rätt innehållstyp", name)


def _changed_pointers(new: Package, name: str, content: bytes) -> set[str]:
    """The relations that a part uses, which must be the part that was written."""
    try:
        written = new.read(name)
        used = _pointers(written, name) if name.endswith(_XML) else set[str]()
    except WorkbookError as error:
        raise failed("delen går inte att läsa", name) from error
    if written != content:
        raise failed("delen är inte den som skrevs", name)
    return used


def _lost_pointers(package: Package, name: str) -> set[str]:
    """The relations that a part uses and does not have."""
    if name not in package or not name.endswith(_XML):
        return set()
    try:
        used = _pointers(package.read(name), name)
    except WorkbookError:
        return set()
    return _lost(package, name, used)


def _lost(package: Package, name: str, used: set[str]) -> set[str]:
    """Those of the relations a part uses that it does not have."""
    relations = Relations(package, name)
    return {pointer for pointer in used if not relations.has(pointer)}


def _loose_ends(package: Package) -> set[tuple[str, str]]:
    """Relations to parts that are not there, and types told of such: where, and what."""
    known = {part_key(name) for name in package.names}
    types = ContentTypes(package)
    told = {(types.part, part) for part in types.parts if part_key(part) not in known}
    return holes(package) | told


def _types(package: Package) -> dict[str, str]:
    """What every part is said to be, '' where nothing tells more than that it is XML."""
    types = ContentTypes(package)
    told = {part_key(part): kind for part, kind in types.parts.items()}
    found = {}
    for name in package.names:
        extension = posixpath.basename(name).rpartition(".")[2].lower()
        kind = told.get(part_key(name)) or types.extensions.get(extension, "")
        found[name] = "" if kind in _ANY_XML else kind
    return found


def _pointers(data: bytes, part: str) -> set[str]:
    """The relations that a part points to by their ids."""
    found: set[str] = set()

    def gather(_name: str, attributes: dict[str, str]) -> None:
        if " " not in "".join(attributes):
            return  # most attributes have no namespace
        for name, value in attributes.items():
            if value and _POINTER.match(name):
                found.add(value)

    made = parser(part, namespaces=True)
    made.StartElementHandler = gather
    run(made, data, part)
    return found


class Meant(NamedTuple):
    """What a cell is to show; ``mark`` is its colour word, ``None`` where that is left alone.

    ``formula``: the text of a new one, '' for none at all, ``None`` where that is left alone.
    """

    value: Value
    mark: str | None
    formula: str | None = None


def check_sheets(names: Sequence[str], expected: Sequence[str]) -> None:
    """Raise ``WorkbookError`` unless the workbook has these sheets, in this order."""
    if list(names) != list(expected):
        raise failed("bladen är inte de som skulle finnas", ", ".join(names))


def check_cells(
    sheet: str, new: SheetPart, old: SheetPart, meant: Mapping[tuple[int, int], Meant]
) -> None:
    """Raise ``WorkbookError`` unless the cells are as before but for what was meant."""
    for place in old.cells.keys() | new.cells.keys() | meant.keys():
        cell, before = new.cells.get(place, BLANK), old.cells.get(place, BLANK)
        formulas = new.formulas.get(place), old.formulas.get(place)
        is_same = cell == before and type(cell.value) is type(before.value)
        if is_same and formulas[0] == formulas[1] and place not in meant:
            continue
        value, mark, formula = meant.get(place, Meant(before.value, None))
        right = (
            _same(cell.value, value)
            and (formulas[0] == formulas[1] if formula is None else _says(formulas[0], formula))
            and cell.mark == (before.mark if mark is None else mark)
        )
        if not right:
            raise failed("cellen visar inte det som skrevs", f"{sheet}!{a1(*place)}")


def _says(formula: Formula | None, text: str) -> bool:
    return formula is None if not text else formula is not None and formula.text == text


def _same(one: Value, other: Value) -> bool:
    """Whether two values are of a kind and equal; 1 is no truth value, and '#REF!' no text.

    An empty text is stored as a cell that shows nothing.
    """
    if one in _NOTHING and other in _NOTHING:
        return True
    kinds = [isinstance(one, kind) is isinstance(other, kind) for kind in (bool, CellError)]
    return one == other and all(kinds)


def check_report(sheet: str, cells: Cells, plan: SheetPlan) -> None:
    """Raise ``WorkbookError`` unless a report sheet holds what was drawn."""
    for drawn in plan.cells:
        value = cells.get((drawn.row, drawn.column), BLANK).value
        if not _shows(value, str(drawn.value) if drawn.link else drawn.value):
            raise failed(
                "cellen visar inte det som skrevs", f"{sheet}!{a1(drawn.row, drawn.column)}"
            )


def _shows(value: Value, drawn: float | str | None) -> bool:
    if isinstance(drawn, str):
        return _same(value, drawn[:LONGEST_TEXT])
    if drawn is None or value is None or isinstance(value, str):
        return value in _NOTHING and drawn is None
    return isclose(value, drawn, rel_tol=_SHOWN_DIGITS)
