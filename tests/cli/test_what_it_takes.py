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
