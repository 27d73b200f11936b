"""Which two columns a deviation, a remainder or a per cent is between, and so its period.

Its figures and formulas tell; where it is blank its heading does, else where it stands: the
nearest pair of one time, on its left if there is one, a forecast counted as an outcome.
"""

from __future__ import annotations

from collections.abc import Iterator

from finsam_xl.model_budget import STATED
from finsam_xl.periods import Period
from finsam_xl.reading import reasons
from finsam_xl.reading.changes import changed
from finsam_xl.reading.drafts import Draft, Table
from finsam_xl.reading.relations import How, Relation
from finsam_xl.reading.settling import is_comparison
from finsam_xl.words.scenarios import says_change

_OUTCOMES = ("outcome", "outcome_to_date", "forecast")
BASES = ("budget", "budget_to_date", "plan")
_HALF = _PAIR = 2
_TOLD_BY_NUMBER = ("tertial", "quarter", "half")


def give_comparisons(table: Table) -> None:
    """What every comparison is between, and its period."""
    for draft in table.drafts:
        if not is_comparison(draft):
            continue
        if draft.relation is None and draft.sense == "change":
            _compare_years(draft, table)
        elif draft.relation is None and _asks(draft):
            pair = _pair(draft, table)
            if pair is not None:
                outcome, base = pair
                draft.relation = _between(draft, outcome, base)
                draft.why.append(reasons.pair(outcome.heading.text, base.heading.text))
        if draft.relation is None and draft.scenario == "percent":
            _as_the_change_before(draft, table)
        draft.period = _period(draft, table)


def _compare_years(draft: Draft, table: Table) -> None:
    """A change without figures is what the later of two amounts on its left is more."""
    pair = changed(draft, [one for one in table.left_of(draft) if one.is_stated])
    if pair is None:
        return
    later, earlier = pair
    how = How.CHANGE if draft.scenario == "percent" else How.DIFFERENCE
    draft.relation = Relation(draft.index, ((later.index, 1), (earlier.index, -1)), how, 0)
    draft.why.append(reasons.pair(later.heading.text, earlier.heading.text))


def _as_the_change_before(draft: Draft, table: Table) -> None:
    """Per cent right after a change of amounts is that change in per cent."""
    before = next(iter(table.left_of(draft)), None)
    one = before.relation if before is not None else None
    if before is None or one is None or one.how is not How.DIFFERENCE or len(one.of) != _PAIR:
        return
    draft.relation = Relation(draft.index, one.of, How.CHANGE, 0)
    draft.sure = max(draft.sure, before.sure)
    draft.why.append(reasons.pair(*(table.drafts[n].heading.text for n, _ in one.of)))


def _asks(draft: Draft) -> bool:
    """Whether a comparison without figures is with a budget: a change is with another year."""
    if says_change(draft.heading.text):
        return False
    return draft.sense != "change" and draft.scenario in ("deviation", "percent")


def _between(draft: Draft, outcome: Draft, base: Draft) -> Relation:
    """The calculation in the sense that the heading gives it."""
    if draft.scenario == "percent":
        how = How.CHANGE if draft.heading.compares else How.QUOTIENT
        return Relation(draft.index, ((outcome.index, 1), (base.index, -1)), how, 0)
    named = draft.heading.named
    first_is_base = bool(named) and named[0] in BASES and len(named) > 1
    turned = draft.sense == "remaining" or first_is_base
    ends = (base, outcome) if turned else (outcome, base)
    return Relation(draft.index, ((ends[0].index, 1), (ends[1].index, -1)), How.DIFFERENCE, 0)


def _pair(draft: Draft, table: Table) -> tuple[Draft, Draft] | None:
    """The outcome and the base that fit best."""
    pairs = [
        (outcome, base)
        for outcome in table.stated(*_OUTCOMES)
        for base in table.stated(*BASES)
        if _may_pair(draft, outcome, base)
    ]
    kinds = {one.scenario == "forecast" for one, _ in pairs if one.index < draft.index}
    if draft.sense == "remaining" and len(kinds) > 1:
        # What is left now, or what the forecast leaves: nobody knows.
        return None
    best = max(pairs, key=lambda pair: _fit(draft, *pair), default=None)
    return best if best and _stands_beside(draft, best[0], table) else None


def _stands_beside(draft: Draft, outcome: Draft, table: Table) -> bool:
    """Whether no other outcome stands between: a comparison is of the one it stands beside."""
    named = set(draft.heading.named) & {"outcome", "forecast"}
    nearest = next((one for one in table.left_of(draft) if one.scenario in _OUTCOMES), None)
    return bool(named) or nearest is None or nearest is outcome or nearest.year != outcome.year


def _may_pair(draft: Draft, outcome: Draft, base: Draft) -> bool:
    """Whether a comparison may be between two columns: of one time, as its heading names them."""
    if outcome.is_open or base.is_open or outcome.year != base.year:
        return False
    if outcome.period is None and base.period is None and outcome.heading.time.last is not None:
        # A quarter is a quarter, whatever the year may be that nothing tells.
        return _is_named(draft, outcome, base) and _of_one_part(outcome, base)
    if outcome.period is None or base.period is None or not _is_whole(outcome, base):
        return False
    if not _is_named(draft, outcome, base):
        return False
    is_part = draft.scenario == "percent" and not draft.heading.compares
    if draft.sense == "remaining" or is_part:
        return base.scenario != "budget_to_date" and base.period.holds(outcome.period)
    return outcome.period == base.period


def _of_one_part(outcome: Draft, base: Draft) -> bool:
    """Whether headings say the same part of a year."""
    one, other = outcome.heading.time, base.heading.time
    return (one.first, one.last, one.to_date) == (other.first, other.last, other.to_date)


def _is_whole(outcome: Draft, base: Draft) -> bool:
    """Whether it is plain which months an outcome is of.

    "Utfall T3" may be the last four, or the whole year.
    """
    time = outcome.heading.time
    if outcome.scenario == "forecast" or time.unit not in _TOLD_BY_NUMBER:
        return True
    return time.to_date or base.heading.time.unit == time.unit


def _is_named(draft: Draft, outcome: Draft, base: Draft) -> bool:
    """Whether a comparison's heading names nothing else than two columns."""
    time, named = draft.heading.time, set(draft.heading.named)
    is_forecast = outcome.scenario == "forecast"
    months = outcome.period.months if outcome.period else 0
    return not (
        (time.one_month and months > 1)
        or ((time.to_date or time.part) and outcome.scenario != "outcome_to_date")
        or ("plan" in named and base.scenario != "plan")
        or ("forecast" in named and not is_forecast)
        or ("outcome" in named and is_forecast)
        or (time.year is not None and base.year != time.year)
    )


def _fit(draft: Draft, outcome: Draft, base: Draft) -> tuple[int, ...]:
    """What counts for a pair: what the heading names, then that both stand near, on the left."""
    heading = draft.heading
    version = heading.version
    words = {*heading.unknown, *heading.neutral}
    made = heading.time.last
    left = sum(one.index < draft.index for one in (outcome, base))
    nearest = max(outcome.index, base.index) if left == _HALF else -draft.index
    return (
        sum(words <= {*one.heading.unknown, *one.heading.neutral} for one in (outcome, base)),
        int(bool(version) and base.heading.version == version),
        int(made is not None and outcome.heading.time.last == made),
        left,
        nearest,
        int(outcome.scenario != "forecast"),
        -abs(outcome.index - draft.index) - abs(base.index - draft.index),
    )


def _period(draft: Draft, table: Table) -> Period | None:
    """The period of what it is between; a remainder and a share of a budget are of the budget."""
    of = [table.drafts[index] for index, _ in draft.relation.of] if draft.relation else []
    periods = [one.period for one in of if one.period is not None]
    own = draft.heading.time.year
    if periods and own is not None and all(period.year != own for period in periods):
        return Period(own)
    if periods:
        bases = [one.period for one in of if one.scenario in BASES and one.period is not None]
        if len(set(periods)) == 1:
            return periods[0]
        return bases[0] if len(bases) == 1 else max(periods, key=lambda p: (p.last_day, p.months))
    year = draft.heading.time.year or draft.year
    if year is None and says_change(draft.heading.text):
        # A change is told of the later year.
        year = max((one.year for one in table.stated() if one.year), default=None)
    if year is not None:
        return Period(year)
    return next(_near(draft, table), None)


def _near(draft: Draft, table: Table) -> Iterator[Period]:
    """The periods of the columns beside, whole years where there are any."""
    beside = [*table.left_of(draft), *table.drafts[draft.index + 1 :]]
    stated = [one for one in beside if one.scenario in STATED and one.period is not None]
    for one in stated:
        if one.period is not None and one.period.until is None:
            yield Period(one.period.year)
    if table.title.year is not None:
        yield Period(table.title.year)
