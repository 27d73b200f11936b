"""The records of tables of people, shares and other stated figures: anything but amounts by period.

Participants, results by platform, referrals, answers, goals and figures that stand in
running text are all rows with a label and a few figures under known headings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from finsam_xl.model import Ref
from finsam_xl.model_budget import Known
from finsam_xl.periods import Period
from finsam_xl.records import NamedTuple


class Figure(NamedTuple):
    """A figure as it is shown: per cent as such (77 for 77 %), and with how many decimals."""

    value: Known
    decimals: int
    unit: str
    ref: Ref

    @property
    def is_percent(self) -> bool:
        """Whether it is a share in per cent."""
        return self.unit == "%"

    @property
    def half_step(self) -> Fraction:
        """How far the exact figure may be from the one shown, if it is rounded."""
        return Fraction(1, 2 * 10**self.decimals)


class About(NamedTuple):
    """What a person says that a stated figure is of: a cell, a formula or words."""

    said: str
    ref: Ref


class CountRow(NamedTuple):
    """A row: role ('section', 'line', 'subline', 'total'), label, section, figures and texts.

    ``figures`` and ``texts`` are by field; a heading with a year of its own, other than the
    table's, gives the field that year ("percent@2020"). ``parent``: the index of the line a
    "varav" line is inside; ``ref``: the cell of the label; ``about``: what its figure is of.
    """

    row: int
    role: str
    label: str
    section: str
    parent: int | None
    figures: Mapping[str, Figure]
    texts: Mapping[str, str]
    ref: Ref
    about: About | None = None


class Counts(NamedTuple):
    """A table as read. ``headings``: what each field is called in it."""

    kind: str
    sheet: str
    titles: tuple[str, ...]
    period: Period | None
    headings: Mapping[str, str]
    rows: Sequence[CountRow]

    def column(self, field: str) -> list[tuple[CountRow, Figure]]:
        """The figures of a field from the top, with their rows."""
        return [(row, row.figures[field]) for row in self.rows if field in row.figures]
