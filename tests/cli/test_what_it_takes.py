"""``vad-krävs``: the answer on the terminal, the report in the workbook, and odd targets."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from finsam_xl.cli import commands
from support.workbooks import EXISTING, SOCIAL_BUDGET, copy

_WIDE = 80


def _run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = commands.run(list(map(str, arguments)))
    told = capsys.readouterr()
    return code, told.out.replace("\u00a0", " "), told.err.replace("\u00a0", " ")


@pytest.mark.parametrize("command", ["vad-krävs", "vad-kravs", "whatif"])
def test_the_answer_first_and_a_sheet_with_the_rest(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """64 of 100; 124 of 177 points are printed as 70, and 5 persons more make 62 of 247 a fourth."""
    out = tmp_path / "ny.xlsx"
    code, told, _ = _run(capsys, command, SOCIAL_BUDGET, "--out", out)
    assert code == 0
    assert all(len(line) <= _WIDE for line in told.splitlines() if "/" not in line)
    assert " ".join(told.split()).startswith(
        "Index är 64; till målet 70 saknas 10 poäng. Det hade räckt med 5 personer till i 1.2.3 "
        "Positiv lösning: vidare till studier. "
    )
    assert "Rapport Vad krävs" in openpyxl.load_workbook(out).sheetnames


def test_another_target(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """74,5 of 177 are 131,9 points: 18 more than the 114 there are."""
    out = tmp_path / "ny.xlsx"
    code, told, _ = _run(capsys, "vad-krävs", SOCIAL_BUDGET, "--target", "75", "--out", out)
    assert code == 0
    assert told.startswith("Index är 64; till målet 75 saknas 18 poäng.")


@pytest.mark.parametrize("target", ["abc", "0", "-3", "101", "1/0"])
def test_what_is_no_target(target: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = copy(SOCIAL_BUDGET, tmp_path)
    before = book.read_bytes()
    code, _, error = _run(capsys, "vad-krävs", book, "--target", target)
    assert code == 2
    assert f"”{target}” är inget index att nå. Skriv ett tal över 0, högst 100." in error
    assert book.read_bytes() == before


def test_a_workbook_without_a_social_budget(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A target can only be asked of an index."""
    book = copy(EXISTING / "sodra-lappland-budget.xlsx", tmp_path)
    code, _, error = _run(capsys, "vad-krävs", book, "--target", "75")
    assert code == 2
    assert "Arbetsboken har ingen social budget" in error


def _of_the_year_before(path: Path) -> None:
    """The social budget of 2021 as one of 2020, with 270 of 319 for 1.2.1, which is 84,6 %."""
    book = openpyxl.load_workbook(SOCIAL_BUDGET)
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if isinstance(cell.value, str):
                cell.value = cell.value.replace("2021", "2020")
    sheet = book["Social budget"]
    heads = {cell.value: cell.column for row in sheet.iter_rows(max_row=8) for cell in row}
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, heads["Nr"]).value == "1.2.1":
            sheet.cell(row, heads["Utfall antal"]).value = 270
    book.save(path)


@pytest.mark.parametrize("option", ["--mot", "--against"])
def test_against_the_workbook_of_the_year_before(
    option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """10 of 177 points less than 124: 70,1 before, and 64,4 now."""
    earlier, out = tmp_path / "fjol.xlsx", tmp_path / "ny.xlsx"
    _of_the_year_before(earlier)
    before = earlier.read_bytes()
    code, told, _ = _run(capsys, "vad-krävs", SOCIAL_BUDGET, option, earlier, "--out", out)
    assert code == 0
    text = " ".join(told.split())
    assert "Index gick från 70,1 (2020) till 64,4 (2021), −5,7: utfall −5,7." in text
    assert earlier.read_bytes() == before


def test_against_a_later_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    earlier = tmp_path / "fjol.xlsx"
    _of_the_year_before(earlier)
    code, _, error = _run(capsys, "vad-krävs", earlier, "--mot", SOCIAL_BUDGET)
    assert code == 2
    assert "gäller 2021, som är efter 2020" in error
    assert "Ge den senare boken först" in error


def test_against_a_workbook_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, error = _run(capsys, "vad-krävs", SOCIAL_BUDGET, "--mot", tmp_path / "ingen.xlsx")
    assert code == 2
    assert "ingen.xlsx" in error


def test_the_result_of_a_budget(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Södra Lappland's budget of 2024 against that of 2023, which stands beside it."""
    out = tmp_path / "ny.xlsx"
    budget = EXISTING / "sodra-lappland-budget.xlsx"
    code, told, _ = _run(capsys, "vad-krävs", budget, "--out", out)
    assert code == 0
    text = " ".join(told.split())
    assert "Resultatet går från −574 (budget 2023) till −431 tkr (budget 2024), +143" in text
    assert "Rapport Ändrat resultat" in openpyxl.load_workbook(out).sheetnames
