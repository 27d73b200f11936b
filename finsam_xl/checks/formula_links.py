"""Cells that show a cell of another sheet, and look at another year or column than they should.

What a column of links looks at is told by most of its rows. A link apart is told where the line it
shows also stands where the others look.

Codes: ``lank-avviker`` (a link to another column or sheet than those of its column),
``lank-fel-ar`` (the only link among typed figures, to the sheet of another year).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from finsam_xl.checks.formula_sheet import FormulaSheet, Place
from finsam_xl.checks.sheet_years import heading_of, year_of
from finsam_xl.labels import normalise
from finsam_xl.model import Finding, Ref
from finsam_xl.money import exact, trimmed
from finsam_xl.records import NamedTuple

_FEWEST = 3
_PLAIN = re.compile(r"\+?(?:'(?:[^']|'')+'|[^'!(+\-*/&]+)!\$?[A-Za-z]{1,3}\$?\d+")

Known = Mapping[str, FormulaSheet]
Source = tuple[str, int]
"""A sheet's name in lower case and a column of it."""


class Link(NamedTuple):
    """A cell that shows another sheet's cell, and that cell's row."""

    place: Place
    source: Source
    row: int


def links(sheet: FormulaSheet, known: Known) -> Sequence[Link]:
    """The cells of a sheet that show a cell of another sheet, and do nothing else."""
    found: list[Link] = []
    for place, one in sheet.formulas.items():
        if "!" not in one.text or len(one.areas) != 1:
            continue
        area = one.areas[0]
        name = area.sheet.lower()
        if _PLAIN.fullmatch(one.text.strip()) and name in known and name != sheet.name.lower():
            found.append(Link(place, (name, area.left), area.top))
    return found


def astray(sheet: FormulaSheet, known: Known) -> Iterator[Finding]:
    """Every link of a sheet that looks elsewhere than the others."""
    columns: dict[int, list[Link]] = {}
    for one in links(sheet, known):
        columns.setdefault(one.place[1], []).append(one)
    for found in columns.values():
        usual, times = Counter(one.source for one in found).most_common(1)[0]
        apart = [one for one in found if one.source != usual]
        if times >= _FEWEST and 3 * len(apart) <= len(found):
            for one in apart:
                yield from _apart(sheet, known, one, [o for o in found if o.source == usual])
        elif len(found) == 1:
            yield from _alone(sheet, known, found[0])


# Links apart from their column ----------------------------------------------------------------


def _apart(
    sheet: FormulaSheet, known: Known, one: Link, usual: Sequence[Link]
) -> Iterator[Finding]:
    """A link told of where what it should show is known."""
    (name, column), other = usual[0].source, known[usual[0].source[0]]
    row = _right_row(sheet, known, one, usual)
    wanted = None if row is None else other.number((row, column))
    if row is None or wanted is None:
        return
    right = other.ref((row, column))
    stands = known[one.source[0]].ref((one.row, one.source[1]))
    near = min(usual, key=lambda link: abs(link.place[0] - one.place[0]))
    shown = sheet.number(one.place)
    if shown is None:
        return
    yield Finding.at(
        sheet.ref(one.place),
        "warning",
        "lank-avviker",
        f"”{sheet.label(one.place)}” hämtas från {stands.sheet}!{stands.cell}"
        f"{_headed(known, one.source, one.row)}, men de andra raderna i kolumnen hämtas från "
        f"{right.sheet}, kolumn {_letter(right)}{_headed(known, (name, column), row)}. Där står "
        f"{_said(wanted)} ({right.cell}), inte {_said(shown)}. Rätta formeln om raden ska hämtas "
        f"som {sheet.ref(near.place).cell}.",
        stated=exact(shown),
        calculated=exact(wanted),
    )


def _right_row(sheet: FormulaSheet, known: Known, one: Link, usual: Sequence[Link]) -> int | None:
    """The row that a link should show: of the same name, or at the same distance as beside it."""
    name, other = usual[0].source[0], known[usual[0].source[0]]
    label = normalise(sheet.label(one.place))
    shown = normalise(known[one.source[0]].label((one.row, one.source[1])))
    column = usual[0].source[1]
    if label and label == shown:
        rows = [row for row, text in _labels(other, column).items() if text == label]
        return rows[0] if len(rows) == 1 else None
    offsets = {link.row - link.place[0] for link in usual if abs(link.place[0] - one.place[0]) == 1}
    is_same = one.source[0] == name and len(offsets) == 1
    return one.row if is_same and one.row - one.place[0] in offsets else None


def _labels(sheet: FormulaSheet, column: int) -> Mapping[int, str]:
    """The name of each row that has a figure in a column."""
    rows = (row for row, at in sheet.cells if at == column)
    return {
        row: normalise(sheet.label((row, column)))
        for row in rows
        if sheet.number((row, column)) is not None
    }


def _headed(known: Known, source: Source, row: int) -> str:
    heading = heading_of(known[source[0]], (row, source[1]))
    return f" (”{heading}”)" if heading else ""


def _letter(ref: Ref) -> str:
    return ref.cell.rstrip("0123456789")


def _said(value: float) -> str:
    return trimmed(exact(value))


# Links alone among typed figures --------------------------------------------------------------


def _alone(sheet: FormulaSheet, known: Known, one: Link) -> Iterator[Finding]:
    """A line of another year's sheet among figures that are typed."""
    other = known[one.source[0]]
    own, shown = year_of(sheet, one.place), year_of(other, (one.row, one.source[1]))
    label = normalise(sheet.label(one.place))
    if (
        own is None
        or shown is None
        or own == shown
        or not label
        or label != normalise(other.label((one.row, one.source[1])))
        or not _is_among_typed(sheet, one.place)
    ):
        return
    value = sheet.number(one.place)
    source = other.ref((one.row, one.source[1]))
    yield Finding.at(
        sheet.ref(one.place),
        "warning",
        "lank-fel-ar",
        f"”{sheet.label(one.place)}” gäller {own}, men talet hämtas från {source.sheet}!"
        f"{source.cell}, som gäller {shown}. Talen bredvid är inskrivna. Skriv in talet för {own}.",
        stated=None if value is None else exact(value),
        also=[source],
    )


def _is_among_typed(sheet: FormulaSheet, place: Place) -> bool:
    """Whether typed figures stand on both sides of a cell, or above and below it."""
    row, column = place
    ways = (((row - 1, column), (row + 1, column)), ((row, column - 1), (row, column + 1)))
    return any(all(sheet.typed(at) is not None for at in way) for way in ways)
