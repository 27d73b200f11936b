"""Fixtures and the rule about missing parts: skipped with a reason, but a failure under CI."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

from support.workbooks import SOCIAL_BUDGET, copy

# xlwings decides which engines it has when it is first imported, whichever test does that.
os.environ.setdefault("XLWINGS_LICENSE_KEY", "noncommercial")


@pytest.fixture
def social_budget(tmp_path: Path) -> Path:
    """A copy of the shipped social-budget workbook."""
    return copy(SOCIAL_BUDGET, tmp_path)


@pytest.fixture(scope="session")
def soffice() -> str:
    """The LibreOffice program; without it the test is skipped, under CI it fails."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        missing("LibreOffice (soffice) finns inte på datorn")
    return found


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


def missing(reason: str) -> NoReturn:
    """Skip for a part that is not installed; fail where everything must be installed."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
