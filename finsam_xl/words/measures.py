"""What columns and closing rows of social budgets and index tables hold, by their words.

>>> sorted(measures("Målet nått?"))
[<Measure.JUDGED: 'judged'>]
>>> closing("Poängsumma"), closing("Index"), closing("Anteckningar")
(<Closing.SUM: 'sum'>, <Closing.INDEX: 'index'>, None)
"""

from __future__ import annotations

from enum import StrEnum, unique

from finsam_xl.words.axis import Axis


@unique
class Measure(StrEnum):
    """What a column of a social budget holds."""

    NUMBER = "number"
    AREA = "area"
    GOAL = "goal"
    NAME = "name"
    GROUP = "group"
    RULE = "rule"
    LIMIT = "limit"
    UPPER = "upper"
    WEIGHT = "weight"
    BASE = "base"
    COUNT = "count"
    JUDGED = "judged"
    POINTS = "points"
    NOTE = "note"


@unique
class IndexColumn(StrEnum):
    """What a column of an index table holds."""

    ENTITY = "entity"
    AREA = "area"
    IDEAL = "ideal"
    SHARE = "share"
    GOALS = "goals"
    INDICATORS = "indicators"
    MAXIMUM = "maximum"
    FULFILMENT = "fulfilment"
    ACHIEVED = "achieved"
    INDEX = "index"
    STANDING = "standing"


@unique
class Closing(StrEnum):
    """What a row below the indicators holds."""

    INDEX = "index"
    MAXIMUM = "maximum"
    SUM = "sum"


_MEASURES = Axis("measure", Measure)
_INDEX = Axis("index_column", IndexColumn)
_CLOSING = Axis("closing_row", Closing)


def measures(heading: str) -> frozenset[Measure]:
    """Everything a heading of a social budget may say that its column holds."""
    return _MEASURES.all_of(heading)


def index_column(heading: str) -> IndexColumn | None:
    """What a heading of an index table says; of several the one that stands first."""
    return _INDEX.value(heading)


def is_index(heading: str) -> bool:
    """Whether a heading says that a column is of an index."""
    return index_column(heading) is IndexColumn.INDEX


def closing(label: str) -> Closing | None:
    """What a row below the indicators holds; of several the one that stands first."""
    return _CLOSING.value(label)
