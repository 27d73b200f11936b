"""What the figures of people are parts of: in the association, on its platforms, among answers."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from finsam_xl.records import NamedTuple


class Kin(NamedTuple):
    """What each field is a part of, wholes first; ``apart``: those of which nobody is in two."""

    of: Mapping[str, str]
    apart: AbstractSet[str] = frozenset()


PART_OF: Mapping[str, str] = {
    "positive": "exits", "health": "exits", "other": "exits", "work": "positive",
    "extra": "positive", "studies": "positive", "rehabilitation": "positive",
    "no_work_ability": "positive",
}  # fmt: skip
"""Where those who leave go, and what shares of each are shares of: nobody goes two ways."""
FIELD_NAMES = {
    "exits": "avslut", "exits_women": "kvinnor bland avslut", "positive": "positiv lösning",
    "work": "arbete", "work_women": "kvinnor till arbete", "extra": "extratjänster",
    "studies": "studier", "studies_women": "kvinnor till studier", "health": "hälsoskäl",
    "health_women": "kvinnor med hälsoskäl",
}  # fmt: skip
ASSOCIATION = {
    field: (field.removesuffix("_women"), "women" if field.endswith("_women") else "all")
    for field in FIELD_NAMES
}
"""Where the association's own table has what all platforms together come to."""
PLATFORM = Kin(
    {
        field: PART_OF.get(field) or field.removesuffix("_women")
        for field in (
            "exits_women", "positive", "health", "extra", "work", "studies",
            "work_women", "studies_women", "health_women",
        )
    },
    apart=PART_OF.keys(),
)  # fmt: skip
"""What each share in a table of platforms is a share of."""
ANSWERS = PLATFORM._replace(of={**PLATFORM.of, "answers": "exits"})
"""The same beside how many answered: that is a share of exits."""


def parts_of(name: str) -> list[str]:
    """What makes up a concept."""
    return [part for part, whole in PART_OF.items() if whole == name]
