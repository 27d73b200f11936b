"""The workbook of a summary, its tidy table, and the command ``mapp`` at 80 columns."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from finsam_xl import frame, open_workbook
from finsam_xl.batch import writing
from finsam_xl.batch.batch import Asked
from finsam_xl.cli import batching, commands
from finsam_xl.export.columns import FIGURES
from support import many_books
from support.rich_workbook import check_package
from support.workbooks import NOW, SOCIAL_BUDGET, copy

pytestmark = pytest.mark.filterwarnings("ignore:::openpyxl")
WIDTH = 79
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[many_books.Year]]:
    """Four associations in four layouts for five years, a broken file, a double and a backup."""
    place = tmp_path_factory.mktemp("förbund")
    folder = place / "böcker"
    years = [year for _, year in many_books.build(folder, names=4, number=5, first=2020)]
    (folder / "trasig.xlsx").write_text("404 Not Found")
    whole = (folder / "Almvik" / "Almvik 2020.xlsx").read_bytes()
    (folder / "kopia.xlsx").write_bytes(whole)
    (folder / "kopia (säkerhetskopia 2026-01-01 10.00.00).xlsx").write_bytes(whole)
    writing.write(folder, place / "ut.xlsx", Asked(NOW, is_data=True))
    return place, years


def cells(place: Path, sheet: str) -> list[tuple[Any, ...]]:
    """The rows of a sheet of the summary."""
    return [*openpyxl.load_workbook(place / "ut.xlsx")[sheet].iter_rows(values_only=True)]


def test_the_file_is_one_that_excel_accepts(made: tuple[Path, list[many_books.Year]]) -> None:
    """By the rules of the Open XML SDK, and its parts hang together."""
    path = made[0] / "ut.xlsx"
    assert [str(e) for e in OpenXmlValidator().validate(path).errors] == []
    assert check_package(path) == []


def test_every_year_of_every_association(made: tuple[Path, list[many_books.Year]]) -> None:
    """The table has what was put in, in tkr, with a link to its book."""
    place, years = made
    sheet = openpyxl.load_workbook(place / "ut.xlsx")["Förbund och år"]
    rows = {(row[0].value, row[1].value): row for row in sheet.iter_rows(min_row=5)}
    for year in years:
        row = rows[year.association, year.year]
        fees, costs, people, head, result, equity, ceiling, room, index = (
            cell.value for cell in row[3:12]
        )
        assert (fees, costs, people) == (year.pool, year.costs, year.women + year.men)
        assert (result, equity) == (year.result, year.equity)
        assert head == pytest.approx(year.costs / (year.women + year.men), abs=0.051)
        assert (ceiling, room) == (year.pool / 5, year.pool / 5 - year.equity)
        assert index == int(year.impact_index + Fraction(1, 2))
        name = year.association.split()[-1]
        link = row[15].hyperlink
        # The double is read in place of the book that it is a copy of.
        wanted = "kopia.xlsx" if (name, year.year) == ("Almvik", 2020) else (
            f"{name}/{name} {year.year}.xlsx"
        )  # fmt: skip
        assert (place / unquote(link.target.replace("\\", "/"))).resolve() == (
            place / "böcker" / wanted
        ).resolve()
    assert sheet.auto_filter.ref is not None
    assert sheet.freeze_panes is not None


def test_names_with_signs_that_part_an_address(tmp_path: Path) -> None:
    """A file called with #, %, ? or brackets is led to all the same."""
    folder = tmp_path / "å & ä"
    folder.mkdir()
    name = "50 % [ny] #1 {a}.xlsx"
    many_books.write(folder / name, many_books.invented("Samordningsförbundet Almvik", 2024, 500))
    writing.write(folder, tmp_path / "ut.xlsx", Asked(NOW))
    sheet = openpyxl.load_workbook(tmp_path / "ut.xlsx")["Böcker"]
    (link,) = [row[0].hyperlink for row in sheet.iter_rows() if row[0].hyperlink]
    assert (tmp_path / unquote(link.target.replace("\\", "/"))).exists()
    assert link.location is None


def test_the_ranked_lists_are_in_order(made: tuple[Path, list[many_books.Year]]) -> None:
    """Room to the ceiling and result with the worst first, index with the best first."""
    place, years = made
    rows = cells(place, "Sammanställning")
    start = next(n for n, row in enumerate(rows) if row[1] == "Förbund") + 1
    ranked = rows[start : start + 4]
    last = [year for year in years if year.year == 2024]
    by_room = sorted(last, key=lambda year: year.pool / 5 - year.equity)
    assert [row[1] for row in ranked] == [year.association.split()[-1] for year in by_room]
    assert [row[0] for row in ranked] == [1, 2, 3, 4]
    index = [row[10] for row in ranked]
    assert index == sorted(index, reverse=True)


def test_a_picture_for_each_association(made: tuple[Path, list[many_books.Year]]) -> None:
    """Native charts, each with a text for those who cannot see it, and no legend of its own."""
    sheet = openpyxl.load_workbook(made[0] / "ut.xlsx")["Diagram"]
    assert len(sheet._charts) == 4
    assert all(chart.legend is None for chart in sheet._charts)
    assert "streckad linje: taket" in str(sheet["A2"].value)


def test_what_is_not_in_it_is_told(made: tuple[Path, list[many_books.Year]]) -> None:
    """The broken file with its remedy, the double with its twin, the backup."""
    told = {row[0]: row[1] for row in cells(made[0], "Inte med")[3:]}
    assert set(told) == {
        "Fil", "trasig.xlsx", "Almvik/Almvik 2020.xlsx",
        "kopia (säkerhetskopia 2026-01-01 10.00.00).xlsx",
    }  # fmt: skip
    assert told["trasig.xlsx"].startswith("▼ ")
    assert told["Almvik/Almvik 2020.xlsx"] == "Samma innehåll som kopia.xlsx: räknas en gång."


def test_the_tidy_table_is_that_of_an_export(made: tuple[Path, list[many_books.Year]]) -> None:
    """The same rows as exporting the books one by one gives, but for what the files are called."""
    place, _ = made
    with (place / "ut siffror.csv").open(encoding="utf-8", newline="") as stream:
        rows = [*csv.DictReader(stream)]
    assert [*rows[0]] == [column.name for column in FIGURES]
    names = list(dict.fromkeys(row["file"] for row in rows))
    assert len(names) == 20
    wanted = frame([place / "böcker" / name for name in names])
    assert len(wanted) == len(rows)
    assert [float(row["value"]) for row in rows] == list(wanted.value)
    assert [row["cell"] for row in rows] == list(wanted.cell)


def test_a_summary_is_never_read_as_a_book(made: tuple[Path, list[many_books.Year]]) -> None:
    """Its sheets are known as ours wherever it lies: no figure is counted twice."""
    with open_workbook(made[0] / "ut.xlsx") as book:
        assert book.tables() == []


# The command ----------------------------------------------------------------------------------


@pytest.fixture
def mapp(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command ``mapp``: exit code, answer and errors."""

    def called(*arguments: str | Path) -> tuple[int, str, str]:
        code = commands.run(["mapp", *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return called


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one book and a broken one."""
    place = tmp_path / "böcker"
    place.mkdir()
    copy(SOCIAL_BUDGET, place)
    (place / "trasig.xlsx").write_text("404 Not Found")
    return place


def test_the_answer_says_what_is_in_it_and_what_to_open(
    folder: Path, tmp_path: Path, mapp: Run
) -> None:
    """In Swedish, at 80 columns; the second time that nothing has changed."""
    out = tmp_path / "ut.xlsx"
    code, said, _ = mapp(folder, "--out", out, "--arbetare", "1")
    assert code == 0
    assert said.startswith("1 bok från 1 förbund är med.")
    assert "✖ trasig.xlsx är inte med: " in said
    assert {"Sammanställning:", "Alla siffror:"} <= {
        line[: line.find(":") + 1] for line in said.splitlines()
    }
    assert max(map(len, said.splitlines())) <= max(WIDTH, len(str(out)) + 20)
    assert "1 oförändrade sedan sist" in mapp(folder, "--out", out)[1]


def test_json_for_programs(folder: Path, tmp_path: Path, mapp: Run) -> None:
    """One object, with every row's figures in tkr and the files that are not in it."""
    code, said, _ = mapp(folder, "--out", tmp_path / "ut.xlsx", "--json")
    told = json.loads(said)
    assert (code, told["books"], told["read"], told["unchanged"]) == (0, 1, 2, 0)
    assert [one["name"] for one in told["failed"]] == ["trasig.xlsx"]
    row = next(row for row in told["rows"] if row["year"] == 2021)
    assert row["participants"] == 787
    assert round(row["index"]) == 64
    assert row["fees"] is None


def test_books_are_left_as_they_are_unless_asked(folder: Path, tmp_path: Path, mapp: Run) -> None:
    """Only ``--rakna-om`` writes in them, with a backup beside each."""
    book = folder / SOCIAL_BUDGET.name
    before = book.read_bytes()
    mapp(folder, "--out", tmp_path / "ut.xlsx")
    assert book.read_bytes() == before
    mapp(folder, "--out", tmp_path / "ut.xlsx", "--räkna-om")
    assert book.read_bytes() != before
    (backup,) = folder.glob("*säkerhetskopia*")
    assert backup.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--out", "ut.pdf"), "ska sluta på .xlsx"),
        (("--out", "finns-inte/ut.xlsx"), "mappen finns inte"),
        (("--out", "ut.xlsx", "--arbetare", "0"), "minst 1"),
        ((), "--out saknas"),
    ],
)
def test_calls_that_cannot_be_followed(
    arguments: tuple[str, ...], said: str, folder: Path, mapp: Run
) -> None:
    """A sentence with what to do, before anything is read."""
    code, out, err = mapp(folder, *arguments)
    assert (code, out) == (2, "")
    assert said in err


def test_a_summary_that_is_open_is_refused_before_anything_is_read(
    folder: Path, tmp_path: Path, mapp: Run
) -> None:
    """Nobody waits an hour to hear it."""
    out = tmp_path / "ut.xlsx"
    mapp(folder, "--out", out)
    (tmp_path / "~$ut.xlsx").touch()
    code, _, err = mapp(folder, "--out", out)
    assert code == 2
    assert "öppen i ett kalkylprogram" in err


def test_how_long_is_left_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """By what has been read in this run, and not too often where nobody sees a line change."""
    moment = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: moment[0])
    said: list[str] = []
    told = batching._Told().through(said.append)  # type: ignore[arg-type]
    told(200, 1230)
    moment[0] += 60
    told(300, 1230)
    moment[0] += 1
    told(301, 1230)
    assert said == [
        "Läser böckerna: 200 av 1230", "Läser böckerna: 300 av 1230, ungefär 9 min kvar",
    ]  # fmt: skip
    moment[0] += 60
    told(1220, 1230)
    assert said[-1].endswith("ungefär 1 s kvar")
