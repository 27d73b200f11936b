"""Printed percentages that no whole number of persons gives.

Codes: ``procent-omojlig`` (no whole number gives it, neither rounded nor cut off),
``andel-avhuggen`` (only cutting off explains it), ``andel-avviker`` (it is not the share of
the count beside it).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from finsam_xl.checks.material import Material
from finsam_xl.checks.people import distinct, find_unit, lines, placed, same_period
from finsam_xl.checks.platform_rows import BASES, FIELD_NAMES, Parts, parts_of
from finsam_xl.checks.printed import around, behind, counted, fits, said, span, whole
from finsam_xl.model import Finding, Ref
from finsam_xl.model_counts import CountRow, Counts, Figure

_MOST_NAMED = 6
_CONNECTED = "går inte i hela personer"


class _Cut(NamedTuple):
    """A share that is cut off, and what it is in full."""

    figure: Figure
    text: str


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """Percentages of platforms, parties and answers."""
    platforms = placed(materials, "platforms")
    for table in platforms:
        yield from _platforms(table)
    for table in placed(materials, "referrals"):
        yield from _referrals(table)
    for table in placed(materials, "responses"):
        same = [one for one in platforms if same_period(one.period, table.period)]
        if same:
            yield from _responses(table, same[0])


def _platforms(table: Counts) -> Iterator[Finding]:
    cut: list[_Cut] = []
    for row in lines(table):
        parts = parts_of(row)
        wrong = [field for field, part in parts.items() if part.source == "impossible"]
        if wrong:
            yield _impossible_row(row, parts, wrong)
        cut += _cut_shares(row, parts)
    yield from _cut_off(cut)


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


def _cut_shares(row: CountRow, parts: Parts) -> Iterator[_Cut]:
    for field, part in parts.items():
        if part.source == "cut" and part.figure is not None:
            base = parts[BASES[field]].only
            full = "" if base is None or part.only is None else f" ({counted(part.only, base)})"
            text = f"{row.label}, {FIELD_NAMES[field]} {said(part.figure)}{full}"
            yield _Cut(part.figure, text)


def _cut_off(cut: Sequence[_Cut]) -> Iterator[Finding]:
    """One note for all shares of a table that are cut off: it is one habit."""
    if not cut:
        return
    named = "; ".join(one.text for one in cut[:_MOST_NAMED])
    more = f" och {len(cut) - _MOST_NAMED} till" if len(cut) > _MOST_NAMED else ""
    yield Finding.at(
        cut[0].figure.ref,
        "info",
        "andel-avhuggen",
        f"Avhugget, inte avrundat: {named}{more}. Avrunda andelarna, så summerar de rätt.",
        stated=Fraction(cut[0].figure.value),
        also=[one.figure.ref for one in cut[1:]],
    )


def _referrals(table: Counts) -> Iterator[Finding]:
    cut: list[_Cut] = []
    for row in table.rows:
        referred = row.figures.get("referred")
        base = None if referred is None or referred.is_percent else whole(referred.value)
        women, ja = row.figures.get("women_share"), row.figures.get("accepted_share")
        accepted = row.figures.get("accepted")
        if not base or referred is None:
            continue
        if women is not None and women.is_percent:
            yield from _of_referred(row, women, base, referred.ref, cut)
        if ja is not None and ja.is_percent and accepted is not None and not accepted.is_percent:
            yield from _yes_share(table, row, (ja, accepted), base, cut)
    yield from _cut_off(cut)


def _of_referred(
    row: CountRow, share: Figure, base: int, place: Ref, cut: list[_Cut]
) -> Iterator[Finding]:
    found = behind(share, base)
    if found.how == "cut":
        text = f"{row.label}, kvinnor {said(share)} ({counted(found.counts[0], base)})"
        cut.append(_Cut(share, text))
    elif found.how == "none" and share.value:
        yield Finding.at(
            share.ref,
            "warning",
            "procent-omojlig",
            f"{row.label}: {said(share)} kvinnor av {base} aktualiserade {_CONNECTED}; närmast är "
            f"{around(share, base)}. Andelen eller antalet är fel.",
            stated=Fraction(share.value),
            also=[place],
        )


def _yes_share(
    table: Counts, row: CountRow, figures: tuple[Figure, Figure], base: int, cut: list[_Cut]
) -> Iterator[Finding]:
    share, accepted = figures
    how = fits(share, accepted.value, base)
    if how == "cut":
        cut.append(_Cut(share, f"{row.label}, ja {said(share)} ({counted(accepted.value, base)})"))
    elif how == "none":
        same = [
            one.label
            for one in lines(table)
            if one is not row and (other := one.figures.get("accepted_share"))
            if other.value == share.value
        ]
        hint = f" {said(share)} står även för {same[0]}; kopierat?" if same else ""
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


def _responses(table: Counts, platforms: Counts) -> Iterator[Finding]:
    """Answers of a platform's exits: another base often gives the share that is printed."""
    cut: list[_Cut] = []
    rows = lines(platforms)
    names = distinct([row.label for row in rows])
    for row in lines(table):
        share = row.figures.get("participants")
        index = find_unit(row.label, names)
        if share is None or not share.is_percent or index is None:
            continue
        parts = parts_of(rows[index])
        base = parts["exits"].only if parts else None
        if not base:
            continue
        found = behind(share, base)
        if found.how == "cut":
            text = f"{row.label}, svar {said(share)} ({counted(found.counts[0], base)})"
            cut.append(_Cut(share, text))
        elif found.how == "none" and share.value:
            yield _impossible_answers(row, share, base, parts)
    yield from _cut_off(cut)


def _impossible_answers(row: CountRow, share: Figure, base: int, parts: Parts) -> Finding:
    positive = parts["positive"].only
    fit = behind(share, positive).counts if positive else range(0)
    hint = (
        f" Av de {positive} med positiv lösning går det ({counted(fit[0], positive)}): fel bas?"
        if fit and positive
        else ""
    )
    exits = parts["exits"].figure
    return Finding.at(
        share.ref,
        "warning",
        "procent-omojlig",
        f"{row.label}: {said(share)} svar av {base} avslutade {_CONNECTED}; närmast är "
        f"{around(share, base)}.{hint or ' Kontrollera andelen eller basen.'}",
        stated=Fraction(share.value),
        also=[exits.ref] if exits else [],
    )
