"""What an action wants done: edits, findings and report sheets, as data.

A plan can be shown, stored, applied by any host and inverted; it changes
nothing itself.

>>> edit = CellEdit("Blad1", "B2", 50, 60, "Impactindex")
>>> Plan(edits=(edit,)).inverse().edits[0].new
50
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING

from finsam_xl.findings import tell
from finsam_xl.formulas.prefixes import first_sheet
from finsam_xl.model import Finding, Ref
from finsam_xl.money import as_written, exact
from finsam_xl.records import NamedTuple

if TYPE_CHECKING:
    from finsam_xl.sheetplan import SheetPlan
    from finsam_xl.sheets.grid import Cell, Value


_OWNER = "_finsam_rapport_"
LONGEST_NAME = 31
OWNER_NAME = re.compile(rf"{_OWNER}(\w+)", re.IGNORECASE)
"""The defined names that tell which sheet is which report of ours."""
_OURS = "_finsam_"


def is_our_name(name: str) -> bool:
    """Whether a defined name is one of ours."""
    return name.lower().startswith(_OURS)


ANSWER_NAME = "_finsam_svar"
"""The defined name of the cell on our own sheet that shows what the last button did."""


def owner_name(owner: str) -> str:
    """The defined name of a report's sheet; ``owner``: as in its plan."""
    return _OWNER + owner


def owners(
    names: Iterable[tuple[str, Callable[[], str], bool]],
    sheets: Collection[str],
    *,
    local: bool = True,
) -> dict[str, str]:
    """Sheets that are reports of ours: sheet name → which report.

    ``names``: the defined ones, what each stands for, and whether it is of one sheet alone. A copy
    that a person made of a report has a name of its own (``local``): it is one of ours, but it is
    theirs to keep.
    """
    found: dict[str, str] = {}
    for name, formula, is_local in names:
        owner = OWNER_NAME.fullmatch(name)
        sheet = first_sheet(formula()) if owner else ""
        if owner and sheet in sheets and (local or not is_local):
            found[sheet] = owner.group(1).lower()
    return found


def free_name(name: str, taken: Collection[str]) -> str:
    """A sheet's name, numbered where another has it; ``taken``: names in lower case."""
    candidate, number = name[:LONGEST_NAME], 2
    while candidate.lower() in taken:
        tail = f" ({number})"
        candidate = name[: LONGEST_NAME - len(tail)] + tail
        number += 1
    return candidate


class CellEdit(NamedTuple):
    """One cell to change: what it held, what it will hold, and why.

    ``old_mark`` and ``new_mark`` name the fill (see ``palette.MARKS``), '' for none;
    they differ only where the colour itself is the result. ``keeps_value`` tells
    that the cell holds a formula, of which only the fill may be changed. ``like``: a
    cell of the same sheet whose format a cell that has none takes over. ``formula``: the
    one to write, without its equals sign, where ``new`` is what it gives; ``old_formula``: one
    of ours that is taken back. ``is_bare``: nothing is to be left in the cell, not even a format.
    ``source``: the file that the figure is taken from, '' where it follows from the workbook.
    """

    sheet: str
    cell: str
    old: Value
    new: Value
    why: str
    old_mark: str = ""
    new_mark: str = ""
    keeps_value: bool = False
    like: str = ""
    formula: str = ""
    old_formula: str = ""
    is_bare: bool = False
    source: str = ""

    @classmethod
    def typed(cls, ref: Ref, cell: Cell, new: Value, why: str, like: str = "") -> CellEdit:
        """A typed value in the place of what a cell holds, its fill as it was."""
        return cls(ref.sheet, ref.cell, cell.value, new, why, cell.mark, cell.mark, like=like)

    def inverse(self) -> CellEdit:
        """The edit that takes this one back."""
        return self._replace(
            old=self.new,
            new=self.old,
            old_mark=self.new_mark,
            new_mark=self.old_mark,
            formula=self.old_formula,
            old_formula=self.formula,
        )


class Expectation(NamedTuple):
    """What a formula cell should show once the plan's edits are in; never written there.

    ``decimals``: digits that are compared, as the figure is printed.
    """

    sheet: str
    cell: str
    value: float
    why: str
    decimals: int = 0


class Plan(NamedTuple):
    """Edits, findings and report sheets of one run, and what its formulas should then show.

    ``removed``: the owners of sheets of ours that are to go; ``log``: the sheet of the log with
    this run, written only if the plan changes anything; ``archived``: rows that leave it.
    ``undoes``: the run that is taken back; ``asks``: the run that somebody is asked about first.
    """

    edits: tuple[CellEdit, ...] = ()
    findings: tuple[Finding, ...] = ()
    sheets: tuple[SheetPlan, ...] = ()
    expected: tuple[Expectation, ...] = ()
    run: str = ""
    removed: tuple[str, ...] = ()
    log: SheetPlan | None = None
    archived: tuple[tuple[Value, ...], ...] = ()
    undoes: str = ""
    asks: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether applying the plan would change nothing but the log."""
        return not (self.edits or self.sheets or self.removed)

    def inverse(self) -> Plan:
        """The plan that restores the cells; report sheets are not cells and are left out."""
        return Plan(edits=tuple(edit.inverse() for edit in reversed(self.edits)), run=self.run)


def merge(plans: Iterable[Plan], run: str = "") -> Plan:
    """Several plans as one. Where two want different things of a cell neither is done: it is told.

    The rest of the workbook is done all the same.
    """
    edits: dict[tuple[str, str], CellEdit] = {}
    disputed: dict[tuple[str, str], Finding] = {}
    findings: dict[Finding, None] = {}
    sheets: list[SheetPlan] = []
    expected: list[Expectation] = []
    for plan in plans:
        for edit in plan.edits:
            known = edits.setdefault((edit.sheet, edit.cell), edit)
            if (known.new, known.new_mark) != (edit.new, edit.new_mark):
                disputed.setdefault((edit.sheet, edit.cell), _disputed(known, edit))
        findings.update(dict.fromkeys(plan.findings))
        sheets.extend(plan.sheets)
        expected.extend(plan.expected)
    agreed = tuple(edit for place, edit in edits.items() if place not in disputed)
    findings.update(dict.fromkeys(disputed.values()))
    return Plan(agreed, tuple(findings), tuple(sheets), tuple(expected), run)


def _disputed(one: CellEdit, other: CellEdit) -> Finding:
    return tell(
        "tva-varden",
        Ref(one.sheet, one.cell),
        one=_shown(one.new),
        why=one.why,
        other=_shown(other.new),
        other_why=other.why,
    )


def _shown(value: Value) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return as_written(exact(value))
    return "tomt" if value is None else str(value)
