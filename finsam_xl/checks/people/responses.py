"""Response rates: the association's against those of its platforms, and each by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.checks.material import Material
from finsam_xl.checks.people.kin import ANSWERS
from finsam_xl.checks.people.printed import cut_off, no_number, said, shortened, span
from finsam_xl.checks.people.rows import Facts, association
from finsam_xl.checks.people.wholes import (
    Part,
    Parts,
    is_share,
    known,
    persons,
    share_of,
    solve,
    together,
)
from finsam_xl.checks.related import distinct, find_unit, lines, listed, placed, same_period
from finsam_xl.findings import tell
from finsam_xl.model import Finding
from finsam_xl.model_counts import CountRow, Counts, Figure
from finsam_xl.money import swedish


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """Every table of response rates."""
    wholes = association(materials)
    platforms = placed(materials, "platforms")
    for table in placed(materials, "responses"):
        near = [one for one in platforms if same_period(one.period, table.period)]
        if near:
            yield from _impossible(table, near[0])
        total = next((row for row in table.rows if row.role == "total"), None)
        if total is None:
            continue
        for field in total.figures:
            yield from _outside(table, total, field)
        facts = [one for one in wholes if same_period(one.table.period, table.period)]
        if near and facts:
            yield from _answers(table, total, near[0], facts[0])


def _outside(table: Counts, total: CountRow, field: str) -> Iterator[Finding]:
    """A mean lies between its parts, and is 100 only if all parts are."""
    stated = total.figures.get(field)
    parts = [(row, row.figures[field]) for row in lines(table) if field in row.figures]
    if stated is None or len(parts) < 2 or len(parts) < len(lines(table)):
        return
    if not all(figure.is_percent for figure in (stated, *(figure for _, figure in parts))):
        return
    values = [figure.value for _, figure in parts]
    low, high = min(values), max(values)
    is_full = (stated.value == 100 and low < 100) or (stated.value == 0 and high > 0)
    if low <= stated.value <= high and not is_full:
        return
    apart = [(row, figure) for row, figure in parts if figure.value != stated.value]
    apart.sort(key=lambda pair: -abs(Fraction(pair[1].value - stated.value)))
    texts = [f"{row.label} {said(figure)}" for row, figure in apart[:2]]
    yield tell(
        "helhet-utanfor-delar",
        stated.ref,
        what=", ".join(filter(None, (total.label, table.headings.get(field)))),
        share=said(stated),
        parts=listed(texts),
        stated=Fraction(stated.value),
        calculated=f"{span(low, high)} %"
        if not is_full
        else f"mindre än {said(stated)}"
        if stated.value
        else "mer än 0",
        also=[figure.ref for _, figure in apart],
    )


def _answers(table: Counts, total: CountRow, platforms: Counts, facts: Facts) -> Iterator[Finding]:
    """Answers of all platforms together against those of the association."""
    stated = total.figures.get("participants")
    exits = persons(facts.number("exits"))
    found = list(_of_platforms(table, platforms))
    if stated is None or not stated.is_percent or not is_share(stated) or not exits:
        return
    expected = share_of(known(exits), stated)
    low, high = together(_loosely(parts["exits"], row) for row, parts in found)
    is_within = low <= expected.high and high >= expected.low
    if is_within or not found or len(found) < len(lines(table)):
        return
    yield tell(
        "svar-summa-avviker",
        stated.ref,
        row=total.label,
        share=said(stated),
        exits=swedish(exits),
        answers=span(expected.low, expected.high),
        given=span(low, high),
        stated=Fraction(stated.value),
        calculated=f"{span(low, high)} svar",
        also=[*(row.figures["participants"].ref for row, _ in found), *facts.refs("exits")],
    )


def _loosely(exits: Part, row: CountRow) -> Part:
    """How many may have answered if rates are cut off as well; one above 100 % does not say."""
    share = row.figures["participants"]
    return share_of(exits, share, loose=True) if is_share(share) else Part(0, exits.high, "blank")


def _of_platforms(table: Counts, platforms: Counts) -> Iterator[tuple[CountRow, Parts]]:
    """The rows of platforms with a rate, and what that and the platform's own row come to."""
    rows = lines(platforms)
    names = distinct([row.label for row in rows])
    for row in lines(table):
        share = row.figures.get("participants")
        index = find_unit(row.label, names)
        if share is None or index is None or not share.is_percent:
            continue
        parts = solve({**rows[index].figures, "answers": share}, ANSWERS)
        if parts:
            yield row, parts


def _impossible(table: Counts, platforms: Counts) -> Iterator[Finding]:
    """Answers of a platform's exits: another base often gives the share that is printed."""
    cut: list[tuple[Figure, str]] = []
    for row, parts in _of_platforms(table, platforms):
        cut += shortened(f"{row.label}, svar", parts["answers"])
        if parts["answers"].source == "impossible":
            share = row.figures["participants"]
            yield no_number(row.label, share, parts["exits"], parts["positive"])
    yield from cut_off(cut)
