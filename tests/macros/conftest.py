"""The built workbooks, and LibreOffice to run their macros in."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import missing

from support.workbooks import ROOT

SCRIPT = ROOT / "tests" / "support" / "office_macros.py"
PATIENCE = 150
Steps = Callable[..., list[Any]]


@pytest.fixture(scope="session")
def uno_python() -> str:
    """The Python that has LibreOffice's bridge; without it skipped, under CI failed."""
    for program in ("/usr/bin/python3", "python3", "python"):
        found = shutil.which(program)
        if found is not None and _has_uno(found):
            return found
    return missing("python3-uno finns inte på datorn")


def _has_uno(program: str) -> bool:
    tried = subprocess.run([program, "-c", "import uno"], capture_output=True, check=False)
    return tried.returncode == 0


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
