"""The extension as a file, and how it gets into LibreOffice."""

from __future__ import annotations

import ast
import io
import os
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import click
import pytest

from finsam_xl import __version__
from finsam_xl.actions.buttons import BUTTONS, PLAIN_BUTTONS
from finsam_xl.doctor.probe import offices
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.calc.binding import bound
from finsam_xl.hosts.calc.extension import install
from finsam_xl.hosts.calc.extension.build import build
from finsam_xl.hosts.calc.extension.typelibrary import ANY, CELLS, ROWS, Method, library
from finsam_xl.registry import FUNCTIONS
from support.calc_office import AS_NOBODY, is_root, shared_folder
from support.commands import finsam_xl
from support.workbooks import ROOT

_NO_CACHE = shutil.ignore_patterns("__pycache__")
MANIFEST = "http://openoffice.org/2001/manifest"


def _extension() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(build("1.2")))


def test_two_builds_are_the_same() -> None:
    assert build("1.2") == build("1.2")
    assert build("1.2") != build("1.3")


def test_it_holds_what_it_says_and_the_core_but_no_other_host() -> None:
    with _extension() as package:
        names = package.namelist()
        listed = ET.fromstring(package.read("META-INF/manifest.xml"))
        files = [entry.get(f"{{{MANIFEST}}}full-path") for entry in listed]
        assert all(info.compress_type == zipfile.ZIP_STORED for info in package.infolist())
        described = package.read("description.xml").decode()
    assert files == [
        "finsam.rdb", "finsam_calc.py", "CalcAddIns.xcu", "Addons.xcu", "CalcWindowState.xcu",
        "ProtocolHandler.xcu", "Jobs.xcu",
    ]  # fmt: skip
    assert set(files) < set(names)
    assert '<version value="1.2"/>' in described
    beside = {name.removeprefix("pythonpath/") for name in names if name.startswith("pythonpath/")}
    assert {"finsam_xl/hosts/calc/writing.py", "finsam_xl/words/rule.toml"} < beside
    assert not any(name.startswith(("finsam_xl/hosts/excel/", "finsam_xl/cli/")) for name in beside)


def test_every_part_is_well_formed_and_names_every_function_and_button() -> None:
    with _extension() as package:
        parts = {n: package.read(n) for n in package.namelist() if n.endswith((".xcu", ".xml"))}
    for data in parts.values():
        ET.fromstring(data)
    for function in FUNCTIONS:
        assert f'oor:name="{function.name}"' in parts["CalcAddIns.xcu"].decode()
    offered = parts["Addons.xcu"].decode()
    for button in BUTTONS:
        assert offered.count(f">org.finsam.calc:{button.name}<") == 2
    for plain in PLAIN_BUTTONS:
        assert offered.count(f">org.finsam.calc:{plain.name}<") == 2 * plain.in_calc


def test_the_binder_can_be_read_by_an_older_python() -> None:
    """LibreOffice for Windows has had Python 3.8 for long: it must come as far as saying so."""
    source = (ROOT / "udfs" / "calc.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 8))


def test_the_types_library_is_as_libreoffices_own_compiler_makes_it() -> None:
    """Read back by hand: the magic, the root map, the names of modules, the methods."""
    data = library("org.x.XY", [Method("F_1", ROWS, (("a0", ANY), ("a1", CELLS)))])
    assert data[:8] == b"UNOIDL\xff\0"
    at, count = int.from_bytes(data[8:12], "little"), int.from_bytes(data[12:16], "little")
    assert count == 1
    name_at = int.from_bytes(data[at : at + 4], "little")
    assert data[name_at : name_at + 4] == b"org\0"
    interface = (
        b"\x05" + b"\1\0\0\0" + b"\x1b\0\0\0com.sun.star.uno.XInterface" + bytes(8)
        + b"\1\0\0\0" + b"\3\0\0\0F_1" + b"\7\0\0\0[][]any" + b"\2\0\0\0"
        + b"\0" + b"\2\0\0\0a0" + b"\3\0\0\0any"
        + b"\0" + b"\2\0\0\0a1" + b"\x1d\0\0\0com.sun.star.table.XCellRange" + bytes(4)
    )  # fmt: skip
    assert data[16 : 16 + len(interface)] == interface


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("=finsam_andel(A1;B1)", "=FINSAM_ANDEL(A1;B1)"),
        ("=1+_xldudf_finsam_farg(finsam_andel(1;2))", "=1+FINSAM_FARG(FINSAM_ANDEL(1;2))"),
        ('=IF(A1;"finsam_farg(1)";finsam_farg(2))', '=IF(A1;"finsam_farg(1)";FINSAM_FARG(2))'),
        ("=finsam_finns_inte(1)", "=finsam_finns_inte(1)"),
        ("=min_finsam_farg(1)", "=min_finsam_farg(1)"),
        ("=ORG.FINSAM.CALC.FUNCTIONS.FINSAM_FARG(1)", "=ORG.FINSAM.CALC.FUNCTIONS.FINSAM_FARG(1)"),
        ("=finsam_farg+1", "=finsam_farg+1"),
    ],
)
def test_only_our_own_functions_are_bound(written: str, wanted: str) -> None:
    assert bound(written) == wanted


def test_root_is_told_to_be_somebody_else(
    soffice: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(WorkbookError, match="root") as refused:
        install.install("1", tmp_path)
    assert "utan sudo" in str(refused.value)


def test_no_libreoffice_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(install, "beside_office", lambda *_: None)
    with pytest.raises(WorkbookError, match="LibreOffice finns inte"):
        install.install("1")


@pytest.mark.parametrize(
    ("version", "is_refused"), [("3.8.16", True), ("3.10.1", True), ("3.11.0", False)]
)
def test_a_libreoffice_with_an_old_python_is_refused(
    version: str, is_refused: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\necho Python {version}\n")
    python.chmod(0o755)
    monkeypatch.setattr(install, "beside_office", lambda *_: str(python))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    if is_refused:
        with pytest.raises(WorkbookError, match="LibreOffice har Python 3"):
            install.install("1", tmp_path)
    else:
        install.install("1", tmp_path)  # the same stand-in takes the extension


def test_what_libreoffice_says_is_told_when_it_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "unopkg"
    program.write_text("#!/bin/sh\necho trasig profil >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(
        install, "beside_office", lambda *names: str(program) if "unopkg" in names else None
    )
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(WorkbookError, match="trasig profil"):
        install.install("1", tmp_path)


def test_the_command_puts_it_in_and_takes_it_out(soffice: str, uno_python: str) -> None:
    """As another user where the tests are root, from a copy that this one can read."""
    with shared_folder() as folder:
        for source in (ROOT / "finsam_xl", ROOT / "udfs", Path(click.__file__).parent):
            shutil.copytree(source, folder / source.name, ignore=_NO_CACHE)
        subprocess.run(["chmod", "-R", "a+rX", folder], check=True)
        profile = folder / "profil"

        def run(*arguments: str) -> subprocess.CompletedProcess[str]:
            command = [uno_python, "-m", "finsam_xl.cli", "libreoffice", *arguments]
            return subprocess.run(
                [*(AS_NOBODY if is_root() else ()), *command, "--profil", str(profile)],
                capture_output=True,
                text=True,
                cwd=folder,
                env={**os.environ, "HOME": str(folder), "PYTHONPATH": str(folder)},
                timeout=300,
                check=False,
            )

        done = run("installera")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("Tillägget är inlagt. Starta om LibreOffice")
        assert offices.extension([profile]) == __version__, "the doctor sees it"
        assert run("installera").returncode == 0, "a newer version replaces it"
        assert run("avinstallera").stdout == "Tillägget är borttaget.\n"
        assert offices.extension([profile]) == ""
        again = run("avinstallera")
        assert again.returncode == 2
        assert "inte installerat" in again.stderr


def test_the_file_alone_can_be_had(tmp_path: Path) -> None:
    target = tmp_path / "finsam.oxt"
    answer = finsam_xl("libreoffice", "installera", "--till", target)
    assert answer.code == 0
    assert zipfile.is_zipfile(target)
