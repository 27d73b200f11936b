"""Response rates: the association's against those of its platforms, and each by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.checks.material import Material
from finsam_xl.checks.people.platform_rows import Parts, parts_of
from finsam_xl.checks.people.printed import (
    Cut,
    around,
    behind,
    counted,
    cut_off,
    loosely,
    said,
    span,
    whole,
)
from finsam_xl.checks.people.rows import Facts, association
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
    exits = whole(facts.number("exits"))
    spans = [
        (share, loosely(share, parts["exits"].low))
        for _, share, parts in _of_platforms(table, platforms)
    ]
    if stated is None or not exits or len(spans) < len(lines(table)) or not spans:
        return
    if not stated.is_percent:
        return
    found = behind(stated, exits)
    expected = found.counts if found.how == "rounded" else loosely(stated, exits)
    low = sum(counts[0] for _, counts in spans)
    high = sum(counts[-1] for _, counts in spans)
    if not expected or (low <= expected[-1] and high >= expected[0]):
        return
    yield tell(
        "svar-summa-avviker",
        stated.ref,
        row=total.label,
        share=said(stated),
        exits=swedish(exits),
        answers=span(expected[0], expected[-1]),
        given=span(low, high),
        stated=Fraction(stated.value),
        calculated=f"{span(low, high)} svar",
        also=[*(figure.ref for figure, _ in spans), *facts.refs("exits")],
    )


def _of_platforms(table: Counts, platforms: Counts) -> Iterator[tuple[CountRow, Figure, Parts]]:
    """The rows of platforms with their rate, and what the platform's own row comes to."""
    rows = lines(platforms)
    names = distinct([row.label for row in rows])
    for row in lines(table):
        share = row.figures.get("participants")
        index = find_unit(row.label, names)
        if share is None or index is None or not share.is_percent:
            continue
        parts = parts_of(rows[index])
        if parts:
            yield row, share, parts


def _impossible(table: Counts, platforms: Counts) -> Iterator[Finding]:
    """Answers of a platform's exits: another base often gives the share that is printed."""
    cut: list[Cut] = []
    for row, share, parts in _of_platforms(table, platforms):
        base = parts["exits"].only
        if not base:
            continue
        found = behind(share, base)
        if found.how == "cut":
            text = f"{row.label}, svar {said(share)} ({counted(found.counts[0], base)})"
            cut.append(Cut(share, text))
        elif found.how == "none" and share.value:
            yield _impossible_answers(row, share, base, parts)
    yield from cut_off(cut)


def _impossible_answers(row: CountRow, share: Figure, base: int, parts: Parts) -> Finding:
    positive = parts["positive"].only
    fit = behind(share, positive).counts if positive else range(0)
    is_other = bool(fit and positive)
    exits = parts["exits"].figure
    return tell(
        "procent-omojlig",
        share.ref,
        "answers",
        "positive" if is_other else "mend",
        what=row.label,
        share=said(share),
        base=swedish(base),
        near=around(share, base),
        fits=counted(fit[0], positive or 0) if is_other else "",
        stated=Fraction(share.value),
        also=[exits.ref] if exits else [],
    )
