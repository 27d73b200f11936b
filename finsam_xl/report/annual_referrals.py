"""Who referred people: what the parties' numbers give, beside what is printed."""

from __future__ import annotations

from collections.abc import Iterator

from finsam_xl.calc import referrals
from finsam_xl.errors import FinsamError
from finsam_xl.model_budget import Known
from finsam_xl.model_counts import CountRow, Counts, Figure
from finsam_xl.money import round_half_away, swedish
from finsam_xl.report import amounts as say


def referral_texts(table: Counts) -> Iterator[str]:
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
        stated = _number(totals[0], field) if len(totals) == 1 else None
        if found is not None and stated is not None and found != stated:
            yield f"▼ Parterna har {swedish(found)} {word}; som total står {swedish(stated)}."
    differing = []
    for row, party in zip(lines, parties, strict=True):
        one = row.figures.get("accepted_share")
        if one is not None and _differs(party, one):
            differing.append(row.label)
    if differing:
        yield f"▼ Andelen som fått ja är inte den antalen ger: {say.joined(differing)}."


def _differs(party: referrals.Referrals, stated: Figure) -> bool:
    try:
        share = party.yes_share
    except FinsamError:
        return True
    return share is not None and round_half_away(100 * share, stated.decimals) != stated.value


def _number(row: CountRow, field: str) -> Known | None:
    one = row.figures.get(field)
    return None if one is None else one.value
