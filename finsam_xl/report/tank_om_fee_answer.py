"""The sentence above the member fees on the sheet *Tänk om*, as a formula and as it is."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from finsam_xl.address import span
from finsam_xl.calc.fee_split import Split
from finsam_xl.model_budget import Amount
from finsam_xl.money import swedish, whole_steps
from finsam_xl.records import NamedTuple
from finsam_xl.report import look
from finsam_xl.report.tank_om import TrialSheet, grouped
from finsam_xl.report.tank_om_fee_counts import SIZE, Counts
from finsam_xl.words.units import KRONOR, Unit

MORE, LAST = 9, 14
"""The column of changes, and the last one."""
_WRONG = " går inte att räkna med: se Att rätta."
_NOBODY = "Ingen kommun är kvar att betala."
_SAME = "Avgifterna är som i dag: kommunerna betalar "
_EQUAL = "Tänk om: kommunerna betalar tillsammans lika mycket som i dag, "
_OTHER = "Tänk om: kommunerna betalar "
_UNBROKEN = "\u00a0"


class Line(NamedTuple):
    """What stands of fees on a row: now and then and how much more that is, with their cells."""

    now: Amount
    then: Amount
    cell: str
    change: str
    more: Fraction


class Answer:
    """What keys and a pot come to: what the municipalities pay, and whose fee changes most."""

    def __init__(self, split: Split, counts: Counts, together: Line, lines: Sequence[Line]) -> None:
        self._split, self._counts, self._together, self._lines = split, counts, together, lines

    def put(self, sheet: TrialSheet, row: int) -> None:
        """The formula of the sentence, and what it says."""
        counts, together, lines = self._counts, self._together, self._lines
        rows, factor = counts.rows, self._factor
        sizes = [
            abs(line.more) if one.before is not None and key else Fraction(0)
            for one, line, key in zip(rows, lines, counts.keys, strict=True)
        ]
        most, size = max(sizes), counts.every(SIZE)
        paid = whole_steps((together.then or 0) * factor, 1)
        largest = whole_steps(most * factor, 1)
        place = 1 + sizes.index(most) if largest else 0
        all_paid = sheet.helper(
            row, 0, f"IF({counts.can_cell}=0,0,ROUND({together.cell}*{factor},0))", paid
        )
        moved = sheet.helper(row, 1, f"ROUND(MAX({size})*{factor},0)", largest)
        whose = sheet.helper(row, 2, f"IF({moved}>0,MATCH(MAX({size}),{size},0),0)", place)
        names, changes = (span(rows[0].row, column, rows[-1].row, column) for column in (1, MORE))
        before = whole_steps((together.now or 0) * factor, 1)
        told = swedish(before, 0, self._told_unit)
        errors = counts.errors_cell
        verb = f'IF(INDEX({changes},{whose})>0,"stiger ","sjunker ")'
        formula = (
            f'IF({errors}>0,"▼ "&{errors}&IF({errors}=1," rad"," rader")&"{_WRONG}",'
            f'IF({counts.can_cell}=0,"{_NOBODY}",'
            f'IF({counts.changes_cell}=0,"{_SAME}{told} tillsammans.",'
            f'IF({all_paid}={before},"{_EQUAL}{told}","{_OTHER}"&{grouped(all_paid)}&'
            f'"{_UNBROKEN}{self._told_unit} tillsammans i stället för {told}")'
            f'&IF({whose}=0,"","; mest "&{verb}&INDEX({names},{whose})&", med "'
            f'&{grouped(moved)}&"{_UNBROKEN}{self._told_unit}")&".")))'
        )
        most_moved = (rows[place - 1].name, lines[place - 1].more) if place else None
        said = self._said(paid, before, most_moved)
        sheet.live_wide(row, (1, LAST), formula, said, look.ANSWER)

    def _said(self, paid: int, before: int, moved: tuple[str, Fraction] | None) -> str:
        """What the sentence says."""
        counts = self._counts
        unit = self._told_unit
        told = swedish(before, 0, unit)
        if counts.errors:
            return f"▼ {counts.errors} {'rad' if counts.errors == 1 else 'rader'}{_WRONG}"
        if not counts.can:
            return _NOBODY
        if not counts.changes:
            return f"{_SAME}{told} tillsammans."
        text = f"{_OTHER}{swedish(paid, 0, unit)} tillsammans i stället för {told}"
        text = f"{_EQUAL}{told}" if paid == before else text
        if moved is None:
            return f"{text}."
        name, more = moved
        verb, size = "stiger" if more > 0 else "sjunker", abs(more) * self._factor
        return f"{text}; mest {verb} {name}, med {swedish(size, 0, unit)}."

    @property
    def _factor(self) -> int:
        """What amounts are multiplied by where they are told: those with decimals are in kronor."""
        return 1 if self._split.step >= 1 else int(KRONOR.get(self._split.table.unit, 1))

    @property
    def _told_unit(self) -> str:
        unit = self._split.table.unit
        return Unit.KR if self._factor > 1 else unit
