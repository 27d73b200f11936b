"""Every button of the Lite workbooks, clicked in Pyodide, against the command line on a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from finsam_xl.actions.buttons import BUTTONS
from support.commands import finsam_xl
from support.lite_books import NAMES, existing_path
from support.office_actions import Executor

START = "Start"
RUN = re.compile(r"\d{4}-\d\d-\d\d \d\d\.\d\d · [0-9a-f]{4}")
KINDS = {
    "umearegionen-social-budget": ("impactindex", "arsredovisning", "mal"),
    "umearegionen-budget": ("tertial", "plan", "avgifter", "arsredovisning"),
    "sodra-lappland-budget": ("plan", "avgifter", "mal"),
}


LOG = "Finsam-logg"


class Clicked(NamedTuple):
    """What a button did: the workbook after it, and what it told."""

    book: Any
    told: str
    actions: list[dict[str, Any]]


def clicked(ran: Any, name: str, button: str) -> Clicked:
    """The actions of a script carried out on its workbook."""
    answer = ran["clicks"][name][button]
    executor = Executor(openpyxl.load_workbook(ran["paths"][name]))
    executor.run(answer["actions"])
    return Clicked(executor.book, answer["printed"].strip(), answer["actions"])


def value(cell: Any) -> Any:
    """A value as both hosts write it, the run's own name left out."""
    held = cell.value
    if isinstance(held, bool):
        return held
    if isinstance(held, int | float):
        return float(f"{held:.14g}")
    return RUN.sub("körning", held) if isinstance(held, str) else held


def look(cell: Any) -> tuple[Any, ...]:
    fill = cell.fill.fgColor.rgb if cell.fill.patternType == "solid" else None
    return value(cell), cell.number_format, fill


def cells(sheet: Any) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The cells that say something; those under a merged range have no look of their own."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value not in {None, ""}:
                yield cell.coordinate, look(cell)


def assert_same(lite: Any, filed: Any) -> None:
    """Every sheet but *Start* and the log as the command line leaves it."""
    names = [name for name in filed.sheetnames if name != LOG]
    assert [name for name in lite.sheetnames if name not in (START, LOG)] == names
    assert LOG in lite.sheetnames
    for sheet in map(filed.__getitem__, names):
        there = dict(cells(lite[sheet.title]))
        assert there == dict(cells(sheet)), sheet.title


def told_findings(told: str) -> int:
    found = re.search(r"(\d+) fynd", told)
    return int(found.group(1)) if found else 0


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_script_for_every_button(ran: Any) -> None:
    scripts = {one["function_name"]: one for one in ran["scripts"]}
    assert set(scripts) == {button.name for button in BUTTONS}
    for button in BUTTONS:
        one = scripts[button.name]
        assert one["name"] == button.text
        assert one["lazy"], "nothing is loaded before it is asked for"
        assert one["show_taskpane"]
        assert re.fullmatch(rf"\[{button.name}\]{START}!B\d+", one["button"])


def test_recalculating(ran: Any, name: str, tmp_path: Path) -> None:
    done = clicked(ran, name, "FinsamRaknaOm")
    out = tmp_path / "klar.xlsx"
    filed = finsam_xl("recompute", existing_path(name), "--out", out, "--json")
    assert filed.code == 0, filed.err
    assert_same(done.book, openpyxl.load_workbook(out))
    content = filed.content
    edited = [edit for edit in content["edits"] if edit["old"] != edit["new"]]
    assert f"{len(edited)} celler" in done.told
    # What formulas show after the edits is not known until Excel has calculated them.
    assert 0 <= len(content["findings"]) - told_findings(done.told) <= 1


def test_checking(ran: Any, name: str, tmp_path: Path) -> None:
    done = clicked(ran, name, "FinsamKontrollera")
    out = tmp_path / "klar.xlsx"
    filed = finsam_xl("report", existing_path(name), "--kind", "kontroll", "--out", out)
    assert filed.code == 0, filed.err
    assert_same(done.book, openpyxl.load_workbook(out))
    checked = finsam_xl("check", existing_path(name), "--json").content
    assert told_findings(done.told) == len(checked["findings"])
    assert "”Rapport Kontroll” är klar" in done.told


def test_reporting(ran: Any, name: str, tmp_path: Path) -> None:
    done = clicked(ran, name, "FinsamSkapaRapport")
    source = existing_path(name)
    for kind in KINDS[name]:
        out = tmp_path / f"{kind}.xlsx"
        filed = finsam_xl("report", source, "--kind", kind, "--out", out)
        assert filed.code == 0, filed.err
        source = out
    assert_same(done.book, openpyxl.load_workbook(source))
    assert "klar" in done.told


def test_what_was_done_is_told_on_the_sheet_too(ran: Any, name: str) -> None:
    for button in BUTTONS:
        done = clicked(ran, name, button.name)
        place = done.book.defined_names["_finsam_svar"].attr_text
        sheet, _, cell = place.rpartition("!")
        assert sheet.strip("'") == START
        assert done.book[START][cell.replace("$", "")].value == done.told
        assert done.told.splitlines()[0].endswith(".")


def test_start_holds_no_table(ran: Any, name: str) -> None:
    """Nothing but the answer is written on it."""
    before = openpyxl.load_workbook(ran["paths"][name])
    place = before.defined_names["_finsam_svar"].attr_text.rpartition("!")[2].replace("$", "")
    done = clicked(ran, name, "FinsamRaknaOm")
    changed = [
        cell.coordinate
        for row in before[START].iter_rows()
        for cell in row
        if cell.value != done.book[START][cell.coordinate].value
    ]
    assert changed == [place]
