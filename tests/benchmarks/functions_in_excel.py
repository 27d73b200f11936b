"""Our part of what a call from Excel costs: ``python tests/benchmarks/functions_in_excel.py``.

Each function is called with columns of 5 000 rows through xlwings' own server code, which
turns Excel's cells into Python and back. Printed are our time, xlwings' time in the very
same calls, and the median of their ratios, thrice: as on a server, where xlwings looks in vain
for a module of Pyodide once for every cell (target: at most a fifth), with that module in place,
and in Pyodide itself where it is installed (target: at most as long as xlwings), there in time of
the processor. No figure has been met before, and numpy is not there. First, how many actions *Räkna om* sends besides one for each block of edited
cells (target: at most 20). Nothing is asserted.
"""

from __future__ import annotations

import asyncio
import importlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.extend(map(str, Path(__file__).resolve().parents[1:3]))
sys.path.append(str(Path(__file__).resolve().parents[2] / "workbooks" / "build"))

import cell_functions

from finsam_xl.address import position
from finsam_xl.hosts.opened.blocks import rectangles
from finsam_xl.money import exact, parse_number
from support import excel_run, lite_books, pyodide
from support.lite_books import NAMES, existing_path
from support.workbooks import copy

CALLS = 5
TARGET_ON_SERVER, TARGET_IN_PYODIDE, TARGET_ACTIONS = 1 / 5, 1.0, 20
# xlwings is faster without them.
sys.modules |= {"numpy": None, "pandas": None}  # type: ignore[dict-item]


class Times:
    """Seconds spent in our own function, call by call."""

    def __init__(self, calculate: Any) -> None:
        self._calculate = calculate
        self.spent: list[float] = []

    def __call__(self, *arguments: Any) -> Any:
        """The answer, its time noted."""
        exact.cache_clear()
        parse_number.cache_clear()
        start = time.perf_counter()
        answer = self._calculate(*arguments)
        self.spent.append(time.perf_counter() - start)
        return answer


def as_in_pyodide() -> None:
    """Give xlwings the module it looks for once for every cell."""
    ffi = ModuleType("pyodide.ffi")
    ffi.JsNull = type("JsNull", (), {})  # type: ignore[attr-defined]
    sys.modules |= {"pyodide": ModuleType("pyodide"), "pyodide.ffi": ffi}


def call(
    server: Any, times: Times, name: str, arguments: tuple[Any, ...]
) -> list[tuple[float, float]]:
    """Our seconds and xlwings' seconds in the same calls, call by call."""
    xw = importlib.import_module("xlwings")
    offers = importlib.import_module("xlwings.server")
    sent = [value if isinstance(value, list) else [[value]] for value in arguments]
    data = {"func_name": name.lower(), "client": "Office.js", "version": xw.__version__}
    data |= {"runtime": "1.4", "date_format": "yyyy-mm-dd"}
    others = []
    times.spent.clear()
    for _ in range(CALLS):
        start = time.perf_counter()
        asyncio.run(offers.custom_functions_call({**data, "args": list(sent)}, server))
        others.append(time.perf_counter() - start - times.spent[-1])
    return list(zip(times.spent, others, strict=True))


def line(title: str, pairs: Sequence[tuple[float, float]], target: float) -> None:
    """Print what the calls of a function took."""
    ours, others = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
    ratio = statistics.median(pair[0] / pair[1] for pair in pairs)
    mark = "" if ratio <= target else "  above the target"
    print(f"{title:34}{1000 * ours:7.1f} ms{1000 * others:7.1f} ms{ratio:8.2f}{mark}")


def heading(where: str, rows: int, target: float) -> None:
    """Print what the lines below it are."""
    print(f"\n{where}: {rows} rows a call, median of {CALLS}, target {target}")
    print(f"{'':34}{'ours':>10}{'xlwings':>10}{'ratio':>8}")


def functions(where: str, rows: int, target: float) -> None:
    """Print a line for every function."""
    server = importlib.import_module("udfs.server")
    times = Times(importlib.import_module("udfs.lite").calculate)
    vars(server)["calculate"] = times
    heading(where, rows, target)
    for title, arguments in cell_functions.calls(rows).items():
        if "hela kolumner" in title:
            continue
        line(title, call(server, times, title.split()[0], arguments), target)


def in_pyodide(rows: int) -> None:
    """Print the same of the ``main.py`` of a Lite workbook, or what is missing for it."""
    runtime = pyodide.runtime()
    if isinstance(runtime, str):
        print(f"\n{runtime}")
        return
    calls = {t: a for t, a in cell_functions.calls(rows).items() if "hela kolumner" not in t}
    sent = [
        [title.split()[0], [one if isinstance(one, list) else [[one]] for one in arguments]]
        for title, arguments in calls.items()
    ]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        lite_books.build(folder)
        source = lite_books.main_source(lite_books.lite_path(NAMES[0], folder))
        job: dict[str, Any] = {
            "main": source,
            "now": "2026-01-01T09:00:00+01:00",
            "books": {},
            "clicks": [],
        }
        job |= {"calls": sent[:1], "timed": sent, "times": CALLS}
        ran = runtime.run(job, folder)
    heading(f"In Pyodide {pyodide.VERSION}, Python {ran['python']}", rows, TARGET_IN_PYODIDE)
    for title, pairs in zip(calls, ran["timed"], strict=True):
        line(title, pairs, TARGET_IN_PYODIDE)


def actions() -> None:
    """Print how many actions *Räkna om* sends, and how many of them are blocks of cells."""
    xw = importlib.import_module("xlwings")
    for name in NAMES:
        with tempfile.TemporaryDirectory() as folder:
            run = excel_run.recompute(xw, copy(existing_path(name), Path(folder)), "")
        blocks = 0
        for sheet in {edit.sheet for edit in run.applied.edits}:
            edits = [e for e in run.applied.edits if e.sheet == sheet and not e.keeps_value]
            blocks += len(rectangles({position(edit.cell): "" for edit in edits}))
        besides = len(run.actions) - blocks
        mark = "" if besides <= TARGET_ACTIONS else "  above the target"
        print(f"{name:34}{len(run.actions):5} actions{blocks:5} blocks{besides:5} besides{mark}")


if __name__ == "__main__":
    os.environ.setdefault("XLWINGS_LICENSE_KEY", "noncommercial")
    actions()
    length = int(sys.argv[1]) if len(sys.argv) > 1 else cell_functions.ROWS
    functions("On a server", length, TARGET_ON_SERVER)
    as_in_pyodide()
    functions("With Pyodide's module", length, TARGET_IN_PYODIDE)
    in_pyodide(length)
