"""Shares that are cut off instead of rounded: one note for all of a table, as it is one habit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finsam_xl.model import Finding
from finsam_xl.model_counts import Figure
from finsam_xl.money import exact
from finsam_xl.records import NamedTuple

IMPOSSIBLE = "går inte i hela personer"
_MOST_NAMED = 6


class Cut(NamedTuple):
    """A share that is cut off, and what it is in full."""

    figure: Figure
    text: str


def cut_off(cut: Sequence[Cut]) -> Iterator[Finding]:
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
        stated=exact(cut[0].figure.value),
        also=[one.figure.ref for one in cut[1:]],
    )
