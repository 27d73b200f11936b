"""The calculation engine in a process of its own, which is ended when its time is up."""

from __future__ import annotations

import marshal
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

from finsam_xl.hosts.ooxml.recalculation import Place
from finsam_xl.records import NamedTuple
from finsam_xl.sheets.grid import CellError, Value

_SCRIPT = Path(__file__).with_name("engine.py")
# Excel's own windowless Python would flash a console without it.
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_LARGEST_EXACT = 1e15
Job = Sequence[Sequence[tuple[Place, str]]]
"""Formulas with their places, in phases: what is written before a slow phase is kept."""


class Results(NamedTuple):
    """The results by place, and whether the engine was done before its time was up."""

    values: dict[Place, Value]
    in_time: bool


class Engine:
    """A process of the engine, kept for every calculation of a workbook.

    Its start takes longer than most of them: it is started before the formulas are gone through.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process, if it does not run."""
        if self._process is not None and self._process.poll() is not None:
            self.close()
        self._process = self._process or _started()

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with suppress(OSError), process:
                pass

    def calculate(
        self,
        sheets: Sequence[str],
        names: Mapping[str, str],
        cells: Iterable[tuple[Place, Value]],
        phases: Job,
        seconds: float,
    ) -> Results:
        """What formulas give among ``cells``, within some seconds; no results where it fails."""
        number = {name: at for at, name in enumerate(sheets)}
        plain: list[tuple[int, int, int, Value]] = []
        errors: list[tuple[int, int, int, Value]] = []
        for (sheet, row, column), value in cells:
            kind = errors if isinstance(value, CellError) else plain
            # An error is a text of its own kind, which only a plain one can be sent as.
            sent = str(value) if isinstance(value, CellError) else value
            kind.append((number[sheet], row, column, sent))
        job = {
            "path": sys.path,
            "sheets": list(sheets),
            "names": list(names.items()),
            "cells": plain,
            "errors": errors,
            "phases": [[(number[s], r, c, text) for (s, r, c), text in phase] for phase in phases],
        }
        found, in_time = self._run(marshal.dumps(job), seconds)
        values = {
            (sheets[sheet], row, column): _value(value, is_error=is_error)
            for sheet, row, column, is_error, value in found
        }
        return Results(values, in_time)

    def _run(self, job: bytes, seconds: float) -> tuple[list[Any], bool]:
        """What the engine tells; what it had told when its time was up, and that it was."""
        if seconds <= 0:
            return [], False
        self.start()
        process = self._process
        if process is None:
            # Some computers allow no new processes: then nothing is calculated, which is told.
            return [], True
        found: list[Any] = []
        talk = Thread(target=_talk, args=(process, job, found), daemon=True)
        talk.start()
        talk.join(seconds)
        in_time = not talk.is_alive()
        if not in_time or found[-1:] != [None]:
            # It is late, or has ended: the next job is for another.
            self.close()
            talk.join()
        return [one for results in found if results for one in results], in_time


def _started() -> subprocess.Popen[bytes] | None:
    # The folder of the script must not come first: its modules are not for the engine. The
    # job says where that one is, so no site is looked for.
    command = [sys.executable, "-P", "-S", str(_SCRIPT)]
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=_NO_WINDOW,
        )
    except OSError:
        return None


def _talk(process: subprocess.Popen[bytes], job: bytes, found: list[Any]) -> None:
    """Send a job and gather the results of every phase, with ``None`` after the last."""
    if process.stdin is None or process.stdout is None:
        return
    # A process that has ended, or is ended now, tells no more.
    with suppress(OSError, EOFError, ValueError, TypeError):
        process.stdin.write(b"%d\n" % len(job) + job)
        process.stdin.flush()
        while found[-1:] != [None]:
            size = int(process.stdout.readline())
            found.append(marshal.loads(process.stdout.read(size)))  # noqa: S302 (we started it)


def _value(value: Value, *, is_error: bool) -> Value:
    if is_error:
        return CellError(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST_EXACT:
        return int(value)
    return value
