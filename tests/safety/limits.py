"""Running the product under limits, and what the run cost: CPU seconds and peak memory.

``python -m tests.safety.…`` and pytest find the packages in different places; importing this
module first makes both alike.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
MEGABYTES, SECONDS = 512, 5.0
"""What any file may cost beyond what its honest size needs."""
_HARD_SECONDS, _HARD_MEMORY = 60, 8 << 30
UNUSABLE = 2


class Run(NamedTuple):
    """A run of the command line: its answer, and what it cost with all it started."""

    code: int
    out: str
    err: str
    seconds: float
    megabytes: float


_LAUNCH = f"""
import json, os, resource, subprocess, sys
def limit():
    resource.setrlimit(resource.RLIMIT_CPU, ({_HARD_SECONDS}, {_HARD_SECONDS}))
    resource.setrlimit(resource.RLIMIT_AS, ({_HARD_MEMORY}, {_HARD_MEMORY}))
process = subprocess.Popen(sys.argv[2:], preexec_fn=limit)
_, status, used = os.wait4(process.pid, 0)
told = os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss
with open(sys.argv[1], "w") as file:
    json.dump(told, file)
"""
"""A process begins as large as the one that starts it: a small one does, whatever runs the tests."""


def run(*arguments: str | Path, stdout: Path | None = None) -> Run:
    """Run the command line; ``stdout``: a device or file to write to in place of a pipe."""
    command = [sys.executable, "-m", "finsam_xl.cli", *map(str, arguments)]
    paths = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    with (
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
        tempfile.NamedTemporaryFile() as told,
    ):
        target = stdout.open("wb") if stdout else out
        subprocess.run(
            [sys.executable, "-S", "-c", _LAUNCH, told.name, *command],
            stdin=subprocess.DEVNULL,
            stdout=target,
            stderr=err,
            env=os.environ | {"PYTHONPATH": paths, "FINSAM_TRACEBACK": "1"},
            check=True,
        )
        if stdout:
            target.close()
        out.seek(0)
        err.seek(0)
        code, seconds, kilobytes = json.load(told)
        return Run(code, out.read().decode(), err.read().decode(), seconds, kilobytes / 1024)
