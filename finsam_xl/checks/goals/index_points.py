"""Points and index of each area in printed index tables, against each other and the social budget.

A row's index is not its points, as in the other rows, or the possible points of an area count
indicators that were not measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from finsam_xl.checks.material import Material
from finsam_xl.checks.panels import Panel
from finsam_xl.checks.related import count_of, distinct, find_unit, listed, placed
from finsam_xl.findings import tell
from finsam_xl.labels import known_as
from finsam_xl.model import Finding, Judgement, Ref, UnitIndex
from finsam_xl.model_counts import CountRow, Counts
from finsam_xl.money import exact, round_half_away, swedish
from finsam_xl.records import NamedTuple

_FEWEST = 2


class _Points(NamedTuple):
    """What the social budget says of an area: its points, and what was not measured."""

    maximum: int
    unmeasured: tuple[Judgement, ...]

    @property
    def with_unmeasured(self) -> int:
        """The points with those that nobody could reach."""
        return self.maximum + sum(one.weight for one in self.unmeasured)


def check(material: Material, _panels: Sequence[Panel]) -> Iterator[Finding]:
    """Every printed table of points and index."""
    for table in placed([material], "impact_index"):
        yield from _index(table)
        yield from _unmeasured(table, material.units)


def _index(table: Counts) -> Iterator[Finding]:
    """Rows whose index is not theirs, where as many rows or more are right."""
    held, off = list[CountRow](), list[Finding]()
    for row in table.rows:
        achieved, maximum = count_of(row, "achieved"), count_of(row, "maximum")
        index = row.figures.get("index")
        if achieved is not None and maximum and achieved > maximum:
            yield _more(row)
        if index is None or achieved is None or not maximum or not 0 <= achieved <= maximum:
            continue
        gives = exact(round_half_away(100 * exact(achieved) / exact(maximum), index.decimals))
        if abs(gives - exact(index.value)) <= index.half_step:
            held.append(row)
            continue
        told = tell(
            "index-avviker",
            index.ref,
            "points",
            row=row.label,
            index=swedish(index.value, index.decimals),
            achieved=swedish(achieved),
            maximum=swedish(maximum),
            gives=swedish(gives, index.decimals),
            stated=exact(index.value),
            calculated=gives,
            also=[row.figures["achieved"].ref, row.figures["maximum"].ref],
        )
        off.append(told)
    if len(held) >= max(_FEWEST, len(off)):
        yield from off


def _more(row: CountRow) -> Finding:
    """More points than can be had."""
    achieved, maximum = row.figures["achieved"], row.figures["maximum"]
    return tell(
        "del-storre-an-helhet",
        achieved.ref,
        "count",
        row=row.label,
        stated=exact(achieved.value),
        calculated=exact(maximum.value),
        also=[maximum.ref],
    )


def _unmeasured(table: Counts, units: Sequence[UnitIndex]) -> Iterator[Finding]:
    """Areas, or units, whose possible points are those of every indicator, measured or not."""
    known = _areas(table, units)
    for row in table.rows:
        points = known.get(row.row)
        maximum = row.figures.get("maximum")
        if points is None or maximum is None or not points.unmeasured:
            continue
        if points.maximum != maximum.value == points.with_unmeasured:
            yield _told(row, maximum.ref, points)


def _areas(table: Counts, units: Sequence[UnitIndex]) -> Mapping[int, _Points]:
    """What is known of each row: of its area where the table is of one unit, else of its unit."""
    rows = [row for row in table.rows if row.role == "line" and row.label]
    own = _unit_of(table, units)
    found: dict[int, _Points] = {}
    if own is not None:
        areas = {known_as(area.name): area for area in own.areas}
        for row in rows:
            area = areas.get(known_as(row.label))
            if area is not None:
                inside = [j for j in own.judgements if j.indicator.area == area.name]
                found[row.row] = _Points(area.maximum, _not_measured(inside))
    if 2 * len(found) >= len(rows):
        return found
    names = distinct([unit.unit for unit in units])
    for row in rows:
        at = find_unit(row.label, names)
        if at is not None:
            found[row.row] = _Points(units[at].total.maximum, _not_measured(units[at].judgements))
    return found


def _unit_of(table: Counts, units: Sequence[UnitIndex]) -> UnitIndex | None:
    """The unit a table is of: the only one, or the one its titles name."""
    if len(units) == 1:
        return units[0]
    at = find_unit(" ".join(table.titles), distinct([unit.unit for unit in units]))
    return None if at is None else units[at]


def _not_measured(judgements: Sequence[Judgement]) -> tuple[Judgement, ...]:
    return tuple(one for one in judgements if one.reached is None)


def _told(row: CountRow, place: Ref, points: _Points) -> Finding:
    places = [
        one.indicator.places[field]
        for one in points.unmeasured
        for field in ("weight", "judged")
        if field in one.indicator.places
    ]
    return tell(
        "ej-matt-i-mojliga",
        place,
        "one" if len(points.unmeasured) == 1 else "several",
        "mend",
        row=row.label,
        indicators=listed([one.indicator.number for one in points.unmeasured]),
        stated=exact(points.with_unmeasured),
        calculated=exact(points.maximum),
        also=places,
    )
