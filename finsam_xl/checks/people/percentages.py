"""Printed percentages that no whole number of persons gives, or that are not those of their counts.

Beside counts of participants each share has the base that is part of it. One that only
cutting off explains is a note.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.calc.blanks import known_sum
from finsam_xl.checks.material import Material
from finsam_xl.checks.people.kin import FIELD_NAMES, PART_OF, PLATFORM
from finsam_xl.checks.people.printed import (
    around,
    counted,
    cut_down,
    cut_off,
    no_number,
    said,
    shortened,
    span,
)
from finsam_xl.checks.people.rows import Facts, facts
from finsam_xl.checks.people.wholes import Of, Part, fits, known, persons, share_of, solve
from finsam_xl.checks.related import count_of, lines, placed
from finsam_xl.findings import tell
from finsam_xl.labels import normalise
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import Known
from finsam_xl.model_counts import CountRow, Counts, Figure
from finsam_xl.money import exact, swedish, trimmed
from finsam_xl.words.people import people_of


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """Percentages of participants, platforms and parties."""
    yield from _of_participants(materials)
    for table in placed(materials, "platforms"):
        yield from _platforms(table)
    for table in placed(materials, "referrals"):
        yield from _referrals(table)


def _platforms(table: Counts) -> Iterator[Finding]:
    cut: list[tuple[Figure, str]] = []
    for row in lines(table):
        wrong: list[tuple[Figure, str]] = []
        for field, part in solve(row.figures, PLATFORM).items():
            if part.source == "impossible":
                wrong.append((row.figures[field], f"{FIELD_NAMES[field]} {_of_whole(part)}"))
            cut += shortened(f"{row.label}, {FIELD_NAMES[field]}", part)
        if wrong:
            yield _impossible_row(row, wrong)
    yield from cut_off(cut)


def _impossible_row(row: CountRow, wrong: Sequence[tuple[Figure, str]]) -> Finding:
    """One finding for a platform: its shares are often copied from the same wrong place."""
    first = wrong[0][0]
    return tell(
        "procent-omojlig",
        first.ref,
        "shares",
        "mend" if len(wrong) == 1 else "row",
        what=row.label,
        shares="; ".join(text for _, text in wrong),
        stated=Fraction(first.value),
        also=[figure.ref for figure, _ in wrong[1:]],
    )


def _of_whole(part: Part) -> str:
    """A share, what it is of and, where that is one number, the shares nearest to it."""
    if part.figure is None or part.whole is None:
        return ""
    if part.whole.only is None:
        return f"{said(part.figure)} av {span(part.whole.low, part.whole.high)}"
    return f"{said(part.figure)} av {part.whole.only} ({around(part.figure, part.whole.only)})"


def _referrals(table: Counts) -> Iterator[Finding]:
    cut: list[tuple[Figure, str]] = []
    first: dict[Known, str] = {}
    for row in lines(table):
        if "accepted_share" in row.figures:
            first.setdefault(row.figures["accepted_share"].value, row.label)
    for row in table.rows:
        base = persons(count_of(row, "referred"))
        if not base:
            continue
        referred, accepted = row.figures["referred"], row.figures.get("accepted")
        women, ja = row.figures.get("women_share"), row.figures.get("accepted_share")
        if women is not None and women.is_percent:
            what, whole = _what(row, table, "women_share"), known(base, referred)
            part = share_of(whole, women)
            cut += shortened(what, part)
            if part.source == "impossible":
                yield no_number(what, women, whole)
        if ja is not None and ja.is_percent and accepted is not None and not accepted.is_percent:
            what, twin = _what(row, table, "accepted_share"), first.get(ja.value, row.label)
            of = Of(accepted.value, base)
            how = fits(ja, of)
            if how == "cut":
                cut.append((ja, f"{what} {said(ja)} ({counted(of)})"))
            elif how == "impossible":
                also = [accepted.ref, referred.ref]
                yield _differs(what, ja, of, also, twin="" if twin == row.label else twin)
    yield from cut_off(cut)


def _what(row: CountRow, table: Counts, field: str) -> str:
    """A figure by its row and its heading."""
    return ", ".join(filter(None, (row.label, table.headings.get(field))))


_SHARE_ENDS = (" andel", " procent", " %")


def _of_participants(materials: Sequence[Material]) -> Iterator[Finding]:
    """Every share in a table of participants whose count and base are there."""
    for table in placed(materials, "participants"):
        for one in facts(table, sound=True):
            yield from _percent_columns(one)
        yield from _share_rows(table)


def _percent_columns(one: Facts) -> Iterator[Finding]:
    """The per cent beside each count: of exits, or of those with a positive solution."""
    for name, row in one.rows.items():
        base = PART_OF.get(name)
        share, number = row.figures.get("percent"), one.number(name)
        if base is None or share is None or number is None:
            continue
        of = one.number(base)
        if of is None or not share.is_percent:
            continue
        other = one.number("exits" if base == "positive" else "positive")
        refs = one.refs(name) + one.refs(base)
        yield from _share(row.label, share, Of(number, of), one.rows.get(base), refs, other)


def _share_rows(table: Counts) -> Iterator[Finding]:
    """Rows such as "Avslutade till arbete, andel" against the count of the row they name."""
    counts: dict[tuple[str, str], CountRow] = {}
    exits: dict[str, CountRow] = {}
    for row in table.rows:
        label = normalise(row.label)
        share = row.figures.get("all")
        plain = next((label[: -len(end)] for end in _SHARE_ENDS if label.endswith(end)), None)
        if plain is None or share is None or not share.is_percent:
            counts[row.section, label] = row
            if people_of(row.label) in ("exits", "positive") and row.role == "line":
                exits[row.section] = row
            continue
        counted_row, whole = counts.get((row.section, plain)), exits.get(row.section)
        number = _all_of(counted_row)
        of = _all_of(whole)
        if counted_row is None or number is None or of is None:
            continue
        refs = [figure.ref for figure in counted_row.figures.values() if not figure.is_percent]
        yield from _share(counted_row.label, share, Of(number, of), whole, refs)


def _all_of(row: CountRow | None) -> Known | None:
    """The number of a row: its total, or its women and men."""
    if row is None:
        return None
    if "all" in row.figures:
        return count_of(row, "all")
    return known_sum(count_of(row, "women"), count_of(row, "men"))


def _share(
    label: str,
    share: Figure,
    of: Of,
    whole: CountRow | None,
    refs: Sequence[Ref],
    other: Known | None = None,
) -> Iterator[Finding]:
    """A share that is not that of a number and its base, which a row may name."""
    how = fits(share, of)
    if how == "cut":
        yield cut_down(f"”{label}”", share, of, refs)
    elif how == "impossible":
        name = f" (”{whole.label}”)" if whole else ""
        yield _differs(f"”{label}”", share, of, refs, name=name, other=other)


def _differs(
    what: str,
    share: Figure,
    of: Of,
    refs: Sequence[Ref],
    *,
    name: str = "",
    twin: str = "",
    other: Known | None = None,
) -> Finding:
    """A share that is not that of a number and its base, called by its ``name``.

    ``twin``: a row it may be copied from; ``other``: a base it may be taken of.
    """
    is_other = other is not None and fits(share, of._replace(base=other)) == "rounded"
    return tell(
        "andel-avviker",
        share.ref,
        "share",
        "copied" if twin else "other_base" if is_other else "mend",
        what=what,
        share=said(share),
        number=swedish(of.number),
        base=f"{swedish(of.base)}{name}",
        gives=trimmed(of.percent, "%"),
        twin=twin,
        fits=counted(of._replace(base=other or 0)),
        stated=exact(share.value),
        calculated=round(float(of.percent), 1),
        also=refs,
    )
