"""Runs killed at moments spread over them: ``python -m tests.safety.kills --antal 300``.

Every other run makes a report. After each the workbook is the old one or the new, whole, and the
next run clears up what was left. Prints how many were whole.
"""

from __future__ import annotations

import argparse
import contextlib
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.extend(map(str, Path(__file__).resolve().parents[1:3]))

from support.rich_workbook import check_package
from support.workbooks import SOCIAL_BUDGET, copy

_FIRST, _REST = 0.4, 0.8
"""Most of what a run does at first is reading: moments begin here, and cover as much more."""


class Outcome(NamedTuple):
    """How many runs there were, were killed in time, left the workbook whole, and left traces."""

    runs: int
    killed: int
    whole: int
    with_traces: int
    traces_at_last: int


def killed(runs: int, folder: Path) -> Outcome:
    """Kill so many runs, one after the other, each from the workbook as it was."""
    path = copy(SOCIAL_BUDGET, folder)
    before = path.read_bytes()
    commands = [_command(path), _command(path, "--report", "impactindex")]
    spans = [_whole_run(path, before, command) for command in commands]
    done = whole = left = 0
    for number in range(runs):
        path.write_bytes(before)
        which = number % len(commands)
        moment = spans[which] * (_FIRST + _REST * number / runs)
        done += _killed_after(commands[which], moment)
        left += bool(_traces(folder))
        content = path.read_bytes()
        whole += content == before or check_package(path) == []
    path.write_bytes(before)
    subprocess.run(commands[1], check=True, capture_output=True)
    return Outcome(runs, done, whole, left, len(_traces(folder)))


def _command(path: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "finsam_xl.cli", "recompute", str(path), *more]


def _whole_run(path: Path, before: bytes, command: Sequence[str]) -> float:
    path.write_bytes(before)
    started = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    return time.monotonic() - started


def _killed_after(command: Sequence[str], seconds: float) -> bool:
    """Whether a run was killed, by then, before it was done."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=seconds)
    process.kill()
    return process.wait() == -signal.SIGKILL


def _traces(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".finsam-")]


def main() -> int:
    """Kill as many runs as is said, and tell of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--antal", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = killed(options.antal, Path(folder))
    print(
        f"{found.runs} körningar, {found.killed} avbrutna mitt i: {found.whole} hela, "
        f"{found.with_traces} lämnade spår, {found.traces_at_last} spår kvar efter nästa körning"
    )
    return int(found.whole != found.runs or found.traces_at_last > 0)


if __name__ == "__main__":
    sys.exit(main())
