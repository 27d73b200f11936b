"""Runs killed, runs at once, figures changed between runs: the short forms of three commands."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from safety import following, kills, pairs

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="kills processes")


@linux_only
def test_killed_at_any_moment_the_workbook_is_whole(tmp_path: Path) -> None:
    """And the next run clears up."""
    found = kills.killed(20, tmp_path)
    assert found.whole == found.runs
    assert found.traces_at_last == 0
    assert found.killed >= 5


def test_two_runs_at_once_lose_nothing(tmp_path: Path) -> None:
    """The second waits for the first and builds on what it wrote."""
    assert pairs.whole(3, tmp_path) == 3


@pytest.mark.parametrize(
    "path", [*following.BOOKS[::3], following.BOOKS[-1]], ids=lambda path: path.stem
)
def test_what_a_run_wrote_follows_and_is_taken_back(path: Path, tmp_path: Path) -> None:
    """As one run on the changed workbook would have it; and undone as it was."""
    assert list(following.faults(path, tmp_path, 2)) == []
