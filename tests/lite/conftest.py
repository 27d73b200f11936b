"""The runs in Pyodide that the tests here look at."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from conftest import missing

from support import cell_calls, lite_books, pyodide
from support.remote import xw

__all__ = ["xw"]
CLICKS = ("FinsamRaknaOm", "FinsamKontrollera", "FinsamSkapaRapport")


@pytest.fixture(scope="session", params=pyodide.VERSIONS)
def ran(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Every function called and every button clicked, in one Pyodide."""
    found = pyodide.runtime(request.param)
    if isinstance(found, str):
        missing(found)
    paths = {name: lite_books.lite_path(name) for name in lite_books.NAMES}
    job = {
        "main": lite_books.main_source(paths["umearegionen-budget"]),
        "now": datetime.now().astimezone().isoformat(),
        "calls": [[one.name, one.sent] for one in cell_calls.calls()],
        "clicks": list(CLICKS),
        "books": {name: lite_books.told(path) for name, path in paths.items()},
    }
    return found.run(job, tmp_path_factory.mktemp("pyodide"))
