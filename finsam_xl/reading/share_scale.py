"""How plain figures of shares are typed in a column: 0.85, or 85 under "Utfall %".

One figure alone does not tell: 0.5 is half, or half a per cent. The column does, by its heading
and by all of its shares together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum, unique
from fractions import Fraction
from types import MappingProxyType

from finsam_xl.money import exact
from finsam_xl.reading.targets import IN_PER_CENT, is_bare, of_a_share, parse_rule, typed_figure
from finsam_xl.sheets.grid import Cell, SheetGrid
from finsam_xl.words.scenarios import says_per_cent

_TARGETS = ("rule", "limit")
OUTCOMES = ("total_number", "women_number", "men_number")
_WHOLE = 100


@unique
class Scale(StrEnum):
    """What plain figures of shares are in a column."""

    PARTS = "parts"
    PER_CENT = "per_cent"
    MIXED = "mixed"


Scales = Mapping[str, Scale]
NONE: Scales = MappingProxyType({})


def scales(
    sheet: SheetGrid,
    rows: Iterable[int],
    columns: Mapping[str, int],
    headings: Mapping[str, str],
) -> Scales:
    """The scale of the targets and outcomes of some rows, by field; none where none is plain."""
    found: dict[str, Scale] = {}
    kept = tuple(rows)
    for field in (*_TARGETS, *OUTCOMES):
        if field in columns:
            says = says_per_cent(headings.get(field, ""))
            plain = [
                number
                for row in kept
                if (number := _plain(sheet.cell(row, columns[field]))) is not None
                and _is_share(sheet, row, columns, field, says=says)
            ]
            scale = _scale(plain, says=says)
            if scale is not None:
                found[field] = scale
    return found


def _scale(plain: list[Fraction], *, says: bool) -> Scale | None:
    if not plain:
        return None
    if all(0 <= one <= 1 for one in plain):
        return Scale.PARTS
    if says:
        return Scale.PER_CENT
    return Scale.MIXED if any(0 < one <= 1 for one in plain) else None


def _plain(cell: Cell) -> Fraction | None:
    """The figure of a cell, or of the rule in its words, that says no unit."""
    if cell.percent or isinstance(cell.value, bool | None):
        return None
    return typed_figure(cell.value) if isinstance(cell.value, str) else exact(cell.value)


def _is_share(
    sheet: SheetGrid, row: int, columns: Mapping[str, int], field: str, *, says: bool
) -> bool:
    """Whether a row's target, or its outcome, surely is a share.

    ``says``: the heading says per cent, so that a target need not say what is measured.
    """
    text, limit = _target(sheet, row, columns)
    rule = parse_rule(text, None)
    may_be = rule is None or rule.kind in IN_PER_CENT
    if field in _TARGETS:
        return may_be and (says or (rule is not None and not is_bare(text, limit)))
    if _is_counted(sheet, row, columns, field):
        return False
    return of_a_share(text, limit) or (says and may_be)


def _target(sheet: SheetGrid, row: int, columns: Mapping[str, int]) -> tuple[str, Cell]:
    texts = (sheet.cell(row, columns[name]) for name in ("rule", "limit") if name in columns)
    text = next((str(c.value) for c in texts if isinstance(c.value, str) and c.value), "")
    return text, sheet.cell(row, columns["limit"]) if "limit" in columns else Cell()


def _is_counted(sheet: SheetGrid, row: int, columns: Mapping[str, int], field: str) -> bool:
    """Whether a base stands beside an outcome, so that it is a count."""
    base = f"{field.partition('_')[0]}_base"
    return base in columns and not sheet.cell(row, columns[base]).is_blank


def share(number: Fraction, scale: Scale | None) -> Fraction | None:
    """A plain figure of a share in per cent; ``None`` where it may be a count, or another share.

    >>> share(Fraction(17, 20), Scale.PARTS), share(Fraction(1, 2), Scale.PER_CENT)
    (Fraction(85, 1), Fraction(1, 2))
    >>> share(Fraction(1, 2), Scale.MIXED), share(Fraction(85), None)
    (None, None)
    """
    if scale is Scale.PARTS:
        return _WHOLE * number
    return number if scale is Scale.PER_CENT else None
