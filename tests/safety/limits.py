"""Running the product under limits, and what the run cost: CPU seconds and peak memory.

``python -m tests.safety.…`` and pytest find the packages in different places; importing this
module first makes both alike.
"""

from __future__ import annotations

import os
import resource
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


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_HARD_SECONDS, _HARD_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_HARD_MEMORY, _HARD_MEMORY))


def run(*arguments: str | Path, stdout: Path | None = None) -> Run:
    """Run the command line; ``stdout``: a device or file to write to in place of a pipe."""
    command = [sys.executable, "-m", "finsam_xl.cli", *map(str, arguments)]
    paths = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        target = stdout.open("wb") if stdout else out
        process = subprocess.Popen(  # the limits are set between fork and exec
            command,
            stdin=subprocess.DEVNULL,
            stdout=target,
            stderr=err,
            env=os.environ | {"PYTHONPATH": paths, "FINSAM_TRACEBACK": "1"},
            preexec_fn=_limit,  # noqa: PLW1509
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if stdout:
            target.close()
        out.seek(0)
        err.seek(0)
        return Run(
            process.returncode,
            out.read().decode(),
            err.read().decode(),
            used.ru_utime + used.ru_stime,
            used.ru_maxrss / 1024,
        )
