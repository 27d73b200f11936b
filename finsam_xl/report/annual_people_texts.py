"""What is said below tables of people: what was calculated, and which figures it contradicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from finsam_xl.calc import participants as calc
from finsam_xl.calc import referrals
from finsam_xl.errors import FinsamError
from finsam_xl.model import Ref
from finsam_xl.model_budget import Known
from finsam_xl.model_counts import CountRow, Counts, Figure
from finsam_xl.money import round_half_away, swedish
from finsam_xl.records import NamedTuple
from finsam_xl.report import amounts as say
from finsam_xl.report import annual_small as small
from finsam_xl.report.annual_tables import counted
from finsam_xl.words.people import Movement, movement
from finsam_xl.words.totals import is_everyone

_YES = "accepted_share"
_WAYS = (Movement.OPENING, Movement.NEW, Movement.EXITS, Movement.CLOSING)
_KINDS = {
    "work": "work",
    "extratjanst": "extra",
    "studies": "studies",
    "rehabilitation": "rehabilitation",
    "no_work_ability": "no_work_ability",
    "health": "health",
    "other": "other",
}
"""What the rows of the kinds of exit count."""


class Said(NamedTuple):
    """A sentence, and the figures that it says are wrong."""

    text: str
    about: tuple[Ref, ...] = ()


def known(said: Iterable[Said]) -> frozenset[Ref]:
    """The figures that some sentences say are wrong."""
    return frozenset(ref for one in said for ref in one.about)


def exits(table: Counts, field: str) -> calc.Exits:
    """How many left, by where they went, in one field of the table."""
    found: dict[str, Known | None] = {}
    for kind, name in _KINDS.items():
        row = counted(table, name)
        one = row.figures.get(field) if row is not None else None
        found[kind] = None if one is None else one.value
    return calc.Exits(**found)


def of_participants(table: Counts) -> Iterator[Said]:
    """What the calculated exits and remaining are, where they differ from the printed ones."""
    try:
        together = exits(table, "all")
        if together.total is None:
            return
        women, men = exits(table, "women").total, exits(table, "men").total
        split = f": {swedish(women)} kvinnor och {swedish(men)} män" if women and men else ""
        yield Said(f"Alla avslut och avbrott, räknat ur raderna: {swedish(together.total)}{split}.")
        yield from _shares(table, together)
        yield from _left(table, together.total)
    except FinsamError as error:
        yield Said(f"▼ Räknas inte: {error}")


def _shares(table: Counts, together: calc.Exits) -> Iterator[Said]:
    names = _KINDS | {"positive": "positive"}
    for one in calc.exit_shares(together):
        row = counted(table, names[one.kind])
        stated = row.figures.get("percent") if row is not None else None
        if row is None or stated is None or one.share is None:
            continue
        found = round_half_away(100 * one.share, stated.decimals)
        if found != stated.value:
            text = (
                f"▼ {row.label}: det står {swedish(stated.value, stated.decimals, '%')}, "
                f"antalen ger {swedish(found, stated.decimals, '%')} av {one.base}."
            )
            yield Said(text, (stated.ref,))


def _left(table: Counts, left: Fraction) -> Iterator[Said]:
    rows = (counted(table, name) for name in ("participants", "new", "remaining"))
    everyone, new, remaining = (None if row is None else row.figures.get("all") for row in rows)
    if everyone is None or new is None or remaining is None:
        return
    opening = everyone.value - new.value
    if calc.remaining_gap(opening, new.value, left, remaining.value):
        text = (
            f"▼ {swedish(everyone.value)} deltagare minus {swedish(left)} avslut är "
            f"{swedish(everyone.value - left)} kvar; det står {swedish(remaining.value)}."
        )
        yield Said(text, (remaining.ref,))


class Flow(NamedTuple):
    """Who was there when the year began, who came, who left and who remains, in a row."""

    row: CountRow
    opening: Figure
    new: Figure
    exits: Figure
    closing: Figure

    @property
    def remaining(self) -> Fraction | None:
        """Who should remain."""
        return calc.remaining(self.opening.value, self.new.value, self.exits.value)


def flows(table: Counts) -> Iterator[Flow]:
    """The rows of a table whose groups of columns are those of a flow."""
    groups: dict[Movement, list[str]] = {}
    for field, heading in table.headings.items():
        group, _, last = heading.rpartition(" ")
        way = movement(group) if is_everyone(last) else None
        if way is not None:
            groups.setdefault(way, []).append(field)
    fields = [groups.get(way, []) for way in _WAYS]
    if any(len(one) != 1 for one in fields):
        return
    for row in table.rows:
        found = [row.figures.get(field) for (field,) in fields]
        figures = [one for one in found if one is not None]
        if len(figures) == len(_WAYS):
            yield Flow(row, *figures)


def of_groups(table: Counts) -> Iterator[Said]:
    """Where those who are left are not those who were there and came, less those who left."""
    for one in flows(table):
        if one.remaining != one.closing.value:
            there, came, went = (swedish(f.value) for f in (one.opening, one.new, one.exits))
            text = (
                f"▼ {one.row.label}: {there} och {came} nya minus {went} avslutade är "
                f"{swedish(one.remaining or 0)} kvar; det står {swedish(one.closing.value)}."
            )
            yield Said(text, (one.closing.ref,))


def of_referrals(table: Counts, fewest: Fraction) -> Iterator[Said]:
    """What the parties give together, and the shares their numbers do not give."""
    lines = [row for row in table.rows if row.role == "line"]
    parties = [
        referrals.Referrals(row.label, _number(row, "referred"), _number(row, "accepted"))
        for row in lines
    ]
    totals = [row for row in table.rows if row.role == "total"]
    summed = referrals.total(parties)
    for field, found, word in (
        ("referred", summed.referred, "aktualiserade"),
        ("accepted", summed.accepted, "som fått ja"),
    ):
        stated = totals[0].figures.get(field) if len(totals) == 1 else None
        if found is not None and stated is not None and found != stated.value:
            text = (
                f"▼ Parterna har {swedish(found)} {word}; som total står {swedish(stated.value)}."
            )
            yield Said(text, (stated.ref,))
    differing = [
        (row.label, one.ref)
        for row, party in zip(lines, parties, strict=True)
        if (one := row.figures.get(_YES)) is not None and _differs(party, one)
        if not small.is_few(small.base(row, _YES), fewest)
    ]
    if differing:
        names, refs = zip(*differing, strict=True)
        text = f"▼ Andelen som fått ja är inte den antalen ger: {say.joined(names)}."
        yield Said(text, tuple(refs))


def _differs(party: referrals.Referrals, stated: Figure) -> bool:
    try:
        share = party.yes_share
    except FinsamError:
        return True
    return share is not None and round_half_away(100 * share, stated.decimals) != stated.value


def _number(row: CountRow, field: str) -> Known | None:
    one = row.figures.get(field)
    return None if one is None else one.value
