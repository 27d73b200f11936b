"""Every example that the handbook and the README show is given, in an office that has the books."""

from __future__ import annotations

import re
import shlex
import shutil
import webbrowser
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import handbook
import openpyxl
import pytest
from conftest import missing

from finsam_xl import open_workbook
from finsam_xl.cli.commands import run
from finsam_xl.hosts.office import find_office
from finsam_xl.registry import FUNCTIONS, CellFunction
from support import statistics
from support.bookkeeping import FOLDER, FOLLOW_UP, SHEET
from support.cells import call
from support.scenario_sheets import SPANNED
from support.workbooks import ROOT

DEMO, EXISTING = ROOT / "workbooks" / "demo", ROOT / "workbooks" / "existing"
BOOKS = {
    "Budget 2026.xlsx": "budget-2025.xlsx",
    "Social budget 2026.xlsx": "social-budget-2025.xlsx",
    "Årsredovisning 2026.xlsx": "arsredovisning-2025.xlsx",
    "Uppföljning 2026.xlsx": "uppfoljning-2025.xlsx",
    "Uppföljning 2025.xlsx": "uppfoljning-2025.xlsx",
    "Nästa budget.xlsx": "budget-2026.xlsx",
    "FJOLÅRET.xlsx": "budget-2025.xlsx",
}
"""The books that the text speaks of, and which of the demo stands in for each."""
FEES: list[list[object]] = [
    ["Medlemsavgifter 2027, Samordningsförbundet Norra"],
    [],
    ["Kommun", "Invånare 16–64 år 2025-12-31", "Andel", "Avgift 2027, kr"],
    ["Umeå kommun"],
    ["Vännäs kommun"],
    ["Bjurholms kommun"],
    ["Summa"],
    [],
    ["Kommunernas pott", None, None, 2845000],
]
STANDS_FOR = {"FIL": "FIL.xlsx", "FIL…": "FIL.xlsx", "MAPP": "böcker", "KOD": "summa-tom"}
ELSEWHERE = {
    "finsam-xl libreoffice installera": ("hosts/calc/test_extension.py", 'run("installera")'),
    "--arbetare 4": ("batch/test_runs.py", "def test_two_workers_give_what_one_process_does"),
    "--scheduler tcp://dator:8786": ("batch/test_runs.py", "def test_a_scheduler_that_"),
}
"""What changes the user's own programs, or needs several computers, and the test that tries it."""
_BUDGET, _FOLLOW_UP = '"Budget 2026.xlsx"', '"Uppföljning 2026.xlsx"'
_FETCH = f"hämta {_FOLLOW_UP} --fran bokforing.se"
OPTIONS = {
    "--kind avgifter": f"rapport {_BUDGET}",
    "--kind plan": f"rapport {_BUDGET}",
    "--kind tertial": f"rapport {_FOLLOW_UP}",
    "--kind impactindex": 'rapport "Social budget 2026.xlsx"',
    "--kind mal": "rapport Mål.xlsx",
    "--kind arsredovisning": 'rapport "Årsredovisning 2026.xlsx"',
    "--kind kontroll": "rapport FIL",
    '--prognos "återstående budget"': f"räkna-om {_FOLLOW_UP}",
    "rapporter: --till T2": f"vad-krävs {_FOLLOW_UP}",
    "rapporter: --till T1": f"rapport {_FOLLOW_UP} --kind tertial",
    "bokforing: --till T1": _FETCH,
    "--accept bokforing-skriven": _FETCH,
    "bokforing: --ar 2025": 'hämta "Budget 2027.xlsx" --fran befolkning.xlsx',
    "--till finsam.oxt": "libreoffice installera",
    "--for lite": f"koppla {_BUDGET}",
    "--for both": f"koppla {_BUDGET}",
    "--namn behall": 'frys "Budget 2026.xlsm" --out Kopia.xlsx',
    "--target 75": 'vad-krävs "Social budget 2026.xlsx"',
    '--in "Nyby=2 400"': f"vad-krävs {_BUDGET}",
    "--infasning 3": f'vad-krävs {_BUDGET} --in "Nyby=2 400"',
    "--ut Lillån": f"vad-krävs {_BUDGET}",
    '--nyckel "Lillån=6 500"': f"vad-krävs {_BUDGET}",
    '--pott "5 200 tkr"': f"vad-krävs {_BUDGET}",
    "rapporter: --ar 2025": f"vad-krävs {_BUDGET} --ut Lillån",
    "--scenario Hög": "vad-krävs Scenarier.xlsx",
    "--mot FJOLÅRET.xlsx": 'vad-krävs "Nästa budget.xlsx"',
    "revisor: --run KÖRNING": "ångra FIL",
    '--cell "Budget!C7"': "logg FIL",
}
"""Which command an option with a value belongs to where it stands alone; ``page: option`` first."""
FOUND_ERRORS = 1


class Example(NamedTuple):
    """A command that a page shows; ``shown``: what it prints there, '' where that is not shown."""

    page: str
    line: str
    shown: str = ""


def typed(path: Path, title: str, rows: Sequence[Sequence[object]]) -> None:
    """A workbook of typed rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column, value)
    book.save(path)


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two folders: with the books of a year, and with those that figures are fetched into."""
    folder = tmp_path_factory.mktemp("kansliet")
    year, fetching = folder / "året", folder / "hämta"
    (year / "böcker").mkdir(parents=True)
    for name, source in BOOKS.items():
        shutil.copy(DEMO / source, year / name)
    shutil.copy(EXISTING / "umearegionen-social-budget.xlsx", year / "Mål.xlsx")
    typed(year / "Scenarier.xlsx", "Budget 2027", [list(row) for row in SPANNED])
    book = openpyxl.load_workbook(DEMO / "budget-2025.xlsx")
    book["Budget 2025"].title = "Budget"
    book.save(year / "FIL.xlsx")
    for source in ("budget-2025.xlsx", "budget-2026.xlsx"):
        shutil.copy(DEMO / source, year / "böcker")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(year)
        assert run(["räkna-om", "FIL.xlsx"]) == 0
        assert run(["koppla", "Budget 2026.xlsx", "--for", "excel"]) == 0
    fetching.mkdir()
    typed(fetching / "Uppföljning 2026.xlsx", SHEET, FOLLOW_UP)
    shutil.copy(FOLDER / "forbund_2025_T2.se", fetching / "bokforing.se")
    typed(fetching / "Budget 2027.xlsx", "Medlemsavgifter", FEES)
    table = statistics.table((2024, 2025), is_sparse=True)
    typed(fetching / "befolkning.xlsx", "BefolkningNy", [list(row) for row in table])
    shutil.copy(year / "FIL.xlsx", fetching)
    return folder


def given(example: Example) -> list[str]:
    """The arguments of an example, with names of files for the words that stand for them."""
    _, *arguments = shlex.split(example.line)
    plain = [STANDS_FOR.get(one, one) for one in arguments]
    if "KÖRNING" in plain:
        plain[plain.index("KÖRNING")] = _last_run(plain[1])
    return [name for one in plain for name in (_files(one) if "*" in one else [one])]


def _files(pattern: str) -> list[str]:
    return sorted(map(str, Path().glob(pattern)))


def _last_run(file: str) -> str:
    with open_workbook(file) as book:
        return book.log()[-1].run


def examples() -> Iterator[Example]:
    """Those of the written pages and of the README."""
    pages = [*sorted(handbook.TEXT.glob("*.md")), ROOT / "README.md"]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL):
            lines = [line for line in block.splitlines() if line.startswith("finsam-xl ")]
            yield from (Example(page.stem, line) for line in lines)
        for block in re.findall(r"```text\n\$ (.*?)```", text, re.DOTALL):
            for part in block.split("\n$ "):
                line, _, shown = part.partition("\n")
                # In the README a few words behind a command say what it does.
                yield Example(page.stem, line.partition("     ")[0], shown)
        for line in re.findall(r"`(finsam-xl [^`]+)`", text):
            yield Example(page.stem, line)
        for option in re.findall(r"`(--[a-zåäö-]+ [^`]+)`", text):
            yield Example(page.stem, _whole(page.stem, option))


def _whole(page: str, option: str) -> str:
    """An option with the command that it belongs to."""
    if option in ELSEWHERE:
        return option
    begun = OPTIONS.get(f"{page}: {option}") or OPTIONS[option]
    return f"finsam-xl {begun} {option}"


EXAMPLES = sorted(set(examples()))


def test_there_are_examples_of_all_sorts() -> None:
    """So that none is lost to a way of writing that nobody looks for."""
    assert len(EXAMPLES) > 30
    assert any(one.shown for one in EXAMPLES)
    assert {"README", "aret", "bokforing", "koppla", "rapporter"} <= {one.page for one in EXAMPLES}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a browser would have been sent to."""
    addresses: list[str] = []
    monkeypatch.setattr(webbrowser, "open", addresses.append)
    return addresses


def carry_out(
    example: Example, offices: Path, folder: Path, patch: pytest.MonkeyPatch
) -> tuple[int, list[str]]:
    """Give an example in a copy of the office that its page speaks of."""
    if "--pdf" in example.line and find_office() is None:
        missing("LibreOffice is not installed.")
    shutil.copytree(offices / ("hämta" if example.page == "bokforing" else "året"), folder / "k")
    patch.chdir(folder / "k")
    arguments = given(example)
    if arguments[0] == "koppla":
        Path("Budget 2026.xlsm").unlink()  # it is made of the book, and never written over
    return run(arguments), arguments


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one.page}: {one.line}")
def test_every_example_can_be_given(
    example: Example,
    offices: Path,
    opened: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It ends well, makes the files that it names, and prints what the page shows."""
    if example.line in ELSEWHERE:
        file, test = ELSEWHERE[example.line]
        assert test in (ROOT / "tests" / file).read_text(encoding="utf-8")
        return
    capsys.readouterr()
    code, arguments = carry_out(example, offices, tmp_path, monkeypatch)
    said = capsys.readouterr()
    allowed = {0, FOUND_ERRORS} if arguments[0] == "kontrollera" else {0}
    assert code in allowed, said.err
    assert said.out
    for option in ("--out", "--pdf", "--till"):
        if option in arguments and "." in (name := arguments[arguments.index(option) + 1]):
            assert Path(name).is_file(), name
    assert not example.shown or _lines(said.out) == _lines(example.shown)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda one: one.name)
def test_every_function_gives_what_its_page_shows(function: CellFunction) -> None:
    """The example of the page, with the answer that it shows, is what the function gives now."""
    answer = call(function.name, *function.example.arguments).value
    text = handbook.sources()["funktioner.md"]
    own = text.partition(f"\n## {function.name}\n")[2].partition("\n## ")[0]
    shown = "" if answer is None else f" ger {handbook._shown(answer)}"
    assert f"Exempel: `{function.example.formula}`{shown}.\n" in own
