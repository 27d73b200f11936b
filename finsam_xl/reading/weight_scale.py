"""The scale of weights a social budget says it uses, or shows by many weights beyond ours."""

from __future__ import annotations

import re
from collections.abc import Sequence

from finsam_xl.calc.weights import Scale, scale_of
from finsam_xl.model import Indicator
from finsam_xl.sheets.tables import Table
from finsam_xl.words.measures import Measure, measures

_SCALE = re.compile(r"(?<!\d)(\d{1,2})\s*[-–—]\s*(\d{1,3})(?!\d)")


def weight_scale(table: Table, indicators: Sequence[Indicator], usual: Scale) -> Scale:
    """The lowest and the highest weight of a table; ``usual``: where it says nothing itself."""
    headings = [column.header for column in table.columns if column.field == "weight"]
    for text in (*headings, *table.titles):
        stated = _SCALE.search(text)
        if stated and Measure.WEIGHT in measures(_SCALE.sub(" ", text)):
            low, high = map(int, stated.groups())
            if low < high:
                return low, high
    return scale_of((one.weight for one in indicators), usual)
