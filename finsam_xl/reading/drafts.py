"""A column while its meaning is being settled, and the table it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from finsam_xl.model_budget import STATED, Amount
from finsam_xl.periods import Period
from finsam_xl.reading.headings import Heading
from finsam_xl.reading.pieces import Piece
from finsam_xl.reading.relations import Figures, Relation
from finsam_xl.reading.title_says import Title
from finsam_xl.records import NamedTuple


class RawColumn(NamedTuple):
    """A column of figures as it stands in a block, one entry per row of its body.

    ``amounts``: ``None`` for blank or no amount; ``percent``: most cells are shown in per
    cent; ``formulas``: their texts, '' where there is none; ``corrected``: what a person says
    that it is, which is then its heading.
    """

    number: int
    heading: tuple[Piece, ...]
    amounts: tuple[Amount, ...]
    percent: bool
    formulas: tuple[str, ...]
    corrected: str = ""


class ColumnRead(NamedTuple):
    """What a column means.

    ``scenario``: see INTERFACE's words; ``of``: (index of column, factor) that it is
    calculated from; ``how``: 'difference', 'favourable', 'remaining', 'sum',
    'quotient', 'change' or 'share';
    ``sure``: 0 to 1; ``why``: plain sentences, the strongest first; ``alternative``: see
    :mod:`finsam_xl.reading.alternatives`.
    """

    number: int
    header: str
    scenario: str
    period: Period | None
    version: str
    unit: str
    of: tuple[tuple[int, int], ...]
    how: str
    sure: float
    why: tuple[str, ...]
    alternative: str = ""


class Above(Protocol):
    """A column of a table above on the sheet, as it was read."""

    @property
    def number(self) -> int:
        """Its number in the sheet."""

    @property
    def scenario(self) -> str:
        """What it is of."""

    @property
    def period(self) -> Period | None:
        """When it is of."""

    @property
    def sure(self) -> float:
        """How surely it was read."""


class Draft:
    """A column, with what is known of it so far."""

    def __init__(self, index: int, raw: RawColumn, heading: Heading) -> None:
        self.index, self.raw, self.heading = index, raw, heading
        self.scenario = ""
        self.sure = 0.0
        self.period: Period | None = None
        self.year: int | None = None
        self.years_sure = 1.0
        self.until: int | None = None
        self.relation: Relation | None = None
        self.how = ""
        self.why: list[str] = []
        self.is_open = False
        """Whether it is of a part of the year and nobody knows which."""
        self.adds_times = False
        """Whether it is blank, and to add up the columns whose times make up its own."""
        self.is_own = False
        """Whether its own heading says what it is of."""

    @property
    def sense(self) -> str:
        """What its heading says."""
        return self.heading.sense

    @property
    def is_stated(self) -> bool:
        """Whether it holds amounts that people state."""
        return self.scenario in STATED

    @property
    def is_blank(self) -> bool:
        """Whether no row holds an amount."""
        return all(amount is None for amount in self.raw.amounts)

    @property
    def made(self) -> tuple[int | None, int | None]:
        """When a forecast was made, as far as its heading says: they differ by it."""
        return self.heading.time.last, self.heading.time.number

    def settle(self, scenario: str, sure: float, why: str) -> None:
        """What it is of, how surely, and why."""
        self.scenario, self.sure = scenario, sure
        self.why.append(why)


class Table(NamedTuple):
    """The columns of a table, its titles, and the columns of the table above."""

    drafts: Sequence[Draft]
    title: Title
    figures: Figures
    above: Sequence[Above]

    def stated(self, *scenarios: str) -> Iterator[Draft]:
        """The columns of some scenarios, of any that people state where none is named."""
        wanted = scenarios or STATED
        return (draft for draft in self.drafts if draft.scenario in wanted)

    @property
    def is_timeless(self) -> bool:
        """Whether neither titles nor headings name a year: it is one and the same for all."""
        return self.title.year is None and not any(
            d.year or d.heading.time.years for d in self.drafts
        )

    def left_of(self, draft: Draft) -> Sequence[Draft]:
        """The columns to the left, the nearest first."""
        return self.drafts[: draft.index][::-1]
