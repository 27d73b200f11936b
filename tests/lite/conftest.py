"""The Lite workbooks as the source makes them now, and the runs in Pyodide of their code."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import missing
from filelock import FileLock

from finsam_xl.actions.buttons import BUTTONS
from support import cell_calls, lite_books, pyodide
from support.function_cases import CASES, SHORTENED
from support.remote import xw

__all__ = ["xw"]
CLICKS = tuple(button.name for button in BUTTONS)


@pytest.fixture(scope="session")
def lite_book(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A Lite workbook by name, built once a session: the first process that asks builds for all.

    Those in the repository are the last release's, and hold other code than the one to test.
    """
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    folder = base / "lite"
    with FileLock(base / "lite.lock"):
        if not folder.is_dir():
            unfinished = base / "lite-unfinished"
            unfinished.mkdir(exist_ok=True)
            lite_books.build(unfinished)
            unfinished.rename(folder)
    return lambda name: lite_books.lite_path(name, folder)


@pytest.fixture(scope="session")
def ran(
    tmp_path_factory: pytest.TempPathFactory,
    lite_book: Callable[[str], Path],
) -> Any:
    """Every function called and every button clicked, in one Pyodide, and the workbooks paths."""
    found = pyodide.runtime()
    if isinstance(found, str):
        missing(found)
    paths = {name: lite_book(name) for name in lite_books.NAMES}
    job = {
        "main": lite_books.main_source(paths["umearegionen-budget"]),
        "now": datetime.now().astimezone().isoformat(),
        "calls": [[one.name, one.sent] for one in cell_calls.calls()],
        "cases": [[case.function, cell_calls.sent(case)] for case in CASES],
        "whole_column": SHORTENED,
        "clicks": list(CLICKS),
        "books": {name: lite_books.told(path) for name, path in paths.items()},
    }
    return {**found.run(job, tmp_path_factory.mktemp("pyodide")), "paths": paths}
