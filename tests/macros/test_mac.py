"""What a Mac is asked: xlwings' own script makes a command of it, and a shell reads it back.

Nobody has tried it on a Mac yet.
"""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import vba_text

from macros import desktop
from support.workbooks import ROOT

BOOK = 'Bok "1" = $HOME `ls` \\.xlsx'
EXCEL = "/Applications/Microsoft Excel.app"


def command(parameters: str) -> str:
    """The shell command that xlwings' script puts together."""
    folder = Path(importlib.import_module("xlwings").__file__ or "").parent
    (file,) = folder.glob("*.applescript")
    assert file.name in vba_text.written("FinsamSkal")
    text = file.read_text(encoding="utf-8")
    names = re.findall(r"set \{(.*)\} to SplitString", text)[0].split(", ")
    values = dict(zip(names, parameters.split("|"), strict=True))
    made = re.findall(r"set ShellCommand to (.*?)\n\s*try", text, re.DOTALL)[0]
    parts = re.findall(r'"((?:[^"\\]|\\.)*)"|(\w+)', made.replace("¬", ""))
    return "".join(
        values[name] if name else re.sub(r"\\(.)", r"\1", quoted) for quoted, name in parts
    )


def test_a_shell_reads_back_what_was_meant(steps: Any, tmp_path: Path) -> None:
    """Blanks, quotes and dollars in the paths and in the workbook's name."""
    program, log = tmp_path / "Åsas 'miljö' $1" / "python", tmp_path / "fel `x`.txt"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "$0.fick"\necho fel >&2\n')
    program.chmod(0o755)
    (asked,) = steps(
        ROOT / "workbooks" / "finsam.xlam",
        [
            "run",
            "FinsamPython.FinsamMacAnrop",
            [str(program), "FinsamRaknaOm", BOOK, EXCEL, str(log)],
        ],
        variables={"LC_ALL": "C.UTF-8"},
    )
    subprocess.run(["/bin/sh", "-c", command(asked)], check=True, timeout=20)
    got = program.with_name("python.fick")
    for _ in range(100):
        if log.is_file() and log.read_text() and got.is_file():
            break
        time.sleep(0.1)
    *_, code, book, from_excel, app = got.read_text(encoding="utf-8").splitlines()
    assert code.strip().endswith("import finsam_excel.macros as f;f.from_mac('FinsamRaknaOm')")
    assert "prepare_sys_path('false;;;;;')" in code
    assert (book, from_excel, app) == (f"--wb={BOOK}", "--from_xl=1", f"--app={EXCEL}")
    assert log.read_text() == "fel\n"


def test_python_looks_in_no_folder_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """What xlwings makes of the first part."""
    before = [*sys.path]
    monkeypatch.setattr(sys, "path", [*sys.path])
    importlib.import_module("xlwings.utils").prepare_sys_path("false;;;;;")
    assert sys.path == before


def test_python_speaks_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel has gone on: whatever comes of it is shown in a box of its own."""
    shown: list[list[str]] = []

    def run(command: list[str], **_: Any) -> Any:
        shown.append(command)
        return SimpleNamespace(returncode=0, stdout="")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(sys, "argv", ["-c", f"--wb={BOOK}", "--from_xl=1", f"--app={EXCEL}"])
    monkeypatch.setitem(sys.modules, "xlwings", type(sys)("xlwings"))
    monkeypatch.setattr(sys.modules["xlwings"], "books", {}, raising=False)
    desktop.from_mac("FinsamRaknaOm")
    ((program, *_, title, text),) = shown
    assert program == "/usr/bin/osascript"
    assert title == "Finsam"
    assert text.startswith(f"Arbetsboken {BOOK} hittades inte i Excel.")


def test_excel_does_not_wait(steps: Any) -> None:
    """It says that an answer will come, and shows none."""
    recorder = (Path(__file__).parent / "recorder.bas").read_text(encoding="utf-8")
    *_, shown = steps(
        ROOT / "workbooks" / "sodra-lappland-budget.xlsm",
        ["replace", "FinsamSkal", recorder],
        ["write", "Start", "BA1", "-1001"],
        ["click", "Start", "Räkna om"],
        ["read", "Start", "AZ1:AZ12"],
    )
    *_, last = [row[0] for row in shown if row[0]]
    assert last == "läge|Finsam: Räkna om pågår. Svaret kommer i en egen ruta."
