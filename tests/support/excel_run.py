"""A workbook recalculated through Excel's remote engine: the request, the run, the actions."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl

from finsam_xl import actions
from finsam_xl.hosts.excel import Applied, apply, fetch, read
from finsam_xl.plan import Plan
from finsam_xl.sheets.grid import Grid
from support.office_actions import Executor
from support.office_js import Client, lite, payload
from support.workbooks import NOW


class Run(NamedTuple):
    """What was read and planned, what applying it said, the actions, and the workbook after them."""

    grid: Grid
    plan: Plan
    applied: Applied
    actions: list[dict[str, Any]]
    executor: Executor
    asked: list[str]

    @property
    def book(self) -> Any:
        """The workbook as it stands after the actions."""
        return self.executor.book


def recompute(
    xw: Any, path: Path, run: str, reports: tuple[str, ...] = (), *, told: bool = True
) -> Run:
    """Recalculate a file as xlwings Lite does, or, not ``told`` of formulas, as Server does."""
    client = Client(path, xw.__version__)
    with lite(client):
        book = xw.Book(json=payload(path, xw.__version__))
        known = asyncio.run(fetch(book)) if told else None
        grid = read(book, known)
        plan = actions.recompute(grid, today=NOW.date(), run=run, reports=reports)
        applied = apply(book, plan, known)
    queued = book.json()["actions"]
    executor = Executor(openpyxl.load_workbook(path))
    executor.run(queued)
    return Run(grid, plan, applied, queued, executor, client.asked)
