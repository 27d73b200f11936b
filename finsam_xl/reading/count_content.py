"""A column of a table of counts, shares or stated figures by what stands in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cached_property

from finsam_xl.model_budget import Amount
from finsam_xl.money import parse_number
from finsam_xl.reading.cells import Holds, holds, year_of
from finsam_xl.reading.count_kinds import Content
from finsam_xl.reading.figures import figure
from finsam_xl.reading.times import time_of
from finsam_xl.sheets.grid import Cell
from finsam_xl.words.axis import plain
from finsam_xl.words.people import Person, says_person
from finsam_xl.words.units import unit

_LONGEST_UNIT = 20
_LONGEST_TIME = 40
_LARGEST_INDEX = 100
_MOSTLY = 0.5
SURELY = 0.8
"""How large a part of a column must be of a kind for its content alone to tell."""


class Held:
    """One column: its number, what its heading says, and its cells from the top."""

    def __init__(self, number: int, headings: tuple[str, ...], cells: tuple[Cell, ...]) -> None:
        self.number, self.headings, self.cells = number, headings, cells
        self._parts: dict[Content, float | None] = {}

    @cached_property
    def filled(self) -> tuple[Cell, ...]:
        """The cells that hold something."""
        return tuple(cell for cell in self.cells if holds(cell) not in (None, Holds.DASH))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The texts among them."""
        return tuple(str(c.value).strip() for c in self.filled if holds(c) is Holds.TEXT)

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """The cells as figures, of per cent as they are read."""
        return tuple(map(figure, self.cells))

    @property
    def known(self) -> list[Fraction]:
        """The figures that stand there."""
        return [Fraction(amount) for amount in self.amounts if amount is not None]

    def part(self, content: Content) -> float | None:
        """How large a part of what stands there is of a kind; ``None`` where nothing stands."""
        if content not in self._parts:
            self._parts[content] = self._part(content)
        return self._parts[content]

    def _part(self, content: Content) -> float | None:
        if not self.filled:
            return None
        if content is Content.UNIT and not self._has_units:
            return 0
        return sum(map(_IS[content], self.filled)) / len(self.filled)

    def may_hold(self, content: Content) -> bool:
        """Whether a column may be what its heading says: half of it is, or it is blank."""
        part = self.part(content)
        if content is Content.SHARE and part is not None and part < _MOSTLY:
            # Shares may be typed as whole per cent.
            part = self.part(Content.INDEX)
        return part is None or part >= _MOSTLY

    def surely_holds(self, content: Content) -> bool:
        """Whether nearly all that stands there is of a kind."""
        part = self.part(content)
        return part is not None and part >= SURELY

    @cached_property
    def _has_units(self) -> bool:
        """Whether some of the texts are units that anyone knows."""
        return any(t == "%" or unit(t) or says_person(t, Person.COUNTED) for t in self.texts)


def _value(cell: Cell) -> tuple[Fraction, bool] | None:
    """What a cell shows, and whether in per cent."""
    shown = figure(cell)
    if shown is None:
        return None
    if isinstance(cell.value, str):
        typed = parse_number(cell.value)
        return shown, typed is not None and typed.unit == "%"
    return shown, cell.percent


def _is_count(cell: Cell) -> bool:
    found = _value(cell)
    return found is not None and not found[1] and found[0] >= 0 and found[0].denominator == 1


def _is_share(cell: Cell) -> bool:
    found = _value(cell)
    return found is not None and (found[1] or 0 <= found[0] <= 1)


def _is_index(cell: Cell) -> bool:
    found = _value(cell)
    return found is not None and not found[1] and 0 <= found[0] <= _LARGEST_INDEX


def _is_number(cell: Cell) -> bool:
    found = _value(cell)
    return found is not None and not found[1]


def _is_text(cell: Cell) -> bool:
    return holds(cell) is Holds.TEXT


def _is_unit(cell: Cell) -> bool:
    text = str(cell.value).strip()
    return _is_text(cell) and len(text) <= _LONGEST_UNIT and not any(c.isdigit() for c in text)


def _is_time(cell: Cell) -> bool:
    if holds(cell) is Holds.DATE or year_of(cell) is not None:
        return True
    text = cell.value
    return isinstance(text, str) and len(text) <= _LONGEST_TIME and bool(time_of(plain(text)).years)


def _is_figure(cell: Cell) -> bool:
    return _value(cell) is not None


_IS: Mapping[Content, Callable[[Cell], bool]] = {
    Content.NAMES: _is_text,
    Content.TEXT: _is_text,
    Content.COUNT: _is_count,
    Content.SHARE: _is_share,
    Content.NUMBER: _is_number,
    Content.FIGURE: _is_figure,
    Content.INDEX: _is_index,
    Content.UNIT: _is_unit,
    Content.TIME: _is_time,
    Content.ANY: bool,
}
