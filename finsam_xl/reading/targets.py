"""Reading a target as people write it: the rule's words and the limit's figure.

A rule whose words are known as a whole is what they say. Else its words are asked one by one:
which way, what is measured; what turns it round makes it unknown. A limit with two ends is a
span, whatever it is called.

>>> parse_rule("Andel minst", Cell(0.8, percent=True))
TargetRule(kind=<RuleKind.SHARE_AT_LEAST: 'share_at_least'>, limit=Fraction(80, 1), upper=None)
>>> parse_rule("Jämn könsfördelning", Cell("40–60 %")).upper
Fraction(60, 1)
>>> parse_rule("≥ 80 %", Cell()).limit
Fraction(80, 1)
>>> parse_rule("differens högst", Cell(20)).kind
<RuleKind.GENDER_GAP_AT_MOST: 'gender_gap_at_most'>
>>> parse_rule("inom spannet", Cell("35–65")).kind
<RuleKind.SHARE_BETWEEN: 'share_between'>
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

from finsam_xl.labels import capital, normalise, small
from finsam_xl.model import Outcome, RuleKind, TargetRule, Word
from finsam_xl.money import exact, parse_number
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Cell
from finsam_xl.words.targets import Part, judgement, outcome, rule_kind, rule_parts

IN_PER_CENT = {
    RuleKind.SHARE_AT_LEAST,
    RuleKind.SHARE_AT_MOST,
    RuleKind.SHARE_BETWEEN,
    RuleKind.GENDER_BALANCE,
}
"""The kinds whose limit is a share, from 0 to 100 per cent."""
OF_A_HUNDRED = IN_PER_CENT | {RuleKind.GENDER_GAP_AT_MOST, RuleKind.DECREASE_AT_LEAST}
"""The kinds whose limit is at most 100."""
NO_LIMIT = {RuleKind.EVERYONE, RuleKind.REPORTED, RuleKind.LOWER_THAN_LAST_YEAR}
EXAMPLES = "”Andel minst” 80 %, ”Könsskillnad högst” 20, ”Jämn könsfördelning” 40–60 %"
_TWO_ENDS = {RuleKind.SHARE_BETWEEN, RuleKind.GENDER_BALANCE}
_MAY_BE_FRACTIONS = IN_PER_CENT | {RuleKind.GENDER_GAP_AT_MOST}
_WHOLE = 100
_PER_CENT = "%"
_ALL = (None, Fraction(1), Fraction(_WHOLE))
_FIGURE = re.compile(r"(?<![\w.,])(\d{1,15}(?:[.,]\d{1,15})?)(?!\d)\s*(%?)")
_INTERVAL = re.compile(
    r"(\d{1,15}(?:[.,]\d{1,15})?)\s*%?\s*[-–—−/]\s*(\d{1,15}(?:[.,]\d{1,15})?)\s*%?"
)
_MEASURES: tuple[tuple[Part, Part | None, RuleKind], ...] = (
    (Part.GAP, Part.AT_MOST, RuleKind.GENDER_GAP_AT_MOST),
    (Part.GAP, None, RuleKind.GENDER_GAP_AT_MOST),
    (Part.BALANCE, None, RuleKind.GENDER_BALANCE),
    (Part.BALANCE, Part.AT_LEAST, RuleKind.GENDER_BALANCE),
    (Part.SPAN, None, RuleKind.SHARE_BETWEEN),
    (Part.MEAN, Part.AT_LEAST, RuleKind.MEAN_AT_LEAST),
    (Part.COUNT, Part.AT_LEAST, RuleKind.COUNT_AT_LEAST),
    (Part.SHARE, Part.AT_LEAST, RuleKind.SHARE_AT_LEAST),
    (Part.SHARE, Part.AT_MOST, RuleKind.SHARE_AT_MOST),
    (Part.EVERYONE, None, RuleKind.EVERYONE),
    (Part.REPORTED, None, RuleKind.REPORTED),
)
"""What is measured and which way → the kind of rule; of several the first that is said."""
_SHARES = (RuleKind.SHARE_AT_LEAST, RuleKind.SHARE_AT_MOST)
_WAYS = (Part.AT_LEAST, Part.AT_MOST)


class _Limits(NamedTuple):
    low: Fraction | None = None
    high: Fraction | None = None
    unit: str = ""


@lru_cache(maxsize=1024)
def parse_rule(text: str, limit: Cell | None, upper: Cell | None = None) -> TargetRule | None:
    """The target a row states, or ``None`` when its words are not known.

    ``limit`` is the cell of the limit column, ``upper`` that of a column with the other end of
    a span; both may also stand in the rule's own text. A kind that needs a limit and has none
    keeps ``limit=None``.
    """
    own = _in_text(text)
    stated = _with_upper(_limits(limit), upper)
    if _are_two(own, stated):
        return None
    # The rule's own text has what the limit's column lacks: both ends, or any figure.
    limits = own if own.high is not None or stated.low is None else stated
    kind = _kind(text, limits)
    if kind is None or (kind is RuleKind.EVERYONE and limits.low not in _ALL):
        return None
    low, high, unit = limits
    if kind is RuleKind.SHARE_AT_LEAST and unit in ("st", "p"):
        kind = RuleKind.COUNT_AT_LEAST
    is_word = own.low is not None and _says_way_alone(text)
    if low is not None and unit == "" and _is_fraction(kind, low, is_word=is_word):
        # A share typed as 0,8 in a cell without per cent format.
        low, high = 100 * low, None if high is None else 100 * high
    if kind in NO_LIMIT:
        return TargetRule(kind)
    return TargetRule(kind, low, high if kind in _TWO_ENDS else None)


def _is_fraction(kind: RuleKind, low: Fraction, *, is_word: bool) -> bool:
    """Whether a limit without unit is a part of one; a decrease by 1 is by one per cent.

    ``is_word``: it is written as "högst 1", where 1 is one of something and not the whole.
    """
    if kind is RuleKind.DECREASE_AT_LEAST:
        return 0 < abs(low) < 1
    return kind in _MAY_BE_FRACTIONS and (0 < low < 1 or (low == 1 and not is_word))


def is_outside(rule: TargetRule) -> bool:
    """Whether a limit is none that its kind can have: below nought, or more than all.

    A decrease may be told as a change, by at least −1 %.

    >>> is_outside(TargetRule(RuleKind.COUNT_AT_LEAST, Fraction(-2)))
    True
    """
    if rule.limit is None or rule.kind in NO_LIMIT:
        return False
    low = abs(rule.limit) if rule.kind is RuleKind.DECREASE_AT_LEAST else rule.limit
    return low < 0 or (rule.kind in OF_A_HUNDRED and max(low, rule.upper or low) > _WHOLE)


def _kind(text: str, limits: _Limits) -> RuleKind | None:
    """What a rule measures and which way."""
    words = _FIGURE.sub(lambda found: f" {found.group(2)} ", text)
    whole = rule_kind(text, RuleKind) or rule_kind(words.replace("%", " "), RuleKind)
    if whole is not None:
        return whole
    parts = rule_parts(words)
    if Part.TURNED in parts:
        return None
    if limits.high is not None and parts.isdisjoint(_WAYS):
        return RuleKind.GENDER_BALANCE if Part.BALANCE in parts else RuleKind.SHARE_BETWEEN
    ways = [way for way in _WAYS if way in parts]
    if len(ways) > 1:
        return None
    return _measured(parts, ways[0] if ways else None)


def _measured(parts: frozenset[Part], way: Part | None) -> RuleKind | None:
    measures = parts - {*_WAYS}
    if not measures and way is not None:
        return RuleKind.SHARE_AT_LEAST if way is Part.AT_LEAST else RuleKind.SHARE_AT_MOST
    if {Part.COUNT, Part.MEAN} & measures and way is Part.AT_MOST:
        return None
    kinds = (kind for what, which, kind in _MEASURES if what in measures and which is way)
    return next(kinds, None)


def _in_text(text: str) -> _Limits:
    """The limit that a rule's own text holds: one figure, or two ends."""
    if len(text) > 200:
        return _Limits()
    interval = _INTERVAL.search(text)
    parts = rule_parts(_FIGURE.sub(" ", text))
    if interval and parts.isdisjoint(_WAYS):
        low, high = map(_number, interval.groups())
        return _Limits(low, high, "%") if low < high or low + high == _WHOLE else _Limits()
    found = _FIGURE.findall(text)
    if len(found) == 2 and {Part.SPAN, Part.BALANCE} & parts:
        return _Limits(_number(found[0][0]), _number(found[1][0]), "%")
    if len(found) != 1:
        return _Limits()
    unit = "%" if found[0][1] or Part.SHARE in parts else "st" if Part.COUNT in parts else ""
    return _Limits(_number(found[0][0]), None, unit)


def _are_two(own: _Limits, stated: _Limits) -> bool:
    """Whether a rule's own figure is another than the one in the limit's column."""
    if own.low is None or stated.low is None or own.high is not None:
        return False
    own_, stated_ = (100 * low if 0 < low <= 1 else low for low in (own.low, stated.low))
    return own_ != stated_


def _number(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def _limits(cell: Cell | None) -> _Limits:
    value = cell.value if cell is not None else None
    if cell is None or value is None or isinstance(value, bool):
        return _Limits()
    if isinstance(value, int | float):
        number = exact(value)
        return _Limits(100 * number, None, "%") if cell.percent else _Limits(number)
    interval = _INTERVAL.fullmatch(value.strip())
    if interval:
        return _Limits(_number(interval.group(1)), _number(interval.group(2)), "%")
    figure = parse_number(value.lstrip("≥≤<>= "))
    if figure is None:
        return _in_text(value)
    unit = "%" if cell.percent else figure.unit
    return _Limits(Fraction(figure.value), None, unit)


def _with_upper(limits: _Limits, upper: Cell | None) -> _Limits:
    """A limit with its other end, where a column of its own holds it."""
    high = _limits(upper)
    if limits.low is None or limits.high is not None or high.low is None or high.low <= limits.low:
        return limits
    return limits._replace(high=high.low)


def is_bare(text: str, limit: Cell | None) -> bool:
    """Whether rule and limit say which way and not what is measured: "minst", "≤ 80"."""
    return _says_way_alone(text) and not _limits(limit).unit


def _says_way_alone(text: str) -> bool:
    """Whether a rule says which way, and neither what is measured nor its unit."""
    words = _FIGURE.sub(lambda found: f" {found.group(2)} ", text)
    parts = rule_parts(words)
    return bool(parts) and parts <= {*_WAYS}


def typed_figure(text: str) -> Fraction | None:
    """The only figure in a rule's words, where it has no unit: the 80 of "minst 80".

    >>> typed_figure("minst 80"), typed_figure("minst 80 %"), typed_figure("40–60")
    (Fraction(80, 1), None, None)
    """
    found = _FIGURE.findall(text)
    return _number(found[0][0]) if len(found) == 1 and not found[0][1] else None


def in_per_cent(text: str) -> str:
    """A rule's words with the unit that its column's heading says.

    >>> in_per_cent("minst 80"), in_per_cent("minst 80 %")
    ('minst 80 %', 'minst 80 %')
    """
    if typed_figure(text) is None:
        return text
    return _FIGURE.sub(lambda found: f"{found.group(1)} {_PER_CENT}", text)


def of_a_share(text: str, limit: Cell | None) -> bool:
    """Whether a target surely is a share: its limit is in per cent, a part of one, or so called.

    >>> of_a_share("minst 80 %", None), of_a_share("minst", Cell(0.8)), of_a_share("minst 4", None)
    (True, True, False)
    """
    rule = parse_rule(text, limit)
    if rule is None or rule.kind not in IN_PER_CENT:
        return False
    own = _in_text(text)
    unit = (_limits(limit) if own.low is None else own).unit
    return unit == _PER_CENT or is_part(text, limit) or Part.SHARE in rule_parts(text)


def is_part(text: str, limit: Cell | None) -> bool:
    """Whether a limit is typed as a part of one, which no number of people is."""
    own = _in_text(text)
    low, _, unit = _limits(limit) if own.low is None else own
    return low is not None and 0 < low < 1 and not unit


def fitted(rule: TargetRule, outcome_: Outcome, *, is_bare: bool) -> TargetRule:
    """The rule as the counts beside it make it plain.

    A span is of women among all where only women and men were counted, and of the total's
    share where only that was. A limit that may be of a share or of a count is of a count
    where nothing says how many there were in all: both readings then judge alike.
    """
    total, has_sexes = outcome_.total, None not in (outcome_.women, outcome_.men)
    share = total is not None and total.base is not None
    if rule.kind is RuleKind.SHARE_BETWEEN and has_sexes and not share:
        return rule._replace(kind=RuleKind.GENDER_BALANCE)
    if rule.kind is RuleKind.GENDER_BALANCE and share and not has_sexes:
        low = rule.limit
        upper = None if low is None else 100 - low if rule.upper is None else rule.upper
        if low is not None and upper is not None and low + upper == _WHOLE:
            return TargetRule(RuleKind.SHARE_BETWEEN, low, upper)
    is_count = total is not None and total.base is None and not total.is_share
    if is_bare and is_count and rule.kind is RuleKind.SHARE_AT_LEAST and _may_be_number(rule.limit):
        return rule._replace(kind=RuleKind.COUNT_AT_LEAST)
    return rule


def is_open(rule: TargetRule, outcome_: Outcome, *, is_bare: bool) -> bool:
    """Whether a limit may be of the share or of the number, and the two judge differently."""
    total, limit = outcome_.total, rule.limit
    if not is_bare or rule.kind not in _SHARES or total is None or limit is None:
        return False
    # A bare 1 may have been read as the whole.
    count = Fraction(1) if limit == _WHOLE else limit
    if total.base is None or total.is_share or count.denominator != 1 or count > total.base:
        return False
    share = total.percent
    return share is not None and keeps(rule, share, limit) is not keeps(rule, total.number, count)


def keeps(rule: TargetRule, value: Fraction | int, limit: Fraction) -> bool:
    """Whether a value keeps a limit, the way that the rule says."""
    if rule.kind in (RuleKind.SHARE_AT_LEAST, RuleKind.COUNT_AT_LEAST):
        return value >= limit
    return value <= limit


def _may_be_number(limit: Fraction | None) -> bool:
    """Whether a limit may be a number of something; 1 may have been read as the whole."""
    return limit is not None and limit.denominator == 1 and limit != _WHOLE


def parse_word(text: str) -> Word | None:
    """An outcome told in a word, or ``None``."""
    return outcome(text, Word)


def parse_judgement(cell: Cell | None) -> bool | None:
    """A typed judgement: True, False, or ``None`` for blank, 'ej mätt' and anything else."""
    value = cell.value if cell is not None else None
    if isinstance(value, bool):
        return value
    if value in (0, 1):
        return bool(value)
    return judgement(value) if isinstance(value, str) else None


def verdict_words(typed: Mapping[bool, Sequence[tuple[str, int]]]) -> Mapping[bool, str]:
    """How yes and no are written in a column, by the commonest text of each that stands there.

    One that is nowhere typed is made of the other, if it is known so.

    >>> verdict_words({True: [("Uppnått", 3)], False: []})
    {True: 'Uppnått', False: 'Ej uppnått'}
    >>> verdict_words({True: [("x", 3)], False: []})
    {True: 'x', False: 'Nej'}
    """
    words = {said: texts[0][0] for said, texts in typed.items() if texts}
    if not words:
        return {True: "Ja", False: "Nej"}
    if False not in words:
        words |= _no_to(words[True])
    elif True not in words:
        words |= _yes_to(words[False])
    return words


def _no_to(yes: str) -> dict[bool, str]:
    denied = f"Ej {small(yes)}"
    return {False: denied if judgement(denied) is False else "Nej"}


def _yes_to(no: str) -> dict[bool, str]:
    first, _, rest = no.partition(" ")
    affirmed = capital(rest) if first else ""
    return {True: affirmed if judgement(affirmed) else "Ja"}


def is_known_verdict(cell: Cell) -> bool:
    """Whether a cell holds a judgement, or says that nothing was measured."""
    if parse_judgement(cell) is not None:
        return True
    return isinstance(cell.value, str) and parse_word(normalise(cell.value)) is Word.NOT_MEASURED


def states_rule(text: str) -> bool:
    """Whether words are a rule that is known, its limit there or elsewhere."""
    rule = parse_rule(text, None)
    return rule is not None and rule.kind is not RuleKind.REPORTED


def states_limit(text: str) -> bool:
    """Whether words are a target with its limit: "minst 70 %".

    >>> states_limit("minst 70 %"), states_limit("Fler deltagare går till arbete")
    (True, False)
    """
    rule = parse_rule(text, None)
    return rule is not None and rule.limit is not None
