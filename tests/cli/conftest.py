"""The command line, run in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from finsam_xl.cli import commands

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line: exit code, what is said, and what is complained of."""

    def called(*arguments: str | Path) -> tuple[int, str, str]:
        code = commands.run(list(map(str, arguments)))
        said = capsys.readouterr()
        return code, said.out, said.err

    return called
