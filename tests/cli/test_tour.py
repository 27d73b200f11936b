"""The invented year that *demo* lays out: its figures, its page, and that what it says happens."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from finsam_xl.cli.demo import NAMES, PAGE
from support.commands import finsam_xl
from support.workbooks import ROOT

SHIPPED = ROOT / "workbooks" / "demo"


class Step(NamedTuple):
    """A line to type on the page, its exit code, and what the page says is seen of it."""

    command: str
    code: int
    seen: list[str]


class _Page(HTMLParser):
    """The steps of the page, and every heading, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[Step] = []
        self.in_section = False
        self._in, self._text, self._code = "", "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "section":
            self.in_section = True
        if tag in {"pre", "samp"}:
            self._in, self._text, self._code = tag, "", int(dict(attrs).get("data-code") or 0)

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "section":
            self.in_section = False
        if tag != self._in:
            return
        text = " ".join(self._text.split())
        if tag == "pre":
            self.steps.append(Step(text, self._code, []))
        elif self.in_section and self.steps and not text.startswith("finsam-xl"):
            self.steps[-1].seen.append(text)
        self._in = ""


def _steps() -> list[Step]:
    page = _Page()
    page.feed((SHIPPED / "borja-har.html").read_text(encoding="utf-8"))
    return page.steps


def _lay_out(folder: Path) -> Path:
    for name, own in NAMES.items():
        (folder / own).write_bytes((SHIPPED / name).read_bytes())
    return folder


def test_all_that_is_shipped_has_a_name() -> None:
    """And nothing else: a book that is forgotten would not be in the folder."""
    assert {file.name for file in SHIPPED.iterdir()} == set(NAMES)
    assert PAGE in NAMES.values()


def test_what_the_page_says_happens(tmp_path: Path) -> None:
    """Every line is typed in its order, in the folder; what the page says is seen is seen."""
    folder = _lay_out(tmp_path)
    steps = _steps()
    assert len(steps) >= 12
    assert sum(len(step.seen) for step in steps) >= 12
    for step in steps:
        program, *arguments = shlex.split(step.command)
        assert program == "finsam-xl"
        answer = finsam_xl(*arguments, folder=folder)
        assert (answer.code, answer.err) == (step.code, ""), step.command
        told = " ".join(answer.out.split())
        assert [seen for seen in step.seen if seen not in told] == [], step.command
    frozen = openpyxl.load_workbook(folder / "Budget 2026 till styrelsen.xlsx", data_only=True)
    fees = [frozen["Medlemsavgifter 2026"].cell(row, 4).value for row in range(7, 11)]
    assert fees == [959_811, 325_312, 259_877, 1_545_000]


def test_the_first_step_tells_the_planted_faults_and_no_other(tmp_path: Path) -> None:
    """Two things are wrong in the year; what is more would puzzle who tries it."""
    found = finsam_xl("check", ".", "--json", folder=_lay_out(tmp_path)).content["findings"]
    grave = {(one["file"], one["sheet"], one["cell"]) for one in found if one["severity"] != "info"}
    book = "Uppföljning 2025.xlsx"
    assert {(Path(file).name, sheet, cell) for file, sheet, cell in grave} == {
        (book, "T2", "D21"), (book, "T2", "B19"),
    }  # fmt: skip


def _shown(name: str, sheet: str, cell: str) -> object:
    return openpyxl.load_workbook(SHIPPED / f"{name}.xlsx", data_only=True)[sheet][cell].value


@pytest.mark.parametrize(
    ("book", "sheet", "cell", "value"),
    [
        ("budget-2025", "Budget 2025", "C21", 6290),
        ("budget-2025", "Budget 2025", "C26", 1250),
        ("budget-2025", "Budget 2025", "B26", 1480),
        ("budget-2025", "Medlemsavgifter", "D10", 1_500_000),
        ("uppfoljning-2025", "T1", "D24", 2009 - 1967 + 6),
        ("uppfoljning-2025", "T2", "F24", 6048 - 1699 - 4455 + 23),
        ("arsredovisning-2025", "Resultaträkning", "B22", -78_000),
        ("arsredovisning-2025", "Balansräkning", "B10", 2_758_600),
        ("arsredovisning-2025", "Balansräkning", "B20", 2_758_600),
        ("arsredovisning-2025", "Balansräkning", "C14", 1_480_000),
        ("budget-2026", "Medlemsavgifter 2026", "C10", 1_500_000),
        ("budget-2026", "Budget 2026", "D25", 1480 + 6048 - 6154 + 23),
    ],
)
def test_the_values_that_formulas_show(book: str, sheet: str, cell: str, value: int) -> None:
    """Added up by hand from the rows."""
    assert _shown(book, sheet, cell) == value


def _texts(path: Path) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows(values_only=True):
            yield from (value for value in row if isinstance(value, str))


def test_nobody_real_is_in_it() -> None:
    """The association, its municipalities and teams are invented."""
    real = re.compile(r"Umeå|Vännäs|Lycksele|Storuman|Åsele|Lappland|Vindeln")
    for file in SHIPPED.glob("*.xlsx"):
        assert not [text for text in _texts(file) if real.search(text)]


def test_the_page_stands_on_its_own() -> None:
    """Nothing is fetched, its language is told, and every heading follows the one above."""
    page = (SHIPPED / "borja-har.html").read_text(encoding="utf-8")
    assert '<html lang="sv">' in page
    assert not re.search(r"https?:|src=|<script|@import|url\(", page)
    assert re.findall(r"<h(\d)", page) == ["1", *["2"] * page.count("<h2>")]
