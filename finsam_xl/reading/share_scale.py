"""How plain figures of shares are typed in a column: 0.85, or 85 under "Utfall %".

One figure alone does not tell: 0.5 is half, or half a per cent. The column does, by its heading
and by all of its shares together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
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
Shares = Mapping[int, Fraction]
"""The plain figures of a column that are shares, by row."""


def scales(
    sheet: SheetGrid,
    rows: Iterable[int],
    columns: Mapping[str, int],
    headings: Mapping[str, str],
) -> Scales:
    """The scale of the targets and outcomes of some rows, by field; none where none is plain."""
    kept = tuple(rows)
    saying = {field for field in columns if says_per_cent(headings.get(field, ""))}
    typed = {
        field: _shares(sheet, kept, columns, field, saying)
        for field in (*_TARGETS, *OUTCOMES)
        if field in columns
    }
    found: dict[str, Scale] = {}
    for field, shares in typed.items():
        across = OUTCOMES if field in _TARGETS else _TARGETS
        beside = [typed[other] for other in across if other in typed]
        scale = _scale(shares, beside, says=field in saying)
        if scale is not None:
            found[field] = scale
    return found


def _shares(
    sheet: SheetGrid,
    rows: Iterable[int],
    columns: Mapping[str, int],
    field: str,
    saying: AbstractSet[str],
) -> Shares:
    """The plain figures of a column that surely are shares; ``saying``: columns of per cent."""
    says = field in saying or (field in OUTCOMES and not saying.isdisjoint(_TARGETS))
    return {
        row: number
        for row in rows
        if (number := plain_figure(sheet.cell(row, columns[field]))) is not None
        and _is_share(sheet, row, columns, field, says=says)
    }


def _scale(shares: Shares, beside: Iterable[Shares], *, says: bool) -> Scale | None:
    """The scale of a column's shares; ``beside``: those that they are held against."""
    if not shares:
        return None
    if not all(map(_may_be_part, shares.values())):
        if says:
            return Scale.PER_CENT
        return Scale.MIXED if any(0 < one <= 1 for one in shares.values()) else None
    if not says or not any(shares.values()):
        return Scale.PARTS
    # 0.8 under "%" is 80 % or 0.8 %: it does not matter where target and outcome are alike.
    held = {row for others in beside for row in others}
    is_alike = all(_may_be_part(one) for others in beside for one in others.values())
    return Scale.PARTS if is_alike and shares.keys() <= held else Scale.MIXED


def _may_be_part(number: Fraction) -> bool:
    return 0 <= number <= 1


def plain_figure(cell: Cell) -> Fraction | None:
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
    base = base_of(field)
    return base in columns and not sheet.cell(row, columns[base]).is_blank


def base_of(field: str) -> str:
    """The field of what an outcome is of.

    >>> base_of("women_number")
    'women_base'
    """
    return f"{field.partition('_')[0]}_base"


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
