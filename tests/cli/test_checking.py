"""``kontrollera`` as a person at 80 columns meets it, on files."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from finsam_xl.cli import commands
from support.budget_layouts import LAPPLAND, UMEA
from support.small_plan import SmallPlan
from support.workbooks import SOCIAL_BUDGET

WIDTH = 79
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command ``kontrollera``: exit code, answer and errors."""

    def checked(*arguments: str | Path) -> tuple[int, str, str]:
        code = commands.run(["kontrollera", *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return checked


def wrong(path: Path, cell: str = "B12", value: int = 600) -> Path:
    """A budget without fees, with one sum that is wrong."""
    SmallPlan().put(A5="- Driftbidrag", **{cell: value}).book.save(path)
    return path


def test_the_budget_book_says_what_to_begin_with(run: Run) -> None:
    """Near the end, in the window that is left open: the place, and what is wrong there."""
    code, out, _ = run(UMEA)
    assert code == 1
    last = out.rstrip().splitlines()[-7:]
    (begin,) = [number for number, line in enumerate(last) if line.startswith("Börja med ")]
    said = " ".join(line.strip() for line in last[begin:])
    assert said.startswith("Börja med Budget 2019!B28: Summa kansli och styrelse")
    assert "Tertial 2 2019!B20" in said


def test_nothing_is_wider_than_the_terminal(run: Run) -> None:
    """80 columns, of several workbooks too."""
    for files in ([UMEA], [UMEA, SOCIAL_BUDGET, LAPPLAND]):
        out = run(*files, "--alla")[1]
        assert [line for line in out.splitlines() if len(line) > WIDTH] == []


def test_no_place_is_broken(run: Run) -> None:
    """Every line's cell stands behind its sheet's whole name."""
    out = run(UMEA, "--alla")[1]
    for line in out.splitlines():
        for name in re.findall(r"([^\s!]+)!\$?[A-Z]+\d", line):
            assert name != "2019" or re.search(r"(Budget|Tertial 2) 2019!", line), line
            assert name != "text" or "Uppgifter i text!" in line, line
            assert not name.startswith("2020-") or "Plan 2020-2022!" in line, line


def test_errors_stand_after_notes_and_every_one_is_told(run: Run) -> None:
    """Four errors, 15 warnings; of the notes one of each kind in each table."""
    out = run(UMEA)[1]
    marks = [line[0] for line in out.splitlines() if line[:1] in ("·", "▲", "✖")]
    assert marks == sorted(marks, key="·▲✖".index)
    assert (marks.count("✖"), marks.count("▲")) == (4, 15)
    assert 0 < marks.count("·") < 41
    left = re.search(r"^(\d+) upplysningar till visas med --alla\.$", out, re.MULTILINE)
    assert left is not None
    assert marks.count("·") + int(left[1]) == 41
    every = run(UMEA, "--alla")[1]
    alike = re.findall(r"^    samma i (.*)$", every, re.MULTILINE)
    shown = sum(line.startswith("·") for line in every.splitlines())
    assert shown + sum(len(line.split(", ")) for line in alike) == 41
    assert "--alla" not in every


def test_json_holds_every_note(run: Run) -> None:
    """Whatever people are shown."""
    content = json.loads(run(UMEA, "--json")[1])
    assert set(content) == {"findings", "checked"}
    assert len(content["findings"]) == 60


@pytest.mark.parametrize("sheet", ["Kassaflödesanalys", "kassaflodesanalys", "KASSAFLÖDESANALYS"])
def test_only_some_codes_and_sheets(sheet: str, run: Run) -> None:
    """Both may be several, in any spelling, and the exit code is that of what is shown."""
    code, out, _ = run(UMEA, "--kod", "Summa-Avviker", "--kod", "summa-avrundning", "--blad", sheet)
    heads = [line for line in out.splitlines() if line[:1] in ("·", "▲", "✖")]
    assert {(head.split("  ")[1], head.split("  ")[2]) for head in heads} == {
        ("Kassaflödesanalys!B12", "summa-avviker"),
        ("Kassaflödesanalys!C12", "summa-avviker"),
        ("Kassaflödesanalys!B15", "summa-avrundning"),
    }
    assert code == 0
    assert "57 fynd står utanför urvalet" in out
    content = json.loads(run(UMEA, "--blad", sheet, "--json")[1])
    assert {one["sheet"] for one in content["findings"]} == {"Kassaflödesanalys"}


def test_a_sheet_is_told_of_what_it_contradicts(run: Run) -> None:
    """The figure that stands there may be the wrong one."""
    code, out, _ = run(UMEA, "--blad", "Tertial 2 2019")
    assert code == 1
    assert "✖ fel  Budget 2019!B28  olika-budget" in out
    assert "Driftredovisning!C15" not in out


@pytest.mark.parametrize(
    ("option", "value", "meant"),
    [("--kod", "suma-avviker", "summa-avviker"), ("--blad", "budgt", "Budget"),
     ("--blad", "Bugdet", "Budget")],
)  # fmt: skip
def test_a_misspelt_code_or_sheet(
    option: str, value: str, meant: str, run: Run, tmp_path: Path
) -> None:
    """The nearest is asked about, and nothing is told for it."""
    code, out, err = run(wrong(tmp_path / "plan.xlsx"), option, value)
    assert (code, out) == (2, "")
    assert f"”{value}”" in err
    assert f"Menar du {meant}?" in err


def test_a_code_that_nothing_has(run: Run, tmp_path: Path) -> None:
    """It may be one of another workbook: it is told, and it is no fault."""
    code, out, _ = run(wrong(tmp_path / "plan.xlsx"), "--kod", "olika-budget")
    assert code == 0
    assert "Inget fynd har koden ”olika-budget”." in out
    assert "Inget fynd i urvalet" in out


# Several files ----------------------------------------------------------------------------------


def _folder(folder: Path) -> list[Path]:
    """Two workbooks, a backup, a lock file, and files of other kinds."""
    files = [wrong(folder / "ett.xlsx"), wrong(folder / "två.xlsx", "B15", 540)]
    shutil.copy(files[0], folder / "ett (säkerhetskopia 2026-11-30 06.42.13).xlsx")
    shutil.copy(files[0], folder / "ett (sa\u0308kerhetskopia 2026-11-30 06.42.13 2).xlsx")
    (folder / "~$ett.xlsx").write_bytes(b"Anna")
    (folder / "anteckning.txt").write_text("hej", encoding="utf-8")
    (folder / "gammal.xls").write_bytes(b"")
    return files


@pytest.mark.parametrize("how", ["a folder", "every file"])
def test_backups_and_lock_files_are_passed_over(how: str, run: Run, tmp_path: Path) -> None:
    """And told; a folder is the workbooks in it."""
    files = _folder(tmp_path)
    given = [tmp_path] if how == "a folder" else sorted(tmp_path.glob("*.xlsx"))
    out = run(*given)[1]
    heads = [line for line in out.splitlines() if line in ("ett.xlsx", "två.xlsx")]
    assert heads == ["ett.xlsx", "två.xlsx"]
    assert "Hoppade över säkerhetskopior och låsfiler: ett (" in " ".join(out.split())
    assert "~$ett.xlsx" in out
    content = json.loads(run(*given, "--json")[1])
    assert len(content["skipped"]) == 3
    assert content["findings"] == json.loads(run(*files, "--json")[1])["findings"]


def test_a_backup_alone_is_meant(run: Run, tmp_path: Path) -> None:
    """Who names it wants it; one without its time is no backup of ours."""
    _folder(tmp_path)
    backup = tmp_path / "ett (säkerhetskopia 2026-11-30 06.42.13).xlsx"
    code, out, _ = run(backup)
    assert (code, "Budget!B12" in out) == (0, True)
    mine = wrong(tmp_path / "min säkerhetskopia.xlsx")
    assert "Hoppade över" not in run(mine, tmp_path / "två.xlsx")[1]


@pytest.mark.parametrize("what", ["empty folder", "backups only"])
def test_nothing_to_check(what: str, run: Run, tmp_path: Path) -> None:
    """It is said why, with exit code 2."""
    _folder(tmp_path)
    (tmp_path / "tom").mkdir()
    given = [tmp_path / "tom"] if what == "empty folder" else sorted(tmp_path.glob("ett *"))
    code, out, err = run(*given)
    assert (code, out) == (2, "")
    assert "säkerhetskopior" in err


def test_files_are_counted_each(run: Run, tmp_path: Path) -> None:
    """Each file's errors, warnings and notes, and then the whole."""
    out = run(wrong(tmp_path / "ett.xlsx"), LAPPLAND)[1].rstrip().splitlines()
    first = out.index("ett.xlsx: 0 fel, 1 varning, 0 upplysningar")
    assert out[first + 1].startswith("sodra-lappland-budget.xlsx: 0 fel, 0 varningar, ")
    assert out[-1].startswith("0 fel, 1 varning, ")
    assert out[-1].endswith("siffror är kontrollerade.")


def test_it_is_told_what_is_not_held_against_the_rest(run: Run, tmp_path: Path) -> None:
    """A file of another association; files of which at most one can be read."""
    out = " ".join(run(UMEA, LAPPLAND)[1].split())
    assert "Mellan filerna: sodra-lappland-budget.xlsx gäller" in out
    bad = tmp_path / "skadad.xlsx"
    bad.write_bytes(b"PK")
    code, out, _ = run(wrong(tmp_path / "plan.xlsx"), bad)
    assert (code, "Mellan filerna är inget kontrollerat" in out) == (1, True)
    assert "Mellan filerna" not in run(tmp_path / "plan.xlsx")[1]
