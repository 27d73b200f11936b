"""The wheel holds all that the product needs: it is unpacked far from the sources, and run."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest
import release
from conftest import missing

from finsam_xl import __version__
from finsam_xl.cli import commands
from finsam_xl.cli.demo import NAMES, TOUR
from support.workbooks import ROOT

KINDS = {".py", ".toml", ".bin", ".xlsx", ".html", ".md", ".css", ".js", ".png"}


class Away(NamedTuple):
    """An installation of the wheel, and a folder to work in, with letters and spaces of ours."""

    site: Path
    folder: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command line of the wheel."""
        settings = os.environ | {"PYTHONPATH": str(self.site), "PYTHONUTF8": "1"}
        return subprocess.run(
            [sys.executable, "-P", "-m", "finsam_xl.cli", *arguments],
            capture_output=True, text=True, check=False, cwd=self.folder, env=settings, timeout=300,
        )  # fmt: skip


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as a release has it."""
    if importlib.util.find_spec("hatchling") is None or importlib.util.find_spec("pip") is None:
        missing("hatchling eller pip finns inte: hjulet går inte att bygga")
    file = tmp_path_factory.mktemp("hjul") / release.WHEEL
    file.write_bytes(release.wheel())
    return file


@pytest.fixture(scope="module")
def away(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Away:
    """The wheel unpacked as pip does."""
    root = tmp_path_factory.mktemp("långt bort")
    with zipfile.ZipFile(wheel) as files:
        files.extractall(root / "site")
    (root / "mina böcker").mkdir()
    return Away(root / "site", root / "mina böcker")


def test_every_file_of_the_sources_is_in_the_wheel(wheel: Path) -> None:
    """By its kind: code, rules, words, the macros' project, workbooks, pages and pictures."""
    with zipfile.ZipFile(wheel) as files:
        held = {name: files.getinfo(name).file_size for name in files.namelist()}
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    placed = pyproject["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    for source, target in {"finsam_xl": "finsam_xl", **placed}.items():
        root = ROOT / source
        found = [root] if root.is_file() else root.rglob("*")
        files_of = [file for file in found if file.suffix in KINDS and file.is_file()]
        for file in files_of:
            below = file.relative_to(root).as_posix()
            name = target if root.is_file() else f"{target}/{below}"
            assert held.get(name) == file.stat().st_size, name
    assert not [name for name in held if name.startswith(("tests/", "workbooks/"))]


def test_two_wheels_are_the_same(wheel: Path) -> None:
    """Byte for byte, so that the sums of a release mean something."""
    assert release.wheel() == wheel.read_bytes()


def test_the_commands_run_away_from_the_sources(away: Away, tmp_path: Path) -> None:
    """Demo, check, wiring for both programs, the extension, and the doctor's word on its parts."""
    demo = away.run("demo", "prova")
    assert demo.returncode == 0, demo.stderr
    year = Path("prova", TOUR)
    assert {file.name for file in (away.folder / year).iterdir()} == set(NAMES.values())
    assert away.run("kontrollera", str(year)).returncode == 1  # its planted faults
    budget = year / "Budget 2026.xlsx"
    wired = away.run("koppla", str(budget), "--for", "both", "--json")
    assert wired.returncode == 0, wired.stderr
    assert (away.folder / budget.with_suffix(".xlsm")).is_file()
    office = away.run("libreoffice", "installera", "--till", str(tmp_path / "finsam.oxt"))
    assert office.returncode == 0, office.stderr
    with zipfile.ZipFile(tmp_path / "finsam.oxt") as extension:
        assert extension.testzip() is None
    checks = json.loads(away.run("hälsa", "--json").stdout)["checks"]
    assert {one["name"]: one["state"] for one in checks}["parts"] == "ok"
    (away.site / "finsam_xl" / "policy" / "equity.toml").unlink()
    checks = json.loads(away.run("hälsa", "--json").stdout)["checks"]
    (parts,) = [one for one in checks if one["name"] == "parts"]
    assert parts["state"] == "fault"
    assert "equity.toml" in parts["what"]


def test_what_excel_starts_is_in_the_wheel(away: Away) -> None:
    """The modules by the names that the VBA has for them, and no others by that name."""
    code = "from finsam_excel import macros\nprint(macros.__file__)"
    settings = os.environ | {"PYTHONPATH": str(away.site), "PYTHONUTF8": "1"}
    said = subprocess.check_output(
        [sys.executable, "-P", "-c", code], text=True, env=settings, cwd=away.folder
    )
    assert said.strip() == str(away.site / "finsam_excel" / "macros.py")
    assert (away.site / "finsam_excel" / "udfs.py").is_file()


def test_the_guide_names_what_there_is() -> None:
    """Every command in it exists, and every file is of this version."""
    guide = release.guide().decode("utf-8-sig")
    assert "{" not in guide
    assert f"finsam_xl-{__version__}-py3-none-any.whl" in guide
    said = set(re.findall(r"finsam-xl ([a-zåäö-]+)", guide))
    assert {"demo", "hälsa", "libreoffice", "koppla"} <= said
    known = set(commands.cli.commands)
    assert {word for word in said if word not in known} <= {"xlwings"}
    assert max(map(len, guide.splitlines())) <= 92
