"""A workbook opens on the report that was just made, and where it did once that is undone."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest

from finsam_xl.freezing import freeze
from finsam_xl.wiring import unwire, wire
from finsam_xl.workbook import Workbook
from support.rich_workbook import MAIN, OFFICE_RELS, check_package
from support.workbooks import EXISTING, NOW, SOCIAL_BUDGET, copy

BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
Parts = dict[str, bytes]


class Shown(NamedTuple):
    """The sheet a workbook opens on, and those whose tabs are selected."""

    first: str
    selected: list[str]


def parts_of(path: Path) -> Parts:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(path: Path, parts: Parts) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def shown(path: Path, window: str = "0") -> Shown:
    """As Excel reads it."""
    parts = parts_of(path)
    root, relations = ET.fromstring(parts[BOOK]), ET.fromstring(parts[RELATIONS])
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    views = list(root.iter(f"{{{MAIN}}}workbookView"))
    place = int(views[int(window)].get("activeTab", "0")) if views else 0
    names, selected = [], []
    for sheet in root.iter(f"{{{MAIN}}}sheet"):
        names.append(sheet.get("name", ""))
        part = targets[sheet.get(f"{{{OFFICE_RELS}}}id")].removeprefix("/xl/")
        for view in ET.fromstring(parts[f"xl/{part}"]).iter(f"{{{MAIN}}}sheetView"):
            is_said = view.get("tabSelected") in {"1", "true"}
            if is_said and view.get("workbookViewId", "0") == window:
                selected.append(names[-1])
    return Shown(names[place], selected)


def made(path: Path, kind: str, minutes: int = 0) -> str:
    """A report made in place; its sheet."""
    with Workbook(path, NOW + timedelta(minutes=minutes)) as book:
        result = book.report(kind)
        book.apply(result)
    return result.plan.sheets[0].name


def undone(path: Path, minutes: int = 30) -> None:
    with Workbook(path, NOW + timedelta(minutes=minutes)) as book:
        book.apply(book.undo())


def changed(
    old: bytes, new: bytes, part: str = "xl/worksheets/sheet1.xml"
) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        assert parts[part].count(old) == 1
        parts[part] = parts[part].replace(old, new)

    return change


def with_two_windows(parts: Parts) -> None:
    view = rb"<workbookView[^>]*/>"
    parts[BOOK] = re.sub(view, rb'\g<0><workbookView activeTab="1"/>', parts[BOOK])
    second = b'<sheetViews><sheetView workbookViewId="1" tabSelected="1"/>'
    part = "xl/worksheets/sheet2.xml"
    parts[part] = parts[part].replace(b"<sheetViews>", second, 1)


def without_windows(parts: Parts) -> None:
    parts[BOOK] = re.sub(rb"<bookViews>.*?</bookViews>", b"", parts[BOOK])
    for name in parts:
        if name.startswith("xl/worksheets/sheet"):
            parts[name] = re.sub(rb"<sheetViews>.*?</sheetViews>", b"", parts[name])


def open_on_third(parts: Parts) -> None:
    changed(b' tabSelected="1"', b"")(parts)
    changed(b"<workbookView ", b'<workbookView activeTab="2" ', BOOK)(parts)
    changed(b"<sheetView ", b"<sheetView tabSelected='true' ", "xl/worksheets/sheet3.xml")(parts)


SAVED = {
    "as it is": lambda _parts: None,
    "on the third sheet": open_on_third,
    "said otherwise": changed(b'tabSelected="1"', b"tabSelected = 'true'"),
    "no tab selected": changed(b' tabSelected="1"', b""),
    "two windows": with_two_windows,
    "nothing of windows": without_windows,
}


@pytest.mark.parametrize("save", SAVED.values(), ids=SAVED)
def test_there_and_back(save: Callable[[Parts], None], tmp_path: Path) -> None:
    """The report is shown, its tab alone selected; undone, every sheet has the bytes it had."""
    path = copy(EXISTING / "umearegionen-budget.xlsx", tmp_path)
    parts = parts_of(path)
    save(parts)
    write(path, parts)
    before = shown(path)
    first = made(path, "tertial")
    assert shown(path) == Shown(first, [first])
    assert check_package(path) == []
    second = made(path, "kontroll", 5)
    assert shown(path) == Shown(second, [second])
    undone(path)
    assert shown(path) == Shown(first, [first])
    undone(path, 31)
    after = parts_of(path)
    assert shown(path) == before
    assert [name for name in parts if "sheet" in name and after[name] != parts[name]] == []
    views = re.compile(rb"<bookViews>.*?</bookViews>")
    assert views.findall(after[BOOK]) == views.findall(parts[BOOK])
    assert check_package(path) == []


def test_another_window_shows_what_it_did(tmp_path: Path) -> None:
    """A workbook may be open in two windows, each on a sheet of its own."""
    path = copy(SOCIAL_BUDGET, tmp_path)
    parts = parts_of(path)
    with_two_windows(parts)
    write(path, parts)
    before = shown(path, "1")
    made(path, "impactindex")
    assert shown(path, "1") == before


def test_sheets_that_were_selected_together_are_no_longer(tmp_path: Path) -> None:
    """What is typed on a report must not land on hers as well."""
    path = copy(SOCIAL_BUDGET, tmp_path)
    parts = parts_of(path)
    changed(b"<sheetView ", b'<sheetView tabSelected="1" ', "xl/worksheets/sheet4.xml")(parts)
    write(path, parts)
    assert len(shown(path).selected) == 2
    report = made(path, "impactindex")
    assert shown(path) == Shown(report, [report])


def test_where_she_has_gone_since_she_stays(tmp_path: Path) -> None:
    """A report that is taken back while she is on another sheet takes her nowhere."""
    path = copy(SOCIAL_BUDGET, tmp_path)
    made(path, "impactindex")
    parts = parts_of(path)
    part = next(name for name in parts if b' tabSelected="1"' in parts[name])
    parts[part] = parts[part].replace(b' tabSelected="1"', b"")
    changed(b"<sheetView ", b'<sheetView tabSelected="1" ', "xl/worksheets/sheet3.xml")(parts)
    parts[BOOK] = re.sub(rb'activeTab="\d+"', b'activeTab="2"', parts[BOOK])
    write(path, parts)
    before = shown(path)
    undone(path)
    assert shown(path) == before


def test_a_report_that_is_hidden_is_not_shown(tmp_path: Path) -> None:
    """Excel refuses to open on a hidden sheet."""
    path = copy(SOCIAL_BUDGET, tmp_path)
    before = shown(path)
    made(path, "impactindex")
    undone(path)
    report = made(path, "impactindex", 40)
    parts = parts_of(path)
    old = f'<sheet name="{report}"'.encode()
    changed(old, old + b' state="hidden"', BOOK)(parts)
    part = next(name for name in parts if b' tabSelected="1"' in parts[name])
    parts[part] = parts[part].replace(b' tabSelected="1"', b"").replace(b"Impactindex 2021", b"X")
    changed(b' tabSelected="0"', b' tabSelected="1"')(parts)
    parts[BOOK] = re.sub(rb' activeTab="\d+"', b"", parts[BOOK])
    write(path, parts)
    assert made(path, "impactindex", 50) == report
    assert shown(path) == before


def test_a_run_without_reports_selects_nothing(tmp_path: Path) -> None:
    """What need not be written is not."""
    path = copy(EXISTING / "umearegionen-budget.xlsx", tmp_path)
    before = parts_of(path)
    with Workbook(path, NOW) as book:
        changed_parts = book.apply(book.recompute()).changed
    assert changed_parts
    after = parts_of(path)
    said = re.compile(rb'tabSelected="\d"|activeTab="\d+"')
    assert {n: said.findall(data) for n, data in before.items()} == {
        name: said.findall(after[name]) for name in before
    }


def test_a_report_that_says_the_same_writes_nothing(tmp_path: Path) -> None:
    """Neither is it brought to the front."""
    path = copy(SOCIAL_BUDGET, tmp_path)
    made(path, "impactindex")
    before = path.read_bytes()
    made(path, "impactindex", 9)
    assert path.read_bytes() == before


@pytest.mark.parametrize("again", [False, True], ids=["a report", "a sheet that wiring put in"])
def test_after_wiring_and_back(again: bool, tmp_path: Path) -> None:
    """A wired workbook opens on Start; unwired or frozen it never has two tabs selected."""
    source = EXISTING / "umearegionen-budget.xlsx"
    path, wired = copy(source, tmp_path), tmp_path / "kopplad.xlsm"
    before = shown(path)
    with wire(path, NOW, out=wired) as change:
        change.write()
    with Workbook(wired, NOW + timedelta(minutes=1)) as book:
        book.apply(book.recompute() if again else book.report("tertial"))
    with Workbook(wired, NOW + timedelta(minutes=2)) as book:
        book.apply(book.what_was_read() if again else book.recompute())
    report = "Finsam" if again else "Rapport Tertial"
    assert shown(wired) == Shown(report, [report])
    with freeze(wired, NOW, tmp_path / "fryst.xlsx") as frozen:
        frozen.write()
    with unwire(wired, NOW + timedelta(minutes=3), out=tmp_path / "fri.xlsx") as change:
        change.write()
    expected = before if again else Shown(report, [report])
    assert shown(tmp_path / "fri.xlsx") == expected
    assert shown(tmp_path / "fryst.xlsx") == expected
