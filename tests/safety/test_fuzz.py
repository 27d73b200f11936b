"""Workbooks changed at random, the short form: ``python -m tests.safety.fuzz`` is the long one."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from safety import fuzz, hostile_books, trial

_BLOCK, _BLOCKS = 25, 6


@pytest.mark.parametrize("block", range(_BLOCKS))
def test_changed_at_random(block: int) -> None:
    """Refused with a sentence and unchanged, or written and sound."""
    seeds = range(100_000 + block * _BLOCK, 100_000 + (block + 1) * _BLOCK)
    faults = {seed: fuzz.attempt(fuzz.one(seed), seed).faults for seed in seeds}
    assert {seed: fault for seed, fault in faults.items() if fault} == {}


@pytest.mark.parametrize("kept", sorted(fuzz.KEPT.glob("*.xlsx")), ids=lambda path: path.stem)
def test_what_once_failed(kept: Path) -> None:
    """Every workbook that something once went wrong with."""
    outcome = fuzz.attempt(kept.read_bytes(), int(kept.stem))
    assert outcome.faults == ()


def test_the_watch_sees_what_it_should(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A traceback, a changed file, something fetched and something run are all faults."""
    path = tmp_path / "bok.xlsx"
    hostile_books.pack(path, hostile_books.parts())

    def bad(changed: Path, **_: bool) -> str:
        changed.write_bytes(b"ny")
        subprocess.run([sys.executable, "-c", ""], check=True)
        with socket.socket() as line:
            line.settimeout(0.1)
            line.connect(("127.0.0.1", 1))
        return "unchanged"

    monkeypatch.setattr(trial, "_done", bad)
    told = "\n".join(trial.tried(path).faults)
    for fault in ("ConnectionRefusedError", "subprocess.Popen", "socket.connect", "yet changed"):
        assert fault in told
