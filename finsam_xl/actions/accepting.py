"""Figures of hers that she lets a run put right: ``recompute`` with codes of findings accepted.

A cell with such a finding is taken for blank, and what fills in blanks fills it in: nothing is
written there that would not be written in a blank cell of that sheet. A figure stays where it
cannot be filled in, where what would be written is told to be wrong as well, and where it is not
the run's to write: over a formula, in a locked cell, in a closed period. Each of them is told.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator

from finsam_xl.address import position
from finsam_xl.errors import InputError
from finsam_xl.model import Finding, Ref
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.reading import as_changed
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Grid, Value

_MOST_ROUNDS = 40
_ALIKE = 0.85
_TYPED_FACTS = (
    "inget på bladet räknar ut cellen så att den kan fyllas i: det är en uppgift som är skriven, "
    "och bara du vet om det är den eller den andra som är fel. Rätta den för hand"
)
_STILL = "det som skulle skrivas stämmer inte heller. Rätta för hand det tal som är fel"
_FORMULA = "cellen har en formel, som aldrig skrivs över. Rätta formeln"
_LOCKED = "cellen är låst. Ta bort skyddet på bladet och kör igen"


class _Trial(NamedTuple):
    """What a run would do with some cells blank, and what is then found in the workbook."""

    plan: Plan
    found: tuple[Finding, ...]

    @property
    def filled(self) -> frozenset[Ref]:
        """The cells that it writes in."""
        return frozenset(Ref(edit.sheet, edit.cell) for edit in self.plan.edits)


def accepted(
    grid: Grid,
    codes: Collection[str],
    recomputed: Callable[[Grid], Plan],
    checked: Callable[[Grid], Iterable[Finding]],
) -> tuple[frozenset[Ref], tuple[Finding, ...]]:
    """The cells that can be put right of the findings of some codes, and what is said of others.

    ``recomputed``: what a run would do in a workbook; ``checked``: what is found in one.
    Raises ``InputError`` for a code that looks like a misspelt one.
    """
    return _Accepting(grid, frozenset(codes), recomputed, checked).run()


class _Accepting:
    """Tries the cells of accepted findings, until those that are left say nothing new."""

    def __init__(
        self,
        grid: Grid,
        codes: frozenset[str],
        recomputed: Callable[[Grid], Plan],
        checked: Callable[[Grid], Iterable[Finding]],
    ) -> None:
        self.grid, self.codes = grid, codes
        self.recomputed, self.checked = recomputed, checked
        self.done: frozenset[Ref] = frozenset()
        self.refused: dict[Ref, tuple[Finding, str]] = {}

    def run(self) -> tuple[frozenset[Ref], tuple[Finding, ...]]:
        """Try what is found, and then what is found once that is put right."""
        last = first = self.tried(frozenset())
        unheard = tuple(_unheard(self.codes, first.found))
        for _ in range(_MOST_ROUNDS):
            wanted = self.wanted(last.found)
            if not wanted:
                break
            last = self.round(wanted, last)
        return self.done, (*unheard, *_refused(self.refused))

    def tried(self, blank: frozenset[Ref]) -> _Trial:
        """What comes of it if some cells are taken for blank."""
        left = as_changed.without(self.grid, blank)
        plan = self.recomputed(left)
        return _Trial(plan, (*plan.findings, *self.checked(_written(left, plan.edits))))

    def wanted(self, found: Iterable[Finding]) -> dict[Ref, Finding]:
        """The cells to try, by their findings; those that cannot be are kept with the reason."""
        wanted: dict[Ref, Finding] = {}
        for one in found:
            if one.code not in self.codes or not one.sheet or not one.cell:
                continue
            ref = Ref(one.sheet, one.cell)
            why = self.forbidden(ref)
            if why:
                self.refused.setdefault(ref, (one, why))
            elif ref not in self.done and ref not in self.refused:
                wanted.setdefault(ref, one)
        return wanted

    def forbidden(self, ref: Ref) -> str:
        """Why a cell is not the run's to write, whatever it would be."""
        sheet, place = self.grid.sheet(ref.sheet), position(ref.cell)
        cell = sheet.cell(*place)
        if cell.formula is not None:
            return _FORMULA
        if cell.value is None or sheet.owner:
            return _TYPED_FACTS
        return _LOCKED if sheet.is_locked(place) else ""

    def round(self, wanted: dict[Ref, Finding], last: _Trial) -> _Trial:
        """Try the cells together, and then one by one those that did not come out so."""
        trial = self.tried(self.done | wanted.keys())
        failed = [ref for ref in wanted if self.reason(ref, trial, last)]
        if not failed:
            self.done |= wanted.keys()
            return trial
        self.done |= wanted.keys() - {*failed}
        good = self.tried(self.done)
        for ref in failed:
            trial = self.tried(self.done | {ref})
            why = self.reason(ref, trial, last)
            if why:
                self.refused[ref] = wanted[ref], why
            else:
                self.done, good = self.done | {ref}, trial
        return good

    def reason(self, ref: Ref, trial: _Trial, last: _Trial) -> str:
        """Why a cell that was taken for blank is not put right; '' where it is."""
        if ref in trial.filled:
            return _STILL if any(self.speaks_of(one, ref) for one in trial.found) else ""
        known = {*last.found}
        here = (one for one in trial.plan.findings if one not in known)
        told = (one.message for one in here if ref in _places(one))
        return next(told, _TYPED_FACTS).rstrip(".")

    def speaks_of(self, one: Finding, ref: Ref) -> bool:
        """Whether a finding says that a figure which has been put right is wrong."""
        is_here = (one.sheet, one.cell) == (ref.sheet, ref.cell)
        is_wrong = one.severity != "info" and one.calculated is not None
        return is_here and (one.code in self.codes or is_wrong)


def _written(grid: Grid, edits: Iterable[CellEdit]) -> Grid:
    """The workbook as edits leave it."""
    values: dict[str, dict[tuple[int, int], Value]] = {}
    formulas: dict[str, dict[tuple[int, int], str]] = {}
    for edit in edits:
        if not edit.keeps_value:
            values.setdefault(edit.sheet, {})[position(edit.cell)] = edit.new
        if edit.formula:
            formulas.setdefault(edit.sheet, {})[position(edit.cell)] = edit.formula
    return as_changed.with_values(grid, values, formulas)


def _places(one: Finding) -> tuple[Ref, ...]:
    return (Ref(one.sheet or "", one.cell or ""), *one.also)


def _refused(refused: dict[Ref, tuple[Finding, str]]) -> Iterator[Finding]:
    """One finding for each code and reason, at the first of its cells."""
    groups: dict[tuple[str, str], list[tuple[Ref, Finding]]] = {}
    for ref, (finding, why) in refused.items():
        groups.setdefault((finding.code, why), []).append((ref, finding))
    for (code, why), group in groups.items():
        (ref, finding), *others = group
        more = f" (och {len(others)} till)" if others else ""
        yield Finding.at(
            ref,
            "warning",
            "godtas-inte",
            f"Det som står{more} fick fyndet {code} och står kvar: {why}.",
            also=[other for other, _ in others],
        )._replace(stated=finding.stated, calculated=finding.calculated)


def _unheard(codes: Iterable[str], found: Iterable[Finding]) -> Iterator[Finding]:
    """The codes that no finding has; raises ``InputError`` where one looks misspelt."""
    here = dict.fromkeys(one.code for one in found)
    for code in sorted(set(codes) - here.keys()):
        alike = difflib.get_close_matches(code, here, 1, _ALIKE)
        if alike:
            raise InputError(
                f"Inget fynd i boken har koden ”{code}”.", remedy=f"Menade du {alike[0]}?"
            )
        known = f"Fynden här har koderna {', '.join(here)}." if here else "Boken har inga fynd."
        said = f"Inget fynd i boken har koden ”{code}”, så inget är ersatt för den. {known}"
        yield Finding("warning", "kod-utan-fynd", None, None, said)
