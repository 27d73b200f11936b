"""What rows and columns of people are the sum of: lines, women and men, who came and left.

A rule is borne out where it holds in at least two rows, or columns, that do not follow from
each other; a name and a place can stand for that where nothing else is possible. Chance makes
small counts add up: the smaller they are the more of them must agree.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from math import log2

from finsam_xl.reading.people_entries import Axes, Entry, says_sum
from finsam_xl.reading.people_rule import LEAST_HELD, SIDES, Fit, Parts, Rule, Rules, Way
from finsam_xl.words.people import Movement, Person, Sex, says_person

_LEAST_BITS, _LEAST_BITS_UNNAMED = 3.0, 8.0
"""How unlikely, in bits, it must be that a sum holds by chance, with and without a name for it."""
_MOST_OFF = 4
_LEAST_OFF = 2
"""For each place where a rule does not hold there must be so many where it does: to write by
it, and to tell of it."""
_MOST_PARTS = 60
_Movements = tuple[tuple[Movement | None, int], ...]


def read_rules(axes: Axes) -> Rules:
    """The rules of a block: of each axis, then once more knowing what follows from what."""
    down: tuple[Rule, ...] = ()
    across: tuple[Rule, ...] = ()
    for _ in range(2):
        down, across = (
            _Reader(axes, is_across, other).read()
            for is_across, other in ((False, across), (True, down))
        )
    return Rules(axes, down, across)


class _Reader:
    """Reads the rules of one axis. ``other``: those of the other axis, as far as known."""

    def __init__(self, axes: Axes, across: bool, other: Sequence[Rule]) -> None:
        self.axes, self.across = axes, across
        self.entries = axes.columns if across else axes.rows
        self.places = axes.rows if across else axes.columns
        self.follows = {rule.target: {p for p, _ in rule.parts} for rule in other}
        self.titles = (*axes.block.titles, axes.block.sheet.name)

    def read(self) -> tuple[Rule, ...]:
        """All rules, at most one of a way for each target."""
        found = [*self._sexes(), *self._flows(), *self._groups()]
        taken = {rule.target for rule in found}
        found += self._runs(taken)
        judged = [self._judged(rule) for rule in found]
        proven = {self._movements(one) for one in judged if one.is_proven and one.way is Way.FLOW}
        judged = [self._with_kin(rule, proven) for rule in judged]
        return tuple(rule for rule in judged if rule.is_proven or rule.is_named)

    # Evidence ---------------------------------------------------------------------------------

    @cached_property
    def counts(self) -> Sequence[Sequence[int | None]]:
        """The counts, by the indices of this axis and the other."""
        count, places = self.axes.counts.get, [place.number for place in self.places]
        if self.across:
            return [[count((row, entry.number)) for row in places] for entry in self.entries]
        return [[count((entry.number, column)) for column in places] for entry in self.entries]

    def fit(self, target: int, parts: Parts) -> Fit:
        """Where a target is the sum of its parts."""
        held, off, bits = [], [], {}
        added = [(factor, self.counts[part]) for part, factor in parts]
        for at, (place, stated) in enumerate(zip(self.places, self.counts[target], strict=True)):
            known = [(factor, counts[at]) for factor, counts in added]
            if stated is None or place.is_section or any(v is None for _, v in known):
                continue
            if stated != sum(factor * (v or 0) for factor, v in known):
                off.append(at)
            elif sum(bool(v) for _, v in known) > 1:
                held.append(at)
                bits[at] = log2(stated + 1)
        own = [at for at in held if not (self.follows.get(at, {-1}) <= set(held))]
        return Fit(tuple(held), tuple(off), len(own), sum(bits[at] for at in own))

    def _judged(self, rule: Rule) -> Rule:
        fit = self.fit(rule.target, rule.parts)
        is_plain = rule.is_named and not rule.is_doubtful
        least = _LEAST_BITS if is_plain else _LEAST_BITS_UNNAMED
        is_proven = (
            fit.own >= LEAST_HELD
            and fit.bits >= least
            and _MOST_OFF * len(fit.off) <= len(fit.held)
            and (is_plain or not fit.off)
        )
        is_likely = is_proven or (
            is_plain
            and fit.own >= LEAST_HELD
            and fit.bits >= _LEAST_BITS_UNNAMED
            and _LEAST_OFF * len(fit.off) <= len(fit.held)
        )
        is_placed = rule.is_placed and not fit.off
        return rule._replace(fit=fit, is_proven=is_proven, is_placed=is_placed, is_likely=is_likely)

    def _with_kin(self, rule: Rule, proven: Collection[_Movements]) -> Rule:
        """A flow that is borne out for the other sex is likely for this one as well.

        It is told of where it holds in as many places as it does not, sums of those left out.
        """
        if rule.way is not Way.FLOW or rule.is_likely or self._movements(rule) not in proven:
            return rule
        off = set(rule.fit.off)
        own = [at for at in off if not self.follows.get(at, set()) & off]
        return rule._replace(is_likely=0 < len(own) <= rule.fit.own)

    def _movements(self, rule: Rule) -> _Movements:
        """What a flow is made of, whoever it counts."""
        numbers = ((rule.target, 0), *rule.parts)
        return tuple((self.entries[n].movement, factor) for n, factor in numbers)

    # Women and men ----------------------------------------------------------------------------

    def _sexes(self) -> Iterator[Rule]:
        """All of a team, or of those who came, are its women and men."""
        groups: dict[object, list[int]] = {}
        for n, entry in enumerate(self.entries):
            if not entry.is_section:
                place = tuple(t for t in entry.place if not _is_other_sex(t))
                groups.setdefault((entry.movement, place), []).append(n)
        for group in groups.values():
            women, men = (self._of_sex(group, sex) for sex in Sex)
            rest = [n for n in group if n not in (*women, *men)]
            others = [n for n in rest if _is_other_sex(self.entries[n].text)]
            whole = [n for n in rest if n not in others]
            if len(women) == len(men) == len(whole) == 1 and len(others) < LEAST_HELD:
                yield self._of_all(whole[0], sorted((*women, *men, *others)))

    def _of_all(self, target: int, parts: Sequence[int]) -> Rule:
        entry = self.entries[target]
        numbers = (target, *parts)
        is_near = max(numbers) - min(numbers) == len(parts)
        is_placed = entry.is_sum and is_near and entry.is_added
        together = tuple((n, 1) for n in parts)
        return Rule(self.across, target, together, Way.SEXES, entry.is_sum, is_placed)

    def _of_sex(self, group: Sequence[int], sex: Sex) -> list[int]:
        return [n for n in group if self.entries[n].sex is sex and not self.entries[n].is_sum]

    # Who came and left ------------------------------------------------------------------------

    def _flows(self) -> Iterator[Rule]:
        """Who is left is who was there and who came without who left."""
        groups: dict[object, dict[Movement, list[int]]] = {}
        for n, entry in enumerate(self.entries):
            if entry.movement is not None and entry.is_added:
                key = (entry.sex, entry.is_sum, entry.place)
                ways = groups.setdefault(key, {})
                ways.setdefault(entry.movement, []).append(n)
        for ways in groups.values():
            yield from self._flow({way: found[0] for way, found in ways.items() if len(found) == 1})

    def _flow(self, of: Mapping[Movement, int]) -> Iterator[Rule]:
        opening, new, exits = (of.get(way) for way in (Movement.OPENING, *SIDES))
        closing, during = of.get(Movement.CLOSING), of.get(Movement.DURING)
        if opening is not None and new is not None and during is not None:
            yield from self._of_flow(during, ((opening, 1), (new, 1)))
        if closing is None or exits is None:
            return
        if opening is not None and new is not None:
            yield from self._of_flow(closing, ((opening, 1), (new, 1), (exits, -1)))
        elif during is not None:
            yield from self._of_flow(closing, ((during, 1), (exits, -1)))

    def _of_flow(self, target: int, parts: Parts) -> Iterator[Rule]:
        """A flow; what stands among its parts and is none of them may leave as well, or not."""
        numbers = [target, *(n for n, _ in parts)]
        sex = self.entries[target].sex
        between = [
            n
            for n in range(min(numbers), max(numbers) + 1)
            if n not in numbers and self.entries[n].sex in (sex, None)
        ]
        others = [n for n in between if self._may_be_of_flow(self.entries[n])]
        is_placed = target == max(numbers) and not others
        plain = Rule(self.across, target, parts, Way.FLOW, True, is_placed, bool(others))
        yield plain
        if others:
            yield plain._replace(parts=(*parts, *((n, -1) for n in others)))

    def _may_be_of_flow(self, entry: Entry) -> bool:
        is_told = entry.movement is Movement.DURING or entry.is_section
        return entry.is_added and not is_told

    # Sums of groups that are written alike ----------------------------------------------------

    def _groups(self) -> Iterator[Rule]:
        """Under a heading for a sum that spans columns: the same column of every other group."""
        if not self.across:
            return
        for n, entry in enumerate(self.entries):
            if entry.is_sum or not _is_over_all(entry) or not entry.is_added:
                continue
            alike = [
                at
                for at, other in enumerate(self.entries)
                if at != n and (other.sex, other.movement) == (entry.sex, entry.movement)
                and not other.is_sum and not _is_over_all(other) and other.is_added
            ]  # fmt: skip
            if len(alike) > 1 and len({self.entries[at].place for at in alike}) == len(alike):
                is_placed = entry.movement is None and n > max(alike) and self._are_teams(alike)
                together = tuple((at, 1) for at in alike)
                yield Rule(self.across, n, together, Way.SUM, True, is_placed)

    def _are_teams(self, columns: Sequence[int]) -> bool:
        """Whether groups have names of their own, no person is in two, and none holds others."""
        places = [text for n in columns for text in self.entries[n].place]
        said = (*places, *self.titles)
        if any(says_person(t, Person.TRAIT, Person.UNIQUE, Person.APART) for t in said):
            return False
        return all(self.entries[n].place for n in columns) and not self._hold_others(columns)

    # Sums of what stands before ---------------------------------------------------------------

    def _runs(self, taken: set[int]) -> Iterator[Rule]:
        """Sums of the rows or columns right before; those that are summed are done with."""
        waiting: list[int] = []
        for n, entry in enumerate(self.entries):
            if entry.is_section or not entry.is_added:
                continue
            if n in taken:
                # Of women and men; what is before it has no further sum but one by sex.
                waiting.append(n)
                continue
            rule = self._run(n, waiting) if len(waiting) > 1 else None
            if rule is not None:
                yield rule
            if rule is not None and (rule.is_likely or rule.is_placed):
                waiting = [at for at in waiting if at not in dict(rule.parts)]
            waiting.append(n)

    def _run(self, n: int, waiting: Sequence[int]) -> Rule | None:
        alike = self._alike(n, waiting)
        best: Rule | None = None
        for start in range(len(alike) - 2, max(-1, len(alike) - _MOST_PARTS), -1):
            rule = self._sum(n, alike[start:], is_all=start == 0)
            if rule.is_likely and (best is None or _rank(rule) >= _rank(best)):
                best = rule
        if best is not None or len(alike) < 2:
            return best
        rule = self._sum(n, alike, is_all=True)
        return rule if rule.is_named else None

    def _alike(self, n: int, waiting: Sequence[int]) -> list[int]:
        """Those right before that are of the same people: one sex, going one way."""
        entry = self.entries[n]
        found: list[int] = []
        for at in reversed(waiting):
            other = self.entries[at]
            if self.across and (other.sex, other.movement) != (entry.sex, entry.movement):
                break
            found.append(at)
        return found[::-1]

    def _sum(self, n: int, parts: Sequence[int], *, is_all: bool) -> Rule:
        entry = self.entries[n]
        is_named = entry.is_sum or self._is_span(entry, parts)
        is_placed = is_named and is_all and self._is_last(n) and self._are_plain(n, parts)
        together = tuple((at, 1) for at in parts)
        is_doubtful = not (is_all or self._begins(parts[0])) or any(map(self._is_trait, parts))
        return self._judged(
            Rule(self.across, n, together, Way.SUM, is_named, is_placed, is_doubtful)
        )

    def _begins(self, n: int) -> bool:
        """Whether a sum of what follows may well begin here: after a section's name or a sum."""
        return n == 0 or self.entries[n - 1].is_section or self.entries[n - 1].is_sum

    def _is_trait(self, n: int) -> bool:
        return says_person(self.entries[n].text, Person.TRAIT)

    def _is_span(self, entry: Entry, parts: Sequence[int]) -> bool:
        """Whether a part of a year is that of all the months before it."""
        spans = [self.entries[n].months for n in parts]
        if entry.months is None or None in spans:
            return False
        known = [span for span in spans if span is not None]
        joined = all(a[1] + 1 == b[0] for a, b in pairwise(known))
        return joined and (known[0][0], known[-1][1]) == entry.months

    def _is_last(self, n: int) -> bool:
        return n == len(self.entries) - 1

    def _are_plain(self, n: int, parts: Sequence[int]) -> bool:
        """Whether lines are of one kind, each once, and none of them holds others."""
        entries = [self.entries[at] for at in parts]
        others = [e for at, e in enumerate(self.entries) if at != n]
        if any(e.is_section or not e.is_added for e in others) or len(parts) != len(others):
            return False
        if any(e.movement or e.sex or e.is_sum or not e.text for e in entries):
            return False
        if any(map(self._is_trait, parts)):
            return False
        target = self.entries[n]
        if target.movement or target.sex or any(self._is_unique(t) for t in self.titles):
            return False
        return len({e.depth for e in entries}) == 1 and not self._hold_others(parts)

    def _is_unique(self, text: str) -> bool:
        return says_person(text, Person.UNIQUE)

    def _hold_others(self, parts: Sequence[int]) -> bool:
        """Whether a line is in every place the sum of those right after or before it."""
        for at, n in enumerate(parts):
            after = [parts[at + 1 : end] for end in range(at + 3, len(parts) + 1)]
            before = [parts[start:at] for start in range(at - 1)]
            for run in (*after, *before):
                fit = self.fit(n, tuple((m, 1) for m in run))
                if fit.held and not fit.off:
                    return True
        return False


def _rank(rule: Rule) -> tuple[bool, float]:
    return rule.is_proven, rule.fit.bits


def _is_over_all(entry: Entry) -> bool:
    """Whether a heading that spans columns says that they are of all."""
    return any(map(says_sum, entry.place))


def _is_other_sex(text: str) -> bool:
    return says_person(text, Person.OTHER_SEX)
