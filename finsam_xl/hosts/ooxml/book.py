"""An .xlsx or .xlsm file as a host: hand over its grid, apply plans to it, lose nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, ExitStack, nullcontext
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from finsam_xl.actions.gates import Gates, of_seals, passed, refuse
from finsam_xl.address import position
from finsam_xl.errors import WorkbookError
from finsam_xl.findings import tell
from finsam_xl.formulas.prefixes import first_sheet
from finsam_xl.hosts.ooxml import lengths, opening
from finsam_xl.hosts.ooxml.changes import changes_of
from finsam_xl.hosts.ooxml.contents import Contents, Progress
from finsam_xl.hosts.ooxml.package import Package
from finsam_xl.hosts.ooxml.recalculation import Recalculation
from finsam_xl.hosts.ooxml.results import Results
from finsam_xl.model import Finding
from finsam_xl.plan import Plan
from finsam_xl.reading import run_log
from finsam_xl.reading.settings import settings
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Grid, SheetGrid

if TYPE_CHECKING:
    from finsam_xl.hosts.ooxml.engineprocess import Engine
    from finsam_xl.hosts.ooxml.turns import Turn
    from finsam_xl.hosts.ooxml.wiring.draft import Rewriting
    from finsam_xl.sheetplan import SheetPlan


class Saved(NamedTuple):
    """What saving did: where the result is, the backup, the parts that changed, and findings."""

    path: Path
    backup: Path | None
    changed: tuple[str, ...]
    findings: tuple[Finding, ...]


class Book(Contents):
    """An open workbook file. ``progress`` is told what goes on, sheet by sheet.

    ``writes``: the file this run is going to write. Its turn is taken before anything is
    read and kept until the workbook is closed, so that the next run builds on this one.
    ``today``: the day whose rules hold where nothing says a year; else the clock's.
    ``engine``: what calculates for several workbooks that are open at once; else one is started.
    """

    def __init__(
        self,
        path: Path,
        progress: Progress = lambda _: None,
        writes: Path | None = None,
        today: date | None = None,
        engine: Engine | None = None,
    ) -> None:
        with ExitStack() as taken:
            self._turn = taken.enter_context(_early_turn(writes, progress))
            super().__init__(path, progress)
            self._taken = taken.pop_all()
        self._today = today or datetime.now().astimezone().date()
        self.results = Results(self, self._today, engine, self._opened)

    def __exit__(self, *error: object) -> None:
        with self._taken:
            super().__exit__(*error)

    @cached_property
    def grid(self) -> Grid:
        """The workbook's sheets, read as they are asked for."""
        sheets = [
            SheetGrid(
                name,
                lambda name=name: self.dated(self.results.stored(name)),  # type: ignore[misc]
                texts=lambda name=name: self._texts(name),  # type: ignore[misc]
                merged=lambda name=name: self.part(name).merged,  # type: ignore[misc]
                formulas=lambda name=name: self.formula_texts(name),  # type: ignore[misc]
                unknown=lambda name=name: self.results.unknown(name, self.grid.sheet(name).cells),  # type: ignore[misc]
                old=lambda name=name: self.results.old(name),  # type: ignore[misc]
                owner=self.own_sheets.get(name, ""),
                large=self.is_large(name),
                is_locked=lambda place, name=name: self.is_locked(name, place),  # type: ignore[misc]
                hidden=lambda name=name: self.part(name).hidden_rows,  # type: ignore[misc]
            )
            for name in self.entries
        ]
        digest = f"{self.package.fingerprint.parts:08x}"
        return Grid(tuple(sheets), digest, self.names, self._noted)

    def _noted(self) -> str:
        """What a run notes of the workbook before it, to give that back when it is undone."""
        return f"{lengths.told(self.package, self.workbook)} {opening.told(self.workbook)}"

    def _texts(self, name: str) -> frozenset[str]:
        if self.is_large(name) and self.overview(name).plain:
            texts = self.strings.texts if self.strings else []
            used = self.overview(name).strings
            return frozenset(texts[number] for number in used if number < len(texts))
        return frozenset(
            cell.value for cell in self.grid.sheet(name).cells.values() if type(cell.value) is str
        )

    def recalculated(self, plan: Plan) -> Recalculation:
        """What the workbook's formulas will show once the plan's edits are made."""
        return self.results.recalculated(plan, self.grid)

    def rendered(self, plan: Plan, title: str = "") -> bytes:
        """A workbook of its own with only the plan's report sheets, for printing.

        ``title``: what it says that it is, '' for the titles of its sheets.
        """
        from finsam_xl.hosts.ooxml.render import render, writable

        titles = (str(sheet.cells[0].value) for sheet in plan.sheets if sheet.cells)
        there = {sheet.name for sheet in plan.sheets}
        sheets = [writable(_with_links_to(there, sheet)) for sheet in plan.sheets]
        return render(sheets, title or ", ".join(dict.fromkeys(titles)))

    def gates(self, target: Path) -> Gates:
        """What people have said of changing the workbook, if the outcome goes to ``target``."""
        from finsam_xl.hosts.ooxml import seals

        return Gates(
            "",
            seals.of(self.package, self.workbook),
            seals.is_fixed(self.workbook),
            lambda name: self.part(name).is_protected,
            lambda name, cell: self.is_locked(name, position(cell)),
            {owner: name for name, owner in self.owners.items()},
            self._is_at(target),
            has_out=True,
        )

    def save(
        self,
        plan: Plan,
        out: Path | None,
        now: datetime,
        results: Recalculation | None = None,
    ) -> Saved:
        """Write the workbook with the plan applied, to ``out`` or in its own place.

        All or nothing: any failure raises ``WorkbookError`` and leaves every file as it was.
        """
        from finsam_xl.hosts.ooxml.written import read_back

        target = out or self.path
        self._last_look(target)
        gates = self.gates(target)
        plan, _ = passed(gates, plan)
        if plan.sheets or plan.log:
            # XlsxWriter is loaded only when there is a sheet to make.
            from finsam_xl.hosts.ooxml.render import writable

            log = None if plan.log is None else writable(plan.log)
            plan = plan._replace(sheets=tuple(writable(sheet) for sheet in plan.sheets), log=log)
        results = self.recalculated(plan) if results is None else results
        noted = self._noted_by(plan.undoes) if plan.removed or plan.undoes else ""
        changes = changes_of(self, plan, results, noted, in_place=gates.in_place)
        if not changes and gates.in_place:
            with self._turn_for(target):
                self._last_look(target)
                return Saved(target, None, (), changes.findings)
        backup = self._put_in_place(
            target,
            now,
            lambda stream: self.package.write(stream, changes.parts, changes.removed),
            lambda new: read_back(self, new, plan, results, changes),
        )
        findings = (*changes.findings, *self._not_there(backup))
        return Saved(target, backup, tuple(changes.parts), findings)

    def _noted_by(self, run: str) -> str:
        """What a run has noted of the workbook before it."""
        return next((one.source for one in run_log.entries(self.grid) if one.run == run), "")

    def rewrite(self, package: Package, new: Rewriting, target: Path, now: datetime) -> Saved:
        """Write a package's parts anew to ``target``, as carefully as a plan is saved.

        ``package``: this workbook's own, or what was made of it since.
        """
        from finsam_xl.hosts.ooxml import readback

        def read_back(written: Path) -> None:
            with readback.reading(), Contents(written) as book:
                readback.check_parts(
                    book.package,
                    package,
                    {**new.changed, **{name: entry.content for name, entry in new.entries.items()}},
                    new.removed,
                    retyped=package.workbook,
                )

        self._last_look(target)
        if self._is_at(target):
            refuse(of_seals(self.gates(target).seals, in_place=True))
        backup = self._put_in_place(
            target,
            now,
            lambda stream: package.write(stream, new.changed, new.removed, new.entries),
            read_back,
        )
        return Saved(target, backup, tuple(new.changed), self._not_there(backup))

    def _put_in_place(
        self,
        target: Path,
        now: datetime,
        write: Callable[[BinaryIO], None],
        read_back: Callable[[Path], None],
    ) -> Path | None:
        from finsam_xl.hosts.ooxml import saving

        in_place = self._is_at(target)
        with self._turn_for(target) as turn:
            self._last_look(target)
            self.progress(f"Skriver {target.name}")
            manuscript = saving.Manuscript(
                write=write,
                like=self.path,
                read_back=read_back,
                last_look=lambda: self._last_look(target),
                let_go=self.package.let_go if in_place else lambda _: nullcontext(),
            )
            keeping = saving.Keeping.by_policy(now.date(), settings(self.grid))
            return saving.put_in_place(target, manuscript, now, turn, keeping)

    def _is_at(self, target: Path) -> bool:
        """Whether the target is this very file."""
        try:
            return target.samefile(self.path)
        except OSError:
            return False

    def _not_there(self, backup: Path | None) -> tuple[Finding, ...]:
        """That a backup does not lie in the folder that is set."""
        folder = settings(self.grid).folder
        if backup is None or not folder or backup.parent.name == Path(folder).name:
            return ()
        return (tell("installning-okand", None, "folder", folder=folder),)

    def _turn_for(self, target: Path) -> AbstractContextManager[Turn]:
        """The turn this run has had from the start, or one for the time of writing."""
        from finsam_xl.hosts.ooxml import saving

        if self._turn is not None and self._turn.is_for(target):
            return nullcontext(self._turn)
        return saving.take_turn(target, self.progress)

    def ready(self, target: Path, plan: Plan | None = None) -> None:
        """Refuse what cannot be written, before anything is told of the plan."""
        from finsam_xl.hosts.ooxml import saving

        saving.refuse_place(target)
        self._last_look(target)
        if plan is not None and not plan.is_empty:
            keeping = saving.Keeping.by_policy(self._today, settings(self.grid))
            saving.refuse_rights(target, keeping)
            passed(self.gates(target), plan)

    def _last_look(self, target: Path) -> None:
        """Refuse when a spreadsheet program has the file open, or someone has changed it."""
        from finsam_xl.hosts.ooxml import saving

        saving.refuse_if_open(self.path)
        saving.refuse_if_open(target)
        self._refuse_if_changed()

    def _refuse_if_changed(self) -> None:
        if self.package.has_changed():
            raise WorkbookError(
                "Filen har ändrats sedan den lästes. Inget är skrivet.",
                where=str(self.path),
                remedy="Kör igen, så räknas det på den nya versionen.",
            )


def _early_turn(writes: Path | None, progress: Progress) -> AbstractContextManager[Turn | None]:
    """The turn to write a file, taken before it is read.

    Where nothing can be written beside it, saving says so in its time: what is wrong with
    the workbook itself comes first.
    """
    if writes is None:
        return nullcontext()
    from finsam_xl.hosts.ooxml import turns

    try:
        return turns.take(writes, progress)
    except OSError:
        return nullcontext()


def _with_links_to(there: Collection[str], plan: SheetPlan) -> SheetPlan:
    """The sheet as it stands among some others: without the links to those that are not there."""
    return plan._replace(
        cells=tuple(
            cell if first_sheet(cell.link) in there else cell._replace(link="")
            for cell in plan.cells
        )
    )
