"""How commands that write end: with what to open, and how much there is to see, and where."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from finsam_xl.cli import commands
from support.budget_layouts import UMEA
from support.commands import finsam_xl
from support.small_plan import SmallPlan
from support.workbooks import copy

ALL = (
    "Rapport Tertial",
    "Rapport Plan",
    "Rapport Avgifter",
    "Årsredovisning Ekonomi",
    "Rapport Kontroll",
)
Run = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line: exit code, and the lines of the answer."""

    def called(*arguments: str | Path) -> tuple[int, list[str]]:
        code = commands.run(list(map(str, arguments)))
        return code, capsys.readouterr().out.splitlines()

    return called


def test_recompute_ends_with_what_to_open(run: Run, tmp_path: Path) -> None:
    """Ten cells, five warnings, how many more there are and how to see them."""
    path = copy(UMEA, tmp_path)
    code, said = run("räkna-om", path)
    assert code == 0
    assert said[-1] == f"Öppna {path}."
    assert len(said) < 80
    assert sum(line.startswith("▲") for line in said) == 5
    assert not [line for line in said if line.startswith("·")]
    ending = " ".join(" ".join(said[-12:]).split())
    assert "0 fel, 6 varningar, " in ending
    assert f'Granska hela boken med: finsam-xl kontrollera "{path}"' in ending


def test_a_report_ends_with_its_sheet(run: Run, tmp_path: Path) -> None:
    """The findings of *Rapport Kontroll* are on it, and not on the screen."""
    path = copy(UMEA, tmp_path)
    code, said = run("rapport", path, "--kind", "kontroll")
    assert code == 0
    assert "står på bladet Rapport Kontroll." in " ".join(" ".join(said).split())
    assert said[-1].endswith("Rapport Kontroll.")
    assert len(said) <= 7


def test_another_file_is_what_to_open(run: Run, tmp_path: Path) -> None:
    """And not the one it was made of."""
    path, out = SmallPlan().save(tmp_path, "plan.xlsx"), tmp_path / "ny.xlsx"
    assert run("räkna-om", path, "--out", out)[1][-1] == f"Öppna {out}."
    again = run("räkna-om", out, "--out", tmp_path / "nyare.xlsx")[1]
    assert again[-1] == f"Öppna {tmp_path / 'nyare.xlsx'}."


def test_the_demo_fits_on_a_screen(tmp_path: Path) -> None:
    """For each workbook what was written, how many findings, and which sheets to open."""
    said = finsam_xl("demo", tmp_path / "prova").out
    assert len(said.splitlines()) < 24
    assert said.count("Öppna ") == 3
    for count in (
        "7 celler är skrivna",
        "4 fel, ",
        "Rapport Kontroll",
        "finsam-xl kontrollera FIL",
    ):
        assert count in " ".join(said.split())


def test_a_dry_run_has_no_run(run: Run, tmp_path: Path) -> None:
    """There is nothing to take back, and that is told; all findings are."""
    path = copy(UMEA, tmp_path)
    code, said = run("räkna-om", path, "--dry-run")
    assert code == 0
    assert said[-1] == "Inget är skrivet (provkörning), så det finns ingen körning att ångra."
    assert sum(line.startswith("▲") for line in said) == 6
    assert any(line.startswith("·") for line in said)
    assert not [line for line in said if line.startswith(("Öppna", "Körning"))]


# Other consoles -----------------------------------------------------------------------------------


def _answer(page: str, *arguments: str | Path) -> tuple[int, bytes, bytes]:
    settings = {"PYTHONUTF8": "0", "PYTHONIOENCODING": page}
    done = subprocess.run(
        [sys.executable, "-m", "finsam_xl.cli", *map(str, arguments)],
        capture_output=True, check=False, timeout=120, env=os.environ | settings,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("page", ["cp1252", "cp850", "cp437", "ascii"])
def test_a_code_page_that_lacks_signs(page: str) -> None:
    """A minus is a minus, and a mark is told by its word; nothing is lost as a question mark."""
    code, out, err = _answer(page, "check", UMEA)
    assert (code, b"Traceback" in err) == (1, False)
    text = out.decode(page)
    assert "?" not in text
    assert "skillnad -100" in text
    assert "x fel  Budget 2019!B28  olika-budget" in text
    assert ("å" in text) is (page != "ascii")


@pytest.mark.parametrize("page", ["cp1252", "ascii"])
def test_json_is_whole_on_any_code_page(page: str) -> None:
    """A program gets every sign, as its number where the page lacks it."""
    import json

    asked = ("check", UMEA, "--json")
    assert json.loads(_answer(page, *asked)[1].decode(page)) == finsam_xl(*asked).content


def test_colour_is_for_marks_on_a_terminal() -> None:
    """The mark and nothing else; no colour where somebody has asked for none."""
    pty = pytest.importorskip("pty")
    shown = {}
    for setting in ({}, {"NO_COLOR": "1"}):
        screen, terminal = pty.openpty()
        subprocess.run(
            [sys.executable, "-X", "utf8", "-m", "finsam_xl.cli", "check", str(UMEA), "--kod", "olika-budget"],
            stdout=terminal, stderr=subprocess.DEVNULL, check=False, timeout=60,
            env=os.environ | {"TERM": "xterm"} | setting,
        )  # fmt: skip
        os.close(terminal)
        shown[bool(setting)] = os.read(screen, 100_000).decode()
        os.close(screen)
    assert "\x1b[31m✖\x1b[0m fel  Budget 2019!B28" in shown[False]
    assert shown[False].count("\x1b") == 2
    assert "\x1b" not in shown[True]


def test_a_fault_of_ours_is_told_in_a_sentence() -> None:
    """Nobody is shown a traceback who has not asked for it."""
    start = (
        "import sys\n"
        "from finsam_xl.cli import commands, logs\n"
        "logs.told = lambda *_: {}['nyckel']\n"
        f"sys.argv = ['finsam-xl', 'logg', {str(UMEA)!r}]\n"
        "commands.main()"
    )
    for setting, is_shown in (({"FINSAM_TRACEBACK": "1"}, True), ({}, False)):
        plain = {k: v for k, v in os.environ.items() if k != "FINSAM_TRACEBACK"}
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", start], capture_output=True, check=False,
            timeout=60, env=plain | setting, encoding="utf-8",
        )  # fmt: skip
        assert ("Traceback" in done.stderr) is is_shown
        assert is_shown or done.returncode == commands.UNUSABLE
        assert is_shown or "Ett fel i programmet: KeyError" in done.stderr


def test_all_reports_at_once(run: Run, tmp_path: Path) -> None:
    """Those that the workbook has tables for, in one run, and nothing else is added."""
    path = copy(UMEA, tmp_path)
    code, said = run("rapport", path, "--alla", "--json")
    assert code == 0
    sheets = json.loads("".join(said))["sheets"]
    kinds = [name for name in sheets if name in ALL]
    assert kinds == list(ALL)
    before = openpyxl.load_workbook(UMEA, read_only=True).sheetnames
    after = openpyxl.load_workbook(path, read_only=True).sheetnames
    assert after == [*before, *sheets, "Finsam-logg"]


@pytest.mark.parametrize(
    ("options", "wrong"),
    [
        ([], "--kind eller --alla saknas."),
        (["--alla", "--kind", "plan"], "--kind och --alla går inte ihop."),
    ],
)
def test_one_report_or_all(
    options: list[str], wrong: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Neither is chosen for whoever says nothing, or both; nothing is written."""
    path = copy(UMEA, tmp_path)
    before = path.read_bytes()
    assert commands.run(["rapport", str(path), *options]) == 2
    said = capsys.readouterr()
    assert wrong in said.err
    assert "--kind RAPPORT för en rapport, --alla för alla" in said.err
    assert (said.out, path.read_bytes()) == ("", before)
