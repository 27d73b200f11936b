"""From a cell to an exact figure, with a finding for everything that is not plain.

Text that looks like a number is read, used and reported; a formula without a
stored result, an error value and a word where a number belongs are reported and
never read as 0.
"""

from __future__ import annotations

from fractions import Fraction

from finsam_xl.findings import tell
from finsam_xl.model import Finding, Ref
from finsam_xl.money import exact, parse_number
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Cell, CellError

UNKNOWN = "formel-utan-varde"
"""The code of what is told of a formula whose value nobody knows."""
NUMBER_AS_TEXT = "tal-som-text"
"""The code of what is told of a text that looks like a number."""


class Number(NamedTuple):
    """A figure and whether it is a percentage (then ``value`` is in per cent)."""

    value: Fraction
    percent: bool = False
    unit: str = ""


class Reading(NamedTuple):
    """What a cell gave: a number, a word, or nothing; ``bad`` when it must not be used."""

    number: Number | None = None
    word: str = ""
    finding: Finding | None = None

    @property
    def bad(self) -> bool:
        """Whether the cell holds something that cannot be used."""
        return self.finding is not None and self.finding.severity == "error"


def read(cell: Cell, ref: Ref, what: str) -> Reading:
    """Read a cell as a number. ``what`` names the column in messages, in the definite form."""
    value = cell.value
    if cell.is_unknown:
        return Reading(finding=tell(UNKNOWN, ref, "unread", what=what))
    if value is None:
        return Reading()
    if isinstance(value, CellError):
        return Reading(finding=tell("felvarde", ref, what=what, stated=str(value)))
    if isinstance(value, bool):
        return Reading(word="ja" if value else "nej")
    if isinstance(value, int | float):
        number = exact(value)
        return Reading(Number(100 * number if cell.percent else number, cell.percent))
    if not value.strip():
        return Reading()
    figure = parse_number(value)
    if figure is None:
        return Reading(word=value.strip())
    return Reading(
        Number(Fraction(figure.value), figure.unit == "%", figure.unit),
        finding=tell(NUMBER_AS_TEXT, ref, what=what, stated=value),
    )
