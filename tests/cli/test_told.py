"""What a person at a terminal is told: once, in whole, in lines of 80, and ready to be copied."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from support.small_plan import SmallPlan
from support.workbooks import EXISTING, copy

Run = Callable[..., tuple[int, str, str]]
_WIDEST = 80


# Errors -----------------------------------------------------------------------------------------


def _write_protected(folder: Path) -> list[str | Path]:
    path = SmallPlan().save(folder, "bok.xlsx")
    path.chmod(0o444)
    return ["räkna-om", path]


def _open_elsewhere(folder: Path) -> list[str | Path]:
    path = SmallPlan().save(folder, "bok.xlsx")
    (folder / ".~lock.bok.xlsx#").touch()
    return ["räkna-om", path]


def _no_workbook(folder: Path) -> list[str | Path]:
    (folder / "bok.xlsx").write_bytes(b"text")
    return ["kontrollera", folder / "bok.xlsx"]


def _folder(folder: Path) -> list[str | Path]:
    (folder / "bok.xlsx").mkdir()
    return ["räkna-om", folder / "bok.xlsx"]


REFUSED: dict[str, tuple[Callable[[Path], list[str | Path]], str]] = {
    "write-protected": (_write_protected, "skrivskyddad"),
    "open elsewhere": (_open_elsewhere, "öppen i ett kalkylprogram"),
    "not there": (lambda folder: ["räkna-om", folder / "bok.xlsx"], "finns inte"),
    "no workbook": (_no_workbook, "inte en Excel-arbetsbok"),
    "a folder": (_folder, "en mapp"),
    "a wrong ending": (
        lambda folder: ["räkna-om", SmallPlan().save(folder, "a.xlsx"), "--out", "bok.xlsx.txt"],
        "ska sluta på .xlsx",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_error_names_its_file_once_in_short_lines(
    name: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal; nothing is listed as if it were done."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    made, why = REFUSED[name]
    arguments = [
        one.relative_to(tmp_path) if isinstance(one, Path) else one for one in made(tmp_path)
    ]
    code, out, err = run(*arguments)
    told = " ".join(err.split())
    assert code == 2
    assert why in told
    # A lock is a file of its own, which is named where it may be taken away.
    assert told.replace(".~lock.bok.xlsx#", "").count("bok.xlsx") == 1
    # A path is never broken: it is copied as it stands.
    assert all(len(line) < _WIDEST or " " not in line.strip() for line in err.splitlines())
    assert "Var " not in out


def test_a_sheet_that_is_locked_is_told_before_any_cell(run: Run, tmp_path: Path) -> None:
    """With what can be done about it: unlock it, or write elsewhere."""
    plan = SmallPlan()
    plan.sheet.protection.sheet = True
    path, out = plan.save(tmp_path, "bok.xlsx"), tmp_path / "ut.xlsx"
    code, said, err = run("räkna-om", path)
    told = " ".join(err.split())
    assert (code, said) == (2, "")
    assert "Ta bort bladets skydd" in told
    assert "skriv till en annan fil med --out" in told
    assert run("räkna-om", path, "--out", out)[0] == 0


# Lists of cells ----------------------------------------------------------------------------------


def test_the_command_that_shows_the_rest_can_be_copied(run: Run, tmp_path: Path) -> None:
    """Of many cells the first are told, and by that command all of them."""
    path = copy(EXISTING / "umearegionen-budget.xlsx", tmp_path)
    _, said, _ = run("räkna-om", path)
    told = " ".join(said.split())
    command = told.partition("Alla står i loggen: ")[2].partition(" --run ")
    name = command[2].split()[0]
    assert shlex.split(command[0])[0] == "finsam-xl"
    code, shown, _ = run(*shlex.split(command[0])[1:], "--run", name)
    assert code == 0
    assert shown.count("Tertial 2 2019!") > said.count("Tertial 2 2019!")


def test_formulas_are_told_as_a_swedish_excel_shows_them(run: Run, tmp_path: Path) -> None:
    """In the list, and in the log after it; the file holds them as files do."""
    path = SmallPlan().put(B7="=SUM(B5:B6)", B16=None).save(tmp_path, "bok.xlsx")
    _, said, _ = run("räkna-om", path, "--formler")
    assert "=SUMMA(B14:B15)" in said
    assert "=SUMMA(B14:B15)" in run("logg", path, "--cell", "Budget!B16")[1]
    assert "=SUM(" not in said
    assert openpyxl.load_workbook(path).active["B16"].value == "=SUM(B14:B15)"


def test_what_is_wrong_is_not_said_to_be_right(run: Run, tmp_path: Path) -> None:
    """Nothing is to be filled in, but a sum does not hold; and without that all is right."""
    plan = SmallPlan()
    plan.sheet.delete_cols(4, 2)
    right = plan.save(tmp_path, "rätt.xlsx")
    assert "Alla celler visar redan rätt värden." in run("räkna-om", right)[1]
    wrong = plan.put(B20=300).save(tmp_path, "fel.xlsx")
    said = run("räkna-om", wrong)[1]
    assert "rätt värden" not in said
    assert said.startswith("Inget fylls i.")


def test_what_is_left_blank_is_not_said_to_be_right(run: Run, tmp_path: Path) -> None:
    """Nobody knows which row is a cost: the result stays blank, and is not a right value."""
    book = openpyxl.Workbook()
    for row in (["Plan, mkr"], [None, "2027"], ["Avgifter", 6.2], ["Kansli", -1.5],
                ["Insatser", -4.9], ["Årets resultat", None]):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "plan.xlsx")
    said = run("räkna-om", tmp_path / "plan.xlsx", "--dry-run")[1]
    assert "rätt värden" not in said
    assert "Inget fylls i." in said


# What is asked ----------------------------------------------------------------------------------


def test_a_target_and_an_earlier_year_are_both_answered(run: Run, tmp_path: Path) -> None:
    """What 75 would take, of the year held against the one before; and nothing is dropped."""
    social = EXISTING / "umearegionen-social-budget.xlsx"
    earlier, out = tmp_path / "fjol.xlsx", tmp_path / "ny.xlsx"
    book = openpyxl.load_workbook(social)
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if isinstance(cell.value, str):
                cell.value = cell.value.replace("2021", "2020")
    book.save(earlier)
    code, said, _ = run("vad-krävs", social, "--mot", earlier, "--target", "75", "--out", out)
    told = " ".join(said.split())
    assert code == 0
    assert "75" in told
    assert "2020" in told
