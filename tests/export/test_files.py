"""CSV, Excel and Parquet hold the same table, and the command says what is in it."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from finsam_xl import frame
from finsam_xl.cli import commands
from finsam_xl.errors import InputError
from finsam_xl.export import files
from finsam_xl.export.columns import FIGURES
from support.budget_layouts import LAPPLAND, UMEA
from support.small_plan import SmallPlan
from support.workbooks import SOCIAL_BUDGET, copy

WIDTH = 79
NUMBERS = [column.name for column in FIGURES if column.holds == "tal"]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command ``exportera``: exit code, answer and errors."""

    def exported(*arguments: str | Path) -> tuple[int, str, str]:
        code = commands.run(["exportera", *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return exported


def read(path: Path) -> pd.DataFrame:
    """A file read back as anybody would, with texts as texts."""
    texts = {column.name: str for column in FIGURES if column.name not in NUMBERS}
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    how = pd.read_csv if path.suffix == ".csv" else pd.read_excel
    gaps = {name: [""] for name in NUMBERS}
    found = how(path, dtype=texts, keep_default_na=False, na_values=gaps)
    return found.astype(dict.fromkeys(NUMBERS, "float64"))


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
def test_every_format_holds_the_whole_table(ending: str, tmp_path: Path, run: Run) -> None:
    """Read back it is the frame that the library gives, to the last figure."""
    target = tmp_path / f"siffror{ending}"
    code, out, _ = run(UMEA, SOCIAL_BUDGET, LAPPLAND, "--till", target, "--data")
    assert code == 0
    wanted = frame([UMEA, SOCIAL_BUDGET, LAPPLAND])
    found = read(target)
    # XlsxWriter and pandas write the same floats in other words; no difference is left.
    pd.testing.assert_frame_equal(found, wanted, check_exact=True, check_dtype=False)
    assert out.startswith(f"siffror{ending}: {len(wanted):,} siffror".replace(",", "\u00a0"))
    assert "ur 3 arbetsböcker" in out


SWEDISH = {"kind": "Slag", "role": "Radens roll", "side": "Sida", "scenario": "Siffrans slag",
           "source": "Källa"}  # fmt: skip


def test_a_csv_opens_right_in_swedish_excel(tmp_path: Path, run: Run) -> None:
    """What tells its letters first, then semicolons and decimal commas; every figure is there."""
    target = tmp_path / "siffror.csv"
    assert run(SOCIAL_BUDGET, LAPPLAND, "--till", target)[0] == 0
    assert target.read_bytes().startswith(b"\xef\xbb\xbfF\xc3\xb6rbund;Fil;Blad;")
    found = pd.read_csv(target, sep=";", decimal=",", encoding="utf-8-sig", dtype={"Kod": str})
    wanted = frame([SOCIAL_BUDGET, LAPPLAND])
    assert list(found.columns) == [column.heading for column in FIGURES]
    for name in NUMBERS:
        heading = next(column.heading for column in FIGURES if column.name == name)
        assert found[heading].astype("float64").equals(wanted[name]), name
    assert list(found.Blad) == list(wanted.sheet)


def test_no_text_is_a_formula_to_excel(tmp_path: Path, run: Run) -> None:
    """A row that begins with a sign stays a text; a figure below nought stays a figure."""
    plan = SmallPlan().put(A5="=SUMMA(1;2)", A6="-Sponsring", A7="+46 70 1").save(tmp_path)
    target = tmp_path / "siffror.csv"
    run(plan, "--till", target)
    said = target.read_text("utf-8-sig")
    assert not re.search(r"(^|;)\"?[=+@]", said, re.MULTILINE)
    signed = {text for row in csv.reader(said.splitlines(), delimiter=";") for text in row}
    assert all(re.fullmatch(r"-[\d,]+", text) for text in signed if text.startswith("-"))


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_what_people_open_is_in_swedish(ending: str, tmp_path: Path, run: Run) -> None:
    """Headings and the few words that columns hold; each stands for one of those in data."""
    target = tmp_path / f"siffror{ending}"
    run(UMEA, SOCIAL_BUDGET, LAPPLAND, "--till", target)
    found = (
        pd.read_excel(target, dtype=str, keep_default_na=False)
        if ending == ".xlsx"
        else pd.read_csv(target, sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    )
    wanted = frame([UMEA, SOCIAL_BUDGET, LAPPLAND])
    for name, heading in SWEDISH.items():
        pairs = set(zip(wanted[name], found[heading], strict=True))
        assert len({code for code, _ in pairs}) == len(pairs) == len({said for _, said in pairs})
        assert not {code for code, said in pairs if code == said} - {
            "budget",
            "plan",
            "balanskrav",
            "",
        }
    assert not any(re.search("[a-z]_[a-z]", heading) for heading in found.columns)


def test_the_columns_are_told_in_the_words_that_stand_in_them(tmp_path: Path, run: Run) -> None:
    """A sheet says what each column means, and what programs call it."""
    target = tmp_path / "siffror.xlsx"
    run(LAPPLAND, "--till", target)
    told = openpyxl.load_workbook(target)["Kolumner"]
    rows = {row[1]: row for row in told.iter_rows(min_row=2, values_only=True)}
    assert list(rows) == [column.name for column in FIGURES]
    assert rows["side"][3] == "intäkt eller kostnad, i tabeller med intäkter och kostnader."
    assert rows["source"][3] == "inskriven, formel, från oss."
    assert rows["kind"][3] == (
        "Slag av tabell: budget, tertialuppföljning, medlemsavgifter, social budget …"
    )


def test_the_sheet_is_one_to_filter_and_tells_its_columns(tmp_path: Path, run: Run) -> None:
    """Headings stay in sight, every column can be filtered, and a sheet says what they mean."""
    target = tmp_path / "siffror.xlsx"
    run(LAPPLAND, "--till", target, "--data")
    book = openpyxl.load_workbook(target)
    rows, told = book.worksheets
    assert (rows.title, told.title) == ("Siffror", "Kolumner")
    assert rows.freeze_panes == "A2"
    assert rows.auto_filter.ref == rows.dimensions
    assert [row[0] for row in told.iter_rows(min_row=2, values_only=True)] == [
        column.name for column in FIGURES
    ]


def test_a_text_is_never_taken_for_a_formula(tmp_path: Path, run: Run) -> None:
    """A label that begins with an equals sign stays a text in Excel."""
    source = SmallPlan().put(A5="'=1+1").save(tmp_path)
    target = tmp_path / "ut.xlsx"
    run(source, "--till", target)
    types = {cell.data_type for row in openpyxl.load_workbook(target)["Siffror"] for cell in row}
    assert types <= {"s", "n"}


def test_what_is_not_in_it_is_told(tmp_path: Path, run: Run) -> None:
    """A file that cannot be read, and blocks of figures that were not understood."""
    broken = tmp_path / "trasig.xlsx"
    broken.write_bytes(b"404 Not Found")
    code, out, _ = run(SOCIAL_BUDGET, broken, "--till", tmp_path / "ut.csv")
    assert code == 0
    assert "✖ trasig.xlsx är inte med" in out
    assert "känns inte igen och är inte med" in out
    told = [line for line in out.splitlines() if str(tmp_path) not in line]
    assert max(map(len, told)) <= WIDTH, "no place is broken, all else is"
    code, out, _ = run(SOCIAL_BUDGET, broken, "--till", tmp_path / "ut.csv", "--json")
    told = json.loads(out)
    assert [one["file"] for one in told["failed"]] == ["trasig.xlsx"]
    assert told["rows"] > 1000


def test_a_folder_stands_for_its_books_and_no_backups(tmp_path: Path, run: Run) -> None:
    """Lock files and backups are passed over; the books are not touched."""
    books = tmp_path / "böcker"
    books.mkdir()
    source = copy(LAPPLAND, books)
    (books / "~$öppen.xlsx").write_bytes(b"lock")
    copy(LAPPLAND, books).rename(books / "b (säkerhetskopia 2026-01-01 10.00.00).xlsx")
    copy(LAPPLAND, books)
    before = source.read_bytes()
    run(books, "--till", tmp_path / "ut.csv", "--data")
    assert set(read(tmp_path / "ut.csv").file) == {LAPPLAND.name}
    assert source.read_bytes() == before


def test_an_export_in_the_same_folder_is_no_book(tmp_path: Path, run: Run) -> None:
    """Neither that which is written nor one from before is read as somebody's figures."""
    copy(LAPPLAND, tmp_path)
    run(tmp_path, "--till", tmp_path / "gammal.xlsx")
    run(tmp_path, "--till", tmp_path / "ny.xlsx")
    run(tmp_path, "--till", tmp_path / "ny.xlsx", "--data")
    found = read(tmp_path / "ny.xlsx")
    assert set(found.file) == {LAPPLAND.name}
    code, _, err = run(tmp_path / "ny.xlsx", "--till", tmp_path / "ny.xlsx")
    assert code == 2
    assert "ingen annan bok" in err


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("siffror.txt", "ska sluta på .csv, .xlsx, .parquet"),
        ("siffror", "ska sluta på"),
        ("finns-inte/siffror.csv", "mappen finns inte"),
    ],
)
def test_a_target_that_cannot_be_written(target: str, said: str, tmp_path: Path, run: Run) -> None:
    """A sentence with what to do, before anything is read where that can be known."""
    code, _, err = run(LAPPLAND, "--till", tmp_path / target)
    assert code == 2
    assert said in err
    assert "Traceback" not in err


def test_without_pyarrow_it_is_said_what_to_install(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parquet asks for more than the rest: the command, and what does without."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    code, _, err = run(LAPPLAND, "--till", tmp_path / "ut.parquet")
    assert code == 2
    assert 'pip install "finsam-xl[parquet]"' in err
    assert not (tmp_path / "ut.parquet").exists()


def test_csv_needs_no_pandas(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does Excel."""
    monkeypatch.setitem(sys.modules, "pandas", None)
    assert run(LAPPLAND, "--till", tmp_path / "ut.csv")[0] == 0
    assert run(LAPPLAND, "--till", tmp_path / "ut.xlsx")[0] == 0


def test_more_rows_than_a_sheet_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is cut off: another format is named."""
    monkeypatch.setattr(files, "MOST_ROWS", 1)
    with pytest.raises(InputError, match="rymmer inte 2 rader"):
        files.content(Path("ut.xlsx"), [("a",), ("b",)], FIGURES[:1])
