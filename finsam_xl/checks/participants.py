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
from finsam_xl.checks.people import NAMES, SOLUTIONS, Facts, concept, facts
from finsam_xl.checks.related import placed, same_period
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import Known
from finsam_xl.model_counts import Counts
from finsam_xl.money import swedish

_FIELDS = ("all", "women", "men")


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
    for field in _FIELDS:
        everyone, exits = one.number("participants", field), one.number("exits", field)
        left = one.number("remaining", field)
        if everyone is None or exits is None or left is None or min(everyone, exits) < 0:
            continue
        gap = remaining_gap(everyone, 0, exits, left)
        if gap:
            also = one.refs("participants", field) + one.refs("exits", field)
            also += _said_again(one, texts, left) if field == "all" else []
            yield Finding.at(
                one.refs("remaining", field)[0],
                "error",
                "kvar-avviker",
                f"{swedish(left)} uppges vara kvar, men {swedish(everyone)} deltagare under året "
                f"minus {swedish(exits)} avslutade är {swedish(left - gap)}. Skillnad "
                f"{swedish(gap)}; kontrollera att talen kommer från samma uttag.",
                stated=Fraction(left),
                calculated=left - gap,
                also=also,
            )


def _said_again(one: Facts, texts: Sequence[Counts], left: Known) -> list[Ref]:
    """Where the running text states the same number of remaining."""
    return [
        figure.ref
        for table in texts
        if same_period(table.period, one.table.period)
        for row, figure in table.column("value")
        if concept(row.label) == "remaining" and figure.value == left and not figure.is_percent
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
    for field in _FIELDS:
        stated = one.number(whole, field)
        known = {part: n for part in parts if (n := one.number(part, field)) is not None}
        has_blank = any(part in one.rows and part not in known for part in parts)
        calculated = sum((Fraction(number) for number in known.values()), Fraction(0))
        if stated is None or has_blank or len(known) < 2 or stated == calculated:
            continue
        if calculated < stated and len(known) < len(parts):
            continue
        yield Finding.at(
            one.refs(whole, field)[0],
            "warning",
            code,
            f"{swedish(stated)} står som {NAMES[whole]}, men "
            f"{' + '.join(map(swedish, known.values()))} är {swedish(calculated)}. "
            "Rätta raden som är fel eller summan.",
            stated=Fraction(stated),
            calculated=calculated,
            also=[ref for part in known for ref in one.refs(part, field)],
        )
