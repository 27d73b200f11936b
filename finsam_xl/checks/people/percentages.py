"""Printed percentages that no whole number of persons gives, or that are not those of their counts.

Beside counts of participants each share has the base that is part of it.

Codes: ``procent-omojlig`` (no whole number gives it, neither rounded nor cut off),
``andel-avhuggen`` (only cutting off explains it), ``andel-avviker`` (it is not the share of
the count beside it).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.calc.blanks import known_sum
from finsam_xl.checks.material import Material
from finsam_xl.checks.people.platform_rows import BASES, FIELD_NAMES, Parts, parts_of
from finsam_xl.checks.people.printed import (
    IMPOSSIBLE,
    Cut,
    around,
    behind,
    counted,
    cut_off,
    fits,
    not_that_of,
    said,
    span,
    whole,
)
from finsam_xl.checks.people.rows import NAMES, Facts, base_of, facts
from finsam_xl.checks.related import lines, placed
from finsam_xl.labels import normalise
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import Known
from finsam_xl.model_counts import CountRow, Counts, Figure
from finsam_xl.words.people import Sex, people_of, sexes


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """Percentages of participants, platforms and parties."""
    yield from _of_participants(materials)
    for table in placed(materials, "platforms"):
        yield from _platforms(table)
    for table in placed(materials, "referrals"):
        yield from _referrals(table)


def _platforms(table: Counts) -> Iterator[Finding]:
    cut: list[Cut] = []
    for row in lines(table):
        parts = parts_of(row)
        wrong = [field for field, part in parts.items() if part.source == "impossible"]
        if wrong:
            yield _impossible_row(row, parts, wrong)
        cut += _cut_shares(row, parts)
    yield from cut_off(cut)


def _impossible_row(row: CountRow, parts: Parts, wrong: Sequence[str]) -> Finding:
    """One finding for a platform: its shares are often copied from the same wrong place."""
    figures = [row.figures[field] for field in wrong]
    texts = [_impossible(field, row.figures[field], parts) for field in wrong]
    return Finding.at(
        figures[0].ref,
        "warning",
        "procent-omojlig",
        f"{row.label}: {'; '.join(texts)}. Det går inte i hela personer, vare sig avrundat eller "
        f"avhugget. Kontrollera {'andelen' if len(wrong) == 1 else 'hela raden'} eller basen.",
        stated=Fraction(figures[0].value),
        also=[figure.ref for figure in figures[1:]],
    )


def _impossible(field: str, figure: Figure, parts: Parts) -> str:
    base = parts[BASES[field]]
    if base.only is None:
        return f"{FIELD_NAMES[field]} {said(figure)} av {span(base.low, base.high)}"
    near = around(figure, base.only)
    return f"{FIELD_NAMES[field]} {said(figure)} av {base.only} (närmast {near})"


def _cut_shares(row: CountRow, parts: Parts) -> Iterator[Cut]:
    for field, part in parts.items():
        if part.source == "cut" and part.figure is not None:
            base = parts[BASES[field]].only
            full = "" if base is None or part.only is None else f" ({counted(part.only, base)})"
            text = f"{row.label}, {FIELD_NAMES[field]} {said(part.figure)}{full}"
            yield Cut(part.figure, text)


def _referrals(table: Counts) -> Iterator[Finding]:
    cut: list[Cut] = []
    first: dict[Known, str] = {}
    for row in lines(table):
        if "accepted_share" in row.figures:
            first.setdefault(row.figures["accepted_share"].value, row.label)
    for row in table.rows:
        referred = row.figures.get("referred")
        base = None if referred is None or referred.is_percent else whole(referred.value)
        women, ja = row.figures.get("women_share"), row.figures.get("accepted_share")
        accepted = row.figures.get("accepted")
        if not base or referred is None:
            continue
        if women is not None and women.is_percent:
            who = _who(table.headings.get("women_share", ""))
            yield from _of_referred((row, who), women, base, referred.ref, cut)
        if ja is not None and ja.is_percent and accepted is not None and not accepted.is_percent:
            yield from _yes_share(row, (ja, accepted), base, cut, first.get(ja.value, ""))
    yield from cut_off(cut)


def _who(heading: str) -> str:
    """Whose share a column is: women's, unless its heading says nothing of them."""
    is_named = not heading or Sex.WOMEN in sexes(heading)
    return "kvinnor" if is_named else f"i kolumnen ”{heading}”,"


def _of_referred(
    whose: tuple[CountRow, str], share: Figure, base: int, place: Ref, cut: list[Cut]
) -> Iterator[Finding]:
    row, who = whose
    found = behind(share, base)
    if found.how == "cut":
        text = f"{row.label}, {who} {said(share)} ({counted(found.counts[0], base)})"
        cut.append(Cut(share, text))
    elif found.how == "none" and share.value:
        yield Finding.at(
            share.ref,
            "warning",
            "procent-omojlig",
            f"{row.label}: {said(share)} {who} av {base} aktualiserade {IMPOSSIBLE}; närmast är "
            f"{around(share, base)}. Andelen eller antalet är fel.",
            stated=Fraction(share.value),
            also=[place],
        )


def _yes_share(
    row: CountRow, figures: tuple[Figure, Figure], base: int, cut: list[Cut], twin: str
) -> Iterator[Finding]:
    share, accepted = figures
    how = fits(share, accepted.value, base)
    if how == "cut":
        cut.append(Cut(share, f"{row.label}, ja {said(share)} ({counted(accepted.value, base)})"))
    elif how == "none":
        is_twin = twin and twin != row.label
        hint = f" {said(share)} står även för {twin}; kopierat?" if is_twin else ""
        yield Finding.at(
            share.ref,
            "warning",
            "andel-avviker",
            f"{row.label}: står {said(share)} som fått ja, men {counted(accepted.value, base)}. "
            f"Rätta andelen.{hint}",
            stated=Fraction(share.value),
            calculated=round(float(Fraction(100 * accepted.value) / base), 1),
            also=[accepted.ref, row.figures["referred"].ref],
        )


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
        base = base_of(name)
        share, number = row.figures.get("percent"), one.number(name)
        if base is None or share is None or number is None:
            continue
        of = one.number(base)
        if of is None or not share.is_percent:
            continue
        other = one.number("exits" if base == "positive" else "positive")
        hint = (
            f" {counted(number, other)}: andelen kan vara räknad på en annan bas."
            if other is not None and fits(share, number, other) == "rounded"
            else ""
        )
        refs = one.refs(name) + one.refs(base)
        yield from _share(row.label, share, (number, of), NAMES[base], refs, hint)


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
        name = whole.label if whole else ""
        yield from _share(counted_row.label, share, (number, of), name, refs)


def _all_of(row: CountRow | None) -> Known | None:
    """The number of a row: its total, or its women and men."""
    if row is None:
        return None
    figure = row.figures.get("all")
    if figure is not None:
        return None if figure.is_percent else figure.value
    parts = [row.figures.get(sex) for sex in ("women", "men")]
    return known_sum(*(None if part is None or part.is_percent else part.value for part in parts))


def _share(
    label: str,
    share: Figure,
    of: tuple[Known, Known],
    name: str,
    refs: Sequence[Ref],
    hint: str = "",
) -> Iterator[Finding]:
    told, where = f"”{label}”: står", f"({name})"
    yield from not_that_of(told, share, of, where, "andel-avviker", refs, hint)
