"""The numbers behind a platform's printed shares.

A share of exits gives how many had a positive solution, a share of those how many went to
work, a share of them how many were women. Where whole numbers leave room, a part is a span.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from finsam_xl.checks.people.printed import behind, loosely, nearest, whole
from finsam_xl.model_counts import CountRow, Figure
from finsam_xl.records import NamedTuple

BASES = {
    "exits_women": "exits", "positive": "exits", "health": "exits", "extra": "positive",
    "work": "positive", "studies": "positive", "work_women": "work",
    "studies_women": "studies", "health_women": "health",
}  # fmt: skip
"""What each share in a table of platforms is a share of."""
FIELD_NAMES = {
    "exits": "avslut", "exits_women": "kvinnor bland avslut", "positive": "positiv lösning",
    "work": "arbete", "work_women": "kvinnor till arbete", "extra": "extratjänster",
    "studies": "studier", "studies_women": "kvinnor till studier", "health": "hälsoskäl",
    "health_women": "kvinnor med hälsoskäl",
}  # fmt: skip
ASSOCIATION = {
    "exits": ("exits", "all"), "exits_women": ("exits", "women"), "positive": ("positive", "all"),
    "work": ("work", "all"), "work_women": ("work", "women"), "extra": ("extra", "all"),
    "studies": ("studies", "all"), "studies_women": ("studies", "women"),
    "health": ("health", "all"), "health_women": ("health", "women"),
}  # fmt: skip
"""Where the association's own table has what all platforms together come to."""
_WIDEST = 100
Source = Literal["counted", "rounded", "cut", "impossible", "blank"]


class Part(NamedTuple):
    """How many, at least and at most, where that comes from, and the figure it was read from."""

    low: int
    high: int
    source: Source
    figure: Figure | None

    @property
    def only(self) -> int | None:
        """The number, if there is only one."""
        return self.low if self.low == self.high else None


Parts = Mapping[str, Part]


def parts_of(
    row: CountRow, *, loose: bool = False, instead: Mapping[str, Figure] | None = None
) -> Parts:
    """What a platform's row comes to, by field; nothing without a number of exits.

    ``loose``: shares may be cut off as well as rounded; ``instead``: shares from elsewhere
    to use in place of the table's.
    """
    exits = row.figures.get("exits")
    number = None if exits is None or exits.is_percent else whole(exits.value)
    if number is None:
        return {}
    found = {"exits": Part(number, number, "counted", exits)}
    for field, base in BASES.items():
        figure = (instead or {}).get(field) or row.figures.get(field)
        if figure is None:
            found[field] = _blank(field, found, row)
        elif figure.is_percent:
            found[field] = _share(figure, found[base], loose=loose)
        else:
            counted = whole(figure.value)
            if counted is None or counted > found[base].high:
                return {}
            found[field] = Part(counted, counted, "counted", figure)
    return found


def _blank(field: str, found: Parts, row: CountRow) -> Part:
    """A blank is not known to be 0: at most what is left of its whole."""
    left = found[BASES[field]].high
    if field == "health":
        left -= found["positive"].low
    elif BASES[field] == "positive":
        siblings = (name for name in ("extra", "work", "studies") if name in found)
        left -= sum(found[name].low for name in siblings if row.figures.get(name))
    return Part(0, max(0, left), "blank", None)


def _share(figure: Figure, base: Part, *, loose: bool) -> Part:
    if base.high - base.low > _WIDEST:
        lowest, highest = nearest(figure, base.low)[0], nearest(figure, base.high)[-1]
        return Part(lowest, highest, "rounded", figure)
    wholes = range(base.low, base.high + 1)
    tried = [(of, behind(figure, of)) for of in wholes if of]
    for source in ("rounded", "cut"):
        hits = [(of, one.counts) for of, one in tried if one.how == source]
        if hits:
            spans = [loosely(figure, of) if loose else counts for of, counts in hits]
            low, high = min(span[0] for span in spans), max(span[-1] for span in spans)
            return Part(low, high, source, figure)
    if not tried or not figure.value:
        return Part(0, 0, "rounded", figure)
    around = [nearest(figure, of) for of, _ in tried]
    return Part(
        min(span[0] for span in around), max(span[-1] for span in around), "impossible", figure
    )


def too_large(row: CountRow) -> Iterator[tuple[Figure, Figure]]:
    """Counts that are more than the count they are part of, with it."""
    for field, base in BASES.items():
        part, of = row.figures.get(field), row.figures.get(base)
        if part and of and not part.is_percent and not of.is_percent and part.value > of.value:
            yield part, of
