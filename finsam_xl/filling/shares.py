"""The blank shares of any table: which are written, which are left blank, and why.

A share is known by the others of its column: they are all the same part of the same whole,
more often than chance would have it. Where none is printed the trade's rules tell, or a
heading with a sum to be a part of. Where two ways are as likely and differ nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import log2

from finsam_xl.calc.shares import share
from finsam_xl.filling.doubts import Doubt, Verdict
from finsam_xl.filling.lattice import Entry, Lattice, Place
from finsam_xl.filling.share_rules import Of, Way, changes, of_other, rules, way_of_total
from finsam_xl.findings.reasons import Reason
from finsam_xl.money import exact, round_half_away, whole_steps
from finsam_xl.records import NamedTuple
from finsam_xl.words import scenarios

_LEAST_BITS, _LEAST_PLACES = 10.0, 2
"""How unlikely, in bits, it must be that printed shares agree by chance, and in how many places."""
_NEAR = 12
"""How far from a share the figures that it is of may stand, in rows or columns."""
_MOST_OFF = 4
"""One printed share in so many may be wrong."""
_MOST_DECIMALS, _DECIMALS = 6, 1
_WHOLE = 100
_INDEX = "index"


class _Judged(NamedTuple):
    """A way, what the figures are times the share, and how the printed ones speak for it."""

    way: Way
    scale: int
    held: int
    off: int
    bits: float

    @property
    def is_usable(self) -> bool:
        """Whether most of what is printed agrees."""
        return self.off * _MOST_OFF <= self.held + self.off


class Shares:
    """The shares of one lattice."""

    def __init__(self, lattice: Lattice) -> None:
        self.lattice = lattice

    def fill(self) -> None:
        """Every blank share, entry by entry."""
        for entry, one in enumerate(self.lattice.entries):
            if self._is_ours(entry, one):
                self._entry(entry)

    def _is_ours(self, entry: int, one: Entry) -> bool:
        """Whether an entry is of shares or changes that no other rule is asked for.

        In a table of amounts deviations and their per cent have rules of their own.
        """
        is_amounts = self.lattice.table.budget is not None
        if self.lattice.is_turned:
            return self.lattice.is_part(entry)
        if is_amounts:
            return self.lattice.is_part(entry) and one.field in ("share", "")
        return self.lattice.is_part(entry) or one.says_change

    def _entry(self, entry: int) -> None:
        lattice = self.lattice
        blank = [
            n
            for n, place in enumerate(lattice.places)
            if lattice.is_open(entry, n)
            and place.role not in ("section", "note")
            and not self._is_below(entry, n)
        ]
        if not blank:
            return
        found = self._settled(entry)
        for place in blank:
            here = [one for one in found if one.way.applies(place)]
            if here or not found:
                self._cell(entry, place, here)

    def _is_below(self, entry: int, number: int) -> bool:
        """Whether a place stands below the sum of the lines, where no share is printed.

        Where the last printed share is that of a sum, the whole ends there.
        """
        places = self.lattice.places
        printed = max((n for n, _ in self.lattice.printed(entry)), default=number)
        if number > printed and places[printed].is_total:
            return True
        last = max((n for n, one in enumerate(places) if one.role == "total"), default=number)
        is_after = number > last and any(one.role == "line" for one in places[:last])
        return is_after and all(n <= last for n, _ in self.lattice.printed(entry))

    def _settled(self, entry: int) -> list[_Judged]:
        """The ways that are borne out, or else those that are named and not contradicted."""
        if self.lattice.entries[entry].says_change:
            ways = list(changes(self.lattice, entry))
        else:
            ways = [*rules(self.lattice, entry), *self._ways(entry)]
        scales, step = self._scales(entry), 10 ** self._digits(entry)
        judged = [self._judged(entry, way, scale, step) for way in ways for scale in scales]
        least = _LEAST_BITS + log2(max(1, len(ways)))
        proven = [j for j in judged if j.is_usable and j.held >= _LEAST_PLACES and j.bits >= least]
        if proven:
            most = max(j.held - j.off for j in proven)
            return [j for j in proven if j.held - j.off == most]
        return [j for j in judged if j.way.is_named and j.is_usable]

    def _scales(self, entry: int) -> tuple[int, ...]:
        """What a share of one is written as: 100 for all in per cent, 1 for a plain part."""
        one, lattice = self.lattice.entries[entry], self.lattice
        if not lattice.is_part(entry):
            return (1,)
        if lattice.percent_cells(entry):
            return (_WHOLE,)
        if lattice.printed(entry):
            return (1, _WHOLE)
        is_hundred = one.field == _INDEX or scenarios.says_per_cent(one.text)
        return (_WHOLE,) if is_hundred else ()

    def _ways(self, entry: int) -> Iterator[Way]:
        """The part that one column is of another, or a figure of the sum of its column."""
        lattice = self.lattice
        amounts = [n for n in lattice.amounts() if n != entry and abs(n - entry) <= _NEAR]
        for part in amounts:
            name = lattice.entries[part].text
            is_named = self._is_only(entry, part, amounts)
            yield way_of_total(lattice, part, is_named=is_named)
            yield Way(f"andel av raden ovanför, {name}", self._of_parent(part))
            for whole in amounts:
                if whole != part:
                    yield Way(
                        f"{name} av {lattice.entries[whole].text}", of_other(lattice, part, whole)
                    )

    def _is_only(self, entry: int, part: int, amounts: list[int]) -> bool:
        """Whether a share can be of nothing but the sum of one column, right on its left."""
        lattice = self.lattice
        sums = any(one.is_total for one in lattice.places)
        is_of = len(amounts) == 1 or self._is_of_year(entry, part, amounts)
        is_money = lattice.table.kind == "cost_split" or lattice.table.budget is not None
        return sums and is_of and part == entry - 1 and is_money and not lattice.is_turned

    def _is_of_year(self, entry: int, part: int, amounts: list[int]) -> bool:
        """Whether a share is of the only amounts of its year."""
        entries = self.lattice.entries
        year = entries[entry].year
        return bool(year) and [n for n in amounts if entries[n].year == year] == [part]

    def _of_parent(self, part: int) -> Of:
        rows = {one.number: n for n, one in enumerate(self.lattice.places)}

        def of(place: int) -> Fraction | None:
            parent = rows.get(self.lattice.places[place].parent)
            whole = None if parent is None else self.lattice.value(part, parent)
            return share(self.lattice.value(part, place), whole)

        return of

    def _judged(self, entry: int, way: Way, scale: int, step: int) -> _Judged:
        """How the printed shares speak for a way; none or all of a whole says nothing.

        ``step``: how many steps of the last printed decimal make one.
        """
        is_part = self.lattice.is_part(entry)
        printed = self.lattice.printed(entry)
        held = off = 0
        bits = 0.0
        for place, stated in printed:
            part = way.of(place)
            if part is None:
                continue
            if off * _MOST_OFF > len(printed):
                break
            if whole_steps(part, scale * step) != whole_steps(stated, step):
                off += 1
            elif part not in (0, 1):
                held += 1
                size = scale * step if is_part else abs(stated) + 1
                bits += log2(size)
        return _Judged(way, scale, held, off, bits)

    def _digits(self, entry: int) -> int:
        known = self.lattice.places_of(entry)
        if known is None:
            return 0 if self.lattice.entries[entry].field == _INDEX else _DECIMALS
        return min(known, _MOST_DECIMALS)

    def _is_more(self, entry: int, part: Fraction) -> bool:
        """Whether it would be an index of more points than there are: one of them is wrong."""
        return self.lattice.entries[entry].field == _INDEX and part > 1

    # Writing ------------------------------------------------------------------------------------

    def _cell(self, entry: int, place: int, found: list[_Judged]) -> None:
        at = self.lattice.at(entry, place)
        digits = self._digits(entry)
        figures = {
            exact(round_half_away(one.scale * part, digits)): (one.scale * part, one.way.why)
            for one in found
            if (part := one.way.of(place)) is not None and not self._is_more(entry, part)
        }
        doubt = self._doubt(entry, found, len(figures))
        if doubt is not None and not self._is_in_use(place):
            return
        rounded, (value, why) = next(iter(figures.items()), (None, (None, "")))
        what = self._what(at) + (f" ({why})" if doubt is None else "")
        verdict = Verdict(None if doubt else value, doubt)
        self.lattice.take(entry, place, what, verdict, kind="share", rounded=rounded)

    def _doubt(self, entry: int, found: list[_Judged], count: int) -> Doubt | None:
        if not found:
            is_odd = bool(self.lattice.printed(entry)) and self.lattice.entries[entry].says_share
            return Doubt(Reason.SHARE_OF if is_odd or not count else Reason.TWO_WAYS)
        if not count:
            return Doubt(Reason.SHARE_UNKNOWN)
        return Doubt(Reason.TWO_WAYS) if count > 1 else None

    def _is_in_use(self, place: int) -> bool:
        """Whether anything stands in a place: what is blank altogether is not waited for."""
        return any(self.lattice.value(n, place) is not None for n in self.lattice.amounts())

    def _what(self, at: Place) -> str:
        row = next((one.text for one in self.lattice.rows if one.number == at[0]), "")
        column = next((one.text for one in self.lattice.columns if one.number == at[1]), "")
        return f"{row or 'Raden'}, {column}".rstrip(", ")
