"""The log of what runs write, results that follow what they rest on, and taking a run back."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime

from finsam_xl import policy
from finsam_xl.address import position
from finsam_xl.errors import InputError
from finsam_xl.findings import tell
from finsam_xl.model import Finding, Ref
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.reading import finsam_sheet, ledger_sheet, run_log, settings
from finsam_xl.reading.run_log import AGAIN, NEW_SHEET, Cells, Entry
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Grid, SheetGrid, is_same

_LONGEST_TEXT = 250
_NONE_LEFT = "Loggen är tom, eller så är alla körningar redan ångrade."
_UNWIRE = "Knappar, kod och funktioner som boken kopplades med tas bort med finsam-xl koppla-ur."
ASKED = "Frågade om att ångra"


class About(NamedTuple):
    """What a log says of a run besides its cells: when, who, which action, which version."""

    moment: datetime
    who: str
    action: str
    version: str


# Writing down -----------------------------------------------------------------------------------


def most_rows(day: date) -> int:
    """How many rows a log holds before the oldest leave it."""
    return int(policy.log(day).rows)


def logged(grid: Grid, plan: Plan, about: About, *, most: int = sys.maxsize) -> Plan:
    """A plan with the log of it; as it is where it changes nothing.

    ``most``: the rows that the log may have; older ones are archived.
    """
    if plan.is_empty and not (plan.undoes or plan.asks):
        return plan
    from finsam_xl.report import log_sheet

    kept, archived = capped([*run_log.entries(grid), *_entries(grid, plan, about)], most)
    return plan._replace(log=log_sheet.build(kept), archived=archived)


def capped(log: Sequence[Entry], most: int) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """The rows that stay in the workbook, and the older ones that may leave it.

    Of every cell the last row stays, so that it is known whose its figure is.
    """
    if len(log) <= most:
        return tuple(log), ()
    last = {(one.sheet, one.label, one.heading, one.cell): n for n, one in enumerate(log)}
    wanted = set(last.values()) | set(range(len(log) - most, len(log)))
    kept = tuple(one for n, one in enumerate(log) if n in wanted)
    return kept, tuple(one for n, one in enumerate(log) if n not in wanted)


def _entries(grid: Grid, plan: Plan, about: About) -> Iterator[Entry]:
    bare = Entry(plan.run, undoes=plan.undoes)
    yield bare._replace(
        when=f"{about.moment:%Y-%m-%d} kl. {about.moment:%H.%M}",
        who=about.who,
        action=f"{ASKED} {plan.asks}" if plan.asks else about.action,
        why=_brief(plan.findings),
        version=about.version,
        source=f"sha {grid.digest[:12]} {grid.note()}".rstrip(),
    )
    owned = {sheet.owner for sheet in grid.sheets}
    for sheet in plan.sheets:
        yield bare._replace(sheet=sheet.name, new=AGAIN if sheet.owner in owned else NEW_SHEET)
    cells = Cells(grid)
    for edit in plan.edits:
        sheet_grid, place = grid.sheet(edit.sheet), position(edit.cell)
        label, heading = cells.anchors(sheet_grid).of(place)
        yield bare._replace(
            sheet=edit.sheet,
            cell=edit.cell,
            label=label,
            heading=heading,
            old=edit.old,
            new=edit.new,
            why=edit.why[:_LONGEST_TEXT],
            old_formula=edit.old_formula,
            formula=edit.formula,
            old_mark=edit.old_mark,
            new_mark=edit.new_mark,
            is_fresh=place not in sheet_grid.cells,
            source=edit.source,
        )


def _brief(findings: Iterable[Finding]) -> str:
    codes = Counter(one.code for one in findings)
    told = ", ".join(f"{code} {count}" for code, count in codes.most_common())
    return f"{codes.total()} fynd: {told}"[:_LONGEST_TEXT] if codes else "inga fynd"


# Following ---------------------------------------------------------------------------------------


def following(grid: Grid, plan: Plan, accepted: Collection[Ref] = ()) -> Plan:
    """A plan for a workbook without our figures, as one for the workbook with them.

    What is the same is not written again; what no longer follows from the sheet is taken away.
    ``accepted``: cells of hers that the plan takes for blank as well.
    """
    mine = run_log.ours(grid)
    if not (mine or accepted):
        return plan
    edits: list[CellEdit] = []
    wanted: set[tuple[str, tuple[int, int]]] = set()
    for edit in plan.edits:
        place = position(edit.cell)
        if place in mine.get(edit.sheet, {}) or Ref(edit.sheet, edit.cell) in accepted:
            wanted.add((edit.sheet, place))
            cell = grid.sheet(edit.sheet).cell(*place)
            is_there = is_same(cell.value, edit.new) and not edit.formula
            if is_there and cell.mark == edit.new_mark:
                continue
            edits.append(edit._replace(old=cell.value, old_mark=cell.mark))
        else:
            edits.append(edit)
    left = [
        (sheet, place, entry)
        for sheet, places in mine.items()
        for place, entry in places.items()
        if (sheet, place) not in wanted
    ]
    said: list[Finding] = []
    for sheet, place, entry in left:
        ref = Ref.at(sheet, *place)
        cell = grid.sheet(sheet).cell(*place)
        if entry.old is None:
            why = f"{entry.why}: följer inte längre av det som står på bladet"
            edits.append(CellEdit(sheet, ref.cell, cell.value, None, why, cell.mark, cell.mark))
        else:
            said.append(_cannot_follow(ref, entry))
    return plan._replace(edits=tuple(edits), findings=(*plan.findings, *said))


def _cannot_follow(ref: Ref, entry: Entry) -> Finding:
    return tell("siffra-foljer-inte", ref, why=entry.why, run=entry.run)


# Taking back -------------------------------------------------------------------------------------


def undo(grid: Grid, run: str = "", *, name: str, rest: bool = False) -> Plan:
    """The plan that takes back a run, or the last one; ``name``: that of the new run.

    ``rest``: what can be taken back is, though somebody has typed in other cells since; else
    nothing is, and the plan ``asks``. Asked once, it is done the second time. Raises
    ``InputError`` where there is no such run.
    """
    rows = _rows_of(grid, run)
    cells = Cells(grid)
    edits: list[CellEdit] = []
    said: list[Finding] = []
    for entry in reversed([one for one in rows if one.cell]):
        edit = _taken_back(cells, entry)
        if edit is None:
            said.append(_typed_since(entry))
        else:
            edits.append(edit)
    removed, told = _sheets(grid, rows)
    undone = rows[0].run
    if said and not (rest or _was_asked(grid, undone)):
        return Plan(findings=tuple(said), run=name, asks=undone)
    findings = (*said, *told)
    return Plan(tuple(edits), findings, run=name, removed=tuple(removed), undoes=undone)


def _was_asked(grid: Grid, run: str) -> bool:
    """Whether the last thing that was logged is that somebody was asked about a run."""
    return [one.action for one in run_log.entries(grid)[-1:]] == [f"{ASKED} {run}"]


def _rows_of(grid: Grid, run: str) -> list[Entry]:
    """The rows of a run that can be taken back: the one that is named, or the last."""
    log = run_log.entries(grid)
    undone = {one.undoes for one in log if one.undoes}
    every = {
        name: rows
        for name, rows in run_log.runs(log)
        if name not in undone and not rows[0].undoes and not rows[0].action.startswith(ASKED)
    }
    if run:
        alike = [name for name in every if run_log.is_named(name, run)]
        if len(alike) != 1:
            raise InputError(
                f"Körningen ”{run}” finns inte i loggen, eller är redan ångrad.",
                remedy="Visa körningarna med finsam-xl log.",
            )
        return every[alike[0]]
    if not every:
        from finsam_xl.report import start_sheet

        is_wired = any(sheet.owner == start_sheet.OWNER for sheet in grid.sheets)
        remedy = f"{_NONE_LEFT} {_UNWIRE}" if is_wired else _NONE_LEFT
        raise InputError("Det finns ingen körning att ångra.", remedy=remedy)
    return list(every.values())[-1]


def _taken_back(cells: Cells, entry: Entry) -> CellEdit | None:
    """The edit that takes a row of the log back; ``None`` where its cell is no longer as it was."""
    at = cells.place(entry)
    if at is None:
        return None
    sheet, place = at
    cell = sheet.cell(*place)
    formula = sheet.formulas.get(place, "")
    is_only_mark = is_same(entry.old, entry.new) and not (entry.formula or entry.old_formula)
    is_as_written = formula == entry.formula and (
        bool(entry.formula) or is_same(cell.value, entry.new)
    )
    if not (is_only_mark or is_as_written):
        return None
    return CellEdit(
        sheet.name,
        Ref.at(sheet.name, *place).cell,
        cell.value,
        cell.value if is_only_mark else entry.old,
        f"Ångrar: {entry.why}",
        cell.mark,
        entry.old_mark if entry.old_mark != entry.new_mark else cell.mark,
        keeps_value=is_only_mark,
        formula=entry.old_formula,
        old_formula=entry.formula,
        is_bare=entry.is_fresh,
    )


def _typed_since(entry: Entry) -> Finding:
    return tell("andrat-sedan", Ref(entry.sheet, entry.cell), why=entry.why, run=entry.run)


def _sheets(grid: Grid, rows: Sequence[Entry]) -> tuple[list[str], list[Finding]]:
    """The sheets that a run added, to be taken out, and what is said of those it replaced."""
    by_name = {sheet.name: sheet for sheet in grid.sheets if sheet.owner}
    removed: list[str] = []
    told: list[Finding] = []
    for one in rows:
        sheet = None if one.cell else by_name.get(one.sheet)
        if sheet is None or sheet.owner == run_log.OWNER:
            continue
        if one.new == NEW_SHEET and not _is_worked_in(grid, sheet):
            removed.append(sheet.owner)
        else:
            left = tell(
                "rapport-kvar", None, "was_there" if one.new == AGAIN else "worked_in",
                name=one.sheet,
            )  # fmt: skip
            told.append(left._replace(sheet=one.sheet))
    return removed, told


def _is_worked_in(grid: Grid, sheet: SheetGrid) -> bool:
    """Whether a person has typed something on a sheet that a run made."""
    if sheet.owner == finsam_sheet.OWNER:
        said = (*finsam_sheet.typed(grid), *finsam_sheet.own_words(grid), *settings.typed(grid))
        return bool(said)
    if sheet.owner == ledger_sheet.OWNER:
        return bool(ledger_sheet.read(grid).ignored)
    from finsam_xl.report import comment_sheet, control, control_reading, tank_om

    if sheet.owner == control.OWNER:
        return any(mark.status or mark.action for mark in control_reading.read(sheet))
    if sheet.owner == tank_om.OWNER:
        return tank_om.is_worked_in(sheet)
    return any(comment_sheet.read(sheet).values())
