"""The records of the trade. Frozen: a calculation makes new ones, it changes none.

A record knows the cells it was read from, so that everything said about it
later can name its place.

>>> TargetRule(RuleKind.SHARE_AT_LEAST, Fraction(80)).limit
Fraction(80, 1)
>>> AreaScore("Samordning", goals=5, indicators=15, maximum=18, achieved=13).impact_index
Fraction(650, 9)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from finsam_xl.address import a1, real_name, real_place
from finsam_xl.money import Terms, exact, percent_terms, ratio
from finsam_xl.records import NamedTuple

Severity = Literal["info", "warning", "error"]
Said = Fraction | Decimal | float | str | None
_LONGEST_QUOTE = 60


SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""The gravest first."""


class Ref(NamedTuple):
    """A place in a workbook: sheet name and A1 address, and the file where there are several."""

    sheet: str
    cell: str
    file: str = ""

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}" + (f" i {self.file}" if self.file else "")

    @classmethod
    def at(cls, sheet: str, row: int, column: int) -> Ref:
        """A cell by row and column, also of a sheet that is read with rows for columns."""
        return cls(real_name(sheet), a1(*real_place(sheet, row, column)))

    def seen_from(self, other: Ref) -> str:
        """The place as it is told at another: sheet and file only where they are not the same."""
        if self.file != other.file:
            return str(self)
        return self.cell if self.sheet == other.sheet else f"{self.sheet}!{self.cell}"


class Finding(NamedTuple):
    """Something a person should know about a figure.

    ``code`` is stable and in Swedish; ``cell`` is ``None`` only for a finding
    about a whole sheet or file; ``stated``, ``calculated`` and ``difference``
    are filled in where they have a meaning; ``also``: the other places of a
    contradiction, or of a fault that stands in several; ``is_result``: the cell is
    nothing but what was calculated for it, so that this may take the place of what is stated.
    """

    severity: Severity
    code: str
    sheet: str | None
    cell: str | None
    message: str
    stated: float | str | None = None
    calculated: float | str | None = None
    difference: float | None = None
    file: str | None = None
    also: tuple[Ref, ...] = ()
    is_result: bool = False

    @classmethod
    def at(
        cls,
        ref: Ref,
        severity: Severity,
        code: str,
        message: str,
        *,
        stated: Said = None,
        calculated: Said = None,
        also: Iterable[Ref] = (),
        is_result: bool = False,
    ) -> Finding:
        """A finding about a cell. Of two numbers the difference, stated − calculated, is given."""
        difference = None
        if not isinstance(stated, str | None) and not isinstance(calculated, str | None):
            difference = float(exact(stated) - exact(calculated))
        return cls(
            severity,
            code,
            ref.sheet,
            ref.cell,
            message,
            _plain(stated),
            _plain(calculated),
            difference,
            ref.file or None,
            tuple(also),
            is_result,
        )


def _plain(said: Said) -> float | str | None:
    """A figure as a number that a sheet or JSON can hold, a text short enough to quote."""
    if isinstance(said, str):
        return shortened(said)
    if said is None:
        return None
    number = float(said)
    return int(number) if number.is_integer() else number


def shortened(text: str) -> str:
    """A text short enough to quote."""
    text = text.strip()
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"


class RuleKind(StrEnum):
    """How an outcome is held against its limit. Source: the associations' social budgets."""

    SHARE_AT_LEAST = "share_at_least"
    SHARE_AT_MOST = "share_at_most"
    SHARE_BETWEEN = "share_between"
    EVERYONE = "everyone"
    GENDER_BALANCE = "gender_balance"
    GENDER_GAP_AT_MOST = "gender_gap_at_most"
    COUNT_AT_LEAST = "count_at_least"
    REPORTED = "reported"
    LOWER_THAN_LAST_YEAR = "lower_than_last_year"
    MEAN_AT_LEAST = "mean_at_least"
    DECREASE_AT_LEAST = "decrease_at_least"


HIGHEST_STEP = 10
"""No scale of answers goes further."""


class TargetRule(NamedTuple):
    """A target: kind, limit and, for an interval, its upper limit.

    Unit of the limits: per cent for shares, balance and decrease, percentage
    points for the gap, pieces for a count, the scale's own for a mean; ``None``
    where the kind has no limit. A decrease with a limit below nought is told as a change.
    """

    kind: RuleKind
    limit: Fraction | None = None
    upper: Fraction | None = None


class Count(NamedTuple):
    """``number`` persons or answers out of ``base``; base ``None`` when it was not given.

    ``is_share``: only the share was given, in per cent, and stands as number of 100.
    """

    number: int | Fraction
    base: int | Fraction | None = None
    is_share: bool = False

    @property
    def percent(self) -> Fraction | None:
        """The exact share in per cent, or ``None`` without a base or with base 0."""
        terms = self.percent_terms
        return None if terms is None else ratio(*terms)

    @property
    def percent_terms(self) -> Terms | None:
        """The same as two whole numbers, not shortened, the lower above nought."""
        return percent_terms(self.number, self.base)


class Word(StrEnum):
    """An outcome told in a word instead of a count."""

    NOT_MEASURED = "not_measured"
    REPORTED = "reported"
    NOT_REPORTED = "not_reported"
    LOWER = "lower"
    NOT_LOWER = "not_lower"


class Outcome(NamedTuple):
    """What was measured for one indicator: in total, for women and men, or in a word."""

    total: Count | None = None
    women: Count | None = None
    men: Count | None = None
    word: Word | None = None

    @property
    def is_given(self) -> bool:
        """Whether there is anything to judge."""
        return any(part is not None for part in self)


class Indicator(NamedTuple):
    """One row of a social budget.

    ``weight`` is 1–10 or ``None`` (not readable); ``judged`` is a judgement a
    person typed; ``weight_status`` and ``basis`` say where weight and judgement
    come from; ``places`` maps a column's field name to the cell it was read from.
    """

    number: str
    name: str
    area: str
    goal: str
    group: str
    rule: TargetRule | None
    weight: int | None
    outcome: Outcome
    judged: bool | None
    weight_status: str
    basis: str
    note: str
    places: Mapping[str, Ref]

    @property
    def title(self) -> str:
        """Its number and name."""
        return f"{self.number} {self.name}".strip()


class Judgement(NamedTuple):
    """An indicator and whether it was reached; ``reached`` is ``None`` when not measured."""

    indicator: Indicator
    reached: bool | None
    calculated: bool

    @property
    def weight(self) -> int:
        """The weight that counts: 0 when the weight is unreadable."""
        return self.indicator.weight or 0

    @property
    def points(self) -> int | None:
        """The whole weight if reached, 0 if missed, ``None`` if not measured."""
        if self.reached is None:
            return None
        return self.weight if self.reached else 0


class AreaScore(NamedTuple):
    """Points of one goal area, or of the whole: counts, maximum and achieved points."""

    name: str
    goals: int
    indicators: int
    maximum: int
    achieved: int

    @property
    def impact_index(self) -> Fraction | None:
        """100 × achieved / maximum, unrounded; ``None`` when nothing was measured."""
        return Fraction(100 * self.achieved, self.maximum) if self.maximum else None


class UnitIndex(NamedTuple):
    """The Impactindex of a platform or of the association, with what it rests on."""

    unit: str
    is_association: bool
    areas: tuple[AreaScore, ...]
    total: AreaScore
    judgements: tuple[Judgement, ...]
    excluded: tuple[str, ...] = ()
    """Numbers of the rows that are left out until they are mended."""

    def share(self, area: AreaScore) -> Fraction | None:
        """The area's part of all points, in per cent; ``None`` when there are no points."""
        return Fraction(100 * area.maximum, self.total.maximum) if self.total.maximum else None
