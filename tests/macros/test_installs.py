"""Python and xlwings as people install them: the VBA finds them, or says the right sentence.

A Windows profile is a folder here, with an å and a space in its name, and LibreOffice runs
the lookups in an environment made for it.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from finsam_xl.errors import WorkbookError
from macros import desktop
from support.workbooks import ROOT

ADDIN = ROOT / "workbooks" / "finsam.xlam"
DLL = "xlwings64-0.37.8.dll"
STORE = "PythonSoftwareFoundation.Python.3.12_qbz5n2kfra8p0"
NOT_FOUND, REFUSED = -2147024894, -2147024891


class Profile:
    """A user's folders on a computer with Windows."""

    def __init__(self, root: Path) -> None:
        self.home = root / "Åsa B"
        self.roaming = self.home / "AppData" / "Roaming"
        self.local = self.home / "AppData" / "Local"
        self.programs = root / "Program Files"
        self.on_path: list[Path] = []
        self.local.mkdir(parents=True)

    def has(self, *files: Path) -> None:
        for file in files:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch()

    def python(self, folder: Path, *, finsam: bool = True, on_path: bool = True) -> str:
        """One installed for all or for the user, as python.org's installer does."""
        self.has(folder / "python.exe")
        if finsam:
            self.has(folder / "Scripts" / "finsam-xl.exe")
        if on_path:
            self.on_path.append(folder)
        return str(folder / "python.exe")

    def environment(self, folder: Path) -> str:
        """A virtual environment with xlwings in it; gives its Python."""
        self.has(folder / "Scripts" / "python.exe", folder / DLL)
        return str(folder / "Scripts" / "python.exe")

    @property
    def variables(self) -> dict[str, str]:
        unset = dict.fromkeys(("FINSAM_PYTHON", "PYTHONUSERBASE", "PIPX_HOME", "UV_TOOL_DIR"), "")
        return unset | {
            "USERPROFILE": str(self.home),
            "APPDATA": str(self.roaming),
            "LOCALAPPDATA": str(self.local),
            "ProgramFiles": str(self.programs),
            # Linux parts it at colons, Windows at semicolons.
            "PATH": ";".join(["/usr/bin:/bin", *(f'"{folder}"/' for folder in self.on_path)]),
            "LC_ALL": "C.UTF-8",
        }


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path / "C")


Looked = Callable[..., tuple[str, str, list[str]]]


@pytest.fixture
def looked(steps: Any, profile: Profile) -> Looked:
    """The Python and the library that are found, and what is said of exit codes."""

    def up(*codes: int, **variables: str) -> tuple[str, str, list[str]]:
        env = profile.variables | variables
        (program,) = steps(ADDIN, ["run", "FinsamPlatser.FinsamPythonProgram", []], variables=env)
        given, *said = steps(
            ADDIN,
            ["given", "FinsamPlatser.FinsamHittaBibliotek", [program, DLL, "?"]],
            *(["run", "FinsamPython.FinsamHinder", [str(code)]] for code in codes),
            variables=env,
        )
        return program, given[2], said

    return up


def test_for_all_users(profile: Profile, looked: Looked) -> None:
    folder = profile.programs / "Python312"
    program = profile.python(folder)
    profile.has(folder / DLL)
    assert looked()[:2] == (program, str(folder / DLL))


@pytest.mark.parametrize("below", ["Python", "Python/Python312"])
def test_pip_for_the_user(profile: Profile, looked: Looked, below: str) -> None:
    """What pip installs with --user has its library in the user's base, not beside the Python."""
    program = profile.python(profile.programs / "Python312", finsam=False)
    profile.has(profile.roaming / below / DLL)
    assert looked()[:2] == (program, str(profile.roaming / below / DLL))


def test_a_user_base_of_ones_own(profile: Profile, looked: Looked) -> None:
    program = profile.python(profile.programs / "Python312", finsam=False)
    profile.has(profile.home / "egen bas" / DLL)
    found = looked(PYTHONUSERBASE=str(profile.home / "egen bas"))
    assert found[:2] == (program, str(profile.home / "egen bas" / DLL))


def test_microsoft_store(profile: Profile, looked: Looked) -> None:
    alias = profile.local / "Microsoft" / "WindowsApps"
    program = profile.python(alias, finsam=False)
    kept = profile.local / "Packages" / STORE / "LocalCache" / "local-packages"
    (profile.local / "Packages" / "Annan.Python.3.12_x").mkdir(parents=True)
    profile.has(kept / DLL)
    assert looked()[:2] == (program, str(kept / DLL))


@pytest.mark.parametrize(
    "below",
    [
        "pipx/venvs",
        ".local/pipx/venvs",
        "AppData/Local/pipx/pipx/venvs",
        "AppData/Roaming/uv/tools",
        "AppData/Roaming/uv/data/tools",
    ],
)
def test_pipx_and_uv_before_another_python(profile: Profile, looked: Looked, below: str) -> None:
    """Nobody has to connect it: what is called finsam-xl there is ours."""
    profile.python(profile.programs / "Python312")
    program = profile.environment(profile.home / below / "finsam-xl")
    assert looked()[:2] == (program, str(profile.home / below / "finsam-xl" / DLL))


@pytest.mark.parametrize(("name", "below"), [("PIPX_HOME", "venvs"), ("UV_TOOL_DIR", ".")])
def test_pipx_and_uv_in_folders_of_ones_own(
    profile: Profile, looked: Looked, name: str, below: str
) -> None:
    folder = profile.home / "verktyg"
    profile.environment(folder / below / "finsam-xl")
    program, library, _ = looked(**{name: str(folder)})
    assert Path(program) == folder / below / "finsam-xl" / "Scripts" / "python.exe"
    assert Path(library) == folder / below / "finsam-xl" / DLL


@pytest.mark.parametrize("below", ["Programs/Python/Python312", "Python/pythoncore-3.14-64"])
def test_installed_without_telling_windows(profile: Profile, looked: Looked, below: str) -> None:
    program = profile.python(profile.local / below, on_path=False)
    profile.has(profile.local / below / DLL)
    assert looked()[:2] == (program, str(profile.local / below / DLL))


def test_of_two_the_one_with_finsam(profile: Profile, looked: Looked) -> None:
    profile.python(profile.programs / "Python311", finsam=False)
    program = profile.python(profile.local / "Programs" / "Python" / "Python312")
    profile.has(profile.local / "Programs" / "Python" / "Python312" / DLL)
    assert looked()[0] == program


def test_of_two_without_finsam_the_first_is_named(profile: Profile, looked: Looked) -> None:
    first = profile.python(profile.programs / "Python311", finsam=False)
    profile.python(profile.programs / "Python312", finsam=False)
    program, library, (said,) = looked(1)
    assert (program, library) == (first, "")
    assert f"finsam_xl finns inte där: {first}." in said


def test_no_python(profile: Profile, looked: Looked) -> None:
    program, library, (missing, refused) = looked(NOT_FOUND, REFUSED)
    assert (program, library) == ("python", "")
    assert missing.startswith("Python hittades inte: python.\n\nInstallera Python 3.11")
    assert "spärrar program som startas från Office" in refused


def test_a_connected_virtual_environment(
    profile: Profile, looked: Looked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before all others; and its library where Python says that it lies."""
    profile.environment(profile.home / "pipx" / "venvs" / "finsam-xl")
    folder = profile.home / "böcker" / ".venv"
    profile.has(folder / "Scripts" / "python.exe", profile.home / "annan stans" / DLL)
    monkeypatch.setattr(sys, "executable", str(folder / "Scripts" / "python.exe"))
    monkeypatch.setattr(desktop, "_library", lambda: str(profile.home / "annan stans"))
    monkeypatch.setattr(Path, "home", lambda: profile.home)
    assert desktop.connect() == profile.home / ".finsam" / "python.txt"
    found = looked()
    assert found[:2] == (sys.executable, str(profile.home / "annan stans" / DLL))
    named = looked(FINSAM_PYTHON="D:\\egen\\python.exe")
    assert named[0] == "D:\\egen\\python.exe"


def test_a_connected_python_that_is_gone_is_named(
    profile: Profile, looked: Looked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "C:\\borta\\python.exe")
    desktop.connect(profile.home / ".finsam")
    assert looked(NOT_FOUND)[2][0].startswith("Python hittades inte: C:\\borta\\python.exe.")


def test_python_tells_where_its_library_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From pip's own list of what it installed; the wheel for Windows has the file at its root."""
    site = tmp_path / "miljö" / "Lib" / "site-packages"
    about = site / "xlwings-99.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: xlwings\nVersion: 99\n")
    (about / "RECORD").write_text(f"xlwings/__init__.py,,\n../../{DLL},,\n")
    monkeypatch.setattr(sys, "path", [str(site), *sys.path])
    assert desktop._library() == str(tmp_path / "miljö")


class Redirected:
    """Store's Python: a new file below AppData is written in a copy that no other program sees."""

    def __init__(self, profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
        self._appdata = profile.home / "AppData"
        self._copy = profile.local / "Packages" / STORE / "LocalCache"
        write, move = Path.write_text, Path.replace
        monkeypatch.setattr(Path, "home", lambda: profile.home)
        monkeypatch.setattr(
            Path, "write_text", lambda path, *a, **k: write(self._real(path), *a, **k)
        )
        monkeypatch.setattr(
            Path, "replace", lambda path, to: move(self._real(path), self._real(Path(to)))
        )

    def _real(self, path: Path) -> Path:
        inside = path.is_relative_to(self._appdata) and not path.is_relative_to(self._copy)
        if not inside or path.exists():
            return path
        real = self._copy / path.relative_to(self._appdata)
        real.parent.mkdir(parents=True, exist_ok=True)
        return real


def refused() -> Any:
    raise WorkbookError("Åh nej.")


def test_store_python_answers_where_excel_looks(
    steps: Any, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its new files in TEMP and LOCALAPPDATA are not seen; those in our folder are."""
    (home,) = steps(ADDIN, ["run", "FinsamPlatser.FinsamHem", []], variables=profile.variables)
    answer, lost = Path(home) / "svar-1.txt", profile.local / "Temp" / "svar-2.txt"
    with monkeypatch.context() as store:
        Redirected(profile, store)
        store.setattr(sys, "executable", "C:\\Store\\python.exe")
        for file in (answer, lost):
            assert desktop.answered("FinsamRaknaOm", refused, file) == 2
        desktop.connect()
    program, seen, unseen = steps(
        ADDIN,
        ["run", "FinsamPlatser.FinsamPythonProgram", []],
        ["given", "FinsamPlatser.FinsamLas", [str(answer), ""]],
        ["given", "FinsamPlatser.FinsamLas", [str(lost), ""]],
        variables=profile.variables,
    )
    assert program == "C:\\Store\\python.exe"
    assert seen[1] == "\\u00c5h nej."
    assert unseen[1] == "", "else nothing is shown by the other two"


@pytest.mark.parametrize(
    ("file", "number", "says"),
    [
        ("", 126, ("hittades inte, varken vid C:\\P\\python.exe", "finsam-xl[excel]", "anslut")),
        (f"C:\\P\\{DLL}", 1260, (f"C:\\P\\{DLL} finns, men", "(fel 1260)", "Be IT")),
    ],
)
def test_why_there_is_no_library(steps: Any, file: str, number: int, says: Sequence[str]) -> None:
    wanted = ["C:\\P\\python.exe", DLL, file, str(number)]
    (said,) = steps(ADDIN, ["run", "FinsamPython.FinsamBiblioteksfel", wanted])
    assert all(part in said for part in says)


def test_what_is_said_without_an_answer(steps: Any, profile: Profile) -> None:
    """Done but unheard is neither missing nor broken."""
    unheard, closed, no_server = steps(
        ADDIN,
        ["run", "FinsamPython.FinsamHinder", ["0"]],
        ["run", "FinsamPython.FinsamHinder", ["-1002"]],
        [
            "run",
            "FinsamPython.FinsamServerfel",
            ["p.exe", "Traceback (most recent call last):\r\n  File x\r\nImportError: win32\r\n"],
        ],
        variables=profile.variables,
    )
    assert unheard.startswith("Python blev klart, men svaret kom inte fram")
    assert str(profile.home / ".finsam") in unheard
    assert "finsam_xl finns inte" not in unheard
    assert closed.startswith(f"Excel får inte skriva i mappen {profile.home / '.finsam'}")
    assert no_server == "Python för funktioner svarar inte: p.exe. (ImportError: win32)"


def test_the_answer_file_is_there_before_python_starts(steps: Any, profile: Profile) -> None:
    """Made in a folder that is made for it."""
    (made,) = steps(ADDIN, ["given", "FinsamSkal.NySvarsfil", ["?"]], variables=profile.variables)
    assert Path(made[0]).read_bytes() == b""
    assert Path(made[0]).parent == profile.home / ".finsam"


def test_nothing_is_left_of_an_answer(steps: Any, profile: Profile) -> None:
    """Nor is anything run where none could be given."""
    ran = ["given", "FinsamSkal.FinsamKorPython", ["FinsamRaknaOm", "bok.xlsm", 0, ""]]
    (done,) = steps(ADDIN, ran, variables=profile.variables)
    assert done[2] == -1003, "LibreOffice takes the way of a Mac, where there is no script"
    assert done[3] == ""
    assert list((profile.home / ".finsam").iterdir()) == []
    shutil.rmtree(profile.home)
    profile.home.touch()
    (none,) = steps(ADDIN, ran, variables=profile.variables)
    assert none[2] == -1002
