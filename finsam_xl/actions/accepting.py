"""Figures of hers that she lets a run put right: ``recompute`` with codes of findings accepted.

A cell with such a finding is taken for blank, and what fills in blanks fills it in: nothing is
written there that would not be written in a blank cell of that sheet. A figure stays where it
cannot be filled in, where what would be written is told to be wrong as well, and where it is not
the run's to write: over a formula, in a locked cell, in a closed period. Each of them is told.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from fractions import Fraction
from types import MappingProxyType

from finsam_xl.actions.writing import written
from finsam_xl.address import position
from finsam_xl.errors import InputError
from finsam_xl.filling.cells import as_number
from finsam_xl.findings import tell
from finsam_xl.model import Finding, Ref
from finsam_xl.model_budget import decimals
from finsam_xl.money import exact, round_half_away
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.reading import as_changed
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Cell, Grid, Value, is_same

_MOST_ROUNDS = 40
_ALIKE = 0.85
_UNITS = (*map(Fraction, (1, 100, 1000, 10**6)), Fraction(1, 100), Fraction(1, 1000))
"""What figures are told in, of what their cells hold: per cent, kronor, thousands."""


class Stays(Enum):
    """Why a figure is left as it is."""

    FACT = auto()
    STILL_WRONG = auto()
    SAME = auto()
    FORMULA = auto()
    LOCKED = auto()


_SENTENCES = {
    Stays.FACT: "fact",
    Stays.STILL_WRONG: "still_wrong",
    Stays.SAME: "same",
    Stays.FORMULA: "formula",
    Stays.LOCKED: "locked",
}
_Why = Stays | str
"""A reason of its own, or what the run says of the cell."""
Recomputed = Callable[[Grid, tuple[CellEdit, ...]], Plan]


class Accepted(NamedTuple):
    """The cells that a run takes for blank, or for another figure, and what is said of others.

    ``edits``: those that give them that other figure.
    """

    cells: Mapping[Ref, Value] = MappingProxyType({})
    edits: tuple[CellEdit, ...] = ()
    findings: tuple[Finding, ...] = ()


class _Trial(NamedTuple):
    """What a run would do with some cells changed, and what is then found in the workbook."""

    cells: Mapping[Ref, Value]
    plan: Plan
    found: tuple[Finding, ...]

    def gives(self, ref: Ref) -> CellEdit | None:
        """What the run would write in a cell."""
        edits = (e for e in self.plan.edits if (e.sheet, e.cell) == (ref.sheet, ref.cell))
        return next(edits, None)


def accepted(
    grid: Grid,
    codes: Collection[str],
    recomputed: Recomputed,
    checked: Callable[[Grid], Iterable[Finding]],
) -> Accepted:
    """What can be put right of the findings of some codes.

    ``recomputed``: what a run would do in a workbook, besides some edits; ``checked``: what is
    found in one.
    Raises ``InputError`` for a code that looks like a misspelt one.
    """
    return _Accepting(grid, frozenset(codes), recomputed, checked).run()


class _Accepting:
    """Tries the cells of accepted findings, until those that are left say nothing new."""

    def __init__(
        self,
        grid: Grid,
        codes: frozenset[str],
        recomputed: Recomputed,
        checked: Callable[[Grid], Iterable[Finding]],
    ) -> None:
        self.grid, self.codes = grid, codes
        self.recomputed, self.checked = recomputed, checked
        self.told: dict[Ref, Finding] = {}
        self.refused: dict[Ref, _Why] = {}
        self.last = self.tried({})

    def run(self) -> Accepted:
        """Try what is found, and then what is found once that is put right."""
        heard = {one.code for one in self.last.found}
        if not self.codes <= heard:
            heard |= {one.code for one in self.checked(self.grid)}
        said = [*_unheard(self.codes, heard)]
        for _ in range(_MOST_ROUNDS):
            wanted = self.wanted()
            if not wanted:
                break
            self.round(wanted)
        cells = self.last.cells
        said += _refused((self.told[ref], why) for ref, why in self.refused.items())
        return Accepted(cells, self.given(cells), tuple(said))

    def tried(self, cells: Mapping[Ref, Value]) -> _Trial:
        """What comes of it if some cells are changed, most of them taken for blank."""
        left = as_changed.with_cells(self.grid, cells)
        plan = self.recomputed(left, self.given(cells))
        return _Trial(cells, plan, (*plan.findings, *self.checked(written(left, plan.edits))))

    def given(self, cells: Mapping[Ref, Value]) -> tuple[CellEdit, ...]:
        """The edits of cells that get what their findings say."""
        return tuple(
            CellEdit.typed(ref, self.cell(ref), value, self.told[ref].message)
            for ref, value in cells.items()
            if value is not None
        )

    def wanted(self) -> list[Ref]:
        """The cells to try; those that cannot be are kept with the reason."""
        wanted: dict[Ref, None] = {}
        for one in self.last.found:
            ref = Ref(one.sheet or "", one.cell or "")
            if one.code not in self.codes or ref in self.told or not one.cell:
                continue
            self.told[ref] = one
            why = self.forbidden(ref)
            if why:
                self.refused[ref] = why
            else:
                wanted[ref] = None
        return list(wanted)

    def cell(self, ref: Ref) -> Cell:
        """What stands in a cell now."""
        return self.grid.sheet(ref.sheet).cell(*position(ref.cell))

    def forbidden(self, ref: Ref) -> Stays | None:
        """Why a cell is not the run's to write, whatever it would be."""
        sheet, cell = self.grid.sheet(ref.sheet), self.cell(ref)
        if cell.formula is not None:
            return Stays.FORMULA
        if cell.value is None or sheet.owner or _unit(self.told[ref], cell) is None:
            return Stays.FACT
        return Stays.LOCKED if sheet.is_locked(position(ref.cell)) else None

    def round(self, wanted: Sequence[Ref]) -> None:
        """Try cells together, and then one by one those that did not come out right."""
        trial = self.tried({**self.last.cells, **dict.fromkeys(wanted)})
        failed = [ref for ref in wanted if self.why_not(ref, trial)]
        if not failed:
            self.last = trial
            return
        held = {ref: value for ref, value in trial.cells.items() if ref not in failed}
        self.last = self.tried(held) if len(held) > len(self.last.cells) else self.last
        for ref in failed:
            self.alone(ref)

    def alone(self, ref: Ref) -> None:
        """Try a cell by itself: blank, and then with what its finding says that it is."""
        why: _Why = ""
        for value in (None, *_figures(self.told[ref], self.cell(ref))):
            trial = self.tried({**self.last.cells, ref: value})
            doubt = self.why_not(ref, trial)
            if not doubt:
                self.last = trial
                return
            why = why or doubt
        self.refused[ref] = why

    def why_not(self, ref: Ref, trial: _Trial) -> _Why:
        """Why a cell is not put right; '' where it is."""
        edit = trial.gives(ref)
        if edit is not None and is_same(edit.new, self.cell(ref).value) and not edit.formula:
            return Stays.SAME
        if edit is not None:
            return Stays.STILL_WRONG if any(self.speaks_of(one, ref) for one in trial.found) else ""
        known = {*self.last.found}
        here = (one for one in trial.plan.findings if one not in known)
        told: Iterator[_Why] = (one.message for one in here if ref in _places(one))
        return next(told, Stays.FACT)

    def speaks_of(self, one: Finding, ref: Ref) -> bool:
        """Whether a finding says that a figure which has been put right is wrong."""
        is_here = (one.sheet, one.cell) == (ref.sheet, ref.cell)
        is_wrong = one.severity != "info" and one.calculated is not None
        return is_here and (one.code in self.codes or is_wrong)


def _figures(finding: Finding, cell: Cell) -> Iterator[Value]:
    """What a finding says that a cell is, as the cell holds it: as its own figure is, or whole."""
    stated, calculated = finding.stated, finding.calculated
    unit = _unit(finding, cell)
    if not finding.is_result or unit is None or isinstance(stated, str | None):
        return
    if not isinstance(calculated, str | None):
        whole = exact(calculated)
        rounded = exact(round_half_away(whole, decimals(exact(stated))))
        yield from (as_number(figure / unit) for figure in dict.fromkeys((rounded, whole)))


def _unit(finding: Finding, cell: Cell) -> Fraction | None:
    """What a cell's figure is multiplied by where it is told; ``None`` where it is not that."""
    stated, value = finding.stated, cell.value
    if isinstance(stated, str | None):
        return Fraction(1)
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    places = decimals(exact(stated))
    return next(
        (n for n in _UNITS if exact(round_half_away(exact(value) * n, places)) == exact(stated)),
        None,
    )


def _places(one: Finding) -> tuple[Ref, ...]:
    return (Ref(one.sheet or "", one.cell or ""), *one.also)


def _refused(refused: Iterable[tuple[Finding, _Why]]) -> Iterator[Finding]:
    """One finding for each code and reason, at the first of its cells."""
    groups: dict[tuple[str, _Why], list[Finding]] = {}
    for finding, why in refused:
        groups.setdefault((finding.code, why), []).append(finding)
    for (code, why), (first, *others) in groups.items():
        told = tell(
            "godtas-inte",
            None,
            "stays" if not others else "one_more" if len(others) == 1 else "many_more",
            "told" if isinstance(why, str) else _SENTENCES[why],
            finding=code,
            others=len(others),
            why=why,
        )
        yield first._replace(
            severity=told.severity,
            code=told.code,
            message=told.message,
            also=tuple(_places(one)[0] for one in others),
        )


def _unheard(codes: Collection[str], heard: Collection[str]) -> Iterator[Finding]:
    """The codes that no finding has; raises ``InputError`` where one looks misspelt."""
    here = sorted(heard)
    for code in sorted({*codes} - {*heard}):
        alike = difflib.get_close_matches(code, here, 1, _ALIKE)
        if alike:
            raise InputError(
                f"Inget fynd i boken har koden ”{code}”.", remedy=f"Menade du {alike[0]}?"
            )
        yield tell(
            "kod-utan-fynd", None, "unheard", "heard" if here else "none",
            unheard=code, heard=", ".join(here),
        )  # fmt: skip
