"""The same line in two tables: the same amount, or a finding at it.

Two columns are the same list where their tables say that they are of the same period and
scenario, or where nothing says what one of them is of, and most lines of the same name have the
same amount. A total that differs only by what its lines differ is told with them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Literal

from finsam_xl.checks.agreement import places
from finsam_xl.checks.agreement.listed_columns import Listed, Pair, listed, same
from finsam_xl.checks.amounts import slips
from finsam_xl.checks.material import Material
from finsam_xl.checks.related import listed as read_out
from finsam_xl.findings import tell
from finsam_xl.model import Finding, Ref
from finsam_xl.money import trimmed
from finsam_xl.records import NamedTuple

CODES = ("olika-budget", "olika-belopp")
_WITH_VAT = Fraction(5, 4)
_BOOKED = ("outcome", "outcome_to_date")
_SURELY = 5
"""So many lines must be the same for a difference between them to be an error."""
_MOST_SHOWN = 4
_Why = Literal["budget", "rounded", "vat", "sign", "swapped", ""]


class _Side(NamedTuple):
    """A line of a column: where it stands and its amount in kronor."""

    of: Listed
    row: int

    @property
    def ref(self) -> Ref:
        return self.of.ref(self.row)

    @property
    def value(self) -> Fraction:
        return self.of.value(self.row) or Fraction(0)

    @property
    def label(self) -> str:
        return self.of.budget.rows[self.row].label

    @property
    def name(self) -> str:
        return f"{self.label}, {self.of.budget.columns[self.of.number].header}"


class _Differing(NamedTuple):
    """A line that two columns state differently, and the totals that follow from it."""

    one: _Side
    other: _Side
    pair: Pair
    follow: tuple[Ref, ...]

    def seen_from(self, ref: Ref) -> _Differing:
        """The same with a place first."""
        if self.one.ref == ref:
            return self
        return self._replace(one=self.other, other=self.one)


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """Lines that two tables of the same association state differently."""
    groups: dict[str, list[Listed]] = {}
    for material in materials:
        groups.setdefault(material.association, []).extend(listed(material))
    for columns in groups.values():
        found: list[_Differing] = []
        agreeing: dict[Ref, int] = {}
        for pair in same(columns):
            if pair.scenario == "forecast":
                yield from _forecasts(pair)
                continue
            found += _differences(pair)
            for here, there in pair.agreeing:
                for ref in (pair.one.ref(here), pair.other.ref(there)):
                    agreeing[ref] = agreeing.get(ref, 0) + 1
        yield from _told(found, agreeing)
        yield from _with_vat(columns, {side.ref for one in found for side in (one.one, one.other)})


def _with_vat(columns: Sequence[Listed], told: Collection[Ref]) -> Iterator[Finding]:
    """Lines of one name and period in two tables of which one is 1,25 times the other."""
    lines: dict[tuple[str, str], list[_Side]] = {}
    for column in columns:
        if column.scenario in _BOOKED:
            for (_, name, _), row in column.lines.items():
                if column.value(row) and row not in column.sums:
                    lines.setdefault((column.period, name), []).append(_Side(column, row))
    for sides in lines.values():
        for one, other in combinations(sides, 2):
            pair = (one, other) if abs(one.value) > abs(other.value) else (other, one)
            slack = max(one.of.step, other.of.step) / 2
            is_told = one.of.budget is other.of.budget or {one.ref, other.ref} & set(told)
            if not is_told and _is_with_vat(one.value, other.value, slack):
                yield _vat(*pair)
                break


def _vat(one: _Side, other: _Side) -> Finding:
    column = one.of
    return tell(
        "med-moms",
        one.ref,
        "differs",
        "why",
        what=one.name,
        unit=column.budget.unit,
        places=places.told([(_shown(other.value, column), other.ref.seen_from(one.ref))]),
        stated=one.value / column.unit,
        calculated=other.value / column.unit,
        also=[other.ref],
    )


def _differences(pair: Pair) -> Iterator[_Differing]:
    """The lines that differ, each with the totals that differ by just as much."""
    gaps = {here: pair.gap(here, there) for here, there in pair.differing}
    matches = dict(pair.differing)
    follow: dict[int, list[Ref]] = {}
    followers: set[int] = set()
    for target in reversed(pair.one.budget.sums):
        row = target.target
        parts = [(part, gaps[part]) for part, _ in target.parts if part in gaps]
        moved = (factor * gaps.get(part, Fraction(0)) for part, factor in target.parts)
        total = sum(moved, Fraction(0))
        if row in gaps and parts and abs(abs(total) - abs(gaps[row])) <= pair.slack:
            followers.add(row)
            for part, _ in parts:
                own = [pair.one.ref(row), pair.other.ref(matches[row])]
                follow.setdefault(part, []).extend([*own, *follow.get(row, [])])
    for here, there in pair.differing:
        if here not in followers and pair.is_told(here):
            places = tuple(dict.fromkeys(follow.get(here, [])))
            yield _Differing(_Side(pair.one, here), _Side(pair.other, there), pair, places)


def _told(found: Sequence[_Differing], agreeing: dict[Ref, int]) -> Iterator[Finding]:
    """One finding per cell that differs from others, at the one that fewest agree with.

    Of equals at the more rounded: it is taken from the other.
    """
    times: dict[Ref, int] = {}
    for one in found:
        for side in (one.one, one.other):
            times[side.ref] = times.get(side.ref, 0) + 1
    groups: dict[Ref, list[_Differing]] = {}
    for one in found:
        sides = (one.one, one.other)
        odd = max(
            sides,
            key=lambda side: (times[side.ref], -agreeing.get(side.ref, 0), side.of.step),
        )
        groups.setdefault(odd.ref, []).append(one.seen_from(odd.ref))
    for group in groups.values():
        yield _finding(group)


def _finding(group: Sequence[_Differing]) -> Finding:
    first = group[0]
    side, pair, why = first.one, first.pair, _why(first)
    column, alike = side.of, len(pair.agreeing)
    is_guess = pair.one.is_plain and pair.other.is_plain
    is_sure = not is_guess and pair.one.unit == pair.other.unit and alike >= _SURELY
    is_known = why in ("budget", "rounded", "vat")
    is_one_thing = any(not one.pair.may_be_two_things for one in group)
    # Where the others do not agree either, each may have its own.
    is_one_thing = is_one_thing and len({one.other.value for one in group}) == 1
    return tell(
        "olika-budget"
        if why == "budget"
        else "summa-av-avrundade"
        if why == "rounded"
        else "med-moms"
        if why == "vat"
        else "olika-belopp",
        side.ref,
        "differs",
        "sign" if why == "sign" else "swapped" if why == "swapped" else "why",
        severity="info" if not is_one_thing else None if is_sure or is_known else "warning",
        what=f"{side.label}, budget {pair.period}" if why == "budget" else side.name,
        unit=column.budget.unit,
        places=places.told(
            (_shown(one.other.value, column), one.other.ref.seen_from(side.ref)) for one in group
        ),
        alike=alike,
        stated=side.value / column.unit,
        calculated=first.other.value / column.unit,
        also=dict.fromkeys(
            [one.other.ref for one in group] + [ref for one in group for ref in one.follow]
        ),
    )


def _why(one: _Differing) -> _Why:
    """Why two tables may state a line differently."""
    here, there, pair = one.one.value, one.other.value, one.pair
    if pair.scenario == "budget":
        return "budget"
    if pair.is_sum_of_rounded(one.one.row):
        return "rounded"
    if _is_with_vat(here, there, pair.slack):
        return "vat"
    if here == -there:
        return "sign"
    return "swapped" if slips.swapped(here, there) else ""


def _is_with_vat(one: Fraction, other: Fraction, slack: Fraction) -> bool:
    """Whether one amount is the other with value added tax, rounding allowed."""
    large, small = max(abs(one), abs(other)), min(abs(one), abs(other))
    return bool(small) and abs(large - _WITH_VAT * small) <= 2 * slack + 1


def _forecasts(pair: Pair) -> Iterator[Finding]:
    """One note on all lines that two forecasts tell differently, at the one that differs most."""
    if not pair.differing:
        return
    one, other = pair.one, pair.other
    ordered = sorted(pair.differing, key=lambda rows: abs(pair.gap(*rows)), reverse=True)
    here, there = ordered[0]
    named = [
        f"{one.budget.rows[a].label} {_shown(one.value(a) or Fraction(0), one)} mot "
        f"{_shown(other.value(b) or Fraction(0), one)}"
        for a, b in ordered[:_MOST_SHOWN]
    ]
    yield tell(
        "prognoser-skiljer",
        one.ref(here),
        "more" if len(ordered) > _MOST_SHOWN else "lines",
        "why",
        period=pair.period,
        place=other.ref(there).seen_from(one.ref(here)),
        count=len(ordered),
        pairs=read_out(named),
        stated=(one.value(here) or Fraction(0)) / one.unit,
        calculated=(other.value(there) or Fraction(0)) / one.unit,
        also=[ref for a, b in ordered for ref in (other.ref(b), one.ref(a))],
    )


def _shown(value: Fraction, column: Listed) -> str:
    return trimmed(value / column.unit)
