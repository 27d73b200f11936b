"""What people have said is not to be changed: the same in files and in Excel, before any writing."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Protection

from finsam_xl.cli import commands
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.excel import apply
from safety.hostile_books import BOOK, BOOK_RELS, SHEET, Parts, pack, parts, with_relation
from support.fake_excel import FakeBook
from support.small_plan import SmallPlan
from support.workbooks import workbook

_ROOT_RELS, _CUSTOM = "_rels/.rels", "docProps/custom.xml"
_FIXED = b'<workbookProtection lockStructure="1"/>'
_PROTECTED = b'</sheetData><sheetProtection sheet="1" objects="1"/>'


def _in_book(element: bytes) -> Callable[[Parts], Parts]:
    def change(content: Parts) -> Parts:
        at = content[BOOK].index(b"<workbookPr")
        return content | {BOOK: content[BOOK][:at] + element + content[BOOK][at:]}

    return change


def _fixed(content: Parts) -> Parts:
    return content | {BOOK: content[BOOK].replace(b"<bookViews>", _FIXED + b"<bookViews>")}


def _protected(content: Parts) -> Parts:
    return content | {SHEET: content[SHEET].replace(b"</sheetData>", _PROTECTED)}


def _signed(content: Parts) -> Parts:
    return content | {"_xmlsignatures/origin.sigs": b""}


def _shared(content: Parts) -> Parts:
    rels = with_relation(content[BOOK_RELS], "revisionHeaders", "revisions/revisionHeaders.xml")
    return content | {BOOK_RELS: rels, "xl/revisions/revisionHeaders.xml": b"<headers/>"}


def _final(word: bytes) -> Callable[[Parts], Parts]:
    def change(content: Parts) -> Parts:
        rels = with_relation(content[_ROOT_RELS], "custom-properties", _CUSTOM)
        office = b"http://schemas.openxmlformats.org/officeDocument/2006"
        custom = (
            b'<Properties xmlns="%s/custom-properties" xmlns:vt="%s/docPropsVTypes">'
            b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" '
            b'name="_MarkAsFinal"><vt:bool>%s</vt:bool></property></Properties>'
        ) % (office, office, word)
        return content | {_ROOT_RELS: rels, _CUSTOM: custom}

    return change


ALWAYS = {
    "signed": (_signed, "digitalt signerad"),
    "final": (_final(b"true"), "slutgiltig"),
    "shared": (_shared, "delad på det äldre sättet"),
}
IN_PLACE = {
    "read-only recommended": (_in_book(b'<fileSharing readOnlyRecommended="1"/>'), "skrivskyddad"),
    "reserved": (_in_book(b'<fileSharing userName="A" reservationPassword="C1D2"/>'), "lösenord"),
    "reserved anew": (
        _in_book(b'<fileSharing algorithmName="SHA-512" hashValue="a=" saltValue="b="/>'),
        "lösenord",
    ),
    "protected sheet": (_protected, "Bladet Budget 2024 är skyddat"),
}
FREE = {
    "not final": _final(b"false"),
    "not recommended": _in_book(b'<fileSharing readOnlyRecommended="0"/>'),
    "windows": _in_book(b""),
    "protection switched off": lambda content: (
        content
        | {SHEET: content[SHEET].replace(b"</sheetData>", b'</sheetData><sheetProtection sheet="0"/>')}
    ),
}  # fmt: skip


def made(folder: Path, change: Callable[[Parts], Parts]) -> Path:
    """A small budget of which something is said."""
    path = folder / "bok.xlsx"
    pack(path, change(parts()))
    return path


def run(*arguments: str | Path) -> int:
    """A command on the command line."""
    return commands.run(list(map(str, arguments)))


@pytest.mark.parametrize(("change", "said"), [*ALWAYS.values(), *IN_PLACE.values()])
@pytest.mark.parametrize("command", [["recompute"], ["report", "--kind", "kontroll"]])
def test_nothing_is_written_in_its_place(
    change: Callable[[Parts], Parts],
    said: str,
    command: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It is said what stands in the way, and what to do about it."""
    path = made(tmp_path, change)
    before = path.read_bytes()
    is_free = change is _protected and command != ["recompute"]  # a report touches no cell of hers
    assert run(command[0], path, *command[1:]) == (0 if is_free else 2)
    if is_free:
        return
    told = capsys.readouterr()
    err = " ".join(told.err.split())
    assert (said in err, "Inget är skrivet." in err) == (True, True), told.err
    assert err.count("bok.xlsx") == 1
    assert not told.out  # no list of cells that looks as if it were done
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (before, [path])


@pytest.mark.parametrize(("change", "said"), [*ALWAYS.values(), *IN_PLACE.values()])
def test_another_file_is_written_where_only_the_file_is_meant(
    change: Callable[[Parts], Parts], said: str, tmp_path: Path
) -> None:
    """With --out; but not where the copy would hold something untrue."""
    path, out = made(tmp_path, change), tmp_path / "ut.xlsx"
    is_stopped = (change, said) in ALWAYS.values()
    assert run("recompute", path, "--out", out) == (2 if is_stopped else 0)
    assert out.exists() is not is_stopped


@pytest.mark.parametrize("change", FREE.values(), ids=FREE)
def test_what_is_not_said_stops_nothing(change: Callable[[Parts], Parts], tmp_path: Path) -> None:
    """An attribute that says no."""
    assert run("recompute", made(tmp_path, change)) == 0


def test_what_stands_in_the_way_is_told_of_a_dry_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """So that it is known before; with how many cells."""
    assert run("recompute", made(tmp_path, _protected), "--dry-run") == 0
    assert "Bladet Budget 2024 är skyddat, och 13 celler är låsta." in capsys.readouterr().out


def test_cells_that_may_be_written_are(tmp_path: Path) -> None:
    """By their format, or in an area that anybody may write in; not one kept by a password."""
    content = _protected(parts())
    for area, attributes, code in (
        ("B3:D10", "", 0), ("B3:D10", ' password="CC1A"', 2), ("B3:C10", "", 2), ("D1:D2 B1:D20", "", 0),
    ):  # fmt: skip
        ranges = f'<protectedRanges><protectedRange sqref="{area}" name="Indata"{attributes}/>'
        new = content[SHEET].replace(
            b'objects="1"/>', b'objects="1"/>' + ranges.encode() + b"</protectedRanges>"
        )
        pack(tmp_path / "bok.xlsx", content | {SHEET: new})
        assert run("recompute", tmp_path / "bok.xlsx") == code, area + attributes


@pytest.mark.parametrize(("locked", "code"), [((), 0), (("D9",), 2)])
def test_cells_whose_format_is_unlocked_are_written(
    locked: tuple[str, ...], code: int, tmp_path: Path
) -> None:
    """Every result has a format without the lock, or all but one."""
    path = made(tmp_path, lambda content: content)
    book = openpyxl.load_workbook(path)
    sheet: Any = book.active
    sheet.protection.sheet = True
    for cell in {*RESULTS} - {*locked}:
        sheet[cell].protection = Protection(locked=False)
    book.save(path)
    assert run("recompute", path) == code


RESULTS = ("B5", "C5", "B8", "C8", "B9", "C9", "D3", "D4", "D5", "D6", "D7", "D8", "D9")


# A structure that is fixed ------------------------------------------------------------------------


def test_cells_are_written_and_the_run_is_not_logged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The log would be a new sheet: that there is none is told before."""
    path = made(tmp_path, _fixed)
    assert run("recompute", path) == 0
    assert "körningen står inte i någon logg" in capsys.readouterr().out
    with zipfile.ZipFile(path) as package:
        assert [name for name in package.namelist() if "worksheets/sheet" in name] == [SHEET]
        assert b">11560<" in package.read(SHEET)


@pytest.mark.parametrize(
    "command", [["report", "--kind", "kontroll"], ["tables", "--skriv"], ["wire"]]
)
def test_no_sheet_is_added(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither a report, nor Finsam, nor Start."""
    path = made(tmp_path, _fixed)
    before = path.read_bytes()
    assert run(command[0], path, *command[1:]) == 2
    assert "struktur är skyddad" in capsys.readouterr().err
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (before, [path])


def test_a_log_that_is_there_is_gone_on_with(tmp_path: Path) -> None:
    """The structure was protected after the first run; taking that run back adds no sheet."""
    path = made(tmp_path, lambda content: content)
    assert run("recompute", path) == 0
    with zipfile.ZipFile(path) as package:
        content = {name: package.read(name) for name in package.namelist()}
    pack(path, _fixed(content))
    assert run("undo", path) == 0
    with workbook(path) as book:
        assert [one.action for one in book.log() if not one.cell][-1] == "Ångra"


# In Excel -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ({"Final": True}, "slutgiltig"),
        ({"Signatures": SimpleNamespace(Count=1)}, "digitalt signerad"),
        ({"MultiUserEditing": True}, "delad på det äldre sättet"),
        ({"ReadOnly": True}, "öppnad skrivskyddad"),
    ],
)
def test_excel_says_the_same(flags: dict[str, object], said: str, tmp_path: Path) -> None:
    """The same sentences as of files."""
    path = SmallPlan().save(tmp_path)
    with workbook(path) as book:
        plan = book.recompute().plan
    fake = FakeBook(path)
    vars(fake.api).update(flags)
    with pytest.raises(WorkbookError, match=f"{said}.*Inget är skrivet") as refused:
        apply(fake, plan)
    assert refused.value.remedy
    assert fake.writes == 0


def test_excel_asked_itself_whether_to_open_it_for_writing(tmp_path: Path) -> None:
    """Whoever has it open with a right to write has answered Excel."""
    path = SmallPlan().save(tmp_path)
    with workbook(path) as book:
        plan = book.recompute().plan
    fake = FakeBook(path)
    vars(fake.api).update(ReadOnlyRecommended=True, WriteReserved=True)
    apply(fake, plan)
    assert fake.writes > 0
