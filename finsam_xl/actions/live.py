"""Cells with our functions: whether what is stored in them is what they give now.

Functions in cells are for working; figures that are sent on are stored values. A file may
hold results from before its data changed, or #NAMN? where Excel could not find the function.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from finsam_xl.address import a1
from finsam_xl.findings import tell
from finsam_xl.formulas.blocks import LAST_COLUMN
from finsam_xl.formulas.functions import calls_ours
from finsam_xl.formulas.tokens import tokens
from finsam_xl.formulas.tree import only_area
from finsam_xl.model import Finding, Ref
from finsam_xl.money import exact, swedish
from finsam_xl.sheets.grid import CellError, Grid, SheetGrid, Value

if TYPE_CHECKING:
    from finsam_xl import registry

_UNBOUND = ("#NAME?", "#NAMN?")
_LARGEST = 1_000_000
_CLOSE = 1e-9
_DECIMALS = 4


def check(grid: Grid, today: date) -> Iterator[Finding]:
    """What our functions' cells show, against what they give for the cells they point at."""
    unbound: list[Ref] = []
    for sheet in grid.sheets:
        if sheet.owner or (sheet.large and not sheet.is_read):
            continue
        for (row, column), formula in sheet.formulas.items():
            if not calls_ours(formula):
                continue
            shown = sheet.old.get((row, column), sheet.cell(row, column).value)
            ref = Ref.at(sheet.name, row, column)
            if isinstance(shown, CellError) and shown in _UNBOUND:
                unbound.append(ref)
            elif (row, column) in sheet.old:
                yield _is_old(ref, shown, sheet.cell(row, column).value)
            else:
                yield from _differs(grid, sheet, ref, formula, shown, today)
        yield from _built(sheet)
    if unbound:
        yield tell(
            "funktion-obunden",
            unbound[0],
            "one" if len(unbound) == 1 else "many",
            "rebind",
            count=len(unbound),
            stated="#NAMN?",
            also=unbound[1:],
        )


def result(grid: Grid, sheet: SheetGrid, formula: str, today: date) -> Value:
    """What a formula that is one of our functions gives as a cell holds it.

    ``None`` where that is not known: it does more, looks at what nobody knows, or spills.
    """
    rows = results(grid, sheet, formula, today)
    return rows[0][0] if [len(row) for row in rows] == [1] else None


def results(grid: Grid, sheet: SheetGrid, formula: str, today: date) -> list[list[Value]]:
    """What a formula that is one of our functions gives, row by row; nothing where not known."""
    from finsam_xl import registry

    answer = registry.evaluate(formula, lambda text: _read(grid, sheet, text), today=today)
    if answer is None:
        return []
    if any(given.kind is registry.ErrorKind.NAME for given in _errors(answer.rows)):
        return []
    return [[_held(given) for given in row] for row in answer.rows]


def _errors(rows: Iterable[Iterable[Any]]) -> Iterator[registry.CellError]:
    from finsam_xl import registry

    return (one for row in rows for one in row if isinstance(one, registry.CellError))


def _held(given: Any) -> Value:
    """A result as a cell holds it."""
    from finsam_xl import registry

    if isinstance(given, registry.CellError):
        return CellError(given.kind.english)
    if isinstance(given, float) and given.is_integer():
        return int(given)
    return "" if given is None else given


def _differs(
    grid: Grid, sheet: SheetGrid, ref: Ref, formula: str, shown: Any, today: date
) -> Iterator[Finding]:
    # The functions are loaded only for workbooks that use them.
    from finsam_xl import registry

    answer = registry.evaluate(formula, lambda text: _read(grid, sheet, text), today=today)
    if answer is None or shown is None:
        return
    live = answer.rows[0][0]
    if not _same(shown, live):
        yield _is_old(ref, shown, _held(live))


def _is_old(ref: Ref, shown: Value, now: Value) -> Finding:
    """A cell that shows what its function gave before; ``now`` is ``None`` where nobody knows."""
    from finsam_xl import registry

    error = registry.error_of(now) if isinstance(now, CellError) else None
    given = error.kind.swedish if error else now
    if isinstance(given, bool):
        given = "SANT" if given else "FALSKT"
    return tell(
        "levande-skiljer",
        ref,
        "unknown" if given is None else "other",
        "old",
        shown=_said(shown),
        given=_said(given),
        stated=str(shown) if isinstance(shown, str) else shown,
        calculated=given,
    )


def _built(sheet: SheetGrid) -> Iterator[Finding]:
    """The other formulas of a sheet that show what old results gave, told together."""
    texts = sheet.formulas
    places = [p for p in sheet.old if p in texts and not calls_ours(texts[p])]
    refs = [Ref.at(sheet.name, *place) for place in sorted(places)]
    if refs:
        yield tell(
            "levande-skiljer", refs[0], "formula" if len(refs) == 1 else "formulas",
            count=len(refs), also=refs[1:],
        )  # fmt: skip


def _said(value: Any) -> str:
    """A value as a Swedish reader sees it."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "tomt" if value in (None, "") else f"”{value}”"
    number = exact(value)
    return swedish(number, 0 if number.denominator == 1 else _DECIMALS)


def _read(grid: Grid, sheet: SheetGrid, text: str) -> Any:
    """What a reference, or the name of one, holds: one value or rows of values.

    Raises ``LookupError`` for what a formula spills, for whole rows, and for a formula whose
    value nobody knows.
    """
    named = grid.names.get(f"{sheet.name}!{text}".lower(), grid.names.get(text.lower()))
    area = only_area(tokens(text if named is None else named), sheet.name)
    if area is None or area.right == LAST_COLUMN:
        raise LookupError(text)
    name, top, left, bottom, right = area
    source = sheet if name == sheet.name else grid.sheet(name)
    last, width = min(bottom, max(source.height, top)), right - left + 1
    if (last - top + 1) * width > _LARGEST:
        raise LookupError(text)
    rows = [
        [_raw(source, row, column) for column in range(left, right + 1)]
        for row in range(top, last + 1)
    ]
    # As large as it is marked, so that ranges of unequal size are told apart.
    rows += [[None] * width] * (bottom - last)
    return rows if (top, left) != (bottom, right) or ":" in text else rows[0][0]


def _raw(sheet: SheetGrid, row: int, column: int) -> Any:
    cell = sheet.cell(row, column)
    if cell.is_unknown:
        raise LookupError(a1(row, column))
    value = cell.value
    return str(value) if isinstance(value, CellError) else value


def _same(shown: Any, live: Any) -> bool:
    """Whether a stored result is a given one; a blank answer is stored as an empty text."""
    if isinstance(shown, CellError):
        kind = getattr(live, "kind", None)
        return kind is not None and shown in (kind.english, kind.swedish)
    if live is None:
        return shown in ("", 0)
    if isinstance(shown, bool) or isinstance(live, bool):
        return shown is live
    if isinstance(shown, int | float) and isinstance(live, int | float):
        return abs(shown - live) <= _CLOSE * max(1.0, abs(shown), abs(live))
    return bool(shown == live)
