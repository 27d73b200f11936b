"""Participants over a year: who remains, and where exits went.

Codes: ``kvar-avviker`` (all during the year − exits is not who remains), ``ingaende-nya-avviker``
(opening + new is not all during the year), ``avslut-summa-avviker`` (the kinds of exit are not
all exits), ``positiv-summa-avviker`` (the kinds of positive solution are not all of them).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.calc.blanks import known_sum
from finsam_xl.calc.participants import remaining_gap
from finsam_xl.checks.material import Material
from finsam_xl.checks.people.rows import NAMES, SOLUTIONS, Facts, facts
from finsam_xl.checks.related import placed, same_period
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import Known
from finsam_xl.model_counts import Counts
from finsam_xl.money import swedish
from finsam_xl.records import NamedTuple
from finsam_xl.words.people import people_of

_FIELDS = ("all", "women", "men")


class _Broken(NamedTuple):
    """A figure that others contradict: its column, what is stated and what it comes to."""

    field: str
    stated: Known
    calculated: Fraction


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """What looks wrong in tables of participants."""
    texts = placed(materials, "text_figures")
    for table in placed(materials, "participants"):
        for one in facts(table):
            yield from _remaining(one, texts)
            yield from _opening(one)
            yield from _parts(one, "exits", ("positive", "health", "other"), "avslut-summa-avviker")
            yield from _parts(one, "positive", SOLUTIONS, "positiv-summa-avviker")


def _remaining(one: Facts, texts: Sequence[Counts]) -> Iterator[Finding]:
    """All during the year less exits, in total and for each sex where they stand."""
    wrong = [broken for field in _FIELDS if (broken := _not_left(one, field)) is not None]
    if not wrong:
        return
    first = wrong[0]
    everyone, exits = one.number("participants", first.field), one.number("exits", first.field)
    also = one.refs("participants", first.field) + one.refs("exits", first.field)
    also += _elsewhere(one, "remaining", wrong)
    also += _said_again(one, texts, first.stated) if first.field == "all" else []
    yield Finding.at(
        one.refs("remaining", first.field)[0],
        "error",
        "kvar-avviker",
        f"{swedish(first.stated)} uppges vara kvar, men {swedish(everyone or 0)} deltagare under "
        f"året minus {swedish(exits or 0)} avslutade är {swedish(first.calculated)}. Skillnad "
        f"{swedish(first.stated - first.calculated)}; kontrollera att talen kommer från samma "
        "uttag.",
        stated=Fraction(first.stated),
        calculated=first.calculated,
        also=also,
    )


def _not_left(one: Facts, field: str) -> _Broken | None:
    everyone, exits = one.number("participants", field), one.number("exits", field)
    left = one.number("remaining", field)
    if everyone is None or exits is None or left is None or min(everyone, exits) < 0:
        return None
    gap = remaining_gap(everyone, 0, exits, left)
    return _Broken(field, left, left - gap) if gap else None


def _elsewhere(one: Facts, name: str, wrong: Sequence[_Broken]) -> list[Ref]:
    """The same row in the columns where it is wrong as well."""
    return [ref for broken in wrong[1:] for ref in one.refs(name, broken.field)]


def _said_again(one: Facts, texts: Sequence[Counts], left: Known) -> list[Ref]:
    """Where the running text states the same number of remaining."""
    return [
        figure.ref
        for table in texts
        if same_period(table.period, one.table.period)
        for row, figure in table.column("value")
        if people_of(row.label) == "remaining" and figure.value == left and not figure.is_percent
    ]


def _opening(one: Facts) -> Iterator[Finding]:
    """Who was there from the start and who came are all during the year."""
    for field in _FIELDS:
        opening, new = one.number("opening", field), one.number("new", field)
        everyone = one.number("participants", field)
        calculated = known_sum(opening, new)
        if everyone is not None and calculated is not None and everyone != calculated:
            yield Finding.at(
                one.refs("participants", field)[0],
                "error",
                "ingaende-nya-avviker",
                f"Deltagare under året är {swedish(everyone)}, men ingående och nya är tillsammans "
                f"{swedish(calculated)}. Rätta det tal som är fel.",
                stated=Fraction(everyone),
                calculated=calculated,
                also=one.refs("opening", field) + one.refs("new", field),
            )


def _parts(one: Facts, whole: str, parts: Sequence[str], code: str) -> Iterator[Finding]:
    """A whole that is stated together with all its parts."""
    if whole not in one.rows:
        return
    wrong = [broken for field in _FIELDS if (broken := _not_sum(one, whole, parts, field))]
    if not wrong:
        return
    first = wrong[0]
    known = [(part, n) for part in parts if (n := one.number(part, first.field)) is not None]
    yield Finding.at(
        one.refs(whole, first.field)[0],
        "warning",
        code,
        f"{swedish(first.stated)} står som {NAMES[whole]}, men "
        f"{' + '.join(swedish(number) for _, number in known)} är {swedish(first.calculated)}. "
        "Rätta raden som är fel eller summan.",
        stated=Fraction(first.stated),
        calculated=first.calculated,
        also=[
            *(ref for part, _ in known for ref in one.refs(part, first.field)),
            *_elsewhere(one, whole, wrong),
        ],
    )


def _not_sum(one: Facts, whole: str, parts: Sequence[str], field: str) -> _Broken | None:
    """The whole in a column, where its parts are known and are something else."""
    stated = one.number(whole, field)
    known = {part: n for part in parts if (n := one.number(part, field)) is not None}
    has_blank = any(part in one.rows and part not in known for part in parts)
    calculated = sum((Fraction(number) for number in known.values()), Fraction(0))
    if stated is None or has_blank or len(known) < 2 or stated == calculated:
        return None
    if calculated < stated and len(known) < len(parts):
        return None
    return _Broken(field, stated, calculated)
