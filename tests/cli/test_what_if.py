"""``vad-krävs`` on a book with fees: what may be asked, how it is written, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from finsam_xl.cli import commands
from support.workbooks import EXISTING, SOCIAL_BUDGET, copy

LAPPLAND = EXISTING / "sodra-lappland-budget.xlsx"
UMEA = EXISTING / "umearegionen-budget.xlsx"
_SHEET = "Rapport Avgifter vad händer om"
_WIDE = 80


def _run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = commands.run(list(map(str, arguments)))
    told = capsys.readouterr()
    return code, told.out.replace("\u00a0", " "), told.err.replace("\u00a0", " ")


def _people(folder: Path, *rows: tuple[Any, ...]) -> Path:
    """A book of fees by people: 900 000 kr by 3 000, 2 000 and 1 000 of them."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Avgifter"
    every = rows or (
        ("Ekby kommun", 3000, 450000),
        ("Norrby", 2000, 300000),
        ("Sjöby", 1000, 150000),
    )
    lines: list[tuple[Any, ...]] = [("Medlemsavgifter 2026",), ("Kommunernas pott, kr", 900000)]
    for line in [*lines, ("Kommun", "Invånare 16–64 år", "Avgift 2026, kr"), *every]:
        sheet.append(line)
    path = folder / "avgifter.xlsx"
    book.save(path)
    return path


def _fees(capsys: pytest.CaptureFixture[str], path: Path, *options: str) -> dict[str, Any]:
    """What is answered in JSON of the fees."""
    code, told, _ = _run(capsys, "vad-krävs", path, "--json", "--out", path, *options)
    assert code == 0
    fees: dict[str, Any] = json.loads(told)["fees"]
    return fees


def _after(fees: dict[str, Any], year: int = -1) -> dict[str, float | None]:
    return {
        one["name"]: None if one["after"][year] is None else one["after"][year]["fee"]
        for one in fees["parties"]
    }


@pytest.mark.parametrize("command", ["vad-krävs", "whatif"])
def test_without_options_what_each_leaving_means(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Lycksele's 326 of 938, of which Vilhelmina pays 274 − 179."""
    out = tmp_path / "ny.xlsx"
    code, told, _ = _run(capsys, command, LAPPLAND, "--out", out)
    assert code == 0
    assert all(len(line) <= _WIDE for line in told.splitlines() if "/" not in line)
    assert " ".join(told.split()).startswith(
        "År 2024 betalar kommunerna 938 tkr tillsammans. Dyrast för de andra vore att Lycksele "
        "kommun lämnar: de betalar då 326 tkr mer, varav Vilhelmina kommun 95. "
    )
    assert _SHEET in openpyxl.load_workbook(out).sheetnames


@pytest.mark.parametrize("option", ["--ut", "--leave"])
def test_one_that_leaves(option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """63 tkr of Dorotea, of which Lycksele takes over most."""
    code, told, _ = _run(
        capsys, "vad-krävs", LAPPLAND, option, "dorotea", "--out", tmp_path / "ny.xlsx"
    )
    assert code == 0
    assert " ".join(told.split()).startswith(
        "Om Dorotea kommun lämnar från 2024 betalar övriga kommuner tillsammans 63 tkr mer; mest "
        "stiger Lycksele kommun, med 23 tkr. "
    )


def test_one_that_is_phased_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """1 500 people: 500, 1 000 and all of them beside 6 000."""
    fees = _fees(capsys, _people(tmp_path), "--in", "Nyby=1 500", "--infasning", "3")
    assert [_after(fees, year)["Nyby"] for year in range(3)] == [69231, 128571, 180000]
    assert _after(fees)["Ekby kommun"] == 360000
    assert [sums["rounding"] for sums in fees["after"]] == [0, 0, 0]
    assert fees["parties"][0]["before"] == {"key": 3000, "fee": 450000}
    assert (fees["parties"][0]["change"], fees["parties"][0]["percent"]) == (-90000, -20)


def test_several_changes_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Keys 3 000 and 1 200, a pot of 840 tkr: 600 and 240 thousand kronor."""
    options = ("--ut", "norrby", "--key", "Sjöby kommun=1200", "--pot", "840 tkr")
    fees = _fees(capsys, _people(tmp_path), *options)
    assert _after(fees) == {"Ekby kommun": 600000, "Norrby": None, "Sjöby": 240000}


@pytest.mark.parametrize("between", ["\n", ";", "\n\n"])
def test_a_pasted_list_of_keys(
    between: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A prognosis from another sheet: name, tab and key on each line."""
    pasted = between.join(["Ekby\t2 500", "Norrby\t2\u00a0500", "Sjöby\t1000"])
    fees = _fees(capsys, _people(tmp_path), "--nyckel", pasted)
    assert _after(fees) == {"Ekby kommun": 375000, "Norrby": 375000, "Sjöby": 150000}


def test_a_named_year(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of 2019, 2020 and 2021 the first is asked of; 2022 is none."""
    book = copy(UMEA, tmp_path)
    assert _fees(capsys, book, "--ar", "2019")["year"] == 2019
    code, _, error = _run(capsys, "vad-krävs", book, "--ar", "2022")
    assert code == 2
    assert "Boken har inga avgifter för 2022. Den har avgifter för 2019, 2020, 2021." in error


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--in", "Nyby"], "”Nyby” är inte en kommun med nyckel."),
        (
            ["--in", "Nyby="],
            "är inte en kommun med nyckel. Skriv namn, likhetstecken och tal: --in",
        ),
        (["--in", "=5"], "är inte en kommun med nyckel."),
        (["--in", "Nyby=många"], "är inte en kommun med nyckel."),
        (["--in", "Nyby=-5"], "Nyckeln för Nyby är negativ (−5)."),
        (["--in", "Ekby=5"], "Ekby kommun är redan med."),
        (["--in", "Nyby=5", "--in", "Nyby=6"], "Nyby går med två gånger."),
        (["--ut", "Malå"], "Malå är inte med i tabellen. Med är: Ekby kommun, Norrby, Sjöby."),
        (["--ut", "Ekby", "--ut", "Norrby", "--ut", "Sjöby"], "Alla kommuner lämnar"),
        (["--pott", "mycket"], "”mycket” är ingen pott."),
        (["--pott", "5 %"], "”5 %” är ingen pott."),
        (["--pott", "0"], "Potten 0 går inte att dela."),
        (["--infasning", "3"], "Infasningen gäller ingen."),
        (["--in", "Nyby=5", "--infasning", "0"], "”0” är ingen infasning. Skriv antal år, 1–5."),
        (["--in", "Nyby=5", "--infasning", "tre"], "”tre” är ingen infasning."),
        (["--nyckel", "Ekby=-1"], "Nyckeln för Ekby är negativ"),
        (["--target", "75"], "Arbetsboken har ingen social budget"),
    ],
)
def test_what_cannot_be_asked(
    options: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sentence with what to do; the book is as it was."""
    book = _people(tmp_path)
    before = book.read_bytes()
    code, _, error = _run(capsys, "vad-krävs", book, *options)
    assert code == 2
    assert said in " ".join(error.split())
    assert book.read_bytes() == before


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            (("Ekby kommun", 3000, 450000), ("Norrby", None, 300000), ("Sjöby", 1000, 150000)),
            (
                "Avgifter!A5: Det går inte att säga vad som händer med avgifterna 2026. Nyckeln för "
                "Norrby saknas."
            ),
        ),
        (
            (("Ekby kommun", 3000, 450000), ("Norrby", -2500, 300000), ("Sjöby", 1000, 150000)),
            "Nyckeln för Norrby är negativ.",
        ),
        (
            (("Ekby kommun", 3000, 450000), ("Norrby", 2000, None), ("Sjöby", 1000, 150000)),
            "Avgiften för Norrby saknas. Räkna om boken, eller skriv avgiften.",
        ),
        (
            (("Ekby kommun", 3000, 450000), ("Ekby", 2000, 300000), ("Sjöby", 1000, 150000)),
            "Ekby står två gånger.",
        ),
    ],
)
def test_a_table_that_does_not_tell(
    rows: tuple[tuple[Any, ...], ...], said: str, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Nothing is guessed, and the place is told."""
    code, _, error = _run(capsys, "vad-krävs", _people(tmp_path, *rows), "--ut", "Sjöby")
    assert code == 2
    assert said in " ".join(error.split())


def test_the_index_alone_where_there_are_no_fees(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And fees asked for are refused there."""
    book = copy(SOCIAL_BUDGET, tmp_path)
    code, _, error = _run(capsys, "vad-krävs", book, "--ut", "Umeå")
    assert code == 2
    assert "Arbetsboken har ingen tabell över medlemsavgifter att göra rapporten av." in error
