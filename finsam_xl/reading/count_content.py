"""The columns of a table of counts, shares or stated figures by what stands in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from finsam_xl.labels import without_year
from finsam_xl.money import parse_number
from finsam_xl.reading.cells import Holds, holds, year_of
from finsam_xl.reading.count_kinds import Content
from finsam_xl.reading.figures import figure
from finsam_xl.reading.grades import grade_of
from finsam_xl.reading.relations import Figures
from finsam_xl.reading.targets import is_known_verdict, states_limit, states_rule
from finsam_xl.reading.times import time_of
from finsam_xl.sheets.grid import Cell
from finsam_xl.words.axis import plain
from finsam_xl.words.people import Person, people_of, says_person
from finsam_xl.words.quantities import quantity
from finsam_xl.words.units import unit

_LONGEST_UNIT = 20
_LONGEST_TIME = 40
_LARGEST_INDEX = 100
_HIGHEST_GOAL = 99
_LONGEST_TARGET = 40
_MOSTLY = 0.5
SURELY = 0.8
"""How large a part of a column must be of a kind for its content alone to tell."""


class Held:
    """One column: its number, what its heading says, and its cells from the top."""

    def __init__(self, number: int, headings: tuple[str, ...], cells: tuple[Cell, ...]) -> None:
        self.number, self.headings, self.cells = number, headings, cells
        self._parts: dict[Content, float | None] = {}

    @cached_property
    def _held(self) -> tuple[tuple[Cell, Holds], ...]:
        """The cells that hold something, and what."""
        held = zip(self.cells, map(holds, self.cells), strict=True)
        return tuple((cell, what) for cell, what in held if what and what is not Holds.DASH)

    @cached_property
    def filled(self) -> tuple[Cell, ...]:
        """The cells that hold something."""
        return tuple(cell for cell, _ in self._held)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The texts among them."""
        return tuple(str(cell.value).strip() for cell, what in self._held if what is Holds.TEXT)

    @cached_property
    def amounts(self) -> tuple[Fraction | None, ...]:
        """The cells as figures, of per cent as they are read."""
        return tuple(map(figure, self.cells))

    @cached_property
    def known(self) -> tuple[Fraction, ...]:
        """The figures that stand there."""
        return tuple(amount for amount in self.amounts if amount is not None)

    @cached_property
    def _shown(self) -> tuple[tuple[Fraction, bool], ...]:
        """The same, and whether in per cent."""
        shown = zip(self.cells, self.amounts, strict=True)
        return tuple((number, _is_percent(cell)) for cell, number in shown if number is not None)

    @cached_property
    def adds_up(self) -> bool:
        """Whether the last figure is the sum of those above it."""
        *parts, total = self.known or (0,)
        return len(parts) > 1 and sum(parts) == total

    def part(self, content: Content) -> float | None:
        """How large a part of what stands there is of a kind; ``None`` where nothing stands."""
        if content not in self._parts:
            self._parts[content] = self._part(content)
        return self._parts[content]

    def _part(self, content: Content) -> float | None:
        if not self._held:
            return None
        if content in _OF_FIGURES:
            found = sum(_OF_FIGURES[content](number, percent) for number, percent in self._shown)
        else:
            found = sum(_OF_CELLS[content](cell, what) for cell, what in self._held)
        part = found / len(self._held)
        is_unknown = content is Content.UNIT and part >= _MOSTLY and not self._has_units
        return 0 if is_unknown else part

    def may_hold(self, content: Content) -> bool:
        """Whether a column may be what its heading says: half of it is, or it is blank."""
        part = self.part(content)
        if content is Content.SHARE and part is not None and part < _MOSTLY:
            # Shares may be typed as whole per cent.
            part = self.part(Content.INDEX)
        # Targets stand under "Mål" as well: a few numbers among them name no goals.
        return part is None or part >= (SURELY if content is Content.GOAL else _MOSTLY)

    def surely_holds(self, content: Content) -> bool:
        """Whether nearly all that stands there is of a kind."""
        part = self.part(content)
        return part is not None and part >= SURELY

    @cached_property
    def _has_units(self) -> bool:
        """Whether some of the texts are units that anyone knows."""
        return any(t == "%" or unit(t) or says_person(t, Person.COUNTED) for t in self.texts)


class Laid:
    """The columns of a table that hold figures, asked for what they are to each other."""

    def __init__(self, columns: Iterable[Held]) -> None:
        self._all = columns

    @cached_property
    def columns(self) -> Sequence[Held]:
        """Those columns, from the left."""
        return [column for column in self._all if column.known]

    @cached_property
    def figures(self) -> Figures:
        """Their figures."""
        return Figures([column.amounts for column in self.columns])


def _is_percent(cell: Cell) -> bool:
    if isinstance(cell.value, str):
        typed = parse_number(cell.value)
        return typed is not None and typed.unit == "%"
    return cell.percent


def _is_count(number: Fraction, percent: bool) -> bool:
    return not percent and number.denominator == 1 and number.numerator >= 0


def _is_share(number: Fraction, percent: bool) -> bool:
    return percent or 0 <= number.numerator <= number.denominator


def _is_index(number: Fraction, percent: bool) -> bool:
    return not percent and 0 <= number.numerator <= _LARGEST_INDEX * number.denominator


def _is_number(_number: Fraction, percent: bool) -> bool:
    return not percent


def _is_figure(_number: Fraction, _percent: bool) -> bool:
    return True


def _is_text(_cell: Cell, what: Holds) -> bool:
    return what is Holds.TEXT


def _is_unit(cell: Cell, what: Holds) -> bool:
    text = str(cell.value).strip()
    is_short = what is Holds.TEXT and len(text) <= _LONGEST_UNIT
    return is_short and not any(c.isdigit() for c in text)


def _is_time(cell: Cell, what: Holds) -> bool:
    if what is Holds.DATE or year_of(cell) is not None:
        return True
    text = cell.value
    return isinstance(text, str) and len(text) <= _LONGEST_TIME and bool(time_of(plain(text)).years)


def _is_pointer(cell: Cell, what: Holds) -> bool:
    """A cell that is fetched or named, or words; a year says when and not what."""
    if cell.formula is not None:
        return True
    if what is not Holds.TEXT:
        return False
    text = str(cell.value)
    is_named = quantity(without_year(plain(text))) is not None or people_of(text) is not None
    return is_named or "!" in text or not _is_time(cell, what)


def _is_goal(cell: Cell, what: Holds) -> bool:
    """A goal in words, or its number; no target."""
    if what is Holds.FIGURE:
        number = figure(cell)
        is_whole = number is not None and number.denominator == 1
        return is_whole and not _is_percent(cell) and 0 < (number or 0) <= _HIGHEST_GOAL
    return what is Holds.TEXT and not (states_limit(str(cell.value)) and _is_short(cell))


def _is_target(cell: Cell, what: Holds) -> bool:
    """A figure that may be aimed at, or words with one."""
    begins = str(cell.value).strip()[:1].isdigit()
    return what is Holds.FIGURE or (_is_short(cell) and (begins or _is_rule(cell, what)))


def _is_rule(cell: Cell, what: Holds) -> bool:
    """Words that say which way, of what is to be reached."""
    return what is Holds.TEXT and states_rule(str(cell.value))


def _is_short(cell: Cell) -> bool:
    return len(str(cell.value)) <= _LONGEST_TARGET


def _is_verdict(cell: Cell, _what: Holds) -> bool:
    """Yes, no, not measured, or a grade."""
    return is_known_verdict(cell) or grade_of(cell.value) is not None


def _is_any(_cell: Cell, _what: Holds) -> bool:
    return True


_OF_FIGURES: Mapping[Content, Callable[[Fraction, bool], bool]] = {
    Content.COUNT: _is_count,
    Content.SHARE: _is_share,
    Content.NUMBER: _is_number,
    Content.FIGURE: _is_figure,
    Content.INDEX: _is_index,
}
_OF_CELLS: Mapping[Content, Callable[[Cell, Holds], bool]] = {
    Content.NAMES: _is_text,
    Content.TEXT: _is_text,
    Content.UNIT: _is_unit,
    Content.TIME: _is_time,
    Content.POINTER: _is_pointer,
    Content.GOAL: _is_goal,
    Content.TARGET: _is_target,
    Content.RULE: _is_rule,
    Content.VERDICT: _is_verdict,
    Content.ANY: _is_any,
}
