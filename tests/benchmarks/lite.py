"""What a Lite workbook costs: its size, its core's import, and each button, in Pyodide.

``python tests/benchmarks/lite.py`` prints a table. Node stands in for the browser. Nothing is
asserted.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

sys.path.extend(map(str, Path(__file__).resolve().parents[1:3]))
sys.path.append(str(Path(__file__).resolve().parents[2] / "workbooks" / "build"))

from finsam_xl.actions.buttons import BUTTONS
from support import lite_books, pyodide


def measured(runtime: pyodide.Runtime, paths: dict[str, Path]) -> Any:
    """One run with every button clicked in every workbook."""
    job = {
        "main": lite_books.main_source(next(iter(paths.values()))),
        "now": datetime.now().astimezone().isoformat(),
        "calls": [["FINSAM_ANDEL", [[[247.0]], [[319.0]]]]],
        "clicks": [button.name for button in BUTTONS],
        "books": {name: lite_books.told(path) for name, path in paths.items()},
    }
    with tempfile.TemporaryDirectory() as folder:
        return runtime.run(job, Path(folder))


def main() -> None:
    """Print sizes, import times, and for each button seconds, actions and questions asked."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        lite_books.build(folder)
        _print({name: lite_books.lite_path(name, folder) for name in lite_books.NAMES})


def _print(paths: dict[str, Path]) -> None:
    for path in paths.values():
        print(f"{path.name:44}{path.stat().st_size / 1000:8.0f} kB")
    runtime = pyodide.runtime()
    if isinstance(runtime, str):
        print(runtime)
        return
    run = measured(runtime, paths)
    print(f"\nPyodide {pyodide.VERSION}, Python {run['python']}")
    for what, seconds in run["seconds"].items():
        print(f"  import {what:12}{1000 * seconds:8.0f} ms")
    for name, clicks in run["clicks"].items():
        for button, done in clicks.items():
            print(
                f"  {name:28}{button:22}{done['seconds']:7.2f} s"
                f"{len(done['actions']):6} actions{done['asked']:6} questions"
            )


if __name__ == "__main__":
    main()
