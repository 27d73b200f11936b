"""The target of a goal's measure, and its outcome in the target's unit.

A target is written with its rule ("Andel minst" | 70 %), in words ("minst 70 %"), or as a bare
figure ("70 %", 0,7, "2 ggr/år"). A bare figure does not say which way is good: that is told by
the column's heading, by what is measured (a survey, something done so many times a year), or by
the verdicts that are typed. Where nothing tells, nothing is judged.
"""

from __future__ import annotations

import re
from enum import StrEnum, unique
from fractions import Fraction

from finsam_xl.calc.goal_map import Measure
from finsam_xl.model import Count, Outcome, RuleKind, TargetRule
from finsam_xl.money import parse_number
from finsam_xl.reading.share_scale import Scale
from finsam_xl.reading.social_content import amount
from finsam_xl.reading.targets import IN_PER_CENT, parse_rule
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Cell
from finsam_xl.words.targets import Part, rule_parts

_WHOLE, _HALF = 100, 50
_PER_CENT = "%"
_WAYS = frozenset({Part.AT_LEAST, Part.AT_MOST})
_SIMPLE = frozenset({Part.SHARE, Part.COUNT, Part.MEAN, *_WAYS})
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")
_WORD_OF = {Part.AT_LEAST: "minst", Part.AT_MOST: "högst"}
"""How a way is written before a limit, for the one reader of rules."""
_UNITS = {Part.SHARE: "andel", Part.COUNT: "antal", Part.MEAN: "medelvärde"}


@unique
class Gap(StrEnum):
    """Why a measure cannot be judged, where it cannot."""

    NO_TARGET = "no_target"
    IN_WORDS = "inwords"
    OPEN_WAY = "open_way"
    OPEN_UNIT = "open_unit"


class Stated(NamedTuple):
    """A target as the cells state it.

    ``rule``: the text of the rule's cell; ``limit``: the cell of its figure, which may hold
    words; ``unit``: what the unit's cell says; ``heading``: what stands over the limit;
    ``measure``: what is measured, by the words of the indicator; ``is_share``: the outcome is one;
    ``is_unwanted``: what is counted is something that one wants little of.
    """

    rule: str
    limit: Cell
    unit: str
    heading: str
    measure: Measure | None
    is_share: bool = False
    is_unwanted: bool = False

    @property
    def says_percent(self) -> bool:
        """Whether target, unit or heading say that it is a share."""
        texts = (self.unit, self.heading, self.rule, self.words)
        return self.is_share or self.limit.percent or any(_PER_CENT in text for text in texts)

    @property
    def words(self) -> str:
        """The limit, where it is written in words."""
        return str(self.limit.value or "") if isinstance(self.limit.value, str) else ""

    @property
    def shown(self) -> str:
        """The target as it is written."""
        value = self.limit.value
        return " ".join(filter(None, (self.rule, "" if value is None else str(value))))


def target(stated: Stated, *, more_is_better: bool = False) -> tuple[TargetRule | None, Gap | None]:
    """The rule that is stated, or why there is none.

    ``more_is_better``: the verdicts typed in the table say so of bare figures.
    """
    text = (stated.rule or stated.words).replace("/", " per ")
    if not text and stated.limit.value is None:
        return None, Gap.NO_TARGET
    parts = rule_parts(_FIGURE.sub(" ", text))
    if not _is_simple(text, parts):
        rule = parse_rule(text, _limit(stated))
        return (None, Gap.IN_WORDS) if rule is None else (rule, None)
    way = _way(stated, parts, more_is_better=more_is_better)
    if way is None:
        return None, Gap.OPEN_WAY
    what = _unit(stated, parts)
    if what is None:
        return None, Gap.OPEN_UNIT
    rule = parse_rule(f"{_UNITS[what]} {_WORD_OF[way]}", _figure(stated))
    return (None, Gap.IN_WORDS) if rule is None or rule.limit is None else (rule, None)


def _is_simple(text: str, parts: frozenset[Part]) -> bool:
    """Whether a target is a figure, with its way and its unit at most."""
    if not text or parse_number(text.strip()) is not None:
        return True
    return bool(parts) and parts <= _SIMPLE and len(parts & _WAYS) <= 1


def _way(stated: Stated, parts: frozenset[Part], *, more_is_better: bool) -> Part | None:
    said = parts & _WAYS or rule_parts(stated.heading) & _WAYS
    if len(said) == 1:
        return next(iter(said))
    is_known = more_is_better or (not stated.is_unwanted and _is_wanted(stated, parts))
    return Part.AT_LEAST if is_known else None


def _is_wanted(stated: Stated, parts: frozenset[Part]) -> bool:
    """Whether what is measured is such that more is better: most should agree, much be done."""
    if stated.measure is not Measure.SURVEY:
        return stated.measure is not None or Part.MEAN in parts
    number = amount(_figure(stated))
    if number is None:
        return False
    is_part = stated.limit.percent or 0 < number < 1
    return (_WHOLE * number if is_part else number) >= _HALF or Part.MEAN in parts


def _unit(stated: Stated, parts: frozenset[Part]) -> Part | None:
    """What a bare figure is of; ``None`` where that is not said."""
    if Part.MEAN in parts:
        return Part.MEAN
    if stated.says_percent or Part.SHARE in parts:
        return Part.SHARE
    if Part.COUNT in parts or Part.COUNT in rule_parts(stated.unit):
        return Part.COUNT
    number = amount(stated.limit)
    if number is not None and 0 < number < 1:
        return Part.SHARE
    if stated.measure not in (None, Measure.SURVEY):
        return Part.COUNT
    return None


def _limit(stated: Stated) -> Cell:
    """The limit's cell; a heading or unit that says per cent says so of a plain figure above 1."""
    value = stated.limit.value
    if isinstance(value, bool | str | None) or stated.limit.percent or value <= 1:
        return stated.limit
    says_so = _PER_CENT in stated.unit or _PER_CENT in stated.heading
    return stated.limit._replace(value=f"{value} {_PER_CENT}") if says_so else stated.limit


def _figure(stated: Stated) -> Cell:
    """The figure of a bare target: of "2 ggr/år" the 2."""
    cell = _limit(stated)
    source = cell.value if cell.value is not None else stated.rule
    if not isinstance(source, str) or parse_number(source) is not None:
        return cell._replace(value=source)
    words = source.replace("/", " ").replace(_PER_CENT, f" {_PER_CENT}").split()
    digits = [word for word in words if parse_number(word) is not None]
    unit = f" {_PER_CENT}" if _PER_CENT in words else ""
    return Cell(f"{digits[0]}{unit}") if len(digits) == 1 else cell


def in_unit(
    rule: TargetRule | None,
    outcome: Outcome,
    cell: Cell,
    *,
    says_percent: bool,
    scale: Scale | None = None,
) -> tuple[Outcome, Gap | None]:
    """An outcome as a share, where the target is one and the figure surely is.

    A part of one is no number of people; a figure above 1 is per cent where its heading, its
    unit or a target typed in the same way says so. ``scale``: how the column's shares are typed.
    """
    total = outcome.total
    if rule is None or total is None or rule.kind not in {*IN_PER_CENT, RuleKind.EVERYONE}:
        return outcome, None
    if total.base is not None or total.is_share or isinstance(cell.value, str):
        return outcome, None
    number = total.number
    if scale is Scale.PER_CENT:
        share = Fraction(number)
    elif number == 0 or (0 < number < 1 and scale is not Scale.MIXED):
        share = _WHOLE * Fraction(number)
    elif number > 1 and says_percent:
        share = Fraction(number)
    else:
        return outcome._replace(total=None), Gap.OPEN_UNIT
    return outcome._replace(total=Count(share, Fraction(_WHOLE), is_share=True)), None
