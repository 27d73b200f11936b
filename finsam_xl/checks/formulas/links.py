"""Cells that show a cell of another sheet, and look at another year or column than they should.

What a column of links looks at is told by most of its rows. A link apart is told where the line it
shows also stands where the others look.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from string import digits

from finsam_xl.checks.formulas.sheet import FormulaSheet, Place
from finsam_xl.checks.formulas.sheet_years import heading_of, year_of
from finsam_xl.findings import tell
from finsam_xl.labels import normalise
from finsam_xl.model import Finding
from finsam_xl.money import exact
from finsam_xl.records import NamedTuple

_FEWEST = 3
_PLAIN = re.compile(r"\+?(?:'(?:[^']|'')+'|[^'!(+\-*/&]+)!\$?[A-Za-z]{1,3}\$?\d+")

Known = Mapping[str, FormulaSheet]
Line = tuple[str, str, int]
"""A sheet's name in lower case, and the column ('c') or row ('r') of it that links look along."""


class Link(NamedTuple):
    """A cell that shows a cell of another sheet, and where that is."""

    place: Place
    sheet: str
    at: Place

    @property
    def lines(self) -> tuple[Line, Line]:
        """The column and the row it looks at."""
        return (self.sheet, "c", self.at[1]), (self.sheet, "r", self.at[0])


def links(sheet: FormulaSheet, known: Known) -> Sequence[Link]:
    """The cells of a sheet that show a cell of another sheet, and do nothing else."""
    found: list[Link] = []
    for place, one in sheet.formulas.items():
        if "!" not in one.text or len(one.areas) != 1:
            continue
        area = one.areas[0]
        name = area.sheet.lower()
        if _PLAIN.fullmatch(one.text.strip()) and name in known and name != sheet.name.lower():
            found.append(Link(place, name, (area.top, area.left)))
    return found


def astray(sheet: FormulaSheet, known: Known) -> Iterator[Finding]:
    """Every link of a sheet that looks elsewhere than the others of its column."""
    columns: dict[int, list[Link]] = {}
    for one in links(sheet, known):
        columns.setdefault(one.place[1], []).append(one)
    for found in columns.values():
        times = Counter(line for one in found for line in one.lines)
        line, most = times.most_common(1)[0]
        usual = [one for one in found if line in one.lines]
        apart = [one for one in found if line not in one.lines]
        if most >= _FEWEST and 3 * len(apart) <= len(found):
            for one in (*apart, *_of_other_rows(sheet, known, (line, usual))):
                yield from _apart(sheet, known, one, (line, usual))
        elif len(found) == 1:
            yield from _alone(sheet, known, found[0])


# Links apart from their column ----------------------------------------------------------------


def _apart(
    sheet: FormulaSheet, known: Known, one: Link, others: tuple[Line, Sequence[Link]]
) -> Iterator[Finding]:
    """A link told of where what it should show is known."""
    line, usual = others
    at = _right_place(sheet, known, one, others)
    wanted = None if at is None else known[line[0]].number(at)
    shown = sheet.number(one.place)
    if at is None or wanted is None or shown is None or (line[0], at) == (one.sheet, one.at):
        return
    right, stands = known[line[0]].ref(at), known[one.sheet].ref(one.at)
    near = min(usual, key=lambda link: abs(link.place[0] - one.place[0]))
    is_column = line[1] == "c"
    along = right.cell.rstrip(digits) if is_column else str(at[0])
    yield tell(
        "lank-avviker",
        sheet.ref(one.place),
        "column" if is_column else "row",
        "mend",
        label=sheet.label(one.place),
        here=f"{stands.sheet}!{stands.cell}{_headed(known[one.sheet], one.at, one in usual)}",
        sheet=right.sheet,
        line=f"{along}{_headed(known[line[0]], at, one in usual)}",
        place=right.cell,
        near=sheet.ref(near.place).cell,
        stated=exact(shown),
        calculated=exact(wanted),
    )


def _of_other_rows(
    sheet: FormulaSheet, known: Known, others: tuple[Line, Sequence[Link]]
) -> Sequence[Link]:
    """Links that show a row of another name than their own, where nearly all show the same."""
    (name, axis, _), usual = others
    if axis == "r":
        return ()
    off = [
        one
        for one in usual
        if normalise(sheet.label(one.place)) != normalise(known[name].label(one.at))
    ]
    return off if len(off) < len(usual) - 1 and 3 * len(off) <= len(usual) else ()


def _right_place(
    sheet: FormulaSheet, known: Known, one: Link, others: tuple[Line, Sequence[Link]]
) -> Place | None:
    """What a link should show: of the same name, or at the same distance as beside it."""
    (name, axis, number), usual = others
    if axis == "r":
        at = (number, one.at[1])
        is_same = heading_of(known[name], at) == heading_of(known[one.sheet], one.at)
        return at if is_same and one.at[0] == number else None
    label = normalise(sheet.label(one.place))
    is_of_line = one in usual
    if label and (is_of_line or label == normalise(known[one.sheet].label(one.at))):
        rows = known[name].rows_named(number).get(label, ())
        return (rows[0], number) if len(rows) == 1 else None
    beside = [link for link in usual if abs(link.place[0] - one.place[0]) == 1]
    offsets = {link.at[0] - link.place[0] for link in beside}
    is_same = one.sheet == name and len(offsets) == 1 and one.at[0] - one.place[0] in offsets
    return (one.at[0], number) if is_same else None


def _headed(sheet: FormulaSheet, place: Place, by_row: bool) -> str:
    """What tells a place from that of another link: its row's name, or its column's heading."""
    name = sheet.label(place) if by_row else heading_of(sheet, place)
    return f" (”{name}”)" if name else ""


# Links alone among typed figures --------------------------------------------------------------


def _alone(sheet: FormulaSheet, known: Known, one: Link) -> Iterator[Finding]:
    """A line of another year's sheet among figures that are typed."""
    other = known[one.sheet]
    own, shown = year_of(sheet, one.place), year_of(other, one.at)
    label = normalise(sheet.label(one.place))
    if (
        own is None
        or shown is None
        or own == shown
        or not label
        or label != normalise(other.label(one.at))
        or not _is_among_typed(sheet, one.place)
    ):
        return
    value = sheet.number(one.place)
    source = other.ref(one.at)
    yield tell(
        "lank-fel-ar",
        sheet.ref(one.place),
        label=sheet.label(one.place),
        year=own,
        place=f"{source.sheet}!{source.cell}",
        other=shown,
        stated=None if value is None else exact(value),
        also=[source],
    )


def _is_among_typed(sheet: FormulaSheet, place: Place) -> bool:
    """Whether typed figures stand on both sides of a cell, or above and below it."""
    row, column = place
    ways = (((row - 1, column), (row + 1, column)), ((row, column - 1), (row, column + 1)))
    return any(all(sheet.typed(at) is not None for at in way) for way in ways)
