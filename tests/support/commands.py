"""Running ``finsam-xl`` as a person or a program would: in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple


class Answer(NamedTuple):
    """What a run gave: exit code, standard output and standard error but for progress."""

    code: int
    out: str
    err: str

    @property
    def content(self) -> Any:
        """Standard output read as the one JSON object it must be."""
        return json.loads(self.out)


def finsam_xl(*arguments: str | Path, folder: Path | None = None) -> Answer:
    """Run the command line with some arguments, in ``folder``."""
    command = [sys.executable, "-m", "finsam_xl.cli", *map(str, arguments)]
    shows = os.environ | {"FINSAM_TRACEBACK": "1"}
    done = subprocess.run(
        command, capture_output=True, cwd=folder, env=shows, check=False, timeout=300
    )
    # What a slow run says that it is doing depends on the machine, and has tests of its own.
    said = [line for line in done.stderr.decode().splitlines(True) if not line.endswith(" …\n")]
    return Answer(done.returncode, done.stdout.decode(), "".join(said))
