"""What the probe finds on this computer, and in the places where other systems keep such facts."""

from __future__ import annotations

import json
import os
import plistlib
import subprocess
import sys
from pathlib import Path, PureWindowsPath

import pytest

from finsam_xl import __version__
from finsam_xl.doctor.computer import Extra, Guard, Office, System, Trusted, Way
from finsam_xl.doctor.probe import folders, installed, macs, offices, probed, windows
from finsam_xl.doctor.probe.registry import NOWHERE, Winreg
from macros import desktop
from support.computers import Registry
from support.privileges import CANNOT, without_privileges

SECURITY = r"Software\Microsoft\Office\16.0\Excel\Security"
POLICY = r"Software\Policies\Microsoft\Office\16.0"
DEFENDER = r"HKLM\Software\Policies\Microsoft\Windows Defender"


# This computer ------------------------------------------------------------------------------------


def test_this_computer(tmp_path: Path) -> None:
    """Golden values from Python and the shell themselves."""
    folder = tmp_path / "å och mellanslag"
    folder.mkdir()
    found = probed(folder, __version__)
    assert found.python.version == sys.version_info[:3]
    assert found.python.bits == (64 if sys.maxsize > 2**32 else 32)
    assert found.program.engine
    assert (found.program.absent, found.program.damaged) == ((), ())
    assert (found.folder.path, found.folder.refusal) == (folder, "")
    assert list(folder.iterdir()) == []
    free = int(subprocess.check_output(["df", "-Pk", folder], text=True).split()[-3]) * 1024
    assert found.folder.free == pytest.approx(free, rel=0.1)


def test_the_version_of_libreoffice(soffice: str, tmp_path: Path) -> None:
    """As it says itself, and no profile is made of asking."""
    found = offices.office(tmp_path, {})
    assert found is not None
    said = subprocess.check_output([soffice, "--version"], text=True)
    assert f"LibreOffice {found.version} " in said
    assert found.extension == ""
    assert list(tmp_path.iterdir()) == []


LISTED = (
    b"Pmp1\xff%s\nlu779991pb2.tmp\xfffinsam.oxt\xff"
    b"application/vnd.sun.star.package-bundle\xff%s\xff0\n\n"
)
"""How LibreOffice 7.4 lists an extension; its name and version are filled in."""


@pytest.mark.parametrize(
    ("name", "version"),
    [(b"org.finsam.calc", "0.1.0"), (b"org.finsam.calc", "0.0.9"), (b"se.annan.calc", "")],
)
def test_the_extension_in_a_profile(name: bytes, version: str, tmp_path: Path) -> None:
    """Read from LibreOffice's own list; others' extensions are not ours."""
    listed = tmp_path / "user" / "uno_packages" / "cache" / "uno_packages.pmap"
    listed.parent.mkdir(parents=True)
    listed.write_bytes(b"Pmp1\n")
    assert offices.extension([tmp_path]) == ""
    listed.write_bytes(LISTED % (name, (version or "9.9").encode()))
    assert offices.extension([tmp_path / "saknas", tmp_path]) == version


def test_fonts_are_looked_for_where_they_are(tmp_path: Path) -> None:
    """Windows' own folder, also in capitals."""
    settings = {"WINDIR": str(tmp_path)}
    assert offices.fonts(System.WINDOWS, tmp_path, settings) == ()
    (tmp_path / "Fonts").mkdir()
    (tmp_path / "Fonts" / "CALIBRI.TTF").touch()
    assert offices.fonts(System.WINDOWS, tmp_path, settings) == ("Calibri",)


# The folder ---------------------------------------------------------------------------------------


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """That is told, and a file is no folder."""
    (tmp_path / "fil").touch()
    assert not folders.folder(tmp_path / "saknas", {}).exists
    assert not folders.folder(tmp_path / "fil", {}).exists


def test_a_read_only_folder(tmp_path: Path) -> None:
    """In a process that is not root; the command says the one thing to do, and exits as usual."""
    folder = tmp_path / "låst"
    folder.mkdir(mode=0o555)
    done = subprocess.run(
        [sys.executable, "-m", "finsam_xl.cli", "doctor", str(folder), "--json"],
        capture_output=True, check=False, preexec_fn=without_privileges,
    )  # fmt: skip
    if done.returncode == CANNOT:
        pytest.skip("the tests may not lay down root's privileges")
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    answer = json.loads(done.stdout)
    assert answer["first"]["name"] == "rights"
    assert "Kopiera böckerna" in answer["first"]["remedy"]
    assert "Permission denied" in next(
        one["what"] for one in answer["checks"] if one["name"] == "rights"
    )


def test_locks_name_their_workbook(tmp_path: Path) -> None:
    """Excel leaves out the first two signs of a name; LibreOffice writes the whole."""
    for name in ("Budget 2026.xlsx", "~$dget 2026.xlsx", "Plan.xlsx", ".~lock.Plan.xlsx#"):
        (tmp_path / name).touch()
    found = {(lock.workbook, lock.program) for lock in folders.folder(tmp_path, {}).locks}
    assert found == {("Budget 2026.xlsx", "Excel"), ("Plan.xlsx", "LibreOffice")}


@pytest.mark.parametrize(("zone", "is_marked"), [("3", True), ("4", True), ("1", False)])
def test_the_mark_of_the_net(zone: str, is_marked: bool, tmp_path: Path) -> None:
    """A stream beside the file; other systems show it as a file of that name."""
    for name in ("a.xlsm", "b.xlsx", "c.xlsm"):
        (tmp_path / name).touch()
    for name in ("a.xlsm", "b.xlsx"):
        Path(f"{tmp_path / name}:Zone.Identifier").write_text(f"[ZoneTransfer]\nZoneId={zone}\n")
    assert folders.folder(tmp_path, {}).marked == (("a.xlsm",) if is_marked else ())


def test_onedrive_by_its_place(tmp_path: Path) -> None:
    """By the environment's word for it, or by the folder's name; never by a part of another."""
    kept = tmp_path / "moln" / "Ekonomi"
    kept.mkdir(parents=True)
    named = tmp_path / "OneDrive - Kommunen" / "Budget"
    named.mkdir(parents=True)
    assert folders.folder(kept, {"OneDriveCommercial": str(tmp_path / "moln")}).cloud == "OneDrive"
    assert folders.folder(named, {}).cloud == "OneDrive"
    assert folders.folder(kept, {"OneDrive": str(tmp_path / "mol")}).cloud == ""


# The product --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prefix", "way"),
    [
        (r"C:\Users\Åsa\pipx\venvs\finsam-xl", Way.PIPX),
        ("/home/asa/.local/share/pipx/venvs/finsam-xl", Way.PIPX),
        (r"C:\Users\Åsa\AppData\Roaming\uv\tools\finsam-xl", Way.UV),
        ("/home/asa/.local/share/uv/tools/finsam-xl", Way.UV),
        ("/home/asa/uv/.venv", Way.PIP),
        (r"C:\Program Files\Python312", Way.PIP),
    ],
)
def test_what_it_was_installed_with(prefix: str, way: Way) -> None:
    """The folders are those of pipx' and uv's own documentation."""
    assert installed.way(prefix) is way


def _installed(folder: Path, recorded: dict[str, int]) -> None:
    """A product as pip leaves it: what it recorded, whatever there is now."""
    told = folder / "finsam_xl-9.9.dist-info"
    told.mkdir(parents=True)
    (told / "METADATA").write_text(
        "Metadata-Version: 2.4\nName: finsam-xl\nVersion: 9.9\nRequires-Dist: click<9,>=8.1\n"
        "Requires-Dist: saknas-helt<2\nRequires-Dist: xlwings==0.37.8; extra == 'excel'\n"
    )
    lines = [f"{name},sha256=x,{size}\n" for name, size in recorded.items()]
    (told / "RECORD").write_text("".join(lines))


def test_files_that_are_gone_or_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Held against what pip wrote down; the command, which pipx and uv write anew, is left out."""
    recorded = {"finsam_xl/hel.toml": 3, "finsam_xl/kort.toml": 9, "finsam_xl/borta.bin": 1}
    _installed(tmp_path, recorded | {"../../../bin/finsam-xl": 218})
    (tmp_path / "finsam_xl").mkdir()
    for name in ("hel.toml", "kort.toml"):
        (tmp_path / "finsam_xl" / name).write_text("abc")
    monkeypatch.syspath_prepend(tmp_path)
    found = installed.program(__version__)
    assert found.damaged == ("kort.toml", "borta.bin")
    assert found.absent == ("saknas-helt",)
    assert installed.package("xlwings").wanted == "0.37.8"
    assert installed.package("saknas") == Extra("saknas")


@pytest.mark.parametrize("named", ["", "C:\\Annan\\python.exe"])
def test_the_python_that_excel_is_told_of(named: str, tmp_path: Path) -> None:
    """What ``anslut`` writes is what is read; the environment goes before."""
    settings = {"FINSAM_PYTHON": named} if named else {}
    home = tmp_path / "Åsa 𝔉"
    if not named:
        assert installed.connection(home, System.WINDOWS, settings) is None
    desktop.connect(home / ".finsam")
    found = installed.connection(home, System.WINDOWS, settings)
    assert found is not None
    assert found.program == (named or sys.executable)
    assert (found.ours, found.named) == (not named, bool(named))


def test_a_connection_with_other_letters(tmp_path: Path) -> None:
    """Letters beyond ASCII come back, also those of two units."""
    program = "C:\\Användare\\Åsa 𝔉\\python.exe"
    (tmp_path / ".finsam").mkdir()
    (tmp_path / ".finsam" / "python.txt").write_text(desktop.plain(program) + "\n")
    found = installed.connection(tmp_path, System.WINDOWS, {})
    assert found is not None
    assert (found.program, found.exists) == (program, False)


def test_the_xlwings_that_macros_call() -> None:
    """It is the one whose library the VBA names."""
    com = (Path(__file__).parents[2] / "macros" / "vba" / "FinsamCom.bas").read_text("utf-8")
    assert f'"xlwings64-{installed.package("xlwings").wanted}.dll"' in com


# Windows and Mac ----------------------------------------------------------------------------------


def _program(folder: Path, machine: int) -> Path:
    """The head of a Windows program, as the PE format has it."""
    file = folder / "EXCEL.EXE"
    head = b"MZ".ljust(0x3C, b"\0") + (0x80).to_bytes(4, "little")
    file.write_bytes(head.ljust(0x80, b"\0") + b"PE\0\0" + machine.to_bytes(2, "little"))
    return file


@pytest.mark.parametrize(("machine", "bits"), [(0x8664, 64), (0x14C, 32), (0xAA64, 64)])
def test_the_bitness_of_excel(machine: int, bits: int, tmp_path: Path) -> None:
    """Its own program says it, whatever else is written."""
    held: dict[str, dict[str, str | int]] = {
        r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\EXCEL.EXE": {
            "": str(_program(tmp_path, machine))
        },
        r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration": {
            "Platform": "x64", "VersionToReport": "16.0.17928.20114",
        },
    }  # fmt: skip
    found = windows.excel(Registry(held))
    assert found is not None
    assert (found.version, found.bits) == ("16.0.17928.20114", bits)


def test_excel_that_was_installed_another_way(tmp_path: Path) -> None:
    """Without Click-to-Run only its folder is known; without either there is none."""
    key = r"HKLM\Software\WOW6432Node\Microsoft\Office\16.0\Excel\InstallRoot"
    _program(tmp_path, 0x14C)
    (tmp_path / "EXCEL.EXE").rename(tmp_path / "excel.exe")
    found = windows.excel(Registry({key: {"Path": f"{tmp_path}{os.sep}"}}))
    assert found is not None
    assert (found.version, found.bits) == ("", 32)
    assert windows.excel(NOWHERE) is None
    assert windows.bits(tmp_path / "saknas.exe") is None


def test_what_guards_excel() -> None:
    """A policy goes before what she chose; both ways of Defender's rules are read.

    A place on a server is trusted only once Excel is told that it may be.
    """
    held: dict[str, dict[str, str | int]] = {
        rf"HKCU\{POLICY}\Excel\Security": {"VBAWarnings": 3},
        rf"HKCU\{SECURITY}": {"VBAWarnings": 1},
        rf"HKCU\{SECURITY}\Trusted Locations\Location0": {
            "Path": "%AppData%\\Microsoft\\Excel\\XLSTART", "AllowSubFolders": 1,
        },
        rf"HKCU\{POLICY}\Excel\Security\Trusted Locations\Location7": {"Path": r"\\server\finsam"},
        rf"HKCU\{POLICY}\WEF\TrustedCatalogs": {"DisableOMEXCatalogs": 1},
        rf"{DEFENDER}\Policy Manager": {"ASRRules": f"x=1|{windows.CHILDREN.upper()}=1"},
        rf"{DEFENDER}\Windows Defender Exploit Guard\ASR\Rules": {windows.CALLS: "2"},
    }  # fmt: skip
    settings = {"APPDATA": r"C:\Users\Åsa\AppData\Roaming"}
    found = windows.guard(Registry(held), settings)
    assert (found.macros, found.children, found.calls, found.store) == (3, True, False, True)
    server = Trusted(PureWindowsPath(r"\\server\finsam"), below=False)
    held[rf"HKCU\{POLICY}\Excel\Security\Trusted Locations"] = {"AllowNetworkLocations": 1}
    start = PureWindowsPath(r"C:\Users\Åsa\AppData\Roaming\Microsoft\Excel\XLSTART")
    assert found.trusted == (Trusted(start, below=True),)
    assert set(windows.guard(Registry(held), settings).trusted) == {*found.trusted, server}
    assert windows.guard(NOWHERE, {}) == Guard()


def test_the_signs_of_windows() -> None:
    """As Sweden has them."""
    held: dict[str, dict[str, str | int]] = {
        r"HKCU\Control Panel\International": {"sDecimal": ",", "sList": ";"}
    }
    assert windows.signs(Registry(held)) == (",", ";")


class _Winreg:
    """Python's module for the registry, with one key."""

    HKEY_LOCAL_MACHINE, HKEY_CURRENT_USER, KEY_READ, KEY_WOW64_64KEY = "HKLM", "HKCU", 1, 256

    class _Key:
        def __enter__(self) -> None: ...
        def __exit__(self, *_: object) -> None: ...

    def OpenKey(self, root: str, path: str, _: int, rights: int) -> _Key:  # noqa: N802
        if (root, path, rights) != ("HKCU", r"Control Panel\International", 257):
            raise FileNotFoundError
        return self._Key()

    def QueryValueEx(self, _: None, name: str) -> tuple[object, int]:  # noqa: N802
        return {"sDecimal": (",", 1), "bytes": (b"\0", 3)}[name]

    def QueryInfoKey(self, _: None) -> tuple[int, int, int]:  # noqa: N802
        return 2, 1, 0

    def EnumKey(self, _: None, at: int) -> str:  # noqa: N802
        return ("Geo", "Calendars")[at]

    def EnumValue(self, _: None, at: int) -> tuple[str, str, int]:  # noqa: N802
        return [("sDecimal", ",", 1)][at]


def test_python_s_own_registry() -> None:
    """The calls are those of ``winreg``; what is not there is nothing, and no bytes are given."""
    registry = Winreg(_Winreg())
    key = r"HKCU\Control Panel\International"
    assert registry.value(key, "sDecimal") == ","
    assert registry.value(key, "bytes") is None
    assert (registry.keys(key), registry.names(key)) == (("Geo", "Calendars"), ("sDecimal",))
    assert registry.value(r"HKLM\Saknas") is None
    assert registry.keys(r"HKLM\Saknas") == registry.names(r"HKLM\Saknas") == ()


def test_excel_on_a_mac(tmp_path: Path) -> None:
    """Its version stands in its bundle; a damaged bundle is an Excel all the same."""
    place = tmp_path / "Microsoft Excel.app"
    assert macs.excel(place) is None
    (place / "Contents").mkdir(parents=True)
    assert (macs.excel(place) or Guard())[0] == ""
    told = plistlib.dumps({"CFBundleShortVersionString": "16.89"})
    (place / "Contents" / "Info.plist").write_bytes(told)
    found = macs.excel(place)
    assert found is not None
    assert (found.version, found.bits) == ("16.89", 64)


def test_the_python_of_libreoffice(soffice: str, tmp_path: Path) -> None:
    """On Linux the system's, which the bridge is built for."""
    found = offices.office(tmp_path, {})
    assert isinstance(found, Office)
    assert found.python is None or found.python >= (3, 0)
    assert soffice
