"""What people have said is not to be changed, and what follows: one decision for every host.

A host tells what it sees of a workbook (:class:`Gates`); here is what it means for a plan. What
stops a run is said before anything is written. See *Skyddade böcker* in the handbook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum, StrEnum, auto

from finsam_xl.errors import WorkbookError
from finsam_xl.findings import tell
from finsam_xl.model import Finding
from finsam_xl.plan import Plan
from finsam_xl.reading import run_log
from finsam_xl.records import NamedTuple
from finsam_xl.sheetplan import SheetPlan

CODE = "skyddad"
_NOTHING = "Inget är skrivet."


class Seal(Enum):
    """What may be said of a workbook as a whole."""

    SIGNED = auto()
    FINAL = auto()
    SHARED = auto()
    OPENED_READ_ONLY = auto()
    RESERVED = auto()
    RECOMMENDED = auto()


_SAID = {
    Seal.SIGNED: "signed",
    Seal.FINAL: "final",
    Seal.SHARED: "shared",
    Seal.OPENED_READ_ONLY: "opened_read_only",
    Seal.RESERVED: "reserved",
    Seal.RECOMMENDED: "recommended",
}
_REMEDIES = {
    Seal.SIGNED: "unsign",
    Seal.FINAL: "unmark",
    Seal.SHARED: "unshare",
    Seal.OPENED_READ_ONLY: "save_as",
    Seal.RESERVED: "unreserve",
    Seal.RECOMMENDED: "unrecommend",
}
_ONLY_IN_PLACE = {Seal.RESERVED, Seal.RECOMMENDED}
"""Said of the file and not of what it holds: another file may be written."""


class Gates(NamedTuple):
    """What a host sees of a workbook. ``name``: how it is called, if an error does not say.

    ``seals``: of the whole; ``is_fixed``: no sheet may be added or taken out; ``protected``:
    whether a sheet is; ``locked``: whether a cell of such a sheet is not to be written;
    ``owners``: the sheets of ours that there are, by what they are; ``in_place``: whether the
    file itself is written, and not another; ``has_out``: whether another can be asked for.
    """

    name: str
    seals: tuple[Seal, ...]
    is_fixed: bool
    protected: Callable[[str], bool]
    locked: Callable[[str, str], bool]
    owners: dict[str, str]
    in_place: bool = True
    has_out: bool = False


class Effect(StrEnum):
    """What follows of something that stands in the way."""

    STOPS = "nothing is written"
    NO_LOG = "the run is not logged"
    TOLD = "it is written all the same"


class Hindrance(NamedTuple):
    """What stands in the way of a plan: what a person is told, where, and what to do."""

    what: str
    where: str
    remedy: str
    sheet: str = ""
    cell: str = ""
    effect: Effect = Effect.STOPS

    @property
    def finding(self) -> Finding:
        """The same, told before anything is written."""
        written = tell(CODE, None, "written").message
        remedy = written if self.effect is Effect.TOLD else self.remedy
        told = tell(CODE, None, "told", what=self.what, remedy=remedy)
        return told._replace(sheet=self.sheet or None, cell=self.cell or None)


def hindrances(gates: Gates, plan: Plan, *, logs: bool) -> Iterator[Hindrance]:
    """Everything that stands in the way of a plan, the whole workbook first.

    ``logs``: whether the run is to be written down as well.
    """
    if plan.is_empty and plan.log is None:
        return
    yield from of_seals(gates.seals, gates.name, in_place=gates.in_place)
    if gates.is_fixed:
        yield from _of_sheets(gates, plan, logs=logs)
    yield from _of_cells(gates, plan)


def of_seals(seals: Iterable[Seal], name: str = "", *, in_place: bool) -> Iterator[Hindrance]:
    """What is said of a workbook as a whole."""
    for seal in seals:
        if in_place or seal not in _ONLY_IN_PLACE:
            what, remedy = tell(CODE, None, _SAID[seal]), tell(CODE, None, _REMEDIES[seal])
            yield Hindrance(what.message, name, remedy.message)


def fixed(name: str = "") -> Hindrance:
    """That no sheet may be added to a workbook, or taken out of it."""
    what, remedy = tell(CODE, None, "structure"), tell(CODE, None, "unfix")
    return Hindrance(what.message, name, remedy.message)


def _of_sheets(gates: Gates, plan: Plan, *, logs: bool) -> Iterator[Hindrance]:
    if any(sheet.owner not in gates.owners for sheet in plan.sheets) or any(
        owner in gates.owners for owner in plan.removed
    ):
        yield fixed(gates.name)
    elif logs and run_log.OWNER not in gates.owners:
        what, remedy = tell(CODE, None, "no_log"), tell(CODE, None, "unfix_to_log")
        yield Hindrance(what.message, gates.name, remedy.message, effect=Effect.NO_LOG)


def _of_cells(gates: Gates, plan: Plan) -> Iterator[Hindrance]:
    """The first locked cell of each protected sheet, and the sheets of ours made anew.

    The protection is of her workbook: in another file they are written, and that is told.
    """
    remedy = tell(CODE, None, "unprotect_or_elsewhere" if gates.has_out else "unprotect").message
    effect = Effect.STOPS if gates.in_place else Effect.TOLD
    anew = [gates.owners[s.owner] for s in _sheets(plan) if s.owner in gates.owners]
    for name in filter(gates.protected, anew):
        what = tell(CODE, None, "sheet", name=name).message
        yield Hindrance(what, name, remedy, name, effect=effect)
    cells: dict[str, list[str]] = {}
    for edit in plan.edits:
        cells.setdefault(edit.sheet, []).append(edit.cell)
    for sheet in filter(gates.protected, cells):
        found = [cell for cell in cells[sheet] if gates.locked(sheet, cell)]
        if found:
            told = tell(
                CODE, None, "cell" if len(found) == 1 else "cells", name=sheet, count=len(found)
            )
            what = told.message
            yield Hindrance(what, f"{sheet}!{found[0]}", remedy, sheet, found[0], effect)


def _sheets(plan: Plan) -> Sequence[SheetPlan]:
    return (*plan.sheets, *([plan.log] if plan.log else []))


def refuse(found: Iterable[Hindrance]) -> tuple[Hindrance, ...]:
    """Raise ``WorkbookError`` for the first that stops; gives those that do not."""
    left = []
    for one in found:
        if one.effect is Effect.STOPS:
            raise WorkbookError(f"{one.what} {_NOTHING}", where=one.where, remedy=one.remedy)
        left.append(one)
    return tuple(left)


def passed(gates: Gates, plan: Plan) -> tuple[Plan, tuple[Hindrance, ...]]:
    """The plan as it may be carried out, and what is said of it; raises ``WorkbookError``."""
    left = refuse(hindrances(gates, plan, logs=plan.log is not None))
    is_unlogged = any(one.effect is Effect.NO_LOG for one in left)
    return (plan._replace(log=None) if is_unlogged else plan), left
