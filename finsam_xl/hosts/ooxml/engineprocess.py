"""The calculation engine in a process of its own, which is ended when its time is up."""

from __future__ import annotations

import io
import marshal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

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


def calculate(
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
    output, in_time = _run(marshal.dumps(job), seconds)
    return Results(dict(_read(io.BytesIO(output), sheets)), in_time)


def _run(job: bytes, seconds: float) -> tuple[bytes, bool]:
    """What the engine writes; what it had written when its time was up, and that it was."""
    if seconds <= 0:
        return b"", False
    # The folder of the script must not come first: its modules are not for the engine. The
    # job says where that one is, so no site is looked for.
    command = [sys.executable, "-P", "-S", str(_SCRIPT)]
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=_NO_WINDOW,
        )
    except OSError:
        # Some computers allow no new processes: then nothing is calculated, which is told.
        return b"", True
    with process:
        try:
            return process.communicate(job, timeout=seconds)[0], True
        except subprocess.TimeoutExpired:
            process.kill()
            return process.communicate()[0], False


def _read(output: io.BytesIO, sheets: Sequence[str]) -> Iterator[tuple[Place, Value]]:
    """The results of every phase that was written to its end."""
    try:
        while True:
            results = marshal.load(output)  # noqa: S302 (of the process we started)
            for sheet, row, column, is_error, value in results:
                yield (sheets[sheet], row, column), _value(value, is_error=is_error)
    except (EOFError, ValueError, TypeError):
        return


def _value(value: Value, *, is_error: bool) -> Value:
    if is_error:
        return CellError(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST_EXACT:
        return int(value)
    return value
