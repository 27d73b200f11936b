"""The command ``hälsa``: its answer at 80 columns, as JSON, and on odd computers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from finsam_xl.cli import commands
from finsam_xl.doctor import probe
from finsam_xl.doctor.computer import Computer
from support.commands import finsam_xl
from support.computers import WINDOWS


def _said(
    computer: Computer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> str:
    monkeypatch.setattr(probe, "probed", lambda *_: computer)
    assert commands.run(["hälsa"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return said.out


def test_what_works_is_told_shortly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line each, none over 80 signs, and at the end that nothing is left to do."""
    out = _said(WINDOWS, monkeypatch, capsys)
    assert max(map(len, out.splitlines())) < 80
    assert "Allt som behövs fungerar" in out
    assert "Fel\n" not in out
    assert "Saknas" not in out


def test_what_does_not_work_has_its_remedy_and_the_first_stands_last(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The fault before what is missing."""
    broken = WINDOWS._replace(
        office=None, folder=WINDOWS.folder._replace(refusal="Access is denied")
    )
    out = _said(broken, monkeypatch, capsys)
    assert max(map(len, out.splitlines())) < 80
    assert out.index("✖ Fel") < out.index("▲ Saknas")
    assert out.count("Gör så här:") == 3  # with Lite's, which cannot be tried
    assert "Gör detta först (Mappen): Kopiera böckerna" in out


def test_as_json(tmp_path: Path) -> None:
    """One object: every check with its state and remedy, and what to do first."""
    content = finsam_xl("doctor", tmp_path, "--json").content
    assert set(content) == {"version", "folder", "checks", "first"}
    assert content["folder"] == str(tmp_path)
    for one in content["checks"]:
        assert set(one) == {"name", "title", "state", "what", "remedy"}
        assert one["state"] in {"ok", "missing", "fault", "unknown"}
        assert bool(one["remedy"]) == (one["state"] != "ok")


def test_nothing_is_left_behind_and_nothing_asked_of_the_net(tmp_path: Path) -> None:
    """In an empty home, with every connection refused."""
    home, folder = tmp_path / "hem", tmp_path / "böcker å"
    home.mkdir()
    folder.mkdir()
    code = (
        "import socket\n"
        "def refused(*_, **__): raise AssertionError('the net was asked')\n"
        "socket.socket.connect = socket.getaddrinfo = socket.create_connection = refused\n"
        "from finsam_xl.cli.commands import run\n"
        f"raise SystemExit(run(['hälsa', {str(folder)!r}]))\n"
    )
    settings = os.environ | {"HOME": str(home), "FINSAM_TRACEBACK": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=settings
    )
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert list(folder.iterdir()) == []
    assert list(home.iterdir()) == []


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    """The one we stand in, or one that is named: a sentence, and no traceback."""
    gone = tmp_path / "borta"
    gone.mkdir()
    code = (
        "import os\n"
        f"os.chdir({str(gone)!r})\n"
        f"os.rmdir({str(gone)!r})\n"
        "from finsam_xl.cli.commands import run\n"
        "raise SystemExit(run(['hälsa']))\n"
    )
    settings = os.environ | {"FINSAM_TRACEBACK": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=settings
    )
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert "Gör detta först (Mappen): Ange en mapp som finns." in done.stdout
    named = finsam_xl("hälsa", gone, "--json").content
    assert named["first"]["name"] == "rights"


def test_a_bare_computer_names_the_one_thing_to_do(tmp_path: Path) -> None:
    """Without LibreOffice on the path the answer is where to get it."""
    settings = os.environ | {"PATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "finsam_xl.cli", "hälsa"],
        capture_output=True, text=True, check=False, env=settings, cwd=tmp_path,
    )  # fmt: skip
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert "Gör detta först (LibreOffice): Installera det" in done.stdout
