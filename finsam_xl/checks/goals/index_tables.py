"""The printed Impactindex against itself: platforms beside each other, ranks and overviews."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from finsam_xl.calc.impact_index import index, ranks
from finsam_xl.checks.material import Material
from finsam_xl.checks.related import count_of, distinct, find_unit, lines, placed, same_period
from finsam_xl.findings import tell
from finsam_xl.labels import normalise, split_number
from finsam_xl.model import Finding
from finsam_xl.model_counts import CountRow, Counts, Figure
from finsam_xl.money import as_written, exact, round_half_away
from finsam_xl.records import NamedTuple

_FEWEST_PEERS = 4
_LONGEST_RANK = 4


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """The Impactindex tables, their overview and the weights."""
    found = blocks(materials)
    yield from _peers(found, _counted_units(materials))
    for table in placed(materials, "index_overview"):
        near = [one for one in found if same_period(one.table.period, table.period)]
        yield from _ranks(table, near)
        yield from _overview(table, near)
    for table in placed(materials, "weights"):
        yield from _hundred(table, lines(table), ("ideal", "weight"))
    for one in found:
        yield from _hundred(one.table, lines(one.table), ("ideal", "share"))


def _counted_units(materials: Sequence[Material]) -> set[str]:
    """Units whose indicators are in the workbook: recomputing tells of their counts."""
    return {normalise(unit.unit) for material in materials for unit in material.units}


def _peers(found: Sequence[Block], counted: set[str]) -> Iterator[Finding]:
    """All platforms answer for the same indicators: one that alone differs is a slip."""
    platforms = [one for one in found if not one.is_association]
    areas: dict[str, list[tuple[Block, CountRow]]] = {}
    for one in platforms:
        for row in lines(one.table):
            if {"indicators", "maximum"} <= row.figures.keys():
                areas.setdefault(normalise(row.label), []).append((one, row))
    for rows in areas.values():
        common, most = Counter(row.figures["indicators"].value for _, row in rows).most_common(1)[0]
        apart = [pair for pair in rows if pair[1].figures["indicators"].value != common]
        if len(rows) < _FEWEST_PEERS or most < len(rows) - 1 or not apart:
            continue
        one, row = apart[0]
        if normalise(one.unit) not in counted and _same_maximum(row, rows):
            yield _alone(one, row, exact(common), most)


def _same_maximum(row: CountRow, rows: Sequence[tuple[Block, CountRow]]) -> bool:
    maxima = {other.figures["maximum"].value for _, other in rows}
    return maxima == {row.figures["maximum"].value}


def _alone(one: Block, row: CountRow, common: Fraction, most: int) -> Finding:
    stated = row.figures["indicators"]
    total = one.total.figures.get("indicators") if one.total else None
    return tell(
        "antal-indikatorer-sticker-ut",
        stated.ref,
        unit=one.unit,
        area=row.label,
        others=most,
        stated=exact(stated.value),
        calculated=common,
        also=[total.ref] if total else [],
    )


def _ranks(table: Counts, found: Sequence[Block]) -> Iterator[Finding]:
    """Numbers before the names in a list that is ranked by index."""
    listed = [
        (row, int(number), row.figures["all"])
        for row in lines(table)
        if 0 < len(number := split_number(row.label)[0]) <= _LONGEST_RANK and "all" in row.figures
    ]
    if [rank for _, rank, _ in listed] != list(range(1, len(listed) + 1)) or len(listed) < 2:
        return
    values = [_exact_index(row, figure, found) for row, _, figure in listed]
    right = ranks(values)
    for at, ((row, rank, figure), calculated) in enumerate(zip(listed, right, strict=True)):
        if calculated is None or rank == calculated:
            continue
        other = (
            next(i for i, value in enumerate(values) if value == values[at] and i != at)
            if values.count(values[at]) > 1
            else None
        )
        yield _rank(row, rank, calculated, figure, None if other is None else listed[other][0])


def _rank(
    row: CountRow, rank: int, calculated: int, figure: Figure, twin: CountRow | None
) -> Finding:
    name = split_number(row.label)[1]
    shown = row.label[row.label.lower().find(name[:1]) :] if name else row.label
    return tell(
        "rang-delad" if twin is not None and rank > calculated else "rang-avviker",
        row.ref,
        name=shown,
        value=as_written(figure.value),
        twin=twin.label if twin else "",
        stated=Fraction(rank),
        calculated=Fraction(calculated),
        also=[figure.ref, *([twin.ref] if twin else [])],
    )


def _exact_index(row: CountRow, figure: Figure, found: Sequence[Block]) -> Fraction:
    """The index from the unit's points, unless they print as another: then as it is printed."""
    block = find_block(row.label, found)
    index = block.index_of(block.total) if block and block.total else None
    if index is not None and exact(round_half_away(index, figure.decimals)) == figure.value:
        return index
    return exact(figure.value)


def _overview(table: Counts, found: Sequence[Block]) -> Iterator[Finding]:
    """Each index in the overview against the points in the unit's own table."""
    for row in table.rows:
        block = find_block(row.label, found)
        if block is None:
            continue
        areas: Mapping[str, CountRow | None] = {
            "all": block.total,
            **{f"area{number}": one for number, one in enumerate(lines(block.table), 1)},
        }
        for field, figure in row.figures.items():
            own = areas.get(field)
            index = block.index_of(own)
            if own is None or index is None:
                continue
            calculated = exact(round_half_away(index, figure.decimals))
            if calculated != figure.value:
                yield tell(
                    "oversikt-avviker",
                    figure.ref,
                    unit=block.unit,
                    row=own.label,
                    index=as_written(figure.value),
                    gives=as_written(calculated),
                    stated=exact(figure.value),
                    calculated=calculated,
                    also=[own.figures["achieved"].ref, own.figures["maximum"].ref],
                )


def _hundred(table: Counts, rows: Sequence[CountRow], fields: Sequence[str]) -> Iterator[Finding]:
    """Weights are parts of a whole: 100 % together, give or take their rounding."""
    for field in fields:
        found = [row.figures[field] for row in rows if field in row.figures]
        if len(found) < max(2, len(rows)):
            continue
        together = sum((exact(figure.value) for figure in found), Fraction(0))
        if abs(together - 100) > sum(figure.half_step for figure in found):
            yield tell(
                "viktning-summa",
                found[0].ref,
                column=table.headings.get(field, ""),
                together=f"{as_written(together)}\u00a0%",
                stated=together,
                calculated=Fraction(100),
                also=[figure.ref for figure in found[1:]],
            )


_ASSOCIATION = "förbund"


class Block(NamedTuple):
    """One unit's table: its name, whether it is the association, its total row."""

    unit: str
    is_association: bool
    table: Counts
    total: CountRow | None

    def area(self, name: str) -> CountRow | None:
        """The row of a goal area, by its name without number."""
        wanted = split_number(name)[1]
        return next(
            (row for row in lines(self.table) if split_number(row.label)[1] == wanted), None
        )

    def index_of(self, row: CountRow | None) -> Fraction | None:
        """The index that a row's points give."""
        if row is None:
            return None
        achieved, maximum = count_of(row, "achieved"), count_of(row, "maximum")
        if achieved is None or not maximum or not 0 <= achieved <= maximum:
            return None
        return index([achieved, maximum - achieved], [True, False])


def blocks(materials: Iterable[Material]) -> list[Block]:
    """All Impactindex tables that name a unit."""
    return [
        Block(
            table.titles[0],
            _ASSOCIATION in normalise(table.titles[0]),
            table,
            next((row for row in table.rows if row.role == "total"), None),
        )
        for table in placed(materials, "impact_index")
        if table.titles
    ]


def find_block(text: str, found: Sequence[Block]) -> Block | None:
    """The unit that a text names; the association where it speaks of "förbundet"."""
    platforms = [one for one in found if not one.is_association]
    at = find_unit(text, distinct([one.unit for one in platforms]))
    if at is not None:
        return platforms[at]
    wholes = [one for one in found if one.is_association]
    is_whole = _ASSOCIATION in normalise(text)
    return wholes[0] if is_whole and len(wholes) == 1 else None
