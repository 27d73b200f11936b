"""Goals: the number of indicators per area, and gaps in the numbering."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from finsam_xl.checks.goals.index_tables import Block, blocks
from finsam_xl.checks.material import Material
from finsam_xl.checks.related import listed, placed, same_period
from finsam_xl.findings import tell
from finsam_xl.labels import split_number
from finsam_xl.model import Finding, Ref
from finsam_xl.model_counts import Counts, Figure
from finsam_xl.money import exact
from finsam_xl.records import NamedTuple

_AREA = re.compile(r"^(\d+)[.)]?\s+(\D.*)$")
_NUMBER = re.compile(r"^(\d{1,4}(?:\.\d{1,4})*)\.?(?:[-–\s].*)?$")


_FEWEST, _WIDEST = 3, 4


class _Gap(NamedTuple):
    """A jump in a series: the numbers above it, and those before and after the jump."""

    parent: tuple[int, ...]
    before: int
    after: int

    def named(self, number: int) -> str:
        """A number of the series in full."""
        return ".".join(map(str, (*self.parent, number)))


class _Area(NamedTuple):
    """A goal area in a list of goals: its name, and each goal's number of indicators."""

    name: str
    places: list[Ref]
    figures: list[Figure]


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """Lists of goals, and the indicators of social budgets."""
    found = blocks(materials)
    series: list[dict[str, Ref]] = []
    for table in placed(materials, "goals"):
        near = [one for one in found if same_period(one.table.period, table.period)]
        for area in _areas(table):
            yield from _against(area, near, _asked(materials, area.name))
        series.append(_numbers(table))
    for material in materials:
        for unit in material.units:
            named = {j.indicator.number: j.indicator.places["number"] for j in unit.judgements}
            series.append({n: ref._replace(file=material.file) for n, ref in named.items()})
    gaps: dict[_Gap, list[Ref]] = {}
    for numbers in series:
        for gap, place in _gaps(numbers):
            gaps.setdefault(gap, []).append(place)
    yield from _told(gaps)


def _areas(table: Counts) -> Iterator[_Area]:
    """Rows under a heading such as "1 Samordning" in the column of numbers."""
    area: _Area | None = None
    for row in table.rows:
        number = row.texts.get("number", "")
        heading = _AREA.match(number)
        if heading is not None or not _NUMBER.match(number):
            if area is not None and area.places:
                yield area
            area = _Area(heading.group(2), [], []) if heading else None
        elif area is not None:
            area.places.append(row.ref)
            figure = row.figures.get("indicators")
            if figure is not None:
                area.figures.append(figure)
    if area is not None and area.places:
        yield area


def _asked(materials: Sequence[Material], name: str) -> set[int]:
    """How many indicators an area has in the social budgets, those not measured included."""
    wanted = split_number(name)[1]
    return {
        sum(split_number(j.indicator.area)[1] == wanted for j in unit.judgements)
        for material in materials
        for unit in material.units
    }


def _against(area: _Area, near: Sequence[Block], asked: set[int]) -> Iterator[Finding]:
    """An area's goals and indicators against every index table that has the area."""
    own = [(one, row) for one in near if (row := one.area(area.name)) is not None]
    for field, number in (
        ("goals", Fraction(len(area.places))),
        ("indicators", sum((exact(f.value) for f in area.figures), Fraction(0))),
    ):
        stated = [(one, row.figures[field]) for one, row in own if field in row.figures]
        known = {exact(figure.value) for _, figure in stated}
        is_whole = field == "goals" or len(area.figures) == len(area.places)
        if not stated or not is_whole or number in known or number in asked:
            continue
        block, figure = stated[0]
        is_more = field == "indicators" and number > max(known) and not asked
        place = area.figures[0].ref if field == "indicators" else area.places[0]
        yield tell(
            "mal-antal-avviker",
            place,
            "indicators" if field == "indicators" else "goals",
            "unmeasured" if is_more else "mend",
            severity="info" if is_more else "warning",
            area=area.name,
            unit=block.unit,
            stated=number,
            calculated=exact(figure.value),
            also=[one.ref for _, one in stated],
        )


def _numbers(table: Counts) -> dict[str, Ref]:
    """Goal numbers of at least two parts ("1.2") with their places."""
    rows = [(row.texts.get("number", ""), row.ref) for row in table.rows]
    return {number: ref for number, ref in rows if _NUMBER.match(number) and "." in number}


def _gaps(numbers: Mapping[str, Ref]) -> Iterator[tuple[_Gap, Ref]]:
    """The gaps of every level, with the place of the number after the gap."""
    levels: dict[tuple[int, ...], dict[int, Ref]] = {}
    for number, ref in numbers.items():
        match = _NUMBER.match(number)
        parts = tuple(map(int, match.group(1).split("."))) if match else ()
        for depth in range(1, len(parts)):
            levels.setdefault(parts[:depth], {}).setdefault(parts[depth], ref)
    for parent, members in levels.items():
        known = sorted(members)
        for before, after in pairwise(known) if len(known) >= _FEWEST else ():
            if 1 < after - before <= _WIDEST:
                yield _Gap(parent, before, after), members[after]


def _told(gaps: Mapping[_Gap, Sequence[Ref]]) -> Iterator[Finding]:
    for gap, places in gaps.items():
        yield tell(
            "nummer-lucka",
            places[0],
            stated=f"{gap.named(gap.before)} till {gap.named(gap.after)}",
            calculated=listed([gap.named(one) for one in range(gap.before + 1, gap.after)]),
            also=places[1:],
        )
