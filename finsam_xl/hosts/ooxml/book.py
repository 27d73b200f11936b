"""An .xlsx or .xlsm file as a host: hand over its grid, apply plans to it, lose nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager, ExitStack, nullcontext
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self

from finsam_xl.actions.gates import Gates, of_seals, passed, refuse
from finsam_xl.address import a1, meet, position
from finsam_xl.errors import WorkbookError
from finsam_xl.findings import tell
from finsam_xl.formulas.functions import OURS
from finsam_xl.formulas.prefixes import first_sheet
from finsam_xl.formulas.tables import Table, with_addresses
from finsam_xl.hosts.ooxml import bigsheet, lengths, opening
from finsam_xl.hosts.ooxml.exceltables import excel_tables, own_texts
from finsam_xl.hosts.ooxml.package import Package
from finsam_xl.hosts.ooxml.packageparts import ContentTypes
from finsam_xl.hosts.ooxml.recalculation import (
    NOTHING,
    First,
    Place,
    Recalculation,
    Source,
    Terms,
)
from finsam_xl.hosts.ooxml.sheetedit import NewCell, new_value, with_cells
from finsam_xl.hosts.ooxml.sheetpart import LONGEST_TEXT, Formula, SheetPart, belonging
from finsam_xl.hosts.ooxml.strings import SharedStrings, uses
from finsam_xl.hosts.ooxml.styles import Styles
from finsam_xl.hosts.ooxml.workbookpart import SheetEntry, WorkbookPart
from finsam_xl.model import Finding, Ref
from finsam_xl.money import exact, swedish
from finsam_xl.plan import CellEdit, Plan
from finsam_xl.reading import run_log
from finsam_xl.reading.settings import settings
from finsam_xl.records import NamedTuple
from finsam_xl.sheetplan import MADE
from finsam_xl.sheets.grid import BLANK, Cell, CellError, Cells, Grid, SheetGrid, Unknown, Value

if TYPE_CHECKING:
    from finsam_xl.hosts.ooxml import readback
    from finsam_xl.hosts.ooxml.engineprocess import Engine
    from finsam_xl.hosts.ooxml.turns import Turn
    from finsam_xl.hosts.ooxml.wiring.draft import Rewriting
    from finsam_xl.sheetplan import SheetPlan

Progress = Callable[[str], None]
Position = tuple[int, int]
_APP = "docProps/app.xml"
_OURS = (OURS.encode(), OURS.lower().encode())
_CALCULATES = re.compile(
    rb"<Application>\s*(?:Microsoft|LibreOffice|OnlyOffice|WPS)", re.IGNORECASE
)
"""The programs that save no formula without having calculated it."""
MADE_ON = re.compile(rb"\b%s \d{4}-\d\d-\d\d" % MADE.encode(), re.IGNORECASE)
"""What a report says of the run it is of."""
_DAYS_TO_1904 = 1462
"""How many days the first day of 1904 is after the day others count from."""
_NO_STYLES = (
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<cellXfs/></styleSheet>"
)


class Saved(NamedTuple):
    """What saving did: where the result is, the backup, the parts that changed, and findings."""

    path: Path
    backup: Path | None
    changed: tuple[str, ...]
    findings: tuple[Finding, ...]


class Book:
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
        self.path = path
        self._shared = engine
        self._progress = progress
        self._today = today or datetime.now().astimezone().date()
        self._parts: dict[str, SheetPart] = {}
        self._unread: dict[str, bytes] = {}
        """Parts of sheets that are unpacked and not read yet."""
        self._overviews: dict[str, bigsheet.Overview] = {}
        with ExitStack() as opened:
            self._turn = opened.enter_context(_early_turn(writes, progress))
            self.package = opened.enter_context(Package(path))
            self._workbook = WorkbookPart(self.package)
            self._opened = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    @cached_property
    def _strings(self) -> SharedStrings | None:
        part = self._workbook.other("sharedStrings")
        if part is None or part not in self.package:
            return None
        return SharedStrings(part, self.package.read(part))

    @cached_property
    def _styles(self) -> Styles:
        part = self._workbook.other("styles")
        if part is None or part not in self.package:
            return Styles("xl/styles.xml", _NO_STYLES)
        return Styles(part, self.package.read(part))

    @cached_property
    def _entries(self) -> dict[str, SheetEntry]:
        cells = self._workbook.worksheet_parts()
        return {entry.name: entry for entry in self._workbook.sheets if entry.part in cells}

    @property
    def sheet_names(self) -> list[str]:
        """The names of all sheets, in their order."""
        return [entry.name for entry in self._workbook.sheets]

    @property
    def owners(self) -> dict[str, str]:
        """The sheets that are reports of ours, and which."""
        return self._workbook.owners(local=False)

    @cached_property
    def _own_sheets(self) -> Mapping[str, str]:
        """The sheets of ours, copies too, and which."""
        return self._workbook.owners()

    @cached_property
    def grid(self) -> Grid:
        """The workbook's sheets, read as they are asked for."""
        sheets = [
            SheetGrid(
                name,
                lambda name=name: self._dated(self.stored(name)),  # type: ignore[misc]
                texts=lambda name=name: self._texts(name),  # type: ignore[misc]
                merged=lambda name=name: self.part(name).merged,  # type: ignore[misc]
                formulas=lambda name=name: self._formula_texts(name),  # type: ignore[misc]
                unknown=lambda name=name: self._unknown(name),  # type: ignore[misc]
                old=lambda name=name: self._old(name),  # type: ignore[misc]
                owner=self._own_sheets.get(name, ""),
                large=self._is_large(name),
                is_locked=lambda place, name=name: self._is_locked(name, place),  # type: ignore[misc]
                hidden=lambda name=name: self.part(name).hidden_rows,  # type: ignore[misc]
            )
            for name in self._entries
        ]
        digest = f"{self.package.fingerprint.parts:08x}"
        return Grid(tuple(sheets), digest, self._names, self._noted)

    def _noted(self) -> str:
        """What a run notes of the workbook before it, to give that back when it is undone."""
        return f"{lengths.told(self.package, self._workbook)} {opening.told(self._workbook)}"

    @cached_property
    def _tables(self) -> dict[str, Table]:
        return excel_tables(self.package, self._entries.values())

    @cached_property
    def _names(self) -> dict[str, str]:
        """The defined names, each with its formula."""
        names = self._workbook.names()
        return {name: self._with_addresses(text, "", (0, 0)) for name, text in names.items()}

    def _formula_texts(self, name: str) -> dict[Position, str]:
        """The own text of each formula, with addresses for the tables it names."""
        texts = own_texts(self.part(name).formulas)
        return {place: self._with_addresses(text, name, place) for place, text in texts.items()}

    def _with_addresses(self, text: str, sheet: str, place: Position) -> str:
        return with_addresses(text, self._tables, sheet, place) if self._tables else text

    def part(self, name: str) -> SheetPart:
        """A sheet's part, read when it is first asked for."""
        if name not in self._parts:
            part = self._entries[name].part
            self._progress(f"Läser bladet {name}")
            self._parts[name] = self.reading(part, self._unpacked(part))
            del self._unread[part]
        return self._parts[name]

    def _unpacked(self, part: str) -> bytes:
        """A sheet's part, unpacked once until it is read."""
        if part not in self._unread:
            self._unread[part] = self.package.read(part)
        return self._unread[part]

    def reading(self, part: str, data: bytes) -> SheetPart:
        """A sheet's part in this workbook, of bytes that need not be those it has."""
        texts = self._strings.texts if self._strings else []
        return SheetPart(part, data, texts, self._styles.shown)

    def stored(self, name: str) -> Cells:
        """A sheet's cells as stored; formulas without a result to rely on are calculated first."""
        cells = self.part(name).cells
        wanted = self._without_result(name) | self._old(name).keys()
        if not wanted:
            return cells
        values = self._first.values
        return cells | {
            place: cells.get(place, Cell(formula=""))._replace(
                value=values.get((name, *place)),
                formula=cells[place].formula or "" if place in cells else "",
            )
            for place in wanted
        }

    def _old(self, name: str) -> dict[Position, Value]:
        """What a sheet shows that is old: our functions' results, and what builds on them."""
        if name in self._own_sheets or not self._calls_ours:
            return {}
        cells, wanted = self.part(name).cells, self._without_result(name)
        places = (
            place[1:] for place in (*self._first.values, *self._first.lost) if place[0] == name
        )
        return {p: cells[p].value for p in places if p not in wanted and p in cells}

    @cached_property
    def _calls_ours(self) -> bool:
        """Whether any sheet that is not large has our functions in its cells."""
        parts = (
            self.part(name).data if name in self._parts else self._unpacked(entry.part)
            for name, entry in self._entries.items()
            if not self._is_large(name)
        )
        return any(ours in data for data in parts for ours in _OURS)

    def _dated(self, cells: Cells) -> Cells:
        """The cells with every date counted as others count it, also where the file has 1904."""
        if not self._workbook.manner.from_1904:
            return cells
        return {
            place: cell._replace(value=cell.value + _DAYS_TO_1904)
            if cell.dated and isinstance(cell.value, int | float)
            else cell
            for place, cell in cells.items()
        }

    def _own_day(self, value: Value, place: Position, name: str) -> Value:
        """A day as the file counts it; any other value as it is."""
        if not self._workbook.manner.from_1904 or not isinstance(value, int | float):
            return value
        is_day = self.part(name).cells.get(place, BLANK).dated and not isinstance(value, bool)
        return value - _DAYS_TO_1904 if is_day else value

    def _without_result(self, name: str) -> set[Position]:
        """The formulas of a sheet with no result to rely on, and the cells that belong to them."""
        part = self.part(name)
        trusted = not part.formulas or self._is_trusted
        wanted: set[Position] = set()
        for place, formula in part.formulas.items():
            if not trusted or part.cells[place].is_unknown:
                wanted |= belonging(place, formula, part.cells)
        return wanted

    def _unknown(self, name: str) -> Unknown:
        """The cells of a sheet whose values nobody knows once what can be is calculated."""
        cells = self.grid.sheet(name).cells
        wanted = self._without_result(name) | self._old(name).keys()
        places = sorted(place for place in wanted if cells[place].is_unknown)
        seconds = swedish(exact(self._terms.seconds))
        if places and not self._first.in_time:
            return Unknown(tuple(places), f"de hinner inte räknas ut på {seconds} s")
        are_old = bool(places) and all(place in self._old(name) for place in places)
        return Unknown(tuple(places), "det som står där är gammalt" if are_old else "")

    @cached_property
    def _is_trusted(self) -> bool:
        """Whether the saved results of formulas were calculated by the program that saved them."""
        if self._workbook.asks_for_calculation:
            return False
        if _CALCULATES.search(self._program):
            return True
        return any(
            self.part(name).cells[place].value
            for name in self._entries
            if self._has_formulas(name)
            for place in self.part(name).formulas
        )

    @cached_property
    def _program(self) -> bytes:
        """What the file says of the program that saved it."""
        return self.package.read(_APP) if _APP in self.package else b""

    @cached_property
    def _first(self) -> First:
        """The results of all formulas without one to rely on."""
        from finsam_xl.hosts.ooxml.recalc import first_results

        wanted = [(name, *place) for name in self._formulas for place in self._without_result(name)]
        if wanted:
            self._progress("Räknar formler som saknar värde")
            self._engine.start()  # while the formulas are gone through
        else:
            self._progress("Räknar celler med Finsam-funktioner")
        sheets = {
            name: SheetGrid(
                name,
                lambda name=name: self.part(name).cells,  # type: ignore[misc]
                formulas=lambda name=name: self._formula_texts(name),  # type: ignore[misc]
            )
            for name in self._entries
        }
        source = Source(
            sheets, self._formulas, self._names, self._workbook.manner, self._hides_rows
        )
        return first_results(source, wanted, self._terms, self._engine)

    @cached_property
    def _engine(self) -> Engine:
        if self._shared is not None:
            return self._shared
        from finsam_xl.hosts.ooxml.engineprocess import Engine

        engine = Engine()
        self._opened.callback(engine.close)
        return engine

    @cached_property
    def _formulas(self) -> dict[str, dict[Position, Formula]]:
        """The formulas of every sheet that has any."""
        return {
            name: self.part(name).formulas for name in self._entries if self._has_formulas(name)
        }

    def _hides_rows(self, name: str) -> bool:
        return self.part(name).hides_rows

    @property
    def _terms(self) -> Terms:
        from finsam_xl import policy

        return Terms(float(policy.calculation(policy.current(self._today)).time_limit), self._today)

    def _is_large(self, name: str) -> bool:
        part = self._entries[name].part
        return name not in self._parts and self.package.size(part) >= bigsheet.LARGE

    def _overview(self, name: str) -> bigsheet.Overview:
        if name not in self._overviews:
            self._progress(f"Ser över bladet {name}")
            part = self._entries[name].part
            self._overviews[name] = bigsheet.look_over(self.package, part)
        return self._overviews[name]

    def _texts(self, name: str) -> frozenset[str]:
        if self._is_large(name) and self._overview(name).plain:
            texts = self._strings.texts if self._strings else []
            used = self._overview(name).strings
            return frozenset(texts[number] for number in used if number < len(texts))
        return frozenset(
            cell.value for cell in self.grid.sheet(name).cells.values() if type(cell.value) is str
        )

    def _has_formulas(self, name: str) -> bool:
        return not self._is_large(name) or self._overview(name).has_formulas

    def recalculated(self, plan: Plan) -> Recalculation:
        """What the workbook's formulas will show once the plan's edits are made."""
        edits = {
            (edit.sheet, *position(edit.cell)): edit.new
            for edit in plan.edits
            if not edit.keeps_value
        }
        old = {(name, *place) for name in self._entries for place in self._old(name)}
        if not (edits or old) or not any(self._formulas.values()):
            return NOTHING
        from finsam_xl.hosts.ooxml.recalc import recalculate

        sheets = {name: self.grid.sheet(name) for name in self._entries}
        unknown = frozenset(
            (name, *place) for name in self._formulas for place in sheets[name].unknown.places
        )
        gone = {(e.sheet, *position(e.cell)) for e in plan.edits if e.old_formula and not e.formula}
        formulas = {
            name: {p: text for p, text in every.items() if (name, *p) not in gone}
            for name, every in self._formulas.items()
        }
        source = Source(sheets, formulas, self._names, self._workbook.manner, self._hides_rows)
        results = recalculate(source, edits, self._terms, unknown, self._engine)
        return self._with_old(results, old - edits.keys())

    def _with_old(self, results: Recalculation, old: Iterable[Place]) -> Recalculation:
        """Results together with those of formulas that show old ones, edits or not.

        An error is left for Excel to show, and so is what nobody knows.
        """
        now = {p: results.values.get(p, self._first.values.get(p)) for p in sorted(old)}
        known: dict[Place, Value] = {
            p: v for p, v in now.items() if v is not None and not isinstance(v, CellError)
        }
        left = dict.fromkeys((*results.left_to_excel, *(p for p in now if p not in known)))
        return Recalculation(known | results.values, tuple(left))

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
            seals.of(self.package, self._workbook),
            seals.is_fixed(self._workbook),
            lambda name: self.part(name).is_protected,
            lambda name, cell: self._is_locked(name, position(cell)),
            {owner: name for name, owner in self.owners.items()},
            self._is_at(target),
        )

    def _is_locked(self, name: str, place: Position) -> bool:
        """Whether a cell is not to be written since its sheet is protected."""
        part, (row, column) = self.part(name), place
        if not part.is_protected:
            return False
        if any(meet((row, column, row, column), area) for area in part.open_areas):
            return False
        style = part.raw(place).style if place in part.cells else 0
        return not self._styles.unlocks(style)

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
        changed, removed, findings = self._changed_parts(plan, results, in_place=gates.in_place)
        if not changed and not removed and gates.in_place:
            with self._turn_for(target):
                self._last_look(target)
                return Saved(target, None, (), findings)
        backup = self._put_in_place(
            target,
            now,
            lambda stream: self.package.write(stream, changed, removed),
            lambda new: self._read_back(new, plan, results, changed, removed),
        )
        return Saved(target, backup, tuple(changed), (*findings, *self._not_there(backup)))

    def rewrite(self, package: Package, new: Rewriting, target: Path, now: datetime) -> Saved:
        """Write a package's parts anew to ``target``, as carefully as a plan is saved.

        ``package``: this workbook's own, or what was made of it since.
        """
        from finsam_xl.hosts.ooxml import readback

        def read_back(written: Path) -> None:
            with readback.reading(), Book(written) as book:
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
            self._progress(f"Skriver {target.name}")
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
        return saving.take_turn(target, self._progress)

    def ready(self, target: Path) -> None:
        """Refuse a target that nothing can be written to, before anything is told of the plan."""
        from finsam_xl.hosts.ooxml import saving

        saving.refuse_place(target)
        self._last_look(target)

    def _last_look(self, target: Path) -> None:
        """Refuse when a spreadsheet program has the file open, or someone has changed it."""
        from finsam_xl.hosts.ooxml import saving

        saving.refuse_if_open(self.path)
        saving.refuse_if_open(target)
        self._refuse_if_changed()

    def _read_back(
        self,
        new: Path,
        plan: Plan,
        results: Recalculation,
        changed: Mapping[str, bytes],
        removed: frozenset[str],
    ) -> None:
        """Refuse a new file that is not this one with the plan applied."""
        from finsam_xl.hosts.ooxml import readback

        with ExitStack() as opened:
            with readback.reading():
                written = opened.enter_context(Book(new))
            readback.check_parts(written.package, self.package, changed, removed)
            opened.enter_context(readback.reading())
            reports = {owner: name for name, owner in written.owners.items()}
            added = [name for name in reports.values() if name not in self.sheet_names]
            left = [n for n in self.sheet_names if self.owners.get(n) not in plan.removed]
            readback.check_sheets(written.sheet_names, [*left, *added])
            for name, cells in self._meant(plan, results).items():
                readback.check_cells(name, written.part(name), self.part(name), cells)
            for sheet in (*plan.sheets, *([plan.log] if plan.log else [])):
                name = reports.get(sheet.owner, "")
                readback.check_report(name, written.part(name).cells, sheet)

    def _meant(
        self, plan: Plan, results: Recalculation
    ) -> dict[str, dict[tuple[int, int], readback.Meant]]:
        """What each cell that is written is to show: its value, and its colour if that changes."""
        from finsam_xl.hosts.ooxml.readback import Meant

        meant: dict[str, dict[tuple[int, int], Meant]] = {}
        for edit in plan.edits:
            place = position(edit.cell)
            old = self.part(edit.sheet).cells.get(place, BLANK).value
            mark = edit.new_mark if edit.new_mark != edit.old_mark else None
            new = (
                old if edit.keeps_value else _as_stored(self._own_day(edit.new, place, edit.sheet))
            )
            formula = edit.formula if edit.formula or edit.old_formula else None
            meant.setdefault(edit.sheet, {})[place] = Meant(new, mark, formula)
        for (sheet, row, column), value in results.values.items():
            cells = meant.setdefault(sheet, {})
            known = cells.get((row, column))
            cells[row, column] = known._replace(value=value) if known else Meant(value, None)
        return meant

    def _refuse_if_changed(self) -> None:
        if self.package.has_changed():
            raise WorkbookError(
                f"{self.path.name} har ändrats sedan den lästes. Inget är skrivet.",
                where=str(self.path),
                remedy="Kör igen, så räknas det på den nya versionen.",
            )

    def _changed_parts(
        self, plan: Plan, results: Recalculation, *, in_place: bool
    ) -> tuple[dict[str, bytes], frozenset[str], tuple[Finding, ...]]:
        changed = self.edited(plan, results)
        findings: tuple[Finding, ...] = ()
        removed: frozenset[str] = frozenset()
        workbook, types = WorkbookPart(self.package), ContentTypes(self.package)
        if plan.removed or plan.sheets or plan.log:
            removed = self._with_sheets(plan, changed, workbook, types, in_place=in_place)
        if plan.sheets and not changed and not removed:
            return {}, removed, ()
        self._open_on(plan, workbook, changed)
        if results.left_to_excel:
            workbook.recalculate_on_load()
            findings = (_left_to_excel(results.left_to_excel),)
        if changed:
            removed |= self._stale_chain(plan, workbook, types)
        changed[types.part] = types.data()
        changed[workbook.relations.part] = workbook.relations.data()
        changed[workbook.part] = workbook.data()
        if self._styles.is_changed:
            changed[self._styles.part] = self._styles.data()
        if self._strings is not None:
            self._strings.more_uses = sum(
                uses(changed[part]) - uses(self.package.read(part))
                for part in self._workbook.worksheet_parts() & changed.keys()
            )
        if self._strings is not None and self._strings.is_changed:
            changed[self._strings.part] = self._strings.data()
        if plan.undoes:
            self._give_back(plan.undoes, changed, removed)
        same = [
            part
            for part, data in changed.items()
            if part in self.package and data == self.package.read(part)
        ]
        for part in same:
            del changed[part]
        return changed, removed, findings

    def _noted_by(self, run: str) -> str:
        """What a run has noted of the workbook before it."""
        return next((one.source for one in run_log.entries(self.grid) if one.run == run), "")

    def _open_on(self, plan: Plan, workbook: WorkbookPart, changed: dict[str, bytes]) -> None:
        """Let the workbook open on the first report that is made, or where it did before."""
        parts = opening.Changed(self.package, changed)
        if plan.removed:
            noted = self._noted_by(plan.undoes)
            opening.open_again(WorkbookPart(self.package), workbook, noted, parts)
        names = {owner: name for name, owner in workbook.owners(local=False).items()}
        made = [names[sheet.owner] for sheet in plan.sheets if not sheet.is_hidden]
        shown = next(filter(workbook.is_shown, made), None)
        if shown is not None:
            opening.open_on(workbook, shown, parts)

    def _give_back(self, run: str, changed: dict[str, bytes], removed: Collection[str]) -> None:
        """The lists of texts and formats as they were before a run, where nothing else needs more.

        What the run has added to them is of no use once it is taken back.
        """
        told = self._noted_by(run)
        sheets = self._workbook.worksheet_parts() | {p for p in changed if "/worksheets/" in p}
        cells = [
            changed[part] if part in changed else self.package.read(part)
            for part in sorted(sheets - {*removed})
        ]
        for part in filter(self.package.__contains__, lengths.parts(self._workbook)):
            before = lengths.cut(told, changed.get(part) or self.package.read(part), part, cells)
            if before is not None:
                changed[part] = before

    def edited(self, plan: Plan, results: Recalculation) -> dict[str, bytes]:
        """The sheet parts with a plan's edits, and what is recalculated, in their cells."""
        self._check(plan.edits)
        return {
            self._entries[name].part: with_cells(self.part(name), cells)
            for name, cells in self._new_cells(plan.edits, results.values).items()
        }

    def _with_sheets(
        self,
        plan: Plan,
        changed: dict[str, bytes],
        workbook: WorkbookPart,
        types: ContentTypes,
        *,
        in_place: bool,
    ) -> frozenset[str]:
        """The parts to take out, once those of the plan's sheets are among the ``changed``.

        Nothing is where reports would say the same as they do, but for the run they are of.
        """
        from finsam_xl.hosts.ooxml.graft import graft, take_out

        removed = take_out(self.package, workbook, types, plan.removed)
        if plan.sheets:
            from finsam_xl.hosts.ooxml.fitted import fitted

            sheets = [fitted(sheet, self.package) for sheet in plan.sheets]
            grafted, old = graft(self.package, workbook, types, self._styles, sheets)
            changed |= grafted
            removed = (removed | old) - grafted.keys()
        if in_place and not removed and all(map(self._is_said_again, changed, changed.values())):
            changed.clear()
        if plan.log is not None and (changed or removed or plan.is_empty):
            log, _ = graft(
                self.package,
                workbook,
                types,
                self._styles,
                [plan.log],
                made=changed.keys(),
                plain=True,
            )
            changed |= log
        return removed

    def _is_said_again(self, part: str, data: bytes) -> bool:
        """Whether a part is as it was, but for the run that made it."""
        if part not in self.package:
            return False
        one, other = (
            opening.said_anyhow(MADE_ON.sub(b"", said)) for said in (data, self.package.read(part))
        )
        return one == other

    def _stale_chain(
        self, plan: Plan, workbook: WorkbookPart, types: ContentTypes
    ) -> frozenset[str]:
        """The calculation chain, taken out if it names cells that have no formula."""
        from finsam_xl.hosts.ooxml import calcchain

        replaced = {*(sheet.owner for sheet in plan.sheets), *plan.removed}
        owners, names = self.owners, workbook.sheets_by_number

        def formulas(number: int) -> Mapping[tuple[int, int], Formula] | None:
            name = names.get(number, "")
            if name not in self._entries or owners.get(name) in replaced:
                return {}
            if self._is_large(name):
                return None if self._overview(name).has_formulas else {}
            return self.part(name).formulas

        for relation, part in workbook.relations.targets("calcChain"):
            if part not in self.package:
                continue
            if calcchain.is_stale(self.package.read(part), part, formulas):
                workbook.relations.remove(relation)
                types.remove(part)
                return frozenset({part})
        return frozenset()

    def _check(self, edits: tuple[CellEdit, ...]) -> None:
        """Refuse an edit that would overwrite a formula or a value nobody has seen."""
        for edit in edits:
            place = position(edit.cell)
            cell = self.part(edit.sheet).cells.get(place, BLANK)
            where = f"{edit.sheet}!{edit.cell}"
            formula = self.part(edit.sheet).formulas.get(place)
            if edit.old_formula and formula is not None and formula.text == edit.old_formula:
                continue
            if cell.formula is not None and not edit.keeps_value:
                raise WorkbookError(
                    "Cellen har en formel och skrivs inte över.",
                    where=where,
                    remedy="Ta bort formeln om värdet ska skrivas.",
                )
            if self._dated({place: cell})[place].value != edit.old and not edit.keeps_value:
                raise WorkbookError(
                    f"Cellen innehåller {cell.value!r}, inte {edit.old!r} som planen räknade med.",
                    where=where,
                    remedy="Räkna om på nytt.",
                )

    def _new_cells(
        self, edits: tuple[CellEdit, ...], results: Mapping[Place, Value]
    ) -> dict[str, dict[tuple[int, int], NewCell]]:
        new: dict[str, dict[tuple[int, int], NewCell]] = {}
        for edit in edits:
            place = position(edit.cell)
            new.setdefault(edit.sheet, {})[place] = self._new_cell(edit, place)
        for (sheet, row, column), value in results.items():
            cells = new.setdefault(sheet, {})
            marked = cells.get((row, column))
            fresh = new_value(value)
            cells[row, column] = fresh._replace(style=marked.style) if marked else fresh
        return new

    def _new_cell(self, edit: CellEdit, place: tuple[int, int]) -> NewCell:
        part = self.part(edit.sheet)
        new_style = None
        if place not in part.cells and edit.like and position(edit.like) in part.cells:
            new_style = part.raw(position(edit.like)).style
        if edit.new_mark != edit.old_mark:
            style = part.raw(place).style if place in part.cells else new_style or 0
            new_style = self._styles.with_mark(style, edit.new_mark)
        if edit.keeps_value:
            return NewCell(style=new_style, keeps_value=True)
        new = self._own_day(edit.new, place, edit.sheet)
        return self._typed(new, part.shared_text(place))._replace(
            style=new_style,
            formula=edit.formula or None,
            drops_formula=bool(edit.old_formula),
            is_gone=edit.is_bare and edit.new is None,
        )

    def _typed(self, value: Value, old: int | None) -> NewCell:
        """A typed value; ``old``: the number of the text that it takes the place of."""
        if type(value) is not str:
            return new_value(value)
        text = str(_as_stored(value))
        if self._strings is None:
            return NewCell("inlineStr", text)
        number = self._strings.number(text) if old is None else self._strings.reworded(old, text)
        return NewCell("s", str(number))


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


def _as_stored(value: Value) -> Value:
    """A value as a cell can hold it."""
    return value[:LONGEST_TEXT] if type(value) is str else value


def _with_links_to(there: Collection[str], plan: SheetPlan) -> SheetPlan:
    """The sheet as it stands among some others: without the links to those that are not there."""
    return plan._replace(
        cells=tuple(
            cell if first_sheet(cell.link) in there else cell._replace(link="")
            for cell in plan.cells
        )
    )


def _left_to_excel(places: tuple[Place, ...]) -> Finding:
    sheet, row, column = places[0]
    ref = Ref(sheet, a1(row, column))
    return tell(
        "raknas-i-excel",
        ref,
        "formula" if len(places) == 1 else "formulas",
        count=len(places),
        place=ref,
        stated=len(places),
    )
