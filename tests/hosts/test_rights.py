"""What a file has besides its content is kept, or nothing is written: owner, mode, names, lists."""

from __future__ import annotations

import csv
import os
import shutil
import stat
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import missing

from finsam_xl.cli import commands
from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml import archive
from finsam_xl.hosts.ooxml.backups import names
from safety import hostile_books, limits
from support.privileges import without_privileges
from support.workbooks import NOW

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="owners and lists of Linux")
OTHER = 12_345
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files to others")
_ACCESS = "system.posix_acl_access"
_ANY = 0xFFFFFFFF
_OWNER, _USER, _GROUP, _MASK, _OTHERS = 1, 2, 4, 16, 32
LIST = struct.pack("<I", 2) + b"".join(
    struct.pack("<HHI", *entry)
    for entry in (
        (_OWNER, 6, _ANY), (_USER, 6, OTHER), (_GROUP, 4, _ANY), (_MASK, 6, _ANY), (_OTHERS, 0, _ANY)
    )
)  # fmt: skip
"""Rights for one more user; the group may only read, though the mode says that it writes."""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A small budget with results to fill in."""
    path = tmp_path / "bok.xlsx"
    hostile_books.pack(path, hostile_books.parts())
    path.chmod(0o644)
    return path


def recompute(path: Path, out: Path | None = None) -> int:
    """Through the command line, as whoever runs the tests."""
    return commands.run(["recompute", str(path), *(["--out", str(out)] if out else [])])


def as_anybody(path: Path, *more: str | Path) -> subprocess.CompletedProcess[str]:
    """The same as somebody without privileges."""
    command = [sys.executable, "-m", "finsam_xl.cli", "recompute", str(path), *map(str, more)]
    return subprocess.run(
        command,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env=os.environ | {"PYTHONPATH": str(limits.ROOT)},
        preexec_fn=without_privileges,
    )


def state(folder: Path) -> dict[str, tuple[object, ...]]:
    """Every file of a folder: its content, and what it has besides."""
    return {path.name: (path.read_bytes(), *_besides(path)) for path in folder.iterdir()}


def _besides(path: Path) -> tuple[object, ...]:
    told = path.stat()
    lists = {name: os.getxattr(path, name) for name in os.listxattr(path)}
    return told.st_mode, told.st_uid, told.st_gid, told.st_nlink, lists


# Kept -------------------------------------------------------------------------------------------


def _chown(path: Path) -> None:
    os.chown(path, OTHER, OTHER + 1)
    path.chmod(0o640)


def _label(path: Path) -> None:
    _set(path, "user.etikett", b"2024/17")


def _list(path: Path) -> None:
    _set(path, _ACCESS, LIST)


def _set(path: Path, name: str, value: bytes) -> None:
    try:
        os.setxattr(path, name, value)
    except OSError:
        pytest.skip(f"disken här har inget {name}")


@pytest.mark.parametrize("given", [pytest.param(_chown, marks=as_root), _label, _list])
def test_what_a_file_has_is_kept(given: Callable[[Path], None], book: Path) -> None:
    """In its own place, and where another file stood."""
    out = Path(shutil.copy(book, book.with_name("ut.xlsx")))
    given(book)
    given(out)
    wanted, before = _besides(book), book.read_bytes()
    assert recompute(book, out) == 0
    assert recompute(book) == 0
    assert (_besides(book), _besides(out)) == (wanted, wanted)
    assert before not in (book.read_bytes(), out.read_bytes())


def test_the_answer_is_no_more_open_than_what_stood_there(book: Path) -> None:
    """Everybody may read the workbook, and only its owner the file that is written over."""
    out = book.with_name("ut.xlsx")
    out.write_bytes(b"")
    out.chmod(0o600)
    assert recompute(book, out) == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_new_file_gives_no_group_what_a_list_gave_one_user(book: Path) -> None:
    """The mode of a file with a list shows the list's limit and not the group's rights."""
    _list(book)
    out = book.with_name("ut.xlsx")
    assert recompute(book, out) == 0
    assert stat.S_IMODE(book.stat().st_mode) == 0o660
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_list_that_the_folder_gives_new_files_is_not_added(book: Path) -> None:
    """A workbook that was moved there does not have it."""
    try:
        os.setxattr(book.parent, "system.posix_acl_default", LIST)
    except OSError:
        pytest.skip("disken här har inga listor")
    wanted = _besides(book)
    assert recompute(book) == 0
    assert _besides(book) == wanted
    assert _ACCESS not in os.listxattr(book)


def test_what_a_killed_run_left_is_no_other_name(book: Path) -> None:
    """Its backup is still the very file: the next run goes on."""
    os.link(book, book.with_name(next(names(book, NOW))))
    assert recompute(book) == 0
    assert book.stat().st_nlink == 1


def test_a_backup_on_another_disk_is_no_more_open(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no second name can be given, there is a copy, as old as what it is of."""

    def refused(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refused)
    book.chmod(0o640)
    os.utime(book, (1_700_000_000, 1_700_000_000))
    before = book.read_bytes()
    assert recompute(book) == 0
    (backup,) = [path for path in book.parent.iterdir() if path != book]
    assert (backup.read_bytes(), backup.stat().st_mtime) == (before, 1_700_000_000)
    assert stat.S_IMODE(backup.stat().st_mode) == 0o640


# Refused ----------------------------------------------------------------------------------------


def _second_name(path: Path) -> None:
    os.link(path, path.with_name("annan.xlsx"))


def _write_protected(path: Path) -> None:
    path.chmod(0o444)


def _of_another(path: Path) -> None:
    os.chown(path, OTHER, os.getegid())
    path.chmod(0o666)


def _of_a_group(path: Path) -> None:
    os.chown(path, os.geteuid(), OTHER)
    path.chmod(0o664)


REFUSED = [
    (_second_name, "flera namn"),
    (_write_protected, "skrivskyddad"),
    pytest.param(_of_another, "en annan användare", marks=as_root),
    pytest.param(_of_a_group, "en annan användare eller grupp", marks=as_root),
]


@pytest.mark.parametrize(("given", "said"), REFUSED)
@pytest.mark.parametrize("is_out", [False, True], ids=["in place", "--out"])
def test_a_file_that_would_lose_something_is_refused(
    given: Callable[[Path], None], said: str, book: Path, *, is_out: bool
) -> None:
    """With what to do instead; nothing is written and nothing left."""
    out = book.with_name("ut.xlsx")
    if is_out:
        shutil.copy(book, out)
    given(out if is_out else book)
    before = state(book.parent)
    more: list[str | Path] = ["--out", out] if is_out else []
    done = as_anybody(book, *more)
    if done.returncode == 77:
        missing("root får inte lägga ifrån sig sina rättigheter här")
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert "Inget är ändrat." in done.stderr
    assert "--out" in done.stderr
    assert state(book.parent) == before


def test_elsewhere_a_write_protected_workbook_can_be_saved(book: Path) -> None:
    """And what is made of it can be written in."""
    book.chmod(0o444)
    out = book.with_name("ut.xlsx")
    assert as_anybody(book, "--out", out).returncode == 0
    assert as_anybody(out).returncode == 0
    assert stat.S_IMODE(book.stat().st_mode) == 0o444


def test_a_link_to_itself_is_left(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No file takes its place."""
    out = book.with_name("ut.xlsx")
    out.symlink_to("ut.xlsx")
    assert recompute(book, out) == 2
    assert "länken leder till sig själv" in capsys.readouterr().err
    assert out.is_symlink()
    assert sorted(path.name for path in book.parent.iterdir()) == ["bok.xlsx", "ut.xlsx"]


# Where nothing can be told ----------------------------------------------------------------------


@pytest.mark.parametrize("how", ["> /dev/full", ">&-", "| true"])
@pytest.mark.parametrize(
    "command",
    ["recompute bok.xlsx", "recompute bok.xlsx --json", "report bok.xlsx --kind kontroll",
     "tables bok.xlsx --skriv", "wire bok.xlsx", "new-year bok.xlsx --out ny.xlsx",
     "freeze bok.xlsx --out fryst.xlsx"],
)  # fmt: skip
def test_nothing_is_written_where_nothing_can_be_told(how: str, command: str, book: Path) -> None:
    """A full disk for the answer, standard output closed, a reader that has gone."""
    before = state(book.parent)
    program = f"{sys.executable} -m finsam_xl.cli {command} {how}"
    done = subprocess.run(
        ["/bin/sh", "-c", program],
        capture_output=True,
        cwd=book.parent,
        check=False,
        timeout=60,
        env=os.environ | {"PYTHONPATH": str(limits.ROOT)},
    )
    assert state(book.parent) == before
    if how != "| true":
        assert done.returncode == 2
        assert done.stderr.decode().count("Svaret gick inte att skriva ut") == 1


# The log's archive ------------------------------------------------------------------------------

HEADINGS, ROWS = ("Körning", "Cell"), [("1", "B3"), ("1", "B4")]


def _archive(book: Path) -> Path:
    return book.with_name("bok (finsam-logg).csv")


def _rows(book: Path) -> list[list[str]]:
    with _archive(book).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream, delimiter=";"))


def _appended_in_vain(book: Path) -> None:
    with archive.appended(book, book, HEADINGS, [("2", "C5")]) as done:
        assert done
        raise WorkbookError


def test_an_archive_is_as_it_was_if_the_workbook_is_not_saved(book: Path) -> None:
    """And goes away if there was none."""
    for number in range(2):
        before = state(book.parent)
        with pytest.raises(WorkbookError):
            _appended_in_vain(book)
        assert state(book.parent) == before
        with archive.appended(book, book, HEADINGS, ROWS) as done:
            assert done
        assert len(_rows(book)) == 3, number  # once: the second time they are there


def test_rows_that_a_killed_run_put_there_are_not_put_there_again(book: Path) -> None:
    """The next run archives them, and one more."""
    with archive.appended(book, book, HEADINGS, ROWS):
        pass
    with archive.appended(book, book, HEADINGS, [*ROWS, ("2", "B3")]):
        pass
    assert _rows(book) == [list(HEADINGS), ["1", "B3"], ["1", "B4"], ["2", "B3"]]


def test_an_archive_may_be_read_by_those_who_may_read_the_workbook(book: Path) -> None:
    """It holds the same figures."""
    book.chmod(0o600)
    with archive.appended(book, book, HEADINGS, ROWS):
        pass
    assert stat.S_IMODE(_archive(book).stat().st_mode) == 0o600


def test_an_archive_that_is_a_pipe_is_left(book: Path) -> None:
    """To write to it would wait for ever; the rows stay in the workbook."""
    os.mkfifo(_archive(book))
    with archive.appended(book, book, HEADINGS, ROWS) as done:
        assert not done
    assert _archive(book).is_fifo()
