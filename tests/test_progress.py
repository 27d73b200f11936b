"""Long work says on standard error what it is doing; short work says nothing."""

from __future__ import annotations

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
