"""What a click does once Python is there: the workbook read, changed, and a person told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import openpyxl
import pytest

from finsam_xl import actions
from finsam_xl.actions.buttons import BUTTONS
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.excel import patience
from macros import desktop
from support.fake_excel import FakeBook, is_editing
from support.small_plan import SmallPlan
from support.workbooks import EXISTING, NOW, ROOT, copy, workbook


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Excel that is waited for without pauses, and a home that is nobody's."""
    monkeypatch.setattr(patience, "_PAUSE", 0)
    folder = tmp_path_factory.mktemp("hem")
    monkeypatch.setattr(Path, "home", lambda: folder)
    return folder


def opened(path: Path) -> FakeBook:
    """A workbook that takes no new sheets: the log's is tried in xlwings Lite's own engine."""
    book = FakeBook(path)
    book.api.ProtectStructure = True
    return book


@pytest.fixture
def book(tmp_path: Path) -> FakeBook:
    return opened(SmallPlan().save(tmp_path))


def untold(text: str) -> str:
    """What the VBA makes of the answer file."""
    units = []
    while text:
        if text.startswith("\\u"):
            units.append(int(text[2:6], 16))
            text = text[6:]
        else:
            units.append(ord(text[0]))
            text = text[1:]
    return b"".join(unit.to_bytes(2) for unit in units).decode("utf-16-be")


@pytest.mark.parametrize("source", sorted(EXISTING.glob("*.xlsx")), ids=lambda path: path.stem)
def test_recompute_writes_what_the_command_writes(source: Path, tmp_path: Path) -> None:
    path = copy(source, tmp_path)
    with workbook(path) as file:
        plan = file.recompute().plan
    fake = opened(path)
    said = desktop.clicked("FinsamRaknaOm", fake, NOW)
    assert said.startswith(f"{sum(not e.keeps_value for e in plan.edits)} celler")
    for edit in plan.edits:
        if not edit.keeps_value:
            shown = fake.book[edit.sheet][edit.cell].value
            assert shown == (f"={edit.formula}" if edit.formula else edit.new)


def test_what_is_told_is_what_was_done_and_where_to_look(book: FakeBook) -> None:
    said = desktop.clicked("FinsamRaknaOm", book, NOW)
    assert "på bladet Budget" in said
    assert "fynd" in said
    assert "skyddad mot nya blad: körningen står inte i någon logg" in said


def test_the_status_bar_tells_while_it_works_and_is_given_back(book: FakeBook) -> None:
    class App:
        """The program, and all that its status bar has shown."""

        def __init__(self, app: Any) -> None:
            vars(self).update(vars(app))
            vars(self)["shown"] = []

        def __setattr__(self, name: str, value: Any) -> None:
            if name == "status_bar":
                self.shown.append(value)  # type: ignore[attr-defined]
            vars(self)[name] = value

    app: Any = App(book.app)
    book.app = app
    desktop.clicked("FinsamRaknaOm", book, NOW)
    *told, last = app.shown
    assert [text.partition("– ")[2].split(" ")[0] for text in told] == [
        "läser",
        "räknar",
        "skriver",
    ]
    assert last is False


def test_excel_that_takes_no_status_bar_is_no_fault(book: FakeBook) -> None:
    class App:
        @property
        def status_bar(self) -> str:
            return ""

    app: Any = App()
    vars(app).update(vars(book.app))
    book.app = app
    assert "celler" in desktop.clicked("FinsamRaknaOm", book, NOW)


def test_an_answer_is_plain_ascii_and_comes_back(tmp_path: Path, book: FakeBook) -> None:
    file = tmp_path / "svar.txt"
    assert desktop.answered("FinsamRaknaOm", lambda: book, file) == 0
    assert "bladet Budget" in untold(file.read_text(encoding="ascii"))
    for text in ("åäö ● ”x”", "C:\\u00e5\\b", "𝄞 rad\nrad"):
        assert untold(desktop.plain(text)) == text


def test_a_refusal_is_told_with_its_remedy(tmp_path: Path, book: FakeBook) -> None:
    book.busy = [is_editing() for _ in range(500)]
    file = tmp_path / "svar.txt"
    assert desktop.answered("FinsamRaknaOm", lambda: book, file) == 2
    assert "Tryck Enter eller Esc" in untold(file.read_text(encoding="ascii"))


def test_a_fault_is_told_without_a_traceback_and_kept_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "svar.txt"

    def find() -> Any:
        raise RuntimeError("trasigt")

    assert desktop.answered("FinsamRaknaOm", find, file) == 3
    told = untold(file.read_text(encoding="ascii"))
    assert "oväntat fel" in told
    assert "Traceback" not in told
    assert "trasigt" in (tmp_path / "fel.txt").read_text(encoding="utf-8")


def test_an_answer_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel has made the file, empty; a Python that is killed halfway leaves it so."""
    file = tmp_path / "svar.txt"
    file.touch()
    with monkeypatch.context() as killed:
        killed.setattr(Path, "replace", Mock(side_effect=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            desktop.answered("FinsamRaknaOm", refused, file)
    assert file.read_bytes() == b""
    assert desktop.answered("FinsamRaknaOm", refused, file) == 2
    assert untold(file.read_text(encoding="ascii")) == "Åh nej."
    assert list(tmp_path.iterdir()) == [file]


def refused() -> Any:
    raise WorkbookError("Åh nej.")


BROKEN = """
import importlib.abc, sys
from pathlib import Path
class Broken(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.split(".")[0] == sys.argv[1]:
            raise ImportError("DLL load failed while importing " + name, name=name)
sys.meta_path.insert(0, Broken())
from macros import desktop
sys.exit(desktop.main(["FinsamRaknaOm", "--wb", "Bok1", "--svar", sys.argv[2]]))
"""


@pytest.mark.parametrize("broken", ["finsam_xl", "win32com"])
def test_what_cannot_be_imported_is_told_by_its_name(broken: str, tmp_path: Path) -> None:
    """Ours is missing for other reasons than not being there, and so is what xlwings needs."""
    (tmp_path / "xlwings.py").write_text("import win32com\n", encoding="ascii")
    file = tmp_path / "svar.txt"
    done = subprocess.run(
        [sys.executable, "-c", BROKEN, broken, str(file)],
        capture_output=True,
        check=False,
        timeout=60,
        env={"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}", "PATH": ""},
    )
    assert done.returncode == 3, done.stderr.decode()
    told = untold(file.read_text(encoding="ascii"))
    assert f"går inte att läsa in i {sys.executable}: DLL load failed while importing" in told
    assert broken in told
    assert "finns inte" not in told


def test_a_button_of_another_version_is_told(tmp_path: Path, book: FakeBook) -> None:
    file = tmp_path / "svar.txt"
    assert desktop.answered("FinsamFramtid", lambda: book, file) == 2
    assert "Knappen FinsamFramtid finns inte" in untold(file.read_text(encoding="ascii"))


def test_a_workbook_that_excel_does_not_have_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlwings", SimpleNamespace(books={}))
    file = tmp_path / "svar.txt"
    assert desktop.main(["FinsamRaknaOm", "--wb", "Bok1", "--svar", str(file)]) == 2
    assert "Bok1 hittades inte i Excel" in untold(file.read_text(encoding="ascii"))


def test_xlwings_that_is_missing_is_told_with_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlwings", None)
    file = tmp_path / "svar.txt"
    assert desktop.main(["FinsamRaknaOm", "--wb", "Bok1", "--svar", str(file)]) == 3
    told = untold(file.read_text(encoding="ascii"))
    assert told.startswith(f"xlwings saknas i {sys.executable}.")
    assert "finsam-xl[excel]" in told


def test_the_workbook_is_found_in_the_excel_that_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, book: FakeBook
) -> None:
    """On Windows by the number of its window; the name may hold = and spaces."""
    asked = []

    def app(xl: int) -> str:
        asked.append(xl)
        return "app"

    xlwings = SimpleNamespace(
        App=lambda impl: SimpleNamespace(books={"a = b.xlsx": book}, impl=impl), books={}
    )
    monkeypatch.setitem(sys.modules, "xlwings", xlwings)
    monkeypatch.setitem(
        sys.modules, "xlwings._xlwindows", SimpleNamespace(App=app, N_COM_ATTEMPTS=0)
    )
    monkeypatch.setattr(sys, "platform", "win32")
    file = tmp_path / "svar.txt"
    call = ["FinsamRaknaOm", "--wb", "a = b.xlsx", "--hwnd", "4711", "--svar", str(file)]
    assert desktop.main(call) == 0
    assert asked == [4711]


def test_a_long_answer_is_cut_between_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message box shows no more than about a thousand characters."""

    def refuse(*_: Any) -> Any:
        raise WorkbookError("ord " * 500)

    file = tmp_path / "svar.txt"
    desktop.answered("FinsamRaknaOm", refuse, file)
    told = untold(file.read_text(encoding="ascii"))
    assert len(told) < 1000
    assert told.endswith("ord …")


@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.name)
def test_every_button_of_the_list_is_known(button: Any, tmp_path: Path, book: FakeBook) -> None:
    """Done, or refused for this workbook's sake."""
    file = tmp_path / "svar.txt"
    assert desktop.answered(button.name, lambda: book, file) in {0, 2}
    assert "Knappen" not in untold(file.read_text(encoding="ascii"))


def test_without_a_workbook_and_an_answer_there_is_no_click() -> None:
    command = [sys.executable, str(ROOT / "macros" / "desktop.py"), "FinsamRaknaOm"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert done.returncode == 2
    assert b"--wb and --svar are needed" in done.stderr


def _open_in_excel(path: Path, *, folder: str = "") -> Any:
    """A workbook with changes that are not saved: only Excel's own copy of it has them."""
    api = SimpleNamespace(
        Path=folder or str(path.parent), SaveCopyAs=lambda name: shutil.copy(path, name)
    )
    return SimpleNamespace(name="Budget 2026.xlsm", api=api, app=SimpleNamespace(status_bar=None))


def test_an_open_workbook_is_frozen_beside_itself(tmp_path: Path, home: Path) -> None:
    """Excel saves its copy where Store's Python sees it too: not among temporary files."""
    source = copy(ROOT / "workbooks" / "sodra-lappland-budget.xlsm", tmp_path)
    (tmp_path / "~$Budget 2026.xlsm").write_bytes(b"")  # Excel has it open
    book, saved = _open_in_excel(source), list[str]()
    save = book.api.SaveCopyAs
    book.api.SaveCopyAs = lambda name: saved.append(save(name))
    said = desktop.clicked("FinsamFrys", book, NOW)
    assert Path(saved[0]).parent.parent == home / ".finsam"
    assert list((home / ".finsam").iterdir()) == []
    made = tmp_path / "Budget 2026 (fryst 2026-11-25).xlsx"
    assert said.startswith(f"Kopian heter {made.name}")
    assert "Bladet Start följer inte med." in said
    book = openpyxl.load_workbook(made)
    assert "Start" not in book.sheetnames
    assert "ur Budget 2026.xlsm" in book.properties.description


@pytest.mark.parametrize("folder", ["https://kommun.sharepoint.com/sidor", "/finns/inte"])
def test_a_workbook_that_lies_nowhere_is_not_frozen(folder: str, tmp_path: Path) -> None:
    source = copy(ROOT / "workbooks" / "sodra-lappland-budget.xlsm", tmp_path)
    with pytest.raises(WorkbookError, match="finsam-xl frys"):
        desktop.clicked("FinsamFrys", _open_in_excel(source, folder=folder), NOW)
    assert list(tmp_path.iterdir()) == [source]


def test_what_cannot_be_frozen_is_said_with_the_workbooks_own_name(tmp_path: Path) -> None:
    path = tmp_path / "bok.xlsx"
    book = openpyxl.Workbook()
    book.active["B2"] = "=FINSAM_ANDEL(1,INDIRECT(A1))"
    book.save(path)
    with pytest.raises(WorkbookError) as refused:
        desktop.clicked("FinsamFrys", _open_in_excel(path), NOW)
    assert str(refused.value).startswith("Budget 2026.xlsm, Sheet!B2")


def test_excel_is_connected_to_this_python(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And told, where xlwings has no library here, that functions need one."""
    assert desktop.main(["anslut"]) == 0
    file = home / ".finsam" / "python.txt"
    assert untold(file.read_text(encoding="ascii")).split("\n") == [sys.executable, ""]
    assert f"(sparat i {file})" in (said := capsys.readouterr().out)
    assert "Funktionerna i celler behöver xlwings" in said


def test_a_click_tells_no_more_than_the_action_found(tmp_path: Path) -> None:
    """The check is the same as the command's; nothing is decided on the way."""
    from finsam_xl.hosts.excel import read

    book = opened(copy(EXISTING / "umearegionen-budget.xlsx", tmp_path))
    plan = actions.recompute(read(book), today=NOW.date(), run="")
    assert plan.findings
    assert f"{len(plan.findings)} fynd" in desktop.clicked("FinsamRaknaOm", book, NOW)
