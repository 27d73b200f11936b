"""Runs over folders: what is found, what is kept, and the same figures however many work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from finsam_xl.batch import kept, running
from finsam_xl.batch.batch import Asked, Outcome, find, run
from finsam_xl.batch.kept import Shelf
from finsam_xl.batch.running import Workers, local, one_by_one
from finsam_xl.batch.work import Job
from finsam_xl.errors import InputError
from finsam_xl.shipped import samples
from support import many_books
from support.dying import DEADLY, dies
from support.practice import FOLDER
from support.workbooks import NOW, copy

pytestmark = pytest.mark.filterwarnings("ignore")  # dask's own, of sockets that are closed late


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two associations with three years each."""
    place = tmp_path / "böcker"
    many_books.build(place, names=2, number=3, first=2020)
    return place


def once(folder: Path, shelf: Path, asked: Asked | None = None) -> Outcome:
    """One run."""
    return run(find(folder), asked or Asked(NOW), Shelf(shelf))


def facts(outcome: Outcome) -> tuple[object, ...]:
    """All that a run tells of the books."""
    summary = outcome.summary
    return summary.rows, summary.books, summary.failed, list(outcome.lines())


# What is found --------------------------------------------------------------------------------


def test_links_in_a_ring_and_many_other_files(folder: Path) -> None:
    """Each book once, however many ways lead to it; what is no workbook is not looked into."""
    for place in range(100):
        (folder / f"annat {place}").mkdir()
        for number in range(100):
            (folder / f"annat {place}" / f"bild {number}.png").touch()
    (folder / "Almvik" / "upp").symlink_to(folder, target_is_directory=True)
    (folder / "sidan").symlink_to(folder / "Almvik", target_is_directory=True)
    (folder / "bok.xlsx").symlink_to(folder / "Almvik" / "Almvik 2020.xlsx")
    (folder / "död.xlsx").symlink_to(folder / "finns inte.xlsx")
    found = find(folder)
    assert len(found.paths) == 6
    assert found.alike == {}


def test_the_same_book_twice_is_counted_once(folder: Path, tmp_path: Path) -> None:
    """Byte for byte alike: one is read, and it is told which."""
    copy = folder / "Kopia av Almvik.xlsx"
    copy.write_bytes((folder / "Almvik" / "Almvik 2021.xlsx").read_bytes())
    outcome = once(folder, tmp_path / "minne")
    assert outcome.found.alike == {"Almvik/Almvik 2021.xlsx": "Kopia av Almvik.xlsx"}
    assert len(outcome.summary.books) == 6
    (row,) = [r for r in outcome.summary.rows if "Almvik" in r.association and r.year == 2021]
    assert len(row.books) == 1


def test_names_that_differ_by_case_are_two_books(folder: Path, tmp_path: Path) -> None:
    """Where the disk tells them apart, so do we; capitals in the ending are no hindrance."""
    other = folder / "Almvik" / "ALMVIK 2020.XLSX"
    if (folder / "almvik").exists():
        pytest.skip("disken skiljer inte på stora och små bokstäver")
    many_books.write(other, many_books.invented("Samordningsförbundet Annat", 2020, 500))
    names = [book.name for book in once(folder, tmp_path / "minne").summary.books]
    assert {"Almvik/ALMVIK 2020.XLSX", "Almvik/Almvik 2020.xlsx"} <= set(names)


def test_backups_lock_files_and_our_own_are_passed_over(folder: Path) -> None:
    """Backups are told as such; the summary in the folder is no book."""
    book = next(iter(find(folder).paths.values()))
    for name in ("~$Almvik.xlsx", "Almvik (säkerhetskopia 2026-01-01 10.00.00).xlsx"):
        (folder / name).write_bytes(book.read_bytes() + name.encode())
    own = folder / "sammanställning.xlsx"
    own.write_bytes(book.read_bytes() + b"own")
    found = find(folder, (own,))
    assert len(found.paths) == 6
    assert sorted(found.skipped) == [
        "Almvik (säkerhetskopia 2026-01-01 10.00.00).xlsx", "~$Almvik.xlsx",
    ]  # fmt: skip


def test_what_is_no_folder_and_one_without_books(tmp_path: Path) -> None:
    """A sentence with what to do."""
    with pytest.raises(InputError, match="ingen mapp"):
        find(tmp_path / "finns-inte")
    with pytest.raises(InputError, match="inga arbetsböcker"):
        find(tmp_path)


def test_a_bad_file_stops_none_of_the_rest(folder: Path, tmp_path: Path) -> None:
    """A page that was saved as a workbook, an empty file: told with a remedy, the rest is read."""
    good = facts(once(folder, tmp_path / "a"))
    (folder / "404.xlsx").write_text("404 Not Found")
    (folder / "tom.xlsx").touch()
    outcome = once(folder, tmp_path / "b")
    assert outcome.summary.rows == good[0]
    assert [one.name for one in outcome.summary.failed] == ["404.xlsx", "tom.xlsx"]
    assert all(one.why and one.remedy for one in outcome.summary.failed)


# What is kept ---------------------------------------------------------------------------------


def test_only_what_has_changed_is_read_again(folder: Path, tmp_path: Path) -> None:
    """The second run reads nothing, the third only the book that is another; the same figures."""
    first = once(folder, tmp_path / "minne")
    second = once(folder, tmp_path / "minne")
    assert (first.read, first.known, second.read, second.known) == (6, 0, 0, 6)
    assert facts(second) == facts(first)
    year = many_books.invented("Samordningsförbundet Almvik", 2020, 7777)
    many_books.write(folder / "Almvik" / "Almvik 2020.xlsx", year)
    third = once(folder, tmp_path / "minne")
    assert (third.read, third.known) == (1, 5)
    (row,) = [r for r in third.summary.rows if "Almvik" in r.association and r.year == 2020]
    assert row.equity == year.equity
    assert facts(third) == facts(once(folder, tmp_path / "nytt"))


def test_another_program_or_year_reads_anew(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rules of another year, or code that may read otherwise: nothing old is trusted."""
    once(folder, tmp_path / "minne")
    assert once(folder, tmp_path / "minne", Asked(NOW.replace(year=2031))).read == 6
    monkeypatch.setattr(kept, "program", lambda: "another")
    assert once(folder, tmp_path / "minne").read == 6


def test_what_is_kept_damaged_is_as_none(folder: Path, tmp_path: Path) -> None:
    """Half a file and one of noise are read anew, and the figures are right."""
    shelf = tmp_path / "minne"
    wanted = facts(once(folder, shelf))
    one, other, *_ = sorted(shelf.iterdir())
    one.write_bytes(one.read_bytes()[:-9])
    other.write_bytes(b"{}\nnoise")
    again = once(folder, shelf)
    assert again.read == 2
    assert facts(again) == wanted


def test_a_run_that_is_cut_short_goes_on_where_it_was(folder: Path, tmp_path: Path) -> None:
    """What was done before the interruption is not done again."""

    def interrupted(done: int, _total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(find(folder), Asked(NOW), Shelf(tmp_path / "minne"), interrupted)
    again = once(folder, tmp_path / "minne")
    assert (again.read, again.known) == (2, 4)
    assert facts(again) == facts(once(folder, tmp_path / "nytt"))


def test_a_shelf_that_cannot_be_written_keeps_nothing(folder: Path, tmp_path: Path) -> None:
    """The run does what it was asked to all the same."""
    (tmp_path / "minne").write_text("a file, no folder")
    outcome = once(folder, tmp_path / "minne")
    assert len(outcome.summary.books) == 6


def test_what_no_book_stands_for_is_taken_away(folder: Path, tmp_path: Path) -> None:
    """The shelf does not grow with every change."""
    shelf = Shelf(tmp_path / "minne")
    outcome = run(find(folder), Asked(NOW), shelf)
    shelf.put("gammal", b"x")
    shelf.thin(outcome.keys)
    assert len([*(tmp_path / "minne").iterdir()]) == 6


# Recomputing ----------------------------------------------------------------------------------


def test_books_are_recomputed_in_place_with_backups(folder: Path, tmp_path: Path) -> None:
    """Blank deviations are filled in, each book has its backup, and the next run does nothing."""
    asked = Asked(NOW, recomputes=True, user="ida")
    first = once(folder, tmp_path / "minne", asked)
    assert not first.summary.failed
    assert len([*folder.rglob("*säkerhetskopia*")]) == 6
    assert sum("ours" in line or "formula" in line for line in "".join(first.lines()).split()) > 6
    second = once(folder, tmp_path / "minne", asked)
    assert (second.read, second.known) == (0, 6)
    assert second.summary.rows == first.summary.rows


# However many work ----------------------------------------------------------------------------


def jobs(folder: Path) -> list[Job]:
    """The books of a folder to read."""
    return [Job(str(path), name, NOW) for name, path in find(folder).paths.items()]


@pytest.fixture(scope="module")
def two() -> Iterator[Workers]:
    """Two workers on this computer."""
    with local(2) as client:
        yield Workers(client)


def answers(do: running.Doer, given: list[Job]) -> dict[str, running.Answer]:
    """The answer to each job, by its name."""
    found = {answer.job.name: answer for answer in do(given)}
    assert len(found) == len(given)
    return found


def test_two_workers_give_what_one_process_does(folder: Path, two: Workers) -> None:
    """To the last byte, also of what is kept and of the book that cannot be read."""
    (folder / "404.xlsx").write_text("404 Not Found")
    given = jobs(folder)
    assert answers(two, given) == answers(one_by_one, given)


def test_books_of_all_kinds_give_what_one_process_does(tmp_path: Path, two: Workers) -> None:
    """The shipped ones and those in the manner of other offices, figure by figure."""
    for path in (*samples(), *sorted((FOLDER / "books").glob("*.xlsx"))[::3]):
        copy(path, tmp_path)
    given = jobs(tmp_path)
    assert len(given) == 10
    found = answers(two, given)
    assert found == answers(one_by_one, given)
    assert not [name for name, one in found.items() if one.done.why]


def test_one_worker_gives_the_same(folder: Path) -> None:
    """And so does a scheduler by its address, as that of a cluster is."""
    given = jobs(folder)
    wanted = answers(one_by_one, given)
    with local(1) as client:
        assert answers(Workers(client), given) == wanted
        address = client.scheduler.address
        with running.doer(len(given), 1, address) as do:
            assert answers(do, given) == wanted


def test_a_worker_that_is_killed_midway_changes_nothing(tmp_path: Path) -> None:
    """It is replaced, what it held is done again, and every figure is as one by one."""
    place = tmp_path / "böcker"
    many_books.build(place, names=5, number=6, first=2018)
    given = jobs(place)
    wanted = answers(one_by_one, given)
    found = {}
    with local(2) as client:
        for number, answer in enumerate(Workers(client)(given)):
            if number == 3:
                os.kill(next(iter(client.cluster.workers.values())).pid, signal.SIGKILL)
            found[answer.job.name] = answer
    assert found == wanted


def test_a_book_that_ends_every_worker_is_told_and_stops_no_other(folder: Path) -> None:
    """The rest are read, and it is named with what to do."""
    (folder / f"{DEADLY}.xlsx").write_text("x")
    given = jobs(folder)
    with local(2) as client:
        found = answers(Workers(client, dies), given)
    assert [name for name, one in found.items() if one.done.why] == [f"{DEADLY}.xlsx"]
    assert "dog" in found[f"{DEADLY}.xlsx"].done.why
    assert "minne" in found[f"{DEADLY}.xlsx"].done.remedy


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "inget://alls", "10.0.0"])
def test_a_scheduler_that_cannot_be_reached(
    address: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence with what to do, within seconds."""
    monkeypatch.setattr(running, "_SECONDS", 1)
    with pytest.raises(InputError) as error, running.doer(30, 2, address):
        pass
    assert address in error.value.what
    assert "--scheduler" in error.value.remedy


CLUSTER = """
import time, distributed
cluster = distributed.LocalCluster(
    n_workers=1, processes=False, protocol="tcp://", dashboard_address=None
)
print(cluster.scheduler_address, flush=True)
time.sleep(300)
"""


def test_a_scheduler_that_is_lost_midway(tmp_path: Path) -> None:
    """It is said, what was read is not lost, and nobody waits for answers that never come."""
    place = tmp_path / "böcker"
    many_books.build(place, names=4, number=8, first=2016)
    given = jobs(place)
    held: list[running.Answer] = []
    with subprocess.Popen([sys.executable, "-c", CLUSTER], stdout=subprocess.PIPE) as cluster:
        assert cluster.stdout is not None
        address = cluster.stdout.readline().decode().strip()
        with pytest.raises(InputError, match="bröts"), running.doer(9, 1, address) as do:
            held += _until_killed(do(given), cluster)
    assert not held


def _until_killed(
    answers: Iterator[running.Answer], cluster: subprocess.Popen[bytes]
) -> list[running.Answer]:
    """The answers of a scheduler that is killed after two."""
    found = [next(answers), next(answers)]
    cluster.kill()
    return [*found, *answers]


def test_without_dask_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """And that one worker does without."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError) as error, running.doer(100, 2):
        pass
    assert 'pip install "finsam-xl[batch]"' in error.value.remedy
    with running.doer(100, 1) as do:
        assert do is one_by_one


def test_few_books_need_no_workers() -> None:
    """Their start would take longer than the books."""
    with running.doer(running.FEWEST_FOR_WORKERS - 1, 8) as do:
        assert do is one_by_one


def test_progress_counts_every_book_once(folder: Path, tmp_path: Path) -> None:
    """From what is known already up to all."""
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        told.append((done, total))

    run(find(folder), Asked(NOW), Shelf(tmp_path / "minne"), tell)
    assert told == [(number, 6) for number in range(7)]
    told.clear()
    run(find(folder), Asked(NOW), Shelf(tmp_path / "minne"), tell)
    assert told == [(6, 6)]
