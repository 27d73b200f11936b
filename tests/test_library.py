"""``import finsam_xl`` as a data person uses it: the example of five years, frames, light to load."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import finsam_xl
from finsam_xl import InputError, WorkbookError, frame, open_workbook
from finsam_xl.export.columns import FIGURES
from support import many_books
from support.budget_layouts import LAPPLAND, UMEA
from support.small_plan import SmallPlan
from support.workbooks import ROOT, SOCIAL_BUDGET

BOOKS = (LAPPLAND, UMEA, SOCIAL_BUDGET)
MOST_LINES = 6
HANDBOOK = ROOT / "finsam_xl" / "handbok" / "text" / "bibliotek.md"


def example() -> str:
    """The example of the teams' deviations, as the package's description shows it."""
    text = finsam_xl.__doc__ or ""
    block = text.partition("each office writes in::")[2].partition("\nThe columns")[0]
    return textwrap.dedent(block).strip()


def blocks() -> list[str]:
    """The examples of the handbook's page about the library."""
    return re.findall(r"```python\n(.*?)```", HANDBOOK.read_text(encoding="utf-8"), re.DOTALL)


def test_the_handbook_shows_what_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its first example on a book that is as told; the other is the one of the package."""
    first, second = blocks()
    assert second.strip() == example()
    SmallPlan().save(tmp_path, "Budget 2026.xlsx")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(first, names)  # noqa: S102 - the example is ours
    assert names["finding"].message
    assert names["edit"].why


def test_the_handbook_tells_every_column() -> None:
    """Each with its meaning, in order."""
    told = re.findall(
        r"^\| `(\w+)` \| (.*) \|$", HANDBOOK.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert told == [(column.name, column.meaning) for column in FIGURES]


def test_the_handbook_names_what_there_is() -> None:
    """Every function that it speaks of can be used."""
    named = re.findall(r"`finsam_xl\.(\w+)", HANDBOOK.read_text(encoding="utf-8"))
    assert {"index", "cash_flow", "samples", "frame"} <= set(named)
    assert all(hasattr(finsam_xl, name) for name in named)


def test_how_every_team_kept_its_budget(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Five years in six lines, of offices that write in tkr and kr, with and without minus signs."""
    made = many_books.build(tmp_path / "böcker", names=3, number=5, first=2020)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(example(), names)  # noqa: S102 - the example is ours
    found = names["kr"].outcome - names["kr"].budget
    assert sorted({period for *_, period in found.index}) == [*map(str, range(2020, 2025))]
    assert len({one.unit for one in many_books.LAYOUTS[:3]}) == 2
    compared = 0
    for _, year in made:
        for team, budget, outcome in year.teams:
            kronor = found[year.association, team, str(year.year)]
            assert kronor == 1000 * (budget - outcome), (year.association, team, year.year)
            compared += 1
    assert compared == len(found)
    lines = [line for line in example().splitlines() if line and "import" not in line]
    assert len(lines) <= MOST_LINES
    assert "2024" in capsys.readouterr().out


def test_one_book_and_many_give_the_same_rows() -> None:
    """The frame of several files is those of each, one after the other."""
    every = frame(BOOKS)
    one_by_one = []
    for path in BOOKS:
        with open_workbook(path) as book:
            one_by_one.append(book.frame())
    pd.testing.assert_frame_equal(every, pd.concat(one_by_one, ignore_index=True))
    pd.testing.assert_frame_equal(frame(str(LAPPLAND)), one_by_one[0])
    assert list(every.columns) == [column.name for column in FIGURES]
    numbers = {column.name for column in FIGURES if column.holds == "tal"}
    assert {name for name in every if every[name].dtype == "float64"} == numbers
    assert not every.drop(columns=[*numbers]).isna().any().any()


def test_a_workbook_without_figures_gives_an_empty_frame(tmp_path: Path) -> None:
    """With the same columns and types as any other."""
    import xlsxwriter

    path = tmp_path / "tom.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Tom")
    with open_workbook(path) as opened:
        empty = opened.frame()
    assert len(empty) == 0
    pd.testing.assert_series_equal(empty.dtypes, frame([LAPPLAND]).dtypes)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """Of many files none is left out without a word."""
    broken = tmp_path / "trasig.xlsx"
    broken.write_bytes(b"no package")
    with pytest.raises(WorkbookError, match=r"trasig|zip|arbetsbok"):
        frame([LAPPLAND, broken])


def test_without_pandas_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence with the command, and no traceback of an import."""
    monkeypatch.setitem(sys.modules, "pandas", None)
    with open_workbook(LAPPLAND) as book, pytest.raises(InputError) as error:
        book.frame()
    assert 'pip install "finsam-xl[data]"' in error.value.remedy


def test_nothing_heavy_is_loaded_before_a_frame_is_asked_for() -> None:
    """Opening, reading and checking a workbook does without pandas and numpy."""
    program = f"""
import sys
from finsam_xl import open_workbook
with open_workbook({str(LAPPLAND)!r}) as book:
    book.tables(), book.check()
    assert not {{"pandas", "numpy", "pyarrow", "distributed"}} & sys.modules.keys()
    book.frame()
    assert "pandas" in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)
