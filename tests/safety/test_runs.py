"""Runs killed, at once, taken back, and figures changed between: short forms of commands."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from safety import calls, following, kills, many, pairs, undoing

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="kills processes")


@linux_only
def test_killed_at_any_moment_the_workbook_is_whole(tmp_path: Path) -> None:
    """And the next run clears up."""
    found = kills.killed(20, tmp_path)
    assert found.whole == found.runs
    assert found.traces_at_last == 0
    assert found.killed >= 5


@linux_only
def test_whichever_call_fails_the_workbook_is_whole(tmp_path: Path) -> None:
    """And it is said, and nothing is left; every other call, each with one error."""
    assert calls.count(tmp_path) > 15
    for number in range(1, calls.count(tmp_path) + 1, 2):
        error = calls.ERRORS[number // 2 % len(calls.ERRORS)]
        assert list(calls.failing(tmp_path, number, error)) == []


@linux_only
def test_a_run_let_in_before_any_call_of_another_loses_nothing(tmp_path: Path) -> None:
    """It waits, or is refused, or the other is: whoever says 0 is there."""
    for number in range(2, calls.count(tmp_path) + 1, 5):
        assert list(calls.let_in(tmp_path, number)) == []


def test_fifty_runs_do_not_fill_the_workbook(tmp_path: Path) -> None:
    """Nor the folder; the short form makes sixteen, with a change between each."""
    assert list(many.grown(tmp_path, 16)) == []


def test_two_runs_at_once_lose_nothing(tmp_path: Path) -> None:
    """The second waits for the first and builds on what it wrote."""
    assert pairs.whole(3, tmp_path) == 3


@pytest.mark.parametrize(
    "path", [*following.BOOKS[::3], following.BOOKS[-1]], ids=lambda path: path.stem
)
def test_what_a_run_wrote_follows_and_is_taken_back(path: Path, tmp_path: Path) -> None:
    """As one run on the changed workbook would have it; and undone as it was."""
    assert list(following.faults(path, tmp_path, 2)) == []


@pytest.mark.parametrize("path", undoing.BOOKS[::4], ids=lambda path: path.stem)
def test_whatever_was_done_is_taken_back(path: Path, tmp_path: Path) -> None:
    """From the last to the first: every part of the package is what it was, but for the log."""
    assert list(undoing.faults(path, tmp_path, 1)) == []
