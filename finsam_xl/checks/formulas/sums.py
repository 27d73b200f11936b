"""Sums that count twice or leave out a column, and references to cells that are gone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

from finsam_xl.checks.formulas.sheet import FormulaSheet, Place, first_of
from finsam_xl.checks.formulas.sheet_years import heading_of
from finsam_xl.checks.related import listed
from finsam_xl.findings import tell
from finsam_xl.formulas.blocks import Area
from finsam_xl.formulas.tokens import Kind, tokens
from finsam_xl.model import Finding
from finsam_xl.money import exact, trimmed
from finsam_xl.words.periods import MONTHS, TIMES

_BROKEN = "#REF!"
_FEWEST = 3
_MOST_ROWS = 400
_MOST_NAMED = 3
_TIMES = 2
_DIGITS = re.compile(r"\d+")


def folded(sheet: FormulaSheet, places: Sequence[Place]) -> list[list[Place]]:
    """Formulas that say the same of different rows or columns, put together."""
    found: dict[str, list[Place]] = {}
    for place in places:
        form = sheet.forms.get(place) or sheet.formulas[place].text
        found.setdefault(form, []).append(place)
    return list(found.values())


# References to what is gone -------------------------------------------------------------------


def broken(sheet: FormulaSheet) -> Iterator[Finding]:
    """An error per form of formula that looks at a cell that is no more."""
    places = [place for place, one in sheet.formulas.items() if _is_broken(one.text)]
    for first, *others in folded(sheet, places):
        also = [sheet.ref(place) for place in others]
        yield tell(
            "hanvisning-bruten",
            sheet.ref(first),
            "shown" if isinstance(sheet.value(first), str) else "hidden",
            "mend_all" if also else "mend",
            cells=first_of(also),
            stated=f"={sheet.formulas[first].text}",
            also=also,
        )


def _is_broken(text: str) -> bool:
    return _BROKEN in text.upper() and any(
        _BROKEN in part.upper() for kind, part in tokens(text) if kind != Kind.STRING
    )


# Subtotals counted twice ----------------------------------------------------------------------


def twice(sheet: FormulaSheet) -> Iterator[Finding]:
    """A warning per form of sum that adds lines and the subtotal of the same lines."""
    found: dict[Place, list[Place]] = {}
    sums = {place: one for place in sheet.shapes if (one := _own_column(sheet, place))}
    for place, whole in sums.items():
        rows = (row for area in whole for row in range(area.top, area.bottom + 1))
        added = ((row, place[1]) for row in rows if row != place[0])
        inside = [at for at in added if at in sums and _is_within(sums[at], whole)]
        if any(sheet.number(at) for at in inside):
            found[place] = inside
    for first, *others in folded(sheet, list(found)):
        subtotals = found[first]
        shown = sheet.number(first)
        extra = sum(exact(sheet.number(at) or 0) for at in subtotals)
        named = [f"{sheet.ref(at).cell} ”{sheet.label(at)}”" for at in subtotals[:_MOST_NAMED]]
        yield tell(
            "delsumma-dubbelt",
            sheet.ref(first),
            formula=f"={sheet.formulas[first].text}",
            subtotals=listed(named),
            extra=trimmed(extra),
            stated=None if shown is None else exact(shown),
            calculated=None if shown is None else exact(shown) - extra,
            also=[sheet.ref(place) for place in others],
        )


def _own_column(sheet: FormulaSheet, place: Place) -> tuple[Area, ...]:
    """The blocks of its own column that a formula adds, if that is all it does."""
    added = sheet.adds(sheet.formulas[place].text)
    areas = tuple(part.area for part in added if part.sign > 0)
    is_own = all(one.left == one.right == place[1] and sheet.is_here(one) for one in areas)
    rows = sum(one.bottom - one.top + 1 for one in areas)
    return areas if is_own and len(areas) == len(added) and 1 < rows <= _MOST_ROWS else ()


def _is_within(part: Sequence[Area], whole: Sequence[Area]) -> bool:
    """Whether everything that a sum adds is added by another."""
    return all(
        any(two.top <= one.top and one.bottom <= two.bottom for two in whole) for one in part
    )


# Hidden rows --------------------------------------------------------------------------------


def hidden_lines(sheet: FormulaSheet) -> Iterator[Finding]:
    """A note per hidden row whose amounts are added: what is seen does not add up to the sum."""
    added: dict[int, list[Place]] = {}
    for place in sheet.shapes if sheet.hidden else ():
        for area in _own_column(sheet, place):
            for row in sheet.hidden.intersection(range(area.top, area.bottom + 1)):
                if sheet.typed((row, place[1])):
                    added.setdefault(row, []).append((row, place[1]))
    for row, places in sorted(added.items()):
        first, *others = sorted(places)
        amount = exact(sheet.typed(first) or 0)
        yield tell(
            "dold-rad",
            sheet.ref(first),
            row=row,
            label=sheet.label(first),
            cell=sheet.ref(first).cell,
            stated=amount,
            also=[sheet.ref(place) for place in others],
        )


# Columns left out of all row sums -------------------------------------------------------------


def columns_left_out(sheet: FormulaSheet) -> Iterator[Finding]:
    """A warning where the sums of all rows leave out the column beside what they add."""
    rows: dict[tuple[str, int], list[Place]] = {}
    for place in sheet.shapes:
        rows.setdefault((sheet.forms[place], place[1]), []).append(place)
    for places in rows.values():
        block = _own_row(sheet, places[0])
        if block is None or len(places) < _FEWEST:
            continue
        first, *others = places
        for column, is_sure in _beside(sheet, block, places):
            yield tell(
                "summa-utelamnar-kolumn",
                sheet.ref(first),
                severity="warning" if is_sure else "info",
                heading=heading_of(sheet, (first[0], column)),
                place=sheet.ref((first[0], column)).cell,
                stated=f"={sheet.formulas[first].text}",
                also=[sheet.ref(place) for place in others],
            )


def _own_row(sheet: FormulaSheet, place: Place) -> Area | None:
    added = sheet.adds(sheet.formulas[place].text)
    if len(added) != 1 or added[0].sign < 0 or not sheet.is_here(added[0].area):
        return None
    area = added[0].area
    is_own = area.top == area.bottom == place[0] and area.right > area.left
    return area if is_own and not area.left <= place[1] <= area.right else None


def _beside(
    sheet: FormulaSheet, block: Area, places: Sequence[Place]
) -> Iterator[tuple[int, bool]]:
    """The columns next to what is added that look like part of it, and whether that is sure.

    It is where headings are of the same kind as all that is added, as months are.
    """
    row, own = places[0]
    inside = range(block.left, block.right + 1)
    kinds = {_kind(heading_of(sheet, (row, column))) for column in inside}
    for column in (block.left - 1, block.right + 1):
        heading = heading_of(sheet, (row, column)) if column > 0 and column != own else ""
        figures = [sheet.typed((at, column)) for at, _ in places]
        if not heading or sum(one is not None for one in figures) < _FEWEST:
            continue
        is_same = {_kind(heading)} == kinds
        if is_same or _is_like(sheet, places, column, inside):
            yield column, is_same


def _is_like(
    sheet: FormulaSheet, places: Sequence[Place], column: int, inside: Sequence[int]
) -> bool:
    """Whether a column has a total like those that are added, and figures as large as theirs."""
    rows = [row for row, _ in places]
    own = median(abs(sheet.number((row, column)) or 0) for row in rows)
    sizes = [median(abs(sheet.number((row, one)) or 0) for row in rows) for one in inside]
    below = (rows[-1] + 1, column)
    has_total = below in sheet.forms and all(
        sheet.forms.get((below[0], one)) == sheet.forms[below] for one in inside
    )
    is_text = not _DIGITS.search(heading_of(sheet, (rows[0], column)))
    return has_total and is_text and min(sizes) / _TIMES <= own <= _TIMES * max(sizes)


def _kind(heading: str) -> str:
    """What headings of months, or of numbered parts, have in common."""
    if any(vote.value in MONTHS for vote in TIMES.votes(heading)):
        return "month"
    without = _DIGITS.sub("#", heading.lower()).strip()
    return without if "#" in without else heading


def check(sheet: FormulaSheet) -> Iterator[Finding]:
    """Everything worth saying about the sums of a sheet."""
    yield from broken(sheet)
    yield from twice(sheet)
    yield from columns_left_out(sheet)
    yield from hidden_lines(sheet)
