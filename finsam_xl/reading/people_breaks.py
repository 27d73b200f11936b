"""Printed counts that a rule borne out elsewhere contradicts: the fewest cells that explain it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from finsam_xl.reading.people_rule import Place, Rule, Rules
from finsam_xl.records import NamedTuple

_MOST = 8
"""More contradictions than these say that the table is not understood."""


class Break(NamedTuple):
    """A cell that is wrong, what it should be, and the rule that says so."""

    cell: Place
    stated: int
    calculated: int
    rule: Rule
    also: tuple[Place, ...]
    """Where it is a part, the sum that it does not fit."""

    @property
    def is_part(self) -> bool:
        """Whether the cell is one of those that are added, and not the sum."""
        return bool(self.also)


class _Gap(NamedTuple):
    """A rule that does not hold in a place: its cells with factors (the target's is -1)."""

    rule: Rule
    at: int
    cells: tuple[tuple[Place, int], ...]
    gap: int


def breaks(rules: Rules) -> list[Break]:
    """The wrong cells among the printed ones, each told once.

    Of all cells that take part the one whose change explains most is blamed, the sum rather
    than its parts; what then holds is not told of.
    """
    counts = dict(rules.axes.counts)
    found: list[Break] = []
    while len(found) <= _MOST:
        gaps = list(_gaps(rules, counts))
        if not gaps:
            return found
        blamed = [one for gap in gaps for one in _blamed(gap, counts)]
        best = min(blamed, key=lambda one: (_left(rules, counts, one), one.is_part), default=None)
        if best is None or _left(rules, counts, best) >= len(gaps):
            return []
        counts[best.cell] = best.calculated
        found.append(best)
    return []


def _left(rules: Rules, counts: Mapping[Place, int], one: Break) -> int:
    """How many contradictions a change leaves."""
    return sum(1 for _ in _gaps(rules, {**counts, one.cell: one.calculated}))


def _gaps(rules: Rules, counts: Mapping[Place, int]) -> Iterator[_Gap]:
    for rule in rules.every:
        if not rule.is_likely:
            continue
        for at in range(len(rules.axes.rows if rule.across else rules.axes.columns)):
            cells = [(rules.place(rule, n, at), factor) for n, factor in rule.parts]
            cells.insert(0, (rules.place(rule, rule.target, at), -1))
            if not rules.applies(rule, at) or any(cell not in counts for cell, _ in cells):
                continue
            gap = sum(factor * counts[cell] for cell, factor in cells)
            if gap:
                yield _Gap(rule, at, tuple(cells), gap)


def _blamed(one: _Gap, counts: Mapping[Place, int]) -> Iterator[Break]:
    """Every cell whose change alone closes a gap, the sum first."""
    target = one.cells[0][0]
    for cell, factor in one.cells:
        wanted = counts[cell] - factor * one.gap
        if wanted >= 0:
            also = () if cell == target else (target,)
            yield Break(cell, counts[cell], wanted, one.rule, also)
