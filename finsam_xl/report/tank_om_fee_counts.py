"""Fees counted in whole numbers, by formulas and as they are.

Keys and the pot are counted in their smallest parts, so that nothing is rounded before fees are,
and what a largest remainder leaves over falls to the same one as in :mod:`finsam_xl.calc.fees`.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property

from finsam_xl.address import a1, span
from finsam_xl.calc import fees as calc
from finsam_xl.calc.fee_split import Split
from finsam_xl.calc.fees import Rounding
from finsam_xl.model_budget import Amount, decimals
from finsam_xl.money import exact, whole_steps
from finsam_xl.records import NamedTuple
from finsam_xl.report.tank_om import Held, Remark, TrialSheet, first_of, nested
from finsam_xl.sheets.grid import is_number
from finsam_xl.words.parties import Party
from finsam_xl.words.units import KRONOR

NONE = "–"
_COUNT, _CUT, _REST, _FAULT, _IS_WRONG, _IS_OTHER, SIZE = range(7)
"""The helpers of a municipality: its key, its fee cut to whole steps and the rest, what is wrong,
whether it is changed, and by how much its fee is another."""
_POT, _KEYS, _OVER, _ERRORS, _CAN, _CHANGES = range(6)
"""The helpers of the pot: what it counts, all keys, how many steps cut fees leave over, how much is
wrong, whether anything can be calculated, and how many rows are changed."""
_LARGEST = 2**50
_MORE_DIGITS = 2
_NO_UNIT = Fraction(100)


class Measure(NamedTuple):
    """What somebody pays of a pot: so many steps, ``top`` of ``bottom`` of what the pot counts."""

    top: int
    bottom: int


class Scales(NamedTuple):
    """In how many parts a key of one and a pot of one are counted, and the steps of fees."""

    key: int
    pot: int
    step: Fraction
    rounding: Rounding
    part: Measure


def scales_of(split: Split, starts: Sequence[Fraction]) -> Scales:
    """The scales of a table whose keys are ``starts`` at first."""
    pot = KRONOR.get(split.table.unit, _NO_UNIT)
    part = measure(split, Party.MUNICIPALITIES, pot)
    places = max(map(decimals, starts))
    largest = sum(starts) * (split.table.pool or 0) * pot * part.top
    finest = max(places, _MORE_DIGITS)
    fitting = [
        places for places in range(finest, -1, -1) if largest * Fraction(10) ** places <= _LARGEST
    ]
    return Scales(10 ** (fitting or [0])[0], int(pot), split.step, split.rounding, part)


def measure(split: Split, kind: Party, pot_scale: Fraction) -> Measure:
    """What those of a kind pay of a pot by the rules."""
    one = split.table._replace(pool=Fraction(1))
    share = calc.part_of(one, kind, split.rules) or Fraction(0)
    steps = share / (split.step * pot_scale)
    return Measure(steps.numerator, steps.denominator)


class PotRow(NamedTuple):
    """The pot as it is tried: its row, its cell, and when it is none."""

    row: int
    held: Held
    fault: Remark


class KeyRow(NamedTuple):
    """A municipality's row: its name, what it pays today, its key, and what may be wrong.

    ``asks``: what a new one's row is told that lacks something.
    """

    row: int
    name: str
    before: Amount
    held: Held
    faults: Sequence[Remark]
    asks: Remark | None = None

    @property
    def is_wrong(self) -> bool:
        """Whether something is wrong in it."""
        return bool(first_of(self.faults))

    @property
    def key(self) -> Fraction:
        """Its key, 0 where it has none that can be counted with."""
        value = self.held.value
        return exact(value) if is_number(value) and value >= 0 else Fraction(0)


class Counts:
    """What keys and a pot give, with the helpers on the sheet that count it."""

    def __init__(
        self, sheet: TrialSheet, scales: Scales, pot: PotRow, rows: Sequence[KeyRow]
    ) -> None:
        self._sheet, self._scales, self._pot, self.rows = sheet, scales, pot, rows
        self._put_rows()
        self._put_pot()

    # As it is ----------------------------------------------------------------------------------

    @property
    def errors(self) -> int:
        """How many rows have something wrong."""
        return sum(row.is_wrong for row in self.rows) + self._pot.fault.is_so

    @cached_property
    def pot(self) -> int:
        """What the pot counts, 0 for one that is none."""
        value = self._pot.held.value
        if self._pot.fault.is_so or not is_number(value):
            return 0
        return self.counted(exact(value))

    @cached_property
    def keys(self) -> list[int]:
        """What each key counts; what is wrong counts nothing."""
        return [0 if row.is_wrong else whole_steps(row.key, self._scales.key) for row in self.rows]

    @property
    def can(self) -> bool:
        """Whether anything can be calculated."""
        return not self.errors and sum(self.keys) > 0 and self.pot > 0

    @cached_property
    def changes(self) -> int:
        """How many rows are changed."""
        rows = [self._pot.row, *(row.row for row in self.rows)]
        return sum(self._sheet.changed(row).is_so for row in rows)

    @cached_property
    def fees(self) -> list[Amount]:
        """What each pays, ``None`` where nothing can be calculated; as today where all is so."""
        if not self.can:
            return [None] * len(self.rows)
        if not self.changes:
            return [row.before or Fraction(0) for row in self.rows]
        part = Fraction(self.pot * self._scales.part.top, self._scales.part.bottom)
        steps = calc.whole_fees(self.keys, part, self._scales.rounding)
        return [step * self._scales.step for step in steps]

    def counted(self, pot: Fraction) -> int:
        """What a pot counts."""
        return whole_steps(pot, self._scales.pot)

    def share(self, of: Measure) -> Fraction:
        """What another pays of the pot, in whole steps."""
        return whole_steps(Fraction(self.pot * of.top, of.bottom), 1) * self._scales.step

    @property
    def missed(self) -> Fraction:
        """How much more the fees are than the municipalities' part."""
        paid = [fee for fee in self.fees if fee is not None]
        part = Fraction(self.pot * self._scales.part.top, self._scales.part.bottom)
        return sum(map(Fraction, paid), Fraction(0)) - part * self._scales.step

    # By formulas -------------------------------------------------------------------------------

    def _at(self, helper: int) -> str:
        """A helper of the pot."""
        return a1(self._pot.row, self._sheet.helper_column(helper))

    def _of(self, row: int, helper: int) -> str:
        """A helper of a municipality."""
        return a1(row, self._sheet.helper_column(helper))

    def every(self, helper: int, last: int = 0) -> str:
        """A helper of all municipalities, or of those down to a row."""
        column = self._sheet.helper_column(helper)
        return span(self.rows[0].row, column, last or self.rows[-1].row, column)

    @property
    def can_cell(self) -> str:
        """The cell that is 1 where something can be calculated."""
        return self._at(_CAN)

    @property
    def errors_cell(self) -> str:
        """The cell that says how many rows have something wrong."""
        return self._at(_ERRORS)

    @property
    def pot_cell(self) -> str:
        """The cell with what the pot counts."""
        return self._at(_POT)

    @property
    def changes_cell(self) -> str:
        """The cell that says how many rows are changed."""
        return self._at(_CHANGES)

    @property
    def keys_cell(self) -> str:
        """The cell with all keys together, counted."""
        return self._at(_KEYS)

    def key_formula(self, row: KeyRow) -> str:
        """A municipality's key as it is counted with."""
        return f"{self._of(row.row, _COUNT)}/{self._scales.key}"

    def fee_formula(self, row: KeyRow, now: str) -> str:
        """What a municipality pays; ``now``: the cell of what it does today."""
        return f"IF({self._at(_CHANGES)}=0,N({now}),{self._fee_formula(row)})"

    def _fee_formula(self, row: KeyRow) -> str:
        count, top = self._of(row.row, _COUNT), self._top(self._scales.part)
        if self._scales.rounding == Rounding.HALF_UP:
            whole = self._whole
            return self._in_unit(f"INT((2*{count}*{top}+{whole})/(2*{whole}))")
        rest, cut = self._of(row.row, _REST), self._of(row.row, _CUT)
        place = f"RANK({rest},{self.every(_REST)})+COUNTIF({self.every(_REST, row.row)},{rest})-1"
        return self._in_unit(f"({cut}+IF({place}<={self._at(_OVER)},1,0))")

    def share_formula(self, of: Measure) -> str:
        """What another pays of the pot."""
        return self._in_unit(f"INT((2*{self._top(of)}+{of.bottom})/{2 * of.bottom})")

    def missed_formula(self, paid: str) -> str:
        """How much more than their part the municipalities pay; ``paid``: the sum of it."""
        step, part = self._scales.step, self._scales.part
        steps = Fraction(part.bottom) / step
        over = "" if steps.numerator == 1 else f"/{steps.numerator}"
        times = "" if steps.denominator == 1 else f"*{steps.denominator}"
        return f"ROUND({paid}-{self._top(part)}{times}{over},4)"

    def _in_unit(self, steps: str) -> str:
        step = self._scales.step
        if step >= 1:
            return steps if step == 1 else f"{steps}*{step.numerator}"
        return f"ROUND({steps}/{step.denominator},{decimals(step)})"

    def _top(self, of: Measure) -> str:
        pot = self._at(_POT)
        return pot if of.top == 1 else f"{pot}*{of.top}"

    @property
    def _whole(self) -> str:
        bottom = self._scales.part.bottom
        return self._at(_KEYS) if bottom == 1 else f"({self._at(_KEYS)}*{bottom})"

    # Helpers -----------------------------------------------------------------------------------

    def _put_rows(self) -> None:
        put, can, top = self._sheet.helper, self._at(_CAN), self._top(self._scales.part)
        for row, key, (cut, rest) in zip(self.rows, self.keys, self._cuts, strict=True):
            fault = put(row.row, _FAULT, nested(row.faults), first_of(row.faults))
            put(row.row, _IS_WRONG, f'IF({fault}<>"",1,0)', int(row.is_wrong))
            cell = row.held.cell
            counted = f"ROUND(ROUND(N({cell})*{self._scales.key},6),0)"
            count = put(row.row, _COUNT, f'IF({fault}<>"",0,{counted})', key)
            whole = self._whole
            changed = self._sheet.changed(row.row)
            put(row.row, _IS_OTHER, f"IF({changed.formula},1,0)", int(changed.is_so))
            cell_cut = put(row.row, _CUT, f"IF({can}=1,INT({count}*{top}/{whole}),0)", cut)
            put(row.row, _REST, f"IF({can}=1,{count}*{top}-{cell_cut}*{whole},0)", rest)

    @cached_property
    def _cuts(self) -> list[tuple[int, int]]:
        """The fees cut to whole steps, and what is left of each."""
        whole = sum(self.keys) * self._scales.part.bottom
        if not self.can:
            return [(0, 0)] * len(self.rows)
        return [divmod(key * self.pot * self._scales.part.top, whole) for key in self.keys]

    def _put_pot(self) -> None:
        put, row, part = self._sheet.helper, self._pot.row, self._scales.part
        counted = f"ROUND(ROUND({self._pot.held.cell}*{self._scales.pot},6),0)"
        pot = put(row, _POT, f"IF({self._pot.fault.formula},0,{counted})", self.pot)
        keys = put(row, _KEYS, f"SUM({self.every(_COUNT)})", sum(self.keys))
        wrong = f"SUM({self.every(_IS_WRONG)})+IF({self._pot.fault.formula},1,0)"
        errors = put(row, _ERRORS, wrong, self.errors)
        can = f"IF({errors}>0,0,IF({keys}<=0,0,IF({pot}<=0,0,1)))"
        put(row, _CAN, can, int(self.can))
        changed = self._sheet.changed(row).formula
        put(row, _CHANGES, f"SUM({self.every(_IS_OTHER)})+IF({changed},1,0)", self.changes)
        steps = f"INT((2*{self._top(part)}+{part.bottom})/{2 * part.bottom})"
        over = whole_steps(Fraction(self.pot * part.top, part.bottom), 1)
        over -= sum(cut for cut, _ in self._cuts)
        put(row, _OVER, f"{steps}-SUM({self.every(_CUT)})", over)

    def fault_cell(self, row: KeyRow) -> str:
        """The cell that says what is wrong in a row."""
        return self._of(row.row, _FAULT)
