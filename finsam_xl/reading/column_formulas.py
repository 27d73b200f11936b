"""What the formulas of a column's cells say that it is calculated from, row by row.

>>> formulas = ("K6-J6", "K7-J7", "K8-J8")
>>> said = relation(0, formulas, {10: 1, 11: 2})
>>> said.how, said.of
(<How.DIFFERENCE: 'difference'>, ((2, 1), (1, -1)))
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from finsam_xl.formulas.addends import parts
from finsam_xl.formulas.blocks import Area
from finsam_xl.formulas.shapes import shape
from finsam_xl.reading.relations import How, Relation

_LEAST_SHARE = 2
"""A calculation must stand in at least every second of a column's formulas."""
_ANYWHERE = (1, 1)
_FORMS = (("(#-#)/#", How.CHANGE), ("#/#", How.QUOTIENT), ("#-#", How.DIFFERENCE))
_UNORDERED = {How.SUM, How.DIFFERENCE}
Terms = tuple[tuple[int, int], ...]
"""Columns of the sheet, each with 1 or -1."""


def relation(target: int, formulas: Sequence[str], columns: Mapping[int, int]) -> Relation | None:
    """The calculation that most of a column's formulas state.

    ``columns``: number on the sheet → index in the table. Formulas down a column say nothing.
    """
    told = [said for formula in formulas if formula and (said := _told(formula)) is not None]
    counted: Counter[tuple[How, Terms]] = Counter()
    for how, terms in told:
        if all(column in columns for column, _ in terms):
            counted[how, tuple(sorted(terms)) if how in _UNORDERED else terms] += 1
    if not counted:
        return None
    (how, terms), rows = _best(counted)
    if rows * _LEAST_SHARE < len(told):
        return None
    of = tuple((columns[column], sign) for column, sign in terms)
    if target in {column for column, _ in of}:
        return None
    turned = how is How.DIFFERENCE and _turned(terms) in {t for h, t in counted if h is how}
    ordered = tuple(sorted(of, key=lambda one: -one[1])) if how is How.DIFFERENCE else of
    return Relation(target, ordered, how, rows, turned, is_formula=True)


def _best(counted: Counter[tuple[How, Terms]]) -> tuple[tuple[How, Terms], int]:
    """The calculation of most rows; a difference counts with its turned form.

    Of the two forms the first that stands in the column is that of income.
    """
    rows = {
        (how, terms): count + (counted[how, _turned(terms)] if how is How.DIFFERENCE else 0)
        for (how, terms), count in counted.items()
    }
    best = max(rows, key=lambda one: rows[one])
    return best, rows[best]


def _turned(terms: Terms) -> Terms:
    return tuple((column, -sign) for column, sign in terms)


@lru_cache(maxsize=8192)
def _told(formula: str) -> tuple[How, Terms] | None:
    """The calculation across one row that a formula makes."""
    if parts(formula) is not None:
        return _added(formula)
    found = shape(formula.removeprefix("="), _ANYWHERE)
    areas = [reference.area for reference in found.references] if found else []
    if found is None or not areas or any(area.sheet for area in areas):
        return None
    rows = {row for area in areas for row in (area.top, area.bottom)}
    if len(rows) == 1:
        return _across(found.skeleton, areas)
    columns = {column for area in areas for column in (area.left, area.right)}
    is_share = found.skeleton.endswith("#/#") and len(areas) == 2 and len(columns) == 1
    return (How.SHARE, ((areas[0].left, 1),)) if is_share else None


def _added(formula: str) -> tuple[How, Terms] | None:
    """A sum or difference of cells of one row."""
    terms: list[tuple[int, int]] = []
    rows: set[int] = set()
    for part in parts(formula) or ():
        area = part.area
        rows |= {area.top, area.bottom}
        terms += ((column, part.sign) for column in range(area.left, area.right + 1))
    is_elsewhere = any(part.area.sheet for part in parts(formula) or ())
    if len(rows) != 1 or is_elsewhere or len(terms) < 2:
        return None
    if any(sign < 0 for _, sign in terms):
        return (How.DIFFERENCE, tuple(terms)) if len(terms) == 2 else None
    return How.SUM, tuple(terms)


def _across(skeleton: str, areas: Sequence[Area]) -> tuple[How, Terms] | None:
    """A calculation with cells of one row, whatever stands around it (IF, IFERROR, ROUND)."""
    if len(areas) == 1 and not areas[0].is_single and "SUM(#)" in skeleton:
        return How.SUM, tuple((n, 1) for n in range(areas[0].left, areas[0].right + 1))
    if not all(area.is_single for area in areas):
        return None
    columns = [area.left for area in areas]
    for form, how in _FORMS:
        at = skeleton.rfind(form)
        number = skeleton[:at].count("#")
        # An error in a formula (#REF!) looks like an address, and is none.
        if at >= 0 and number + 1 < len(columns):
            return how, ((columns[number], 1), (columns[number + 1], -1))
    return None
