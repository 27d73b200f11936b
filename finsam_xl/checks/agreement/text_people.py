"""Figures about participants in running text against the tables of the same year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.checks.material import Material
from finsam_xl.checks.people.kin import PART_OF, PLATFORM
from finsam_xl.checks.people.printed import counted, cut_down, said, span
from finsam_xl.checks.people.rows import Facts, association
from finsam_xl.checks.people.wholes import Of, fits, solve
from finsam_xl.checks.related import distinct, find_unit, lines, listed, placed, same_period
from finsam_xl.checks.stated import Said, figures, is_neutral, is_plain
from finsam_xl.findings import tell
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import Known
from finsam_xl.model_counts import CountRow, Counts, Figure
from finsam_xl.money import exact, swedish
from finsam_xl.records import NamedTuple


class _Miss(NamedTuple):
    """A text's figure that a platform's row does not have."""

    said: Said
    figure: Figure


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """Every figure in running text whose words tell what it is."""
    wholes = association(materials)
    platforms = placed(materials, "platforms")
    misses: dict[Ref, tuple[CountRow, list[_Miss]]] = {}
    for one in figures(placed(materials, "text_figures")):
        table = next((t for t in platforms if same_period(t.period, one.period)), None)
        row = _row(one, table)
        if table is not None and one.extreme:
            if is_plain(one) and is_neutral(one) and not one.sex:
                yield from _extreme(one, table)
        elif row is not None:
            miss = _platform(one, row)
            if miss is not None:
                misses.setdefault(row.ref, (row, []))[1].append(miss)
        elif is_neutral(one) and is_plain(one) and not one.extreme:
            whole = next((w for w in wholes if same_period(w.table.period, one.period)), None)
            if whole is not None:
                yield from _whole(one, whole)
    for row, found in misses.values():
        yield _about_platform(row, found)


def _row(one: Said, table: Counts | None) -> CountRow | None:
    """The platform that the label or the section names."""
    if table is None:
        return None
    rows = lines(table)
    names = distinct([row.label for row in rows])
    index = find_unit(one.place, names)
    return rows[index] if index is not None and is_plain(one, names[index]) else None


def _platform(one: Said, row: CountRow) -> _Miss | None:
    """A share of a platform that the table prints otherwise."""
    field = f"{one.concept}_women" if one.sex == "women" else one.concept
    figure = row.figures.get(field)
    if figure is None or one.sex == "men" or figure.is_percent != one.figure.is_percent:
        return None
    coarse = max(figure.half_step, one.figure.half_step)
    is_same = figure.decimals == one.figure.decimals
    apart = abs(Fraction(figure.value - one.figure.value))
    return _Miss(one, figure) if apart > (0 if is_same else coarse) else None


def _about_platform(row: CountRow, found: Sequence[_Miss]) -> Finding:
    pairs = [
        f"”{miss.said.row.label}” {_shown(miss.said.figure)} mot {_shown(miss.figure)}"
        for miss in found
    ]
    first = found[0]
    return tell(
        "text-avviker",
        first.said.figure.ref,
        "row",
        "look",
        unit=row.label,
        pairs=listed(pairs),
        stated=Fraction(first.said.figure.value),
        calculated=Fraction(first.figure.value),
        also=[
            *(miss.said.figure.ref for miss in found[1:]),
            *(miss.figure.ref for miss in found),
        ],
    )


def _extreme(one: Said, table: Counts) -> Iterator[Finding]:
    """The lowest or highest of the platforms, as a share or as a number."""
    rows = lines(table)
    parts = {row.label: found for row in rows if (found := solve(row.figures, PLATFORM))}
    shares = [(row.label, f) for row in rows if (f := row.figures.get(one.concept))]
    if one.concept not in PLATFORM.of and one.concept != "exits":
        return
    if one.figure.is_percent:
        known = [(name, Fraction(f.value), f.ref) for name, f in shares if f.is_percent]
    else:
        known = [
            (name, Fraction(number), part.figure.ref)
            for name, found in parts.items()
            if (part := found[one.concept]).figure and (number := part.only) is not None
        ]
    if len(known) < 2:
        return
    pick = min if one.extreme == "lägsta" else max
    name, value, place = pick(known, key=lambda item: item[1])
    if value != one.figure.value:
        yield tell(
            "text-avviker",
            one.figure.ref,
            "extreme",
            "mend",
            label=one.row.label,
            said=_shown(one.figure),
            unit=name,
            listed=swedish(value, 0, "%" if one.figure.is_percent else ""),
            stated=Fraction(one.figure.value),
            calculated=value,
            also=[place],
        )


def _whole(one: Said, whole: Facts) -> Iterator[Finding]:
    column = one.sex or "all"
    if not one.figure.is_percent:
        number = whole.number(one.concept, column)
        if number is not None and number != one.figure.value:
            yield _other_number(one, number, whole.refs(one.concept, column))
        return
    of = _share_of(one, whole)
    if of is None:
        return
    refs = whole.refs("exits" if one.concept == "turnover" else one.concept, column)
    how = fits(one.figure, of)
    if how == "cut":
        yield cut_down(f"”{one.row.label}”", one.figure, of, refs)
    elif how == "impossible":
        yield _other_share(one, of, refs, _same_number(one, whole))


def _other_share(one: Said, of: Of, refs: Sequence[Ref], same: str) -> Finding:
    """``same``: the row whose count is the same number, '' for none."""
    return tell(
        "text-avviker",
        one.figure.ref,
        "share",
        "confused" if same else "share_mend",
        label=one.row.label,
        said=said(one.figure),
        counted=counted(of),
        number=swedish(one.figure.value),
        row=same,
        stated=exact(one.figure.value),
        calculated=round(float(of.percent), 1),
        also=refs,
    )


def _share_of(one: Said, whole: Facts) -> Of | None:
    """The count and the base of a share in the text, where both are known."""
    part, base = one.concept, PART_OF.get(one.concept, "")
    if one.sex:
        base = one.concept
    elif one.concept == "turnover":
        part, base = "exits", "participants"
    number, all_of = whole.number(part, one.sex or "all"), whole.number(base)
    return Of(number, all_of) if number is not None and all_of else None


def _other_number(one: Said, number: Known, refs: Sequence[Ref]) -> Finding:
    return tell(
        "text-avviker",
        one.figure.ref,
        "differs",
        "look",
        label=one.row.label,
        said=_shown(one.figure),
        listed=swedish(number),
        stated=Fraction(one.figure.value),
        calculated=Fraction(number),
        also=refs,
    )


def _same_number(one: Said, whole: Facts) -> str:
    """The row in which the number stands as a count: it may have been taken for a share."""
    for row in whole.rows.values():
        figure = row.figures.get(one.sex or "all")
        if figure is not None and not figure.is_percent and figure.value == one.figure.value:
            return row.label
    return ""


def _shown(figure: Figure) -> str:
    return said(figure) if figure.is_percent else span(figure.value, figure.value)
