"""Shares held against the counts beside them, whatever a table is about.

What a column of shares is of is told by its own figures: the columns whose quotient it is in most
rows, at most a third of them apart. Nothing is said where no columns explain it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum, auto, unique
from fractions import Fraction
from math import log10

from finsam_xl.checks.material import Material
from finsam_xl.checks.panels import Held, Panel
from finsam_xl.findings import tell
from finsam_xl.model import Finding
from finsam_xl.money import as_written, round_half_away, swedish
from finsam_xl.records import NamedTuple

FEWEST = 3
_FEWEST_OF_SUMS = 4
_LONGEST_SUM = 5
_FARTHEST = 8
_NEAR = 0.15
_BY_CHANCE = 0.05
_SLACK = 1e-9

Quotient = Callable[[int], float | None]


@unique
class Whole(Enum):
    """The row of a column that its others are parts of: the last total, or the next below."""

    LAST = auto()
    NEXT = auto()


Base = Held | Whole


class Explained(NamedTuple):
    """What a column of shares is of: the counts that are added, their base, and how it fits.

    ``base`` is a :class:`Whole` where each row is a part of the column's own; ``cut``: rows whose
    share is cut off, where nothing tells that the others are rounded.
    """

    parts: tuple[Held, ...]
    base: Base
    held: tuple[int, ...]
    off: tuple[int, ...]
    cut: tuple[int, ...] = ()

    def number(self, row: int) -> float | None:
        """How many a row counts."""
        found = [part.amounts.get(row) for part in self.parts]
        known = [one for one in found if one is not None]
        return sum(known) if len(known) == len(found) else None


def check(_material: Material, panels: Sequence[Panel]) -> Iterator[Finding]:
    """Every column of shares of every table."""
    for panel in panels:
        for share in panel.columns:
            if share.whole:
                yield from _of_shares(panel, share)
        yield from _across(panel)


def _of_shares(panel: Panel, share: Held) -> Iterator[Finding]:
    found = list(_of_column(panel, share)) if share.typed else []
    yield from found
    if all(one.severity == "info" for one in found):
        yield from _together(panel, share)


def _of_column(panel: Panel, share: Held) -> Iterator[Finding]:
    found = explained(panel, share)
    if found is None:
        yield from _impossible(panel, share)
        return
    for row in found.off:
        if row in share.typed:
            yield _not_the_share(panel, share, found, row)
    yield from _cut_off(panel, share, found)


# What a column is of --------------------------------------------------------------------------


def explained(panel: Panel, share: Held) -> Explained | None:
    """The counts whose quotient a column is, those that hold in most rows."""
    counts = [
        one
        for one in panel.columns
        if not one.whole
        and abs(one.number - share.number) <= _FARTHEST
        and min(one.amounts.values()) >= 0
        and max(one.amounts.values()) > 1
    ]
    best: Explained | None = None
    for parts in _runs(counts):
        for base in [*counts, *(Whole if len(parts) == 1 else ())]:
            if base in parts:
                continue
            one = _tried(panel, share, parts, base)
            if one and (best is None or _weight(one) > _weight(best)):
                best = one
    return best


def _weight(one: Explained) -> tuple[int, int, int]:
    return len(one.held) + len(one.cut), -len(one.off), -len(one.parts)


def _runs(counts: Sequence[Held]) -> Iterator[tuple[Held, ...]]:
    """Columns by themselves, and several beside each other to be added."""
    for first in range(len(counts)):
        for length in range(1, _LONGEST_SUM + 1):
            run = tuple(counts[first : first + length])
            if len(run) == length and run[-1].number - run[0].number == length - 1:
                yield run


def _tried(panel: Panel, share: Held, parts: tuple[Held, ...], base: Base) -> Explained | None:
    """How some counts fit a column; ``None`` where more than a third of its rows is apart."""
    quotient = _quotient(panel, parts, base)
    gaps = _gaps(panel, share, quotient)
    if gaps is None:
        return None
    held = [row for row, gap in gaps.items() if abs(gap) <= _half(share, row) + _SLACK]
    near = [
        row for row, gap in gaps.items() if row not in held and -2 * _half(share, row) < gap < 0
    ]
    # One that is rounded up says that the others are rounded, and not cut off.
    cut = () if any(gaps[row] > _SLACK for row in held) else tuple(near)
    off = tuple(row for row in gaps if row not in held and row not in cut)
    told = {round(share.amounts[row], 4) for row in (*held, *cut)} - {0.0, float(share.whole)}
    fewest = FEWEST if len(parts) == 1 else _FEWEST_OF_SUMS
    if len(gaps) - len(off) < fewest or 3 * len(off) > len(gaps) or len(told) < FEWEST - 1:
        return None
    return Explained(parts, base, tuple(held), off, cut)


def _gaps(panel: Panel, share: Held, quotient: Quotient) -> dict[int, float] | None:
    """How far above its quotient each row's share is; ``None`` once too many are far from it.

    The calculated total of rows of which one is wrong is wrong as well: it is no row of its own.
    """
    found: dict[int, float] = {}
    far = 0
    most = len(share.amounts) // 3
    for row, stands in share.amounts.items():
        value = quotient(row)
        if value is None:
            continue
        gap = stands - share.whole * value
        is_near = abs(gap) <= 2 * _half(share, row) + _SLACK
        if is_near or row not in panel.totals or row in share.typed:
            found[row] = gap
            far += not is_near
            if far > most:
                return None
    return found


def _half(share: Held, row: int) -> float:
    return share.halves[row]


def _quotient(panel: Panel, parts: tuple[Held, ...], base: Base) -> Quotient:
    """The share of each row, by what is added and what it is part of."""

    def quotient(row: int) -> float | None:
        found = [part.amounts.get(row) for part in parts]
        of = _whole_at(panel, parts[0], base, row)
        if not of or any(one is None for one in found):
            return None
        return sum(one for one in found if one is not None) / of

    return quotient


def _whole_at(panel: Panel, own: Held, base: Base, row: int) -> float | None:
    """What a row is part of: a base beside it, a total of its column, or all of a column."""
    if isinstance(base, Held):
        return base.amounts.get(row)
    totals = [total for total in panel.in_order if total in own.amounts]
    if not totals:
        return sum(own.amounts.values())
    below = [total for total in totals if total >= row] if base is Whole.NEXT else totals[-1:]
    return own.amounts[below[0]] if below else None


# What is wrong --------------------------------------------------------------------------------


def _not_the_share(panel: Panel, share: Held, found: Explained, row: int) -> Finding:
    number, base, gives = _of(panel, share, found, row)
    stands = share.amounts[row]
    beside = [found.base] if isinstance(found.base, Held) else []
    also = [panel.ref(row, part) for part in (*found.parts, *beside)]
    return tell(
        "andel-avviker",
        panel.ref(row, share),
        "share",
        "quotient" if beside else "of_the_sum",
        "mend",
        what=panel.called(row, share),
        share=_percent(share, stands),
        number=_whole(number),
        base=_whole(base),
        gives=_percent(share, gives),
        column=share.heading,
        parts=" + ".join(f"”{part.heading}”" for part in found.parts),
        of="".join(one.heading for one in beside),
        stated=stands,
        calculated=_rounded(share, gives),
        also=also,
    )


def _cut_off(panel: Panel, share: Held, found: Explained) -> Iterator[Finding]:
    """One note for the shares of a column that are cut off: it is one habit."""
    rows = [row for row in found.cut if row in share.typed]
    if not rows:
        return
    row = rows[0]
    number, of, gives = _of(panel, share, found, row)
    yield tell(
        "andel-avhuggen",
        panel.ref(row, share),
        "one",
        what=panel.called(row, share),
        share=_percent(share, share.amounts[row]),
        number=_whole(number),
        base=_whole(of),
        full=_percent(share, gives),
        rounded=_percent(share, _rounded(share, gives)),
        stated=share.amounts[row],
        calculated=_rounded(share, gives),
        also=[panel.ref(other, share) for other in rows[1:]],
    )


def _of(panel: Panel, share: Held, found: Explained, row: int) -> tuple[float, float, float]:
    """How many a row counts, of how many, and the share that is."""
    number = found.number(row) or 0.0
    base = _whole_at(panel, found.parts[0], found.base, row) or 1.0
    return number, base, share.whole * number / base


def _rounded(share: Held, value: float) -> float:
    """A share as finely as the column is written."""
    return round(round(value / share.step) * share.step, 6)


def _percent(share: Held, value: float) -> str:
    """A share with at most a decimal more than the column has."""
    digits = 1 - round(log10(100 * share.step / share.whole))
    shown = round_half_away(Fraction(repr(round(100 * value / share.whole, 6))), digits)
    return f"{as_written(shown)}\u00a0{share.unit}".rstrip()


def _whole(value: float) -> str:
    return as_written(Fraction(repr(round(value, 6))))


def _impossible(panel: Panel, share: Held) -> Iterator[Finding]:
    """A share that no whole number of the count it is of gives, where all others may be."""
    base = _base_of(panel, share)
    if base is None or share.unit == "":
        return
    rows = [row for row in share.typed if round(base.amounts.get(row, 0))]
    off = [row for row in rows if not _is_possible(share, base, row)]
    if len(off) == 1 and len(rows) > FEWEST:
        yield _no_whole_number(panel, share, base, off[0])


def _no_whole_number(panel: Panel, share: Held, base: Held, row: int) -> Finding:
    of, stands = round(base.amounts[row]), share.amounts[row]
    below = int(stands / share.whole * of)
    gives = share.whole * round(stands / share.whole * of) / of
    parts = [one.amounts[row] for one in panel.columns if one.whole and row in one.amounts]
    # Shares are often made to be 100 % together: the one that is moved for it is no mistake.
    is_moved = len(parts) > 1 and abs(sum(parts) - share.whole) < _SLACK
    is_moved = is_moved and abs(gives - stands) <= share.step + _SLACK
    near = (f"{n} av {of} = {_percent(share, share.whole * n / of)}" for n in (below, below + 1))
    return tell(
        "procent-omojlig",
        panel.ref(row, share),
        "column",
        "mend",
        severity="info" if is_moved else "warning",
        what=panel.called(row, share),
        base=swedish(of),
        column=base.heading,
        share=_percent(share, stands),
        near=", ".join(near),
        stated=stands,
        calculated=_rounded(share, gives),
        also=[panel.ref(row, base)],
    )


def _base_of(panel: Panel, share: Held) -> Held | None:
    """The only count in a table of shares, if by no chance they are whole parts of it."""
    counts = [one for one in panel.columns if not one.whole]
    if len(counts) != 1 or any(value < 0 or value % 1 for value in counts[0].amounts.values()):
        return None
    chance = 1.0
    for one in (one for one in panel.columns if one.whole and one.step >= share.step):
        for row in one.typed:
            if row in counts[0].amounts and _is_possible(one, counts[0], row):
                chance *= min(1.0, counts[0].amounts[row] * one.step / one.whole)
    return counts[0] if chance < _BY_CHANCE else None


def _is_possible(share: Held, base: Held, row: int) -> bool:
    of, part = base.amounts[row], share.amounts[row] / share.whole
    half = share.step / 2 / share.whole + _SLACK
    if not of:
        return not part
    return any(abs(number / of - part) <= half for number in (int(part * of), int(part * of) + 1))


# Parts of a whole across ----------------------------------------------------------------------


def _across(panel: Panel) -> Iterator[Finding]:
    """Rows of shares beside each other that are 100 % together in most rows."""
    run: list[Held] = []
    for column in (*panel.columns, None):
        beside = [column] if column is not None and column.whole and column.unit else []
        if beside and run and beside[0].number == run[-1].number + 1:
            run += beside
            continue
        if len(run) > 1:
            yield from _row_of_parts(panel, run)
        run = beside


def _row_of_parts(panel: Panel, run: Sequence[Held]) -> Iterator[Finding]:
    rows = [row for row in panel.rows if all(row in one.amounts for one in run)]
    whole, step = run[0].whole, max(one.step for one in run)
    gaps = {row: sum(one.amounts[row] for one in run) - whole for row in rows}
    off = [row for row, gap in gaps.items() if abs(gap) > len(run) * step / 2 + _SLACK]
    told = {tuple(one.amounts[row] for one in run) for row in rows if row not in off}
    if len(told) < FEWEST or 3 * len(off) > len(rows) or len({one.whole for one in run}) > 1:
        return
    for row in off:
        if any(row in one.typed for one in run):
            yield tell(
                "andelar-inte-hela",
                panel.ref(row, run[0]),
                "row",
                row=panel.called(row, run[0]),
                together=_percent(run[0], gaps[row] + whole),
                stated=_rounded(run[0], gaps[row] + whole),
                calculated=float(whole),
                also=[panel.ref(row, one) for one in run[1:]],
            )


# Parts of a whole -----------------------------------------------------------------------------


def _together(panel: Panel, share: Held) -> Iterator[Finding]:
    """A column of shares whose total row says that it is the whole of them."""
    rows = [row for row in panel.rows if row in share.amounts]
    if len(rows) <= FEWEST or rows[-1] not in panel.totals or rows[-1] == rows[0]:
        return
    *lines, last = rows
    if any(row in panel.totals for row in lines) or min(share.amounts.values()) < 0:
        return
    together = sum(share.amounts[row] for row in lines)
    stands = share.amounts[last]
    gap = abs(together - share.whole)
    # Formulas may round as well: then none of them has more decimals.
    half = share.step / 2 if set(lines) & share.typed else min(share.halves[row] for row in lines)
    slack = len(lines) * half
    is_whole = abs(stands - share.whole) <= _SLACK
    is_sum = last not in share.typed and abs(stands - together) <= share.whole * 1e-6
    if gap <= slack + share.whole * 1e-4 or gap > _NEAR * share.whole or not (is_whole or is_sum):
        return
    yield tell(
        "andelar-inte-hela",
        panel.ref(_odd(share, lines) or last, share),
        "column",
        column=share.heading,
        together=_percent(share, together),
        stated=together,
        calculated=float(share.whole),
        also=[panel.ref(last, share)],
    )


def _odd(share: Held, lines: Sequence[int]) -> int | None:
    """The only typed share among calculated ones, or the other way round."""
    typed = [row for row in lines if row in share.typed]
    return typed[0] if len(typed) == 1 else None
