"""Which calculation a column holds: its formulas say it, else its figures, as its heading allows.

Three columns of which one is the difference of the others look the same from each side: the
heading tells which follows from the others, else that they have a meaning and it has none,
else that it stands last.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import takewhile

from finsam_xl.model_budget import STATED
from finsam_xl.reading.column_formulas import relation as of_formulas
from finsam_xl.reading.drafts import Draft, Table
from finsam_xl.reading.headings import COMPARED
from finsam_xl.reading.relations import FEWEST, How, Relation
from finsam_xl.reading.tiles import PARTS_OF_YEAR, follow, run_on, tiles

_SMALL = 200
"""What few shares in per cent are larger than."""
_FRACTION = 3
_TWO = 2
_NEAR = 4
"""How many columns to the left of a column that is not understood it may follow from."""


def give_relations(table: Table) -> None:
    """The calculation of each column, if it holds one."""
    columns = {draft.raw.number: draft.index for draft in table.drafts}
    for draft in table.drafts:
        found = of_formulas(draft.index, draft.raw.formulas, columns)
        draft.relation = found if found and _may_be(draft, found) else _of_figures(draft, table)
        if draft.relation is None and table.figures.filled[draft.index] < FEWEST:
            placed = _of_place(draft, table)
            draft.relation = placed if placed and table.figures.may_hold(placed) else None
    _undo_circles(table)


def _may_be(draft: Draft, found: Relation) -> bool:
    """Whether formulas of a few cells are the column's: at least a third of what it holds."""
    held = sum(amount is not None for amount in draft.raw.amounts)
    return found.rows * 3 >= held


def _of_figures(draft: Draft, table: Table) -> Relation | None:
    """The calculation that the figures show, of those that the heading allows."""
    if draft.is_blank or draft.sense in ("code", "key"):
        return None
    found = list(_candidates(draft, table))
    wanted = [one for one in found if _fits(draft, one, table)]
    return max(wanted, key=lambda one: _liking(draft, one, table), default=None)


def _of_place(draft: Draft, table: Table) -> Relation | None:
    """The columns that an empty column is meant to add up, by its heading and where it stands."""
    heading = draft.heading
    tiled: list[Draft] = []
    if draft.sense in COMPARED or draft.sense in ("code", "key", "share", "supplement"):
        return None
    if draft.until is not None and heading.is_sum:
        years = range(draft.year or 0, draft.until + 1)
        parts = [d for d in table.drafts if d.sense in STATED and d.year in years]
    elif heading.is_sum or heading.time.whole or heading.time.to_date or heading.time.part:
        tiled = tiles(draft, table)
        parts = tiled or _run(draft, table)
    elif draft.sense == "budget":
        parts = _with_supplements(draft, table)
    else:
        return None
    of = tuple((part.index, 1) for part in sorted(parts, key=lambda part: part.index))
    draft.adds_times = bool(tiled) or (bool(parts) and all(map(_is_a_time, parts)))
    return Relation(draft.index, of, How.SUM, 0) if len(of) > 1 else None


def _is_a_time(part: Draft) -> bool:
    """Whether a column is headed by a year, or by a part of one."""
    time = part.heading.time
    return time.year is not None or time.unit in PARTS_OF_YEAR


def _with_supplements(draft: Draft, table: Table) -> list[Draft]:
    """The budget right before and what was added to it: together the budget in force."""
    added = list(takewhile(lambda one: one.sense == "supplement", table.left_of(draft)))
    before = table.left_of(draft)[len(added) : len(added) + 1]
    is_of_year = all(one.sense == "budget" and one.year in (None, draft.year) for one in before)
    return [*before, *added] if added and before and is_of_year else []


def _run(draft: Draft, table: Table) -> list[Draft]:
    """The columns right beside, as far as they are parts of one thing: of a year, or places."""
    for side in (table.left_of(draft), table.drafts[draft.index + 1 :]):
        if not side:
            continue
        may_be = partial(_is_part_of, whole=draft, unit=side[0].heading.time.unit)
        run = list(takewhile(may_be, side))
        years = [one.heading.time.year for one in run if one.heading.time.last is None]
        if (
            len(run) > 1
            and not run_on(sorted(run, key=lambda one: one.index))
            and (len(set(years)) < _TWO or follow(years))
        ):
            return run
    return []


def _is_part_of(one: Draft, whole: Draft, unit: str) -> bool:
    """Whether a column may be a part of a whole: of a unit of time, a year, or a place."""
    if one.heading.is_sum or one.is_blank or one.sense not in ("", whole.sense):
        return False
    if unit in PARTS_OF_YEAR:
        return one.heading.time.unit == unit and not one.heading.time.to_date
    if one.heading.time.year is not None and whole.heading.time.is_silent:
        return whole.heading.is_sum and one.heading.is_bare and not one.heading.time.last
    is_of_time = not _says_when(one) or _when(one) == _when(whole)
    return whole.heading.is_sum and bool(one.heading.unknown) and is_of_time


def _candidates(draft: Draft, table: Table) -> Iterable[Relation]:
    figures, target = table.figures, draft.index
    sense = draft.sense
    several = len(draft.heading.named) > 1
    is_free = not sense and not (_says_when(draft) and not draft.heading.unknown)
    if several or is_free or sense in ("deviation", "remaining", "change"):
        yield from figures.differences(target, _operands(draft, table))
    if sense in ("percent", "used", "share", "rate", "change", "deviation") or (
        several or _is_small(draft)
    ):
        yield from figures.quotients(target, _amounts(draft, table))
    if sense not in COMPARED and not _is_one_month(draft):
        yield from figures.sums(target)
    if sense in ("share", "percent", "") and figures.is_share(target):
        yield from figures.shares(target)


def _operands(draft: Draft, table: Table) -> list[int]:
    """The columns that a difference may be of: where no word asks for one, known or near ones."""
    usable = [table.drafts[index] for index in table.figures.usable]
    if draft.sense:
        return [one.index for one in usable if not _is_compared(one)]
    near = range(draft.index - _NEAR, draft.index)
    return [o.index for o in usable if o.sense in STATED or _says_when(o) or o.index in near]


def _amounts(draft: Draft, table: Table) -> list[int]:
    """The columns that a quotient may be of: those that are known to be amounts, if any are."""
    usable = [table.drafts[index] for index in table.figures.usable]
    told = [one.index for one in usable if one.sense in STATED or _says_when(one)]
    if len(told) > 1 or not draft.sense:
        return told
    return [one.index for one in usable if not _is_compared(one)]


def _is_small(draft: Draft) -> bool:
    """Whether an unknown column may be shares: small figures, some of them broken."""
    known = [amount for amount in draft.raw.amounts if amount is not None]
    if draft.sense or draft.heading.time.last or draft.heading.time.years:
        return False
    broken = any(amount.denominator > 1 for amount in known)
    return (broken or draft.raw.percent) and all(-_SMALL <= amount <= _SMALL for amount in known)


def _fits(draft: Draft, one: Relation, table: Table) -> bool:
    """Whether a column without a meaning of its own may follow from just these columns."""
    others = [table.drafts[index] for index, _ in one.of]
    if any(other.sense == "code" or _is_compared(other) for other in others):
        return False
    if one.how is How.SUM:
        return _is_the_sum(draft, others)
    if one.how is How.SHARE and draft.year and others[0].year not in (None, draft.year):
        return False
    if draft.sense or one.how is not How.DIFFERENCE:
        return True
    if (_says_when(draft) and not draft.heading.unknown) or draft.heading.is_sum:
        return False
    told = all(other.sense in STATED or _says_when(other) for other in others)
    return told or (draft.index > max(other.index for other in others) and not _adds(draft, table))


def _is_one_month(draft: Draft) -> bool:
    """Whether a column is of a single month, which is the sum of nothing beside it."""
    time = draft.heading.time
    return time.unit == "month" and not time.to_date


def _is_compared(draft: Draft) -> bool:
    """Whether a column is a comparison; what has been used may be amounts."""
    is_amounts = draft.sense == "used" and not (draft.raw.percent or _is_in_parts(draft))
    return draft.sense in COMPARED and not is_amounts


def _is_in_parts(draft: Draft) -> bool:
    known = [amount for amount in draft.raw.amounts if amount is not None]
    return all(-_FRACTION <= amount <= _FRACTION for amount in known)


def _when(draft: Draft) -> tuple[object, ...]:
    time = draft.heading.time
    return time.years, time.short, time.first, time.last


def _says_when(draft: Draft) -> bool:
    time = draft.heading.time
    return bool(time.years or time.last or time.short)


def _is_the_sum(draft: Draft, others: list[Draft]) -> bool:
    """Whether a column may be the sum of others: never an amount of another year, or a part."""
    if draft.sense == "supplement":
        return False
    own, last = draft.heading.time.year, draft.heading.time.last
    years = {other.heading.time.year for other in others} - {None}
    if own is not None and years and years != {own} and draft.heading.time.until is None:
        return False
    said = {other.sense for other in others if other.sense in STATED}
    if draft.sense in STATED and said - {draft.sense}:
        return False
    if draft.heading.is_sum or any(other.sense == "supplement" for other in others):
        return True
    parts = all(other.heading.time.last for other in others)
    is_part = last is not None and not draft.heading.time.to_date and len(others) < 3
    if parts:
        return not (is_part and draft.heading.time.unit in ("month", "quarter"))
    # A person's amounts are seldom the sum of two columns beside them; places are.
    return len(others) > 2 or not draft.sense or not said


def _adds(draft: Draft, table: Table) -> bool:
    """Whether a column is the sum of others, which is the plainer reading of the same figures."""
    return any(True for _ in table.figures.sums(draft.index))


def _liking(draft: Draft, one: Relation, table: Table) -> tuple[int, int, int, int]:
    """How well a calculation fits: what the heading names, the rows, how near the columns are."""
    others = [table.drafts[index] for index, _ in one.of]
    named = set(draft.heading.named)
    fits = sum(other.sense in named or other.heading.version == draft.heading.version != ""
               for other in others)  # fmt: skip
    parts = sum(other.sense in STATED or _says_when(other) for other in others)
    away = sum(abs(other.index - draft.index) for other in others)
    if one.how is How.SUM:
        return (len(others), one.rows, 0, -away)
    by_year = _same_year(draft, others)
    return (fits + by_year, parts, one.rows, -away)


def _same_year(draft: Draft, others: list[Draft]) -> int:
    """Whether columns are of one year, that of the heading if it names one."""
    years = {other.year for other in others if other.year}
    if draft.heading.time.year is not None:
        return int(years == {draft.heading.time.year})
    return int(len(years) == 1)


def _undo_circles(table: Table) -> None:
    """Of columns that each would follow from the others, only the best one does."""
    linked = [draft for draft in table.drafts if draft.relation is not None]
    linked.sort(key=_firmness, reverse=True)
    kept: list[Draft] = []
    for draft in linked:
        own = draft.relation
        if own is None:
            continue
        for other in kept:
            said = other.relation
            if said and said.columns == own.columns and not own.is_formula:
                draft.relation = None
        if draft.relation is not None:
            kept.append(draft)


def _firmness(draft: Draft) -> tuple[bool, bool, bool, int]:
    """What decides between columns that follow from each other."""
    one = draft.relation
    return (
        one is not None and one.is_formula,
        draft.sense in COMPARED or draft.heading.is_sum,
        not (draft.sense or _says_when(draft)),
        draft.index,
    )
