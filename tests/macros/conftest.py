"""The built workbooks, and LibreOffice to run their macros in."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from support.workbooks import ROOT

SCRIPT = ROOT / "tests" / "support" / "office_macros.py"
PATIENCE = 150
Steps = Callable[..., list[Any]]


@pytest.fixture
def steps(soffice: str, uno_python: str, tmp_path: Path) -> Steps:
    """Open a workbook with macros allowed, take steps, and get what each gave.

    ``variables``: of the environment that the macros run in.
    """

    def taken(
        path: Path, *wanted: list[Any], variables: Mapping[str, str] | None = None
    ) -> list[Any]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        profile = tmp_path / "profil"
        done = subprocess.run(
            [uno_python, str(SCRIPT), str(path), str(profile), str(port)],
            input=json.dumps(wanted).encode(),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            env={**os.environ, **(variables or {})},
        )
        assert done.returncode == 0, done.stderr.decode()
        return list(json.loads(done.stdout))

    return taken
