"""Nothing can be lost when saving: backups, locks, refusals, and what a real system does to it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from conftest import missing

from finsam_xl.errors import WorkbookError
from finsam_xl.hosts.ooxml import book as book_module
from finsam_xl.hosts.ooxml import edits, turns
from finsam_xl.hosts.ooxml.changes import Changes, changes_of
from finsam_xl.hosts.ooxml.package import Package
from finsam_xl.hosts.ooxml.sheetedit import NewCell, with_cells
from finsam_xl.workbook import Workbook
from support.privileges import CANNOT, without_privileges
from support.rich_workbook import build_rich_workbook, check_package
from support.workbooks import NOW, copy, workbook

BACKUP = "umearegionen-social-budget (säkerhetskopia 2026-11-25 14.30.00)"
LONGEST_NAME = 255
linux_only = pytest.mark.skipif(
    sys.platform != "linux", reason="uses limits and access rights of the Linux kernel"
)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file in a folder, with its content."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def traces(folder: Path) -> list[str]:
    """What is ours in a folder and no result: locks and unfinished files."""
    return sorted(path.name for path in folder.iterdir() if path.name.startswith(".finsam-"))


def recompute(path: Path, out: Path | None = None) -> Path | None:
    """Recompute through the library; gives the backup."""
    with workbook(path) as book:
        return book.apply(book.recompute(), out).backup


Started = Callable[[], None]


def program(
    *arguments: str | Path, before: Started | None = None, start: str = ""
) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own; ``before`` is done there first."""
    code = f"{start}\nfrom finsam_xl.cli.commands import main\nmain()"
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        preexec_fn=before,
    )


def assert_refused(done: subprocess.CompletedProcess[str], place: Path, *words: str) -> None:
    """The program says where, what and the remedy, in Swedish, and ends with 2."""
    assert done.returncode == 2, done
    assert "Traceback" not in done.stderr
    assert str(place) in done.stderr
    for word in words:
        assert word in done.stderr
    for english in ("denied", "such file", "directory", "space left", "too large", "too long"):
        assert english not in done.stderr.replace(str(place), "")


# Backups and places.


def test_a_backup_with_the_old_bytes_stays(social_budget: Path) -> None:
    """In place: the new file under the old name, the old one beside it with a time stamp."""
    old = social_budget.read_bytes()
    backup = recompute(social_budget)
    assert backup is not None
    files = snapshot(social_budget.parent)
    assert set(files) == {social_budget.name, f"{BACKUP}.xlsx"}
    assert backup.name == f"{BACKUP}.xlsx"
    assert files[backup.name] == old
    assert files[social_budget.name] != old
    assert check_package(social_budget) == []


def test_a_second_save_in_the_same_second_keeps_both_backups(social_budget: Path) -> None:
    """No backup is ever written over."""
    old = social_budget.read_bytes()
    recompute(social_budget)
    once = social_budget.read_bytes()
    with workbook(social_budget) as book:
        book.apply(book.report("impactindex"))
    files = snapshot(social_budget.parent)
    assert files[f"{BACKUP}.xlsx"] == old
    assert files[f"{BACKUP[:-1]} 2).xlsx"] == once
    assert len(files) == 3


def test_an_out_file_leaves_the_original_alone(social_budget: Path, tmp_path: Path) -> None:
    """The original keeps its bytes and its time; there is nothing to back up."""
    old, changed = social_budget.read_bytes(), social_budget.stat().st_mtime_ns
    out = tmp_path / "resultat.xlsx"
    assert recompute(social_budget, out) is None
    assert social_budget.read_bytes() == old
    assert social_budget.stat().st_mtime_ns == changed
    assert set(snapshot(tmp_path)) == {social_budget.name, "resultat.xlsx"}
    assert check_package(out) == []


def test_an_out_file_that_exists_is_kept_as_a_backup(social_budget: Path, tmp_path: Path) -> None:
    """Whatever stood there remains."""
    out = tmp_path / "resultat.xlsx"
    out.write_bytes(b"n\xe5got viktigt")
    backup = recompute(social_budget, out)
    assert backup is not None
    assert backup.name.startswith("resultat (säkerhetskopia ")
    assert backup.read_bytes() == b"n\xe5got viktigt"


@pytest.mark.parametrize("spelled", ["x/../{name}", "länk.xlsx"])
def test_an_out_file_that_is_the_workbook_itself(
    spelled: str, social_budget: Path, tmp_path: Path
) -> None:
    """Under another spelling it is still saved in place, with a backup."""
    (tmp_path / "x").mkdir()
    (tmp_path / "länk.xlsx").symlink_to(social_budget)
    old = social_budget.read_bytes()
    backup = recompute(social_budget, tmp_path / spelled.format(name=social_budget.name))
    assert backup is not None
    assert backup.read_bytes() == old
    assert social_budget.read_bytes() != old


def test_nothing_to_change_writes_nothing(social_budget: Path) -> None:
    """No backup and no new time when the workbook already shows the results."""
    recompute(social_budget)
    before, changed = snapshot(social_budget.parent), social_budget.stat().st_mtime_ns
    assert recompute(social_budget) is None
    assert snapshot(social_budget.parent) == before
    assert social_budget.stat().st_mtime_ns == changed


def test_nothing_to_change_still_gives_the_out_file(social_budget: Path, tmp_path: Path) -> None:
    """Whoever asks for a file gets one."""
    recompute(social_budget)
    recompute(social_budget, tmp_path / "resultat.xlsx")
    assert (tmp_path / "resultat.xlsx").read_bytes() == social_budget.read_bytes()


def test_a_symbolic_link_stays_a_link(social_budget: Path, tmp_path: Path) -> None:
    """What it leads to is changed, and the backup is beside that."""
    (tmp_path / "delat").mkdir()
    real = social_budget.rename(tmp_path / "delat" / "budget.xlsx")
    social_budget.symlink_to("delat/budget.xlsx")
    old = real.read_bytes()
    backup = recompute(social_budget)
    assert social_budget.is_symlink()
    assert social_budget.readlink() == Path("delat/budget.xlsx")
    assert real.read_bytes() != old
    assert not real.is_symlink()
    assert backup is not None
    assert backup.parent == real.parent
    assert backup.read_bytes() == old
    assert set(snapshot(tmp_path / "delat")) == {"budget.xlsx", backup.name}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_the_mode_of_the_file_is_kept(mode: int, social_budget: Path, tmp_path: Path) -> None:
    """Those who could read it still can, and no others."""
    social_budget.chmod(mode)
    recompute(social_budget, tmp_path / "resultat.xlsx")
    assert stat.S_IMODE((tmp_path / "resultat.xlsx").stat().st_mode) == mode
    recompute(social_budget)
    assert stat.S_IMODE(social_budget.stat().st_mode) == mode


# Files in use, and files that changed.

LOCKS = pytest.mark.parametrize("lock", ["~${name}", ".~lock.{name}#"], ids=["Excel", "Calc"])


@LOCKS
def test_a_file_that_is_open_is_refused(lock: str, social_budget: Path) -> None:
    """By its lock file; the message names the lock, in case it was left behind."""
    name = lock.format(name=social_budget.name)
    social_budget.with_name(name).write_bytes(b"")
    before = snapshot(social_budget.parent)
    done = program("recompute", social_budget)
    assert_refused(done, social_budget, "är öppen i ett kalkylprogram", "Stäng arbetsboken", name)
    assert snapshot(social_budget.parent) == before


@LOCKS
def test_an_out_file_that_is_open_is_refused(
    lock: str, social_budget: Path, tmp_path: Path
) -> None:
    """The result may not be pulled away under whoever has it open."""
    (tmp_path / lock.format(name="resultat.xlsx")).write_bytes(b"")
    before = snapshot(tmp_path)
    done = program("recompute", social_budget, "--out", tmp_path / "resultat.xlsx")
    assert_refused(done, tmp_path / "resultat.xlsx", "är öppen i ett kalkylprogram")
    assert snapshot(tmp_path) == before


@LOCKS
def test_a_file_that_is_open_under_its_real_name_is_refused(
    lock: str, social_budget: Path, tmp_path: Path
) -> None:
    """Through a link the lock is beside the real file."""
    (tmp_path / "länkar").mkdir()
    link = tmp_path / "länkar" / "budget.xlsx"
    link.symlink_to(social_budget)
    social_budget.with_name(lock.format(name=social_budget.name)).write_bytes(b"")
    before = snapshot(tmp_path)
    with pytest.raises(WorkbookError, match="är öppen"):
        recompute(link)
    assert snapshot(tmp_path) == before


def test_reading_an_open_file_is_allowed(social_budget: Path) -> None:
    """Only writing is refused: a dry run says what would be changed."""
    social_budget.with_name(f"~${social_budget.name}").write_bytes(b"")
    done = program("recompute", social_budget, "--dry-run")
    assert done.returncode == 0, done


def _replace_by_another(path: Path) -> None:
    build_rich_workbook(path)


def _change_a_cell(path: Path) -> None:
    """Same size, other content: one digit in a stored entry, with its checksum."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    part = "xl/worksheets/sheet1.xml"
    parts[part] = parts[part].replace(b"<v>787</v>", b"<v>788</v>", 1)
    size = path.stat().st_size
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    assert path.stat().st_size == size


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("change", [_replace_by_another, _change_a_cell, _truncate, _empty])
@pytest.mark.parametrize("elsewhere", [False, True], ids=["in place", "out"])
def test_a_file_that_changed_since_it_was_read_is_refused(
    change: Callable[[Path], None], elsewhere: bool, social_budget: Path, tmp_path: Path
) -> None:
    """Someone else's work is not written over, and no half-old result is made."""
    out = tmp_path / "resultat.xlsx" if elsewhere else None
    with workbook(social_budget) as book:
        result = book.recompute()
        fresh = tmp_path / "ny.xlsx"
        shutil.copyfile(social_budget, fresh)
        change(fresh)
        # As Excel saves: a new file takes the place of the old one.
        fresh.replace(social_budget)
        before = snapshot(tmp_path)
        with pytest.raises(WorkbookError) as refused:
            book.apply(result, out)
    assert "har ändrats sedan den lästes" in str(refused.value)
    assert str(social_budget) in str(refused.value)
    assert "Kör igen" in refused.value.remedy
    assert snapshot(tmp_path) == before


def test_a_file_that_is_gone_is_refused(social_budget: Path, tmp_path: Path) -> None:
    """A file that was moved away does not come back by itself."""
    with workbook(social_budget) as book:
        result = book.recompute()
        social_budget.rename(tmp_path / "flyttad.xlsx")
        before = snapshot(tmp_path)
        with pytest.raises(WorkbookError, match="har ändrats"):
            book.apply(result)
    assert snapshot(tmp_path) == before


def _touch(path: Path) -> None:
    os.utime(path, (1_900_000_000, 1_900_000_000))


def _copy_anew(path: Path) -> None:
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data)


def _pack_anew(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    fresh = path.with_suffix(".ny")
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    fresh.replace(path)


@pytest.mark.parametrize("touch", [_touch, _copy_anew, _pack_anew])
def test_a_file_that_was_only_touched_is_not_refused(
    touch: Callable[[Path], None], social_budget: Path
) -> None:
    """A synchronising folder gives files new times; the content decides."""
    with workbook(social_budget) as book:
        result = book.recompute()
        touch(social_budget)
        old = social_budget.read_bytes()
        backup = book.apply(result).backup
    assert backup is not None
    assert backup.read_bytes() == old
    assert check_package(social_budget) == []


# What the system refuses.


@contextlib.contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """A folder in which nothing can be made, for those without privileges."""
    probe = subprocess.run(["true"], check=False, preexec_fn=without_privileges)
    if probe.returncode == CANNOT:
        missing("root får inte lägga ifrån sig sina rättigheter här")
    folder.chmod(0o555)
    try:
        yield
    finally:
        folder.chmod(0o755)


@linux_only
def test_a_read_only_folder_is_refused(social_budget: Path, tmp_path: Path) -> None:
    """With the place and another way; nothing is left behind."""
    before = snapshot(tmp_path)
    with read_only(tmp_path):
        done = program("recompute", social_budget, before=without_privileges)
    assert_refused(done, social_budget, "mappen är skrivskyddad", "Inget är ändrat", "--out")
    assert snapshot(tmp_path) == before


@linux_only
def test_a_file_in_a_read_only_folder_can_be_saved_elsewhere(
    social_budget: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The remedy works."""
    before, out = snapshot(tmp_path), tmp_path_factory.mktemp("annan") / "resultat.xlsx"
    with read_only(tmp_path):
        done = program("recompute", social_budget, "--out", out, before=without_privileges)
    assert done.returncode == 0, done
    assert snapshot(tmp_path) == before
    assert check_package(out) == []


@linux_only
def test_a_file_nobody_may_read_is_refused(social_budget: Path, tmp_path: Path) -> None:
    """In a sentence, with the place."""
    with read_only(tmp_path):
        social_budget.chmod(0o000)
        done = program("recompute", social_budget, before=without_privileges)
    assert_refused(done, social_budget, "går inte att öppna", "läsrätt")


def _limited_to(size: int) -> Started:
    """Let the kernel refuse every file that grows beyond a size."""

    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@linux_only
@pytest.mark.parametrize("size", [0, 1, 4096, 100_000, 358_000])
@pytest.mark.parametrize("report", [(), ("--report", "impactindex")], ids=["plain", "report"])
def test_a_write_that_the_kernel_refuses_leaves_all_as_it_was(
    size: int, report: tuple[str, ...], social_budget: Path, tmp_path: Path
) -> None:
    """Wherever in the file the limit is met."""
    before = snapshot(tmp_path)
    done = program("recompute", social_budget, *report, before=_limited_to(size))
    assert_refused(done, social_budget, "får inte plats", "Inget är ändrat", "Frigör utrymme")
    assert snapshot(tmp_path) == before


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte, where mounting one is allowed."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = (
        sys.platform == "linux"
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder],
            capture_output=True,
            check=False,
        ).returncode
    )
    if not mounted:
        # Not everyone may mount; the limit on file sizes above is tried everywhere.
        pytest.skip("det går inte att montera en liten disk här")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("left", [0, 4096, 200_000])
def test_a_full_disk_leaves_all_as_it_was(left: int, social_budget: Path, tiny_disk: Path) -> None:
    """No half file, no backup, no trace."""
    path = copy(social_budget, tiny_disk)
    _fill(tiny_disk / "fyllnad", left)
    before = snapshot(tiny_disk)
    done = program("recompute", path, "--report", "impactindex")
    assert_refused(done, path, "disken är full", "Inget är ändrat", "Frigör utrymme", "--out")
    assert snapshot(tiny_disk) == before


def _fill(path: Path, left: int) -> None:
    """Fill a disk up to the last ``left`` bytes."""
    with contextlib.suppress(OSError), path.open("wb", buffering=0) as stream:
        while stream.write(b"x" * 4096):
            pass
    os.truncate(path, max(0, path.stat().st_size - left))


def test_a_folder_that_is_missing_is_named(social_budget: Path, tmp_path: Path) -> None:
    """With the remedy to make it."""
    before = snapshot(tmp_path)
    out = tmp_path / "saknas" / "resultat.xlsx"
    done = program("recompute", social_budget, "--out", out)
    assert_refused(done, out, "mappen finns inte", "Skapa mappen")
    assert snapshot(tmp_path) == before


def test_a_folder_as_out_file_is_refused(social_budget: Path, tmp_path: Path) -> None:
    """A folder cannot be written over, and no backup is made of it."""
    (tmp_path / "x").mkdir()
    before = sorted(tmp_path.iterdir())
    done = program("recompute", social_budget, "--out", tmp_path / "x")
    assert_refused(done, tmp_path / "x", "en mapp")
    assert sorted(tmp_path.iterdir()) == before


@linux_only
@pytest.mark.parametrize("length", [205, 220, 240, 248, LONGEST_NAME])
def test_a_long_name_is_saved_or_refused_in_a_sentence(
    length: int, social_budget: Path, tmp_path: Path
) -> None:
    """Lock, backup and temporary file have longer names than the workbook itself."""
    path = social_budget.rename(tmp_path / ("b" * (length - 5) + ".xlsx"))
    before = snapshot(tmp_path)
    done = program("recompute", path)
    assert "Traceback" not in done.stderr, done.stderr
    if done.returncode == 0:
        assert before[path.name] in [d for n, d in snapshot(tmp_path).items() if n != path.name]
    else:
        assert_refused(done, path, "namn")
        assert snapshot(tmp_path) == before


# Processes that die in the middle.


@linux_only
@pytest.mark.parametrize("size", [0, 1, 4096, 100_000, 358_000])
def test_a_process_killed_by_the_kernel_while_it_writes(
    size: int, social_budget: Path, tmp_path: Path
) -> None:
    """Death at a known byte: the original is whole, and what is left is no workbook."""
    before = snapshot(tmp_path)

    def deadly() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _limited_to(size)()

    start = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_DFL)"
    done = program("recompute", social_budget, before=deadly, start=start)
    assert done.returncode == -signal.SIGXFSZ, done
    after = snapshot(tmp_path)
    assert after[social_budget.name] == before[social_budget.name]
    assert set(after) - set(before) == set(traces(tmp_path))
    # The next run is not disturbed by what the dead one left, and clears it away.
    assert recompute(social_budget) is not None
    assert check_package(social_budget) == []
    assert traces(tmp_path) == []


def _interrupted(path: Path, how: signal.Signals) -> tuple[int, str]:
    """Recompute in a process that gets a signal while the new file grows; its code and words."""
    for _ in range(20):
        process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "finsam_xl.cli", "recompute", path],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        while process.poll() is None and not _is_growing(path.parent):
            time.sleep(0.0005)
        process.send_signal(how)
        _, words = process.communicate()
        backups = list(path.parent.glob("*säkerhetskopia*"))
        if process.returncode and not backups:
            return process.returncode, words
        # It was done before the signal came: begin again.
        for backup in backups:
            old = backup.read_bytes()
            backup.unlink()
            path.write_bytes(old)
        for left in traces(path.parent):
            (path.parent / left).unlink()
    pytest.fail("the process could not be interrupted while it wrote")


def _is_growing(folder: Path) -> bool:
    """Whether there is a temporary file with something in it."""
    with contextlib.suppress(FileNotFoundError):
        return any(left.stat().st_size for left in folder.glob(".finsam-*.tmp"))
    return False


@pytest.fixture
def large(social_budget: Path) -> Path:
    """A social budget in a file that takes a while to write."""
    with zipfile.ZipFile(social_budget, "a") as archive:
        archive.writestr("xl/media/film.bin", os.urandom(1 << 20) * 64)
    return social_budget


@linux_only
def test_a_process_killed_while_it_writes_a_large_file(large: Path) -> None:
    """As when the computer is switched off: kill -9 while the new file is growing."""
    before = large.read_bytes()
    code, _ = _interrupted(large, signal.SIGKILL)
    assert code == -signal.SIGKILL
    files = snapshot(large.parent)
    assert files.pop(large.name) == before
    assert sorted(files) == traces(large.parent)
    assert sorted(Path(name).suffix for name in files) == [".lock", ".tmp"]
    assert recompute(large) is not None
    assert traces(large.parent) == []


@linux_only
def test_an_interrupt_while_writing_leaves_nothing(large: Path) -> None:
    """Ctrl-C: a sentence, and not even the half-written file remains."""
    before = snapshot(large.parent)
    code, words = _interrupted(large, signal.SIGINT)
    assert code == 2, words
    assert "Avbrutet. Inget är skrivet." in words
    assert "Traceback" not in words
    assert snapshot(large.parent) == before


# Two runs at once.


def test_a_run_that_waits_in_vain_is_refused(
    social_budget: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a sentence; reading and dry runs need no turn."""
    monkeypatch.setattr(turns, "PATIENCE", 0.2)
    before = social_budget.read_bytes()
    told: list[str] = []
    with turns.take(social_budget):
        with pytest.raises(WorkbookError) as refused:
            Workbook(social_budget, NOW, told.append, writes=social_budget)
        with workbook(social_budget) as book:
            result = book.recompute()
            with pytest.raises(WorkbookError) as late:
                book.apply(result)
    for error in (refused.value, late.value):
        assert "En annan körning håller på med" in str(error)
        assert "Inget är ändrat" in str(error)
        assert str(social_budget) in error.where
        assert "Vänta" in error.remedy
    assert any("Väntar på en annan körning" in words for words in told)
    assert snapshot(social_budget.parent) == {social_budget.name: before}


@pytest.mark.parametrize("spelled", ["{name}", "x/../{name}", "länk.xlsx"])
def test_the_turn_is_the_files_however_it_is_spelled(
    spelled: str, social_budget: Path, tmp_path: Path
) -> None:
    """A link and a detour lead to the same file."""
    (tmp_path / "x").mkdir()
    (tmp_path / "länk.xlsx").symlink_to(social_budget)
    path = tmp_path / spelled.format(name=social_budget.name)
    with turns.take(social_budget) as turn:
        assert turn.is_for(path)
        with pytest.raises(WorkbookError):
            turns.take(path, patience=0)
        # Another file in the folder is nobody's business.
        turns.take(tmp_path / "annan.xlsx", patience=0).end()
    turns.take(path, patience=0).end()
    assert traces(tmp_path) == []


def test_what_dead_runs_left_is_cleared_and_what_others_use_is_not(
    social_budget: Path, tmp_path: Path
) -> None:
    """A lock without a living holder stops nobody; another file's run is left alone."""
    with turns.take(social_budget) as dead:
        lock = next(path for path in tmp_path.iterdir() if path.suffix == ".lock")
        temporary = dead.temporary
    lock.write_bytes(b"")
    temporary.write_bytes(b"half")
    other = tmp_path / "annan.xlsx"
    with turns.take(other) as living:
        living.temporary.write_bytes(b"growing")
        theirs = [name for name in traces(tmp_path) if name not in {lock.name, temporary.name}]
        assert len(theirs) == 2
        assert recompute(social_budget) is not None
        assert traces(tmp_path) == sorted(theirs)
        living.temporary.unlink()
    assert traces(tmp_path) == []


@pytest.mark.parametrize("wrong", ["saknas.xlsx", "text.xlsx"])
def test_a_run_that_fails_leaves_no_lock(wrong: str, tmp_path: Path) -> None:
    """Whatever is wrong with the workbook, that is what is said."""
    (tmp_path / "text.xlsx").write_text("ingen arbetsbok")
    before = snapshot(tmp_path)
    done = program("recompute", tmp_path / wrong)
    assert_refused(done, tmp_path / wrong, "Filen")
    assert snapshot(tmp_path) == before


@LOCKS
def test_a_file_that_is_opened_while_the_new_one_is_written_is_refused(
    lock: str, social_budget: Path
) -> None:
    """The last look comes when the new file is ready."""
    beside = social_budget.with_name(lock.format(name=social_budget.name))

    def opened(step: str) -> None:
        if step.startswith("Skriver"):
            beside.write_bytes(b"")

    before = social_budget.read_bytes()
    with Workbook(social_budget, NOW, opened) as book:
        result = book.recompute(("impactindex",))
        with pytest.raises(WorkbookError, match="är öppen"):
            book.apply(result)
    assert snapshot(social_budget.parent) == {social_budget.name: before, beside.name: b""}


def test_a_file_that_is_saved_while_the_new_one_is_written_is_refused(
    social_budget: Path, tmp_path: Path
) -> None:
    """Someone else's version stays, and no backup is made of it."""

    def saved(step: str) -> None:
        if step.startswith("Skriver"):
            build_rich_workbook(tmp_path / "ny.xlsx")
            (tmp_path / "ny.xlsx").replace(social_budget)

    with Workbook(social_budget, NOW, saved) as book:
        result = book.recompute()
        with pytest.raises(WorkbookError, match="har ändrats"):
            book.apply(result)
    build_rich_workbook(tmp_path / "ny.xlsx")
    expected = (tmp_path / "ny.xlsx").read_bytes()
    (tmp_path / "ny.xlsx").unlink()
    assert snapshot(tmp_path) == {social_budget.name: expected}


def test_a_book_can_be_read_on_after_it_was_saved(social_budget: Path) -> None:
    """From the backup, which holds what was opened."""
    with workbook(social_budget) as book:
        book.apply(book.report("impactindex"))
        part = book._book.package.read("xl/workbook.xml")
    with zipfile.ZipFile(social_budget.with_name(f"{BACKUP}.xlsx")) as archive:
        assert archive.read("xl/workbook.xml") == part


# The new file is read back.


def _cut(handle: int, size: int) -> None:
    os.ftruncate(handle, size - 40)


def _hole(place: float) -> Callable[[int, int], None]:
    def damage(handle: int, size: int) -> None:
        os.pwrite(handle, b"\0" * 64, int(size * place))

    return damage


@linux_only
@pytest.mark.parametrize(
    "damage",
    [_cut, *map(_hole, (0.0, 0.05, 0.25, 0.5, 0.75, 0.9, 0.995))],
    ids=["cut", *(f"hole at {place}" for place in (0, 5, 25, 50, 75, 90, 99.5))],
)
def test_a_file_that_the_disk_spoils_does_not_replace_the_old_one(
    damage: Callable[[int, int], None], social_budget: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the damage is, in what was written or in what was copied."""
    before = social_budget.read_bytes()
    sync = os.fsync

    def spoiling(handle: int) -> None:
        damage(handle, os.fstat(handle).st_size)
        sync(handle)

    with workbook(social_budget) as book:
        result = book.recompute(("impactindex", "kontroll"))
        monkeypatch.setattr(os, "fsync", spoiling)
        with pytest.raises(WorkbookError) as refused:
            book.apply(result)
    assert refused.value.remedy
    assert snapshot(social_budget.parent) == {social_budget.name: before}


def _lost(cells: dict[tuple[int, int], NewCell]) -> dict[tuple[int, int], NewCell]:
    return dict(list(cells.items())[1:])


def _moved(cells: dict[tuple[int, int], NewCell]) -> dict[tuple[int, int], NewCell]:
    return {(row + 1, column): cell for (row, column), cell in cells.items()}


def _altered(cells: dict[tuple[int, int], NewCell]) -> dict[tuple[int, int], NewCell]:
    return {place: cell._replace(kind="", raw="4711") for place, cell in cells.items()}


def _colourless(cells: dict[tuple[int, int], NewCell]) -> dict[tuple[int, int], NewCell]:
    return {place: cell._replace(style=0) for place, cell in cells.items()}


@pytest.mark.parametrize("fault", [_lost, _moved, _altered, _colourless])
def test_cells_that_do_not_show_what_was_meant_are_not_saved(
    fault: Callable[[dict[tuple[int, int], NewCell]], dict[tuple[int, int], NewCell]],
    social_budget: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A fault of our own in writing them is caught as well, at the first cell it is seen in."""
    before = social_budget.read_bytes()
    monkeypatch.setattr(edits, "with_cells", lambda sheet, new: with_cells(sheet, fault(new)))
    with workbook(social_budget) as book:
        result = book.recompute()
        with pytest.raises(WorkbookError, match="visar inte det som skrevs") as refused:
            book.apply(result)
    assert "!" in refused.value.where
    assert snapshot(social_budget.parent) == {social_budget.name: before}


def _without(pattern: str) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        for name in [name for name in parts if re.fullmatch(pattern, name)]:
            del parts[name]

    return change


def _replaced(part: str, old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        changed = re.sub(old.encode(), new.encode(), parts[part])
        assert changed != parts[part]
        parts[part] = changed

    return change


def _one_more(parts: dict[str, bytes]) -> None:
    parts["xl/media/ny.xyz"] = b"x"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (_without(r"xl/charts/chart\d+\.xml"), "delar saknas"),
        (_one_more, "har kommit till"),
        (_replaced("xl/workbook.xml", r"</workbook>", "<x:a/></workbook>"), "går inte att läsa"),
        (_replaced("xl/workbook.xml", r"</sheets>", ""), "gick inte att läsa"),
        (_replaced("xl/workbook.xml", r"Rapport", "Raport"), "inte den som skrevs"),
    ],
    ids=["part lost", "part too many", "prefix undeclared", "not well-formed", "other content"],
)
def test_a_package_that_does_not_hang_together_is_not_saved(
    fault: Callable[[dict[str, bytes]], None],
    words: str,
    social_budget: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Faults put into the new file between writing and reading back."""
    before = social_budget.read_bytes()
    write = Package.write

    def faulty(
        package: Package, target: BinaryIO, changed: dict[str, bytes], removed: frozenset[str]
    ) -> None:
        with tempfile.TemporaryFile() as whole:
            write(package, whole, changed, removed)
            with zipfile.ZipFile(whole) as archive:
                parts = {name: archive.read(name) for name in archive.namelist()}
        fault(parts)
        with zipfile.ZipFile(target, "w") as archive:
            for name, data in parts.items():
                archive.writestr(name, data)

    monkeypatch.setattr(Package, "write", faulty)
    with workbook(social_budget) as book:
        result = book.recompute(("impactindex",))
        with pytest.raises(WorkbookError, match=words) as refused:
            book.apply(result)
    assert "Inget är ändrat" in str(refused.value)
    assert refused.value.remedy
    assert snapshot(social_budget.parent) == {social_budget.name: before}


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (lambda c: c.pop("xl/drawings/drawing1.xml"), "saknas"),
        (
            lambda c: c.pop(next(n for n in c if n.startswith("xl/worksheets/_rels/"))),
            "relationen rId",
        ),
        (lambda c: c.pop("[Content_Types].xml"), "innehållstyp"),
        (lambda c: c.pop("xl/_rels/workbook.xml.rels"), "läsa tillbaka"),
    ],
    ids=["target lost", "relations lost", "types lost", "workbook's relations lost"],
)
def test_parts_that_lead_nowhere_are_not_saved(
    fault: Callable[[dict[str, bytes]], object],
    words: str,
    social_budget: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A part that was forgotten when the report was put in."""
    before = social_budget.read_bytes()

    def forgetful(*of: Any, **more: Any) -> Changes:
        made = changes_of(*of, **more)
        fault(made.parts)
        return made

    monkeypatch.setattr(book_module, "changes_of", forgetful)
    with workbook(social_budget) as book:
        result = book.report("impactindex")
        with pytest.raises(WorkbookError, match=words):
            book.apply(result)
    assert snapshot(social_budget.parent) == {social_budget.name: before}
