"""A workbook file and what can be done with it: the library's front door.

>>> from finsam_xl import open_workbook
>>> with open_workbook("social-budget.xlsx") as book:  # doctest: +SKIP
...     result = book.recompute(reports=("impactindex",))
...     book.apply(result.plan)
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from finsam_xl import __version__, actions
from finsam_xl.actions import questions
from finsam_xl.actions.gates import hindrances
from finsam_xl.address import position
from finsam_xl.errors import InputError, WorkbookError, naming
from finsam_xl.hosts.ooxml import Book, Saved, write_file
from finsam_xl.hosts.ooxml.package import is_folder
from finsam_xl.hosts.ooxml.recalculation import Recalculation
from finsam_xl.model import Finding
from finsam_xl.plan import Plan
from finsam_xl.reading import run_log
from finsam_xl.reading.book import Unread
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import Grid
from finsam_xl.sheets.tables import Table

if TYPE_CHECKING:
    from finsam_xl.actions import fee_scenario
    from finsam_xl.actions.check import Checked
    from finsam_xl.export.frames import Frame
    from finsam_xl.ledgers.record import Ledger
    from finsam_xl.reading.run_log import Entry
    from finsam_xl.scb.cube import Cube
    from finsam_xl.words.methods import Method


_PRINTINGS = 2
"""How often several reports are printed at most: once more where pages did not end as meant."""
_ADDRESS = re.compile(r"\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}")


class Result(NamedTuple):
    """A plan, what the workbook's own formulas will show when it is applied, and all findings.

    ``action``: what the log calls it, '' for a plan that is no run of ours and is not logged.
    """

    plan: Plan
    recalculation: Recalculation
    findings: tuple[Finding, ...]
    action: str = ""


class Workbook:
    """An open .xlsx or .xlsm file, a context manager; ``now`` gives run id and backup name.

    ``writes``: the file that is going to be written; no other run gets at it until this
    workbook is closed. ``user``: who runs it, for the log.
    """

    def __init__(
        self,
        path: Path,
        now: datetime,
        progress: Callable[[str], None] = lambda _: None,
        *,
        writes: Path | None = None,
        user: str = "",
    ) -> None:
        self.path = path
        self.now = now
        self.user = user
        self._target = writes or path
        with naming(path):
            self._book = Book(path, progress, writes, now.date())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._book.__exit__(*error)

    @property
    def run_id(self) -> str:
        """Names this run: the minute and what the workbook held."""
        return self._book.grid.run_name(self.now)

    @property
    def grid(self) -> Grid:
        """What the workbook holds, as it was read."""
        return self._book.grid

    def tables(self) -> list[Table]:
        """The recognised tables."""
        with naming(self.path):
            return actions.tables(self._book.grid)

    def unread(self) -> list[Unread]:
        """The blocks of figures that were not understood."""
        with naming(self.path):
            return actions.unread(self._book.grid)

    def fitting_reports(self) -> tuple[str, ...]:
        """The kinds of report that the workbook has the tables for."""
        with naming(self.path):
            return actions.fitting_reports(self._book.grid)

    def recompute(
        self,
        reports: tuple[str, ...] = (),
        accept: tuple[str, ...] = (),
        *,
        formulas: bool = False,
        method: Method | None = None,
    ) -> Result:
        """Everything recalculated, as a plan; nothing is written yet.

        ``accept``: codes of findings whose stated figures are replaced; ``formulas``: sums,
        differences and ratios are written as formulas also where the sheet's own are typed;
        ``method``: how blank forecasts are filled in.
        """
        with naming(self.path):
            today, run = self.now.date(), self.run_id
            return self._result(
                actions.recompute(
                    self._book.grid,
                    today=today,
                    run=run,
                    reports=reports,
                    accept=accept,
                    formulas=formulas,
                    method=method,
                    user=self.user,
                ),
                "Räkna om",
            )

    def what_was_read(self) -> Result:
        """The sheet *Finsam*, as a plan: how every table was read, with room to put it right."""
        from finsam_xl.actions import finsam

        with naming(self.path):
            plan = finsam.plan(self._book.grid, self.now.date(), self.run_id)
            return self._result(plan, "Vad lästes?")

    def check(self) -> Checked:
        """What looks wrong in the workbook, the worst first; nothing is written."""
        from finsam_xl.actions import check

        with naming(self.path):
            return check.check([check.Book("", self._book.grid)], today=self.now.date())

    def fetch(self, ledger: Ledger, until: str = "", accept: tuple[str, ...] = ()) -> Result:
        """The outcome filled from a ledger, as a plan; nothing is written yet.

        ``until``: which column, such as ``T2``, where the ledger does not tell; ``accept``: codes
        of ``actions.fetching.ACCEPTED``.
        """
        from finsam_xl.actions import fetching

        with naming(self.path):
            asked = fetching.Asked(self.now.date(), self.run_id, until, accept)
            return self._result(fetching.fetch(self._book.grid, ledger, asked), fetching.ACTION)

    def fetch_population(self, cube: Cube, year: str = "", accept: tuple[str, ...] = ()) -> Result:
        """Keys or helårsekvivalenter filled from a table of SCB, as a plan; nothing is written yet.

        ``year``: which of its years, where neither it nor the heading tells; ``accept``: codes of
        ``actions.population``.
        """
        from finsam_xl.actions import population

        with naming(self.path):
            asked = population.Asked(self.now.date(), self.run_id, year, accept)
            return self._result(population.fetch(self._book.grid, cube, asked), population.ACTION)

    def frame(self) -> Frame:
        """Every figure of the recognised tables, one row each: see ``export.columns.FIGURES``.

        Raises ``InputError`` where pandas is not installed.
        """
        from finsam_xl.export import figures, frames

        with naming(self.path):
            return frames.of_figures(figures.figures(self._book.grid), self.path.name)

    def findings_frame(self) -> Frame:
        """What looks wrong, the worst first, one row each: see ``export.columns.FINDINGS``.

        Raises ``InputError`` where pandas is not installed.
        """
        from finsam_xl.export import frames

        return frames.of_findings(self.check().findings, self.path.name)

    def undo(self, run: str = "", *, rest: bool = False) -> Result:
        """What takes back the last run, or a named one, as a plan; see ``actions.log.undo``."""
        from finsam_xl.actions import log

        with naming(self.path):
            plan = log.undo(self._book.grid, run, name=self.run_id, rest=rest)
            return self._result(plan, "Ångra")

    def log(self) -> tuple[Entry, ...]:
        """What runs have written in the workbook, the oldest first."""
        with naming(self.path):
            return run_log.entries(self._book.grid)

    def log_of(self, cell: str) -> tuple[Entry, ...]:
        """What runs have written in a cell such as ``Budget 2026!C7``, the oldest first."""
        with naming(self.path):
            sheet, place = _named(self._book.grid, cell)
            return tuple(run_log.of_cell(self._book.grid, sheet, place))

    def _result(self, plan: Plan, action: str = "") -> Result:
        recalculation = self._book.recalculated(plan)
        shown = {}
        for expectation in plan.expected:
            sheet, cell = expectation.sheet, expectation.cell
            place = (sheet, *position(cell))
            if place in recalculation.values:
                shown[sheet, cell] = recalculation.values[place]
            elif place not in recalculation.left_to_excel:
                shown[sheet, cell] = self._book.grid.sheet(sheet).cell(*place[1:]).value
        findings = plan.findings
        if plan.expected:
            from finsam_xl.actions.writing import mismatches

            findings += mismatches(plan, shown)
        gates = self._book.gates(self._target)
        told = tuple(one.finding for one in hindrances(gates, plan, logs=bool(action)))
        return Result(plan, recalculation, (*told, *findings), action)

    def report(self, kind: str, until: str = "") -> Result:
        """One report sheet, as a plan; nothing is written yet.

        ``until``: up to and including which part of a year a follow-up goes, such as ``T1``; the
        latest unless said.
        """
        with naming(self.path):
            today, run = self.now.date(), self.run_id
            plan = actions.report(
                self._book.grid, kind, today=today, run=run, until=until, user=self.user
            )
            return self._result(plan, f"Rapport {kind}")

    def ready(
        self, out: Path | None = None, pdf: Path | None = None, plan: Plan | None = None
    ) -> None:
        """Refuse names and places that nothing, or not this plan, can be written to; see ``apply``.

        What is refused is so before anything of the plan is told.
        """
        with naming(self.path):
            _check_names(self.path, out, pdf)
            self._book.ready(out or self.path, plan)

    def apply(
        self, result: Result | Plan, out: Path | None = None, pdf: Path | None = None
    ) -> Saved:
        """Write a plan to ``out``, or in the file's own place with a backup.

        ``pdf``: where to print the plan's report sheets as well, with LibreOffice; several of them
        behind a page of contents.
        """
        with naming(self.path):
            if isinstance(result, Plan):
                result = self._result(result)
            _check_names(self.path, out, pdf)
            printed = self._printed(result.plan) if pdf is not None else b""
            with self._logged(result, out or self.path) as plan:
                saved = self._book.save(plan, out, self.now, result.recalculation)
        if pdf is not None:
            write_file(pdf, printed, self.now, like=saved.path)
        return saved

    @contextmanager
    def _logged(self, result: Result, target: Path) -> Iterator[Plan]:
        """The plan with its log, whose oldest rows lie beside the workbook if it is saved."""
        if not result.action:
            yield result.plan
            return
        from finsam_xl.actions import log
        from finsam_xl.hosts.ooxml import archive

        about = log.About(self.now, self.user, result.action, __version__)
        plan = log.logged(self._book.grid, result.plan, about, most=log.most_rows(self.now.date()))
        if not plan.archived:
            yield plan
            return
        rows = plan.archived
        with archive.appended(target, self.path, run_log.HEADINGS, rows) as is_done:
            # What has no other place stays.
            yield plan if is_done else log.logged(self._book.grid, result.plan, about)

    def as_earlier(self) -> questions.Against:
        """This workbook as the one of an earlier year, that another is held against."""
        return questions.Against(self._book.grid, self.path.name)

    def what_if(
        self, asked: questions.Asked = questions.NOTHING, against: Workbook | None = None
    ) -> Result:
        """The reports of what it would take, and what would happen if, as a plan.

        ``against``: the workbook of an earlier year that this one is held against.
        """
        if against is not None:
            asked = asked._replace(against=against.as_earlier())
        with naming(self.path):
            grid, today, run = self._book.grid, self.now.date(), self.run_id
            plan = actions.what_if(grid, today=today, run=run, asked=asked)
            return self._result(plan, "Vad krävs")

    def fees_if(self, asked: fee_scenario.Asked) -> fee_scenario.Found:
        """What happens to the fees, in figures; nothing is written."""
        from finsam_xl.actions import fee_scenario

        with naming(self.path):
            grid = self._book.grid
            return fee_scenario.found(grid, actions.tables(grid), self.now.date(), asked)

    def reports(self, until: str = "") -> Result:
        """Every report that the workbook has the tables for, as a plan; nothing is written yet.

        ``until``: as in ``report``, for the follow-up if there is one.
        """
        with naming(self.path):
            grid, today, run = self._book.grid, self.now.date(), self.run_id
            kinds = actions.fitting_reports(grid)
            plan = actions.report_sheets(
                grid, kinds, today=today, run=run, user=self.user, until=until
            )
            return self._result(plan, "Alla rapporter")

    def write_pdf(self, result: Result, target: Path) -> None:
        """Print the result's report sheets to a PDF file, with LibreOffice."""
        with naming(self.path):
            _check_names(self.path, None, target)
            write_file(target, self._printed(result.plan), self.now, like=self.path)

    def _printed(self, plan: Plan) -> bytes:
        from finsam_xl.actions.contents import bound
        from finsam_xl.hosts.pdf import as_pdf
        from finsam_xl.hosts.pdf.tagging import pages_of_bookmarks, tagged
        from finsam_xl.report import contents
        from finsam_xl.report.tank_om import OWNER

        # What is tried belongs on a screen; reports are what is printed.
        reports = tuple(sheet for sheet in plan.sheets if sheet.owner != OWNER)
        plan = plan._replace(sheets=reports or plan.sheets)
        if len(plan.sheets) < 2:
            return tagged(as_pdf(self._book.rendered(plan)), plan.sheets)
        pages = contents.expected(plan.sheets)
        for _ in range(_PRINTINGS):
            whole = bound(self._book.grid, plan, pages)
            rendered = self._book.rendered(plan._replace(sheets=whole.sheets), whole.title)
            pdf = as_pdf(rendered)
            begins = pages_of_bookmarks(pdf)
            told, pages = pages, {sheet: begins[sheet] for sheet in pages if sheet in begins}
            if told == pages:
                break
        return tagged(pdf, whole.sheets)


def _named(grid: Grid, cell: str) -> tuple[str, tuple[int, int]]:
    """The sheet and the place that a person names; of the only sheet the cell will do."""
    sheet, _, address = cell.strip().rpartition("!")
    hers = [one.name for one in grid.sheets if not one.owner]
    if not sheet and len(hers) == 1:
        sheet = hers[0]
    sheet = sheet.removeprefix("'").removesuffix("'").replace("''", "'")
    known = next((name for name in hers if name.casefold() == sheet.casefold()), None)
    if known is None or not _ADDRESS.fullmatch(address):
        meant = (difflib.get_close_matches(sheet, hers, 1) or hers or ["Blad1"])[0]
        raise InputError(
            f"Cellen ”{cell}” går inte att hitta.",
            remedy=f"Skriv blad och cell, till exempel '{meant}!B7'.",
        )
    return known, position(address.replace("$", "").upper())


def _check_names(source: Path, out: Path | None, pdf: Path | None) -> None:
    """Refuse names that would make a file no program opens, or replace the wrong one."""
    if out is not None and not is_folder(out) and out.suffix.lower() != source.suffix.lower():
        raise InputError(
            f"Filen ska sluta på {source.suffix}, som arbetsboken.",
            where=str(out),
            remedy="Ändra namnet efter --out.",
        )
    if pdf is not None and pdf.suffix.lower() != ".pdf":
        raise InputError(
            "Filen ska sluta på .pdf.",
            where=str(pdf),
            remedy="Ändra namnet efter --pdf.",
        )


def read_source(path: Path, now: datetime) -> Ledger | Cube:
    """What figures are fetched from: a ledger (SIE, text or workbook), or a table of SCB.

    Raises ``InputError`` for a file that is neither.
    """
    from finsam_xl.ledgers import reading
    from finsam_xl.scb import reading as statistics

    try:
        data = path.read_bytes()
    except OSError as error:
        is_missing = isinstance(error, FileNotFoundError)
        raise WorkbookError(
            f"Filen att hämta ur {'finns inte' if is_missing else 'går inte att öppna'}.",
            where=str(path),
            remedy="Kontrollera filens namn och plats, och att du får läsa den.",
        ) from error
    if not reading.is_workbook(data):
        # A ledger may be large: it is not looked through for a table first.
        cube = None if reading.is_sie(data) else statistics.read(data, path.name)
        return cube or reading.read(data, path.name)
    from finsam_xl.reading import ledger_grids, statistics_grids

    with naming(path), Workbook(path, now) as book:
        # A report's accounts look like the codes of municipalities; no table of SCB has accounts.
        is_ledger = bool(ledger_grids.ledgers_of(book.grid, lambda _: path.name))
        cube = None if is_ledger else statistics_grids.cube_of(book.grid, path.name)
        return cube or ledger_grids.ledger_of(book.grid, path.name)


def open_workbook(path: str | Path, *, now: datetime | None = None) -> Workbook:
    """Open a workbook file; raises ``WorkbookError`` with place and remedy if it is none."""
    return Workbook(Path(path), now or datetime.now().astimezone())
