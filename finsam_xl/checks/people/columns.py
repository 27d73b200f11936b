"""Counts of people that other columns or rows contradict, whatever a table is about.

Women and men are not the column that they are together in most rows, who was there, came and
left are not who remains, or a typed total is not its lines as in most columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from finsam_xl.checks.material import Material
from finsam_xl.checks.panels import Held, Panel, Turned
from finsam_xl.findings import tell
from finsam_xl.model import Finding
from finsam_xl.money import as_written
from finsam_xl.records import NamedTuple
from finsam_xl.words.people import Sex, sex_in_heading

TOTAL = "delar-summa-avviker"
FEWEST = 3
_FEWEST_OF_FLOW = 4
_FARTHEST = 2
_FAR = 0.5


class Law(NamedTuple):
    """A column that others make up in most rows: the whole, its parts with signs, and how."""

    whole: Held
    parts: tuple[tuple[Held, int], ...]
    held: tuple[int, ...]
    off: tuple[int, ...]

    def gives(self, row: int) -> float:
        """What the parts come to in a row."""
        return sum(sign * part.amounts[row] for part, sign in self.parts)


def check(_material: Material, panels: Sequence[Panel]) -> Iterator[Finding]:
    """Women and men, and people who come and go, in every table."""
    for panel in panels:
        yield from _of_sexes(panel)
        yield from _of_sexes(Turned(panel))
        yield from _of_flows(panel)
        yield from _of_totals(panel)


def law(
    panel: Panel, whole: Held, parts: Sequence[tuple[Held, int]], fewest: int = FEWEST
) -> Law | None:
    """Whether columns make up another in most rows: at most a third of them apart.

    The total of rows of which one is wrong is wrong as well: it is no row of its own.
    """
    held, off = list[int](), list[int]()
    telling = 0
    for row in panel.rows:
        if row in panel.totals:
            continue
        amounts = [part.amounts.get(row) for part, _ in parts]
        if row not in whole.amounts or any(one is None for one in amounts):
            continue
        one = Law(whole, tuple(parts), (), ())
        holds = abs(one.gives(row) - whole.amounts[row]) < 1e-6
        (held if holds else off).append(row)
        telling += holds and all(amounts)
    if len(held) < fewest or telling < fewest - 1 or 2 * len(off) > len(held):
        return None
    return Law(whole, tuple(parts), tuple(held), tuple(off))


# Women and men --------------------------------------------------------------------------------


def _of_sexes(panel: Panel) -> Iterator[Finding]:
    counts = [one for one in panel.columns if not one.whole]
    of = {one.number: sex_in_heading(one.heading) for one in counts}
    for women in (one for one in counts if of[one.number] is Sex.WOMEN):
        men = next(
            (
                one
                for one in counts
                if of[one.number] is Sex.MEN and abs(one.number - women.number) <= _FARTHEST
            ),
            None,
        )
        if men is None:
            continue
        found = [
            one
            for whole in counts
            if of[whole.number] is None and (one := law(panel, whole, ((women, 1), (men, 1))))
        ]
        best = max(found, key=lambda one: (len(one.held), -len(one.off)), default=None)
        for row in best.off if best else ():
            if best:
                yield _not_all(panel, best, row)


def _not_all(panel: Panel, one: Law, row: int) -> Finding:
    (women, _), (men, _) = one.parts
    return tell(
        "kon-summa-avviker",
        panel.ref(row, women),
        "column",
        "mend",
        what=panel.called(row, women),
        women=_said(women.amounts[row]),
        men=_said(men.amounts[row]),
        together=_said(one.gives(row)),
        column=one.whole.heading,
        whole=_said(one.whole.amounts[row]),
        stated=exactly(one.whole.amounts[row]),
        calculated=exactly(one.gives(row)),
        also=[panel.ref(row, men), panel.ref(row, one.whole)],
    )


# Those who come and go ------------------------------------------------------------------------


def _of_flows(panel: Panel) -> Iterator[Finding]:
    """Four columns beside each other: who was there, who came, who left and who remains."""
    for first in range(len(panel.columns) - 3):
        four = panel.columns[first : first + 4]
        if four[3].number - four[0].number != 3 or any(one.whole for one in four):
            continue
        there, new, out, left = four
        found = law(panel, left, ((there, 1), (new, 1), (out, -1)), _FEWEST_OF_FLOW)
        if found is None or not _moves(found):
            continue
        if not found.off:
            yield from _not_carried(panel, there, left)
        if len(found.off) != 1:
            continue
        row = found.off[0]
        if row in left.typed and min(one.amounts[row] for one in four) >= 0:
            yield _does_not_flow(panel, found, row)


def _not_carried(panel: Panel, there: Held, left: Held) -> Iterator[Finding]:
    """The one row that does not begin with those who remained in the row before."""
    rows = [row for row in panel.rows if row in there.amounts and row not in panel.totals]
    pairs = [(one, other) for one, other in pairwise(rows) if one in left.amounts]
    off = [pair for pair in pairs if there.amounts[pair[1]] != left.amounts[pair[0]]]
    if len(off) != 1 or len(pairs) <= _FEWEST_OF_FLOW or off[0][1] not in there.typed:
        return
    before, row = off[0]
    yield tell(
        "flode-avviker",
        panel.ref(row, there),
        "start",
        row=panel.called(row, there),
        before=panel.called(before, left),
        stated=exactly(there.amounts[row]),
        calculated=exactly(left.amounts[before]),
        also=[panel.ref(before, left)],
    )


def _moves(one: Law) -> bool:
    """Whether people come and go in so many rows that it is no chance that it adds up."""
    (_, _), (new, _), (out, _) = one.parts
    moves = {(new.amounts[row], out.amounts[row]) for row in one.held}
    return len({(came, left) for came, left in moves if came != left}) >= _FEWEST_OF_FLOW - 1


def _does_not_flow(panel: Panel, one: Law, row: int) -> Finding:
    (there, _), (new, _), (out, _) = one.parts
    return tell(
        "flode-avviker",
        panel.ref(row, one.whole),
        "end",
        row=panel.called(row, one.whole),
        column=one.whole.heading,
        there=_said(there.amounts[row]),
        new=_said(new.amounts[row]),
        out=_said(out.amounts[row]),
        stated=exactly(one.whole.amounts[row]),
        calculated=exactly(one.gives(row)),
        also=[panel.ref(row, part) for part in (there, new, out)],
    )


# Totals of several columns --------------------------------------------------------------------


def _of_totals(panel: Panel) -> Iterator[Finding]:
    """The one typed total that is not its lines, where those of other columns are."""
    last = panel.rows[-1]
    if last not in panel.totals or sorted(panel.totals) != [last]:
        return
    held, off = 0, list[tuple[Held, float]]()
    most = max(len(one.amounts) for one in panel.columns)
    for one in panel.columns:
        lines = [value for row, value in one.amounts.items() if row != last]
        if len(one.amounts) < most or any(
            isinstance(panel.held(row, one), str) for row in panel.rows
        ):
            continue  # lines that are not filled in; a number that is text is told as one
        is_count = all(value % 1 == 0 for value in one.amounts.values())
        if one.whole or not is_count or last not in one.amounts or len(lines) < FEWEST - 1:
            continue
        if abs(sum(lines) - one.amounts[last]) < 1e-6:
            held += 1
        else:
            off.append((one, sum(lines)))
    if len(off) == 1 and held > 1 and last in off[0][0].typed:
        column, together = off[0]
        if abs(column.amounts[last] - together) > _FAR * together:
            return  # no sum: the mean of the lines, or something else
        yield tell(
            TOTAL,
            panel.ref(last, column),
            row=panel.called(last, column),
            column=column.heading,
            stated=exactly(column.amounts[last]),
            calculated=exactly(together),
        )


def exactly(value: float) -> Fraction:
    """A figure as it is shown."""
    return Fraction(repr(round(value, 6)))


def _said(value: float) -> str:
    return as_written(exactly(value))
