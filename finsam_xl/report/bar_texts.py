"""Where the texts at the bars of a chart stand, and how far its axis must go to hold them.

A text stands at the end of its bar, and further out where a dashed line would strike it there or
the text beside it would meet it. How big bars are drawn is reckoned, with some to spare, since each
program divides a chart in its own way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from finsam_xl.records import NamedTuple
from finsam_xl.report import look
from finsam_xl.sheetplan import BarChart, ColumnChart

_MOST_NAMES, _MOST_ON_LINES, _BESIDE_NAMES = 0.6, 0.35, 40.0
"""How much of a chart the names of bars have at most, on one line or two, and the pixels around."""
_SIZE, _PIXELS_PER_CHARACTER, _BESIDE, _BETWEEN = 9.0, 7.0, 12.0, 4.0
"""How big texts are, in points, and in pixels what is around them and between them."""
_TITLE, _NAMES, _LEGEND, _LINE, _LEAST_PLOT = 34.0, 34.0, 24.0, 22.0, 60.0
"""What of a chart's height is not columns, in pixels, a line of text, and the least they have."""
_ACROSS, _BAR, _TIGHT = 0.94, 1 / 1.6, 1.07
"""How much of a chart's width the lanes of columns have, and a column of its lane; and how much
broader names are reckoned than they are drawn."""
_ROOM, _TRIES, _LEAST_DRAWN = 0.15, 3, 0.2
"""How much of the axis a value in figures may need, how often it is fitted to its texts, and how
much of it the bars have at least."""
_SEAM = re.compile(
    r"(?<=[a-zåäö]{3})(?:[dgmnpt]s(?=[bcdfghjklmnpqrtv][a-zåäö]{2})|[gm]s(?=[aeiouyåäö][a-zåäö]{3}))"
)
"""Where a compound may be parted."""

Known = Sequence[float | None]


class Placed(NamedTuple):
    """Where each text stands on the axis, whether below that place, and the ends of the axis.

    ``rooms``: how far each text goes along the axis of a bar chart.
    """

    places: list[float]
    lowest: float
    highest: float
    below: Sequence[bool] = ()
    rooms: Sequence[float] = ()


def plot_width(chart: BarChart, names: Sequence[str]) -> float:
    """About how many pixels the axis of a bar chart is long beside the names of its bars.

    Where a target stands below the bars LibreOffice puts long names on two lines.
    """
    width = chart.size[0]
    broadest = max((_wide(name, bold=False) for name in names), default=0.0) / _TIGHT
    most = (_MOST_NAMES if chart.target is None else _MOST_ON_LINES) * width
    return width - min(broadest, most) - _BESIDE_NAMES


def at_bars(chart: BarChart, values: Known, width: float, half_line: float) -> Placed:
    """The texts of a bar chart whose axis is ``width`` long, all right of their bars and of zero.

    Left of a bar that goes below zero stands its name. ``half_line``: half the target line's width;
    both in pixels.
    """
    texts = chart.texts or ("",) * len(values)
    rooms = [(_BESIDE + _wide(text)) / width if text else _ROOM for text in texts]
    reach = [0.0, *(value for value in values if value is not None)]
    reach += [chart.target] if chart.target is not None else []
    left = 0.0 if chart.texts else _ROOM
    lowest, highest = _ends(min(reach), max(reach), left, max(rooms, default=_ROOM))
    highest = max(chart.highest, highest)
    lengths = [room * (highest - lowest) for room in rooms]
    places = [max(0.0, value or 0.0) for value in values]
    if chart.target is not None:
        edge = half_line * (highest - lowest) / width
        near, far = chart.target - edge, chart.target + edge
        places = [
            far if place < far and place + length > near else place
            for place, length in zip(places, lengths, strict=True)
        ]
    return Placed(places, lowest, highest, rooms=lengths)


def at_stacks(chart: ColumnChart, stacks: Sequence[Known], line: Known) -> Placed:
    """The texts of a column chart: above what rises from zero, below what only falls from it."""
    ups = [sum(value for value in stack if value and value > 0) for stack in stacks]
    downs = [sum(value for value in stack if value and value < 0) for stack in stacks]
    below = [down < 0 and not up for up, down in zip(ups, downs, strict=True)]
    reach = [0.0, *ups, *downs, *(value for value in line if value is not None)]
    room = _LINE / _plot_height(chart)
    lowest, highest = _ends(min(reach), max(reach), room * any(below), room * (not all(below)))
    broad = lane(chart.size[0], len(stacks)) - _BETWEEN
    widths = [_wide(text) / broad for text in chart.texts]
    ends = [down if is_below else up for up, down, is_below in zip(ups, downs, below, strict=True)]
    for _ in range(_TRIES):
        height = room * (highest - lowest)
        places = _clear(ends, below, line, height)
        places = _apart(places, below, widths, height)
        lowest = min(
            [lowest, *(at - height for at, down in zip(places, below, strict=True) if down)]
        )
        highest = max(
            [highest, *(at + height for at, down in zip(places, below, strict=True) if not down)]
        )
    return Placed(places, lowest, highest, below)


def _clear(ends: Sequence[float], below: Sequence[bool], line: Known, height: float) -> list[float]:
    """Where texts of a height at the ends of stacks stand, so that a line strikes none of them."""
    places = []
    for number, (end, is_below) in enumerate(zip(ends, below, strict=True)):
        struck = _around(line, number)
        if is_below:
            places.append(min([end, *struck]) if _strikes(struck, end - height, end) else end)
        else:
            places.append(max([end, *struck]) if _strikes(struck, end, end + height) else end)
    return places


def _apart(
    places: Sequence[float], below: Sequence[bool], widths: Sequence[float], height: float
) -> list[float]:
    """The places of texts, further out where one would meet the text beside it.

    ``widths``: those of the texts, as parts of a lane.
    """
    made: list[float] = []
    for number, (place, is_below) in enumerate(zip(places, below, strict=True)):
        before = number - 1
        meets = (
            number > 0
            and widths[number] + widths[before] > 2
            and below[before] == is_below
            and abs(place - made[before]) < height
        )
        away = -height if is_below else height
        made.append(made[before] + away if meets else place)
    return made


def in_bars(chart: ColumnChart, number: int, values: Known) -> tuple[str, ...]:
    """The texts in the bars of a series, without those that its bars are too small for."""
    tall = (chart.highest - chart.lowest) * _LINE / _plot_height(chart)
    broad = lane(chart.size[0], len(values)) * _BAR
    texts = chart.series[number].texts
    return tuple(
        text if value is not None and abs(value) >= tall and _wide(text) <= broad else ""
        for text, value in zip(texts, values, strict=True)
    )


def lane(width: float, columns: int) -> float:
    """About how many pixels wide the lane of one of several columns is in a chart."""
    return _ACROSS * width / max(1, columns)


def wrapped(name: str, width: float, columns: int) -> str:
    """The name of a column on lines of its own lane, its long words parted where they are joined.

    A program breaks a word that is too long anywhere; a Swedish compound with -s- has a seam.
    """
    room = _TIGHT * lane(width, columns)
    lines = [""]
    for word in (part for whole in name.split() for part in _parts(whole, room)):
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1].endswith("-") or (lines[-1] and _wide(longer, bold=False) > room):
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)


def _parts(word: str, room: float) -> list[str]:
    """A word, in two parts if it is too long and has a seam where the first one fits."""
    if _wide(word, bold=False) <= room:
        return [word]
    fitting = [
        seam.end()
        for seam in _SEAM.finditer(word)
        if _wide(f"{word[: seam.end()]}-", bold=False) <= room
    ]
    return [f"{word[: fitting[-1]]}-", word[fitting[-1] :]] if fitting else [word]


def _plot_height(chart: ColumnChart) -> float:
    """About how many pixels the axis of a column chart is long."""
    taken = _TITLE + _NAMES + (_LEGEND if chart.is_named else 0)
    return max(_LEAST_PLOT, chart.size[1] - taken)


def _wide(text: str, *, bold: bool = True) -> float:
    """How many pixels wide a text in a chart is; those at bars are bold."""
    return _PIXELS_PER_CHARACTER * look.text_width(text, _SIZE, bold=bold)


def _ends(lowest: float, highest: float, under: float, over: float) -> tuple[float, float]:
    """The ends of an axis with room, as parts of it, for texts below what is drawn and above it."""
    under = under if lowest < 0 else 0.0
    span = (highest - lowest) / max(_LEAST_DRAWN, 1 - under - over)
    return (lowest - under * span, highest + over * span) if span else (0.0, 1.0)


def _around(line: Known, number: int) -> list[float]:
    """Where a line is over a column: at its middle, and half way to its neighbours."""
    here = line[number]
    if here is None:
        return []
    beside = [line[n] for n in (number - 1, number + 1) if 0 <= n < len(line)]
    return [here, *((here + other) / 2 for other in beside if other is not None)]


def _strikes(line: Sequence[float], lowest: float, highest: float) -> bool:
    """Whether a line goes through a height."""
    return bool(line) and min(line) < highest and max(line) > lowest
