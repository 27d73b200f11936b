"""Hostile workbooks, devices in place of files, answers that cannot be printed: never a traceback.

The long form is ``python -m tests.safety.hostile``.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from finsam_xl.cli import commands
from finsam_xl.hosts.ooxml.graft import satellites
from finsam_xl.hosts.ooxml.package import Package
from safety import hostile_books, limits
from safety.hostile import tried
from safety.hostile_books import BOOKS, LAST_ROW

SHORT = [name for name, book in BOOKS.items() if not book.is_long]
COMMANDS = [["tables"], ["recompute"], ["check"], ["report", "--kind", "tertial"], ["wire"]]
NOBODY = 65_534


@pytest.mark.parametrize("name", SHORT)
def test_hostile_workbook(name: str, tmp_path: Path) -> None:
    """Refused by name with nothing written, or read as far as it can be; within the limits."""
    _, wrong = tried(BOOKS[name], tmp_path)
    assert wrong == []


def test_a_part_that_is_larger_than_it_says_is_not_unpacked_whole(tmp_path: Path) -> None:
    """The directory tells a hundred bytes; what is packed would be 200 MB."""
    path = tmp_path / "bok.xlsx"
    BOOKS["a shared string of 200 MB"].make(path)
    data = bytearray(path.read_bytes())
    record = data.rindex(b"xl/sharedStrings.xml") - 46
    data[record + 24 : record + 28] = (100).to_bytes(4, "little")
    path.write_bytes(data)
    run = limits.run("recompute", path)
    assert (run.code, "sharedStrings.xml" in run.err) == (limits.UNUSABLE, True)
    # A process begins as large as the one that starts it.
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert run.megabytes < max(150, own + 50), f"{run.megabytes} MB"


def test_parts_that_lead_round_are_gone_through_once(tmp_path: Path) -> None:
    """What only a report sheet leads to is its drawing, which leads to itself."""
    path = tmp_path / "bok.xlsx"
    BOOKS["a drawing that leads to itself"].make(path)
    with Package(path) as package:
        found = satellites(package, "xl/worksheets/sheet9.xml")
    assert found == {
        "xl/worksheets/_rels/sheet9.xml.rels",
        "xl/drawings/drawing1.xml",
        "xl/drawings/_rels/drawing1.xml.rels",
    }


@pytest.mark.parametrize("formula", ["=SUM(Annat!A:XFD)", "=COUNTBLANK(Annat!1:1048576)"])
def test_sums_over_whole_sheets_are_left_to_excel_and_told(formula: str, tmp_path: Path) -> None:
    """Too dear to be calculated: their cells are said to be unknown, nothing is guessed."""
    path = tmp_path / "bok.xlsx"
    rows = [[*row, None] for row in hostile_books.ROWS]
    content = hostile_books.parts(rows=rows)
    cell = f'<c r="B3"><f>{formula[1:]}</f></c>'.encode()
    sheet = content[hostile_books.SHEET].replace(b'<c r="B3"><v>11540</v></c>', cell)
    assert cell in sheet
    other = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    other += b'<sheetData><row r="%d"><c r="XFD%d"><v>1</v></c></row></sheetData></worksheet>'
    content |= {
        hostile_books.SHEET: sheet,
        "xl/worksheets/sheet2.xml": other % (LAST_ROW, LAST_ROW),
    }
    content[hostile_books.BOOK] = content[hostile_books.BOOK].replace(
        b"</sheets>", b'<sheet name="Annat" sheetId="2" r:id="rId99"/></sheets>'
    )
    content[hostile_books.BOOK_RELS] = hostile_books.with_relation(
        content[hostile_books.BOOK_RELS], "worksheet", "worksheets/sheet2.xml"
    )
    hostile_books.pack(path, content)
    run = limits.run("recompute", path, "--json")
    findings = json.loads(run.out)["findings"]
    assert any(one["cell"] == "B3" and one["code"] == "formel-utan-varde" for one in findings), (
        findings
    )
    assert (run.seconds < limits.SECONDS, run.megabytes < limits.MEGABYTES) == (True, True)


# Devices --------------------------------------------------------------------------------------


@pytest.fixture(params=["zero", "full", "pipe", "folder"])
def device(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Something that is no file: a device without an end, a full one, a pipe, a folder."""
    pipe = tmp_path / "rör.xlsx"
    if request.param == "pipe":
        os.mkfifo(pipe)
        return pipe
    return tmp_path if request.param == "folder" else Path("/dev", request.param)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_what_is_no_file_is_refused(command: list[str], device: Path, tmp_path: Path) -> None:
    """At once, and said so; nothing is written beside it."""
    before = sorted(tmp_path.iterdir())
    run = limits.run(command[0], device, *command[1:])
    assert (run.code, "Traceback" in run.err) == (limits.UNUSABLE, False), run.err
    assert "ingen fil" in run.err or "en mapp" in run.err
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("command", COMMANDS[1:2], ids=lambda words: words[0])
def test_nothing_but_a_file_is_written_over(command: list[str], tmp_path: Path) -> None:
    """A pipe under the name of the answer stays a pipe."""
    path, pipe = tmp_path / "bok.xlsx", tmp_path / "ut.xlsx"
    hostile_books.pack(path, hostile_books.parts())
    os.mkfifo(pipe)
    run = limits.run(*command, path, "--out", pipe)
    assert (run.code, "en enhet eller ett rör" in run.err) == (limits.UNUSABLE, True), run.err
    assert pipe.is_fifo()
    assert sorted(tmp_path.iterdir()) == [path, pipe]


@pytest.fixture
def closed_folder(tmp_path: Path) -> Iterator[Path]:
    """A workbook in a folder that may not be searched, by someone who is not root."""
    folder = tmp_path / "stängd"
    folder.mkdir()
    hostile_books.pack(folder / "bok.xlsx", hostile_books.parts())
    hostile_books.pack(tmp_path / "bok.xlsx", hostile_books.parts())
    for path in (tmp_path, *tmp_path.parents):
        if path.stat().st_uid == os.geteuid() and path.name:
            path.chmod(path.stat().st_mode | 0o111)
    (tmp_path / "bok.xlsx").chmod(0o644)
    folder.chmod(0)
    yield folder
    folder.chmod(0o700)


@pytest.mark.parametrize("command", COMMANDS[:3], ids=lambda words: words[0])
def test_a_folder_that_may_not_be_searched(
    command: list[str], closed_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """To be read from, and to be written to."""
    beside = closed_folder.with_name("bok.xlsx")
    assert commands.run([*command[:1], str(beside), *command[1:]]) == 0  # loads what it needs
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        code = commands.run([*command[:1], str(closed_folder / "bok.xlsx"), *command[1:]])
        assert (code, "går inte att öppna" in capsys.readouterr().err) == (limits.UNUSABLE, True)
        if command == ["recompute"]:
            out = closed_folder / "ut.xlsx"
            code = commands.run(["recompute", str(beside), "--out", str(out)])
            said = capsys.readouterr().err
            assert (code, "gick inte att spara" in said) == (limits.UNUSABLE, True), said
    finally:
        if is_root:
            os.seteuid(0)


# What is printed ------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["tables"], ["tables", "--json"], ["recompute"], ["check"]])
def test_a_full_device_for_the_answer(arguments: list[str], tmp_path: Path) -> None:
    """It is said that the answer could not be printed."""
    path = tmp_path / "bok.xlsx"
    hostile_books.pack(path, hostile_books.parts())
    run = limits.run(arguments[0], path, *arguments[1:], stdout=Path("/dev/full"))
    assert (run.code, "gick inte att skriva ut" in run.err) == (limits.UNUSABLE, True), run.err
    assert "Traceback" not in run.err


@pytest.mark.parametrize("how", ["| true", ">&-", "2>&-", ">&- 2>&-", "2>/dev/full", ">/dev/full"])
@pytest.mark.parametrize("command", ["check bok.xlsx", "tables finns-ej.xlsx", "--help", "nix"])
def test_streams_that_are_closed_or_full(command: str, how: str, tmp_path: Path) -> None:
    """However a shell leaves standard output and error, nothing ends in a traceback."""
    hostile_books.pack(tmp_path / "bok.xlsx", hostile_books.parts())
    program = f"{sys.executable} -m finsam_xl.cli {command} {how}"
    done = subprocess.run(
        ["/bin/sh", "-c", program],
        capture_output=True,
        cwd=tmp_path,
        check=False,
        timeout=60,
        env=os.environ | {"PYTHONPATH": str(limits.ROOT), "FINSAM_TRACEBACK": "1"},
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    assert done.returncode in (0, limits.UNUSABLE) or "--help" in command


@pytest.mark.parametrize("sign", ["_x001B_[31m", "\x7f", "\u009b2J", "\u202e", "_x0007_"])
def test_json_steers_no_terminal(sign: str, tmp_path: Path) -> None:
    """The signs are escaped, and read back they are what the sheet holds."""
    path = tmp_path / "bok.xlsx"
    content = hostile_books.parts()
    strings = content[hostile_books.STRINGS].decode().replace("Resultat", f"Resultat {sign}")
    hostile_books.pack(path, content | {hostile_books.STRINGS: strings.encode()})
    run = limits.run("tables", path, "--json")
    assert run.out.isprintable() or not set(run.out) & set("\x1b\x07\x7f\x9b\u202e")
    labels = [row["label"] for table in json.loads(run.out)["tables"] for row in table["rows"]]
    assert any(label.startswith("Resultat") for label in labels)
