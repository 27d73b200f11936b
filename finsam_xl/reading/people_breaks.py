"""Printed counts that a rule borne out elsewhere contradicts: the fewest cells that explain it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import partial

from finsam_xl.address import places
from finsam_xl.formulas.arithmetic import result
from finsam_xl.formulas.blocks import Area
from finsam_xl.reading.people_rule import Place, Rule, Rules
from finsam_xl.records import NamedTuple

_MOST, _DEEPEST = 8, 4
"""More contradictions than these say that the table is not understood; how far formulas go on."""


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
    counts, formulas = dict(rules.axes.counts), _Formulas(rules)
    found: list[Break] = []
    while len(found) <= _MOST:
        gaps = list(_gaps(rules, counts))
        if not gaps:
            return found
        left = partial(_left, rules, formulas, counts)
        blamed = [one for gap in gaps for one in _blamed(gap, counts)]
        best = min(blamed, key=lambda one: (left(one), one.is_part), default=None)
        if best is None or left(best) >= len(gaps):
            return []
        counts = formulas.following(counts, best.cell, best.calculated)
        found.append(best)
    return []


def _left(rules: Rules, formulas: _Formulas, counts: Mapping[Place, int], one: Break) -> int:
    """How many contradictions a change leaves."""
    changed = formulas.following(counts, one.cell, one.calculated)
    return sum(1 for _ in _gaps(rules, changed))


class _Formulas:
    """The counts that are given by formulas of plain arithmetic, and follow what they add."""

    def __init__(self, rules: Rules) -> None:
        self._sheet, counts = rules.axes.block.sheet, rules.axes.counts
        texts = self._sheet.formulas
        self._texts = {
            place: texts[place]
            for place in counts
            if place in texts and self._given(texts[place], counts) == counts[place]
        }

    def following(self, counts: Mapping[Place, int], cell: Place, count: int) -> dict[Place, int]:
        """The counts once one of them is another."""
        found = {**counts, cell: count}
        for _ in range(_DEEPEST):
            given = {
                place: self._given(text, found)
                for place, text in self._texts.items()
                if place != cell
            }
            new = {p: int(n) for p, n in given.items() if n is not None and n != found[p]}
            if not new:
                break
            found.update(new)
        return found

    def _given(self, formula: str, counts: Mapping[Place, int]) -> Fraction | None:
        def cells(area: Area) -> Iterator[Fraction | None]:
            for place in places((area.top, area.left, area.bottom, area.right)):
                value = self._sheet.cell(*place).value
                is_blank = value is None and place not in counts
                yield Fraction(0) if is_blank else _count(counts, place)

        return result(formula, cells, self._sheet.name)


def _count(counts: Mapping[Place, int], place: Place) -> Fraction | None:
    count = counts.get(place)
    return None if count is None else Fraction(count)


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
