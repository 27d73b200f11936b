"""The total of a note against the row of a statement that refers to it.

A row refers to a note by its number ("Lokaler (not 3)"), or bears the note's name. Where only one
row of a table does, their figures of the same year are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from finsam_xl.checks.agreement.listed_columns import Listed
from finsam_xl.checks.concepts import words_of
from finsam_xl.checks.material import Material
from finsam_xl.findings import tell
from finsam_xl.model import Finding
from finsam_xl.model_budget import Budget
from finsam_xl.money import trimmed
from finsam_xl.records import NamedTuple
from finsam_xl.words.kinds import note_number, reference, without_note, without_reference

CODE = "not-avviker"
_FIFTH = 5
"""Where no year agrees, a note that is further off than a fifth may be of something else."""


class _Note(NamedTuple):
    """A note's table, its number, its name and the row of its total."""

    budget: Budget
    number: str
    name: str
    row: int


class _Year(NamedTuple):
    """A year's figure in the statement and in the note."""

    one: Listed
    other: Listed
    row: int
    total: int

    @property
    def gap(self) -> Fraction:
        """How much larger the statement's figure is, whatever its sign."""
        here, there = self.one.value(self.row), self.other.value(self.total)
        return abs(here or Fraction(0)) - abs(there or Fraction(0))

    @property
    def agrees(self) -> bool:
        """Whether the figures are the same, as far as the coarser of them shows."""
        return abs(self.gap) <= max(self.one.step, self.other.step) / 2


def check(materials: Sequence[Material]) -> Iterator[Finding]:
    """Notes that do not come to what the statements say, in each workbook."""
    for material in materials:
        notes = [note for one in material.budgets if (note := _note(one)) is not None]
        for budget in material.budgets if notes else ():
            if not note_number(budget.title):
                for note in notes:
                    yield from _compared(material.file, budget, note)


def _note(budget: Budget) -> _Note | None:
    number = note_number(budget.title)
    sums = [one.target for one in budget.sums if budget.rows[one.target].role == "total"]
    lines = [n for n, row in enumerate(budget.rows) if row.role == "line"]
    total = max(sums, default=lines[0] if len(lines) == 1 else None)
    if not number or total is None:
        return None
    return _Note(budget, number, words_of(without_note(budget.title)), total)


def _compared(file: str, budget: Budget, note: _Note) -> Iterator[Finding]:
    row = _referring(budget, note)
    if row is None:
        return
    years = list(_years(file, budget, note, row))
    off = [year for year in years if not year.agrees]
    if off and (len(off) < len(years) or _is_near(off[0])):
        yield _finding(note, off)


def _referring(budget: Budget, note: _Note) -> int | None:
    """The only row of a table that refers to a note, by its number rather than by its name."""
    rows = [n for n, row in enumerate(budget.rows) if row.role not in ("section", "note")]
    by_number = [n for n in rows if reference(budget.rows[n].label) == note.number]
    by_name = [n for n in rows if words_of(without_reference(budget.rows[n].label)) == note.name]
    found = by_number or by_name
    return found[0] if len(found) == 1 else None


def _years(file: str, budget: Budget, note: _Note, row: int) -> Iterator[_Year]:
    for n, column in enumerate(budget.columns):
        for m, other in enumerate(note.budget.columns):
            if (column.period, column.scenario) != (other.period, other.scenario):
                continue
            one = _Year(Listed(file, budget, n), Listed(file, note.budget, m), row, note.row)
            if one.one.value(row) is not None and one.other.value(note.row) is not None:
                yield one
                break


def _is_near(year: _Year) -> bool:
    return _FIFTH * abs(year.gap) <= abs(year.one.value(year.row) or Fraction(0))


def _finding(note: _Note, off: Sequence[_Year]) -> Finding:
    first = off[0]
    here = first.one.budget.rows[first.row].amounts[first.one.number] or 0
    there = (first.other.value(first.total) or Fraction(0)) / first.one.unit
    shown = -abs(there) if here < 0 else abs(there)
    place, other = first.one.ref(first.row), first.other.ref(first.total)
    label = first.one.budget.rows[first.row].label
    header = first.one.budget.columns[first.one.number].header
    return tell(
        CODE,
        place,
        severity="error" if first.one.unit == first.other.unit else "warning",
        what=f"{label}, {header}",
        note=note.number,
        place=other.seen_from(place),
        total=trimmed(shown),
        gap=trimmed(here - shown, first.one.budget.unit),
        stated=here,
        calculated=there,
        also=[ref for y in off for ref in (y.one.ref(y.row), y.other.ref(y.total))][1:],
    )
