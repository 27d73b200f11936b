"""One wrong cell behind sums that differ.

A line that is mistyped makes its column's total and its row's sum wrong by the same amount; a
wrong subtotal all that builds on it. The cell is looked for that sets every one of them right,
and disturbs none: then that cell is told, once, and the sums only as what follows from it.
Where a single sum differs, a cell is told if a usual slip explains it: a sign that the row's
other figures do not have, or an amount written in kronor among thousands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from finsam_xl.checks.amounts import slips
from finsam_xl.checks.amounts.budget import Left, left_out, stated_sum
from finsam_xl.checks.amounts.equations import Equation, Place, of_table
from finsam_xl.checks.amounts.slips import Slip
from finsam_xl.checks.material import Material
from finsam_xl.checks.related import listed
from finsam_xl.findings import tell
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import Budget, Known
from finsam_xl.money import trimmed
from finsam_xl.records import NamedTuple

LINE = "belopp-avviker"
TOTAL = "summa-avviker"
_FEWEST = 2
"""The sums that must come right for a cell to be blamed by them alone."""
_MOST_FAILING = 60
"""More sums than these do not differ from one slip: the table is then not understood."""
_MOST_CAUSES = 5
_MOST_LEFT = 2
"""More sums than these that no cell explains, of no known kind, are no sums."""
_OF_SLIP = {
    Slip.SIGN: "sign",
    Slip.SWAPPED: "swapped",
    Slip.KRONOR: "kronor",
    Slip.THOUSANDS: "thousands",
    Slip.HUNDREDFOLD: "hundredfold",
    Slip.HUNDREDTH: "hundredth",
}


class Cause(NamedTuple):
    """A cell, what it should be changed by, what follows it, and the sums that come right."""

    place: Place
    change: Known
    changes: Mapping[Place, Known]
    mended: tuple[Equation, ...]
    slip: Slip | None = None

    def rivals(self, other: Cause) -> bool:
        """Whether another cell would set the same sums right."""
        return self.place != other.place and bool(set(self.mended) & set(other.mended))


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """The single cells that make sums differ, and the sums of tables of no known kind."""
    for material in materials:
        formulas = frozenset(one.ref for one in material.formulas)
        for budget in (*material.budgets, *material.plain):
            yield from material.own(_of_table(budget, formulas))


def _of_table(budget: Budget, formulas: Collection[Ref]) -> Iterator[Finding]:
    equations = of_table(budget, formulas)
    if not 0 < sum(not one.holds for one in equations) <= _MOST_FAILING:
        return
    for _ in range(_MOST_CAUSES):
        cause = _cause(budget, equations, formulas)
        if cause is None:
            break
        if budget.kind == "plain" or cause.mended[0].target != cause.place or len(cause.mended) > 1:
            yield _told(budget, cause, is_formula=budget.place(*cause.place) in formulas)
        equations = [_moved(one, cause.changes) for one in equations]
    if budget.kind == "plain":
        yield from _left(budget, [one for one in equations if not one.holds])


def _left(budget: Budget, failing: Sequence[Equation]) -> Iterator[Finding]:
    """The sums of a table of no known kind that no single cell explains."""
    slipped = [one for one in failing if _is_slip(budget, one)]
    for one in slipped if len(slipped) <= _MOST_LEFT else ():
        row, column = one.target
        what = budget.named(row, column)
        finding = stated_sum(
            budget, budget.place(row, column), what, one.stated, one.calculated, len(one.parts),
            one.step,
        )  # fmt: skip
        if finding is not None:
            yield finding


def _is_slip(budget: Budget, one: Equation) -> bool:
    """Whether a sum is so near what its parts give that it can only be a wrong sum of them.

    A mean, or a total of something else, is smaller than a part or far from their sum.
    """
    parts = [abs(Fraction(budget.rows[r].amounts[c] or 0)) for (r, c), _ in one.parts]
    is_more = abs(Fraction(one.stated)) >= max(parts)
    return is_more and 2 * abs(Fraction(one.rest)) <= abs(Fraction(one.calculated))


def _cause(
    budget: Budget, equations: Sequence[Equation], formulas: Collection[Ref]
) -> Cause | None:
    """The cell that sets most sums right and disturbs none, if there is one such.

    A sum is blamed before the lines it adds up: any of those might be the wrong one.
    """
    failing = [one for one in equations if not one.holds]
    targets = {one.target for one in failing}
    parts = {part for one in failing for part, _ in one.parts}
    typed = {place for place in parts if budget.place(*place) not in formulas}
    found = [
        cause
        for place in sorted(targets | typed)
        for change in dict.fromkeys(_changes(place, failing))
        if (cause := _tried(budget, equations, place, change)) is not None
    ]
    most = max((len(one.mended) for one in found), default=0)
    best = [one for one in found if len(one.mended) == most]
    for chosen in ([c for c in best if c.place in targets], [c for c in best if c.slip], best):
        alone = (one for one in chosen if not any(one.rivals(other) for other in chosen))
        if (first := next(alone, None)) is not None:
            return first
    return None


def _changes(place: Place, failing: Sequence[Equation]) -> Iterator[Known]:
    """What a cell might be changed by, as each sum that differs tells."""
    for one in failing:
        if place == one.target:
            yield -one.rest
        elif factor := one.factor(place):
            yield Fraction(one.rest, factor)


def _tried(
    budget: Budget, equations: Sequence[Equation], place: Place, change: Known
) -> Cause | None:
    changes = _followed(equations, place, change)
    mended = []
    for one in equations:
        after = _moved(one, changes)
        if one.holds and not after.holds:
            return None
        if after.holds and not one.holds:
            mended.append(one)
    slip = slips.likely(budget, place, change)
    if len(mended) >= _FEWEST or (mended and slips.is_sure(budget, place, slip)):
        return Cause(place, change, changes, tuple(mended), slip)
    return None


def _followed(equations: Sequence[Equation], place: Place, change: Known) -> Mapping[Place, Known]:
    """What a changed cell changes besides itself: the formulas that build on it."""
    changes: dict[Place, Known] = {place: change}
    for _ in range(_MOST_CAUSES):
        size = len(changes)
        for one in equations:
            if not one.is_formula or not one.holds or one.target in changes:
                continue
            moved = sum(factor * changes.get(part, 0) for part, factor in one.parts)
            if moved:
                changes[one.target] = moved
        if len(changes) == size:
            break
    return changes


def _moved(one: Equation, changes: Mapping[Place, Known]) -> Equation:
    """An equation once cells are changed."""
    moved = sum(factor * changes.get(part, 0) for part, factor in one.parts)
    stated = one.stated + changes.get(one.target, 0)
    return one._replace(stated=stated, calculated=one.calculated + moved)


def _told(budget: Budget, cause: Cause, *, is_formula: bool) -> Finding:
    row, column = cause.place
    stated = budget.rows[row].amounts[column] or 0
    wanted = stated + cause.change
    own = [one for one in cause.mended if one.target == cause.place]
    others = [budget.place(*one.target) for one in cause.mended if one not in own]
    others = list(dict.fromkeys(others))
    cell = budget.place(row, column)
    left = None if cause.slip else _left_out(budget, cause)
    return tell(
        TOTAL if own else LINE,
        cell,
        "differs",
        _OF_SLIP[cause.slip]
        if cause.slip
        else ("twice" if left.is_twice else "left_out")
        if left
        else ("formula" if is_formula else "mistyped"),
        "correct_all" if own and others else "correct",
        what=budget.named(row, column),
        amount=trimmed(stated, budget.unit),
        part=left.label if left else "",
        cell=cell.cell,
        others=listed([ref.cell for ref in others]),
        stated=stated,
        calculated=wanted,
        also=others,
    )


def _left_out(budget: Budget, cause: Cause) -> Left | None:
    """The part of the sum that is the whole difference, if one is."""
    row, column = cause.place
    sums = (one for one in budget.sums if one.target == row)
    return next(filter(None, (left_out(budget, s, column, -cause.change) for s in sums)), None)
