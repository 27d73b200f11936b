"""Participants over a year: who remains, and where exits went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.calc.blanks import known_sum
from finsam_xl.calc.participants import remaining_gap
from finsam_xl.checks.material import Material
from finsam_xl.checks.people.kin import parts_of
from finsam_xl.checks.people.rows import Facts, facts
from finsam_xl.checks.related import placed, same_period
from finsam_xl.findings import tell
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
            for whole in ("exits", "positive"):
                yield from _parts(one, whole, parts_of(whole))


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
    yield tell(
        "kvar-avviker",
        one.refs("remaining", first.field)[0],
        "left",
        everyone=swedish(everyone or 0),
        exits=swedish(exits or 0),
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
            yield tell(
                "ingaende-nya-avviker",
                one.refs("participants", field)[0],
                opening=swedish(opening or 0),
                new=swedish(new or 0),
                stated=Fraction(everyone),
                calculated=calculated,
                also=one.refs("opening", field) + one.refs("new", field),
            )


def _parts(one: Facts, whole: str, parts: Sequence[str]) -> Iterator[Finding]:
    """A whole that is stated together with all its parts."""
    if whole not in one.rows:
        return
    wrong = [broken for field in _FIELDS if (broken := _not_sum(one, whole, parts, field))]
    if not wrong:
        return
    first = wrong[0]
    known = [(part, n) for part in parts if (n := one.number(part, first.field)) is not None]
    yield tell(
        "avslut-summa-avviker" if whole == "exits" else "positiv-summa-avviker",
        one.refs(whole, first.field)[0],
        row=one.rows[whole].label,
        parts=" + ".join(swedish(number) for _, number in known),
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
