"""Outcomes of indicators by sex: women and men against all.

All of the same row, or the total of another indicator that asks the same group the same thing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.checks.material import Material
from finsam_xl.findings import tell
from finsam_xl.labels import normalise
from finsam_xl.model import Count, Finding, Indicator, Ref
from finsam_xl.money import as_written
from finsam_xl.records import NamedTuple

_SHORTEST = 4
_MOST = 500
"""A social budget has tens of questions; among very many, names no longer tell what is the same."""
_NEAR = Fraction(1, 20)
_NOT = ("inte", "ej", "inget", "ingen")


class _Both(NamedTuple):
    """An indicator with women and men of known bases, added up."""

    indicator: Indicator
    number: Fraction
    base: Fraction


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """Every indicator of every social budget."""
    for material in materials:
        for unit in material.units:
            indicators = [judgement.indicator for judgement in unit.judgements]
            for one in indicators:
                yield from _same_row(one, material.file)
            yield from _same_question(indicators, material.file)


def _same_row(one: Indicator, file: str) -> Iterator[Finding]:
    """A row that states all three, numbers and bases."""
    total, women, men = one.outcome.total, one.outcome.women, one.outcome.men
    if total is None or women is None or men is None:
        return
    if any(count.is_share for count in (total, women, men)):
        return
    found = [("number", total.number, women.number, men.number)]
    if total.base is not None and women.base is not None and men.base is not None:
        found.append(("base", total.base, women.base, men.base))
    for field, stated, of_women, of_men in found:
        if stated != of_women + of_men:
            yield tell(
                "kon-summa-avviker",
                _place(one, f"total_{field}", file),
                "base" if field == "base" else "total",
                "mend",
                what=one.number,
                women=as_written(of_women),
                men=as_written(of_men),
                together=as_written(of_women + of_men),
                whole=as_written(stated),
                stated=stated,
                calculated=of_women + of_men,
                also=[_place(one, f"{sex}_{field}", file) for sex in ("women", "men")],
            )


def _same_question(indicators: Sequence[Indicator], file: str) -> Iterator[Finding]:
    """Women and men in one row against the total in another, where the question is the same.

    The bases must be alike, and the two names must share a word; of several such totals
    the nearest is meant. Only a part that is larger than the whole is told.
    """
    wholes = [one for one in indicators if _is_whole(one.outcome.total) and not _is_negated(one)]
    if len(wholes) > _MOST:
        return
    for both in _added(indicators):
        near = [
            (abs(total.number - both.number), one, total)
            for one in wholes
            if one.group == both.indicator.group and _words(one) & _words(both.indicator)
            if (total := one.outcome.total) is not None and total.base is not None
            if abs(total.base - both.base) <= _NEAR * total.base and both.base <= total.base
        ]
        if not near:
            continue
        gap, one, total = min(near, key=lambda item: item[0])
        if both.number > total.number and gap <= _NEAR * both.base:
            yield _more(one, total, both, file)


def _added(indicators: Sequence[Indicator]) -> Iterator[_Both]:
    for one in indicators:
        women, men = one.outcome.women, one.outcome.men
        if one.outcome.total is not None or women is None or men is None:
            continue
        if women.base and men.base and not women.is_share and not men.is_share:
            number, base = women.number + men.number, women.base + men.base
            yield _Both(one, Fraction(number), Fraction(base))


def _more(one: Indicator, total: Count, both: _Both, file: str) -> Finding:
    other = both.indicator
    return tell(
        "kon-fler-an-alla",
        _place(one, "total_number", file),
        indicator=one.number,
        name=one.name,
        other=other.number,
        other_name=other.name,
        stated=total.number,
        calculated=both.number,
        also=[_place(other, f"{sex}_number", file) for sex in ("women", "men")],
    )


def _is_whole(total: Count | None) -> bool:
    return total is not None and not total.is_share and bool(total.base)


def _is_negated(one: Indicator) -> bool:
    return any(word in _NOT for word in normalise(one.name).split())


def _words(one: Indicator) -> set[str]:
    """The words that tell what is asked."""
    return {word for word in normalise(one.name).split() if len(word) >= _SHORTEST}


def _place(one: Indicator, field: str, file: str) -> Ref:
    return one.places.get(field, one.places["number"])._replace(file=file)
