"""Long work says on standard error what it is doing; short work says nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from finsam_xl.cli.progress import Progress


def test_quick_work_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(patience=30) as progress:
        progress("Läser bladet Bjurholm")
    assert capsys.readouterr() == ("", "")


def test_long_work_names_the_step_it_is_at_and_those_that_follow(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with Progress(patience=0.01) as progress:
        progress("Läser bladet Bjurholm")
        deadline = time.monotonic() + 10
        said = ""
        while "Bjurholm" not in said and time.monotonic() < deadline:
            time.sleep(0.01)
            said += capsys.readouterr().err
        progress("Skriver arbetsboken")
    said += capsys.readouterr().err
    assert said.splitlines() == ["Läser bladet Bjurholm …", "Skriver arbetsboken …"]


_SLOW = """
import time
from finsam_xl.cli.progress import Progress
with Progress(patience=0.01) as progress:
    progress("Läser bladet Bjurholm")
    time.sleep(1)
    print("svaret")
"""


def test_an_answer_that_is_sent_elsewhere_gets_there() -> None:
    """A terminal shows what goes on, and a file or a pipe gets the answer and nothing else."""
    pty = pytest.importorskip("pty")
    screen, terminal = pty.openpty()
    command = [sys.executable, "-X", "utf8", "-c", _SLOW]
    shows = os.environ | {"TERM": "xterm"}
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=terminal, env=shows, check=True, timeout=60
    )
    os.close(terminal)
    assert done.stdout.decode().split() == ["svaret"]
    assert "Läser bladet Bjurholm" in os.read(screen, 100_000).decode()
    os.close(screen)
