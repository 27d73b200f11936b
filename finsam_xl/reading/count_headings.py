"""The headings that tables of people, shares and stated figures are known by."""

from __future__ import annotations

from typing import NamedTuple

from finsam_xl.labels import Headings
from finsam_xl.words.headings import headings_of


class Spec(NamedTuple):
    """One kind of table: its headings, those it must have, how many at least, its label's field.

    ``label`` is '' where the labels stand under a heading of the office's own, left of the rest.
    """

    kind: str
    name: str
    headings: Headings
    required: frozenset[str]
    least: int
    label: str


def _spec(kind: str, name: str, label: str, required: str, least: int) -> Spec:
    return Spec(kind, name, headings_of(kind), frozenset(required.split()), least, label)


SPECS = (
    _spec("text_figures", "uppgifter i text", "what", "what value", 3),
    _spec("platforms", "plattformar", "platform", "platform exits", 4),
    _spec("referrals", "aktualiserande parter", "party", "party referred", 3),
    _spec("responses", "svarsfrekvens", "unit", "unit", 3),
    _spec("index_overview", "index i översikt", "unit", "unit all area1", 4),
    _spec("weights", "viktning", "area", "area ideal weight", 3),
    _spec("cost_split", "kostnadsfördelning", "class", "class amount percent", 3),
    _spec("cost_classes", "fördelning av kostnadsrader", "line", "line class", 3),
    _spec("equivalents", "helårsekvivalenter", "municipality", "municipality equivalents", 3),
    _spec("participants", "deltagare", "", "women men all", 3),
    _spec("goals", "mål", "goal", "goal", 2),
)
BY_KIND = {spec.kind: spec for spec in SPECS}
KINDS = frozenset(BY_KIND)
"""The kinds of table that are read as rows of figures under known headings."""


def may_occur(texts: frozenset[str]) -> bool:
    """Whether a sheet's texts hold all the headings that some kind must have."""
    return any(spec.required <= spec.headings.known(texts) for spec in SPECS)
