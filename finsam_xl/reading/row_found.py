"""A sum as it was found in a table's rows, before it is handed on."""

from __future__ import annotations

from enum import StrEnum, unique

from finsam_xl.reading.row_figures import Fit, Parts
from finsam_xl.records import NamedTuple


@unique
class Source(StrEnum):
    """What a sum rests on: a guess is given only for what would be said of it."""

    FORMULA = "formula"
    FIGURES = "figures"
    NAME = "name"
    PLACE = "place"
    GUESS = "guess"


class Found(NamedTuple):
    """A sum as it was found: its parts, how it is made, what it rests on, how it fits."""

    parts: Parts
    how: str
    source: Source
    fit: Fit
